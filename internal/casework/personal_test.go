package casework_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/xuri/excelize/v2"
)

// more adds an account of one role in the bureau of pages.
func (b *pageBureau) more(login string, role access.Role) {
	b.t.Helper()
	_, err := b.access.CreateAccount(context.Background(), access.System("test"), access.AccountInput{Login: login, Name: "演示" + login, Unit: b.units["第一中队"], Roles: []access.Role{role}, Password: fixturePassword, Settled: true})
	b.must(err)
}

// entries counts the ledger entries of a kind and returns the last one's data.
func (b *pageBureau) entries(kind string) (n int, data string) {
	b.t.Helper()
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		var es []ledger.Entry
		if err := tx.DB().NewSelect().Model(&es).Where("kind = ?", kind).Order("id").Scan(tx.Ctx); err != nil {
			return err
		}
		if n = len(es); n > 0 {
			data = es[n-1].Data
		}
		return nil
	})
	return n, data
}

// post sends a form as it stands.
func (b *pageBureau) post(login, path string, fields url.Values) page {
	b.t.Helper()
	return b.do(login, http.MethodPost, path, strings.NewReader(fields.Encode()), "application/x-www-form-urlencoded")
}

func opOf(t *testing.T, p page) string { return valueOf(t, p, "_op") }

// valueOf is what a page's first input of the name holds.
func valueOf(t *testing.T, p page, name string) string {
	t.Helper()
	for _, tag := range regexp.MustCompile(`<input[^>]*>`).FindAllString(p.body, -1) {
		if strings.Contains(tag, `name="`+name+`"`) {
			if m := regexp.MustCompile(`value="([^"]*)"`).FindStringSubmatch(tag); m != nil {
				return html.UnescapeString(m[1])
			}
		}
	}
	t.Fatalf("页面上没有 %s（状态 %d）：%s", name, p.status, mainText(p.body))
	return ""
}

func caseOf(t *testing.T, path string) (id casework.CaseID) {
	t.Helper()
	if err := id.UnmarshalText([]byte(strings.TrimPrefix(path, "/w/cases/"))); err != nil {
		t.Fatal(err)
	}
	return id
}

func TestPersonalData(t *testing.T) {
	b := newPageBureau(t)
	b.more("lvshi", access.Lawyer)
	b.more("ducha", access.Supervisor)
	b.more("juzhang", access.BureauHead)
	c := b.ready("100")
	name, number := "演示韦某", "99010119900307"
	b.open("zhao", c).has(t, name, "990***********")
	b.open("zhao", c).lacks(t, number, "和平里")
	for _, login := range []string{"lvshi", "ducha"} {
		for _, path := range []string{c, c + "?step=party", "/w/cases"} {
			p := b.open(login, path)
			p.has(t, "演***")
			p.lacks(t, name, number, "和平里")
		}
	}
	t.Run("律师要看全的", func(t *testing.T) {
		if p := b.open("lvshi", c+"/personal"); p.status != http.StatusForbidden {
			t.Errorf("状态 %d", p.status)
		}
	})
	t.Run("督察写明理由", func(t *testing.T) {
		ask := b.open("ducha", c+"/personal")
		ask.lacks(t, name, number)
		fields := form("_op", opOf(t, ask))
		if p := b.post("ducha", c+"/personal", fields); p.status != http.StatusUnprocessableEntity || strings.Contains(p.body, number) {
			t.Errorf("没有理由：%d", p.status)
		}
		fields.Set("reason", "核对送达地址")
		p := b.post("ducha", c+"/personal", fields)
		p.has(t, name, number, "演示区和平里 3 号")
		if strings.Contains(p.body, "<title>"+name) {
			t.Error("标题里有姓名")
		}
		if n, data := b.entries("casework.party_shown"); n != 1 || !strings.Contains(data, "核对送达地址") || strings.Contains(data, number) {
			t.Errorf("查看入账 %d 笔：%s", n, data)
		}
	})
	t.Run("改一项，其余照显示的样子交回", func(t *testing.T) {
		shown := b.open("zhao", c+"?step=party")
		shown.has(t, "990***********", "演示区****")
		b.done("zhao", c+"?step=party", form("kind", "citizen", "name", name, "id_kind", "resident_id", "id_number", valueOf(t, shown, "id_number"), "address", valueOf(t, shown, "address"), "phone", "13800000009", "identity_basis", "card_seen"))
		file, err := b.cases.ShowParty(context.Background(), access.System("test"), caseOf(t, c), "核对")
		b.must(err)
		if !strings.HasPrefix(file.IDNumber, number) || file.PartyAddress != "演示区和平里 3 号" || file.PartyPhone != "13800000009" {
			t.Errorf("改过以后：%+v", file)
		}
	})
	t.Run("查看案件入账，审计员看得到", func(t *testing.T) {
		b.must(b.access.Close(context.Background()))
		if n, _ := b.entries("casework.case_read"); n != 3 {
			t.Errorf("三个人看过，入账 %d 笔", n)
		}
	})
}

func TestFullExport(t *testing.T) {
	b := newPageBureau(t)
	b.more("juzhang", access.BureauHead)
	b.delivered("100")
	read := func(p page) string {
		book, err := excelize.OpenReader(bytes.NewReader([]byte(p.body)))
		b.must(err)
		rows, err := book.GetRows(book.GetSheetName(0))
		b.must(err)
		return fmt.Sprint(rows)
	}
	if text := read(b.open("juzhang", "/w/cases/export")); strings.Contains(text, "99010119900307") || !strings.Contains(text, "990***********") {
		t.Errorf("平常的导出：%s", text)
	}
	if p := b.open("zhao", "/w/cases/export/full"); p.status != http.StatusForbidden {
		t.Errorf("执法人员：%d", p.status)
	}
	fields := form("_op", opOf(t, b.open("juzhang", "/w/cases/export/full?state=delivered")), "state", "delivered")
	if p := b.post("juzhang", "/w/cases/export/full", fields); p.status != http.StatusUnprocessableEntity {
		t.Errorf("没有理由：%d", p.status)
	}
	fields.Set("reason", "报送人民法院")
	if text := read(b.post("juzhang", "/w/cases/export/full", fields)); !strings.Contains(text, "99010119900307") {
		t.Errorf("完整的导出：%s", text)
	}
	if n, data := b.entries("casework.exported_full"); n != 1 || !strings.Contains(data, "报送人民法院") || !strings.Contains(data, "delivered") {
		t.Errorf("导出入账 %d 笔：%s", n, data)
	}
}
