package enforcement

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// judgmentTerm is the two years within which a judgment is to be executed (行诉解释第一百五十三条).
const judgmentTerm = "申请执行生效裁判期限"

type enforcementJudgmentBody struct {
	casework.OnVersion
	Court   string   `json:"court" doc:"第一审人民法院" ask:"need" hint:"向第一审人民法院申请；二审判决的也是"`
	Ruling  string   `json:"ruling" doc:"生效裁判的文号" ask:"need"`
	RuledOn law.Date `json:"ruled_on" doc:"裁判的日期" ask:"need"`
	Order   string   `json:"order" doc:"裁判的主文" ask:"need long 500" hint:"照裁判文书抄写，例如：驳回原告的诉讼请求"`
	Head    string   `json:"head" doc:"行政机关负责人" ask:"need"`
	Address string   `json:"address,omitempty" doc:"申请人地址，不填的按执法主体登记的地址" label:"本机关地址"`
	Claim   string   `json:"claim" doc:"申请事项" ask:"need long 500"`
	Target  string   `json:"state_of_target" doc:"执行标的和财产线索" label:"执行标的和财产线索" ask:"need long 1000"`
	Late    string   `json:"late,omitempty" doc:"超过二年才申请的正当理由" ask:"long 500"`
}

func (s *Service) judgmentDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[enforcementJudgmentBody]{
			Act: "apply_judgment", Submit: "批准申请，出具执行裁判申请书", Done: "已向第一审人民法院申请执行生效裁判", Explain: "当事人起诉、法院判决驳回诉讼请求等以后仍不履行的，不走非诉执行：自裁判规定的履行期满（没有规定的，裁判生效）之日起二年内，向第一审人民法院申请执行。", When: "裁判生效以后仍不履行的",
			Start: s.startJudgment, Presume: presumeBool(law.JustifiedReason, false), Command: s.applyJudgment,
		}),
	}
}

// judged is the last result of a suit about the decision that stands: when it came, under which number; no number is none.
func judged(tx *store.Tx, c *casework.Case) (result casework.CaseAct, court string, err error) {
	acts, err := casework.RoundActs(tx, c.ID)
	for _, a := range acts {
		switch a.Act {
		case "register_suit":
			court = strings.TrimSpace(a.Note)
		case "suit_decided":
			result = a
		}
	}
	return result, court, err
}

// judgmentFacts states whether the two years after the judgment still run.
func (s *Service) judgmentFacts(tx *store.Tx, c *casework.Case, on law.Date, f *law.Facts) error {
	clocks, err := s.cases.Clocks(tx, c)
	runs := false
	for _, k := range clocks {
		runs = runs || k.Term == judgmentTerm && !k.Due.IsZero() && !k.Due.Before(on)
	}
	f.SetBool(law.WithinTwoYears, runs, c.ID.Subject())
	return err
}

func (s *Service) startJudgment(tx *store.Tx, at casework.FormAt) (casework.Asked[enforcementJudgmentBody], error) {
	var out casework.Asked[enforcementJudgmentBody]
	f, err := s.cases.FactsOf(tx, at.Case, at.Today)
	if err != nil {
		return out, err
	}
	organ, err := s.cases.OrganOf(tx, at.Case)
	if err != nil {
		return out, err
	}
	result, court, err := judged(tx, at.Case)
	if err != nil {
		return out, err
	}
	out.In.Court, out.In.Address, out.In.RuledOn, out.In.Claim = court, organ.Address, result.On, openOf(f, at.Today).claim()
	if ruling, number, ok := strings.Cut(result.Note, " "); ok {
		out.In.Order, out.In.Ruling = ruling, number
	}
	if casework.HeadsBureau(at.By) {
		out.In.Head = at.By.Name()
	}
	return out, nil
}

func (s *Service) applyJudgment(by access.Session, in enforcementJudgmentBody) casework.Command {
	a := &Application{ID: store.NewID(), Version: 1, State: casework.CourtTrack.Start, Court: in.Court, Claim: in.Claim, Kind: judgment}
	var open openDuties
	return casework.Command{
		Of: a.of(), Note: in.Court,
		Change: func(tx *store.Tx, c *casework.Case) error {
			organ, err := s.cases.OrganOf(tx, c)
			if err != nil {
				return err
			}
			result, _, err := judged(tx, c)
			if err != nil {
				return err
			}
			in.Address = casework.OrWord(in.Address, organ.Address)
			var fs fault.Fields
			if in.Address == "" {
				fs.Add("address", "执法主体没有登记地址，请填写")
			}
			if result.ID != 0 && in.RuledOn.After(result.On) {
				fs.Add("ruled_on", "裁判的日期不晚于收到的日期（%s）", result.On.Han())
			}
			return fs.Err()
		},
		State: func(tx *store.Tx, _ *casework.Case, f *law.Facts) error {
			open = openOf(*f, tx.Today())
			f.SetBool(law.JustifiedReason, strings.TrimSpace(in.Late) != "", "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			if err != nil {
				return nil, err
			}
			return []casework.Draft{{Kind: "judgment_application", Part: casework.JudgmentApplication{
				OrganAddress: in.Address, Head: in.Head, Claim: in.Claim, Title: d.Title, Decision: d.Decision, DecidedOn: d.On, ServedOn: d.Served, CourtName: in.Court, Ruling: in.Ruling, RuledOn: in.RuledOn, Order: in.Order,
				Fine: open.fine, Surcharge: open.surcharge, Cost: open.cost, Until: tx.Today(), Reason: casework.Joined("；", in.Target, in.Late),
			}}}, nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			a.Case, a.Entry, a.RecordedAt = c.ID, int64(done.Entry), store.Micros(tx.Now)
			if err := casework.AddRow(tx, a); err != nil {
				return err
			}
			return keep(tx, c, done, "apply_judgment", a.of(), by.Person(), in)
		},
	}
}
