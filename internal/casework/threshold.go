package casework

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"fadu/internal/law"

	"gopkg.in/yaml.v3"
)

//go:embed data/hearing_thresholds.yaml
var thresholdsYAML []byte

// Threshold is from what amounts on a fine, a confiscation of gains or of goods is large (较大数额), so that the party
// may ask for a hearing (行政处罚法第六十三条第一款). Each amount is compared apart and reached when equal.
type Threshold struct {
	// Region is the beginning of the division code; Sector a trade with a text of its own, "" for all.
	Region string `yaml:"region"`
	Sector string `yaml:"sector"`
	Party  string `yaml:"party"` // citizen, unit
	// Fine, Gains and Goods in whole yuan.
	Fine   int64    `yaml:"fine"`
	Gains  int64    `yaml:"gains"`
	Goods  int64    `yaml:"goods"`
	From   law.Date `yaml:"from"`
	Until  law.Date `yaml:"until"`
	Source string   `yaml:"source"`
	Mark   string   `yaml:"mark"`
}

// Thresholds are the known local texts, for adoption by a bureau. A fault in them stops the program at start.
var Thresholds = sync.OnceValue(func() []Threshold {
	ts, err := parseThresholds(thresholdsYAML)
	if err != nil {
		panic(err)
	}
	return ts
})

func parseThresholds(b []byte) ([]Threshold, error) {
	var ts []Threshold
	if err := yaml.Unmarshal(b, &ts); err != nil {
		return nil, fmt.Errorf("casework: thresholds: %w", err)
	}
	for i, t := range ts {
		if t.Region == "" || t.Party != "citizen" && t.Party != "unit" || t.Fine <= 0 || t.Gains <= 0 || t.Goods <= 0 || t.From.IsZero() || t.Source == "" || t.Mark == "" {
			return nil, fmt.Errorf("casework: threshold %d lacks region, party, amounts, first day, source or mark", i+1)
		}
		for _, o := range ts[:i] {
			same := o.Region == t.Region && o.Sector == t.Sector && o.Party == t.Party
			if same && (o.Until.IsZero() || !t.From.After(o.Until)) && (t.Until.IsZero() || !o.From.After(t.Until)) {
				return nil, fmt.Errorf("casework: thresholds of %s for %s overlap", t.Region, t.Party)
			}
		}
	}
	return ts, nil
}

// ThresholdFor is the text for a region, a sector and a party in force on the day: the nearest region first, and in
// it the sector's own before the general one.
func ThresholdFor(ts []Threshold, region, sector string, party PartyKind, on law.Date) (Threshold, bool) {
	kind := "citizen"
	if isUnit(party) {
		kind = "unit"
	}
	var best Threshold
	found := false
	for _, t := range ts {
		if t.Party != kind || !strings.HasPrefix(region, t.Region) || t.Sector != "" && t.Sector != sector || !on.Within(t.From, t.Until) {
			continue
		}
		nearer := len(t.Region) > len(best.Region) || len(t.Region) == len(best.Region) && t.Sector != "" && best.Sector == ""
		if !found || nearer {
			best, found = t, true
		}
	}
	return best, found
}

// Large reports whether one of the amounts reaches the threshold.
func (t Threshold) Large(fine, gains, goods law.Money) bool {
	return fine >= law.Yuan(t.Fine) || gains >= law.Yuan(t.Gains) || goods >= law.Yuan(t.Goods)
}
