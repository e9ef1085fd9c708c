package app_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fadu/internal/access"
)

// stale sends a form that was just done once more, from a page that was opened before: nothing is done, and
// the answer is 409 with what was typed and, where the form has it, what is stored.
func (f *filling) stale(form *seenForm, done url.Values) {
	f.t.Helper()
	if !done.Has("version") && !done.Has("_version") || f.older[form.key] {
		return
	}
	f.older[form.key] = true
	v := maps.Clone(done)
	v.Set("_op", f.op(form.who))
	for _, c := range form.controls {
		if c.free() && c.kind != "hidden" && !c.readonly && len([]rune(v.Get(c.name))) > 20 {
			v.Set(c.name, strings.TrimSuffix(v.Get(c.name), string([]rune(v.Get(c.name))[len([]rune(v.Get(c.name)))-1:]))+"另")
		}
	}
	before := f.entries()
	a := f.post(form, f.encoded(form, v, true))
	if notOlder[form.key] != "" {
		return
	}
	if a.status != http.StatusConflict {
		f.t.Errorf("%s（%s）：旧页面再交答 %d %v %.300s", form.key, form.page, a.status, faultsOf(a), textIn(mainOf(a.doc)))
		return
	}
	if after := f.entries(); after != before {
		f.t.Errorf("%s（%s）：旧页面再交也办了", form.key, form.page)
	}
	f.bothShown(form, v, a)
}

// bothShown holds the answer against what was typed and what the form's page has now.
func (f *filling) bothShown(form *seenForm, v url.Values, a *answered) {
	f.t.Helper()
	shown := map[string]bool{}
	for text := range textsOf(a.doc) {
		shown[strings.TrimSpace(text)] = true
	}
	for n := range a.doc.Descendants() {
		if href := attribute(n, "href"); n.Data == "a" && strings.HasPrefix(href, "/w/kept/") {
			for text := range textsOf(f.ask(form.who, http.MethodGet, href, "", nil, "").doc) {
				shown[strings.TrimSpace(text)] = true
			}
		}
	}
	all := strings.Join(slices.Collect(maps.Keys(shown)), "\n")
	now := f.open(form)
	if a.status != http.StatusConflict {
		now = nil // what is stored is said of stale forms alone
	}
	for _, c := range form.controls {
		if !c.free() || c.kind == "hidden" || c.readonly {
			continue
		}
		if typed := v.Get(c.name); !shown[strings.TrimSpace(typed)] {
			f.t.Errorf("%s（%s）：旧页面的 %s 丢了：%.80q", form.key, form.page, c.name, typed)
		}
		if now == nil {
			continue
		}
		if i := slices.IndexFunc(now.controls, func(d *fieldSeen) bool { return d.name == c.name }); i >= 0 {
			stored := strings.Join(now.controls[i].values, "")
			if desk := strings.HasPrefix(form.key, deskActs); desk && stored == strings.Join(c.values, "") {
				continue // what the page proposes nobody stored
			}
			if stored != "" && stored != v.Get(c.name) && proposed[form.key+" "+c.name] == "" {
				f.both++
				if rowCell.MatchString(c.name) && strings.Contains(all, strings.TrimSpace(stored)) {
					continue // a list names its rows together
				}
				if !shown[strings.TrimSpace(stored)] {
					f.t.Errorf("%s（%s）：没有写 %s 现在保存的是 %.80q", form.key, form.page, c.name, stored)
				}
			}
		}
	}
}

// op is a fresh form token of the sitter's session.
func (s *screens) op(p *sitter) string {
	s.t.Helper()
	for n := range s.ask(p, http.MethodGet, "/w/me/password", "", nil, "").doc.Descendants() {
		if attribute(n, "name") == "_op" {
			return attribute(n, "value")
		}
	}
	s.t.Fatal("没有找到表单令牌")
	return ""
}

// unseen are routes whose form no page of this bureau shows, each with why. They are sent tricks blindly; those that are
// more than a button are filled in while a program does the same (see rare).
var unseen = map[string]string{
	"POST /w/cases/{id}/signing/{kind}":                  "本局定为先走审批表的才有",
	"POST /w/cases/staffing/assign":                      "要先在列表里勾选案件",
	"POST /w/deadlines/reminders/{id}/answer":            "只有被督办的人看得到",
	"POST /w/approvals/{id}/perform":                     "最后一栏在纸上签了的才有",
	"POST /w/approvals/{id}/sign":                        "只有轮到的人看得到",
	"POST /w/approvals/{id}/withdraw":                    "只有报批的人看得到",
	"POST /w/registers/records/{id}/submit":              "只有按钮，要待提请核对的记录",
	"POST /w/registers/records/{id}/return":              "要待核的记录，由另一个人退回",
	"POST /w/registers/records/{id}/reopen":              "要已销号的记录",
	"POST /w/registers/records/{id}/pass":                "要待核的记录，由另一个人核对",
	"POST /w/registers/books/{id}/publish":               "只有按钮，要草稿",
	"POST /w/registers/books/{id}/drop":                  "只有按钮，要草稿",
	"POST /w/registers/books/{id}/end":                   "要使用中的一版",
	"POST /w/training/runs/{id}/act":                     "只有本人进行中的演练才有；写的话不在页面上出现",
	"POST /w/training/runs/{id}/leave":                   "只有按钮，本人进行中的演练才有",
	"POST /w/training/runs/{id}/again":                   "只有按钮，本人的练习才有",
	"POST /w/training/scenes/{id}/publish":               "只有按钮，要待批准的情景",
	"POST /w/training/scenes/{id}/return":                "要待批准的情景，由另一个人退回",
	"POST /w/training/drafts/{id}/restore":               "只有按钮，要改过的草稿",
	"POST /w/training/drafts/{id}/submit":                "只有按钮，要检查通过的草稿",
	"POST /w/training/drafts/{id}/withdraw":              "只有按钮，要送审的草稿",
	"POST /w/bank/{id}/approve":                          "只有按钮，要待审定的题目",
	"POST /w/bank/{id}/return":                           "要待审定的题目，审定的人",
	"POST /w/bank/{id}/restore":                          "要停用了的题目",
	"POST /w/practice/questions/{code}/keep":             "只有按钮，本人作答以后才有",
	"POST /w/exams/{id}/start":                           "只有按钮，考生本人候考、入场时才有",
	"POST /w/attempts/{id}/take-over":                    "只有按钮，本人正在别处答的卷才有",
	"POST /w/attempts/{id}/answers":                      "要本人在这台设备上正在答的卷，见 sitting 的测试",
	"POST /w/candidates/{id}/grant":                      "要没有考完的考试的考生",
	"POST /w/candidates/{id}/defer":                      "要没有考完的考试的考生",
	"POST /w/candidates/{id}/remove":                     "要没有考完的考试的考生",
	"POST /w/sittings/{id}":                              "要没有定卷的考试",
	"POST /w/sittings/{id}/freeze":                       "只有按钮，要没有定卷的考试",
	"POST /w/sittings/{id}/publish":                      "只有按钮，要阅完卷的考试",
	"POST /w/sittings/{id}/make-up":                      "要公布了的考试",
	"POST /w/candidates/{id}/reinstate":                  "要成绩作废了的考生",
	"POST /w/motions/{id}/approve":                       "只有按钮，要别人提请的事项",
	"POST /w/motions/{id}/refuse":                        "要别人提请的事项",
	"POST /w/motions/{id}/withdraw":                      "要待批准的事项",
	"POST /w/scripts/{id}":                               "要指定的评卷人、还没有评完的作答；填写的话不给考生看",
	"POST /w/bank/review":                                "只有按钮，要等待审定的题目",
	"POST /w/sittings/{id}/markers":                      "要没有阅完卷、有要人评的题的考试",
	"POST /w/sittings/{id}/dismiss":                      "只有按钮，要指定过评卷人",
	"POST /sign-in/code":                                 "要先设置动态口令",
	"POST /w/me/second-factor/confirm":                   "要先设置动态口令",
	"POST /w/me/second-factor/recovery":                  "要先设置动态口令",
	"POST /w/me/second-factor/stop":                      "要先设置动态口令",
	"POST /w/accounts/{id}/second-factor":                "那个账号没有设置动态口令",
	"POST /w/me/sessions/{id}/end":                       "只有按钮，要在两处登录",
	"POST /w/accounts/{id}/identity":                     "没有接统一身份认证",
	"POST /w/bank/{id}/recheck":                          "要引用的条文修改过的题目，审定的人",
	"POST /w/courses/{id}/chapters/{number}":             "只有按钮，学员本人在学的章节才有",
	"POST /w/course-books/{id}/approve":                  "只有按钮，要待审定的课程",
	"POST /w/course-books/{id}/return":                   "要待审定的课程，审定的人",
	"POST /w/course-books/{id}/restore":                  "要停用了的课程",
	"POST /w/points/rules/{id}/withdraw":                 "要还没有开始的一版规则",
	"POST /w/cohorts/{id}/close":                         "只有按钮",
	"POST /w/cohorts/{id}/reopen":                        "要结了班的班次",
	"POST /w/lessons/{id}/sign":                          "只有按钮，扫码打开才有",
	"POST /w/register-import/{id}/publish":               "只有按钮，要整批都对",
	"POST /w/register-import/{id}/withdraw":              "只有按钮，要发布到一半",
	"POST /w/register-import/{id}/acknowledge":           "这一类表没有自报的总数，永远没有这张表单",
	"POST /w/registers/imports/{id}/undo":                "要先发布一批导入",
	"POST /w/bank-import/{id}/publish":                   "只有按钮，要整批都对",
	"POST /w/bank-import/{id}/withdraw":                  "只有按钮，要发布到一半",
	"POST /w/bank-import/{id}/acknowledge":               "这一类表没有自报的总数，永远没有这张表单",
	"POST /w/calendar/import/{id}/publish":               "只有按钮，要整批都对",
	"POST /w/past-report-import/{id}/publish":            "只有按钮，要整批都对",
	"POST /w/past-report-import/{id}/withdraw":           "只有按钮，要发布到一半",
	"POST /w/past-report-import/{id}/acknowledge":        "这一类表没有自报的总数，永远没有这张表单",
	"POST /w/org/import/{id}/publish":                    "只有按钮，要整批都对",
	"POST /w/powers/import/{id}/publish":                 "只有按钮，要整批都对",
	"POST /w/calendar/import/{id}/withdraw":              "只有按钮，要发布到一半",
	"POST /w/org/import/{id}/withdraw":                   "只有按钮，要发布到一半",
	"POST /w/powers/import/{id}/withdraw":                "只有按钮，要发布到一半",
	"POST /w/powers/adjustments/{id}/check":              "要提交过的调整，审核的人",
	"POST /w/powers/adjustments/{id}/return":             "要提交过的调整，审核的人",
	"POST /w/powers/adjustments/{id}/record":             "要审核过的调整",
	"POST /w/powers/item/{code}/adopt":                   "要没有承接的事项",
	"POST /w/powers/item/{code}/confirm":                 "要没有核对的事项",
	"POST /w/powers/item/{code}/issue":                   "要没有发布的事项",
	"POST /w/calendar/import/{id}/acknowledge":           "这一类表没有自报的总数，永远没有这张表单",
	"POST /w/org/import/{id}/acknowledge":                "这一类表没有自报的总数，永远没有这张表单",
	"POST /w/registers/records/{id}/cancel":              "样本里的记录轮到时已经往下办了",
	"POST /w/registers/records/{id}/files/{file}/remove": "同上",
	"POST /w/sittings/{id}/thaw":                         "同上",
	"POST /w/cases/{id}/packet":                          "只有按钮，要催告过的案件",
	"POST /w/numbers/notes":                              "要有空缺的案件号",
	"POST /w/cases/{id}/seal":                            "只有按钮，要没有预先盖章的决定书",
	"POST /w/papers/{id}/seal":                           "只有按钮，要没有预先盖章的文书",
	"POST /w/papers/{id}/retry":                          "只有按钮，要没有做成的文件",
	"POST /w/papers/{id}/delivery":                       "要没有交付的通知单",
	"POST /w/cases/{id}/payments/{payment}/hand-in":      "要没有交回的现金",
	"POST /w/cases/{id}/payments/{payment}/deposit":      "要没有缴存的现金",
	"POST /w/money/hand-in":                              "要没有交回的现金",
	"POST /w/money/deposit":                              "要没有缴存的现金",
	"POST /w/money/cases/{id}/payments":                  "与案件页的缴款表单相同，在待缴清单里",
	"POST /w/money/statement-lines/{id}":                 "要对不上的流水",
	"POST /w/cases/{id}/change-void":                     "要没有送达的变更",
	"POST /w/cases/{id}/hear-again":                      "要告知过的变更",
	"POST /w/cases/{id}/plan-approval":                   "要申请过的分期",
	"POST /w/cases/{id}/plan-refusal":                    "要申请过的分期",
	"POST /w/cases/{id}/plan-end":                        "要批准过的分期",
	"POST /w/cases/{id}/entry-confirmation":              "要补录过的手写文书",
	"POST /w/cases/{id}/entry-ruling":                    "要迟补录的手写文书",
	"POST /w/booklets/{id}/numbers/{number}/report":      "第一本已经核销，号都有去向",
	"POST /w/booklets/{id}/numbers/{number}/void":        "第一本已经核销，号都有去向",
	"POST /w/booklets/{id}/numbers/{number}/lose":        "第一本已经核销，号都有去向",
	"POST /w/booklets/{id}/numbers/{number}/restore":     "要作废过的号",
	"POST /w/booklets/{id}/numbers/{number}/entry":       "要待补录的号",
}

// proposed are fields that a fresh form fills in though nobody saved it.
var proposed = map[string]string{"POST /w/cases/{id}/acts/store-preserved condition": "入库时的状况，每次都这样提议"}

// notOlder are forms that a page opened before may send again, or that name first what else is wrong.
var notOlder = map[string]string{
	"POST /w/accounts/{id}/second-factor": "先说那个账号已经没有动态口令",
	"POST /w/accounts/{id}/unlock":        "已经解锁的再解锁，没有变化",
	"POST /w/case-views/{id}":             "别人共享的，只定自己打开时用不用，再定一次没有变化",
	"POST /w/case-views/{id}/remove":      "已经删去的视图找不到了",
	"POST /w/org/subjects/{id}/units":     "先说那个机构已经对应",
	"POST /w/units/{id}/end":              "先说机构已经停用",
}

// everyRoute fails for a route that takes a form and whose form no page showed, and for a form with a
// version that was not sent stale.
func (f *filling) everyRoute() {
	f.t.Helper()
	seen, names := map[string]bool{}, map[string]bool{}
	for _, form := range slices.Clone(f.forms) {
		seen[f.patternOf(form.method, form.action)] = true
		for _, c := range form.controls {
			names[c.name] = true
		}
		versioned := slices.ContainsFunc(form.controls, func(c *fieldSeen) bool { return c.name == "version" || c.name == "_version" })
		if versioned && !f.older[form.key] {
			f.refusedOlder(form)
		}
	}
	for _, rt := range f.site.App.Routes() {
		method, pattern, _ := strings.Cut(rt.Pattern, " ")
		if method != http.MethodPost || strings.HasPrefix(pattern, "/api/") || seen[rt.Pattern] {
			continue
		}
		if unseen[rt.Pattern] == "" && !strings.HasPrefix(rt.Pattern, deskActs) { // those TestOrdinaryTextIsShownAsText fills in
			f.t.Errorf("%s：哪一页上都没有看到它的表单", rt.Pattern)
		}
		f.blindly(rt, names)
	}
	f.t.Logf("旧页面 %d 种表单，两个版本都写出 %d 项；全角数字 %d 项，身份号码 %d 项", len(f.older), f.both, len(f.wide), len(f.numbered))
	if f.both < 10 || len(f.wide) < 30 || len(f.numbered) < 4 {
		f.t.Error("太少了：这个试验没有走到该走的表单")
	}
}

// refusedOlder sends a form whose act the walk could not do with a version that is none: it is refused for
// that or for what else is wrong, and keeps what was typed.
func (f *filling) refusedOlder(form *seenForm) {
	f.t.Helper()
	g := f.open(form)
	if g == nil {
		return
	}
	v := f.proposal(g, false)
	for _, name := range []string{"version", "_version"} {
		if v.Has(name) {
			v.Set(name, "999")
		}
	}
	before := f.entries()
	a := f.post(g, f.encoded(g, v, true))
	if a.status != http.StatusConflict && a.status != http.StatusUnprocessableEntity || f.entries() != before {
		f.t.Errorf("%s（%s）：不认识的版本答 %d，留痕多了 %d 条", g.key, g.page, a.status, f.entries()-before)
		return
	}
	f.older[form.key] = true
	f.bothShown(g, v, a)
}

// blindly sends tricks under every name that any form has.
func (f *filling) blindly(rt access.Route, names map[string]bool) {
	f.t.Helper()
	_, pattern, _ := strings.Cut(rt.Pattern, " ")
	path, ok := pathOf(pattern, f.found)
	if !ok {
		return
	}
	p := f.as("officer102")
	for _, q := range f.people {
		if q.actor.may(rt.Allow) && q.actor.login != "" {
			p = q
		}
	}
	v := url.Values{}
	for name := range names {
		v.Set(name, f.text("blind "+name, 200))
	}
	v.Set("_op", f.op(p))
	v.Set("version", "999")
	v.Set("_version", "999")
	if a := f.ask(p, http.MethodPost, path, "application/x-www-form-urlencoded", []byte(v.Encode()), ""); a.status != http.StatusSeeOther {
		f.answers = append(f.answers, a)
	}
}
