package register

import (
	"fmt"
	"net/http"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/register/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// importSite is where files of records are taken in.
func importSite() draft.Site {
	return draft.Site{
		Base: PathImport, Current: Path, Title: "导入台账记录", Up: []web.Link{{Label: "台账", Href: Path}}, Allow: access.RegisterWrite,
		Guide: []string{
			"选好台账，下载它的模板。一行一条记录，表头不要改。", "上传不会登记任何记录。每一行都会检查，问题写明行、列和原因。", "有问题的行点进去改，或者去掉。",
			"全部改好后，由管台账的人发布，整批一起登记；没有发布的可以作废。", "表格带不了照片：要照片作证明的台账，写明证明材料存放在哪里。要他人核对的，补上照片再提请核对。", "发布错了的，整批撤回，每一条都作废，写明理由。",
		},
	}
}

func pathBatch(r *http.Request) (draft.BatchID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounImport)
	}
	return draft.BatchID(n), nil
}

func (s *Service) showImport(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderImport(w, r, by, http.StatusOK, web.NewForm(nil))
}

func (s *Service) renderImport(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	id, err := pathBatch(r)
	if err != nil {
		return err
	}
	x, err := s.Import(r.Context(), by, id)
	if err != nil {
		return err
	}
	m := x.Import
	when := func(micros int64) string { return store.FromMicros(micros).In(law.Zone).Format("2006-01-02 15:04") }
	v := pages.ImportView{
		Form: f, Title: "登记的记录：" + x.Register + " " + x.Batch.FileName, Name: x.Register, List: PathOf + "/" + m.Code, Records: PathOf + "/" + m.Code + "?batch=" + id.String(), Batch: PathImport + "/" + id.String(), Version: strconv.FormatInt(m.Version, 10),
		Facts: []web.FactView{{Label: "台账", Text: x.Register, Href: PathOf + "/" + m.Code}, {Label: "文件", Text: x.Batch.FileName}, {Label: "记录", Text: strconv.FormatInt(m.Records, 10) + " 条"}, {Label: "上传", Text: x.Batch.Uploader + " " + when(x.Batch.UploadedAt)}, {Label: "发布", Text: m.PublishedBy + " " + when(m.PublishedAt)}},
		State: web.TagView{Label: "已登记", Kind: "ok"},
	}
	if m.State == importUndone {
		v.State = web.TagView{Label: "已撤回", Kind: "line"}
		v.Facts = append(v.Facts, web.FactView{Label: "撤回", Text: m.UndoneBy + " " + when(m.UndoneAt)}, web.FactView{Label: "理由", Text: m.Reason})
	} else if by.Can(access.RegisterManage) {
		v.Undo = PathImports + "/" + id.String() + "/undo"
	}
	if x.Changed > 0 && m.State == importPublished {
		v.Changed = fmt.Sprintf("登记以后有 %d 条改过（更正、整改、核对或者加了照片），撤回时一起作废。", x.Changed)
	}
	return web.Render(w, r, status, pages.Imported(v))
}

func (s *Service) postUndo(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathBatch(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	version := f.RequiredInt("version", "版本", 0, 1<<62)
	if err = f.Err(); err == nil {
		err = s.Undo(r.Context(), by, id, version, f.Text("reason", maxReason))
	}
	page := PathImports + "/" + id.String()
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderImport(w, r, by, status, f)
	case err != nil:
		return fault.Moved(err, page)
	}
	web.Notify(w, r, web.Flash{Text: "整批记录已撤回，每一条都作废，不再计数"})
	web.SeeOther(w, r, page)
	return nil
}
