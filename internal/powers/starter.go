package powers

import (
	"embed"
	"fmt"
	"slices"
	"sync"
)

// The starter data is a library of powers (事项库), not a bureau's list. The demo files are one clearly
// fictional local regulation; they load only into a demo database.
//
//go:embed data/*.csv
var dataFiles embed.FS

var (
	starterNames = map[ImportKind]string{ImportLaws: "laws.csv", ImportItems: "powers.csv", ImportTiers: "discretion.csv", ImportExemptions: "exemptions.csv"}
	demoNames    = map[ImportKind]string{ImportLaws: "demo_laws.csv", ImportItems: "demo_powers.csv", ImportTiers: "demo_discretion.csv", ImportExemptions: "demo_exemptions.csv"}
)

// StarterFile returns the name and the bytes of an embedded starter file; demo asks for the fictional
// regulation's instead.
func StarterFile(kind ImportKind, demo bool) (name string, data []byte, err error) {
	names := starterNames
	if demo {
		names = demoNames
	}
	name = names[kind]
	data, err = dataFiles.ReadFile("data/" + name)
	return name, data, err
}

// Starter returns the embedded starter data, for the recheck door and for tests. A fault in it is an
// error, with every bad row named.
func Starter() (*Library, error) { return starterLibrary() }

var starterLibrary = sync.OnceValues(func() (*Library, error) { return loadEmbedded(NewLibrary(nil, nil, nil, nil), false) })

// WithDemo returns the library with the fictional regulation added.
func WithDemo(l *Library) (*Library, error) { return loadEmbedded(l, true) }

func loadEmbedded(l *Library, demo bool) (*Library, error) {
	for _, kind := range ImportKinds() {
		name, data, err := StarterFile(kind, demo)
		if err != nil {
			return nil, fmt.Errorf("powers: starter: %w", err)
		}
		t, err := ReadTable(kind, data)
		if err != nil {
			return nil, fmt.Errorf("powers: starter %s: %w", name, err)
		}
		d := Check(t, l, demo)
		if len(d.Faults) > 0 {
			return nil, fmt.Errorf("powers: starter %s: %d faults, the first: %s", name, len(d.Faults), d.Faults[0])
		}
		l = l.with(d)
	}
	return l, nil
}

// with returns the library with the draft's things added.
func (l *Library) with(d Draft) *Library {
	items, benchmarks := slices.Clip(l.Items), slices.Clip(l.Benchmarks)
	exemptions, laws := slices.Clip(l.Exemptions), slices.Clip(l.Laws)
	for _, x := range d.Items {
		items = append(items, x.Value)
	}
	for _, x := range d.Benchmarks {
		benchmarks = append(benchmarks, x.Value)
	}
	for _, x := range d.Exemptions {
		exemptions = append(exemptions, x.Value)
	}
	for _, x := range d.Laws {
		laws = append(laws, x.Value)
	}
	return NewLibrary(items, benchmarks, exemptions, laws)
}

// starterConditions maps the starter list's entries to their conditions: thresholds that were made up for
// this data set, to be recognised when somebody imports them as a bureau's own.
var starterConditions = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	_, data, err := StarterFile(ImportExemptions, false)
	if err != nil {
		return out
	}
	t, err := ReadTable(ImportExemptions, data)
	if err != nil {
		return out
	}
	for _, row := range t.Rows {
		e, _ := ParseExemption(row)
		out[e.Ref] = e.Conditions
	}
	return out
})
