package sitting

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/exam/sitting/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f := web.QueryForm(r)
	xs, prev, next, err := s.Sittings(r.Context(), by, f.Value("after"))
	if err != nil {
		return err
	}
	v := pages.ListView{}
	if by.Can(access.ExamManage) {
		v.New = PathManage + "/new"
	}
	now := s.DB.Now()
	for _, x := range xs {
		v.Rows = append(v.Rows, pages.SittingRow{Title: x.Title, Href: x.URL(), When: clockText(x.Opens()), Long: fmt.Sprintf("%d 分钟", x.Minutes), Author: x.Author, State: phaseTag(x.Phase(now, 0))})
	}
	v.Pager = pager(PathManage, url.Values{}, fmt.Sprintf("本页 %d 场", len(xs)), prev, next)
	return web.Render(w, r, http.StatusOK, pages.List(v))
}

func pager(path string, q url.Values, summary, prev, next string) web.PagerView {
	turn := func(after string) string {
		if after == "" {
			return ""
		}
		q.Set("after", after)
		return path + "?" + q.Encode()
	}
	return web.PagerView{Summary: summary, Prev: turn(prev), Next: turn(next)}
}

var policyLabels = map[grade.Policy]string{
	grade.AllOrNothing: "全对得分", grade.SubsetHalf: "漏选得一半", grade.SubsetProrata: "漏选按比例", grade.SubsetPerOption: "漏选每个正确选项 0.5 分", grade.RightMinusWrong: "对减错", grade.PerOptionJudgement: "逐项判断",
}

const cellSep = "｜"

// cellsText are the rows of the table as the form has them; cellsOf reads them.
func cellsText(b assembly.Blueprint) string {
	rows := make([]string, len(b))
	for i, c := range b {
		rows[i] = strings.Join([]string{c.Topic, c.Type.Label(), assembly.LevelLabel(c.Level), strconv.Itoa(c.Count), points(c.Points)}, cellSep)
	}
	return strings.Join(rows, "\n")
}

func cellsOf(f *web.Form, name string) (out assembly.Blueprint) {
	for i, line := range strings.Split(f.RowText(name, cellSep, 8000), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := append(strings.Split(line, cellSep), "", "", "", "", "")
		bad := func(format string, args ...any) {
			f.Add(web.RowName(name, i), format, args...)
		}
		c := assembly.Cell{Topic: strings.TrimSpace(cells[0])}
		var ok bool
		if c.Type, ok = bank.TypeOf(strings.TrimSpace(cells[1])); !ok {
			bad("请选择题型")
		}
		for l := 1; l <= 3; l++ {
			if assembly.LevelLabel(l) == strings.TrimSpace(cells[2]) {
				c.Level = l
			}
		}
		var err error
		if c.Count, err = strconv.Atoi(strings.TrimSpace(cells[3])); err != nil {
			bad("题数写成整数")
		}
		if c.Points, err = hundredths(cells[4]); err != nil {
			bad("每道分值写成数，最多两位小数")
		}
		out = append(out, c)
	}
	return out
}

// hundredths reads points with at most two decimals.
func hundredths(text string) (int64, error) {
	m, err := law.ParseMoney(strings.TrimSpace(text))
	return int64(m), err
}

func (s *Service) showNew(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderEdit(w, r, by, http.StatusOK, 0, nil)
}

func (s *Service) showEdit(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	return s.renderEdit(w, r, by, http.StatusOK, id, nil)
}

func (s *Service) renderEdit(w http.ResponseWriter, r *http.Request, by access.Session, status int, id SittingID, f *web.Form) error {
	v := pages.EditView{Title: "安排考试", Act: PathManage, Back: PathManage, Form: f}
	in := Input{Waiting: 30, Late: 15, Minutes: 60, Attempts: 1, Pass: 6000, Policy: grade.AllOrNothing, Review: Review{LookNone, LookAnswers, LookExplanation, 3}}
	if id != 0 {
		x, _, _, err := s.Sitting(r.Context(), by, id)
		if err != nil {
			return err
		}
		if err := x.must(s.DB.Now(), Draft, "修改。要改的，先退回重新组卷"); err != nil {
			return err
		}
		if in, err = x.input(); err != nil {
			return err
		}
		v.Title, v.Act, v.Back, v.Version = "修改考试", x.URL(), x.URL(), fmt.Sprint(x.Version)
	}
	if f == nil {
		v.Form = firstForm(in)
	}
	v.Cells = cellsText(in.Blueprint)
	for _, p := range grade.Policies {
		v.Policies = append(v.Policies, web.Option{Value: string(p), Label: policyLabels[p]})
	}
	for _, x := range looks {
		v.Looks = append(v.Looks, web.Option{Value: string(x.Look), Label: x.Label})
	}
	v.Topics = []web.Option{{Value: "", Label: "全部专题"}}
	err := s.DB.View(r.Context(), func(tx *store.Tx) error {
		pool, err := s.Bank(tx, tx.Today())
		seen := map[string]bool{}
		for _, a := range pool {
			if t := a.Question.Topic; !seen[t] {
				seen[t] = true
				v.Topics = append(v.Topics, web.Option{Value: t, Label: t})
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Edit(v))
}

// firstForm is the form as it is before anybody typed.
func firstForm(in Input) *web.Form {
	values := map[string]string{"title": in.Title, "waiting": fmt.Sprint(in.Waiting), "late": fmt.Sprint(in.Late), "minutes": fmt.Sprint(in.Minutes), "attempts": fmt.Sprint(in.Attempts), "pass": points(in.Pass), "policy": string(in.Policy), "review_submitted": string(in.Submitted), "review_published": string(in.Published), "review_closed": string(in.Closed), "appeal_days": fmt.Sprint(in.Days), "diploma_prefix": in.Prefix, "diploma_months": fmt.Sprint(in.Diplomas.Months)}
	if !in.Opens.IsZero() {
		values["opens"] = in.Opens.In(law.Zone).Format("2006-01-02T15:04")
	}
	if in.FullLate {
		values["full_late"] = "yes"
	}
	return web.NewForm(values)
}

func inputOf(f *web.Form) Input {
	in := Input{
		Title: f.Required("title", "考试名称", maxTitle), Opens: f.RequiredTime("opens", "开考时间"), Waiting: f.RequiredInt("waiting", "提前候考", 0, maxWaiting), Late: f.RequiredInt("late", "最晚入场", 0, maxLate),
		FullLate: f.Bool("full_late"), Minutes: f.RequiredInt("minutes", "答卷时间", 1, maxMinutes), Attempts: f.RequiredInt("attempts", "次数", 1, maxAttempts), Policy: grade.Policy(f.RequiredChoice("policy", "多选题计分", policyNames()...)),
		Blueprint: cellsOf(f, "blueprint"),
		Review:    Review{Submitted: Look(f.Choice("review_submitted", "交卷以后", lookNames()...)), Published: Look(f.Choice("review_published", "公布以后", lookNames()...)), Closed: Look(f.Choice("review_closed", "异议期满以后", lookNames()...)), Days: f.Int("appeal_days", "异议期", 0, maxAppealDays)},
		Diplomas:  Diplomas{Prefix: f.Text("diploma_prefix", maxPrefix), Months: f.Int("diploma_months", "证书有效期", 0, maxMonths)},
	}
	if len(in.Blueprint) == 0 && !f.Has(web.MoreName) {
		f.Add("blueprint", "细目表至少要有一行")
	}
	var err error
	if in.Pass, err = hundredths(f.Required("pass", "合格分数", 10)); err != nil && f.Has("pass") {
		f.Add("pass", "合格分数写成数，最多两位小数")
	}
	return in
}

func lookNames() (out []string) {
	for _, x := range looks {
		out = append(out, string(x.Look))
	}
	return out
}

func policyNames() (out []string) {
	for _, p := range grade.Policies {
		out = append(out, string(p))
	}
	return out
}

func (s *Service) postNew(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := inputOf(f)
	var id SittingID
	if err = f.Err(); err == nil && !f.Has(web.MoreName) {
		id, err = s.Make(r.Context(), by, in)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderEdit(w, r, by, status, 0, f)
	case err != nil:
		return err
	case id == 0:
		return s.renderEdit(w, r, by, http.StatusOK, 0, f)
	}
	web.SeeOther(w, r, PathManage+"/"+id.String())
	return nil
}

func version(f *web.Form) int64 { return f.RequiredInt("version", "版本", 1, 1<<60) }

func (s *Service) postEdit(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return act(w, r, nounSitting, func(ctx context.Context, id SittingID, f *web.Form) (string, string, error) {
		in, v := inputOf(f), version(f)
		if err := f.Err(); err != nil {
			return "", "", err
		}
		if f.Has(web.MoreName) {
			return PathManage + "/" + id.String() + "/edit", "", nil
		}
		return PathManage + "/" + id.String(), "已保存", s.Edit(ctx, by, id, v, in)
	}, func(id SittingID, status int, f *web.Form) error { return s.renderEdit(w, r, by, status, id, f) })
}

func filterOf(f *web.Form) (Filter, url.Values, error) {
	out := Filter{Name: f.Text("name", 60), Group: f.Choice("group", "范围", groupNames()...)}
	q := url.Values{}
	for k, v := range map[string]string{"name": out.Name, "group": out.Group} {
		if v != "" {
			q.Set(k, v)
		}
	}
	return out, q, f.Err()
}

func (s *Service) showSitting(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	return s.renderSitting(w, r, by, http.StatusOK, id, web.QueryForm(r))
}

func (s *Service) renderSitting(w http.ResponseWriter, r *http.Request, by access.Session, status int, id SittingID, f *web.Form) error {
	filter, q, err := filterOf(web.QueryForm(r))
	if err != nil {
		return err
	}
	x, t, p, err := s.Sitting(r.Context(), by, id)
	if err != nil {
		return err
	}
	cs, prev, next, err := s.Candidates(r.Context(), by, id, filter, web.QueryForm(r).Value("after"))
	if err != nil {
		return err
	}
	v, err := sittingView(x, t, p)
	if err != nil {
		return err
	}
	v.Form, v.Export = f, x.URL()+"/export?"+q.Encode()
	v.Pager = pager(x.URL(), q, fmt.Sprintf("本页 %d 人", len(cs)), prev, next)
	for _, g := range groups {
		v.Groups = append(v.Groups, web.Option{Value: g.Name, Label: g.Label})
	}
	names, err := s.unitNames(r.Context(), by)
	if err != nil {
		return err
	}
	for _, c := range cs {
		v.Candidates = append(v.Candidates, candidateRow(c, x, names[c.UnitID].Label))
	}
	if by.Can(access.ExamManage) {
		v.allow(x, p, s)
		v.Units = append(v.Units, names.sorted()...)
	}
	return web.Render(w, r, status, pages.Sitting(v.SittingView))
}

// exportCandidates sends the roster with its results as a sheet.
func (s *Service) exportCandidates(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	filter, _, err := filterOf(web.QueryForm(r))
	if err != nil {
		return err
	}
	x, _, _, err := s.Sitting(r.Context(), by, id)
	if err != nil {
		return err
	}
	names, err := s.unitNames(r.Context(), by)
	if err != nil {
		return err
	}
	errEnough := errors.New("enough")
	sheet := web.Sheet{Name: "考生与成绩", Head: []string{"姓名", "单位", "状态", "得分", "是否合格", "答卷次数", "加时（分钟）", "加时原因", "说明"}, Widths: []float64{12, 20, 10, 8, 10, 10, 12, 24, 30}}
	sheet.Rows = func(yield func([]any, error) bool) {
		err := s.Export(r.Context(), by, id, filter, func(c Candidate) error {
			row := candidateRow(c, x, names[c.UnitID].Label)
			passed := ""
			if x.judged() && c.State == Took {
				passed = row.State.Label
			}
			if !yield([]any{c.Name, row.Unit, c.State.Label(), row.Score, passed, c.Taken, c.Extra, c.ExtraWhy, c.Why}, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
	return web.Excel(w, r, x.Title+"-"+law.DateOf(s.DB.Now()).String()+".xlsx", sheet)
}
