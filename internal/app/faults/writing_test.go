package faults

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/app/apptest"

	"github.com/xuri/excelize/v2"
)

// What people type: characters outside the basic plane and of Unicode 3.0, and, where nothing is printed, an
// emoji of five code points and a letter with a mark of its own.
const (
	rareName  = "演示·𠮷㙍𬭼"
	rarePlace = "青石路㙍记𠮷野家门前"
	rareFact  = "当事人𠮷㙍在青石路摆摊，占用面积2平方米。"
	joined    = "👨\u200d👩\u200d👧一家摆摊，招牌写 Cafe\u0301"
)

var paperLink = regexp.MustCompile(`/w/papers/\d+`)

// TestWritingComesBackWhole: what was typed stands on pages, in lists and what they find, in papers, copies,
// slips, exports and calls as it was typed; on paper a character that the font does not have leaves a box to be
// filled in by hand, never another character.
func TestWritingComesBackWhole(t *testing.T) {
	engines(t, nil, func(t *testing.T, l *apptest.Line) {
		l.Typed = map[string]string{"summary": joined, "place": rarePlace, "name": rareName, "fact_text": rareFact, "caption": joined, "id_number": "９９０１０７ １９８４０２２９ ５０８ｘ"}
		check(t, l.To("deliver"))
		l.Typed = nil
		if n := count(t, l, `SELECT COUNT(*) FROM penalty_case WHERE party_id_number = '99010719840229508X'`); n != 1 {
			t.Errorf("全角、带空格、小写 x 的号码没有照标准存下")
		}
		b, err := l.As("officer102")
		check(t, err)
		has := func(what, text string, want ...string) {
			t.Helper()
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Errorf("%s里没有 %+q", what, w)
				}
			}
		}
		check(t, b.Get(l.Case))
		paper := string(paperLink.Find(b.Body))
		has("案件页", string(b.Body), rareName, rarePlace, joined)
		for _, q := range []string{"𠮷㙍", rareName, "99010719840229508X"} {
			check(t, b.Get("/w/cases?q="+url.QueryEscape(q)))
			has("查“"+q+"”的列表", string(b.Body), rareName, l.Case)
		}
		check(t, b.Get("/api/v1"+strings.TrimPrefix(l.Case, "/w")))
		var c struct {
			Summary string `json:"summary"`
			Place   string `json:"place"`
			Party   struct {
				Name string `json:"name"`
			} `json:"party"`
		}
		check(t, json.Unmarshal(b.Body, &c))
		if c.Party.Name != rareName || c.Place != rarePlace || c.Summary != joined {
			t.Errorf("接口：%+q", c)
		}
		check(t, b.Get(paper+"/pdf"))
		text, err := apptest.PDFText(b.Body)
		check(t, err)
		has("PDF ", strings.Join(strings.Fields(text), ""), "演示·", "㙍", "𬭼", "手填") // the papers' font has no 𠮷
		check(t, b.Get(paper))
		has("文书页", b.Text(), "𠮷", "手")
		check(t, b.Force(paper+"/docx"))
		has("DOCX ", docxText(t, b.Body), "演示·\u3000手填\u3000㙍𬭼", "当事人\u3000手填\u3000㙍在青石路摆摊")
		check(t, b.Get(paper+"/slip"))
		check(t, b.Fill(paper+"/slip", l.Dir))
		check(t, b.Again())
		if b.Status != http.StatusOK || !bytes.Contains(b.Body, []byte("\x1dv0\x00")) { // rare ones are drawn
			t.Errorf("小票：%d %.200q", b.Status, b.Body)
		}
		leader, err := l.As("leader1")
		check(t, err)
		check(t, leader.Get("/w/cases/export"))
		book, err := excelize.OpenReader(bytes.NewReader(leader.Body))
		check(t, err)
		rows, err := book.GetRows(book.GetSheetName(0))
		check(t, err)
		var all strings.Builder
		for _, r := range rows {
			all.WriteString(strings.Join(r, "|") + "\n")
		}
		has("Excel ", all.String(), rareName, rarePlace)
	})
}

// docxText is the text of an editable paper.
func docxText(t *testing.T, docx []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatalf("%v：%.300s", err, docx)
	}
	f, err := z.Open("word/document.xml")
	check(t, err)
	defer func() { _ = f.Close() }()
	content, err := io.ReadAll(f)
	check(t, err)
	return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(content), "")
}
