package past

import (
	"context"
	"io/fs"
	"os"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/report/consistency"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var migrations = []fs.FS{access.Migrations, draft.Migrations, Migrations}

type desk struct {
	t  *testing.T
	db *store.DB
	s  *Service
	by access.Session
}

func both(t *testing.T, f func(d *desk)) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		f(&desk{t, db, New(db), access.System("test")})
	})
}

func (d *desk) rows(id draft.BatchID) (out []draft.Stored) {
	d.t.Helper()
	testkit.View(d.t, d.db, func(tx *store.Tx) error {
		b, _, err := d.s.drafts.Get(tx, d.by, id)
		if err == nil {
			out, err = d.s.drafts.Rows(tx, b, draft.ShowAll, 0, draft.MaxRows)
		}
		return err
	})
	return out
}

func (d *desk) reports() (out []Report) {
	d.t.Helper()
	testkit.View(d.t, d.db, func(tx *store.Tx) error {
		page, _, _, err := page(tx, d.by.ScopeFor(access.FigureRead), "")
		for _, r := range page {
			whole, err := reportOf(tx, d.by.ScopeFor(access.FigureRead), r.ID)
			if err != nil {
				return err
			}
			out = append(out, whole)
		}
		return err
	})
	return out
}

// A printed report from its file to the confirmed figures: what it prints is kept as printed, with what cannot be true.
func TestPrintedReportIsConfirmed(t *testing.T) {
	text, err := os.ReadFile("../reading/testdata/001.txt")
	if err != nil {
		t.Fatal(err)
	}
	both(t, func(d *desk) {
		ctx := context.Background()
		id, err := d.s.Import(ctx, d.by, "总结.txt", text)
		if err != nil {
			d.t.Fatal(err)
		}
		rows := d.rows(id)
		if rows[0].Text("value") != "新洲区城管委“七五”普法中期工作总结" || rows[3].Text("number") != "f1" {
			d.t.Errorf("%v %v", rows[0].Values, rows[3].Values)
		}
		said := ""
		for _, r := range rows {
			for _, p := range r.Problems {
				if !p.Warning {
					d.t.Errorf("第 %d 行不该有错：%s", r.Line, p.Message)
				}
				said += p.Message + "\n"
			}
		}
		for _, want := range []string{"不可能：区城管委列入清单的行政权力事项（项）：合计126", "不可能：满意率：分母是615时不可能得到99.93%", "要说明：行政负责人出庭应诉率"} {
			if !strings.Contains(said, want) {
				d.t.Errorf("没有说“%s”：\n%s", want, said)
			}
		}
		if len(d.reports()) != 0 {
			d.t.Error("没有确认就看得见")
		}
		if err := d.s.Publish(ctx, d.by, id); err != nil {
			d.t.Fatal(err)
		}
		got := d.reports()
		if len(got) != 1 || got[0].Figures != len(rows)-3 || got[0].Impossible != 2 || got[0].Year != 0 || len(got[0].Findings) == 0 {
			d.t.Fatalf("%+v", got)
		}
		r := got[0]
		if err := d.s.Withdraw(ctx, d.by, r.ID, r.Version, " "); !fault.Is(err, fault.Invalid) {
			d.t.Errorf("没有理由：%v", err)
		}
		if err := d.s.Withdraw(ctx, d.by, r.ID, r.Version+1, "导错了"); !fault.Is(err, fault.Conflict) {
			d.t.Errorf("版本不对：%v", err)
		}
		if err := d.s.Withdraw(ctx, d.by, r.ID, r.Version, "导错了"); err != nil {
			d.t.Fatal(err)
		}
		if got := d.reports()[0]; got.Withdrawn != "导错了" {
			d.t.Errorf("%+v", got)
		}
		if err := d.s.Withdraw(ctx, d.by, r.ID, r.Version+1, "再撤"); !fault.Is(err, fault.Conflict) {
			d.t.Errorf("撤了两次：%v", err)
		}
	})
}

// What a person mends in the table decides; what cannot be read keeps the batch back, at its cell.
func TestRowsOfAPrintedReport(t *testing.T) {
	const head = "类别,编号,数什么,数或者内容,计量单位,统计期,组成部分,分子,分母,计划,所在的句子\n"
	const title = "报告名称,,,演示局2023年度报告,,,,,,,\n"
	both(t, func(d *desk) {
		ctx := context.Background()
		for _, c := range []struct{ name, rows, column, want string }{
			{"没有名称", "数字,f1,案件,3,件,2023,,,,,\n", "kind", "没有“报告名称”"},
			{"名称是空的", "报告名称,,,,,,,,,,\n数字,f1,案件,3,件,2023,,,,,\n", "value", "报告的名称"},
			{"名称写了两次", title + title, "kind", "写了两次"},
			{"年份不对", title + "报告年份,,,23,,,,,,,\n", "value", "四位数字"},
			{"签发日期不存在", title + "签发日期,,,2024-02-30,,,,,,,\n", "value", "2024-02-30"},
			{"数认不出", title + "数字,f1,案件,许多,件,2023,,,,,\n", "value", "许多"},
			{"没有编号", title + "数字,,案件,3,件,2023,,,,,\n", "number", "编号"},
			{"编号重复", title + "数字,f1,案件,3,件,2023,,,,,\n数字,f1,复议,3,件,2023,,,,,\n", "number", "重复"},
			{"部分不在表里", title + "数字,f1,案件,3,件,2023,f9,,,,\n", "parts", "f9"},
			{"分母不在表里", title + "数字,f1,合格率,100,%,2023,,,f9,,\n", "denominator", "f9"},
			{"自己的部分", title + "数字,f1,案件,3,件,2023,f1,,,,\n", "kind", "自己"},
		} {
			id, err := d.s.Import(ctx, d.by, "表.csv", []byte("\ufeff"+head+c.rows))
			if err != nil {
				d.t.Fatalf("%s：%v", c.name, err)
			}
			found := false
			for _, r := range d.rows(id) {
				for _, p := range r.Problems {
					found = found || !p.Warning && p.Column == c.column && strings.Contains(p.Message, c.want)
				}
			}
			if !found {
				d.t.Errorf("%s：没有在 %s 说“%s”：%+v", c.name, c.column, c.want, d.rows(id))
			}
			if err := d.s.Publish(ctx, d.by, id); err == nil {
				d.t.Errorf("%s：发布了", c.name)
			}
		}
		plan := title + "数字,f1,培训,20,次,2024,,,,是,\n数字,f2,合格率,98.3,%,2023,,,f3,否,\n数字,f3,短信,2045,条,2023,,,,否,\n"
		id, err := d.s.Import(ctx, d.by, "表.csv", []byte("\ufeff"+head+plan))
		if err != nil {
			d.t.Fatal(err)
		}
		if err := d.s.Publish(ctx, d.by, id); err != nil {
			d.t.Fatal(err)
		}
		if r := d.reports()[0]; len(r.Findings) != 1 || r.Findings[0].Verdict != consistency.Holds || r.Figures != 3 {
			d.t.Errorf("%+v", r)
		}
	})
}

// A file that is no report says so.
func TestFilesThatAreNoReports(t *testing.T) {
	both(t, func(d *desk) {
		for name, content := range map[string]string{"空的": "", "没有数字": "今年的工作做得很好。\n", "不是 Word 的压缩包": "PK\x03\x04 坏的"} {
			if _, err := d.s.Import(context.Background(), d.by, "报告.txt", []byte(content)); !fault.Is(err, fault.Invalid) {
				d.t.Errorf("%s：%v", name, err)
			}
		}
	})
}
