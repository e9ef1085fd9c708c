package apptest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"fadu/internal/demo"
)

// Browser is one person's browser without scripts. It keeps cookies and the page that is open.
type Browser struct {
	site  *Site
	login string
	c     *http.Client

	// Status and Location are of the last answer. After a form that succeeded the page behind the redirect
	// is open, while Status stays that of the form.
	Status   int
	Location string
	// Path is where the open page is, Type and Body what was received.
	Path, Type string
	Body       []byte
	doc        *html.Node
	// key is sent with a call of the interface, so that a repeat of it is known.
	key string
	// sent is the last form, to be sent again as it was.
	sent *request
}

type request struct{ path, contentType, body string }

// Browser opens a browser for a login; "" stays without sign-in.
func (s *Site) Browser(login string) (*Browser, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	b := &Browser{site: s, login: login, c: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if login == "" {
		return b, nil
	}
	return b, b.SignIn()
}

// Cookies are what the browser keeps of the site, for a second browser of the same person.
func (b *Browser) Cookies() ([]*http.Cookie, error) {
	u, err := url.Parse(b.site.URL)
	if err != nil {
		return nil, err
	}
	return b.c.Jar.Cookies(u), nil
}

// SignIn signs in by the page's form.
func (b *Browser) SignIn() error {
	if err := b.do(http.MethodGet, "/sign-in", "", nil); err != nil {
		return err
	}
	f, err := b.find("/sign-in", nil)
	if err != nil {
		return err
	}
	if err := f.fill([]string{"login=" + b.login, "password=" + demo.Password}); err != nil {
		return err
	}
	body, contentType, err := f.encode("")
	if err != nil {
		return err
	}
	if err := b.do(http.MethodPost, "/sign-in", contentType, body); err != nil {
		return err
	}
	if b.Status != http.StatusSeeOther {
		return fmt.Errorf("%s 登录不了：%d %s", b.login, b.Status, b.Main())
	}
	return nil
}

// Get opens a page; who was signed out by the clock signs in again first.
func (b *Browser) Get(path string) error {
	if err := b.do(http.MethodGet, path, "", nil); err != nil {
		return err
	}
	if b.login != "" && b.Status == http.StatusSeeOther && strings.HasPrefix(b.Location, "/sign-in") {
		if err := b.SignIn(); err != nil {
			return err
		}
		return b.do(http.MethodGet, path, "", nil)
	}
	return nil
}

// Submit fills in the form of the open page that posts to path, sends it, and follows the redirect of a
// success. Files are read from dir.
func (b *Browser) Submit(path, dir string, values ...string) error {
	if err := b.Fill(path, dir, values...); err != nil {
		return err
	}
	return b.send()
}

// Fill fills in the form as Submit does and does not send it: Again and Parallel do.
func (b *Browser) Fill(path, dir string, values ...string) error {
	f, err := b.find(path, values)
	if err != nil {
		return err
	}
	if f.grey {
		return fmt.Errorf("%s：按钮是灰的，只能 force。页面写着：%s", path, b.Text())
	}
	if err := f.fill(values); err != nil {
		return fmt.Errorf("%s：%w", path, err)
	}
	body, contentType, err := f.encode(dir)
	if err != nil {
		return err
	}
	b.sent = &request{path, contentType, string(body)}
	return nil
}

// Answer is what came back to one of many equal requests.
type Answer struct {
	Status         int
	Location, Body string
}

// Parallel sends the last form n times at once, as it was.
func (b *Browser) Parallel(n int) ([]Answer, error) {
	if b.sent == nil {
		return nil, errors.New("还没有填过表单")
	}
	return b.Flood(n, b.sent.path, b.sent.contentType, b.sent.body, "")
}

// Flood sends a request n times at once, with the idempotency key unless it is empty.
func (b *Browser) Flood(n int, path, contentType, body, key string) ([]Answer, error) {
	out, errs := make([]Answer, n), make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { out[i], errs[i] = b.post(path, contentType, body, key) })
	}
	wg.Wait()
	return out, errors.Join(errs...)
}

func (b *Browser) post(path, contentType, body, key string) (a Answer, err error) {
	req, err := http.NewRequest(http.MethodPost, b.site.URL+path, strings.NewReader(body))
	if err != nil {
		return a, err
	}
	for name, value := range map[string]string{"Content-Type": contentType, "Origin": b.site.URL, "Sec-Fetch-Site": "same-origin", "Referer": b.site.URL + b.Path, "Idempotency-Key": key} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	res, err := b.c.Do(req)
	if err != nil {
		return a, err
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	return Answer{res.StatusCode, res.Header.Get("Location"), string(text)}, err
}

// Replace changes words of the last form before it is sent again.
func (b *Browser) Replace(old, with string) {
	b.sent.body = strings.ReplaceAll(b.sent.body, url.QueryEscape(old), url.QueryEscape(with))
}

// Force sends values that no form of the page offers, with the page's token: what a person does who
// writes the request by hand.
func (b *Browser) Force(path string, values ...string) error {
	q := url.Values{}
	for _, v := range values {
		name, value, _ := strings.Cut(v, "=")
		q.Add(name, value)
	}
	for _, name := range []string{"_op", "_version"} {
		if v := b.hidden(name); v != "" && !q.Has(name) {
			q.Set(name, v)
		}
	}
	b.sent = &request{path, "application/x-www-form-urlencoded", q.Encode()}
	return b.send()
}

// Call asks the interface for programs with a JSON body, with the session of the browser.
func (b *Browser) Call(path, key, body string) error {
	b.key = key
	defer func() { b.key = "" }()
	return b.do(http.MethodPost, path, "application/json", []byte(body))
}

// Again sends the last form once more as it was: a double click, or a button pressed after a lost answer.
func (b *Browser) Again() error {
	if b.sent == nil {
		return errors.New("还没有提交过表单")
	}
	return b.send()
}

func (b *Browser) send() error {
	if err := b.do(http.MethodPost, b.sent.path, b.sent.contentType, []byte(b.sent.body)); err != nil {
		return err
	}
	if b.Status != http.StatusSeeOther {
		return nil
	}
	status, to := b.Status, b.Location
	if err := b.do(http.MethodGet, to, "", nil); err != nil {
		return err
	}
	b.Status, b.Location = status, to
	return nil
}

func (b *Browser) do(method, path, contentType string, body []byte) error {
	u, err := url.Parse(b.site.URL)
	if err != nil {
		return err
	}
	if u, err = u.Parse(path); err != nil {
		return err
	}
	req, err := http.NewRequest(method, u.String(), bytes.NewReader(body))
	if err != nil {
		return err
	}
	if method != http.MethodGet {
		req.Header.Set("Content-Type", contentType)
		req.Header.Set("Origin", b.site.URL)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		if b.key != "" {
			req.Header.Set("Idempotency-Key", b.key)
		}
		req.Header.Set("Referer", b.site.URL+b.Path)
	}
	res, err := b.c.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	b.Body, err = io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	b.Status, b.Location, b.Path, b.Type, b.doc = res.StatusCode, res.Header.Get("Location"), path, res.Header.Get("Content-Type"), nil
	if strings.HasPrefix(b.Type, "text/html") {
		b.doc, err = html.Parse(bytes.NewReader(b.Body))
	}
	return err
}

// find returns the open page's form for the path: the first that has all fields, else the first.
func (b *Browser) find(path string, values []string) (*form, error) {
	if b.doc == nil {
		return nil, fmt.Errorf("没有打开的页面可以提交到 %s", path)
	}
	var first *form
	var offered []string
	for _, f := range forms(b.doc) {
		offered = append(offered, f.action)
		if f.action != path {
			continue
		}
		if first == nil {
			first = f
		}
		if f.offers(values) {
			return f, nil
		}
	}
	if first == nil {
		return nil, fmt.Errorf("页面 %s 没有提交到 %s 的表单，有 %s。页面写着：%s", b.Path, path, strings.Join(offered, "、"), excerpt(b.Main()))
	}
	return first, nil
}

func (f *form) offers(values []string) bool {
	for _, v := range values {
		name, _, _ := strings.Cut(v, "=")
		if f.controls[name] == nil {
			return false
		}
	}
	return true
}

func (b *Browser) hidden(name string) string {
	if b.doc == nil {
		return ""
	}
	for _, n := range all(b.doc, func(n *html.Node) bool { return n.Data == "input" && attr(n, "name") == name }) {
		return attr(n, "value")
	}
	return ""
}

// Text is what the open page says, without white space; for a PDF what pdftotext reads in it.
func (b *Browser) Text() string {
	switch {
	case b.doc != nil:
		return visible(b.doc)
	case strings.HasPrefix(b.Type, "application/pdf"):
		text, err := PDFText(b.Body)
		if err != nil {
			return err.Error()
		}
		return squeeze(text)
	}
	return squeeze(string(b.Body))
}

// Main is the open page's main part, for messages.
func (b *Browser) Main() string {
	if b.doc != nil {
		for _, n := range all(b.doc, func(n *html.Node) bool { return n.Data == "main" }) {
			return visible(n)
		}
	}
	return b.Text()
}

// ErrNoPDFText says that the program which reads PDF is not installed.
var ErrNoPDFText = errors.New("没有 pdftotext（Debian：poppler-utils），读不了 PDF")

// PDFText returns the text of a PDF.
func PDFText(pdf []byte) (string, error) {
	path, err := exec.LookPath("pdftotext")
	if err != nil {
		return "", ErrNoPDFText
	}
	f, err := os.CreateTemp("", "fadu-*.pdf")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	if _, err := f.Write(pdf); err != nil {
		return "", errors.Join(err, f.Close())
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	out, err := exec.Command(path, "-enc", "UTF-8", f.Name(), "-").Output()
	return string(out), err
}

// Sees reports whether the open page says the words, whatever the white space.
func (b *Browser) Sees(words string) bool { return strings.Contains(b.Text(), squeeze(words)) }

// Link returns the address of the open page's first link whose words contain the given ones.
func (b *Browser) Link(words string) (string, bool) {
	if b.doc == nil {
		return "", false
	}
	for _, n := range all(b.doc, func(n *html.Node) bool { return n.Data == "a" && has(n, "href") }) {
		if strings.Contains(visible(n), squeeze(words)) {
			return attr(n, "href"), true
		}
	}
	return "", false
}

// FindInPage returns what the first group of the expression matches in the open page's source.
func (b *Browser) FindInPage(expr *regexp.Regexp) (string, bool) {
	m := expr.FindSubmatch(b.Body)
	if len(m) < 2 {
		return "", false
	}
	return html.UnescapeString(string(m[1])), true
}

// excerpt shortens a page's words for a message.
func excerpt(s string) string {
	r := []rune(s)
	if len(r) > 600 {
		r = append(r[:600], '…')
	}
	return string(r)
}
