package exam

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// listed are the states that the list can be narrowed to.
var listed = []State{InUse, Draft, Returned, Ended}

// waiting stands for "has a draft that waits for approval" among the states of the filter.
const waiting = "waiting"

// changed stands for "cites what was amended or repealed since".
const changed = "changed"

func filterOf(f *web.Form) Filter {
	out := Filter{
		Words: f.Text("q", 100), Topic: f.Text("topic", 100), Type: bank.Type(f.Choice("type", "题型", texts(bank.Types)...)), State: State(f.Choice("state", "状态", append(texts(listed), waiting, changed)...)),
		Source: Source(f.Choice("source", "来源", string(Builtin), string(Own), string(Imported))), On: f.Date("on", "适用于"), Newest: f.Value("sort") == "changed", Statute: f.Text("law", 20),
	}
	out.Level = int(f.Int("level", "难度", 0, 3))
	out.Article = int(f.Int("article", "第几条", 0, 9999))
	if out.State == waiting {
		out.State, out.Waiting = "", true
	}
	if out.State == changed {
		out.State, out.Changed = "", true
	}
	return out
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}

// query is the filter as an address has it.
func (f Filter) query() url.Values {
	q := url.Values{}
	state := string(f.State)
	switch {
	case f.Waiting:
		state = waiting
	case f.Changed:
		state = changed
	}
	for k, v := range map[string]string{"q": f.Words, "topic": f.Topic, "type": string(f.Type), "state": state, "source": string(f.Source), "on": f.On.String(), "law": f.Statute} {
		if v != "" {
			q.Set(k, v)
		}
	}
	for k, n := range map[string]int{"level": f.Level, "article": f.Article} {
		if n > 0 {
			q.Set(k, strconv.Itoa(n))
		}
	}
	if f.Newest {
		q.Set("sort", "changed")
	}
	return q
}

// chips are the conditions in use, each with the address without it.
func (f Filter) chips() (out []web.Link) {
	state := f.State.Label()
	switch {
	case f.Waiting:
		state = "待审定"
	case f.Changed:
		state = changedLabel
	}
	cite := law.Title(f.Statute)
	if f.Article > 0 {
		cite = law.Cite(f.Statute, f.Article).Han()
	}
	labels := map[string]string{"q": "“" + f.Words + "”", "topic": f.Topic, "type": f.Type.Label(), "level": "难度：" + LevelLabel(f.Level), "state": state, "source": f.Source.Label(), "on": f.On.Han() + "适用", "law": cite}
	for _, k := range []string{"q", "topic", "type", "level", "state", "source", "on", "law"} {
		q := f.query()
		if q.Get(k) == "" {
			continue
		}
		q.Del(k)
		if k == "law" {
			q.Del("article")
		}
		out = append(out, web.Link{Label: labels[k], Href: web.Address(Path, q)})
	}
	return out
}

func (b *Bank) showList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	f := filterOf(form)
	if err := form.Err(); err != nil {
		return err
	}
	v := pages.ListView{
		Form: form, Chips: f.chips(), Newest: f.Newest, ExportHref: web.Address(Path+"/export", f.query()), Links: exports(f), Types: typeOptions(bank.Types), Levels: levelOptions(),
		Empty: web.EmptyView{Title: "没有符合条件的题目", Why: "换一个词，或者去掉一个条件", Exit: web.Link{Label: "看全部", Href: Path}},
	}
	for _, s := range listed {
		v.States = append(v.States, web.Option{Value: string(s), Label: s.Label()})
	}
	v.States = append(v.States, web.Option{Value: waiting, Label: "待审定"}, web.Option{Value: changed, Label: changedLabel})
	for _, s := range []Source{Builtin, Own, Imported} {
		v.Sources = append(v.Sources, web.Option{Value: string(s), Label: s.Label()})
	}
	err := b.DB.View(r.Context(), func(tx *store.Tx) error { return b.fillList(tx, &v, f, form.Value("after")) })
	if err != nil {
		return err
	}
	byCode, byChange := f, f
	byCode.Newest, byChange.Newest = false, true
	v.CodeSort, v.ChangedSort = web.Address(Path, byCode.query()), web.Address(Path, byChange.query())
	if by.Can(access.ExamBankApprove) {
		v.Links = append([]web.Link{{Label: "成批审定", Href: Path + "/review"}}, v.Links...)
	}
	if by.Can(access.ExamBankManage) {
		v.Links = append([]web.Link{{Label: "导入", Href: ImportPath}}, v.Links...)
		for _, t := range bank.Types {
			v.New = append(v.New, web.Link{Label: t.Label(), Href: Path + "/new?type=" + string(t)})
		}
	}
	return web.Render(w, r, http.StatusOK, pages.List(v))
}

// exports are the files that the list can leave as, besides Excel.
func exports(f Filter) (out []web.Link) {
	for _, l := range [][2]string{{"导出 GIFT", "/gift"}, {"导出 QTI", "/qti"}, {"打印试卷", "/paper"}, {"打印答案", "/key"}} {
		out = append(out, web.Link{Label: l[0], Href: web.Address(Path+l[1], f.query())})
	}
	return out
}

func (b *Bank) fillList(tx *store.Tx, v *pages.ListView, f Filter, after string) error {
	page, err := b.Find(tx, f, after)
	if err != nil {
		return err
	}
	names, err := topics(tx)
	if err != nil {
		return err
	}
	counts, pending, err := countStates(tx)
	if err != nil {
		return err
	}
	v.Rows, v.Topics = nil, nil
	for _, t := range names {
		v.Topics = append(v.Topics, web.Option{Value: t, Label: t})
	}
	for _, q := range page.Questions {
		v.Rows = append(v.Rows, pages.QuestionRow{
			Href: q.URL(), Code: q.Code, Stem: page.Heads[q.Head].Stem, Type: q.Type.Label(), Topic: q.Topic, Level: LevelLabel(q.Level), Changed: when(q.At), State: tagOf(q.State), Waiting: notice(q, page.Flagged[q.ID]),
		})
	}
	v.Meta = fmt.Sprintf("在用 %d 道，待审定 %d 道，停用 %d 道", counts[InUse], pending, counts[Ended])
	v.Summary = "共 " + web.CountText(int64(min(page.Total, store.CountLimit)), page.Total > store.CountLimit) + " 道"
	link := func(cursor string) string {
		if cursor == "" {
			return ""
		}
		q := f.query()
		q.Set("after", cursor)
		return web.Address(Path, q)
	}
	v.Pager = web.PagerView{Summary: v.Summary, Prev: link(page.Prev), Next: link(page.Next)}
	return nil
}

func when(micros int64) string {
	return store.FromMicros(micros).In(law.Zone).Format("2006-01-02 15:04")
}

func tagOf(s State) web.TagView {
	kind := map[State]string{Draft: "soon", InUse: "ok", Returned: "late", Ended: "line", Replaced: "line"}[s]
	return web.TagView{Label: s.Label(), Kind: kind}
}

const changedLabel = "引用的条文已修改"

// notice is what a row says besides its state.
func notice(q Question, flagged bool) web.TagView {
	if flagged {
		return web.TagView{Label: changedLabel, Kind: "late"}
	}
	return waitingTag(q)
}

// waitingTag is shown where a newer version than the one in use waits.
func waitingTag(q Question) web.TagView {
	if !bool(q.Waiting) || q.State == Draft {
		return web.TagView{}
	}
	return web.TagView{Label: "新版待审定", Kind: "soon"}
}

func typeOptions(types []bank.Type) (out []web.Option) {
	for _, t := range types {
		out = append(out, web.Option{Value: string(t), Label: t.Label()})
	}
	return out
}

func levelOptions() (out []web.Option) {
	for n := 1; n <= 3; n++ {
		out = append(out, web.Option{Value: strconv.Itoa(n), Label: LevelLabel(n)})
	}
	return out
}

func (b *Bank) exportList(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	form := web.QueryForm(r)
	f := filterOf(form)
	if err := form.Err(); err != nil {
		return err
	}
	sheet := web.Sheet{Name: "题库", Head: append([]string{"编号", "状态", "来源", "版"}, sheetHead()...)}
	sheet.Rows = store.Walk(r.Context(), b.DB, func(tx *store.Tx, after store.Cursor) (out [][]any, end store.Cursor, more bool, err error) {
		rows, end, more, err := some(tx, f, after)
		if err != nil {
			return nil, end, more, err
		}
		of, err := heads(tx, rows)
		for _, q := range rows {
			cells, err := sheetCells(of[q.Head])
			if err != nil {
				return nil, end, more, err
			}
			out = append(out, append([]any{q.Code, q.State.Label(), q.Source.Label(), of[q.Head].Number}, cells...))
		}
		return out, end, more, err
	})
	return web.Excel(w, r, "题库-"+law.DateOf(b.DB.Now()).String()+".xlsx", sheet)
}
