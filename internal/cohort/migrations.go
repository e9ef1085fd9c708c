package cohort

import "embed"

// Migrations are the cohorts.
//
//go:embed migrations/*.sql
var Migrations embed.FS
