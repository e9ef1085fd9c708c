package app_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/xuri/excelize/v2"
)

// inFull are the routes that show a party in full on purpose, each with why.
var inFull = map[string]string{
	"GET /w/papers/":           "文书就是文书",
	"GET /api/v1/papers/":      "文书就是文书",
	"GET /w/cases/export/full": "另有权限，写明理由",
}

// TestNamesByRole: whoever sees names masked finds no party's name, number, telephone or address on any page of the route
// table, in any sheet and in no answer to a program.
func TestNamesByRole(t *testing.T) {
	t.Parallel()
	a := newAbused(t)
	const name, phone, number, address = "演示欧阳小明", "13877001234", "990101198503071234", "演示区和平里八号"
	testkit.Update(t, a.site.App.DB, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE penalty_case SET party_kind = 'citizen', party_name = ?, party_phone = ?, party_id_kind = 'resident_id', party_id_number = ?, party_address = ?, summary = ? WHERE party_name <> ''`,
			name, phone, number, address, "当事人"+name+"，住"+address)
		return err
	})
	secrets := []string{name, phone, number, address}
	for _, role := range []access.Role{access.Supervisor, access.LegalReviewer, access.Lawyer, access.DisclosureClerk, access.Auxiliary} {
		v, opened, masked := a.of(role), 0, 0
		a.each("GET", func(rt access.Route, path string) {
			for head := range inFull {
				if strings.HasPrefix(rt.Pattern, head) {
					return
				}
			}
			r := v.get(path)
			if r.StatusCode != http.StatusOK {
				return
			}
			opened++
			text := r.body
			if strings.Contains(r.Header.Get("Content-Type"), "spreadsheet") {
				text = cells(t, path, text)
			}
			if strings.Contains(text, "演*****") {
				masked++
			}
			for _, s := range secrets {
				if strings.Contains(text, s) {
					t.Errorf("%s 在 %s 看到 %s", role, path, s)
				}
			}
		})
		t.Logf("%s 打开 %d 处，%d 处有隐去的姓名", role, opened, masked)
		if opened < 20 {
			t.Errorf("%s 只打开 %d 处", role, opened)
		}
	}
}

// cells is all that stands in a workbook.
func cells(t *testing.T, what, body string) string {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s：%v", what, err)
	}
	defer func() { _ = book.Close() }()
	var out bytes.Buffer
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			out.WriteString(strings.Join(row, "|") + "\n")
		}
	}
	return out.String()
}
