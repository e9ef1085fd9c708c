package demo

import (
	"fadu/internal/law"
)

// matter is what a case is about: what was seen, the power, what the benchmark asks for and gives.
type matter struct {
	unit                             bool // committed by a company
	source, summary, cause, fact     string
	code, metric, harm               string
	corrected                        bool
	fine                             law.Money
	demand, noExemption              string
	asked, answered, proves, measure string
}

// debris is a major case: the fine is one that gives a hearing, asks for legal review and a collective discussion.
var debris = matter{
	unit: true, source: "complaint", summary: "工地夜间外运建筑垃圾，没有处置核准", cause: "涉嫌未经核准擅自处置建筑垃圾", code: "CG-215", metric: "600", harm: "none", corrected: true, fine: law.Yuan(80000),
	fact: "当事人在没有取得建筑垃圾处置核准的情况下，于%s将%s的建筑垃圾约600立方米外运处置。", demand: "立即停止外运，三日内补办处置核准手续",
	asked: "外运的建筑垃圾有没有处置核准？", answered: "没有，工期紧，想着以后再补办，一共运了大约600立方米。", proves: "未经核准外运建筑垃圾约600立方米", measure: "按运输单据和车厢容积核算外运建筑垃圾600立方米",
}

// stacking is a light one.
var stacking = matter{
	noExemption: "堆放在学校门前，学生绕行机动车道，经教育仍有必要处罚",
	source:      "patrol", summary: "人行道上堆放建材，逾期不清理", cause: "涉嫌在道路上堆放物料", code: "YS-022", metric: "6", harm: "none", corrected: true, fine: law.Yuan(300),
	fact: "当事人于%s在%s道路上堆放水泥、黄沙，占用面积6平方米，影响行人通行。", demand: "三日内清理堆放的物料",
	asked: "这些建材是谁堆放的？", answered: "是我装修房子用的，临时放在门口。", proves: "在道路上堆放物料6平方米", measure: "卷尺测量堆放面积6平方米",
}

// place is where the matter was seen.
func (w *Walk) place() string {
	return "演示区" + streets[w.number%len(streets)] + "工地、门前（演示）"
}
