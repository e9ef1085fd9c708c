package decision

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/casework"
	"fadu/internal/casework/decision/pages"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/web"
)

// draftBody is prefilled from the last draft, else from the papers of the file.
func (s *Service) draftBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	all, err := s.cases.Exhibits(tx, at.Case)
	if err != nil {
		return nil, err
	}
	in, err := s.starting(tx, at.Case, all)
	if err != nil {
		return nil, err
	}
	told, err := s.told(tx, at.Case)
	if err != nil {
		return nil, err
	}
	v := pages.DraftView{Form: at.Form, Answers: answered(told), Values: in.values(), Kinds: in.kinds(), Questions: questions(in), Law: []web.Option{{Label: "（不适用）"}, {Value: "old", Label: "行为时的规定"}, {Value: "new", Label: "决定时的规定"}}}
	v.Exhibits, v.Faultless = exhibitOptions(all, func(e casework.Exhibit) bool { return e.Barred() == "" }), exhibitOptions(all, casework.Exhibit.ProvesNoFault)
	if v.Channel, err = s.payChannel(tx, at.Case); err != nil {
		return nil, err
	}
	v.FaultAsked = in.FaultDisproved != nil || casework.FaultAsked(all, told)
	v.Grounds, v.Lenient = options(spareGrounds, "请选择"), options(lenientGrounds, "没有")
	v.Found = options(evidenced(), "（空）")
	now := *at.Case
	a, err := s.cases.Weigh(tx, &now, at.Today, in.ChosenLaw)
	if err != nil { // said below, where it can be mended
		v.Rests = []web.FactView{{Label: "裁量", Text: err.Error()}}
	} else {
		v.Rests = rests(&now, a)
	}
	if v.Fined, err = s.finedThen(tx, at.Case); err != nil {
		return nil, err
	}
	for _, k := range casework.PenaltyKinds() {
		o := web.Option{Value: string(k), Label: string(k)}
		if a.Item.Code != "" && !casework.Provides(a.Item.PenaltyKinds, string(k)) {
			if slices.Contains(in.kinds(), string(k)) {
				o.Small = "所选依据没有规定"
			} else {
				continue
			}
		}
		v.KindOptions = append(v.KindOptions, o)
	}
	return pages.Draft(v), nil
}

// rests is what the penalty rests on today.
func rests(c *casework.Case, a powers.Assessment) []web.FactView {
	out := []web.FactView{{Label: "案由", Text: c.PowerName + "（" + c.AppliedCode + "）"}, {Label: "依据", Text: a.Item.Penalty.Han()}}
	if a.HasRange {
		out = append(out, web.FactView{Label: "法定幅度", Text: a.Statutory.Min.Grouped() + "至" + a.Statutory.Max.Grouped() + " 元"})
	}
	if a.HasTier {
		out = append(out, web.FactView{Label: "裁量阶次", Text: c.Tier + "，" + c.TierMin.Grouped() + "至" + c.TierMax.Grouped() + " 元：" + c.TierWhy})
	}
	if a.Milder != nil {
		out = append(out, web.FactView{Label: "从旧兼从轻", Text: strings.Join(a.Milder.Reasons, "；")})
	}
	return append(out, web.FactView{Label: "不予处罚清单", Text: c.Exemption})
}

// answered shows what the decision will say of the defence.
func answered(told casework.Heard) []web.FactView {
	out := []web.FactView{{Label: "陈述申辩", Text: told.Says()}}
	for _, a := range told.Answers {
		said := a.Answer + "，予以采纳"
		if !a.Adopted {
			said = a.Answer + "，不予采纳：" + a.Why
		}
		out = append(out, web.FactView{Label: a.Point, Text: said})
	}
	return out
}

func options(list []ground, empty string) []web.Option {
	out := []web.Option{{Label: empty}}
	for _, g := range list {
		out = append(out, web.Option{Value: g.label, Label: g.label, Small: g.cite.Han()})
	}
	return out
}

// starting is the draft that counts; else the form is begun anew from what closing report, notice, answers and hearing say.
func (s *Service) starting(tx *store.Tx, c *casework.Case, all []casework.Exhibit) (DraftInput, error) {
	d, in, err := last(tx, c.ID)
	if err != nil || d != nil {
		return in, err
	}
	in = DraftInput{Outcome: Punish, Facts: c.FactText, Clear: bool(c.FactsClear), Proofs: Admitted(all)}
	_, report, ok, err := casework.LastPart[casework.ClosingReport](tx, c.ID, "closing_report")
	if err != nil {
		return in, err
	}
	if ok {
		in.Course, in.Facts, in.Opinion, in.Departure = report.Course, report.Facts, report.Discretion, report.Departure
	}
	in.ChosenLaw, in.LawWhy = c.SettledLaw()
	if c.Spares() {
		in.Outcome = Spare
	}
	for _, k := range strings.Split(c.Kinds, ";") {
		if k == "" {
			continue
		}
		p := DecisionPenalty{Kind: k, Content: casework.ContentLines(c.Contents)[k]}
		switch casework.PenaltyKind(k) {
		case casework.PenaltyFine:
			p.Amount = c.Amount
		case casework.PenaltyGains:
			p.Amount = c.Gains
		}
		in.Penalties = append(in.Penalties, p)
	}
	return in, s.heardBefore(tx, c, &in)
}

// heardBefore tells of notice, answers and hearing from their papers and days.
func (s *Service) heardBefore(tx *store.Tx, c *casework.Case, in *DraftInput) error {
	notice, _, ok, err := casework.LastPart[casework.PriorNotice](tx, c.ID, casework.PenaltyNotice)
	if err != nil {
		return err
	}
	served, err := lastDay(tx, c.ID, "notice_served")
	if err != nil {
		return err
	}
	if ok && !served.IsZero() {
		in.Notified = "本机关于" + served.Han() + "向当事人送达" + notice.Kind.Label() + "（" + notice.DocNo + "），告知拟作出处罚的内容、事实、理由、依据和当事人依法享有的权利"
	}
	if on, err := lastDay(tx, c.ID, "report_hearing"); err != nil || on.IsZero() {
		return err
	}
	in.Hearing = "本机关依法举行了听证，听证主持人提出了听证报告"
	return nil
}

// values are the fields of the form.
func (in DraftInput) values() map[string]string {
	v := map[string]string{
		"outcome": in.Outcome, "channel": in.Channel, "perform": in.Perform, "opinion": in.Opinion, "leniency": in.Leniency, "leniency_norm": in.LeniencyNorm, "lighter_why": in.LighterWhy, "reduced": tick(in.Reduced), "departure": in.Departure,
		"maker_approval": in.MakerApproval, "mental": in.Mental, "chosen_law": in.ChosenLaw, "law_why": in.LawWhy, "ground": in.Ground, "why": in.Why, "educated": in.Educated, "no_fault": strconv.FormatInt(in.NoFault, 10), "course": in.Course, "facts": in.Facts,
		"notified": in.Notified, "hearing": in.Hearing, "correct": in.Correct, "publish": in.Publish, "clear": tick(in.Clear),
	}
	v["same_act_why"], v["slight_why"] = in.SameActWhy, in.SlightWhy
	v["fault_why"] = in.FaultWhy
	for _, p := range in.Penalties {
		if p.Days > 0 {
			v["perform_days"] = strconv.Itoa(p.Days)
		}
	}
	for _, q := range append(in.majorQuestions(), majorQuestion{name: "same_act", said: in.SameAct}, majorQuestion{name: "slight", said: in.Slight}, majorQuestion{name: "fault_disproved", said: in.FaultDisproved}) {
		if q.said != nil {
			v[q.name] = map[bool]string{true: "是", false: "否"}[*q.said]
		}
	}
	var content, proofs, norms, found []string
	for _, x := range in.Circumstances {
		found = append(found, x.Ground+"｜"+strconv.FormatInt(x.Exhibit, 10))
	}
	v["circumstances"] = strings.Join(found, "\n")
	for _, p := range in.Penalties {
		switch {
		case p.Kind == string(casework.PenaltyFine):
			v["amount"] = p.Amount.String()
		case p.Kind == string(casework.PenaltyGains) && p.Amount > 0:
			v["gains"] = p.Amount.String()
		case p.Content != "":
			content = append(content, p.Kind+"："+p.Content)
		}
	}
	for _, p := range in.Proofs {
		proofs = append(proofs, strconv.FormatInt(p.Exhibit, 10)+"｜"+p.Proves)
	}
	for _, n := range in.Norms {
		norms = append(norms, n.Code+"｜"+n.Fine.String())
	}
	v["content"], v["proofs"], v["norms"] = strings.Join(content, "\n"), strings.Join(proofs, "\n"), strings.Join(norms, "\n")
	return v
}

func (s *Service) postDraft(q casework.Posted) (string, error) {
	f := q.Form
	in := DraftInput{
		Outcome: f.Choice("outcome", "处理意见", Punish, Spare), Clear: f.Bool("clear"), Course: f.Long("course", 2000), Facts: f.Long("facts", 4000), Notified: f.Long("notified", 1000), Hearing: f.Text("hearing", 500),
		Correct: f.Text("correct", 500), Publish: f.Text("publish", 300), Mental: f.Text("mental", 200), Slight: answer(f, "slight"), SlightWhy: f.Text("slight_why", 300),
		PublicInterest: answer(f, "public_interest"), MajorRights: answer(f, "major_rights"), Complex: answer(f, "complex"), ManyRelations: answer(f, "many_relations"), SocialRisk: answer(f, "social_risk"),
	}
	for i, l := range lines(f.RowText("proofs", "｜", 8000)) {
		p := parts(l, 2)
		n, err := strconv.ParseInt(p[0], 10, 64)
		if err != nil {
			f.Add(web.RowName("proofs", i), "第 %d 行没有选证据，请从清单中选择", i+1)
		}
		in.Proofs = append(in.Proofs, DecisionProof{Exhibit: n, Proves: p[1]})
	}
	if in.Outcome == Punish {
		readPenalties(f, &in)
	} else {
		in.Ground, in.Why, in.Educated = f.Text("ground", 40), f.Long("why", 1000), f.Long("educated", 500)
		in.NoFault, _ = strconv.ParseInt(f.Text("no_fault", 10), 10, 64) // what is no number names no evidence
	}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已拟定：" + in.says(), s.Draw(q.Context(), q.By, q.Case, q.Version, in)
}

// answer is what was answered to a question; nil when nothing was.
func answer(f *web.Form, name string) *bool {
	said := f.Choice(name, "是或者否", "是", "否")
	if said == "" {
		return nil
	}
	yes := said == "是"
	return &yes
}

func readPenalties(f *web.Form, in *DraftInput) {
	in.Opinion, in.Channel, in.Perform = f.Long("opinion", 2000), f.Text("channel", 100), f.Long("perform", 500)
	in.Leniency, in.Reduced, in.Departure, in.MakerApproval = f.Text("leniency", 40), f.Bool("reduced"), f.Long("departure", 1000), f.Text("maker_approval", 100)
	in.LeniencyNorm, in.LighterWhy = f.Text("leniency_norm", 100), f.Text("lighter_why", 200)
	in.ChosenLaw, in.LawWhy = f.Text("chosen_law", 5), f.Text("law_why", 500)
	for _, l := range lines(f.RowText("circumstances", "｜", 500)) {
		p := parts(l, 2)
		n, _ := strconv.ParseInt(p[1], 10, 64) // 0 is no exhibit, which the check says
		in.Circumstances = append(in.Circumstances, DecisionCircumstance{Ground: p[0], Exhibit: n})
	}
	in.FaultDisproved, in.FaultWhy = answer(f, "fault_disproved"), f.Text("fault_why", 500)
	in.SameAct, in.SameActWhy = answer(f, "same_act"), f.Long("same_act_why", 500)
	content := map[string]string{}
	for _, l := range lines(f.RowText("content", "：", 1000)) {
		kind, what, _ := strings.Cut(strings.Replace(l, ":", "：", 1), "：")
		content[strings.TrimSpace(kind)] = strings.TrimSpace(what)
	}
	days := int(f.Int("perform_days", "履行期限", 0, 365))
	amount, gains := f.Money("amount", "罚款"), f.Money("gains", "没收违法所得")
	for _, k := range f.Values("kinds") {
		p := DecisionPenalty{Kind: k, Content: content[k]}
		switch k {
		case string(casework.PenaltyFine):
			p.Amount = amount
		case string(casework.PenaltyGains):
			p.Amount = gains
		}
		if beyondFine(k) {
			p.Days = days
		}
		in.Penalties = append(in.Penalties, p)
	}
	if in.fine() == 0 && amount > 0 {
		f.Add("amount", "没有选罚款，不应填写罚款数额")
	}
	for i, l := range lines(f.RowText("norms", "｜", 500)) {
		p := parts(l, 2)
		fine, err := law.ParseMoney(p[1])
		if err != nil {
			f.Add(web.RowName("norms", i), "第 %d 项的罚款数额读不懂，请写元数", i+1)
		}
		in.Norms = append(in.Norms, DecisionNorm{Code: strings.ToUpper(p[0]), Fine: fine})
	}
}

// lines are the lines of a text that say something.
func lines(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// parts cuts a line at its bars into n trimmed parts.
func parts(line string, n int) []string {
	out := make([]string, n)
	for i, p := range strings.SplitN(strings.ReplaceAll(line, "|", "｜"), "｜", n) {
		out[i] = strings.TrimSpace(p)
	}
	return out
}
