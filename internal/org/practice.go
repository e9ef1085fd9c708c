package org

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

const practiceSetting = "org.practice"

// PracticeOf returns what the bureau decided about certificates, or the default.
func PracticeOf(tx *store.Tx) (Practice, error) {
	var text string
	err := tx.DB().QueryRowContext(tx.Ctx, `SELECT value FROM setting WHERE name = ?`, practiceSetting).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return DefaultPractice, nil
	}
	if err != nil {
		return Practice{}, fmt.Errorf("org: practice: %w", err)
	}
	var p Practice
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return Practice{}, fmt.Errorf("org: practice: %w", err)
	}
	return p, nil
}

// SetPractice changes what the bureau decided about certificates.
func (s *Service) SetPractice(ctx context.Context, by access.Session, p Practice) error {
	if _, err := by.Require(access.SettingManage); err != nil {
		return err
	}
	var fs fault.Fields
	if labelOf(CheckPolicies, string(p.AnnualCheck)) == string(p.AnnualCheck) {
		fs.Add("policy", "请选择没有年度审验记录时怎么办")
	}
	if p.CheckMonth < 1 || p.CheckMonth > 12 || p.CheckDay < 1 || p.CheckDay > 31 {
		fs.Add("month", "审验截止的月、日不对")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	_, _, err := s.db.Once(ctx, by.Once(kindPracticeSet, p), func(tx *store.Tx) (string, error) {
		before, err := PracticeOf(tx)
		if err != nil {
			return "", err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindPracticeSet, Subject: "setting/" + practiceSetting, Data: map[string]any{"before": before, "after": p}})
		if err != nil {
			return "", err
		}
		text, err := json.Marshal(p)
		if err != nil {
			return "", err
		}
		_, err = tx.Exec(`INSERT INTO setting (name, value, entry_id) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value, entry_id = excluded.entry_id`, practiceSetting, string(text), int64(entry))
		return "", err
	})
	return err
}
