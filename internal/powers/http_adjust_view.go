package powers

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

const adjustPage = 30

func adjustTag(s AdjustState) web.TagView {
	kind := map[AdjustState]string{AdjustInForce: "ok", AdjustProposed: "blue", AdjustChecked: "blue", AdjustFiled: "soon", AdjustReturned: "late", AdjustWithdrawn: "line"}[s]
	return web.TagView{Label: s.Label(), Kind: kind}
}

func adjustFilter(f *web.Form) AdjustFilter {
	kind, _ := fromLabel(adjustKindLabels, f.Value("kind"))
	return AdjustFilter{Kind: kind, State: AdjustState(f.Text("state", 20)), Code: strings.ToUpper(f.Text("code", 20))}
}

func (f AdjustFilter) query() url.Values {
	v := url.Values{}
	for k, s := range map[string]string{"kind": string(f.Kind), "state": string(f.State), "code": f.Code} {
		if s != "" {
			v.Set(k, s)
		}
	}
	return v
}

func adjustStates() []web.Option {
	var out []web.Option
	for _, st := range Adjusting.States {
		out = append(out, web.Option{Value: string(st.ID), Label: st.Label})
	}
	return out
}

func (s *Service) adjustList(w http.ResponseWriter, r *http.Request, who access.Session) error {
	form := web.QueryForm(r)
	f := adjustFilter(form)
	before := AdjustmentID(form.ID("before", "位置"))
	if err := form.Err(); err != nil {
		return err
	}
	v := pages.AdjustListView{Form: form, Kinds: options(adjustKindLabels), States: adjustStates(), ExportHref: web.Address(adjustmentsPath+"/export", f.query())}
	if who.Can(access.PowerPropose) {
		v.NewHref = adjustmentsPath + "/new"
	}
	if who.Can(access.PowerImport) {
		v.ImportHref = ImportPath + "?kind=power.adjustments"
	}
	var list []Adjustment
	err := s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		list, err = s.Adjustments(tx, f, before, store.PageSize(r.Context())+1)
		return err
	})
	if err != nil {
		return err
	}
	if size := store.PageSize(r.Context()); len(list) > size {
		list = list[:size]
		q := f.query()
		q.Set("before", list[size-1].ID.String())
		v.Pager.Next = web.Address(adjustmentsPath, q)
	}
	if before > 0 {
		v.Pager.Prev = web.Address(adjustmentsPath, f.query())
	}
	for _, a := range list {
		v.Rows = append(v.Rows, adjustRowView(a))
	}
	return web.Render(w, r, http.StatusOK, pages.AdjustList(v))
}

func adjustRowView(a Adjustment) pages.AdjustRow {
	return pages.AdjustRow{
		Kind: a.Kind.Label(), Codes: clip(strings.Join(a.Codes, "、"), 60), Href: a.ID.adjustURL(), Document: a.Document(), Effective: a.EffectiveOn.String(),
		Proposed: a.Proposer + " " + a.Proposed().Format("2006-01-02"), State: adjustTag(a.State),
	}
}

func adjustCells(a Adjustment) []any {
	handling := ""
	if a.Handling != "" {
		handling = a.Handling.Label()
	}
	return []any{
		a.Kind.Label(), strings.Join(a.Codes, "、"), a.Into, a.Counterpart, a.Reason, a.BasisTitle, a.BasisNumber, a.BasisDate, a.EffectiveOn,
		a.ViolatedLaw, a.ViolatedArticle, a.PenaltyLaw, a.PenaltyArticle, handling, a.HandlingDocument,
		a.State.Label(), a.Proposer, a.Checker, a.FiledWith, a.FiledNumber, a.FiledOn,
	}
}

// exportAdjustments sends the adjustments in the columns in which they are imported.
func (s *Service) exportAdjustments(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	f := adjustFilter(web.QueryForm(r))
	sheet := web.Sheet{Name: "权责调整"}
	for _, c := range adjustColumns {
		sheet.Head, sheet.Widths = append(sheet.Head, c.Label), append(sheet.Widths, max(12, c.Width))
	}
	sheet.Head, sheet.Widths = append(sheet.Head, "状态", "提出人", "核对人", "备案机关", "备案文号", "备案日期"), append(sheet.Widths, 14, 12, 12, 20, 20, 12)
	sheet.Rows = store.Walk(r.Context(), s.db, func(tx *store.Tx, before AdjustmentID) (rows [][]any, end AdjustmentID, more bool, err error) {
		list, err := s.Adjustments(tx, f, before, store.WalkPiece)
		for _, a := range list {
			rows, end = append(rows, adjustCells(a)), a.ID
		}
		return rows, end, len(list) == store.WalkPiece, err
	})
	return web.Excel(w, r, "权责调整.xlsx", sheet)
}

// showAdjust shows one adjustment. Before it is filed what it touches is computed now; afterwards the list
// is the one that was kept.
func (s *Service) showAdjust(w http.ResponseWriter, r *http.Request, who access.Session, status int, id AdjustmentID, form *web.Form) error {
	v := pages.AdjustView{ID: id.String(), Form: form}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		a, err := adjustmentByID(tx, id)
		if err != nil {
			return err
		}
		v.Version, v.Title, v.State = strconv.FormatInt(a.Version, 10), a.Kind.Label()+" "+clip(strings.Join(a.Codes, "、"), 30), adjustTag(a.State)
		v.Meta = a.Proposer + " " + a.Proposed().Format("2006-01-02 15:04") + " 提出"
		v.Facts = adjustFacts(a)
		adjustActs(&v, a, who)
		if err := s.adjustAffected(tx, &v, a, who); err != nil {
			return err
		}
		items, err := itemsOf(tx, a.touched()...)
		if err != nil {
			return err
		}
		for _, p := range items {
			v.Items = append(v.Items, rowOf(p, nil, tx.Today()))
		}
		history, err := ledger.History(tx, a.ID.Subject(), 0, 30)
		for _, e := range history {
			v.History = append(v.History, historyLine(e))
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Adjust(v))
}

// adjustAffected fills in what is touched. Open cases are named to those who may read cases; others see how
// many there are.
func (s *Service) adjustAffected(tx *store.Tx, v *pages.AdjustView, a Adjustment, who access.Session) error {
	var list []Affected
	var err error
	kept := a.State == AdjustFiled || a.State == AdjustInForce || a.State == AdjustWithdrawn
	if kept {
		list, err = affectedOf(tx, SourceAdjustment, int64(a.ID))
		v.AffectedNote = "备案时列出，生效当日再列一次；逐条核对，办理中的案件按移交文件移送或者继续办理。"
	} else {
		list, err = s.affectedByAdjustment(tx, a)
		v.AffectedNote = "按现在的情况列出。备案时留存，生效当日再列一次。"
	}
	if err != nil {
		return err
	}
	hidden := 0
	for _, x := range list {
		if (x.Kind == AffectedCase || x.Kind == AffectedPaper) && !who.Can(access.CaseRead) {
			hidden++
			continue
		}
		v.Affected = append(v.Affected, affectedRow(x, kept && who.Can(access.PowerAdopt)))
	}
	if hidden > 0 {
		v.AffectedNote += fmt.Sprintf("另有 %d 条是案件和文书，有查看案件权限的人可见。", hidden)
	}
	return nil
}

func affectedRow(a Affected, act bool) pages.AffectedRow {
	r := pages.AffectedRow{ID: a.ID.String(), Version: strconv.FormatInt(a.Version, 10), Kind: a.Kind.Label(), Label: a.Label, Href: a.Href, Note: a.Note}
	switch {
	case a.ID == 0:
	case bool(a.Gone):
		r.State = web.TagView{Label: "已不在列", Kind: "line"}
	case a.State == AffectedChecked:
		r.State = web.TagView{Label: a.State.Label(), Kind: "ok"}
		r.Outcome = a.Outcome.Label() + "：" + a.Remark + "（" + a.SettledBy + " " + store.FromMicros(a.SettledAt).Format("2006-01-02") + "）"
	default:
		r.State = web.TagView{Label: a.State.Label(), Kind: "soon"}
		if act {
			for _, o := range a.outcomes() {
				r.Outcomes = append(r.Outcomes, web.Option{Value: string(o), Label: o.Label()})
			}
		}
	}
	return r
}

func adjustFacts(a Adjustment) []web.FactView {
	out := []web.FactView{{Label: "种类", Text: a.Kind.Label()}, {Label: "权责编码", Text: strings.Join(a.Codes, "、")}}
	add := func(label, text string) {
		if text != "" {
			out = append(out, web.FactView{Label: label, Text: text})
		}
	}
	add("并入", a.Into)
	add("承接、移出机关", a.Counterpart)
	if a.ViolatedLaw != "" {
		add("新的违反依据", "《"+a.ViolatedLaw+"》"+a.ViolatedArticle)
	}
	if a.PenaltyLaw != "" {
		add("新的处罚依据", "《"+a.PenaltyLaw+"》"+a.PenaltyArticle)
	}
	add("理由", a.Reason)
	add("依据文件", a.Document())
	if a.FileDigest != "" {
		out = append(out, web.FactView{Label: "文件原件", Text: a.FileName, Href: a.ID.adjustURL() + "/file"})
	} else {
		add("文件原件", "还没有附")
	}
	add("生效", a.EffectiveOn.Han()+"起")
	if a.Handling != "" {
		add("办理中的案件", a.Handling.Label()+"，"+a.HandlingDocument)
	}
	if a.Checker != "" {
		add("法制核", a.Checker+" "+store.FromMicros(a.CheckedAt).Format("2006-01-02")+"："+a.Opinion)
	}
	if a.FiledWith != "" {
		add("备案", a.FiledWith+"，"+a.FiledNumber+"，"+a.FiledOn.Han())
	}
	if a.ReturnReason != "" {
		label := "退回的理由"
		if a.State == AdjustWithdrawn {
			label = "撤回的理由"
		}
		add(label, a.ReturnReason)
	}
	return out
}

// adjustActs says which acts the viewer may do now, from the table.
func adjustActs(v *pages.AdjustView, a Adjustment, who access.Session) {
	can := func(act string) bool {
		rule, _ := Adjusting.Act(act)
		_, err := Adjusting.Next(a.State, act)
		return err == nil && who.Can(access.Permission(rule.By))
	}
	v.CanAttach, v.CanReturn, v.CanFile, v.CanWithdraw = can("attach"), can("return"), can("file"), can("withdraw")
	if v.CanCheck = can("check"); v.CanCheck {
		switch {
		case a.ProposerID == who.Account():
			v.CheckWhy = "您是提出的人，不能自己核。请由另一位法制人员核。"
		case a.FileDigest == "":
			v.CheckWhy = "还没有附依据文件的原件，不能核。"
		}
	}
	if can("amend") {
		v.EditHref = a.ID.adjustURL() + "/edit"
	}
}

// basisFile sends the basis document.
func (s *Service) basisFile(w http.ResponseWriter, r *http.Request, _ access.Session) error {
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
	if a.FileDigest == "" || s.blobs == nil {
		return fault.Missing("依据文件")
	}
	f, err := s.blobs.Open(a.FileDigest)
	if err != nil {
		return err
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	if err != nil {
		return fmt.Errorf("powers: basis file: %w", err)
	}
	return web.Download(w, r, a.FileName, a.FileType, body)
}
