package exam

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/exam/interchange"
	"fadu/internal/exam/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (b *Bank) showNew(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	t := bank.Type(r.URL.Query().Get("type"))
	if !slices.Contains(bank.Types, t) {
		t = bank.Single
	}
	return b.renderForm(w, r, http.StatusOK, web.NewForm(nil), Question{}, t, interchange.Cells{"level": "2"})
}

func (b *Bank) showEdit(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	id, err := b.questionID(r)
	if err != nil {
		return err
	}
	q, cells, err := b.newest(r, id)
	if err != nil {
		return err
	}
	t, _ := bank.TypeOf(cells["type"])
	return b.renderForm(w, r, http.StatusOK, web.NewForm(nil), q, t, cells)
}

// newest are the cells of the newest version.
func (b *Bank) newest(r *http.Request, id QuestionID) (q Question, cells interchange.Cells, err error) {
	var asks bank.Question
	err = b.DB.View(r.Context(), func(tx *store.Tx) error {
		d, err := b.dossier(tx, id, 0)
		if err != nil {
			return err
		}
		q = d.Question
		asks, err = d.Versions[0].Asks()
		return err
	})
	return q, interchange.ToCells(asks), err
}

var policyLabels = map[grade.OrderPolicy]string{
	grade.OrderPrecedence: "必须在前的各对，对几对算几对", grade.OrderExact: "全对才得分", grade.OrderPosition: "站对位置的步骤", grade.OrderAdjacent: "相邻的步骤", grade.OrderKendall: "所有先后关系", grade.OrderLCS: "最长的顺序",
}

func (b *Bank) renderForm(w http.ResponseWriter, r *http.Request, status int, f *web.Form, q Question, t bank.Type, cells interchange.Cells) error {
	v := pages.FormView{
		Title: "编写" + t.Label() + strings.TrimSuffix("题", strings.TrimPrefix(t.Label(), "材料")), Action: Path, Back: Path, Type: string(t), TypeLabel: t.Label(), Form: f, Cells: cells, Levels: levelOptions(),
		Lettered: t.Lettered(), Order: t == bank.Order, Judgement: t == bank.Judgement, Fill: t == bank.Fill, Match: t == bank.Match, Texted: t == bank.Material || t == bank.Analysis || t == bank.Drafting,
		Parted: t == bank.Material || t == bank.Analysis, Drafting: t == bank.Drafting, Judgements: []web.Option{{Value: "对", Label: "对"}, {Value: "错", Label: "错"}},
	}
	if q.ID != 0 {
		v.Title, v.Action, v.Back, v.Seen = "编辑 "+q.Code, q.URL()+"/edit", q.URL(), strconv.FormatInt(q.Version, 10)
	}
	for _, p := range grade.OrderPolicies {
		v.Policies = append(v.Policies, web.Option{Value: string(p), Label: policyLabels[p]})
	}
	parts := []bank.Type{bank.Essay}
	if t == bank.Material {
		parts = []bank.Type{bank.Single, bank.Multiple, bank.Judgement, bank.Fill, bank.Order, bank.Essay}
	}
	for _, p := range parts {
		v.PartTypes = append(v.PartTypes, web.Option{Value: p.Label(), Label: p.Label()})
	}
	err := b.DB.View(r.Context(), func(tx *store.Tx) (err error) { v.Topics, err = topics(tx); return err })
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Form(v))
}

// rowFields are the fields that are filled in row by row; longFields have lines of their own.
var (
	rowFields  = []string{"options", "pairs", "spare", "parts", "rubric"}
	longFields = []string{"text", "stem", "blanks", "explain", "refs"}
)

// cellsOf reads the form as cells.
func cellsOf(f *web.Form) interchange.Cells {
	c := interchange.Cells{}
	for _, name := range interchange.Fields {
		switch {
		case slices.Contains(rowFields, name):
			c[name] = f.RowText(name, interchange.Sep, 20000)
		case slices.Contains(longFields, name):
			c[name] = f.Long(name, 20000)
		default:
			c[name] = f.Text(name, 1000)
		}
	}
	return c
}

func (b *Bank) postNew(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return b.save(w, r, by, Question{})
}

func (b *Bank) postEdit(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := b.questionID(r)
	if err != nil {
		return err
	}
	q, _, err := b.newest(r, id)
	if err != nil {
		return err
	}
	return b.save(w, r, by, q)
}

func (b *Bank) save(w http.ResponseWriter, r *http.Request, by access.Session, q Question) error {
	f, err := web.ParseForm(w, r, 1<<20)
	if err != nil {
		return err
	}
	cells := cellsOf(f)
	t, ok := bank.TypeOf(cells["type"])
	if !ok {
		t = bank.Single
	}
	if q.ID != 0 {
		q.Version = f.RequiredInt("version", "版本", 0, 1<<62)
	}
	if f.Has(web.MoreName) {
		return b.renderForm(w, r, http.StatusOK, f, q, t, cells)
	}
	var id QuestionID
	if err = f.Err(); err == nil {
		id, err = b.SaveCells(r.Context(), by, SaveInput{Question: q.ID, Seen: q.Version}, cells)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return b.renderForm(w, r, status, f, q, t, cells)
	case err != nil && q.ID != 0:
		return fault.Moved(err, q.URL()+"/edit")
	case err != nil:
		return err
	}
	web.Notify(w, r, web.Flash{Text: "草稿已保存，等另一个人审定"})
	web.SeeOther(w, r, Question{ID: id}.URL())
	return nil
}
