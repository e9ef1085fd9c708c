package serving_test

import (
	"testing"

	"fadu/internal/casework/serving"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
)

// 每一种送达方式从哪一天起视为送达（处罚法61；民诉法87至95；55号令35至37）。
func TestServedOn(t *testing.T) {
	d := law.MustDate
	for _, c := range []struct {
		name   string
		way    serving.Way
		proof  serving.Proof
		today  string
		on     string
		served bool
	}{
		{"当场交付：签收日（处罚法61Ⅰ）", serving.OnSpot, serving.Proof{Signed: d("2026-03-02")}, "2026-03-02", "2026-03-02", true},
		{"当场交付没有签收", serving.OnSpot, serving.Proof{}, "2026-03-02", "", false},
		{"直接送达：回证签收日（民诉法87Ⅱ、88Ⅱ）", serving.Direct, serving.Proof{Signed: d("2026-03-03")}, "2026-03-05", "2026-03-03", true},
		{"直接送达没有签名和日期", serving.Direct, serving.Proof{Left: d("2026-03-03")}, "2026-03-05", "", false},
		{"签收日写成明天", serving.Direct, serving.Proof{Signed: d("2026-03-06")}, "2026-03-05", "2026-03-06", false},
		{"留置：留置日（民诉法89）", serving.Leaving, serving.Proof{Left: d("2026-03-04")}, "2026-03-04", "2026-03-04", true},
		{"电子：到达特定系统日（民诉法90Ⅱ）", serving.Electronic, serving.Proof{Arrived: d("2026-03-07")}, "2026-03-09", "2026-03-07", true},
		{"电子没有到达", serving.Electronic, serving.Proof{}, "2026-03-09", "", false},
		{"委托：受送达人签收日，不是寄出日（民诉法91）", serving.Entrusted, serving.Proof{Signed: d("2026-03-20")}, "2026-03-25", "2026-03-20", true},
		{"委托还在途中", serving.Entrusted, serving.Proof{}, "2026-03-25", "", false},
		{"邮寄：回执注明的收件日（民诉法91）", serving.Posted, serving.Proof{Signed: d("2026-03-10")}, "2026-03-12", "2026-03-10", true},
		{"邮寄还在途中", serving.Posted, serving.Proof{}, "2026-03-12", "", false},
		{"转交：受送达人签收日（民诉法92至94）", serving.Forwarded, serving.Proof{Signed: d("2026-03-18")}, "2026-03-19", "2026-03-18", true},
		{"公告第三十日还没有过完", serving.Announced, serving.Proof{Announced: d("2026-03-02")}, "2026-04-01", "2026-04-01", false},
		{"公告经过三十日（民诉法95）", serving.Announced, serving.Proof{Announced: d("2026-03-02")}, "2026-04-02", "2026-04-01", true},
		{"公告期满日是假日也不顺延", serving.Announced, serving.Proof{Announced: d("2026-09-01")}, "2026-10-02", "2026-10-01", true},
		{"没有发公告", serving.Announced, serving.Proof{Signed: d("2026-03-02")}, "2026-05-01", "", false},
		{"不是法定方式", "chat", serving.Proof{Signed: d("2026-03-02"), Left: d("2026-03-02")}, "2026-05-01", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			on, served, err := serving.ServedOn(c.way, c.proof, d(c.today), calendar.Official())
			if err != nil || on.String() != c.on || served != c.served {
				t.Errorf("%s %v %v，应是 %s %v", on, served, err, c.on, c.served)
			}
		})
	}
}
