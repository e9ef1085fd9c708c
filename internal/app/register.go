package app

import (
	"context"
	"errors"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/org"
	"fadu/internal/register"
	"fadu/internal/register/definition"
	"fadu/internal/store"
)

// openRegisters builds the registers with what their fields may lead to.
func (a *App) openRegisters(ctx context.Context) error {
	builtin, err := register.Builtin()
	if err != nil {
		return err
	}
	a.Registers = register.New(register.Deps{
		DB: a.DB, Units: a.Access, Calendar: a.Calendar, Blobs: a.Blobs, Builtin: builtin, People: somebody,
		Targets: map[string]register.Target{"case": {Label: "案件的文号或者编号", Find: caseNamed, Href: "/w/cases/%d"}},
	})
	return a.Registers.Start(ctx)
}

// somebody finds a person of the bureau by name or staff number; whoever is none of it stays a name.
func somebody(tx *store.Tx, by access.Session, words string) (definition.Ref, error) {
	ref := definition.Ref{Label: words}
	if !by.Can(access.OrgRead) {
		return ref, nil
	}
	found, err := org.PeopleCalled(tx, by.ScopeFor(access.OrgRead), words)
	switch {
	case err != nil:
		return ref, err
	case len(found) > 1:
		return ref, errors.New("叫“" + words + "”的不止一人，请填人员编号")
	case len(found) == 1:
		ref = definition.Ref{ID: int64(found[0].ID), Label: found[0].Name}
	}
	return ref, nil
}

// caseNamed finds a case that the session may see by the number of one of its papers, or its own.
func caseNamed(tx *store.Tx, by access.Session, words string) (definition.Ref, error) {
	id, name, err := casework.CaseNamed(tx, by.ScopeFor(access.CaseRead), words)
	if err == nil && id == 0 {
		err = errors.New("没有找到案件“" + words + "”，或者不在您的数据范围内。请填文书上的文号")
	}
	return definition.Ref{ID: int64(id), Label: name}, err
}
