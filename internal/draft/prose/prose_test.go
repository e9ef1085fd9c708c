package prose

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"fadu/internal/draft"
	"fadu/internal/fault"
)

// docx makes a Word file of one XML part.
func docx(t testing.TB, xml string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = w.Write([]byte(xml))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wordXML(lines ...string) string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="w"><w:body>`)
	for _, l := range lines {
		fmt.Fprintf(&b, `<w:p><w:r><w:t>%s</w:t></w:r></w:p>`, l)
	}
	return b.String() + `</w:body></w:document>`
}

func TestLines(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("第一条　为了加强管理\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"UTF-8":        {[]byte("\xef\xbb\xbf第一条　甲\r\n"), "第一条　甲"},
		"GB18030":      {gbk, "第一条　为了加强管理"},
		"Markdown":     {[]byte("## 第一章 总则\n**第一条** 甲\n- （一）乙\n"), "第一章 总则|第一条 甲|（一）乙"},
		"Word":         {docx(t, wordXML("第一条　甲", "第二条　乙")), "第一条　甲|第二条　乙"},
		"网页":           {[]byte("<!DOCTYPE html><html><head><title>标题不算</title><style>p{}</style></head><body><script>var a='<p>';</script><p>第一条&nbsp;甲<b>乙</b></p><div>丙<br>丁</div></body></html>"), "第一条 甲乙|丙|丁"},
		"Word 里删去的字不算": {docx(t, `<w:document xmlns:w="w"><w:p><w:del><w:r><w:t>旧</w:t></w:r></w:del><w:r><w:t>第一条</w:t><w:tab/><w:t>新</w:t></w:r></w:p></w:document>`), "第一条 新"},
	} {
		t.Run(name, func(t *testing.T) {
			lines, err := Lines(c.content)
			if got := strings.Trim(strings.Join(lines, "|"), "|"); err != nil || got != c.want {
				t.Errorf("%q %v", got, err)
			}
		})
	}
	deep := strings.Repeat("<a>", 500) + strings.Repeat("</a>", 500)
	for name, content := range map[string][]byte{
		"空文件":          nil,
		"太大":           bytes.Repeat([]byte("a"), draft.MaxFile+1),
		"不是 Word 的压缩包": []byte("PK\x03\x04 坏的"),
		"嵌套太深":         docx(t, deep),
		"带文档类型声明":      docx(t, `<!DOCTYPE x [<!ENTITY a "b">]><w:document/>`),
		"展开后比原来大得多":    docx(t, wordXML(strings.Repeat("甲", 3<<20))),
		"UTF-16":       []byte("\xff\xfe1\x00"),
		"行太多":          []byte(strings.Repeat("甲\n", maxLines+1)),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Lines(content); !fault.Is(err, fault.Invalid) {
				t.Errorf("%v", err)
			}
		})
	}
}

// FuzzWordParagraphs reads XML alone, where the fuzzer gets further than through the archive.
func FuzzWordParagraphs(f *testing.F) {
	f.Add(wordXML("第一条　甲"))
	f.Add("<a><b>")
	f.Fuzz(func(t *testing.T, s string) {
		lines, err := wordParagraphs(strings.NewReader(s))
		if err == nil && len(lines) > maxLines {
			t.Fatal("行太多而没有拒收")
		}
	})
}

// FuzzLines: no file breaks the reader.
func FuzzLines(f *testing.F) {
	f.Add([]byte("<html><p>一<script>x</script><td>二"))
	f.Add(docx(f, wordXML("一", "二")))
	f.Add([]byte("# 一\r\n- 二"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if lines, err := Lines(content); err == nil && len(lines) > maxLines {
			t.Fatalf("%d lines", len(lines))
		}
	})
}
