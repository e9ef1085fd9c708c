package sitting

import "embed"

// Migrations are the exams, their candidates, attempts and answers.
//
//go:embed migrations/*.sql
var Migrations embed.FS
