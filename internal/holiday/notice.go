package holiday

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law/calendar"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

const noticeKind = "holiday.notice"

// notice is the list of days of a notice. It is atomic: a calendar with half a year would be wrong.
type notice struct{ s *Service }

// Name, Label and Columns describe the list. The columns are those of the embedded calendar file, and a
// reason for rows that contradict it.
func (notice) Name() string { return noticeKind }

// Label is what the list is called.
func (notice) Label() string { return "放假安排" }

var kindNames = map[string]calendar.Kind{"放假": calendar.Holiday, "holiday": calendar.Holiday, "上班": calendar.MakeupDay, "调休上班": calendar.MakeupDay, "workday": calendar.MakeupDay}

// Columns describes the columns.
func (notice) Columns() []draft.Column {
	return []draft.Column{
		{Key: "date", Label: "日期", Also: []string{"date"}, Kind: draft.Day, Need: true, Note: "通知里放假或者调休上班的每一天，一天一行；普通的周末、工作日不用写", Example: "2027-01-01"},
		{Key: "kind", Label: "放假或上班", Also: []string{"kind"}, Need: true, Max: 20, Note: "放假（holiday）或者上班（workday）；上班是周末调休上班的日子", Example: "放假"},
		{Key: "name", Label: "节日", Also: []string{"name"}, Need: true, Max: 40, Example: "元旦"},
		{Key: "source_document", Label: "来源文件及文号", Also: []string{"source_document", "source"}, Need: true, Note: "国务院办公厅关于某年部分节假日安排的通知，连同文号", Example: "国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕×号）", Width: 40},
		{Key: "confidence", Label: "核对情况", Also: []string{"confidence"}, Note: "谁对照通知原文核对过", Example: "已与通知原文逐日核对"},
		{Key: "correction", Label: "更正理由", Also: []string{"correction"}, Note: "只有与程序内置的年份不一致时才填：为什么以这一行为准", Width: 24},
	}
}

// Permissions are those of the bureau's settings.
func (notice) Permissions() (upload, publish access.Permission) {
	return access.SettingManage, access.SettingManage
}

// Atomic says that a notice is loaded as a whole.
func (notice) Atomic() {}

// Landing is where the loaded years are seen.
func (notice) Landing() web.Link { return web.Link{Label: "工作日历", Href: Path} }

// Preview is the year as it would be.
func (notice) Preview(id draft.BatchID) web.Link {
	return web.Link{Label: "按日历预览", Href: Path + "/preview/" + id.String()}
}

// rowOf reads a row. A correction counts as a document of its own, since a notice cannot contradict itself.
func rowOf(r *draft.Row) calendar.Row {
	source := r.Text("source_document")
	if r.Text("correction") != "" {
		source += "（更正：" + r.Text("correction") + "）"
	}
	return calendar.Row{Date: r.Date("date"), Kind: kindNames[r.Text("kind")], Name: r.Text("name"), Source: source, Confidence: r.Text("confidence"), Line: r.Line}
}

// Check names rows that contradict themselves, the embedded calendar or what makes a year whole.
func (k notice) Check(tx *store.Tx, _ access.Session, rows []*draft.Row) error {
	now, _, err := Load(tx, k.s.base)
	if err != nil {
		return err
	}
	at := map[int]*draft.Row{}
	var days []calendar.Row
	good := true
	for _, r := range rows {
		at[r.Line] = r
		if _, ok := kindNames[r.Text("kind")]; !ok && !r.Wrong("kind") {
			r.Bad("kind", "只能填“放假”（holiday）或者“上班”（workday）")
		}
		if r.OK() {
			k.compare(r)
		}
		good = good && r.OK()
		days = append(days, rowOf(r))
	}
	if !good {
		return nil // what makes a year whole can be said once each row is right
	}
	_, err = now.With(days)
	var bad *fault.Error
	if !errors.As(err, &bad) {
		return err
	}
	blame(bad.Fields, at, rows)
	return nil
}

// compare holds a row against what the program itself says of the day.
func (k notice) compare(r *draft.Row) {
	day := rowOf(r)
	if !slices.Contains(k.s.base.Years(), day.Date.Year()) {
		return
	}
	var known calendar.Row
	for _, x := range k.s.base.Rows(day.Date.Year()) {
		if x.Date == day.Date {
			known = x
		}
	}
	switch {
	case known.Kind == day.Kind:
		r.Warn("date", "程序里已经是这样，载入不会改变")
	case r.Text("correction") == "" && known.Kind == "":
		r.Bad("correction", "程序内置的%d年放假安排里没有这一天。确有另行通知的，请写明更正理由", day.Date.Year())
	case r.Text("correction") == "":
		r.Bad("correction", "与程序内置的矛盾：《%s》里这一天是%s。确有另行通知的，请写明更正理由", known.Source, map[calendar.Kind]string{calendar.Holiday: "放假", calendar.MakeupDay: "上班"}[known.Kind])
	}
}

var lineOf = regexp.MustCompile(`^第(\d+)行$`)

// blame puts what is wrong with the whole at the row that it names, or at the first row of its year.
func blame(fields []fault.Field, at map[int]*draft.Row, rows []*draft.Row) {
	for _, f := range fields {
		if m := lineOf.FindStringSubmatch(f.Name); m != nil {
			n, _ := strconv.Atoi(m[1])
			if r := at[n]; r != nil {
				r.Bad("date", "%s", f.Message)
				continue
			}
		}
		first := rows[0]
		for _, r := range rows {
			if fmt.Sprintf("%d年", r.Date("date").Year()) == f.Name {
				first = r
				break
			}
		}
		first.Bad("date", "%s%s", f.Name, f.Message)
	}
}

// Stage loads the days: the batch becomes the calendar in this very update.
func (k notice) Stage(tx *store.Tx, by access.Session, batch draft.BatchID, rows []*draft.Row) error {
	entry, err := k.s.enter(tx, by, batch, rows)
	if err != nil {
		return err
	}
	stored := make([]dayRow, len(rows))
	from := rows[0].Date("date")
	for i, r := range rows {
		d := rowOf(r)
		stored[i] = dayRow{ID: store.NewID(), Batch: batch, Day: d.Date, Kind: d.Kind, Name: d.Name, Source: d.Source, Confidence: d.Confidence, Correction: r.Text("correction"), Entry: entry}
		if d.Date.Before(from) {
			from = d.Date
		}
	}
	if _, err := tx.DB().NewInsert().Model(&stored).Exec(tx.Ctx); err != nil {
		return fmt.Errorf("holiday: %w", err)
	}
	after, faults, err := Load(tx, k.s.base)
	if err != nil {
		return err
	}
	if k.s.moved != nil {
		if err := k.s.moved(tx, batch, from); err != nil {
			return err
		}
	}
	tx.AfterCommit(func() {
		k.s.live.Replace(after)
		k.s.loaded.Store(stored[len(stored)-1].ID)
		k.s.faults.Store(&faults)
	})
	return nil
}

// enter writes the ledger entry of a loaded notice.
func (s *Service) enter(tx *store.Tx, by access.Session, batch draft.BatchID, rows []*draft.Row) (ledger.EntryID, error) {
	years, sources, corrections := map[int]int{}, []string{}, map[string]string{}
	for _, r := range rows {
		years[r.Date("date").Year()]++
		if src := r.Text("source_document"); !slices.Contains(sources, src) {
			sources = append(sources, src)
		}
		if why := r.Text("correction"); why != "" {
			corrections[r.Date("date").String()] = why
		}
	}
	return ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindLoaded, Subject: batch.Subject(), Data: map[string]any{"years": years, "documents": sources, "corrections": corrections}})
}

// AddMoves keeps which terms a batch moved, once they were counted anew. Each carries the entry that tells of it.
func (s *Service) AddMoves(tx *store.Tx, batch draft.BatchID, ms []Move) error {
	if len(ms) == 0 {
		return nil
	}
	for i := range ms {
		ms[i].ID, ms[i].Batch = store.NewID(), batch
	}
	_, err := tx.DB().NewInsert().Model(&ms).Exec(tx.Ctx)
	return err
}

// Unstage has nothing to do: the days are written with the publication or not at all.
func (notice) Unstage(*store.Tx, draft.BatchID) error { return nil }
