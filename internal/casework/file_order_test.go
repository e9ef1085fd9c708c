package casework

import (
	"slices"
	"testing"
)

// Every kind in the table exists and has one class; an ordinary case's papers come in the order of article 40.
func TestFileOrder(t *testing.T) {
	seen := map[PaperKind]bool{}
	for _, kinds := range fileKinds {
		for _, k := range kinds {
			if k.Label() == "" || seen[k] {
				t.Errorf("%s: unknown, or twice", k)
			}
			seen[k] = true
		}
	}
	papers := []Paper{
		{Kind: "case_closing_approval", CreatedAt: 9},
		{Kind: "penalty_decision", CreatedAt: 7},
		{Kind: "review_opinion", CreatedAt: 6},
		{Kind: "hearing_record", CreatedAt: 5},
		{Kind: "defence_record", CreatedAt: 4},
		{Kind: PenaltyNotice, CreatedAt: 3},
		{Kind: "interview_record", CreatedAt: 2},
		{Kind: "performance_record", CreatedAt: 8},
		{Kind: "filing_approval", CreatedAt: 1},
	}
	InFileOrder(papers)
	var got []PaperKind
	for _, p := range papers {
		got = append(got, p.Kind)
	}
	want := []PaperKind{"filing_approval", PenaltyNotice, "penalty_decision", "interview_record", "defence_record", "hearing_record", "review_opinion", "performance_record", "case_closing_approval"}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if FileClasses[FileClass("case_closing_approval")] != "其他有关材料" {
		t.Error("a kind without a class is not in the last")
	}
}
