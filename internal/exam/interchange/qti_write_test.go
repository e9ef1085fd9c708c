package interchange

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"fadu/internal/exam/bank"
)

// TestQTIComesBack: every question of the program that a package carries is read back as it was asked; the others are
// named with their reason, in the package too.
func TestQTIComesBack(t *testing.T) {
	all, err := bank.All()
	if err != nil {
		t.Fatal(err)
	}
	all = append(all,
		bank.Question{ID: "own-1", Type: bank.Match, Level: 1, Stem: "配对 <&>。", Pairs: []bank.Pair{{Left: "登记保存", Right: "七日"}, {Left: "催告", Right: "十日"}}, Spare: []string{"一月"}, Explain: "甲\n乙"},
		bank.Question{ID: "own-2", Type: bank.Fill, Level: 1, Stem: "公民____元，法人____元。", Blanks: [][]string{{"二百", "200"}, {"三千"}}},
		bank.Question{ID: "own-3", Type: bank.Drafting, Level: 1, Stem: "写决定书。", Paper: "决定书", Rubric: []bank.Criterion{{Text: "事实", Points: 5}}})
	content, left, err := ToQTI(all)
	if err != nil {
		t.Fatal(err)
	}
	items, err := QTI(content)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bank.Question{}
	for _, it := range items {
		if it.Refused != "" {
			t.Errorf("%s：%s", it.Name, it.Refused)
		}
		got[strings.TrimSuffix(strings.TrimPrefix(it.Name, "items/q_"), ".xml")] = it.Question
	}
	for _, q := range all {
		back, ok := got[q.ID]
		if named := slices.ContainsFunc(left, func(l string) bool { return strings.HasPrefix(l, q.ID+"：") }); ok == named {
			t.Errorf("%s：写出 %v，说没有写出 %v", q.ID, ok, named)
			continue
		} else if named {
			continue
		}
		if back.Type != q.Type || back.Answer != q.Answer || !slices.Equal(back.Options, q.Options) || strings.Join(back.Right(), "|") != strings.Join(q.Right(), "|") {
			t.Errorf("%s：%+v", q.ID, back)
		}
		if back.Stem != q.Stem || back.Explain != q.Explain || !slices.Equal(back.Pairs, q.Pairs) || !slices.Equal(back.Spare, q.Spare) {
			t.Errorf("%s：写的是 %q %q %v，读回 %q %q %v", q.ID, q.Stem, q.Explain, q.Pairs, back.Stem, back.Explain, back.Pairs)
		}
		for i := range q.Blanks {
			if !slices.Equal(q.Blanks[i], back.Blanks[i]) {
				t.Errorf("%s 第 %d 空：%v", q.ID, i+1, back.Blanks[i])
			}
		}
	}
	again, _, err := ToQTI(all)
	if err != nil || !bytes.Equal(content, again) {
		t.Errorf("同样的题目写出来不一样：%v", err)
	}
	if len(left) == 0 || !strings.Contains(fileOf(t, content, "没有写出的题目.txt"), "own-3：") {
		t.Errorf("没有写出的：%v", left)
	}
}

func fileOf(t *testing.T, content []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestFormatsAreTold: a file is told by what is in it.
func TestFormatsAreTold(t *testing.T) {
	for content, want := range map[string]Format{
		"题型,题干,答案\n单选,谁？{甲},A\n":                       "",
		"谁批准？\nA) 负责人\nB) 承办人\nANSWER: A\n":            FormatAiken,
		"::一::谁批准？{=负责人 ~承办人}\n":                       FormatGIFT,
		"\ufeff<?xml version=\"1.0\"?>\n<quiz></quiz>": FormatMoodle,
		"<assessmentItem/>":         FormatQTI,
		"PK\x03\x04items/q.xml":     FormatQTI,
		"PK\x03\x04xl/workbook.xml": "",
		"只是一段话。":                    "",
		"":                          "",
		"\xc8\xcb":                  "",
	} {
		if got := formatOf([]byte(content)); got != want {
			t.Errorf("%q 认作 %q，应是 %q", content, got, want)
		}
	}
}

// FuzzRead: whatever is uploaded, reading it fails in words or gives items that are refused or can be asked.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"谁？\nA) 甲\nB) 乙\nANSWER: A\n", "::一::谁？{=甲 ~乙}", "<quiz></quiz>", "<assessmentItem/>", "PK\x03\x04"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		items, _, ok, err := Read(content)
		if !ok && (len(items) > 0 || err != nil) {
			t.Errorf("不是题库文件，却有 %d 道题、%v", len(items), err)
		}
		for _, it := range items {
			if it.Refused == "" && len(it.Question.Sound()) > 0 {
				t.Errorf("收下了不能考的题：%+v", it)
			}
		}
	})
}
