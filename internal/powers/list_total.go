package powers

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// totalRow is a total that an imported list states of itself.
type totalRow struct {
	bun.BaseModel `bun:"table:power_list_total,alias:o"`
	Batch         int64  `bun:"batch_id,pk"`
	Label         string `bun:"label,pk"`
	Stated        int    `bun:"stated"`
	Answer        string `bun:"answer"`
	AnsweredBy    string `bun:"answered_by"`
	// AnsweredFor is the count for which the answer was given: another count asks again.
	AnsweredFor int `bun:"answered_for"`
}

// Received keeps the totals that a batch states.
func (l list) Received(tx *store.Tx, _ access.Session, id draft.BatchID, stated []draft.Stated) error {
	seen := map[string]bool{}
	var rows []totalRow
	for _, s := range stated {
		if !seen[s.Label] {
			seen[s.Label] = true
			rows = append(rows, totalRow{Batch: int64(id), Label: s.Label, Stated: s.Count, AnsweredFor: -1})
		}
	}
	return wrap("stated totals", insertAll(tx, rows))
}

// countLabel is under which kind a row counts, and what of it is counted once: a benchmark of several tiers
// is one.
func (l list) countLabel(r *draft.Row) (kind, once string) {
	switch l.kind {
	case ImportItems:
		return r.Text("kind"), r.Text("code")
	case ImportTiers:
		return "", r.Text("code")
	case ImportExemptions:
		return r.Text("type"), r.Text("id")
	}
	return r.Text("level"), r.Text("title") + r.Text("effective_date")
}

// counts are the batch's parts as they stand; "" is their sum.
func (l list) counts(tx *store.Tx, b draft.Batch) (map[string]int, error) {
	rows, err := l.s.drafts.Rows(tx, b, draft.ShowAll, 0, draft.MaxRows)
	if err != nil {
		return nil, err
	}
	out, seen := map[string]int{}, map[string]bool{}
	for i := range rows {
		if rows[i].Removed {
			continue
		}
		kind, once := l.countLabel(&rows[i].Row)
		if seen[once] {
			continue
		}
		seen[once] = true
		out[""]++
		if kind != "" {
			out[kind]++
		}
	}
	return out, nil
}

// totalFault is a stated total that differs from what the list's parts add up to.
type totalFault struct {
	totalRow
	Counted int
}

func (l list) totalFaults(tx *store.Tx, b draft.Batch) ([]totalFault, map[string]int, error) {
	var rows []totalRow
	if err := tx.DB().NewSelect().Model(&rows).Where("o.batch_id = ?", b.ID).Order("o.label").Scan(tx.Ctx); err != nil {
		return nil, nil, wrap("stated totals", err)
	}
	if len(rows) == 0 {
		return nil, nil, nil
	}
	counts, err := l.counts(tx, b)
	var out []totalFault
	for _, r := range rows {
		if n := counts[r.Label]; n != r.Stated {
			out = append(out, totalFault{r, n})
		}
	}
	out = append(out, statedAgainstItself(rows)...)
	return out, counts, err
}

// ownParts stands for the parts that a list states of itself.
const ownParts = "清单自己写的各类"

// statedAgainstItself is a stated sum that is not the sum of the stated parts, where the rows agree with it.
func statedAgainstItself(rows []totalRow) []totalFault {
	sum, whole := 0, slices.IndexFunc(rows, func(r totalRow) bool { return r.Label == "" })
	for _, r := range rows {
		if r.Label != "" {
			sum += r.Stated
		}
	}
	if whole < 0 || len(rows) < 2 || sum == rows[whole].Stated {
		return nil
	}
	f := totalFault{rows[whole], sum}
	f.Label = ownParts
	return []totalFault{f}
}

// Objections names the totals that do not add up.
func (l list) Objections(tx *store.Tx, b draft.Batch) ([]draft.Objection, error) {
	faults, counts, err := l.totalFaults(tx, b)
	if err != nil {
		return nil, err
	}
	var out []draft.Objection
	for _, f := range faults {
		o := draft.Objection{Text: differenceText(f, counts)}
		if f.AnsweredFor == f.Counted || f.Label == ownParts && f.Answer != "" {
			o.Answer = f.AnsweredBy + "核对：" + f.Answer
		}
		out = append(out, o)
	}
	return out, nil
}

// differenceText says how a total differs: 清单写明共 126 项，各行相加是 138 项，差 12 项（行政许可 10、行政处罚 118 …）.
func differenceText(f totalFault, counts map[string]int) string {
	diff := max(f.Stated-f.Counted, f.Counted-f.Stated)
	switch f.Label {
	case "":
		var parts []string
		for _, k := range sortedLabels(counts) {
			parts = append(parts, fmt.Sprintf("%s %d", k, counts[k]))
		}
		text := fmt.Sprintf("清单写明共 %d 项，各行相加是 %d 项，差 %d 项", f.Stated, f.Counted, diff)
		if len(parts) > 0 {
			text += "（" + strings.Join(parts, "、") + "）"
		}
		return text
	case ownParts:
		return fmt.Sprintf("清单写明共 %d 项，它写的各类相加是 %d 项，差 %d 项", f.Stated, f.Counted, diff)
	}
	return fmt.Sprintf("清单写明“%s” %d 项，实有 %d 项，差 %d 项", f.Label, f.Stated, f.Counted, diff)
}

func sortedLabels(counts map[string]int) []string {
	var out []string
	for k := range counts {
		if k != "" {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// Acknowledge answers the open differences with a reason.
func (l list) Acknowledge(tx *store.Tx, by access.Session, b draft.Batch, reason string) error {
	faults, _, err := l.totalFaults(tx, b)
	if err != nil {
		return err
	}
	for _, f := range faults {
		label, counted := f.Label, f.Counted
		if label == ownParts {
			continue // answered with the sum
		}
		if _, err := tx.Exec(`UPDATE power_list_total SET answer = ?, answered_by = ?, answered_for = ? WHERE batch_id = ? AND label = ?`, reason, by.Name(), counted, b.ID, label); err != nil {
			return wrap("stated totals", err)
		}
	}
	if !slices.ContainsFunc(faults, func(f totalFault) bool { return f.Label == "" }) {
		_, err = tx.Exec(`UPDATE power_list_total SET answer = ?, answered_by = ? WHERE batch_id = ? AND label = ''`, reason, by.Name(), b.ID)
	}
	return wrap("stated totals", err)
}

var _ draft.Gate = list{}
