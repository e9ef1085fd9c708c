package casework_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/law/identity"
	"fadu/internal/powers"
	"fadu/internal/web"
)

// newPageBureau is the small bureau with its pages in front of it.
func newPageBureau(t *testing.T) *pageBureau {
	t.Helper()
	b := &pageBureau{apiBureau: newAPIBureau(t)}
	b.clock.Set(time.Date(2026, 4, 30, 17, 40, 0, 0, law.Zone))
	mux := http.NewServeMux()
	b.access.Mount(mux, append(b.access.Routes(), b.cases.Routes()...))
	mux.Handle("GET /assets/", web.Assets())
	server := httptest.NewServer(web.Protect(mux, web.Options{Now: b.clock.Now, Log: slog.New(slog.DiscardHandler)}))
	t.Cleanup(server.Close)
	b.url = server.URL
	b.clients = map[string]*http.Client{}
	return b
}

type pageBureau struct {
	*apiBureau
	parties int
}

// page is an answer with its body.
type page struct {
	status   int
	location string
	body     string
}

// has fails the test unless the page shows every text.
func (p page) has(t testing.TB, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if !strings.Contains(p.body, s) {
			t.Errorf("页面上没有“%s”（状态 %d）：%s", s, p.status, mainText(p.body))
		}
	}
}

func (p page) lacks(t testing.TB, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(p.body, s) {
			t.Errorf("页面上不该有“%s”", s)
		}
	}
}

var (
	tags   = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// mainText is what a page says between <main> and </main>.
func mainText(body string) string {
	if _, after, ok := strings.Cut(body, "<main"); ok {
		body, _, _ = strings.Cut(after, "</main>")
		_, body, _ = strings.Cut(body, ">")
	}
	return strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(body, " ")), " "))
}

func (b *pageBureau) open(login, path string) page {
	b.t.Helper()
	return b.do(login, http.MethodGet, path, nil, "")
}

func (b *pageBureau) do(login, method, path string, body io.Reader, contentType string) page {
	b.t.Helper()
	req, err := http.NewRequest(method, b.url+path, body)
	b.must(err)
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	r, err := b.as(login).Do(req)
	b.must(err)
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	b.must(err)
	return page{r.StatusCode, r.Header.Get("Location"), string(raw)}
}

var (
	formTag = regexp.MustCompile(`(?s)<form method="post"[^>]*id="(?:step-form|lead)"[^>]*>.*?</form>`)
	hidden  = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)
	action  = regexp.MustCompile(`action="([^"]+)"`)
)

// formOn reads the one form of a page: where it is posted to, and its hidden fields.
func (b *pageBureau) formOn(p page) (target string, fields url.Values) {
	b.t.Helper()
	form := formTag.FindString(p.body)
	if form == "" {
		b.t.Fatalf("页面上没有表单（状态 %d）：%s", p.status, mainText(p.body))
	}
	fields = url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(form, -1) {
		fields.Set(m[1], html.UnescapeString(m[2]))
	}
	return html.UnescapeString(action.FindStringSubmatch(form)[1]), fields
}

// submit opens a page, fills its form in and posts it.
func (b *pageBureau) submit(login, path string, values url.Values) page {
	b.t.Helper()
	target, fields := b.formOn(b.open(login, path))
	for k, vs := range values {
		fields[k] = vs
	}
	return b.do(login, http.MethodPost, target, strings.NewReader(fields.Encode()), "application/x-www-form-urlencoded")
}

// done is submit that must succeed; it returns the next page.
func (b *pageBureau) done(login, path string, values url.Values) page {
	b.t.Helper()
	p := b.submit(login, path, values)
	if p.status != http.StatusSeeOther {
		b.t.Fatalf("%s 的表单没有办成（状态 %d）：%s", path, p.status, mainText(p.body))
	}
	return b.open(login, p.location)
}

// attach is submit of a form with a file.
func (b *pageBureau) attach(login, path string, values url.Values, field, name string, file []byte) page {
	b.t.Helper()
	target, fields := b.formOn(b.open(login, path))
	for k, vs := range values {
		fields[k] = vs
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, vs := range fields {
		for _, v := range vs {
			b.must(w.WriteField(k, v))
		}
	}
	part, err := w.CreateFormFile(field, name)
	b.must(err)
	_, err = part.Write(file)
	b.must(err)
	b.must(w.Close())
	return b.do(login, http.MethodPost, target, &body, w.FormDataContentType())
}

// picture is a small photograph.
func picture(t testing.TB) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for y := range 480 {
		for x := range 640 {
			img.Set(x, y, color.RGBA{uint8(x / 4), uint8(y / 3), 150, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// form makes values from names and values in turn.
func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// demoID is an invented number of a region that does not exist.
func demoID(first17 string) string { return first17 + identity.ResidentCheckChar(first17) }

// register opens a lead as zhao and returns the case's address.
func (b *pageBureau) register() string {
	b.t.Helper()
	p := b.submit("zhao", "/w/cases/new", form("summary", "三轮车在小学门前人行道摆卖水果，占地约 3 平方米", "found_at", "2026-04-30T17:30", "source", "patrol", "area", "990107", "place", "演示区青石路小学门前"))
	if p.status != http.StatusSeeOther {
		b.t.Fatalf("线索没有登记成（状态 %d）：%s", p.status, mainText(p.body))
	}
	return p.location
}

// onSite brings a new case to the street with two officers.
func (b *pageBureau) onSite() string {
	b.t.Helper()
	c := b.register()
	b.done("zhao", c+"?step=officers", form("lead", b.person("zhao"), "assist", b.person("qian")))
	return c
}

func (b *pageBureau) person(login string) string { return b.persons[login].String() }

// ready is a case in which everything before the decision is recorded.
func (b *pageBureau) ready(amount string) string {
	b.t.Helper()
	c := b.onSite()
	at := func(minute int) string { return fmt.Sprintf("2026-04-30T17:%02d", minute) }
	b.done("zhao", c+"?step=show_id", form("done_at", at(31)))
	b.parties++ // the same person cannot be fined twice for the same thing
	b.done("zhao", c+"?step=party", form("kind", "citizen", "name", "演示韦某", "id_kind", "resident_id", "id_number", demoID(fmt.Sprintf("99010119900307%03d", b.parties)), "address", "演示区和平里 3 号", "identity_basis", "card_seen"))
	if p := b.attach("zhao", c+"?step=photo", form("place", "青石路小学门前", "taken_at", at(32), "caption", "远景"), "photo", "a.jpg", picture(b.t)); p.status != http.StatusSeeOther {
		b.t.Fatalf("照片没有加上：%s", mainText(p.body))
	}
	b.done("zhao", c+"?step=footage", form("done_at", at(33), "detail", "DSJ-0217 20260430-174251"))
	b.done("zhao", c+"?step=measure", form("done_at", at(33), "detail", "3", "text", "卷尺"))
	b.done("zhao", c+"?step=propose", b.proposal(amount))
	b.done("zhao", c+"?step=tell", form("done_at", at(34), "text", "已当面告知"))
	b.done("zhao", c+"?step=hear", form("done_at", at(35), "nothing", "1"))
	b.done("zhao", c+"?step=correct", form("done_at", at(36), "detail", "on_spot"))
	return c
}

func (b *pageBureau) proposal(amount string) url.Values {
	return form("act_from", "2026-04-30", "power_code", onStreet, "fact_text", "当事人在青石路小学门前人行道摆卖水果，占地 3 平方米", "metric", "3", "corrected", "1", "harm", "none",
		"kinds", "罚款", "amount", amount, "pay_by", "code", "facts_clear", "1", "no_exemption", "阻碍学生通行，教育后仍反复")
}

// onStreet is the fictional power for stalls on the street: 从轻 50—185 元 for a citizen.
const onStreet = "YS-001"

// signAll signs the decision: each officer under the own sign-in, the party by refusing.
func (b *pageBureau) signAll(c string) {
	b.t.Helper()
	b.done("zhao", c+"?step=sign", form("method", "on_paper"))
	b.done("qian", c+"?step=sign", form("method", "on_paper"))
	b.done("zhao", c+"?step=sign_party", form("method", "refused", "note", "当事人看过后不愿签名，音像 DSJ-0217"))
}

// issueExemptions publishes the fictional list of conduct that is not punished.
func (b *pageBureau) issueExemptions() {
	b.t.Helper()
	laws := powers.New(b.db, powers.Options{})
	_, err := laws.IssueExemptions(context.Background(), access.System("test"), powers.IssueInput{
		Codes: []string{"YX-001"}, Issuer: "演示市城市管理局（演示）",
		Document: "《演示市城市管理轻微违法不予处罚清单》", PublishedOn: law.MustDate("2025-12-20"),
	})
	b.must(err)
}
