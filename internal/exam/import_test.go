package exam

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fadu/internal/draft"
	"fadu/internal/exam/interchange"
	"fadu/internal/fault"
	"fadu/internal/store"
)

// upload brings a file into a batch and gives its rows by line.
func upload(t *testing.T, b *Bank, who people, name, content string) (draft.BatchID, []draft.Stored) {
	t.Helper()
	id, err := b.Imports().Upload(context.Background(), who.author, "exam.question", name, []byte(content))
	must(t, err)
	return id, view(t, b, func(tx *store.Tx) ([]draft.Stored, error) {
		batch, _, err := b.Imports().Get(tx, who.author, id)
		if err != nil {
			return nil, err
		}
		return b.Imports().Rows(tx, batch, draft.ShowAll, 0, draft.MaxRows)
	})
}

func said(r draft.Stored) string {
	var out []string
	for _, p := range r.Problems {
		out = append(out, fmt.Sprint(p.Column, " ", p.Message, " ", p.Warning))
	}
	return strings.Join(out, "\n")
}

// TestImportFates: each question of a file has its fate; what is published are drafts that another person approves.
func TestImportFates(t *testing.T) {
	ground(t, func(t *testing.T, b *Bank, who people) {
		ctx := context.Background()
		known := view(t, b, func(tx *store.Tx) (q Page, err error) { return b.Find(tx, Filter{Words: "onspot-001"}, "") })
		asks, err := known.Heads[known.Questions[0].Head].Asks()
		must(t, err)
		c := interchange.ToCells(asks)
		file := strings.Join([]string{
			"题型,题干,选项A,选项B,选项C,选项D,正确答案,答案解析",
			"单选题,检查之前先做什么？,出示证件,暂扣工具,通知家属,,A,先出示证件。",
			"单选,检查之前先做什么？,通知家属,出示证件,暂扣工具,,B,同一道题，选项换了次序",
			"判断题,口头决定也可以。,正确,错误,,,B,",
			"填空题,公民当场罚款上限是__元。,,,,,二百；200,",
			"多选,哪些人签名？,当事人,执法人员,,,AE,",
			"单选," + c["stem"] + "," + strings.ReplaceAll(c["options"], "\n", ",") + "," + c["answer"] + ",",
		}, "\n") + "\n"
		id, rows := upload(t, b, who, "题目.csv", file)
		for i, want := range []string{"", "与第 2 行是同一道题", "判断题的选项没有收", "收作各空的答案", "没有这个选项", "与题库的 onspot-001"} {
			if got := said(rows[i]); want == "" && got != "" || !strings.Contains(got, want) {
				t.Errorf("第 %d 行：%q，应有 %q", rows[i].Line, got, want)
			}
		}
		if _, err := b.Imports().Publish(ctx, who.author, id); err == nil || !strings.Contains(err.Error(), "还有 1 行要改") {
			t.Fatalf("有错行也发布了：%v", err)
		}
		values := rows[4].Values
		values["answer"] = "AB"
		if r, err := b.Imports().Mend(ctx, who.author, rows[4].ID, rows[4].Version, values); err != nil || !r.OK() {
			t.Fatalf("改好的行：%v %v", r.Problems, err)
		}
		if _, err := b.Imports().Publish(ctx, who.author, id); err != nil {
			t.Fatal(err)
		}
		got := view(t, b, func(tx *store.Tx) (Page, error) { return b.Find(tx, Filter{Source: Imported}, "") })
		if len(got.Questions) != 4 {
			t.Fatalf("入库 %d 道，应是 4 道", len(got.Questions))
		}
		for _, q := range got.Questions {
			if q.State != Draft || !bool(q.Waiting) {
				t.Errorf("%s：%s", q.Code, q.State)
			}
			if v := got.Heads[q.Head]; !strings.HasPrefix(v.Origin, "题目.csv，第 ") {
				t.Errorf("%s 的来历：%q", q.Code, v.Origin)
			}
			if err := b.Approve(ctx, who.author, q.ID, q.Version); !fault.Is(err, fault.Forbidden) {
				t.Errorf("没有审定权限的人：%v", err)
			}
			if err := b.Approve(ctx, who.approver, q.ID, q.Version); !fault.Is(err, fault.Conflict) {
				t.Errorf("缺专题、难度的题目也审定了：%v", err)
			}
		}
		if _, again := upload(t, b, who, "再传.csv", file); !strings.Contains(said(again[0]), "与题库的 own-000001") {
			t.Errorf("第二次传：%q", said(again[0]))
		}
	})
}

// TestImportWithdrawn: what is staged shows nowhere, and a publication that is taken back leaves nothing.
func TestImportWithdrawn(t *testing.T) {
	ground(t, func(t *testing.T, b *Bank, who people) {
		ctx := context.Background()
		id, rows := upload(t, b, who, "题.gift", "::一::检查之前先做什么？{=出示证件 ~暂扣工具}\n\n::二::写一段说明。\n\n::三::谁签名？{=甲 =乙}\n")
		if len(rows) < 2 || len(rows[0].Problems) > 0 {
			t.Fatalf("读出 %+v", rows)
		}
		count := func() (n int) {
			return view(t, b, func(tx *store.Tx) (int, error) {
				p, err := b.Find(tx, Filter{Source: Imported}, "")
				return len(p.Questions), err
			})
		}
		l := questionList{b}
		undone := errors.New("undone")
		err := b.DB.Update(ctx, func(tx *store.Tx) error {
			if err := l.Stage(tx, who.author, id, []*draft.Row{&rows[0].Row}); err != nil {
				return err
			}
			p, err := b.Find(tx, Filter{Source: Imported}, "")
			if err != nil || len(p.Questions) != 0 {
				t.Errorf("没有发布的看得到：%d 道 %v", len(p.Questions), err)
			}
			if _, err := byCode(tx, "own-000001"); !fault.Is(err, fault.NotFound) {
				t.Errorf("按编号找得到：%v", err)
			}
			if err := l.Unstage(tx, id); err != nil {
				return err
			}
			n, err := tx.DB().NewSelect().Model((*Version)(nil)).Where("source = ?", Imported).Count(tx.Ctx)
			if err != nil || n != 0 {
				t.Errorf("退回以后还有 %d 版 %v", n, err)
			}
			return undone
		})
		if !errors.Is(err, undone) || count() != 0 {
			t.Errorf("%v，%d 道", err, count())
		}
	})
}

// TestLawChangeFlagsQuestions: a law that changes flags the questions that cite it, until somebody says that they are right
// or a new version is approved.
func TestLawChangeFlagsQuestions(t *testing.T) {
	ground(t, func(t *testing.T, b *Bank, who people) {
		ctx := context.Background()
		change := LawChanged{Code: "XZCF", Title: "中华人民共和国行政处罚法", Kind: "修改", Articles: []int{51}, On: day("2026-12-01"), Document: "演示令"}
		n := 0
		must(t, b.DB.Update(ctx, func(tx *store.Tx) (err error) { n, err = b.Flag(tx, who.approver, change); return err }))
		list := func() Page {
			return view(t, b, func(tx *store.Tx) (Page, error) { return b.Find(tx, Filter{Changed: true}, "") })
		}
		p := list()
		if n == 0 || p.Total != n {
			t.Fatalf("标出 %d 道，列表 %d 道", n, p.Total)
		}
		q := p.Questions[0]
		asks, err := p.Heads[q.Head].Asks()
		must(t, err)
		if !p.Flagged[q.ID] || !strings.Contains(strings.Join(asks.Refs, " "), "XZCF-51") {
			t.Errorf("%s 引用 %v", q.Code, asks.Refs)
		}
		if err := b.Recheck(ctx, who.author, q.ID, q.Version, "看过"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("不能审定的人复核：%v", err)
		}
		if err := b.Recheck(ctx, who.approver, q.ID, q.Version, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("没有理由：%v", err)
		}
		must(t, b.Recheck(ctx, who.approver, q.ID, q.Version, "数额没有改"))
		if err := b.Recheck(ctx, who.approver, q.ID, q.Version+1, "再看"); !fault.Is(err, fault.Conflict) {
			t.Errorf("没有待复核的：%v", err)
		}
		next := p.Questions[1]
		again, err := p.Heads[next.Head].Asks()
		must(t, err)
		again.Explain += "按新法核对过。"
		_, err = b.Save(ctx, who.author, SaveInput{Question: next.ID, Seen: next.Version, Asks: again})
		must(t, err)
		if got := list(); got.Total != n-1 {
			t.Errorf("起草新版不算复核：还有 %d 道", got.Total)
		}
		must(t, b.Approve(ctx, who.approver, next.ID, next.Version+1))
		if got := list(); got.Total != n-2 {
			t.Errorf("还有 %d 道，应是 %d 道", got.Total, n-2)
		}
	})
}

// TestPrintedPaper: the paper has every question and no answer; the key has the answers.
func TestPrintedPaper(t *testing.T) {
	ground(t, func(t *testing.T, b *Bank, who people) {
		all, err := b.asked(context.Background(), day("2026-09-01"))
		must(t, err)
		p := Printed{Title: "演示测试", Minutes: 60}
		for _, q := range all[:30] {
			p.Items = append(p.Items, PrintedItem{q, 2})
		}
		paper, key := fmt.Sprint(p.Paper().Blocks), fmt.Sprint(p.Key().Blocks)
		for _, q := range all[:30] {
			if !strings.Contains(paper, strings.Split(q.Stem, "____")[0]) {
				t.Errorf("卷子里没有 %s", q.ID)
			}
			if strings.Contains(paper, q.Explain) || !strings.Contains(key, q.Explain) {
				t.Errorf("%s 的解析应只在答案里", q.ID)
			}
		}
		if !strings.Contains(paper, "满分 60 分") || !strings.Contains(paper, "答题卡") || strings.Contains(paper, "依据：") {
			t.Error(paper[:400])
		}
		if err := (Printed{}).check(); !fault.Is(err, fault.Conflict) {
			t.Errorf("空的卷子：%v", err)
		}
	})
}
