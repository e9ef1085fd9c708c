package casework

import (
	"testing"

	"fadu/internal/law"
)

// 听证“较大数额”按地区、对象、日期取（处罚法63）：罚款、违法所得、非法财物分别计算，含本数。
func TestThresholds(t *testing.T) {
	for _, c := range []struct {
		name, region, sector string
		party                PartyKind
		on                   string
		fine, gains, goods   int64
		known, large         bool
	}{
		{"对公民五千元，含本数", "310101", "", Citizen, "2026-03-02", 5000, 0, 0, true, true},
		{"差一元不到", "310101", "", Citizen, "2026-03-02", 4999, 4999, 4999, true, false},
		{"单位按单位的数额", "310101", "", LegalPerson, "2026-03-02", 5000, 0, 0, true, false},
		{"只有违法所得达到", "440100", "", OtherBody, "2026-03-02", 0, 100000, 0, true, true},
		{"行业另有规定的按行业", "350200", "住建", Citizen, "2026-03-02", 9999, 0, 0, true, false},
		{"这个地区没有载入", "110101", "", Citizen, "2026-03-02", 1, 0, 0, false, false},
		{"施行以前没有载入", "310101", "", Citizen, "2023-03-31", 9999, 0, 0, false, false},
		{"个体工商户按公民", "310101", "", SoleTrader, "2026-03-02", 5000, 0, 0, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := ThresholdFor(Thresholds(), c.region, c.sector, c.party, law.MustDate(c.on))
			if ok != c.known {
				t.Fatalf("known is %v", ok)
			}
			if ok && got.Large(law.Yuan(c.fine), law.Yuan(c.gains), law.Yuan(c.goods)) != c.large {
				t.Errorf("%+v: large is not %v", got, c.large)
			}
		})
	}
}
