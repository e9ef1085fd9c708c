package demo_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"fadu/internal/casework"
	"fadu/internal/casework/dossier"
	"fadu/internal/demo"
	"fadu/internal/document"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestCourtPacket opens the archive of a case that went to the court: folders in the order of the article, PDFs that are
// the papers of the file, digests in the ledger, the same bytes when it is taken again. Then the sheets of its paper file.
func TestCourtPacket(t *testing.T) {
	t.Parallel()
	a, o := bureau(t, testkit.SQLiteURL(t))
	ctx := context.Background()
	all := demo.Scenarios()
	i := slices.IndexFunc(all, func(s demo.Scenario) bool { return s.Name == "不缴纳，催告后申请法院执行" })
	if i < 0 {
		t.Fatal("no scenario goes to the court")
	}
	w := o.Begin(ctx, all[i])
	if err := w.Play(casework.Enforcing); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Jobs.RunDue(ctx); err != nil {
		t.Fatal(err)
	}
	officer, err := a.Access.SessionFor(ctx, w.Handler())
	if err != nil {
		t.Fatal(err)
	}
	officer = officer.WithVia("test")
	name, packet, err := a.Enforce.TakePacket(ctx, officer, w.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, again, err := a.Enforce.TakePacket(ctx, officer, w.ID)
	if err != nil || !bytes.Equal(packet, again) {
		t.Errorf("the same packet is not the same bytes: %v", err)
	}
	if !strings.HasSuffix(name, ".zip") || strings.ContainsAny(name, "/\\") {
		t.Errorf("name %q", name)
	}
	z, err := zip.NewReader(bytes.NewReader(packet), int64(len(packet)))
	if err != nil {
		t.Fatal(err)
	}
	var names, kinds []string
	for _, f := range z.File {
		names = append(names, f.Name)
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) || document.PageCount(b) == 0 {
			t.Errorf("%s is no PDF of ours: %v", f.Name, err)
		}
		if strings.Contains(f.Name, "/") {
			sum := sha256.Sum256(b)
			var n int
			testkit.View(t, a.DB, func(tx *store.Tx) error {
				return tx.DB().NewRaw(`SELECT COUNT(*) FROM ledger_entry WHERE kind = 'casework.packet_taken' AND subject = ? AND data LIKE ?`, w.ID.Subject(), "%"+hex.EncodeToString(sum[:])+"%").Scan(ctx, &n)
			})
			if n != 2 {
				t.Errorf("%s: %d entries have its digest", f.Name, n)
			}
		}
	}
	if !slices.IsSorted(names) {
		t.Errorf("order:\n%s", strings.Join(names, "\n"))
	}
	for _, n := range names {
		kinds = append(kinds, n[:1])
	}
	if got := strings.Join(slices.Compact(kinds), ""); !strings.HasPrefix(got, "0123") {
		t.Errorf("parts %s:\n%s", got, strings.Join(names, "\n"))
	}
	stranger, err := a.Access.SessionFor(ctx, "aux11")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.Enforce.TakePacket(ctx, stranger, w.ID); err == nil {
		t.Error("who may not print takes the packet")
	}
	for _, sheet := range []string{dossier.Cover, dossier.Contents, dossier.Closing} {
		if _, pdf, err := a.Dossier.Print(ctx, officer, w.ID, sheet); err != nil || document.PageCount(pdf) == 0 {
			t.Errorf("%s: %v", sheet, err)
		}
	}
	if _, _, err := a.Dossier.Print(ctx, officer, w.ID, "spine"); err == nil {
		t.Error("a sheet that there is not")
	}
	rep, err := a.Verify(ctx)
	if err != nil || !rep.OK() {
		t.Errorf("verify: %v %v", err, fmt.Sprint(rep.Faults))
	}
}
