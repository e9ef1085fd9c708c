package web_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	pngs "image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/web"
	"fadu/internal/web/gallery"
)

func posted(t *testing.T, values url.Values) *web.Form {
	t.Helper()
	r := httptest.NewRequest("POST", "/x?name=from-the-address", strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	f, err := web.ParseForm(httptest.NewRecorder(), r, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// fieldsOf returns field → message of what the form found wrong.
func fieldsOf(f *web.Form) map[string]string {
	var e *fault.Error
	if !errors.As(f.Err(), &e) {
		return nil
	}
	m := map[string]string{}
	for _, x := range e.Fields {
		m[x.Name] = x.Message
	}
	return m
}

func TestFormText(t *testing.T) {
	for _, c := range []struct {
		name, in, want, wrong string
	}{
		{"前后空白去掉，全角空格也算", "　 韦某某 \t", "韦某某", ""},
		{"零宽字符丢弃", "韦\u200b某\ufeff某", "韦某某", ""},
		{"生僻字保留", "𠮷某㙍", "𠮷某㙍", ""},
		{"单行里的换行变空格", "一\r\n二", "一 二", ""},
		{"控制字符拒绝", "韦\x00某", "", "控制字符"},
		{"改变阅读方向的字符拒绝", "罚款\u202e002\u202c元", "", "控制字符"},
		{"不是 UTF-8 拒绝", "\xff\xfe", "", "认不出"},
		{"超过字数", strings.Repeat("字", 21), "", "最多 20 个字，现在有 21 个"},
		{"恰好字数", strings.Repeat("𠮷", 20), strings.Repeat("𠮷", 20), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := posted(t, url.Values{"name": {c.in}})
			if got := f.Text("name", 20); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := fieldsOf(f)["name"]; !strings.Contains(got, c.wrong) || (c.wrong == "") != (got == "") {
				t.Errorf("message %q, want %q", got, c.wrong)
			}
		})
	}
	if got := posted(t, url.Values{"say": {" 一\r\n二 "}}).Long("say", 0); got != "一\n二" {
		t.Errorf("Long: %q", got)
	}
	if got := posted(t, url.Values{}).Text("name", 20); got != "" {
		t.Errorf("a value came from the address of a POST: %q", got)
	}
}

func TestFormNumbersAndDates(t *testing.T) {
	dates := map[string]string{
		"2026-03-02": "2026-03-02", "２０２６－０３－０２": "2026-03-02", "2026/3/2": "2026-03-02", "2026.3.2": "2026-03-02",
		"2026年3月2日": "2026-03-02", "20260302": "2026-03-02", "2024-02-29": "2024-02-29",
		"2026-02-29": "", "2026-13-01": "", "3月2日": "", "02/03/2026": "", "明天": "",
	}
	for in, want := range dates {
		f := posted(t, url.Values{"on": {in}})
		if got := f.Date("on", "日期").String(); got != want || (want == "") != (f.Err() != nil) {
			t.Errorf("date %q: %q, %v", in, got, f.Err())
		}
	}
	sums := map[string]law.Money{
		"200": law.Yuan(200), "１，２３４．５０": law.MustMoney("1234.50"), "52,000": law.Yuan(52000), "￥185.5元": law.MustMoney("185.5"), " 0 ": 0,
		"-5": -1, "1e3": -1, "12.345": -1, "二百": -1, "99999999999999": -1,
	}
	for in, want := range sums {
		f := posted(t, url.Values{"fine": {in}})
		got := f.Money("fine", "罚款")
		if want < 0 {
			if f.Err() == nil || got != 0 {
				t.Errorf("money %q was taken as %s", in, got)
			}
		} else if got != want || f.Err() != nil {
			t.Errorf("money %q: %s, %v", in, got, f.Err())
		}
	}
	f := posted(t, url.Values{"n": {"１２"}, "big": {"101"}, "bad": {"1.5"}, "at": {"2026-04-30T17:40"}, "at2": {"2026-04-30 25:00"}, "id": {"-3"}})
	if n := f.Int("n", "件数", 0, 100); n != 12 {
		t.Errorf("Int: %d", n)
	}
	f.Int("big", "件数", 0, 100)
	f.Int("bad", "件数", 0, 100)
	if at := f.Time("at", "时间"); at.Format("2006-01-02T15:04 -0700") != "2026-04-30T17:40 +0800" {
		t.Errorf("Time: %v", at)
	}
	f.Time("at2", "时间")
	f.ID("id", "人员")
	want := map[string]string{
		"big": "件数应是 0 到 100 的整数", "bad": "件数应是 0 到 100 的整数", "at2": "时间应写明日期和时间，例如 2026-03-02 14:30", "id": "人员不对，请重新选择",
	}
	if d := cmp.Diff(want, fieldsOf(f)); d != "" {
		t.Error(d)
	}
}

func TestFormNamesAllThatIsMissing(t *testing.T) {
	f := posted(t, url.Values{"kind": {"绞刑"}, "told": {"facts", "facts", "nothing"}, "agree": {"1"}})
	f.Required("name", "姓名", 20)
	f.RequiredDate("on", "违法行为日")
	f.RequiredMoney("fine", "罚款数额")
	f.RequiredChoice("kind", "种类", "警告", "罚款")
	f.RequiredChoice("party", "当事人类型", "公民", "单位")
	f.RequiredID("power", "权力事项")
	if got := f.Choices("told", "facts", "rights"); !cmp.Equal(got, []string{"facts"}) {
		t.Errorf("Choices: %v", got)
	}
	if !f.Bool("agree") || f.Bool("other") {
		t.Error("Bool")
	}
	want := map[string]string{
		"name": "请填写姓名", "on": "请填写违法行为日", "fine": "请填写罚款数额", "kind": "种类只能从给出的选项里选", "party": "请选择当事人类型", "power": "请选择权力事项",
	}
	if d := cmp.Diff(want, fieldsOf(f)); d != "" {
		t.Error(d)
	}
}

func TestFormTake(t *testing.T) {
	f := web.NewForm(nil)
	if _, ok := f.Take(nil); ok {
		t.Error("nil was taken")
	}
	if _, ok := f.Take(fault.Missing("案件")); ok {
		t.Error("a missing record was taken for a form's fault")
	}
	var fs fault.Fields
	fs.Add("fine", "超过上限")
	if status, ok := f.Take(fs.Err()); !ok || status != 422 || f.Field("fine", "罚款").Error != "超过上限" {
		t.Errorf("Invalid: %d %v", status, ok)
	}
	if status, ok := f.Take(gallery.Refused()); !ok || status != 422 || f.Refused() == nil {
		t.Errorf("Refusal: %d %v", status, ok)
	}
}

// upload is a multipart form; parts are name, file name, content.
func upload(t *testing.T, fields map[string]string, parts ...[3]string) *http.Request {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range fields {
		if err := w.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range parts {
		h := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + p[0] + `"; filename="` + p[1] + `"`}, "Content-Type": {"image/png"}}
		out, err := w.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write([]byte(p[2])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/x", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

// png is the smallest picture.
var png = func() string {
	var b bytes.Buffer
	if err := pngs.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		panic(err)
	}
	return b.String()
}()

func TestFormFiles(t *testing.T) {
	for _, c := range []struct {
		name  string
		parts [][3]string
		want  string // first name, or ""
		wrong string
	}{
		{"一张照片", [][3]string{{"photo", "现场.png", png}}, "现场.png", ""},
		{"没有选", [][3]string{{"photo", "", ""}}, "", ""},
		{"自称图片，其实不是", [][3]string{{"photo", "a.png", "<html><script>alert(1)</script>"}}, "", "的类型不能用"},
		{"空文件", [][3]string{{"photo", "a.png", ""}}, "", "是空文件"},
		{"太大", [][3]string{{"photo", "a.png", png + strings.Repeat("x", 100)}}, "", "每个最多 100 字节"},
		{"太多", [][3]string{{"photo", "a.png", png}, {"photo", "b.png", png}, {"photo", "c.png", png}}, "", "最多 2 个，现在选了 3 个"},
		{"名字里的路径去掉", [][3]string{{"photo", `C:\\fake\\..\\a.png`, png}}, "a.png", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := web.ParseForm(httptest.NewRecorder(), upload(t, nil, c.parts...), 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			got := f.Files("photo", "照片", 2, 100, "image/")
			name := ""
			if len(got) > 0 {
				name = got[0].Name
				if b, err := got[0].Bytes(); err != nil || string(b) != png || got[0].Type != "image/png" {
					t.Errorf("%q %v %s", b, err, got[0].Type)
				}
			}
			if msg := fieldsOf(f)["photo"]; name != c.want || !strings.Contains(msg, c.wrong) || (c.wrong == "") != (msg == "") {
				t.Errorf("got %q, message %q", name, msg)
			}
		})
	}
}

func TestFormTooLarge(t *testing.T) {
	r := upload(t, nil, [3]string{"photo", "a.png", png + strings.Repeat("x", 4096)})
	_, err := web.ParseForm(httptest.NewRecorder(), r, 2048)
	if !fault.Is(err, fault.Invalid) || web.Status(err) != http.StatusRequestEntityTooLarge || !strings.Contains(err.Error(), "2 KB") {
		t.Errorf("%v, status %d", err, web.Status(err))
	}
	r = httptest.NewRequest("POST", "/x", strings.NewReader("--broken"))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	if _, err := web.ParseForm(httptest.NewRecorder(), r, 0); !fault.Is(err, fault.Invalid) {
		t.Errorf("broken multipart: %v", err)
	}
}

// The body of a repeat is the same whatever the boundary, token and order; any change shows.
func TestFormBody(t *testing.T) {
	body := func(r *http.Request) string {
		f, err := web.ParseForm(httptest.NewRecorder(), r, 0)
		if err != nil {
			t.Fatal(err)
		}
		b, err := f.Body()
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	first := body(upload(t, map[string]string{"a": "1", "b": "2", "_op": "x"}, [3]string{"photo", "a.png", png}))
	if again := body(upload(t, map[string]string{"b": "2", "a": "1", "_op": "y"}, [3]string{"photo", "renamed.png", png})); again != first {
		t.Error("a repeat has another body")
	}
	for name, r := range map[string]*http.Request{
		"值变了":  upload(t, map[string]string{"a": "1", "b": "3"}, [3]string{"photo", "a.png", png}),
		"文件变了": upload(t, map[string]string{"a": "1", "b": "2"}, [3]string{"photo", "a.png", png + "."}),
		"文件没了": upload(t, map[string]string{"a": "1", "b": "2"}),
		"字段移位": upload(t, map[string]string{"a": "1b", "": "2"}, [3]string{"photo", "a.png", png}),
	} {
		if body(r) == first {
			t.Errorf("%s，却算作同一次提交", name)
		}
	}
}

func TestDefaultIsNotPutBackAfterSending(t *testing.T) {
	if v := posted(t, url.Values{}).Field("agree", "同意").Default("1"); v.Value != "" {
		t.Error("a box that was cleared is ticked again")
	}
	if v := web.NewForm(nil).Field("agree", "同意").Default("1"); v.Value != "1" {
		t.Error("the default does not show the first time")
	}
	var none *web.Form
	if v := none.Field("agree", "同意").Default("1"); v.Value != "1" {
		t.Error("a nil form shows no default")
	}
}

func TestURLEncodedTooLarge(t *testing.T) {
	r := httptest.NewRequest("POST", "/x", strings.NewReader("a="+strings.Repeat("x", 5000)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if _, err := web.ParseForm(httptest.NewRecorder(), r, 2048); web.Status(err) != http.StatusRequestEntityTooLarge {
		t.Errorf("%v", err)
	}
}

// TestPictures: what calls itself a picture and is not, or would take gigabytes to decode, is refused by its
// head, before anything is kept.
func TestPictures(t *testing.T) {
	huge := []byte(png)
	binary.BigEndian.PutUint32(huge[16:], 30_000)
	binary.BigEndian.PutUint32(huge[20:], 30_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	for _, c := range []struct{ name, content, wrong string }{
		{"真的照片", png, ""},
		{"三万乘三万", string(huge), "30000×30000 太大"},
		{"只有头", png[:20], "打不开"},
		{"网页冒充", "<!DOCTYPE html><script>alert(1)</script>", "类型不能用"},
		{"SVG", `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "类型不能用"},
		{"GIF 兼脚本", "GIF89a/*\x01\x00\x01\x00*/=alert(1)", "类型不能用"},
		{"JPEG 兼网页", "\xff\xd8\xff\xe0<html><script>alert(1)</script>", "打不开"},
		{"PDF", "%PDF-1.4", "类型不能用"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := web.ParseForm(httptest.NewRecorder(), upload(t, nil, [3]string{"photo", "现场.jpg", c.content}), 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			got := f.Files("photo", "照片", 1, 1<<20, "image/jpeg", "image/png")
			if msg := fieldsOf(f)["photo"]; !strings.Contains(msg, c.wrong) || (c.wrong == "") != (len(got) == 1) {
				t.Errorf("%d 个，说 %q", len(got), msg)
			}
		})
	}
}
