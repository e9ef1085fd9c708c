package ending

import (
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
	"fadu/internal/web"
)

type endingExtendBody struct {
	casework.OnVersion
	Days int    `json:"days" doc:"延长的日数" label:"延长" ask:"need" hint:"至多三十日" unit:"日"`
	Why  string `json:"why" doc:"为什么不能在期限内作出决定" ask:"need long 500"`
}

type endingExtendAgainBody struct {
	casework.OnVersion
	Days       int      `json:"days" doc:"再次延长的日数" label:"再延长" ask:"need" hint:"至多六十日" unit:"日"`
	HeldOn     law.Date `json:"held_on" doc:"集体讨论的日期" label:"集体讨论日期"`
	Members    string   `json:"members" doc:"参加讨论的负责人，用顿号分开" label:"参加讨论的负责人" hint:"用顿号分开，例如：张某、李某、王某"`
	Conclusion string   `json:"conclusion" doc:"讨论结论" ask:"long 500"`
	Why        string   `json:"why" doc:"案情特别复杂在哪里" ask:"need long 500"`
}

func (s *Service) timeDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[endingExtendBody]{
			Act: "extend_decision", Submit: "同意延长", Done: "办案期限已延长", Explain: "因案情复杂或者其他原因，期限届满前经负责人批准，延长一次，至多三十日。", When: "九十日内不能作出决定的", Detail: "期限届满前，一次",
			Start: s.startExtension, Presume: s.presumeExtension,
			Command: func(by access.Session, in endingExtendBody) casework.Command {
				return s.extension(by, "extend_decision", in.Days, in.Why, in, func(f *law.Facts) { headApproves(by, f) }, "")
			},
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingExtendAgainBody]{
			Act: "extend_decision_again", Submit: "登记集体讨论决定，再次延长", Done: "办案期限已再次延长", Explain: "案情特别复杂，延长后仍不能作出决定的，由负责人集体讨论决定，至多再延长六十日。不能由一人批准。", When: "延长三十日后仍不能作出决定的", Detail: "负责人集体讨论决定",
			Start: s.startExtensionAgain, Presume: s.presumeExtension,
			Command: func(by access.Session, in endingExtendAgainBody) casework.Command {
				discussed := len(names(in.Members)) >= 2 && !in.HeldOn.IsZero() && strings.TrimSpace(in.Conclusion) != ""
				cmd := s.extension(by, "extend_decision_again", in.Days, in.Why, in, func(f *law.Facts) { f.SetBool(law.CollectiveDiscussed, discussed, "form") },
					in.HeldOn.Han()+"，参加人："+in.Members+"，结论："+in.Conclusion)
				cmd.Change = func(tx *store.Tx, c *casework.Case) error {
					var fs fault.Fields
					if !in.HeldOn.IsZero() && (in.HeldOn.After(tx.Today()) || in.HeldOn.Before(c.FiledOn)) {
						fs.Add("held_on", "集体讨论的日期在立案（%s）和今天之间", c.FiledOn.Han())
					}
					return fs.Err()
				}
				return cmd
			},
		}),
	}
}

// names are what stands between the signs of enumeration.
func names(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("、，,；; \n\t", r) })
}

// term shows until when the case has to be decided now.
func (s *Service) term(tx *store.Tx, at casework.FormAt) ([]web.FactView, error) {
	k, err := s.running(tx, at.Case, decisionTerm)
	if k == nil || k.Due.IsZero() {
		return nil, err
	}
	return []web.FactView{{Label: "现在的期限", Text: "到" + k.Due.Han()}}, err
}

func (s *Service) startExtension(tx *store.Tx, at casework.FormAt) (casework.Asked[endingExtendBody], error) {
	facts, err := s.term(tx, at)
	return casework.Asked[endingExtendBody]{In: endingExtendBody{Days: 30}, Facts: facts}, err
}

func (s *Service) startExtensionAgain(tx *store.Tx, at casework.FormAt) (casework.Asked[endingExtendAgainBody], error) {
	facts, err := s.term(tx, at)
	return casework.Asked[endingExtendAgainBody]{Facts: facts}, err
}

func (s *Service) presumeExtension(tx *store.Tx, by access.Session, c *casework.Case, f *law.Facts) error {
	headApproves(by, f)
	f.SetNumber(law.ExtensionDays, 1, "form")
	f.SetBool(law.CollectiveDiscussed, true, "form")
	return s.stateExpiry(tx, c, f)
}

// stateExpiry states whether the term of the decision still runs: its last day is in time, the day after is not.
func (s *Service) stateExpiry(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	k, err := s.running(tx, c, decisionTerm)
	f.SetBool(law.BeforeExpiry, k != nil && !k.Overdue(tx.Today()), c.ID.Subject())
	return err
}

func (s *Service) extension(by access.Session, act string, days int, why string, in any, state func(*law.Facts), discussion string) casework.Command {
	why = strings.TrimSpace(why)
	return casework.Command{
		Days: days, Note: why,
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			f.SetNumber(law.ExtensionDays, int64(days), "form")
			state(f)
			return s.stateExpiry(tx, c, f)
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			k, err := s.running(tx, c, decisionTerm)
			if err != nil || k == nil {
				return nil, err
			}
			if k.State == timing.Still {
				return nil, fault.New(fault.Conflict, "办案期限自%s起因%s停止计算，届满日还不能确定。请在恢复计算以后再延长", k.Since.Han(), k.Why)
			}
			until, err := s.dueAfter(tx, c, act, days)
			if err != nil {
				return nil, err
			}
			form, err := casework.Signed(tx, c, by, why, "同意")
			return []casework.Draft{{Kind: "extension_approval", Part: casework.ExtensionApproval{
				Approval: form, FiledOn: c.FiledOn, Due: k.Due, Excluded: excluded(k), Until: until, Days: days, Again: discussion != "", Discussion: discussion,
			}}}, err
		},
		Write: s.keeping(act, by, in),
	}
}

// keeping writes what the form said.
func (s *Service) keeping(act string, by access.Session, in any) func(*store.Tx, *casework.Case, casework.Done) error {
	return func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		return keep(tx, c, done, act, by.Person(), in)
	}
}

// dueAfter is the last day of the decision's term once the act has granted its days.
func (s *Service) dueAfter(tx *store.Tx, c *casework.Case, act string, days int) (law.Date, error) {
	events, err := s.cases.Events(tx, c)
	if err != nil {
		return law.Date{}, err
	}
	clocks, err := casework.OrdinaryClocks().Run(s.cases.Calendar, append(events, timing.Event{Act: act, On: tx.Today(), At: tx.Now, Days: days}), tx.Today())
	for _, k := range clocks {
		if k.Term == decisionTerm && k.Open() {
			return k.Due, err
		}
	}
	return law.Date{}, err
}

func excluded(k *timing.Clock) string {
	n := 0
	for _, x := range k.Excluded {
		n += x.From.DaysUntil(x.To) + 1
	}
	if n == 0 {
		return "无"
	}
	return fmt.Sprintf("%d 日", n)
}
