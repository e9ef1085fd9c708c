package approval

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"fadu/internal/access"

	"gopkg.in/yaml.v3"
)

//go:embed data/approvals.yaml
var approvalsData []byte

// The places from which a post is held.
const (
	placeHolder = "holder"
	placeSecond = "second"
	placeUnit   = "unit"
	placeAbove  = "above"
	placeBureau = "bureau"
)

// Post is who signs: a place, the roles that may, and the permission that the act of a last signature asks for.
type Post struct {
	Code  string            `yaml:"code"`
	Label string            `yaml:"label"`
	Place string            `yaml:"place"`
	Roles []access.Role     `yaml:"roles"`
	Allow access.Permission `yaml:"allow"`
}

// ChainStep is a place in a chain; Reserved: by law nobody signs it under a mandate.
type ChainStep struct {
	Post     string `yaml:"post"`
	Reserved bool   `yaml:"reserved"`
}

// Chain is an approval form. Before: the act is done by others once the form is signed; else the last signature is the act.
type Chain struct {
	Name   string      `yaml:"name"`
	Before bool        `yaml:"before"`
	Steps  []ChainStep `yaml:"steps"`
}

// Book holds the posts and chains.
type Book struct {
	Posts  []Post  `yaml:"posts"`
	Chains []Chain `yaml:"chains"`
}

// Parse reads the chains: known posts, roles and places, no name twice, no chain without steps, no post twice in one.
func Parse(b []byte) (*Book, error) {
	var out Book
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(&out); err != nil {
		return nil, fmt.Errorf("approval: %w", err)
	}
	known := map[string]bool{}
	for _, p := range out.Posts {
		places := slices.Contains([]string{placeHolder, placeSecond, placeUnit, placeAbove, placeBureau}, p.Place)
		personal := p.Place == placeHolder || p.Place == placeSecond
		if known[p.Code] || p.Code == "" || p.Label == "" || !places || p.Allow == "" || personal != (len(p.Roles) == 0) {
			return nil, fmt.Errorf("approval: 签批人“%s”写得不对", p.Code)
		}
		for _, r := range p.Roles {
			if _, ok := access.Catalogue().Find(r); !ok {
				return nil, fmt.Errorf("approval: 签批人“%s”：没有角色 %s", p.Code, r)
			}
		}
		known[p.Code] = true
	}
	names := map[string]bool{}
	for _, c := range out.Chains {
		seen := map[string]bool{}
		if names[c.Name] || c.Name == "" || len(c.Steps) == 0 {
			return nil, fmt.Errorf("approval: 审批表“%s”写了两次，或者没有人签", c.Name)
		}
		names[c.Name] = true
		for _, st := range c.Steps {
			if !known[st.Post] || seen[st.Post] {
				return nil, fmt.Errorf("approval: 审批表“%s”：签批人“%s”没有，或者签两次", c.Name, st.Post)
			}
			seen[st.Post] = true
		}
		if p, _ := out.Post(c.Steps[len(c.Steps)-1].Post); p.Place == placeAbove {
			return nil, fmt.Errorf("approval: 审批表“%s”的最后一栏可能被跳过", c.Name)
		}
	}
	return &out, nil
}

// Embedded are the chains of the program; a fault in them stops it at start.
var Embedded = sync.OnceValue(func() *Book {
	b, err := Parse(approvalsData)
	if err != nil {
		panic(err)
	}
	return b
})

// Post finds a post by its code.
func (b *Book) Post(code string) (Post, bool) {
	i := slices.IndexFunc(b.Posts, func(p Post) bool { return p.Code == code })
	if i < 0 {
		return Post{}, false
	}
	return b.Posts[i], true
}

// Chain finds a chain by its name.
func (b *Book) Chain(name string) (Chain, bool) {
	i := slices.IndexFunc(b.Chains, func(c Chain) bool { return c.Name == name })
	if i < 0 {
		return Chain{}, false
	}
	return b.Chains[i], true
}

// Last is the post whose signature completes the chain.
func (b *Book) Last(c Chain) Post {
	p, _ := b.Post(c.Steps[len(c.Steps)-1].Post)
	return p
}
