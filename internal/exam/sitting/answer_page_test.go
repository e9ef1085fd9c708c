package sitting

import (
	"bytes"
	"strings"
	"testing"

	"fadu/internal/exam/assembly"
	"fadu/internal/exam/sitting/pages"
)

// Test填的话照原样回到卷上: what a candidate writes comes back as text in its field, whatever it looks like.
func Test填的话照原样回到卷上(t *testing.T) {
	t.Parallel()
	const trick = `"><img src=x onerror=alert(1)><script>alert(1)</script>`
	form := assembly.Form{}
	for _, a := range questions() {
		form = append(form, assembly.Item{Question: a.Question, Points: 100})
	}
	given := []Answer{}
	for i := range form {
		given = append(given, Answer{Item: i, Seq: 1, Value: trick + "\n" + trick})
	}
	var page bytes.Buffer
	if err := pages.Questions(sections(form, form.Places([]byte("演示"), "1/1"), given)).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	text := page.String()
	if strings.Contains(text, "<img") || strings.Contains(text, "<script") {
		t.Errorf("混进来了：%s", text)
	}
	if n := strings.Count(text, `value="&#34;&gt;&lt;img src=x`); n != 2 {
		t.Errorf("填空两空应当各照原样写回，有 %d 处：%s", n, text)
	}
}
