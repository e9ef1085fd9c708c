package mastery

import "testing"

func TestEstimate(t *testing.T) {
	for _, c := range []struct {
		name string
		now  float64
		obs  []Observation
		want Level
	}{
		{"没有依据", 0, nil, Level{0.5, 0, false}},
		{"案卷一次错，证据够", 10, []Observation{{File, 0, 10}}, Level{0.2, 3, true}},
		{"考题一次错，证据不够", 10, []Observation{{Quiz, 0, 10}}, Level{0.333333, 1, false}},
		{"九十天前的案卷只算一半", 90, []Observation{{File, 0, 0}}, Level{0.285714, 1.5, true}},
		{"九十一天前证据就不够", 91, []Observation{{File, 0, 0}}, Level{0.286657, 1.488492, false}},
		{"三种来源", 0, []Observation{{Quiz, 1, 0}, {Scene, 0.5, 0}, {File, 1, 0}}, Level{0.75, 6, false}},
		{"恰好六成不算弱", 0, []Observation{{File, 2.0 / 3, 0}}, Level{0.6, 3, false}},
	} {
		if got, err := Estimate(c.now, c.obs); err != nil || got != c.want {
			t.Errorf("%s：%+v %v", c.name, got, err)
		}
	}
	for name, o := range map[string]Observation{"来源不认识": {"gossip", 1, 0}, "得分超过一": {Quiz, 1.1, 0}, "在以后": {Quiz, 1, 1}} {
		if _, err := Estimate(0, []Observation{o}); err == nil {
			t.Errorf("%s也收了", name)
		}
	}
	if ParseSource(" 案卷 ") != File || ParseSource("exam") != Quiz || ParseSource("情景") != Scene {
		t.Error("来源的中文名读不出")
	}
}
