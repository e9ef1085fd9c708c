package draw_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fadu/internal/draw"
)

// printf '%s\n%s' 2026-双随机-03 甲 | sha256sum, done by hand.
func TestDigestIsThatOfThePrintedCommand(t *testing.T) {
	if got := draw.Digest("2026-双随机-03", "甲"); got != "6de9f2f43fc71fcf76ce7db85bcd26af6d00348eb4cbc4e3aa81e694218a8f4a" {
		t.Errorf("digest %s", got)
	}
}

func TestLot(t *testing.T) {
	pool := []string{"甲", "乙", "丙", "丁", "戊"}
	recuse := []draw.Exclusion{{ID: "乙", Reason: "与被检查人有直接利害关系"}}
	got, err := draw.Lot("种子", pool, 3, recuse)
	if err != nil || len(got) != 3 || slices.Contains(got, "乙") {
		t.Fatalf("drawn %v, %v", got, err)
	}
	for name, c := range map[string]struct {
		seed    string
		pool    []string
		take    int
		exclude []draw.Exclusion
		want    string
	}{
		"没有种子":   {"", pool, 1, nil, "种子"},
		"一个也不抽":  {"s", pool, 0, nil, "1以上"},
		"抽得太多":   {"s", pool, 5, recuse, "只有4个"},
		"名单有重复":  {"s", []string{"甲", "甲"}, 1, nil, "重复"},
		"名单有空的":  {"s", []string{""}, 1, nil, "空的"},
		"回避没有理由": {"s", pool, 1, []draw.Exclusion{{ID: "甲"}}, "为什么"},
	} {
		if _, err := draw.Lot(c.seed, c.pool, c.take, c.exclude); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whoever is drawn of few is drawn of the same pool in any order, and of more when more are taken.
func TestLotIsRepeatable(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		pool := rapid.SliceOfNDistinct(rapid.StringN(1, 8, -1), 1, 20, rapid.ID[string]).Draw(r, "pool")
		take := rapid.IntRange(1, len(pool)).Draw(r, "take")
		first, err := draw.Lot("s", pool, take, nil)
		if err != nil {
			r.Fatal(err)
		}
		slices.Reverse(pool)
		again, err := draw.Lot("s", pool, len(pool), nil)
		if err != nil || !slices.Equal(first, again[:take]) {
			r.Fatalf("%v, then %v (%v)", first, again, err)
		}
	})
}
