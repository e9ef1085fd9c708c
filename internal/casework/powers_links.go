package casework

import (
	"bytes"
	"regexp"
	"strings"

	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// openUnderLimit bounds how many open cases an adjustment lists.
const openUnderLimit = 1000

// OpenUnder returns the open cases of the whole bureau under the powers, for an adjustment of the list: with
// the days of the conduct and of the latest step, and the papers not delivered yet. It names no party.
func (s *Service) OpenUnder(tx *store.Tx, codes []string) ([]powers.OpenCase, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	var cases []Case
	err := tx.DB().NewSelect().Model(&cases).Where("c.closed_at = 0").Where("c.state IN (?)", bun.List(openStates)).Where("(c.power_code IN (?) OR c.applied_code IN (?))", bun.List(codes), bun.List(codes)).
		Order("c.found_at", "c.id").Limit(openUnderLimit).Scan(tx.Ctx)
	if err != nil || len(cases) == 0 {
		return nil, err
	}
	out := make([]powers.OpenCase, len(cases))
	at := map[CaseID]*powers.OpenCase{}
	ids := make([]CaseID, len(cases))
	for i, c := range cases {
		out[i] = powers.OpenCase{
			ID: c.ID.String(), Code: c.PowerCode, Label: c.Found().Format("2006-01-02") + " 发现", Href: "/w/cases/" + c.ID.String(), State: c.StateLabel(),
			ActFrom: c.ActFrom, ActUntil: c.ActUntil,
		}
		if c.ActUntil.IsZero() {
			out[i].ActUntil = c.ActFrom
		}
		ids[i], at[c.ID] = c.ID, &out[i]
	}
	var sts []Step
	if err := tx.DB().NewSelect().Model(&sts).Where("case_id IN (?)", bun.List(ids)).Where("withdrawn = 0").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	for _, st := range sts {
		if d := law.DateOf(st.Done()); d.After(at[st.Case].Step) {
			at[st.Case].Step = d
		}
	}
	var ps []Paper
	err = tx.DB().NewSelect().Model(&ps).ExcludeColumn("content").Where("case_id IN (?)", bun.List(ids)).Where("state IN ('rendering', 'issued')").Order("id").Scan(tx.Ctx)
	for _, p := range ps {
		at[p.Case].Papers = append(at[p.Case].Papers, p.DocNo)
	}
	return out, err
}

var citedInText = regexp.MustCompile(`《([^《》{}\n]{2,60})》(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?(?:第[一二三四五六七八九十]+款)?(?:第[一二三四五六七八九十]+项)?)`)

// CitedInTexts are the provisions that the papers' texts name, for the list of what a change of a law
// touches.
func CitedInTexts() []powers.Citing {
	var out []powers.Citing
	seen := map[string]bool{}
	_, parted, _ := partYAML() // a fault in them is found at start
	for _, part := range strings.Split(string(bytes.Join(append(parted, textsYAML), []byte("\n"))), "\n- kind: ")[1:] {
		kind, rest, _ := strings.Cut(part, "\n")
		for _, m := range citedInText.FindAllStringSubmatch(rest, -1) {
			as, err := powers.ParseArticles(m[2])
			ref := kind + " " + m[1] + m[2]
			if err != nil || seen[ref] {
				continue
			}
			seen[ref] = true
			out = append(out, powers.Citing{Kind: powers.AffectedText, Ref: ref, Label: PaperKind(kind).Label(), Law: m[1], Articles: as})
		}
	}
	return out
}

// usualOf is how many of a unit's latest cases say what is usual.
const usualOf = 300

// usualPowers are the causes that the unit used most lately, as they apply to the day.
func (s *Service) usualPowers(tx *store.Tx, c *Case, on law.Date) ([]powers.PowerItem, error) {
	var codes []string
	lately := tx.DB().NewSelect().TableExpr("penalty_case AS c").Column("c.power_code").Where("? = ?", bun.Ident(c.Levels.Column("c")), c.UnitID).Order("c.found_at DESC").Limit(usualOf)
	err := tx.DB().NewSelect().TableExpr("(?) AS l", lately).ColumnExpr("l.power_code").Where("l.power_code <> ''").
		GroupExpr("l.power_code").OrderExpr("COUNT(*) DESC, l.power_code").Limit(usual).Scan(tx.Ctx, &codes)
	if err != nil {
		return nil, err
	}
	var out []powers.PowerItem
	for _, code := range codes {
		if p, err := s.Powers.ItemOn(tx, code, on); err == nil && p.Adopted(tx.Today()) {
			out = append(out, p)
		}
	}
	return out, nil
}
