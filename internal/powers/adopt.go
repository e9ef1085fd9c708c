package powers

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// LedgerSubject is a power's subject in the ledger.
func LedgerSubject(code string) string { return "power/" + code }

// adoptChunk bounds how many items one update adopts, each with its ledger entry.
const adoptChunk = 40

// AdoptInput says by which document the bureau takes powers up.
type AdoptInput struct {
	Items    []ItemID
	Basis    AdoptBasis
	Document string
	From     law.Date
}

func (in AdoptInput) check() error {
	var fs fault.Fields
	if len(in.Items) == 0 {
		fs.Add("items", "没有选事项")
	}
	if in.Basis.Label() == string(in.Basis) {
		fs.Add("basis", "请选权力来源：法定职权、职能划转或者赋权、下放")
	}
	if in.Document == "" {
		fs.Add("document", "请写批准文件的名称和文号")
	}
	if in.From.IsZero() {
		fs.Add("from", "请写从哪一天起行使")
	}
	return fs.Err()
}

// Adopted says what an adoption did.
type Adopted struct {
	Done int
	// Already are codes that the bureau had adopted before.
	Already []string
}

// Adopt takes powers up: from then on a case may rest on them. Items that were never checked against a
// text are refused until somebody confirms them; nothing is adopted then. Asking again is harmless.
func (s *Service) Adopt(ctx context.Context, by access.Session, in AdoptInput) (Adopted, error) {
	if _, err := by.Require(access.PowerAdopt); err != nil {
		return Adopted{}, err
	}
	if err := in.check(); err != nil {
		return Adopted{}, err
	}
	return remembered(ctx, s, by.Once("power.adopt", in), func() (Adopted, error) { return s.adoptAll(ctx, by, in) })
}

func (s *Service) adoptAll(ctx context.Context, by access.Session, in AdoptInput) (out Adopted, err error) {
	if err := s.adoptable(ctx, in.Items, in.From); err != nil {
		return Adopted{}, err
	}
	for chunk := range slices.Chunk(in.Items, adoptChunk) {
		var part Adopted
		err := s.db.Update(ctx, func(tx *store.Tx) (err error) {
			part, err = adoptChunkOf(tx, by, in, chunk)
			return err
		})
		if err != nil {
			return out, fmt.Errorf("powers: adopt: %w", err)
		}
		out.Done += part.Done
		out.Already = append(out.Already, part.Already...)
	}
	return out, nil
}

// adoptable refuses the whole act when one item may not be adopted.
func (s *Service) adoptable(ctx context.Context, ids []ItemID, from law.Date) error {
	var items []PowerItem
	err := s.db.View(ctx, func(tx *store.Tx) (err error) {
		items, err = itemsWhere(tx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("p.id IN (?)", bun.List(ids)) })
		return err
	})
	if err != nil {
		return err
	}
	if len(items) < len(ids) {
		return fault.New(fault.Conflict, "所选事项里有%d项已被新版本替换，请刷新后重选", len(ids)-len(items))
	}
	var fs fault.Fields
	for _, p := range items {
		if !p.Confirmed() {
			fs.Add(p.Code, "没有核对过，请先核实并写明来源，再采用")
		}
		if last := p.Standing.AdoptedUntil; !last.IsZero() && !from.After(last) {
			fs.Add("from", "%s到%s为止还在行使，重新采用要从次日起", p.Code, last.Han())
		}
	}
	return fs.Err()
}

func adoptChunkOf(tx *store.Tx, by access.Session, in AdoptInput, ids []ItemID) (Adopted, error) {
	var rows []itemRow
	if err := tx.DB().NewSelect().Model(&rows).Where("p.id IN (?)", bun.List(ids)).Where("p.live = 1").Scan(tx.Ctx); err != nil {
		return Adopted{}, err
	}
	var out Adopted
	for _, r := range rows {
		p := r.item()
		if !p.Confirmed() {
			return Adopted{}, fault.New(fault.Conflict, "%s没有核对过，请先核实并写明来源，再采用", p.Code)
		}
		if !r.AdoptedFrom.IsZero() && r.AdoptedUntil.IsZero() {
			out.Already = append(out.Already, r.Code)
			continue
		}
		r.begin(Period{From: in.From, Basis: in.Basis, Document: in.Document})
		data := map[string]any{"code": r.Code, "item": r.ID, "from": in.From, "basis": in.Basis, "document": in.Document}
		if err := saveStanding(tx, by, &r, "power.adopted", data); err != nil {
			return Adopted{}, err
		}
		out.Done++
	}
	return out, nil
}

// saveStanding writes what the bureau did with a row, with its ledger entry.
func saveStanding(tx *store.Tx, by access.Session, r *itemRow, kind string, data any) error {
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: LedgerSubject(r.Code), Data: data})
	if err != nil {
		return err
	}
	old := r.Version
	r.Entry, r.Version = int64(entry), old+1
	res, err := tx.DB().NewUpdate().Model(r).Column("adopted_before", "adopted_from", "adopted_until", "adopt_basis", "adopt_document", "confirmed_on", "confirm_source", "entry_id", "version").
		WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, r.Code)
}

// EndInput says from when on the bureau no longer has a power.
type EndInput struct {
	Item     ItemID
	Version  int64
	Document string
	// Last is the last day on which the bureau has it.
	Last law.Date
}

// End takes a power away from the bureau. Open cases keep the power of the day of their steps.
func (s *Service) End(ctx context.Context, by access.Session, in EndInput) error {
	if _, err := by.Require(access.PowerAdopt); err != nil {
		return err
	}
	var fs fault.Fields
	if in.Document == "" {
		fs.Add("document", "请写调整权力的文件名称和文号")
	}
	if in.Last.IsZero() {
		fs.Add("last", "请写最后行使的一天")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	_, _, err := s.db.Once(ctx, by.Once("power.end", in), func(tx *store.Tx) (string, error) {
		r, err := itemRowByID(tx, in.Item)
		switch {
		case err != nil:
			return "", err
		case r.Version != in.Version:
			return "", fault.Stale(r.Code)
		case r.AdoptedFrom.IsZero() || !r.AdoptedUntil.IsZero():
			return "", fault.New(fault.Conflict, "%s现在没有在行使，不用停止", r.Code)
		case in.Last.Before(r.AdoptedFrom):
			return "", fieldFault("last", "不能早于开始行使的%s", r.AdoptedFrom)
		}
		r.AdoptedUntil = in.Last
		return "/w/powers/" + r.Code, saveStanding(tx, by, &r, "power.ended", map[string]any{"code": r.Code, "item": r.ID, "last": in.Last, "document": in.Document})
	})
	return err
}

// ConfirmInput says where a person found the text that bears a row out.
type ConfirmInput struct {
	Item    ItemID
	Version int64
	Source  string
	On      law.Date
}

// Confirm records that a person held a row that was never checked against its text.
func (s *Service) Confirm(ctx context.Context, by access.Session, in ConfirmInput) error {
	if _, err := by.Require(access.PowerConfirm); err != nil {
		return err
	}
	var fs fault.Fields
	if in.Source == "" {
		fs.Add("source", "请写核对所用文本的来源：公报期号、官方网址或者文件")
	}
	if in.On.IsZero() {
		fs.Add("on", "请写核对日期")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	_, _, err := s.db.Once(ctx, by.Once("power.confirm", in), func(tx *store.Tx) (string, error) {
		r, err := itemRowByID(tx, in.Item)
		switch {
		case err != nil:
			return "", err
		case r.Version != in.Version:
			return "", fault.Stale(r.Code)
		case !bool(r.Unchecked):
			return "", fault.New(fault.Conflict, "%s已核对过（%s），不用再核实", r.Code, r.Verify)
		case in.On.After(tx.Today()):
			return "", fieldFault("on", "核对日期不能晚于今天")
		}
		r.ConfirmedOn, r.ConfirmSource = in.On, in.Source
		return "/w/powers/" + r.Code, saveStanding(tx, by, &r, "power.confirmed", map[string]any{"code": r.Code, "item": r.ID, "on": in.On, "source": in.Source})
	})
	return err
}

func fieldFault(name, format string, args ...any) error {
	var fs fault.Fields
	fs.Add(name, format, args...)
	return fs.Err()
}
