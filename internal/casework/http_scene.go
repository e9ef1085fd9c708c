package casework

import (
	"fmt"
	"io"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) postLead(q posted) (web.Flash, error) {
	f := q.form
	in := LeadAmendment{Place: f.Text("place", 200), Area: f.Text("area", 40), Summary: f.Long("summary", 1000), FoundAt: f.Time("found_at", "发现时间"), Source: f.Text("source", 20)}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已更正线索"}, s.AmendLead(q.Context(), q.by, q.id, q.version, in)
}

func (s *Service) postOfficers(q posted) (web.Flash, error) {
	f := q.form
	in := OfficersInput{Lead: f.ID("lead", "主办执法人员"), Assist: f.ID("assist", "协办执法人员"), Why: f.Text("why", 200)}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已确定两名执法人员"}, s.NameOfficers(q.Context(), q.by, q.id, q.version, in)
}

func (s *Service) postParty(q posted) (web.Flash, error) {
	f := q.form
	in := PartyInput{
		Kind: PartyKind(f.Text("kind", 30)), Name: f.Text("name", 100), IDKind: f.Text("id_kind", 20), IDNumber: f.Text("id_number", 30), Address: f.Text("address", 200),
		Phone: f.Text("phone", 30), Born: f.Date("born", "出生日期"), LegalRep: f.Text("legal_rep", 50), Guardian: f.Text("guardian", 100), IdentityBasis: f.Text("identity_basis", 20),
	}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已登记当事人"}, s.RecordParty(q.Context(), q.by, q.id, q.version, in)
}

func (s *Service) postStep(q posted) (web.Flash, error) {
	f := q.form
	in := StepInput{Kind: StepKind(q.PathValue("kind")), DoneAt: f.Time("done_at", "发生时间"), Person: f.ID("person", "执法人员"), Text: f.Long("text", 2000), Detail: f.Text("detail", 100), Due: f.Date("due", "改正期限")}
	switch {
	case in.Kind == StepMeasure:
		in.Detail = f.Decimal("detail", 100)
	case in.Kind == StepHear && f.Bool("nothing"):
		in.Text = NothingSaid
	case in.Kind == StepEducate && f.Bool("detail"):
		in.Detail = "signed"
	case in.Kind == StepCorrect && in.Detail == CorrectedNow:
		in.Due = law.Date{}
	}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	if _, ok := stepLabels[in.Kind]; !ok {
		return web.Flash{}, fault.Missing("这一种现场步骤")
	}
	return web.Flash{Text: "已记录：" + in.Kind.Label()}, s.RecordStep(q.Context(), q.by, q.id, q.version, in)
}

func (s *Service) postWithdraw(q posted) (web.Flash, error) {
	step, err := store.ParseID(q.PathValue("step"))
	if err != nil {
		return web.Flash{}, fault.Missing("这一步骤")
	}
	why := q.form.Text("why", 500)
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已更正，原记录和原因都留在案卷里"}, s.WithdrawStep(q.Context(), q.by, q.id, q.version, step, why)
}

func (s *Service) postPhoto(q posted) (web.Flash, error) {
	f := q.form
	in := PhotoInput{Caption: f.Text("caption", 100), Place: f.Text("place", 200), TakenAt: f.Time("taken_at", "拍摄时间")}
	in.Latitude, in.Longitude = coordinates(f)
	files := f.Files("photo", "照片", 1, photoBytes, "image/jpeg", "image/png")
	if len(files) == 0 && f.Err() == nil {
		f.Add("photo", "请选择或者拍一张照片")
	}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	body, err := files[0].Open()
	if err != nil {
		return web.Flash{}, fmt.Errorf("casework: photo of case %s: %w", q.id, err)
	}
	defer body.Close()
	in.Type = files[0].Type
	return web.Flash{Text: "已添加照片"}, s.AddPhoto(q.Context(), q.by, q.id, q.version, in, body)
}

// thumbSide is the longer side of a small picture in pixels: twice what the page shows.
const thumbSide = 192

// servePhoto answers with the original, or with a small picture of it (?small=1). The browser may keep
// both for the session; signing out clears them.
func (s *Service) servePhoto(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathCase(r)
	if err != nil {
		return err
	}
	photoID, err := store.ParseID(r.PathValue("photo"))
	if err != nil {
		return fault.Missing("这张照片")
	}
	p, body, err := s.OpenPhoto(r.Context(), by, id, photoID)
	if err != nil {
		return err
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil {
		return fmt.Errorf("casework: read photo %d: %w", photoID, err)
	}
	kind := p.Type
	if r.URL.Query().Get("small") == "1" {
		if data, err = document.Thumbnail(data, thumbSide); err != nil {
			return err
		}
		kind = "image/jpeg"
	}
	web.Picture(w, r, kind, p.Taken(), data)
	return nil
}
