package draft

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/draft/pages"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

func rowOf(r *http.Request) (RowID, error) {
	n, err := store.ParseID(r.PathValue("row"))
	if err != nil {
		return 0, fault.Missing("这一行")
	}
	return RowID(n), nil
}

// lineOf names the row that a ledger entry is about.
func lineOf(e ledger.Entry) string {
	var d struct{ Line int }
	if err := json.Unmarshal([]byte(e.Data), &d); err != nil || d.Line == 0 {
		return ""
	}
	return fmt.Sprintf("：第 %d 行", d.Line)
}

func (h site) row(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return h.renderRow(w, r, by)
}

func (h site) renderRow(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := rowOf(r)
	if err != nil {
		return err
	}
	var v pages.MendView
	err = h.s.db.View(r.Context(), func(tx *store.Tx) error {
		row, b, k, err := h.s.Row(tx, by, id)
		if err != nil {
			return err
		}
		if b.ID.String() != r.PathValue("id") {
			return fault.Missing("这一行")
		}
		if b.State != Open {
			return errState(b)
		}
		v = h.mendView(row, b, k)
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Mend(v))
}

func (h site) mendView(row Stored, b Batch, k Kind) pages.MendView {
	back := h.Base + "/" + b.ID.String()
	here := back + "/rows/" + row.ID.String()
	v := pages.MendView{
		Frame: h.frame(), Batch: b.ID.String(), Name: k.Label() + "：" + b.FileName, Line: strconv.Itoa(row.Line), Action: here, Remove: here + "/remove", Back: back,
		Version: strconv.FormatInt(row.Version, 10), Removed: row.Removed, Left: fmt.Sprintf("本批次还有 %d 行要改", b.Bad),
	}
	columns := k.Columns()
	f := web.NewForm(row.Values)
	for _, p := range row.Problems {
		switch {
		case p.Warning:
			v.Warnings = append(v.Warnings, pages.ProblemView{Label: columnLabel(columns, p.Column), Text: p.Message})
		case p.Column == "":
			v.General = append(v.General, pages.ProblemView{Text: p.Message})
		default:
			f.Add(p.Column, "%s", p.Message)
		}
	}
	v.Form = f
	for _, c := range columns {
		v.Fields = append(v.Fields, field(f, c))
	}
	return v
}

func field(f *web.Form, c Column) pages.FieldView {
	v := f.Field(c.Key, c.Label).Hint(c.Note)
	if c.Need {
		v = v.Need()
	}
	kind := string(c.Kind)
	switch c.Kind {
	case Choice:
		options := make([]web.Option, len(c.Choices))
		for i, o := range c.Choices {
			options[i] = web.Option{Value: o, Label: o}
		}
		v = v.Options(options...)
	case Day:
		v = v.Width("m").Placeholder("2026-03-02")
	case Text, List:
		if c.Max > 100 || c.Kind == List {
			kind = "list"
		}
	}
	return pages.FieldView{Kind: kind, Field: v}
}

func (h site) mend(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return h.edit(w, r, by, func(id RowID, version int64, f *web.Form) error {
		values := map[string]string{}
		err := h.s.db.View(r.Context(), func(tx *store.Tx) error {
			_, _, k, err := h.s.Row(tx, by, id)
			if err != nil {
				return err
			}
			for _, c := range k.Columns() {
				values[c.Key] = f.Value(c.Key)
			}
			return nil
		})
		if err != nil {
			return err
		}
		_, err = h.s.Mend(r.Context(), by, id, version, values)
		return err
	})
}

func (h site) remove(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return h.edit(w, r, by, func(id RowID, version int64, f *web.Form) error {
		if f.Bool("restore") {
			return h.s.RestoreRow(r.Context(), by, id, version)
		}
		return h.s.RemoveRow(r.Context(), by, id, version)
	})
}

// edit changes a row; then it shows the row again while something is wrong with it, else the next row
// to mend, else the batch.
func (h site) edit(w http.ResponseWriter, r *http.Request, by access.Session, do func(RowID, int64, *web.Form) error) error {
	id, err := rowOf(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "表单不完整，请刷新后再改")
	}
	err = do(id, version, f)
	if err != nil {
		return fault.Moved(err, h.Base+"/"+r.PathValue("id")+"/rows/"+id.String())
	}
	return h.next(w, r, by, id)
}

func (h site) next(w http.ResponseWriter, r *http.Request, by access.Session, id RowID) error {
	to, text, kind := "", "", ""
	err := h.s.db.View(r.Context(), func(tx *store.Tx) error {
		row, b, _, err := h.s.Row(tx, by, id)
		if err != nil {
			return err
		}
		back := h.Base + "/" + b.ID.String()
		if !row.Removed && !row.OK() {
			to, text, kind = back+"/rows/"+id.String(), fmt.Sprintf("第 %d 行已保存，还有要改的地方", row.Line), "late"
			return nil
		}
		bad, err := h.s.Rows(tx, b, ShowBad, row.Line, 1)
		if err == nil && len(bad) == 0 {
			bad, err = h.s.Rows(tx, b, ShowBad, 0, 1)
		}
		if err != nil {
			return err
		}
		to, text = back, fmt.Sprintf("第 %d 行已处理，没有要改的行了", row.Line)
		if len(bad) > 0 {
			to, text = back+"/rows/"+bad[0].ID.String(), fmt.Sprintf("第 %d 行已处理，还有 %d 行要改", row.Line, b.Bad)
		}
		return nil
	})
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: text, Kind: kind})
	web.SeeOther(w, r, to)
	return nil
}
