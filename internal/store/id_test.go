package store_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"fadu/internal/law"
	"fadu/internal/store"
)

func TestNewID(t *testing.T) {
	const workers, each = 4, 30_000 // more than one millisecond's counter holds
	lists := make([][]int64, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for range each {
				lists[w] = append(lists[w], store.NewID())
			}
		})
	}
	wg.Wait()
	seen := make(map[int64]bool, workers*each)
	for _, l := range lists {
		for i, id := range l {
			if id <= 0 || seen[id] || (i > 0 && id <= l[i-1]) {
				t.Fatalf("%d at %d is not new or not rising", id, i)
			}
			seen[id] = true
		}
	}
	if a, b := store.NewID(), store.NewID(); b-a >= store.IDSpan(time.Second) {
		t.Fatalf("two identifiers lie %d apart, a second is %d", b-a, store.IDSpan(time.Second))
	}
	for s, ok := range map[string]bool{"17": true, "": false, "0": false, "-1": false, "1.5": false, "９": false, "9223372036854775808": false} {
		if _, err := store.ParseID(s); (err == nil) != ok {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestCode(t *testing.T) {
	const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	for range 100 {
		code := store.NewCode()
		if len(code) != 17 || strings.Trim(code, signs) != "" {
			t.Fatal(code)
		}
		typed := strings.ToLower(code[:4] + "-" + code[4:8] + " " + code[8:])
		typed = strings.NewReplacer("0", "o", "1", "l").Replace(typed)
		if got, err := store.ParseCode(typed); err != nil || got != code {
			t.Fatalf("%s typed as %s: %s, %v", code, typed, got, err)
		}
		for i := range code {
			// Any one wrong character is noticed, the check character too.
			for _, wrong := range signs {
				if code[i] == byte(wrong) {
					continue
				}
				if _, err := store.ParseCode(code[:i] + string(wrong) + code[i+1:]); err == nil {
					t.Fatalf("%s with %c at %d passed", code, wrong, i)
				}
			}
			// So are any two that are exchanged, neighbours or not.
			for j := i + 1; j < len(code); j++ {
				swapped := []byte(code)
				swapped[i], swapped[j] = swapped[j], swapped[i]
				if _, err := store.ParseCode(string(swapped)); err == nil && code[i] != code[j] {
					t.Fatalf("%s with %d and %d exchanged passed", code, i, j)
				}
			}
		}
	}
	for _, s := range []string{"", "ABC", strings.Repeat("U", 17), strings.Repeat("0", 16) + "*", strings.Repeat("0", 16) + "1", strings.Repeat("度", 17)} {
		if _, err := store.ParseCode(s); err == nil {
			t.Errorf("%q passed", s)
		}
	}
}

func TestMicros(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 123456789, law.Zone)
	if got := store.FromMicros(store.Micros(at)); !got.Equal(at.Truncate(time.Microsecond)) || got.Location() != law.Zone {
		t.Fatal(got)
	}
	if !store.FromMicros(0).IsZero() {
		t.Fatal("0 is no time")
	}
}

// TestOldCode: codes that release 0.1 printed are read; one wrong sign is noticed, and they are no codes of today.
func TestOldCode(t *testing.T) {
	for _, printed := range []string{"MSG73BKWQRJ5BVNG4", "73DXMX45Q0Q17ZZEQ", "KHCMWQ2RMQJT3Z4ZJ", "JV1TQG28D626F6JD2"} {
		if got, ok := store.ParseOldCode(strings.ToLower(printed[:4]) + "-" + printed[4:]); !ok || got != printed {
			t.Errorf("%s：%s %v", printed, got, ok)
		}
		if _, err := store.ParseCode(printed); err == nil {
			t.Errorf("%s 也是现在的验证码", printed)
		}
		wrong := []byte(printed)
		wrong[3] = map[bool]byte{true: '3', false: '2'}[wrong[3] == '2']
		if _, ok := store.ParseOldCode(string(wrong)); ok {
			t.Errorf("%s 抄错一位也认", wrong)
		}
	}
	for _, none := range []string{"", "MSG73BKWQRJ5BVNG", "MSG73BKWQRJ5BVNG44", "七SG73BKWQRJ5BVN", "USG73BKWQRJ5BVNG4"} {
		if _, ok := store.ParseOldCode(none); ok {
			t.Errorf("%q 也认", none)
		}
	}
}
