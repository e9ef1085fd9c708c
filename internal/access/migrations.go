package access

import (
	"embed"

	"fadu/internal/ledger"
)

// Migrations are the tables of units, accounts, sessions, tokens and the security log.
//
//go:embed migrations/*.sql
var Migrations embed.FS

// References are the columns by which the ledger's verification finds removed entries.
func References() []ledger.Reference {
	return []ledger.Reference{
		{Table: "unit", Column: "entry_id"},
		{Table: "unit_succession", Column: "entry_id"},
		{Table: "account", Column: "entry_id"},
		{Table: "account_role", Column: "entry_id"},
		{Table: "account_totp", Column: "entry_id"},
		{Table: "account_recovery", Column: "entry_id"},
		{Table: "role_proposal", Column: "entry_id"},
		{Table: "account_identity", Column: "entry_id"},
		{Table: "api_token", Column: "entry_id"},
	}
}
