package decision

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"

	"github.com/uptrace/bun"
)

// Draft is what is to be decided, as one person drew it up. Rows are only added; the last one counts.
type Draft struct {
	bun.BaseModel `bun:"table:decision_draft,alias:dd"`

	ID         int64           `bun:"id,pk"`
	Case       casework.CaseID `bun:"case_id"`
	Entry      int64           `bun:"entry_id"`
	On         law.Date        `bun:"made_on"`
	Person     int64           `bun:"person_id"`
	Content    string          `bun:"content"` // DraftInput as JSON
	RecordedAt int64           `bun:"recorded_at"`
}

func (d *Draft) read() (in DraftInput, err error) {
	if err = json.Unmarshal([]byte(d.Content), &in); err != nil {
		err = fmt.Errorf("decision: draft %d: %w", d.ID, err)
	}
	return in, err
}

// What a draft comes to.
const (
	Punish = "penalty"
	Spare  = "none"
)

// DecisionPenalty is one penalty: its legal name, what it consists of, and the amount in 分 where it has one.
type DecisionPenalty struct {
	Kind    string    `json:"kind" doc:"处罚种类：警告、罚款、没收违法所得等"`
	Content string    `json:"content,omitempty" doc:"没收的财物、许可证件、期限等"`
	Amount  law.Money `json:"amount,omitempty" doc:"罚款、没收违法所得的数额"`
	// Days is by when what is no fine is to be performed.
	Days int `json:"days,omitempty" doc:"罚款以外的处罚：自收到决定书之日起几日内履行"`
}

// DecisionNorm is another norm that the same act breaks, with the fine that it alone would give.
type DecisionNorm struct {
	Code string    `json:"code" doc:"权责事项编码"`
	Fine law.Money `json:"fine" doc:"只按这一规范应处的罚款"`
}

// DecisionCircumstance is a circumstance for which the law wants a lighter penalty, with the exhibit that shows it.
type DecisionCircumstance struct {
	Ground  string `json:"ground" doc:"第三十二条的情形"`
	Exhibit int64  `json:"exhibit" doc:"证明它的证据，证据清单的编号"`
}

// DraftInput is what is to be decided: the penalties or why none, with everything that 行政处罚法第五十九条第一款 wants in the decision.
type DraftInput struct {
	Outcome   string            `json:"outcome" doc:"penalty 给予处罚；none 不予处罚"`
	Clear     bool              `json:"clear" doc:"两名执法人员认为事实清楚、证据充分"`
	Course    string            `json:"course" doc:"案件来源和调查经过"`
	Facts     string            `json:"facts" doc:"查明的事实"`
	Proofs    []DecisionProof   `json:"proofs" doc:"证据"`
	Notified  string            `json:"notified,omitempty" doc:"告知的情况"`
	Hearing   string            `json:"hearing,omitempty" doc:"听证情况"`
	Opinion   string            `json:"opinion,omitempty" doc:"定性和裁量的理由"`
	Penalties []DecisionPenalty `json:"penalties,omitempty" doc:"处罚"`
	Channel   string            `json:"channel,omitempty" doc:"缴纳罚款的银行、电子支付渠道"`
	Perform   string            `json:"perform,omitempty" doc:"罚款以外的处罚的履行方式和期限"`
	Correct   string            `json:"correct,omitempty" doc:"责令改正的内容和期限"`
	Publish   string            `json:"publish,omitempty" doc:"公开的告知"`

	// ChosenLaw is which law applies where each is milder in some respect, with the reasons.
	ChosenLaw string         `json:"chosen_law,omitempty" doc:"新旧规定各有轻重时选定的：old、new"`
	LawWhy    string         `json:"law_why,omitempty" doc:"选定的理由"`
	Norms     []DecisionNorm `json:"norms,omitempty" doc:"同一行为违反的其他规范"`
	// Departure is why the amount lies outside its tier; MakerApproval the document of a superior maker of the benchmark.
	Departure     string `json:"departure,omitempty" doc:"偏离裁量基准的理由"`
	MakerApproval string `json:"maker_approval,omitempty" doc:"制定机关批准的文件，基准由上级制定时"`
	// Leniency is the ground of 行政处罚法第三十条至第三十二条, Reduced whether the fine goes below the statutory minimum.
	Leniency string `json:"leniency,omitempty" doc:"从轻、减轻的法定情形"`
	// LeniencyNorm is the provision beyond 第三十条至第三十二条 that names another circumstance.
	LeniencyNorm string `json:"leniency_norm,omitempty" doc:"其他情形的依据：法律、法规、规章名称和条款"`
	// LighterWhy is how a penalty that is no fine is the lighter one, since nothing measures it.
	LighterWhy string `json:"lighter_why,omitempty" doc:"没有罚款的，怎样从轻、减轻"`
	// Circumstances are those that were found, each with the evidence that shows it: with one of 第三十二条 the penalty must be lighter.
	Circumstances []DecisionCircumstance `json:"circumstances,omitempty" doc:"查明的从轻、减轻情形和证据"`

	Reduced bool `json:"reduced,omitempty" doc:"减轻处罚（低于法定下限）"`
	// Mental is on what the file says that the party could not discern or control what it did (第三十一条); "" when it could.
	Mental string `json:"mental,omitempty" doc:"当事人行为时不能辨认或者不能控制自己行为的证明、鉴定意见；没有的不填"`

	// SameAct answers whether another fine of the party, for an act of the same days, was for the same act (第二十九条).
	SameAct    *bool  `json:"same_act,omitempty" doc:"与同一当事人同日已被罚款的案件是不是同一违法行为；有这样的案件才答"`
	SameActWhy string `json:"same_act_why,omitempty" doc:"写明是哪一案、为什么是或者不是同一违法行为"`

	// Slight answers whether the violation is slight (第三十三条第一款前段), whatever the benchmark's tiers are called; unanswered is not no.
	Slight    *bool  `json:"slight,omitempty" doc:"违法行为是否轻微；已经改正、没有危害后果的必须回答，不答的不当作“否”"`
	SlightWhy string `json:"slight_why,omitempty" doc:"是或者不是轻微的理由：持续时间、数量、面积、影响等"`

	// Of not punishing.
	Ground string `json:"ground,omitempty" doc:"不予处罚的情形"`
	Why    string `json:"why,omitempty" doc:"不予处罚的理由"`
	// NoFault is the evidence by which the party proved that it was not at fault (第三十三条第二款).
	NoFault  int64  `json:"no_fault,omitempty" doc:"情形是没有主观过错的：当事人据以证明的证据编号，已经采信，证明目的写明没有主观过错"`
	Educated string `json:"educated,omitempty" doc:"教育的情况"`

	// FaultDisproved answers, where the file or the party says so, whether the party proved that it was not at fault (第三十三条第二款).
	FaultDisproved *bool  `json:"fault_disproved,omitempty" doc:"当事人是否已证明没有主观过错；当事人这样申辩、或者证据清单上有这样的证据的必须回答，不答的不当作“否”"`
	FaultWhy       string `json:"fault_why,omitempty" doc:"是或者否的理由：哪些证据、为什么足以或者不足以证明；法律、行政法规另有规定的写明该规定"`

	// What makes a decision major (行政处罚法第五十七条第二款、第五十八条第一款). Each is a question; what is not answered is not no.
	PublicInterest *bool `json:"public_interest,omitempty" doc:"涉及重大公共利益；不答的不当作“否”"`
	MajorRights    *bool `json:"major_rights,omitempty" doc:"直接关系当事人或者第三人重大权益；不答的不当作“否”"`
	Complex        *bool `json:"complex,omitempty" doc:"案情疑难复杂；不答的不当作“否”"`
	ManyRelations  *bool `json:"many_relations,omitempty" doc:"涉及多个法律关系；不答的不当作“否”"`
	SocialRisk     *bool `json:"social_risk,omitempty" doc:"可能造成重大社会影响或者引发社会风险；不答的不当作“否”"`
}

// ground is a circumstance that the law names, with where it stands.
type ground struct {
	label string
	cite  law.Citations
}

// minorGround is the ground that the party's recorded age must bear out.
const minorGround = "已满十四周岁不满十八周岁"

// faultlessGround is the ground that the party's own evidence must bear out.
const faultlessGround = "没有主观过错"

// lenientGrounds are the grounds on which the law wants or allows a lighter penalty.
var lenientGrounds = []ground{
	{"主动消除或者减轻违法行为危害后果", law.Citations{law.Cite("XZCF", 32)}},
	{"受他人胁迫或者诱骗实施", law.Citations{law.Cite("XZCF", 32)}},
	{"主动供述行政机关尚未掌握的违法行为", law.Citations{law.Cite("XZCF", 32)}},
	{"配合行政机关查处违法行为有立功表现", law.Citations{law.Cite("XZCF", 32)}},
	{minorGround, law.Citations{law.Cite("XZCF", 30)}},
	{"尚未完全丧失辨认或者控制自己行为能力", law.Citations{law.Cite("XZCF", 31)}},
	{otherGround, law.Citations{law.Cite("XZCF", 32)}},
}

// otherGround is the ground that another norm must name.
const otherGround = "法律、法规、规章规定的其他情形"

// evidenced are the grounds that evidence shows; the party's age is on record.
func evidenced() []ground {
	return slices.DeleteFunc(slices.Clone(lenientGrounds), func(g ground) bool { return g.label == minorGround })
}

// mustLighten: the circumstances of 第三十二条; that of 第三十一条 only allows it.
func mustLighten(label string) bool {
	return provision(lenientGrounds, label).Han() == law.Cite("XZCF", 32).Han()
}

// mustLighten reports whether a circumstance was found for which the law wants a lighter penalty.
func (in DraftInput) mustLighten() bool {
	return slices.ContainsFunc(in.Circumstances, func(x DecisionCircumstance) bool { return mustLighten(x.Ground) })
}

// lighter reports whether the draft names a ground and its penalty is really lighter: the lowest of its tier or, without tiers, of the law, or below
// the middle of it. What is no fine is lighter when it is a warning or criticism, or by the reasons written down.
func (in DraftInput) lighter(least, most law.Money) bool {
	if fine := in.fine(); fine > 0 {
		return in.Leniency != "" && (fine <= least || 2*fine < least+most)
	}
	return in.Leniency != "" && (!in.beyondFine() || strings.TrimSpace(in.LighterWhy) != "")
}

// spareGrounds are the grounds of not punishing with their provisions; the labels are those of the fact.
var spareGrounds = []ground{
	{"违法行为轻微", law.Citations{law.Cite("XZCF", 33, 1)}},
	{"首违", law.Citations{law.Cite("XZCF", 33, 1)}},
	{faultlessGround, law.Citations{law.Cite("XZCF", 33, 2)}},
	{"违法事实不成立", law.Citations{law.Cite("XZCF", 57, 1, 3)}},
	{"不满十四周岁", law.Citations{law.Cite("XZCF", 30)}},
	{"不能辨认或者控制自己行为", law.Citations{law.Cite("XZCF", 31)}},
	{"超过追责时效", law.Citations{law.Cite("XZCF", 36, 1)}},
}

// provision is where a ground of a list stands; empty for one that is not on it.
func provision(list []ground, label string) law.Citations {
	for _, g := range list {
		if g.label == label {
			return g.cite
		}
	}
	return nil
}

func (in DraftInput) unproven() bool { return in.Ground == "违法事实不成立" }

// fine is the fine of the draft, 0 when there is none.
func (in DraftInput) fine() law.Money {
	for _, p := range in.Penalties {
		if p.Kind == string(casework.PenaltyFine) {
			return p.Amount
		}
	}
	return 0
}

// kinds are the kinds of penalty in their order.
func (in DraftInput) kinds() []string {
	out := make([]string, len(in.Penalties))
	for i, p := range in.Penalties {
		out[i] = p.Kind
	}
	return out
}

// beyondFine reports whether there is a penalty that is not paid at the bank.
func (in DraftInput) beyondFine() bool {
	return slices.ContainsFunc(in.Penalties, func(p DecisionPenalty) bool { return beyondFine(p.Kind) })
}

// beyondFine reports whether a kind is to be performed otherwise than by paying a fine; a warning or criticism says all.
func beyondFine(kind string) bool {
	return kind != string(casework.PenaltyFine) && kind != string(casework.PenaltyWarning) && kind != string(casework.PenaltyCriticism)
}

// performs words how and by when what is no fine is to be performed, as the decision says it (行政处罚法第五十九条第一款第四项).
func (in DraftInput) performs() string {
	out := said([]string{strings.TrimRight(strings.TrimSpace(in.Perform), "。")})
	for _, p := range in.Penalties {
		if p.Days > 0 {
			out = append(out, fmt.Sprintf("%s，自收到本决定书之日起%d日内履行", p.Kind, p.Days))
		}
	}
	return strings.Join(out, "。")
}

// check holds the draft against itself and the case's list of evidence.
func (in DraftInput) check(all []casework.Exhibit) error {
	var fs fault.Fields
	want := func(field, value, message string) {
		if strings.TrimSpace(value) == "" {
			fs.Add(field, "%s", message)
		}
	}
	want("course", in.Course, "请写明案件来源和调查经过")
	want("facts", in.Facts, "请写明查明的事实")
	in.rest(all, &fs)
	if in.Slight != nil {
		want("slight_why", in.SlightWhy, "请写明为什么是或者不是轻微：持续时间、数量、面积、影响等")
	}
	if in.FaultDisproved != nil {
		want("fault_why", in.FaultWhy, "请写明哪些证据、为什么足以或者不足以证明没有主观过错；法律、行政法规另有规定的写明该规定")
	}
	switch in.Outcome {
	case Punish:
		want("opinion", in.Opinion, "请写明定性和裁量的理由")
		want("notified", in.Notified, "请写明告知的时间、方式和内容")
		in.checkPenalties(&fs)
	case Spare:
		in.checkSparing(&fs)
		if in.Ground == faultlessGround && !in.faultless(all) {
			fs.Add("no_fault", "%s", casework.LacksNoFault())
		}
	default:
		fs.Add("outcome", "请选择给予处罚，还是不予处罚")
	}
	return fs.Err()
}

func (in DraftInput) checkPenalties(fs *fault.Fields) {
	if len(in.Penalties) == 0 {
		fs.Add("kinds", "请选择处罚种类")
	}
	seen := map[string]bool{}
	for _, p := range in.Penalties {
		switch {
		case seen[p.Kind]:
			fs.Add("kinds", "%s写了两次", p.Kind)
		case !casework.ParsePenalties(p.Kind).Has(casework.PenaltyKind(p.Kind)):
			fs.Add("kinds", "“%s”不是法定的处罚种类", p.Kind)
		case p.Kind == string(casework.PenaltyFine) && p.Amount <= 0:
			fs.Add("amount", "罚款数额应大于 0")
		case p.Kind == string(casework.PenaltyGains) && p.Amount <= 0:
			fs.Add("gains", "请填写没收违法所得的数额")
		}
		if casework.PenaltyKind(p.Kind).NeedsContent() && strings.TrimSpace(p.Content) == "" {
			fs.Add("content", "请写明%s的内容，一行一项：%s：……", p.Kind, p.Kind)
		}
		if beyondFine(p.Kind) && (p.Days < 1 || p.Days > 365) {
			fs.Add("perform_days", "请填写罚款以外的处罚自收到决定书之日起几日内履行，1 至 365 日")
		}
		seen[p.Kind] = true
	}
	if in.fine() > 0 && strings.TrimSpace(in.Channel) == "" {
		fs.Add("channel", "请写明缴纳罚款的银行或者电子支付渠道")
	}
	if in.beyondFine() && strings.TrimSpace(in.Perform) == "" {
		fs.Add("perform", "请写明罚款以外的处罚怎样履行、期限多长")
	}
	if in.Reduced && in.Leniency == "" {
		fs.Add("leniency", "减轻处罚要有法定情形，请选择")
	}
	if in.Leniency != "" && len(provision(lenientGrounds, in.Leniency)) == 0 {
		fs.Add("leniency", "请选择法定的从轻、减轻情形")
	}
	for i, x := range in.Circumstances {
		listed := slices.ContainsFunc(in.Proofs, func(p DecisionProof) bool { return p.Exhibit == x.Exhibit })
		if len(provision(evidenced(), x.Ground)) == 0 || !listed {
			fs.Add(fmt.Sprintf("circumstances.%d", i), "第 %d 项要选法定情形和证明它的证据，证据要列在决定的证据里", i+1)
		}
	}
	if len(provision(evidenced(), in.Leniency)) > 0 && !slices.ContainsFunc(in.Circumstances, func(x DecisionCircumstance) bool { return x.Ground == in.Leniency }) {
		fs.Add("leniency", "没有证据证明“%s”。请在查明的情形里写明这一项和证明它的证据", in.Leniency)
	}
	if in.Leniency == otherGround && strings.TrimSpace(in.LeniencyNorm) == "" {
		fs.Add("leniency_norm", "请写明规定这一情形的法律、法规、规章名称和条款")
	}
	if in.SameAct != nil && strings.TrimSpace(in.SameActWhy) == "" {
		fs.Add("same_act_why", "请写明是哪一案，为什么是或者不是同一违法行为")
	}
	if in.ChosenLaw != "" && strings.TrimSpace(in.LawWhy) == "" {
		fs.Add("law_why", "请写明为什么适用这一规定")
	}
}

func (in DraftInput) checkSparing(fs *fault.Fields) {
	if len(provision(spareGrounds, in.Ground)) == 0 {
		fs.Add("ground", "请选择不予处罚的情形")
	}
	if strings.TrimSpace(in.Why) == "" {
		fs.Add("why", "请写明不予处罚的理由")
	}
	if len(in.Penalties) > 0 {
		fs.Add("kinds", "不予处罚的，不填处罚种类")
	}
}

// says is the outcome in a sentence, for the approval and for whoever decides.
func (in DraftInput) says() string {
	if in.Outcome == Spare {
		return "不予行政处罚（" + in.Ground + "）"
	}
	var parts []string
	for _, p := range in.Penalties {
		s := p.Kind
		if p.Amount > 0 {
			s += "人民币" + p.Amount.Han() + "（￥" + p.Amount.Grouped() + "）"
		}
		if p.Content != "" {
			s += "：" + strings.TrimRight(p.Content, "。")
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "；")
}
