package app_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"testing"

	"fadu/internal/access"
	"fadu/internal/store"
)

// picturedEvidence is the address of a piece of evidence with a picture.
func picturedEvidence(tx *store.Tx) (string, error) {
	var id, number int64
	err := tx.DB().QueryRowContext(tx.Ctx, `SELECT case_id, number FROM evidence WHERE digest <> '' ORDER BY id`).Scan(&id, &number)
	return fmt.Sprintf("/w/cases/%d/evidence/%d", id, number), err
}

// TestEvidencePicture: the picture of a piece of evidence comes to those who read the case, byte for byte as it was taken in, or
// as a small picture; whoever else asks for it learns nothing of it, and another number is not there.
func TestEvidencePicture(t *testing.T) {
	t.Parallel()
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	site := p.copied(t)
	var path string
	if err := site.App.DB.View(context.Background(), func(tx *store.Tx) (err error) { path, err = picturedEvidence(tx); return err }); err != nil {
		t.Fatal(err)
	}
	seen := map[int]int{}
	for _, a := range p.actors {
		if a.token != "" || a.role == "" { // the account that is to be disabled has none
			continue
		}
		b, err := site.Browser(a.login)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Get(path); err != nil {
			t.Fatal(err)
		}
		want := http.StatusForbidden
		if a.may(access.CaseRead) {
			want = http.StatusOK
			if a.unit == foreignUnit {
				want = http.StatusNotFound
			}
		}
		if b.Status != want {
			t.Errorf("%s：答复 %d，应是 %d", a.label, b.Status, want)
		}
		seen[b.Status]++
		if b.Status != http.StatusOK {
			if bytes.Contains(b.Body, []byte("\xff\xd8\xff")) {
				t.Errorf("%s：被拒绝了，还是得到了照片", a.label)
			}
			continue
		}
		if b.Type != "image/jpeg" || !bytes.Equal(b.Body, photograph()) {
			t.Errorf("%s：得到 %s，%d 字节，不是登记的照片", a.label, b.Type, len(b.Body))
		}
		if err := b.Get(path + "?small=1"); err != nil || b.Status != http.StatusOK || b.Type != "image/jpeg" || bytes.Equal(b.Body, photograph()) {
			t.Errorf("%s：小图 %d %s %v", a.label, b.Status, b.Type, err)
		}
		if err := b.Get(path + "9"); err != nil || b.Status != http.StatusNotFound {
			t.Errorf("%s：没有的编号答复 %d %v", a.label, b.Status, err)
		}
	}
	for _, status := range []int{http.StatusOK, http.StatusForbidden, http.StatusNotFound} {
		if seen[status] == 0 {
			t.Errorf("没有人得到 %d，这个测试没有测到", status)
		}
	}
}
