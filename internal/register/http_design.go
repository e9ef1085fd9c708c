package register

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/register/definition"
	"fadu/internal/register/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showDesign(w http.ResponseWriter, r *http.Request, by access.Session) error {
	code := r.URL.Query().Get("code")
	f := web.NewForm(nil)
	text := "日期|日期|必填||登记时\n内容|一行文字|必填||登记时\n地点|地点|选填||登记时\n照片|照片|选填||登记时"
	if code != "" {
		d, err := s.designOf(r, by, code)
		if err != nil {
			return err
		}
		f = web.NewForm(map[string]string{"name": d.Name, "group": d.Group, "help": d.Help, "measure": d.Measure, "flow": string(d.Flow)})
		if d.Due > 0 {
			f.Set("due", fmt.Sprint(d.Due))
		}
		text = designText(d)
	}
	return s.renderDesign(w, r, http.StatusOK, f, code, text)
}

func (s *Service) designOf(r *http.Request, by access.Session, code string) (d *definition.Definition, err error) {
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		_, d, err = s.current(tx, by, code)
		return err
	})
	return d, err
}

// designText are the fields as the rows of the page have them.
func designText(d *definition.Definition) string {
	var out []string
	for _, x := range d.Fields {
		need := "选填"
		if x.Need || x.Proof > 0 {
			need = "必填"
		}
		note := x.Measure
		if len(x.Options) > 0 {
			note = strings.Join(x.Options, "、")
		}
		out = append(out, strings.Join([]string{x.Label, definition.KindNames[x.Kind], need, note, stageNames[x.Stage]}, "|"))
	}
	return strings.Join(out, "\n")
}

func (s *Service) renderDesign(w http.ResponseWriter, r *http.Request, status int, f *web.Form, code, text string) error {
	v := pages.DesignView{Form: f, Title: "新建台账", Code: code, Action: PathBooks + "/new", Text: text}
	if code != "" {
		v.Title = "改台账：新的一版"
	}
	for _, flow := range []definition.Flow{definition.Plain, definition.Checked, definition.Rectified} {
		v.Flows = append(v.Flows, web.Option{Value: string(flow), Label: definition.FlowNames[flow]})
	}
	for _, k := range definition.Kinds {
		v.Kinds = append(v.Kinds, web.Option{Value: definition.KindNames[k], Label: definition.KindNames[k]})
	}
	for _, st := range []definition.Stage{definition.AtEntry, definition.AtFix, definition.AtCheck} {
		v.Stages = append(v.Stages, web.Option{Value: stageNames[st], Label: stageNames[st]})
	}
	return web.Render(w, r, status, pages.Design(v))
}

func (s *Service) postDesign(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	code := f.Text("code", 40)
	if f.Has(web.MoreName) {
		return s.renderDesign(w, r, http.StatusOK, f, code, "")
	}
	in := Design{
		Code: code, Name: f.Required("name", "台账名称", 40), Group: f.Required("group", "分组", 20), Help: f.RequiredLong("help", "什么记在这里", 400), Measure: f.Required("measure", "记录的量词", 6),
		Flow: definition.Flow(f.RequiredChoice("flow", "怎么办理", string(definition.Plain), string(definition.Checked), string(definition.Rectified))), Due: int(f.Int("due", "整改期限", 1, 250)),
	}
	var old *definition.Definition
	if code != "" {
		if old, err = s.designOf(r, by, code); err != nil {
			return err
		}
	}
	in.Fields = fieldsOf(f, f.RowText("fields", "|", 8000), old)
	if old != nil {
		in.Day, in.Title, in.Figures = carried(in.Fields, old)
	}
	var id BookID
	if err = f.Err(); err == nil {
		id, err = s.Draft(r.Context(), by, in)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderDesign(w, r, status, f, code, "")
	case err != nil:
		return err
	}
	web.Notify(w, r, web.Flash{Text: "草稿已存，看过再启用"})
	web.SeeOther(w, r, PathBooks+"/"+id.String())
	return nil
}

// fieldsOf reads the rows of the page. A row with the label of an earlier field is that field: it keeps its key, its column and
// all that the page does not ask.
func fieldsOf(f *web.Form, text string, old *definition.Definition) []definition.Field {
	var out []definition.Field
	for i, line := range strings.Split(text, "\n") {
		cells := strings.Split(line, "|")
		for len(cells) < 5 {
			cells = append(cells, "")
		}
		for j := range cells {
			cells[j] = strings.TrimSpace(cells[j])
		}
		if line == "" {
			continue
		}
		x := definition.Field{Label: cells[0]}
		if old != nil {
			if at := slices.IndexFunc(old.Fields, func(o definition.Field) bool { return o.Label == cells[0] }); at >= 0 {
				x = old.Fields[at]
			}
		}
		kind := ""
		for k, name := range definition.KindNames {
			if name == cells[1] {
				kind = string(k)
			}
		}
		if kind == "" {
			f.Add("fields", "第 %d 行“%s”没有选类型", i+1, cells[0])
			continue
		}
		x.Kind, x.Need, x.Stage = definition.Kind(kind), cells[2] == "必填", definition.AtEntry
		for st, name := range stageNames {
			if name == cells[4] {
				x.Stage = st
			}
		}
		shape(&x, cells[3])
		out = append(out, x)
	}
	if len(out) == 0 {
		f.Add("fields", "请填写字段")
	}
	return out
}

// shape lays the fourth cell where the type wants it.
func shape(x *definition.Field, note string) {
	switch x.Kind {
	case definition.Number:
		if x.Per == "" {
			x.Measure = note
		}
		x.Quick, x.List = x.Quick || x.Need, true
	case definition.Choice, definition.Tags:
		x.Options = nil
		for _, o := range strings.FieldsFunc(note, func(r rune) bool { return strings.ContainsRune("、,，;；", r) }) {
			x.Options = append(x.Options, strings.TrimSpace(o))
		}
		x.Filter, x.List, x.Quick = true, true, x.Quick || x.Need
	case definition.Photos, definition.Files:
		if x.Need && x.Proof == 0 {
			x.Proof = 1
		} else if !x.Need {
			x.Proof = 0
		}
		x.Need, x.Quick = false, x.Kind == definition.Photos
	default:
		x.Quick = x.Quick || x.Need
	}
}

// carried are day, name and figures of the earlier edition, as far as their fields are still there.
func carried(fields []definition.Field, old *definition.Definition) (day string, title []string, figures []definition.Indicator) {
	now := definition.Definition{Fields: fields}
	has := func(key string) bool { _, ok := now.Field(key); return ok || key == definition.StateField }
	if has(old.Day) {
		day = old.Day
	}
	for _, k := range old.Title {
		if has(k) {
			title = append(title, k)
		}
	}
	for _, x := range old.Indicators {
		fits := x.Sum == "" || has(x.Sum)
		for _, c := range append(slices.Clone(x.Where), x.Met...) {
			fits = fits && has(c.Field)
		}
		if fits {
			figures = append(figures, x)
		}
	}
	return day, title, figures
}
