package sitting

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/sitting/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// sittingPage is the view of a sitting with what can be done.
type sittingPage struct{ pages.SittingView }

func sittingView(x Sitting, t Tally, p Phase) (v sittingPage, err error) {
	cells, err := x.cells()
	if err != nil {
		return v, err
	}
	v.Title, v.Href, v.Version, v.State = x.Title, x.URL(), fmt.Sprint(x.Version), phaseTag(p)
	late := "迟到的不另给时间"
	if x.FullLate {
		late = "迟到的也给足时间"
	}
	v.Facts = []web.FactView{
		{Label: "开考时间", Text: clockText(x.Opens())},
		{Label: "候考", Text: clockText(x.WaitingFrom()) + " 起"},
		{Label: "最晚入场", Text: clockText(x.LastEntry()) + "，" + late},
		{Label: "答卷时间", Text: fmt.Sprintf("%d 分钟，可以答 %d 次", x.Minutes, x.Attempts)},
		{Label: "满分、合格", Text: points(cells.Points()) + " 分，" + points(x.Pass) + " 分合格"},
		{Label: "多选题计分", Text: policyLabels[x.Policy]},
		{Label: "安排人", Text: x.Author},
	}
	if openCells(cells) {
		v.Marking = x.URL() + "/marking"
	}
	if x.Digest != "" {
		v.Facts = append(v.Facts, web.FactView{Label: "试卷摘要", Text: x.Digest[:16] + "…"})
	}
	if x.MakeUpOf != 0 {
		v.Facts = append(v.Facts, web.FactView{Label: "补考", Text: "打开原来的考试", Href: PathManage + "/" + x.MakeUpOf.String()})
	}
	v.Facts = append(v.Facts, web.FactView{Label: "考生能看", Text: x.reviewText()}, web.FactView{Label: "合格证书", Text: x.diplomas().text()})
	if x.State == Published && x.DiplomaPrefix != "" {
		v.Diplomas = PathDiplomas + "?exam=" + x.ID.String()
	}
	if x.Why != "" {
		v.Facts = append(v.Facts, web.FactView{Label: "原因", Text: x.Why})
	}
	for _, c := range cells {
		v.Cells = append(v.Cells, pages.CellRow{Label: c.Label(), Count: c.Count, Points: points(c.Points) + " 分"})
	}
	open := func(group string) string { return x.URL() + "?" + url.Values{"group": {group}}.Encode() }
	stat := func(label, group string, n int64) {
		v.Stats = append(v.Stats, web.StatView{Label: label, Value: fmt.Sprint(n), Unit: "人", Href: open(group)})
	}
	stat("应考", "enrolled", t.Enrolled)
	stat("实考", "taken", t.Taken)
	if x.judged() {
		v.Stats = append(v.Stats,
			share("合格（占实考）", t.Passed, t.Taken, open("passed")),
			share("合格（占应考）", t.Passed, t.Enrolled, open("passed")))
		stat("不合格", "failed", t.Taken-t.Passed)
		stat("缺考", "absent", t.Absent)
		v.Items = x.URL() + "/items"
	} else {
		stat("正在答卷", "running", t.Running)
	}
	return v, nil
}

// share is a rate with its parts on a line of their own, so that none of it breaks on a phone.
func share(label string, n, of int64, href string) web.StatView {
	percent, parts, _ := strings.Cut(strings.TrimSuffix(rate(n, of), "）"), "（")
	return web.StatView{Label: label, Value: percent, Detail: parts, Href: href}
}

// openCells reports whether the table may ask for what people mark.
func openCells(b assembly.Blueprint) bool {
	return slices.ContainsFunc(b, func(c assembly.Cell) bool {
		return c.Type == bank.Material || c.Type == bank.Analysis || c.Type == bank.Drafting
	})
}

// allow offers what the sitting can undergo now.
func (v *sittingPage) allow(x Sitting, p Phase, s *Service) {
	now := s.DB.Now()
	v.Enrol = x.State == Draft || x.State == Frozen && !now.After(x.LastEntry())
	v.Freeze, v.Thaw, v.Publish = x.State == Draft, p == Phase(Frozen), x.State == Marked
	v.Cancel = x.State == Draft || x.State == Frozen
	v.MakeUp = x.State == Published
	if x.Digest != "" {
		v.Paper = x.URL() + "/paper"
	}
	if x.State == Draft {
		v.Edit = x.URL() + "/edit"
		if !x.WaitingFrom().After(now) {
			v.FreezeWhy = "定卷应在候考以前，请先改开考时间"
		}
	}
}

func candidateRow(c Candidate, x Sitting, unit string) pages.CandidateRow {
	row := pages.CandidateRow{Name: c.Name, Href: PathPeople + "/" + c.ID.String(), Unit: unit, State: standingTag(c, x.judged()), Why: c.Why}
	if c.Extra > 0 {
		row.Extra = fmt.Sprintf("%d 分钟", c.Extra)
	}
	if x.judged() && (c.State == Took || c.State == Voided) {
		row.Score = points(c.Score)
	}
	return row
}

// unitOptions are units by their identifier.
type unitOptions map[access.UnitID]web.Option

// sorted are the options for a choice, by name.
func (o unitOptions) sorted() (out []web.Option) {
	for _, u := range o {
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b web.Option) int { return cmp.Compare(a.Label, b.Label) })
	return out
}

func (s *Service) unitNames(ctx context.Context, by access.Session) (out unitOptions, err error) {
	scope := by.ScopeFor(access.ExamRead)
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		units, err := s.Units.Units(tx)
		out = unitOptions{}
		for _, u := range units {
			if scope.Covers(u) {
				out[u.ID] = web.Option{Value: u.ID.String(), Label: u.Name}
			}
		}
		return err
	})
	return out, err
}

func (s *Service) onSitting(w http.ResponseWriter, r *http.Request, by access.Session, said string, do func(ctx context.Context, id SittingID, version int64, f *web.Form) error) error {
	return act(w, r, nounSitting, func(ctx context.Context, id SittingID, f *web.Form) (string, string, error) {
		v := version(f)
		if err := f.Err(); err != nil {
			return "", "", err
		}
		return PathManage + "/" + id.String(), said, do(ctx, id, v, f)
	}, func(id SittingID, status int, f *web.Form) error { return s.renderSitting(w, r, by, status, id, f) })
}

func (s *Service) postRoster(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onSitting(w, r, by, "已加入考生", func(ctx context.Context, id SittingID, v int64, f *web.Form) error {
		in := RosterInput{Logins: strings.FieldsFunc(f.Long("logins", 20000), func(c rune) bool { return strings.ContainsRune(" \t\r\n,，、;；", c) })}
		if unit := f.ID("unit", "单位"); unit != 0 {
			in.Units = []access.UnitID{access.UnitID(unit)}
		}
		if err := f.Err(); err != nil {
			return err
		}
		return s.Enrol(ctx, by, id, v, in)
	})
}

func (s *Service) postFreeze(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onSitting(w, r, by, "已定卷", func(ctx context.Context, id SittingID, v int64, _ *web.Form) error {
		return s.Freeze(ctx, by, id, v)
	})
}

func (s *Service) postMakeUp(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return act(w, r, nounSitting, func(ctx context.Context, id SittingID, f *web.Form) (string, string, error) {
		in := MakeUpInput{Version: version(f), Opens: f.RequiredTime("opens", "开考时间"), Absent: f.Bool("absent")}
		if err := f.Err(); err != nil {
			return "", "", err
		}
		made, err := s.MakeUp(ctx, by, id, in)
		return PathManage + "/" + made.String(), "已安排补考", err
	}, func(id SittingID, status int, f *web.Form) error { return s.renderSitting(w, r, by, status, id, f) })
}

func (s *Service) postThaw(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onSitting(w, r, by, "已退回", func(ctx context.Context, id SittingID, v int64, f *web.Form) error {
		reason := f.Required("thaw_reason", "原因", maxReason)
		if err := f.Err(); err != nil {
			return err
		}
		return s.Thaw(ctx, by, id, v, reason)
	})
}

func (s *Service) postCancel(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onSitting(w, r, by, "已取消", func(ctx context.Context, id SittingID, v int64, f *web.Form) error {
		reason := f.Required("cancel_reason", "原因", maxReason)
		if err := f.Err(); err != nil {
			return err
		}
		return s.Cancel(ctx, by, id, v, reason)
	})
}

func (s *Service) postPublish(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.onSitting(w, r, by, "已公布成绩", func(ctx context.Context, id SittingID, v int64, _ *web.Form) error {
		return s.Publish(ctx, by, id, v)
	})
}
