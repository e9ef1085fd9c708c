package ledger

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// kept is a node of the tree above the leaves.
type kept struct {
	bun.BaseModel `bun:"table:ledger_node,alias:n"`

	Level int    `bun:"level,pk"`
	Index int64  `bun:"idx,pk"` // from 0
	Hash  string `bun:"hash"`
}

// reading returns the reader of the tree as it is kept.
func reading(tx *store.Tx) reader {
	return func(level int, index, count int64) ([]Hash, error) {
		q := tx.DB().NewSelect().TableExpr("ledger_node").Column("hash").Where("level = ?", level).Where("idx >= ?", index).Where("idx < ?", index+count).Order("idx")
		if level == 0 {
			q = tx.DB().NewSelect().TableExpr("ledger_leaf").Column("hash").Where("seq > ?", index).Where("seq <= ?", index+count).Order("seq")
		}
		var texts []string
		if err := q.Scan(tx.Ctx, &texts); err != nil {
			return nil, err
		}
		if int64(len(texts)) != count {
			return nil, fmt.Errorf("办案留痕的树不完整：第 %d 层第 %d 个节点起应有 %d 个，只有 %d 个", level, index, count, len(texts))
		}
		out := make([]Hash, count)
		for i, t := range texts {
			h, err := parseHash(t)
			if err != nil {
				return nil, fmt.Errorf("%w：%w", errDamaged, err)
			}
			out[i] = h
		}
		return out, nil
	}
}

func parseHash(text string) (h Hash, err error) {
	if n, err := hex.Decode(h[:], []byte(text)); err != nil || n != len(h) || len(text) != 2*len(h) {
		return h, fmt.Errorf("摘要“%.80s”不成形", text)
	}
	return h, nil
}

var errDamaged = errors.New("办案留痕的树不完整")

// plant adds the kept nodes that the leaves after the first before, up to after, complete. Work goes on
// where somebody damaged the tree: to say so is Verify's.
func plant(tx *store.Tx, before, after int64) error {
	read := reading(tx)
	for level := stride; after>>level > 0; level += stride {
		from, to := before>>level, after>>level
		if from == to {
			return nil // nothing above is complete either
		}
		var there []int64
		if err := tx.DB().NewSelect().TableExpr("ledger_node").Column("idx").Where("level = ?", level).Where("idx >= ?", from).Where("idx < ?", to).Scan(tx.Ctx, &there); err != nil {
			return err
		}
		var fresh []kept
		for i := from; i < to; i++ {
			if slices.Contains(there, i) {
				continue
			}
			hs, err := read(level-stride, i<<stride, 1<<stride)
			if errors.Is(err, errDamaged) {
				slog.Error("ledger: the tree is damaged; run fadu verify", "err", err)
				return nil
			}
			if err != nil {
				return err
			}
			h := fold(hs)
			fresh = append(fresh, kept{Level: level, Index: i, Hash: hex.EncodeToString(h[:])})
		}
		if len(fresh) == 0 {
			continue
		}
		if _, err := tx.DB().NewInsert().Model(&fresh).Exec(tx.Ctx); err != nil {
			return err
		}
	}
	return nil
}

// sizeOf returns how many entries are numbered.
func sizeOf(tx *store.Tx) (n int64, err error) {
	err = tx.DB().QueryRowContext(tx.Ctx, `SELECT seq FROM ledger_leaf ORDER BY seq DESC LIMIT 1`).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, err
}

// growAtOnce bounds the leaves for which one transaction adds nodes.
const growAtOnce = 16 << (2 * stride)

// grow adds the nodes that a ledger of an earlier version lacks.
func grow(ctx context.Context, db *store.DB) error {
	at := int64(-1)
	for {
		done := false
		err := db.Maintain(ctx, func(tx *store.Tx) error {
			if tx.Engine() == store.PostgreSQL {
				if _, err := tx.Exec(`SELECT pg_advisory_xact_lock(?)`, lockKey); err != nil {
					return err
				}
			}
			size, err := sizeOf(tx)
			if err != nil {
				return err
			}
			var have int64
			if err := tx.DB().QueryRowContext(tx.Ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM ledger_node WHERE level = ? AND idx = ?) x`, stride, size>>stride-1).Scan(&have); err != nil {
				return err
			}
			if done = size>>stride == 0 || have > 0; done {
				return nil
			}
			var newest sql.NullInt64
			if err := tx.DB().QueryRowContext(tx.Ctx, `SELECT MAX(idx) FROM ledger_node WHERE level = ?`, stride).Scan(&newest); err != nil {
				return err
			}
			from := int64(0)
			if newest.Valid {
				from = (newest.Int64 + 1) << stride
			}
			if done = from == at; done {
				return nil // no progress: the tree is damaged
			}
			at = from
			return plant(tx, from, min(size, from+growAtOnce))
		})
		if err != nil {
			return fmt.Errorf("ledger: tree: %w", err)
		}
		if done {
			return nil
		}
	}
}

// Root returns how many entries are numbered and their Merkle root.
func Root(tx *store.Tx) (size int64, root Hash, err error) {
	if size, err = sizeOf(tx); err != nil {
		return 0, root, err
	}
	root, err = reading(tx).between(0, size)
	return size, root, err
}
