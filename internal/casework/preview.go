package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/store"
)

// toBeNumbered stands in a preview where the paper will have its number.
const toBeNumbered = "编号待取"

// Proof sheets: before an act is done its papers can be seen as it would issue them, by the same checks, and
// their free texts worded anew. Both come with the request, so that no desk has to know of them.

// Previewed is a paper as an act would issue it now.
type Previewed struct {
	// Key names the paper among those of the act: its kind, with -2 for the second of its kind.
	Key     string
	Content Content
	// Free are its texts that may be worded anew as the case's records make them; Missing is what the law still wants.
	Free    []document.FreeText
	Missing []string
}

// drafting is what a request says of the papers of its act: free texts by key and name (penalty_decision.facts), and
// whether they are only to be seen.
type drafting struct {
	free map[string]string
	try  bool
	// drawn counts the papers by kind, used are the free texts that had their place.
	drawn map[PaperKind]int
	used  map[string]bool
	shown []Previewed
}

type draftingKey struct{}

// drafting puts what a request says of its papers into its context; a preview changes nothing.
func (d *drafting) within(ctx context.Context) context.Context {
	if d.try {
		ctx = store.Rehearse(ctx)
	}
	return context.WithValue(ctx, draftingKey{}, d)
}

// draftingOf is what the request says of its papers; one that says nothing is empty.
func draftingOf(ctx context.Context) *drafting {
	if d, ok := ctx.Value(draftingKey{}).(*drafting); ok {
		return d
	}
	return &drafting{}
}

// begin forgets an earlier run of the same closure.
func (d *drafting) begin() {
	d.drawn, d.used, d.shown = map[PaperKind]int{}, map[string]bool{}, nil
}

// words gives a draft the free texts of the request.
func (d *drafting) words(draft *Draft) (key string) {
	if d.drawn == nil {
		d.begin()
	}
	d.drawn[draft.Kind]++
	key = string(draft.Kind)
	if n := d.drawn[draft.Kind]; n > 1 {
		key = fmt.Sprintf("%s-%d", key, n)
	}
	for name, text := range d.free {
		paper, field, _ := strings.Cut(name, ".")
		if paper != key {
			continue
		}
		own := map[string]string{field: text}
		for k, v := range draft.Free {
			if _, said := own[k]; !said {
				own[k] = v
			}
		}
		draft.Free, d.used[name] = own, true
	}
	return key
}

// unplaced refuses free texts that belong to no paper of the act.
func (d *drafting) unplaced() error {
	for name := range d.free {
		if !d.used[name] {
			paper, field, _ := strings.Cut(name, ".")
			return fault.New(fault.Invalid, "这一步不出具可以改写“%s”的文书（%s）。能改写的部分见预览", field, paper)
		}
	}
	return nil
}

// freely checks that what was worded anew may be.
func (c Content) freely(free map[string]string) error {
	if len(free) == 0 {
		return nil
	}
	var may []document.FreeText
	if len(c.Part) > 0 {
		var err error
		if may, err = FreeTexts(c); err != nil {
			return err
		}
	}
	for name, text := range free {
		switch {
		case !slices.ContainsFunc(may, func(t document.FreeText) bool { return t.Name == name }):
			return fault.New(fault.Invalid, "《%s》里没有可以改写的“%s”：法律规定的内容不能改写", c.Kind.Label(), name)
		case len([]rune(text)) > freeMost:
			return fault.New(fault.Invalid, "《%s》改写的部分最多 %d 个字", c.Kind.Label(), freeMost)
		}
	}
	return nil
}

// freeMost is how many characters a free text takes.
const freeMost = 4000

// show keeps a paper of a preview.
func (d *drafting) show(key string, c Content, numbered bool, missing []string) error {
	if numbered {
		c.Number = toBeNumbered
	}
	free := []document.FreeText{}
	if len(c.Part) > 0 {
		var err error
		if free, err = FreeTexts(c); err != nil {
			return err
		}
	}
	d.shown = append(d.shown, Previewed{key, c, free, missing})
	return nil
}

// proof is the paper of a preview as it would be printed, marked.
func (s *Service) proof(p Previewed) (document.Paper, error) {
	c := p.Content
	c.Code = ""
	layout, err := s.layout(c)
	layout.Mark, layout.Verify = "预览", document.Verify{}
	return layout, err
}
