package store_test

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestUpgradedUnderneath: a program goes on working while a newer one opens its database and changes the schema. What it
// acknowledged is there, once; from the first row of the newer migration on it writes nothing, in no way of writing.
func TestUpgradedUnderneath(t *testing.T) {
	engines(t, func(t *testing.T, url string) {
		old, err := try(url, toys[0])
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = old.Close() }()
		ctx := context.Background()
		if err := old.LookAtSchema(ctx); err != nil {
			t.Fatal(err)
		}
		started, refused := make(chan struct{}), make(chan error, 1)
		saved := 0
		go func() {
			for {
				err := old.Update(ctx, func(tx *store.Tx) error { return insert(tx, int64(saved+1), strconv.Itoa(saved)) })
				if err != nil {
					refused <- err
					return
				}
				if saved++; saved == 5 {
					close(started)
				}
			}
		}()
		<-started
		newer, err := try(url, toys[0], folder("9003_add_colour.sql", "ALTER TABLE toy ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = newer.Close() }()
		if err := <-refused; fault.KindOf(err) != fault.Outdated {
			t.Fatalf("旧程序还在写，或者答复别的：%v", err)
		}
		if got := names(t, newer); len(got) != saved {
			t.Errorf("答复办成 %d 次，库里 %d 行", saved, len(got))
		}
		wrote := errors.New("wrote")
		for name, write := range map[string]func(context.Context, func(*store.Tx) error) error{"Update": old.Update, "Maintain": old.Maintain} {
			if err := write(ctx, func(*store.Tx) error { return wrote }); fault.KindOf(err) != fault.Outdated {
				t.Errorf("%s：%v", name, err)
			}
		}
		if err := old.LookAtSchema(ctx); fault.KindOf(err) != fault.Outdated {
			t.Error(err)
		}
		testkit.Update(t, newer, func(tx *store.Tx) error { return insert(tx, 1<<40, "新程序写的") })
	})
}

// TestKnownMigrationUnderneath: another program of the same version may bring a row that both know.
func TestKnownMigrationUnderneath(t *testing.T) {
	engines(t, func(t *testing.T, url string) {
		db, err := try(url, toys[0])
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		for i := range 2 { // the second one after the row is there
			testkit.Update(t, db, func(tx *store.Tx) error {
				if _, err := tx.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9001, ?)", true); err != nil {
					return err
				}
				return insert(tx, int64(i+1), strconv.Itoa(i))
			})
		}
		if got := names(t, db); len(got) != 2 {
			t.Error(got)
		}
	})
}
