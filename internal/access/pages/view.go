// Package pages draws what access shows: sign-in, one's own account, accounts, units, the security log
// and the ledger. It knows no service; http.go of access fills these views.
package pages

import (
	"net/url"
	"strconv"

	"fadu/internal/web"
)

// SignInView is the sign-in page. Problem is a refusal that belongs to no field.
type SignInView struct {
	Page    web.SignInPage
	Form    *web.Form
	Next    string
	Problem string
	// Note says why a form led here; Outside is what the identity provider is called, "" for none.
	Note, Outside string
	Demo          []DemoLogin
}

// CodeView asks for the second factor.
type CodeView struct {
	Page          web.SignInPage
	Form          *web.Form
	Next, Problem string
}

func outsidePath(next string) string {
	if next == "" {
		return "/sign-in/oidc"
	}
	return "/sign-in/oidc?next=" + url.QueryEscape(next)
}

// FactorView is one's own second factor.
type FactorView struct {
	Form *web.Form
	// First says that it must be set up before anything else.
	First, On, Required bool
	// AskPassword is false for an account that has none.
	AskPassword bool
	Login       string
	// Key waits for its first code, written for typing; "" when none waits.
	Key   string
	Since string
	Left  int
}

// RecoveryView shows recovery codes, once.
type RecoveryView struct {
	Codes []string
	Home  string
	// First says that the second factor was set up just now.
	First bool
}

// KeptView is all that was typed into a form that came too late.
type KeptView struct {
	Action string
	Rows   []KeptRow
	Files  []string
}

// KeptRow is one value of it.
type KeptRow struct{ Name, Value string }

// ProposalView is a change of roles that waits for a second person.
type ProposalView struct {
	ID, Account, Name, Login, Href string
	From, To, Reason, Proposer, At string
	Version                        int64
	// WhyConfirm greys the button with its reason; MayDecline shows the other, Withdraw names it.
	WhyConfirm           string
	MayConfirm, MayClose bool
	Withdraw             bool
}

// DemoLogin is an account that a demo bureau offers.
type DemoLogin struct{ Name, Label, Login, Password string }

// PasswordView is the page on which one changes one's own password.
type PasswordView struct {
	Form *web.Form
	// First says that the initial password must be changed before anything else.
	First bool
	Login string
	// Rule says in words what a password must be.
	Rule string
}

// MeView is one's own account.
type MeView struct {
	Facts    []web.FactView
	Sessions []SessionRow
	// Rights are the permissions held, in words; Factor is the state of the second factor.
	Rights []string
	Factor string
}

// SessionRow is one open session.
type SessionRow struct {
	ID, Where, Device, Since, Seen string
	Current                        bool
}

// AccountsView is the list of accounts.
type AccountsView struct {
	Filter              *web.Form
	Units, Roles        []web.Option
	Rows                []AccountRow
	Summary, Prev, Next string
	Filtered, CanCreate bool
	// Proposals are the changes of roles that wait for a second person.
	Proposals []ProposalView
}

// AccountRow is one account in the list.
type AccountRow struct {
	Login, Name, Href, Unit, Roles, Seen string
	State                                web.TagView
}

// NewAccountView is the form for a new account.
type NewAccountView struct {
	Form  *web.Form
	Units []web.Option
	Rule  string
	// Person is the officer to whom the account will belong, "" for none.
	Person string
}

// AccountView is one account with what may be done about it.
type AccountView struct {
	ID, Name, Login string
	Version         int64
	Facts           []web.FactView
	Form            *web.Form
	Units           []web.Option
	Roles           []web.Option
	// Held are the codes of the roles held now.
	Held []string
	Rule string
	// Manage and Grant open the forms; Why* grey a button with its reason.
	Manage, Grant                  bool
	Disabled                       bool
	WhyGrant, WhyReset, WhyDisable string
	History                        []web.LedgerView
	// Secure opens unlocking and the reset of the second factor; Locked says until when something is locked.
	Secure, Factor       bool
	Locked               string
	WhyUnlock, WhyFactor string
	Proposal             *ProposalView
	// Outside is what the identity provider is called, "" for none; Password is false without one.
	Outside  string
	Password bool
}

// UnitsView is the tree of units.
type UnitsView struct {
	Rows      []UnitRow
	Ended     bool
	CanManage bool
	// Open and All count the units in being and all of them.
	Open, All int64
}

// UnitRow is one unit in the tree. Depth is 0 for a root.
type UnitRow struct {
	Name, Href, Code, From, Accounts string
	Depth                            int
	State                            web.TagView
}

// Indent moves a name to the right by its depth, with a sign that shows without colour or style.
func (r UnitRow) Indent() string {
	s := ""
	for range r.Depth {
		s += "　"
	}
	if r.Depth > 0 {
		s += "└ "
	}
	return s
}

// NewUnitView is the form for a new unit.
type NewUnitView struct {
	Form    *web.Form
	Parents []web.Option
	Today   string
}

// UnitView is one unit with what may be done about it.
type UnitView struct {
	ID, Name   string
	Version    int64
	Facts      []web.FactView
	Children   []UnitRow
	Form       *web.Form
	Successors []web.Option
	CanManage  bool
	// CanAdd is false for a unit that is ended or as deep as units go.
	CanAdd  bool
	Open    bool
	History []web.LedgerView
}

// EventsView is the security log.
type EventsView struct {
	Filter     *web.Form
	Kinds      []web.Option
	Rows       []EventRow
	Prev, Next string
	Filtered   bool
}

// EventRow is one security event.
type EventRow struct {
	Time, Who, IP, Action, Detail string
	Kind                          web.TagView
	Rules                         []string
}

// EntriesView is the ledger as the auditor reads it.
type EntriesView struct {
	Filter *web.Form
	Kinds  []web.Option
	// About is the one record that the list is narrowed to, in words.
	About      string
	Rows       []EntryRow
	Prev, Next string
	Filtered   bool
}

// EntryRow is one entry of the ledger.
type EntryRow struct {
	ID, Time, Who, Via, Kind string
	// Subject is the record that the entry is about, About the same in words.
	Subject, About string
	Rules          []string
	Data           []web.FactView
}

func version(n int64) string { return strconv.FormatInt(n, 10) }

// roleField shows what was sent, and at first what is held.
func (v AccountView) roleField() web.FieldView {
	f := v.Form.Field("roles", "担任的角色").Note(" ").Options(v.Roles...).Hint("另一名安全保密管理员确认后生效，对方立即退出，重新登录")
	if len(f.Values) == 0 {
		f.Values = v.Held
	}
	return f
}
