package casework

import (
	"fadu/internal/access"
	"fadu/internal/api"
)

var (
	pictureTypes = []string{"image/jpeg", "image/png"}
	paperTypes   = []string{"application/pdf"}
	smallPicture = api.Param{Name: "small", Doc: "1 是缩小的，不填是原件", Query: true}
)

// apiOriginals are the files themselves: the handlers are those of the pages.
func (s *Service) apiOriginals(a *api.API) {
	of := func(id, path, summary, detail string) api.Operation {
		return api.Operation{ID: id, Path: path, Group: apiGroup, Allow: access.CaseRead, Summary: summary, Detail: detail}
	}
	oneCase := api.Param{Name: "id", Doc: "案件编号"}
	api.File(a, of("getPhoto", "/cases/{id}/photos/{photo}", "现场照片的原件", "编号见案件的 photos。查看入办案留痕"), pictureTypes,
		[]api.Param{oneCase, {Name: "photo", Doc: "照片编号"}, smallPicture}, s.servePhoto)
	api.File(a, of("getExhibit", "/cases/{id}/evidence/{number}", "一份证据的原件", "编号见案件的 evidence，type 不空的才有文件。查看入办案留痕"), pictureTypes,
		[]api.Param{oneCase, {Name: "number", Doc: "证据编号"}, smallPicture}, s.serveExhibit)
	api.File(a, of("getPlanProof", "/cases/{id}/plans/{plan}", "申请延期、分期的证明材料", "编号见案件的 plans。查看入办案留痕"), pictureTypes,
		[]api.Param{oneCase, {Name: "plan", Doc: "申请编号"}}, s.serveProof)
	api.File(a, of("getPaper", "/papers/{id}/pdf", "文书的 PDF，只看不算打印", "打印正本、副本另有调用。查看入办案留痕"), paperTypes,
		[]api.Param{{Name: "id", Doc: "文书编号"}}, s.paperBytes(false))
	api.File(a, of("getSignedPaper", "/papers/{id}/signed", "签过名的存根", "交付以后才有，没有做好的答复 409。查看入办案留痕"), paperTypes,
		[]api.Param{{Name: "id", Doc: "文书编号"}}, s.paperBytes(true))
	photo := of("getBookletPhoto", "/booklets/{id}/photos/{photo}", "手写决定书、作废各联的照片", "编号见文书本各号的 photos。查看入办案留痕")
	photo.Group = bookletGroup
	api.File(a, photo, pictureTypes, []api.Param{{Name: "id", Doc: "文书本编号"}, {Name: "photo", Doc: "照片编号"}, smallPicture}, s.serveBookletPhoto)
}
