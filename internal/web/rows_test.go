package web

import (
	"context"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func sentForm(t *testing.T, values url.Values) *Form {
	t.Helper()
	r := httptest.NewRequest("POST", "/x", strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	f, err := ParseForm(httptest.NewRecorder(), r, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func drawn(t *testing.T, v RowsView) string {
	t.Helper()
	var b strings.Builder
	if err := RowsField(v).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRows(t *testing.T) {
	cells := []RowCell{{Label: "名称"}, {Label: "数量"}, {Label: "特征"}}
	for _, c := range []struct {
		name, sep string
		sent      url.Values
		text      string
	}{
		{"没有填", "，", url.Values{}, ""},
		{"空行略去", "，", url.Values{"t.0.0": {""}, "t.0.1": {" "}, "t.0.2": {""}, "t.2.0": {"三轮车"}, "t.2.1": {"1辆"}, "t.2.2": {""}}, "三轮车，1辆"},
		{"格子里的逗号不拆成两格", "，", url.Values{"t.0.0": {"桌，椅；凳"}, "t.0.1": {"3件"}, "t.0.2": {"旧"}}, "桌、椅、凳，3件，旧"},
		{"格子里换行不成两行", "｜", url.Values{"t.0.0": {"甲\n乙"}, "t.0.1": {"；"}}, "甲 乙｜；"},
		{"粘贴的接在后面", "，", url.Values{"t.0.0": {"桌"}, "t.0.1": {"1张"}, "t": {"椅，2把\n凳，1个"}}, "桌，1张\n椅，2把\n凳，1个"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := sentForm(t, c.sent)
			if got := f.RowText("t", c.sep, 100); got != c.text {
				t.Errorf("读到 %q，应为 %q", got, c.text)
			}
			if f.RowText("t", c.sep, 1) == c.text && c.text != "" {
				t.Error("超过字数也收下了")
			}
		})
	}
	first := drawn(t, (*Form)(nil).Rows("t", "物品", "，", cells...).Default("桌，1张，旧\n椅，2把").Need())
	for _, want := range []string{`name="t.0.0"`, `value="桌"`, `value="2把"`, `name="t.2.0"`, `value="t" formnovalidate`, "再加一行", `aria-label="物品第 1 行"`} {
		if !strings.Contains(first, want) {
			t.Errorf("没有 %s：%s", want, first)
		}
	}
	if strings.Contains(first, `name="t.3.0"`) {
		t.Error("空行太多")
	}
	f := sentForm(t, url.Values{"t.0.0": {"桌"}, "t.0.1": {""}, "_more": {"t"}})
	f.Add(RowName("t", 0), "第 1 行要写数量")
	again := drawn(t, f.Rows("t", "物品", "，", cells...).Default("别的，1件"))
	for _, want := range []string{`value="桌"`, "第 1 行要写数量", `id="f-t.0"`, `name="t.2.0"`} {
		if !strings.Contains(again, want) {
			t.Errorf("没有 %s：%s", want, again)
		}
	}
	if strings.Contains(again, "别的") {
		t.Error("填的被存着的换掉了")
	}
}
