package course

import "embed"

// Migrations are the courses.
//
//go:embed migrations/*.sql
var Migrations embed.FS
