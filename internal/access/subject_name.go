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
	// Names finds what records are called. nil: what stands behind the noun is the name, as a power's code, or
	// a key for which Word has the words.
	Names func(tx *store.Tx, ids []int64) (map[int64]string, error)
	Word  func(key string) string
}

// ownNouns are the records that this slice keeps, and what is no record.
func ownNouns() map[string]Noun {
	return map[string]Noun{
		"account":  {Label: "账号", Names: accountNames},
		"unit":     {Label: "机构", Names: unitNames},
		"token":    {Label: "接口令牌", Names: tokenNames},
		"export":   {Label: "导出"},
		"database": {Label: "数据库"},
		"ledger":   {Label: "办案留痕", Word: ledgerWord},
	}
}

// ledgerWord says what an entry about the ledger itself is about: its key, or the rows of a table that were there
// before entries proved them.
func ledgerWord(key string) string {
	if key == "key" {
		return "签名密钥"
	}
	return "以前写下的记录"
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
		if word := s.noun(noun).Word; word != nil && id != "" {
			out[subject] = joinWords(s.noun(noun).Label, word(id))
			continue
		}
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
