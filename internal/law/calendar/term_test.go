package calendar

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fadu/internal/law"
)

// The names and bases that the recheck door promises.
//
//go:embed testdata/door_rules.tsv
var doorRules string

func TestEveryRuleOfTheDoor(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(doorRules), "\n")[1:]
	if len(lines) != 51 {
		t.Fatalf("名单有 %d 条，应为 51 条", len(lines))
	}
	for _, line := range lines {
		f := strings.Split(line, "\t")
		term, err := StatutoryTerms().Find(f[0], day("2026-09-01"))
		if err != nil {
			t.Error(err)
			continue
		}
		if term.Article != f[2] {
			t.Errorf("%s：依据“%s”，应为“%s”", f[0], term.Article, f[2])
		}
		if f[1] != "" && term.Start != f[1] {
			t.Errorf("%s：起算“%s”，应为“%s”", f[0], term.Start, f[1])
		}
	}
}

// The register of law.md 期限规则注册表: code, count, unit, roll. Unit r = roll, n = not.
func TestRegisterOfTerms(t *testing.T) {
	const register = `CF_HEAR_REQ 5 workday n
CF_HEAR_NOTICE 7 workday n
CF_SERVE 7 workday n
CF_REG_SAVE 7 workday n
CF_CASH_IN 2 workday n
CF_CASH_BANK 2 workday n
CF_WITHDRAW 3 workday n
CF_PAY 15 day r
CF_DECIDE 90 day n
CF_LIMIT2 2 year n
CF_LIMIT5 5 year n
MOHURD_FILE 15 workday n
MOHURD_DEFENCE 5 workday n
MOHURD_LEGAL 10 workday n
MOHURD_CLOSE 15 workday n
MOHURD_JURIS 7 workday n
MOHURD_EADDR 5 workday n
MOHURD_ONSPOT_REC 3 workday n
MOHURD_PUB 7 workday n
QZ_URGENT 24 hour n
QZ_SEAL 30 day n
QZ_DEMAND 10 workday n
QZ_APPLY 3 month n
QZ_SUBST 3 workday n
QZ_COURT_ACC 5 workday n
QZ_COURT_RULE 7 workday n
QZ_RECONS 15 day r
FY_APPLY 60 day r
FY_ACCEPT 5 workday n
FY_FWD 5 workday n
FY_SUPP 10 workday n
FY_COPY 7 workday n
FY_COPY_S 3 workday n
FY_REPLY 10 workday n
FY_REPLY_S 5 workday n
FY_DECIDE 60 day r
FY_DECIDE_S 30 day r
FY_OPINION 60 day r
SS_SUE 6 month r
SS_SUE_FY 15 day r
SS_ANSWER 15 day r
SS_APPEAL_J 15 day r
SS_APPEAL_R 10 day r
XX_PUB 20 workday n
XX_REPLY 20 workday n
XX_THIRD 15 workday n
SG_PUB7 7 workday n
SG_PUB20 20 workday n
SG_YEAR 0 date n
FZ_REPORT 0 date n
FZ_PUB 0 date n
MOHURD_STAT 0 date n
XF_FEEDBACK 10 workday n
XF_ACCEPT 3 workday n
SS_SUMMON 3 day n
MS_NOTICE 30 day n
YS_TRANSFER 24 hour n
YS_APPROVE 3 day n`
	for _, line := range strings.Split(register, "\n") {
		f := strings.Fields(line)
		term, err := StatutoryTerms().Find(f[0], day("2026-09-01"))
		if err != nil {
			t.Error(err)
			continue
		}
		roll := map[bool]string{true: "r", false: "n"}[term.Roll]
		if got := fmt.Sprint(term.Code, " ", term.Count, " ", term.Unit, " ", roll); got != line {
			t.Errorf("得到 %s，应为 %s", got, line)
		}
	}
}

var (
	provision = regexp.MustCompile(`第([\d、]+)条(?:第([\d、]+)款)?(?:第([\d、]+)项)?`)
	numbers   = regexp.MustCompile(`\d+`)
)

// articleCitations reads what an article string says, provision by provision.
func articleCitations(article string) []string {
	var out []string
	for _, part := range strings.Split(article, "；") {
		title, _, _ := strings.Cut(part, "第")
		if !provision.MatchString(part) {
			title, _, _ = strings.Cut(part, "(")
			out = append(out, title)
			continue
		}
		for _, m := range provision.FindAllStringSubmatch(part, -1) {
			paras, items := numbers.FindAllString(m[2], -1), numbers.FindAllString(m[3], -1)
			for _, a := range numbers.FindAllString(m[1], -1) {
				for _, p := range append(paras, "0")[:max(1, len(paras))] {
					for _, i := range append(items, "0")[:max(1, len(items))] {
						out = append(out, fmt.Sprintf("%s %s/%s/%s", title, a, p, i))
					}
				}
			}
		}
	}
	return out
}

func TestArticleSaysWhatIsCited(t *testing.T) {
	aliases := map[string]string{"住建部令第55号": "住建部令第55号", "信用信息修复管理办法": "信用信息修复管理办法（试行）"}
	for _, term := range StatutoryTerms().List() {
		// 住建部令第55号 has a 第 in its title.
		article := strings.ReplaceAll(term.Article, "住建部令第55号", "住建部令55号")
		want := articleCitations(article)
		var got []string
		for _, c := range term.Cite {
			title := law.Title(c.Statute)
			if title == "住建部令第55号" {
				title = "住建部令55号"
			}
			if c.Article == 0 {
				for alias, full := range aliases {
					if full == title {
						title = alias
					}
				}
				got = append(got, title)
				continue
			}
			got = append(got, fmt.Sprintf("%s %d/%d/%d", title, c.Article, c.Para, c.Item))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s：依据文字“%s”是 %v，结构化依据是 %v", term.Code, term.Article, want, got)
		}
	}
}

func TestBadTermsAreRefused(t *testing.T) {
	const good = `{code: A_B, names: [甲], start: 乙, count: 5, unit: workday, from: 2021-07-15, mark: 核, article: 行政处罚法第85条, cite: [{statute: XZCF, article: 85}]}`
	if _, err := LoadTerms(strings.NewReader("- " + good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"没有依据", `cite: [{statute: XZCF, article: 85}]`, `cite: []`, "没有依据"},
		{"法规没有登记", `statute: XZCF`, `statute: XXX`, "法规登记表里没有"},
		{"条号不存在", `article: 85}]`, `article: 987}]`, "没有第987条"},
		{"没有条号", `statute: XZCF, article: 85`, `statute: XZCF`, "没有条号"},
		{"施行早于法律", `from: 2021-07-15`, `from: 2021-07-14`, "不覆盖"},
		{"法律已废止而期限没有止日", `{statute: XZCF, article: 85}`, `{statute: XYXF58, section: 一}`, "不覆盖"},
		{"没有施行日", `from: 2021-07-15, `, ``, "没有施行日"},
		{"没有依据文字", `article: 行政处罚法第85条, `, ``, "article"},
		{"单位不对", `unit: workday`, `unit: week`, "单位"},
		{"数值为零", `count: 5`, `count: 0`, "数值"},
		{"工作日写了顺延", `unit: workday`, `unit: workday, roll: true`, "末日顺延"},
		{"写错字段名", `unit: workday`, `unit: workday, rol: true`, "rol"},
		{"规则码不对", `code: A_B`, `code: 甲`, "规则码"},
		{"没有名称", `names: [甲]`, `names: []`, "没有名称"},
		{"标记不对", `mark: 核`, `mark: 真`, "标记"},
		{"没有起算事件", `start: 乙, `, ``, "起算事件"},
		{"小时倒推", `unit: workday`, `unit: hour, backward: true`, "倒推"},
		{"止日早于起日", `from: 2021-07-15`, `from: 2022-07-15, until: 2022-01-01`, "倒置"},
		{"定日月份不对", `count: 5, unit: workday`, `unit: date, month: 13, day: 1`, "月日"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := strings.Replace(good, c.from, c.to, 1)
			if bad == good {
				t.Fatal("用例没有改动数据")
			}
			if _, err := LoadTerms(strings.NewReader("- " + bad)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("得到 %v，应指出“%s”", err, c.want)
			}
		})
	}
	second := strings.Replace(good, "names: [甲]", "names: [甲, 丙]", 1)
	for name, file := range map[string]string{
		"版本重叠":    "- " + good + "\n- " + second,
		"名称归了两个码": "- " + good + "\n- " + strings.Replace(good, "A_B", "A_C", 1),
		"空文件":     "",
		"不是列表":    "code: A",
	} {
		if _, err := LoadTerms(strings.NewReader(file)); err == nil {
			t.Errorf("%s：应拒绝", name)
		}
	}
	versions := strings.Replace(good, "from: 2021-07-15", "from: 2021-07-15, until: 2022-12-31", 1) + "\n- " +
		strings.Replace(good, "from: 2021-07-15", "from: 2023-01-01", 1)
	if _, err := LoadTerms(strings.NewReader("- " + versions)); err != nil {
		t.Errorf("前后相接的两个版本：%v", err)
	}
}

func TestFindForgivesTyping(t *testing.T) {
	for _, name := range []string{"查封、扣押期限(扣除鉴定)", "查封、扣押期限（扣除鉴定）", " 查封、扣押期限 (扣除鉴定) ", "QZ_SEAL_TEST"} {
		if term, err := StatutoryTerms().Find(name, day("2026-03-02")); err != nil || term.Code != "QZ_SEAL_TEST" {
			t.Errorf("%q：%v（%v）", name, term.Code, err)
		}
	}
	if _, err := StatutoryTerms().Find("没有这条", day("2026-03-02")); err == nil {
		t.Error("不存在的规则应报错")
	}
}
