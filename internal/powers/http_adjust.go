package powers

import (
	"net/http"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// maxBasisFile bounds the file of a basis document; basisTypes are what it may be, by its first bytes.
const maxBasisFile = 20 << 20

var basisTypes = []string{"application/pdf", "image/", "application/zip", "application/octet-stream"}

func (s *Service) adjustRoutes() []access.Route {
	upload := access.Route{Pattern: "POST /w/powers/adjustments/{id}/file", Allow: access.PowerPropose, Handle: s.attachFile, MaxBody: maxBasisFile + 1<<20}
	return []access.Route{
		{Pattern: "GET /w/powers/adjustments", Allow: access.PowerRead, Handle: s.adjustList},
		{Pattern: "GET /w/powers/adjustments/export", Allow: access.PowerRead, Handle: s.exportAdjustments},
		{Pattern: "GET /w/powers/adjustments/new", Allow: access.PowerPropose, Handle: s.newAdjust},
		{Pattern: "POST /w/powers/adjustments", Allow: access.PowerPropose, Handle: s.propose},
		{Pattern: "GET /w/powers/adjustments/{id}", Allow: access.PowerRead, Handle: s.adjustPage},
		{Pattern: "GET /w/powers/adjustments/{id}/edit", Allow: access.PowerPropose, Handle: s.editAdjust},
		{Pattern: "POST /w/powers/adjustments/{id}/edit", Allow: access.PowerPropose, Handle: s.amend},
		{Pattern: "GET /w/powers/adjustments/{id}/file", Allow: access.PowerRead, Handle: s.basisFile},
		upload,
		{Pattern: "POST /w/powers/adjustments/{id}/check", Allow: access.PowerConfirm, Handle: s.adjustAct("已核", func(r *http.Request, who access.Session, id AdjustmentID, v int64, f *web.Form) error {
			return s.CheckAdjustment(r.Context(), who, id, v, f.Long("opinion", 500))
		})},
		{Pattern: "POST /w/powers/adjustments/{id}/return", Allow: access.PowerConfirm, Handle: s.adjustAct("已退回", func(r *http.Request, who access.Session, id AdjustmentID, v int64, f *web.Form) error {
			return s.ReturnAdjustment(r.Context(), who, id, v, f.Text("reason", 500))
		})},
		{Pattern: "POST /w/powers/adjustments/{id}/record", Allow: access.PowerAdopt, Handle: s.adjustAct("已登记备案", func(r *http.Request, who access.Session, id AdjustmentID, v int64, f *web.Form) error {
			in := FilingInput{With: f.Text("with", 100), Number: f.Text("number", 100), On: f.Date("on", "备案日期")}
			if err := f.Err(); err != nil {
				return err
			}
			return s.FileAdjustment(r.Context(), who, id, v, in)
		})},
		{Pattern: "POST /w/powers/adjustments/{id}/withdraw", Allow: access.PowerPropose, Handle: s.adjustAct("已撤回", func(r *http.Request, who access.Session, id AdjustmentID, v int64, f *web.Form) error {
			return s.WithdrawAdjustment(r.Context(), who, id, v, f.Text("reason", 500))
		})},
		{Pattern: "GET /w/powers/affected", Allow: access.PowerRead, Handle: s.affectedPage},
		{Pattern: "POST /w/powers/affected/{id}", Allow: access.PowerAdopt, Handle: s.settle},
	}
}

func adjustmentIDOf(r *http.Request) (AdjustmentID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing("这件调整")
	}
	return AdjustmentID(n), nil
}

// adjustAct is the handler of one act on an adjustment: on success back to its page, on wrong input the
// page again with what was typed.
func (s *Service) adjustAct(done string, do func(*http.Request, access.Session, AdjustmentID, int64, *web.Form) error) func(http.ResponseWriter, *http.Request, access.Session) error {
	return func(w http.ResponseWriter, r *http.Request, who access.Session) error {
		id, err := adjustmentIDOf(r)
		if err != nil {
			return err
		}
		form, err := web.ParseForm(w, r, 0)
		if err != nil {
			return err
		}
		version, _ := strconv.ParseInt(form.Value("version"), 10, 64)
		err = do(r, who, id, version, form)
		if status, ok := form.Take(err); ok {
			return s.showAdjust(w, r, who, status, id, form)
		}
		if err != nil {
			return err
		}
		web.Notify(w, r, web.Flash{Text: done})
		web.SeeOther(w, r, id.adjustURL())
		return nil
	}
}

func (s *Service) adjustPage(w http.ResponseWriter, r *http.Request, who access.Session) error {
	id, err := adjustmentIDOf(r)
	if err != nil {
		return err
	}
	return s.showAdjust(w, r, who, http.StatusOK, id, nil)
}

// adjustInput reads the form of a proposal.
func adjustFormInput(f *web.Form) AdjustInput {
	kind, _ := fromLabel(adjustKindLabels, f.Value("kind"))
	handling, _ := fromLabel(handlingLabels, f.Value("handling"))
	return AdjustInput{
		Kind: kind, Codes: codeList(f.Text("codes", 2000)), Into: f.Text("into", 20), Counterpart: f.Text("counterpart", 100), Reason: f.Long("reason", 500),
		BasisTitle: f.Text("basis_title", 200), BasisNumber: f.Text("basis_number", 100), BasisDate: f.Date("basis_date", "文件日期"), EffectiveOn: f.Date("effective_on", "生效日期"),
		ViolatedLaw: f.Text("violated_law", 100), ViolatedArticle: f.Text("violated_article", 60), PenaltyLaw: f.Text("penalty_law", 100), PenaltyArticle: f.Text("penalty_article", 60),
		Handling: handling, HandlingDocument: f.Text("handling_document", 200),
	}
}

func codeList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,，;； \n\t", r) })
}

func (in AdjustInput) form() *web.Form {
	return web.NewForm(map[string]string{
		"kind": string(in.Kind), "codes": strings.Join(in.Codes, "、"), "into": in.Into, "counterpart": in.Counterpart, "reason": in.Reason,
		"basis_title": in.BasisTitle, "basis_number": in.BasisNumber, "basis_date": in.BasisDate.String(), "effective_on": in.EffectiveOn.String(),
		"violated_law": in.ViolatedLaw, "violated_article": in.ViolatedArticle, "penalty_law": in.PenaltyLaw, "penalty_article": in.PenaltyArticle,
		"handling": string(in.Handling), "handling_document": in.HandlingDocument,
	})
}

func (s *Service) newAdjust(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	q := web.QueryForm(r)
	return s.showAdjustForm(w, r, http.StatusOK, web.NewForm(map[string]string{"codes": q.Text("code", 200), "kind": q.Text("kind", 20)}), "提出权责调整", adjustmentsPath, "")
}

func (s *Service) showAdjustForm(w http.ResponseWriter, r *http.Request, status int, f *web.Form, title, action, version string) error {
	return web.Render(w, r, status, pages.AdjustForm(pages.AdjustFormView{Form: f, Title: title, Action: action, Version: version, Kinds: options(adjustKindLabels), Handling: options(handlingLabels)}))
}

func (s *Service) propose(w http.ResponseWriter, r *http.Request, who access.Session) error {
	form, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := adjustFormInput(form)
	var id AdjustmentID
	if err = form.Err(); err == nil {
		id, err = s.Propose(r.Context(), who, in)
	}
	if status, ok := form.Take(err); ok {
		return s.showAdjustForm(w, r, status, form, "提出权责调整", adjustmentsPath, "")
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已提出，请附上依据文件"})
	web.SeeOther(w, r, id.adjustURL())
	return nil
}

func (s *Service) editAdjust(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	id, err := adjustmentIDOf(r)
	if err != nil {
		return err
	}
	var a Adjustment
	err = s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		a, err = adjustmentByID(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	return s.showAdjustForm(w, r, http.StatusOK, a.input().form(), "修改权责调整", id.adjustURL()+"/edit", strconv.FormatInt(a.Version, 10))
}

func (s *Service) amend(w http.ResponseWriter, r *http.Request, who access.Session) error {
	id, err := adjustmentIDOf(r)
	if err != nil {
		return err
	}
	form, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(form.Value("version"), 10, 64)
	in := adjustFormInput(form)
	if err = form.Err(); err == nil {
		err = s.Amend(r.Context(), who, id, version, in)
	}
	if status, ok := form.Take(err); ok {
		return s.showAdjustForm(w, r, status, form, "修改权责调整", id.adjustURL()+"/edit", form.Value("version"))
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已修改并重新提出"})
	web.SeeOther(w, r, id.adjustURL())
	return nil
}

func (s *Service) attachFile(w http.ResponseWriter, r *http.Request, who access.Session) error {
	id, err := adjustmentIDOf(r)
	if err != nil {
		return err
	}
	form, err := web.ParseForm(w, r, maxBasisFile+1<<20)
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(form.Value("version"), 10, 64)
	files := form.Files("file", "文件", 1, maxBasisFile, basisTypes...)
	if len(files) == 0 && form.Err() == nil {
		form.Add("file", "请选择依据文件")
	}
	if err = form.Err(); err == nil {
		err = s.attachUpload(r, who, id, version, files[0])
	}
	if status, ok := form.Take(err); ok {
		return s.showAdjust(w, r, who, status, id, form)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已附上"})
	web.SeeOther(w, r, id.adjustURL())
	return nil
}

func (s *Service) attachUpload(r *http.Request, who access.Session, id AdjustmentID, version int64, u web.Upload) error {
	body, err := u.Open()
	if err != nil {
		return err
	}
	defer body.Close()
	return s.Attach(r.Context(), who, id, version, Attachment{u.Name, u.Type, body})
}
