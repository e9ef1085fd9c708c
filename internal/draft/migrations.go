package draft

import "embed"

// Migrations are the tables of draft batches.
//
//go:embed migrations/*.sql
var Migrations embed.FS
