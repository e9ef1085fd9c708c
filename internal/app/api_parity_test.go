package app_test

import (
	"strings"
	"testing"

	"fadu/internal/access"
)

// sameAct names the call that does what a page's route does, where it stands at another place than the
// page's without /w.
var sameAct = map[string]string{
	"GET /w/training":                                    "GET /api/v1/training/scenes",
	"GET /w/training/scenes":                             "GET /api/v1/training/versions",
	"POST /w/training/scenes":                            "POST /api/v1/training/drafts",
	"GET /w/training/drafts/{id}/file":                   "GET /api/v1/training/drafts/{id}",
	"GET /w/training/drafts/{id}/trial":                  "GET /api/v1/training/drafts/{id}",
	"POST /w/training/scenes/{id}/copy":                  "POST /api/v1/training/versions/{id}/copy",
	"POST /w/training/scenes/{id}/return":                "POST /api/v1/training/versions/{id}/return",
	"GET /w/training/scenes/{id}":                        "GET /api/v1/training/versions/{id}",
	"GET /w/training/scenes/{id}/file":                   "GET /api/v1/training/versions/{id}",
	"POST /w/training/scenes/{id}/publish":               "POST /api/v1/training/versions/{id}/publish",
	"POST /w/training/scenes/{id}/end":                   "POST /api/v1/training/versions/{id}/end",
	"GET /w/training/runs/{id}/paper":                    "GET /api/v1/training/runs/{id}",
	"POST /w/registers/books/new":                        "POST /api/v1/registers/books",
	"POST /w/registers/of/{code}/new":                    "POST /api/v1/registers/of/{code}",
	"POST /w/registers/of/{code}/quick":                  "POST /api/v1/registers/of/{code}",
	"POST /w/registers/records/{id}/files/{file}/remove": "POST /api/v1/registers/records/{id}/remove-file",
	"GET /w/practice":                                    "GET /api/v1/practice/next",
	"POST /w/practice/questions/{code}/keep":             "POST /api/v1/practice/kept",
	"POST /w/cases/{id}/acts/void-paper":                 "POST /api/v1/cases/{id}/void",
	"POST /w/cases/{id}/signing/{kind}":                  "POST /api/v1/approvals",
	"GET /w/ledger":                                      "GET /api/v1/ledger/entries",
	"GET /w/numbers":                                     "GET /api/v1/case-numbers",
	"POST /w/numbers/notes":                              "POST /api/v1/case-numbers/notes",
	"POST /w/accounts/{id}":                              "POST /api/v1/accounts/{id}/edit",
	"GET /w/sittings":                                    "GET /api/v1/exams",
	"POST /w/sittings":                                   "POST /api/v1/exams",
	"GET /w/sittings/{id}":                               "GET /api/v1/exams/{id}",
	"POST /w/sittings/{id}":                              "POST /api/v1/exams/{id}/edit",
	"GET /w/sittings/{id}/items":                         "GET /api/v1/exams/{id}/items",
	"POST /w/sittings/{id}/roster":                       "POST /api/v1/exams/{id}/roster",
	"POST /w/sittings/{id}/freeze":                       "POST /api/v1/exams/{id}/freeze",
	"POST /w/sittings/{id}/thaw":                         "POST /api/v1/exams/{id}/thaw",
	"POST /w/sittings/{id}/cancel":                       "POST /api/v1/exams/{id}/cancel",
	"POST /w/sittings/{id}/publish":                      "POST /api/v1/exams/{id}/publish",
	"GET /w/sittings/{id}/marking":                       "GET /api/v1/exams/{id}/marking",
	"POST /w/sittings/{id}/markers":                      "POST /api/v1/exams/{id}/markers",
	"POST /w/sittings/{id}/dismiss":                      "POST /api/v1/exams/{id}/dismiss",
	"GET /w/marking":                                     "GET /api/v1/exam-marking",
	"GET /w/marking/{id}":                                "GET /api/v1/exam-marking/{id}",
	"GET /w/marking/{id}/next":                           "GET /api/v1/exam-marking/{id}/next",
	"GET /w/scripts/{id}":                                "GET /api/v1/exam-scripts/{id}",
	"POST /w/scripts/{id}":                               "POST /api/v1/exam-scripts/{id}/mark",
	"GET /w/candidates/{id}":                             "GET /api/v1/exam-candidates/{id}",
	"POST /w/candidates/{id}/grant":                      "POST /api/v1/exam-candidates/{id}/grant",
	"POST /w/candidates/{id}/defer":                      "POST /api/v1/exam-candidates/{id}/defer",
	"POST /w/candidates/{id}/void":                       "POST /api/v1/exam-candidates/{id}/void",
	"POST /w/candidates/{id}/reinstate":                  "POST /api/v1/exam-candidates/{id}/reinstate",
	"POST /w/sittings/{id}/make-up":                      "POST /api/v1/exams/{id}/make-up",
	"POST /w/sittings/{id}/correct":                      "POST /api/v1/exams/{id}/correct",
	"GET /w/motions":                                     "GET /api/v1/exam-motions",
	"GET /w/motions/{id}":                                "GET /api/v1/exam-motions/{id}",
	"POST /w/motions/{id}/approve":                       "POST /api/v1/exam-motions/{id}/approve",
	"POST /w/motions/{id}/refuse":                        "POST /api/v1/exam-motions/{id}/refuse",
	"POST /w/motions/{id}/withdraw":                      "POST /api/v1/exam-motions/{id}/withdraw",
	"POST /w/candidates/{id}/remove":                     "POST /api/v1/exam-candidates/{id}/remove",

	"POST /w/cohorts/{id}":                                         "POST /api/v1/cohorts/{id}/change",
	"POST /w/lessons/{id}":                                         "POST /api/v1/lessons/{id}/change",
	"GET /w/courses/{id}/chapters/{number}":                        "GET /api/v1/courses/{id}",
	"POST /w/courses/{id}/chapters/{number}":                       "POST /api/v1/courses/{id}/beat",
	"POST /w/settings/{key}":                                       "POST /api/v1/settings/{code}",
	"GET /w/settings/{key}":                                        "GET /api/v1/settings",
	"POST /w/bank-import/{id}/rows/{row}":                          "POST /api/v1/bank-import/{id}/mend-row",
	"POST /w/bank-import/{id}/rows/{row}/remove":                   "POST /api/v1/bank-import/{id}/remove-row",
	"POST /w/register-import/{id}/rows/{row}":                      "POST /api/v1/register-import/{id}/mend-row",
	"POST /w/register-import/{id}/rows/{row}/remove":               "POST /api/v1/register-import/{id}/remove-row",
	"POST /w/calendar/import/{id}/rows/{row}":                      "POST /api/v1/calendar/import/{id}/mend-row",
	"POST /w/calendar/import/{id}/rows/{row}/remove":               "POST /api/v1/calendar/import/{id}/remove-row",
	"POST /w/past-report-import/{id}/rows/{row}":                   "POST /api/v1/past-report-import/{id}/mend-row",
	"POST /w/past-report-import/{id}/rows/{row}/remove":            "POST /api/v1/past-report-import/{id}/remove-row",
	"POST /w/org/import/{id}/rows/{row}":                           "POST /api/v1/org/import/{id}/mend-row",
	"POST /w/org/import/{id}/rows/{row}/remove":                    "POST /api/v1/org/import/{id}/remove-row",
	"GET /w/calendar/years/{year}":                                 "GET /api/v1/calendar",
	"POST /w/org/people/new":                                       "POST /api/v1/org/people",
	"POST /w/org/people/{id}/absences/{absence}":                   "POST /api/v1/org/people/{id}/back",
	"POST /w/org/people/{id}/postings/{posting}":                   "POST /api/v1/org/postings/{id}/correct",
	"POST /w/org/people/{id}/postings/{posting}/annul":             "POST /api/v1/org/postings/{id}/annul",
	"POST /w/org/people/{id}/certificates":                         "POST /api/v1/org/certificates",
	"POST /w/org/certificates/{id}/suspensions/{suspension}":       "POST /api/v1/org/certificates/{id}/resume",
	"POST /w/org/certificates/{id}/suspensions/{suspension}/annul": "POST /api/v1/org/certificates/{id}/annul-suspension",
	"POST /w/org/subjects/new":                                     "POST /api/v1/org/subjects",
	"POST /w/org/subjects/{id}/units/{binding}":                    "POST /api/v1/org/subjects/{id}/end-unit",

	"GET /w/powers/import":                         "GET /api/v1/power-imports",
	"POST /w/powers/import":                        "POST /api/v1/power-imports",
	"GET /w/powers/import/{id}":                    "GET /api/v1/power-imports/{id}",
	"POST /w/powers/import/{id}/publish":           "POST /api/v1/power-imports/{id}/publish",
	"POST /w/powers/import/{id}/withdraw":          "POST /api/v1/power-imports/{id}/withdraw",
	"POST /w/powers/import/{id}/discard":           "POST /api/v1/power-imports/{id}/discard",
	"POST /w/powers/import/{id}/acknowledge":       "POST /api/v1/power-imports/{id}/acknowledge",
	"POST /w/powers/import/{id}/rows/{row}":        "POST /api/v1/power-imports/{id}/mend-row",
	"POST /w/powers/import/{id}/rows/{row}/remove": "POST /api/v1/power-imports/{id}/remove-row",
	"GET /w/powers/adjustments":                    "GET /api/v1/power-adjustments",
	"GET /w/powers/adjustments/{id}":               "GET /api/v1/power-adjustments/{id}",
	"POST /w/powers/adjustments":                   "POST /api/v1/power-adjustments",
	"POST /w/powers/adjustments/{id}/edit":         "POST /api/v1/power-adjustments/{id}/edit",
	"POST /w/powers/adjustments/{id}/file":         "POST /api/v1/power-adjustments/{id}/file",
	"POST /w/powers/adjustments/{id}/check":        "POST /api/v1/power-adjustments/{id}/check",
	"POST /w/powers/adjustments/{id}/return":       "POST /api/v1/power-adjustments/{id}/return",
	"POST /w/powers/adjustments/{id}/record":       "POST /api/v1/power-adjustments/{id}/record",
	"POST /w/powers/adjustments/{id}/withdraw":     "POST /api/v1/power-adjustments/{id}/withdraw",
	"GET /w/powers/affected":                       "GET /api/v1/power-affected",
	"POST /w/powers/affected/{id}":                 "POST /api/v1/power-affected/{id}",
	"POST /w/powers/adopt":                         "POST /api/v1/power-items/adopt",
	"POST /w/powers/item/{code}/adopt":             "POST /api/v1/power-items/adopt",
	"POST /w/powers/item/{code}/confirm":           "POST /api/v1/power-items/{id}/confirm",
	"POST /w/powers/item/{code}/end":               "POST /api/v1/power-items/{id}/end",
	"POST /w/powers/item/{code}/issue":             "POST /api/v1/power-standards/issue",
	"POST /w/powers/issue":                         "POST /api/v1/power-standards/issue",
	"POST /w/powers/item/{code}/guide":             "POST /api/v1/powers/{code}/guide",
	"GET /w/powers/calculator":                     "POST /api/v1/powers/{code}/calculation",
	"GET /w/laws/search":                           "GET /api/v1/articles",
	"GET /w/laws/{id}/{article}":                   "GET /api/v1/laws/{id}/articles/{article}",

	"GET /powers":              "GET /api/v1/public/powers",
	"GET /powers/{code}":       "GET /api/v1/public/powers/{code}",
	"GET /diplomas/{code}":     "GET /api/v1/diplomas/{code}",
	"GET /w/bank/review":       "GET /api/v1/bank",
	"POST /w/bank/review":      "POST /api/v1/bank/{id}/approve",
	"GET /w/diplomas":          "GET /api/v1/exam-diplomas",
	"GET /w/diplomas/{id}":     "GET /api/v1/exam-diplomas/{id}",
	"GET /w/diplomas/{id}/pdf": "GET /api/v1/exam-diplomas/{id}/pdf",
	"GET /v/{code}":            "GET /api/v1/papers/{code}",

	"GET /w/{$}":                                    "GET /api/v1/todo",
	"POST /w/cases/new":                             "POST /api/v1/leads",
	"POST /w/cases/{id}/lead":                       "POST /api/v1/cases/{id}/amend-lead",
	"POST /w/cases/{id}/steps/{kind}":               "POST /api/v1/cases/{id}/steps",
	"POST /w/cases/{id}/steps/{step}/withdraw":      "POST /api/v1/cases/{id}/withdraw-step",
	"POST /w/cases/{id}/proposal":                   "POST /api/v1/cases/{id}/propose",
	"POST /w/cases/{id}/notices":                    "POST /api/v1/cases/{id}/order-paper",
	"POST /w/cases/{id}/decision":                   "POST /api/v1/cases/{id}/decide",
	"POST /w/cases/{id}/signatures":                 "POST /api/v1/cases/{id}/sign",
	"POST /w/cases/{id}/seal":                       "POST /api/v1/papers/{id}/seal",
	"POST /w/cases/{id}/delivery":                   "POST /api/v1/cases/{id}/deliver",
	"POST /w/cases/{id}/cash":                       "POST /api/v1/cases/{id}/collect",
	"POST /w/cases/{id}/payments":                   "POST /api/v1/cases/{id}/pay",
	"POST /w/cases/{id}/payments/{payment}/hand-in": "POST /api/v1/cases/{id}/hand-in",
	"POST /w/cases/{id}/payments/{payment}/deposit": "POST /api/v1/cases/{id}/deposit",
	"POST /w/cases/{id}/filing":                     "POST /api/v1/cases/{id}/file",
	"POST /w/cases/{id}/closing":                    "POST /api/v1/cases/{id}/close",
	"POST /w/cases/{id}/ordinary":                   "POST /api/v1/cases/{id}/to-ordinary",
	"POST /w/cases/{id}/correction":                 "POST /api/v1/cases/{id}/correct",
	"POST /w/cases/{id}/withdrawal":                 "POST /api/v1/cases/{id}/withdraw-publication",
	"POST /w/cases/{id}/plan":                       "POST /api/v1/cases/{id}/apply-terms",
	"POST /w/cases/{id}/plan-approval":              "POST /api/v1/cases/{id}/approve-terms",
	"POST /w/cases/{id}/plan-refusal":               "POST /api/v1/cases/{id}/refuse-terms",
	"POST /w/cases/{id}/plan-end":                   "POST /api/v1/cases/{id}/end-terms",
	"POST /w/cases/{id}/entry-confirmation":         "POST /api/v1/cases/{id}/confirm-entry",
	"POST /w/cases/{id}/entry-ruling":               "POST /api/v1/cases/{id}/keep-entry",
	"POST /w/cases/{id}/revocation":                 "POST /api/v1/cases/{id}/revoke",
	"GET /w/cases/{id}/powers":                      "GET /api/v1/powers",
	"GET /w/cases/{id}/calculate":                   "POST /api/v1/powers/{code}/calculation",
	"GET /w/papers/{id}":                            "GET /api/v1/cases/{id}",
	"GET /w/payments/{id}":                          "GET /api/v1/cases/{id}",
	"GET /w/reviews/opinions/{id}":                  "GET /api/v1/cases/{id}",

	"GET /w/cases/staffing":                          "GET /api/v1/case-staffing",
	"POST /w/cases/staffing/assign":                  "POST /api/v1/case-staffing/assign",
	"POST /w/cases/staffing/handover":                "POST /api/v1/case-staffing/handover",
	"POST /w/money/hand-in":                          "POST /api/v1/cases/{id}/hand-in",
	"POST /w/money/deposit":                          "POST /api/v1/cases/{id}/deposit",
	"POST /w/money/cases/{id}/payments":              "POST /api/v1/cases/{id}/pay",
	"POST /w/money/cases/{id}/refunds":               "POST /api/v1/cases/{id}/refunds",
	"GET /w/money/cases/{id}":                        "GET /api/v1/cases/{id}",
	"GET /w/booklets/{id}/numbers/{number}":          "GET /api/v1/booklets/{id}",
	"POST /w/booklets/{id}/numbers/{number}/report":  "POST /api/v1/booklets/{id}/numbers",
	"POST /w/booklets/{id}/numbers/{number}/void":    "POST /api/v1/booklets/{id}/numbers",
	"POST /w/booklets/{id}/numbers/{number}/lose":    "POST /api/v1/booklets/{id}/numbers",
	"POST /w/booklets/{id}/numbers/{number}/restore": "POST /api/v1/booklets/{id}/numbers",
	"POST /w/booklets/{id}/numbers/{number}/entry":   "POST /api/v1/booklets/{id}/entry",
}

// signedInPerson is why nothing of signing in to a session has a call.
const signedInPerson = "签到由本人在会场用手机扫屏幕上的码，令牌不能代签"

// satInPerson is why nothing of answering an exam has a call.
const satInPerson = "考试由本人在浏览器里答，令牌不能代考"

// onlyPages are the routes that a program has no call for, by why; a pattern may end in *.
var onlyPages = map[string][]string{
	"登录、退出、会话是浏览器的事；程序用令牌":            {"POST /sign-in", "POST /sign-in/code", "POST /sign-out", "POST /w/me/sessions/{id}/end", "GET /w/me", "GET /w/kept/{id}"},
	"密码和动态口令只在本人面前的页面上设，不经过程序":        {"POST /w/me/password", "POST /w/me/second-factor/*", "GET /w/me/second-factor*", "POST /w/accounts/{id}/password"},
	"公开页里没有数据的：门户、说明、填验证码的空白表单、样式、探针": {"GET /{$}", "GET /{rest...}", "GET /about", "GET /v/{$}", "GET /diplomas/{$}", "GET /sign-in*", "GET /assets/", "GET /elder", "GET /rows", "GET /healthz", "GET /readyz"},
	signedInPerson: {"GET /w/lessons/{id}/screen", "GET /w/lessons/{id}/sign", "POST /w/lessons/{id}/sign"},
	satInPerson:    {"GET /w/exams", "GET /w/exams/{id}", "GET /w/exams/{id}/paper", "POST /w/exams/{id}/start", "GET /w/attempts/{id}", "POST /w/attempts/{id}/answers", "POST /w/attempts/{id}/take-over"},
	"令牌不能再造令牌":     {"POST /w/me/tokens"},
	"文件下载和打印页：同样的内容另有分页的调用": {
		"GET /w/training/results/export", "GET /w/registers/of/{code}/export", "GET /w/bank/export", "GET /w/bank/gift", "GET /w/bank/qti", "GET /w/lessons/export", "GET /w/lessons/{id}/export", "GET /w/course-studies/export", "GET /w/points/people/export", "GET /w/cohorts/export", "GET /w/cohorts/{id}/export", "GET /w/courses/{id}/files/{file}", "GET /w/bank/paper", "GET /w/bank/key", "GET /w/bank-import/{id}/problems", "GET /w/register-import/{id}/problems", "GET /w/org/people/export", "GET /w/org/certificates/export", "GET /w/powers/export", "GET /w/powers/adjustments/export", "GET /w/cases/export", "GET /w/booklets/numbers/export", "GET /w/sittings/{id}/export", "GET /w/diplomas/export", "GET /w/sittings/{id}/paper",
		"GET /w/figures/{id}/csv", "GET /w/figures/{id}/xlsx", "GET /w/org/import/{id}/problems", "GET /w/powers/import/{id}/problems", "GET /w/calendar/import/{id}/problems", "GET /w/past-report-import/{id}/problems", "GET /w/past-reports/{id}/xlsx", "GET /w/ledger/export",
		"GET /w/deadlines/export", "GET /w/deadlines/reminders/{id}", "GET /w/store/export", "GET /w/numbers/export", "GET /w/numbers/pdf", "GET /w/parties/{id}/export", "GET /w/store/labels",
	},
	"完整个人信息成批离开系统，只作为写明理由的一个文件；程序逐件查看": {"POST /w/cases/export/full"},
	"填报用的空白模板": {"GET /w/org/import/template", "GET /w/powers/import/template", "GET /w/calendar/import/template", "GET /w/bank-import/template", "GET /w/register-import/template", "GET /w/past-report-import/template", "GET /w/money/statements/template"},
	"换日历以后给领导看一眼的变动，每一条都在留痕里": {"GET /w/deadlines/moves"},
	"发布以前的预览":                            {"GET /w/calendar/preview/{id}"},
	"运行状况另有 /healthz、/readyz 和 /metrics": {"GET /w/system"},
	"检查点的打印页和单条留痕的内容，只给审计员看":             {"GET /w/ledger/checkpoints/{size}", "GET /w/ledger/entries/{id}"},
}

// emptyForm are pages with nothing but an empty form, without a POST of the same address.
var emptyForm = []string{"GET /w/training/drafts/new", "GET /w/training/drafts/{id}/edit", "GET /w/sittings/new", "GET /w/sittings/{id}/edit", "GET /w/sittings/{id}/correct", "GET /w/bank/new", "GET /w/course-books/new", "GET /w/accounts/new", "GET /w/units/new", "GET /w/powers/adjustments/new"}

// otherRight are the pairs whose permission differs on purpose.
var otherRight = map[string]string{
	"GET /w/bank/review":                             "成批审定的页只给审定的人，题目谁看得到题库谁能取",
	"GET /w/cases/{id}/powers":                       "案件里选案由的人都能查权责清单",
	"GET /w/cases/{id}/calculate":                    "能看案件的执法人员都能查权责清单",
	"GET /w/money/cases/{id}":                        "财务都能看案件",
	"POST /w/booklets/{id}/numbers/{number}/report":  "页面问的是登录，谁能登记由命令按领用人判断；接口另要能看案件",
	"POST /w/booklets/{id}/numbers/{number}/void":    "同上",
	"POST /w/booklets/{id}/numbers/{number}/lose":    "同上",
	"POST /w/booklets/{id}/numbers/{number}/restore": "一个调用登记四种去向，恢复的权限由命令判断",
}

// TestEveryPageActHasACall holds the route table of pages against the interface's: every act of a page and
// every list has a call with the same permission, or stands with its reason among the exceptions.
func TestEveryPageActHasACall(t *testing.T) {
	site := oneSite(t)
	allow := map[string]access.Permission{}
	for _, rt := range site.App.Routes() {
		allow[rt.Pattern] = rt.Allow
	}
	used := map[string]bool{}
	excepted := func(pattern string) bool {
		for _, ps := range onlyPages {
			for _, p := range ps {
				if head, many := strings.CutSuffix(p, "*"); p == pattern || many && strings.HasPrefix(pattern, head) {
					used[p] = true
					return true
				}
			}
		}
		return false
	}
	acts := 0
	for _, rt := range site.App.Routes() {
		method, path, _ := strings.Cut(rt.Pattern, " ")
		if strings.HasPrefix(path, "/api/") || excepted(rt.Pattern) {
			continue
		}
		call, named := sameAct[rt.Pattern]
		if !named {
			call = method + " /api/v1" + strings.TrimPrefix(path, "/w")
		}
		right, there := allow[call]
		switch {
		case !there && named:
			t.Errorf("%s：sameAct 说的 %s 不在路由表里", rt.Pattern, call)
		case !there && method == "GET" && form(path, allow):
		case !there:
			t.Errorf("%s：页面能办，接口没有对应的调用。请补上调用，写进 sameAct，或者带理由写进 onlyPages", rt.Pattern)
		case right != rt.Allow && otherRight[rt.Pattern] == "":
			t.Errorf("%s 要求 %q，%s 要求 %q", rt.Pattern, rt.Allow, call, right)
		default:
			acts++
		}
	}
	for pattern := range sameAct {
		if _, there := allow[pattern]; !there {
			t.Errorf("sameAct 里的 %s 已经不在路由表里", pattern)
		}
	}
	for why, ps := range onlyPages {
		for _, p := range ps {
			if !used[p] {
				t.Errorf("onlyPages（%s）里的 %s 没有对应的页面", why, p)
			}
		}
	}
	t.Logf("%d 条页面路由都有对应的调用", acts)
}

// form reports whether a page shows but a form that is sent elsewhere: to its own address, or to that of
// its record.
func form(path string, allow map[string]access.Permission) bool {
	for _, f := range emptyForm {
		if f == "GET "+path {
			return true
		}
	}
	_, own := allow["POST "+path]
	return own
}
