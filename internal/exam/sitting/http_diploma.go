package sitting

import (
	"errors"
	"net/http"
	"net/url"

	"fadu/internal/access"
	"fadu/internal/document"
	"fadu/internal/exam/sitting/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// diplomaRoutes are the certificates of those who passed, and their public check.
func (s *Service) diplomaRoutes() []access.Route {
	take := access.ExamTake
	return []access.Route{
		{Pattern: "GET " + PathDiplomas, Allow: take, Handle: s.showDiplomas},
		{Pattern: "GET " + PathDiplomas + "/export", Allow: take, Handle: s.exportDiplomas},
		{Pattern: "GET " + PathDiplomas + "/{id}", Allow: take, Handle: s.showDiploma},
		{Pattern: "GET " + PathDiplomas + "/{id}/pdf", Allow: take, Handle: s.sendDiploma},
		{Pattern: "GET " + PathCheck + "/{$}", Allow: access.Public, Handle: s.askCheck},
		{Pattern: "GET " + PathCheck + "/{code}", Allow: access.Public, Handle: s.showCheck},
	}
}

var worthKinds = map[Worth]string{Valid: "ok", Expired: "line", Revoked: "late"}

func worthTag(w Worth) web.TagView { return web.TagView{Label: w.Label(), Kind: worthKinds[w]} }

func until(d Diploma) string {
	if d.ValidTo.IsZero() {
		return "长期"
	}
	return d.ValidTo.String()
}

func diplomaFilter(f *web.Form) (out DiplomaFilter, q url.Values, err error) {
	var names []string
	for _, x := range worths {
		names = append(names, string(x.Worth))
	}
	out = DiplomaFilter{Q: f.Text("q", 60), Worth: Worth(f.Choice("state", "状态", names...)), Sitting: SittingID(f.ID("exam", "考试"))}
	q = url.Values{}
	for k, v := range map[string]string{"q": out.Q, "state": string(out.Worth)} {
		if v != "" {
			q.Set(k, v)
		}
	}
	if out.Sitting != 0 {
		q.Set("exam", out.Sitting.String())
	}
	return out, q, f.Err()
}

func (s *Service) showDiplomas(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f := web.QueryForm(r)
	filter, q, err := diplomaFilter(f)
	if err != nil {
		return err
	}
	ds, prev, next, err := s.Diplomas(r.Context(), by, filter, f.Value("after"))
	if err != nil {
		return err
	}
	units, err := s.unitNames(r.Context(), by)
	if err != nil {
		return err
	}
	v := pages.DiplomasView{Form: f, All: by.Can(access.ExamRead), Export: PathDiplomas + "/export?" + q.Encode()}
	for _, x := range worths {
		v.States = append(v.States, web.Option{Value: string(x.Worth), Label: x.Label})
	}
	today := law.DateOf(s.DB.Now())
	for _, d := range ds {
		v.Rows = append(v.Rows, pages.DiplomaRow{Number: d.Number, Href: d.URL(), Name: d.Name, Unit: units[d.UnitID].Label, Exam: d.Exam, Issued: d.IssuedOn.String(), Until: until(d), State: worthTag(d.On(today))})
	}
	v.Pager = pager(PathDiplomas, q, "本页 "+web.CountText(int64(len(ds)), false)+" 份", prev, next)
	return web.Render(w, r, http.StatusOK, pages.Diplomas(v))
}

// exportDiplomas sends the certificates that the list shows as a sheet.
func (s *Service) exportDiplomas(w http.ResponseWriter, r *http.Request, by access.Session) error {
	filter, _, err := diplomaFilter(web.QueryForm(r))
	if err != nil {
		return err
	}
	units, err := s.unitNames(r.Context(), by)
	if err != nil {
		return err
	}
	today := law.DateOf(s.DB.Now())
	walk := store.Walk(r.Context(), s.DB, func(tx *store.Tx, after store.Cursor) (ds []Diploma, end store.Cursor, more bool, err error) {
		q := filter.where(tx, diplomasFor(tx, by, tx.DB().NewSelect().Model(&ds), false)).Where("ew.id > ?", after.ID)
		err = q.Order("ew.id").Limit(exportPage).Scan(tx.Ctx)
		if len(ds) > 0 {
			end = store.Cursor{ID: int64(ds[len(ds)-1].ID)}
		}
		return ds, end, len(ds) == exportPage, err
	})
	errEnough := errors.New("enough")
	sheet := web.Sheet{Name: "合格证书", Head: []string{"编号", "姓名", "单位", "考试", "考试日期", "颁发", "有效期至", "状态", "撤销日期", "撤销原因"}, Widths: []float64{24, 12, 20, 30, 12, 12, 12, 10, 12, 30}}
	sheet.Rows = func(yield func([]any, error) bool) {
		err := store.Each(walk, func(d Diploma) error {
			if !yield([]any{d.Number, d.Name, units[d.UnitID].Label, d.Exam, d.SatOn.String(), d.IssuedOn.String(), until(d), d.On(today).Label(), d.RevokedOn.String(), d.Reason}, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
	return web.Excel(w, r, "合格证书-"+today.String()+".xlsx", sheet)
}

func (s *Service) showDiploma(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[DiplomaID](r, nounDiploma)
	if err != nil {
		return err
	}
	d, err := s.Diploma(r.Context(), by, id)
	if err != nil {
		return err
	}
	v := pages.DiplomaView{Title: d.Number, Exam: d.Exam, PDF: d.URL() + "/pdf", Check: PathCheck + "/" + d.Code, State: worthTag(d.On(law.DateOf(s.DB.Now())))}
	v.Facts = append([]web.FactView{{Label: "姓名", Text: d.Name}}, d.facts()...)
	v.Facts = append(v.Facts, web.FactView{Label: "验证码", Text: document.GroupCode(d.Code)})
	return web.Render(w, r, http.StatusOK, pages.Diploma(v))
}

// facts are what stands on the certificate, without the name.
func (d Diploma) facts() []web.FactView {
	out := []web.FactView{{Label: "编号", Text: d.Number}, {Label: "考试", Text: d.Exam}, {Label: "考试日期", Text: d.SatOn.Han()}, {Label: "颁发", Text: d.IssuedOn.Han()}, {Label: "有效期", Text: d.term()}}
	if !d.RevokedOn.IsZero() {
		out = append(out, web.FactView{Label: "撤销日期", Text: d.RevokedOn.Han()})
	}
	return out
}

func (s *Service) sendDiploma(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[DiplomaID](r, nounDiploma)
	if err != nil {
		return err
	}
	d, pdf, err := s.PrintDiploma(r.Context(), by, id)
	if err != nil {
		return err
	}
	return web.Inline(w, r, d.Number+".pdf", "application/pdf", pdf)
}

// askCheck shows the form, or answers what was typed.
func (s *Service) askCheck(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	f := web.QueryForm(r)
	code, number, name := f.Text("code", 60), f.Text("number", 60), f.Text("name", 40)
	switch {
	case code != "":
		parsed, err := store.ParseCode(code)
		if err != nil {
			return s.refuseCode(w, r, "code", code, err.Error())
		}
		web.SeeOther(w, r, PathCheck+"/"+url.PathEscape(parsed))
		return nil
	case number == "" && name == "":
		return s.renderCheck(w, r, http.StatusOK, pages.CheckView{})
	case number == "" || name == "":
		return s.refuseCode(w, r, "number", number, "编号和姓名都要填")
	}
	c, err := s.CheckNumber(r.Context(), number, name)
	if err != nil {
		return err
	}
	v := c.page()
	v.Form = web.NewForm(map[string]string{"number": number, "name": name})
	return s.renderCheck(w, r, http.StatusOK, v)
}

func (s *Service) refuseCode(w http.ResponseWriter, r *http.Request, field, typed, why string) error {
	f := web.NewForm(map[string]string{field: typed})
	f.Add(field, "%s", why)
	_, _ = f.Take(f.Err())
	return s.renderCheck(w, r, http.StatusUnprocessableEntity, pages.CheckView{Form: f})
}

func (s *Service) showCheck(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	typed := []rune(r.PathValue("code"))
	code := string(typed[:min(len(typed), 60)])
	c, err := s.CheckDiploma(r.Context(), code)
	if fault.Is(err, fault.Invalid) {
		return s.refuseCode(w, r, "code", code, err.Error())
	}
	if err != nil {
		return err
	}
	v := c.page()
	v.Form = web.NewForm(map[string]string{"code": document.GroupCode(code)})
	return s.renderCheck(w, r, http.StatusOK, v)
}

func (s *Service) renderCheck(w http.ResponseWriter, r *http.Request, status int, v pages.CheckView) error {
	title := "合格证书验真"
	if v.Title != "" {
		title = "合格证书验真结果"
	}
	v.Page = web.PublicOf(title, PathCheck+"/", s.Bureau, s.Demo)
	return web.Render(w, r, status, pages.Check(v))
}

// page puts the answer into words; of the name only the surname.
func (c Checked) page() pages.CheckView {
	if !c.Known {
		return pages.CheckView{Title: "没有查到这份证书，不是本机关颁发的", Hint: "请再核对一次。没有抄错的，请与本机关联系。"}
	}
	d := c.Diploma
	v := pages.CheckView{OK: c.Worth == Valid, Facts: append([]web.FactView{{Label: "姓名", Text: web.MaskName(d.Name)}}, d.facts()...), Hint: "为保护隐私，姓名只显示姓。证书只证明考试合格，不是行政执法证件。"}
	v.Title = map[Worth]string{Valid: "是本机关颁发的，现在有效", Expired: "是本机关颁发的，已经过期", Revoked: "是本机关颁发的，已经撤销，不再有效"}[c.Worth]
	if c.Demo {
		v.OK, v.Hint = false, "这是演示系统里的证书，没有任何效力。如果是正式证书，这里会回答：“"+v.Title+"”。"
		v.Title = "演示证书，无效力"
	}
	return v
}
