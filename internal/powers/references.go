package powers

import "fadu/internal/ledger"

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{
	{Table: "power_item", Column: "entry_id"},
	{Table: "power_benchmark", Column: "entry_id"},
	{Table: "power_exemption", Column: "entry_id"},
	{Table: "power_law", Column: "entry_id"},
	{Table: "power_basis", Column: "entry_id"},
	{Table: "power_tier", Column: "entry_id"},
	{Table: "power_adjustment", Column: "entry_id"},
	{Table: "power_affected", Column: "entry_id"},
	{Table: "law_change", Column: "entry_id"},
	{Table: "power_guide", Column: "entry_id"},
	{Table: "law_text", Column: "entry_id"},
}
