package casework

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/law"
)

// Barred says why a decision may not rest on the piece of evidence, with the article; empty when it may: only what was
// verified counts, and the record of a device only after its review (行政处罚法第四十一条第二款、第四十六条第二款).
func (e Exhibit) Barred() string {
	switch {
	case e.Outcome == "":
		return fmt.Sprintf("第 %d 号证据还没有审查认定，未经查证属实，不能作为认定案件事实的根据（%s）。请补充调查、审查认定，或者去掉这一行", e.Number, xzcf(46, 2).Han())
	case !e.Admitted:
		return fmt.Sprintf("第 %d 号证据没有采信，不能作为认定案件事实的根据（%s）。请去掉这一行", e.Number, xzcf(46, 2).Han())
	case e.Unreviewed:
		return fmt.Sprintf("第 %d 号证据是监控设备的记录，未经审核，不能作为行政处罚的证据（%s）。请补充审核记录，或者去掉这一行", e.Number, xzcf(41, 2).Han())
	}
	return ""
}

// faultless are the ways in which a purpose says that the party was not at fault.
var faultless = []string{"没有主观过错", "无主观过错", "不存在主观过错"}

// ProvesNoFault reports whether the case may rest on the piece and it was taken into the list to prove that the party was
// not at fault (行政处罚法第三十三条第二款).
func (e Exhibit) ProvesNoFault() bool {
	return e.Barred() == "" && slices.ContainsFunc(faultless, func(words string) bool { return strings.Contains(e.Proves, words) })
}

// DeniesFault reports whether somebody says in his defence that he was not at fault.
func DeniesFault(said ...string) bool {
	return slices.ContainsFunc(said, func(s string) bool {
		return strings.Contains(s, "主观过错") || strings.Contains(s, "没有过错") || strings.Contains(s, "无过错")
	})
}

// FaultAsked reports whether the decision has to answer if the party proved that it was not at fault: evidence of the file is to prove it, or the
// party says so. With neither nobody proved it, the party having to (行政处罚法第三十三条第二款).
func FaultAsked(all []Exhibit, heard Heard) bool {
	said := slices.Clone(heard.Unanswered)
	for _, a := range heard.Answers {
		said = append(said, a.Point)
	}
	return slices.ContainsFunc(all, Exhibit.ProvesNoFault) || DeniesFault(said...)
}

// LacksNoFault says what is wanted to spare a party that was not at fault.
func LacksNoFault() string {
	return "没有主观过错要由当事人的证据足以证明（" + law.Cite("XZCF", 33, 2).Han() + "）。请选择证据清单上已经采信、证明目的写明没有主观过错的证据；没有的补充调查"
}

// NotListed says that the file has no evidence of the number.
func NotListed(number int64) string {
	return fmt.Sprintf("证据清单上没有第 %d 号证据，或者它已经去掉，不能作为认定案件事实的根据（%s）。请从清单中选择", number, xzcf(46, 2).Han())
}
