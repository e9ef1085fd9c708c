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

// shed is a structure that was put up without leave and not taken down in time.
var shed = matter{
	source: "patrol", summary: "公共场所擅自搭建棚架", cause: "涉嫌擅自搭建棚架", code: "YS-023", metric: "12", harm: "none", fine: law.Yuan(600),
	fact: "当事人于%s在%s公共场所擅自搭建钢架雨棚，面积12平方米，责令改正后逾期没有拆除。", demand: "三日内自行拆除擅自搭建的棚架",
	asked: "这个棚架有没有经过批准？", answered: "没有批准，下雨天放东西用的。", proves: "擅自搭建棚架12平方米", measure: "卷尺测量搭建面积12平方米",
}

// spotless turns out to be none, slight or first: nobody is punished.
var spotless = matter{
	source: "patrol", summary: "人行道上堆放建材，当场清理", cause: "涉嫌在道路上堆放物料", code: "YS-022", metric: "0.5", harm: "none", corrected: true, fine: law.Yuan(100), noExemption: "要查明情况后决定",
	fact: "当事人于%s在%s道路上堆放黄沙，占用面积0.5平方米，当场清理。", demand: "立即清理堆放的物料",
	asked: "这些黄沙是谁堆放的？", answered: "是我，马上清理。", proves: "堆放物料0.5平方米并当场清理", measure: "卷尺测量堆放面积0.5平方米",
}

// place is where the matter was seen.
func (w *Walk) place() string {
	return "演示区" + streets[w.number%len(streets)] + "工地、门前（演示）"
}
