package app_test

import (
	"encoding/base64"
	"fmt"

	"fadu/internal/course"
)

// courseActs writes a course by calls, has it returned, mended, approved, learned, ended and restored.
func courseActs(p *program) {
	p.Helper()
	asks := func(title string) members {
		return members{"title": title, "summary": "给执法人员", "leaders": true, "on": "2026-07-01", "text": "# 一\n时长：30秒\n条文：行政处罚法第五十一条\n先学这个。\n"}
	}
	made := p.do(deed{op: "addCourse", by: "trainer", body: asks("当场处罚一课"), other: asks("当场处罚二课"), entry: "course.drafted"})
	id := made.str("id")
	version := func() int64 {
		p.Helper()
		return p.read("getCourseBook", "trainer", id, "", `"versions":[`).version()
	}
	with := func(extra members) members {
		m := members{"version": version()}
		for k, v := range extra {
			m[k] = v
		}
		return m
	}
	pdf := base64.StdEncoding.EncodeToString([]byte("%PDF-1.4\n%%EOF\n"))
	p.do(deed{op: "addCourseFile", by: "trainer", at: id, body: members{"name": "要点.pdf", "content": pdf}, other: members{"name": "要点二.pdf", "content": pdf}, entry: "course.file_added"})
	p.do(deed{op: "returnCourse", by: "legal", at: id, body: with(members{"reason": "写明限额"}), entry: "course.returned"})
	p.do(deed{op: "editCourse", by: "trainer", at: id, body: with(asks("当场处罚一课（修改）")), entry: "course.drafted"})
	p.do(deed{op: "approveCourse", by: "legal", at: id, body: with(nil), entry: "course.approved"})
	p.read("listCourseBooks", "trainer", "", "", `"title":"当场处罚一课（修改）"`, `"state":"in_use"`)
	p.read("listCourses", "officer102", "", "", `"title":"当场处罚一课（修改）"`, `"state":"none"`)
	p.send("officer102", "POST", p.path("beatCourse", id), `{"chapter":1}`, "beat-"+id)
	p.done["beatCourse"] = true
	p.read("getCourse", "officer102", id, "", `"state":"studying"`, `"open":true`)
	p.read("listStudies", "trainer", "", "course="+id+"&leaders=1", `"state":"studying"`)
	p.do(deed{op: "endCourse", by: "trainer", at: id, body: with(members{"reason": "试用完了"}), entry: "course.ended"})
	p.do(deed{op: "restoreCourse", by: "trainer", at: id, body: with(members{"reason": "还要用"}), entry: "course.restored"})
	lessonActs(p)
	pointActs(p)
}

// pointActs decides rules of points, takes them back before they begin, and reads accounts.
func pointActs(p *program) {
	p.Helper()
	rules := func(from string) members {
		var list []any
		for _, s := range course.Sources {
			list = append(list, members{"source": s, "each": 2, "daily_cap": 10})
		}
		return members{"from": from, "why": "局长办公会议定", "rules": append(list, members{"source": "*", "each": 0, "daily_cap": 40})}
	}
	id := p.do(deed{op: "setPointRules", by: "trainer", body: rules("2090-01-01"), other: rules("2090-01-02"), entry: "course.points_ruled"}).str("id")
	p.do(deed{op: "withdrawPointRules", by: "trainer", at: id, body: members{"version": 1, "reason": "日期写错"}, entry: "course.points_rules_withdrawn"})
	p.read("listPointRules", "officer102", "", "", `"gone":"日期写错"`)
	p.read("getPoints", "officer102", "", "", `"target":2400`)
	who := p.read("listPoints", "trainer", "", "", `"reached":false`).in("items", 0)["account"]
	p.read("getPersonPoints", "trainer", fmt.Sprint(who), "", `"by_source":{`)
}

// lessonActs plans a session in person, changes it, enters somebody, takes them out, and calls it off.
func lessonActs(p *program) {
	p.Helper()
	plan := func(title string) members {
		return members{"title": title, "place": "会议室", "starts": "2026-07-20T09:00:00+08:00", "ends": "2026-07-20T11:00:00+08:00"}
	}
	id := p.do(deed{op: "planLesson", by: "trainer", body: plan("案卷讲评"), other: plan("案卷讲评二"), entry: "course.lesson_planned"}).str("id")
	with := func(extra members) members {
		m := members{"version": p.read("getLesson", "trainer", id, "", `"title":"案卷讲评`).version()}
		for k, v := range extra {
			m[k] = v
		}
		return m
	}
	p.do(deed{op: "changeLesson", by: "trainer", at: id, body: with(plan("案卷讲评（改）")), entry: "course.lesson_planned"})
	p.do(deed{op: "enterAttendance", by: "trainer", at: id, body: with(members{"login": "officer103", "reason": "没带手机"}), entry: "course.attendance_entered"})
	row := p.read("getLesson", "trainer", id, "", `"visits":1`, `"people":1`, `"way":"manual"`).in("there", 0)["id"]
	p.do(deed{op: "removeAttendance", by: "trainer", at: id, body: with(members{"row": row, "reason": "登错了人"}), entry: "course.attendance_removed"})
	p.read("listLessons", "trainer", "", "", `"title":"案卷讲评（改）"`)
	p.do(deed{op: "cancelLesson", by: "trainer", at: id, body: with(members{"reason": "改期"}), entry: "course.lesson_cancelled"})
}
