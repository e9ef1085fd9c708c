package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// SavedViews returns the views that the session may open: its own, then what its unit and those above share, each in the
// order in which they were made.
func (s *Service) SavedViews(ctx context.Context, by access.Session) (out []SavedView, err error) {
	if _, err := by.Require(access.CaseRead); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out, err = savedViews(tx, by)
		return err
	})
	return out, err
}

func savedViews(tx *store.Tx, by access.Session) (out []SavedView, err error) {
	account := int64(by.Account())
	if err := tx.DB().NewSelect().Model(&out).Where("owner_id = ?", account).Where("removed = 0").Order("id").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	above := []access.UnitID{by.Unit().ID}
	for _, u := range by.Unit().U {
		above = append(above, u)
	}
	var shared []SavedView
	err = tx.DB().NewSelect().Model(&shared).Where("unit_id IN (?)", bun.List(above)).Where("shared = 1").Where("removed = 0").Order("unit_id", "id").Limit(sharedMost).Scan(tx.Ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range shared {
		if v.Owner != account {
			out = append(out, v)
		}
	}
	def, err := defaultView(tx, by)
	for i := range out {
		out[i].Default = out[i].ID == def
	}
	return out, err
}

// defaultView is the view with which the list opens for the session; 0 without one.
func defaultView(tx *store.Tx, by access.Session) (SavedViewID, error) {
	var ids []SavedViewID
	err := tx.DB().NewSelect().Model((*savedViewDefault)(nil)).Column("view_id").Where("owner_id = ?", by.Account()).Scan(tx.Ctx, &ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// SaveView keeps a list under a name. Its errors name the field; a name that the person has already is refused.
func (s *Service) SaveView(ctx context.Context, by access.Session, in SavedViewInput) error {
	in, err := in.clean()
	if err != nil {
		return err
	}
	return s.onViews(ctx, by, "casework.save_view", in, func(tx *store.Tx, seen []SavedView) error {
		v := SavedView{ID: SavedViewID(store.NewID()), Version: 1, Owner: int64(by.Account()), Levels: by.Unit().Levels(), MadeAt: store.Micros(tx.Now)}
		mine := 0
		for _, other := range seen {
			if other.Owner == v.Owner {
				mine++
			}
		}
		if mine >= viewsMost {
			return fault.New(fault.Invalid, "一个人最多存 %d 个视图，请先删去不用的", viewsMost)
		}
		if err := v.take(by, seen, in); err != nil {
			return err
		}
		if err := v.entered(tx, by, "casework.view_saved", in.Default); err != nil {
			return err
		}
		return insert(tx, &v)
	})
}

// ChangeView gives the person's own view another name, other conditions or another audience. Of a view that others share, the
// person only says whether the list opens with it.
func (s *Service) ChangeView(ctx context.Context, by access.Session, id SavedViewID, version int64, in SavedViewInput) error {
	in, err := in.clean()
	if err != nil {
		return err
	}
	return s.onViews(ctx, by, "casework.change_view", []any{id, version, in}, func(tx *store.Tx, seen []SavedView) error {
		v, err := viewOf(seen, id)
		if err != nil {
			return err
		}
		if v.Owner != int64(by.Account()) && (in.Name != v.Name || in.Query != v.Query || !in.Shared) {
			return fault.New(fault.Forbidden, "这个视图是别人共享的，只能由存它的人改。可以另存一个自己的")
		}
		if err := v.take(by, seen, in); err != nil {
			return err
		}
		if err := v.entered(tx, by, "casework.view_changed", in.Default); err != nil || v.Owner != int64(by.Account()) {
			return err
		}
		v.Version = version + 1
		return v.save(tx)
	})
}

// RemoveView takes the person's own view away, for everybody with whom it was shared, too.
func (s *Service) RemoveView(ctx context.Context, by access.Session, id SavedViewID, version int64) error {
	return s.onViews(ctx, by, "casework.remove_view", []any{id, version}, func(tx *store.Tx, seen []SavedView) error {
		v, err := viewOf(seen, id)
		if err != nil {
			return err
		}
		if v.Owner != int64(by.Account()) {
			return fault.New(fault.Forbidden, "这个视图是别人共享的，只能由存它的人删去")
		}
		v.Removed, v.Version = true, version+1
		if err := v.entered(tx, by, "casework.view_removed", false); err != nil {
			return err
		}
		return v.save(tx)
	})
}

// onViews does an act on the views that the session sees, once for a form.
func (s *Service) onViews(ctx context.Context, by access.Session, act string, body any, do func(tx *store.Tx, seen []SavedView) error) error {
	if _, err := by.Require(access.CaseRead); err != nil {
		return err
	}
	if by.Account() == 0 {
		return fault.New(fault.Forbidden, "视图由个人账号保存")
	}
	_, _, err := s.DB.Once(ctx, by.Once(act, body), func(tx *store.Tx) (string, error) {
		seen, err := savedViews(tx, by)
		if err != nil {
			return "", err
		}
		return "/w/case-views", do(tx, seen)
	})
	return err
}

func viewOf(seen []SavedView, id SavedViewID) (*SavedView, error) {
	for i := range seen {
		if seen[i].ID == id {
			return &seen[i], nil
		}
	}
	return nil, fault.Missing("这个视图")
}

// take puts the input into the view; of two own views none has the name of the other.
func (v *SavedView) take(by access.Session, seen []SavedView, in SavedViewInput) error {
	for _, other := range seen {
		if other.Name == in.Name && other.ID != v.ID && other.Owner == int64(by.Account()) {
			return fault.InvalidField("name", "您已经有叫“%s”的视图，请换个名称", in.Name)
		}
	}
	v.Name, v.Query, v.Shared = in.Name, in.Query, store.Flag(in.Shared)
	return nil
}

// entered enters a change of the view in the ledger, without its conditions, in which names of people may stand, and settles
// whether the list opens with it for the session.
func (v *SavedView) entered(tx *store.Tx, by access.Session, kind string, def bool) error {
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{
		Kind: kind, Subject: "view/" + v.ID.String(), Unit: int64(by.Unit().ID), Data: map[string]any{"name": v.Name, "shared": v.Shared, "default": def},
	})
	if err != nil {
		return err
	}
	v.Entry = int64(entry)
	was, err := defaultView(tx, by)
	switch {
	case err != nil:
		return err
	case def:
		row := savedViewDefault{Owner: int64(by.Account()), Entry: v.Entry, View: v.ID}
		_, err = tx.DB().NewInsert().Model(&row).On("CONFLICT (owner_id) DO UPDATE").Set("view_id = EXCLUDED.view_id").Set("entry_id = EXCLUDED.entry_id").Exec(tx.Ctx)
	case was == v.ID:
		_, err = tx.Exec("DELETE FROM saved_view_default WHERE owner_id = ?", by.Account())
	}
	return err
}

func (v *SavedView) save(tx *store.Tx) error {
	res, err := tx.DB().NewUpdate().Model(v).WherePK().Where("version = ?", v.Version-1).Exec(tx.Ctx)
	return store.Updated(res, err, "这个视图")
}
