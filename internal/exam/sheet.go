package exam

import (
	"fadu/internal/exam/interchange"
)

// fieldLabels name the cells of a question, on pages and in the head of a sheet.
var fieldLabels = map[string]string{
	"type": "题型", "topic": "专题", "chapter": "章节", "level": "难度", "points": "分值", "stem": "题干", "text": "材料", "options": "选项", "answer": "答案", "blanks": "各空的答案", "pairs": "配对",
	"spare": "多余的右项", "parts": "小题", "paper": "文书", "rubric": "评分点", "policy": "排序计分", "precedence": "必须在前的", "fatal": "颠倒就不得分的", "refs": "条文", "basis": "其他依据", "rules": "规则编号",
	"explain": "解析", "from": "从哪天起适用", "until": "到哪天为止",
}

func sheetHead() (out []string) {
	for _, f := range interchange.Fields {
		out = append(out, fieldLabels[f])
	}
	return out
}

// sheetCells are the cells of a version as a row of a sheet.
func sheetCells(v Version) (out []any, err error) {
	asks, err := v.Asks()
	if err != nil {
		return nil, err
	}
	cells := interchange.ToCells(asks)
	for _, f := range interchange.Fields {
		out = append(out, cells[f])
	}
	return out, nil
}
