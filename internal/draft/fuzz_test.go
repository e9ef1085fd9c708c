package draft

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"fadu/internal/fault"

	"github.com/xuri/excelize/v2"
)

// FuzzParseStated: a stated total keeps the number that was typed, whole; what cannot be read is named.
func FuzzParseStated(f *testing.F) {
	for _, s := range []string{"行政处罚118项、行政许可10；合计126", "共126条", "合计1234567", "行政处罚 -5", "行政处罚 1.5", "１２６", "、、\n", "行政处罚：", strings.Repeat("甲1、", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		list, err := ParseStated(s)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if len(list) > maxStated {
			t.Fatalf("%d 个", len(list))
		}
		text := strings.Join(strings.Fields(Narrow(s)), "")
		for _, x := range list {
			if x.Count < 0 || x.Count > 999_999 || !strings.Contains(text, strconv.Itoa(x.Count)) {
				t.Fatalf("%q：%+v", s, x)
			}
			if last, _ := utf8.DecodeLastRuneInString(x.Label); strings.ContainsRune("0123456789.-+", last) {
				t.Fatalf("%q：数字被截断：%+v", s, x)
			}
		}
	})
}

// FuzzSummary reads a sheet 汇总 beside the list: its totals are counts, and it never breaks the list.
func FuzzSummary(f *testing.F) {
	f.Add("行政处罚", "118", "")
	f.Add("合计", "１２６", "其中 3")
	f.Add("1", "行政许可", "9999999999999999999")
	f.Add("", "-3", "a\x00")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		for _, s := range []string{a, b, c} {
			if len(s) > 1000 {
				t.Skip()
			}
		}
		file := sheet(t, "人员", [][]any{{"共 12 项" + clip(clean(b), 20)}, {"姓名", "工号", "任职日期"}, {"王某某", 1, 45352}}, func(x *excelize.File) {
			_, err := x.NewSheet("汇总")
			if err == nil {
				err = x.SetSheetRow("汇总", "A1", &[]any{a, b, c})
			}
			if err != nil {
				t.Skip()
			}
		})
		p, err := Parse(file, staff)
		if err != nil {
			t.Fatalf("%q %q %q：%v", a, b, c, err)
		}
		for _, x := range p.Stated {
			if x.Count < 0 {
				t.Fatalf("%+v", x)
			}
		}
	})
}

// FuzzDay: a day is read as written, or named; what is read prints and reads again as itself.
func FuzzDay(f *testing.F) {
	for _, s := range []string{"2026-3-2", "2026/3/2", "2026.3.2", "2026年3月2日", "20260302", "２０２６年 ３ 月 ２ 日", "2026-02-30", "26-3-2", "1899-12-31", "2026-03-02T00:00:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDay(s)
		if err != nil || d.IsZero() {
			return
		}
		if again, err := ParseDay(d.String()); err != nil || again != d || d.Year() < 1900 || d.Year() > 2200 {
			t.Fatalf("%q → %s → %s %v", s, d, again, err)
		}
	})
}

// FuzzDecoded: a text file becomes UTF-8 without zero bytes, or is refused in words.
func FuzzDecoded(f *testing.F) {
	f.Add([]byte("\xef\xbb\xbf姓名"))
	f.Add([]byte("\xd0\xd5\xc3\xfb,\x95\x32\x82\x36"))
	f.Add([]byte("\xff\xfe1\x00"))
	f.Add([]byte("a\x00b"))
	f.Fuzz(func(t *testing.T, b []byte) {
		text, err := Decoded(b)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if !utf8.Valid(text) || strings.ContainsRune(string(text), 0) {
			t.Fatalf("%q → %q", b, text)
		}
	})
}
