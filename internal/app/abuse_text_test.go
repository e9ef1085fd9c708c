package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/xuri/excelize/v2"
)

// TestNamesInFreeText: names, numbers, telephones and addresses that somebody wrote into free text are hidden
// from whoever sees names masked, on pages, lists, exports and calls; who handles the case reads its text as
// it was written. (The papers are what they are.)
func TestNamesInFreeText(t *testing.T) {
	a := newAbused(t)
	id := a.found["/w/cases/{id}"]
	const (
		name, guardian, phone = "演示欧阳小明", "演示司马大海", "13877001234"
		number, address       = "990101198503071234", "演示区和平里八号"
		other                 = "450202199001011239" // nobody in the record: known by its shape
	)
	secrets := []string{name, guardian, phone, number, address, other}
	told := "当事人" + name + "（身份证 " + number + "，电话 " + phone + "，住" + address + "）由" + guardian + "陪同；另有一人证件 " + other
	testkit.Update(t, a.site.App.DB, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE penalty_case SET party_kind = 'citizen', party_name = ?, party_guardian = ?, party_phone = ?, party_id_kind = 'resident_id', party_id_number = ?, party_address = ?, summary = ?, fact_text = ?, place = ?, ending_note = ?, tier_why = ? WHERE id = `+id,
			name, guardian, phone, number, address, told, told, told, told, told)
		if err == nil {
			_, err = tx.Exec(`UPDATE case_step SET body = ?, detail = ? WHERE case_id = `+id, told, told)
		}
		if err == nil {
			_, err = tx.Exec(`UPDATE case_photo SET caption = ?, place = ? WHERE case_id = `+id, told, told)
		}
		return err
	})
	pages := []string{"/w/cases/" + id, "/w/cases/" + id + "?step=scene", "/w/cases/" + id + "?step=propose", "/w/cases/" + id + "?step=party", "/w/cases", "/w/cases?q=" + "%E6%BC%94%E7%A4%BA", "/w/", "/api/v1/cases/" + id, "/api/v1/cases"}
	for _, role := range []access.Role{access.Supervisor, access.LegalReviewer, access.Lawyer, access.DisclosureClerk} {
		v := a.of(role)
		opened, shown := 0, false
		for _, path := range pages {
			r := v.get(path)
			if r.StatusCode != http.StatusOK {
				continue
			}
			opened++
			shown = shown || strings.Contains(r.body, "演*****")
			for _, s := range secrets {
				if strings.Contains(r.body, s) {
					t.Errorf("%s 在 %s 看到 %s", role, path, s)
				}
			}
		}
		if opened < 6 || !shown {
			t.Errorf("%s 只打开 %d 页，看到隐去的姓名：%v", role, opened, shown)
		}
	}
	leader := a.of(access.SquadLeader)
	if r := leader.get("/w/cases/" + id); !strings.Contains(r.body, name) || !strings.Contains(r.body, guardian) {
		t.Error("办案的人看不到自己写的事实")
	}
	export := a.of(access.Supervisor).get("/w/cases/export")
	book, err := excelize.OpenReader(strings.NewReader(export.body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, row := range rows {
		line := strings.Join(row, "|")
		found = found || strings.Contains(line, "演*****")
		for _, s := range secrets {
			if strings.Contains(line, s) {
				t.Errorf("督察的导出里有 %s", s)
			}
		}
	}
	if !found {
		t.Error("导出里没有这一件")
	}
}

var seedOnPage = regexp.MustCompile(`<p class="code">([A-Z2-7 ]+)</p>`)

// TestLogLinesAreWhole: what somebody sends cannot end a line of the log and write one of its own.
func TestLogLinesAreWhole(t *testing.T) {
	s := newSurface(t)
	v := newVisitor(t, s.url)
	const forged = "演示\r\ntime=2026-01-01T00:00:00Z level=ERROR msg=forged\u2028\x1b[31m"
	v.form("/sign-in", "login", forged, "password", forged)
	for _, path := range []string{"/w/", "/v/", "/w/cases/", "/api/v1/cases/", "/api/v1/papers/"} {
		v.get(path + url.PathEscape(forged))
		v.do("GET", path+"x?q="+url.QueryEscape(forged), "", "User-Agent", "x\tlevel=ERROR", "X-Request-Id", "a b level=ERROR")
	}
	lines := strings.Split(strings.TrimSuffix(s.log.String(), "\n"), "\n")
	for _, line := range lines {
		if !strings.HasPrefix(line, "time=") || strings.HasPrefix(line, "time=2026-01-01T00:00:00Z") || strings.ContainsAny(line, "\r\x1b\u2028") {
			t.Errorf("日志里的一行：%q", line)
		}
	}
	if len(lines) < 10 || !strings.Contains(s.log.String(), "forged") {
		t.Errorf("日志只有 %d 行，没有试到", len(lines))
	}
}

// TestNothingSecretIsKept: passwords, session and interface tokens in the clear are in no log, no page, no
// address and not in the database, which is what a backup holds.
func TestNothingSecretIsKept(t *testing.T) {
	s := newSurface(t)
	v := newVisitor(t, s.url)
	login := ""
	for _, x := range mustPeopled(t).actors {
		if x.role == access.SquadLeader && x.unit == ownUnit {
			login = x.login
		}
	}
	const wrong = "Wrong-Guess-77-xyz"
	v.form("/sign-in", "login", login, "password", wrong)
	v.signIn(login)
	secrets := []string{wrong, "Fadu-Demo-2026"}
	for _, c := range v.cookies() {
		if strings.Contains(c.Name, "session") {
			secrets = append(secrets, c.Value)
		}
	}
	v.form("/w/me/password", "_op", v.op(), "old", "Fadu-Demo-2026", "fresh", "weak-Fresh-91", "again", "not-Again-91")
	secrets = append(secrets, "weak-Fresh-91", "not-Again-91")
	v.form("/w/me/second-factor/start", "_op", v.op(), "password", "Fadu-Demo-2026")
	if seed := seedOnPage.FindStringSubmatch(v.get("/w/me/second-factor").body); seed != nil {
		secrets = append(secrets, strings.ReplaceAll(seed[1], " ", "")) // sealed with a key that no backup has
	}
	if len(secrets) != 6 {
		t.Fatalf("没有会话 Cookie：%d", len(secrets))
	}
	v.do("GET", "/api/v1/cases", "", "Authorization", "Bearer fadu_"+strings.Repeat("A", 43))
	secrets = append(secrets, "fadu_"+strings.Repeat("A", 43))
	for _, path := range []string{"/w/", "/w/me", "/w/me/tokens", "/w/cases"} {
		for _, secret := range secrets {
			if r := v.get(path); strings.Contains(r.body, secret) || strings.Contains(r.Request.URL.String(), secret) {
				t.Errorf("%s 上有 %.6s…", path, secret)
			}
		}
	}
	kept := s.database()
	for _, secret := range secrets {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("日志里有 %.6s…", secret)
		}
		if strings.Contains(kept, secret) {
			t.Errorf("数据库里有 %.6s…", secret)
		}
	}
	if !strings.Contains(kept, login) || !strings.Contains(s.log.String(), "/w/me/tokens") {
		t.Error("搜寻本身不灵")
	}
}
