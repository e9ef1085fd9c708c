package casework

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/document"
	"fadu/internal/web"
)

// routesOutputs are a paper's other forms: the editable copy and the slip of a receipt printer.
func (s *Service) routesOutputs() []access.Route {
	return []access.Route{
		{Pattern: "POST /w/papers/{id}/docx", Allow: access.PaperPrint, Handle: s.copyPaper},
		{Pattern: "GET /w/papers/{id}/slip", Allow: access.CaseRead, Handle: s.showSlip},
		{Pattern: "POST /w/papers/{id}/slip", Allow: access.PaperPrint, Handle: s.printSlip},
	}
}

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func (s *Service) copyPaper(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathPaper(r)
	if err != nil {
		return err
	}
	name, docx, err := s.EditableCopy(r.Context(), by, id)
	if err != nil {
		return err
	}
	return web.Download(w, r, name, docxType, docx)
}

// setupOf reads what the printer is from a form; the narrow roll with a full font is the usual one.
func setupOf(f *web.Form) document.SlipSetup {
	setup := document.SlipSetup{Paper: 58, GB2312: f.Value("font") == "gb2312", RasterQR: f.Value("qr") == "bitmap"}
	if f.Value("paper") == "80" {
		setup.Paper = 80
	}
	return setup
}

func (s *Service) showSlip(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathPaper(r)
	if err != nil {
		return err
	}
	setup := setupOf(web.QueryForm(r))
	p, slip, err := s.Slip(r.Context(), by, id, setup)
	if err != nil {
		return err
	}
	title, err := p.fileName("")
	if err != nil {
		return err
	}
	v := pages.SlipView{
		Title: "小票预览", Paper: title, Back: id.URL(), Action: id.URL() + "/slip",
		Crumb: []web.Link{{Label: "案件", Href: pages.NavCases}, {Label: p.DocNo, Href: id.URL()}, {Label: "小票预览"}},
		Width: strconv.Itoa(setup.Paper), Font: "gbk", QR: "command", May: by.ScopeFor(access.PaperPrint).CoversLevels(p.Levels),
		Next: "下一次打印是副本", Slip: slipPicture(slip),
	}
	original, err := s.original(p, p.Prints+1)
	if err != nil {
		return err
	}
	if original {
		v.Next = "下一次打印是正本"
	}
	if setup.GB2312 {
		v.Font = "gb2312"
	}
	if setup.RasterQR {
		v.QR = "bitmap"
	}
	return web.Render(w, r, http.StatusOK, pages.Slip(v))
}

func (s *Service) printSlip(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathPaper(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	name, data, err := s.PrintSlip(r.Context(), by, id, setupOf(f))
	if err != nil {
		return err
	}
	return web.Download(w, r, name, "application/octet-stream", data)
}

// slipPicture places every line of a slip as the printer will, in dots.
func slipPicture(s document.Slip) pages.SlipPicture {
	out := pages.SlipPicture{Width: s.Dots}
	for _, l := range s.Lines {
		switch {
		case l.Bitmap != nil:
			out.Bitmaps = append(out.Bitmaps, pages.SlipBitmap{X: s.Left(l, l.Bitmap.Width), Y: out.Height, Says: l.Text, Path: bitmapPath(l.Bitmap)})
		case l.QR != "":
			if code, err := web.QR(l.QR); err == nil { // the text was made a code when the slip was set
				out.Codes = append(out.Codes, pages.SlipCode{X: s.Left(l, l.Side), Y: out.Height, Side: l.Side, Code: pages.QRView(code)})
			}
		case l.Text != "":
			out.Texts = append(out.Texts, slipText(s, l, out.Height))
		}
		out.Height += l.Height
	}
	return out
}

// slipText puts each character of a line at its own place, since no font on a screen is the printer's.
func slipText(s document.Slip, l document.SlipLine, top int) pages.SlipText {
	t := pages.SlipText{Text: l.Text, Bold: l.Bold, Size: document.SlipCell, Base: top + document.SlipCell*7/8, Scale: 1}
	if l.Double {
		t.Size, t.Base = 2*document.SlipCell, top+document.SlipCell*7/4
	}
	if l.Tall {
		t.Scale, t.Base = 2, (top+document.SlipCell*7/4)/2
	}
	var xs []string
	for _, x := range s.Columns(l) {
		xs = append(xs, strconv.Itoa(x))
	}
	t.Xs = strings.Join(xs, " ")
	return t
}

// bitmapPath is a bitmap as one path, a rectangle for each run of black dots in a row.
func bitmapPath(m *document.Bitmap) string {
	var b strings.Builder
	for y := range m.Height {
		for x := 0; x < m.Width; x++ {
			if !m.At(x, y) {
				continue
			}
			from := x
			for m.At(x, y) {
				x++
			}
			fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
		}
	}
	return b.String()
}
