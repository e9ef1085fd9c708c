package casework

import (
	"embed"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/law"
)

// paperDef is how a kind of paper of the ordinary procedure is made: the type of what only it says, and the
// provisions on which it rests as a whole.
type paperDef struct {
	part  reflect.Type
	basis law.Citations
}

// partSheet is a content with the typed part of its kind, as the texts see it; P points to the part.
type partSheet struct {
	Content
	P any
}

// FineHan is the fine in capital numerals: 人民币 stands before it in the text.
func (s partSheet) FineHan() string { return s.Fine.Han() }

// FineText is the fine in figures, grouped.
func (s partSheet) FineText() string { return s.Fine.Grouped() }

// paper defines a kind by its typed part; basis are citations like XZCF-59-1.
func paper[T any](basis ...string) paperDef {
	d := paperDef{part: reflect.TypeFor[T]()}
	for _, b := range basis {
		d.basis = append(d.basis, citeOf(b))
	}
	return d
}

// citeOf reads XZCF-59-1-2 as article, paragraph and item.
func citeOf(s string) law.Citation {
	parts := strings.Split(s, "-")
	var n []int
	for _, p := range parts[1:] {
		i, _ := strconv.Atoi(p)
		n = append(n, i)
	}
	if len(n) == 0 {
		return law.Citation{Statute: parts[0]}
	}
	return law.Cite(parts[0], n[0], n[1:]...)
}

// paperDefs are the kinds of the ordinary procedure, by stage.
var paperDefs = gathered(filingPapers, inquiryPapers, measurePapers, sidePapers, noticePapers, hearingPapers, decisionPapers, servingPapers, performancePapers, enforcementPapers)

func gathered(stages ...map[PaperKind]paperDef) map[PaperKind]paperDef {
	out := map[PaperKind]paperDef{}
	for _, stage := range stages {
		for kind, def := range stage {
			out[kind] = def
		}
	}
	return out
}

// PutPart puts what only this kind of paper says into the content: the struct of the kind (SeizureDecision for
// seizure_decision). Another type is a mistake of the caller.
func (c *Content) PutPart(part any) error {
	def, ok := paperDefs[c.Kind]
	if !ok || reflect.TypeOf(part) != def.part {
		return fmt.Errorf("casework: %T is not the content of a %s", part, c.Kind)
	}
	b, err := json.Marshal(part)
	if err != nil {
		return fmt.Errorf("casework: content of %s: %w", c.Kind, err)
	}
	c.Part = b
	return nil
}

// complete puts a draft's typed part and free texts into the content and lists what the law still wants in it.
func (c *Content) complete(d Draft) (missing []string, err error) {
	if d.Part == nil {
		return nil, c.freely(d.Free)
	}
	if err := c.PutPart(d.Part); err != nil {
		return nil, err
	}
	if err := c.freely(d.Free); err != nil {
		return nil, err
	}
	c.Free = d.Free
	return MissingParts(*c)
}

// wanting is the fault of a paper in which something is missing; nil when nothing is.
func (c *Content) wanting(missing []string) error {
	if len(missing) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "%s还缺：%s。请补齐后出具", c.Kind.Label(), strings.Join(missing, "、"))
}

// part is the typed part as a pointer to the struct of the kind.
func (c Content) part() (paperDef, any, error) {
	def, ok := paperDefs[c.Kind]
	if !ok {
		return paperDef{}, nil, fault.New(fault.NotFound, "没有“%s”这种文书", c.Kind)
	}
	p := reflect.New(def.part)
	if len(c.Part) > 0 {
		if err := json.Unmarshal(c.Part, p.Interface()); err != nil {
			return paperDef{}, nil, fmt.Errorf("casework: content of %s: %w", c.Kind, err)
		}
	}
	return def, p.Interface(), nil
}

//go:embed data/papers/*.yaml
var partFiles embed.FS

// partYAML returns the shared parts and the files of texts, one a stage, in the order of their names.
func partYAML() (parts []byte, files [][]byte, err error) {
	entries, err := partFiles.ReadDir("data/papers")
	for _, e := range entries {
		b, readErr := partFiles.ReadFile("data/papers/" + e.Name())
		if readErr != nil {
			return nil, nil, readErr
		}
		if e.Name() == "parts.yaml" {
			parts = b
			continue
		}
		files = append(files, b)
	}
	return parts, files, err
}

// PartTexts are the embedded, dated texts of papers with a typed part; a fault in them is found at start.
var PartTexts = sync.OnceValues(func() (document.Texts, error) {
	parts, files, err := partYAML()
	if err != nil {
		return document.Texts{}, err
	}
	return document.ParseTextFiles(parts, files, func(kind string) any {
		def, ok := paperDefs[PaperKind(kind)]
		if !ok {
			return nil
		}
		return partSheet{Content{Officers: []ContentOfficer{{}}}, reflect.New(def.part).Interface()}
	})
})

// FreeTexts are the texts of an ordinary paper that whoever drafts it may word anew.
func FreeTexts(c Content) ([]document.FreeText, error) {
	text, sheet, _, err := c.text()
	if err != nil {
		return nil, err
	}
	return text.Free(sheet)
}

func (c Content) text() (document.Text, any, any, error) {
	texts, err := PartTexts()
	if err != nil {
		return document.Text{}, nil, nil, err
	}
	text, err := texts.At(string(c.Kind), c.Dated)
	if err != nil {
		return document.Text{}, nil, nil, err
	}
	_, part, err := c.part()
	if err != nil {
		return document.Text{}, nil, nil, err
	}
	tidy(reflect.ValueOf(part).Elem())
	return text, partSheet{c.sentences(), part}, part, nil
}

// tidy takes the sign from the end of what people typed, since the texts go on behind it; what has the tag
// says:"whole" becomes a whole sentence instead.
func tidy(v reflect.Value) {
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		switch {
		case value.Kind() == reflect.String && field.Tag.Get("says") == "whole":
			value.SetString(sentence(value.String()))
		case value.Kind() == reflect.String:
			value.SetString(bare(value.String()))
		case value.Kind() == reflect.Slice && value.Type().Elem().Kind() == reflect.Struct:
			for n := range value.Len() {
				tidy(value.Index(n))
			}
		case field.Anonymous:
			tidy(value)
		}
	}
}

// MissingParts lists what the law wants in the paper and its content does not have, each with its provision: 违法
// 事实（行政处罚法第五十九条第一款第二项）. It is the fact missing_fields, missing_notice_parts and so on of the guards.
func MissingParts(c Content) ([]string, error) {
	def, part, err := c.part()
	if err != nil {
		return nil, err
	}
	out := []string{}
	lack := func(name string, cite law.Citations) {
		if len(cite) > 0 {
			name += "（" + cite.Han() + "）"
		}
		out = append(out, name)
	}
	form, _ := FormOf(c.Kind)
	for _, h := range []struct {
		name       string
		want, have bool
	}{
		{"行政机关名称", true, c.Organ != ""},
		{"案由", form.Use == PaperInternal, c.Cause != ""},
		{"当事人的姓名或者名称", (form.Use == PaperServed || c.Kind == PenaltyNotice) && !addressedToAll[c.Kind], c.PartyName != ""},
		{"文书日期", form.Use == PaperServed || form.Use == PaperSent || c.Kind == PenaltyNotice, !c.Dated.IsZero()},
	} {
		if h.want && !h.have {
			lack(h.name, def.basis)
		}
	}
	wants(reflect.ValueOf(part).Elem(), "", func(name string, cite law.Citations) {
		if len(cite) == 0 {
			cite = def.basis
		}
		lack(name, cite)
	})
	if own, ok := part.(interface{ lacks(Content) []string }); ok {
		out = append(out, own.lacks(c)...)
	}
	return out, nil
}

// addressedToAll are served papers that are not addressed to the party.
var addressedToAll = map[PaperKind]bool{"recusal_decision": true, "hearing_announcement": true, "service_announcement": true, "no_filing_notice": true, "evidence_request": true}

// wants walks through a part and reports each field with the tag must that is empty: must:"名称" or
// must:"名称 XZCF-59-1-2"; with when:"Other" only if the field Other is set, when:"!Other" only if it is not.
func wants(v reflect.Value, before string, lack func(string, law.Citations)) {
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		if when := field.Tag.Get("when"); when != "" && v.FieldByName(strings.TrimPrefix(when, "!")).IsZero() != strings.HasPrefix(when, "!") {
			continue
		}
		if must := field.Tag.Get("must"); must != "" && empty(value) {
			name, cite, _ := strings.Cut(must, " ")
			var cites law.Citations
			if cite != "" {
				cites = law.Citations{citeOf(cite)}
			}
			lack(before+name, cites)
		}
		switch {
		case field.Anonymous:
			wants(value, before, lack)
		case value.Kind() == reflect.Slice && value.Type().Elem().Kind() == reflect.Struct:
			for n := range value.Len() {
				wants(value.Index(n), before+"第"+law.HanNumeral(n+1)+"项的", lack)
			}
		}
	}
}

func empty(v reflect.Value) bool {
	if v.Kind() == reflect.String {
		return strings.TrimSpace(v.String()) == ""
	}
	return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0
}
