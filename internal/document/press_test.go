package document

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestOpen没有字体时说明怎样构建(t *testing.T) {
	_, err := open(fstest.MapFS{"README.txt": {Data: []byte("fonts go here")}}, "")
	if err == nil || !strings.Contains(err.Error(), "npm ci") || !strings.Contains(err.Error(), "make build") {
		t.Errorf("got %v", err)
	}
}

func TestOpen补字文件夹(t *testing.T) {
	press(t, "")
	write := func(name, data string) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	cases := []struct {
		name, dir, want string
	}{
		{"文件夹不存在", filepath.Join(t.TempDir(), "none"), "打不开"},
		{"字体集不能用", write("some.ttc", "ttcf"), "只支持单个的 TTF"},
		{"文件损坏", write("broken.ttf", "\x00\x01\x00\x00\x00\x09garbage"), "不能用"},
		{"不是字体", write("text.ttf", "hello"), "不能用"},
		{"说明文件不理会", write("readme.txt", "hello"), ""},
		{"好的字体", extraFont(t, rare), ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open(c.dir)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A font cut off anywhere, as by a full disk, is refused or lacks characters; it never panics.
func TestOpen残缺字体不崩溃(t *testing.T) {
	press(t, "")
	whole, err := os.ReadFile(filepath.Join(extraFont(t, rare), "补字.ttf"))
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(whole); n += 7 {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "a.ttf"), whole[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		if p, err := Open(dir); err == nil {
			p.Missing(namedParty("演示𠮷明"))
		}
	}
}

func TestFont覆盖常用字和异体姓名字(t *testing.T) {
	p := press(t, "")
	if err := p.load(); err != nil {
		t.Fatal(err)
	}
	for _, r := range "㙍龘䶮〇堃喆镕淼垚叕囧郄逄亓仉爨〔〕【】《》“”‘’—…·￥√□×＿℃㎡‰①②③αβ№" {
		if f, _ := p.find(false, r); f == nil {
			t.Errorf("regular lacks %c U+%04X", r, r)
		}
		if f, _ := p.find(true, r); f == nil {
			t.Errorf("bold lacks %c U+%04X", r, r)
		}
	}
	if f, _ := p.find(false, rare); f != nil {
		t.Errorf("%c is in %s now: the tests of missing characters need another one", rare, f.name)
	}
	if len(p.faces) != 4 || p.faces[0].bold || !p.faces[1].bold || p.faces[2].bold || !p.faces[3].bold {
		t.Errorf("%d faces", len(p.faces))
	}
}
