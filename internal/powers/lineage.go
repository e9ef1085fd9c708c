package powers

import (
	"slices"

	"fadu/internal/store"
)

// lineageMost bounds how many steps a power is followed through changes of the law.
const lineageMost = 10

// Lineage names the powers for the same conduct over the changes of the law: the power itself, those that it followed and those that followed
// it, as superseded_by links them. Two powers that one power followed are not each other's (行政处罚法第三十三条第一款: 初次违法).
func (s *Service) Lineage(tx *store.Tx, code string) ([]string, error) {
	return store.Memo(tx, lineageKey(code), func() ([]string, error) {
		out := []string{code}
		for _, later := range []bool{false, true} {
			line := []string{code}
			for i := 0; i < len(line) && i < lineageMost; i++ {
				next, err := linked(tx, line[i], later)
				if err != nil {
					return nil, err
				}
				for _, c := range next {
					if !slices.Contains(line, c) {
						line = append(line, c)
					}
				}
			}
			out = append(out, line[1:]...)
		}
		return out, nil
	})
}

// lineageKey names the lineage of a power.
type lineageKey string

// linked are the codes of the powers that follow one, or that it follows.
func linked(tx *store.Tx, code string, later bool) ([]string, error) {
	versions, err := itemsOf(tx, code)
	if err != nil || len(versions) == 0 {
		return nil, err
	}
	day := versions[0].ValidFrom // relatives looks back for a day before all versions
	for _, v := range versions {
		if v.ValidFrom.Before(day) != later {
			day = v.ValidFrom
		}
	}
	if !later {
		day = day.AddDays(-1)
	}
	all, err := relatives(tx, versions, day)
	var out []string
	for _, q := range all {
		if q.Code == code || q.Kind != versions[0].Kind {
			continue
		}
		if slices.ContainsFunc(versions, func(v PowerItem) bool { return later && v.supersededBy(q) || !later && q.supersededBy(v) }) {
			out = append(out, q.Code)
		}
	}
	return out, err
}
