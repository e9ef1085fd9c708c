package powers

import (
	"strings"

	"fadu/internal/law"
	"fadu/internal/search"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// ItemOn returns the version of the power that applies to an act on the day. The error names the power
// that does apply when the law changed.
func (s *Service) ItemOn(tx *store.Tx, code string, act law.Date) (PowerItem, error) {
	lib, err := s.around(tx, code, act, act)
	if err != nil {
		return PowerItem{}, err
	}
	return lib.At(code, act)
}

// searchLimit bounds the choices that a case form offers.
const searchLimit = 20

// SearchForCase returns the penalty powers that the bureau has today and that apply to an act on the day,
// by words in code, name, law or provision.
func (s *Service) SearchForCase(tx *store.Tx, words string, act law.Date) ([]PowerItem, error) {
	return itemsWhere(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return Filter{Words: words, Kind: KindPenalty, On: act, State: StateAdopted}.where(tx, q).Limit(searchLimit)
	})
}

// Assess says everything about an act of a party under a power: law, range, tier, why, exemptions, and
// whether a case may rest on it. It fails only when no version of the power applies to the act.
func (s *Service) Assess(tx *store.Tx, in AssessInput) (Assessment, error) {
	set, err := s.Setting(tx)
	if err != nil {
		return Assessment{}, err
	}
	lib, err := s.around(tx, in.Code, in.ActDate, in.DecisionDate)
	if err != nil {
		return Assessment{}, err
	}
	return lib.Assess(in, set)
}

// AssessCase is Assess for an open case. Where the power has gone since and 法制科 decided that this bureau
// goes on with the case by the transfer document, it may.
func (s *Service) AssessCase(tx *store.Tx, ref string, in AssessInput) (Assessment, error) {
	a, err := s.Assess(tx, in)
	if err != nil || a.Adopted {
		return a, err
	}
	if in.Continued, err = continuedBy(tx, ref, in.DecisionDate); err != nil || in.Continued == "" {
		return a, err
	}
	return s.Assess(tx, in)
}

// around loads what bears on one power: its versions, what it follows or is followed by, its benchmarks
// and exemptions.
func (s *Service) around(tx *store.Tx, code string, act, decision law.Date) (*Library, error) {
	return store.Memo(tx, aroundKey{code, act}, func() (*Library, error) { return gather(tx, code, act) })
}

// aroundKey names what was gathered for a power and the day of an act.
type aroundKey struct {
	code string
	act  law.Date
}

func gather(tx *store.Tx, code string, act law.Date) (*Library, error) {
	items, err := itemsOf(tx, code)
	if err != nil {
		return nil, err
	}
	related, err := relatives(tx, items, act)
	if err != nil {
		return nil, err
	}
	items = append(items, related...)
	benchmarks, err := benchmarksOf(tx, code)
	if err != nil {
		return nil, err
	}
	exemptions, err := exemptionsWhere(tx, "e.code IN (?, ?)", code, AnyCode)
	if err != nil {
		return nil, err
	}
	return NewLibrary(items, benchmarks, exemptions, nil), nil
}

// relatives loads the powers that could follow the versions, or, for an act before all versions, the
// powers that they could follow.
func relatives(tx *store.Tx, versions []PowerItem, act law.Date) ([]PowerItem, error) {
	titles, codes := []string{""}, []string{""}
	early := len(versions) > 0
	for _, p := range versions {
		if !act.Before(p.ValidFrom) {
			early = false
		}
		for _, part := range splitList(p.SupersededBy) {
			title, _ := cutArticle(part)
			titles = append(titles, title, "中华人民共和国"+title)
			codes = append(codes, part)
		}
	}
	if len(titles) == 1 && !early {
		return nil, nil
	}
	return itemsWhere(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
			q = q.Where("p.penalty_law IN (?)", bun.List(titles)).WhereOr("p.code IN (?)", bun.List(codes))
			if early {
				q = q.WhereOr("p.superseded_by <> ''")
			}
			return q
		}).Where("p.code <> ?", versions[0].Code)
	})
}

// Filter chooses powers for a list.
type Filter struct {
	// Words are looked for in code, name, law and provision; a word like 第118条 or 第四十二条第一款 means
	// the provision.
	Words  string
	Kind   Kind
	Domain string
	State  State
	// On keeps what is in force on the day; zero keeps every version.
	On law.Date
	// Law keeps what cites the law of that full title.
	Law string
}

// articleIn takes the first word that is a provision out of the words.
func articleIn(words string) (rest string, a Article, ok bool) {
	var others []string
	for _, w := range strings.Fields(words) {
		title, tail := cutArticle(w)
		if as, err := ParseArticles(tail); err == nil && !ok {
			a, ok = as[0], true
			w = title
		}
		if w != "" {
			others = append(others, w)
		}
	}
	return strings.Join(others, " "), a, ok
}

func (f Filter) where(tx *store.Tx, q *bun.SelectQuery) *bun.SelectQuery {
	words, a, byArticle := articleIn(f.Words)
	q = search.Match(tx, q, searchKind, "p.id", words)
	if byArticle {
		sub := `SELECT 1 FROM power_basis b WHERE b.item_id = p.id AND b.article = ? AND b.suffix = ?`
		args := []any{a.No, a.Suffix}
		if a.Para > 0 {
			sub, args = sub+` AND b.para = ?`, append(args, a.Para)
		}
		if a.Item > 0 {
			sub, args = sub+` AND b.item = ?`, append(args, a.Item)
		}
		q = q.Where("EXISTS ("+sub+")", args...)
	}
	if f.Law != "" {
		q = q.Where("(p.penalty_law = ? OR p.violated_law = ?)", f.Law, f.Law)
	}
	if f.Kind != "" {
		q = q.Where("p.kind = ?", f.Kind)
	}
	if f.Domain != "" {
		q = q.Where("p.domain = ?", f.Domain)
	}
	if !f.On.IsZero() {
		q = q.Where("p.valid_from <= ?", f.On).Where("(p.valid_to = '' OR p.valid_to >= ?)", f.On)
	}
	return whereState(tx, q, f.State)
}

// whereState is PowerItem.StateOn of today in SQL. The columns tell the present period; where that is yet
// to come, earlier ones decide (returning).
func whereState(tx *store.Tx, q *bun.SelectQuery, st State) *bun.SelectQuery {
	const checked = "(p.unchecked = 0 OR p.confirmed_on <> '')"
	d := tx.Today()
	switch st {
	case StateUnchecked:
		return q.Where("NOT " + checked)
	case StateLibrary, StateAdopted, StateEnded:
	default:
		return q
	}
	back, err := returning(tx)
	if err != nil {
		return q.Err(err)
	}
	ids := bun.List(back[st])
	q = q.Where(checked)
	switch st {
	case StateLibrary:
		return q.Where("(p.adopted_from = '' OR p.adopted_from > ?)", d).Where("(p.adopted_before = '' OR p.id IN (?))", ids)
	case StateAdopted:
		return q.Where("(p.adopted_from <> '' AND p.adopted_from <= ? AND (p.adopted_until = '' OR p.adopted_until >= ?) OR p.id IN (?))", d, d, ids)
	}
	return q.Where("(p.adopted_from <> '' AND p.adopted_until <> '' AND p.adopted_until < ? OR p.id IN (?))", d, ids)
}

// returning are the few powers whose present period is yet to come after earlier ones, by their state today.
func returning(tx *store.Tx) (map[State][]ItemID, error) {
	var rows []itemRow
	err := tx.DB().NewSelect().Model(&rows).Where("p.adopted_before <> ''").Where("p.adopted_from > ?", tx.Today()).Scan(tx.Ctx)
	out := map[State][]ItemID{StateLibrary: {0}, StateAdopted: {0}, StateEnded: {0}} // 0 is no power; IN wants one
	for _, r := range rows {
		st := r.item().StateOn(tx.Today())
		out[st] = append(out[st], r.ID)
	}
	return out, err
}
