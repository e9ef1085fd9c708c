package ledger

import "embed"

// Migrations are the ledger's tables and the triggers that refuse to change or delete an entry.
//
//go:embed migrations/*.sql
var Migrations embed.FS
