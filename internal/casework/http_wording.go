package casework

import (
	"net/http"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// routesWording are the pages of how numbers and titles are written.
func (s *Service) routesWording() []access.Route {
	return []access.Route{
		{Pattern: "GET /w/wording", Allow: access.SettingManage, Handle: s.showWording},
		{Pattern: "POST /w/wording", Allow: access.SettingManage, Handle: s.setWordingForm},
	}
}

// sampleNumber shows a form of numbers.
const samplePrefix, sampleNumber = "演城管当罚字", 186

func (s *Service) showWording(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderWording(w, r, by, http.StatusOK, nil)
}

func (s *Service) renderWording(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	now, all, err := s.Wordings(r.Context(), by)
	if err != nil {
		return err
	}
	today := law.DateOf(s.DB.Now())
	sample := func(x Wording) string { return x.DocNo(samplePrefix, int64(today.Year()), sampleNumber) }
	v := pages.WordingView{
		Form: f, Today: today.String(), Ordinal: "0",
		Forms: []web.Option{{Value: "1", Label: "带“第”", Small: sample(Wording{Ordinal: true})}, {Value: "0", Label: "不带“第”", Small: sample(Wording{})}},
		Now:   []web.FactView{{Label: "文号", Text: sample(now)}},
	}
	if bool(now.Ordinal) {
		v.Ordinal = "1"
	}
	titles, err := now.Titles()
	if err != nil {
		return err
	}
	v.Now = append(v.Now, web.FactView{Label: "另定的名称", Text: orWord(titlesText(titles), "没有，都用常用名称")})
	for _, kind := range paperOrder {
		v.Titles = append(v.Titles, pages.TitleRow{Name: "title_" + string(kind), Label: kind.Label(), Title: orWord(titles[kind], kind.Label())})
	}
	for _, x := range all {
		titles, err := x.Titles()
		if err != nil {
			return err
		}
		v.Past = append(v.Past, pages.WordingRow{Since: x.Since.Han(), Number: sample(x), Titles: orWord(titlesText(titles), "没有"), Document: x.Document, Made: clock(store.FromMicros(x.MadeAt), today)})
	}
	return web.Render(w, r, status, pages.Wording(v))
}

// titlesText lists the titles that differ from the usual ones.
func titlesText(titles map[PaperKind]string) string {
	var out []string
	for _, kind := range paperOrder {
		if t := titles[kind]; t != "" {
			out = append(out, kind.Label()+"称"+t)
		}
	}
	return strings.Join(out, "；")
}

func (s *Service) setWordingForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := WordingInput{Since: f.RequiredDate("since", "起用日期"), Ordinal: f.RequiredChoice("ordinal", "文号的写法", "1", "0") == "1", Document: f.Required("document", "本局的文件", 100), Titles: map[PaperKind]string{}}
	for _, kind := range paperOrder {
		in.Titles[kind] = f.Text("title_"+string(kind), 24)
	}
	if err = f.Err(); err == nil {
		err = s.SetWording(r.Context(), by, in)
	}
	if status, ok := f.Take(err); ok {
		return s.renderWording(w, r, by, status, f)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已登记，从起用那天取号的文书照新的写"})
	web.SeeOther(w, r, pages.NavWording)
	return nil
}
