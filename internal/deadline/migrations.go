package deadline

import "embed"

// Migrations are the tables of running terms, of what was missed and of supervision.
//
//go:embed migrations/*.sql
var Migrations embed.FS
