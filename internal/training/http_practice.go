package training

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/exam/bank"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/pages"
	"fadu/internal/web"
)

func (s *Service) showPractice(w http.ResponseWriter, r *http.Request, by access.Session) error {
	st, err := s.Practice(r.Context(), by)
	if err != nil {
		return err
	}
	v := pages.PracticeView{Today: st.Today, Left: st.Left, Done: st.Done, All: st.All, Mistakes: st.Mistakes, Kept: st.Kept}
	says := map[string]string{
		Daily: fmt.Sprintf("今天还有 %d 道", st.Left), InOrder: fmt.Sprintf("还有 %d 道没有做过", st.All-st.Done), AtRandom: "从全部题里抽",
		Mistakes: fmt.Sprintf("%d 道；在三天里都答对的离开", st.Mistakes), Keepers: fmt.Sprintf("%d 道", st.Kept),
	}
	for _, m := range practiceModes {
		v.Modes = append(v.Modes, pages.ModeRow{Label: practiceLabels[m], Href: nextURL(m, ""), Says: says[m]})
	}
	for _, t := range st.Topics {
		v.Topics = append(v.Topics, pages.TopicRow{Name: t.Name, Href: nextURL(InOrder, t.Name), Done: t.Done, All: t.All})
	}
	return web.Render(w, r, http.StatusOK, pages.Practice(v))
}

func nextURL(mode, topic string) string {
	q := url.Values{"mode": {mode}}
	if topic != "" {
		q.Set("topic", topic)
	}
	return PathPractice + "/next?" + q.Encode()
}

func (s *Service) showQuestion(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f := web.QueryForm(r)
	mode, topic := f.Choice("mode", "练法", practiceModes...), f.Text("topic", 60)
	if err := f.Err(); err != nil {
		return err
	}
	if mode == "" {
		mode = Daily
	}
	q, ok, err := s.Next(r.Context(), by, mode, topic)
	if err != nil {
		return err
	}
	if !ok {
		web.Notify(w, r, web.Flash{Text: "“" + practiceLabels[mode] + "”做完了"})
		web.SeeOther(w, r, PathPractice)
		return nil
	}
	return s.renderQuestion(w, r, by, http.StatusOK, web.NewForm(nil), q, mode, topic)
}

func (s *Service) renderQuestion(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form, q bank.Question, mode, topic string) error {
	var c card
	err := s.DB.View(r.Context(), func(tx *store.Tx) (err error) {
		c, _, err = cardOf(tx, by.Account(), q.ID)
		return err
	})
	if err != nil {
		return err
	}
	v := pages.QuestionView{Form: f, Title: "答题：" + practiceLabels[mode], Mode: mode, Topic: topic, ID: q.ID, Kind: q.Type.Label(), Stem: q.Stem, About: q.Topic, Many: q.Type == bank.Multiple}
	switch q.Type {
	case bank.Judgement:
		v.Options = []web.Option{{Value: "对", Label: "对"}, {Value: "错", Label: "错"}}
	case bank.Fill:
		v.Written = true
		for i := range q.Blanks {
			v.Blanks = append(v.Blanks, fmt.Sprintf("第 %d 空", i+1))
		}
	case bank.Order:
		v.Written, v.Blanks = true, []string{"次序（例如 BACD）"}
		for i, o := range q.Options {
			v.Options = append(v.Options, web.Option{Value: bank.Letter(i), Label: o})
		}
	default:
		for _, i := range order(by.Account(), q, c.Times) {
			v.Options = append(v.Options, web.Option{Value: bank.Letter(i), Label: q.Options[i]})
		}
	}
	return web.Render(w, r, status, pages.Question(v))
}

func (s *Service) postAnswer(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := AnswerInput{Question: f.Required("question", "题目", 60), Given: f.Values("given"), TookMS: f.Int("took", "用时", 0, 1<<40)}
	for i := 0; f.Has(fmt.Sprintf("given.%d", i)) && i < maxGiven; i++ {
		in.Given = append(in.Given, f.Text(fmt.Sprintf("given.%d", i), maxWords))
	}
	mode, topic := f.Choice("mode", "练法", practiceModes...), f.Text("topic", 60)
	var id AnswerID
	if err = f.Err(); err == nil {
		id, err = s.Answer(r.Context(), by, in)
	}
	switch status, ok := f.Take(err); {
	case ok:
		q, err := s.questionOf(r.Context(), in.Question)
		if err != nil {
			return err
		}
		if mode == "" {
			mode = Daily
		}
		return s.renderQuestion(w, r, by, status, f, q, mode, topic)
	case err != nil:
		return err
	}
	to := url.Values{"mode": {mode}, "topic": {topic}}
	web.SeeOther(w, r, Answered{ID: id}.URL()+"?"+to.Encode())
	return nil
}

func (s *Service) showAnswer(w http.ResponseWriter, r *http.Request, by access.Session) error {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing(nounAnswer)
	}
	a, q, due, kept, err := s.Answered(r.Context(), by, AnswerID(n))
	if err != nil {
		return err
	}
	f := web.QueryForm(r)
	mode := f.Value("mode")
	if !slices.Contains(practiceModes, mode) {
		mode = Daily
	}
	v := pages.AnswerView{
		Title: "解析", Stem: q.Stem, Kind: q.Type.Label(), Given: s.said(q, a.Given), Right: s.said(q, strings.Join(q.Right(), "、")), Explain: q.Explain, Correct: bool(a.Correct), Kept: kept, Cites: cites(q.Refs),
		Due: "下次复习：" + law.DateOf(due).Han(), Next: nextURL(mode, f.Text("topic", 60)), Keep: PathPractice + "/questions/" + q.ID + "/keep", Back: r.URL.RequestURI(),
	}
	if q.Type == bank.Single || q.Type == bank.Multiple {
		for i, o := range q.Options {
			v.Options = append(v.Options, pages.OptionRow{Text: o, Chosen: strings.Contains(a.Given, bank.Letter(i)), Right: strings.Contains(q.Answer, bank.Letter(i))})
		}
	}
	return web.Render(w, r, http.StatusOK, pages.Answer(v))
}

// said puts the texts of options in place of their letters.
func (s *Service) said(q bank.Question, given string) string {
	if q.Type != bank.Single && q.Type != bank.Multiple {
		return given
	}
	var out []string
	for i, o := range q.Options {
		if strings.Contains(given, bank.Letter(i)) {
			out = append(out, o)
		}
	}
	return strings.Join(out, "；")
}

func (s *Service) postKeep(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	if err := s.Keep(r.Context(), by, r.PathValue("code"), f.Value("keep") == "yes"); err != nil {
		return err
	}
	web.SeeOther(w, r, web.LocalPath(f.Value("back"), PathPractice))
	return nil
}
