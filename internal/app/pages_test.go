package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app/apptest"
	"fadu/internal/casework"
	"fadu/internal/demo"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/training"
	"fadu/internal/web"
	"fadu/internal/web/gallery"
)

// screen is a page as somebody sees it.
type screen struct {
	site *apptest.Site
	// base is the server, that of the site unless stated; name is the route's pattern, or what is seen there; login is whose screen it is, "" nobody's.
	base, name, path, login string
	status                  int
	// submit sends the page's form as it opens, empty, and examines what comes back.
	submit bool
	// cookie is what the browser keeps besides the session; nil for nothing.
	cookie *http.Cookie
}

// TestPages opens every page of the router's own table for the first role that may see it, with empty
// lists, refused forms and errors, in one browser at three widths: a desk's, a phone's, and that of a desk
// at twice the size. axe finds nothing serious; nothing is cut, laid over something else or wider than the
// screen; every page has its one heading, its title and its way past the menu. A new route is opened by
// itself.
func TestPages(t *testing.T) {
	t.Parallel()
	b := newPageBrowser(t)
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	site := p.copied(t)
	more := morePages(t, p, site)
	exams := examPages(t, p, site, more)
	screens := append(everyPage(t, p, site, more), exams...)
	screens = append(screens, errorPages(p, site)...)
	screens = append(screens, faultPages(t)...)
	screens = append(screens, emptyPages(t)...)
	screens = append(screens, courtPages(t)...)
	for _, s := range screens {
		if s.login == "" && strings.HasPrefix(s.path, "/w/") {
			t.Errorf("%s：没有人打开它", s.name)
		}
	}
	for _, s := range screens {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			w := <-b.tabs
			defer func() { b.tabs <- w }()
			b.visit(t, w, s)
		})
	}
	for _, s := range screens {
		if i := slices.IndexFunc(sheets, func(x sheet) bool { return x.name == s.name }); i >= 0 {
			t.Run("打印 "+s.name, func(t *testing.T) {
				t.Parallel()
				w := <-b.tabs
				defer func() { b.tabs <- w }()
				b.print(t, w, s, sheets[i])
			})
		}
	}
}

// notPages are the routes of the table that answer something else than a page of their own, and why.
var notPages = map[string]string{
	"GET /assets/":                    "样式和程序",
	"GET /{rest...}":                  "什么都不是的地址，见 errorPages",
	"GET /sign-in/code":               "只在登录的第二步打开，见 access 的第二因素测试",
	"GET /sign-in/oidc":               "转到统一身份认证",
	"GET /sign-in/oidc/back":          "从统一身份认证回来，随即转走",
	"GET /w/me/second-factor/qr.png":  "图，登记动态口令时才有",
	"GET /w/exams/{id}/paper":         "加密的试卷，见 sitting 的测试",
	"GET /w/motions/{id}":             "要提请过的事项，见 examPages",
	"GET /w/marking/{id}":             "只有评卷人打开得了，见 examPages",
	"GET /w/scripts/{id}":             "同上",
	"GET /w/marking/{id}/next":        "转到下一份要评的",
	"GET /w/training/runs/{id}/paper": "要走到填文书的一步，见 training 的测试",
	"GET /w/cases/{id}/packet":        "材料预检，催告以后才有，见 courtPages",
}

// morePages adds what only pages need, not permissions: batches that are still open, a law with its text,
// a certificate that was taken back, checkpoints. It answers the addresses that differ from the samples.
func morePages(t *testing.T, p *peopled, site *apptest.Site) map[string]string {
	t.Helper()
	more := map[string]string{
		"GET /w/org/import/template":         "/w/org/import/template?kind=org.person",
		"GET /w/powers/import/template":      "/w/powers/import/template?kind=power.items",
		"GET /w/calendar/import/template":    "/w/calendar/import/template?kind=holiday.notice",
		"GET /w/register-import/template":    "/w/register-import/template?kind=register.patrol",
		"GET /w/bank-import/template":        "/w/bank-import/template?kind=exam.question",
		"GET /w/bank/paper":                  "/w/bank/paper?q=onspot-001",
		"GET /w/bank/key":                    "/w/bank/key?q=onspot-001",
		"GET /w/past-report-import/template": "/w/past-report-import/template?kind=report.past",
	}
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	i := slices.IndexFunc(p.actors, func(a actor) bool { return a.role == access.LegalAffairs && a.unit == ownUnit })
	b, err := site.Browser(p.actors[i].login)
	check(err)
	dir := t.TempDir()
	upload := func(list, kind, text string) string {
		t.Helper()
		check(os.WriteFile(filepath.Join(dir, "演示.csv"), []byte(text), 0o600))
		check(b.Get(list))
		check(b.Submit(list, dir, "kind="+kind, "file=@演示.csv"))
		return b.Path
	}
	const statute = "\ufeff演示市公园条例\n（2020年1月1日全国人民代表大会常务委员会通过　演示令第3号　自2024年3月1日起施行）\n第一章　总则\n第一条　为了管理公园，制定本条例。\n第二条　禁止下列行为：\n（一）擅自摆卖；\n（二）攀折花木。\n"
	text := upload("/w/powers/import", "power.texts", statute)
	check(b.Submit(text+"/publish", dir))
	units := upload("/w/org/import", "org.unit", "机构名称,机构编码,上级机构,设立日期\n演示新中队,坏 的 编码,没有这个大队,2026-13-01\n")
	firstRow := func(batch string) string {
		t.Helper()
		row, ok := b.FindInPage(regexp.MustCompile(`href="(` + batch + `/rows/[0-9]+)"`))
		if !ok {
			t.Fatalf("没有要改的行：%s", b.Main())
		}
		return row
	}
	more["GET /w/org/import/{id}/rows/{row}"] = firstRow(units)
	more["GET /w/powers/import/{id}/rows/{row}"] = firstRow(upload("/w/powers/import", "power.texts", "演示市没有施行日期的条例\n第一条　演示。\n"))
	notice := upload("/w/calendar/import", "holiday.notice", "日期,放假或上班,节日,来源文件及文号\n2027-01-01,放假,元旦,演示：2027 年放假安排的通知（演示）\n2027-01-04,歇着,元旦,演示：2027 年放假安排的通知（演示）\n")
	more["GET /w/calendar/import/{id}/rows/{row}"] = firstRow(notice)
	more["GET /w/calendar/import/{id}"], more["GET /w/calendar/import/{id}/problems"] = notice, notice+"/problems"
	old := upload("/w/past-report-import", "report.past", "演示局2023年法治政府建设年度报告\n2023年权力事项共126项（其中行政处罚118项，其他权力20项），满意率98.3%。\n")
	more["GET /w/past-report-import/{id}/rows/{row}"] = firstRow(old)
	more["GET /w/past-report-import/{id}"], more["GET /w/past-report-import/{id}/problems"] = old, old+"/problems"
	patrols := upload("/w/register-import", "register.patrol", "巡查日期,巡查对象,路段或地点,出动人员\n2026-13-02,街面市容,演示路,2\n")
	more["GET /w/register-import/{id}/rows/{row}"] = firstRow(patrols)
	more["GET /w/register-import/{id}"], more["GET /w/register-import/{id}/problems"] = patrols, patrols+"/problems"
	entered := upload("/w/register-import", "register.patrol", "巡查日期,巡查对象,路段或地点,出动人员\n2026-03-02,街面市容,演示路,2\n")
	check(b.Submit(entered+"/publish", dir))
	more["GET /w/registers/imports/{id}"] = "/w/registers/imports" + strings.TrimPrefix(entered, "/w/register-import")
	more["GET /w/calendar/preview/{id}"] = "/w/calendar/preview" + strings.TrimPrefix(notice, "/w/calendar/import")

	at := slices.IndexFunc(p.actors, func(a actor) bool { return a.role == access.Trainer })
	legal := b
	b, err = site.Browser(p.actors[at].login)
	check(err)
	questions := upload("/w/bank-import", "exam.question", "题型,题干,答案\n判断,口头决定也可以。,甲\n")
	more["GET /w/bank-import/{id}/rows/{row}"] = firstRow(questions)
	more["GET /w/bank-import/{id}"], more["GET /w/bank-import/{id}/problems"] = questions, questions+"/problems"
	b = legal

	ctx := context.Background()
	first, err := site.App.Checkpoint(ctx)
	check(err)
	var card org.CertificateID
	var version int64
	var booklet, number, statuteID, evidence string
	check(site.App.DB.View(ctx, func(tx *store.Tx) error {
		err := tx.DB().QueryRowContext(tx.Ctx, `SELECT id, version FROM org_certificate_row WHERE id NOT IN (SELECT certificate_id FROM org_suspension) ORDER BY id DESC LIMIT 1`).Scan(&card, &version)
		if err == nil {
			err = tx.DB().QueryRowContext(tx.Ctx, `SELECT booklet_id, MIN(number) FROM booklet_number WHERE state = 'used' GROUP BY booklet_id ORDER BY booklet_id`).Scan(&booklet, &number)
		}
		if err == nil {
			err = tx.DB().QueryRowContext(tx.Ctx, `SELECT MIN(law_id) FROM law_text`).Scan(&statuteID)
		}
		if err == nil {
			evidence, err = picturedEvidence(tx)
		}
		return err
	}))
	check(site.App.Org.Revoke(ctx, access.System("test"), card, version, peopledUntil, "收回", "演示：调离"))
	second, err := site.App.Checkpoint(ctx)
	check(err)
	more["GET /w/org/certificates/{id}/restore"] = "/w/org/certificates/" + card.String() + "/restore"
	more["GET /w/cases/{id}/evidence/{number}"] = evidence
	more["GET /w/laws/{id}"] = "/w/laws/" + statuteID
	more["GET /w/laws/{id}/{article}"] = "/w/laws/" + statuteID + "/2"
	more["GET /w/ledger/checkpoints/{size}"] = fmt.Sprintf("/w/ledger/checkpoints/%d", first.Size)
	more["GET /w/ledger/consistency"] = fmt.Sprintf("/w/ledger/consistency?from=%d&to=%d", first.Size, second.Size)
	more["GET /w/booklets/{id}/numbers/{number}"] = "/w/booklets/" + booklet + "/numbers/" + number
	more["GET /w/booklets/{id}/numbers/{number}/entry"] = "/w/booklets/" + booklet + "/numbers/" + number + "/entry"
	run, answer, err := studying(site, p.actors[slices.IndexFunc(p.actors, func(a actor) bool { return a.role == access.Officer && a.unit == ownUnit })].login)
	check(err)
	more["GET /w/training/runs/{id}"], more["GET /w/practice/answers/{id}"] = run, answer
	return more
}

// studying has somebody begin a scene and answer a question, which only they themselves see, and tells where.
func studying(site *apptest.Site, login string) (run, answer string, err error) {
	ctx := context.Background()
	by, err := site.App.Access.SessionFor(ctx, login)
	if err != nil {
		return "", "", err
	}
	id, err := site.App.Training.Begin(ctx, by, training.BeginInput{Scene: "street_vendor", Mode: training.Practice})
	if err != nil {
		return "", "", err
	}
	q, _, err := site.App.Training.Next(ctx, by, training.InOrder, "")
	if err != nil {
		return "", "", err
	}
	done, err := site.App.Training.Answer(ctx, by, training.AnswerInput{Question: q.ID, Given: q.Right()})
	return training.PathRuns + "/" + id.String(), training.PathPractice + "/answers/" + done.String(), err
}

// everyPage asks each GET route for the roles that may, in the roles' order, until one is shown it.
func everyPage(t *testing.T, p *peopled, site *apptest.Site, more map[string]string) []screen {
	t.Helper()
	found := sampled(t, site)
	askers := map[string]*apptest.Browser{}
	var out []screen
	for _, rt := range site.App.Routes() {
		method, pattern, _ := strings.Cut(rt.Pattern, " ")
		if method != http.MethodGet || strings.HasPrefix(pattern, "/api/v1/") && pattern != "/api/v1/" {
			continue
		}
		path, ok := more[rt.Pattern]
		if !ok {
			path, ok = pathOf(pattern, found)
		}
		if !ok {
			t.Errorf("%s：样本里没有 %s 的记录，补进 samples 才能看这一页", rt.Pattern, path)
			continue
		}
		shown, answers := false, []string{}
		for _, a := range p.actors {
			if !a.may(rt.Allow) || a.token != "" || a.unit == foreignUnit || shown {
				continue
			}
			if askers[a.login] == nil {
				b, err := site.Browser(a.login)
				if err != nil {
					t.Fatal(err)
				}
				askers[a.login] = b
			}
			b := askers[a.login]
			if err := b.Get(path); err != nil {
				t.Fatalf("%s：%v", path, err)
			}
			answers = append(answers, fmt.Sprintf("%s %d %s", a.label, b.Status, b.Type))
			toAnother := b.Status == http.StatusSeeOther && !strings.HasPrefix(b.Location, "/sign-in")
			shown = b.Status == http.StatusOK || toAnother
			if shown && bytes.Contains(b.Body, []byte("<main")) { // else a file, a part of a page, or the way to another
				out = append(out, screen{site: site, base: site.URL, name: rt.Pattern, path: path, login: a.login, status: http.StatusOK})
			}
		}
		if why := notPages[rt.Pattern]; !shown && why == "" {
			t.Errorf("%s：没有哪个角色打得开 %s（%s）。换一条看得到的样本，不是页面的写进 notPages", rt.Pattern, path, strings.Join(answers, "；"))
		} else if shown && why != "" {
			t.Errorf("%s：打得开，从 notPages 里去掉", rt.Pattern)
		}
	}
	return out
}

// errorPages are what is seen when something is not there, not allowed or not right.
func errorPages(p *peopled, site *apptest.Site) []screen {
	login := map[string]string{}
	for _, a := range p.actors {
		if a.unit == ownUnit && a.role != "" {
			login[string(a.role)] = a.login
		}
	}
	officer := login["officer"]
	out := []screen{
		{name: "没有这一页", path: "/w/nowhere", login: officer, status: 404},
		{name: "没有这一页（未登录）", path: "/nowhere", status: 404},
		{name: "没有这件", path: "/w/cases/1", login: officer, status: 404},
		{name: "没有权限", path: "/w/accounts", login: officer, status: 403},
		{name: "地址不对", path: "/w/cases?from=2026-13-40", login: officer, status: 422},
		{name: "登记线索没填", path: "/w/cases/new", login: officer, status: 422, submit: true},
		{name: "新账号没填", path: "/w/accounts/new", login: login[string(access.SystemAdmin)], status: 422, submit: true},
		{name: "新人员没填", path: "/w/org/people/new", login: login[string(access.LegalAffairs)], status: 422, submit: true},
		{name: "登录没填", path: "/sign-in", status: 422, submit: true},
		{name: "列表没有合条件的", path: "/w/cases?q=没有这样的词", login: officer, status: 200},
		{name: "权责没有合条件的", path: "/powers?q=没有这样的词", status: 200},
		{name: "法规搜不到", path: "/w/laws/search?q=没有这样的词", login: officer, status: 200},
	}
	for i := range out {
		out[i].site, out[i].base = site, site.URL
	}
	return out
}

// faultPages are the answers that no page of a sound bureau gives: a full disk, a changed record and the
// like, as somebody signed in and as anybody sees them.
func faultPages(t *testing.T) []screen {
	t.Helper()
	mux := http.NewServeMux()
	var out []screen
	for _, err := range []error{
		fault.New(fault.Conflict, "这件案子刚被 演示·李明 改动过，请看过最新内容再办"),
		fault.New(fault.Full, "磁盘满了，现在只能查看，不能办理。已告知管理员"),
		fault.New(fault.TooMany, "操作太频繁，请 1 分钟后再试"),
		fault.New(fault.Busy, "系统正忙，请稍后再试"),
		&fault.Error{Kind: fault.Invalid, Message: "有两处要改", Fields: []fault.Field{{Name: "name", Message: "请填写姓名"}, {Name: "day", Message: "日期要写成 2026-01-05"}}},
		&law.Refusal{Action: "作出决定", Findings: []law.Finding{{Rule: "XZCF-44-1", Message: "还没有告知当事人", Article: "行政处罚法第四十四条"}}},
		errors.New("演示的内部错误"),
	} {
		status := web.Status(err)
		for _, who := range []string{"", "已登录 "} {
			path := fmt.Sprintf("/%d-%d-%d", status, len(who), len(out))
			mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
				if who != "" {
					r = r.WithContext(web.WithViewer(r.Context(), gallery.Viewer()))
				}
				web.Fail(w, r, err)
			})
			out = append(out, screen{name: fmt.Sprintf("答复 %s%d", who, status), path: path, status: status})
		}
	}
	mux.Handle("GET /assets/", web.Assets())
	server := httptest.NewServer(web.Protect(mux, web.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now}))
	t.Cleanup(server.Close)
	for i := range out {
		out[i].base = server.URL
	}
	return out
}

// emptyPages are lists of a bureau that has begun today.
func emptyPages(t *testing.T) []screen {
	t.Helper()
	site, err := apptest.Open(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	var out []screen
	for _, at := range [][2]string{
		{"officer102", "/w/"},
		{"officer102", "/w/cases"},
		{"clerk", "/w/booklets"},
		{"clerk", "/w/booklets/numbers"},
		{"cashier", "/w/money"},
		{"cashier", "/w/money/statements"},
		{"legal", "/w/powers/adjustments"},
		{"legal", "/w/powers/affected"},
		{"leader1", "/w/figures"},
		{"auditor", "/w/ledger/checkpoints"},
		{"officer102", "/w/me/tokens"},
		{"officer102", "/w/exams"},
		{"trainer", "/w/sittings"},
		{"reviewer", "/w/marking"},
	} {
		out = append(out, screen{site: site, base: site.URL, name: "空的 " + at[1], path: at[1], login: at[0], status: http.StatusOK})
	}
	return out
}

// courtPages are what only a case that goes to the court has.
func courtPages(t *testing.T) []screen {
	t.Helper()
	site, err := apptest.Open(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	sc, state, err := scenario("不缴纳，催告后申请法院执行", string(casework.Enforcing))
	if err != nil {
		t.Fatal(err)
	}
	w := demo.NewOffice(site.App, site.Clock).Begin(context.Background(), sc)
	if err := w.Play(state); err != nil {
		t.Fatal(err)
	}
	return []screen{{site: site, base: site.URL, name: "GET /w/cases/{id}/packet", path: "/w/cases/" + w.ID.String() + "/packet", login: w.Handler(), status: http.StatusOK}}
}
