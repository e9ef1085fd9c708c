package past

import "embed"

// Migrations are the printed reports.
//
//go:embed migrations/*.sql
var Migrations embed.FS
