package casework

import "strings"

// closing are the signs with which a sentence may end.
const closing = "。！？；.!?;"

// sentence is a text as a whole sentence: the papers set what people typed before texts of their own, so
// that it must end with a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, "。") || strings.HasSuffix(s, "！") || strings.HasSuffix(s, "？") || strings.HasSuffix(s, "”") {
		return s
	}
	return strings.TrimRight(s, closing+"，,、：: ") + "。"
}

// bare is a text without the sign at its end: the papers go on behind it.
func bare(s string) string { return strings.TrimRight(strings.TrimSpace(s), closing+"，,、") }

// sentences is the content with whole sentences where the texts expect them.
func (c Content) sentences() Content {
	c.FactText, c.Heard, c.Review = sentence(c.FactText), sentence(c.Heard), sentence(c.Review)
	c.Educated, c.Ending = sentence(c.Educated), sentence(c.Ending)
	if c.Kind == InquiryNotice { // there the facts stand in brackets
		c.FactText = bare(c.FactText)
	}
	return c
}
