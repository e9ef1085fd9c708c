package casework

import "fadu/internal/law/lawtest"

var decisionFileTables = []lawtest.Table{
	simple("XZCF-57-1-approved", "行政处罚法第57条第1款", "approved_by_head", "报批"),
	simpleNot("XZCF-58-1-lapsed", "行政处罚法第58条第1款", "review_lapsed", "再次送审"),
	simpleNot("XZCF-44-worse", "行政处罚法第44条、第62条", "worse_than_notice", "重新告知"),
	simple("XZCF-59-1-evidence", "行政处罚法第59条第1款第2项", "evidence_numbered", "证据清单"),
	simpleNot("XZCF-41-record", "行政处罚法第41条第1款", "device_record_missing", "其他证据"),
	simple("MOHURD55-22-answered", "住建部令第55号第22条", "defence_review_written", "复核"),
	simple("XZCF-33-3-decision", "行政处罚法第33条第3款", "education_recorded", "记录"),
}
