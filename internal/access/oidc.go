package access

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"fadu/internal/fault"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// OIDC is the bureau's identity provider (OpenID Connect, code flow with PKCE). The program asks it for
// nothing before somebody presses its button.
type OIDC struct {
	// Issuer is its address, Client and Secret what it knows this program by; Secret may be empty for a
	// public client.
	Issuer, Client, Secret string
	// Claim is the verified claim that names an account's holder there; "" means sub.
	Claim string
	// Label is what people call it; "" means 统一身份认证.
	Label string
	// Base is this program's own public address, to which the provider sends people back.
	Base string
}

const (
	oidcBack    = "/sign-in/oidc/back"
	oidcPatient = 5 * time.Second
	oidcLasts   = 10 * time.Minute
	maxSubject  = 200
)

// relying speaks with the provider. What it publishes of itself is fetched at the first use.
type relying struct {
	o      OIDC
	now    func() time.Time
	client *http.Client

	mu       sync.Mutex
	provider *oidc.Provider
}

func newRelying(o *OIDC, s *Service) (*relying, error) {
	if o == nil {
		return nil, nil
	}
	r := &relying{o: *o, now: s.db.Now, client: &http.Client{Timeout: oidcPatient}}
	u, err := url.Parse(o.Issuer)
	if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())) {
		return nil, fmt.Errorf("access: oidc issuer %q: an https address is needed (http only on this machine)", o.Issuer)
	}
	if o.Client == "" {
		return nil, errors.New("access: oidc: the client id is missing")
	}
	if r.o.Claim == "" {
		r.o.Claim = "sub"
	}
	if r.o.Label == "" {
		r.o.Label = "统一身份认证"
	}
	return r, nil
}

func loopback(host string) bool {
	return host == "localhost" || strings.HasPrefix(host, "127.") || host == "::1"
}

// trip is what the browser carries, sealed, to the provider and back.
type trip struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"`
	Next     string `json:"x"`
	At       int64  `json:"t"`
}

// discover fetches what the provider publishes of itself, once; a failure is tried again the next time.
func (r *relying) discover(ctx context.Context) (*oidc.Provider, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.provider != nil {
		return r.provider, nil
	}
	// The provider keeps this context for fetching its keys later: it must outlive the request.
	p, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), r.client), r.o.Issuer)
	if err != nil {
		return nil, fmt.Errorf("access: oidc discovery: %w", err)
	}
	r.provider = p
	return p, nil
}

func (r *relying) config(p *oidc.Provider) oauth2.Config {
	return oauth2.Config{
		ClientID: r.o.Client, ClientSecret: r.o.Secret, Endpoint: p.Endpoint(),
		RedirectURL: strings.TrimSuffix(r.o.Base, "/") + oidcBack, Scopes: []string{oidc.ScopeOpenID, "profile"},
	}
}

// begin returns where to send the browser, and what it must bring back.
func (r *relying) begin(ctx context.Context, next string, at int64) (to string, t trip, err error) {
	p, err := r.discover(ctx)
	if err != nil {
		return "", t, err
	}
	t = trip{State: newToken(), Nonce: newToken(), Verifier: oauth2.GenerateVerifier(), Next: next, At: at}
	c := r.config(p)
	return c.AuthCodeURL(t.State, oidc.Nonce(t.Nonce), oauth2.S256ChallengeOption(t.Verifier)), t, nil
}

// finish exchanges the code and returns whom the provider vouches for.
func (r *relying) finish(ctx context.Context, code string, t trip) (subject string, err error) {
	ctx = oidc.ClientContext(ctx, r.client)
	p, err := r.discover(ctx)
	if err != nil {
		return "", err
	}
	c := r.config(p)
	token, err := c.Exchange(ctx, code, oauth2.VerifierOption(t.Verifier))
	if err != nil {
		return "", fmt.Errorf("access: oidc exchange: %w", err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return "", errors.New("access: oidc: the provider sent no id_token")
	}
	id, err := p.VerifierContext(ctx, &oidc.Config{ClientID: r.o.Client, Now: r.now}).Verify(ctx, raw)
	if err != nil {
		return "", fmt.Errorf("access: oidc id_token: %w", err)
	}
	if id.Nonce != t.Nonce {
		return "", errors.New("access: oidc: the nonce is not ours")
	}
	var claims map[string]any
	if err := id.Claims(&claims); err != nil {
		return "", fmt.Errorf("access: oidc claims: %w", err)
	}
	subject, _ = claims[r.o.Claim].(string)
	if subject == "" || len(subject) > maxSubject {
		return "", fmt.Errorf("access: oidc: the id_token has no usable claim %q", r.o.Claim)
	}
	if r.o.Claim == "email" && claims["email_verified"] != true {
		return "", errors.New("access: oidc: the e-mail address is not verified there")
	}
	return subject, nil
}

// errDown is for the person at the sign-in page; the cause is in the program's log.
func (r *relying) errDown() error {
	return fault.New(fault.Busy, "现在连不上%s，请用账号和密码登录，或者稍后再试", r.o.Label)
}
