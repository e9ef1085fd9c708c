package powers

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/store"
	"fadu/internal/testkit"
)

// changing is what differs from run to run in a page: tokens, identifiers, hashed asset names.
var changing = regexp.MustCompile(`name="_op" value="[^"]*"|value="\d{15,}"|/assets/[A-Za-z0-9._-]+|/w/powers/import/\d+|请求编号[^<]*`)

func mainOf(body string) []byte {
	if at := strings.Index(body, "<main"); at >= 0 {
		body = body[at:]
	}
	if at := strings.Index(body, "</main>"); at >= 0 {
		body = body[:at+len("</main>")]
	}
	body = changing.ReplaceAllString(body, "~")
	return []byte(strings.ReplaceAll(body, "><", ">\n<") + "\n")
}

// golden are the pages kept whole.
var golden = map[string]bool{"list-legal": true, "item-adopted": true, "item-unchecked": true, "calculator-result": true, "calculator-new-law": true}

func TestPages(t *testing.T) {
	s := newSite(t)
	officer, legal := s.visitor("zhi.fa"), s.visitor("fa.zhi")
	adoptCodes(t, s.s, "2025-01-01", "YS-001", "CG-171", "CG-382")
	issueCodes(t, s.s, "2025-01-01", "YS-001")
	for _, c := range []struct {
		name, path string
		who        *visitor
		has        []string
		hasNot     []string
	}{
		{"list", "/w/powers?q=" + url.QueryEscape("烧烤") + "&on=2026-07-20", officer, []string{"CG-382", "大气污染防治法", "在行使", "500—20,000 元"}, []string{"CG-171", "采用为本局权责"}},
		{"list-legal", "/w/powers?q=YS-00", legal, []string{"YS-001", "采用为本局权责", "导入", "登记公布"}, nil},
		{"list-none", "/w/powers?q=zzz", officer, []string{"没有符合条件的事项"}, nil},
		{"item-adopted", "/w/powers/YS-001", officer, []string{"演示法规", "已公布", "演示政发〔2025〕1号", "50—185 元", "首违不罚", "采用权责事项"}, []string{"登记公布裁量基准"}},
		{"item-old-law", "/w/powers/CG-382", legal, []string{"不适用于今天的行为", "CG-171", "CG-172", "停止行使"}, nil},
		{"item-unchecked", "/w/powers/CG-347", legal, []string{"没有核对过", "核实依据", "待核实"}, nil},
		{"item-library", "/w/powers/CG-020", legal, []string{"还没有采用", "未公布，不能用于办案", "示范值"}, nil},
		{"calculator", "/w/powers/calculator", officer, []string{"权责编码"}, nil},
		{"calculator-result", "/w/powers/calculator?code=YS-001&act=2026-11-20&party=citizen&metric=0.5&prior=0&corrected=yes&harm=no", officer, []string{"不予处罚", "首违不罚", "可能不罚"}, nil},
		{"calculator-milder", "/w/powers/calculator?code=CG-382&act=2026-07-20&decision=2026-11-20&party=citizen&corrected=yes", officer, []string{"适用新规定", "行政处罚法第三十七条", "也可能是 CG-171", "500—20,000 元"}, nil},
		{"calculator-new-law", "/w/powers/calculator?code=CG-382&new=CG-171&act=2026-07-20&decision=2026-11-20&party=citizen&metric=3&prior=0&corrected=yes&harm=no", officer, []string{"适用新规定", "500—1,800 元", "不含 1,800 元"}, nil},
		{"calculator-other-code", "/w/powers/calculator?code=CG-171&act=2026-07-20&party=citizen", officer, []string{"应适用CG-382"}, nil},
		{"laws", "/w/laws?on=2026-08-14", officer, []string{"大气污染防治法", "已废止"}, []string{"生态环境法典</a>"}},
		{"laws-cite", "/w/laws?cite=STHJ-1132-3", officer, []string{"第一千一百三十二条第三款", "CG-171", "CG-172"}, nil},
		{"issue", "/w/powers/issue", legal, []string{"裁量基准", "不予处罚清单"}, nil},
		{"import", ImportPath, legal, []string{"权责事项导入模板.xlsx", "裁量阶次"}, nil},
		{"portal", "/powers", s.visitor(""), []string{"YS-001", "CG-171"}, []string{"CG-020", "CG-382"}},
	} {
		status, body := c.who.get(c.path)
		if status != http.StatusOK {
			t.Errorf("%s：%d\n%s", c.name, status, body)
			continue
		}
		for _, text := range c.has {
			if !strings.Contains(body, text) {
				t.Errorf("%s 没有“%s”", c.name, text)
			}
		}
		for _, text := range c.hasNot {
			if strings.Contains(body, text) {
				t.Errorf("%s 不应有“%s”", c.name, text)
			}
		}
		if golden[c.name] {
			testkit.Golden(t, "pages/"+c.name+".html", mainOf(body))
		}
	}
}

func TestPagesAnswerWhatIsWrong(t *testing.T) {
	s := newSite(t)
	officer, nobody := s.visitor("zhi.fa"), s.visitor("")
	for _, c := range []struct {
		name, path string
		who        *visitor
		status     int
	}{
		{"没有的编码", "/w/powers/CG-999", officer, http.StatusNotFound},
		{"没有的引用", "/w/laws?cite=XX", officer, http.StatusNotFound},
		{"没有的法律", "/w/laws?law=" + url.QueryEscape("天空法"), officer, http.StatusNotFound},
		{"日期不对", "/w/powers?on=2026-13-01", officer, http.StatusUnprocessableEntity},
		{"没有权限", "/w/powers/issue", officer, http.StatusForbidden},
		{"没有登录", "/w/powers", nobody, http.StatusSeeOther},
		{"翻页位置是乱写的", "/w/powers?after=xyz", officer, http.StatusUnprocessableEntity},
	} {
		if status, _ := c.who.get(c.path); status != c.status {
			t.Errorf("%s：%d，应为 %d", c.name, status, c.status)
		}
	}
	status, body := officer.get("/w/powers/calculator?code=YS-001&act=2026-11-20&party=citizen&metric=3&prior=0&corrected=yes&harm=no", "HX-Request", "true")
	if status != http.StatusOK || strings.Contains(body, "<main") || !strings.Contains(body, "不含 185 元") {
		t.Errorf("随填随算只答结果：%d %s", status, body)
	}
}

func TestActsOnPages(t *testing.T) {
	s := newSite(t)
	legal, officer := s.visitor("fa.zhi"), s.visitor("zhi.fa")
	id := func(code string) string { return itemNow(t, s.s, code).ID.String() }

	status, body := legal.submit("/w/powers?q=YS-00", "/w/powers/adopt", "items", id("YS-001"), "f_q", "YS-00")
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "请写批准文件的名称和文号") || !strings.Contains(body, "YS-001") {
		t.Errorf("没有写文件：%d", status)
	}
	adoption := []string{"basis", "transfer", "document", "演示政发〔2025〕1号", "from", "2025-01-01"}
	if status, _ = legal.submit("/w/powers?q=YS-00", "/w/powers/adopt", append(adoption, "items", id("YS-001"), "items", id("YS-002"), "f_q", "YS-00")...); status != http.StatusSeeOther {
		t.Errorf("采用两项：%d", status)
	}
	if status, _ = legal.submit("/w/powers?q=YS-", "/w/powers/adopt", append(adoption, "all", "1", "f_q", "YS-")...); status != http.StatusSeeOther {
		t.Errorf("采用全部：%d", status)
	}
	adopted := view(t, s.s, func(tx *store.Tx) ([]PowerItem, error) { return s.s.All(tx, Filter{State: StateAdopted}) })
	if len(adopted) != 34 {
		t.Errorf("采用了 %d 项，应为 34 项", len(adopted))
	}
	issue := []string{"issuer", "演示市城市管理综合执法局", "document", "演示城管〔2024〕12号", "published_on", "2025-01-01", "prefix", "YS-"}
	if status, body = legal.submit("/w/powers/issue", "/w/powers/issue", append(issue, "what", "benchmarks")...); status != http.StatusSeeOther {
		t.Errorf("公布基准：%d %s", status, body)
	}
	if status, _ = legal.submit("/w/powers/issue", "/w/powers/issue", append(issue, "what", "exemptions")...); status != http.StatusSeeOther {
		t.Errorf("公布清单：%d", status)
	}
	if a := assess(t, s.s, "YS-034", "2026-11-20", "2026-11-20", Organisation, Circumstances{}); len(a.Lacks) != 0 {
		t.Errorf("YS-034 还缺 %v", a.Lacks)
	}
	row := view(t, s.s, func(tx *store.Tx) (itemRow, error) { return itemRowByID(tx, itemNow(t, s.s, "CG-347").ID) })
	confirm := []string{"item", row.ID.String(), "version", "1", "checked_on", "2026-11-20"}
	if status, body = legal.submit("/w/powers/CG-347", "/w/powers/item/CG-347/confirm", confirm...); status != http.StatusUnprocessableEntity || !strings.Contains(body, "核对所用文本的来源") {
		t.Errorf("没有写来源：%d", status)
	}
	if status, _ = legal.submit("/w/powers/CG-347", "/w/powers/item/CG-347/confirm", append(confirm, "source", "国务院公报")...); status != http.StatusSeeOther {
		t.Errorf("核实：%d", status)
	}
	if status, _ = legal.submit("/w/powers/CG-347", "/w/powers/item/CG-347/adopt", append(adoption, "item", row.ID.String())...); status != http.StatusSeeOther {
		t.Errorf("采用一项：%d", status)
	}
	ended := []string{"item", row.ID.String(), "version", "3", "document", "演示政发〔2026〕9号", "last", "2026-11-20"}
	if status, body = legal.submit("/w/powers/CG-347", "/w/powers/item/CG-347/end", ended...); status != http.StatusSeeOther {
		t.Errorf("停止行使：%d %s", status, body)
	}
	if status, _ = officer.submit("/w/me/password", "/w/powers/item/CG-020/adopt", adoption...); status != http.StatusForbidden {
		t.Errorf("执法人员采用：%d", status)
	}
	if status, body = legal.get("/w/powers/export?q=YS-&format=csv"); status != http.StatusOK || strings.Count(body, "\n") < 35 || !strings.Contains(body, "演示政发〔2025〕1号") {
		t.Errorf("导出：%d，%d 行", status, strings.Count(body, "\n"))
	}
	if status, body = legal.get("/w/powers/export?q=YS-"); status != http.StatusOK || !strings.HasPrefix(body, "PK") {
		t.Errorf("导出 Excel：%d", status)
	}
}
