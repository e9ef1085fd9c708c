package demo

import (
	"context"
	"fmt"
	"time"

	"fadu/internal/cohort"
	"fadu/internal/course"
)

// onSpotCourse is a short course of the demo.
const onSpotCourse = `# 什么时候可以当场处罚
时长：1分钟
条文：行政处罚法第五十一条
违法事实确凿，有法定依据，处罚在限额以内，三样都有才能当场处罚。
## 限额
- 公民：**二百元以下**罚款或者警告
- 法人、其他组织：**三千元以下**罚款或者警告
超过限额的，转普通程序。

# 当场要做哪些事
时长：1分钟
条文：行政处罚法第五十二条、行政处罚法第五十五条
1. 出示执法证件。
2. 告知拟作出的处罚内容、事实、理由、依据和权利，听陈述申辩。
3. 填写预定格式、编有号码的决定书，当场交付。
> 两名执法人员都要在场，都要签名。

# 要点一页纸
时长：30秒
文件：当场处罚要点.pdf
打印出来带在身上，也可以在手机上看。
`

// courses has a course written, approved and learned by some officers.
func (f *filler) courses(ctx context.Context) error {
	if f.p.Cases == 0 {
		return nil
	}
	by, legal := f.sessions["trainer"], f.sessions["legal"]
	in := course.SaveInput{Title: "当场处罚入门", Summary: "简易程序的条件、步骤和文书，一线执法人员必学", On: f.p.Until, Text: "# 什么时候可以当场处罚\n待编写。\n"}
	id, err := f.app.Courses.Save(ctx, by, 0, 0, in)
	if err != nil {
		return err
	}
	if _, err := f.app.Courses.AddFile(ctx, by, id, "当场处罚要点.pdf", onePage()); err != nil {
		return err
	}
	in.Text = onSpotCourse
	if _, err = f.app.Courses.Save(ctx, by, id, 1, in); err != nil {
		return err
	}
	if err := f.app.Courses.Approve(ctx, legal, id, 2); err != nil {
		return err
	}
	starts := f.clock.Now().Add(time.Minute)
	lesson, err := f.app.Courses.Plan(ctx, by, 0, 0, course.LessonInput{Title: "当场处罚案卷讲评", Place: "局三楼会议室", Starts: starts, Ends: starts.Add(12 * time.Hour)})
	if err != nil {
		return err
	}
	if err := f.app.Courses.Enter(ctx, by, lesson, 1, "officer203", "", "手机没电"); err != nil {
		return err
	}
	for i, login := range []string{"officer102", "officer103", "officer202"} {
		if err := f.learn(ctx, login, id, 10-4*i); err != nil {
			return fmt.Errorf("%s learns: %w", login, err)
		}
	}
	return f.cohort(ctx, id, lesson)
}

// cohort opens a cohort whose members learn the course and come to the lesson.
func (f *filler) cohort(ctx context.Context, id course.CourseID, lesson course.LessonID) error {
	by := f.sessions["trainer"]
	at, err := f.app.Cohorts.Found(ctx, by, cohort.Input{Title: "执法规范轮训第一期", Aim: "一线执法人员轮训", From: f.p.Until.AddDays(-30), Until: f.p.Until.AddDays(30)})
	if err != nil {
		return err
	}
	if err := f.app.Cohorts.Enrol(ctx, by, at, 1, cohort.RosterInput{Logins: []string{"officer102", "officer103", "officer202", "officer203"}}); err != nil {
		return err
	}
	if err := f.app.Cohorts.AddPart(ctx, by, at, 2, cohort.PartInput{Kind: cohort.KindCourse, Ref: id.String(), Must: true}); err != nil {
		return err
	}
	return f.app.Cohorts.AddPart(ctx, by, at, 3, cohort.PartInput{Kind: cohort.KindLesson, Ref: lesson.String()})
}

// learn reads chapter after chapter, a report every twenty seconds.
func (f *filler) learn(ctx context.Context, login string, id course.CourseID, beats int) error {
	by := f.sessions[login]
	chapter := 0
	for range beats {
		p, err := f.app.Courses.Beat(ctx, by, id, chapter)
		if err != nil {
			return err
		}
		if p.Chapters[chapter].Done {
			if chapter++; chapter == len(p.Chapters) {
				return nil
			}
		}
		f.clock.Set(f.clock.Now().Add(20 * time.Second))
	}
	return nil
}

// onePage is a PDF of one page.
func onePage() []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 300]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n" +
		"4 0 obj<</Length 62>>stream\nBT /F1 18 Tf 40 220 Td (On-the-spot penalty: Art. 51, 52) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
}
