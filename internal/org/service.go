package org

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/identity"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"

	"golang.org/x/text/unicode/norm"
)

// Service keeps people, certificates and 执法主体.
type Service struct {
	db      *store.DB
	units   *access.Service
	judge   *law.Judge
	imports *draft.Service
}

// New returns the service. judge must know CertificateRules and SubjectRules: without them nobody gets a
// certificate and nothing becomes a 执法主体.
func New(db *store.DB, units *access.Service, judge *law.Judge) *Service {
	s := &Service{db: db, units: units, judge: judge}
	s.imports = draft.New(db, unitImport{s}, personImport{s}, certificateImport{s}, subjectImport{s})
	return s
}

// Imports runs the import batches of units, people, certificates and 执法主体.
func (s *Service) Imports() *draft.Service { return s.imports }

// enforce asks the rules for an act; an act that no rule of this build guards is refused outright.
func (s *Service) enforce(a law.Action, on law.Date, f law.Facts) (law.Judgement, error) {
	if !s.judge.Knows(a) {
		return law.Judgement{}, fmt.Errorf("org: no rule guards %q", a)
	}
	j := s.judge.Judge(a, on, f)
	return j, j.Enforce()
}

// act appends a ledger entry.
func act(tx *store.Tx, by access.Session, kind, subject string, unit access.UnitID, data any, rules ...string) (ledger.EntryID, error) {
	return ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: subject, Unit: int64(unit), Data: data, Rules: rules})
}

// once runs a change at most once for the running request.
func (s *Service) once(ctx context.Context, by access.Session, name string, body any, f func(*store.Tx) error) error {
	_, _, err := s.db.Once(ctx, by.Once(name, body), func(tx *store.Tx) (string, error) { return "", f(tx) })
	return err
}

// made runs a change that makes a record, and returns the record's identifier.
func (s *Service) made(ctx context.Context, by access.Session, name string, body any, f func(*store.Tx) (int64, error)) (int64, error) {
	location, _, err := s.db.Once(ctx, by.Once(name, body), func(tx *store.Tx) (string, error) {
		id, err := f(tx)
		return fmt.Sprint(id), err
	})
	if err != nil {
		return 0, err
	}
	return store.ParseID(location)
}

// diff is what an edit changed: the old and new values of the fields that differ.
func diff(before, after map[string]string) map[string]any {
	was, is := map[string]string{}, map[string]string{}
	for _, k := range slices.Sorted(maps.Keys(after)) {
		if before[k] != after[k] {
			was[k], is[k] = before[k], after[k]
		}
	}
	return map[string]any{"before": was, "after": is}
}

func changed(d map[string]any) bool { return len(d["after"].(map[string]string)) > 0 }

// isDemo reports whether the database was born as a demo, where invented numbers are in order.
func isDemo(tx *store.Tx) (bool, error) {
	_, demo, _, err := ledger.Birth(tx)
	return demo, err
}

// identityNumber checks a 公民身份号码 and returns it as it is kept.
func identityNumber(v string, on law.Date, demo bool) (string, error) {
	r := identity.ResidentID(v, on)
	if demo {
		r = identity.DemoResidentID(v, on)
	}
	if !r.Valid {
		return "", fmt.Errorf("公民身份号码不对：%s", r.Reason)
	}
	return r.Normalised, nil
}

// text trims a line and refuses what cannot be printed.
func text(fs *fault.Fields, field, label, v string, limit int, need bool) string {
	clean, problem := web.CleanText(norm.NFC.String(v), true)
	if problem != "" {
		fs.Add(field, "%s：%s", label, problem)
		return v
	}
	v = clean
	n := web.Length(v)
	switch {
	case n == 0 && need:
		fs.Add(field, "请填写%s", label)
	case n > limit:
		fs.Add(field, "%s最多 %d 个字，现有 %d 个", label, limit, n)
	}
	return v
}

// number brings an identifying number to the form in which it is compared: half-width capitals without
// spaces.
func number(fs *fault.Fields, field, label, v string, limit int, need bool) string {
	v = strings.ToUpper(draft.CodeOf(v))
	switch {
	case v == "" && need:
		fs.Add(field, "请填写%s", label)
	case len([]rune(v)) > limit:
		fs.Add(field, "%s最多 %d 位，现有 %d 位", label, limit, len([]rune(v)))
	case !numberLike(v):
		fs.Add(field, "%s只能有文字、数字、字母、连字符和括号", label)
	}
	return v
}

func numberLike(v string) bool {
	return !strings.ContainsFunc(v, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_./()（）〔〕[]#", r)
	})
}

// phone checks a telephone number loosely: digits with + - ( ) allowed, 7 to 20 signs.
func phone(fs *fault.Fields, field, v string) string {
	v = draft.CodeOf(v)
	digits := 0
	for _, r := range v {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+-()转", r):
			fs.Add(field, "电话号码里有“%c”，只能用数字和连字符", r)
			return v
		}
	}
	if v != "" && (digits < 5 || digits > 20) {
		fs.Add(field, "电话号码应有 5 到 20 位数字")
	}
	return v
}
