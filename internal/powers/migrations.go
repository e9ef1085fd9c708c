package powers

import "embed"

// Migrations are the tables of powers, benchmarks, exemptions and laws.
//
//go:embed migrations/*.sql
var Migrations embed.FS
