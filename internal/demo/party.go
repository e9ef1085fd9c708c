package demo

import (
	"fmt"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/identity"
)

// offence is what is seen on the street, under a power, with a measurement that its tiers ask for.
type offence struct {
	code, summary, fact string
	metric              []string
	unit                bool // committed by shops rather than persons
}

var offences = []offence{
	{"YS-001", "人行道上有人摆摊卖水果", "在人行道上摆摊出售水果，占用面积%s平方米，影响行人通行。", []string{"0.8", "1.5", "2", "2.5", "3", "4"}, false},
	{"YS-002", "禁止区域流动摆卖", "在禁止摆卖的区域流动出售小商品，货值%s元。", []string{"80", "150", "200", "300", "450"}, false},
	{"YS-007", "电线杆上张贴小广告", "在公共设施上张贴宣传品%s处。", []string{"2", "4", "6", "8"}, false},
	{"YS-009", "散发商业广告", "在公共场所散发商业广告，散落地面%s张。", []string{"8", "20", "35"}, false},
	{"YS-014", "乱扔废弃物", "在道路上乱扔废弃物%s件。", []string{"1", "3", "4"}, false},
	{"YS-018", "门前责任未落实", "未履行门前清扫责任，未清扫面积%s平方米。", []string{"4", "6", "8"}, true},
	{"YS-022", "道路上堆放物料", "在道路上堆放物料%s平方米，影响通行。", []string{"0.5", "2", "3", "4"}, true},
	{"YS-024", "人行道上违法停车", "将机动车停放在人行道上%s分钟。", []string{"20", "30", "45"}, false},
	{"YS-027", "遛狗不牵绳", "携带犬只%s只出户未用牵引绳。", []string{"1"}, false},
	{"YS-028", "未清除犬粪", "未及时清除犬只粪便%s处。", []string{"1"}, false},
}

var streets = []string{"青石路", "白云路", "望江路", "同心路", "锦绣路", "清源街", "永安街", "文昌巷"}

type party struct {
	in casework.PartyInput
}

type duePayment struct {
	day    law.Date
	number string
	amount law.Money
	payer  string
}

// newParty makes a fictional party with a valid number of region 99, which belongs to nobody.
func (f *filler) newParty(unit bool) party {
	p := party{makeParty(len(f.parties)+1, unit)}
	f.parties = append(f.parties, p)
	return p
}

func makeParty(n int, unit bool) casework.PartyInput {
	in := casework.PartyInput{Name: "演示·" + personName(n + 200)[6:], Address: fmt.Sprintf("演示市演示区%s%d号（演示）", streets[n%len(streets)], n%180+1), Phone: fmt.Sprintf("1991%07d", n), IdentityBasis: "card_seen"}
	if unit {
		body := fmt.Sprintf("91990107MA%06d", n)
		c := identity.USCCCheckChar(body + identityTail(n))
		in.Kind, in.Name, in.IDKind, in.IDNumber, in.LegalRep = casework.LegalPerson, fmt.Sprintf("演示第%d号便利店有限公司", n), "uscc", body+identityTail(n)+c, personName(n+300)
	} else {
		born := fmt.Sprintf("%04d%02d%02d", 1960+n%44, n%12+1, n%28+1)
		body := "990107" + born + fmt.Sprintf("%03d", n%999+1)
		c := identity.ResidentCheckChar(body)
		in.Kind, in.IDKind, in.IDNumber = casework.Citizen, "resident_id", body+c
	}
	return in
}

func identityTail(n int) string { return string("0123456789ABCDEFGHJKLMNPQRTUWXY"[n%31]) }
