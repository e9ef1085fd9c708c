package casework

import "fadu/internal/law/lawtest"

var servingTables = []lawtest.Table{
	simple("MSSS-87", "民事诉讼法第87条；行政处罚法第61条第1款", "receipt_signed", "签名"),
	simple("MSSS-95-reasons", "民事诉讼法第95条；住建部令第55号第36条", "reason_recorded", "写明"),
	simple("XZCF-61-1-served", "行政处罚法第61条第1款", "paper_served", "送达"),
}
