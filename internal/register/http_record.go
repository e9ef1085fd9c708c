package register

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/register/definition"
	"fadu/internal/register/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showRecord(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderRecord(w, r, by, http.StatusOK, web.NewForm(nil), "")
}

// shownEntries bounds the history on a record's page.
const shownEntries = 50

func (s *Service) renderRecord(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form, acted definition.Act) error {
	id, err := pathRecord(r)
	if err != nil {
		return err
	}
	x, err := s.Look(r.Context(), by, id)
	if err != nil {
		return err
	}
	d, rec := x.Definition, x.Record
	v := pages.RecordView{
		Form: f, ID: id.String(), Title: rec.Title, Name: d.Name, Href: rec.URL(), List: PathOf + "/" + rec.Code, Help: d.Help, State: stateTag(d, rec.State), Version: strconv.FormatInt(rec.Version, 10),
		Facts: s.facts(x), Acts: s.acts(by, x, f, acted),
	}
	s.photos(&v, by, x)
	for _, o := range x.Same {
		v.Same = append(v.Same, web.Link{Label: o.Title, Href: o.URL()})
	}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		entries, err := ledger.History(tx, rec.Subject(), 0, shownEntries)
		v.History = nil
		for _, e := range entries {
			v.History = append(v.History, web.LedgerView{Time: e.Time().Format("2006-01-02 15:04"), Who: e.Actor, Text: told(e), Key: e.Kind != kindCorrected})
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Record(v))
}

// told is an entry of the history in words.
func told(e ledger.Entry) string {
	var data struct {
		Reason  string              `json:"reason"`
		File    string              `json:"file"`
		Changes map[string][]string `json:"changes"`
	}
	_ = json.Unmarshal([]byte(e.Data), &data)
	parts := []string{Kinds[e.Kind]}
	var labels []string
	for l := range data.Changes {
		labels = append(labels, l)
	}
	slices.Sort(labels)
	for _, l := range labels {
		if c := data.Changes[l]; len(c) == 2 {
			parts = append(parts, fmt.Sprintf("%s：%s → %s", l, cmp.Or(plain(c[0]), "（空）"), cmp.Or(plain(c[1]), "（空）")))
		}
	}
	if data.File != "" {
		parts = append(parts, data.File)
	}
	if data.Reason != "" {
		parts = append(parts, "理由："+data.Reason)
	}
	return strings.Join(parts, "；")
}

// plain leaves the number out of a reference.
func plain(s string) string {
	if ref := definition.RefOf(s); ref.Label != s {
		return ref.Label
	}
	return s
}

func (s *Service) facts(x Sight) []web.FactView {
	d, r := x.Definition, x.Record
	var out []web.FactView
	for _, f := range d.Fields {
		v := x.Values[f.Key]
		if v == "" {
			continue
		}
		fact := web.FactView{Label: f.Label, Text: d.Show(f, x.Values)}
		if ref := definition.RefOf(v); f.Kind == definition.Link && ref.ID != 0 {
			fact.Href = s.href(f, ref)
		}
		out = append(out, fact)
	}
	if r.Lat != 0 || r.Lng != 0 {
		out = append(out, web.FactView{Label: "坐标", Text: fmt.Sprintf("%.6f，%.6f", float64(r.Lat)/1e6, float64(r.Lng)/1e6)})
	}
	if at := x.Values[proofKey]; at != "" {
		out = append(out, web.FactView{Label: proofLabel, Text: at})
	}
	if r.Batch != 0 {
		out = append(out, web.FactView{Label: "来自", Text: "导入的文件", Href: fmt.Sprintf("%s/%d", PathImports, r.Batch)})
	}
	out = append(out, web.FactView{Label: "单位", Text: x.Unit}, web.FactView{Label: "登记", Text: r.RecorderName + " · " + r.Recorded().In(law.Zone).Format("2006-01-02 15:04")})
	for _, f := range []web.FactView{{Label: "整改期限", Text: r.Due.Han()}, {Label: "办结日期", Text: endedText(d, r)}, {Label: "核对人", Text: r.CheckerName}, {Label: "理由", Text: r.Reason}, {Label: "记录编号", Text: r.ID.String()}} {
		if f.Text != "" {
			out = append(out, f)
		}
	}
	return out
}

func endedText(d *definition.Definition, r Record) string {
	if d.Flow == definition.Plain {
		return ""
	}
	return r.EndedOn.Han()
}

func (s *Service) href(f definition.Field, ref definition.Ref) string {
	if _, ours := f.Register(); ours {
		return PathRecords + "/" + strconv.FormatInt(ref.ID, 10)
	}
	if t, ok := s.Targets[f.To]; ok {
		return fmt.Sprintf(t.Href, ref.ID)
	}
	return ""
}

func (s *Service) photos(v *pages.RecordView, by access.Session, x Sight) {
	_, correctable := x.Definition.Next(x.Record.State, definition.Correct)
	correctable = correctable && by.Can(access.RegisterWrite)
	for _, f := range x.Definition.Fields {
		if f.Kind.Stored() {
			continue
		}
		g := pages.PhotoGroup{Label: f.Label}
		for _, file := range x.Files {
			if file.Field != f.Key {
				continue
			}
			when := store.FromMicros(file.AddedAt).In(law.Zone).Format("01-02 15:04")
			row := pages.FileRow{Name: cmp.Or(file.Name, "照片"), Href: file.URL(), Field: f.Label, Note: file.By + " " + when, Gone: bool(file.Removed)}
			if correctable && !row.Gone {
				row.Remove = file.URL() + "/remove"
			}
			v.Files = append(v.Files, row)
			if strings.HasPrefix(file.Type, "image/") && !row.Gone {
				g.Photos = append(g.Photos, pages.PhotoView{Href: file.URL(), Small: file.URL() + "?small=1", Alt: f.Label + " " + row.Name, Note: row.Note})
			}
		}
		if len(g.Photos) > 0 {
			v.Photos = append(v.Photos, g)
		}
	}
}

// acts are what the session can do with the record now; what only another person may do is greyed with its reason.
func (s *Service) acts(by access.Session, x Sight, f *web.Form, acted definition.Act) []pages.ActView {
	var out []pages.ActView
	for _, act := range x.Definition.Acts(x.Record.State) {
		if !by.Can(permissions[act]) || !by.ScopeFor(permissions[act]).CoversLevels(x.Record.Levels) {
			continue
		}
		a := pages.ActView{Name: string(act), Label: definition.ActNames[act], Action: x.Record.URL() + "/" + string(act), Form: web.NewForm(nil)}
		if act == acted {
			a.Form = f
		}
		switch act {
		case definition.Correct:
			a.Href, a.Plain = a.Action, true
		case definition.Fix:
			a.Href = a.Action
		case definition.Pass, definition.Return:
			if err := second(by, x.Record); err != nil {
				a.Why = err.Error()
			}
			if act == definition.Pass && len(x.Definition.At(definition.AtCheck)) > 0 && a.Why == "" {
				a.Href = a.Action
			}
			a.Reason, a.Plain = act == definition.Return, act == definition.Return
		case definition.Reopen, definition.Cancel:
			a.Reason, a.Plain = true, true
		}
		out = append(out, a)
	}
	return out
}

// thumbSide is the longer side of a small picture in pixels.
const thumbSide = 240

func (s *Service) serveFile(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathRecord(r)
	if err != nil {
		return err
	}
	n, err := store.ParseID(r.PathValue("file"))
	if err != nil {
		return fault.Missing(nounFile)
	}
	f, body, err := s.OpenFile(r.Context(), by, id, FileID(n))
	if err != nil {
		return err
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil {
		return fmt.Errorf("register: read file %d: %w", n, err)
	}
	if !strings.HasPrefix(f.Type, "image/") {
		return web.Download(w, r, f.Name, "application/octet-stream", data)
	}
	kind := f.Type
	if r.URL.Query().Get("small") == "1" {
		if data, err = document.Thumbnail(data, thumbSide); err != nil {
			return err
		}
		kind = "image/jpeg"
	}
	web.Picture(w, r, kind, store.FromMicros(f.AddedAt), data)
	return nil
}

// onRecord parses a form about a record, does the act, and shows the record again with what is to be mended.
func (s *Service) onRecord(w http.ResponseWriter, r *http.Request, by access.Session, act definition.Act, text string, do func(ctx context.Context, id RecordID, version int64, f *web.Form) error) error {
	id, err := pathRecord(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	version := f.RequiredInt("version", "版本", 0, 1<<62)
	if err = f.Err(); err == nil {
		err = do(r.Context(), id, version, f)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderRecord(w, r, by, status, f, act)
	case err != nil:
		return fault.Moved(err, PathRecords+"/"+id.String())
	}
	web.Notify(w, r, web.Flash{Text: text})
	web.SeeOther(w, r, PathRecords+"/"+id.String())
	return nil
}

func (s *Service) postSubmit(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onRecord(w, r, by, definition.Submit, "已提请核对", func(ctx context.Context, id RecordID, version int64, _ *web.Form) error {
		return s.Submit(ctx, by, id, version)
	})
}

func (s *Service) postReturn(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onRecord(w, r, by, definition.Return, "已退回", func(ctx context.Context, id RecordID, version int64, f *web.Form) error {
		return s.Return(ctx, by, id, version, f.Text("reason", maxReason))
	})
}

func (s *Service) postReopen(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onRecord(w, r, by, definition.Reopen, "已重新列入整改", func(ctx context.Context, id RecordID, version int64, f *web.Form) error {
		return s.Reopen(ctx, by, id, version, f.Text("reason", maxReason))
	})
}

func (s *Service) postCancel(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onRecord(w, r, by, definition.Cancel, "已作废，不再计数，记录和理由都留着", func(ctx context.Context, id RecordID, version int64, f *web.Form) error {
		return s.Cancel(ctx, by, id, version, f.Text("reason", maxReason))
	})
}

func (s *Service) postRemoveFile(w http.ResponseWriter, r *http.Request, by access.Session) error {
	file, err := store.ParseID(r.PathValue("file"))
	if err != nil {
		return fault.Missing(nounFile)
	}
	return s.onRecord(w, r, by, definition.Correct, "已取下，原件和理由都留着", func(ctx context.Context, id RecordID, version int64, f *web.Form) error {
		return s.RemoveFile(ctx, by, id, FileID(file), version, f.Text("reason", maxReason))
	})
}
