package calc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The bases that answers of training and exams carry: they rest on published methods and on the rules that
// the manual writes down, not on a statute.
const (
	basisPractice   = "间隔重复算法 FSRS-6 公开公式（长期模式）"
	basisGrade      = "考试计分口径（见使用手册“复核口”）"
	basisStats      = "经典测验理论：难度、区分度、克龙巴赫α、斯皮尔曼-布朗校正（方差除以n-1）"
	basisFigures    = "统计数字核对口径（见使用手册“复核口”）"
	basisDraw       = "随机抽取方法（见使用手册“复核口”）"
	basisSimilarity = "哈普-霍根相同错答比较法"
	basisTraining   = "培训评价口径（见使用手册“复核口”）"
)

// listAnswer is the answer of a kind whose answer is a list. A question with an id gets an object, for a list
// has no place for it: {"id":…,"list":[…],"article":"…"}.
type listAnswer struct {
	List    any    `json:"list"`
	Article string `json:"article"`
}

// into reads a key's value strictly; the value may be left out when optional.
func (f fields) into(key string, to any, optional bool) error {
	if !f.has(key) {
		if optional {
			return nil
		}
		return fmt.Errorf("缺“%s”", key)
	}
	if err := strict(f[key], to); err != nil {
		return fmt.Errorf("“%s”：%w", key, err)
	}
	return nil
}

// strict decodes JSON without unknown keys and says in Chinese what is wrong.
func strict(raw []byte, to any) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	err := dec.Decode(to)
	if err == nil {
		if _, err = dec.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		return errors.New("后面还有别的内容")
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		where := wrong.Field
		if where == "" {
			where = "这里"
		}
		return fmt.Errorf("%s应是%s，写的是%s", where, kindHan(wrong.Type.Kind().String()), valueHan(wrong.Value))
	}
	if name, ok := strings.CutPrefix(err.Error(), `json: unknown field "`); ok {
		return fmt.Errorf("不认识“%s”", strings.TrimSuffix(name, `"`))
	}
	for _, r := range err.Error() {
		if r > 0x2e80 {
			return err // a reason of ours
		}
	}
	return errors.New("写法不对，请核对引号、括号和数据类型")
}

func kindHan(kind string) string {
	switch {
	case strings.HasPrefix(kind, "int") || strings.HasPrefix(kind, "uint"):
		return "整数"
	case strings.HasPrefix(kind, "float"):
		return "数"
	case kind == "string":
		return "文字"
	case kind == "bool":
		return " true 或 false"
	case kind == "slice" || kind == "array":
		return "列表"
	}
	return "对象"
}

func valueHan(value string) string {
	value, _, _ = strings.Cut(value, " ")
	switch value {
	case "string":
		return "文字"
	case "number":
		return "数"
	case "bool":
		return " true 或 false"
	case "array":
		return "列表"
	case "object":
		return "对象"
	}
	return value
}

// number reads a number; the value of otherwise stands for a key left out when there is one.
func (f fields) number(key string, otherwise ...float64) (float64, error) {
	if !f.has(key) {
		if len(otherwise) > 0 {
			return otherwise[0], nil
		}
		return 0, fmt.Errorf("缺“%s”", key)
	}
	var x float64
	if json.Unmarshal(f[key], &x) != nil {
		return 0, fmt.Errorf("“%s”应是数", key)
	}
	return x, nil
}

// choice reads what was chosen: text, a list of letters, or nothing.
func (f fields) choice(key string) (string, error) {
	if !f.has(key) {
		return "", nil
	}
	var list []string
	if json.Unmarshal(f[key], &list) == nil {
		return strings.Join(list, ""), nil
	}
	var truth bool
	if json.Unmarshal(f[key], &truth) == nil {
		if truth {
			return "对", nil
		}
		return "错", nil
	}
	return f.text(key)
}
