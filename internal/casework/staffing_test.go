package casework_test

import (
	"strings"
	"testing"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
)

// 人员离岗，在办案件连同期限一次全部移交，每件一条写明原因的留痕，已结的不动；接手人不能承办其中一件的，一件也不改
// （处罚法第四十二条第一款）。
func TestHandOverOfAllOpenCases(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		first, second := b.ready(law.Yuan(100), casework.PayBank), b.ready(law.Yuan(50), casework.PayBank)
		leader := b.session("zhao")
		in := casework.HandOverCasesInput{From: b.persons["qian"], To: b.persons["zhao"], Why: "调离"}
		_, err := b.cases.HandOverAll(b.ctx, leader, in)
		b.fails("接手人是另一名承办人", err, fault.Invalid, "另一名承办人")
		in.To = b.persons["aux"]
		_, err = b.cases.HandOverAll(b.ctx, leader, in)
		b.refused("协管接手", err, "XZCF-42-1-handlers")
		in.To, in.Why = b.persons["sun"], " "
		_, err = b.cases.HandOverAll(b.ctx, leader, in)
		b.fails("没有原因", err, fault.Invalid, "请写明原因")
		for _, id := range []casework.CaseID{first, second} {
			if c := b.file(id).Case; c.Assist != int64(b.persons["qian"]) {
				t.Errorf("没有移交成，却改了承办人：%d", c.Assist)
			}
		}
		in.Why = "调离"
		n, err := b.cases.HandOverAll(b.ctx, leader, in)
		b.must(err)
		if n.Cases != 2 {
			t.Errorf("移交了 %d 件，应是 2 件", n.Cases)
		}
		for _, id := range []casework.CaseID{first, second} {
			f := b.file(id)
			if f.Case.Lead != int64(b.persons["zhao"]) || f.Case.Assist != int64(b.persons["sun"]) {
				t.Errorf("承办人是 %d、%d", f.Case.Lead, f.Case.Assist)
			}
			if e := f.History[0]; e.Kind != "casework.reassigned" || !strings.Contains(e.Data, "调离") {
				t.Errorf("没有写明原因的留痕：%s %s", e.Kind, e.Data)
			}
		}
		_, err = b.cases.HandOverAll(b.ctx, b.session("qian"), in)
		b.fails("执法人员自己移交", err, fault.Forbidden, "")
		if held := b.count(`SELECT COUNT(*) FROM deadline WHERE holder2 = ?`, int64(b.persons["qian"])); held != 0 {
			t.Errorf("还有 %d 个期限在移交人名下", held)
		}
		b.proved()
	})
}

// 批量指派：两人都能承办每一件才改；范围以外的案件当作没有。
func TestAssignCases(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		ids := []casework.CaseID{b.lead(), b.lead()}
		leader := b.session("zhao")
		in := casework.AssignCasesInput{Cases: ids, Lead: b.persons["qian"], Assist: b.persons["qian"], Why: "分派"}
		_, err := b.cases.AssignCases(b.ctx, leader, in)
		b.fails("同一个人", err, fault.Invalid, "")
		in.Assist = b.persons["zhao"]
		n, err := b.cases.AssignCases(b.ctx, leader, in)
		b.must(err)
		if n != 2 {
			t.Errorf("指派了 %d 件", n)
		}
		in.Cases = append(in.Cases, 1)
		_, err = b.cases.AssignCases(b.ctx, leader, in)
		b.fails("范围以外的", err, fault.NotFound, "")
		in.Cases = nil
		_, err = b.cases.AssignCases(b.ctx, leader, in)
		b.fails("没有勾选", err, fault.Invalid, "")
		loads, err := b.cases.Workloads(b.ctx, leader)
		b.must(err)
		if len(loads) != 2 || loads[0].Open != 2 || loads[0].Person == org.PersonID(0) {
			t.Errorf("在办件数：%+v", loads)
		}
		b.proved()
	})
}

// 在办案件多于一批（二百件）的，一次移交完，每件各记一条。
func TestHandOverOfMoreThanOneBatch(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		const all = 203
		zhao := b.session("zhao")
		for range all {
			id := b.lead()
			b.must(b.cases.NameOfficers(b.ctx, zhao, id, b.version(id), casework.OfficersInput{Lead: int64(b.persons["zhao"]), Assist: int64(b.persons["qian"])}))
		}
		in := casework.HandOverCasesInput{From: b.persons["qian"], To: b.persons["sun"], Why: "调离"}
		n, err := b.cases.HandOverAll(b.ctx, zhao, in)
		b.must(err)
		if n.Cases != all {
			t.Errorf("答复移交了 %d 件，应是 %d 件", n.Cases, all)
		}
		_, err = b.cases.HandOverAll(b.ctx, zhao, in)
		b.fails("已经移交完", err, fault.Invalid, "没有在办的案件")
		if left := b.count(`SELECT COUNT(*) FROM penalty_case WHERE assist_officer = ?`, int64(b.persons["qian"])); left != 0 {
			t.Errorf("还有 %d 件没有移交", left)
		}
		if entries := b.count(`SELECT COUNT(*) FROM ledger_entry WHERE kind = ?`, "casework.reassigned"); entries != all {
			t.Errorf("留痕 %d 条，应是 %d 条", entries, all)
		}
		b.proved()
	})
}
