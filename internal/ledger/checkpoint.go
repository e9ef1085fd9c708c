package ledger

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// storedCheckpoint is a checkpoint as it is kept; Note is its text.
type storedCheckpoint struct {
	bun.BaseModel `bun:"table:ledger_checkpoint,alias:c"`

	Size  int64  `bun:"size,pk"`
	KeyID string `bun:"key_id,pk"`
	At    int64  `bun:"at"`
	Root  string `bun:"root"`
	Note  string `bun:"note"`
}

var errStored = errors.New("文字与登记的条数、根、公钥不一致")

func (s storedCheckpoint) checkpoint() (Checkpoint, error) {
	c, err := ParseCheckpoint(s.Note)
	if err == nil && (c.Size != s.Size || c.KeyID != s.KeyID || hex.EncodeToString(c.Root[:]) != s.Root) {
		err = errStored
	}
	return c, err
}

// Key is a public key that signs checkpoints, with the entry that says since when.
type Key struct {
	bun.BaseModel `bun:"table:ledger_key,alias:k"`

	ID        string  `bun:"id,pk"`
	Algorithm string  `bun:"algorithm"`
	Public    string  `bun:"public"` // base64
	At        int64   `bun:"at"`
	Entry     EntryID `bun:"entry_id"`
}

// Keys returns the keys that ever signed, newest first.
func Keys(tx *store.Tx) ([]Key, error) {
	var ks []Key
	return ks, tx.DB().NewSelect().Model(&ks).Order("entry_id DESC").Scan(tx.Ctx)
}

// verifiers returns the registered keys by their ids.
func verifiers(tx *store.Tx) (map[string]Verifier, error) {
	ks, err := Keys(tx)
	out := map[string]Verifier{}
	for _, k := range ks {
		public, err := base64.StdEncoding.DecodeString(k.Public)
		if err != nil {
			continue // a checkpoint of it will be said to have no key
		}
		if v, err := NewVerifier(k.Algorithm, public); err == nil && KeyID(v) == k.ID {
			out[k.ID] = v
		}
	}
	return out, err
}

// KindKey is the kind of the entry by which a key begins to sign.
const KindKey = "ledger.key_set"

// Notary makes checkpoints.
type Notary struct {
	db     *store.DB
	signer Signer
	bureau string
	// dir, when given, is the second place to which each checkpoint is written.
	dir string
}

// NewNotary returns the notary of a bureau's ledger. Is the key not the one that signed last, an entry
// says so.
func NewNotary(ctx context.Context, db *store.DB, s Signer, bureau, dir string, by Actor) (*Notary, error) {
	n := &Notary{db: db, signer: s, bureau: strings.Join(strings.Fields(bureau), " "), dir: dir}
	id := KeyID(s)
	err := db.Update(ctx, func(tx *store.Tx) error {
		ks, err := Keys(tx)
		if err != nil || len(ks) > 0 && ks[0].ID == id {
			return err
		}
		data := map[string]any{"key": id, "algorithm": s.Algorithm(), "public": base64.StdEncoding.EncodeToString(s.Public())}
		if len(ks) > 0 {
			data["before"] = ks[0].ID
		}
		for _, k := range ks {
			if k.ID == id {
				return fmt.Errorf("签名密钥 %s 已经停用，不能再用", id)
			}
		}
		entry, err := Append(tx, by, Act{Kind: KindKey, Subject: "ledger/key", Data: data})
		if err != nil {
			return err
		}
		_, err = tx.DB().NewInsert().Model(&Key{ID: id, Algorithm: s.Algorithm(), Public: base64.StdEncoding.EncodeToString(s.Public()), At: store.Micros(tx.Now), Entry: entry}).Exec(tx.Ctx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("ledger: key: %w", err)
	}
	return n, Sequence(ctx, db)
}

// KeyID is the id of the key that signs.
func (n *Notary) KeyID() string { return KeyID(n.signer) }

// Sign makes a checkpoint of the ledger as it is, keeps it and writes it to the second place. When the
// ledger has not grown since the last one, it returns that one.
func (n *Notary) Sign(ctx context.Context) (Checkpoint, error) {
	if err := Sequence(ctx, n.db); err != nil {
		return Checkpoint{}, err
	}
	c := Checkpoint{Bureau: n.bureau}
	known := false
	err := n.db.View(ctx, func(tx *store.Tx) (err error) {
		if c.Size, c.Root, err = Root(tx); err != nil {
			return err
		}
		c.At = tx.Now
		var s storedCheckpoint
		err = tx.DB().NewSelect().Model(&s).Where("size = ?", c.Size).Where("key_id = ?", n.KeyID()).Limit(1).Scan(tx.Ctx)
		if err == nil {
			known = true
			c, err = s.checkpoint()
		} else if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return err
	})
	if err != nil {
		return c, fmt.Errorf("ledger: checkpoint: %w", err)
	}
	if !known {
		if c, err = c.sign(n.signer); err != nil {
			return c, err
		}
		err = n.db.Update(ctx, func(tx *store.Tx) error {
			_, err := tx.DB().NewInsert().Model(&storedCheckpoint{Size: c.Size, KeyID: c.KeyID, At: store.Micros(c.At), Root: hex.EncodeToString(c.Root[:]), Note: c.Text()}).Exec(tx.Ctx)
			return err
		})
		if err != nil && !store.Duplicate(err) { // another node was at it
			return c, fmt.Errorf("ledger: checkpoint: %w", err)
		}
	}
	return c, n.file(c)
}

// file writes the checkpoint to the second place, whole or not at all.
func (n *Notary) file(c Checkpoint) error {
	if n.dir == "" {
		return nil
	}
	if err := os.MkdirAll(n.dir, 0o755); err != nil {
		return fmt.Errorf("检查点写不到 %s：%w", n.dir, err)
	}
	name := filepath.Join(n.dir, fmt.Sprintf("checkpoint-%012d-%s.txt", c.Size, c.KeyID))
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	if err := writeWhole(name, []byte(c.Text()), 0o644); err != nil {
		return fmt.Errorf("检查点写不到 %s：%w", n.dir, err)
	}
	return nil
}

// Checkpoints returns checkpoints, the greatest first, at most limit, of a size below before (0: all).
func Checkpoints(tx *store.Tx, before int64, limit int) ([]Checkpoint, error) {
	var rows []storedCheckpoint
	q := tx.DB().NewSelect().Model(&rows).Order("size DESC", "at DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("size < ?", before)
	}
	if err := q.Scan(tx.Ctx); err != nil {
		return nil, err
	}
	return parsed(rows)
}

// CheckpointOf returns the checkpoint of a size; of several keys, the newest.
func CheckpointOf(tx *store.Tx, size int64) (Checkpoint, error) {
	var rows []storedCheckpoint
	if err := tx.DB().NewSelect().Model(&rows).Where("size = ?", size).Order("at DESC").Limit(1).Scan(tx.Ctx); err != nil {
		return Checkpoint{}, err
	}
	if len(rows) == 0 {
		return Checkpoint{}, store.One(sql.ErrNoRows, "这个检查点")
	}
	return rows[0].checkpoint()
}

func parsed(rows []storedCheckpoint) ([]Checkpoint, error) {
	out := make([]Checkpoint, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = r.checkpoint(); err != nil {
			return nil, fmt.Errorf("检查点（%d 条）：%w。请运行 fadu verify", r.Size, err)
		}
	}
	return out, nil
}
