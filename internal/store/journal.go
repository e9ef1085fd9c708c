package store

import (
	"sync"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// neverSpill keeps the pages that a closure changes in memory, in case it has to be undone, until it ends.
// By itself SQLite writes them to a temporary file beyond 64 kB, which is less than one case with its
// indexes. A larger bound would not do: SQLite takes it for the size of its allocations, too.
const neverSpill = -1

// keepUndo says so for the process. It has to come before SQLite's first use; later it does
// nothing, and undoing is only slower.
var keepUndo = sync.OnceFunc(func() {
	tls := libc.NewTLS()
	defer tls.Close()
	args := libc.Xmalloc(tls, 8)
	if args == 0 {
		return
	}
	defer libc.Xfree(tls, args)
	_ = sqlite3.Xsqlite3_config(tls, sqlite3.SQLITE_CONFIG_STMTJRNL_SPILL, libc.VaList(args, int32(neverSpill)))
})
