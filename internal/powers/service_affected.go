package powers

import (
	"context"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// affectedByAdjustment lists what an adjustment touches: benchmarks, exemptions, guides, items that point to
// it, open cases with their undelivered papers.
func (s *Service) affectedByAdjustment(tx *store.Tx, a Adjustment) ([]Affected, error) {
	codes := a.touched()
	out, err := s.dependants(tx, codes)
	if err != nil {
		return nil, err
	}
	pointing, err := itemsWhere(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("p.superseded_by <> ''").Where("p.code NOT IN (?)", bun.List(codes))
	})
	if err != nil {
		return nil, err
	}
	for _, p := range pointing {
		for _, part := range splitList(p.SupersededBy) {
			if slices.Contains(codes, part) {
				out = append(out, itemAffected(p, "沿革写着由"+part+"替代"))
			}
		}
	}
	// What becomes of cases is asked only where the power or its basis moves.
	if s.links.OpenCases == nil || a.Kind.Takes() {
		return out, nil
	}
	cases, err := s.links.OpenCases(tx, codes)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		out = append(out, Affected{Kind: AffectedCase, Ref: c.ID, Label: c.Code + " " + c.Label, Href: c.Href, Note: caseNote(c, a.EffectiveOn)})
		for _, no := range c.Papers {
			out = append(out, Affected{Kind: AffectedPaper, Ref: c.ID + "/" + no, Label: no, Href: c.Href, Note: "已出具、还没有交付，署的是本机关"})
		}
	}
	return out, nil
}

func itemAffected(p PowerItem, note string) Affected {
	return Affected{Kind: AffectedItem, Ref: p.Code + "@" + p.ValidFrom.String(), Label: p.Code + " " + p.Name, Href: "/w/powers/" + p.Code + "?on=" + p.ValidFrom.String(), Note: note}
}

// dependants are what hangs on the codes inside this slice.
func (s *Service) dependants(tx *store.Tx, codes []string) ([]Affected, error) {
	var out []Affected
	bs, err := benchmarksOf(tx, codes...)
	if err != nil {
		return nil, err
	}
	for _, b := range bs {
		out = append(out, Affected{Kind: AffectedBenchmark, Ref: b.Key() + "@" + b.Issue.From.String(), Label: b.Code + " " + b.Subject.Label() + " " + b.Stage, Href: "/w/powers/" + b.Code, Note: b.Issue.IssueText()})
	}
	es, err := exemptionsWhere(tx, "e.code IN (?)", bun.List(append([]string{""}, codes...)))
	if err != nil {
		return nil, err
	}
	for _, e := range es {
		out = append(out, exemptionAffected(e, e.Kind.Label()+"，"+e.Effect.Label()))
	}
	guides, err := guidedCodes(tx, codes)
	for _, c := range guides {
		out = append(out, Affected{Kind: AffectedGuide, Ref: c, Label: c + " 办事指南", Href: guideURL(c), Note: "门户上公布的指南"})
	}
	return out, err
}

func exemptionAffected(e Exemption, note string) Affected {
	a := Affected{Kind: AffectedExemption, Ref: e.Ref, Label: e.Ref + " " + e.Name, Note: note, Href: "/w/powers/" + e.Code}
	if e.General() {
		a.Href = "/w/laws"
	}
	return a
}

// affectedByLaw lists what cites the law, or the provisions of it that changed.
func (s *Service) affectedByLaw(tx *store.Tx, title string, changed Articles) ([]Affected, error) {
	touches := func(as Articles) bool {
		return len(changed) == 0 || len(as) == 0 || changed.Covers(as) || as.Covers(changed)
	}
	items, err := itemsWhere(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("(p.violated_law = ? OR p.penalty_law = ?)", title, title)
	})
	if err != nil {
		return nil, err
	}
	var out []Affected
	codes := []string{}
	for _, p := range items {
		var notes []string
		for _, b := range []Basis{p.Violated, p.Penalty} {
			if text := b.Articles.Han(); b.Law == title && touches(b.Articles) && !slices.Contains(notes, text) {
				notes = append(notes, text)
			}
		}
		if len(notes) > 0 {
			codes = append(codes, p.Code)
			out = append(out, itemAffected(p, "引用"+strings.Join(notes, "、")))
		}
	}
	slices.Sort(codes)
	more, err := s.dependants(tx, slices.Compact(codes))
	if err != nil {
		return nil, err
	}
	out = append(out, more...)
	general, err := exemptionsWhere(tx, "e.code = ?", AnyCode)
	if err != nil {
		return nil, err
	}
	for _, e := range general {
		if rest, ok := strings.CutPrefix(e.Basis, ShortTitle(title)); ok {
			as, _ := ParseArticles(strings.TrimRight(rest, "前后段、 "))
			if touches(as) {
				out = append(out, exemptionAffected(e, "依据"+e.Basis))
			}
		}
	}
	if s.links.Citing != nil {
		for _, c := range s.links.Citing() {
			if c.Law == title && touches(c.Articles) {
				out = append(out, Affected{Kind: c.Kind, Ref: c.Ref, Label: c.Label, Href: c.Href, Note: "引用" + c.Articles.Han()})
			}
		}
	}
	return out, nil
}

// changed records that a law changed and lists what cites it.
func (s *Service) changed(tx *store.Tx, by access.Session, c LawChange) error {
	var as Articles
	if c.Articles != "" {
		var err error
		if as, err = ParseArticles(c.Articles); err != nil {
			return fieldFault("articles", "%v", err)
		}
	}
	found, err := s.affectedByLaw(tx, c.Law, as)
	if err != nil {
		return err
	}
	data := map[string]any{"law": c.Law, "kind": c.Kind, "articles": c.Articles, "effective_on": c.EffectiveOn, "document": c.Document, "affected": len(found)}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "power.law_changed", Subject: "law/" + c.Law, Data: data})
	if err != nil {
		return err
	}
	if s.links.Changed != nil {
		more, err := s.links.Changed(tx, by, c, as)
		if err != nil {
			return err
		}
		for _, x := range more {
			found = append(found, Affected{Kind: x.Kind, Ref: x.Ref, Label: x.Label, Href: x.Href, Note: "引用" + c.Law})
		}
	}
	c.ID, c.Entry = store.NewID(), int64(entry)
	if err := insertAll(tx, []LawChange{c}); err != nil {
		return wrap("law change", err)
	}
	return storeAffected(tx, SourceLaw, c.ID, c.Entry, found)
}

// LawChangeInput says how a law changed.
type LawChangeInput struct {
	Law         string        `json:"law"`
	Kind        LawChangeKind `json:"kind"`
	Articles    string        `json:"articles"`
	EffectiveOn string        `json:"effective_on"`
	Document    string        `json:"document"`
}

// SettleInput is what came of looking at an entry.
type SettleInput struct {
	Entry   AffectedID `json:"-"`
	Version int64      `json:"version"`
	Outcome Outcome    `json:"outcome"`
	Remark  string     `json:"remark"`
}

// Settle records that 法制科 looked at an entry: 待核 → 已核.
func (s *Service) Settle(ctx context.Context, by access.Session, in SettleInput) error {
	if _, err := by.Require(access.PowerAdopt); err != nil {
		return err
	}
	_, _, err := s.db.Once(ctx, by.Once("power.affected_settled", []any{in.Entry, in}), func(tx *store.Tx) (string, error) {
		a, err := affectedByID(tx, in.Entry)
		switch {
		case err != nil:
			return "", err
		case a.Version != in.Version:
			return "", fault.Stale("这一条")
		case !slices.Contains(a.outcomes(), in.Outcome):
			return "", fieldFault("outcome", "请选核对的结果")
		case in.Remark == "":
			return "", fieldFault("remark", "请写核对的情况")
		}
		data := map[string]any{"kind": a.Kind, "ref": a.Ref, "outcome": in.Outcome, "remark": in.Remark, "before": a.State}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "power.affected_settled", Subject: string(a.Source) + "/" + AdjustmentID(a.SourceID).String(), Data: data})
		if err != nil {
			return "", err
		}
		a.State, a.Outcome, a.Remark, a.SettledBy, a.SettledAt, a.Entry = AffectedChecked, in.Outcome, in.Remark, by.Name(), store.Micros(tx.Now), int64(entry)
		a.Version++
		res, err := tx.DB().NewUpdate().Model(&a).WherePK().Where("version = ?", a.Version-1).Exec(tx.Ctx)
		return affectedPath, store.Updated(res, err, "这一条")
	})
	return err
}

// affectedPath is where the list 受影响 is.
const affectedPath = "/w/powers/affected"
