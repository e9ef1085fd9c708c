package casework

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"
)

// Decide makes the on-the-spot decision: every guard of the law, then the number and the frozen content
// in one transaction; the paper is rendered outside and fixed in a second one. A crash in between is
// finished by a job with the same content, number and bytes.
func (s *Service) Decide(ctx context.Context, by access.Session, id CaseID, version int64) (PaperID, error) {
	var paper *Paper
	cmd := command{
		act: "decide", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			var err error
			c.DecidedOn = tx.Today()
			c.FileDue, err = s.due("当场处罚决定备案", c.DecidedOn)
			return err
		},
		data: func(c *Case) any {
			return map[string]any{"party": c.PartyName, "power": c.AppliedCode, "kinds": c.Kinds, "amount": c.Amount, "tier": c.Tier, "tier_why": c.TierWhy, "chosen_law": c.ChosenLaw, "exemption": c.Exemption, "exemption_why": c.ExemptionWhy}
		},
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) (err error) {
			paper, err = s.draw(tx, c, OnSpotDecision, 0, entry, nil)
			return err
		},
	}
	location, _, err := s.DB.Once(ctx, by.Once("casework.decide/"+id.String(), version), func(tx *store.Tx) (string, error) {
		if _, err := s.run(tx, by, id, cmd); err != nil {
			return "", err
		}
		return "/w/papers/" + paper.ID.String(), nil
	})
	if err != nil {
		return 0, err
	}
	n, err := store.ParseID(strings.TrimPrefix(location, "/w/papers/"))
	if err != nil {
		return 0, err
	}
	return PaperID(n), s.Finish(ctx, PaperID(n))
}

// OrderPaper issues a notice that can be printed on the street from a lead or case: an order to
// correct, a summons to an inquiry, a parking notice.
func (s *Service) OrderPaper(ctx context.Context, by access.Session, id CaseID, version int64, kind PaperKind, fields map[string]string) (PaperID, error) {
	if kind != CorrectionNotice && kind != InquiryNotice && kind != ParkingNotice {
		return 0, fault.InvalidField("kind", "这里不能出具这一种文书")
	}
	var paper *Paper
	cmd := command{
		act: "order_paper", version: version,
		data: func(c *Case) any { return map[string]any{"kind": kind, "fields": fields} },
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) (err error) {
			paper, err = s.draw(tx, c, kind, 0, entry, fields)
			return err
		},
	}
	location, _, err := s.DB.Once(ctx, by.Once("casework.order_paper/"+id.String(), []any{version, kind, fields}), func(tx *store.Tx) (string, error) {
		if _, err := s.run(tx, by, id, cmd); err != nil {
			return "", err
		}
		return "/w/papers/" + paper.ID.String(), nil
	})
	if err != nil {
		return 0, err
	}
	n, err := store.ParseID(strings.TrimPrefix(location, "/w/papers/"))
	if err != nil {
		return 0, err
	}
	return PaperID(n), s.Finish(ctx, PaperID(n))
}

// organOf is in whose name the case is handled; a lead gets it with its first paper, before officers are named.
func organOf(tx *store.Tx, c *Case) (org.Subject, error) {
	if c.Organ == 0 {
		acting, err := org.SubjectFor(tx, c.UnitID, tx.Today())
		if err != nil {
			return org.Subject{}, err
		}
		c.Organ = int64(acting.ID)
	}
	return org.SubjectByID(tx, org.SubjectID(c.Organ))
}

func depth(c *Case, unit access.UnitID) int {
	for i, u := range []access.UnitID{c.U5, c.U4, c.U3, c.U2, c.U1} {
		if u == unit && u != 0 {
			return 5 - i
		}
	}
	return 0
}

// Finish renders a paper that has its number and fixes its bytes. It may be called again at any time:
// the same content and creation date give the same bytes. Characters that no font has are left as a
// blank box marked 手填, and the paper and the ledger say so.
func (s *Service) Finish(ctx context.Context, id PaperID) error {
	var p Paper
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return store.One(tx.DB().NewSelect().Model(&p).Where("id = ?", id).Scan(tx.Ctx), "这份文书")
	})
	if err != nil || p.State != PaperRendering {
		return err
	}
	var content Content
	if err := json.Unmarshal([]byte(p.Content), &content); err != nil {
		return fmt.Errorf("casework: content of paper %s: %w", id, err)
	}
	layout, err := s.layout(content)
	if err != nil {
		return s.fail(ctx, p, err)
	}
	missing := s.Press.Missing(layout)
	layout.HandFill = len(missing) > 0
	pdf, err := s.Press.Render(layout, p.Created())
	if err != nil {
		return s.fail(ctx, p, err)
	}
	digest, _, err := s.Blobs.Put(ctx, strings.NewReader(string(pdf)))
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *store.Tx) error { return s.fix(tx, p, digest, string(missing)) })
}

// fix writes the digest if nobody else did.
func (s *Service) fix(tx *store.Tx, p Paper, digest, handFill string) error {
	var now Paper
	if err := tx.DB().NewSelect().Model(&now).Where("id = ?", p.ID).Scan(tx.Ctx); err != nil {
		return err
	}
	if now.State != PaperRendering {
		return nil
	}
	by := access.System("job")
	data := map[string]any{"paper": p.ID, "kind": p.Kind, "number": p.DocNo, "digest": digest, "hand_fill": handFill}
	set := func(entry int64) error {
		now.Digest, now.HandFill, now.IssuedAt, now.State, now.Entry = digest, handFill, store.Micros(tx.Now), PaperIssued, entry
		now.Version++
		return savePaper(tx, &now)
	}
	if !p.Kind.decides() {
		c, err := load(tx, by.ScopeFor(access.CaseHandle), p.Case)
		if err != nil {
			return err
		}
		return s.commit(tx, by, c, step{Emits: "casework.paper_issued"}, nil, command{
			data:   func(*Case) any { return data },
			finish: func(_ *store.Tx, _ *Case, entry ledger.EntryID) error { return set(int64(entry)) },
		})
	}
	_, err := s.run(tx, by, p.Case, command{
		act: "issued", data: func(*Case) any { return data },
		finish: func(_ *store.Tx, _ *Case, entry ledger.EntryID) error { return set(int64(entry)) },
	})
	return err
}

// fail voids the number of a paper that cannot be made, with its reason, and sends the case back.
func (s *Service) fail(ctx context.Context, p Paper, cause error) error {
	why := "文书无法生成：" + cause.Error()
	err := s.DB.Update(ctx, func(tx *store.Tx) error {
		var now Paper
		if err := tx.DB().NewSelect().Model(&now).Where("id = ?", p.ID).Scan(tx.Ctx); err != nil {
			return err
		}
		if now.State != PaperRendering {
			return nil
		}
		void := func(entry ledger.EntryID) error {
			now.State, now.EndedAt, now.EndedWhy, now.Entry = PaperVoid, store.Micros(tx.Now), why, int64(entry)
			now.Version++
			return savePaper(tx, &now)
		}
		data := map[string]any{"paper": p.ID, "number": p.DocNo, "why": why}
		by := access.System("job")
		if p.Kind == ChangeDecision {
			return s.undoChange(tx, &now, data, void)
		}
		if p.Kind.decides() {
			_, err := s.run(tx, by, p.Case, command{
				act:     "issue_failed",
				prepare: func(_ *store.Tx, c *Case, _ *law.Facts) error { c.DecidedOn = law.Date{}; return nil },
				data:    func(*Case) any { return data },
				finish:  func(_ *store.Tx, _ *Case, entry ledger.EntryID) error { return void(entry) },
			})
			return err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.paper_voided", Subject: p.Case.Subject(), Unit: int64(p.UnitID), Data: data})
		if err != nil {
			return err
		}
		return void(entry)
	})
	return errors.Join(fault.New(fault.Conflict, "文书没有出具，编号 %s 已登记作废：%v", p.DocNo, cause), err)
}

func savePaper(tx *store.Tx, p *Paper) error {
	res, err := tx.DB().NewUpdate().Model(p).WherePK().Where("version = ?", p.Version-1).Exec(tx.Ctx)
	return store.Updated(res, err, "这份文书")
}

// paperFor returns a paper whose case lies in the scope of the permission.
func (s *Service) paperFor(tx *store.Tx, by access.Session, perm access.Permission, id PaperID) (*Paper, error) {
	scope, err := by.Require(perm)
	if err != nil {
		return nil, err
	}
	p := new(Paper)
	if err := tx.DB().NewSelect().Model(p).Where("id = ?", id).Scan(tx.Ctx); err != nil {
		return nil, store.One(err, "这份文书")
	}
	return p, scope.Check(p.Levels, "这份文书")
}

func papers(tx *store.Tx, id CaseID) ([]Paper, error) { return ofCase[Paper](tx, id) }

func signatures(tx *store.Tx, id PaperID) ([]Signature, error) {
	var out []Signature
	return out, tx.DB().NewSelect().Model(&out).Where("paper_id = ?", id).Order("id").Scan(tx.Ctx)
}

// decision returns the case's decision that counts: the newest that is not void.
func decision(tx *store.Tx, id CaseID) (*Paper, error) {
	ps, err := papers(tx, id)
	if err != nil {
		return nil, err
	}
	for i := len(ps) - 1; i >= 0; i-- {
		if ps[i].Kind.decides() && ps[i].State != PaperVoid {
			return &ps[i], nil
		}
	}
	return nil, nil
}

// paperFacts states what the decision's paper says and who signed it.
func (s *Service) paperFacts(tx *store.Tx, c *Case, f *law.Facts) error {
	p, err := decision(tx, c.ID)
	if err != nil || p == nil {
		return err
	}
	src := "paper/" + p.ID.String()
	var content Content
	if err := json.Unmarshal([]byte(p.Content), &content); err != nil {
		return fmt.Errorf("casework: content of paper %s: %w", p.ID, err)
	}
	f.SetBool(law.Numbered, p.Number > 0, src)
	missing := content.Lacks()
	if p.Kind != OnSpotDecision { // 处罚法五十九 asks for more than 五十二
		if missing, err = MissingParts(content); err != nil {
			return err
		}
	}
	f.SetList(law.MissingFields, missing, src)
	f.SetBool(law.ReviewFirstTold, content.ReviewFirst, src)
	f.SetBool(law.Sealed, p.SealedAt != 0, src)
	f.SetBool(law.Delivered, p.State == PaperDelivered, src)
	sigs, err := signatures(tx, p.ID)
	if err != nil {
		return err
	}
	signed := map[int64]bool{}
	for _, sg := range sigs {
		if sg.Role == SignParty {
			f.SetBool(law.RefusedToSign, sg.Method == "refused", src)
			f.SetBool(law.NotedOnDocument, sg.Method != "refused" || sg.Note != "", src)
		} else {
			signed[sg.Person] = true
		}
	}
	f.SetNumber(law.OfficersSigned, int64(len(signed)), src)
	return nil
}
