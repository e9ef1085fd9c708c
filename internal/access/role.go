package access

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"
)

//go:embed data/roles.yaml
var rolesYAML []byte

// Role is a code of data/roles.yaml: what somebody is in the bureau.
type Role string

// The roles. What each may do is data.
const (
	Officer             Role = "officer"
	Auxiliary           Role = "auxiliary"
	SquadLeader         Role = "squad_leader"
	Clerk               Role = "clerk"
	LegalReviewer       Role = "legal_reviewer"
	Lawyer              Role = "lawyer"
	BureauHead          Role = "bureau_head"
	DeputyHead          Role = "deputy_head"
	Trainer             Role = "trainer"
	Dispatcher          Role = "dispatcher"
	PopularisationClerk Role = "popularisation_clerk"
	Supervisor          Role = "supervisor"
	DisclosureClerk     Role = "disclosure_clerk"
	Cashier             Role = "cashier"
	LegalAffairs        Role = "legal_affairs"
	SystemAdmin         Role = "system_admin"
	SecurityAdmin       Role = "security_admin"
	AuditAdmin          Role = "audit_admin"
)

// Reach says whose records a role works on.
type Reach string

// A role reaches the account's own unit and what lies below it, or the whole bureau.
const (
	ReachUnit   Reach = "unit"
	ReachBureau Reach = "bureau"
)

// RoleInfo is a role as the data describes it.
type RoleInfo struct {
	Code  Role   `yaml:"code"`
	Label string `yaml:"label"`
	Note  string `yaml:"note"`
	Reach Reach  `yaml:"reach"`
	// Combine is false for a role that its holder must hold alone; Reason then says why.
	Combine     bool         `yaml:"combine"`
	Reason      string       `yaml:"reason"`
	Permissions []Permission `yaml:"permissions"`
}

// Incompatible is a pair of roles that nobody may hold together.
type Incompatible struct {
	Roles  []Role `yaml:"roles"`
	Reason string `yaml:"reason"`
}

// RoleCatalogue is the checked content of data/roles.yaml.
type RoleCatalogue struct {
	Roles        []RoleInfo     `yaml:"roles"`
	Incompatible []Incompatible `yaml:"incompatible"`
	Personal     []PersonalRule `yaml:"personal"`
}

var catalogue = sync.OnceValues(func() (*RoleCatalogue, error) { return ParseRoles(rolesYAML) })

// Catalogue returns the embedded roles. New has checked them; before it, a fault in the data panics.
func Catalogue() *RoleCatalogue {
	c, err := catalogue()
	if err != nil {
		panic(err)
	}
	return c
}

// RoleLabel returns the role's Chinese name, or its code when it is not known.
func RoleLabel(r Role) string {
	if i, ok := Catalogue().Find(r); ok {
		return i.Label
	}
	return string(r)
}

// ParseRoles reads and checks role data: known permissions, labels, no role or permission twice, every
// pair of known roles with a reason.
func ParseRoles(b []byte) (*RoleCatalogue, error) {
	var c RoleCatalogue
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(&c); err != nil {
		return nil, fmt.Errorf("access: roles: %w", err)
	}
	var faults []error
	bad := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("access: roles: "+format, args...))
	}
	seen := map[Role]bool{}
	for _, r := range c.Roles {
		if r.Code == "" || strings.TrimSpace(r.Label) == "" || strings.TrimSpace(r.Note) == "" {
			bad("role %q lacks its code, label or note", r.Code)
		}
		if seen[r.Code] {
			bad("role %q twice", r.Code)
		}
		seen[r.Code] = true
		if r.Reach != ReachUnit && r.Reach != ReachBureau {
			bad("role %q: reach %q", r.Code, r.Reach)
		}
		if !r.Combine && r.Reason == "" {
			bad("role %q may not be combined, but no reason is given", r.Code)
		}
		if len(r.Permissions) == 0 {
			bad("role %q grants nothing", r.Code)
		}
		for i, p := range r.Permissions {
			if !knownPermission(p) {
				bad("role %q grants unknown permission %q", r.Code, p)
			}
			if slices.Contains(r.Permissions[:i], p) {
				bad("role %q grants %q twice", r.Code, p)
			}
		}
	}
	for _, p := range c.Incompatible {
		if len(p.Roles) != 2 || p.Roles[0] == p.Roles[1] || !seen[p.Roles[0]] || !seen[p.Roles[1]] || p.Reason == "" {
			bad("incompatible pair %v", p.Roles)
		}
	}
	faults = append(faults, checkPersonal(c.Personal)...)
	return &c, errors.Join(faults...)
}

// Find returns the role's description.
func (c *RoleCatalogue) Find(r Role) (RoleInfo, bool) {
	for _, i := range c.Roles {
		if i.Code == r {
			return i, true
		}
	}
	return RoleInfo{}, false
}

// Clashes says, in Chinese, why these roles may not be held together; nothing when they may.
func (c *RoleCatalogue) Clashes(roles []Role) []string {
	var out []string
	for _, r := range roles {
		i, ok := c.Find(r)
		switch {
		case !ok:
			out = append(out, fmt.Sprintf("没有“%s”这个角色", r))
		case !i.Combine && len(roles) > 1:
			out = append(out, fmt.Sprintf("“%s”不能与其他角色兼任：%s", i.Label, i.Reason))
		}
	}
	for _, p := range c.Incompatible {
		if slices.Contains(roles, p.Roles[0]) && slices.Contains(roles, p.Roles[1]) {
			out = append(out, fmt.Sprintf("“%s”与“%s”不能由同一人担任：%s", c.label(p.Roles[0]), c.label(p.Roles[1]), p.Reason))
		}
	}
	return out
}

func (c *RoleCatalogue) label(r Role) string {
	i, _ := c.Find(r)
	return i.Label
}

// administrator reports whether the role is one of the three separated administrators.
func administrator(r Role) bool { return r == SystemAdmin || r == SecurityAdmin || r == AuditAdmin }
