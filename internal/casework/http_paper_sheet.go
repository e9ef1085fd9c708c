package casework

import (
	"strings"

	"fadu/internal/casework/pages"
	"fadu/internal/document"
	"fadu/internal/web"
)

// sheet is the paper as a page shows it: the same blocks that the PDF is set from.
func (v *paperPage) sheet() (pages.SheetView, error) {
	p, err := v.s.signedLayout(v.Content, v.Signatures, nil)
	if err != nil {
		return pages.SheetView{}, err
	}
	out := pages.SheetView{Form: p.Layout == document.Form, Organ: p.Organ, Title: p.Title, Number: p.Number, Copies: p.Copies, Code: document.GroupCode(p.Verify.Code), Address: pages.NavVerify}
	switch v.Paper.State {
	case PaperVoid:
		out.Mark = "作废：" + v.Paper.EndedWhy
	case PaperRevoked:
		out.Mark = "已撤销：" + v.Paper.EndedWhy
	}
	for _, b := range p.Blocks {
		out.Blocks = append(out.Blocks, v.sheetBlock(b))
	}
	if p.Verify.Code == "" {
		return out, nil
	}
	qr, err := web.QR(p.Verify.URL)
	out.QR = pages.QRView(qr)
	return out, err
}

func (v *paperPage) sheetBlock(b document.Block) pages.SheetBlock {
	switch b := b.(type) {
	case document.Fields:
		out := pages.SheetBlock{Label: b.Label}
		for _, row := range b.Rows {
			var fields []pages.SheetField
			for _, f := range row {
				fields = append(fields, pages.SheetField{Label: f.Label, Value: f.Value})
			}
			out.Rows = append(out.Rows, fields)
		}
		return out
	case document.Paragraph:
		return pages.SheetBlock{Label: b.Label, Lines: strings.Split(b.Text, "\n"), Strong: b.Style == document.Strong}
	case document.Table:
		out := pages.SheetBlock{Cells: b.Rows}
		for _, c := range b.Columns {
			out.Columns = append(out.Columns, c.Title)
		}
		return out
	case document.Receipt:
		signed := b.Signer.Role + "：" + orWord(b.Signer.Name, "　　　　")
		if !b.Signer.Date.IsZero() {
			signed += "　" + b.Signer.Date.Han()
		}
		return pages.SheetBlock{Label: b.Label, Lines: []string{strings.TrimSpace(b.Text), signed}}
	case document.Signatures:
		return pages.SheetBlock{Signers: sheetSigners(b.Signers)}
	case document.Issue:
		out := &pages.SheetIssue{Organ: b.Organ, Date: b.Date.Han()}
		switch {
		case !b.Seal || v.Paper.Kind == EducationRecord:
		case v.Paper.SealedAt == 0:
			out.Seal = "待用印"
		default:
			out.Seal = "已用印"
		}
		return pages.SheetBlock{Issue: out}
	}
	return pages.SheetBlock{}
}

// sheetSigners are the lines to sign; a drawn signature is named and not shown: it is in the copy for
// the file.
func sheetSigners(signers []document.Signer) []pages.SheetSigner {
	var out []pages.SheetSigner
	for _, g := range signers {
		line := pages.SheetSigner{Role: g.Role, Made: g.Written, Note: g.Note}
		if g.Certificate != "" {
			line.Tail = "执法证号：" + g.Certificate
		}
		if g.Dated && !g.Date.IsZero() {
			line.Tail = g.Date.Han()
		}
		out = append(out, line)
	}
	return out
}
