package report

import (
	"context"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/store"
)

const apiGroup = "统计"

// API adds the figures: what there is, a figure by its dimensions, and the records behind it. They are the
// same definitions that the pages show.
func (s *Service) API(a *api.API) {
	api.Get(a, api.Operation{ID: "listFigures", Path: "/figures", Group: apiGroup, Allow: access.FigureRead, Summary: "有哪些指标，各是什么口径"}, s.apiList)
	api.Get(a, api.Operation{
		ID: "getFigure", Path: "/figures/{id}", Group: apiGroup, Allow: access.FigureRead, Summary: "一个指标的数字，可以按几个维度细分",
		Detail: "by 是用逗号分开的维度编号，例如 month,unit,kinds；各组按维度值的次序排列，不能按数字大小排列（处罚法第七十四条第三款）",
	}, s.apiFigure)
	api.Get(a, api.Operation{
		ID: "listFigureRecords", Path: "/figures/{id}/records", Group: apiGroup, Allow: access.FigureRead, Summary: "数字背后的记录，与数字出自同一个条件",
		Detail: "每页 100 条；用 next 的值作 after 取下一页",
	}, s.apiRecords)
}

// FigureMeaning is what a figure counts.
type FigureMeaning struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Measure    string            `json:"measure"`
	Population string            `json:"population"`
	Filter     string            `json:"filter"`
	Basis      string            `json:"basis"`
	Dedup      string            `json:"dedup"`
	CutOff     string            `json:"cut_off"`
	Dimensions []FigureDimension `json:"dimensions"`
}

// FigureDimension is a way to break a figure down.
type FigureDimension struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// FigureValue is a figure in its measure: N a count, an amount or a numerator, D a rate's denominator.
type FigureValue struct {
	Text   string    `json:"text" doc:"带计量单位，例如 12 件"`
	Count  int64     `json:"count" doc:"件数、次数、人数，或者比率的分子"`
	Of     int64     `json:"of,omitempty" doc:"比率的分母"`
	Amount law.Money `json:"amount,omitempty" doc:"金额，元"`
}

func figureValue(f indicator.Figure) FigureValue {
	out := FigureValue{Text: f.Text()}
	if f.Measure == indicator.Yuan {
		out.Amount = law.Money(f.N)
	} else {
		out.Count, out.Of = f.N, f.D
	}
	return out
}

// FigureGroup is the figure of one combination of dimension values, in the order asked for.
type FigureGroup struct {
	Keys  []string    `json:"keys"`
	Names []string    `json:"names"`
	Value FigureValue `json:"value"`
}

// FigureAnswer is a figure for a period and a unit.
type FigureAnswer struct {
	FigureMeaning
	From   law.Date      `json:"from"`
	Until  law.Date      `json:"until"`
	Value  FigureValue   `json:"value"`
	Groups []FigureGroup `json:"groups"`
}

type figureQuery struct {
	ID    string `path:"id" doc:"指标编号"`
	From  string `query:"from" doc:"统计期自 YYYY-MM-DD；起止都不填是全部时间"`
	Until string `query:"until" doc:"统计期至"`
	Unit  string `query:"unit" doc:"单位及其下级"`
	By    string `query:"by" doc:"细分的维度，用逗号分开，至多三个"`
	Part  string `query:"part" doc:"比率的明细只看达到的 met 或未达到的 unmet"`
	After string `query:"after" doc:"上一页答复里 next 的值"`
}

func (in figureQuery) ask() (ask, []string, error) {
	var fs fault.Fields
	a := ask{Span: custom, Only: map[string]string{}, Part: indicator.Part(in.Part)}
	date := func(name, text string, to *law.Date) {
		if text == "" {
			return
		}
		d, err := law.ParseDate(text)
		if err != nil {
			fs.Add(name, "%s", err)
		}
		*to = d
	}
	date("from", in.From, &a.From)
	date("until", in.Until, &a.Until)
	if !a.From.IsZero() && !a.Until.IsZero() && a.Until.Before(a.From) {
		fs.Add("until", "统计期的止日不能早于起日")
	}
	if in.Unit != "" {
		n, err := store.ParseID(in.Unit)
		if err != nil {
			fs.Add("unit", "%s", err)
		}
		a.Unit = access.UnitID(n)
	}
	if in.Part != "" && in.Part != string(indicator.Met) && in.Part != string(indicator.Unmet) {
		fs.Add("part", "part 是 met 或 unmet")
	}
	var by []string
	if in.By != "" {
		by = strings.Split(in.By, ",")
	}
	if len(by) > 3 {
		fs.Add("by", "一次至多按三个维度细分")
	}
	return a, by, fs.Err()
}

func meaning(d indicator.Definition) FigureMeaning {
	out := FigureMeaning{ID: d.ID, Name: d.Name, Measure: string(d.Measure), Population: d.Population, Filter: d.Filter, Basis: d.Basis, Dedup: d.Dedup, CutOff: d.CutOff, Dimensions: []FigureDimension{}}
	for _, dim := range d.Dimensions {
		out.Dimensions = append(out.Dimensions, FigureDimension{dim.ID, dim.Name})
	}
	return out
}

func (s *Service) apiList(ctx context.Context, by access.Session, _ struct{}) ([]FigureMeaning, error) {
	if _, err := by.Require(access.FigureRead); err != nil {
		return nil, err
	}
	all, err := s.latest(ctx)
	if err != nil {
		return nil, err
	}
	out := []FigureMeaning{}
	for _, d := range all {
		out = append(out, meaning(d))
	}
	return out, nil
}

func (s *Service) apiFigure(ctx context.Context, by access.Session, in figureQuery) (out FigureAnswer, err error) {
	d, err := s.definition(ctx, in.ID)
	if err != nil {
		return out, err
	}
	a, dims, err := in.ask()
	if err != nil {
		return out, err
	}
	out = FigureAnswer{FigureMeaning: meaning(d), From: a.From, Until: a.Until, Groups: []FigureGroup{}}
	err = s.db.View(ctx, func(tx *store.Tx) error {
		rd, err := s.reader(tx, by)
		if err != nil {
			return err
		}
		q, err := rd.query(a)
		if err != nil {
			return err
		}
		f, err := d.Value(tx, q)
		if err != nil {
			return err
		}
		out.Value = figureValue(f)
		if len(dims) == 0 {
			return nil
		}
		groups, err := d.Groups(tx, q, dims...)
		for _, g := range groups {
			names := make([]string, len(g.Keys))
			for i, k := range g.Keys {
				names[i] = rd.keyText(dims[i], k)
			}
			out.Groups = append(out.Groups, FigureGroup{g.Keys, names, figureValue(g.Figure)})
		}
		return err
	})
	return out, err
}

// FigureRecord is a record behind a figure.
type FigureRecord struct {
	ID    string   `json:"id"`
	Date  law.Date `json:"date"`
	Label string   `json:"label"`
	// Amount is what the record adds to a sum.
	Amount law.Money `json:"amount,omitempty"`
}

// FigureRecords is a page of records.
type FigureRecords struct {
	Records []FigureRecord `json:"records"`
	Next    string         `json:"next"`
}

// recordsAtOnce is how many records a call returns.
const recordsAtOnce = 100

func (s *Service) apiRecords(ctx context.Context, by access.Session, in figureQuery) (out FigureRecords, err error) {
	d, err := s.definition(ctx, in.ID)
	if err != nil {
		return out, err
	}
	a, _, err := in.ask()
	if err != nil {
		return out, err
	}
	out.Records = []FigureRecord{}
	err = s.db.View(ctx, func(tx *store.Tx) error {
		rd, err := s.reader(tx, by)
		if err != nil {
			return err
		}
		q, err := rd.query(a)
		if err != nil {
			return err
		}
		page, err := d.Records(tx, q, in.After, recordsAtOnce)
		for _, r := range page.Records {
			one := FigureRecord{ID: strconv.FormatInt(r.Subject, 10), Date: r.Date, Label: r.Label}
			if d.Measure == indicator.Yuan {
				one.Amount = law.Money(r.N)
			}
			out.Records = append(out.Records, one)
		}
		out.Next = page.After
		return err
	})
	return out, err
}
