package definition

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// found is a fault with the way to it in the file.
type found struct {
	Fault
	path []any
}

var (
	codeForm = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)
	linkForm = regexp.MustCompile(`^(register:[a-z][a-z0-9_]{1,39}|[a-z_]{2,20})$`)
)

// slots are how many columns there are of each stem, and which types they hold.
var slots = map[string]struct {
	n     int
	kinds []Kind
}{
	"n": {8, []Kind{Number, Money}}, "k": {8, []Kind{Choice}}, "d": {4, []Kind{Date, Period}}, "r": {4, []Kind{Person, Unit, Link}},
}

// reserved are keys with a meaning of their own.
var reserved = []string{StateField, "unit", "month", "version", "reason", "lat", "lng", "same"}

// Lint says what forbids using the definition, in Chinese.
func (d *Definition) Lint() []string {
	var out []string
	for _, f := range d.lint() {
		out = append(out, f.Text)
	}
	return out
}

func (d *Definition) lint() []found {
	var out []found
	bad := func(path []any, format string, args ...any) {
		out = append(out, found{Fault{Text: fmt.Sprintf("台账“%s”：", orCode(d)) + fmt.Sprintf(format, args...)}, path})
	}
	d.lintHead(bad)
	d.lintFields(bad)
	d.lintTitle(bad)
	d.lintStock(bad)
	d.lintIndicators(bad)
	return out
}

func orCode(d *Definition) string {
	if d.Name != "" {
		return d.Name
	}
	return d.Code
}

type report func(path []any, format string, args ...any)

func (d *Definition) lintHead(bad report) {
	if !codeForm.MatchString(d.Code) {
		bad([]any{"code"}, "编号“%s”应是小写字母、数字、下划线，字母开头，2 到 40 个", d.Code)
	}
	if d.Edition < 1 {
		bad([]any{"edition"}, "版次（edition）从 1 起")
	}
	for _, x := range []struct{ key, label, text string }{{"name", "名称", d.Name}, {"group", "分组", d.Group}, {"help", "说明", d.Help}, {"measure", "记录的量词", d.Measure}} {
		if strings.TrimSpace(x.text) == "" {
			bad([]any{x.key}, "没有%s（%s）", x.label, x.key)
		}
	}
	if FlowNames[d.Flow] == "" {
		bad([]any{"flow"}, "办理方式（flow）只能是 plain、checked、rectified")
	}
	if d.Due < 0 || d.Due > 250 || d.Due > 0 && d.Flow != Rectified {
		bad([]any{"due"}, "整改期限（due）是 1 到 250 个工作日，只有要整改的台账才有")
	}
	if len(d.Fields) == 0 || len(d.Fields) > 60 {
		bad([]any{"fields"}, "要有 1 到 60 个字段")
	}
}

func (d *Definition) lintFields(bad report) {
	keys, used, places := map[string]bool{}, map[string]string{}, 0
	for i, f := range d.Fields {
		at := []any{"fields", i}
		here := func(key, format string, args ...any) {
			bad(append(slices.Clone(at), key), "字段“%s”：%s", f.Label, fmt.Sprintf(format, args...))
		}
		if !codeForm.MatchString(f.Key) || slices.Contains(reserved, f.Key) {
			here("key", "编号“%s”不能用", f.Key)
		}
		if keys[f.Key] {
			here("key", "编号“%s”写了两次", f.Key)
		}
		keys[f.Key] = true
		if strings.TrimSpace(f.Label) == "" {
			here("label", "没有名称")
		}
		if f.Slot != "" && used[f.Slot] != "" {
			here("slot", "列 %s 已经给了“%s”", f.Slot, used[f.Slot])
		}
		if f.Slot != "" {
			used[f.Slot] = f.Label
		}
		if f.Kind == Place {
			places++
		}
		f.lint(here)
		d.lintWords(f, here)
		if f.Stage == AtFix && d.Flow != Rectified || f.Stage == AtCheck && d.Flow == Plain {
			here("stage", "这个台账没有这个环节")
		}
	}
	if places > 1 {
		bad([]any{"fields"}, "地点只能有一个")
	}
}

// lintWords: a number whose measure word depends on a choice has a word for each of its options.
func (d *Definition) lintWords(f Field, bad func(key, format string, args ...any)) {
	if f.Per == "" {
		if len(f.Words) > 0 {
			bad("words", "写了各选项的量词（words），没有写按哪个单选（per）")
		}
		return
	}
	by, ok := d.Field(f.Per)
	if !ok || by.Kind != Choice || !by.Need || f.Kind != Number {
		bad("per", "量词只能按一个必填的单选来定")
		return
	}
	for _, o := range by.Options {
		if f.Words[o] == "" {
			bad("words", "没有写“%s”的量词", o)
		}
	}
}

func (f Field) lint(bad func(key, format string, args ...any)) {
	if KindNames[f.Kind] == "" {
		bad("type", "不认识类型“%s”", f.Kind)
		return
	}
	if (f.Kind == Number) != (f.Measure != "") {
		bad("measure", "数量要写量词（measure），别的不写")
	}
	if (f.Kind == Choice || f.Kind == Tags) != (len(f.Options) > 0) {
		bad("options", "单选、多选要列出选项（options），别的不写")
	}
	seen := map[string]bool{}
	for _, o := range f.Options {
		if strings.TrimSpace(o) != o || o == "" || seen[o] || strings.ContainsAny(o, "、,，;；\n|") {
			bad("options", "选项“%s”是空的、重复，或者含有分隔符", o)
		}
		seen[o] = true
	}
	if (f.Kind == Link) != (f.To != "") || f.To != "" && !linkForm.MatchString(f.To) {
		bad("to", "关联记录要写明关联什么（to），例如 case 或 register:campaign")
	}
	if f.Min != nil && f.Max != nil && *f.Min > *f.Max {
		bad("min", "最小值比最大值大")
	}
	if f.Proof < 0 || f.Proof > 9 || f.Proof > 0 && f.Kind.Stored() {
		bad("proof", "至少几张（proof）是照片、附件才有的，1 到 9")
	}
	if f.Stage != AtEntry && f.Stage != AtFix && f.Stage != AtCheck {
		bad("stage", "环节（stage）只能是 fix、check，不写的是登记时")
	}
	if f.Slot != "" {
		s, n := slots[stem(f.Slot)], 0
		n, _ = strconv.Atoi(strings.TrimPrefix(f.Slot, stem(f.Slot)))
		if n < 1 || n > s.n || !slices.Contains(s.kinds, f.Kind) {
			bad("slot", "列“%s”放不了%s", f.Slot, KindNames[f.Kind])
		}
	}
	if f.Filter && !f.Indexed() {
		bad("filter", "%s不能作筛选条件", KindNames[f.Kind])
	}
}

func (d *Definition) lintTitle(bad report) {
	if day, ok := d.Field(d.Day); !ok || day.Kind != Date && day.Kind != Period || !day.Need || day.Stage != AtEntry {
		bad([]any{"day"}, "按哪一天统计（day）要是登记时必填的日期或起止日期")
	}
	if len(d.Title) == 0 {
		bad([]any{"title"}, "没有写记录用哪几个字段作名称（title）")
	}
	for i, key := range d.Title {
		if f, ok := d.Field(key); !ok || !f.Kind.Stored() || f.Stage != AtEntry {
			bad([]any{"title", i}, "作名称的“%s”不是登记时的字段", key)
		}
	}
	if d.Flow == Rectified && len(d.Proofs(AtFix)) == 0 {
		bad([]any{"fields"}, "要整改的台账至少有一项整改时的照片或附件作证明（stage: fix, proof: 1）")
	}
}

func (d *Definition) lintStock(bad report) {
	if d.Stock == nil {
		return
	}
	item, okItem := d.Field(d.Stock.Item)
	n, okN := d.Field(d.Stock.Quantity)
	way, okWay := d.Field(d.Stock.Direction)
	if !okItem || item.Kind != Choice && item.Kind != Link && item.Kind != Text || !item.Need {
		bad([]any{"stock", "item"}, "出入库的物品要是必填的单选、文字或关联记录")
	}
	if !okN || n.Kind != Number || n.Slot == "" || !n.Need || n.Min == nil || *n.Min < 1 {
		bad([]any{"stock", "quantity"}, "出入库的数量要是必填的数量，有列，最小是 1")
	}
	if !okWay || way.Kind != Choice || !way.Need || len(d.Stock.Out) == 0 {
		bad([]any{"stock", "direction"}, "出入库的方向要是必填的单选，并写明哪些是出库（out）")
	}
	for _, o := range d.Stock.Out {
		if !slices.Contains(way.Options, o) {
			bad([]any{"stock", "out"}, "方向里没有“%s”", o)
		}
	}
	if d.Flow != Plain {
		bad([]any{"flow"}, "出入库的台账登记即计入")
	}
}
