package app_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/casework"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/powers"
	"fadu/internal/testkit"
)

// TestGenerated compares the pages of docs/ that the program writes itself with what it would write now.
// `go test ./internal/app -run Generated -update` writes them.
func TestGenerated(t *testing.T) {
	site := oneSite(t)
	judge, err := app.NewJudge()
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{
		"rules.md":                rulesPage(judge),
		"terms.md":                termsPage(),
		"procedures.md":           proceduresPage(),
		"procedures/adjusting.md": procedurePage(powers.Adjusting.Page()),
		"procedures/clocks.md":    clocksPage(),
		"permissions.md":          permissionsPage(site.App.Routes()),
		"indicators.md":           indicator.Document(definitions(site)),
		"ledger-kinds.md":         kindsPage(),
	}
	for _, p := range casework.Procedures() {
		pages["procedures/"+p.File+".md"] = procedurePage(p.Page())
	}
	for name, text := range pages {
		t.Run(name, func(t *testing.T) { testkit.Golden(t, "../../../docs/"+name, []byte(text)) })
	}
}

// oneSite opens the bureau of tests for looking at its tables.
func oneSite(t *testing.T) *apptest.Site {
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
	return site
}

func definitions(site *apptest.Site) []indicator.Definition {
	return site.App.Indicators()
}

// generatedNote puts under a page's title that it is generated.
func generatedNote(page string) string {
	title, rest, _ := strings.Cut(page, "\n")
	return title + "\n\n本页由程序生成（`make gen`），不要手改。\n" + rest
}

func cell(s string) string { return strings.NewReplacer("|", "\\|", "\n", " ").Replace(s) }

// rulesPage lists every rule under the acts that it guards.
func rulesPage(j *law.Judge) string {
	rules := j.Rules()
	var b strings.Builder
	fmt.Fprintf(&b, "# 法定规则\n\n共 %d 条，管着 %d 种行为。一条规则可以管几种行为，写在第一种之下，其余列在“也用于”。\n规则没有说到的，不是没有要求，是还没有写成规则。命令行 `fadu rules` 列出同一张表。\n", len(rules), len(j.Actions()))
	var order []law.Action
	under := map[law.Action][]law.Rule{}
	for _, r := range rules {
		first := r.Actions[0]
		if under[first] == nil {
			order = append(order, first)
		}
		under[first] = append(under[first], r)
	}
	for _, a := range order {
		fmt.Fprintf(&b, "\n## %s\n\n| 编号 | 规则 | 依据 | 施行 | 先看的事实 | 也用于 |\n| --- | --- | --- | --- | --- | --- |\n", a)
		for _, r := range under[a] {
			others := make([]string, 0, len(r.Actions))
			for _, o := range r.Actions[1:] {
				others = append(others, string(o))
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", r.ID, cell(r.Name), r.Cite.Han(), span(r.From, r.Until), asks(r), cell(strings.Join(others, "；")))
		}
	}
	return generatedNote(b.String())
}

func span(from, until law.Date) string {
	out := "不限"
	if !from.IsZero() {
		out = from.String() + " 起"
	}
	if !until.IsZero() {
		out += "，至 " + until.String()
	}
	return out
}

// asks names the facts that a rule looks for first, found by asking it with none.
func asks(r law.Rule) string {
	one := r
	one.Actions = r.Actions[:1]
	j, err := law.NewJudge([]law.Rule{one})
	if err != nil {
		return err.Error()
	}
	on := r.From
	if on.IsZero() || on.Before(law.MustDate("2026-01-05")) {
		on = law.MustDate("2026-01-05")
	}
	var labels []string
	for _, g := range j.Judge(one.Actions[0], on, law.Facts{}).Unknown {
		for _, k := range g.Missing {
			labels = append(labels, cell(k.Label()))
		}
	}
	return strings.Join(labels, "、")
}

func termsPage() string {
	var b strings.Builder
	b.WriteString("# 法定期限\n\n期限开始的当日不计算在内。“顺延”指末日是节假日的，以节假日后的第一个工作日为届满日。单位照法条：行政处罚法的二日、三日、五日、七日是工作日（第八十五条），行政强制法十日以内是工作日（第六十九条）。\n\n| 期限 | 代码 | 起算 | 期间 | 顺延 | 依据 | 施行 | 说明 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, t := range calendar.StatutoryTerms().List() {
		roll := ""
		if t.Roll {
			roll = "顺延"
		}
		var notes []string
		if len(t.Names) > 1 {
			notes = append(notes, "也叫"+strings.Join(t.Names[1:], "、"))
		}
		for _, n := range []string{t.Extension, t.Exclusion, t.Note} {
			if n != "" {
				notes = append(notes, n)
			}
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s | %s | %s | %s |\n", cell(t.Name()), t.Code, cell(t.Start), period(t), roll, t.Cite.Han(), span(t.From, t.Until), cell(strings.Join(notes, "；")))
	}
	return generatedNote(b.String())
}

func period(t calendar.Term) string {
	if t.Unit == calendar.Fixed {
		return fmt.Sprintf("%d 月 %d 日", t.Month, t.Day)
	}
	out := fmt.Sprintf("%d %s", t.Count, t.Unit.Han())
	if t.Backward {
		out += "之前"
	}
	return out
}

func proceduresPage() string {
	var b strings.Builder
	b.WriteString("# 办案流程\n\n每个程序是一张表，页面的步骤、按钮的缺项和命令的检查都出自它。\n\n| 程序 | 依据 | 状态 | 步骤 |\n| --- | --- | --- | --- |\n")
	line := func(file, name string, cite law.Citations, states, acts int) {
		fmt.Fprintf(&b, "| [%s](procedures/%s.md) | %s | %d | %d |\n", name, file, cite.Han(), states, acts)
	}
	for _, p := range casework.Procedures() {
		line(p.File, p.Name, p.Cite, p.States, p.Acts)
	}
	line("adjusting", powers.Adjusting.Name, powers.Adjusting.Cite, len(powers.Adjusting.States), len(powers.Adjusting.Acts))
	b.WriteString("\n普通程序是一条主线；登记保存、查封扣押、听证、送达、申请法院强制执行与主线并行，各有一张表，由主线的步骤开始。期限怎样起算、停止、延长，见[办案期限怎样推算](procedures/clocks.md)。\n")
	return generatedNote(b.String())
}

// clocksPage lists what starts, ends, extends and stops each clock.
func clocksPage() string {
	said := func(ids []string) string {
		out := make([]string, len(ids))
		for i, id := range ids {
			out[i] = casework.ActName(id)
		}
		return strings.Join(out, "、")
	}
	whose := map[timing.Whose]string{timing.Ours: "本机关", timing.Owed: "当事人应履行", timing.Party: "当事人的权利", timing.Others: "其他机关、自动届满"}
	var b strings.Builder
	b.WriteString("# 办案期限怎样推算\n\n期限不存日期，由办过的步骤推算：哪一步起算，哪一步办结，哪些时间不计入，谁批准延长。天数和单位见[法定期限](../terms.md)。不计入的时间自前一步的次日起、至后一步当日止，要有文书；延长要在期满以前，不超过法定天数，各一次，否则不计。当事人和其他机关的期限届满，是权利失去或者自动届满，不算本机关超期。\n")
	for _, group := range []struct {
		title string
		book  *timing.Book
	}{{"普通程序", casework.OrdinaryClocks()}, {"当场处罚", casework.OnSpotClocks()}} {
		fmt.Fprintf(&b, "\n## %s\n\n| 期限 | 谁的 | 起算 | 办结 | 不再计算 | 不计入的时间 | 延长 |\n| --- | --- | --- | --- | --- | --- | --- |\n", group.title)
		for _, r := range group.book.Rules() {
			begins := said(r.Start)
			if len(r.After) > 0 {
				begins = strings.Join(r.After, "、") + "届满；或者" + begins
			}
			var pauses, more []string
			for _, p := range r.Pauses {
				pauses = append(pauses, p.Why+"（"+p.Cite.Han()+"）")
			}
			for _, x := range r.Extensions {
				n, _ := law.Limit(x.Limit, law.MustDate("2026-07-10"))
				more = append(more, fmt.Sprintf("%s，不超过 %d %s（%s）", casework.ActName(x.Act), n.Value, calendar.Unit(n.Unit).Han(), x.Cite.Han()))
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s |\n", cell(r.Term), whose[r.Whose], cell(begins), cell(said(r.End)), cell(said(r.Drop)), cell(strings.Join(pauses, "；")), cell(strings.Join(more, "；")))
		}
	}
	return generatedNote(b.String())
}

// procedurePage is a procedure's own page with codes in words.
func procedurePage(page string) string {
	page = paperCode.ReplaceAllStringFunc(page, func(code string) string {
		if label := casework.PaperKind(code).Label(); label != "" {
			return label
		}
		return code
	})
	for _, p := range access.Permissions() {
		page = strings.ReplaceAll(page, "`"+string(p.Permission)+"`", p.Label)
	}
	return generatedNote(strings.ReplaceAll(page, "`系统`", "系统"))
}

// paperCode is a word that may be the code of a paper, but for the codes of ledger entries and diagrams.
var paperCode = regexp.MustCompile(`\b[a-z_]+\b`)

var paperKinds = []casework.PaperKind{casework.OnSpotDecision, casework.CorrectionNotice, casework.InquiryNotice, casework.ParkingNotice, casework.EducationRecord, casework.CorrectionSlip, casework.PenaltyNotice, casework.ChangeDecision, casework.Revocation, casework.PaymentTerms}

func permissionsPage(routes []access.Route) string {
	var b strings.Builder
	b.WriteString("# 权限\n\n## 角色\n\n| 角色 | 代码 | 数据范围 | 说明 |\n| --- | --- | --- | --- |\n")
	scopes := map[string]string{"unit": "本单位和下级", "bureau": "全机关"}
	for _, r := range access.Catalogue().Roles {
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s |\n", r.Label, r.Code, scopes[string(r.Reach)], cell(r.Note))
	}
	b.WriteString("\n## 权限\n\n| 代码 | 权限 |\n| --- | --- |\n")
	for _, p := range access.Permissions() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", p.Permission, p.Label)
	}
	b.WriteString("\n## 个人信息\n\n有所列权限之一的，平常就看得到全的；其他人看到隐去的。要看全的，凭“写明理由查看完整个人信息”的权限逐次写明理由，先留痕再显示。\n\n| 内容 | 看得到全的权限 | 说明 |\n| --- | --- | --- |\n")
	for _, r := range access.Catalogue().Personal {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", cell(r.Label), labelsOf(r.Plain), cell(r.Note))
	}
	b.WriteString("\n## 每个页面和接口\n\n● 表示能打开；能看到哪些记录还要看数据范围，能不能办还要过法定关口。\n\n")
	b.WriteString(access.Matrix(routes))
	return generatedNote(b.String())
}

// labelsOf names permissions; none is nobody.
func labelsOf(ps []access.Permission) string {
	if len(ps) == 0 {
		return "没有人"
	}
	var out []string
	for _, l := range access.Permissions() {
		if slices.Contains(ps, l.Permission) {
			out = append(out, l.Label)
		}
	}
	return strings.Join(out, "、")
}

func kindsPage() string {
	var b strings.Builder
	b.WriteString("# 办案留痕的种类\n\n每一笔改动在同一个事务里入账，写明谁、何时、对什么、办了什么、过了哪些规则；写不进账，改动就不成立。\n\n| 代码 | 中文 |\n| --- | --- |\n")
	kinds := app.Kinds()
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", k, cell(kinds[k]))
	}
	return generatedNote(b.String())
}

// TestEveryRuleStandsOnTheStatutes: the basis of each rule and term is in the registry of statutes, and
// the rule is in force on some day of the demo's year.
func TestEveryRuleStandsOnTheStatutes(t *testing.T) {
	judge, err := app.NewJudge()
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]string{}
	for _, r := range judge.Rules() {
		for _, c := range r.Cite {
			if err := law.CheckCitation(c); err != nil {
				t.Errorf("rule %s: %v", r.ID, err)
			}
		}
		if len(r.Cite) > 0 && !strings.HasPrefix(r.ID, r.Cite[0].Statute) && !citesStatute(r) {
			t.Errorf("rule %s is named after a statute that it does not cite: %s", r.ID, r.Cite)
		}
		if other, dup := named[r.ID]; dup && other != r.Name {
			t.Errorf("rule %s has two names: %s, %s", r.ID, other, r.Name)
		}
		named[r.ID] = r.Name
	}
	for _, term := range calendar.StatutoryTerms().List() {
		for _, c := range term.Cite {
			if err := law.CheckCitation(c); err != nil {
				t.Errorf("term %s: %v", term.Name(), err)
			}
		}
	}
	for _, a := range casework.OnSpot.Acts {
		for _, g := range a.Guards {
			if !judge.Knows(g) {
				t.Errorf("act %s is guarded by %q, for which there is no rule", a.ID, g)
			}
		}
		for _, c := range a.Clocks {
			if _, err := calendar.StatutoryTerms().Find(c, law.MustDate("2026-07-10")); err != nil {
				t.Errorf("act %s starts the clock %q: %v", a.ID, c, err)
			}
		}
	}
}

// citesStatute reports whether some citation of the rule is of the statute in its identifier.
func citesStatute(r law.Rule) bool {
	return slices.ContainsFunc(r.Cite, func(c law.Citation) bool { return strings.HasPrefix(r.ID, c.Statute) })
}

// TestEveryLedgerKindHasALabel: whatever the code appends to the ledger can be read by people.
func TestEveryLedgerKindHasALabel(t *testing.T) {
	kinds := app.Kinds()
	written := map[string]bool{}
	form := regexp.MustCompile(`^(access|org|draft|powers|casework|report|ledger|unit|account|security)\.[a-z_]+$`)
	for _, s := range allSources(t) {
		if !s.product() || s.room == "" || s.generated() {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			kv, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			if k, ok := kv.Key.(*ast.Ident); !ok || k.Name != "Kind" && k.Name != "Emits" {
				return true
			}
			lit, ok := kv.Value.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			if kind, _ := strconv.Unquote(lit.Value); form.MatchString(kind) {
				written[kind] = true
				if kinds[kind] == "" && !strings.HasPrefix(s.room, "draft") && !isJob(s, kind) {
					t.Errorf("%s: the kind %s has no label", fset.Position(lit.Pos()), kind)
				}
			}
			return true
		})
	}
	if len(written) < 30 {
		t.Errorf("only %d kinds found in the code", len(written))
	}
	for _, a := range casework.OnSpot.Acts {
		if kinds[a.Emits] == "" {
			t.Errorf("act %s emits %s, which has no label", a.ID, a.Emits)
		}
	}
	for k, label := range kinds {
		if strings.TrimSpace(label) == "" {
			t.Errorf("%s has an empty label", k)
		}
	}
}

// isJob reports whether the literal is the kind of a job, which people do not read in a timeline.
func isJob(s source, kind string) bool { return strings.Contains(kind, "render") || s.room == "jobs" }

const glossaryFile = root + "/docs/glossary.md"

var (
	glossaryRow = regexp.MustCompile(`(?m)^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|`)
	quotedCode  = regexp.MustCompile("`([^`]+)`")
)

// glossary reads docs/glossary.md: by section, the Chinese word with its identifiers.
func glossary(t *testing.T) map[string]map[string][]string {
	t.Helper()
	text, err := os.ReadFile(glossaryFile)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string][]string{}
	n := 0
	for _, section := range strings.Split(string(text), "\n## ")[1:] {
		title, body, _ := strings.Cut(section, "\n")
		words := map[string][]string{}
		for _, m := range glossaryRow.FindAllStringSubmatch(body, -1) {
			han := strings.TrimSpace(m[1])
			if han == "中文" || strings.HasPrefix(han, "---") {
				continue
			}
			if words[han] != nil {
				t.Errorf("glossary: %s stands twice under %s", han, title)
			}
			for _, id := range quotedCode.FindAllStringSubmatch(m[3], -1) {
				words[han] = append(words[han], id[1])
			}
			if words[han] == nil {
				t.Errorf("glossary: %s has no identifier", han)
			}
			n++
		}
		out[title] = words
	}
	if n < 120 {
		t.Fatalf("the glossary has only %d words", n)
	}
	return out
}

// studied: every package of training and exams has its word.
func studied(t *testing.T, words map[string][]string) {
	t.Helper()
	named := slices.Concat(slices.Collect(maps.Values(words))...)
	for _, pattern := range []string{"/internal/training/*", "/internal/exam/*"} {
		folders, err := filepath.Glob(root + pattern)
		if err != nil || len(folders) == 0 {
			t.Fatal(pattern, err)
		}
		for _, f := range folders {
			if in, err := os.Stat(f); err != nil || !in.IsDir() || filepath.Base(f) == "pages" || filepath.Base(f) == "migrations" {
				continue
			}
			if !slices.Contains(named, filepath.Base(f)) {
				t.Errorf("docs/glossary.md: under 学练考, the package %s has no word", filepath.Base(f))
			}
		}
	}
}

// spokenOf: what a permission is called is said with a word of the glossary.
func spokenOf(t *testing.T, words map[string]map[string][]string) {
	t.Helper()
	var terms []string
	for _, rows := range words {
		for han := range rows {
			terms = append(terms, strings.Split(han, "、")...)
		}
	}
	says := func(label string) bool {
		return slices.ContainsFunc(terms, func(w string) bool { return len([]rune(w)) > 1 && strings.Contains(label, w) })
	}
	for _, p := range access.Permissions() {
		if !says(p.Label) {
			t.Errorf("docs/glossary.md: the permission “%s” has no word of it", p.Label)
		}
	}
}

// TestGlossary: one word, one identifier, both ways; every state, act, step, paper and role is there, and
// nothing is there that the code does not have.
func TestGlossary(t *testing.T) {
	words := glossary(t)
	want := func(section, label, id string) {
		t.Helper()
		if !slices.Contains(words[section][label], id) {
			t.Errorf("docs/glossary.md: under %s, “%s” `%s` is missing", section, label, id)
		}
	}
	for _, s := range casework.OnSpot.States {
		want("案件状态", s.Label, string(s.ID))
	}
	for _, a := range casework.OnSpot.Acts {
		want("办案动作", a.Name, a.ID)
	}
	for _, s := range casework.OrdinaryLine.States {
		want("普通程序的状态", s.Label, string(s.ID))
	}
	for _, p := range casework.Procedures()[1:] {
		for id, name := range p.ActNames() {
			want(p.Name+"的动作", name, id)
		}
	}
	for _, f := range casework.PaperForms {
		want("普通程序的文书", f.Label, string(f.Kind))
	}
	for _, k := range []casework.StepKind{casework.StepShowID, casework.StepTell, casework.StepHear, casework.StepReview, casework.StepCorrect, casework.StepRecheck, casework.StepMeasure, casework.StepFootage, casework.StepEducate, casework.StepRecusal} {
		want("现场步骤", k.Label(), string(k))
	}
	for _, k := range paperKinds {
		want("文书", k.Label(), string(k))
	}
	for _, r := range access.Catalogue().Roles {
		want("角色", r.Label, string(r.Code))
	}
	studied(t, words["学练考"])
	spokenOf(t, words)
	known := identifiers(t)
	for section, rows := range words {
		users := map[string]string{}
		for _, han := range slices.Sorted(maps.Keys(rows)) {
			for _, id := range rows[han] {
				if !known[id] {
					t.Errorf("docs/glossary.md: %s `%s` is not in the code", han, id)
				}
				if users[id] != "" {
					t.Errorf("docs/glossary.md: under %s `%s` stands for %s and %s", section, id, users[id], han)
				}
				users[id] = han
			}
		}
	}
}

// identifiers are all declared names and texts of the program, so that a glossary row points to something.
func identifiers(t *testing.T) map[string]bool {
	out := map[string]bool{}
	for _, s := range allSources(t) {
		if !s.product() {
			continue
		}
		out[s.ast.Name.Name] = true
		ast.Inspect(s.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				out[n.Name] = true
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil {
					out[text] = true
				}
			}
			return true
		})
	}
	roles, err := os.ReadFile(root + "/internal/access/data/roles.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range regexp.MustCompile(`[a-z_]+`).FindAllString(string(roles), -1) {
		out[w] = true
	}
	return out
}

// whereFrom is the name of the source in the positions of generated code; it depends on the folder in which
// the generator was called.
var whereFrom = regexp.MustCompile("FileName: `[^`]*`")

// TestTemplGenerated generates the components anew in a copy and compares.
func TestTemplGenerated(t *testing.T) {
	out, err := exec.Command("go", "tool", "-n", "-modfile="+root+"/tools/lint.mod", "templ").Output()
	if err != nil {
		if os.Getenv("CI") == "" {
			t.Skipf("templ cannot be built here, so the generated components were not compared: %v", err)
		}
		t.Fatal(err)
	}
	dir := t.TempDir()
	committed := map[string]string{}
	err = filepath.WalkDir(root+"/internal", func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(file)
		switch {
		case err != nil:
			return err
		case strings.HasSuffix(file, "_templ.go"):
			committed[rel] = whereFrom.ReplaceAllString(string(text), "")
		case strings.HasSuffix(file, ".templ"):
			to := filepath.Join(dir, rel)
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				return err
			}
			return os.WriteFile(to, text, 0o644)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	version, err := os.ReadFile(root + "/go.mod") // the generator compares its version with it
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "go.mod"), version, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	gen := exec.Command(strings.TrimSpace(string(out)), "generate", "-path", "internal")
	gen.Dir = dir
	if text, err := gen.CombinedOutput(); err != nil {
		t.Fatalf("templ generate: %v: %s", err, text)
	}
	for rel, text := range committed {
		now, err := os.ReadFile(filepath.Join(dir, rel))
		switch {
		case err != nil:
			t.Errorf("%s has no .templ beside it", rel)
		case whereFrom.ReplaceAllString(string(now), "") != text:
			t.Errorf("%s is not what its .templ gives; run make gen", rel)
		}
	}
	made, err := filepath.Glob(filepath.Join(dir, "internal", "*", "*", "*_templ.go"))
	if err != nil || len(made) == 0 {
		t.Fatalf("nothing was generated: %v", err)
	}
	for _, f := range made {
		rel, err := filepath.Rel(dir, f)
		if err != nil {
			t.Fatal(err)
		}
		if committed[rel] == "" {
			t.Errorf("%s is not committed; run make gen", rel)
		}
	}
}

// TestUpdateFlag keeps the name of the flag that the pages above speak of.
func TestUpdateFlag(t *testing.T) {
	if flag.Lookup("update") == nil {
		t.Error("there is no -update")
	}
}
