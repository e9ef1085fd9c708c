package faults

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/app/apptest"

	"golang.org/x/text/encoding/simplifiedchinese"
)

var publishing = regexp.MustCompile(`(/w/org/import/[0-9]+/publish)`)

// TestTablesComeBackWhole: names that a bureau's list has in UTF-8 or in GB 18030, with characters outside the basic
// plane in both, stand as they were in the register, are found in it, and leave in the CSV of a figure's records.
func TestTablesComeBackWhole(t *testing.T) {
	const head = "姓名,工号,人员类别,所在机构,职务,任职日期,手机号,备注\r\n"
	names := map[string]string{"YS0951": "演示·𠮷㙍𬭼", "YS0952": "演示·㙍𪚥"}
	row := func(number string) string {
		return names[number] + "," + number + ",执法人员,第一中队,队员,2024-06-01,,\"" + joined + "\"\r\n"
	}
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(head + strings.ReplaceAll(row("YS0952"), joined, "记𠮷野家门前"))
	check(t, err)
	engines(t, nil, func(t *testing.T, l *apptest.Line) {
		legal, err := l.As("legal")
		check(t, err)
		dir := t.TempDir()
		for name, content := range map[string]string{"utf8.csv": "\ufeff" + head + row("YS0951"), "gb18030.csv": gb} {
			check(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
			check(t, legal.Get("/w/org/import"))
			check(t, legal.Submit("/w/org/import", dir, "kind=人员", "file=@"+name))
			publish, ok := legal.FindInPage(publishing)
			if !ok {
				t.Fatalf("%s 不能发布：%s", name, legal.Main())
			}
			check(t, legal.Submit(publish, dir))
		}
		for number, name := range names {
			check(t, legal.Get("/w/org/people?q="+url.QueryEscape(name)))
			if !strings.Contains(string(legal.Body), name) || !strings.Contains(string(legal.Body), number) {
				t.Errorf("人员名单里查不到 %+q", name)
			}
		}
		leader, err := l.As("head")
		check(t, err)
		check(t, leader.Get("/w/figures/org.officers/csv"))
		if leader.Status != http.StatusOK {
			t.Fatalf("导出 CSV：%d %s", leader.Status, leader.Main())
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(leader.Body), "\ufeff"))).ReadAll()
		check(t, err)
		for number, name := range names {
			n := 0
			for _, r := range rows {
				if strings.Contains(strings.Join(r, "\t"), name+" "+number) {
					n++
				}
			}
			if n != 1 {
				t.Errorf("CSV 里 %+q 有 %d 行", name, n)
			}
		}
	})
}
