package jobs

import "embed"

// Migrations is the table of jobs.
//
//go:embed migrations/*.sql
var Migrations embed.FS
