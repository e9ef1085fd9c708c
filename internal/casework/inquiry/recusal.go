package inquiry

import (
	"context"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
)

// RecusalInput asks that an officer withdraw.
type RecusalInput struct {
	Applicant string       `json:"applicant" doc:"申请人" ask:"need 60" hint:"当事人姓名；执法人员自行回避的写执法人员"`
	Officer   org.PersonID `json:"officer" doc:"被申请回避的人：承办人、听证主持人、听证员、记录员、法制审核人员或者本局负责人" label:"被申请回避的人" ask:"need select"`
	AskedOn   law.Date     `json:"asked_on" doc:"申请日期" ask:"need now"`
	Reason    string       `json:"reason" doc:"申请理由" ask:"need long 500"`
}

// AskRecusal registers that somebody asked for an officer to withdraw (行政处罚法第四十三条第二款). The investigation goes on.
func (s *Service) AskRecusal(ctx context.Context, by access.Session, id casework.CaseID, version int64, in RecusalInput) error {
	row := &Recusal{ID: store.NewID(), Version: 1, Officer: int64(in.Officer), State: RecusalAsked, AskedOn: in.AskedOn}
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "ask_recusal", Version: version, On: in.AskedOn, Note: joined(in.Applicant, in.Reason), Input: in,
		Row: func(*store.Tx, *casework.Case) (string, error) { return row.Of(), nil },
		Change: func(tx *store.Tx, c *casework.Case) error {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			if err := faultIf(in.AskedOn.After(tx.Today()), "asked_on", "申请日期不能晚于今天"); err != nil {
				return err
			}
			judges, err := s.cases.Judges(tx, c)
			if err != nil {
				return err
			}
			head, err := headOf(tx, int64(in.Officer))
			if err != nil {
				return err
			}
			return faultIf(int64(in.Officer) != c.Lead && int64(in.Officer) != c.Assist && !judges[int64(in.Officer)] && head == "", "officer", "请选择本案的承办人、听证主持人、听证员、记录员、法制审核人员，或者本局负责人")
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			row.Case, row.Entry, row.Applicant, row.Reason = c.ID, int64(done.Entry), strings.TrimSpace(in.Applicant), strings.TrimSpace(in.Reason)
			return insert(tx, row)
		},
	})
	return err
}

// headOf is the role in which a person heads the bureau; empty for everybody else.
func headOf(tx *store.Tx, person int64) (access.Role, error) {
	heads, err := access.Holders(tx, access.BureauHead, access.DeputyHead)
	for _, h := range heads {
		if person != 0 && h.Person == person {
			return h.Role, err
		}
	}
	return "", err
}

// SelfRecusalInput is somebody's own wish to withdraw.
type SelfRecusalInput struct {
	Reason string `json:"reason" doc:"与本案有什么关系" ask:"need long 500"`
}

// RecuseSelf registers that whoever holds the hearing or reviews the case asks to withdraw (行政处罚法第四十三条第一款).
func (s *Service) RecuseSelf(ctx context.Context, by access.Session, id casework.CaseID, version int64, in SelfRecusalInput) error {
	row := &Recusal{ID: store.NewID(), Version: 1, Officer: by.Person(), State: RecusalAsked, Reason: strings.TrimSpace(in.Reason)}
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "recuse_self", Version: version, Note: row.Reason, Input: in,
		Row: func(*store.Tx, *casework.Case) (string, error) { return row.Of(), nil },
		Change: func(tx *store.Tx, c *casework.Case) error {
			posts, err := s.cases.JudgesAs(tx, c)
			if err != nil {
				return err
			}
			if posts[by.Person()] == "" {
				return fault.New(fault.Conflict, "你没有主持、记录本案的听证，也没有审核本案，不需要申请回避")
			}
			row.Applicant = by.Name() + "（" + posts[by.Person()] + "，自行申请）"
			return casework.Lacking(in)
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			row.Case, row.Entry, row.AskedOn = c.ID, int64(done.Entry), tx.Today()
			return insert(tx, row)
		},
	})
	return err
}

// recused are who was asked to withdraw.
func recused(tx *store.Tx, c *casework.Case) ([]casework.Recused, error) {
	all, err := ofCase[Recusal](tx, c.ID)
	var out []casework.Recused
	for _, r := range all {
		out = append(out, casework.Recused{Person: r.Officer, Open: r.State == RecusalAsked, Granted: r.State == RecusalGranted})
	}
	return out, err
}

// DecideRecusalInput decides an application; a successor takes over at once where it is granted.
type DecideRecusalInput struct {
	Recusal    string       `json:"recusal" doc:"回避申请" ask:"select" hint:"只有一份时可以不选"`
	Granted    bool         `json:"granted" doc:"同意回避"`
	Finding    string       `json:"finding" doc:"审查认定" ask:"need long 500"`
	Successor  org.PersonID `json:"successor" doc:"接替的执法人员" ask:"select" hint:"执法人员回避的必填；听证、审核人员另行指定"`
	Earlier    string       `json:"earlier" doc:"此前调查的效力" hint:"同意回避的必填，例如：合法有效，由接替人员核对"`
	Collective bool         `json:"collective" doc:"由负责人集体讨论决定" hint:"被申请回避的是负责人本人时"`
	Minutes    string       `json:"minutes" doc:"集体讨论的时间、到会的负责人和结论" ask:"long 500" hint:"集体讨论决定的必填；被申请回避的人不参加、不办理"`
}

// DecideRecusal decides an application (行政处罚法第四十三条第三款): the head does, never the one concerned.
func (s *Service) DecideRecusal(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DecideRecusalInput) error {
	var row *Recusal
	var names map[org.PersonID]string
	post := "" // what who is asked to withdraw judges the case as; empty for an officer
	var head access.Role
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "decide_recusal", Version: version, Of: in.Recusal, Note: joined(map[bool]string{true: "同意回避", false: "驳回申请"}[in.Granted], in.Finding), Input: in,
		Row: func(tx *store.Tx, c *casework.Case) (of string, err error) {
			if row, err = askedRecusal(tx, c.ID, in.Recusal); row != nil {
				of = row.Of()
			}
			return of, err
		},
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			if post, head, err = s.judging(tx, c, row); err != nil {
				return err
			}
			if err := in.check(by, row, post != ""); err != nil {
				return err
			}
			if names, err = org.PeopleNames(tx, []org.PersonID{org.PersonID(row.Officer), in.Successor}); err != nil || !in.Granted || post != "" {
				return err
			}
			return s.replace(tx, in, c, row)
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetText(law.Decider, in.decider(by), "form")
			f.SetBool(law.ChiefConcerned, head == access.BureauHead, "form")
			return nil
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			part := casework.RecusalDecision{
				Applicant: row.Applicant, Officer: names[org.PersonID(row.Officer)], Post: "执法人员", AskedOn: row.AskedOn, Reason: row.Reason,
				Finding: joined(in.Finding, in.Minutes), Granted: in.Granted, Successor: names[in.Successor], Earlier: in.Earlier,
			}
			if post != "" {
				part.Post, part.Judge, part.Successor = post, true, "负责人另行指定的人员"
			}
			return []casework.Draft{{Kind: "recusal_decision", Part: part}}, nil
		},
		Write: func(tx *store.Tx, _ *casework.Case, done casework.Done) error {
			row.Entry, row.State, row.DecidedOn, row.Finding = int64(done.Entry), RecusalRefused, tx.Today(), strings.TrimSpace(in.Finding)
			if in.Granted {
				row.State, row.Successor = RecusalGranted, int64(in.Successor)
			}
			row.Version++
			return save(tx, row, row.Version-1, "这份回避申请")
		},
	})
	return err
}

// judging is what who is asked to withdraw judges the case as, and which head it is; nothing for an officer of the case.
func (s *Service) judging(tx *store.Tx, c *casework.Case, row *Recusal) (post string, head access.Role, err error) {
	if row == nil || row.Officer == c.Lead || row.Officer == c.Assist {
		return "", "", nil
	}
	posts, err := s.cases.JudgesAs(tx, c)
	if err == nil {
		head, err = headOf(tx, row.Officer)
	}
	if head != "" {
		return "负责人", head, err
	}
	return posts[row.Officer], "", err
}

func (in DecideRecusalInput) decider(by access.Session) string {
	switch {
	case in.Collective:
		return "负责人集体讨论"
	case casework.HeadsBureau(by):
		return "行政机关负责人"
	}
	return "承办机构负责人"
}

func (in DecideRecusalInput) check(by access.Session, row *Recusal, judge bool) error {
	if row == nil {
		return faultIf(true, "recusal", "没有这份回避申请，或者已经决定")
	}
	if by.Person() == row.Officer {
		return fault.New(fault.Conflict, "被申请回避的是您本人，不能自己决定。请由其他负责人办理，负责人的回避由负责人集体讨论决定")
	}
	var fs fault.Fields
	if in.Collective && strings.TrimSpace(in.Minutes) == "" {
		fs.Add("minutes", "请写明集体讨论的时间、到会的负责人和结论")
	}
	if in.Granted && in.Successor == 0 && !judge {
		fs.Add("successor", "同意回避的，请选择接替的执法人员")
	}
	if in.Granted && strings.TrimSpace(in.Earlier) == "" {
		fs.Add("earlier", "请写明此前所作的调查是否有效")
	}
	return fs.Err()
}

// replace puts the successor in the place of who withdraws; he may handle the case on the day and is not the other officer.
func (s *Service) replace(tx *store.Tx, in DecideRecusalInput, c *casework.Case, row *Recusal) error {
	staff, err := org.OfficersOn(tx, []org.PersonID{in.Successor}, tx.Today(), c.Area)
	if err != nil {
		return err
	}
	judges, err := s.cases.Judges(tx, c)
	if err != nil {
		return err
	}
	if len(staff) == 0 || !staff[0].Certified || int64(in.Successor) == row.Officer || int64(in.Successor) == c.Lead || int64(in.Successor) == c.Assist || judges[int64(in.Successor)] {
		return faultIf(true, "successor", "接替的人今天不能承办本案，请另选持有效执法证、没有审核或者主持过本案的人员")
	}
	switch row.Officer {
	case c.Lead:
		c.Lead = int64(in.Successor)
	case c.Assist:
		c.Assist = int64(in.Successor)
	}
	return nil
}

// askedRecusal finds an application that is not decided, "" the only one; nil when there is none.
func askedRecusal(tx *store.Tx, id casework.CaseID, of string) (*Recusal, error) {
	all, err := ofCase[Recusal](tx, id)
	return only(slices.DeleteFunc(all, func(r Recusal) bool { return r.State != RecusalAsked || of != "" && r.Of() != of })), err
}
