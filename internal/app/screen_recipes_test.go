package app_test

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/xuri/excelize/v2"
)

// recipes are the values of fields that take no free text, by the form and the field; a + sends what the
// page's first look does not offer yet. Text is tried first everywhere.
var pageRecipes = map[string]map[string]string{
	"*":                                    {"identity": "", "uscc": "11990107MB00000010"},
	"POST /w/cases/new":                    {"found_at": "2026-01-31T08:40", "source": "巡查"},
	"POST /w/cases/{id}/officers":          {},
	"POST /w/cases/{id}/party":             {"kind": "公民", "id_kind": "居民身份证", "identity_basis": "card_seen", "phone": "13900000000", "born": "1985-06-15"},
	"POST /w/cases/{id}/steps/measure":     {"detail": "2"},
	"POST /w/cases/{id}/steps/correct":     {"detail": "已当场改正"},
	"POST /w/cases/{id}/proposal":          {"+power_code": "YS-001", "metric": "2", "corrected": "已改正", "harm": "无", "kinds": "罚款", "amount": "100", "pay_by": "缴款码", "facts_clear": "1"},
	"POST /w/cases/{id}/signatures":        {"method": "手写"},
	"POST /w/cases/{id}/payments":          {"channel": "缴款码"},
	"POST /w/powers/adjustments":           {"kind": "取消", "codes": "YS-001", "into": "", "effective_on": "2026-03-20", "basis_date": "2026-01-20"},
	"POST /w/powers/adjustments/{id}/edit": {"codes": "YS-001", "into": ""},
	"POST /w/series":                       {"prefix": "演城管当罚字", "count": "10"},
	"POST /w/booklets":                     {"prefix": "演城管手罚字", "first": "2001", "last": "2005"},
	"POST /w/booklets/{id}/check":          {"next": "0"},
	"POST /w/money/receipts":               {"first": "70000001", "last": "70000010"},
	"POST /w/org/certificates/{id}/check":  {"year": "2025"},
	"POST /w/sittings":                     {"+blueprint.0.3": "2", "+blueprint.0.4": "50"},
	"POST /w/sittings/{id}":                {"+blueprint.0.3": "2", "+blueprint.0.4": "50"},
	"POST /w/sittings/{id}/markers":        {"markers": "legal"},
	"POST /w/accounts":                     {"login": "screen.new"},
	"POST /w/units":                        {"code": "YS-SCR"},
	"POST /w/org/people/{id}/transfer":     {"from": "2026-02-01"},
	"POST /w/powers/issue":                 {"prefix": "YS-"},
	"POST /w/powers/adopt":                 {"items": ""},
	"POST /w/money/hand-in":                {"payments": "号"},
	"POST /w/powers/item/{code}/issue":     {"+issuer": "演示市城市管理局<b data-trap>"},
	"POST /w/money/deposit":                {"payments": "号"},
	"POST /w/booklets/{id}/numbers/{number}/entry": {
		"kind": "公民", "id_kind": "居民身份证", "identity_basis": "card_seen", "phone": "13900000000", "born": "1985-06-15", "power_code": "YS-001", "metric": "2", "harm": "无", "corrected": "已改正", "+kinds": "罚款", "amount": "100", "pay_by": "缴款码",
		"+facts_clear": "1", "+showed_id": "1", "+told": "1", "+heard": "无", "+correct": "on_spot", "+officers_signed": "1", "party_signed": "签了名", "+review": "", "+correct_due": "", "+guardian": "", "+legal_rep": "", "+footage": "", "+refusal_note": "", "+late_why": "", "+tier_why": "", "+no_exemption": "", "+receipt_no": "", "+why": "", "+amount_cash": "", "+found_at": "",
	},
}

// lineOfWork is how a street case goes when nobody objects: whose act, on which page, to which address.
var lineOfWork = []struct{ login, page, path string }{
	{"officer102", "", "officers"},
	{"officer102", "?step=show_id", "steps/show_id"},
	{"officer102", "?step=party", "party"},
	{"officer102", "?step=photo", "photos"},
	{"officer102", "?step=measure", "steps/measure"},
	{"officer102", "?step=footage", "steps/footage"},
	{"officer102", "?step=propose", "proposal"},
	{"officer102", "?step=tell", "steps/tell"},
	{"officer102", "?step=hear", "steps/hear"},
	{"officer102", "?step=review", "steps/review"},
	{"officer102", "?step=correct", "steps/correct"},
	{"officer102", "?step=decide", "decision"},
	{"officer102", "?step=sign", "signatures"},
	{"officer103", "?step=sign", "signatures"},
	{"officer102", "?step=sign_party", "signatures"},
	{"officer102", "?step=deliver", "delivery"},
	{"clerk", "?step=file", "filing"},
	{"cashier", "?step=pay", "payments"},
	{"clerk", "?step=close", "closing"},
}

// workers are those whose pages of a case in progress offer acts.
var workers = []string{"officer102", "leader1", "clerk", "cashier"}

// register begins a case and returns its address.
func (f *filling) register() string {
	f.t.Helper()
	f.cases++
	a := f.act(f.must("officer102", "/w/cases/new", "/w/cases/new"))
	at := caseAddress.FindString(a.header.Get("Location"))
	if at == "" {
		f.t.Fatalf("登记线索：%d %v", a.status, faultsOf(a))
	}
	return at
}

// must is the form of a page that posts to the action.
func (f *filling) must(login, page, action string) *seenForm {
	f.t.Helper()
	a := f.ask(f.as(login), http.MethodGet, page, "", nil, "")
	form := &seenForm{page: page, action: action, method: http.MethodPost, who: f.as(login)}
	got := f.again(form, a)
	if got == nil {
		f.t.Fatalf("%s：%s 上没有提交到 %s 的表单（%d）：%.300s", login, page, action, a.status, strings.Join(strings.Fields(rawText(a.doc)), ""))
	}
	got.key = "POST " + f.formPattern(got)
	got.enctype = enctypeOf(a.doc, action)
	return got
}

// work goes so many stages of the line with a case.
func (f *filling) work(at string, from, until int) {
	f.t.Helper()
	for _, u := range lineOfWork[from:until] {
		form := f.must(u.login, at+u.page, at+"/"+u.path)
		for i, c := range form.controls { // the two officers
			if c.name == "lead" || c.name == "assist" {
				name, err := f.site.Name(map[string]string{"lead": "officer102", "assist": "officer103"}[c.name])
				if err != nil {
					f.t.Fatal(err)
				}
				form.controls[i].values = []string{c.choose(strings.Join(strings.Fields(name), ""))}
			}
		}
		if a := f.act(form); a.status != http.StatusSeeOther {
			f.t.Fatalf("%s：%d %v %.3600s", u.path, a.status, faultsOf(a), textIn(mainOf(a.doc)))
		}
		f.site.Clock.Advance(60e9)
	}
}

// stageForms are the forms that a case's pages offer at a stage and that were not seen before.
func (f *filling) stageForms(at string) []*seenForm {
	before := len(f.forms)
	for _, login := range workers {
		p, seen := f.as(login), map[string]bool{}
		queue := []string{at}
		for len(queue) > 0 {
			path := queue[0]
			queue = queue[1:]
			a := f.ask(p, http.MethodGet, path, "", nil, "")
			f.examine(p, a, func(to string) {
				paper := strings.HasPrefix(to, "/w/papers/") && !strings.Contains(to, ".")
				if (paper || strings.HasPrefix(to, at+"?step=")) && !seen[to] {
					seen[to] = true
					queue = append(queue, to)
				}
			})
		}
	}
	return f.forms[before:]
}

// book is the import's own template with text in every cell.
func (f *filling) book(path string) []byte {
	f.t.Helper()
	a := f.ask(f.whoMay(path), http.MethodGet, path, "", nil, "")
	x, err := excelize.OpenReader(bytes.NewReader(a.body))
	if err != nil {
		f.t.Fatalf("%s：%d %v", path, a.status, err)
	}
	sheet := x.GetSheetName(0)
	rows, err := x.GetRows(sheet)
	if err != nil || len(rows) == 0 {
		f.t.Fatal(err)
	}
	for r := 3; r <= 5; r++ {
		for c, head := range rows[0] {
			at, _ := excelize.CoordinatesToCellName(c+1, r)
			if err := x.SetCellStr(sheet, at, f.text("cell "+path+" "+head+at, 60*(r-2))); err != nil {
				f.t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		f.t.Fatal(err)
	}
	return b.Bytes()
}

// whoMay is the first sitter whom a page is open to.
func (s *screens) whoMay(path string) *sitter {
	pattern := s.patternOf(http.MethodGet, path)
	for _, rt := range s.site.App.Routes() {
		if rt.Pattern != pattern {
			continue
		}
		for _, p := range s.people {
			if p.actor.may(rt.Allow) {
				return p
			}
		}
	}
	s.t.Fatalf("没有人能打开 %s", path)
	return nil
}
