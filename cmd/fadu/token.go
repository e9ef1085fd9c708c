package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/store"
)

// tokenCmd looks after API tokens at the console. Tokens are made by their owners, signed in.
type tokenCmd struct {
	List   tokenListCmd   `cmd:"" help:"列出全部接口令牌。"`
	Revoke tokenRevokeCmd `cmd:"" help:"撤销一个接口令牌，立即失效。"`
}

type tokenListCmd struct {
	where
	Live bool `help:"只列在用的。"`
}

// Run prints the tokens, newest first; what a program holds is kept nowhere and cannot be printed.
func (c *tokenListCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "编号\t名称\t谁的\t数据范围\t能做什么\t有效期至\t最近使用\t状态")
	after := ""
	for {
		var ts []access.Token
		err := a.DB.View(ctx, func(tx *store.Tx) (err error) {
			ts, _, after, err = a.Access.Tokens(tx, access.System("console"), after)
			return err
		})
		if err != nil {
			return err
		}
		for _, t := range ts {
			if state := t.State(a.DB.Now()); !c.Live || state == access.TokenLive {
				fmt.Fprintln(out, tokenLine(t, state))
			}
		}
		if after == "" {
			return out.Flush()
		}
	}
}

func tokenLine(t access.Token, state access.TokenState) string {
	used := "没有用过"
	if !t.Used.IsZero() {
		used = t.Used.Format("2006-01-02 15:04") + " " + t.UsedFrom
	}
	what := make([]string, len(t.Permissions))
	for i, p := range t.Permissions {
		what[i] = string(p)
	}
	says := map[access.TokenState]string{access.TokenLive: "在用", access.TokenExpired: "已过期", access.TokenRevoked: "已撤销：" + t.Why}[state]
	return strings.Join([]string{t.ID.String(), t.Name, t.Login, t.UnitName, strings.Join(what, ","), t.Expires.AddDate(0, 0, -1).Format("2006-01-02"), used, says}, "\t")
}

type tokenRevokeCmd struct {
	where
	ID  string `arg:"" help:"令牌编号，见 fadu token list。"`
	Why string `required:"" help:"撤销的理由，会记入办案留痕。"`
}

// Run ends a token at once.
func (c *tokenRevokeCmd) Run(ctx context.Context) error {
	id, err := store.ParseID(c.ID)
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.Access.RevokeToken(ctx, access.System("console"), access.TokenID(id), c.Why); err != nil {
		return err
	}
	fmt.Println("已撤销，立即失效。")
	return nil
}
