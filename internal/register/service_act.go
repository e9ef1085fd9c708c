package register

import (
	"context"
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/register/definition"
	"fadu/internal/search"
	"fadu/internal/store"
)

// change is something done to a record: do decides and changes the record and its values, after writes what hangs on it.
type change struct {
	act     definition.Act
	version int64
	kind    string
	body    any
	do      func(tx *store.Tx, d *definition.Definition, r *Record, v definition.Values) (map[string]any, error)
	after   func(tx *store.Tx, r *Record) error
}

// permissions are what the acts ask for.
var permissions = map[definition.Act]access.Permission{
	definition.Correct: access.RegisterWrite, definition.Submit: access.RegisterWrite, definition.Fix: access.RegisterWrite, definition.Cancel: access.RegisterWrite,
	definition.Pass: access.RegisterCheck, definition.Return: access.RegisterCheck, definition.Reopen: access.RegisterCheck,
}

// act does something to a record: state, rows that hang on it, figures and the entry change together.
func (s *Service) act(ctx context.Context, by access.Session, id RecordID, c change) error {
	scope, err := by.Require(permissions[c.act])
	if err != nil {
		return err
	}
	_, _, err = s.DB.Once(ctx, by.Once(c.kind, []any{id, c.version, c.body}), func(tx *store.Tx) (string, error) {
		r, err := recordOf(tx, id)
		if err == nil {
			err = scope.Check(r.Levels, nounRecord)
		}
		if err != nil {
			return "", err
		}
		d, err := s.of(tx, r)
		if err != nil {
			return "", err
		}
		if !opens(by, d) {
			return "", fault.Missing(nounRecord)
		}
		if r.Version != c.version {
			return "", fault.Stale(nounRecord)
		}
		to, ok := d.Next(r.State, c.act)
		if !ok {
			return "", fault.New(fault.Conflict, "这条记录现在是“%s”，不能%s", d.StateName(r.State), definition.ActNames[c.act])
		}
		return r.URL(), s.changed(tx, by, d, r, to, c)
	})
	return err
}

func (s *Service) changed(tx *store.Tx, by access.Session, d *definition.Definition, r Record, to definition.State, c change) error {
	kept := s.kept(d)
	before, err := kept.Of(tx, int64(r.ID))
	if err != nil {
		return err
	}
	v, err := r.Values()
	if err != nil {
		return err
	}
	was := definition.Values{}
	for k, x := range v {
		was[k] = x
	}
	r.State = to
	data, err := c.do(tx, d, &r, v)
	if err != nil {
		return err
	}
	r.EndedOn = law.Date{}
	if d.Ended(r.State) {
		r.EndedOn = tx.Today()
	}
	if err := r.fill(d, v); err != nil {
		return err
	}
	if c.act == definition.Correct {
		if err := s.due(&r, d); err != nil {
			return err
		}
	}
	if data == nil {
		data = map[string]any{}
	}
	data["title"], data["state"] = r.Title, d.StateName(r.State)
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: c.kind, Subject: r.Subject(), Unit: int64(r.UnitID), Data: data})
	if err != nil {
		return err
	}
	r.Entry = int64(entry)
	if err := saveRecord(tx, &r); err != nil {
		return err
	}
	if c.after != nil {
		if err := c.after(tx, &r); err != nil {
			return err
		}
	}
	if err := s.follow(tx, d, r, was, v); err != nil {
		return err
	}
	return kept.Changed(tx, int64(r.ID), before)
}

// follow changes what is made from the record: stock, the rows by which it is found, the words.
func (s *Service) follow(tx *store.Tx, d *definition.Definition, r Record, was, v definition.Values) error {
	now := v
	if r.State == definition.Void {
		now = nil
	}
	if err := s.stocked(tx, d, r, was, now); err != nil {
		return err
	}
	if err := replaceFound(tx, findable(d, r, v), r.ID, false); err != nil {
		return err
	}
	return search.Put(tx, searchKind, int64(r.ID), d.Words(v))
}

// stocked moves what the record moves: it takes back what it said before and does what it says now.
func (s *Service) stocked(tx *store.Tx, d *definition.Definition, r Record, was, now definition.Values) error {
	if d.Stock == nil {
		return nil
	}
	n, _ := d.Field(d.Stock.Quantity)
	moves := map[string]int64{}
	if was != nil {
		item, by := d.Moves(was)
		moves[item] -= by
	}
	if now != nil {
		item, by := d.Moves(now)
		moves[item] += by
	}
	for name, amount := range moves {
		if err := move(tx, int64(r.UnitID), r.Code, name, n.Measure, amount, r.Entry); err != nil {
			return err
		}
	}
	return nil
}

// Correct changes what a record says; what it said before stays in the ledger.
func (s *Service) Correct(ctx context.Context, by access.Session, id RecordID, version int64, in Entry) error {
	files, err := s.keep(ctx, in.Files)
	if err != nil {
		return err
	}
	in.Files, in.added = nil, files
	return s.act(ctx, by, id, change{
		act: definition.Correct, version: version, kind: kindCorrected, body: []any{in, files},
		do: func(tx *store.Tx, d *definition.Definition, r *Record, v definition.Values) (map[string]any, error) {
			lat, lng := r.Lat, r.Lng
			now, err := s.read(tx, by, d, r, in, definition.AtEntry)
			if err != nil {
				return nil, err
			}
			if in.Lat == "" && in.Lng == "" {
				r.Lat, r.Lng = lat, lng
			}
			changes := map[string]any{}
			for _, f := range d.At(definition.AtEntry) {
				if !f.Kind.Stored() || v[f.Key] == now[f.Key] {
					continue
				}
				changes[f.Label] = []string{v[f.Key], now[f.Key]}
				if delete(v, f.Key); now[f.Key] != "" {
					v[f.Key] = now[f.Key]
				}
			}
			if len(changes) == 0 && len(files) == 0 {
				return nil, fault.New(fault.Invalid, "没有改动")
			}
			return map[string]any{"changes": changes, "files": digests(files)}, nil
		},
		after: func(tx *store.Tx, r *Record) error { return s.attach(tx, by, r, files) },
	})
}

// Submit asks a second person to check a record whose proof is there.
func (s *Service) Submit(ctx context.Context, by access.Session, id RecordID, version int64) error {
	return s.act(ctx, by, id, change{act: definition.Submit, version: version, kind: kindSubmitted, do: func(tx *store.Tx, d *definition.Definition, r *Record, _ definition.Values) (map[string]any, error) {
		there, err := filesOf(tx, id)
		if err != nil {
			return nil, err
		}
		return nil, lacking(d, definition.AtEntry, nil, there).Err()
	}})
}

// Fix reports that a problem is rectified, with the proof.
func (s *Service) Fix(ctx context.Context, by access.Session, id RecordID, version int64, in Entry) error {
	files, err := s.keep(ctx, in.Files)
	if err != nil {
		return err
	}
	in.Files, in.added = nil, files
	return s.act(ctx, by, id, change{
		act: definition.Fix, version: version, kind: kindFixed, body: []any{in, files},
		do: func(tx *store.Tx, d *definition.Definition, r *Record, v definition.Values) (map[string]any, error) {
			now, err := s.read(tx, by, d, r, in, definition.AtFix)
			if err != nil {
				return nil, err
			}
			there, err := filesOf(tx, id)
			if err != nil {
				return nil, err
			}
			if err := lacking(d, definition.AtFix, files, there).Err(); err != nil {
				return nil, err
			}
			for k, x := range now {
				v[k] = x
			}
			r.Fixer = by.Account()
			return map[string]any{"values": now, "files": digests(files)}, nil
		},
		after: func(tx *store.Tx, r *Record) error { return s.attach(tx, by, r, files) },
	})
}

// Pass is the second person's consent: not who entered the record, and not who reported it rectified.
func (s *Service) Pass(ctx context.Context, by access.Session, id RecordID, version int64, in Entry) error {
	return s.act(ctx, by, id, change{act: definition.Pass, version: version, kind: kindPassed, body: in, do: func(tx *store.Tx, d *definition.Definition, r *Record, v definition.Values) (map[string]any, error) {
		if err := second(by, *r); err != nil {
			return nil, err
		}
		now, err := s.read(tx, by, d, r, in, definition.AtCheck)
		if err != nil {
			return nil, err
		}
		for k, x := range now {
			v[k] = x
		}
		r.CheckerName = by.Name()
		return map[string]any{"values": now}, nil
	}})
}

func second(by access.Session, r Record) error {
	if by.Account() == r.Recorder || by.Account() == r.Fixer {
		return fault.New(fault.Forbidden, "核对要由另一个人做：这条记录是%s登记或者报告整改的", by.Name())
	}
	return nil
}

// Return gives a record back with the reason.
func (s *Service) Return(ctx context.Context, by access.Session, id RecordID, version int64, reason string) error {
	return s.reasoned(ctx, by, id, version, definition.Return, kindReturned, reason, func(r *Record) error { return second(by, *r) })
}

// Reopen takes up a problem again that was struck off.
func (s *Service) Reopen(ctx context.Context, by access.Session, id RecordID, version int64, reason string) error {
	return s.reasoned(ctx, by, id, version, definition.Reopen, kindReopened, reason, nil)
}

// Cancel makes a record void: it counts no more, and stays with its reason.
func (s *Service) Cancel(ctx context.Context, by access.Session, id RecordID, version int64, reason string) error {
	return s.reasoned(ctx, by, id, version, definition.Cancel, kindVoided, reason, func(r *Record) error {
		if (r.State == definition.Closed || r.Recorder != by.Account()) && !by.Can(access.RegisterManage) && !by.Can(access.RegisterCheck) {
			return fault.New(fault.Forbidden, "已经核对过的、别人登记的记录，由核对人员作废")
		}
		return nil
	})
}

const maxReason = 500

func (s *Service) reasoned(ctx context.Context, by access.Session, id RecordID, version int64, act definition.Act, kind, reason string, check func(*Record) error) error {
	reason = strings.TrimSpace(reason)
	switch n := len([]rune(reason)); {
	case n == 0:
		return fault.InvalidField("reason", "请写明%s的理由", definition.ActNames[act])
	case n > maxReason:
		return fault.InvalidField("reason", "理由最多 %d 个字，现在有 %d 个", maxReason, n)
	}
	return s.act(ctx, by, id, change{act: act, version: version, kind: kind, body: reason, do: func(_ *store.Tx, _ *definition.Definition, r *Record, _ definition.Values) (map[string]any, error) {
		if check != nil {
			if err := check(r); err != nil {
				return nil, err
			}
		}
		r.Reason = reason
		return map[string]any{"reason": reason}, nil
	}})
}

// Sight is a record with all that its page shows.
type Sight struct {
	Record     Record
	Definition *definition.Definition
	Values     definition.Values
	Files      []File
	Same       []Record
	Unit       string
}

// Look reads one record in scope.
func (s *Service) Look(ctx context.Context, by access.Session, id RecordID) (out Sight, err error) {
	scope, err := by.Require(access.RegisterRead)
	if err != nil {
		return out, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		r, err := recordOf(tx, id)
		if err == nil {
			err = scope.Check(r.Levels, nounRecord)
		}
		if err != nil {
			return err
		}
		out = Sight{Record: r}
		if out.Definition, err = s.of(tx, r); err != nil {
			return err
		}
		if !opens(by, out.Definition) {
			return fault.Missing(nounRecord)
		}
		if out.Values, err = r.Values(); err != nil {
			return err
		}
		if out.Files, err = filesOf(tx, id); err != nil {
			return err
		}
		if out.Unit, err = s.unitName(tx, r.UnitID); err != nil {
			return err
		}
		q := tx.DB().NewSelect().Model(&out.Same).Where("event_id = ?", r.Event).Where("id <> ?", id).Where(seen).Order("id").Limit(20)
		return scope.Where(q, "rr").Scan(tx.Ctx)
	})
	return out, err
}

func (s *Service) unitName(tx *store.Tx, id access.UnitID) (string, error) {
	all, err := s.Units.Units(tx)
	for _, u := range all {
		if u.ID == id {
			return u.Name, nil
		}
	}
	return fmt.Sprintf("单位 %s", id), err
}
