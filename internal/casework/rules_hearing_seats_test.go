package casework

import "fadu/internal/law/lawtest"

var hearingSeatTables = []lawtest.Table{
	simpleNot("XZCF-64-4-seats", "行政处罚法第64条第4项、第43条第1款", "hearing_seats_investigated", "另行指定"),
	simpleNot("XZCF-43-3-seats", "行政处罚法第43条第1款、第64条第4项", "hearing_seats_recused", "另行指定"),
	simpleNot("XZCF-43-3-hearing", "行政处罚法第43条第3款、第64条第4项", "hearing_recusal_open", "先决定"),
	simple("XZCF-64-5-mandate", "行政处罚法第64条第5项", "agents_mandated", "授权委托书"),
}
