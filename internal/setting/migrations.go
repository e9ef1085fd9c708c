package setting

import "embed"

// Migrations are the settings of the bureau. They need the tables of store.
//
//go:embed migrations/*.sql
var Migrations embed.FS
