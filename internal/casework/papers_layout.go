package casework

import (
	"fmt"
	"strconv"
	"strings"

	"fadu/internal/document"
	"fadu/internal/law"
)

// ApprovalStep is a step of an approval chain as printed; without opinion and date it is left to fill by hand.
type ApprovalStep struct {
	Post    string   `json:"post" must:"审批环节"`
	Opinion string   `json:"opinion" says:"whole"`
	Name    string   `json:"name"`
	Date    law.Date `json:"date"`
}

// Approval is what every approval form (审批表) has: its reason and the steps of its chain.
type Approval struct {
	Reason string         `json:"reason" must:"报批的事实和理由"`
	Steps  []ApprovalStep `json:"steps" must:"审批意见"`
}

func (a Approval) steps() []ApprovalStep { return a.Steps }

// Thing is a thing on a list.
type Thing struct {
	Name   string `json:"name" must:"财物名称"`
	Spec   string `json:"spec"`
	Amount string `json:"amount" must:"财物数量"` // with its unit: 3辆
	Trait  string `json:"trait"`              // outer appearance, wear, value where known
	Note   string `json:"note"`
}

// Things is a list of things.
type Things struct {
	Things []Thing `json:"things" must:"财物清单"`
}

func (t Things) things() []Thing { return t.Things }

// Proof is a numbered piece of evidence with what it proves.
type Proof struct {
	Name   string `json:"name" must:"证据名称"`
	Pages  string `json:"pages"`
	Source string `json:"source"`
	Proves string `json:"proves" must:"证明目的"`
}

// Proofs is a list of evidence.
type Proofs struct {
	Proofs []Proof `json:"proofs" must:"证据"`
}

func (p Proofs) proofs() []Proof { return p.Proofs }

// Speaker is somebody who attends, with what he says.
type Speaker struct {
	Name string `json:"name"`
	Post string `json:"post"` // 局长，主持; 列席
	Says string `json:"says" says:"whole"`
}

// QA is a question with its answer.
type QA struct {
	Ask    string `json:"ask" says:"whole"`
	Answer string `json:"answer" says:"whole"`
}

// Session is when and where a record was made.
type Session struct {
	From     string `json:"from" must:"开始时间"` // 2026年3月2日10时15分
	Until    string `json:"until" must:"结束时间"`
	At       string `json:"at" must:"地点"`
	Recorder string `json:"recorder" must:"记录人"`
}

// partedLayout is the layout of a paper with a typed part.
func (s *Service) partedLayout(c Content, sigs []Signature, images map[string][]byte) (document.Paper, error) {
	text, sheet, part, err := c.text()
	if err != nil {
		return document.Paper{}, err
	}
	slots := map[string][]document.Block{}
	for _, name := range text.Slots() {
		if slots[name], err = c.slot(name, part, sigs, images); err != nil {
			return document.Paper{}, err
		}
	}
	p, err := text.FillFree(sheet, slots, c.Free)
	if err != nil {
		return document.Paper{}, fmt.Errorf("casework: paper %s: %w", c.Number, err)
	}
	p.Title = orWord(c.Title, p.Title)
	p.Organ, p.Number, p.Demo = c.Organ, c.Number, c.Demo
	p.PageSign = pageSigns[c.Kind]
	p.Verify = document.Verify{URL: s.BaseURL + "/v/" + c.Code, Code: c.Code}
	if c.Code == "" {
		p.Verify = document.Verify{}
	}
	return p, nil
}

// pageSigns are the records that are signed page by page (住房和城乡建设行政处罚程序规定第十七条, and the record of a hearing).
var pageSigns = map[PaperKind]string{
	"interview_record": "被询问人（逐页签名）", "inspection_record": "被检查人（逐页签名）", "hearing_record": "当事人（逐页签名）",
	"defence_record": "陈述申辩人（逐页签名）", "execution_record": "被执行人（逐页签名）", "discussion_record": "记录人（逐页签名）",
}

// slot is the blocks that a text asks for by name.
func (c Content) slot(name string, part any, sigs []Signature, images map[string][]byte) ([]document.Block, error) {
	switch name {
	case "party":
		return []document.Block{c.party()}, nil
	case "issue":
		return []document.Block{document.Issue{Organ: c.Organ, Date: c.Dated, Seal: true}}, nil
	case "signatures":
		return []document.Block{document.Signatures{Signers: c.ordinarySigners(part, sigs, images)}}, nil
	case "steps":
		if p, ok := part.(interface{ steps() []ApprovalStep }); ok {
			return approvals(p.steps()), nil
		}
	case "things":
		if p, ok := part.(interface{ things() []Thing }); ok {
			return []document.Block{thingTable(p.things())}, nil
		}
	case "proofs":
		if p, ok := part.(interface{ proofs() []Proof }); ok {
			return []document.Block{proofTable(p.proofs())}, nil
		}
	}
	if p, ok := part.(interface{ proofs() []Proof }); ok && name == "evidence" {
		return []document.Block{document.Paragraph{Text: evidence(p.proofs())}}, nil
	}
	return nil, fmt.Errorf("casework: a %s has no %s", c.Kind, name)
}

// party is who the paper is about: persons with their number, units with their legal representative.
func (c Content) party() document.Block {
	rows := [][]document.Field{{{Label: "当事人", Value: c.PartyName}}}
	for _, f := range []document.Field{{Label: orWord(c.IDLabel, "证件号码"), Value: c.IDNumber}, {Label: "法定代表人（负责人）", Value: c.LegalRep}, {Label: "住所（住址）", Value: c.PartyAddress}} {
		if f.Value != "" {
			rows = append(rows, []document.Field{f})
		}
	}
	return document.Fields{Rows: rows}
}

func approvals(steps []ApprovalStep) []document.Block {
	var out []document.Block
	for _, st := range steps {
		out = append(out, document.Receipt{Label: st.Post, Text: orWord(st.Opinion, "\n"), Opinion: true, Signer: document.Signer{Role: "签名", Name: st.Name, Date: st.Date, Dated: true}})
	}
	return out
}

func thingTable(things []Thing) document.Block {
	t := document.Table{Columns: []document.Column{{Title: "序号", Weight: 2, Align: document.Center}, {Title: "名称", Weight: 5}, {Title: "规格型号", Weight: 4}, {Title: "数量", Weight: 3, Align: document.Center}, {Title: "特征、状况", Weight: 6}, {Title: "备注", Weight: 4}}}
	for i, th := range things {
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), th.Name, th.Spec, th.Amount, th.Trait, th.Note})
	}
	t.Rows = append(t.Rows, []string{"", "（以下空白）", "", "", "", ""})
	return t
}

func proofTable(proofs []Proof) document.Block {
	t := document.Table{Columns: []document.Column{{Title: "序号", Weight: 2, Align: document.Center}, {Title: "证据名称", Weight: 6}, {Title: "页数", Weight: 2, Align: document.Center}, {Title: "来源、取得方式", Weight: 5}, {Title: "证明目的", Weight: 7}}}
	for i, p := range proofs {
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), p.Name, p.Pages, p.Source, p.Proves})
	}
	return t
}

// evidence is the evidence of a decision in running text, numbered, each piece with what it proves.
func evidence(proofs []Proof) string {
	var b strings.Builder
	for i, p := range proofs {
		source, end := "", "；\n"
		if p.Source != "" {
			source = "（" + bare(p.Source) + "）"
		}
		if i == len(proofs)-1 {
			end = "。"
		}
		fmt.Fprintf(&b, "%d．%s%s，证明%s%s", i+1, bare(p.Name), source, strings.TrimPrefix(bare(p.Proves), "证明"), end)
	}
	return b.String()
}

// ordinarySigners are the lines to sign, those that the part names or those of the kind, with what was signed.
func (c Content) ordinarySigners(part any, sigs []Signature, images map[string][]byte) []document.Signer {
	lines := c.blankSigners(part)
	for i, role := range c.lineRoles(lines) {
		for _, sg := range sigs {
			if sg.Role == role {
				lines[i] = sg.onto(lines[i], images)
			}
		}
	}
	return lines
}

func (c Content) blankSigners(part any) []document.Signer {
	if own, ok := part.(interface {
		signers(Content) []document.Signer
	}); ok {
		return own.signers(c)
	}
	form, _ := FormOf(c.Kind)
	switch form.Signs {
	case withParty, byOfficers:
		return c.signers(nil, nil)
	case byHead:
		return []document.Signer{{Role: "行政机关负责人（签名）", Dated: true}}
	}
	return []document.Signer{{Role: "签名", Dated: true}}
}

// toSign is a blank line for each role, with the place of the date on the last.
func toSign(roles ...string) []document.Signer {
	out := make([]document.Signer, len(roles))
	for i, r := range roles {
		out[i] = document.Signer{Role: r, Dated: i == len(roles)-1}
	}
	return out
}
