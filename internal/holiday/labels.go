package holiday

import "fadu/internal/ledger"

const kindLoaded = "holiday.loaded"

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{kindLoaded: "载入放假安排"}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{{Table: "holiday_day", Column: "entry_id"}, {Table: "holiday_move", Column: "entry_id"}}
