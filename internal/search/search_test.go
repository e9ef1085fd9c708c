package search_test

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"fadu/internal/search"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/uptrace/bun"
	"pgregory.net/rapid"
)

var tables = []fs.FS{search.Migrations, fstest.MapFS{"m/9001_create_toy.sql": {Data: []byte("-- +goose Up\nCREATE TABLE toy (id BIGINT NOT NULL PRIMARY KEY);\n")}}}

func put(t testing.TB, db *store.DB, kind string, texts map[int64]string) {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) error {
		for id, text := range texts {
			if err := search.Put(tx, kind, id, text); err != nil {
				return err
			}
			if _, err := tx.Exec("INSERT INTO toy (id) VALUES (?) ON CONFLICT DO NOTHING", id); err != nil {
				return err
			}
		}
		return nil
	})
}

func find(t testing.TB, db *store.DB, kind, words string) []int64 {
	t.Helper()
	ids := []int64{}
	testkit.View(t, db, func(tx *store.Tx) error {
		q := tx.DB().NewSelect().TableExpr("toy AS c").Column("c.id").Order("c.id")
		return search.Match(tx, q, kind, "c.id", words).Scan(tx.Ctx, &ids)
	})
	if strings.TrimSpace(words) != "" {
		for at := range 4 { // however it is gone about
			if newest := findNewest(t, db, kind, words, at); !slices.Equal(newest, ids) {
				t.Errorf("%q: newest first %v, otherwise %v", words, newest, ids)
			}
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			n, err := search.Count(tx, kind, words)
			if n != len(ids) {
				t.Errorf("%q: %d counted, %d found", words, n, len(ids))
			}
			return err
		})
	}
	return ids
}

// findNewest asks as a list does, in the piece of that number, two at a time, and returns what it saw oldest first.
func findNewest(t testing.TB, db *store.DB, kind, words string, at int) []int64 {
	t.Helper()
	ids := []int64{}
	testkit.View(t, db, func(tx *store.Tx) error {
		var cur store.Cursor
		for more, ok := true, false; more; ok = true {
			var in search.Stretch
			if stretches := search.Stretches(tx, cur.ID, true); at < len(stretches) {
				in = stretches[at]
			}
			q, id := search.Newest(tx, kind, "toy", "c", words, in)
			var some []int64
			if err := store.KeysetByID(q.ColumnExpr("c.id"), id, true, cur, ok).Limit(2).Scan(tx.Ctx, &some); err != nil {
				return err
			}
			for _, id := range some {
				ids, cur.ID = append(ids, id), id
			}
			more = len(some) == 2
		}
		return nil
	})
	slices.Reverse(ids)
	return ids
}

// TestStretches: each piece holds the next records in its direction and no others, and of those with frequent words only as many are
// read as the page shows: PostgreSQL stops there.
func TestStretches(t *testing.T) {
	db, _ := testkit.PostgreSQL(t, tables...)
	const many, page = 4500, 51
	texts := map[int64]string{}
	for i := range int64(many) {
		texts[i+1] = "占道经营"
		if i >= 3000 && i < 4400 {
			texts[i+1] = "乱倒垃圾"
		}
	}
	put(t, db, "case", texts)
	testkit.Update(t, db, func(tx *store.Tx) error { _, err := tx.Exec("ANALYZE"); return err })
	for _, c := range []struct {
		name  string
		from  int64
		down  bool
		first int64
		num   [3]int
	}{
		{"从最新的开始", 0, true, many, [3]int{600, 3100, 3100}},
		{"往旧翻页", 3001, true, 3000, [3]int{2000, 3000, 3000}},
		{"最旧的一段", 1501, true, 1500, [3]int{1500, 1500, 1500}},
		{"从最旧的开始", 0, false, 1, [3]int{2000, 3100, 3100}},
		{"往新翻页", 2500, false, 2501, [3]int{600, 600, 600}},
	} {
		t.Run(c.name, func(t *testing.T) {
			testkit.View(t, db, func(tx *store.Tx) error {
				for i, in := range search.Stretches(tx, c.from, c.down) {
					ask := func() *bun.SelectQuery {
						q, id := search.Newest(tx, "case", "toy", "c", "占道", in)
						return store.KeysetByID(q.ColumnExpr("c.id"), id, c.down, store.Cursor{ID: c.from}, c.from != 0)
					}
					var ids []int64
					if err := ask().Scan(tx.Ctx, &ids); err != nil {
						return err
					}
					if len(ids) != c.num[i] || ids[0] != c.first {
						t.Errorf("第 %d 段 %d 件，从 %d 起", i, len(ids), ids[0])
					}
					var plan []string
					if err := tx.DB().NewRaw("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ?", ask().Limit(page)).Scan(tx.Ctx, &plan); err != nil {
						return err
					}
					if got := strings.Join(plan, "\n"); !strings.Contains(got, fmt.Sprintf("on toy r (actual rows=1 loops=%d)", page)) {
						t.Errorf("第 %d 段读的不止一页：\n%s", i, got)
					}
				}
				return nil
			})
		})
	}
}

func TestMatch(t *testing.T) {
	texts := map[int64]string{
		1: "演示·张三\n占道经营\n柳城罚字〔2026〕第0012号",
		2: "演示·李四，违法停车，桂Ｂ12345；城中区五一路",
		3: "乱倒垃圾 垃圾乱倒 Plastic BAG",
		4: "停车违法处理",
		5: "姓𠮷名𬭸",
		6: "",
		7: "甲乙丙 乙丙丁",
	}
	cases := []struct {
		name, words string
		want        []int64
	}{
		{"两个字", "停车", []int64{2, 4}},
		{"三个字要相连", "违法停", []int64{2}},
		{"各对都有但不相连的找不到", "法停车违", []int64{}},
		{"两个词都要有，不论次序", "停车 违法", []int64{2, 4}},
		{"各对都有但在两处", "甲乙丙丁", []int64{}},
		{"一个没有就不算", "停车 占道", []int64{}},
		{"一个字在中间", "道", []int64{1}},
		{"一个字在末尾", "倒", []int64{3}},
		{"一个字在最后一行末尾", "号", []int64{1}},
		{"文号的一部分", "2026 0012", []int64{1}},
		{"整个文号", "柳城罚字〔2026〕第0012号", []int64{1}},
		{"文号用了别的括号", "柳城罚字(2026)第0012号", []int64{1}},
		{"全角车牌用半角小写找", "桂b123", []int64{2}},
		{"车牌后几位", "2345", []int64{2}},
		{"全角数字", "１２３４５", []int64{2}},
		{"拉丁字母不分大小写", "plasTIC bag", []int64{3}},
		{"词的一部分", "last", []int64{3}},
		{"生僻字", "𠮷", []int64{5}},
		{"更生僻的字", "名𬭸", []int64{5}},
		{"只有标点", "——？", []int64{}},
		{"空白等于不限", " \t　", []int64{1, 2, 3, 4, 5, 6, 7}},
		{"引号和运算符只是标点", `停车" OR "`, []int64{}},
		{"星号和冒号只是标点", "停*:车", []int64{2, 4}},
		{"百分号不是通配符", "停%车", []int64{2, 4}},
		{"没有的词", "绿化", []int64{}},
		{"跨行不算相连", "三占", []int64{}},
	}
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		put(t, db, "toy", texts)
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				if got := find(t, db, "toy", c.words); !slices.Equal(got, c.want) {
					t.Errorf("%q finds %v, want %v", c.words, got, c.want)
				}
			})
		}
	})
}

func TestPutAndDelete(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		put(t, db, "toy", map[int64]string{1: "旧的地址", 2: "别的地址"})
		put(t, db, "doll", map[int64]string{3: "娃娃的地址"})
		if got := find(t, db, "toy", "地址"); !slices.Equal(got, []int64{1, 2}) {
			t.Fatal("kinds mix:", got)
		}
		put(t, db, "toy", map[int64]string{1: "新的住处", 2: "别的地址"})
		for words, want := range map[string][]int64{"旧的": {}, "住处": {1}, "地址": {2}, "处": {1}, "别的地址": {2}} {
			if got := find(t, db, "toy", words); !slices.Equal(got, want) {
				t.Errorf("%s finds %v", words, got)
			}
		}
		// A change that is undone is not found.
		err := db.Update(context.Background(), func(tx *store.Tx) error {
			if err := search.Put(tx, "toy", 1, "又改了"); err != nil {
				return err
			}
			return fmt.Errorf("no")
		})
		if err == nil || len(find(t, db, "toy", "又改了")) != 0 || len(find(t, db, "toy", "住处")) != 1 {
			t.Error("an undone change stayed", err)
		}
		testkit.Update(t, db, func(tx *store.Tx) error { return search.Delete(tx, "doll", 1) }) // not a doll: stays
		testkit.Update(t, db, func(tx *store.Tx) error { return search.Delete(tx, "toy", 2) })
		testkit.Update(t, db, func(tx *store.Tx) error { return search.Delete(tx, "toy", 2) })
		if got := append(find(t, db, "toy", "地址"), find(t, db, "toy", "住处")...); !slices.Equal(got, []int64{1}) {
			t.Error(got)
		}
		put(t, db, "toy", map[int64]string{2: "回来了"})
		if got := find(t, db, "toy", "回来"); !slices.Equal(got, []int64{2}) {
			t.Error(got)
		}
		for _, kind := range []string{"", "Toy", "a b", "x_y", "中"} {
			if err := db.Update(context.Background(), func(tx *store.Tx) error { return search.Put(tx, kind, 9, "x") }); err == nil {
				t.Errorf("kind %q passed", kind)
			}
		}
		if err := db.Update(context.Background(), func(tx *store.Tx) error { return search.Put(tx, "doll", 1, "x") }); err == nil {
			t.Error("an identifier belongs to two kinds")
		}
	})
}

func TestLongTexts(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		put(t, db, "toy", map[int64]string{1: strings.Repeat("案情", 49_999) + "尾巴后面", 2: strings.Repeat("词 ", 300) + "词尾"})
		for words, want := range map[string][]int64{"尾巴": {1}, "后面": {}, strings.Repeat("案情", 200): {1}, "词尾": {2}, "尾": {1, 2}} {
			if got := find(t, db, "toy", words); !slices.Equal(got, want) {
				t.Errorf("%.20s finds %v, want %v", words, got, want)
			}
		}
	})
}

// plain is the test's own idea of normal text for the characters that it uses.
var plain = strings.NewReplacer("B", "b", "Ｂ", "b", "ｂ", "b", "１", "1", "，", " ", "-", " ", "\n", " ", "〔", " ", "'", " ", "　", " ")

// TestLikeContains: on random texts and words both engines answer as strings.Contains does.
func TestLikeContains(t *testing.T) {
	alphabet := []string{"违", "停", "占", "道", "𠮷", "b", "B", "Ｂ", "1", "１", "2", "，", "-", " ", "\n", "〔", "'", "　"}
	text := func(most int) *rapid.Generator[string] {
		return rapid.Custom(func(r *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, most).Draw(r, "characters"), "")
		})
	}
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		rapid.Check(t, func(r *rapid.T) {
			texts := map[int64]string{}
			for id := range int64(8) {
				texts[id+1] = text(12).Draw(r, "text")
			}
			put(t, db, "toy", texts)
			for range 5 {
				words := text(5).Draw(r, "words")
				want := []int64{}
				for id := range int64(8) {
					if contains(texts[id+1], words) {
						want = append(want, id+1)
					}
				}
				if got := find(t, db, "toy", words); !slices.Equal(got, want) {
					r.Fatalf("%q in %v: %v, want %v", words, texts, got, want)
				}
			}
		})
	})
}

func contains(text, words string) bool {
	wanted := strings.Fields(plain.Replace(words))
	if len(wanted) == 0 {
		return strings.TrimSpace(words) == "" // only punctuation is found nowhere
	}
	for _, w := range wanted {
		if !strings.Contains(plain.Replace(text), w) {
			return false
		}
	}
	return true
}
