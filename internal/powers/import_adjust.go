package powers

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// adjustList is adjustments in Excel: one row proposes one. The document's file is attached on its page.
type adjustList struct{ s *Service }

// Name is the list's code.
func (adjustList) Name() string { return "power.adjustments" }

// Label is what the list is called.
func (adjustList) Label() string { return "权责调整" }

// Permissions: whoever may import uploads, whoever may propose publishes.
func (adjustList) Permissions() (upload, publish access.Permission) {
	return access.PowerImport, access.PowerPropose
}

// Landing is the list of adjustments.
func (adjustList) Landing() web.Link { return web.Link{Label: "权责调整", Href: adjustmentsPath} }

// adjustColumns are the columns of the list, in and out alike.
var adjustColumns = []draft.Column{
	{Key: "kind", Label: "种类", Kind: draft.Choice, Need: true, Choices: labels(adjustKindLabels), Example: "取消"},
	{Key: "codes", Label: "权责编码", Kind: draft.List, Need: true, Max: 2000, Note: "几项用顿号隔开", Example: "YS-001", Width: 20},
	{Key: "into", Label: "并入", Kind: draft.Code, Note: "合并时写并入哪一项"},
	{Key: "counterpart", Label: "承接、移出机关", Max: 100, Note: "下放、承接时写", Width: 20},
	{Key: "reason", Label: "理由", Max: 500, Width: 24},
	{Key: "basis_title", Label: "依据文件", Need: true, Max: 200, Example: "演示市关于取消一批权责事项的通知", Width: 32},
	{Key: "basis_number", Label: "文号", Need: true, Max: 100, Example: "演示政发〔2026〕9号", Width: 20},
	{Key: "basis_date", Label: "文件日期", Kind: draft.Day, Need: true, Example: "2026-11-01"},
	{Key: "effective_on", Label: "生效日期", Kind: draft.Day, Need: true, Example: "2026-12-01"},
	{Key: "violated_law", Label: "新的违反依据", Max: 100, Note: "依据变更时写，没变的空着"},
	{Key: "violated_article", Label: "新的违反条款", Max: 60},
	{Key: "penalty_law", Label: "新的处罚依据", Max: 100},
	{Key: "penalty_article", Label: "新的处罚条款", Max: 60},
	{Key: "handling", Label: "办理中的案件", Kind: draft.Choice, Choices: labels(handlingLabels), Note: "权力划出时写", Example: "按移交文件由本局继续办理", Width: 26},
	{Key: "handling_document", Label: "移交文件", Max: 200, Example: "演示政发〔2026〕9号第三条", Width: 24},
}

// Columns describes the list.
func (adjustList) Columns() []draft.Column { return adjustColumns }

// input reads a row as a proposal.
func adjustInputOf(r *draft.Row) AdjustInput {
	kind, _ := fromLabel(adjustKindLabels, r.Text("kind"))
	handling, _ := fromLabel(handlingLabels, r.Text("handling"))
	return AdjustInput{
		Kind: kind, Codes: r.List("codes"), Into: r.Code("into"), Counterpart: r.Text("counterpart"), Reason: r.Text("reason"),
		BasisTitle: r.Text("basis_title"), BasisNumber: r.Text("basis_number"), BasisDate: r.Date("basis_date"), EffectiveOn: r.Date("effective_on"),
		ViolatedLaw: r.Text("violated_law"), ViolatedArticle: r.Text("violated_article"), PenaltyLaw: r.Text("penalty_law"), PenaltyArticle: r.Text("penalty_article"),
		Handling: handling, HandlingDocument: r.Text("handling_document"),
	}.tidy()
}

// Check names what is wrong with each proposal, as its page would.
func (l adjustList) Check(tx *store.Tx, _ access.Session, rows []*draft.Row) error {
	ins := make([]AdjustInput, len(rows))
	for i, r := range rows {
		ins[i] = adjustInputOf(r)
	}
	lib, err := adjustLibrary(tx, ins...)
	if err != nil {
		return err
	}
	seen := map[string]int{}
	for i, r := range rows {
		for _, f := range ins[i].faults(lib, tx.Today()) {
			if !r.Wrong(f.Name) {
				r.Bad(f.Name, "%s", f.Message)
			}
		}
		key := strings.Join(append(ins[i].Codes, string(ins[i].Kind), ins[i].EffectiveOn.String()), " ")
		if line, twice := seen[key]; twice {
			r.Warn("codes", "与第 %d 行是同一调整", line)
		}
		seen[key] = r.Line
	}
	return nil
}

// Stage writes proposals that readers do not see yet.
func (l adjustList) Stage(tx *store.Tx, by access.Session, batch draft.BatchID, rows []*draft.Row) error {
	for _, r := range rows {
		a := newAdjustment(tx, by, adjustInputOf(r))
		a.ID, a.Batch, a.Live = AdjustmentID(store.NewID()), int64(batch), false
		entry, err := draft.BatchEntry(tx, batch)
		if err != nil {
			return err
		}
		a.Entry = int64(entry)
		if err := insertAdjustment(tx, &a); err != nil {
			return err
		}
	}
	return nil
}

// Unstage deletes what Stage wrote.
func (l adjustList) Unstage(tx *store.Tx, batch draft.BatchID) error {
	if _, err := tx.Exec(`DELETE FROM power_adjustment_item WHERE adjustment_id IN (SELECT id FROM power_adjustment WHERE batch_id = ? AND live = 0)`, batch); err != nil {
		return wrap("unstage adjustments", err)
	}
	_, err := tx.Exec(`DELETE FROM power_adjustment WHERE batch_id = ? AND live = 0`, batch)
	return wrap("unstage adjustments", err)
}

// Finish makes the proposals visible, each with its entry.
func (l adjustList) Finish(tx *store.Tx, by access.Session, batch draft.BatchID) error {
	var list []Adjustment
	if err := tx.DB().NewSelect().Model(&list).Where("a.batch_id = ?", batch).Where("a.live = 0").Order("a.id").Scan(tx.Ctx); err != nil {
		return wrap("publish adjustments", err)
	}
	if err := withCodes(tx, list); err != nil {
		return err
	}
	for _, a := range list {
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "power.adjust_proposed", Subject: a.ID.Subject(), Data: a.input()})
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE power_adjustment SET live = 1, entry_id = ? WHERE id = ?`, int64(entry), a.ID); err != nil {
			return wrap("publish adjustments", err)
		}
	}
	return nil
}

var (
	_ draft.Finisher = adjustList{}
	_ draft.Lander   = adjustList{}
)
