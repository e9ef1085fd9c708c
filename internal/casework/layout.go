package casework

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"fadu/internal/document"
	"fadu/internal/law"
)

//go:embed data/texts.yaml
var textsYAML []byte

// Texts are the embedded, dated texts of this slice's papers; a fault in them is found at start.
var Texts = sync.OnceValues(func() (document.Texts, error) {
	return document.ParseTexts(textsYAML, sheet{Content: Content{Officers: []ContentOfficer{{}}}})
})

// sheet is a content with what the texts derive from it.
type sheet struct {
	Content
	Field       noticeFields
	FineHan     string
	FineText    string
	Cash        bool
	NothingSaid bool
}

// Say is what only a desk's kind of paper says, by the names that its Draft gives.
func (s sheet) Say(name string) string { return s.Fields[name] }

// noticeFields are what only one kind of paper says; absent ones print as nothing.
type noticeFields struct {
	Due, Demand, When, Where, Bring, Plate, Item, Was, Becomes, Why string
	Answer, Terms, Plan                                             string
	// Decided, Earlier, Notice and Settle belong to the change of a decision.
	Decided, Earlier, Notice, Heard, Review, Settle string
}

func fieldsOf(m map[string]string) noticeFields {
	return noticeFields{
		Due: m["due"], Demand: bare(m["demand"]), When: m["when"], Where: bare(m["where"]), Bring: bare(m["bring"]), Plate: m["plate"],
		Item: bare(m["item"]), Was: m["was"], Becomes: m["becomes"], Why: bare(m["why"]),
		Decided: m["decided"], Earlier: m["earlier"], Notice: m["notice"], Heard: sentence(m["heard"]), Review: sentence(m["review"]), Settle: m["settle"],
		Answer: m["answer"], Terms: m["terms"], Plan: bare(m["plan"]),
	}
}

// layout turns a content into the paper to print; signatures are blank lines.
func (s *Service) layout(c Content) (document.Paper, error) { return s.signedLayout(c, nil, nil) }

// signedLayout is layout with the signatures that were made and their images by digest.
func (s *Service) signedLayout(c Content, sigs []Signature, images map[string][]byte) (document.Paper, error) {
	if len(c.Part) > 0 {
		return s.partedLayout(c, sigs, images)
	}
	texts, err := Texts()
	if err != nil {
		return document.Paper{}, err
	}
	text, err := texts.At(string(c.Kind), c.Dated)
	if err != nil {
		return document.Paper{}, err
	}
	p, err := text.Fill(sheet{Content: c.sentences(), Field: fieldsOf(c.Fields), FineHan: c.Fine.Han(), FineText: c.Fine.Grouped(), Cash: c.PayBy == PayCash, NothingSaid: c.Heard == "" || c.Heard == NothingSaid}, c.slots(text, sigs, images))
	if err != nil {
		return document.Paper{}, fmt.Errorf("casework: paper %s: %w", c.Number, err)
	}
	p.Title = orWord(c.Title, p.Title)
	if c.Kind == PaymentTerms { // 同意分期缴纳罚款通知书
		p.Title = strings.NewReplacer("分期（延期）", c.Fields["answer"]+c.Fields["terms"]).Replace(p.Title)
	}
	p.Organ, p.Number, p.Demo = c.Organ, c.Number, c.Demo
	p.Verify = document.Verify{URL: s.BaseURL + "/v/" + c.Code, Code: c.Code}
	return p, nil
}

// slots are the blocks that the text leaves to the program.
func (c Content) slots(text document.Text, sigs []Signature, images map[string][]byte) map[string][]document.Block {
	out := map[string][]document.Block{}
	for _, b := range text.Blocks {
		switch b.Slot {
		case "signatures":
			out[b.Slot] = []document.Block{document.Signatures{Signers: c.signers(sigs, images)}}
		case "issue":
			out[b.Slot] = []document.Block{document.Issue{Organ: c.Organ, Date: c.Dated, Seal: true}}
		}
	}
	return out
}

func (c Content) signers(sigs []Signature, images map[string][]byte) []document.Signer {
	made := map[SignatureRole]Signature{}
	for _, sg := range sigs {
		made[sg.Role] = sg
	}
	var out []document.Signer
	officers := c.Officers
	if len(officers) == 0 { // a notice from a lead: the two officers sign and number by hand
		officers = make([]ContentOfficer, 2)
	}
	for i, o := range officers {
		role := SignLead
		if i == 1 {
			role = SignAssist
		}
		out = append(out, made[role].signer("执法人员（签名）", o.Certificate, images))
	}
	form, ordinary := FormOf(c.Kind)
	switch {
	case c.Kind == ParkingNotice || c.Kind == CorrectionSlip || form.Signs == byOfficers:
		return out
	case form.Signs == byChain:
		return append(out, document.Signer{Role: "审核（签名）"}, document.Signer{Role: "行政机关负责人（签名）"})
	case ordinary && form.Signs != withParty: // sealed only; whoever else signs is named by the desk's own layout
		return nil
	}
	party := made[SignParty].signer("当事人（签名或盖章）", "", images)
	party.Dated = true
	if sg, ok := made[SignParty]; ok {
		party.Date = law.DateOf(fromMicros(sg.At))
	}
	return append(out, party)
}

func (sg Signature) signer(role, certificate string, images map[string][]byte) document.Signer {
	return sg.onto(document.Signer{Role: role, Certificate: certificate}, images)
}

// onto is a line to sign with the signature; a drawn one whose image is not at hand is named.
func (sg Signature) onto(out document.Signer, images map[string][]byte) document.Signer {
	switch sg.Method {
	case "drawn":
		if out.Image = images[sg.Digest]; out.Image == nil {
			out.Written = "（已手写签名）"
		}
	case "on_paper":
		out.Written = "（见纸质文书）"
	case "refused":
		out.Written, out.Note = "拒绝签名", sg.Note
	}
	return out
}
