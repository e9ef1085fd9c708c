package access

import (
	"slices"
	"strconv"
	"strings"

	"fadu/internal/store"
)

// Noun is a kind of record that ledger entries are about: "case" of "case/123".
type Noun struct {
	// Label is what people call such a record.
	Label string
	// Names finds what records are called. nil: what stands behind the noun is the name, as a power's code.
	Names func(tx *store.Tx, ids []int64) (map[int64]string, error)
}

// ownNouns are the records that this slice keeps, and what is no record.
func ownNouns() map[string]Noun {
	return map[string]Noun{
		"account":  {"账号", accountNames},
		"unit":     {"机构", unitNames},
		"token":    {"接口令牌", tokenNames},
		"export":   {Label: "导出"},
		"database": {Label: "数据库"},
		"ledger":   {Label: "办案留痕"},
	}
}

func accountNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(a accountRow) (int64, string) { return int64(a.ID), a.Name + "（" + a.Login + "）" })
}

func unitNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(u unitRow) (int64, string) { return int64(u.ID), u.Name })
}

func tokenNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(t tokenRow) (int64, string) { return int64(t.ID), t.Name })
}

// subjectNames says in words what entries are about; a query for each kind of record. What is not known
// keeps its own name.
func (s *Service) subjectNames(tx *store.Tx, subjects []string) (map[string]string, error) {
	out := map[string]string{}
	ids := map[string][]int64{}
	for _, subject := range subjects {
		noun, id, _ := strings.Cut(plainSubject(subject), "/")
		out[subject] = joinWords(s.noun(noun).Label, id)
		if n, err := strconv.ParseInt(id, 10, 64); err == nil && s.noun(noun).Names != nil {
			ids[noun] = append(ids[noun], n)
		}
	}
	for noun, list := range ids {
		slices.Sort(list)
		names, err := s.noun(noun).Names(tx, slices.Compact(list))
		if err != nil {
			return nil, err
		}
		for _, id := range list {
			if name := names[id]; name != "" {
				plain := noun + "/" + strconv.FormatInt(id, 10)
				out[plain] = joinWords(s.noun(noun).Label, name)
				out[ReadSubject(plain)] = out[plain]
			}
		}
	}
	return out, nil
}

// noun returns what the kind of record is called; one that nobody knows is called as it is.
func (s *Service) noun(name string) Noun {
	if n, ok := s.nouns[name]; ok {
		return n
	}
	return Noun{Label: name}
}

// plainSubject is the record that was looked at.
func plainSubject(subject string) string { return strings.TrimPrefix(subject, ReadSubject("")) }

func joinWords(label, name string) string {
	if name == "" {
		return label
	}
	return label + " " + name
}
