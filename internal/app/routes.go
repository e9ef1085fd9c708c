package app

import (
	"context"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/app/pages"
	"fadu/internal/approval"
	"fadu/internal/cohort"
	"fadu/internal/course"
	"fadu/internal/deadline"
	"fadu/internal/exam"
	"fadu/internal/exam/sitting"
	"fadu/internal/holiday"
	"fadu/internal/register"
	"fadu/internal/report/past"
	"fadu/internal/setting"
	"fadu/internal/training"
	"fadu/internal/web"
)

// nav is the work area's menu; an item without permission does not appear.
func (a *App) nav() []access.NavItem {
	return append([]access.NavItem{
		{Group: "办案", Label: "我的待办", Href: "/w/", Icon: "todo", Phone: true, Count: a.todoCount},
		{Group: "办案", Label: "案件", Href: "/w/cases", Icon: "case", Phone: true, Allow: access.CaseRead},
		{Group: "办案", Label: "指派与交接", Href: "/w/cases/staffing", Icon: "people", Allow: access.CaseApprove},
		{Group: "办案", Label: "登记线索", Href: "/w/cases/new", Icon: "up", Phone: true, Allow: access.LeadRegister},
		{Group: "办案", Label: "罚没款与票据", Href: "/w/money", Icon: "chart", Allow: access.MoneyReconcile},
		{Group: "办案", Label: "专用票据", Href: "/w/money/receipts", Icon: "chart", Allow: access.MoneyReceipt},
		{Group: "办案", Label: "案件号登记簿", Href: "/w/numbers", Icon: "case", Allow: access.CaseRead},
		{Group: "办案", Label: "文书号段", Href: "/w/series", Icon: "case", Allow: access.SeriesManage},
		{Group: "办案", Label: "文号与文书名称", Href: "/w/wording", Icon: "case", Allow: access.SettingManage},
		{Group: "办案", Label: "纸质文书本", Href: "/w/booklets", Icon: "case", Allow: access.CaseRead},
		{Group: "办案", Label: "法制审核", Href: "/w/reviews", Icon: "law", Allow: access.CaseReview},
		{Group: "办案", Label: "涉案财物", Href: "/w/store", Icon: "case", Allow: access.CaseCustody},
		{Group: "办案", Label: "待我审批", Href: approval.Path, Icon: "todo", Allow: access.CaseRead, Count: a.inboxCount},
		{Group: "办案", Label: "期限", Href: deadline.Path, Icon: "todo", Allow: access.DeadlineSupervise},
		{Group: "办案", Label: "督办单", Href: deadline.PathReminders, Icon: "todo", Allow: access.CaseRead},
		{Group: "台账", Label: "台账", Href: register.Path, Icon: "case", Phone: true, Allow: access.RegisterRead},
		{Group: "学练考", Label: "课程学习", Href: course.Path, Icon: "law", Allow: access.TrainingTake},
		{Group: "学练考", Label: "学习积分", Href: course.PathPoints, Icon: "law", Allow: access.TrainingTake},
		{Group: "学练考", Label: "我的班次", Href: cohort.PathMine, Icon: "todo", Allow: access.TrainingTake},
		{Group: "学练考", Label: "班次", Href: cohort.Path, Icon: "law", Allow: access.TrainingRead},
		{Group: "学练考", Label: "每日一练", Href: training.PathPractice, Icon: "todo", Allow: access.TrainingTake},
		{Group: "学练考", Label: "我的考试", Href: sitting.Path, Icon: "todo", Allow: access.ExamTake},
		{Group: "学练考", Label: "合格证书", Href: sitting.PathDiplomas, Icon: "case", Allow: access.ExamTake},
		{Group: "学练考", Label: "评卷", Href: sitting.PathMarking, Icon: "todo", Allow: access.ExamMark},
		{Group: "学练考", Label: "管理考试", Href: sitting.PathManage, Icon: "case", Allow: access.ExamRead},
		{Group: "学练考", Label: "更正与批准", Href: sitting.PathMotions, Icon: "case", Allow: access.ExamRead},
		{Group: "学练考", Label: "情景演练", Href: training.Path, Icon: "law", Allow: access.TrainingTake},
		{Group: "学练考", Label: "编写情景", Href: training.PathScenes, Icon: "law", Allow: access.TrainingSceneRead},
		{Group: "学练考", Label: "题库", Href: exam.Path, Icon: "law", Allow: access.ExamBankRead},
		{Group: "查询", Label: "权责与基准", Href: "/w/powers", Icon: "law", Phone: true, Allow: access.PowerRead},
		{Group: "查询", Label: "法律法规", Href: "/w/laws", Icon: "law", Allow: access.PowerRead},
		{Group: "查询", Label: "罚款计算", Href: "/w/powers/calculator", Icon: "law", Allow: access.PowerRead},
		{Group: "查询", Label: "统计指标", Href: "/w/figures", Icon: "chart", Allow: access.FigureRead},
		{Group: "查询", Label: "旧报告", Href: past.Path, Icon: "chart", Allow: access.FigureRead},
		{Group: "机构与人员", Label: "人员与执法证", Href: "/w/org/people", Icon: "people", Allow: access.OrgRead, Count: func(ctx context.Context, s access.Session) (int, bool) { return a.Org.EndingBadge(ctx, s) }},
		{Group: "机构与人员", Label: "执法主体", Href: "/w/org/subjects", Icon: "people", Allow: access.OrgRead},
		{Group: "机构与人员", Label: "导入", Href: "/w/org/import", Icon: "up", Allow: access.OrgImport},
		{Group: "管理", Label: "工作日历", Href: holiday.Path, Icon: "todo", Allow: access.SettingManage},
		{Group: "管理", Label: "运行状况", Href: "/w/system", Icon: "chart", Allow: access.JobManage},
		{Group: "管理", Label: "本局设置", Href: setting.Path, Icon: "law", Allow: access.SettingManage},
	}, access.Nav()...)
}

// Routes is the table of everything that can be asked over HTTP, with the permission that each needs.
func (a *App) Routes() []access.Route {
	if a.routes == nil {
		for _, rs := range [][]access.Route{a.home(), a.bare(), {{Pattern: "GET /w/system", Allow: access.JobManage, Handle: a.showSystem}}, a.Access.Routes(), a.Settings.Routes(), a.Holidays.Routes(), a.Org.Routes(), a.Powers.Routes(), a.Terms.Routes(), a.Forms.Routes(), a.Cases.Routes(), a.Measure.Routes(), a.Numbers.Routes(), a.Enforce.Routes(), a.Dossier.Routes(), a.Review.Routes(), a.Training.Routes(), a.Registers.Routes(), a.Bank.Routes(), a.Courses.Routes(), a.Cohorts.Routes(), a.Report.Routes(), a.Past.Routes(), a.Exams.Routes(), a.api()} {
			a.routes = append(a.routes, rs...)
		}
	}
	return a.routes
}

// bare is what is the same for everybody and asks no database.
func (a *App) bare() []access.Route {
	return []access.Route{
		{Pattern: "GET /assets/", Allow: access.Public, Bare: web.Assets()},
		{Pattern: "GET /elder", Allow: access.Public, Bare: web.Elder()},
		{Pattern: "GET /rows", Allow: access.Public, Bare: web.ChooseRows()},
		{Pattern: "GET /healthz", Allow: access.Public, Bare: http.HandlerFunc(health)},
		{Pattern: "GET /readyz", Allow: access.Public, Bare: http.HandlerFunc(a.ready)},
	}
}

func (a *App) handler() http.Handler {
	mux := http.NewServeMux()
	a.Access.Mount(mux, a.Routes())
	return web.Protect(a.withCites(a.measure(a.upToDate(a.spare(mux)))), web.Options{HTTPS: a.cfg.HTTPS, Log: a.cfg.Log, Now: a.cfg.Clock, Patience: a.cfg.Limits.filled().Part})
}

// showSystem is the page of the program's own state.
func (a *App) showSystem(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	var v pages.SystemView
	for _, f := range a.Doctor(r.Context(), false) {
		state := []web.TagView{{Label: "正常", Kind: "ok"}, {Label: "注意", Kind: "soon"}, {Label: "要处理", Kind: "late"}}[f.Level]
		v.Rows = append(v.Rows, pages.CheckRow{Name: f.Name, Text: f.Text, How: f.How, State: state})
	}
	return web.Render(w, r, http.StatusOK, pages.System(v))
}

// Watch is what the operator's tools ask on an address of its own: metrics and the state of the program.
func (a *App) Watch() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", a.Metrics())
	mux.HandleFunc("GET /healthz", health)
	mux.HandleFunc("GET /readyz", a.ready)
	return mux
}

// todoCount is the number beside 我的待办; a menu never fails for want of it.
func (a *App) todoCount(ctx context.Context, s access.Session) (int, bool) {
	n, err := a.Cases.TodoCount(ctx, s)
	if err != nil {
		a.cfg.Log.Error("to-do count", "err", err)
		return 0, false
	}
	return n.N, n.Late
}

// inboxCount is the number beside 待我审批.
func (a *App) inboxCount(ctx context.Context, s access.Session) (int, bool) {
	n, err := a.Forms.InboxCount(ctx, s)
	if err != nil {
		a.cfg.Log.Error("inbox count", "err", err)
	}
	return n, false
}
