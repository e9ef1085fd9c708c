package ending

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

type endingSplitBody struct {
	casework.OnVersion
	Summary string `json:"summary" doc:"分出去办理的事实和当事人" ask:"need long 500"`
	Why     string `json:"why" doc:"分案的理由" ask:"long 500"`
}

type endingMergeBody struct {
	casework.OnVersion
	Into string `json:"into" doc:"并入哪一案：案件号" label:"并入哪一案" ask:"need" hint:"填写案件号，例如：演城管立字〔2026〕第1号"`
	Why  string `json:"why" doc:"并案的理由" ask:"long 500"`
	// Joint is why cases of different parties belong together.
	Joint string `json:"joint,omitempty" doc:"不是同一当事人的，为什么一并处理" label:"不是同一当事人的，为什么一并处理" ask:"long 300" hint:"共同违法的写明；同一当事人的不填"`
}

type endingPartyGoneBody struct {
	casework.OnVersion
	What  string   `json:"what" doc:"当事人死亡，或者法人、其他组织终止" label:"情形" ask:"need select" of:"公民死亡|法人或者其他组织终止"`
	On    law.Date `json:"on" doc:"死亡、终止的日期" label:"日期" ask:"need now"`
	Proof string   `json:"proof" doc:"证明材料" ask:"need" hint:"例如：死亡医学证明、注销登记通知书"`
	// Follows says whether somebody takes the party's place; a name alone cannot, since any words would do.
	Follows string `json:"follows" doc:"有没有人承受其权利义务" label:"承受其权利义务的人" ask:"need radio" of:"没有|待确定|有"`
	Heir    string `json:"heir,omitempty" doc:"承受人的姓名、名称和依据" label:"承受人和依据" when:"follows=有" hint:"例如：其子赵某，公证的继承权证明"`
}

// What is said of the party that is gone, and of who takes its place.
const (
	personDied = "公民死亡"
	heirNone   = "没有"
	heirOpen   = "待确定"
	heirKnown  = "有"
)

func (s *Service) relationDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[endingSplitBody]{
			Act: "split", Submit: "批准分案，建立另一案", Done: "已分案，另一案在调查取证", Explain: "分出去的案件沿用立案日期和承办人，办案期限不重新起算，已经扣除、延长的日数照算；证据编入那一案的清单、重新认定；当事人另行登记。", When: "几件事、几个当事人要分开办的",
			Presume: presume(), Command: s.split,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingMergeBody]{
			Act: "merge", Submit: "批准并入", Danger: true, Done: "已并入他案，本案的文书仍可查看", Explain: "并入以后本案不再办理，文书仍可查看，证据编入并入的案件、重新认定，办案期限按先立案的案件计算：只能并入先立案的。有财物登记保存、查封、扣押的，把另一案并入本案。", When: "同一当事人的几件案要一起办的",
			Presume: presumeMerge, Command: s.merge,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingPartyGoneBody]{
			Act: "party_gone", Submit: "登记", Done: "已登记，请决定中止、终止调查或者终结执行", Explain: "登记以后案件不会自己停下，但不能再对其告知、决定、催告、执行：等待确定承受人的中止，没有承受人的终止调查或者终结执行。确定了承受人的再登记一次。", When: "当事人死亡、终止的",
			Command: func(by access.Session, in endingPartyGoneBody) casework.Command {
				return casework.Command{
					Note: in.What + "，" + in.On.Han() + "，承受人：" + orHeir(in),
					Change: func(tx *store.Tx, c *casework.Case) error {
						var fs fault.Fields
						if person := c.PartyKind == casework.Citizen; c.PartyKind != "" && c.PartyKind != casework.SoleTrader && person != (in.What == personDied) {
							fs.Add("what", "登记的当事人是%s，不是这一种情形", map[bool]string{true: "公民", false: "法人或者其他组织"}[person])
						}
						if in.On.After(tx.Today()) {
							fs.Add("on", "日期不能晚于今天")
						}
						if (in.Follows == heirKnown) != (strings.TrimSpace(in.Heir) != "") {
							fs.Add("heir", "有承受人的填写承受人和依据；没有、待确定的不填")
						}
						return fs.Err()
					},
					Write: s.keeping("party_gone", by, in),
				}
			},
		}),
	}
}

// orHeir is who takes the party's place, in words.
func orHeir(in endingPartyGoneBody) string {
	if in.Follows == heirKnown {
		return strings.TrimSpace(in.Heir)
	}
	return in.Follows
}

// approves states the head's approval and the reason, of acts that ask for both.
func approves(by access.Session, why string) func(*store.Tx, *casework.Case, *law.Facts) error {
	return func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
		headApproves(by, f)
		f.SetBool(law.ReasonRecorded, why != "", "form")
		return nil
	}
}

func (s *Service) split(by access.Session, in endingSplitBody) casework.Command {
	why := strings.TrimSpace(in.Why)
	return casework.Command{
		Note: why, State: approves(by, why),
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			form, err := casework.Signed(tx, c, by, why, "")
			return []casework.Draft{{Kind: "split_approval", Part: casework.CasesApproval{Approval: form, Cases: c.CaseNo + "分出：" + in.Summary}}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			if err := keep(tx, c, done, "split", by.Person(), in); err != nil {
				return err
			}
			all, err := links(tx, c.ID)
			if err != nil {
				return err
			}
			n := 2
			for _, l := range all {
				if l.Kind == LinkSplit && l.Case == c.ID {
					n++
				}
			}
			part, err := s.cases.Branch(tx, by, c, strings.TrimSpace(in.Summary), n)
			if err != nil {
				return err
			}
			if err := s.cases.SplitOff(tx, c, part, done); err != nil {
				return err
			}
			return link(tx, c, done, Link{Kind: LinkSplit, Other: part.ID, Note: why})
		},
	}
}

func (s *Service) merge(by access.Session, in endingMergeBody) casework.Command {
	why := strings.TrimSpace(in.Why)
	var into *casework.Case
	return casework.Command{
		Note: in.Into + "：" + why,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			into, err = s.target(tx, by, c, in.Into)
			c.Ending, c.EndingNote = "merged", in.Into+"："+why
			return err
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			f.SetBool(law.TargetInvestigated, into.State == casework.Investigating, into.ID.Subject())
			f.SetBool(law.TargetFiledFirst, c.FiledOn.IsZero() || !c.FiledOn.Before(into.FiledOn), into.ID.Subject())
			f.SetBool(law.PartyOrJoint, c.PartyKey != "" && c.PartyKey == into.PartyKey || strings.TrimSpace(in.Joint) != "", "form")
			return approves(by, why)(tx, c, f)
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			form, err := casework.Signed(tx, c, by, why, "")
			return []casework.Draft{{Kind: "merge_approval", Part: casework.CasesApproval{Approval: form, Cases: c.CaseNo + "并入" + into.CaseNo}}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			if err := keep(tx, c, done, "merge", by.Person(), in); err != nil {
				return err
			}
			if err := s.cases.Merged(tx, c, into, done); err != nil {
				return err
			}
			return link(tx, c, done, Link{Kind: LinkMerged, Other: into.ID, Note: why})
		},
	}
}

// presumeMerge states what a form that names a fitting case states.
func presumeMerge(tx *store.Tx, by access.Session, c *casework.Case, f *law.Facts) error {
	for _, k := range []law.BoolKey{law.TargetInvestigated, law.TargetFiledFirst, law.PartyOrJoint} {
		f.SetBool(k, true, "form")
	}
	return presume()(tx, by, c, f)
}

// target finds the case into which another is to go, inside the scope.
func (s *Service) target(tx *store.Tx, by access.Session, c *casework.Case, number string) (*casework.Case, error) {
	no := strings.TrimSpace(number)
	id, err := numbered(tx, no)
	if err != nil {
		return nil, err
	}
	if id == 0 || id == c.ID {
		var fs fault.Fields
		fs.Add("into", "没有案件号是“%s”的另一案。请照立案审批表填写", no)
		return nil, fs.Err()
	}
	return s.cases.Load(tx, by, access.CaseDecide, id)
}

// notices tell of the cases that belong to this one.
func (s *Service) notices(tx *store.Tx, c *casework.Case) ([]pages.NoteView, error) {
	all, err := links(tx, c.ID)
	if err != nil {
		return nil, err
	}
	var out []pages.NoteView
	for _, l := range all {
		other, mine := l.Other, l.Case == c.ID
		if !mine {
			other = l.Case
		}
		v := pages.NoteView{Text: l.Note + "（" + l.On.Han() + "）"}
		switch {
		case l.Kind == LinkMerged && mine:
			v.Title = "本案已并入他案，文书和证据仍可查看。"
		case l.Kind == LinkMerged:
			v.Title = "另一案已并入本案，它的证据已编入本案的证据清单，文书在那一案里查看。"
		case l.Kind == LinkSplit && mine:
			v.Title = "从本案分出了另一案，证据已编入那一案的清单。"
		case l.Kind == LinkSplit:
			v.Title = "本案由另一案分出。"
		default:
			continue
		}
		v.Exit = web.Link{Label: "看那一案", Href: (&casework.Case{ID: other}).URL()}
		out = append(out, v)
	}
	return out, nil
}
