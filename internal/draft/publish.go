package draft

import (
	"context"
	"errors"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Result says what a publication brought.
type Result struct {
	Batch BatchID
	Rows  int
	// Already is set when the batch had been published before.
	Already bool
}

// Publish makes all rows of a batch into records at once, or none. It is refused while a row is bad.
// Publishing a published batch answers as the first time; an interrupted publication goes on where it
// stopped.
func (s *Service) Publish(ctx context.Context, by access.Session, id BatchID) (Result, error) {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	for range 10 {
		r, err := s.publish(ctx, by, id)
		if !fault.Is(err, fault.Conflict) || !s.underWay(ctx, by, id) {
			return r, err
		}
	}
	return s.publish(ctx, by, id)
}

// underWay reports whether somebody else publishes the batch or has done so: another server, whose lock is
// not ours. Then a conflict is no answer; going on from where the batch stands is.
func (s *Service) underWay(ctx context.Context, by access.Session, id BatchID) bool {
	var b Batch
	err := s.db.View(ctx, func(tx *store.Tx) (err error) {
		b, _, err = s.publishable(tx, by, id)
		return err
	})
	return err == nil && (b.State == Publishing || b.State == Published)
}

func (s *Service) publish(ctx context.Context, by access.Session, id BatchID) (Result, error) {
	var b Batch
	var k Kind
	load := func(tx *store.Tx) (err error) {
		b, k, err = s.publishable(tx, by, id)
		return err
	}
	if err := s.db.View(ctx, load); err != nil {
		return Result{}, err
	}
	_, long := k.(Long)
	if b.State == Open && !long { // the pieces of a long list are checked again as they are staged
		if err := s.Recheck(ctx, by, id); err != nil {
			return Result{}, err
		}
		if err := s.db.View(ctx, load); err != nil {
			return Result{}, err
		}
	}
	switch {
	case b.State == Published:
		return Result{id, b.Rows - b.Removed, true}, nil
	case b.State != Open && b.State != Publishing:
		return Result{}, errState(b)
	case b.State == Open && b.Bad > 0:
		return Result{}, fault.New(fault.Invalid, "还有 %d 行要改。请改好或者去掉这些行，再发布整个批次", b.Bad)
	case b.State == Open && b.Ready() == 0:
		return Result{}, fault.New(fault.Invalid, "这个批次里没有要发布的行")
	}
	if b.State == Open {
		if err := s.db.View(ctx, func(tx *store.Tx) error { return unanswered(tx, k, b) }); err != nil {
			return Result{}, err
		}
	}
	size := Chunk
	if long {
		size = longPiece
	}
	if _, atomic := k.(Atomic); atomic {
		size = AtomicRows
	} else if err := s.claim(ctx, by, id); err != nil {
		return Result{}, err
	}
	for {
		done, err := s.stage(ctx, by, k, id, size)
		var clash *clashError
		if errors.As(err, &clash) {
			return Result{}, errors.Join(s.giveBack(ctx, by, k, id), clash.fault)
		}
		if err != nil {
			return Result{}, fmt.Errorf("draft: publish %s: %w", id, err)
		}
		if done {
			return Result{Batch: id, Rows: b.Rows - b.Removed}, nil
		}
	}
}

// publishable loads a batch for somebody who may publish it.
func (s *Service) publishable(tx *store.Tx, by access.Session, id BatchID) (Batch, Kind, error) {
	b, err := batchByID(tx, id)
	if err != nil {
		return Batch{}, nil, err
	}
	k, err := s.Kind(b.Kind)
	if err != nil {
		return Batch{}, nil, err
	}
	_, publish := k.Permissions()
	scope, err := by.Require(publish)
	if err != nil {
		return Batch{}, nil, err
	}
	return b, k, within(scope, b)
}

// claim closes the batch against changes while its records are staged.
func (s *Service) claim(ctx context.Context, by access.Session, id BatchID) error {
	return s.db.Update(ctx, func(tx *store.Tx) error {
		b, _, err := s.publishable(tx, by, id)
		if err != nil || b.State != Open {
			return err
		}
		if err := recount(tx, &b); err != nil {
			return err
		}
		if b.Bad > 0 {
			return fault.New(fault.Conflict, "发布前又有 %d 行要改，请先改好", b.Bad)
		}
		if err := unmark(tx, id); err != nil { // nothing is staged yet, whatever a damaged row says
			return err
		}
		b.State = Publishing
		if b.Entry, err = appendEntry(tx, by, b, kindPublishing, map[string]any{"rows": b.Ready()}); err != nil {
			return err
		}
		return saveBatch(tx, &b)
	})
}

// clashError says that the world changed since the batch was checked.
type clashError struct{ fault *fault.Error }

func (e *clashError) Error() string { return e.fault.Error() }

// stage writes the next rows as records; when none is left it makes the batch visible (done).
func (s *Service) stage(ctx context.Context, by access.Session, k Kind, id BatchID, size int) (done bool, err error) {
	err = s.db.Update(ctx, func(tx *store.Tx) error {
		done = false
		b, _, err := s.publishable(tx, by, id)
		if err != nil {
			return err
		}
		_, atomic := k.(Atomic)
		switch {
		case b.State == Published:
			done = true
			return nil
		case b.State == Publishing, atomic && b.State == Open:
		default:
			return errState(b)
		}
		if b.State == Open {
			if err := unmark(tx, id); err != nil {
				return err
			}
		}
		next, err := unstaged(tx, id, size)
		if err != nil {
			return err
		}
		if len(next) > 0 {
			// Raising the version first makes two publishers wait for each other here; later they would
			// meet at a unique number and take each other for a clash.
			if err := saveBatch(tx, &b); err != nil {
				return err
			}
			if err := stageRows(tx, by, k, b, next); err != nil {
				return err
			}
		}
		if len(next) == size && !atomic {
			return nil
		}
		done = true
		return clashOf(s.finish(tx, by, k, b))
	})
	return done, err
}

func stageRows(tx *store.Tx, by access.Session, k Kind, b Batch, next []record) error {
	rows := make([]*Row, len(next))
	for i, r := range next {
		rows[i] = &Row{ID: r.ID, Line: r.Line, Values: r.Values, Unread: r.Unread}
	}
	if err := check(tx, by, k, rows); err != nil {
		return err
	}
	for _, r := range rows {
		if !r.OK() {
			return &clashError{fault.New(fault.Conflict, "发布时第 %d 行与刚刚变动的数据冲突，整个批次没有发布。请改好后再发布", r.Line)}
		}
	}
	// The entry proves the records until they are published.
	if _, err := appendEntry(tx, by, b, kindStaged, map[string]any{"first": next[0].Line, "last": next[len(next)-1].Line}); err != nil {
		return err
	}
	err := k.Stage(tx, by, b.ID, rows)
	if err != nil {
		return clashOf(err)
	}
	return markStaged(tx, next)
}

// clashOf tells what somebody's change since the check brought about from a failure of the machine: the
// former opens the batch for mending, after the latter publication can go on.
func clashOf(err error) error {
	var refusal *law.Refusal
	switch kind := fault.KindOf(err); {
	case store.Duplicate(err):
		return &clashError{&fault.Error{Kind: fault.Conflict, Message: "发布时有一行的编号刚被别人用了，整个批次没有发布。请改好后再发布", Err: err}}
	case kind == fault.Invalid, kind == fault.NotFound, kind == fault.Conflict, errors.As(err, &refusal):
		return &clashError{fault.New(fault.Conflict, "发布时有一行不能保存，整个批次没有发布：%v", err)}
	}
	return err
}

// finish is the one short step that makes the records visible.
func (s *Service) finish(tx *store.Tx, by access.Session, k Kind, b Batch) error {
	if f, ok := k.(Finisher); ok {
		if err := f.Finish(tx, by, b.ID); err != nil {
			return err
		}
	}
	var err error
	b.State, b.Publisher, b.PublishedAt = Published, by.Name(), store.Micros(tx.Now)
	if b.Entry, err = appendEntry(tx, by, b, kindPublished, map[string]any{"kind": b.Kind, "file": b.FileName, "sha256": b.Digest, "rows": b.Rows - b.Removed, "removed": b.Removed}); err != nil {
		return err
	}
	return saveBatch(tx, &b)
}

// giveBack takes staged records away again and opens the batch for mending.
func (s *Service) giveBack(ctx context.Context, by access.Session, k Kind, id BatchID) error {
	err := s.db.Update(ctx, func(tx *store.Tx) error {
		b, _, err := s.publishable(tx, by, id)
		if err != nil || b.State != Publishing {
			return err
		}
		return giveBack(tx, by, k, b)
	})
	if err != nil {
		return fmt.Errorf("draft: give back %s: %w", id, err)
	}
	return s.Recheck(ctx, by, id)
}

func giveBack(tx *store.Tx, by access.Session, k Kind, b Batch) (err error) {
	if err := k.Unstage(tx, b.ID); err != nil {
		return err
	}
	if err := unmark(tx, b.ID); err != nil {
		return err
	}
	b.State = Open
	if b.Entry, err = appendEntry(tx, by, b, kindWithdrawn, nil); err != nil {
		return err
	}
	return saveBatch(tx, &b)
}

// Withdraw ends an interrupted publication: nothing of it remains, and the rows can be mended.
func (s *Service) Withdraw(ctx context.Context, by access.Session, id BatchID) error {
	_, _, err := s.db.Once(ctx, by.Once("draft.withdraw", id), func(tx *store.Tx) (string, error) {
		b, k, err := s.publishable(tx, by, id)
		if err == nil && b.State != Publishing {
			err = fault.New(fault.Conflict, "这个批次不在发布中（%s），无须退回", b.State.Label())
		}
		if err != nil {
			return "", err
		}
		return id.String(), giveBack(tx, by, k, b)
	})
	if err != nil {
		return err
	}
	return s.Recheck(ctx, by, id)
}

// Discard gives a batch up. Its rows stay readable for 30 days.
func (s *Service) Discard(ctx context.Context, by access.Session, id BatchID, reason string) error {
	if reason = clip(clean(reason), 200); reason == "" {
		var fs fault.Fields
		fs.Add("reason", "请写明为什么作废")
		return fs.Err()
	}
	_, _, err := s.db.Once(ctx, by.Once("draft.discard", map[string]string{"batch": id.String(), "reason": reason}), func(tx *store.Tx) (string, error) {
		b, _, err := s.Get(tx, by, id)
		if err != nil {
			return "", err
		}
		if b.State != Open {
			return "", errState(b)
		}
		b.State, b.Reason = Discarded, reason
		if b.Entry, err = appendEntry(tx, by, b, kindDiscarded, map[string]string{"reason": reason}); err != nil {
			return "", err
		}
		return id.String(), saveBatch(tx, &b)
	})
	return err
}
