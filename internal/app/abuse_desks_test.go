package app_test

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/app/apptest"
	"fadu/internal/casework"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestNamesInTheDesks: what the desks of an ordinary case keep as free text hides the party from whoever sees names
// masked: what was done, the evidence, what is proposed, and the approval forms.
func TestNamesInTheDesks(t *testing.T) {
	a := newAbused(t)
	const name, number = "演示欧阳小明", "990101198503071234"
	const told = "当事人" + name + "（身份证 " + number + "）"
	var id, form int64
	testkit.Update(t, a.site.App.DB, func(tx *store.Tx) error {
		if err := tx.DB().QueryRowContext(tx.Ctx, `SELECT MIN(e.case_id) FROM evidence e JOIN penalty_case c ON c.id = e.case_id`).Scan(&id); err != nil {
			return err
		}
		if err := tx.DB().QueryRowContext(tx.Ctx, `SELECT MIN(id) FROM approval`).Scan(&form); err != nil {
			return err
		}
		for _, q := range []string{
			`UPDATE penalty_case SET party_kind = 'citizen', party_name = '` + name + `', party_id_kind = 'resident_id', party_id_number = '` + number + `', summary = ?1 WHERE id IN (?0, (SELECT ref FROM approval WHERE id = ?2))`,
			`UPDATE case_act SET note = ?1 WHERE case_id = ?0`,
			`UPDATE evidence SET title = ?1, purpose = ?1, source = ?1 WHERE case_id = ?0`,
			`UPDATE approval SET purpose = ?1 WHERE id = ?2`,
			`UPDATE approval_step SET opinion = ?1 WHERE approval_id = ?2`,
		} {
			if _, err := tx.DB().NewRaw(q, id, told, form).Exec(tx.Ctx); err != nil {
				return err
			}
		}
		return nil
	})
	paths := []string{fmt.Sprintf("/w/cases/%d", id), fmt.Sprintf("/w/approvals/%d", form), fmt.Sprintf("/api/v1/approvals/%d", form), fmt.Sprintf("/api/v1/cases/%d", id)}
	for _, part := range []string{"lead", "check", "filing", "inquiry", "notice", "review", "decision", "service", "performance", "closing"} {
		paths = append(paths, fmt.Sprintf("/w/cases/%d?step=part-%s", id, part))
	}
	for _, role := range []access.Role{access.Supervisor, access.LegalReviewer, access.Lawyer} {
		v, veiled := a.of(role), 0
		for _, path := range paths {
			r := v.get(path)
			if r.StatusCode != http.StatusOK {
				t.Errorf("%s 打不开 %s：%d", role, path, r.StatusCode)
			}
			if strings.Contains(r.body, name) || strings.Contains(r.body, number) {
				t.Errorf("%s 在 %s 看到姓名或者号码", role, path)
			}
			veiled += strings.Count(r.body, "当事人演*****")
		}
		if veiled < 6 {
			t.Errorf("%s 只有 %d 处隐去了姓名，没有试到", role, veiled)
		}
	}
	if r := a.of(access.SquadLeader).get(paths[0] + "?step=part-inquiry"); !strings.Contains(r.body, told) {
		t.Error("办案的人看不到自己写的内容")
	}
}

// TestReadsOfRecordsAreEntered: whoever looks at a record of a case leaves an entry, whichever page, picture or call
// shows it. Each row is asked by an account that has looked at nothing else of the case.
func TestReadsOfRecordsAreEntered(t *testing.T) {
	a := newAbused(t)
	ctx := context.Background()
	var evidence, paper, form, of string
	if err := a.site.App.DB.View(ctx, func(tx *store.Tx) (err error) {
		if evidence, err = picturedEvidence(tx); err != nil {
			return err
		}
		if err = tx.DB().QueryRowContext(tx.Ctx, `SELECT MIN(id) FROM paper WHERE case_id = (SELECT MIN(case_id) FROM evidence)`).Scan(&paper); err != nil {
			return err
		}
		if err = tx.DB().QueryRowContext(tx.Ctx, `SELECT n.case_id FROM booklet_photo p JOIN booklet_number n ON n.id = p.number_id ORDER BY p.id`).Scan(&of); err != nil {
			return err
		}
		return tx.DB().QueryRowContext(tx.Ctx, `SELECT MIN(id) FROM approval`).Scan(&form)
	}); err != nil {
		t.Fatal(err)
	}
	one := strings.Split(evidence, "/evidence/")[0]
	id, err := store.ParseID(strings.TrimPrefix(one, "/w/cases/"))
	if err != nil {
		t.Fatal(err)
	}
	proof, _ := pathOf("/w/cases/{id}/plans/{plan}", a.found)
	written, _ := pathOf("/w/booklets/{id}/photos/{photo}", a.found)
	party := url.PathEscape(fmt.Sprint(id))
	for _, x := range []struct {
		what, path, kind, subject string
		role                      access.Role
	}{
		{"案件页", one, "casework.case_read", casework.CaseID(id).Subject(), ""},
		{"证据的照片", evidence, "casework.case_read", casework.CaseID(id).Subject(), ""},
		{"证据的小图", evidence + "?small=1", "casework.case_read", casework.CaseID(id).Subject(), ""},
		{"分期缴纳的证明材料", proof, "casework.case_read", "case/" + strings.Split(proof, "/")[3], ""},
		{"手写决定书的照片", written, "casework.case_read", "case/" + of, ""},
		{"接口读案件", "/api/v1/cases/" + fmt.Sprint(id), "casework.case_read", casework.CaseID(id).Subject(), ""},
		{"文书", "/w/papers/" + paper, "casework.paper_read", "paper/" + paper, ""},
		{"文书的PDF", "/w/papers/" + paper + "/pdf", "casework.paper_read", "paper/" + paper, ""},
		{"审批表", "/w/approvals/" + form, "approval.form_read", "approval/" + form, ""},
		{"接口读审批表", "/api/v1/approvals/" + form, "approval.form_read", "approval/" + form, ""},
		{"当事人的全部案件", "/w/parties/" + party, "casework.party_read", "party/" + party, ""},
		{"收缴页面", "/w/money/cases/" + fmt.Sprint(id), "casework.case_read", casework.CaseID(id).Subject(), access.Cashier},
	} {
		t.Run(x.what, func(t *testing.T) {
			site := a.p.copied(t)
			v := newVisitor(t, site.URL).signIn(a.p.login(cmp.Or(x.role, access.Supervisor)))
			before := read(t, site, x.kind, x.subject)
			if r := v.get(x.path); r.StatusCode != http.StatusOK {
				t.Fatalf("%s 答复 %d", x.path, r.StatusCode)
			}
			if err := site.App.Access.Close(context.Background()); err != nil { // entries of reading are written a moment later
				t.Fatal(err)
			}
			if read(t, site, x.kind, x.subject) == before {
				t.Errorf("看了%s，没有入账", x.what)
			}
		})
	}
}

// read counts the entries about the reading of a record.
func read(t *testing.T, site *apptest.Site, kind, subject string) (n int) {
	t.Helper()
	if err := site.App.DB.View(context.Background(), func(tx *store.Tx) error {
		return tx.DB().QueryRowContext(tx.Ctx, `SELECT COUNT(*) FROM ledger_entry WHERE kind = '`+kind+`' AND subject = '`+access.ReadSubject(subject)+`'`).Scan(&n)
	}); err != nil {
		t.Fatal(err)
	}
	return n
}
