package cohort

import (
	"context"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"
)

// RosterInput names who is enrolled.
type RosterInput struct {
	Units  []access.UnitID `json:"units" doc:"单位连同下级单位里能参加学练考的人"`
	Logins []string        `json:"logins" doc:"登录名"`
}

// MaxMembers bounds a roster.
const MaxMembers = 2000

// Enrol adds to the roster; who is on it already stays as they are.
func (s *Service) Enrol(ctx context.Context, by access.Session, id ID, seen int64, in RosterInput) error {
	if len(in.Units) == 0 && len(in.Logins) == 0 {
		return fault.InvalidField("unit", "请选择单位，或者填写登录名")
	}
	if len(in.Logins) > MaxMembers {
		return fault.InvalidField("logins", "一次最多加 %d 人", MaxMembers)
	}
	return s.change(ctx, by, kindEnrolled, id, seen, in, Open, func(tx *store.Tx, c *Cohort, entry int64) error {
		people, err := s.people(tx, by, in)
		if err != nil {
			return err
		}
		on, err := membersOf(tx, id)
		if err != nil {
			return err
		}
		known := map[access.AccountID]bool{}
		for _, m := range on {
			known[m.Account] = true
		}
		added := 0
		for _, a := range people {
			if known[a.ID] {
				continue
			}
			known[a.ID] = true
			if added++; added+len(on) > MaxMembers {
				return fault.InvalidField("unit", "一个班次最多 %d 人", MaxMembers)
			}
			if err := insert(tx, &Member{ID: MemberID(store.NewID()), Cohort: id, Account: a.ID, Name: a.Name, Unit: a.UnitID, Entry: entry}); err != nil {
				return err
			}
		}
		if added == 0 {
			return fault.InvalidField("unit", "选的人都已经在名单里，或者没有可以参加的人")
		}
		return nil
	})
}

// people are the accounts that the input names, in the units that the session manages.
func (s *Service) people(tx *store.Tx, by access.Session, in RosterInput) (out []access.Account, err error) {
	scope := by.ScopeFor(access.TrainingManage)
	for _, id := range in.Units {
		u, err := s.Units.UnitByID(tx, id)
		if err != nil || scope.Check(u.Levels(), "这个单位") != nil {
			return nil, fault.InvalidField("unit", "没有这个单位，或者不归您管")
		}
		found, err := s.Units.WhoCan(tx, u, access.TrainingTake)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	var unknown []string
	for _, login := range in.Logins {
		a, err := s.Units.AccountByLogin(tx, login)
		switch {
		case err == nil && !a.Disabled && scope.Check(a.Levels, "") == nil:
			out = append(out, a)
		case err == nil || fault.Is(err, fault.NotFound):
			unknown = append(unknown, login)
		default:
			return nil, err
		}
	}
	if len(unknown) > 0 {
		return nil, fault.InvalidField("logins", "没有这些登录名，或者已停用、不归您管：%s", strings.Join(unknown, "、"))
	}
	return out, nil
}

// Remove takes somebody off the roster, with why; the row stays.
func (s *Service) Remove(ctx context.Context, by access.Session, id ID, seen int64, who MemberID, why string) error {
	why, err := reasoned(why)
	if err != nil {
		return err
	}
	return s.change(ctx, by, kindLeft, id, seen, map[string]any{"member": who, "why": why}, Open, func(tx *store.Tx, _ *Cohort, entry int64) error {
		m, err := memberOf(tx, id, who)
		if err != nil {
			return err
		}
		m.Gone, m.GoneWhy, m.Entry = true, why, entry
		return saveMember(tx, &m)
	})
}

// PartInput is something that is put into a cohort.
type PartInput struct {
	Kind string `json:"kind" enum:"lesson,course,exam,scene" doc:"面授、课程、考试、情景"`
	Ref  string `json:"ref" doc:"它的编号；情景写代码"`
	Must bool   `json:"must" doc:"必修：不合格就不算班次合格"`
}

// AddPart puts something into a cohort.
func (s *Service) AddPart(ctx context.Context, by access.Session, id ID, seen int64, in PartInput) error {
	source, ok := s.Sources[in.Kind]
	if !ok {
		return fault.InvalidField("part", "请选择内容")
	}
	return s.change(ctx, by, kindPart, id, seen, in, Open, func(tx *store.Tx, _ *Cohort, entry int64) error {
		choices, err := source.Choices(tx, by)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(choices, func(c Choice) bool { return c.Ref == in.Ref })
		if i < 0 {
			return fault.InvalidField("part", "没有这项内容，或者它已经不用了")
		}
		parts, err := partsOf(tx, id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(parts, func(p Part) bool { return p.Kind == in.Kind && p.Ref == in.Ref }) {
			return fault.InvalidField("part", "这项内容已经在班次里")
		}
		return insert(tx, &Part{ID: PartID(store.NewID()), Cohort: id, Kind: in.Kind, Ref: in.Ref, Title: choices[i].Title, Must: store.Flag(in.Must), Entry: entry})
	})
}

// RemovePart takes something out of a cohort, with why; the row stays.
func (s *Service) RemovePart(ctx context.Context, by access.Session, id ID, seen int64, part PartID, why string) error {
	why, err := reasoned(why)
	if err != nil {
		return err
	}
	return s.change(ctx, by, kindPartGone, id, seen, map[string]any{"part": part, "why": why}, Open, func(tx *store.Tx, _ *Cohort, entry int64) error {
		p, err := partOf(tx, id, part)
		if err != nil {
			return err
		}
		p.Gone, p.GoneWhy, p.Entry = true, why, entry
		_, err = tx.DB().NewUpdate().Model(&p).WherePK().Exec(tx.Ctx)
		return err
	})
}

// Person is somebody on the roster with what they reached.
type Person struct {
	Member  Member
	Got     map[PartID]Outcome
	Verdict Verdict
}

// in reports whether somebody is in a group of the roster.
func (p Person) in(group string) bool {
	switch group {
	case "took":
		return p.Verdict.Took
	case "passed":
		return p.Verdict.Passed
	case "failed":
		return p.Verdict.Took && !p.Verdict.Passed
	case "absent":
		return !p.Verdict.Took
	}
	return true
}

// reached asks the sources what the members reached; a closed cohort says what was frozen.
func (s *Service) reached(tx *store.Tx, c Cohort, members []Member) (parts []Part, people []Person, err error) {
	if parts, err = partsOf(tx, c.ID); err != nil {
		return nil, nil, err
	}
	accounts := make([]access.AccountID, len(members))
	for i, m := range members {
		accounts[i] = m.Account
		people = append(people, Person{Member: m, Got: map[PartID]Outcome{}})
	}
	for _, p := range parts {
		source, ok := s.Sources[p.Kind]
		if !ok || len(accounts) == 0 {
			continue
		}
		got, err := source.Outcomes(tx, p.Ref, c.From, c.Until, accounts)
		if err != nil {
			return nil, nil, err
		}
		for _, x := range people {
			if o, ok := got[x.Member.Account]; ok {
				x.Got[p.ID] = o
			}
		}
	}
	for i := range people {
		x := &people[i]
		if x.Verdict = Judge(parts, x.Got); c.State == Closed {
			x.Verdict = Verdict{Took: bool(x.Member.Took), Passed: bool(x.Member.Passed)}
			if x.Member.Lacks != "" {
				x.Verdict.Lacks = strings.Split(x.Member.Lacks, "、")
			}
		}
	}
	return parts, people, nil
}

// Detail is a cohort with everybody's results.
type Detail struct {
	Cohort Cohort
	Parts  []Part
	People []Person
	Count  Count
}

// Cohort is a cohort for whoever reads the training of its unit.
func (s *Service) Cohort(ctx context.Context, by access.Session, id ID) (d Detail, err error) {
	scope, err := by.Require(access.TrainingRead)
	if err != nil {
		return d, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if d.Cohort, err = cohortOf(tx, id); err != nil {
			return err
		}
		if scope.Check(d.Cohort.Levels, nounCohort) != nil {
			return fault.Missing(nounCohort)
		}
		d.Count = Count{}
		members, err := membersOf(tx, id)
		if err != nil {
			return err
		}
		if d.Parts, d.People, err = s.reached(tx, d.Cohort, members); err != nil {
			return err
		}
		for _, p := range d.People {
			d.Count.add(p.Verdict)
		}
		return nil
	})
	return d, err
}

// Mine are the cohorts that the session's own account is in, each with what it reached alone.
func (s *Service) Mine(ctx context.Context, by access.Session) (out []Detail, err error) {
	if _, err := by.Require(access.TrainingTake); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out = nil
		list, err := cohortsWith(tx, by.Account())
		if err != nil {
			return err
		}
		for _, c := range list {
			members, err := membersOf(tx, c.ID, by.Account())
			if err != nil {
				return err
			}
			parts, people, err := s.reached(tx, c, members)
			if err != nil {
				return err
			}
			out = append(out, Detail{Cohort: c, Parts: parts, People: people})
		}
		return nil
	})
	return out, err
}
