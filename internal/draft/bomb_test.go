package draft

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fadu/internal/fault"
)

const (
	relsPart = `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`
	bookPart = `<workbook><sheets><sheet name="人员" sheetId="1" r:id="r1"/></sheets></workbook>`
	headRow  = `<row r="1"><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>工号</t></is></c><c t="inlineStr"><is><t>任职日期</t></is></c></row>`
	goodRow  = `<row><c t="inlineStr"><is><t>王某某</t></is></c><c t="inlineStr"><is><t>A1</t></is></c><c t="inlineStr"><is><t>2024-03-01</t></is></c></row>`
)

// files makes a zip of parts: name, content.
func files(t testing.TB, parts ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p[0])
		if err == nil {
			_, err = io.WriteString(w, p[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sheetOf(rows string) string { return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>" }

func bookOf(t testing.TB, rows string, more ...[2]string) []byte {
	t.Helper()
	return files(t, append([][2]string{{"xl/_rels/workbook.xml.rels", relsPart}, {"xl/workbook.xml", bookPart}, {"xl/worksheets/sheet1.xml", sheetOf(rows)}}, more...)...)
}

// inflating is a sheet of so many repetitions of one compressed block: gigabytes in a file of megabytes, made
// in no time.
func inflating(t testing.TB, block string, times int, lie bool) []byte {
	t.Helper()
	squeeze := func(s string, last bool) []byte {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestCompression)
		if err == nil {
			_, err = io.WriteString(w, s)
		}
		if err == nil && last {
			err = w.Close()
		} else if err == nil {
			err = w.Flush()
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	raw := bytes.Join([][]byte{squeeze("<worksheet><sheetData>"+headRow, false), bytes.Repeat(squeeze(block, false), times), squeeze("</sheetData></worksheet>", true)}, nil)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range [][2]string{{"xl/_rels/workbook.xml.rels", relsPart}, {"xl/workbook.xml", bookPart}} {
		w, err := z.Create(p[0])
		if err == nil {
			_, err = io.WriteString(w, p[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	size := uint64(len(headRow) + len(block)*times + 43)
	if lie {
		size = 1000
	}
	w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CompressedSize64: uint64(len(raw)), UncompressedSize64: size, CRC32: crc32.ChecksumIEEE(nil)})
	if err == nil {
		_, err = w.Write(raw)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// linked is an .xlsx whose sheet is a symbolic link in the archive.
func linked(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range [][2]string{{"xl/_rels/workbook.xml.rels", relsPart}, {"xl/workbook.xml", bookPart}, {"xl/worksheets/sheet1.xml", "/etc/passwd"}} {
		h := &zip.FileHeader{Name: p[0], Method: zip.Deflate}
		if strings.Contains(p[0], "sheet1") {
			h.SetMode(os.ModeSymlink | 0o777)
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = io.WriteString(w, p[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// peak runs f and returns how far the heap rose over what it was.
func peak(f func()) int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	base, most := int64(m.HeapAlloc), int64(0)
	var stop atomic.Bool
	done := make(chan struct{})
	go func() {
		defer close(done)
		for !stop.Load() {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, int64(m.HeapAlloc)-base)
			time.Sleep(2 * time.Millisecond)
		}
	}()
	f()
	stop.Store(true)
	<-done
	return most
}

const (
	laugh = `<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>`
	xxe   = `<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>`
)

// TestBombs: files made to exhaust the server or to reach what is not theirs are refused in words for their
// sender, or read as the small lists that they are, and take no more than 100 MiB.
func TestBombs(t *testing.T) {
	evil := func(dtd, text string) []byte {
		return files(t, [2]string{"xl/_rels/workbook.xml.rels", relsPart}, [2]string{"xl/workbook.xml", bookPart},
			[2]string{"xl/worksheets/sheet1.xml", dtd + sheetOf(headRow+strings.Replace(goodRow, "王某某", text, 1))})
	}
	ten := bytes.Repeat([]byte("王某某,A1,2024-03-01\n"), 10<<20/25+1)
	shared := func(content string) [2]string { return [2]string{"xl/sharedStrings.xml", content} }
	for _, c := range []struct {
		name    string
		content func() []byte
		want    string // of the refusal; "" when the list in it is read
	}{
		{"5 MB 解开是 5 GB", func() []byte { return inflating(t, strings.Repeat(" ", 16<<20), 300, false) }, "解开后太大"},
		{"10 MB 解开是 10 GB", func() []byte { return inflating(t, strings.Repeat(" ", 16<<20), 640, false) }, "超过 5 MB"},
		{"自称解开只有 1 KB", func() []byte { return inflating(t, strings.Repeat(" ", 16<<20), 300, true) }, "打不开"},
		{"一百万行", func() []byte { return inflating(t, strings.Repeat(goodRow, 1000), 1000, false) }, "超过 5000 行"},
		{"压缩包里套压缩包", func() []byte {
			inner := files(t, [2]string{"a", strings.Repeat("0", 1<<20)})
			for range 5 {
				inner = files(t, [2]string{"a.zip", string(inner)}, [2]string{"b.zip", string(inner)})
			}
			return inner
		}, "打不开"},
		{"十亿个哈", func() []byte { return evil(laugh, "&d;") }, "打不开"},
		{"实体读文件", func() []byte { return evil(xxe, "&a;") }, "打不开"},
		{"有 DTD 而不用", func() []byte { return evil(laugh, "王某某") }, ""},
		{"共享文字几百万条", func() []byte {
			return bookOf(t, headRow+goodRow, shared("<sst>"+strings.Repeat("<si/>", 6<<20)+"</sst>"))
		}, "太多|太大"},
		{"引用不存在的共享文字", func() []byte {
			return bookOf(t, headRow+`<row><c t="s"><v>99999999</v></c><c t="s"><v>-1</v></c></row>`, shared("<sst><si><t>x</t></si></sst>"))
		}, ""},
		{"自称有 XFD1048576", func() []byte {
			return files(t, [2]string{"xl/_rels/workbook.xml.rels", relsPart}, [2]string{"xl/workbook.xml", bookPart}, [2]string{"xl/worksheets/sheet1.xml", `<worksheet><dimension ref="A1:XFD1048576"/><sheetData>` + headRow + goodRow + `</sheetData></worksheet>`})
		}, ""},
		{"格子写在 ZZZZZZZ99999999999", func() []byte {
			return bookOf(t, headRow+goodRow+`<row r="99999999999999999999"><c r="ZZZZZZZZZ9" t="inlineStr"><is><t>x</t></is></c></row>`)
		}, ""},
		{"一格三千万字", func() []byte {
			return bookOf(t, headRow+strings.Replace(goodRow, "王某某", strings.Repeat("王", 10<<20), 1))
		}, "解开后太大"},
		{"一个属性三千万字", func() []byte { return bookOf(t, headRow+`<row x="`+strings.Repeat("a", 30<<20)+`"/>`) }, "解开后太大"},
		{"标签套三百万层", func() []byte { return bookOf(t, headRow+strings.Repeat("<a>", 3<<20)) }, "打不开|没有要导入"},
		{"条目名字往上走", func() []byte {
			return bookOf(t, headRow+goodRow, [2]string{"../../../../etc/cron.d/x", "x"}, [2]string{"/etc/passwd", "x"}, [2]string{`..\..\x`, "x"})
		}, ""},
		{"工作表指到外面", func() []byte {
			return files(t, [2]string{"xl/_rels/workbook.xml.rels", strings.Replace(relsPart, "worksheets/sheet1.xml", "../../../../etc/passwd", 1)}, [2]string{"xl/workbook.xml", bookPart})
		}, "打不开"},
		{"工作表是符号链接", func() []byte { return linked(t) }, "打不开|没有找到"},
		{"几千个条目", func() []byte {
			var parts [][2]string
			for i := range maxEntries + 1 {
				parts = append(parts, [2]string{fmt.Sprint("x", i), ""})
			}
			return files(t, parts...)
		}, "打不开"},
		{"带宏的工作簿", func() []byte {
			return bookOf(t, headRow+goodRow, [2]string{"xl/vbaProject.bin", "\xd0\xcf\x11\xe0Auto_Open"})
		}, ""},
		{"10 MB 的 CSV", func() []byte { return ten }, "超过 5 MB"},
		{"5 MB 的 CSV，十万行", func() []byte { return ten[:24*200_000] }, "超过 5000 行"},
		{"一行五百万个逗号", func() []byte { return []byte("姓名,工号,任职日期\n" + strings.Repeat(",", 5<<20-100)) }, "分隔符太多"},
		{"引号不收尾", func() []byte { return []byte("姓名,工号,任职日期\n\"" + strings.Repeat("王\n", 1<<20)) }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			content := c.content()
			var err error
			var p Parsed
			rose := peak(func() { p, err = Parse(content, staff, cards) })
			if rose > 100<<20 {
				t.Errorf("内存多用 %d MiB", rose>>20)
			}
			if c.want == "" {
				if err != nil || len(p.Rows) == 0 || len(p.Rows) > 2 {
					t.Errorf("%v，%d 行", err, len(p.Rows))
				}
				return
			}
			said := false
			for _, w := range strings.Split(c.want, "|") {
				said = said || err != nil && strings.Contains(err.Error(), w)
			}
			if !fault.Is(err, fault.Invalid) || !said {
				t.Errorf("%v，应说 %s", err, c.want)
			}
		})
	}
}
