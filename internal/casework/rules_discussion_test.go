package casework

import "fadu/internal/law/lawtest"

var discussionTables = []lawtest.Table{
	simple("XZCF-57-2-signed", "行政处罚法第57条第2款", "members_signed", "补签"),
	simple("XZCF-57-2-opinions", "行政处罚法第57条第2款", "opinions_recorded", "逐人"),
	simple("XZCF-57-2-last", "行政处罚法第57条第2款", "chief_spoke_last", "末位"),
	simpleNot("XZCF-57-2-members", "行政处罚法第57条第2款", "outsider_voted", "重新"),
}
