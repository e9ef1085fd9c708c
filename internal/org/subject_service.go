package org

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/identity"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// SubjectInput describes a 执法主体.
type SubjectInput struct {
	Name           string    `json:"name"`
	USCC           string    `json:"uscc"`
	Basis          Basis     `json:"basis"`
	BasisDocument  string    `json:"basis_document"`
	From           law.Date  `json:"from"`
	Until          law.Date  `json:"until"`
	Mandator       SubjectID `json:"mandator"`
	Powers         string    `json:"powers"`
	Areas          []string  `json:"areas"`
	Address        string    `json:"address"`
	Phone          string    `json:"phone"`
	Seal           string    `json:"seal"`
	ReviewOrgan    string    `json:"review_organ"`
	Court          string    `json:"court"`
	CollectionCode string    `json:"collection_code"`
	Prefix         string    `json:"prefix"`
}

// into normalises the input into a subject; wrong fields are collected in fs.
func (in SubjectInput) into(s *Subject, fs *fault.Fields, demo bool) {
	s.Name = text(fs, "name", "名称", in.Name, 60, true)
	u := identity.USCC(in.USCC)
	s.USCC = u.Normalised
	switch {
	case !u.Valid:
		fs.Add("uscc", "统一社会信用代码不对：%s", u.Reason)
	case u.Fictional && !demo:
		fs.Add("uscc", "区划码99是演示数据专用的，不是真实的统一社会信用代码")
	}
	s.Basis = in.Basis
	if labelOf(Bases, string(in.Basis)) == string(in.Basis) {
		fs.Add("basis", "请选择依据")
	}
	s.BasisDocument = text(fs, "basis_document", "依据文件", in.BasisDocument, 200, false)
	s.From, s.Until = in.From, in.Until
	switch {
	case in.From.IsZero():
		fs.Add("from", "请填写起始日期")
	case !in.Until.IsZero() && in.Until.Before(in.From):
		fs.Add("until", "截止日期早于起始日期")
	}
	s.Mandator = 0
	if in.Basis == ByMandate {
		s.Mandator = in.Mandator
	}
	areas, err := ParseAreas(in.Areas)
	if err != nil {
		fs.Add("areas", "%v", err)
	} else if len(areas) == 0 {
		fs.Add("areas", "请填写管辖区域，写行政区划代码或者全称")
	}
	s.Areas = areas
	s.Powers = text(fs, "powers", "职权范围", in.Powers, 1000, false)
	s.Address = text(fs, "address", "地址", in.Address, 100, false)
	s.Phone = phone(fs, "phone", in.Phone)
	s.Seal = text(fs, "seal", "用印说明", in.Seal, 200, false)
	s.ReviewOrgan = text(fs, "review_organ", "复议机关", in.ReviewOrgan, 60, false)
	s.Court = text(fs, "court", "管辖法院", in.Court, 60, false)
	s.CollectionCode = number(fs, "collection_code", "执收编码", in.CollectionCode, 40, false)
	s.Prefix = text(fs, "prefix", "机关代字", in.Prefix, 12, in.Basis != ByMandate)
	if len([]rune(s.Prefix)) == 1 {
		fs.Add("prefix", "机关代字至少两个字，如“演城管”")
	}
}

// AddSubject enters a 执法主体 and the units that act in its name from its first day on.
func (s *Service) AddSubject(ctx context.Context, by access.Session, in SubjectInput, units ...access.UnitID) (SubjectID, error) {
	id, err := s.made(ctx, by, kindSubjectAdded, []any{in, units}, func(tx *store.Tx) (int64, error) {
		id, err := s.addSubject(tx, by, in, units, 0, kindSubjectAdded)
		return int64(id), err
	})
	return SubjectID(id), err
}

func (s *Service) addSubject(tx *store.Tx, by access.Session, in SubjectInput, units []access.UnitID, batch int64, kind string) (SubjectID, error) {
	if _, err := by.Require(access.SettingManage); err != nil {
		return 0, err
	}
	sb := Subject{ID: SubjectID(store.NewID()), Levels: by.Unit().Levels(), Batch: batch, Version: 1}
	passed, err := s.checkSubject(tx, in, &sb)
	if err != nil {
		return 0, err
	}
	data := map[string]any{"after": sb.shown()}
	if batch != 0 {
		data["batch"] = fmt.Sprint(batch)
	}
	if sb.Entry, err = act(tx, by, kind, sb.ID.Subject(), sb.UnitID, data, passed...); err != nil {
		return 0, err
	}
	if err := insert(tx, &sb, subjectTable); err != nil {
		return 0, err
	}
	for _, u := range units {
		if err := s.bind(tx, by, sb, u, sb.From, batch); err != nil {
			return 0, err
		}
	}
	return sb.ID, nil
}

// checkSubject fills sb from the input and asks the rules; it returns the rules that passed.
func (s *Service) checkSubject(tx *store.Tx, in SubjectInput, sb *Subject) ([]string, error) {
	demo, err := isDemo(tx)
	if err != nil {
		return nil, err
	}
	var fs fault.Fields
	in.into(sb, &fs, demo)
	var same []Subject
	if err := tx.DB().NewSelect().Model(&same).ModelTableExpr("org_subject_row AS sb").Where("sb.id <> ?", sb.ID).Where("sb.name = ?", sb.Name).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	if len(same) > 0 {
		fs.Add("name", "“%s”已经登记过", sb.Name)
	}
	if sb.Mandator != 0 {
		m, err := subjectByID(tx, sb.Mandator)
		switch {
		case fault.Is(err, fault.NotFound):
			fs.Add("mandator", "没有这个委托机关")
		case err != nil:
			return nil, err
		case m.Basis == ByMandate:
			fs.Add("mandator", "“%s”自己是受委托组织，不得再委托", m.Name)
		case m.ID == sb.ID:
			fs.Add("mandator", "不能委托给自己")
		}
	}
	if err := fs.Err(); err != nil {
		return nil, err
	}
	j, err := s.enforce(ActNameSubject, tx.Today(), subjectFacts(*sb))
	return j.Passed, err
}

// shown are the fields of a subject as the ledger carries them.
func (s Subject) shown() map[string]string {
	m := map[string]string{
		"name": s.Name, "uscc": s.USCC, "basis": s.Basis.Label(), "basis_document": s.BasisDocument, "from": s.From.String(), "until": s.Until.String(),
		"powers": s.Powers, "areas": AreaNames(s.Areas), "address": s.Address, "phone": s.Phone, "seal": s.Seal, "review_organ": s.ReviewOrgan,
		"court": s.Court, "collection_code": s.CollectionCode, "prefix": s.Prefix, "mandator": "",
	}
	if s.Mandator != 0 {
		m["mandator"] = s.Mandator.String()
	}
	return m
}

// EditSubject changes a 执法主体. Papers already issued keep what they say.
func (s *Service) EditSubject(ctx context.Context, by access.Session, id SubjectID, version int64, in SubjectInput) error {
	return s.once(ctx, by, kindSubjectEdited, []any{id, version, in}, func(tx *store.Tx) error {
		sb, err := ownSubject(tx, by, id)
		if err != nil {
			return err
		}
		if sb.Version != version {
			return fault.Stale(sb.Name)
		}
		before := sb.shown()
		passed, err := s.checkSubject(tx, in, &sb)
		if err != nil {
			return err
		}
		d := diff(before, sb.shown())
		if !changed(d) {
			return nil
		}
		if sb.Entry, err = act(tx, by, kindSubjectEdited, id.Subject(), sb.UnitID, d, passed...); err != nil {
			return err
		}
		return saveSubject(tx, &sb)
	})
}

func ownSubject(tx *store.Tx, by access.Session, id SubjectID) (Subject, error) {
	if _, err := by.Require(access.SettingManage); err != nil {
		return Subject{}, err
	}
	return subjectByID(tx, id)
}

// Bind lets a unit act in the name of a subject from a day on.
func (s *Service) Bind(ctx context.Context, by access.Session, id SubjectID, unit access.UnitID, from law.Date) error {
	return s.once(ctx, by, kindSubjectBound, []any{id, unit, from}, func(tx *store.Tx) error {
		sb, err := ownSubject(tx, by, id)
		if err != nil {
			return err
		}
		return s.bind(tx, by, sb, unit, from, 0)
	})
}

func (s *Service) bind(tx *store.Tx, by access.Session, sb Subject, unit access.UnitID, from law.Date, batch int64) error {
	var fs fault.Fields
	u, err := s.openUnit(tx, by.ScopeFor(access.SettingManage), unit, from, &fs)
	if err != nil {
		return err
	}
	switch {
	case from.IsZero():
		fs.Add("from", "请填写起始日期")
	case !sb.On(from):
		fs.Add("from", "“%s”的职权在%s不在有效期内", sb.Name, from.Han())
	}
	if unit == 0 {
		fs.Add("unit", "请选择机构")
	}
	bindings, err := bindingsOf(tx, []access.UnitID{unit})
	if err != nil {
		return err
	}
	for _, b := range bindings {
		if overlap(from, law.Date{}, b.From, b.Until) {
			fs.Add("unit", "“%s”自%s起已经对应一个执法主体，请先结束那一个", u.Name, b.From.Han())
		}
	}
	if err := fs.Err(); err != nil {
		return err
	}
	entry, err := act(tx, by, kindSubjectBound, sb.ID.Subject(), unit, map[string]any{"unit": unit, "unit_name": u.Name, "from": from})
	if err != nil {
		return err
	}
	return insert(tx, &Binding{ID: store.NewID(), Subject: sb.ID, Unit: unit, From: from, Batch: batch, Version: 1, Entry: entry}, "")
}

// EndBinding ends a unit's acting in the name of a subject; until is the last day. A day before the
// first annuls the binding.
func (s *Service) EndBinding(ctx context.Context, by access.Session, id SubjectID, binding, version int64, until law.Date) error {
	return s.once(ctx, by, kindBindingEnded, []any{id, binding, version, until}, func(tx *store.Tx) error {
		sb, err := ownSubject(tx, by, id)
		if err != nil {
			return err
		}
		var b Binding
		if err := store.One(tx.DB().NewSelect().Model(&b).Where("id = ?", binding).Where("subject_id = ?", id).Where("annulled = 0").Scan(tx.Ctx), "这条对应关系"); err != nil {
			return err
		}
		if b.Version != version {
			return fault.Stale("这条对应关系")
		}
		var fs fault.Fields
		if until.IsZero() {
			fs.Add("until", "请填写最后一天")
		}
		if err := fs.Err(); err != nil {
			return err
		}
		b.Annulled = store.Flag(until.Before(b.From))
		if b.Entry, err = act(tx, by, kindBindingEnded, sb.ID.Subject(), b.Unit, map[string]any{"unit": b.Unit, "from": b.From, "until_was": b.Until, "until": until, "annulled": b.Annulled}); err != nil {
			return err
		}
		b.Until = until
		b.Version++
		return update(tx, &b, "", "", b.Version, "这条对应关系")
	})
}

// bindingsOf returns the bindings of units that were not annulled, of visible subjects.
func bindingsOf(tx *store.Tx, units []access.UnitID) ([]Binding, error) {
	var bs []Binding
	err := tx.DB().NewSelect().Model(&bs).Where("unit_id IN (?)", bun.List(units)).Where("annulled = 0").
		Where("EXISTS (SELECT 1 FROM org_subject s WHERE s.id = bi.subject_id)").Order("from_on").Scan(tx.Ctx)
	return bs, err
}

// SubjectByID returns a 执法主体 or NotFound.
func SubjectByID(tx *store.Tx, id SubjectID) (Subject, error) { return subjectByID(tx, id) }

// Subjects returns all 执法主体 by name.
func Subjects(tx *store.Tx) ([]Subject, error) {
	var out []Subject
	err := tx.DB().NewSelect().Model(&out).Order("from_on", "name").Scan(tx.Ctx)
	return out, err
}

// SubjectFor answers in whose name a unit acts on a day: by its own binding or that of the nearest unit
// above. An organisation that acts by mandate answers with its mandator and names itself as Delegate.
func SubjectFor(tx *store.Tx, unit access.UnitID, on law.Date) (Acting, error) {
	var levels access.Levels
	err := tx.DB().NewSelect().TableExpr("unit").ColumnExpr("id AS unit_id, u1, u2, u3, u4, u5").Where("id = ?", unit).Scan(tx.Ctx, &levels)
	if err != nil {
		return Acting{}, store.One(err, "这个机构")
	}
	chain := slices.DeleteFunc([]access.UnitID{levels.U5, levels.U4, levels.U3, levels.U2, levels.U1}, func(u access.UnitID) bool { return u == 0 })
	bindings, err := bindingsOf(tx, chain)
	if err != nil {
		return Acting{}, fmt.Errorf("org: subject for unit %s: %w", unit, err)
	}
	for _, u := range chain {
		for _, b := range bindings {
			if b.Unit != u || !b.On(on) {
				continue
			}
			return acting(tx, b.Subject, on)
		}
	}
	return Acting{}, fault.New(fault.Conflict, "这个机构在%s没有对应的执法主体，不能以任何机关的名义执法。请法制科在“执法主体”里登记对应关系", on.Han())
}

func acting(tx *store.Tx, id SubjectID, on law.Date) (Acting, error) {
	sb, err := subjectByID(tx, id)
	if err != nil {
		return Acting{}, err
	}
	if !sb.On(on) {
		return Acting{}, fault.New(fault.Conflict, "执法主体“%s”的职权在%s不在有效期内（%s）", sb.Name, on.Han(), span(sb.From, sb.Until))
	}
	if sb.Basis != ByMandate {
		return Acting{Subject: sb}, nil
	}
	m, err := subjectByID(tx, sb.Mandator)
	if err != nil {
		return Acting{}, err
	}
	if !m.On(on) {
		return Acting{}, fault.New(fault.Conflict, "委托机关“%s”的职权在%s不在有效期内（%s）", m.Name, on.Han(), span(m.From, m.Until))
	}
	return Acting{m, sb.Name}, nil
}

// span prints two days as 2026-01-01 至 2030-12-31 or 2026-01-01 起.
func span(from, until law.Date) string {
	if until.IsZero() {
		return from.String() + " 起"
	}
	return from.String() + " 至 " + until.String()
}
