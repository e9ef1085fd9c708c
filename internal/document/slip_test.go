package document

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"fadu/internal/law"
)

// got is one thing that a printer does with the bytes it is sent.
type got struct {
	text         string // a line of text
	align        byte
	bold, double bool
	tall         bool
	bitmap       *Bitmap
	qr           string
	feed         int
	cut          bool
}

// printer follows the commands it knows, and refuses all others and any control byte.
func printer(data []byte) (out []got, err error) {
	var now got
	var qr string
	chinese := false
	need := func(n int) []byte {
		if err != nil || len(data) < n {
			err = errors.Join(err, fmt.Errorf("%d bytes are missing", n-len(data)))
			return make([]byte, n)
		}
		b := data[:n]
		data = data[n:]
		return b
	}
	for len(data) > 0 && err == nil {
		switch c := data[0]; {
		case bytes.HasPrefix(data, []byte("\x1b@")):
			need(2)
			now = got{}
		case bytes.HasPrefix(data, []byte("\x1c&")):
			need(2)
			chinese = true
		case bytes.HasPrefix(data, []byte("\x1ba")):
			now.align = need(3)[2]
		case bytes.HasPrefix(data, []byte("\x1bE")):
			now.bold = need(3)[2] == 1
		case bytes.HasPrefix(data, []byte("\x1b3")):
			need(3)
		case bytes.HasPrefix(data, []byte("\x1d!")):
			size := need(3)[2]
			now.double, now.tall = size == 0x11, size == 0x01
		case bytes.HasPrefix(data, []byte("\x1bJ")), bytes.HasPrefix(data, []byte("\x1bd")):
			out = append(out, got{feed: int(need(3)[2])})
		case bytes.HasPrefix(data, []byte("\x1dVB\x00")):
			need(4)
			out = append(out, got{cut: true})
		case bytes.HasPrefix(data, []byte("\x1dv0\x00")):
			h := need(8)
			m := &Bitmap{Width: 8 * (int(h[4]) + 256*int(h[5])), Height: int(h[6]) + 256*int(h[7])}
			m.Bits = slices.Clone(need(m.Width / 8 * m.Height))
			out = append(out, got{bitmap: m, align: now.align})
		case bytes.HasPrefix(data, []byte("\x1d(k")):
			h := need(5)
			body := need(int(h[3]) + 256*int(h[4]))
			switch string(body[:2]) {
			case "1P":
				qr = string(body[3:])
			case "1Q":
				out = append(out, got{qr: qr, align: now.align})
			}
		case c < 0x20 || c == 0x7f:
			return nil, fmt.Errorf("control byte %#x before %q", c, data[:min(len(data), 20)])
		default:
			end := bytes.IndexByte(data, '\n')
			if end < 0 || !chinese {
				return nil, fmt.Errorf("text without end, or before Chinese was switched on")
			}
			line := need(end + 1)[:end]
			if i := bytes.IndexFunc(line, func(r rune) bool { return r < 0x20 }); i >= 0 {
				return nil, fmt.Errorf("control byte %#x in the line %q", line[i], line)
			}
			text, e := simplifiedchinese.GBK.NewDecoder().Bytes(line) // a printer knows two-byte characters only
			if e != nil || bytes.ContainsRune(text, utf8.RuneError) {
				return nil, fmt.Errorf("line %x: %v", line, e)
			}
			now.text = string(text)
			out = append(out, now)
			now.text = ""
		}
	}
	return out, err
}

// picture shows a bitmap with a character for six dots by twelve, so that a person sees what changed.
func (b *Bitmap) picture() string {
	var out strings.Builder
	for y := 0; y < b.Height; y += 12 {
		line := ""
		for x := 0; x < b.Width; x += 6 {
			n := 0
			for d := range 72 {
				if b.At(x+d%6, y+d/6) {
					n++
				}
			}
			line += string([]rune(" .:+#")[min(4, (n+9)/14)])
		}
		out.WriteString("  |" + strings.TrimRight(line, " ") + "\n")
	}
	return out.String()
}

func (g got) String() string {
	at := []string{"左", "中", "右"}[min(int(g.align), 2)]
	switch {
	case g.cut:
		return "切纸\n"
	case g.qr != "":
		return at + " 二维码 " + g.qr + "\n"
	case g.bitmap != nil:
		return fmt.Sprintf("%s 点阵 %d×%d\n%s", at, g.bitmap.Width, g.bitmap.Height, g.bitmap.picture())
	case g.feed > 0:
		return fmt.Sprintf("走纸 %d\n", g.feed)
	}
	if g.bold {
		at += "粗"
	}
	if g.double {
		at += "大"
	}
	if g.tall {
		at += "高"
	}
	return at + " " + g.text + "\n"
}

func slip(t testing.TB, p *Press, paper Paper, setup SlipSetup) (Slip, []got) {
	t.Helper()
	s, err := p.Slip(paper, setup)
	if err != nil {
		t.Fatal(err)
	}
	out, err := printer(s.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return s, out
}

// streetSlip is a 当场处罚决定书 for a party whose name no printer has in its font.
func streetSlip(t *testing.T) Paper {
	paper := onSpotForm(t)
	fields := paper.Blocks[0].(Fields)
	fields.Rows = slices.Clone(fields.Rows)
	fields.Rows[0] = []Field{{"姓名", "郑㙍（演示）", 1}, {"性别", "男", 1}}
	paper.Blocks = slices.Clone(paper.Blocks)
	paper.Blocks[0] = fields
	return paper
}

// paymentSlip is a notice of what to pay where.
func paymentSlip() Paper {
	return Paper{
		Layout: Letter, Header: BlackHeader, Demo: true, Organ: "演示市演示区城市管理综合执法局", Title: "缴款通知书", Number: "演城管缴字〔2026〕第9号",
		Blocks: []Block{
			Fields{Rows: [][]Field{{{"当事人", "郑某某（演示）", 0}}, {{"缴款码", "99010026000000012345", 0}}}},
			Paragraph{Text: "罚款人民币壹佰伍拾元整（¥150.00），自收到决定书之日起十五日内缴纳。", Style: Strong},
			Issue{Organ: "演示市演示区城市管理综合执法局", Date: law.MustDate("2026-05-02")},
		},
		Verify: Verify{URL: "http://localhost:8080/v/7KD492QMF3XA", Code: "7KD492QMF3XA"},
	}
}

func serviceSlip() Paper {
	return Paper{
		Layout: Form, Header: BlackHeader, Organ: "演示市演示区城市管理综合执法局", Title: "送达回证", Mark: "副本（第2次打印）",
		Blocks: []Block{
			Table{Columns: []Column{{Title: "送达文书"}, {Title: "文号"}, {Title: "份数"}}, Rows: [][]string{{"当场行政处罚决定书", "演城管当罚字〔2026〕第186号", "1"}}},
			Receipt{Label: "签收", Text: "上列文书已收到。", Signer: Signer{Role: "受送达人（签名或盖章）", Dated: true, Note: "拒收的，由见证人注明情况并签名。"}},
		},
	}
}

func TestSlip解码对照(t *testing.T) {
	p := press(t, "")
	for name, c := range map[string]struct {
		paper Paper
		setup SlipSetup
	}{
		"小票58当场处罚决定书": {streetSlip(t), SlipSetup{Paper: 58}},
		"小票80当场处罚决定书": {streetSlip(t), SlipSetup{Paper: 80, GB2312: true, RasterQR: true}},
		"小票58缴款通知书":   {paymentSlip(), SlipSetup{Paper: 58}},
		"小票80送达回证":    {serviceSlip(), SlipSetup{Paper: 80}},
		"小票58作废":      {voidedNotice(), SlipSetup{Paper: 58}},
	} {
		t.Run(name, func(t *testing.T) {
			s, out := slip(t, p, c.paper, c.setup)
			text := ""
			for _, g := range out {
				text += g.String()
			}
			golden(t, name, text)
			sameAsModel(t, s, out)
			if !bytes.Equal(s.Bytes(), s.Bytes()) {
				t.Error("two prints differ")
			}
		})
	}
}

// sameAsModel compares what the printer does with the lines that the page shows.
func sameAsModel(t *testing.T, s Slip, out []got) {
	t.Helper()
	k := 0
	next := func() got {
		for ; k < len(out); k++ {
			if out[k].feed == 0 && !out[k].cut {
				k++
				return out[k-1]
			}
		}
		return got{}
	}
	for _, l := range s.Lines {
		if l.Text == "" && l.Bitmap == nil && l.QR == "" {
			continue
		}
		g := next()
		switch {
		case l.Bitmap != nil:
			if g.bitmap == nil || !bytes.Equal(g.bitmap.Bits, l.Bitmap.Bits) || g.bitmap.Width > s.Dots {
				t.Errorf("bitmap of %q differs", l.Text)
			}
		case l.QR != "":
			if g.qr != l.QR {
				t.Errorf("QR %q", g.qr)
			}
		default:
			if g.text != l.Text || g.bold != l.Bold || g.double != l.Double || g.tall != l.Tall || g.align != escAlign[l.Align] {
				t.Errorf("line %q came out as %+v", l.Text, g)
			}
			xs, size := s.Columns(l), SlipCell
			if l.Double {
				size *= 2
			}
			if last := xs[len(xs)-1] + size/2; xs[0] < 0 || last > s.Dots {
				t.Errorf("line %q runs from %d to %d of %d dots", l.Text, xs[0], last, s.Dots)
			}
		}
	}
	if g := next(); g != (got{}) {
		t.Errorf("the printer prints more: %v", g)
	}
}

// What the paper says stands on the slip, whole and in order; only blanks differ.
func TestSlip文字一字不少(t *testing.T) {
	p := press(t, "")
	s, _ := slip(t, p, streetSlip(t), SlipSetup{Paper: 58})
	all := ""
	for _, l := range s.Lines {
		all += spaces.ReplaceAllString(l.Text, "")
	}
	at := 0
	for _, word := range wordsOf(Paper{Organ: streetSlip(t).Organ, Title: streetSlip(t).Title, Number: streetSlip(t).Number, Blocks: streetSlip(t).Blocks, Copies: streetSlip(t).Copies}) {
		n := strings.Index(all[at:], strings.ReplaceAll(word, "　", ""))
		if n < 0 {
			t.Fatalf("%q is not in its place in\n%s", word, all[at:])
		}
		at += n + len(word)
	}
}

func TestSlip人民币符号是两字节全角(t *testing.T) {
	s, _ := slip(t, press(t, ""), paymentSlip(), SlipSetup{Paper: 58})
	data := s.Bytes()
	if bytes.Contains(data, []byte{0x81, 0x30, 0x84, 0x36}) || !bytes.Contains(data, []byte{0xa3, 0xa4}) {
		t.Error("¥ went out as four bytes")
	}
}

func TestSlip字库没有的字画成点阵(t *testing.T) {
	p := press(t, extraFont(t, rare))
	for name, c := range map[string]struct {
		name  string
		setup SlipSetup
		drawn bool
	}{
		"常用字":          {"张三", SlipSetup{Paper: 58, GB2312: true}, false},
		"GBK有GB2312没有": {"镕龘", SlipSetup{Paper: 58, GB2312: true}, true},
		"打印机有GBK字库":    {"镕龘", SlipSetup{Paper: 58}, false},
		"GB18030四字节字":  {"㙍", SlipSetup{Paper: 58}, true},
		"BMP以外的字":      {"𠮷", SlipSetup{Paper: 58}, true},
	} {
		paper := Paper{Layout: Letter, Title: "通知", Blocks: []Block{Fields{Rows: [][]Field{{{"姓名", c.name, 0}}}}}}
		s, out := slip(t, p, paper, c.setup)
		dark := 0
		for _, g := range out {
			if g.bitmap != nil {
				for _, b := range g.bitmap.Bits {
					if b != 0 {
						dark++
					}
				}
			}
		}
		if c.drawn != (dark > 20) {
			t.Errorf("%s: %d dark bytes", name, dark)
		}
		if last := s.Lines[len(s.Lines)-1]; last.Text != "姓名："+c.name {
			t.Errorf("%s: the page says %q", name, last.Text)
		}
	}
}

func TestSlip缺字与PDF一致(t *testing.T) {
	p := press(t, "")
	paper := namedParty("演示𠮷明")
	var m *MissingGlyphs
	if _, err := p.Slip(paper, SlipSetup{Paper: 58}); !errors.As(err, &m) || string(m.Runes) != string(rare) {
		t.Errorf("printed, or %v", err)
	}
	paper.HandFill = true
	s, _ := slip(t, p, paper, SlipSetup{Paper: 58})
	if string(s.HandFill) != string(rare) {
		t.Errorf("reported %q", string(s.HandFill))
	}
}

func TestSlip二维码点阵可扫(t *testing.T) {
	s, out := slip(t, press(t, ""), paymentSlip(), SlipSetup{Paper: 58, RasterQR: true})
	for _, g := range out {
		if g.bitmap == nil {
			continue
		}
		img := image.NewGray(image.Rect(0, 0, s.Dots, g.bitmap.Height))
		for y := range g.bitmap.Height {
			for x := range s.Dots {
				img.SetGray(x, y, color.Gray{255})
				if g.bitmap.At(x-(s.Dots-g.bitmap.Width)/2, y) {
					img.SetGray(x, y, color.Gray{})
				}
			}
		}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "qr.png")
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSpace(string(tool(t, "zbarimg", "-q", "--raw", path))); got != paymentSlip().Verify.URL {
			t.Errorf("scanned %q", got)
		}
		return
	}
	t.Error("no bitmap")
}

func TestSlip没有这种纸(t *testing.T) {
	if _, err := press(t, "").Slip(paymentSlip(), SlipSetup{Paper: 76}); err == nil {
		t.Error("printed")
	}
}

// Data can hold what it likes: the printer gets text and the commands of the layout, no others, and no
// line begins with a mark that must not.
func FuzzSlip(f *testing.F) {
	f.Add("张三\x1b@\x1dV\x00", "占道经营\x10\x04\x01，。、", "¥150\x1c.", true)
	f.Add("𠮷㙍镕", strings.Repeat("，。", 40), "\x1d(k\x03\x001Q0", false)
	p, err := Open("")
	if err != nil {
		f.Skipf("not run: %v", err)
	}
	f.Fuzz(func(t *testing.T, name, text, number string, wide bool) {
		if len(name)+len(text)+len(number) > 2000 {
			t.Skip()
		}
		setup := SlipSetup{Paper: 58, GB2312: !wide, RasterQR: wide}
		if wide {
			setup.Paper = 80
		}
		paper := Paper{
			Layout: Letter, Title: "通知", Number: number, HandFill: true,
			Blocks: []Block{Fields{Rows: [][]Field{{{"姓名", name, 0}}}}, Paragraph{Label: "事由", Text: text}, Signatures{Signers: []Signer{{Role: "签名", Note: name}}}},
			Verify: Verify{URL: "http://localhost/v/7KD4", Code: "7KD4"},
		}
		s, err := p.Slip(paper, setup)
		if err != nil {
			t.Fatal(err)
		}
		out, err := printer(s.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		sameAsModel(t, s, out)
		if g := out[len(out)-1]; !g.cut {
			t.Error("not cut")
		}
	})
}
