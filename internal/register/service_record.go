package register

import (
	"cmp"
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

// Entry is what somebody puts into a register. Values go by field; those of photos and files are in Files.
type Entry struct {
	Values map[string]string `json:"values" doc:"各字段的内容，按字段编号；多选用顿号隔开，起止日期写成 2026-03-02/2026-03-09"`
	Unit   access.UnitID     `json:"unit,omitempty" doc:"记在哪个单位；不写的是登记人的单位"`
	// Lat and Lng are the point of the place, in degrees as text.
	Lat string `json:"lat,omitempty" doc:"纬度，度"`
	Lng string `json:"lng,omitempty" doc:"经度，度"`
	// Same is another record of the same event.
	Same  RecordID         `json:"same,omitempty" doc:"与哪条记录是同一场活动；同一场只计一次"`
	Files []RegisterUpload `json:"files,omitempty" doc:"照片、附件"`

	added []added
}

// Record enters a record.
func (s *Service) Record(ctx context.Context, by access.Session, code string, in Entry) (RecordID, error) {
	scope, err := by.Require(access.RegisterWrite)
	if err != nil {
		return 0, err
	}
	if in.added, err = s.keep(ctx, in.Files); err != nil {
		return 0, err
	}
	in.Files = nil
	at, _, err := s.DB.Once(ctx, by.Once(kindRecorded, []any{code, in, in.added}), func(tx *store.Tx) (string, error) {
		_, d, err := s.current(tx, by, code)
		if err != nil {
			return "", err
		}
		unit, err := s.unitFor(tx, by, scope, in.Unit)
		if err != nil {
			return "", err
		}
		r := Record{ID: RecordID(store.NewID()), Code: code, Levels: unit.Levels(), Recorder: by.Account(), RecorderName: by.Name(), RecordedAt: store.Micros(tx.Now)}
		v, err := s.read(tx, by, d, &r, in, definition.AtEntry)
		if err != nil {
			return "", err
		}
		if err := s.begin(tx, by, d, &r, v, in); err != nil {
			return "", err
		}
		return r.URL(), nil
	})
	return RecordID(store.IDAt(at)), err
}

// unitFor is the unit to which a record belongs: the recorder's own, or another that the session may write for.
func (s *Service) unitFor(tx *store.Tx, by access.Session, scope access.Scope, id access.UnitID) (access.Unit, error) {
	if id == 0 || id == by.Unit().ID {
		if by.Unit().ID == 0 {
			return access.Unit{}, fault.InvalidField("unit", "请选择单位")
		}
		return by.Unit(), nil
	}
	all, err := s.Units.Units(tx)
	if err != nil {
		return access.Unit{}, err
	}
	for _, u := range all {
		if u.ID == id && scope.Covers(u) && u.OpenOn(tx.Today()) {
			return u, nil
		}
	}
	return access.Unit{}, fault.InvalidField("unit", "没有这个单位，或者不在您的数据范围内")
}

// read checks what was put in for a stage, and the photos and files that the stage must have.
func (s *Service) read(tx *store.Tx, by access.Session, d *definition.Definition, r *Record, in Entry, stage definition.Stage) (definition.Values, error) {
	v, bad := d.Read(in.Values, stage, tx.Today(), func(f definition.Field, words string) (definition.Ref, error) { return s.look(tx, by, f, words) })
	for key := range in.Values {
		if _, known := d.Field(key); !known {
			bad.Add(key, "这个台账没有字段“%s”", key)
		}
	}
	bad = append(bad, fits(d, stage, in.added)...)
	if stage == definition.AtEntry {
		var err error
		if r.Lat, r.Lng, err = point(in.Lat, in.Lng); err != nil {
			f, _ := d.PlaceField()
			bad.Add(cmp.Or(f.Key, "lat"), "%s", err)
		}
	}
	return v, bad.Err()
}

// proofs names the photos and files that a stage lacks.
func lacking(d *definition.Definition, stage definition.Stage, files []added, there []File) (out fault.Fields) {
	for _, f := range d.Proofs(stage) {
		n := 0
		for _, a := range files {
			if a.Field == f.Key {
				n++
			}
		}
		for _, x := range there {
			if x.Field == f.Key && !bool(x.Removed) {
				n++
			}
		}
		if n < f.Proof {
			out.Add(f.Key, "%s至少 %d 张（份），现在有 %d", f.Label, f.Proof, n)
		}
	}
	return out
}

// begin writes a new record with all that hangs on it.
func (s *Service) begin(tx *store.Tx, by access.Session, d *definition.Definition, r *Record, v definition.Values, in Entry) error {
	lacks := lacking(d, definition.AtEntry, in.added, nil)
	fixed := d.Flow == definition.Rectified && len(lacks) == 0 && len(lacking(d, definition.AtFix, in.added, nil)) == 0
	if fixed { // before and after in one go: what the stage of the rectification asks for is read too
		more, err := s.read(tx, by, d, r, Entry{Values: in.Values}, definition.AtFix)
		if err != nil {
			fixed = false
		} else {
			for k, x := range more {
				v[k] = x
			}
			r.Fixer = by.Account()
		}
	}
	if d.Flow != definition.Checked && len(lacks) > 0 {
		return lacks.Err()
	}
	r.State = d.First(fixed || d.Flow == definition.Checked && len(lacks) == 0)
	if err := r.fill(d, v); err != nil {
		return err
	}
	if err := s.due(r, d); err != nil {
		return err
	}
	if err := s.sameEvent(tx, by, d, r, in.Same); err != nil {
		return err
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindRecorded, Subject: r.Subject(), Unit: int64(r.UnitID), Data: map[string]any{"register": d.Name, "title": r.Title, "happened": r.Happened, "state": d.StateName(r.State), "values": v, "files": digests(in.added)}})
	if err != nil {
		return err
	}
	r.Entry, r.Version = int64(entry), 1
	if err := insert(tx, r); err != nil {
		return err
	}
	if err := s.attach(tx, by, r, in.added); err != nil {
		return err
	}
	if err := s.stocked(tx, d, *r, nil, v); err != nil {
		return err
	}
	if err := replaceFound(tx, findable(d, *r, v), r.ID, true); err != nil {
		return err
	}
	if err := search.Add(tx, searchKind, int64(r.ID), d.Words(v)); err != nil {
		return err
	}
	return s.kept(d).Added(tx, "register_record", int64(r.ID), r)
}

func digests(files []added) []string {
	out := []string{}
	for _, a := range files {
		out = append(out, a.Field+" "+a.Name+" "+a.Digest)
	}
	return out
}

// due reckons the end of the rectification on the working calendar. A year that is not loaded leaves no day.
func (s *Service) due(r *Record, d *definition.Definition) error {
	if d.Due == 0 || r.Happened.IsZero() {
		return nil
	}
	end, err := s.Calendar.AddWorkdays(r.Happened, d.Due)
	if err != nil {
		if fault.Is(err, fault.Invalid) {
			r.Due = law.Date{}
			return nil
		}
		return err
	}
	r.Due = end
	return nil
}

// sameEvent joins the record to another of the same event, so that both count once.
func (s *Service) sameEvent(tx *store.Tx, by access.Session, d *definition.Definition, r *Record, same RecordID) error {
	r.Event = r.ID
	if same == 0 {
		return nil
	}
	o, err := recordOf(tx, same)
	if err == nil {
		err = by.ScopeFor(access.RegisterRead).Check(o.Levels, nounRecord)
	}
	switch {
	case err != nil:
		return fault.InvalidField("same", "没有编号是 %s 的记录", same)
	case !d.Same:
		return fault.InvalidField("same", "这个台账的记录不与别的记录算作同一场活动")
	case o.Happened != r.Happened:
		return fault.InvalidField("same", "“%s”是 %s 的，与这一条不是同一天", o.Title, o.Happened.Han())
	}
	r.Event = o.Event
	return nil
}

// look finds what a field names.
func (s *Service) look(tx *store.Tx, by access.Session, f definition.Field, words string) (definition.Ref, error) {
	switch f.Kind {
	case definition.Person:
		return s.People(tx, by, words)
	case definition.Unit:
		all, err := s.Units.Units(tx)
		if err != nil {
			return definition.Ref{}, err
		}
		for _, u := range all {
			if u.Name == words || u.Code == strings.ToUpper(words) || u.ID.String() == words || definition.RefOf(words).ID == int64(u.ID) {
				return definition.Ref{ID: int64(u.ID), Label: u.Name}, nil
			}
		}
		return definition.Ref{}, fmt.Errorf("没有单位“%s”", words)
	}
	if code, ours := f.Register(); ours {
		return s.lookRecord(tx, by, code, words)
	}
	t, ok := s.Targets[f.To]
	if !ok {
		return definition.Ref{Label: words}, nil
	}
	return t.Find(tx, by, words)
}

// lookRecord finds a record of a register by its number or its title.
func (s *Service) lookRecord(tx *store.Tx, by access.Session, code, words string) (definition.Ref, error) {
	scope := by.ScopeFor(access.RegisterRead)
	id, err := store.ParseID(words)
	if err != nil {
		id = definition.RefOf(words).ID
	}
	var rows []Record
	if id > 0 {
		err = scope.Where(tx.DB().NewSelect().Model(&rows), "rr").Where("rr.id = ?", id).Where("rr.code = ?", code).Where(seen).Scan(tx.Ctx)
	} else {
		q := search.Match(tx, scope.Where(tx.DB().NewSelect().Model(&rows), "rr"), searchKind, "rr.id", words)
		err = q.Where("rr.code = ?", code).Where("rr.title = ?", words).Where("rr.state <> ?", definition.Void).Where(seen).Limit(2).Scan(tx.Ctx)
	}
	switch {
	case err != nil:
		return definition.Ref{}, err
	case len(rows) == 0:
		return definition.Ref{}, fmt.Errorf("没有找到“%s”", words)
	case len(rows) > 1:
		return definition.Ref{}, fmt.Errorf("叫“%s”的不止一条，请填记录编号", words)
	}
	return definition.Ref{ID: int64(rows[0].ID), Label: rows[0].Title}, nil
}
