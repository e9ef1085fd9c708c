package cohort

import (
	"context"
	"net/http"
	"strings"

	"fadu/internal/access"
	"fadu/internal/cohort/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) postChange(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.act(w, r, by, "已保存", func(ctx context.Context, f *web.Form, id ID, seen int64) error {
		in := inputOf(f)
		if err := f.Err(); err != nil {
			return err
		}
		return s.Change(ctx, by, id, seen, in)
	})
}

func (s *Service) postMembers(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.act(w, r, by, "已加入名单", func(ctx context.Context, f *web.Form, id ID, seen int64) error {
		in := RosterInput{Logins: strings.FieldsFunc(f.Long("logins", 20000), func(r rune) bool { return strings.ContainsRune(" \t\r\n,，、;；　", r) })}
		if n := f.ID("unit", "单位"); n != 0 {
			in.Units = []access.UnitID{access.UnitID(n)}
		}
		if err := f.Err(); err != nil {
			return err
		}
		return s.Enrol(ctx, by, id, seen, in)
	})
}

func (s *Service) postRemoveMember(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.act(w, r, by, "已移出名单", func(ctx context.Context, f *web.Form, id ID, seen int64) error {
		who := MemberID(f.RequiredID("member", "名单里的人"))
		if err := f.Err(); err != nil {
			return err
		}
		return s.Remove(ctx, by, id, seen, who, f.Text("reason", 200))
	})
}

func (s *Service) postPart(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.act(w, r, by, "已加入", func(ctx context.Context, f *web.Form, id ID, seen int64) error {
		kind, ref, _ := strings.Cut(f.Required("part", "内容", 100), ":")
		if err := f.Err(); err != nil {
			return err
		}
		return s.AddPart(ctx, by, id, seen, PartInput{Kind: kind, Ref: ref, Must: f.Bool("must")})
	})
}

func (s *Service) postRemovePart(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.act(w, r, by, "已去掉", func(ctx context.Context, f *web.Form, id ID, seen int64) error {
		part := PartID(f.RequiredID("part", "内容"))
		if err := f.Err(); err != nil {
			return err
		}
		return s.RemovePart(ctx, by, id, seen, part, f.Text("reason", 200))
	})
}

func (s *Service) postClose(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.act(w, r, by, "已结班", func(ctx context.Context, _ *web.Form, id ID, seen int64) error {
		return s.Close(ctx, by, id, seen)
	})
}

func (s *Service) postReopen(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.act(w, r, by, "已重开", func(ctx context.Context, f *web.Form, id ID, seen int64) error {
		return s.Reopen(ctx, by, id, seen, f.Text("reason", 200))
	})
}

func (s *Service) postCancel(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.act(w, r, by, "已取消", func(ctx context.Context, f *web.Form, id ID, seen int64) error {
		return s.Cancel(ctx, by, id, seen, f.Text("reason", 200))
	})
}

func (s *Service) showMine(w http.ResponseWriter, r *http.Request, by access.Session) error {
	list, err := s.Mine(r.Context(), by)
	if err != nil {
		return err
	}
	v := pages.MineView{}
	for _, d := range list {
		x := pages.MineCohort{Title: d.Cohort.Title, Days: days(d.Cohort), Aim: d.Cohort.Aim, State: stateTag(d.Cohort.State)}
		for _, p := range d.Parts {
			row := pages.MinePart{Kind: kindLabels[p.Kind], Title: p.Title, Must: mustTag(bool(p.Must)), State: web.TagView{Label: "还没有", Kind: "line"}}
			if o, ok := d.People[0].Got[p.ID]; ok {
				row.State, row.Says = verdictTag(Verdict{Took: o.Took, Passed: o.Passed}), o.Says
			}
			if start := s.Sources[p.Kind].Start; start != nil {
				row.Href = start(p.Ref)
			}
			x.Parts = append(x.Parts, row)
		}
		v.Cohorts = append(v.Cohorts, x)
	}
	return web.Render(w, r, http.StatusOK, pages.Mine(v))
}

// exportCohort writes the roster with everybody's results.
func (s *Service) exportCohort(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	d, err := s.Cohort(r.Context(), by, id)
	if err != nil {
		return err
	}
	list, _, err := roster(d, web.QueryForm(r))
	if err != nil {
		return err
	}
	units := map[access.UnitID]string{}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		all, err := s.Units.Units(tx)
		for _, u := range all {
			units[u.ID] = u.Name
		}
		return err
	})
	if err != nil {
		return err
	}
	sheet := web.Sheet{Name: "班次名单和结果", Head: []string{"姓名", "单位", "结果", "还差"}, Widths: []float64{12, 24, 10, 30}}
	for _, p := range d.Parts {
		sheet.Head, sheet.Widths = append(sheet.Head, kindLabels[p.Kind]+"："+p.Title), append(sheet.Widths, 24)
	}
	var rows [][]any
	for _, x := range list {
		row := []any{x.Member.Name, units[x.Member.Unit], verdictTag(x.Verdict).Label, strings.Join(x.Verdict.Lacks, "、")}
		for _, p := range d.Parts {
			row = append(row, x.Got[p.ID].Says)
		}
		rows = append(rows, row)
	}
	sheet.Rows = web.Rows(rows)
	return web.Excel(w, r, "班次-"+d.Cohort.Title+".xlsx", sheet)
}

// exportList writes the cohorts with their counts, numerators and denominators in columns of their own.
func (s *Service) exportList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, _, err := filterOf(web.QueryForm(r))
	if err != nil {
		return err
	}
	sheet := web.Sheet{Name: "班次", Head: []string{"班次", "开始", "结束", "状态", "名单", "参加", "合格", "合格占参加", "合格占名单", "开班人"}, Widths: []float64{30, 12, 12, 10, 8, 8, 8, 12, 12, 12}}
	var rows [][]any
	for after := ""; ; {
		list, _, _, next, err := s.List(r.Context(), by, f, after)
		if err != nil {
			return err
		}
		for _, c := range list {
			row := []any{c.Title, c.From.String(), c.Until.String(), c.State.Label(), "", "", "", "", "", c.Author}
			if c.State == Closed {
				copy(row[4:], []any{c.Enrolled, c.Took, c.Passed, web.Rate(c.Passed, c.Took), web.Rate(c.Passed, c.Enrolled)})
			}
			rows = append(rows, row)
		}
		if after = next; after == "" {
			break
		}
	}
	sheet.Rows = web.Rows(rows)
	return web.Excel(w, r, "班次.xlsx", sheet)
}
