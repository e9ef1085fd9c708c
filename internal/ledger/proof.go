package ledger

import (
	"encoding/base64"
	"encoding/hex"

	"fadu/internal/fault"
	"fadu/internal/store"
)

// Inclusion is the proof that an entry is in the ledger that a checkpoint states.
type Inclusion struct {
	Seq        int64    `json:"seq"`
	Leaf       string   `json:"leaf" doc:"叶子散列，十六进制"`
	Entry      string   `json:"entry" doc:"入账的字节，base64；叶子是 SHA-256(0x00 ‖ 字节)"`
	Size       int64    `json:"size"`
	Root       string   `json:"root"`
	Path       []string `json:"path" doc:"RFC 9162 的包含证明，自下而上"`
	Checkpoint string   `json:"checkpoint"`
}

var errUncounted = fault.New(fault.Conflict, "这一条入账以后还没有做过检查点，请先做一个检查点")

// ProveInclusion proves the entry number seq in the newest checkpoint that counts it.
func ProveInclusion(tx *store.Tx, seq int64) (p Inclusion, err error) {
	var l leaf
	if err := tx.DB().NewSelect().Model(&l).Where("seq = ?", seq).Scan(tx.Ctx); err != nil {
		return p, store.One(err, "这一条办案留痕")
	}
	var e Entry
	if err := tx.DB().NewSelect().Model(&e).Where("id = ?", l.EntryID).Scan(tx.Ctx); err != nil {
		return p, store.One(err, "这一条办案留痕")
	}
	cs, err := Checkpoints(tx, 0, 1)
	if err != nil {
		return p, err
	}
	if len(cs) == 0 || cs[0].Size < seq {
		return p, errUncounted
	}
	path, err := reading(tx).inclusion(seq-1, 0, cs[0].Size)
	if err != nil {
		return p, err
	}
	return Inclusion{Seq: seq, Leaf: l.Hash, Entry: base64.StdEncoding.EncodeToString(e.canonical()), Size: cs[0].Size, Root: hex.EncodeToString(cs[0].Root[:]), Path: hexes(path), Checkpoint: cs[0].Text()}, nil
}

// Consistency is the proof that the ledger of one checkpoint is the beginning of that of a later one.
type Consistency struct {
	From   int64    `json:"from"`
	To     int64    `json:"to"`
	Path   []string `json:"path" doc:"RFC 9162 的一致性证明"`
	First  string   `json:"first" doc:"较早的检查点"`
	Second string   `json:"second" doc:"较晚的检查点"`
}

// ProveConsistency proves it of the checkpoints of two sizes.
func ProveConsistency(tx *store.Tx, from, to int64) (p Consistency, err error) {
	if from > to {
		from, to = to, from
	}
	first, err := CheckpointOf(tx, from)
	if err != nil {
		return p, err
	}
	second, err := CheckpointOf(tx, to)
	if err != nil {
		return p, err
	}
	path, err := reading(tx).consistency(from, 0, to, true)
	return Consistency{From: from, To: to, Path: hexes(path), First: first.Text(), Second: second.Text()}, err
}

// SeqOf returns the number of an entry, 0 while it has none.
func SeqOf(tx *store.Tx, id EntryID) (int64, error) {
	var seqs []int64
	if err := tx.DB().NewSelect().Model((*leaf)(nil)).Column("seq").Where("entry_id = ?", id).Scan(tx.Ctx, &seqs); err != nil || len(seqs) == 0 {
		return 0, err
	}
	return seqs[0], nil
}

// EntryByID returns an entry.
func EntryByID(tx *store.Tx, id EntryID) (e Entry, err error) {
	err = tx.DB().NewSelect().Model(&e).Where("id = ?", id).Scan(tx.Ctx)
	return e, store.One(err, "这一条办案留痕")
}

// Check checks the proof as somebody else would, from its own texts.
func (p Inclusion) Check() error {
	c, err := ParseCheckpoint(p.Checkpoint)
	if err != nil {
		return err
	}
	canonical, err := base64.StdEncoding.DecodeString(p.Entry)
	if err != nil {
		return err
	}
	path, err := parseHashes(p.Path)
	if err != nil {
		return err
	}
	return CheckInclusion(LeafHash(canonical), p.Seq, c.Size, path, c.Root)
}

// Check checks the proof as somebody else would, from its own texts.
func (p Consistency) Check() error {
	first, err := ParseCheckpoint(p.First)
	if err != nil {
		return err
	}
	second, err := ParseCheckpoint(p.Second)
	if err != nil {
		return err
	}
	path, err := parseHashes(p.Path)
	if err != nil {
		return err
	}
	return CheckConsistency(first.Size, second.Size, first.Root, second.Root, path)
}

func parseHashes(texts []string) ([]Hash, error) {
	out := make([]Hash, len(texts))
	for i, t := range texts {
		var err error
		if out[i], err = parseHash(t); err != nil {
			return nil, err
		}
	}
	return out, nil
}
