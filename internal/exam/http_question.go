package exam

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/interchange"
	"fadu/internal/exam/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

func (b *Bank) showQuestion(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := b.questionID(r)
	if err != nil {
		return err
	}
	return b.renderQuestion(w, r, by, id, http.StatusOK, nil)
}

// dossier is a question with all its versions.
type dossier struct {
	Question
	Versions []Version // the newest first
	shown    int       // which is shown
	uses     []web.Link
	flags    []Flag
	history  []ledger.Entry
}

func (b *Bank) dossier(tx *store.Tx, id QuestionID, number int) (d dossier, err error) {
	if d.Question, err = questionOf(tx, id); err != nil {
		return d, err
	}
	if d.Versions, err = versionsOf(tx, id); err != nil {
		return d, err
	}
	d.shown = slices.IndexFunc(d.Versions, func(v Version) bool { return v.ID == d.Head && number == 0 || v.Number == number })
	if d.shown < 0 {
		return d, fault.Missing(nounVersion)
	}
	for _, ask := range b.uses {
		more, err := ask(tx, d.Question)
		if err != nil {
			return d, err
		}
		d.uses = append(d.uses, more...)
	}
	if d.flags, err = flagsOf(tx, id); err != nil {
		return d, err
	}
	d.history, err = ledger.History(tx, d.Subject(), 0, 30)
	return d, err
}

func (b *Bank) renderQuestion(w http.ResponseWriter, r *http.Request, by access.Session, id QuestionID, status int, f *web.Form) error {
	number, err := strconv.Atoi(r.URL.Query().Get("number"))
	if err != nil || number < 0 {
		number = 0
	}
	var d dossier
	err = b.DB.View(r.Context(), func(tx *store.Tx) (err error) { d, err = b.dossier(tx, id, number); return err })
	if err != nil {
		return err
	}
	v, err := questionView(d, by)
	if err != nil {
		return err
	}
	if v.Form = web.NewForm(nil); f != nil {
		v.Form, v.Seen = f, f.Value("version")
	}
	return web.Render(w, r, status, pages.Question(v))
}

func questionView(d dossier, by access.Session) (pages.QuestionView, error) {
	shown := d.Versions[d.shown]
	asks, err := shown.Asks()
	if err != nil {
		return pages.QuestionView{}, err
	}
	v := pages.QuestionView{
		Title: "题目 " + d.Code, Href: d.URL(), Meta: strings.Trim(d.Type.Label()+" · "+d.Topic, " ·"), Seen: strconv.FormatInt(d.Version, 10), State: tagOf(d.State), Waiting: waitingTag(d.Question),
		Asked: askedView(asks), Facts: facts(shown, asks), Cites: cites(asks.Refs), Uses: d.uses, UseEmpty: "还没有人练过",
	}
	manage := by.Can(access.ExamBankManage)
	newest := d.Versions[0]
	if manage {
		v.Edit = d.URL() + "/edit"
	}
	if bool(d.Waiting) && by.Can(access.ExamBankApprove) {
		draft, err := newest.Asks()
		if err != nil {
			return v, err
		}
		v.Approving, v.OwnDraft = true, newest.AuthorID == int64(by.Account())
		for _, lack := range draft.Ready() {
			v.Lacks = append(v.Lacks, lack.Error())
		}
	}
	for _, f := range d.flags {
		if f.State == FlagOpen {
			v.Flags = append(v.Flags, f.Text())
		}
	}
	v.Rechecking = len(v.Flags) > 0 && by.Can(access.ExamBankApprove)
	v.Ending, v.Restoring = manage && d.State == InUse, manage && d.State == Ended
	for i, x := range d.Versions {
		v.Versions = append(v.Versions, versionRow(d.Question, x, i == d.shown))
	}
	if d.shown+1 < len(d.Versions) {
		before := d.Versions[d.shown+1]
		v.ChangesTitle = fmt.Sprintf("第 %d 版比第 %d 版改了什么", shown.Number, before.Number)
		if v.Changes, err = changes(before, shown); err != nil {
			return v, err
		}
	}
	for _, e := range d.history {
		v.History = append(v.History, historyLine(e))
	}
	return v, nil
}

func facts(v Version, asks bank.Question) []web.FactView {
	holds := "未定"
	if !asks.From.IsZero() {
		holds = asks.From.Han() + "起"
	}
	if !asks.Until.IsZero() {
		holds += "，到" + asks.Until.Han() + "为止"
	}
	out := []web.FactView{
		{Label: "版", Text: fmt.Sprintf("第 %d 版，%s", v.Number, v.State.Label())},
		{Label: "难度", Text: LevelLabel(asks.Level)},
		{Label: "适用", Text: holds},
	}
	points := "由试卷定"
	if v.Points > 0 {
		points = number(asks.Full()) + " 分"
	}
	for _, f := range []web.FactView{{Label: "分值", Text: points}, {Label: "章节", Text: asks.Chapter}, {Label: "其他依据", Text: asks.Basis}, {Label: "对应的规则", Text: strings.Join(asks.Rules, "、")}, {Label: "导入自", Text: v.Origin}} {
		if f.Text != "" {
			out = append(out, f)
		}
	}
	return out
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func cites(refs []string) (out law.Citations) {
	for _, r := range refs {
		if c, err := scene.Ref(r); err == nil {
			out = append(out, c)
		}
	}
	return out
}

func versionRow(q Question, v Version, shown bool) pages.VersionRow {
	row := pages.VersionRow{
		Number: fmt.Sprintf("第 %d 版", v.Number), Href: web.Address(q.URL(), url.Values{"number": {strconv.Itoa(v.Number)}}), Author: v.Author, Source: v.Source.Label() + "，" + when(v.MadeAt),
		Shown: shown, State: tagOf(v.State), Approver: v.Approver, Remark: v.Remark,
	}
	if v.ApprovedAt > 0 {
		row.Remark = when(v.ApprovedAt)
	}
	return row
}

// changes are the fields that two versions say otherwise.
func changes(before, after Version) (out []pages.ChangeRow, err error) {
	was, err := before.Asks()
	if err != nil {
		return nil, err
	}
	is, err := after.Asks()
	if err != nil {
		return nil, err
	}
	a, z := interchange.ToCells(was), interchange.ToCells(is)
	for _, f := range interchange.Fields {
		if a[f] != z[f] {
			out = append(out, pages.ChangeRow{Label: fieldLabels[f], Before: a[f], After: z[f]})
		}
	}
	return out, nil
}

func historyLine(e ledger.Entry) web.LedgerView {
	text := Kinds[e.Kind]
	var data struct {
		Number int
		Why    string
	}
	if json.Unmarshal([]byte(e.Data), &data) == nil {
		if data.Number > 0 {
			text += fmt.Sprintf("（第 %d 版）", data.Number)
		}
		if data.Why != "" {
			text += "：" + data.Why
		}
	}
	return web.LedgerView{Time: e.Time().Format("2006-01-02 15:04"), Who: e.Actor, Text: text, Key: true}
}

// askedView shows what is asked, with its answer.
func askedView(q bank.Question) pages.AskedView {
	v := pages.AskedView{Stem: q.Stem, Label: q.Type.Label(), Explain: q.Explain, Spare: q.Spare, Paper: q.Paper}
	if q.Text != "" {
		v.Paragraphs = strings.Split(q.Text, "\n")
	}
	for i, o := range q.Options {
		v.Options = append(v.Options, pages.OptionRow{Letter: bank.Letter(i), Text: o, Right: q.Type != bank.Order && strings.Contains(q.Answer, bank.Letter(i))})
	}
	switch q.Type {
	case bank.Order:
		v.Answer = strings.Join(strings.Split(q.Answer, ""), " → ")
	case bank.Judgement:
		v.Answer = q.Answer
	case bank.Fill:
		var out []string
		for _, accept := range q.Blanks {
			out = append(out, strings.Join(accept, " 或 "))
		}
		v.Answer = strings.Join(out, "；")
	}
	for _, p := range q.Pairs {
		v.Pairs = append(v.Pairs, pages.PairRow{Left: p.Left, Right: p.Right})
	}
	for _, c := range q.Rubric {
		v.Rubric = append(v.Rubric, pages.CriterionRow{Text: c.Text, Points: number(c.Points)})
	}
	for i, p := range q.Parts {
		part := askedView(p.Question(q, i))
		part.Model, part.Explain = p.Model, ""
		part.Stem = fmt.Sprintf("（%d）%s", i+1, p.Stem)
		if part.Points = number(p.Points); p.Points == 0 {
			part.Points = ""
		}
		v.Parts = append(v.Parts, part)
	}
	return v
}
