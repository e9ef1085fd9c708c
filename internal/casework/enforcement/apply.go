package enforcement

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// startApply proposes what the file says: court and address of the body, who heads it, what is open; and says at each
// material why courts send it back.
func (s *Service) startApply(tx *store.Tx, at casework.FormAt) (casework.Asked[enforcementApplyBody], error) {
	out := casework.Asked[enforcementApplyBody]{Hints: map[string]string{}, Labels: map[string]string{}}
	f, err := s.cases.FactsOf(tx, at.Case, at.Today)
	if err != nil {
		return out, err
	}
	organ, err := s.cases.OrganOf(tx, at.Case)
	if err != nil {
		return out, err
	}
	out.In.Court, out.In.Address, out.In.Claim = organ.Court, organ.Address, openOf(f, at.Today).claim()
	if casework.HeadsBureau(at.By) {
		out.In.Head = at.By.Name()
	}
	for _, m := range Packet() {
		out.Labels[m.Name], out.Hints[m.Name] = m.Label, "法院退回的常见原因："+m.Bounced+"（"+m.Cite.Han()+"）"
	}
	return out, nil
}

// openDuties is what of a decision is to be enforced.
type openDuties struct {
	fine, surcharge law.Money
	others          []string
	course          string
	// cost is what of the cost of performance by others is open.
	cost law.Money
}

// openOf reads it from what the file states.
func openOf(f law.Facts, on law.Date) (out openDuties) {
	r := law.Read(f, on)
	out.fine, _ = r.Money(law.FineRest)
	out.surcharge, _ = r.Money(law.SurchargeOwed)
	out.others, _ = r.List(law.OpenDuties)
	out.course, _ = r.Text(law.ContestCourse)
	out.cost, _ = r.Money(law.CostRest)
	return out
}

// claim is what the court is asked for.
func (o openDuties) claim() string {
	var out []string
	if o.fine > 0 {
		out = append(out, "强制执行罚款 "+o.fine.Grouped()+" 元")
	}
	if o.surcharge > 0 {
		out = append(out, "强制执行加处罚款 "+o.surcharge.Grouped()+" 元")
	}
	if o.cost > 0 {
		out = append(out, "强制执行代履行费用 "+o.cost.Grouped()+" 元")
	}
	for _, d := range o.others {
		out = append(out, "强制执行“"+d+"”")
	}
	return strings.Join(out, "；")
}

// presumeApply states what the file itself lacks; what is outside it the form says.
func presumeApply(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
	missing, err := missingMaterials(tx, c, enforcementApplyBody{Target: "有", HasTarget: true, Other: true})
	f.SetList(law.MissingMaterials, missing, c.ID.Subject())
	f.SetBool(law.JustifiedReason, false, "form")
	return err
}

// missingMaterials are the materials of 行政强制法第五十五条 that the file does not have, each with the reason why courts
// send the packet back. The application itself is drawn up with the act.
func missingMaterials(tx *store.Tx, c *casework.Case, in enforcementApplyBody) ([]string, error) {
	papers, err := casework.Papers(tx, c.ID)
	var out []string
	for _, b := range bind(papers, map[string]any{"target": in.HasTarget, "other": in.Other, "state_of_target": in.Target}) {
		if b.Name != "application" && !b.Full() {
			out = append(out, b.Label+"（"+strings.Join(b.Lacks, "；")+"。法院退回的原因："+b.Bounced+"）")
		}
	}
	return out, err
}

func (s *Service) applyCourt(by access.Session, in enforcementApplyBody) casework.Command {
	a := &Application{ID: store.NewID(), Version: 1, State: casework.CourtTrack.Start, Court: in.Court, Claim: in.Claim}
	var open openDuties
	return casework.Command{
		Of: a.of(), Note: in.Court,
		Change: func(tx *store.Tx, c *casework.Case) error {
			organ, err := s.cases.OrganOf(tx, c)
			if err != nil {
				return err
			}
			in.Court, in.Address = casework.OrWord(in.Court, organ.Court), casework.OrWord(in.Address, organ.Address)
			a.Court = in.Court
			var fs fault.Fields
			if in.Court == "" {
				fs.Add("court", "执法主体没有登记管辖法院，请填写")
			}
			if in.Address == "" {
				fs.Add("address", "执法主体没有登记地址，请填写")
			}
			return fs.Err()
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			open = openOf(*f, tx.Today())
			missing, err := missingMaterials(tx, c, in)
			f.SetList(law.MissingMaterials, missing, c.ID.Subject())
			f.SetBool(law.JustifiedReason, strings.TrimSpace(in.Late) != "", "form")
			return err
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			if err != nil {
				return nil, err
			}
			demanded, err := demandedOn(tx, c)
			list := casework.CourtMaterialList{CourtName: in.Court}
			for _, m := range casework.CourtMaterials {
				list.Proofs.Proofs = append(list.Proofs.Proofs, casework.Proof{Name: m, Pages: "见附卷", Source: "本机关", Proves: "符合申请强制执行的条件"})
			}
			part := casework.CourtApplication{
				OrganAddress: in.Address, Head: in.Head, Claim: in.Claim, Title: d.Title, Decision: d.Decision, DecidedOn: d.On, ServedOn: d.Served, DemandedOn: demanded,
				Contest: open.course, Fine: open.fine, Surcharge: open.surcharge, Cost: open.cost, Until: tx.Today(), Reason: casework.Joined("；", in.Target, in.Late), CourtName: in.Court,
			}
			return []casework.Draft{{Kind: "court_application", Part: part}, {Kind: "court_material_list", Part: list}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			a.Case, a.Entry, a.RecordedAt = c.ID, int64(done.Entry), store.Micros(tx.Now)
			if err := casework.AddRow(tx, a); err != nil {
				return err
			}
			return keep(tx, c, done, "apply_court", a.of(), by.Person(), in)
		},
	}
}
