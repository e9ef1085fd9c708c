package document

import "testing"

// TestCore常用字同原字体: the small font has every common character of the full one, as wide as there, and is small.
func TestCore常用字同原字体(t *testing.T) {
	p, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.load(); err != nil {
		t.Fatal(err)
	}
	n := len(p.faces) / 2
	for i, core := range p.faces[:n] {
		full, had := p.faces[n+i], 0
		for _, r := range commonRunes() {
			want, there := full.width(r)
			got, ok := core.width(r)
			if ok != there || got != want {
				t.Errorf("%s %c: %d %v，原字体 %d %v", core.name, r, got, ok, want, there)
			}
			if ok {
				had++
			}
		}
		if had < 6900 {
			t.Errorf("%s 只有 %d 个字", core.name, had)
		}
		if _, ok := core.width('𠮷'); ok {
			t.Errorf("%s 有不常用的字", core.name)
		}
		if size, whole := len(core.glyphs.GetTTFParser().FontData()), len(full.glyphs.GetTTFParser().FontData()); size*2 > whole {
			t.Errorf("%s 有 %d 字节，原字体 %d", core.name, size, whole)
		}
	}
}
