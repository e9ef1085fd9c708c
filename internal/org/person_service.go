package org

import (
	"context"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// PersonInput describes a new person with the first posting.
type PersonInput struct {
	Name        string        `json:"name"`
	StaffNumber string        `json:"staff_number"`
	Kind        PersonKind    `json:"kind"`
	Phone       string        `json:"phone"`
	Identity    string        `json:"-"`
	Note        string        `json:"note"`
	Unit        access.UnitID `json:"unit"`
	Post        string        `json:"post"`
	From        law.Date      `json:"from"`
	LegalQualification
}

// clean normalises the input; wrong fields are collected in fs.
func (in *PersonInput) clean(fs *fault.Fields, today law.Date, demo bool) {
	in.Name = text(fs, "name", "姓名", in.Name, 40, true)
	in.StaffNumber = number(fs, "staff_number", "工号", in.StaffNumber, 32, true)
	in.Phone = phone(fs, "phone", in.Phone)
	in.Note = text(fs, "note", "备注", in.Note, 500, false)
	if _, ok := kindText(in.Kind); !ok {
		fs.Add("kind", "请选择人员类别")
	}
	if in.Identity = draft.CodeOf(in.Identity); in.Identity != "" {
		v, err := identityNumber(in.Identity, today, demo)
		if err != nil {
			fs.Add("identity", "%v", err)
		} else {
			in.Identity = v
		}
	}
	in.Post = text(fs, "post", "职务", in.Post, 40, true)
	checkDay(fs, "from", "任职日期", in.From, today)
	if in.Unit == 0 {
		fs.Add("unit", "请选择所在机构")
	}
	in.LegalQualification.clean(fs, today)
}

func kindText(k PersonKind) (string, bool) {
	t := k.Label()
	return t, t != string(k)
}

// checkDay asks for a day that is not in the future: what will happen is entered when it happens.
func checkDay(fs *fault.Fields, field, label string, d, today law.Date) {
	switch {
	case d.IsZero():
		fs.Add(field, "请填写%s", label)
	case d.After(today):
		fs.Add(field, "%s不能晚于今天（%s），请到那一天再登记", label, today.Han())
	}
}

// AddPerson enters a person with the first posting.
func (s *Service) AddPerson(ctx context.Context, by access.Session, in PersonInput) (PersonID, error) {
	id, err := s.made(ctx, by, kindPersonAdded, []any{in, in.Identity}, func(tx *store.Tx) (int64, error) {
		p, err := s.addPerson(tx, by, in, 0, kindPersonAdded)
		return int64(p), err
	})
	return PersonID(id), err
}

// addPerson writes a person and the first posting, in the caller's transaction. batch is the import's
// number, or 0.
func (s *Service) addPerson(tx *store.Tx, by access.Session, in PersonInput, batch int64, kind string) (PersonID, error) {
	scope, err := by.Require(access.PersonManage)
	if err != nil {
		return 0, err
	}
	demo, err := isDemo(tx)
	if err != nil {
		return 0, err
	}
	var fs fault.Fields
	in.clean(&fs, tx.Today(), demo)
	unit, err := s.openUnit(tx, scope, in.Unit, in.From, &fs)
	if err != nil {
		return 0, err
	}
	if err := freeNumbers(tx, 0, in.StaffNumber, in.Identity, &fs); err != nil {
		return 0, err
	}
	if err := fs.Err(); err != nil {
		return 0, err
	}
	p := Person{ID: PersonID(store.NewID()), Name: in.Name, StaffNumber: in.StaffNumber, Kind: in.Kind, Phone: in.Phone, Identity: in.Identity, Note: in.Note, LegalQualification: in.LegalQualification, Levels: unit.Levels(), Batch: batch, Version: 1}
	data := map[string]any{"after": p.shown(), "unit": unit.ID, "unit_name": unit.Name, "post": in.Post, "from": in.From}
	if batch != 0 {
		data["batch"] = fmt.Sprint(batch)
	}
	if p.Entry, err = act(tx, by, kind, p.ID.Subject(), unit.ID, data); err != nil {
		return 0, err
	}
	if err := insert(tx, &p, personTable); err != nil {
		return 0, err
	}
	posting := Posting{ID: PostingID(store.NewID()), Person: p.ID, Kind: in.Kind, Post: in.Post, From: in.From, Reason: "登记", RecordedOn: tx.Today(), Levels: unit.Levels(), Batch: batch, Version: 1, Entry: p.Entry}
	return p.ID, insert(tx, &posting, "")
}

// openUnit loads a unit of the actor's scope that exists on the day; what is wrong is noted on "unit".
func (s *Service) openUnit(tx *store.Tx, scope access.Scope, id access.UnitID, on law.Date, fs *fault.Fields) (access.Unit, error) {
	if id == 0 {
		return access.Unit{}, nil
	}
	u, err := s.units.UnitByID(tx, id)
	if fault.Is(err, fault.NotFound) || err == nil && !scope.Covers(u) {
		fs.Add("unit", "没有这个机构，或者不在您的数据范围内")
		return access.Unit{}, nil
	}
	if err == nil && !on.IsZero() && !u.OpenOn(on) {
		fs.Add("unit", "“%s”在%s还没有设立或者已经撤并", u.Name, on.Han())
	}
	return u, err
}

// freeNumbers notes numbers that somebody else already has, in the bureau or among rows being imported.
func freeNumbers(tx *store.Tx, self PersonID, staffNumber, identityNumber string, fs *fault.Fields) error {
	var same []Person
	q := tx.DB().NewSelect().Model(&same).ModelTableExpr("org_person_row AS p").Where("p.id <> ?", self)
	if identityNumber == "" {
		q = q.Where("p.staff_number = ?", staffNumber)
	} else {
		q = q.Where("(p.staff_number = ? OR p.identity_number = ?)", staffNumber, identityNumber)
	}
	if err := q.Scan(tx.Ctx); err != nil {
		return err
	}
	for _, o := range same {
		if o.StaffNumber == staffNumber {
			fs.Add("staff_number", "工号 %s 已经由%s使用", staffNumber, o.Name)
		} else {
			fs.Add("identity", "这个身份号码已经登记在%s（工号 %s）名下", o.Name, o.StaffNumber)
		}
	}
	return nil
}

// shown are the fields of a person as the ledger may carry them.
func (p Person) shown() map[string]string {
	return map[string]string{
		"name": p.Name, "staff_number": p.StaffNumber, "kind": p.Kind.Label(), "phone": web.MaskPhone(p.Phone),
		"identity": web.MaskIdentity(p.Identity), "note": p.Note, "left_on": p.LeftOn.String(), "left_reason": p.LeftReason, "legal": p.LegalQualification.says(),
	}
}

// PersonEdit is what can be changed of a person without a change of posting. Identity "" leaves the
// number as it is; NoIdentity takes it away.
type PersonEdit struct {
	Name        string `json:"name"`
	StaffNumber string `json:"staff_number"`
	Phone       string `json:"phone"`
	Note        string `json:"note"`
	Identity    string `json:"-"`
	NoIdentity  bool   `json:"no_identity"`
	LegalQualification
}

// EditPerson changes a person's particulars.
func (s *Service) EditPerson(ctx context.Context, by access.Session, id PersonID, version int64, in PersonEdit) error {
	return s.once(ctx, by, kindPersonEdited, []any{id, version, in, in.Identity}, func(tx *store.Tx) error {
		p, err := s.ownPerson(tx, by, id, version)
		if err != nil {
			return err
		}
		demo, err := isDemo(tx)
		if err != nil {
			return err
		}
		before, kept := p.shown(), p.Identity
		if p.Phone != "" && in.Phone == web.MaskPhone(p.Phone) { // as the form had shown it
			in.Phone = p.Phone
		}
		full := PersonInput{Name: in.Name, StaffNumber: in.StaffNumber, Kind: p.Kind, Phone: in.Phone, Note: in.Note, Identity: in.Identity, Unit: p.UnitID, Post: "-", From: tx.Today(), LegalQualification: in.LegalQualification}
		var fs fault.Fields
		full.clean(&fs, tx.Today(), demo)
		switch {
		case in.NoIdentity:
			full.Identity = ""
		case full.Identity == "":
			full.Identity = kept
		}
		if err := freeNumbers(tx, id, full.StaffNumber, full.Identity, &fs); err != nil {
			return err
		}
		if err := fs.Err(); err != nil {
			return err
		}
		p.Name, p.StaffNumber, p.Phone, p.Note, p.Identity, p.LegalQualification = full.Name, full.StaffNumber, full.Phone, full.Note, full.Identity, full.LegalQualification
		d := diff(before, p.shown())
		if !changed(d) && p.Identity == kept {
			return nil
		}
		if p.Entry, err = act(tx, by, kindPersonEdited, id.Subject(), p.UnitID, d); err != nil {
			return err
		}
		return savePerson(tx, &p)
	})
}

// ownPerson loads a person of the actor's scope for a change; version is what the actor saw.
func (s *Service) ownPerson(tx *store.Tx, by access.Session, id PersonID, version int64) (Person, error) {
	scope, err := by.Require(access.PersonManage)
	if err != nil {
		return Person{}, err
	}
	p, err := personByID(tx, id)
	if err != nil {
		return Person{}, err
	}
	if err := scope.Check(p.Levels, "这个人"); err != nil {
		return Person{}, err
	}
	if p.Version != version {
		return Person{}, fault.Stale(p.Name + "的资料")
	}
	return p, nil
}

// ShowIdentity returns the full 公民身份号码 and enters first that somebody looked at it and why.
func (s *Service) ShowIdentity(ctx context.Context, by access.Session, id PersonID, reason string) (string, error) {
	var out string
	err := s.db.Update(ctx, func(tx *store.Tx) error {
		scope, err := by.Require(access.PersonManage)
		if err != nil {
			return err
		}
		p, err := personByID(tx, id)
		if err != nil {
			return err
		}
		if err := scope.Check(p.Levels, "这个人"); err != nil {
			return err
		}
		var fs fault.Fields
		reason = text(&fs, "reason", "查看的理由", reason, 200, true)
		if err := fs.Err(); err != nil {
			return err
		}
		out = p.Identity
		_, err = act(tx, by, kindIdentityShown, id.Subject(), p.UnitID, map[string]string{"reason": reason})
		return err
	})
	return out, err
}
