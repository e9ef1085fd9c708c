package web

import (
	"bytes"
	"fmt"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzText: a text from a form either is refused with words or is clean, and cleaning it again changes
// nothing; dates and times in it are read or named.
func FuzzText(f *testing.F) {
	for _, s := range []string{"张三", "𠮷田\u200b", "a\x00b", "\u202e倒", "第一行\r\n第二行", "２０２６年３月２日", "20260302", "日期八", "2026-03-02 14:30", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, lines := range []bool{false, true} {
			got, problem := CleanText(s, lines)
			if problem != "" {
				if got != "" {
					t.Fatalf("%q 不收却留下 %q", s, got)
				}
				continue
			}
			again, problem := CleanText(got, lines)
			if problem != "" || again != got || !utf8.ValidString(got) {
				t.Fatalf("%q → %q → %q %s", s, got, again, problem)
			}
			if strings.IndexFunc(got, func(r rune) bool { return unicode.IsControl(r) && r != '\n' || reorders(r) }) >= 0 {
				t.Fatalf("%q 里还有控制字符", got)
			}
		}
		form := NewForm(map[string]string{"d": s, "t": s})
		day, at := form.Date("d", "日期"), form.Time("t", "时间")
		if given := strings.TrimSpace(narrow(s)) != ""; given && (day.IsZero() == (form.errorOf("d") == "") || at.IsZero() == (form.errorOf("t") == "")) {
			t.Fatalf("%q：%s %s %v", s, day, at, form.Err())
		}
	})
}

// FuzzCite: what reads as a citation leads to an address that reads as the same citation.
func FuzzCite(f *testing.F) {
	for _, s := range []string{"XZCF-58-1-1", "GBF118-六", "XZCF", "-1", "XZCF-+5", "XZCF-0", "A-99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, ok := ParseCite(s)
		if !ok {
			return
		}
		if again, ok := ParseCite(CiteKey(c)); !ok || again != c {
			t.Fatalf("%q → %+v → %q → %+v", s, c, CiteKey(c), again)
		}
	})
}

// FuzzUpload sends a file under any name in a form: the name that is kept is no path and can be given back
// in a header.
func FuzzUpload(f *testing.F) {
	for _, s := range []string{"现场.jpg", `C:\x\..\..\表.xlsx`, "../../etc/passwd", "", "..", "a\r\nSet-Cookie: x", `"; filename="x`, "\u202egpj.exe", "\xff\xfe"} {
		f.Add(s, []byte("内容"))
	}
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", fmt.Sprintf(`form-data; name="file"; filename="%s"`, name))
		w, err := m.CreatePart(h)
		if err != nil {
			return
		}
		_, _ = w.Write(content)
		_ = m.Close()
		r := httptest.NewRequest(http.MethodPost, "/", &body)
		r.Header.Set("Content-Type", m.FormDataContentType())
		form, err := ParseForm(httptest.NewRecorder(), r, 1<<20)
		if err != nil {
			return
		}
		for _, u := range form.Files("file", "文件", 1, 1<<20) {
			if strings.ContainsAny(u.Name, "/\\\x00\r\n") || !utf8.ValidString(u.Name) || utf8.RuneCountInString(u.Name) > 120 {
				t.Fatalf("%q 存成 %q", name, u.Name)
			}
			if u.Name == "" || u.Name == "." || u.Name == ".." {
				t.Fatalf("%q 存成 %q，不是文件名", name, u.Name)
			}
			head := disposition("attachment", u.Name)
			if strings.ContainsAny(head, "\r\n") {
				t.Fatalf("%q", head)
			}
			if _, params, err := mime.ParseMediaType(head); err != nil || params["filename"] == "" {
				t.Fatalf("%q：%v %v", head, params, err)
			}
		}
	})
}

// FuzzFormBody: the same fields in any order are the same request, any other fields are another.
func FuzzFormBody(f *testing.F) {
	f.Add("a=1&b=2&_op=x", "b=2&a=1&_op=y")
	f.Add("a=1&a=2", "a=2&a=1")
	f.Add("a=&b==", "a=b&==")
	f.Fuzz(func(t *testing.T, one, other string) {
		parse := func(s string) (url.Values, string) {
			q, err := url.ParseQuery(s)
			if err != nil {
				t.Skip()
			}
			b, err := (&Form{values: q}).Body()
			if err != nil {
				t.Fatal(err)
			}
			q.Del(OpName)
			return q, string(b)
		}
		q1, b1 := parse(one)
		q2, b2 := parse(other)
		if same := q1.Encode() == q2.Encode(); same != (b1 == b2) {
			t.Fatalf("%q 与 %q：同一请求 %v，散列相同 %v", one, other, same, b1 == b2)
		}
	})
}
