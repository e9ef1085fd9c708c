// Package scenes holds the scenes that come with the program, as data: written by us, in Chinese, each under the law
// of its day. A test lints every one with the rules of the product, finds a path of at least 95 points in every
// variant and sees the lazy walkers fail.
package scenes

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"fadu/internal/training/scene"
)

//go:embed *.yaml
var files embed.FS

// oldEdition is a scene again as it would have been under the law that was repealed: the same people, the old day and
// the old articles.
type oldEdition struct {
	of, id string
	words  *strings.Replacer
}

// oldEditions are for comparing; what is published without their label cites only law in force.
var oldEditions = []oldEdition{{
	of: "kitchen_fumes", id: "kitchen_fumes_old_law",
	words: strings.NewReplacer(
		"id: kitchen_fumes\n", "id: kitchen_fumes_old_law\nedition: "+scene.OldLaw+"\n", "title: 午市的油烟", "title: 午市的油烟（旧法对照）",
		"set_on: 2026-09-16", "set_on: 2026-07-15", "STHJ-1132", "DQWR-118", "STHJ-250", "DQWR-81", "生态环境法典", "大气污染防治法",
	),
}, {
	of: "muck_truck", id: "muck_truck_old_law",
	words: strings.NewReplacer(
		"id: muck_truck\n", "id: muck_truck_old_law\nedition: "+scene.OldLaw+"\n", "title: 一路黄泥", "title: 一路黄泥（旧法对照）",
		// Spilt building waste had no article of its own for a haulier: the regulation on the look of cities served.
		"set_on: 2026-09-22", "set_on: 2026-07-21", "STHJ-1129", "DQWR-116", "STHJ-1169", "SRHW-34", "STHJ-241", "DQWR-70",
		"生态环境法典第一千一百二十九条", "大气污染防治法第一百一十六条",
	),
}, {
	of: "night_concrete", id: "night_concrete_old_law",
	words: strings.NewReplacer(
		"id: night_concrete\n", "id: night_concrete_old_law\nedition: "+scene.OldLaw+"\n", "title: 还差最后一车", "title: 还差最后一车（旧法对照）",
		"set_on: 2026-09-08", "set_on: 2026-07-07", "STHJ-1185", "ZSWR-77", "STHJ-1186", "ZSWR-40", "STHJ-572", "ZSWR-43",
		"生态环境法典第一千一百八十五条", "噪声污染防治法第七十七条",
	),
}}

// File is a scene with the text that it was read from.
type File struct {
	Scenario *scene.Scenario
	Text     string
}

// All returns the scenes of Files.
func All() ([]*scene.Scenario, error) {
	files, err := Files()
	out := make([]*scene.Scenario, len(files))
	for i, f := range files {
		out[i] = f.Scenario
	}
	return out, err
}

// Files returns the scenes in the order of their file names, old editions after their scenes. A fault in one is a fault
// of the program.
func Files() ([]File, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("scenes: %w", err)
	}
	var out []File
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("scenes: %w", err)
		}
		s, err := scene.Parse(b)
		if err != nil {
			return nil, fmt.Errorf("scenes: %s: %w", name, err)
		}
		if want := s.ID + ".yaml"; path.Base(name) != want {
			return nil, fmt.Errorf("scenes: %s should be called %s", name, want)
		}
		out = append(out, File{s, string(b)})
		for _, e := range oldEditions {
			if e.of != s.ID {
				continue
			}
			text := e.words.Replace(string(b))
			old, err := scene.Parse([]byte(text))
			if err != nil {
				return nil, fmt.Errorf("scenes: %s: %w", e.id, err)
			}
			if old.ID != e.id || old.Edition != scene.OldLaw {
				return nil, fmt.Errorf("scenes: %s is not labelled as an old edition", e.id)
			}
			out = append(out, File{old, text})
		}
	}
	return out, nil
}
