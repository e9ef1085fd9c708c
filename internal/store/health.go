package store

import (
	"context"
	"fmt"
	"io"
	"io/fs"
)

// Queue returns how many updates wait for the SQLite writer.
func (db *DB) Queue() int {
	if db.writer == nil {
		return 0
	}
	return len(db.writer.queue)
}

// maxDamage bounds what Integrity lists.
const maxDamage = 20

// Integrity reads the whole database and returns what is damaged. On PostgreSQL it reads every row of every
// table, so that a broken page shows.
func (db *DB) Integrity(ctx context.Context, folders []fs.FS) ([]string, error) {
	var out []string
	err := db.Snapshot(ctx, func(s *Snapshot) error {
		if db.engine == PostgreSQL {
			tables, err := s.Tables(folders)
			for _, t := range tables {
				if _, err := s.Copy(t, io.Discard); err != nil {
					out = append(out, t.Name+": "+err.Error())
					return nil // after an error the transaction reads no more
				}
			}
			return err
		}
		rows, err := s.Tx.idb.QueryContext(ctx, fmt.Sprintf(`PRAGMA integrity_check(%d)`, maxDamage))
		if err != nil {
			out = append(out, err.Error())
			return nil
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				return err
			}
			if line != "ok" {
				out = append(out, line)
			}
		}
		return rows.Err()
	})
	return out, err
}

// PageChecksums reports whether PostgreSQL keeps a checksum with each page.
func (db *DB) PageChecksums(ctx context.Context) (on bool, err error) {
	var said string
	if err := db.read.QueryRowContext(ctx, `SHOW data_checksums`).Scan(&said); err != nil {
		return false, translate(err)
	}
	return said == "on", nil
}
