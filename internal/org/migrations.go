package org

import "embed"

// Migrations are the tables of people, certificates and 执法主体. They need the tables of draft.
//
//go:embed migrations/*.sql
var Migrations embed.FS
