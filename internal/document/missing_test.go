package document

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"fadu/internal/fault"
)

// rare is a character that Noto Serif SC does not have, U+20BB7; people bear it in their names.
const rare = '𠮷'

func namedParty(name string) Paper {
	return Paper{
		Layout: Form, Header: BlackHeader, Title: "当场行政处罚决定书", Number: "演城管当罚字〔2026〕第187号", Demo: true,
		Blocks: []Block{
			Fields{Label: "当事人", Rows: [][]Field{{{"姓名", name, 1}, {"性别", "男", 1}}}},
			Paragraph{Label: "违法事实", Text: "当事人" + name + "占道经营。"},
		},
	}
}

func TestMissing缺字即拒(t *testing.T) {
	p := press(t, "")
	paper := namedParty("演示𠮷明㙍龘")
	if got := string(p.Missing(paper)); got != "𠮷" {
		t.Errorf("missing %q", got)
	}
	_, err := p.Print(paper, created)
	var m *MissingGlyphs
	if !errors.As(err, &m) {
		t.Fatalf("got %v", err)
	}
	if string(m.Runes) != "𠮷" || !reflect.DeepEqual(m.Where, []string{"当事人姓名", "违法事实"}) {
		t.Errorf("%q in %q", string(m.Runes), m.Where)
	}
	if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "“𠮷”(U+20BB7)") {
		t.Errorf("message: %v", err)
	}
}

func TestMissing允许手填时留空框并回报(t *testing.T) {
	p := press(t, "")
	paper := namedParty("演示𠮷明")
	paper.HandFill = true
	out := printed(t, p, paper)
	if string(out.HandFill) != "𠮷" {
		t.Errorf("reported %q", string(out.HandFill))
	}
	text := textOf(t, save(t, "手填", out.PDF))
	if n := strings.Count(text, "手填"); n != 2 {
		t.Errorf("%d boxes in:\n%s", n, text)
	}
	if strings.ContainsRune(text, rare) {
		t.Error("the character is in the text, though nothing was drawn")
	}
	if whole := printed(t, p, namedParty("演示明")); len(whole.HandFill) != 0 {
		t.Errorf("reported %q for a paper with nothing missing", string(whole.HandFill))
	}
}

func TestMissing补字字体补上且可复制(t *testing.T) {
	p := press(t, extraFont(t, rare))
	paper := namedParty("演示𠮷明")
	if got := p.Missing(paper); len(got) != 0 {
		t.Fatalf("missing %q", string(got))
	}
	out := printed(t, p, paper)
	if text := textOf(t, save(t, "补字", out.PDF)); strings.Count(text, "演示𠮷明") != 2 || !strings.Contains(text, "当事人演示𠮷明占道经营。") {
		t.Errorf("copied text:\n%s", text)
	}
}

func TestMissing不可见字符也报告(t *testing.T) {
	p := press(t, "")
	for name, c := range map[string]struct {
		in, want string
	}{
		"控制字符":         {"张\x01三", "\x01"},
		"异体字选择符":       {"葛\U000E0100", "\U000E0100"},
		"零宽空格和软连字符去掉":  {"张\u200b三\u00ad\ufeff", ""},
		"制表符和不断行空格当空格": {"张\t三\u00a0", ""},
		"表情符号":         {"张三😀", "😀"},
		"打勾的框可以印":      {"☑是☐否☒", ""},
	} {
		if got := string(p.Missing(namedParty(c.in))); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Every text field of a paper, wherever it stands, is looked at: a character that slips through would be
// left out of a legal paper without a word.
func TestMissing每一处文字都查(t *testing.T) {
	p := press(t, "")
	full := func() Paper {
		paper := evidenceLetter(t)
		paper.Void, paper.Mark, paper.Copies = "作废原因", "副本", "一式两份"
		form := onSpotForm(t)
		paper.Blocks = append(paper.Blocks, form.Blocks...)
		return paper
	}
	count := 0
	eachText(full, func(path string, paper Paper) {
		count++
		if got := string(p.Missing(paper)); got != string(rare) {
			t.Errorf("%s: missing %q", path, got)
		}
		var m *MissingGlyphs
		if _, err := p.Print(paper, created); !errors.As(err, &m) {
			t.Errorf("%s: printed, or %v", path, err)
		}
	})
	if count < 60 {
		t.Errorf("only %d texts visited", count)
	}
}

// eachText calls f for every string of the paper, with the rare character put at its end.
func eachText(full func() Paper, f func(path string, paper Paper)) {
	skip := map[string]bool{"Layout": true, "Header": true, "URL": true, "Style": true, "Align": true}
	var walk func(v reflect.Value, path string, set func(reflect.Value))
	paper := full()
	walk = func(v reflect.Value, path string, set func(reflect.Value)) {
		switch v.Kind() {
		case reflect.String:
			changed := reflect.New(v.Type()).Elem()
			changed.SetString(v.String() + string(rare))
			set(changed)
			f(path, paper)
			set(v)
		case reflect.Struct:
			if v.Type().PkgPath() != reflect.TypeOf(paper).PkgPath() {
				return
			}
			for i := range v.NumField() {
				if name := v.Type().Field(i).Name; !skip[name] {
					walk(reflect.ValueOf(v.Field(i).Interface()), path+"."+name, func(n reflect.Value) {
						next := reflect.New(v.Type()).Elem()
						next.Set(v)
						next.Field(i).Set(n)
						set(next)
					})
				}
			}
		case reflect.Slice:
			if v.Type().Elem().Kind() == reflect.Uint8 {
				return
			}
			for i := range min(v.Len(), 30) {
				walk(reflect.ValueOf(v.Index(i).Interface()), path+"[]", func(n reflect.Value) {
					next := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
					reflect.Copy(next, v)
					next.Index(i).Set(n)
					set(next)
				})
			}
		}
	}
	walk(reflect.ValueOf(paper), "Paper", func(n reflect.Value) { paper = n.Interface().(Paper) })
}
