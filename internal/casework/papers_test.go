package casework

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/testkit"
)

// allOrdinary are the kinds of PaperForms and the notice that both procedures have.
func allOrdinary() []PaperKind {
	out := []PaperKind{PenaltyNotice}
	for _, f := range PaperForms {
		out = append(out, f.Kind)
	}
	return out
}

func sampleContent(t *testing.T, kind PaperKind) Content {
	t.Helper()
	c := ordinaryContent(kind)
	if err := c.PutPart(sampleParts[kind]); err != nil {
		t.Fatal(err)
	}
	return c
}

// Every kind of paper is made from the sample case, whole, as PDF and DOCX; a kind without text, part or
// sample fails.
func TestEveryOrdinaryPaperHasText(t *testing.T) {
	s := New(Deps{Press: press(t), BaseURL: "http://fadu.example", Demo: true})
	at := time.Date(2026, 5, 13, 10, 30, 0, 0, law.Zone)
	if len(paperDefs) != len(PaperForms)+1 || len(sampleParts) != len(paperDefs) {
		t.Errorf("%d definitions, %d samples, %d forms", len(paperDefs), len(sampleParts), len(PaperForms))
	}
	for _, kind := range allOrdinary() {
		t.Run(string(kind), func(t *testing.T) {
			c := sampleContent(t, kind)
			if missing, err := MissingParts(c); err != nil || len(missing) > 0 {
				t.Errorf("缺 %v %v", missing, err)
			}
			paper, err := s.layout(c)
			if err != nil {
				t.Fatal(err)
			}
			if paper.Title != kind.Label() {
				t.Errorf("题名是“%s”，文书目录里叫“%s”", paper.Title, kind.Label())
			}
			if missing := s.Press.Missing(paper); len(missing) > 0 {
				t.Errorf("字库里没有 %q", string(missing))
			}
			out, err := s.Press.Print(paper, at)
			if err != nil {
				t.Fatal(err)
			}
			if keep := os.Getenv("FADU_SHOTS"); keep != "" {
				_ = os.WriteFile(keep+"/"+string(kind)+".pdf", out.PDF, 0o600)
			}
			docx, err := s.Press.Docx(paper, at)
			if err != nil || !bytes.HasPrefix(docx, []byte("PK")) {
				t.Errorf("DOCX: %v", err)
			}
			text := textOf(t, out.PDF)
			for _, bad := range []string{"{{", "}}", "<no value>", "。。", "；。", "，。", "：。", "、。", "。，", "“”", "（）", "《》"} {
				if bytes.Contains(text, []byte(bad)) {
					t.Errorf("文书里有“%s”：\n%s", bad, text)
				}
			}
			testkit.Golden(t, "paper_"+paperGolden(kind)+".txt", text)
		})
	}
}

// paperGolden is the golden's name; the notice has another one for a change of decision.
func paperGolden(kind PaperKind) string {
	if kind == PenaltyNotice {
		return "prior_notice"
	}
	return string(kind)
}

// An empty part lacks every element that the law wants, each with its provision; each element that is taken away
// from the whole sample is named.
func TestMissingParts(t *testing.T) {
	for _, kind := range allOrdinary() {
		whole := sampleContent(t, kind)
		def := paperDefs[kind]
		part := reflect.New(def.part).Elem()
		part.Set(reflect.ValueOf(sampleParts[kind]))
		eachMust(part, func(name string, field reflect.Value) {
			was := reflect.New(field.Type()).Elem()
			was.Set(field)
			field.SetZero()
			c := whole
			if err := c.PutPart(part.Interface()); err != nil {
				t.Fatal(err)
			}
			missing, err := MissingParts(c)
			if err != nil || !slices.ContainsFunc(missing, func(m string) bool { return strings.Contains(m, name) && strings.Contains(m, "第") }) {
				t.Errorf("%s 去掉“%s”没有发现：%v %v", kind.Label(), name, missing, err)
			}
			field.Set(was)
		})
	}
}

// eachMust calls f for the fields that the sample must have.
func eachMust(v reflect.Value, f func(name string, field reflect.Value)) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if must := field.Tag.Get("must"); must != "" && !v.Field(i).IsZero() {
			name, _, _ := strings.Cut(must, " ")
			f(name, v.Field(i))
		}
		if field.Anonymous {
			eachMust(v.Field(i), f)
		}
	}
}

func TestMissingParts逐项(t *testing.T) {
	for _, c := range []struct {
		name   string
		kind   PaperKind
		change func(*Content)
		part   func(any) any
		want   string
	}{
		{"处罚决定书没有当事人地址", "penalty_decision", func(c *Content) { c.PartyAddress = "" }, nil, "当事人的地址（行政处罚法第五十九条第一款第一项）"},
		{"处罚决定书没有证据", "penalty_decision", nil, func(p any) any { d := p.(PenaltyDecision); d.Proofs.Proofs = nil; return d }, "证据（行政处罚法第五十九条第一款）"},
		{"证据没有证明目的", "penalty_decision", nil, func(p any) any {
			d := p.(PenaltyDecision)
			d.Proofs.Proofs = []Proof{{Name: "照片"}}
			return d
		}, "第一项的证明目的（行政处罚法第五十九条第一款）"},
		{"处罚决定书没有法院", "penalty_decision", func(c *Content) { c.Court = "" }, nil, "申请行政复议或者提起行政诉讼的途径和期限（行政处罚法第五十九条第一款第五项）"},
		{"普通程序写成复议前置", "penalty_decision", func(c *Content) { c.ReviewFirst = true }, nil, "普通程序的救济途径：六十日内复议，也可以六个月内直接起诉（行政诉讼法第四十六条第一款）"},
		{"罚款与案件数额不一致", "penalty_decision", func(c *Content) { c.Fine = law.Yuan(50000) }, nil, "一致的罚款数额（行政处罚法第五十九条第一款第三项）"},
		{"申辩不采纳没有理由", "penalty_decision", nil, func(p any) any {
			d := p.(PenaltyDecision)
			d.Answers = []DefenceAnswer{{Point: "测量有误。", Answer: "已复测"}}
			return d
		}, "第一项的不予采纳的理由（行政处罚法第五十九条第一款）"},
		{"告知书没有处罚依据", PenaltyNotice, func(c *Content) { c.Basis = "" }, nil, "处罚的依据（行政处罚法第四十四条）"},
		{"重新告知没有写变更内容", PenaltyNotice, nil, func(p any) any { n := p.(PriorNotice); n.Earlier = "演城管告字〔2026〕第36号"; return n }, "重新告知变更的内容（行政处罚法第四十四条）"},
		{"扣押决定没有期限", "seizure_decision", nil, func(p any) any { d := p.(SeizureDecision); d.Until = law.Date{}; return d }, "期限（行政强制法第二十四条第一款第二项）"},
		{"紧急扣押没有写时间", "seizure_approval", nil, func(p any) any { a := p.(SeizureApproval); a.Urgent = true; return a }, "紧急实施的时间（行政强制法第十九条）"},
		{"催告没有给付方式", "demand_notice", nil, func(p any) any { d := p.(DemandNotice); d.Channel = ""; return d }, "给付方式（行政强制法第三十五条第一款第三项）"},
		{"加处罚款超过本金", "demand_notice", nil, func(p any) any { d := p.(DemandNotice); d.Surcharge = law.Yuan(60000); return d }, "不超过罚款数额的加处罚款（行政处罚法第七十二条第一款第一项）"},
		{"审核少了几项", "review_opinion", nil, func(p any) any { o := p.(ReviewOpinion); o.Points = o.Points[:5]; return o }, "全部八项审核内容的结论（住建部令第55号第二十四条）"},
		{"审核意见写了别的", "review_opinion", nil, func(p any) any { o := p.(ReviewOpinion); o.Outcome = "基本同意"; return o }, "同意、补充调查、改正、移送之一的审核意见（住建部令第55号第二十五条）"},
		{"讨论有人没有表态", "discussion_record", nil, func(p any) any {
			d := p.(DiscussionRecord)
			d.Members = []Speaker{{Name: "演示李某"}, {Name: "演示吴某", Says: "同意"}}
			return d
		}, "演示李某的意见（行政处罚法第五十七条第二款）"},
		{"调查人员主持听证", "hearing_notice", nil, func(p any) any { n := p.(HearingNotice); n.Host = "演示赵某"; return n }, "非本案调查人员的听证主持人（行政处罚法第六十四条第一款第四项）"},
		{"三名代理人", "hearing_request", nil, func(p any) any { r := p.(HearingRequest); r.Agents = []string{"甲", "乙", "丙"}; return r }, "代理人不超过二人（行政处罚法第六十四条第一款第五项）"},
		{"当事人不到场又没有录像", "inspection_record", func(c *Content) { c.Footage = "" }, func(p any) any { r := p.(InspectionRecord); r.Absent = "没有到场"; return r }, "当事人不到场时的全程录像（住建部令第55号第十七条）"},
		{"一名执法人员询问", "interview_record", func(c *Content) { c.Officers = c.Officers[:1] }, nil, "两名执法人员（行政处罚法第四十二条第一款）"},
		{"减免加处罚款没有补救措施", "execution_agreement", nil, func(p any) any { a := p.(ExecutionAgreement); a.Remedied = ""; return a }, "当事人采取的补救措施（行政强制法第四十二条第一款）"},
		{"延长超过三十日", "extension_approval", nil, func(p any) any { a := p.(ExtensionApproval); a.Days = 31; return a }, "延长不超过三十日（住建部令第55号第二十九条）"},
		{"只有一人核实涉嫌犯罪", "crime_report", nil, func(p any) any { r := p.(CrimeReport); r.Verifiers = r.Verifiers[:1]; return r }, "两名以上核实人员（移送规定第五条）"},
		{"留置送达没有见证", "service_receipt", nil, func(p any) any { r := p.(ServiceReceipt); r.Refused = "拒绝签收，留置于住所"; return r }, "留置送达的见证人，或者拍照、录像（民事诉讼法第八十九条）"},
	} {
		content := sampleContent(t, c.kind)
		if c.change != nil {
			c.change(&content)
		}
		if c.part != nil {
			if err := content.PutPart(c.part(sampleParts[c.kind])); err != nil {
				t.Fatal(err)
			}
		}
		missing, err := MissingParts(content)
		if err != nil || !slices.Contains(missing, c.want) {
			t.Errorf("%s：应有“%s”，得到 %v %v", c.name, c.want, missing, err)
		}
	}
}

// A draft that lacks something gets no number.
func TestDraftIsComplete(t *testing.T) {
	c := ordinaryContent("seizure_decision")
	whole := sampleParts["seizure_decision"].(SeizureDecision)
	draw := func() error {
		missing, err := c.complete(Draft{Kind: c.Kind, Part: whole})
		return errors.Join(err, c.wanting(missing))
	}
	if err := draw(); err != nil {
		t.Error(err)
	}
	whole.Grant = ""
	if err := draw(); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "查封、扣押的依据（行政强制法第二十四条第一款第二项）") {
		t.Error(err)
	}
}

// The struct of another kind is refused, and so is a wording anew of what the law binds.
func TestOrdinaryPaperIsBound(t *testing.T) {
	s := New(Deps{BaseURL: "http://fadu.example"})
	c := ordinaryContent("penalty_decision")
	if err := c.PutPart(SeizureDecision{}); err == nil {
		t.Error("the content of another kind was taken")
	}
	c = sampleContent(t, "penalty_decision")
	c.Free = map[string]string{"facts": "经查明：另行叙述。"}
	p, err := s.layout(c)
	if err != nil || !strings.Contains(blocksText(p.Blocks), "另行叙述") {
		t.Errorf("a free text was not worded anew: %v", err)
	}
	c.Free = map[string]string{"remedy": "十五日内起诉"}
	if _, err := s.layout(c); err == nil || !strings.Contains(err.Error(), "不能改写") {
		t.Errorf("a bound text was worded anew: %v", err)
	}
	free, err := FreeTexts(sampleContent(t, "penalty_decision"))
	if err != nil || len(free) != 2 || free[1].Name != "facts" || !strings.HasPrefix(free[1].Text, "经查明：当事人作为施工单位") {
		t.Errorf("free texts: %+v %v", free, err)
	}
}

// The way to challenge is worded in one place: no text names its terms itself, and never fifteen days to sue.
func TestRemedyIsToldInOnePlace(t *testing.T) {
	_, files, err := partYAML()
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, textsYAML)
	for _, f := range files {
		for _, bad := range []string{"申请行政复议，也可以", "提起行政诉讼。", "十五日内依法"} {
			if bytes.Contains(f, []byte(bad)) {
				t.Errorf("a text words the remedy itself: %s", bad)
			}
		}
	}
	c := ordinaryContent("penalty_decision")
	if got := c.Remedy(); got != "如不服本决定，可以自收到本决定书之日起六十日内向演示区人民政府申请行政复议，也可以在六个月内依法向演示区人民法院提起行政诉讼。复议、诉讼期间不停止本决定的执行，法律另有规定的除外。" {
		t.Error(got)
	}
	c.ReviewFirst = true
	if got := c.RemedyWays(); !strings.Contains(got, "应当先自收到本决定书之日起六十日内") || !strings.Contains(got, "自收到行政复议决定书之日起十五日内") {
		t.Error(got)
	}
}

// What the papers say of defence and hearing is what happened (行政处罚法第四十五、五十九、六十三条).
func TestPapers说明申辩和听证(t *testing.T) {
	s := New(Deps{Press: press(t), BaseURL: "http://fadu.example", Demo: true})
	says := func(kind PaperKind, part any) string {
		c := ordinaryContent(kind)
		if err := c.PutPart(part); err != nil {
			t.Fatal(err)
		}
		if missing, err := MissingParts(c); err != nil || len(missing) > 0 {
			t.Errorf("缺 %v %v", missing, err)
		}
		paper, err := s.layout(c)
		if err != nil {
			t.Fatal(err)
		}
		out, err := s.Press.Print(paper, time.Date(2026, 5, 13, 10, 30, 0, 0, law.Zone))
		if err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(string(textOf(t, out.PDF)), "\n", "")
	}
	const silent, unheard = "当事人在规定期限内没有提出陈述、申辩。", "当事人在规定期限内没有要求听证。"
	decision := sampleParts["penalty_decision"].(PenaltyDecision)
	review := sampleParts["defence_review"].(DefenceReview)
	review.Answers, review.StatedOn, review.Silent = nil, law.Date{}, true
	for _, x := range []struct {
		what                    string
		told, asked             bool
		answers                 []DefenceAnswer
		hearing                 string
		saysSilent, saysUnheard bool
		also                    string
	}{
		{what: "没有告知听证，没有意见", saysSilent: true},
		{what: "告知了听证，没有意见也没有要求", told: true, saysSilent: true, saysUnheard: true},
		{what: "有意见，没有要求听证", told: true, answers: decision.Answers, saysUnheard: true, also: "3月22日复查已全部覆盖，予以采纳。"},
		{what: "举行了听证", told: true, asked: true, hearing: "本机关依法举行了听证", saysSilent: true, also: "本机关依法举行了听证。"},
	} {
		p := decision
		p.HearingRight, p.HearingAsked, p.Answers, p.Hearing = x.told, x.asked, x.answers, x.hearing
		text := says("penalty_decision", p)
		if strings.Contains(text, silent) != x.saysSilent || strings.Contains(text, unheard) != x.saysUnheard || !strings.Contains(text, x.also) {
			t.Errorf("%s：\n%s", x.what, text)
		}
	}
	if text := says("defence_review", review); !strings.Contains(text, "当事人没有提出陈述、申辩意见。") || strings.Contains(text, "予以采纳") {
		t.Errorf("没有意见的复核意见书：\n%s", text)
	}
}
