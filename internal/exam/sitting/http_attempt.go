package sitting

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/sitting/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// paper is an attempt of the account with its sitting and what was answered.
func (s *Service) paper(ctx context.Context, by access.Session, id AttemptID) (a Attempt, x Sitting, given []Answer, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if a, err = ownAttempt(tx, by.Account(), id); err != nil {
			return err
		}
		if x, err = sittingOf(tx, a.Sitting); err != nil {
			return err
		}
		all, err := answersOf(tx, id)
		given = all[id]
		return err
	})
	return a, x, given, err
}

func (s *Service) showAttempt(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[AttemptID](r, nounAttempt)
	if err != nil {
		return err
	}
	return s.renderAttempt(w, r, by, http.StatusOK, id, web.NewForm(nil))
}

func (s *Service) renderAttempt(w http.ResponseWriter, r *http.Request, by access.Session, status int, id AttemptID, f *web.Form) error {
	a, x, given, err := s.paper(r.Context(), by, id)
	if err != nil {
		return err
	}
	now := s.DB.Now()
	if a.State == Running && now.After(store.FromMicros(a.Deadline).Add(grace)) {
		if _, err := s.Submit(r.Context(), by, id, a.Device); err != nil {
			return err
		}
		if a, x, given, err = s.paper(r.Context(), by, id); err != nil {
			return err
		}
	}
	form, err := s.formOf(x)
	if err != nil {
		return err
	}
	switch {
	case a.State != Running:
		return web.Render(w, r, status, pages.Receipt(receiptView(a, x, form, given, now)))
	case a.Device != device(r):
		return web.Render(w, r, status, pages.Taken(pages.TakenView{Title: x.Title, Act: a.URL() + "/take-over", Since: clockText(store.FromMicros(a.StartedAt))}))
	}
	return web.Render(w, r, status, pages.Answer(pages.AnswerView{
		Title: x.Title, Act: a.URL() + "/answers", Save: a.URL() + "/answers", Device: a.Device, Form: f, LeftMS: store.FromMicros(a.Deadline).Sub(now).Milliseconds(),
		Sections: sections(form, x.places(form, a.Candidate, a.Number), given),
	}))
}

// sections are the questions as the candidate sees them: in the candidate's order, without anything of the answers.
func sections(form assembly.Form, places []assembly.Place, given []Answer) (out []pages.Section) {
	answers := map[int]Answer{}
	for _, a := range given {
		answers[a.Item] = a
	}
	for n, p := range places {
		it := form[p.Item]
		if title := sectionTitle(it.Kind()); len(out) == 0 || out[len(out)-1].Title != title {
			out = append(out, pages.Section{Title: title})
		}
		a := answers[p.Item]
		q := shown(it.Question, p.Options)
		if it.Open() {
			q.Areas = areas(it)
		}
		if it.Of != nil && (n == 0 || form[places[n-1].Item].Source() != it.Source()) {
			q.About, q.Text = it.Of.Stem, it.Of.Text
		} else if it.Of == nil {
			q.Text = it.Question.Text
		}
		q.Number, q.Item, q.Seq, q.Points, q.Given = n+1, p.Item, a.Seq, "（"+points(it.Points)+" 分）", givenOf(it.Question.Type, a.Value)
		at := &out[len(out)-1]
		at.Questions = append(at.Questions, q)
	}
	return out
}

func sectionTitle(t bank.Type) string { return strings.TrimSuffix(t.Label(), "题") + "题" }

func areas(it assembly.Item) (out []pages.Area) {
	for _, l := range linesOf(it) {
		out = append(out, pages.Area{Label: l.Label, Hint: l.Hint, Long: l.Long})
	}
	return out
}

func shown(q bank.Question, order []int) pages.Question {
	out := pages.Question{Kind: string(q.Type), Stem: q.Stem}
	for _, i := range order {
		out.Options = append(out.Options, web.Option{Value: bank.Letter(i), Label: q.Options[i]})
	}
	switch q.Type {
	case bank.Judgement:
		out.Options = []web.Option{{Value: "对", Label: "对"}, {Value: "错", Label: "错"}}
	case bank.Fill:
		for i := range q.Blanks {
			out.Lines = append(out.Lines, fmt.Sprintf("第 %d 空", i+1))
		}
	case bank.Order:
		for i := range q.Options {
			out.Lines = append(out.Lines, fmt.Sprintf("第 %d 步", i+1))
		}
	case bank.Match:
		out.Options = nil
		for i, right := range q.Rights() {
			out.Options = append(out.Options, web.Option{Value: bank.Letter(i), Label: right})
		}
		for _, p := range q.Pairs {
			out.Lines = append(out.Lines, p.Left)
		}
	}
	return out
}

// givenOf takes a kept answer apart into what its inputs show; valueOf puts it together.
func givenOf(t bank.Type, value string) []string {
	switch {
	case value == "":
		return nil
	case t == bank.Multiple || t == bank.Order:
		return strings.Split(value, "")
	case t == bank.Essay:
		return []string{value}
	case t == bank.Drafting:
		var lines []string
		if json.Unmarshal([]byte(value), &lines) != nil {
			return []string{value}
		}
		return lines
	}
	return strings.Split(value, "\n")
}

func valueOf(t bank.Type, given []string) string {
	if t == bank.Multiple {
		given = slices.Sorted(slices.Values(given))
	}
	if t.Lettered() {
		return strings.Join(given, "")
	}
	if strings.TrimSpace(strings.Join(given, "")) == "" {
		return ""
	}
	if t == bank.Essay || t == bank.Drafting {
		for i := range given {
			given[i] = strings.TrimSpace(strings.ReplaceAll(given[i], "\r\n", "\n"))
		}
	}
	if t == bank.Drafting {
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false) // as the page writes it
		if e.Encode(given) == nil {
			return strings.TrimSuffix(b.String(), "\n")
		}
	}
	return strings.Join(given, "\n")
}

func receiptView(a Attempt, x Sitting, form assembly.Form, given []Answer, now time.Time) pages.ReceiptView {
	v := pages.ReceiptView{Title: x.Title, Back: Path + "/" + x.ID.String(), Facts: []web.FactView{
		{Label: "回执号", Text: a.Receipt},
		{Label: "交卷时间", Text: store.FromMicros(a.EndedAt).In(law.Zone).Format("2006-01-02 15:04:05") + "，" + endLabels[a.EndedBy]},
		{Label: "已答", Text: fmt.Sprintf("%d 道，共 %d 道", answered(given), len(form))},
		{Label: "摘要", Text: a.Digest},
	}}
	look := x.look(now)
	if !look.sees(LookScore) {
		return v
	}
	score, label := a.Score, "得分"
	marks, err := a.marks()
	if !x.judged() { // people may still have to mark
		marks = markAll(form, given, x.Policy)
		score, label = total(marks), "自动计分的题"
	} else if err != nil || len(marks) != len(form) {
		return v
	}
	v.Facts = append(v.Facts, web.FactView{Label: label, Text: points(score) + " 分"})
	if x.appealing(now) {
		v.Facts = append(v.Facts, web.FactView{Label: "异议期", Text: "到 " + clockText(x.AppealsUntil().Add(-time.Minute)) + "，对题目有异议的请向培训管理员提出"})
	}
	if !look.sees(LookAnswers) {
		return v
	}
	v.Keys = look.sees(LookExplanation)
	answers := map[int]string{}
	for _, g := range given {
		answers[g.Item] = g.Value
	}
	for n, p := range x.places(form, a.Candidate, a.Number) {
		it := form[p.Item]
		row := pages.MarkRow{Number: fmt.Sprint(n + 1), Stem: it.Question.Stem, Given: said(it.Question, givenOf(it.Question.Type, answers[p.Item])), Mark: points(marks[p.Item]), Of: points(it.Points)}
		if it.Open() && !x.judged() {
			row.Mark = "待评"
		}
		if v.Keys {
			row.Explain = it.Question.Explain
			if row.Right = row.Explain; !it.Open() {
				row.Right = said(it.Question, givenOf(it.Question.Type, valueOf(it.Question.Type, it.Question.Right())))
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// said puts the texts of options in place of their letters.
func said(q bank.Question, given []string) string {
	texts := q.Options
	if q.Type == bank.Match {
		texts = q.Rights()
	}
	out := slices.Clone(given)
	for i, g := range given {
		if len(g) == 1 && int(g[0]-'A') < len(texts) && g[0] >= 'A' {
			out[i] = texts[g[0]-'A']
		}
	}
	if len(out) == 0 {
		return "未答"
	}
	return strings.Join(out, "；")
}

func (s *Service) postTakeOver(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[AttemptID](r, nounAttempt)
	if err != nil {
		return err
	}
	if _, err := web.ParseForm(w, r, 0); err != nil {
		return err
	}
	code, err := s.TakeOver(r.Context(), by, id)
	if err != nil {
		return err
	}
	setDevice(w, r, code)
	web.SeeOther(w, r, PathAttempts+"/"+id.String())
	return nil
}

// postAnswers keeps answers: a script sends what changed as JSON in one field and gets what is kept; a page without
// scripts sends the whole form, and hands in with it.
func (s *Service) postAnswers(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[AttemptID](r, nounAttempt)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	if changed := f.Value("changed"); changed != "" {
		var in SaveInput
		if err := json.Unmarshal([]byte(changed), &in); err != nil {
			return fault.New(fault.Invalid, "保存的内容读不懂")
		}
		in.Device = device(r)
		out, err := s.Save(r.Context(), by, id, in)
		if err != nil {
			return err
		}
		return sendJSON(w, out)
	}
	err = s.saveForm(r.Context(), by, id, device(r), f)
	if err == nil && f.Value("do") == "submit" {
		_, err = s.Submit(r.Context(), by, id, device(r))
	}
	if fault.Is(err, fault.Conflict) {
		web.Notify(w, r, web.Flash{Text: err.Error()})
		err = nil
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderAttempt(w, r, by, status, id, f)
	case err != nil:
		return err
	}
	web.SeeOther(w, r, PathAttempts+"/"+id.String())
	return nil
}

// saveForm keeps the answers of a whole form.
func (s *Service) saveForm(ctx context.Context, by access.Session, id AttemptID, device string, f *web.Form) error {
	_, x, given, err := s.paper(ctx, by, id)
	if err != nil {
		return err
	}
	form, err := s.formOf(x)
	if err != nil {
		return err
	}
	answers := map[int]Answer{}
	for _, a := range given {
		answers[a.Item] = a
	}
	in := SaveInput{Device: device}
	for i, it := range form {
		seq := f.Int(fmt.Sprintf("seq.%d", i), "次数", 0, 1<<40)
		value := valueOf(it.Question.Type, slices.Clone(f.Values(fmt.Sprintf("a.%d", i))))
		if value != answers[i].Value && seq > answers[i].Seq {
			in.Answers = append(in.Answers, Answer{Item: i, Seq: seq, Value: value})
		}
	}
	if len(in.Answers) == 0 || f.Err() != nil {
		return f.Err()
	}
	_, err = s.Save(ctx, by, id, in)
	return err
}
