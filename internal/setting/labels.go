package setting

import "fadu/internal/ledger"

const (
	kindChanged = "setting.changed"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	kindChanged: "调整本局设置",
}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{
	{Table: "setting_item", Column: "entry_id"},
}
