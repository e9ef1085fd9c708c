package search

import "embed"

// Migrations are the tables of the index, which differ between the engines.
//
//go:embed migrations/*.sql
var Migrations embed.FS
