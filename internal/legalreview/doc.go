// Package legalreview is the legal review of decisions (法制审核): a satellite of casework, done by another body than the one that
// handles the case. Only its signed 同意 opens a major decision (行政处罚法第五十八条；住房和城乡建设行政处罚程序规定第二十三条至第二十五条).
// casework does not know it: without it the fact legal_review is not stated and a major decision is refused.
package legalreview

import (
	"embed"

	"fadu/internal/ledger"
)

// Migrations are the tables of reviews.
//
//go:embed migrations/*.sql
var Migrations embed.FS

// References are the columns that keep ledger entries.
var References = []ledger.Reference{
	{Table: "legal_review", Column: "entry_id"}, {Table: "legal_review_opinion", Column: "entry_id"}, {Table: "legal_review_difference", Column: "entry_id"}, {Table: "legal_review_counsel", Column: "entry_id"},
}
