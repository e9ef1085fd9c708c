package indicator

import "embed"

// Migrations are the tables of kept figures.
//
//go:embed migrations/*.sql
var Migrations embed.FS
