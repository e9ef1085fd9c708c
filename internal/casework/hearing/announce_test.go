package hearing

import (
	"testing"

	"fadu/internal/casework"
)

func TestShownName(t *testing.T) {
	for _, x := range []struct {
		situation string
		kind      casework.PartyKind
		name      string
		masked    bool
	}{
		{"公民只写姓", casework.Citizen, "演示·郑某某", true},
		{"单位写全称", casework.LegalPerson, "演示建筑有限公司", false},
		{"个体工商户写字号", casework.SoleTrader, "演示早点铺", false},
	} {
		c := &casework.Case{}
		c.PartyKind, c.PartyName = x.kind, x.name
		if got := shownName(c); (got != x.name) != x.masked || got == "" {
			t.Errorf("%s：公告写的是“%s”", x.situation, got)
		}
	}
}
