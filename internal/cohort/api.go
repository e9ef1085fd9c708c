package cohort

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
)

const apiGroup = "班次"

// CohortOut is a cohort for programs.
type CohortOut struct {
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	Aim      string            `json:"aim"`
	From     law.Date          `json:"from"`
	Until    law.Date          `json:"until"`
	State    string            `json:"state" enum:"open,closed,cancelled"`
	Version  int64             `json:"version" doc:"办理时照填"`
	Enrolled int64             `json:"enrolled" doc:"名单上的人；列表里只有结了班的有"`
	Took     int64             `json:"took" doc:"参加的"`
	Passed   int64             `json:"passed" doc:"合格的"`
	Parts    []CohortPartOut   `json:"parts,omitempty" doc:"只在单独取一个时给出"`
	People   []CohortPersonOut `json:"people,omitempty" doc:"只在单独取一个时给出；本人的班次里只有本人"`
}

// CohortPartOut is what belongs to a cohort.
type CohortPartOut struct {
	ID    string `json:"id"`
	Kind  string `json:"kind" enum:"lesson,course,exam,scene"`
	Ref   string `json:"ref"`
	Title string `json:"title"`
	Must  bool   `json:"must"`
}

// CohortPersonOut is somebody on the roster.
type CohortPersonOut struct {
	ID     string             `json:"id" doc:"名单里的编号"`
	Name   string             `json:"name"`
	Took   bool               `json:"took"`
	Passed bool               `json:"passed"`
	Lacks  []string           `json:"lacks" doc:"还差的内容"`
	Got    []CohortOutcomeOut `json:"got" doc:"各项"`
}

// CohortOutcomeOut is what somebody reached in a part.
type CohortOutcomeOut struct {
	Part   string `json:"part"`
	Took   bool   `json:"took"`
	Passed bool   `json:"passed"`
	Says   string `json:"says"`
}

// CohortQuery chooses cohorts.
type CohortQuery struct {
	Word  string `query:"word" doc:"名称里的字"`
	State string `query:"state" enum:"open,closed,cancelled"`
	After string `query:"after" doc:"接着哪一页"`
}

// CohortBody is what is decided about a cohort.
type CohortBody struct {
	Input
}

// CohortEdit changes a cohort.
type CohortEdit struct {
	api.Seen
	Input
}

// CohortRosterBody enrols people.
type CohortRosterBody struct {
	api.Seen
	Units  []string `json:"units" doc:"单位的编号，连同下级"`
	Logins []string `json:"logins" doc:"登录名"`
}

// CohortPartBody adds a part.
type CohortPartBody struct {
	api.Seen
	PartInput
}

// CohortMemberBody takes somebody off the roster.
type CohortMemberBody struct {
	api.Reasoned
	Member string `json:"member" doc:"名单里的编号"`
}

// CohortPartGone takes a part out.
type CohortPartGone struct {
	api.Reasoned
	Part string `json:"part" doc:"内容的编号"`
}

func outOf(c Cohort) CohortOut {
	return CohortOut{ID: c.ID.String(), Title: c.Title, Aim: c.Aim, From: c.From, Until: c.Until, State: string(c.State), Version: c.Version, Enrolled: c.Enrolled, Took: c.Took, Passed: c.Passed}
}

func detailOut(d Detail) CohortOut {
	out := outOf(d.Cohort)
	out.Enrolled, out.Took, out.Passed = d.Count.Enrolled, d.Count.Took, d.Count.Passed
	for _, p := range d.Parts {
		out.Parts = append(out.Parts, CohortPartOut{p.ID.String(), p.Kind, p.Ref, p.Title, bool(p.Must)})
	}
	for _, x := range d.People {
		row := CohortPersonOut{ID: x.Member.ID.String(), Name: x.Member.Name, Took: x.Verdict.Took, Passed: x.Verdict.Passed, Lacks: append([]string{}, x.Verdict.Lacks...), Got: []CohortOutcomeOut{}}
		for _, p := range d.Parts {
			if o, ok := x.Got[p.ID]; ok {
				row.Got = append(row.Got, CohortOutcomeOut{p.ID.String(), o.Took, o.Passed, o.Says})
			}
		}
		out.People = append(out.People, row)
	}
	return out
}

// API adds the calls of this slice.
func (s *Service) API(a *api.API) {
	take, read, manage := access.TrainingTake, access.TrainingRead, access.TrainingManage
	api.Get(a, api.Operation{ID: "listMyCohorts", Path: "/my-cohorts", Group: apiGroup, Allow: take, Summary: "本人的班次和本人的结果"}, s.mineOut)
	api.Get(a, api.Operation{ID: "listCohorts", Path: "/cohorts", Group: apiGroup, Allow: read, Summary: "班次，新的在前"}, s.listOut)
	api.Get(a, api.Operation{ID: "getCohort", Path: "/cohorts/{id}", Group: apiGroup, Allow: read, Summary: "一个班次的内容、名单和各人的结果"}, s.oneOut)
	api.Add(a, api.Operation{ID: "openCohort", Path: "/cohorts", Group: apiGroup, Allow: manage, Summary: "开班"},
		func(ctx context.Context, by access.Session, in CohortBody) (ID, error) {
			return s.Found(ctx, by, in.Input)
		})
	api.Act(a, api.Operation{ID: "changeCohort", Path: "/cohorts/{id}/change", Group: apiGroup, Allow: manage, Summary: "改班次"}, nounCohort,
		func(ctx context.Context, by access.Session, id ID, in CohortEdit) error {
			return s.Change(ctx, by, id, in.Version, in.Input)
		})
	api.Act(a, api.Operation{ID: "enrolInCohort", Path: "/cohorts/{id}/members", Group: apiGroup, Allow: manage, Summary: "加入班次名单"}, nounCohort, s.enrolIn)
	api.Act(a, api.Operation{ID: "removeFromCohort", Path: "/cohorts/{id}/remove-member", Group: apiGroup, Allow: manage, Summary: "移出班次名单"}, nounCohort,
		func(ctx context.Context, by access.Session, id ID, in CohortMemberBody) error {
			who, err := api.IDOf[MemberID](in.Member, nounMember)
			if err != nil {
				return err
			}
			return s.Remove(ctx, by, id, in.Version, who, in.Reason)
		})
	api.Act(a, api.Operation{ID: "addCohortPart", Path: "/cohorts/{id}/parts", Group: apiGroup, Allow: manage, Summary: "班次加入面授、课程、考试、情景"}, nounCohort,
		func(ctx context.Context, by access.Session, id ID, in CohortPartBody) error {
			return s.AddPart(ctx, by, id, in.Version, in.PartInput)
		})
	api.Act(a, api.Operation{ID: "removeCohortPart", Path: "/cohorts/{id}/remove-part", Group: apiGroup, Allow: manage, Summary: "班次去掉内容"}, nounCohort,
		func(ctx context.Context, by access.Session, id ID, in CohortPartGone) error {
			part, err := api.IDOf[PartID](in.Part, nounPart)
			if err != nil {
				return err
			}
			return s.RemovePart(ctx, by, id, in.Version, part, in.Reason)
		})
	api.Act(a, api.Operation{ID: "closeCohort", Path: "/cohorts/{id}/close", Group: apiGroup, Allow: manage, Summary: "结班，各人的结果定下来"}, nounCohort,
		func(ctx context.Context, by access.Session, id ID, in api.Seen) error {
			return s.Close(ctx, by, id, in.Version)
		})
	api.Act(a, api.Operation{ID: "reopenCohort", Path: "/cohorts/{id}/reopen", Group: apiGroup, Allow: manage, Summary: "重开班次"}, nounCohort,
		func(ctx context.Context, by access.Session, id ID, in api.Reasoned) error {
			return s.Reopen(ctx, by, id, in.Version, in.Reason)
		})
	api.Act(a, api.Operation{ID: "cancelCohort", Path: "/cohorts/{id}/cancel", Group: apiGroup, Allow: manage, Summary: "取消班次"}, nounCohort,
		func(ctx context.Context, by access.Session, id ID, in api.Reasoned) error {
			return s.Cancel(ctx, by, id, in.Version, in.Reason)
		})
}

func (s *Service) enrolIn(ctx context.Context, by access.Session, id ID, in CohortRosterBody) error {
	out := RosterInput{Logins: in.Logins}
	for _, u := range in.Units {
		n, err := api.IDOf[access.UnitID](u, "这个单位")
		if err != nil {
			return err
		}
		out.Units = append(out.Units, n)
	}
	return s.Enrol(ctx, by, id, in.Version, out)
}

func (s *Service) mineOut(ctx context.Context, by access.Session, _ api.Nothing) (out api.List[CohortOut], err error) {
	list, err := s.Mine(ctx, by)
	return api.ListOf(list, "", "", func(d Detail) CohortOut {
		x := detailOut(d)
		x.Enrolled, x.Took, x.Passed = d.Cohort.Enrolled, d.Cohort.Took, d.Cohort.Passed
		return x
	}), err
}

func (s *Service) listOut(ctx context.Context, by access.Session, in CohortQuery) (out api.List[CohortOut], err error) {
	list, _, prev, next, err := s.List(ctx, by, Filter{Word: in.Word, State: State(in.State)}, in.After)
	return api.ListOf(list, prev, next, outOf), err
}

func (s *Service) oneOut(ctx context.Context, by access.Session, in api.One) (out CohortOut, err error) {
	id, err := api.IDOf[ID](in.ID, nounCohort)
	if err != nil {
		return out, err
	}
	d, err := s.Cohort(ctx, by, id)
	return detailOut(d), err
}
