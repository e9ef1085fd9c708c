package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/document"
)

// OutputBody says for which printer a slip is; zero is a narrow roll with a full font.
type OutputBody struct {
	Paper    int  `json:"paper" doc:"小票纸宽，58 或 80 毫米，不填是 58"`
	GB2312   bool `json:"gb2312" doc:"打印机只有 GB2312 字库"`
	BitmapQR bool `json:"bitmap_qr" doc:"打印机不会生成二维码，按点阵打印"`
}

// OutputFile is a file in an answer.
type OutputFile struct {
	Name    string `json:"name"`
	Content []byte `json:"content" doc:"Base64"`
}

// apiOutputs are a paper's editable copy and its receipt, counted and entered as on the pages.
func (s *Service) apiOutputs(a *api.API) {
	api.Post(a, api.Operation{
		ID: "copyPaper", Path: "/papers/{id}/docx", Group: apiGroup, Allow: access.PaperPrint, Summary: "取文书的编辑稿（DOCX）",
		Detail: "每页标明非正式文本，以 PDF 正本为准；不算打印，入办案留痕",
	}, func(ctx context.Context, by access.Session, id string, _ struct{}) (api.Made[OutputFile], error) {
		paper, err := paperIDOf(id)
		if err != nil {
			return api.Made[OutputFile]{}, err
		}
		name, data, err := s.EditableCopy(ctx, by, paper)
		return api.Made[OutputFile]{Body: OutputFile{name, data}}, err
	})
	api.Post(a, api.Operation{
		ID: "printSlip", Path: "/papers/{id}/slip", Group: apiGroup, Allow: access.PaperPrint, Summary: "打印小票，取 ESC/POS 数据",
		Detail: "与 A4 一起计数：第一次是正本，以后标“副本”；content 原样发给打印机",
	}, func(ctx context.Context, by access.Session, id string, in OutputBody) (api.Made[OutputFile], error) {
		paper, err := paperIDOf(id)
		if err != nil {
			return api.Made[OutputFile]{}, err
		}
		if in.Paper == 0 {
			in.Paper = 58
		}
		name, data, err := s.PrintSlip(ctx, by, paper, document.SlipSetup{Paper: in.Paper, GB2312: in.GB2312, RasterQR: in.BitmapQR})
		return api.Made[OutputFile]{Body: OutputFile{name, data}}, err
	})
}
