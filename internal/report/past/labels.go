package past

import "fadu/internal/ledger"

const (
	kindConfirmed = "past.confirmed"
	kindWithdrawn = "past.withdrawn"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{kindConfirmed: "确认旧报告的数字", kindWithdrawn: "撤下旧报告"}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{{Table: "past_line", Column: "entry_id"}, {Table: "past_report", Column: "entry_id"}}
