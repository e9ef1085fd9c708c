package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/store"
)

// saw notes that the session reads the case, before anything of it is shown.
func (s *Service) saw(ctx context.Context, by access.Session, kind, subject string, unit access.UnitID) error {
	return s.Units.Saw(ctx, by, access.Read{Kind: kind, Subject: subject, Unit: unit})
}

// SawCase enters that the session's holder looked at records of a case: for rooms that show them outside its page.
func (s *Service) SawCase(ctx context.Context, by access.Session, id CaseID) error {
	var c Case
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return store.One(tx.DB().NewSelect().Model(&c).Column("c.unit_id").Where("c.id = ?", id).Scan(tx.Ctx), "这个案件")
	})
	if err != nil {
		return err
	}
	return s.saw(ctx, by, "casework.case_read", id.Subject(), c.UnitID)
}

// ShowParty returns the party in full and enters first who looked at it and why. Needs personal.read and
// case.read on the case.
func (s *Service) ShowParty(ctx context.Context, by access.Session, id CaseID, reason string) (Party, error) {
	c, err := s.personalCase(ctx, by, id)
	if err != nil {
		return Party{}, err
	}
	err = s.Units.Disclose(ctx, by, access.Disclosure{Kind: "casework.party_shown", Subject: id.Subject(), Unit: c.UnitID, Reason: reason, What: "当事人"})
	return c.Party, err
}

// personalCase loads a case whose party the session may ask to see in full.
func (s *Service) personalCase(ctx context.Context, by access.Session, id CaseID) (*Case, error) {
	scope, err := by.Require(access.PersonalRead)
	if err != nil {
		return nil, err
	}
	readable, err := by.Require(access.CaseRead)
	if err != nil {
		return nil, err
	}
	var c *Case
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if c, err = load(tx, scope, id); err != nil {
			return err
		}
		return readable.Check(c.Levels, "这个案件")
	})
	return c, err
}

// ExportFull is Export with personal data in full. It needs personal.export and a reason, which is in the
// ledger with the conditions before the first row is given out.
func (s *Service) ExportFull(ctx context.Context, by access.Session, f Filter, reason string, yield func(Row) error) error {
	return s.exportFullWith(ctx, by, f, reason, func(r exportedCase) error { return yield(r.Row) })
}

func (s *Service) exportFullWith(ctx context.Context, by access.Session, f Filter, reason string, yield func(exportedCase) error) error {
	scope, err := by.Require(access.PersonalExport)
	if err != nil {
		return err
	}
	if _, err := by.Require(access.CaseExport); err != nil {
		return err
	}
	d := access.Disclosure{Kind: "casework.exported_full", Subject: "cases", Unit: by.Unit().ID, Reason: reason, What: f}
	if err := s.Units.Disclose(ctx, by, d); err != nil {
		return err
	}
	return s.export(ctx, by.ScopeFor(access.CaseExport), scope, f, yield)
}
