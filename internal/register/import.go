package register

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/register/definition"
	"fadu/internal/search"
	"fadu/internal/store"
	"fadu/internal/web"
)

// sheetOf is a register as the draft mechanism sees it: a record each row.
type sheetOf struct {
	s *Service
	d *definition.Definition
}

var (
	_ draft.Long        = sheetOf{}
	_ draft.Finisher    = sheetOf{}
	_ draft.Chooser     = sheetOf{}
	_ draft.BatchLander = sheetOf{}
)

const (
	importPrefix = "register."
	columnUnit   = "of_unit"
	columnLat    = "at_lat"
	columnLng    = "at_lng"
	// proofKey is among the values of a record that came without its photos and files: where they are kept.
	proofKey   = "proof_at"
	proofLabel = "证明材料存放在哪里"
)

// lists are the registers that take in files, as they are now. A sealed one does not: its batches would be seen by others.
func (s *Service) lists() []draft.Kind {
	var out []draft.Kind
	for _, r := range s.Live() {
		if r.Role == "" {
			out = append(out, sheetOf{s, r.Definition})
		}
	}
	return out
}

// Long says that each row is checked by itself.
func (sheetOf) Long() {}

// Name is the list's code.
func (l sheetOf) Name() string { return importPrefix + l.d.Code }

// Label is what the register is called.
func (l sheetOf) Label() string { return l.d.Name }

// Permissions: whoever enters records uploads and mends; who answers for the registers publishes.
func (sheetOf) Permissions() (upload, publish access.Permission) {
	return access.RegisterWrite, access.RegisterManage
}

// LandingOf is the page of the published batch.
func (sheetOf) LandingOf(id draft.BatchID) web.Link {
	return web.Link{Label: "看导入的记录", Href: PathImports + "/" + id.String()}
}

// Columns are what the register asks at entry, with the unit and, where photos or files are the proof, where those are kept.
func (l sheetOf) Columns() []draft.Column {
	var out []draft.Column
	for _, f := range l.d.At(definition.AtEntry) {
		if f.Kind.Stored() {
			out = append(out, columnOf(l.d, f))
		}
	}
	out = append(out, draft.Column{Key: columnUnit, Label: "记在哪个单位", Also: []string{"所属单位"}, Kind: draft.Text, Note: "单位的名称或者编码；不填的是上传人的单位", Width: 18})
	if _, ok := l.d.PlaceField(); ok {
		out = append(out, draft.Column{Key: columnLat, Label: "纬度", Kind: draft.Text, Max: 20, Note: "度，例如 30.512345；和经度一起填"}, draft.Column{Key: columnLng, Label: "经度", Kind: draft.Text, Max: 20})
	}
	if l.proofs() {
		out = append(out, draft.Column{Key: proofKey, Label: proofLabel, Kind: draft.Text, Need: true, Note: "表格带不了照片和附件：写明档案的卷号，或者存放的地方", Example: "2025 年普法档案第 3 卷", Width: 30})
	}
	return out
}

func (l sheetOf) proofs() bool { return len(l.d.Proofs(definition.AtEntry)) > 0 }

func columnOf(d *definition.Definition, f definition.Field) draft.Column {
	c := draft.Column{Key: f.Key, Label: f.Label, Kind: draft.Text, Need: f.Need, Note: f.Hint}
	note := func(text string) { c.Note = strings.TrimPrefix(c.Note+"。"+text, "。") }
	switch f.Kind {
	case definition.Date:
		c.Kind, c.Example = draft.Day, "2026-03-02"
	case definition.Choice:
		c.Kind, c.Choices, c.Example = draft.Choice, f.Options, f.Options[0]
	case definition.Tags:
		note("可以填好几个，用顿号隔开：" + strings.Join(f.Options, "、"))
		c.Example, c.Width = f.Options[0], 22
	case definition.Number:
		if f.Per != "" {
			note("整数，量词按选项锁定")
		} else {
			note("整数，单位是" + f.Measure)
		}
		c.Example = "12"
	case definition.Money:
		note("元，最多两位小数")
		c.Example = "185.50"
	case definition.Period:
		note("起止两个日期，例如 2026-03-02 至 2026-03-09")
		c.Example, c.Width = "2026-03-02 至 2026-03-09", 26
	case definition.Long:
		c.Max, c.Width = 4000, 40
	case definition.Place, definition.Text:
		c.Width = 24
	case definition.Person:
		note("姓名；本局重名的填人员编号")
	case definition.Unit:
		note("单位的名称或者编码")
	case definition.Link:
		note("编号或者名称")
	}
	return c
}

// Choose offers the units.
func (l sheetOf) Choose(tx *store.Tx, by access.Session) (map[string][]string, error) {
	all, err := l.s.Units.Units(tx)
	if err != nil {
		return nil, err
	}
	scope := by.ScopeFor(access.RegisterWrite)
	out := map[string][]string{}
	for _, u := range all {
		if scope.Covers(u) && u.OpenOn(tx.Today()) {
			out[columnUnit] = append(out[columnUnit], u.Name)
		}
	}
	return out, nil
}

// reading reads rows of one piece; what a name means is asked once.
type reading struct {
	s     *Service
	tx    *store.Tx
	by    access.Session
	d     *definition.Definition
	scope access.Scope
	own   access.Unit
	units []access.Unit
	refs  map[string]answer
}

type answer struct {
	ref definition.Ref
	err error
}

func (l sheetOf) reading(tx *store.Tx, by access.Session) (*reading, error) {
	_, d, err := l.s.current(tx, by, l.d.Code)
	if err != nil {
		return nil, err
	}
	all, err := l.s.Units.Units(tx)
	return &reading{l.s, tx, by, d, by.ScopeFor(access.RegisterWrite), by.Unit(), all, map[string]answer{}}, err
}

func (x *reading) look(f definition.Field, words string) (definition.Ref, error) {
	key := f.Key + "\x00" + words
	a, known := x.refs[key]
	if !known {
		a.ref, a.err = x.s.look(x.tx, x.by, f, words)
		x.refs[key] = a
	}
	return a.ref, a.err
}

// record reads a row; what is wrong stands at its cells.
func (x *reading) record(r *draft.Row) (Record, definition.Values, fault.Fields) {
	raw := map[string]string{}
	for _, f := range x.d.At(definition.AtEntry) {
		raw[f.Key] = r.Text(f.Key)
		if day := r.Date(f.Key); f.Kind == definition.Date && !day.IsZero() {
			raw[f.Key] = day.String()
		}
	}
	v, bad := x.d.Read(raw, definition.AtEntry, x.tx.Today(), x.look)
	var rec Record
	u, err := x.unit(r.Text(columnUnit))
	if err != nil {
		bad.Add(columnUnit, "%s", err)
	}
	rec.Levels = u.Levels()
	if rec.Lat, rec.Lng, err = point(r.Text(columnLat), r.Text(columnLng)); err != nil {
		bad.Add(columnLat, "%s", err)
	}
	if at := r.Text(proofKey); at != "" {
		v[proofKey] = at
	}
	return rec, v, bad
}

func (x *reading) unit(words string) (access.Unit, error) {
	if words == "" {
		if x.own.ID == 0 {
			return x.own, fmt.Errorf("请写明记在哪个单位")
		}
		return x.own, nil
	}
	var found []access.Unit
	for _, u := range x.units {
		if (u.Name == words || u.Code == strings.ToUpper(words)) && x.scope.Covers(u) {
			found = append(found, u)
		}
	}
	switch {
	case len(found) == 0:
		return access.Unit{}, fmt.Errorf("没有单位“%s”，或者不在您的数据范围内", words)
	case len(found) > 1:
		return access.Unit{}, fmt.Errorf("叫“%s”的单位不止一个，请填单位编码", words)
	}
	return found[0], nil
}

// Check reads each row as the form of the register reads a record.
func (l sheetOf) Check(tx *store.Tx, by access.Session, rows []*draft.Row) error {
	x, err := l.reading(tx, by)
	if err != nil {
		return err
	}
	for _, r := range rows {
		_, _, bad := x.record(r)
		for _, f := range bad {
			if !r.Wrong(f.Name) {
				r.Bad(f.Name, "%s", f.Message)
			}
		}
	}
	return nil
}

// Stage writes the rows as records that nobody sees yet, under one entry.
func (l sheetOf) Stage(tx *store.Tx, by access.Session, batch draft.BatchID, rows []*draft.Row) error {
	b, err := draft.BatchOf(tx, batch)
	if err != nil {
		return err
	}
	x, err := l.reading(tx, by)
	if err != nil {
		return err
	}
	for _, u := range x.units { // of who uploaded, not of who publishes
		if u.ID == b.UnitID {
			x.own = u
		}
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindImported, Subject: batch.Subject(), Unit: int64(b.UnitID), Data: map[string]any{"register": l.d.Name, "code": l.d.Code, "edition": x.d.Edition, "first": rows[0].Line, "last": rows[len(rows)-1].Line, "count": len(rows)}})
	if err != nil {
		return err
	}
	if err := staging(tx, batch, l.d.Code, int64(entry)); err != nil {
		return err
	}
	var records []Record
	var places []found
	for _, row := range rows {
		r, v, bad := x.record(row)
		if err := bad.Err(); err != nil {
			return fmt.Errorf("第 %d 行：%w", row.Line, err)
		}
		r.ID, r.Code, r.Batch, r.Version, r.Entry = RecordID(store.NewID()), l.d.Code, int64(batch), 1, int64(entry)
		r.Recorder, r.RecorderName, r.RecordedAt = b.UploadedBy, b.Uploader, store.Micros(tx.Now)
		r.Event, r.State = r.ID, x.d.First(x.d.Flow == definition.Checked && !l.proofs())
		if err := r.fill(x.d, v); err != nil {
			return err
		}
		if err := l.s.due(&r, x.d); err != nil {
			return err
		}
		records, places = append(records, r), append(places, findable(x.d, r, v)...)
		if err := search.Add(tx, searchKind, int64(r.ID), x.d.Words(v)); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(records, 250) {
		if err := insert(tx, &part); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(places, 1500) {
		if err := insert(tx, &part); err != nil {
			return err
		}
	}
	return nil
}

// Unstage deletes what Stage wrote.
func (sheetOf) Unstage(tx *store.Tx, batch draft.BatchID) error {
	var ids []int64
	if err := tx.DB().NewSelect().Model((*Record)(nil)).Column("id").Where("batch_id = ?", int64(batch)).Scan(tx.Ctx, &ids); err != nil {
		return err
	}
	for _, id := range ids {
		if err := search.Delete(tx, searchKind, id); err != nil {
			return err
		}
	}
	for _, q := range []string{`DELETE FROM register_found WHERE record_id IN (SELECT id FROM register_record WHERE batch_id = ?)`, `DELETE FROM register_record WHERE batch_id = ?`, `DELETE FROM register_import WHERE batch_id = ?`} {
		if _, err := tx.Exec(q, int64(batch)); err != nil {
			return err
		}
	}
	return nil
}

// Finish makes the records of the batch seen and counted, all at once.
func (l sheetOf) Finish(tx *store.Tx, by access.Session, batch draft.BatchID) error {
	m, err := importOf(tx, batch)
	if err != nil {
		return err
	}
	_, d, err := l.s.current(tx, by, l.d.Code)
	if err != nil {
		return err
	}
	if m.Records, err = tx.DB().NewSelect().Model((*Record)(nil)).Where("batch_id = ?", int64(batch)).Count(tx.Ctx); err != nil {
		return err
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindImportSeen, Subject: batch.Subject(), Unit: int64(by.Unit().ID), Data: map[string]any{"register": d.Name, "count": m.Records}})
	if err != nil {
		return err
	}
	m.State, m.PublishedBy, m.PublishedAt, m.Entry = importPublished, by.Name(), store.Micros(tx.Now), int64(entry)
	if err := saveImport(tx, &m); err != nil {
		return err
	}
	if err := l.s.stockOfBatch(tx, d, batch, m.Entry, false); err != nil {
		return err
	}
	kept := l.s.kept(d)
	now, err := kept.OfAll(tx, "rr.batch_id = ?", int64(batch))
	if err != nil {
		return err
	}
	return kept.Moved(tx, now, nil)
}

// stockOfBatch moves what the records of a batch move, or takes it back.
func (s *Service) stockOfBatch(tx *store.Tx, d *definition.Definition, batch draft.BatchID, entry int64, back bool) error {
	if d.Stock == nil {
		return nil
	}
	n, _ := d.Field(d.Stock.Quantity)
	type thing struct {
		unit int64
		item string
	}
	sums := map[thing]int64{}
	for after := RecordID(0); ; {
		var part []Record
		if err := tx.DB().NewSelect().Model(&part).Where("batch_id = ?", int64(batch)).Where("id > ?", after).Where("state <> ?", definition.Void).Order("id").Limit(store.WalkPiece).Scan(tx.Ctx); err != nil {
			return err
		}
		for _, r := range part {
			v, err := r.Values()
			if err != nil {
				return err
			}
			after = r.ID
			item, by := d.Moves(v)
			if back {
				by = -by
			}
			sums[thing{int64(r.UnitID), item}] += by
		}
		if len(part) < store.WalkPiece {
			break
		}
	}
	for t, by := range sums {
		if err := move(tx, t.unit, d.Code, t.item, n.Measure, by, entry); err != nil {
			return err
		}
	}
	return nil
}
