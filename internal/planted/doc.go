// Package planted names faults that can be put into the program on purpose, one at a time, to see that the
// tests find them. They exist only in builds with the tag planted, where FADU_PLANTED chooses one; in every
// other build Is is false, and what stands behind it is not compiled into the program.
package planted

// Fault is a fault that can be planted.
type Fault string

// The faults, each at the one place that asks for it.
const (
	NoFsync         Fault = "no_fsync"         // store: the database does not wait for the disk
	CommitUnchecked Fault = "commit_unchecked" // store: acknowledged although the commit failed
	KeyForgotten    Fault = "key_forgotten"    // store: idempotency keys are not looked up
	StaleAccepted   Fault = "stale_accepted"   // store: a conditional write that met no row is taken for done
	CaseVersion     Fault = "case_version"     // casework: the version that the person saw is not compared
	EntrySkipped    Fault = "entry_skipped"    // ledger: the act leaves no entry
	RowsUnproven    Fault = "rows_unproven"    // ledger: entries do not tell of their rows
	WrongLeaf       Fault = "wrong_leaf"       // ledger: leaves are hashed like nodes
	BlobUnsynced    Fault = "blob_unsynced"    // blob: a name is given before the bytes are durable
	BlobUnchecked   Fault = "blob_unchecked"   // blob: bytes are not compared with their digest
	RoleForgotten   Fault = "role_forgotten"   // access: one route does not ask for its permission
	TokenUnchecked  Fault = "token_unchecked"  // access: forms are taken without their token
	SessionForever  Fault = "session_forever"  // access: sessions do not end
	CodeTwice       Fault = "code_twice"       // access: a one-time code works again
	FieldUnmasked   Fault = "field_unmasked"   // web: identity numbers are shown in full
	FormulaLet      Fault = "formula_let"      // web: exported text can become a formula
	YearGuessed     Fault = "year_guessed"     // calendar: a year that is not loaded has the usual weekends
	LimitOff        Fault = "limit_off"        // law: the limit of 行政处罚法 article 51 is one yuan too high
	NumberReused    Fault = "number_reused"    // casework: a number is given out twice
	FigureKept      Fault = "figure_kept"      // indicator: kept sums do not follow their records
)

// All are the faults in the order of the list.
var All = []Fault{
	NoFsync, CommitUnchecked, KeyForgotten, StaleAccepted, CaseVersion, EntrySkipped, RowsUnproven, WrongLeaf, BlobUnsynced, BlobUnchecked,
	RoleForgotten, TokenUnchecked, SessionForever, CodeTwice, FieldUnmasked, FormulaLet, YearGuessed, LimitOff, NumberReused, FigureKept,
}
