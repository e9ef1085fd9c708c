package hearing

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/store"
)

// stays are the hearings that are not over and for which somebody sits: as host, on the panel, as clerk. Who is to sit instead
// the head says; whoever held one reports on it (行政处罚法第六十四条；55号令第三十四条).
func stays(tx *store.Tx, scope access.Scope, person int64) ([]casework.Stay, error) {
	var rows []struct {
		ID        int64           `bun:"id"`
		Case      casework.CaseID `bun:"case_id"`
		State     string          `bun:"state"`
		Host      int64           `bun:"host_id"`
		Clerk     int64           `bun:"clerk_id"`
		PlannedAt int64           `bun:"planned_at"`
		CaseNo    string          `bun:"case_no"`
	}
	q := tx.DB().NewSelect().TableExpr("hearing AS hg").Join("JOIN penalty_case AS c ON c.id = hg.case_id").ColumnExpr("hg.id, hg.case_id, hg.state, hg.host_id, hg.clerk_id, hg.planned_at, c.case_no").
		Where("hg.state IN ('accepted', 'scheduled', 'paused', 'held')").
		Where("(hg.host_id = ? OR hg.clerk_id = ? OR ',' || hg.panel_ids || ',' LIKE ?)", person, person, fmt.Sprintf("%%,%d,%%", person)).Order("hg.id").Limit(100)
	if err := scope.Where(q, "c").Scan(tx.Ctx, &rows); err != nil {
		return nil, err
	}
	var out []casework.Stay
	for _, r := range rows {
		role, text, step := "听证员", "听证："+r.CaseNo, "appoint_host"
		switch person {
		case r.Host:
			role = "主持人"
		case r.Clerk:
			role = "记录员"
		}
		switch at := casework.HearingState(r.State); {
		case at == casework.HearingHeld:
			text, step = text+"，已举行，等听证报告", "report_hearing"
		case at == casework.HearingPaused:
			text, step = text+"，中止中", "resume_hearing"
		case r.PlannedAt != 0:
			text += "，" + (&Hearing{PlannedAt: r.PlannedAt}).planned() + "举行"
		}
		out = append(out, casework.Stay{Kind: role, Text: text, Case: r.Case, Step: step})
	}
	return out, nil
}
