package interchange

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"fadu/internal/exam/bank"
)

const (
	qtiSpace  = "http://www.imsglobal.org/xsd/imsqti_v2p1"
	qtiSchema = `xmlns="` + qtiSpace + `" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="` + qtiSpace + ` http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"`
	qtiHead   = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	// matchCorrect and mapResponse are the standard ways of marking.
	matchCorrect = `<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>`
	mapResponse  = `<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>`
)

// ToQTI writes questions as a package of QTI 2.1, and names those that it cannot carry, with why. The same questions give
// the same bytes.
func ToQTI(questions []bank.Question) (content []byte, left []string, err error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, text string) {
		if err != nil {
			return
		}
		w, e := z.Create(name)
		if err = e; err == nil {
			_, err = w.Write([]byte(text))
		}
	}
	var resources strings.Builder
	for _, q := range questions {
		item, why := qtiWritten(q)
		if why != "" {
			left = append(left, q.ID+"："+why)
			continue
		}
		name := "items/" + qtiName(q.ID) + ".xml"
		put(name, item)
		fmt.Fprintf(&resources, `<resource identifier="%s" type="imsqti_item_xmlv2p1" href="%s"><file href="%s"/></resource>`, qtiName(q.ID), name, name)
	}
	put("imsmanifest.xml", qtiHead+`<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="fadu-bank"><metadata><schema>IMS Content</schema><schemaversion>1.1</schemaversion></metadata><organizations/><resources>`+resources.String()+`</resources></manifest>`)
	if len(left) > 0 {
		put("没有写出的题目.txt", strings.Join(left, "\r\n")+"\r\n")
	}
	if e := z.Close(); err == nil {
		err = e
	}
	return b.Bytes(), left, err
}

// qtiName is a code as an identifier and a file name.
func qtiName(code string) string {
	return "q_" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '_'
	}, code)
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}

// prose is text as paragraphs.
func prose(s string) string {
	var b strings.Builder
	for _, l := range lines(s) {
		b.WriteString("<p>" + escaped(l) + "</p>")
	}
	return b.String()
}

// declaration is the right answer of a response.
func declaration(id, cardinality, base string, values []string, mapping string) string {
	out := `<responseDeclaration identifier="` + id + `" cardinality="` + cardinality + `" baseType="` + base + `"><correctResponse>`
	for _, v := range values {
		out += "<value>" + escaped(v) + "</value>"
	}
	return out + "</correctResponse>" + mapping + "</responseDeclaration>"
}

func qtiWritten(q bank.Question) (text, why string) {
	var declared, body string
	processing := matchCorrect
	switch q.Type {
	case bank.Single, bank.Multiple:
		most, cardinality := "1", "single"
		if q.Type == bank.Multiple {
			most, cardinality = "0", "multiple"
		}
		declared = declaration("RESPONSE", cardinality, "identifier", strings.Split(q.Answer, ""), "")
		body = prose(q.Stem) + `<choiceInteraction responseIdentifier="RESPONSE" shuffle="` + strconv.FormatBool(!q.Whole()) + `" maxChoices="` + most + `">` + choices(q.Options) + `</choiceInteraction>`
	case bank.Judgement:
		right := map[string]string{"对": "A", "错": "B"}[q.Answer]
		declared = declaration("RESPONSE", "single", "identifier", []string{right}, "")
		body = prose(q.Stem) + `<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">` + choices([]string{"对", "错"}) + `</choiceInteraction>`
	case bank.Order:
		declared = declaration("RESPONSE", "ordered", "identifier", strings.Split(q.Answer, ""), "")
		body = prose(q.Stem) + `<orderInteraction responseIdentifier="RESPONSE" shuffle="true">` + choices(q.Options) + `</orderInteraction>`
	case bank.Match:
		declared, body = qtiMatched(q)
		processing = mapResponse
	case bank.Fill:
		declared, body = qtiFilled(q)
		processing = mapResponse
	default:
		return "", "QTI 包里只写单选、多选、判断、填空、排序、配对，" + q.Type.Label() + "请导出 Excel"
	}
	feedback := ""
	if q.Explain != "" {
		declared += `<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"><defaultValue><value>explain</value></defaultValue></outcomeDeclaration>`
		feedback = `<modalFeedback outcomeIdentifier="FEEDBACK" identifier="explain" showHide="show">` + prose(q.Explain) + `</modalFeedback>`
	}
	declared += `<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>`
	return qtiHead + `<assessmentItem ` + qtiSchema + ` identifier="` + qtiName(q.ID) + `" title="` + escaped(q.ID) + `" label="` + escaped(q.Topic) + `" adaptive="false" timeDependent="false" xml:lang="zh-CN">` +
		declared + `<itemBody>` + body + `</itemBody>` + processing + feedback + `</assessmentItem>`, ""
}

func choices(options []string) (out string) {
	for i, o := range options {
		out += `<simpleChoice identifier="` + bank.Letter(i) + `">` + escaped(o) + `</simpleChoice>`
	}
	return out
}

func qtiMatched(q bank.Question) (declared, body string) {
	var pairs []string
	mapping := `<mapping defaultValue="0">`
	rights := q.Rights()
	left, right := "", ""
	for i, p := range q.Pairs {
		for j, r := range rights {
			if r == p.Right {
				key := fmt.Sprintf("L%d R%d", i+1, j+1)
				pairs = append(pairs, key)
				mapping += `<mapEntry mapKey="` + key + `" mappedValue="1"/>`
			}
		}
		left += fmt.Sprintf(`<simpleAssociableChoice identifier="L%d" matchMax="1">%s</simpleAssociableChoice>`, i+1, escaped(p.Left))
	}
	for j, r := range rights {
		right += fmt.Sprintf(`<simpleAssociableChoice identifier="R%d" matchMax="0">%s</simpleAssociableChoice>`, j+1, escaped(r))
	}
	return declaration("RESPONSE", "multiple", "directedPair", pairs, mapping+"</mapping>"),
		prose(q.Stem) + fmt.Sprintf(`<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="%d"><simpleMatchSet>`, len(q.Pairs)) + left + `</simpleMatchSet><simpleMatchSet>` + right + `</simpleMatchSet></matchInteraction>`
}

func qtiFilled(q bank.Question) (declared, body string) {
	for i, accept := range q.Blanks {
		mapping := `<mapping defaultValue="0">`
		for _, a := range accept {
			mapping += `<mapEntry mapKey="` + escaped(a) + `" mappedValue="1" caseSensitive="false"/>`
		}
		declared += declaration(fmt.Sprintf("RESPONSE%d", i+1), "single", "string", accept[:min(1, len(accept))], mapping+"</mapping>")
	}
	n := 0
	for _, l := range lines(q.Stem) {
		body += "<p>"
		for i, piece := range strings.Split(l, "____") {
			if i > 0 {
				n++
				body += fmt.Sprintf(`<textEntryInteraction responseIdentifier="RESPONSE%d"/>`, n)
			}
			body += escaped(piece)
		}
		body += "</p>"
	}
	return declared, body
}
