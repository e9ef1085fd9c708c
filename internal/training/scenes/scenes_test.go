package scenes_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/training/scene"
	"fadu/internal/training/scenes"
)

func plays(t *testing.T) map[string]*scene.Play {
	t.Helper()
	judge, err := law.NewJudge(org.Rules(), org.CertificateRules(), org.SubjectRules(), casework.Rules())
	if err != nil {
		t.Fatal(err)
	}
	all, err := scenes.All()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*scene.Play{}
	for _, s := range all {
		p, err := scene.Compile(s, judge)
		if err != nil {
			t.Fatalf("%s：%v", s.ID, err)
		}
		out[s.ID] = p
	}
	return out
}

// TestScenesMayBePublished: the linter has nothing to say: among other things every variant has a path of at least 95
// points, and who always takes the first, the longest or the listening choice fails.
func TestScenesMayBePublished(t *testing.T) {
	for id, p := range plays(t) {
		t.Run(id, func(t *testing.T) {
			for _, f := range p.Lint() {
				t.Error(f)
			}
			if n := len(p.Scenario.Beats); n < 20 {
				t.Errorf("只有 %d 个节拍", n)
			}
			if len(p.Scenario.Vars) == 0 {
				t.Error("没有变体")
			}
		})
	}
}

// TestScenesOfTheEnvironmentAreUnderTheCode: scenes of air, noise and waste are set under the code of 2026; the old law only in
// an edition that says so.
func TestScenesOfTheEnvironmentAreUnderTheCode(t *testing.T) {
	code := law.MustDate("2026-08-15")
	old := 0
	for id, p := range plays(t) {
		s := p.Scenario
		cites := strings.Join(s.Sources, " ")
		switch {
		case s.Edition == scene.OldLaw:
			old++
			if !s.SetOn.Before(code) || strings.Contains(cites, "STHJ") {
				t.Errorf("%s：旧法对照设在 %s，引 %s", id, s.SetOn, cites)
			}
		case strings.Contains(cites, "STHJ") && s.SetOn.Before(code):
			t.Errorf("%s：法典还没有施行", id)
		}
	}
	if old == 0 {
		t.Error("没有旧法对照")
	}
}

// TestAChangedSceneIsANewVersion: a bureau takes over a scene of the program once for each version, and its runs are replayed
// by it. editions.txt has every version that was ever shipped.
func TestAChangedSceneIsANewVersion(t *testing.T) {
	text, err := os.ReadFile("testdata/editions.txt")
	if err != nil {
		t.Fatal(err)
	}
	shipped := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 3 {
			shipped[f[0]+" "+f[1]] = f[2]
		}
	}
	files, err := scenes.Files()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		edition, digest := fmt.Sprint(f.Scenario.ID, " ", f.Scenario.Version), fmt.Sprintf("%x", sha256.Sum256([]byte(f.Text)))
		switch shipped[edition] {
		case digest:
		case "":
			t.Errorf("新的版本，请在 testdata/editions.txt 里加一行：%s %s", edition, digest)
		default:
			t.Errorf("%s 的内容改了：请把 version 加一，再在 testdata/editions.txt 里加上新的一行", edition)
		}
	}
}
