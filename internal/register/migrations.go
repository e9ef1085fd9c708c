package register

import "embed"

// Migrations are the definitions, their records, photos and stocks.
//
//go:embed migrations/*.sql
var Migrations embed.FS
