package setting

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Service shows and changes what the bureau decides.
type Service struct {
	db       *store.DB
	settings []Item
}

// New returns the service for the settings that the slices declare; a wrong or double declaration stops
// the start.
func New(db *store.DB, settings ...Item) (*Service, error) {
	seen := map[string]bool{}
	for _, s := range settings {
		if err := s.check(); err != nil {
			return nil, err
		}
		if seen[s.Key] {
			return nil, fmt.Errorf("setting: setting %s is declared twice", s.Key)
		}
		seen[s.Key] = true
	}
	return &Service{db: db, settings: settings}, nil
}

// Standing is a setting with what the bureau decided.
type Standing struct {
	Item
	// Value is the one in force; Decided is false while it is the default.
	Value   string
	Decided bool
	// Since, By and Reason are of the last decision.
	Since  time.Time
	By     string
	Reason string
	// Version is what a change must name; 0 before the first decision.
	Version int64
}

// Find returns a declared setting.
func (s *Service) Find(key string) (Item, error) {
	for _, x := range s.settings {
		if x.Key == key {
			return x, nil
		}
	}
	return Item{}, fault.Missing("这项设置")
}

// All returns every setting with what was decided, in the order of declaration.
func (s *Service) All(tx *store.Tx) ([]Standing, error) {
	out := make([]Standing, len(s.settings))
	for i, x := range s.settings {
		var err error
		if out[i], err = s.standing(tx, x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Service) standing(tx *store.Tx, x Item) (Standing, error) {
	row, err := decided(tx, x.Key)
	if err != nil || row.Version == 0 {
		return Standing{Item: x, Value: x.Default}, err
	}
	out := Standing{Item: x, Value: row.Value, Decided: true, Reason: row.Reason, Version: row.Version}
	es, err := ledger.History(tx, subject(x.Key), 0, 1)
	if err == nil && len(es) > 0 {
		out.Since, out.By = es[0].Time(), es[0].Actor
	}
	return out, err
}

func subject(key string) string { return "setting/" + key }

// maxReason bounds a reason, in characters.
const maxReason = 200

// Decide records what the bureau decided about a setting and why: the document that says so. version is
// the one that the caller saw.
func (s *Service) Decide(ctx context.Context, by access.Session, key, value, reason string, version int64) error {
	if _, err := by.Require(access.SettingManage); err != nil {
		return err
	}
	x, err := s.Find(key)
	if err != nil {
		return err
	}
	value, reason = strings.TrimSpace(value), strings.TrimSpace(reason)
	var fs fault.Fields
	if why := x.Refuse(value); why != "" {
		fs.Add("value", "%s", why)
	}
	switch n := len([]rune(reason)); {
	case n == 0:
		fs.Add("reason", "请写明依据哪份文件、为什么这样定")
	case n > maxReason:
		fs.Add("reason", "理由最多 %d 个字，现有 %d 个", maxReason, n)
	}
	if err := fs.Err(); err != nil {
		return err
	}
	_, _, err = s.db.Once(ctx, by.Once(kindChanged, []string{key, value, reason}), func(tx *store.Tx) (string, error) {
		row, err := decided(tx, key)
		if err != nil {
			return "", err
		}
		if row.Version != version {
			return "", fault.Stale("这项设置")
		}
		before := row.Value
		if row.Version == 0 {
			before = x.Default
		}
		if row.Version > 0 && before == value {
			return "", fault.New(fault.Conflict, "“%s”本来就是“%s”，没有改动", x.Label, x.Say(value))
		}
		row.Value, row.Reason = value, reason
		data := map[string]any{"setting": x.Label, "before": x.Say(before), "after": x.Say(value), "value": value, "reason": reason}
		if row.Entry, err = ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindChanged, Subject: subject(key), Data: data}); err != nil {
			return "", err
		}
		return Path, save(tx, row)
	})
	return err
}
