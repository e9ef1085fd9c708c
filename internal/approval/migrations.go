package approval

import "embed"

// Migrations are the tables of approvals and mandates.
//
//go:embed migrations/*.sql
var Migrations embed.FS
