package org

import (
	"context"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
	"fadu/internal/store"
)

// SubjectOut is a 执法主体 for programs with the units that act in its name.
type SubjectOut struct {
	ID      SubjectID `json:"id"`
	Version int64     `json:"version"`
	SubjectInput
	Units []BindingOut `json:"units"`
}

// BindingOut is a unit that acts in the name of a 执法主体 for a time.
type BindingOut struct {
	ID      string        `json:"id"`
	Version int64         `json:"version"`
	Unit    access.UnitID `json:"unit"`
	From    law.Date      `json:"from"`
	Until   law.Date      `json:"until"`
}

func subjectOut(sb Subject, bound []Binding) SubjectOut {
	areas := make([]string, len(sb.Areas))
	for i, x := range sb.Areas {
		areas[i] = AreaNames([]Area{x})
	}
	out := SubjectOut{ID: sb.ID, Version: sb.Version, Units: []BindingOut{}, SubjectInput: SubjectInput{
		sb.Name, sb.USCC, sb.Basis, sb.BasisDocument, sb.From, sb.Until, sb.Mandator, sb.Powers, areas, sb.Address, sb.Phone, sb.Seal, sb.ReviewOrgan, sb.Court, sb.CollectionCode, sb.Prefix,
	}}
	for _, b := range bound {
		if b.Subject == sb.ID {
			out.Units = append(out.Units, BindingOut{fmt.Sprint(b.ID), b.Version, b.Unit, b.From, b.Until})
		}
	}
	return out
}

// SubjectBody enters a 执法主体.
type SubjectBody struct {
	SubjectInput
	Units []access.UnitID `json:"units" doc:"以它的名义执法的机构，可以以后再对应"`
}

// SubjectEditBody changes a 执法主体.
type SubjectEditBody struct {
	api.Seen
	SubjectInput
}

// BindBody lets a unit act in the name of a 执法主体; EndBindingBody ends it.
type BindBody struct {
	Unit access.UnitID `json:"unit"`
	From law.Date      `json:"from"`
}

// EndBindingBody ends a unit's acting in the name of a 执法主体.
type EndBindingBody struct {
	api.Seen
	Binding string   `json:"binding" doc:"对应关系的编号；version 是它的版本"`
	Until   law.Date `json:"until" doc:"最后一天；早于开始日期的，这条对应作废"`
}

func subjectAct[B any](a *api.API, id, path, summary string, do func(context.Context, access.Session, SubjectID, B) error) {
	api.Act(a, api.Operation{ID: id, Path: "/org/subjects/{id}/" + path, Group: apiGroup, Allow: access.SettingManage, Summary: summary}, "这个执法主体", do)
}

func (s *Service) apiSubjects(a *api.API) {
	api.Get(a, api.Operation{ID: "listSubjects", Path: "/org/subjects", Group: apiGroup, Allow: access.OrgRead, Summary: "全部执法主体"},
		func(ctx context.Context, _ access.Session, _ api.Nothing) (out api.List[SubjectOut], err error) {
			err = s.db.View(ctx, func(tx *store.Tx) error {
				all, err := Subjects(tx)
				if err != nil {
					return err
				}
				bound, err := allBindings(tx)
				out = api.ListOf(all, "", "", func(sb Subject) SubjectOut { return subjectOut(sb, bound) })
				return err
			})
			return out, err
		})
	api.Get(a, api.Operation{ID: "getSubject", Path: "/org/subjects/{id}", Group: apiGroup, Allow: access.OrgRead, Summary: "看一个执法主体"},
		func(ctx context.Context, _ access.Session, q api.One) (out SubjectOut, err error) {
			id, err := api.IDOf[SubjectID](q.ID, "这个执法主体")
			if err != nil {
				return out, err
			}
			err = s.db.View(ctx, func(tx *store.Tx) error {
				sb, err := subjectByID(tx, id)
				if err != nil {
					return err
				}
				bound, err := allBindings(tx)
				out = subjectOut(sb, bound)
				return err
			})
			return out, err
		})
	api.Add(a, api.Operation{ID: "addSubject", Path: "/org/subjects", Group: apiGroup, Allow: access.SettingManage, Summary: "登记执法主体"},
		func(ctx context.Context, by access.Session, in SubjectBody) (SubjectID, error) {
			return s.AddSubject(ctx, by, in.SubjectInput, in.Units...)
		})
	subjectAct(a, "editSubject", "edit", "修改执法主体", func(ctx context.Context, by access.Session, id SubjectID, in SubjectEditBody) error {
		return s.EditSubject(ctx, by, id, in.Version, in.SubjectInput)
	})
	subjectAct(a, "bindSubject", "units", "对应机构", func(ctx context.Context, by access.Session, id SubjectID, in BindBody) error {
		return s.Bind(ctx, by, id, in.Unit, in.From)
	})
	subjectAct(a, "unbindSubject", "end-unit", "结束对应", func(ctx context.Context, by access.Session, id SubjectID, in EndBindingBody) error {
		n, err := api.IDOf[int64](in.Binding, "这条对应关系")
		if err != nil {
			return err
		}
		return s.EndBinding(ctx, by, id, n, in.Version, in.Until)
	})
}
