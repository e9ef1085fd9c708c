package approval

import (
	"context"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// MandateInput describes a mandate: who signs in whose place, by logins, under which document.
type MandateInput struct {
	Document string
	Paired   bool
	Giver    string
	Taker    string
	Posts    []string
	From     law.Date
	Until    law.Date
}

// longestMandate bounds a mandate, in days: what is for good is another appointment.
const longestMandate = 366

// Grant records a mandate. The giver must hold the posts; what the law reserves is not covered by any. Needs
// setting.manage.
func (s *Service) Grant(ctx context.Context, by access.Session, in MandateInput) (MandateID, error) {
	if _, err := by.Require(access.SettingManage); err != nil {
		return 0, err
	}
	in.Document = strings.TrimSpace(in.Document)
	var fs fault.Fields
	words(&fs, "document", "授权文件的名称、文号", in.Document)
	switch {
	case in.From.IsZero() || in.Until.IsZero():
		fs.Add("until_on", "授权要有起止日期")
	case in.Until.Before(in.From):
		fs.Add("until_on", "止日不能早于起日")
	case in.From.DaysUntil(in.Until) > longestMandate:
		fs.Add("until_on", "一次授权最长一年")
	}
	if len(in.Posts) == 0 {
		fs.Add("posts", "请选择代签哪个岗位")
	}
	if err := fs.Err(); err != nil {
		return 0, err
	}
	where, _, err := s.DB.Once(ctx, by.Once(kindGranted, in), func(tx *store.Tx) (string, error) {
		m, err := s.mandateOf(tx, in)
		if err != nil {
			return "", err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindGranted, Subject: m.Subject(), Data: map[string]any{
			"document": m.Document, "giver": m.GiverName, "taker": m.TakerName, "posts": labels(in.Posts), "from": m.From, "until": m.Until,
		}})
		if err != nil {
			return "", err
		}
		m.Entry = int64(entry)
		_, err = tx.DB().NewInsert().Model(&m).Exec(tx.Ctx)
		return ID(m.ID).String(), err
	})
	if err != nil {
		return 0, err
	}
	n, err := store.ParseID(where)
	return MandateID(n), err
}

// mandateOf finds the two people and checks that the giver holds the posts.
func (s *Service) mandateOf(tx *store.Tx, in MandateInput) (Mandate, error) {
	var fs fault.Fields
	giver, err := s.Units.AccountByLogin(tx, in.Giver)
	if err != nil {
		fs.Add("giver", "没有“%s”这个账号", in.Giver)
	}
	taker, err := s.Units.AccountByLogin(tx, in.Taker)
	if err != nil {
		fs.Add("taker", "没有“%s”这个账号", in.Taker)
	} else if taker.ID == giver.ID {
		fs.Add("taker", "不能授权给本人")
	}
	for _, code := range in.Posts {
		p, ok := Embedded().Post(code)
		switch {
		case !ok || len(p.Roles) == 0:
			fs.Add("posts", "承办人的签名不能代签，请选其他岗位")
		case !slices.ContainsFunc(p.Roles, func(r access.Role) bool { return slices.Contains(giver.Roles, r) }):
			fs.Add("giver", "%s不担任“%s”", giver.Name, p.Label)
		}
	}
	return Mandate{
		ID: MandateID(store.NewID()), Document: in.Document, Paired: store.Flag(in.Paired), Giver: giver.ID, GiverName: giver.Name, Taker: taker.ID, TakerName: taker.Name,
		PostCodes: strings.Join(in.Posts, " "), From: in.From, Until: in.Until, Version: 1,
	}, fs.Err()
}

func labels(posts []string) []string {
	out := make([]string, len(posts))
	for i, code := range posts {
		p, _ := Embedded().Post(code)
		out[i] = p.Label
	}
	return out
}

// EndMandate ends a mandate from today on. Needs setting.manage.
func (s *Service) EndMandate(ctx context.Context, by access.Session, id MandateID, version int64, why string) error {
	if _, err := by.Require(access.SettingManage); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	var fs fault.Fields
	words(&fs, "why", "终止的原因", why)
	if err := fs.Err(); err != nil {
		return err
	}
	_, _, err := s.DB.Once(ctx, by.Once(kindEnded, []any{int64(id), version, why}), func(tx *store.Tx) (string, error) {
		m, err := mandateByID(tx, id)
		if err != nil {
			return "", err
		}
		if m.Version != version {
			return "", fault.Stale("这份授权")
		}
		if m.Until.Before(tx.Today()) {
			return "", fault.New(fault.Conflict, "这份授权已经到期")
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindEnded, Subject: m.Subject(), Data: map[string]any{"document": m.Document, "until": m.Until, "reason": why}})
		if err != nil {
			return "", err
		}
		m.Until, m.WhyEnded, m.Entry = tx.Today().AddDays(-1), why, int64(entry)
		return PathMandates, saveMandate(tx, &m)
	})
	return err
}
