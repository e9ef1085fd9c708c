package dossier

import (
	"fmt"
	"strconv"
	"strings"

	"fadu/internal/casework"
	"fadu/internal/document"
	"fadu/internal/law"
)

// Line is a line of the contents: a paper of the file with its pages, counted through the file.
type Line struct {
	Title, Number string
	Dated         law.Date
	Pages, From   int
	Note          string
}

// File is what the sheets are printed from. Party and cause are as the reader may see them.
type File struct {
	Organ, CaseNo, Party, Cause, Result string
	Officers                            []string
	FiledOn, ClosedOn                   law.Date
	Lines                               []Line
}

// Pages is how many pages the file has.
func (f File) Pages() int {
	n := 0
	for _, l := range f.Lines {
		n += l.Pages
	}
	return n
}

// numbered counts the pages of the lines through the file. Cover, contents and closing note have no page numbers.
func numbered(lines []Line) []Line {
	at := 1
	for i := range lines {
		lines[i].From = at
		at += lines[i].Pages
	}
	return lines
}

// where is on which pages of the file a line stands.
func (l Line) where() string {
	switch l.Pages {
	case 0:
		return ""
	case 1:
		return strconv.Itoa(l.From)
	}
	return fmt.Sprintf("%d—%d", l.From, l.From+l.Pages-1)
}

// Name is what the file is called: party, cause, 案.
func (f File) Name() string {
	return f.Party + strings.TrimSuffix(f.Cause, "案") + "案"
}

func (f File) paper(title string, demo bool, blocks ...document.Block) document.Paper {
	return document.Paper{Layout: document.Form, Header: document.BlackHeader, Organ: f.Organ, Title: title, Demo: demo, Blocks: blocks}
}

// cover is the 案卷封面. How long the file is kept and its number in the archive are written when it is archived.
func (f File) cover(demo bool) document.Paper {
	field := func(label, value string) []document.Field { return []document.Field{{Label: label, Value: value}} }
	return f.paper("行政处罚案卷", demo, document.Fields{Rows: [][]document.Field{
		field("案件号", f.CaseNo), field("案件名称", f.Name()), field("当事人", f.Party), field("案由", f.Cause), field("处理结果", f.Result), field("承办人", strings.Join(f.Officers, "、")),
		{{Label: "立案日期", Value: day(f.FiledOn)}, {Label: "结案日期", Value: day(f.ClosedOn)}},
		{{Label: "件数", Value: strconv.Itoa(len(f.Lines))}, {Label: "页数", Value: strconv.Itoa(f.Pages())}},
		{{Label: "保管期限"}, {Label: "归档号"}},
	}})
}

// contents is the 卷内目录 in the order of 住房和城乡建设行政处罚程序规定第四十条.
func (f File) contents(demo bool) document.Paper {
	t := document.Table{Columns: []document.Column{{Title: "序号", Weight: 2, Align: document.Center}, {Title: "责任者", Weight: 5}, {Title: "题名", Weight: 6}, {Title: "文号", Weight: 6}, {Title: "日期", Weight: 5}, {Title: "页号", Weight: 3, Align: document.Center}, {Title: "备注", Weight: 3}}}
	for i, l := range f.Lines {
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), f.Organ, l.Title, l.Number, l.Dated.String(), l.where(), l.Note})
	}
	if len(f.Lines) == 0 {
		t.Rows = [][]string{{"", "", "卷内还没有文书", "", "", "", ""}}
	}
	return f.paper("卷内目录", demo, document.Fields{Rows: [][]document.Field{{{Label: "案件号", Value: f.CaseNo, Weight: 2}, {Label: "当事人", Value: f.Party, Weight: 3}}}}, t)
}

// closing is the 备考表; what is to be remarked is written by hand, what the catalogue knows of is printed.
func (f File) closing(demo bool) document.Paper {
	var remarks []string
	for i, l := range f.Lines {
		if l.Note != "" {
			remarks = append(remarks, fmt.Sprintf("第%d件%s%s：%s。", i+1, l.Title, l.Number, l.Note))
		}
	}
	if len(remarks) == 0 {
		remarks = []string{"目录与卷内文书相符。"}
	}
	return f.paper("卷内备考表", demo,
		document.Fields{Rows: [][]document.Field{{{Label: "案件号", Value: f.CaseNo, Weight: 2}, {Label: "当事人", Value: f.Party, Weight: 3}}, {{Label: "件数", Value: strconv.Itoa(len(f.Lines))}, {Label: "页数", Value: strconv.Itoa(f.Pages())}}}},
		document.Paragraph{Label: "本卷情况说明", Text: strings.Join(remarks, "\n")},
		document.Signatures{Signers: []document.Signer{{Role: "立卷人（签名）", Dated: true}, {Role: "检查人（签名）", Dated: true}}})
}

func day(d law.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Han()
}

// lineOf is a paper as a line of the contents; what of it needs a look stands in the remarks.
func lineOf(p casework.Paper, pages int) Line {
	l := Line{Title: p.Kind.Label(), Number: p.DocNo, Dated: p.Dated, Pages: pages}
	switch {
	case pages == 0:
		l.Note = "纸质原件附卷，页数装订时填写"
	case p.State == casework.PaperRevoked:
		l.Note = "已撤销"
	case p.HandFill != "":
		l.Note = "有字手填"
	case p.SealedAt == 0 && p.DocNo != "" && casework.Served(p.Kind):
		l.Note = "没有登记用印"
	}
	return l
}
