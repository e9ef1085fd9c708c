package exam

import "embed"

// Migrations are the question bank.
//
//go:embed migrations/*.sql
var Migrations embed.FS
