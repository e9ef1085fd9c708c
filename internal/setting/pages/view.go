// Package pages are the pages of the bureau's settings.
package pages

import (
	"fadu/internal/law"
	"fadu/internal/web"
)

// The menu items that are lit.
const (
	NavSettings = "/w/settings"
)

// SettingsView is the list of settings, by group.
type SettingsView struct{ Groups []SettingGroup }

// SettingGroup is some settings under a heading.
type SettingGroup struct {
	Label string
	Rows  []SettingRow
}

// SettingRow is a setting with what was decided.
type SettingRow struct {
	Label, Href, Value string
	// Since says when and by whom it was decided, or that the default holds.
	Since   string
	Decided bool
}

// SettingView is one setting with the form that changes it.
type SettingView struct {
	Label, Help, Source string
	Cite                law.Citations
	Facts               []web.FactView
	Form                *web.Form
	Action              string
	Options             []web.Option
	Example, Version    string
	History             []web.LedgerView
}
