package draft

import (
	"fadu/internal/access"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Sheet is a list as a file has it: enough to read one and to offer an empty one.
type Sheet interface {
	// Name is the stable code, "org.person"; Label is what the list is called and its sheet's name.
	Name() string
	Label() string
	Columns() []Column
}

// Kind is a list that can be imported. Its records are staged before they are published: each staged
// record carries the batch's number in a column batch_id (0 for records made otherwise), and readers
// use a view that hides the records of unpublished batches:
//
//	WHERE batch_id = 0 OR EXISTS (SELECT 1 FROM draft_batch d WHERE d.id = batch_id AND d.state = 'published')
type Kind interface {
	Sheet
	// Permissions are what uploading and mending ask for, and what publishing asks for.
	Permissions() (upload, publish access.Permission)
	// Check adds to rows what the columns alone do not show: repeated rows, clashes with the database,
	// unknown units. It runs over the whole batch on a snapshot and again over each chunk just before
	// it is staged, so it must be set-based (a few statements, not some for each row).
	Check(tx *store.Tx, by access.Session, rows []*Row) error
	// Stage writes at most Chunk rows as records of the batch. A failure undoes the whole publication.
	Stage(tx *store.Tx, by access.Session, batch BatchID, rows []*Row) error
	// Unstage deletes what Stage wrote for the batch.
	Unstage(tx *store.Tx, batch BatchID) error
}

// Chunk is how many rows are staged in one update.
const Chunk = 25

// Atomic is a Kind whose records cannot be hidden. A batch of it is written and published in one
// update, and may have at most AtomicRows rows.
type Atomic interface {
	Kind
	Atomic()
}

// AtomicRows is the greatest size of an Atomic kind's batch.
const AtomicRows = 200

// Long is a Kind whose lists may have LongRows rows. What is wrong with a row of it shows from the row and the database alone, so
// a batch of it is read, checked and staged piece by piece and is never held whole. A row that says the very same as an earlier
// one of its file gets a warning.
type Long interface {
	Kind
	Long()
}

// What a file of a Long kind may hold.
const (
	LongRows = 100_000
	LongFile = 24 << 20
)

// longPiece is how many rows of a Long kind are checked, stored and staged at a time.
const longPiece = 500

// Previewer is a Kind whose batch can be looked at in another form than rows before it is published.
type Previewer interface{ Preview(batch BatchID) web.Link }

// Chooser is a Kind whose template offers values that depend on the bureau's data, by column key.
type Chooser interface {
	Choose(tx *store.Tx, by access.Session) (map[string][]string, error)
}

// Finisher is a Kind that has something to do in the update that makes the batch visible, such as
// telling a search index.
type Finisher interface {
	Finish(tx *store.Tx, by access.Session, batch BatchID) error
}
