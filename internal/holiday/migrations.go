package holiday

import "embed"

// Migrations are the loaded days and the terms that moved by them.
//
//go:embed migrations/*.sql
var Migrations embed.FS
