package training

import "embed"

// Migrations are the scenes, the runs and their acts.
//
//go:embed migrations/*.sql
var Migrations embed.FS
