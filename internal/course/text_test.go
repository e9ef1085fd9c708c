package course

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestParse: chapters, their time, articles and files are read; all that is wrong is named with its line.
func TestParse(t *testing.T) {
	got, faults := Parse("# 第一章\n时长：2分钟\n条文：行政处罚法第五十一条、XZCF-52\n先看**限额**。\n- 二百元\n> 原文\n1. 步骤\n## 小标题\n\n# 第二章\n文件：要点.pdf\n")
	if len(faults) > 0 || len(got) != 2 {
		t.Fatalf("%+v %v", got, faults)
	}
	a, b := got[0], got[1]
	if a.Seconds != 120 || strings.Join(a.Refs, " ") != "XZCF-51 XZCF-52" || b.File != "要点.pdf" || b.Seconds != leastTime {
		t.Errorf("%+v %+v", a, b)
	}
	var kinds []string
	for _, x := range a.Blocks {
		kinds = append(kinds, string(x.Kind))
	}
	if s := strings.Join(kinds, " "); s != "paragraph item quote numbered heading" {
		t.Errorf("读成 %s", s)
	}
	if r := a.Blocks[0].Runs; len(r) != 3 || r[1] != (Run{"限额", true}) || r[2].Strong {
		t.Errorf("重点：%+v", r)
	}
	for text, want := range map[string]string{
		"":                          "没有章节",
		"先写一句\n# 一\n内容":             "第 1 行：第一章以前不能有文字",
		"# 一\n":                     "“一”没有内容",
		"# 一\n内容\n# 一\n内容":          "第 3 行：章名“一”有两次",
		"# 一\n时长：很久\n内容":            "第 2 行：时长“很久”",
		"# 一\n时长：5小时\n内容":           "第 2 行：时长",
		"# 一\n时长：241分钟\n内容":         "第 2 行：时长",
		"# 一\n条文：某某条例第一条\n":         "第 2 行：“某某条例第一条”不是条文",
		"# 一\n文件：a.pdf\n文件：b.pdf\n": "第 3 行：一章写一个文件名",
		"#\n内容":                     "第 1 行：没有写章名",
		strings.Repeat("# 章", 1) + strings.Repeat("字", 81) + "\n内容": "章名最多 80 个字",
	} {
		_, faults := Parse(text)
		if s := fmt.Sprint(faults); !strings.Contains(s, want) {
			t.Errorf("%q：%s，应有 %s", text, s, want)
		}
	}
	long, _ := Parse("# 一\n" + strings.Repeat("字", 6000))
	if long[0].Seconds != 600 {
		t.Errorf("六千字算 %d 秒", long[0].Seconds)
	}
}

// TestEarned: what a report earns is the server's own time, once, and only for what is looked at without a gap.
func TestEarned(t *testing.T) {
	at := time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC)
	last := Pulse{Study: 1, Chapter: 2, At: at}
	for name, c := range map[string]struct {
		study   StudyID
		chapter int
		after   time.Duration
		want    time.Duration
	}{
		"二十秒报一次":        {1, 2, 20 * time.Second, 20 * time.Second},
		"迟了一点，最多三十秒":    {1, 2, 45 * time.Second, 30 * time.Second},
		"一分钟没有报，从头起":    {1, 2, 61 * time.Second, 0},
		"一秒报十次，一次只算经过的": {1, 2, 100 * time.Millisecond, 100 * time.Millisecond},
		"另一个窗口在看另一章":    {1, 3, 20 * time.Second, 0},
		"另一个窗口在看另一门课":   {9, 2, 20 * time.Second, 0},
		"时钟倒退":          {1, 2, -5 * time.Second, 0},
		"同一刻":           {1, 2, 0, 0},
	} {
		if got := Earned(last, c.study, c.chapter, at.Add(c.after)); got != c.want {
			t.Errorf("%s：%s，应是 %s", name, got, c.want)
		}
	}
	if got := Earned(Pulse{}, 1, 0, at); got != 0 {
		t.Errorf("第一次报：%s", got)
	}
}

// TestOpens: a chapter opens when all before it are done.
func TestOpens(t *testing.T) {
	for _, c := range []struct {
		done []bool
		n    int
		want bool
	}{{[]bool{false, false}, 0, true}, {[]bool{false, false}, 1, false}, {[]bool{true, false}, 1, true}, {[]bool{false, true, false}, 2, false}, {[]bool{true}, 1, false}, {nil, 0, false}} {
		if got := Opens(c.done, c.n); got != c.want {
			t.Errorf("%v 第 %d 章：%v", c.done, c.n+1, got)
		}
	}
}

// FuzzParse: no text breaks the reader; what it takes without a fault has content and a bounded time in every chapter.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"# 一\n内容", "# 一\n时长：5分钟\n条文：XZCF-51\n**重**点\n- 项\n1. 步\n> 引", "##", "# \n#", "# 一\n时长：９秒\n****"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		chapters, faults := Parse(s)
		if len(faults) > 0 {
			return
		}
		if len(chapters) == 0 || len(chapters) > MaxChapters {
			t.Fatalf("%q：%d 章", s, len(chapters))
		}
		for _, c := range chapters {
			if c.Seconds < 1 || c.Seconds > max(maxSeconds, MaxText/runesSecond) || len(c.Blocks)+len(c.Refs) == 0 && c.File == "" {
				t.Errorf("%q：%+v", s, c)
			}
			for _, b := range c.Blocks {
				for _, r := range b.Runs {
					if utf8.ValidString(s) && !utf8.ValidString(r.Text) {
						t.Errorf("%q：%q", s, r.Text)
					}
				}
			}
		}
	})
}
