package casework

import "embed"

// Migrations are the tables of cases, papers and money.
//
//go:embed migrations/*.sql
var Migrations embed.FS
