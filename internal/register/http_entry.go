package register

import (
	"context"
	"net/http"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/register/definition"
	"fadu/internal/register/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showNew(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderNew(w, r, by, http.StatusOK, web.NewForm(nil), false)
}

func (s *Service) showQuick(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderNew(w, r, by, http.StatusOK, web.NewForm(nil), true)
}

func (s *Service) postNew(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.postEntry(w, r, by, false)
}

func (s *Service) postQuick(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.postEntry(w, r, by, true)
}

func (s *Service) renderNew(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form, quick bool) error {
	d, err := s.definitionNow(r, by)
	if err != nil {
		return err
	}
	href := PathOf + "/" + d.Code
	v := pages.EntryView{Form: f, Title: "登记" + d.Name, Name: d.Name, Help: d.Help, Href: href, Action: href + "/new", Submit: "登记", Same: d.Same && !quick, Quick: quick, Point: true}
	if quickly(d) {
		v.Other, v.OtherHref = "快速登记", href+"/quick"
	}
	fields := d.At(definition.AtEntry)
	last := definition.Values{}
	if quick {
		v.Title, v.Action, v.Other, v.OtherHref = "快速登记："+d.Name, href+"/quick", "填全部字段", href+"/new"
		if fields, last, err = s.quickFields(r.Context(), by, d); err != nil {
			return err
		}
	} else if v.Units, err = s.unitOptions(r, by.ScopeFor(access.RegisterWrite)); err != nil {
		return err
	}
	if !quick && len(v.Units) > 1 && f.Value("unit") == "" {
		f.Set("unit", by.Unit().ID.String())
	}
	for _, x := range fields {
		in := s.input(f, d, x, "", quick)
		switch {
		case x.Key == d.Day && x.Kind == definition.Date && !d.Future:
			in.Field = in.Field.Propose(law.DateOf(s.DB.Now()).String())
		case quick && last[x.Key] != "" && (x.Kind == definition.Choice || x.Kind == definition.Place):
			in.Field = in.Field.Propose(last[x.Key])
		case quick && x.Kind == definition.Number && x.Min != nil:
			in.Field = in.Field.Propose("1")
		}
		v.Inputs = append(v.Inputs, in)
	}
	return web.Render(w, r, status, pages.Entry(v))
}

// quickFields are what the quick form asks, with all that is required, and what the same person said last: the photo before, the
// photo after, and done.
func (s *Service) quickFields(ctx context.Context, by access.Session, d *definition.Definition) ([]definition.Field, definition.Values, error) {
	var out []definition.Field
	for _, f := range d.Fields {
		if f.Stage == definition.AtEntry && (f.Need || f.Quick || f.Proof > 0) || f.Stage == definition.AtFix && f.Quick {
			out = append(out, f)
		}
	}
	last := definition.Values{}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		var rows []Record
		err := tx.DB().NewSelect().TableExpr("register_found AS rv").Join("CROSS JOIN register_record AS rr").Where("rr.id = rv.record_id").ColumnExpr("rr.*").
			Where("rv.unit_id = ?", by.Unit().ID).Where("rv.code = ?", d.Code).Where("rv.field = ?", findAll).Where("rv.value = ?", "").
			OrderExpr("rv.sort_on DESC, rv.record_id DESC").Limit(20).Scan(tx.Ctx, &rows)
		for _, r := range rows {
			if r.Recorder == by.Account() {
				last, err = r.Values()
				break
			}
		}
		return err
	})
	return out, last, err
}

// input draws a field; value is what the record says now.
func (s *Service) input(f *web.Form, d *definition.Definition, x definition.Field, value string, quick bool) pages.Input {
	view := f.Field(x.Key, x.Label).Hint(x.Hint)
	if (x.Need || x.Proof > 0 && value == "") && (!quick || x.Stage == definition.AtEntry) { // what is fixed later may be missing
		view = view.Need()
	}
	out := pages.Input{Kind: string(x.Kind)}
	switch x.Kind {
	case definition.Number:
		view = view.Unit(x.Measure).Default(value)
		if x.Per != "" {
			by, _ := d.Field(x.Per)
			view = view.Unit("").Hint("量词按“" + by.Label + "”锁定：" + wordsOf(x, by))
		}
	case definition.Long:
		view = view.Max(4000).Rows(4).Full().Default(value)
	case definition.Period:
		from, until := halves(value)
		view = view.Default(from)
		out.Until = f.Field(x.Key+"_until", x.Label+"（止）").Default(until)
		if x.Need {
			out.Until = out.Until.Need()
		}
	case definition.Choice:
		view = view.Options(options(x.Options)...).Default(value)
		if quick && len(x.Options) <= 8 {
			out.Kind = "seg"
		}
	case definition.Tags:
		view = view.Options(options(x.Options)...).Full()
		if items := definition.Items(value); len(items) > 0 && f.Values(x.Key) == nil {
			view.Values = items
		}
	case definition.Photos:
		view = view.Accept("image/jpeg,image/png").Multiple().Capture().Hint(proofHint(x, "张照片，JPEG 或 PNG，每张最多 12 MB", quick && x.Stage == definition.AtFix))
	case definition.Files:
		view = view.Accept(".pdf,.docx,.xlsx,.zip,.txt,image/jpeg,image/png").Multiple().Hint(proofHint(x, "份，PDF、Word、Excel 或照片，每份最多 12 MB", quick && x.Stage == definition.AtFix))
	case definition.Person, definition.Unit, definition.Link:
		view = view.Max(200).Default(definition.RefOf(value).Label).Hint(s.linkHint(x))
	default:
		view = view.Max(200).Default(value)
	}
	out.Field = view
	return out
}

func (s *Service) linkHint(x definition.Field) string {
	switch {
	case x.Hint != "":
		return x.Hint
	case x.Kind == definition.Person:
		return "本局的人填姓名或者人员编号；外单位的人填姓名"
	case x.Kind == definition.Unit:
		return "填单位名称或者编码"
	}
	if t, ok := s.Targets[x.To]; ok {
		return "填" + t.Label
	}
	return "填那条记录的名称或者编号"
}

func wordsOf(x, by definition.Field) string {
	out := ""
	for i, o := range by.Options {
		if i > 0 {
			out += "，"
		}
		out += o + "（" + x.Words[o] + "）"
	}
	return out
}

func proofHint(x definition.Field, text string, later bool) string {
	if x.Hint != "" {
		return x.Hint
	}
	if x.Proof > 0 && !later {
		return "至少 " + string(rune('0'+x.Proof)) + " " + text
	}
	return strings.TrimPrefix(strings.TrimPrefix(text, "张照片，"), "份，")
}

func options(texts []string) []web.Option {
	var out []web.Option
	for _, o := range texts {
		out = append(out, web.Option{Value: o, Label: o})
	}
	return out
}

// entryOf reads a form by the fields of the definition.
func entryOf(f *web.Form, d *definition.Definition, stages ...definition.Stage) (Entry, error) {
	in := Entry{Values: map[string]string{}, Lat: f.Text("lat", 30), Lng: f.Text("lng", 30), Unit: access.UnitID(f.ID("unit", "单位")), Same: RecordID(f.ID("same", "同一场活动"))}
	for _, stage := range stages {
		for _, x := range d.At(stage) {
			switch x.Kind {
			case definition.Photos, definition.Files:
				for _, u := range f.Files(x.Key, x.Label, maxFiles, maxFile) {
					body, err := u.Bytes()
					if err != nil {
						return in, err
					}
					in.Files = append(in.Files, RegisterUpload{x.Key, u.Name, body})
				}
				continue
			case definition.Tags:
				for i, v := range f.Choices(x.Key) {
					if i > 0 {
						v = in.Values[x.Key] + "、" + v
					}
					in.Values[x.Key] = v
				}
				continue
			case definition.Period:
				in.Values[x.Key] = f.Value(x.Key)
				if until := f.Value(x.Key + "_until"); until != "" && in.Values[x.Key] != "" {
					in.Values[x.Key] += "/" + until
				}
			case definition.Long:
				in.Values[x.Key] = f.Long(x.Key, 0)
			default:
				in.Values[x.Key] = f.Text(x.Key, 0)
			}
			if in.Values[x.Key] == "" {
				delete(in.Values, x.Key)
			}
		}
	}
	return in, f.Err()
}

func (s *Service) postEntry(w http.ResponseWriter, r *http.Request, by access.Session, quick bool) error {
	d, err := s.definitionNow(r, by)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, maxForm)
	if err != nil {
		return err
	}
	in, err := entryOf(f, d, definition.AtEntry, definition.AtFix)
	var id RecordID
	if err == nil {
		id, err = s.Record(r.Context(), by, d.Code, in)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderNew(w, r, by, status, f, quick)
	case err != nil:
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已登记"})
	web.SeeOther(w, r, PathRecords+"/"+id.String())
	return nil
}

// halves are the two days of a period.
func halves(v string) (from, until string) {
	from, until, _ = strings.Cut(v, "/")
	return from, until
}
