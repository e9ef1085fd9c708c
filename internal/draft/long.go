package draft

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"

	"fadu/internal/access"
	"fadu/internal/store"
)

// errHeads ends the first reading of a sheet, which looks for the headings only.
var errHeads = errors.New("draft: enough for the headings")

// parseLong reads a file as the list of a Long kind: yield gets its rows in pieces, none of which is kept.
func parseLong(content []byte, kind Sheet, others []Kind, yield func([]*Row) error) (Parsed, error) {
	workbook, err := recognise(content, LongFile)
	if err != nil {
		return Parsed{}, err
	}
	columns := kind.Columns()
	var grids []grid
	read := func(_ int, g *grid) error { return g.csv(content) }
	if workbook {
		b, sheets, err := openBook(content, true)
		if err != nil {
			return Parsed{}, err
		}
		for _, s := range sheets {
			grids = append(grids, grid{name: s.name, hidden: s.hidden, since04: b.since04})
		}
		read = func(i int, g *grid) error { return b.sheet(sheets[i].part, g) }
	} else {
		grids = []grid{{name: csvName}}
	}
	for i := range grids {
		if err := heads(&grids[i], func(g *grid) error { return read(i, g) }); err != nil {
			return Parsed{}, err
		}
	}
	best, head, err := choose(grids, columns, kind, others)
	if err != nil {
		return Parsed{}, err
	}
	g := grids[best]
	t := taking{g: &g, h: head}
	n, seen := 0, -1
	var piece []*Row
	g.rows, g.count, g.merged, g.limit = nil, 0, 0, LongRows
	g.sink = func(r gridRow) error {
		if seen++; seen <= head.row {
			return nil
		}
		row := t.take(r)
		if row == nil {
			return nil
		}
		if n++; n > LongRows {
			return errTooMany(LongRows)
		}
		if piece = append(piece, row); len(piece) < longPiece {
			return nil
		}
		done := piece
		piece = nil
		return yield(done)
	}
	if err = read(best, &g); err == nil && len(piece) > 0 {
		err = yield(piece)
	}
	if err == nil && n == 0 {
		err = errFile("表“%s”里没有要导入的内容（示例行不导入）", g.name)
	}
	return Parsed{Sheet: g.name, Notes: t.notes()}, err
}

// heads reads the first rows of a sheet.
func heads(g *grid, read func(*grid) error) error {
	first := grid{name: g.name, since04: g.since04, limit: LongRows}
	first.sink = func(r gridRow) error {
		if g.rows = append(g.rows, r); len(g.rows) == maxHeaderRow {
			return errHeads
		}
		return nil
	}
	if err := read(&first); err != nil && !errors.Is(err, errHeads) {
		return err
	}
	return nil
}

// uploadLong reads a file of a Long kind into a batch, piece by piece. What stops half-way leaves a batch that is still loading:
// nobody sees it, and the sweep takes it away.
func (s *Service) uploadLong(ctx context.Context, by access.Session, k Long, fileName string, content []byte) (BatchID, error) {
	rows := 0
	count := func(part []*Row) error { rows += len(part); return nil }
	parsed, err := parseLong(content, k, s.others(k), count) // a file that cannot be read leaves nothing behind
	if err != nil {
		return 0, err
	}
	sum := sha256.Sum256(content)
	b := Batch{Kind: k.Name(), State: Loading, FileName: fileOf(fileName), Digest: hex.EncodeToString(sum[:]), Sheet: parsed.Sheet, Notes: parsed.Notes, Rows: rows}
	id, err := s.begin(ctx, by, b, k, nil)
	if err != nil {
		return 0, err
	}
	twins := newTwins(k.Columns())
	_, err = parseLong(content, k, nil, func(part []*Row) error {
		if err := s.db.View(ctx, func(tx *store.Tx) error { return check(tx, by, k, part) }); err != nil {
			return fmt.Errorf("draft: check %s: %w", k.Name(), err)
		}
		twins.warn(part)
		if err := s.db.Update(ctx, func(tx *store.Tx) error { return storePart(tx, id, part) }); err != nil {
			return fmt.Errorf("draft: store rows of %s: %w", id, err)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return id, s.filled(ctx, id)
}

// twins finds rows that say the very same as an earlier one.
type twins struct {
	seed    maphash.Seed
	columns []Column
	lines   map[uint64]int
}

func newTwins(columns []Column) *twins {
	return &twins{maphash.MakeSeed(), columns, map[uint64]int{}}
}

func (t *twins) warn(rows []*Row) {
	var h maphash.Hash
	h.SetSeed(t.seed)
	for _, r := range rows {
		h.Reset()
		for _, c := range t.columns {
			_, _ = h.WriteString(r.Text(c.Key))
			_ = h.WriteByte(0)
		}
		if line, twice := t.lines[h.Sum64()]; twice {
			r.Warn("", "与第 %d 行一模一样，请核对是不是重复", line)
			continue
		}
		t.lines[h.Sum64()] = r.Line
	}
}

// recheckLong is recheck for a Long kind: piece by piece.
func (s *Service) recheckLong(ctx context.Context, by access.Session, k Long, b Batch) (done bool, err error) {
	twins := newTwins(k.Columns())
	for after := 0; ; {
		var part, changed []record
		err := s.db.View(ctx, func(tx *store.Tx) error {
			if part, err = livePiece(tx, b.ID, after, longPiece); err != nil {
				return err
			}
			changed, err = compared(tx, by, k, part, twins)
			return err
		})
		if err == nil {
			err = s.saveAll(ctx, b.ID, changed)
		}
		if err != nil {
			return false, err
		}
		if len(part) < longPiece {
			return s.recounted(ctx, b)
		}
		after = part[len(part)-1].Line
	}
}

// recheckRow checks one row of a Long kind's batch, which says nothing about the others.
func (s *Service) recheckRow(ctx context.Context, by access.Session, k Long, id RowID) error {
	var r record
	var changed []record
	err := s.db.View(ctx, func(tx *store.Tx) (err error) {
		if r, err = rowByID(tx, id); err == nil {
			changed, err = compared(tx, by, k, []record{r}, nil)
		}
		return err
	})
	if err == nil {
		err = s.saveAll(ctx, r.Batch, changed)
	}
	if err != nil {
		return err
	}
	return s.db.Update(ctx, func(tx *store.Tx) error {
		b, err := batchByID(tx, r.Batch)
		if err != nil || b.State != Open {
			return err
		}
		if err := recount(tx, &b); err != nil {
			return err
		}
		return saveBatch(tx, &b)
	})
}

// compared checks records and returns those whose problems differ from the stored ones.
func compared(tx *store.Tx, by access.Session, k Kind, records []record, t *twins) ([]record, error) {
	rows := make([]*Row, len(records))
	for i, r := range records {
		rows[i] = &Row{ID: r.ID, Line: r.Line, Values: maps.Clone(r.Values), Unread: r.Unread}
	}
	if err := check(tx, by, k, rows); err != nil {
		return nil, err
	}
	if t != nil {
		t.warn(rows)
	}
	var changed []record
	for i, r := range records {
		if !slices.Equal(r.Problems, rows[i].Problems) {
			r.Problems = rows[i].Problems
			r.flag()
			changed = append(changed, r)
		}
	}
	return changed, nil
}

// saveAll writes what a check found.
func (s *Service) saveAll(ctx context.Context, id BatchID, changed []record) error {
	for start := 0; start < len(changed); start += storeRows {
		part := changed[start:min(start+storeRows, len(changed))]
		err := s.db.Update(ctx, func(tx *store.Tx) error {
			for i := range part {
				if err := saveFindings(tx, &part[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("draft: findings of %s: %w", id, err)
		}
	}
	return nil
}

// recounted brings the batch's counters up to its rows; done is false when somebody changed the batch meanwhile.
func (s *Service) recounted(ctx context.Context, b Batch) (done bool, err error) {
	err = s.db.Update(ctx, func(tx *store.Tx) error {
		now, err := batchByID(tx, b.ID)
		if err != nil {
			return err
		}
		done = now.Version == b.Version
		if !done || now.State != Open {
			return nil
		}
		before := now
		if err := recount(tx, &now); err != nil {
			return err
		}
		if now.Bad == before.Bad && now.Warned == before.Warned && now.Removed == before.Removed {
			return nil
		}
		return saveBatch(tx, &now)
	})
	return done, err
}

// rowsOf and fileSizeOf are what a file of the list may hold at most.
func rowsOf(k Sheet) int {
	if _, long := k.(Long); long {
		return LongRows
	}
	return MaxRows
}

func fileSizeOf(k Sheet) int {
	if _, long := k.(Long); long {
		return LongFile
	}
	return MaxFile
}

// limits are what a file of the service's lists may hold at most.
func (s *Service) limits() (file, rows int) {
	for _, k := range s.Kinds() {
		if _, long := k.(Long); long {
			return LongFile, LongRows
		}
	}
	return MaxFile, MaxRows
}
