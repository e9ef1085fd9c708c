package exam

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/interchange"
	"fadu/internal/ledger"
	"fadu/internal/search"
	"fadu/internal/store"
	"fadu/internal/web"
)

// questionList is questions as the draft mechanism sees them: a row each.
type questionList struct{ b *Bank }

var (
	_ draft.Finisher = questionList{}
	_ draft.Reader   = questionList{}
	_ draft.Chooser  = questionList{}
	_ draft.Lander   = questionList{}
)

// Name is the list's code.
func (questionList) Name() string { return "exam.question" }

// Label is what the list is called.
func (questionList) Label() string { return "题目" }

// Permissions: whoever writes questions imports them; what is published are drafts that another person approves.
func (questionList) Permissions() (upload, publish access.Permission) {
	return access.ExamBankManage, access.ExamBankManage
}

// Landing is where the published questions wait.
func (questionList) Landing() web.Link {
	return web.Link{Label: "看待审定的题目", Href: Path + "?state=" + waiting}
}

// place is the column that says where a question stands in the file of another maker.
const place = "at"

// importNotes tell how the cells of a column are filled in, as the form of a question does.
var importNotes = map[string][2]string{
	"type": {"单选、多选、判断、填空、排序、配对、材料题、案例分析、文书制作", "单选"}, "topic": {"审定以前要写", "当场处罚"}, "level": {"1 易，2 中，3 难", "1"}, "points": {"不写的由试卷定", ""},
	"stem": {"填空题在题干里写四个下划线 ____", "对公民当场作出罚款决定，罚款数额的上限是多少？"}, "options": {"一行一个；也可以另加“选项A”“选项B”……各列", "一百元\n二百元\n三千元"},
	"answer": {"选项的字母；判断题写对或者错；填空题只有一个空的也可以写在这里", "B"}, "blanks": {"填空题一个空一行，几种写法用；隔开", ""}, "pairs": {"配对题一对一行：左项｜右项", ""}, "spare": {"一行一个", ""},
	"parts": {"一问一行：题型｜题干｜选项；…｜答案｜分值｜参考答案｜评分点=分值；…", ""}, "rubric": {"一点一行：内容｜分值", ""}, "policy": {"precedence、exact、position、adjacent、kendall、lcs", ""},
	"precedence": {"AC 是说 A 应在 C 之前", ""}, "fatal": {"同样写", ""}, "refs": {"一行一条，例如 行政处罚法第五十一条", "行政处罚法第五十一条"}, "basis": {"法规库里没有的依据", ""},
	"explain": {"", "公民二百元以下，法人三千元以下。"}, "from": {"日期，如 2021-07-15", "2021-07-15"}, "until": {"不写的是现在仍适用", ""},
}

// importAlso are other headings that bureaus use.
var importAlso = map[string][]string{
	"type": {"试题类型", "题目类型"}, "topic": {"分类", "知识点", "专题分类"}, "stem": {"题目", "试题", "试题内容", "题目内容"}, "answer": {"正确答案", "标准答案"}, "explain": {"答案解析", "试题解析"}, "level": {"难易度", "难易程度"},
	"points": {"分数"}, "refs": {"法条", "引用条文", "法律条文"}, "basis": {"依据"}, "from": {"适用日期"},
}

// Columns are the cells of a question.
func (questionList) Columns() (out []draft.Column) {
	for _, f := range interchange.Fields {
		c := draft.Column{Key: f, Label: fieldLabels[f], Also: importAlso[f], Kind: draft.Text, Max: 1000, Note: importNotes[f][0], Example: importNotes[f][1], Need: f == "type" || f == "stem"}
		switch {
		case slices.Contains(rowFields, f) || slices.Contains(longFields, f):
			c.Max, c.Width = 20000, 32
		case f != "rules" && f != "basis" && f != "answer":
			c.Max = 100
		}
		out = append(out, c)
	}
	return append(out, draft.Column{Key: place, Label: "在原文件里", Max: 200, Note: "别的格式的文件读进来时写上"})
}

// Choose offers the types, the topics and the difficulties.
func (questionList) Choose(tx *store.Tx, _ access.Session) (map[string][]string, error) {
	names, err := topics(tx)
	out := map[string][]string{"topic": names, "level": {"1", "2", "3"}}
	for _, t := range bank.Types {
		out["type"] = append(out["type"], t.Label())
	}
	return out, err
}

// Check reads each row as a question and looks for the same one in the bank and in the file.
func (l questionList) Check(tx *store.Tx, _ access.Session, rows []*draft.Row) error {
	asked := make([]bank.Question, len(rows))
	for i, r := range rows {
		q, notes := folded(r.Values)
		for _, n := range notes {
			r.Warn("", "收下时有改动：%s", n)
		}
		asks, faults := interchange.FromCells(q)
		for _, f := range faults {
			mark(r, f)
		}
		if len(faults) == 0 {
			for _, err := range asks.Sound() {
				if f, ok := err.(bank.Fault); ok {
					mark(r, f)
				}
			}
		}
		asked[i] = asks
	}
	return l.sames(tx, rows, asked)
}

// mark notes a fault at its column, once.
func mark(r *draft.Row, f bank.Fault) {
	if f.Field != "" && !r.Wrong(f.Field) {
		r.Bad(f.Field, "%s", f.Message)
	}
}

// sames names rows that ask what the bank, or an earlier row, asks already: they are not taken twice.
func (l questionList) sames(tx *store.Tx, rows []*draft.Row, asked []bank.Question) error {
	known, err := likes(tx, asked, 0)
	if err != nil {
		return err
	}
	lines := map[string]int{}
	for i, r := range rows {
		if !r.OK() {
			continue
		}
		k := core(asked[i])
		if line, twice := lines[k]; twice {
			r.Warn("stem", "与第 %d 行是同一道题，发布时只收一道", line)
			continue
		}
		lines[k] = r.Line
		switch same, like := known.find(asked[i]); {
		case same.Code != "":
			r.Warn("stem", "与题库的 %s（第 %d 版，%s）是同一道题，发布时不再收", same.Code, same.Number, same.State.Label())
		case like.Code != "":
			r.Warn("stem", "题干与题库的 %s 一样，选项或者答案不同，请核对", like.Code)
		}
	}
	return nil
}

// Stage writes the rows as drafts that nobody sees yet; what the bank has already is left out.
func (l questionList) Stage(tx *store.Tx, by access.Session, batch draft.BatchID, rows []*draft.Row) error {
	file, err := draft.FileName(tx, batch)
	if err != nil {
		return err
	}
	asked := make([]bank.Question, len(rows))
	for i, r := range rows {
		cells, _ := folded(r.Values)
		asked[i], _ = interchange.FromCells(cells)
	}
	known, err := likes(tx, asked, int64(batch))
	if err != nil {
		return err
	}
	code, err := nextCode(tx)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	var questions []Question
	var versions []Version
	var articles []article
	for i, r := range rows {
		k := core(asked[i])
		if same, _ := known.find(asked[i]); same.Code != "" || taken[k] {
			continue
		}
		taken[k] = true
		origin := file + "，第 " + fmt.Sprint(r.Line) + " 行"
		if at := r.Text(place); at != "" {
			origin = file + "，" + at
		}
		q, v, of, err := stage(tx, by, int64(batch), code, origin, asked[i])
		if err != nil {
			return err
		}
		code = codeAfter(code)
		questions, versions, articles = append(questions, q), append(versions, v), append(articles, of...)
	}
	return insertAll(tx, questions, versions, articles)
}

// stage makes a question of an import with its entry.
func stage(tx *store.Tx, by access.Session, batch int64, code, origin string, asks bank.Question) (q Question, v Version, of []article, err error) {
	asks.ID = code
	q = Question{ID: QuestionID(store.NewID()), Code: code, Number: 1, Waiting: true, Batch: batch, At: store.Micros(tx.Now), Version: 1}
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindImported, Subject: q.Subject(), Data: map[string]any{"question": code, "number": 1, "type": asks.Type.Label(), "origin": origin}})
	if err != nil {
		return q, v, nil, err
	}
	q.Entry = int64(e)
	v = Version{ID: VersionID(store.NewID()), Number: 1, State: Draft, Source: Imported, Origin: origin, Author: by.Name(), AuthorID: int64(by.Account())}
	if of, err = v.fill(tx, &q, asks, q.Entry); err != nil {
		return q, v, nil, err
	}
	q.shows(v, asks)
	q.State = Staged
	return q, v, of, search.Add(tx, searchKind, int64(q.ID), words(asks))
}

// Unstage deletes what Stage wrote.
func (questionList) Unstage(tx *store.Tx, batch draft.BatchID) error {
	var ids []int64
	if err := tx.DB().NewSelect().Model((*Question)(nil)).Column("eq.id").Where("eq.batch_id = ?", int64(batch)).Where("eq.state = ?", Staged).Scan(tx.Ctx, &ids); err != nil {
		return err
	}
	for _, id := range ids {
		if err := search.Delete(tx, searchKind, id); err != nil {
			return err
		}
	}
	const of = `SELECT id FROM exam_question WHERE batch_id = ? AND state = ?`
	for _, q := range []string{
		`DELETE FROM exam_question_article WHERE version_id IN (SELECT v.id FROM exam_question_version v WHERE v.question_id IN (` + of + `))`,
		`DELETE FROM exam_question_version WHERE question_id IN (` + of + `)`, `DELETE FROM exam_question WHERE batch_id = ? AND state = ?`,
	} {
		if _, err := tx.Exec(q, int64(batch), Staged); err != nil {
			return err
		}
	}
	return nil
}

// Finish makes the questions of the batch drafts that wait for approval, all at once.
func (questionList) Finish(tx *store.Tx, by access.Session, batch draft.BatchID) error {
	n, err := tx.DB().NewSelect().Model((*Question)(nil)).Where("eq.batch_id = ?", int64(batch)).Where("eq.state = ?", Staged).Count(tx.Ctx)
	if err != nil || n == 0 {
		return err
	}
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindReleased, Subject: batch.Subject(), Data: map[string]any{"count": n}})
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE exam_question SET state = ?, version = version + 1, entry_id = ? WHERE batch_id = ? AND state = ?`, Draft, int64(e), int64(batch), Staged)
	return err
}

// codeAfter is the code that follows one of the bureau's own.
func codeAfter(code string) string {
	n := 0
	_, _ = fmt.Sscanf(strings.TrimPrefix(code, ownCodes), "%d", &n)
	return fmt.Sprintf("%s%06d", ownCodes, n+1)
}
