package trial

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"fadu/internal/demo"
)

// person is one signed-in user of the pages and of the API.
type person struct {
	base, login string
	c           *http.Client
	full        atomic.Int64 // answers that the disk is full
}

// reply is an answer that arrived whole.
type reply struct {
	status   int
	location string
	body     []byte
}

func newPerson(base, login string) *person {
	jar, _ := cookiejar.New(nil) // it fails never
	return &person{base: base, login: login, c: &http.Client{
		Jar: jar, Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// once sends a request and reads its answer; any error means that nothing is known.
func (p *person) once(ctx context.Context, method, path, contentType, key string, body []byte) (reply, error) {
	req, err := http.NewRequestWithContext(ctx, method, p.base+path, bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", contentType)
		req.Header.Set("Origin", p.base)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := p.c.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = res.Body.Close() }()
	r := reply{status: res.StatusCode, location: res.Header.Get("Location")}
	r.body, err = io.ReadAll(res.Body)
	return r, err
}

// send sends the very same request until it is answered. Answers that say "try again" are retried too.
func (p *person) send(ctx context.Context, method, path, contentType, key string, body []byte) (reply, error) {
	for {
		r, err := p.once(ctx, method, path, contentType, key, body)
		if err == nil && r.status < 500 {
			return r, nil
		}
		switch {
		case err != nil:
		case r.status == http.StatusInsufficientStorage && bytes.Contains(r.body, []byte("磁盘空间不足")):
			p.full.Add(1)
		case r.status == http.StatusServiceUnavailable && bytes.Contains(r.body, []byte("请稍后")):
		default:
			return r, fmt.Errorf("%s %s：%d %s", method, path, r.status, alerts(r.body))
		}
		select {
		case <-ctx.Done():
			return r, ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// signIn uses the page's form.
func (p *person) signIn(ctx context.Context) error {
	if _, err := p.send(ctx, http.MethodGet, "/sign-in", "", "", nil); err != nil {
		return err
	}
	form := url.Values{"login": {p.login}, "password": {demo.Password}}
	r, err := p.send(ctx, http.MethodPost, "/sign-in", "application/x-www-form-urlencoded", "", []byte(form.Encode()))
	if err == nil && r.status != http.StatusSeeOther {
		err = fmt.Errorf("%s 登录不了：%d %s", p.login, r.status, r.body)
	}
	return err
}

var hidden = regexp.MustCompile(`name="(_op|_version)" value="([^"]*)"`)

// open reads the hidden fields of the page's form that posts to action.
func (p *person) open(ctx context.Context, page, action string) (map[string]string, error) {
	r, err := p.send(ctx, http.MethodGet, page, "", "", nil)
	if err != nil {
		return nil, err
	}
	_, form, ok := strings.Cut(string(r.body), `action="`+action+`"`)
	if r.status != http.StatusOK || !ok {
		return nil, fmt.Errorf("%s：%d，没有提交到 %s 的表单：%.600s", page, r.status, action, r.body)
	}
	form, _, _ = strings.Cut(form, "</form>")
	out := map[string]string{}
	for _, m := range hidden.FindAllStringSubmatch(form, -1) {
		out[m[1]] = m[2]
	}
	if out["_op"] == "" {
		return nil, fmt.Errorf("%s 的表单没有操作编号", page)
	}
	return out, nil
}

// form posts a page's form, with a file when photo is not nil, and returns where it leads.
func (p *person) form(ctx context.Context, action string, fields map[string]string, photo []byte) (reply, error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range fields {
		if err := w.WriteField(k, v); err != nil {
			return reply{}, err
		}
	}
	if photo != nil {
		f, err := w.CreateFormFile("photo", "现场.jpg")
		if err != nil {
			return reply{}, err
		}
		if _, err := f.Write(photo); err != nil {
			return reply{}, err
		}
	}
	if err := w.Close(); err != nil {
		return reply{}, err
	}
	body, kind := b.Bytes(), w.FormDataContentType()
	if photo == nil {
		v := url.Values{}
		for name, value := range fields {
			v.Set(name, value)
		}
		body, kind = []byte(v.Encode()), "application/x-www-form-urlencoded"
	}
	r, err := p.send(ctx, http.MethodPost, action, kind, "", body)
	if err == nil && r.status != http.StatusSeeOther {
		err = fmt.Errorf("%s：%d %s", action, r.status, alerts(r.body))
	}
	return r, err
}

var tags = regexp.MustCompile(`(?s)<head.*?</head>|<svg.*?</svg>|<[^>]*>|\s+`)

// alerts is what a page says, for messages.
func alerts(page []byte) string {
	s := []rune(tags.ReplaceAllString(string(page), " "))
	return string(s[:min(len(s), 1500)])
}

// head is what the API answers to an act on a case.
type head struct {
	ID       string `json:"id"`
	Version  int64  `json:"version"`
	State    string `json:"state"`
	CaseNo   string `json:"case_no"`
	Decision *struct {
		ID     string `json:"id"`
		DocNo  string `json:"doc_no"`
		Digest string `json:"digest"`
	} `json:"decision"`
}

// api posts to the API with an idempotency key; in returns the case's head.
func (p *person) api(ctx context.Context, path, key string, body map[string]any) (head, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return head{}, err
	}
	r, err := p.send(ctx, http.MethodPost, "/api/v1"+path, "application/json", key, b)
	return headOf(path, r, err)
}

// look reads a case.
func (p *person) look(ctx context.Context, id string) (head, error) {
	r, err := p.send(ctx, http.MethodGet, "/api/v1/cases/"+id, "", "", nil)
	return headOf(id, r, err)
}

func headOf(what string, r reply, err error) (head, error) {
	var h head
	if err == nil && r.status != http.StatusOK {
		err = fmt.Errorf("%s：%d %s", what, r.status, r.body)
	}
	if err == nil {
		err = json.Unmarshal(r.body, &h)
	}
	return h, err
}
