package pages

import "fadu/internal/web"

// TokensView is a list of tokens: one's own with the form for another, or everybody's for the administrator.
type TokensView struct {
	// Own says whose list it is.
	Own  bool
	Form *web.Form
	// Fresh is the token that was just made, shown this once.
	Fresh         string
	Rows          []TokenRow
	Rights, Units []web.Option
	// Unit and Until are proposed; Last is the last day that a token may have.
	Unit, Until, Last string
	Prev, Next        string
}

// TokenRow is one token.
type TokenRow struct {
	ID, Name, Owner, Unit, Rights, Until, Used string
	State                                      web.TagView
	// Why is the reason of a revocation; Live offers one.
	Why  string
	Live bool
}

func (v TokensView) path() string {
	if v.Own {
		return myTokensPath
	}
	return tokensPath
}
