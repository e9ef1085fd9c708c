package draft

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Service runs import batches of the kinds that it was given.
type Service struct {
	// publishing lets one publish at a time in this process: a second press waits and is told the same.
	publishing sync.Mutex
	db         *store.DB
	kinds      []Kind
	source     func() []Kind
}

// New returns a service for the kinds, in the order in which pages offer them.
func New(db *store.DB, kinds ...Kind) *Service { return &Service{db: db, kinds: kinds} }

// NewFrom returns a service whose lists are made while the program runs: source gives them as they are now.
func NewFrom(db *store.DB, source func() []Kind) *Service { return &Service{db: db, source: source} }

// Kinds returns the lists that can be imported.
func (s *Service) Kinds() []Kind {
	if s.source != nil {
		return s.source()
	}
	return slices.Clone(s.kinds)
}

// Kind returns a list by its code.
func (s *Service) Kind(name string) (Kind, error) {
	for _, k := range s.Kinds() {
		if k.Name() == name {
			return k, nil
		}
	}
	return nil, fault.Missing("这一类导入")
}

func (s *Service) others(k Kind) []Kind {
	return slices.DeleteFunc(s.Kinds(), func(o Kind) bool { return o.Name() == k.Name() })
}

// storeRows is how many rows are stored in one update.
const storeRows = 100

// Upload reads a file and keeps it as an open batch. What is wrong with the file as a whole is returned
// in words for its sender and leaves nothing behind. The same request twice makes one batch.
func (s *Service) Upload(ctx context.Context, by access.Session, kind, fileName string, content []byte) (BatchID, error) {
	return s.UploadStated(ctx, by, kind, fileName, content, nil)
}

// UploadStated is Upload with totals that the sender says the list has, beside those in the file.
func (s *Service) UploadStated(ctx context.Context, by access.Session, kind, fileName string, content []byte, stated []Stated) (BatchID, error) {
	k, err := s.Kind(kind)
	if err != nil {
		return 0, err
	}
	upload, _ := k.Permissions()
	if _, err := by.Require(upload); err != nil {
		return 0, err
	}
	if l, long := k.(Long); long {
		return s.uploadLong(ctx, by, l, fileName, content)
	}
	parsed, err := s.parse(content, k)
	if err != nil {
		return 0, err
	}
	if _, atomic := k.(Atomic); atomic && len(parsed.Rows) > AtomicRows {
		return 0, errFile("“%s”一次最多导入 %d 行，请分成几个文件", k.Label(), AtomicRows)
	}
	if err := s.db.View(ctx, func(tx *store.Tx) error { return check(tx, by, k, parsed.Rows) }); err != nil {
		return 0, fmt.Errorf("draft: check %s: %w", kind, err)
	}
	sum := sha256.Sum256(content)
	b := Batch{Kind: kind, State: Loading, FileName: fileOf(fileName), Digest: hex.EncodeToString(sum[:]), Sheet: parsed.Sheet, Notes: parsed.Notes, Rows: len(parsed.Rows)}
	id, err := s.begin(ctx, by, b, k, append(stated, parsed.Stated...))
	if err != nil {
		return 0, err
	}
	return id, s.fill(ctx, id, parsed.Rows)
}

func (s *Service) parse(content []byte, k Kind) (Parsed, error) {
	if r, own := k.(Reader); own {
		if p, ok, err := r.Read(content); ok || err != nil {
			return p, err
		}
	}
	return Parse(content, k, s.others(k)...)
}

// check runs the columns' own checks and the kind's over rows.
func check(tx *store.Tx, by access.Session, k Kind, rows []*Row) error {
	columns := k.Columns()
	kept := make([]*Row, 0, len(rows))
	for _, r := range rows {
		if r.Out {
			r.Problems = slices.Clone(r.Unread)
			continue
		}
		r.checkColumns(columns)
		kept = append(kept, r)
	}
	return k.Check(tx, by, kept)
}

func fileOf(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	return clip(clean(name), 100)
}

// begin makes the batch, or finds the one that this very request made before.
func (s *Service) begin(ctx context.Context, by access.Session, b Batch, k Kind, stated []Stated) (BatchID, error) {
	once := by.Once("draft.upload", map[string]any{"kind": b.Kind, "digest": b.Digest, "stated": stated})
	location, _, err := s.db.Once(ctx, once, func(tx *store.Tx) (string, error) {
		earlier, err := sameFile(tx, b)
		if err != nil {
			return "", err
		}
		fresh := b
		fresh.ID = BatchID(store.NewID())
		fresh.Notes = append(slices.Clone(earlier), b.Notes...)
		fresh.UploadedBy, fresh.Uploader, fresh.UploadedAt = by.Account(), by.Name(), store.Micros(tx.Now)
		fresh.Levels, fresh.Version = by.Unit().Levels(), 1
		fresh.Entry, err = appendEntry(tx, by, fresh, kindUploaded, map[string]any{"kind": b.Kind, "file": b.FileName, "sha256": b.Digest, "rows": b.Rows})
		if err != nil {
			return "", err
		}
		if _, err = tx.DB().NewInsert().Model(&fresh).Exec(tx.Ctx); err != nil {
			return "", err
		}
		if g, ok := k.(Gate); ok && len(stated) > 0 {
			err = g.Received(tx, by, fresh.ID, stated)
		}
		return fresh.ID.String(), err
	})
	if err != nil {
		return 0, err
	}
	id, err := store.ParseID(location)
	return BatchID(id), err
}

// sameFile notes that the very file was uploaded before.
func sameFile(tx *store.Tx, b Batch) ([]string, error) {
	var old []Batch
	err := tx.DB().NewSelect().Model(&old).Where("digest = ?", b.Digest).Where("kind = ?", b.Kind).Where("state <> ?", Discarded).Order("id DESC").Limit(1).Scan(tx.Ctx)
	if err != nil || len(old) == 0 {
		return []string{}, err
	}
	return []string{fmt.Sprintf("同一个文件在 %s 已由%s上传过（%s）", old[0].Uploaded().Format("2006-01-02 15:04"), old[0].Uploader, old[0].State.Label())}, nil
}

// fill stores the rows of a batch that is still loading and opens it. It goes on where an interrupted
// fill stopped.
func (s *Service) fill(ctx context.Context, id BatchID, rows []*Row) error {
	for start := 0; start < len(rows); start += storeRows {
		part := rows[start:min(start+storeRows, len(rows))]
		if err := s.db.Update(ctx, func(tx *store.Tx) error { return storePart(tx, id, part) }); err != nil {
			return fmt.Errorf("draft: store rows of %s: %w", id, err)
		}
	}
	return s.filled(ctx, id)
}

// filled opens a batch whose rows are all stored.
func (s *Service) filled(ctx context.Context, id BatchID) error {
	return s.db.Update(ctx, func(tx *store.Tx) error {
		b, err := batchByID(tx, id)
		if err != nil || b.State != Loading {
			return err
		}
		b.State = Open
		if err := recount(tx, &b); err != nil {
			return err
		}
		return saveBatch(tx, &b)
	})
}

func storePart(tx *store.Tx, id BatchID, part []*Row) error {
	b, err := batchByID(tx, id)
	if err != nil || b.State != Loading {
		return err
	}
	n, err := tx.DB().NewSelect().Model((*record)(nil)).Where("batch_id = ?", id).Where("line = ?", part[0].Line).Count(tx.Ctx)
	if err != nil || n > 0 {
		return err
	}
	records := make([]record, len(part))
	for i, r := range part {
		records[i] = record{ID: RowID(store.NewID()), Batch: id, Line: r.Line, Values: r.Values, Unread: r.Unread, Problems: r.Problems, Version: 1, Entry: b.Entry}
		if records[i].Unread == nil {
			records[i].Unread = []Problem{}
		}
		records[i].flag()
		records[i].Removed = store.Flag(r.Out)
		records[i].Digest = records[i].digest()
	}
	_, err = tx.DB().NewInsert().Model(&records).Exec(tx.Ctx)
	return err
}

// recount sets the batch's counters from its rows.
func recount(tx *store.Tx, b *Batch) error {
	row := tx.DB().QueryRowContext(tx.Ctx, `SELECT COUNT(*), COALESCE(SUM(removed), 0),
		COALESCE(SUM(CASE WHEN removed = 0 THEN bad ELSE 0 END), 0), COALESCE(SUM(CASE WHEN removed = 0 AND bad = 0 THEN warned ELSE 0 END), 0)
		FROM draft_row WHERE batch_id = ?`, b.ID)
	return row.Scan(&b.Rows, &b.Removed, &b.Bad, &b.Warned)
}

// Get returns a batch of the actor's scope.
func (s *Service) Get(tx *store.Tx, by access.Session, id BatchID) (Batch, Kind, error) {
	b, err := batchByID(tx, id)
	if err != nil {
		return Batch{}, nil, err
	}
	k, err := s.Kind(b.Kind)
	if err != nil {
		return Batch{}, nil, err
	}
	upload, _ := k.Permissions()
	scope, err := by.Require(upload)
	if err != nil {
		return Batch{}, nil, err
	}
	return b, k, within(scope, b)
}

// within answers for one batch: a foreign one is NotFound. What was imported at the console belongs to no
// unit, and whoever may import sees it.
func within(scope access.Scope, b Batch) error {
	if b.UnitID == 0 {
		return nil
	}
	return scope.Check(b.Levels, "这个导入批次")
}

// List returns batches that the actor may see, newest first, older than before (0: from the newest).
func (s *Service) List(tx *store.Tx, by access.Session, before BatchID, limit int) ([]Batch, error) {
	var out []Batch
	for _, group := range s.visible(by) {
		var bs []Batch
		q := tx.DB().NewSelect().Model(&bs).Where("kind IN (?)", bun.List(group.kinds)).Where("state <> ?", Loading).Order("id DESC").Limit(int64(limit))
		if before > 0 {
			q = q.Where("id < ?", before)
		}
		if everything := group.scope.Unit() == 0 && !group.scope.Empty(); !everything {
			q = q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
				return group.scope.Where(q, "b").WhereOr("b.unit_id = 0")
			})
		}
		if err := q.Scan(tx.Ctx); err != nil {
			return nil, err
		}
		out = append(out, bs...)
	}
	slices.SortFunc(out, func(a, b Batch) int { return int(min(1, max(-1, b.ID-a.ID))) })
	return out[:min(limit, len(out))], nil
}

type reach struct {
	kinds []string
	scope access.Scope
}

func (s *Service) visible(by access.Session) []reach {
	var out []reach
	at := map[access.Permission]int{}
	for _, k := range s.Kinds() {
		upload, _ := k.Permissions()
		if !by.Can(upload) {
			continue
		}
		i, known := at[upload]
		if !known {
			i = len(out)
			at[upload] = i
			out = append(out, reach{scope: by.ScopeFor(upload)})
		}
		out[i].kinds = append(out[i].kinds, k.Name())
	}
	return out
}

// Show chooses rows of a batch.
type Show string

// What can be shown. The rows to mend come first on a page, so ShowBad is the usual choice.
const (
	ShowAll     Show = "all"
	ShowBad     Show = "bad"
	ShowWarned  Show = "warned"
	ShowRemoved Show = "removed"

	showProblems Show = "problems" // all of these together
)

// Rows returns rows of a batch in the order of the file, after a line, at most limit. Load the batch
// with Get first, which checks the scope.
func (s *Service) Rows(tx *store.Tx, b Batch, show Show, after, limit int) ([]Stored, error) {
	var rs []record
	q := tx.DB().NewSelect().Model(&rs).Where("batch_id = ?", b.ID).Where("line > ?", after).Order("line").Limit(int64(limit))
	switch show {
	case ShowBad:
		q = q.Where("bad = 1 AND removed = 0")
	case ShowWarned:
		q = q.Where("warned = 1 AND bad = 0 AND removed = 0")
	case showProblems:
		q = q.Where("(bad = 1 OR warned = 1 OR removed = 1)")
	case ShowRemoved:
		q = q.Where("removed = 1")
	}
	if err := q.Scan(tx.Ctx); err != nil {
		return nil, err
	}
	out := make([]Stored, len(rs))
	for i, r := range rs {
		out[i] = r.stored()
	}
	return out, nil
}

// Sweep deletes what interrupted uploads left behind and the rows of batches discarded over 30 days
// ago, which may hold personal data. For a daily job.
func (s *Service) Sweep(ctx context.Context) error {
	return s.db.Update(ctx, func(tx *store.Tx) error {
		stale := store.Micros(tx.Now.Add(-24 * time.Hour))
		old := store.Micros(tx.Now.AddDate(0, 0, -30))
		if _, err := tx.Exec(`DELETE FROM draft_row WHERE batch_id IN (SELECT id FROM draft_batch WHERE (state = ? AND uploaded_at < ?) OR (state = ? AND uploaded_at < ?))`, Loading, stale, Discarded, old); err != nil {
			return err
		}
		_, err := tx.Exec(`DELETE FROM draft_batch WHERE state = ? AND uploaded_at < ?`, Loading, stale)
		return err
	})
}
