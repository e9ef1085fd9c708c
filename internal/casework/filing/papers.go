package filing

import (
	"strconv"

	"fadu/internal/casework"
	"fadu/internal/law/timing"
)

// The papers of this desk; their texts are in casework/data/texts/filing.yaml, which reads the fields by these
// names.
const (
	checkRecordKind      casework.PaperKind = "check_record"
	checkExtensionKind   casework.PaperKind = "check_extension"
	filingApprovalKind   casework.PaperKind = "filing_approval"
	noFilingApprovalKind casework.PaperKind = "no_filing_approval"
	noFilingNoticeKind   casework.PaperKind = "no_filing_notice"
)

func checkRecord(c *casework.Case, in CheckInput) []casework.Draft {
	conclusion := "有初步证据证明有违法行为"
	switch {
	case !in.PrimaFacie:
		conclusion = "没有查到证明有违法行为的证据"
	case in.Elsewhere != "":
		conclusion += "；" + in.Elsewhere + "已先立案"
	case !in.Ours:
		conclusion += "；不属于本机关管辖"
	default:
		conclusion += "，属于本机关管辖"
	}
	return []casework.Draft{{Kind: checkRecordKind, Fields: map[string]string{"source": casework.SourceLabel(c.Source), "found": in.Found, "conclusion": conclusion + "。"}}}
}

func checkExtension(in ExtendInput, clock *timing.Clock) []casework.Draft {
	due := ""
	if clock != nil {
		due = clock.Due.Han()
	}
	return []casework.Draft{{Kind: checkExtensionKind, Fields: map[string]string{"due": due, "days": strconv.Itoa(in.Days), "why": in.Why}}}
}

func filingApproval(c *casework.Case, k *Check, in AskInput) []casework.Draft {
	if k == nil {
		k = &Check{}
	}
	return []casework.Draft{{Kind: filingApprovalKind, Fields: map[string]string{"source": casework.SourceLabel(c.Source), "cause": k.Cause, "found": k.Found, "opinion": in.Opinion}}}
}

// noFiling is the decision not to file and, for an informant who left a name, the notice.
func noFiling(c *casework.Case, k *Check, why string) []casework.Draft {
	if k == nil {
		k = &Check{}
	}
	says := map[string]string{"source": casework.SourceLabel(c.Source), "found": k.Found, "why": why, "letter": k.Letter}
	out := []casework.Draft{{Kind: noFilingApprovalKind, Fields: says}}
	if k.Informant == Named {
		out = append(out, casework.Draft{Kind: noFilingNoticeKind, Fields: says})
	}
	return out
}
