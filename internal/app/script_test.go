package app_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// TestScript plays testdata/script/*.txtar: situations of the street, one a file, against the real server
// over HTTP. The commands:
//
//	at 2026-07-10T09:00       the clock of the bureau shows this time; +5m moves it on
//	as LOGIN                  this person's browser is used from now on; "as nobody" is not signed in
//	get PATH                  opens a page; link WORDS opens the page's link with these words
//	post PATH field=value…    fills in and sends the form that the open page offers for PATH; a choice by
//	                          its value or the words of its label, a file as field=@name
//	force PATH field=value…   sends what no page offers
//	again                     sends the last form once more as it was
//	status 303                status of the last answer (of the form, when it led on to a page)
//	see WORDS…, nosee WORDS…  what the page, paper or file now open says, whatever the white space
//	entry KIND [on=SUBJECT] [n]  the ledger has (n) entries of this kind about the case or another subject;
//	                          ! entry for none
//	reach STAGE field=value…  works on a new case, or on the one in hand, in the usual way until STAGE is
//	                          done; values are for single forms: proposal.amount=100; -hear leaves one out
//	ordinary SCENARIO [STATE]  a new case of the demo's scenario to its end or to the state, by its name
//	                          (notified) or label; ordinary STATE takes the first scenario that comes there;
//	                          squad=2 at the end gives it to the second squad.
//	serve                     the party takes the papers of that case that go to it
//	                          The clock moves over the days between; $TODAY is the day, $PARTY the party
//	let NAME REGEXP           $NAME becomes the first group found in the page's source
//	call KEY PATH JSON        asks the interface for programs; the same KEY again is a repeat
//	workbook NAME 表=FILE.csv…  makes an Excel file with a sheet of each CSV file
//	word NAME.docx NAME.txt   makes a Word file with a paragraph for each line
//	jobs                      runs the jobs that are due
//	verify                    verifies the whole database; its report can be seen; ! verify wants faults
//	tamper SQL                changes the SQLite file behind the program's back; ! tamper wants a refusal
//
// $CASE and $PAPER are the addresses of the last case and paper, $officer102 and so on people's names.
func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, params(t, testscript.Params{Dir: "testdata/script"}, nil))
}

// TestScriptOnPostgreSQL plays the whole line of work, and what depends on reading before writing, on the
// other engine.
func TestScriptOnPostgreSQL(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short")
	}
	t.Parallel()
	var files []string
	for _, name := range []string{"一案到底_从线索到结案", "同一表单提交两次只有一案", "首违不罚与第二次", "权责取消到期才生效", "权责调整各种类", "权责调整接口", "条例修改要逐条核对", "罚款计算列出本局同类案件", "普通-立案-从线索到批准立案", "普通-登记保存-七个工作日满自动解除", "普通-扣押-鉴定期间不计入并告知", "普通-案件号-登记簿每个空缺都要说明"} {
		files = append(files, "testdata/script/"+name+".txtar")
	}
	urls := make(chan string, len(files))
	for range files {
		urls <- apptest.PostgreSQL(t) // skips, or fails in CI, where there is no PostgreSQL
	}
	testscript.Run(t, params(t, testscript.Params{Files: files}, func() string { return <-urls }))
}

// people are the logins that scripts speak of by name.
var people = []string{"legal", "reviewer", "officer102", "officer103", "officer114", "leader1", "aux11", "clerk", "cashier", "head", apptest.Outsider}

// show is the state of one script: the site and the browsers of the people in it.
type show struct {
	tampered bool // somebody changed the file behind the program
	site     *apptest.Site
	dir      string
	browsers map[string]*apptest.Browser
	login    string
	office   *demo.Office
	walk     *demo.Walk // the case that ordinary began
	report   string     // of the last verify; what see looks at until a page is opened
}

const showKey = "show"

// params adds the bureau and the commands. database, if not nil, names an empty PostgreSQL database for
// each script.
func params(t *testing.T, p testscript.Params, database func() string) testscript.Params {
	p.Setup = func(env *testscript.Env) error {
		url := ""
		if database != nil {
			url = database()
		}
		site, err := apptest.Open(filepath.Join(env.WorkDir, ".data"), url)
		if err != nil {
			return err
		}
		env.Setenv("NL", "\n") // a line break in what is typed
		s := &show{site: site, dir: env.WorkDir, browsers: map[string]*apptest.Browser{}}
		env.Defer(func() {
			// Whatever happened in a situation, every row that it wrote is proven by an entry.
			rep, err := site.App.Verify(context.Background())
			if err := errors.Join(err, site.Close()); err != nil {
				env.T().Fatal("close: ", err)
			}
			if !rep.OK() && !s.tampered {
				env.T().Fatal("verify: ", rep.Faults)
			}
		})
		env.Values[showKey] = s
		for _, login := range people {
			name, err := site.Name(login)
			if err != nil {
				return err
			}
			env.Setenv(login, name)
		}
		return errors.Join(os.WriteFile(filepath.Join(env.WorkDir, "现场.jpg"), photograph(), 0o600), os.WriteFile(filepath.Join(env.WorkDir, "签名.png"), signature(), 0o600))
	}
	p.Cmds = map[string]func(*testscript.TestScript, bool, []string){}
	for name, f := range commands {
		p.Cmds[name] = func(ts *testscript.TestScript, neg bool, args []string) {
			s, _ := ts.Value(showKey).(*show)
			if err := f(s, ts, neg, args); err != nil {
				ts.Fatalf("%v", err)
			}
		}
	}
	p.RequireUniqueNames = true
	p.ContinueOnError = false
	return p
}

type command func(s *show, ts *testscript.TestScript, neg bool, args []string) error

var commands = map[string]command{
	"at": (*show).at, "as": (*show).as, "get": (*show).get, "link": (*show).link, "post": (*show).post, "force": (*show).force, "again": (*show).again,
	"status": (*show).status, "see": (*show).see, "nosee": (*show).nosee, "entry": (*show).entry, "reach": (*show).reach, "ordinary": (*show).ordinary, "serve": (*show).serve, "let": (*show).let,
	"jobs": (*show).jobs, "call": (*show).call, "workbook": (*show).workbook, "word": (*show).word, "verify": (*show).verify, "tamper": (*show).tamper,
}

func (s *show) browser() (*apptest.Browser, error) {
	b := s.browsers[s.login]
	if b == nil {
		return nil, errors.New("先用 as 说明是谁")
	}
	return b, nil
}

// arguments checks that there are at least n.
func arguments(neg bool, args []string, n int) error {
	if neg {
		return errors.New("这个命令不能加 !")
	}
	if len(args) < n {
		return fmt.Errorf("要 %d 个参数", n)
	}
	return nil
}

func (s *show) at(_ *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 1); err != nil {
		return err
	}
	if d, err := time.ParseDuration(strings.TrimPrefix(args[0], "+")); err == nil && strings.HasPrefix(args[0], "+") {
		s.site.Clock.Advance(d)
		return nil
	}
	to, err := time.ParseInLocation("2006-01-02T15:04", args[0], law.Zone)
	if err != nil {
		return err
	}
	if to.Before(s.site.Clock.Now()) {
		return fmt.Errorf("时间不能倒退：现在是 %s", s.site.Clock.Now().Format(time.DateTime))
	}
	s.site.Clock.Set(to)
	return nil
}

func (s *show) as(_ *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 1); err != nil {
		return err
	}
	return s.become(args[0])
}

func (s *show) become(login string) error {
	s.login = login
	if s.browsers[login] != nil {
		return nil
	}
	sign := login
	if login == "nobody" {
		sign = ""
	}
	b, err := s.site.Browser(sign)
	s.browsers[login] = b
	return err
}

func (s *show) get(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 1); err != nil {
		return err
	}
	b, err := s.browser()
	if err != nil {
		return err
	}
	s.report = ""
	if err := b.Get(args[0]); err != nil {
		return err
	}
	return s.answered(ts, b)
}

func (s *show) link(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 1); err != nil {
		return err
	}
	b, err := s.browser()
	if err != nil {
		return err
	}
	to, ok := b.Link(args[0])
	if !ok {
		return fmt.Errorf("页面没有“%s”的链接：%s", args[0], b.Main())
	}
	return s.get(ts, false, []string{to})
}

func (s *show) post(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 1); err != nil {
		return err
	}
	b, err := s.browser()
	if err != nil {
		return err
	}
	s.report = ""
	if err := b.Submit(args[0], s.dir, args[1:]...); err != nil {
		return err
	}
	return s.answered(ts, b)
}

func (s *show) force(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 1); err != nil {
		return err
	}
	b, err := s.browser()
	if err != nil {
		return err
	}
	s.report = ""
	if err := b.Force(args[0], args[1:]...); err != nil {
		return err
	}
	return s.answered(ts, b)
}

func (s *show) again(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 0); err != nil {
		return err
	}
	b, err := s.browser()
	if err != nil {
		return err
	}
	if err := b.Again(); err != nil {
		return err
	}
	return s.answered(ts, b)
}

var (
	caseAddress  = regexp.MustCompile(`^(/w/cases/\d+)`)
	formAddress  = regexp.MustCompile(`^(/w/approvals/\d+)`)
	paperAddress = regexp.MustCompile(`href="(/w/papers/\d+)`)
)

// answered keeps the addresses of the case, approval form and paper that an answer leads to.
func (s *show) answered(ts *testscript.TestScript, b *apptest.Browser) error {
	ts.Logf("%d %s %s", b.Status, b.Path, b.Location)
	if b.Status >= http.StatusBadRequest && b.Status != http.StatusUnprocessableEntity && b.Status != http.StatusConflict {
		return nil
	}
	for _, at := range []string{b.Location, b.Path} {
		if m := caseAddress.FindString(at); m != "" {
			ts.Setenv("CASE", m)
			break
		}
	}
	if m := formAddress.FindString(b.Path); m != "" {
		ts.Setenv("FORM", m)
	}
	if p, ok := b.FindInPage(paperAddress); ok {
		ts.Setenv("PAPER", p)
	}
	return nil
}

func (s *show) status(_ *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 1); err != nil {
		return err
	}
	b, err := s.browser()
	if err != nil {
		return err
	}
	if strconv.Itoa(b.Status) != args[0] {
		return fmt.Errorf("状态是 %d，应是 %s。%s %s 写着：%s", b.Status, args[0], b.Path, b.Location, b.Main())
	}
	return nil
}

func (s *show) text() (string, error) {
	if s.report != "" {
		return s.report, nil
	}
	b, err := s.browser()
	if err != nil {
		return "", err
	}
	if text := b.Text(); text != apptest.ErrNoPDFText.Error() {
		return text, nil
	}
	return "", apptest.ErrNoPDFText
}

func (s *show) see(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 1); err != nil {
		return err
	}
	return s.look(ts, args, true)
}

func (s *show) nosee(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 1); err != nil {
		return err
	}
	return s.look(ts, args, false)
}

func (s *show) look(ts *testscript.TestScript, words []string, want bool) error {
	text, err := s.text()
	if errors.Is(err, apptest.ErrNoPDFText) && os.Getenv("CI") == "" {
		ts.Logf("NOT CHECKED: %v", err)
		return nil
	}
	if err != nil {
		return err
	}
	for _, w := range words {
		if found := strings.Contains(text, strings.Join(strings.Fields(w), "")); found != want {
			if b, err := s.browser(); err == nil && s.report == "" {
				text = b.Main()
			}
			return fmt.Errorf("%s“%s”：%s", map[bool]string{true: "没有看到", false: "不应看到"}[want], w, text)
		}
	}
	return nil
}

// entry looks into the ledger of the case in hand; "system KIND" into the whole ledger.
func (s *show) entry(ts *testscript.TestScript, neg bool, args []string) error {
	if len(args) < 1 {
		return errors.New("要留痕的种类")
	}
	subject := "case/" + strings.TrimPrefix(ts.Getenv("CASE"), "/w/cases/")
	if len(args) > 1 {
		if on, ok := strings.CutPrefix(args[1], "on="); ok {
			subject, args = on, slices.Delete(slices.Clone(args), 1, 2)
		}
	}
	if subject == "case/" {
		return errors.New("还没有案件")
	}
	if app.Kinds()[args[0]] == "" {
		return fmt.Errorf("没有“%s”这一种留痕", args[0])
	}
	n := 0
	err := s.site.App.DB.View(context.Background(), func(tx *store.Tx) error {
		es, err := ledger.History(tx, subject, 0, 1000)
		for _, e := range es {
			if e.Kind == args[0] {
				n++
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	switch {
	case neg && n > 0, !neg && n == 0, len(args) > 1 && strconv.Itoa(n) != args[1]:
		return fmt.Errorf("本案的留痕中“%s”有 %d 条", args[0], n)
	}
	return nil
}

func (s *show) let(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 2); err != nil {
		return err
	}
	expr, err := regexp.Compile(args[1])
	if err != nil {
		return err
	}
	b, err := s.browser()
	if err != nil {
		return err
	}
	v, ok := b.FindInPage(expr)
	if !ok {
		return fmt.Errorf("%s 里没有 %s", b.Path, args[1])
	}
	ts.Setenv(args[0], v)
	return nil
}

func (s *show) call(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 3); err != nil {
		return err
	}
	b, err := s.browser()
	if err != nil {
		return err
	}
	s.report = ""
	if err := b.Call(args[1], args[0], args[2]); err != nil {
		return err
	}
	ts.Logf("%d %s", b.Status, b.Text())
	return nil
}

func (s *show) workbook(_ *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 2); err != nil {
		return err
	}
	f := excelize.NewFile()
	for _, a := range args[1:] {
		name, file, _ := strings.Cut(a, "=")
		text, err := os.ReadFile(filepath.Join(s.dir, file))
		if err != nil {
			return err
		}
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			return err
		}
		if _, err := f.NewSheet(name); err != nil {
			return err
		}
		for i, row := range rows {
			cells := make([]any, len(row))
			for j, c := range row {
				cells[j] = c
				if n, err := strconv.Atoi(c); err == nil {
					cells[j] = n // a count is a number, as Excel keeps it
				}
			}
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &cells); err != nil {
				return err
			}
		}
	}
	return errors.Join(f.DeleteSheet("Sheet1"), f.SaveAs(filepath.Join(s.dir, args[0])), f.Close())
}

func (s *show) jobs(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 0); err != nil {
		return err
	}
	if err := s.site.App.Terms.Start(context.Background()); err != nil { // as the server does
		return err
	}
	n, err := s.site.App.Jobs.RunDue(context.Background())
	ts.Logf("%d jobs", n)
	return err
}

func (s *show) verify(_ *testscript.TestScript, neg bool, _ []string) error {
	rep, err := s.site.App.Verify(context.Background())
	if err != nil {
		return err
	}
	s.report = strings.Join(strings.Fields(fmt.Sprintf("留痕%d条 %s", rep.Leaves, strings.Join(rep.Faults, "；"))), "")
	if rep.OK() == neg {
		return fmt.Errorf("核验：%s", s.report)
	}
	return nil
}

// tamper opens the file as any program on the machine can.
func (s *show) tamper(_ *testscript.TestScript, neg bool, args []string) error {
	s.tampered = true
	if err := arguments(false, args, 1); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", filepath.Join(s.site.Data, "fadu.db"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	res, err := db.Exec(strings.Join(args, " "))
	if neg {
		if err == nil {
			return errors.New("数据库没有拒绝")
		}
		return nil
	}
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 && args[0] == "UPDATE" {
		return fmt.Errorf("改动了 %d 行：%v", n, err)
	}
	return nil
}

// reach works on a case in the usual way until a stage is done. It starts where the last reach of the
// script ended, or after the stage named by from=.
func (s *show) reach(ts *testscript.TestScript, neg bool, args []string) error {
	if err := arguments(neg, args, 1); err != nil {
		return err
	}
	changes := map[string][]string{}
	left := map[string]bool{}
	from := ""
	for _, a := range args[1:] {
		if name, ok := strings.CutPrefix(a, "-"); ok {
			left[name] = true
		} else if name, ok := strings.CutPrefix(a, "from="); ok {
			from = name
		} else if stage, value, ok := strings.Cut(a, "."); ok {
			changes[stage] = append(changes[stage], value)
		} else {
			return fmt.Errorf("“%s”写作 步骤.字段=值，或者 -步骤", a)
		}
	}
	names := make([]string, len(apptest.Usual))
	for i, u := range apptest.Usual {
		names[i] = u.Stage
	}
	for _, name := range append(slices.Collect(keys(changes, left)), args[0]) {
		if !slices.Contains(names, name) {
			return fmt.Errorf("没有“%s”这一步，有 %s", name, strings.Join(names, "、"))
		}
	}
	start := 0
	if from != "" {
		start = slices.Index(names, from) + 1
	}
	for _, u := range apptest.Usual[start:] {
		if !left[u.Stage] {
			if err := s.play(ts, u.Login, u.Page, u.Path, merged(ts, u.Values, changes[u.Stage])); err != nil {
				return fmt.Errorf("%s：%w", u.Stage, err)
			}
			s.site.Clock.Advance(time.Minute)
		}
		if u.Stage == args[0] {
			return nil
		}
	}
	return nil
}

func keys(changes map[string][]string, left map[string]bool) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range changes {
			if !yield(k) {
				return
			}
		}
		for k := range left {
			if !yield(k) {
				return
			}
		}
	}
}

// merged puts changes in place of the usual values of the same fields; "field=-" leaves one alone.
func merged(ts *testscript.TestScript, values, changes []string) []string {
	var out []string
	changed := map[string]bool{}
	for _, c := range changes {
		name, value, _ := strings.Cut(c, "=")
		changed[name] = true
		if value != "-" {
			out = append(out, c)
		}
	}
	for _, v := range values {
		if name, _, _ := strings.Cut(v, "="); !changed[name] {
			out = append(out, os.Expand(v, ts.Getenv))
		}
	}
	return out
}

func (s *show) play(ts *testscript.TestScript, login, page, path string, values []string) error {
	if err := s.become(login); err != nil {
		return err
	}
	b, err := s.browser()
	if err != nil {
		return err
	}
	if !strings.HasPrefix(path, "/") {
		page, path = ts.Getenv("CASE")+page, ts.Getenv("CASE")+"/"+path
	}
	if back := strings.HasSuffix(path, "/proposal") && b.Path == path; !back { // a form that came back is filled in where it is
		if err := b.Get(page); err != nil {
			return err
		}
	}
	if err := b.Submit(path, s.dir, values...); err != nil {
		return err
	}
	if err := s.answered(ts, b); err != nil {
		return err
	}
	if tried := slices.Contains(values, "search=1"); b.Status != http.StatusSeeOther && !tried {
		return fmt.Errorf("状态 %d：%s", b.Status, b.Main())
	}
	return nil
}

// photograph is a picture of a street, signature a drawn line.
func photograph() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range 64 * 48 {
		img.Set(i%64, i/64, color.RGBA{uint8(i % 251), uint8(i / 64 * 5), 120, 255})
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil)
	return b.Bytes()
}

func signature() []byte {
	img := image.NewNRGBA(image.Rect(0, 0, 120, 40))
	for x := range 100 {
		img.Set(10+x, 20+x%13-6, color.NRGBA{20, 20, 60, 255})
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}
