package app

import (
	"fadu/internal/access"
	"fadu/internal/approval"
	"fadu/internal/casework"
	"fadu/internal/cohort"
	"fadu/internal/course"
	"fadu/internal/deadline"
	"fadu/internal/draft"
	"fadu/internal/exam"
	"fadu/internal/exam/sitting"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/register"
	"fadu/internal/report/past"
	"fadu/internal/store"
	"fadu/internal/training"
)

// nouns say what the records are called that ledger entries are about.
func (a *App) nouns() map[string]access.Noun {
	return map[string]access.Noun{
		"case":             {Label: "案件", Names: casework.CaseNames},
		"paper":            {Label: "文书", Names: casework.PaperNames},
		"series":           {Label: "文书号段", Names: casework.SeriesNames},
		"booklet":          {Label: "纸质文书本", Names: casework.BookletNames},
		"receipt_book":     {Label: "专用票据", Names: casework.ReceiptBookNames},
		"statement":        {Label: "对账单", Names: casework.StatementNames},
		"person":           {Label: "人员", Names: org.PersonNames},
		"certificate":      {Label: "执法证", Names: org.CertificateNames},
		"subject":          {Label: "执法主体", Names: org.SubjectNames},
		"draft":            {Label: "导入", Names: draft.BatchNames},
		"power":            {Label: "权责事项"},
		"power_adjustment": {Label: "权责调整", Names: powers.AdjustmentNames},
		"law":              {Label: "法规"},
		"setting":          {Label: "本局设置", Word: settingWord},
		"reminder":         {Label: "督办单", Names: deadline.NamesOfReminders},
		"mandate":          {Label: "代签授权", Names: approval.NamesOfMandates},
		"deadlines":        {Label: "期限列表"},
		"figure":           {Label: "统计指标", Word: a.figureWord},
		"cases":            {Label: "案件列表"},
		"booklets":         {Label: "号码登记"},
		"numbers":          {Label: "案件号登记簿"},
		"party":            {Label: "当事人", Names: casework.CaseNames},
		"scene":            {Label: "情景", Names: training.SceneNames},
		"run":              {Label: "情景演练", Names: training.RunNames},
		"scene-draft":      {Label: "情景草稿", Names: training.DraftNames},
		"question":         {Label: "题目"},
		"bank":             {Label: "题库", Word: func(string) string { return "随程序的题目" }},
		"sitting":          {Label: "考试", Names: sitting.SittingNames},
		"candidate":        {Label: "考生", Names: sitting.CandidateNames},
		"attempt":          {Label: "答卷", Names: sitting.AttemptNames},
		"diploma":          {Label: "合格证书", Names: sitting.DiplomaNames},
		"motion":           {Label: "考试事项", Names: sitting.MotionNames},
		"script":           {Label: "评卷", Names: sitting.ScriptNames},
		"bank_question":    {Label: "题库题目", Names: exam.QuestionNames},
		"answer":           {Label: "练习作答", Names: training.AnswerNames},
		"register":         {Label: "台账", Names: register.BookNames},
		"record":           {Label: "台账记录", Names: register.RecordNames},
		"past_report":      {Label: "旧报告", Names: past.ReportNames},
		"course":           {Label: "课程", Names: course.CourseNames},
		"lesson":           {Label: "面授", Names: course.LessonNames},
		"study":            {Label: "课程学习", Names: course.StudyNames},
		"cohort":           {Label: "班次", Names: cohort.Names},
		"points_edition":   {Label: "积分规则", Names: course.EditionNames},
		"view":             {Label: "常用视图", Names: casework.SavedViewNames},
	}
}

// peopleNames names persons for mechanisms that do not know org.
func peopleNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	people := make([]org.PersonID, len(ids))
	for i, id := range ids {
		people[i] = org.PersonID(id)
	}
	names, err := org.PeopleNames(tx, people)
	out := map[int64]string{}
	for id, name := range names {
		out[int64(id)] = name
	}
	return out, err
}

// settingWord is what a setting is called.
func settingWord(key string) string {
	if key == casework.WordingKey {
		return "文号和文书名称"
	}
	for _, x := range Settings() {
		if x.Key == key {
			return x.Label
		}
	}
	return "已经取消的设置"
}

// figureWord is what a figure is called. Figures are made after the pages that tell of them.
func (a *App) figureWord(id string) string {
	for _, d := range a.Indicators() {
		if d.ID == id {
			return d.Name
		}
	}
	return "已经取消的指标"
}
