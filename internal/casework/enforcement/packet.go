package enforcement

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"fadu/internal/casework"
	"fadu/internal/law"
)

// receiptKind proves a paper's service, announcedKind that it was served by a public notice.
const (
	receiptKind   casework.PaperKind = "service_receipt"
	announcedKind casework.PaperKind = "service_announcement"
)

// Bound is a material of the packet: the papers of the file that are it, and what of it is missing.
type Bound struct {
	Material
	Papers []casework.Paper
	// Ticked: who applied said that it is there. Lacks are what the file does not have.
	Ticked bool
	Lacks  []string
}

// Full reports whether the file has all of the material that the program can know of.
func (b Bound) Full() bool { return len(b.Lacks) == 0 }

// bind sorts the papers of a case under the materials, and says of each what is missing. says is what the form of the
// application said, nil before there is one.
func bind(papers []casework.Paper, says map[string]any) []Bound {
	var out []Bound
	for _, m := range Packet() {
		b := Bound{Material: m}
		b.Ticked, _ = says[m.Name].(bool)
		for _, kind := range m.Papers {
			for _, p := range papers {
				if p.Kind == kind && counts(p) {
					b.Papers = append(b.Papers, p)
					if r := receiptOf(papers, p); r != nil {
						b.Papers = append(b.Papers, *r)
					}
				}
			}
		}
		b.Lacks = b.lacks(says)
		out = append(out, b)
	}
	return out
}

// counts reports whether a paper can go to the court: it was made and is not void.
func counts(p casework.Paper) bool {
	return p.State == casework.PaperIssued || p.State == casework.PaperDelivered
}

// receiptOf is what proves the service of a paper: the receipt, or the announcement that stands for it.
func receiptOf(papers []casework.Paper, of casework.Paper) *casework.Paper {
	for _, kind := range []casework.PaperKind{receiptKind, announcedKind} {
		for i := len(papers) - 1; i >= 0; i-- {
			if p := papers[i]; p.Kind == kind && p.About == of.ID && counts(p) {
				return &papers[i]
			}
		}
	}
	return nil
}

func (b Bound) lacks(says map[string]any) []string {
	var out []string
	if len(b.Needs) > 0 && !slices.ContainsFunc(b.Papers, func(p casework.Paper) bool { return slices.Contains(b.Needs, p.Kind) }) {
		var words []string
		for _, k := range b.Needs {
			words = append(words, k.Label())
		}
		out = append(out, "案卷里没有"+strings.Join(words, "、"))
	}
	for _, p := range b.Papers {
		if !slices.Contains(b.Needs, p.Kind) {
			continue
		}
		if p.SealedAt == 0 && p.DocNo != "" {
			out = append(out, p.Named()+"没有登记用印")
		}
		if !b.Served {
			continue
		}
		if p.ServedOn().IsZero() {
			out = append(out, p.Named()+"没有送达")
		}
		if !slices.ContainsFunc(b.Papers, func(r casework.Paper) bool {
			return (r.Kind == receiptKind || r.Kind == announcedKind) && r.About == p.ID
		}) {
			out = append(out, p.Named()+"没有送达回证")
		}
	}
	target, _ := says["state_of_target"].(string)
	switch {
	case says == nil:
	case b.Name == "target" && strings.TrimSpace(target) == "":
		out = append(out, "申请书没有写明执行标的情况")
	case !b.Ticked && len(b.Needs) == 0: // what the file has needs no word of mouth
		out = append(out, "申请时没有勾选")
	}
	return out
}

// partNames are the folders of the packet, by the items of 行政强制法第五十五条第一款.
func partName(part int) string {
	if part < 1 || part > len(casework.CourtMaterials) {
		return "其他"
	}
	return fmt.Sprintf("%d-%s", part, casework.CourtMaterials[part-1])
}

// Item is a file of the packet.
type Item struct {
	Path  string
	Paper casework.Paper
	Part  int
	// Pages and Digest (SHA-256, hexadecimal) are those of the file.
	Pages  int
	Digest string

	bytes []byte
}

// items are the files of the packet in the order in which courts bind them: by the items of the article, within one as the
// materials list them. A paper stands once.
func items(bound []Bound) []Item {
	ordered := slices.Clone(bound)
	slices.SortStableFunc(ordered, func(a, b Bound) int { return a.Part - b.Part })
	var out []Item
	seen, number := map[casework.PaperID]bool{}, map[int]int{}
	for _, b := range ordered {
		for _, p := range b.Papers {
			if seen[p.ID] {
				continue
			}
			seen[p.ID] = true
			number[b.Part]++
			out = append(out, Item{Paper: p, Part: b.Part, Path: fmt.Sprintf("%s/%d-%02d-%s.pdf", safe(partName(b.Part)), b.Part, number[b.Part], safe(p.Kind.Label()+p.DocNo))})
		}
	}
	return out
}

// safe is a text as a name of a file on any system: letters, digits and a few signs, nothing that leads elsewhere.
func safe(text string) string {
	out := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune("-〔〕（）、，", r):
			return r
		}
		return '_'
	}, text)
	if runes := []rune(out); len(runes) > 60 {
		out = string(runes[:60])
	}
	return out
}

// bounces are the reasons for which the court would send the packet back, each with its material.
func bounces(bound []Bound) []string {
	var out []string
	for _, b := range bound {
		if !b.Full() {
			out = append(out, fmt.Sprintf("%s：%s。法院退回的原因：%s（%s）", b.Label, strings.Join(b.Lacks, "；"), b.Bounced, law.Citations{b.Cite}.Han()))
		}
	}
	return out
}
