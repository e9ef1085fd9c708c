package org

import (
	"fmt"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

func (b *bureau) upload(by access.Session, kind, csv string) draft.BatchID {
	b.t.Helper()
	id, err := b.s.Imports().Upload(b.ctx, by, kind, "名单.csv", []byte(csv))
	b.must(err)
	return id
}

func (b *bureau) batch(by access.Session, id draft.BatchID) (draft.Batch, []draft.Stored) {
	b.t.Helper()
	var batch draft.Batch
	var rows []draft.Stored
	b.view(func(tx *store.Tx) (err error) {
		if batch, _, err = b.s.Imports().Get(tx, by, id); err != nil {
			return err
		}
		rows, err = b.s.Imports().Rows(tx, batch, draft.ShowAll, 0, 1000)
		return err
	})
	return batch, rows
}

func (b *bureau) publish(by access.Session, id draft.BatchID) {
	b.t.Helper()
	if _, err := b.s.Imports().Publish(b.ctx, by, id); err != nil {
		_, rows := b.batch(by, id)
		for _, r := range rows {
			if !r.OK() {
				b.t.Logf("row %d: %v", r.Line, r.Problems)
			}
		}
		b.t.Fatal(err)
	}
}

func (b *bureau) count(query string, args ...any) int {
	b.t.Helper()
	var n int
	b.view(func(tx *store.Tx) error { return tx.DB().QueryRowContext(tx.Ctx, query, args...).Scan(&n) })
	return n
}

const personHead = "姓名,工号,人员类别,所在机构,职务,任职日期,手机号,公民身份号码\n"

const certificateHead = "姓名,工号,证件编号,证件种类,发证机关,执法区域,有效期起,有效期止,考试合格日期\n"

func TestSixtyPeople(t *testing.T) {
	both(t, func(b *bureau) {
		var people, certificates strings.Builder
		people.WriteString(personHead)
		certificates.WriteString(certificateHead)
		for i := range 60 {
			kind, unit := "执法人员", []string{"第一中队", "CG-2", "演示区城市管理局/法制科"}[i%3]
			if i >= 50 {
				kind = "辅助人员"
			} else {
				fmt.Fprintf(&certificates, "演示·某%02d,YS%03d,Z%03d,行政执法证,演示市人民政府,990107 演示市演示区,2024-03-01,2029-02-28,2024-02-01\n", i, i, i)
			}
			fmt.Fprintf(&people, "演示·某%02d,YS%03d,%s,%s,队员,2024/1/%d,1380000%04d,\n", i, i, kind, unit, i%28+1, i)
		}
		id := b.upload(b.clerk, "org.person", people.String())
		if batch, rows := b.batch(b.clerk, id); batch.Bad != 0 {
			b.t.Fatalf("%d bad, first %v", batch.Bad, rows[0].Problems)
		}
		if n := b.count(`SELECT COUNT(*) FROM org_person`); n != 0 {
			b.t.Fatalf("%d people before publication", n)
		}
		b.publish(b.clerk, id)
		if n := b.count(`SELECT COUNT(*) FROM org_person`); n != 60 {
			b.t.Fatalf("%d people", n)
		}
		cards := b.upload(b.clerk, "org.certificate", certificates.String())
		b.publish(b.clerk, cards)
		b.view(func(tx *store.Tx) error {
			all, err := Officers(tx, b.clerk.ScopeFor(access.OrgRead), day("2026-03-02"), "990107")
			if err != nil {
				return err
			}
			n := 0
			for _, s := range all {
				if s.Certified {
					n++
				}
			}
			if len(all) != 50 || n != 50 {
				b.t.Fatalf("%d officers, %d certified", len(all), n)
			}
			es, err := ledger.History(tx, all[0].Person.Subject(), 0, 10)
			if err != nil || len(es) != 2 || es[1].Kind != kindPersonImported || !strings.Contains(es[1].Data, id.String()) {
				b.t.Fatalf("%+v %v", es, err)
			}
			return nil
		})
		again, err := b.s.Imports().Publish(b.ctx, b.clerk, cards)
		if err != nil || !again.Already || b.count(`SELECT COUNT(*) FROM org_certificate`) != 50 {
			b.t.Fatalf("%+v %v", again, err)
		}
		b.proved()
	})
}

// wrong are rows that must be kept back, each with the column and part of the reason.
func TestBadPeople(t *testing.T) {
	both(t, func(b *bureau) {
		b.add("演示·旧", "OLD", OfficerStaff, b.first)
		real := "110101199003070003"
		cases := []struct{ name, row, column, why string }{
			{"姓名空着", ",N01,执法人员,第一中队,队员,2024-01-01,,", "name", "必填"},
			{"文件内工号重复", "演示·甲,G01,执法人员,第一中队,队员,2024-01-01,,", "staff_number", "与第 2 行重复"},
			{"工号已有", "演示·甲,old,执法人员,第一中队,队员,2024-01-01,,", "staff_number", "已经由演示·旧使用"},
			{"没有这个机构", "演示·甲,N02,执法人员,第九中队,队员,2024-01-01,,", "unit", "没有机构“第九中队”"},
			{"类别写错", "演示·甲,N03,协警,第一中队,队员,2024-01-01,,", "kind", "只能填"},
			{"日期不存在", "演示·甲,N04,执法人员,第一中队,队员,2024-02-30,,", "from", "没有“2024-02-30”这一天"},
			{"日期在将来", "演示·甲,N05,执法人员,第一中队,队员,2026-03-03,,", "from", "不能晚于今天"},
			{"机构还没设立", "演示·甲,N06,执法人员,第一中队,队员,2019-12-31,,", "from", "还没有设立"},
			{"身份号码校验不对", "演示·甲,N07,执法人员,第一中队,队员,2024-01-01,,990107199003070000", "identity", "公民身份号码不对"},
			{"电话里有字", "演示·甲,N08,执法人员,第一中队,队员,2024-01-01,无,", "phone", "电话号码"},
			{"职务空着", "演示·甲,N09,执法人员,第一中队,,2024-01-01,,", "post", "必填"},
			{"工号有怪符号", "演示·甲,N10*,执法人员,第一中队,队员,2024-01-01,,", "staff_number", "只能有"},
			{"身份号码文件内重复", "演示·甲,N11,执法人员,第一中队,队员,2024-01-01,," + demoIdentity(real), "identity", "重复"},
		}
		csv := personHead + "演示·好,G01,执法人员,第一中队,队员,2024-01-01,," + demoIdentity(real) + "\n"
		for _, c := range cases {
			csv += c.row + "\n"
		}
		id := b.upload(b.clerk, "org.person", csv)
		batch, rows := b.batch(b.clerk, id)
		if batch.Bad != len(cases) || !rows[0].OK() {
			b.t.Errorf("%d bad of %d, first row %v", batch.Bad, len(cases), rows[0].Problems)
		}
		for i, c := range cases {
			found := false
			for _, p := range rows[i+1].Problems {
				found = found || p.Column == c.column && strings.Contains(p.Message, c.why)
			}
			if !found {
				b.t.Errorf("%s: %v", c.name, rows[i+1].Problems)
			}
		}
		_, err := b.s.Imports().Publish(b.ctx, b.clerk, id)
		b.fails(err, fault.Invalid, "还有 13 行要改")
		for i, r := range rows[1:] {
			_, err := b.s.Imports().Mend(b.ctx, b.clerk, r.ID, r.Version, map[string]string{
				"name": "演示·改", "staff_number": fmt.Sprintf("M%02d", i), "kind": "执法人员", "unit": "CG-1", "post": "队员", "from": "2024年1月1日",
			})
			b.must(err)
		}
		b.publish(b.clerk, id)
		if n := b.count(`SELECT COUNT(*) FROM org_person`); n != 15 {
			b.t.Fatalf("%d people", n)
		}
		b.proved()
	})
}

func TestBadCertificates(t *testing.T) {
	both(t, func(b *bureau) {
		officer := b.add("演示·甲", "A01", OfficerStaff, b.first)
		b.add("演示·乙", "A02", OfficerStaff, b.first)
		b.add("演示·协管", "X01", AuxiliaryStaff, b.first)
		gone := b.add("演示·离", "A03", OfficerStaff, b.first)
		b.must(b.s.Leave(b.ctx, b.clerk, gone, 1, day("2026-03-01"), "辞职"))
		b.issue(officer, "USED")
		cases := []struct{ name, row, column, why string }{
			{"没有这个人", "演示·丙,A99,Z1,行政执法证,演示市,990107,2024-03-01,2029-02-28,2024-02-01", "staff_number", "没有这个工号"},
			{"姓名对不上", "演示·丙,A02,Z2,行政执法证,演示市,990107,2024-03-01,2029-02-28,2024-02-01", "name", "是演示·乙"},
			{"给辅助人员", "演示·协管,X01,Z3,行政执法证,演示市,990107,2024-03-01,2029-02-28,2024-02-01", "staff_number", "中发〔2015〕37号"},
			{"给离职人员", "演示·离,A03,Z4,行政执法证,演示市,990107,2024-03-01,2029-02-28,2024-02-01", "staff_number", "已经离职"},
			{"编号已有", "演示·乙,A02,used,行政执法证,演示市,990107,2024-03-01,2029-02-28,2024-02-01", "number", "已经登记过"},
			{"有效期倒了", "演示·乙,A02,Z5,行政执法证,演示市,990107,2029-03-01,2024-02-28,2024-02-01", "to", "早于有效期起"},
			{"有效期太长", "演示·乙,A02,Z6,行政执法证,演示市,990107,2024-03-01,2099-02-28,2024-02-01", "to", "超过 20 年"},
			{"区域空着", "演示·乙,A02,Z7,行政执法证,演示市,,2024-03-01,2029-02-28,2024-02-01", "areas", "必填"},
			{"区划代码位数不对", "演示·乙,A02,Z8,行政执法证,演示市,99010 演示区,2024-03-01,2029-02-28,2024-02-01", "areas", "行政区划代码"},
			{"种类写错", "演示·乙,A02,Z9,工作证,演示市,990107,2024-03-01,2029-02-28,2024-02-01", "kind", "只能填"},
			{"考试在将来", "演示·乙,A02,Z10,行政执法证,演示市,990107,2024-03-01,2029-02-28,2027-02-01", "exam", "不能晚于今天"},
			{"文件内编号重复", "演示·乙,A02,good,行政执法证,演示市,990107,2024-03-01,2029-02-28,2024-02-01", "number", "与第 2 行重复"},
		}
		csv := certificateHead + "演示·乙,A02,GOOD,行政执法证,演示市,990107,2020-03-01,2025-02-28,\n"
		for _, c := range cases {
			csv += c.row + "\n"
		}
		id := b.upload(b.clerk, "org.certificate", csv)
		batch, rows := b.batch(b.clerk, id)
		if batch.Bad != len(cases) || !rows[0].OK() || len(rows[0].Problems) != 2 {
			b.t.Errorf("%d bad of %d, first row %v (want warnings: expired, no examination)", batch.Bad, len(cases), rows[0].Problems)
		}
		for i, c := range cases {
			found := false
			for _, p := range rows[i+1].Problems {
				found = found || p.Column == c.column && !p.Warning && strings.Contains(p.Message, c.why)
			}
			if !found {
				b.t.Errorf("%s: %v", c.name, rows[i+1].Problems)
			}
			b.must(b.s.Imports().RemoveRow(b.ctx, b.clerk, rows[i+1].ID, rows[i+1].Version))
		}
		b.publish(b.clerk, id)
		if b.count(`SELECT COUNT(*) FROM org_certificate`) != 2 {
			b.t.Fatal("certificates")
		}
	})
}

func TestUnitsAndSubjects(t *testing.T) {
	both(t, func(b *bureau) {
		units := "机构名称,机构编码,上级机构,设立日期\n一班,CG-3-1,CG-3,2021-01-01\n第三中队,CG-3,演示区城市管理局,2021-01-01\n"
		id := b.upload(b.clerk, "org.unit", units)
		_, err := b.s.Imports().Publish(b.ctx, b.clerk, id)
		b.fails(err, fault.Forbidden, "")
		id = b.upload(b.admin, "org.unit", units)
		b.publish(b.admin, id)
		if n := b.count(`SELECT COUNT(*) FROM unit WHERE code IN ('CG-3', 'CG-3-1') AND level = CASE code WHEN 'CG-3' THEN 2 ELSE 3 END`); n != 2 {
			b.t.Fatalf("%d units", n)
		}
		bad := b.upload(b.admin, "org.unit", "机构名称,机构编码,上级机构,设立日期\n甲,C1,乙,2021-01-01\n乙,C2,甲,2021-01-01\n丙,CG-1,第一中队,2021-01-01\n丁,C 中,没有的,2021-01-01\n第一中队,C5,CG,2021-01-01\n戊,C6,CG,2019-01-01\n")
		_, rows := b.batch(b.admin, bad)
		for i, why := range []string{"绕成了圈", "绕成了圈", "编码已经由", "编码只能用", "下已经有", "不能早于上级"} {
			if rows[i].OK() || !strings.Contains(fmt.Sprint(rows[i].Problems), why) {
				b.t.Errorf("row %d: %v, want %q", rows[i].Line, rows[i].Problems, why)
			}
		}
		head := "主体名称,统一社会信用代码,依据,依据文件,起始日期,截止日期,委托机关,管辖区域,机关代字,复议机关,管辖法院,对应机构\n"
		subjects := b.upload(b.clerk, "org.subject", head+
			"演示区城市管理局,"+demoUSCC("11990107MB0000001")+",法定,,2020-01-01,,,990107 演示市演示区,演城管,演示区人民政府,演示区人民法院,CG\n"+
			"第一中队,"+demoUSCC("11990107MB0000002")+",法定,,2020-01-01,,,990107,一中,演示区人民政府,演示区人民法院,\n"+
			"和平街道办事处,"+demoUSCC("11990107MB0000003")+",赋权,,2025-07-01,,,990107,和街,演示区人民政府,演示区人民法院,第二中队\n"+
			"市容中心,"+demoUSCC("12990107MB0000004")+",委托,,2025-07-01,,没有的局,990107,,,,\n")
		batch, rows := b.batch(b.clerk, subjects)
		if batch.Bad != 3 {
			b.t.Fatalf("%d bad", batch.Bad)
		}
		for i, why := range []string{"", "内设机构", "行政处罚法第24条", "没有执法主体“没有的局”"} {
			if text := fmt.Sprint(rows[i].Problems); !strings.Contains(text, why) {
				b.t.Errorf("row %d: %v, want %q", rows[i].Line, text, why)
			}
		}
		for _, r := range rows[1:] {
			b.must(b.s.Imports().RemoveRow(b.ctx, b.clerk, r.ID, r.Version))
		}
		b.publish(b.clerk, subjects)
		b.view(func(tx *store.Tx) error {
			u, err := b.access.UnitByCode(tx, "CG-3-1")
			if err != nil {
				return err
			}
			got, err := SubjectFor(tx, u.ID, day("2026-03-02"))
			if err != nil || got.Prefix != "演城管" {
				b.t.Fatalf("%+v %v", got, err)
			}
			return nil
		})
		b.proved()
	})
}

func TestTemplates(t *testing.T) {
	both(t, func(b *bureau) {
		for _, k := range b.s.Imports().Kinds() {
			var choices map[string][]string
			if c, ok := k.(draft.Chooser); ok {
				b.view(func(tx *store.Tx) (err error) { choices, err = c.Choose(tx, b.clerk); return err })
			}
			content, err := draft.Template(k, choices)
			b.must(err)
			_, err = draft.Parse(content, k)
			b.fails(err, fault.Invalid, "示例行不导入")
		}
	})
}

func TestScopeOfImports(t *testing.T) {
	both(t, func(b *bureau) {
		console := b.upload(access.System("console"), "org.person", personHead+"演示·乙,A02,执法人员,第一中队,队员,2024-01-01,,\n")
		defer b.view(func(tx *store.Tx) error {
			for who, by := range map[string]access.Session{"法制科": b.clerk, "系统": access.System("console")} {
				if list, err := b.s.Imports().List(tx, by, 0, 10); err != nil || len(list) != 2 || list[1].ID != console {
					b.t.Errorf("%s sees %d batches, %v", who, len(list), err)
				}
			}
			return nil
		})
		id := b.upload(b.clerk, "org.person", personHead+"演示·甲,A01,执法人员,第一中队,队员,2024-01-01,,\n")
		b.view(func(tx *store.Tx) error {
			if _, _, err := b.s.Imports().Get(tx, b.leader, id); !fault.Is(err, fault.Forbidden) {
				b.t.Fatal(err)
			}
			return nil
		})
		if _, err := b.s.Imports().Publish(b.ctx, b.leader, id); !fault.Is(err, fault.Forbidden) {
			b.t.Fatal(err)
		}
	})
}
