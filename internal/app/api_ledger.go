package app

import (
	"context"
	"encoding/hex"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// ledgerCheckpoint is a checkpoint as the interface shows it.
type ledgerCheckpoint struct {
	Size int64  `json:"size"`
	Root string `json:"root" doc:"默克尔根，十六进制"`
	At   string `json:"at"`
	Key  string `json:"key" doc:"公钥编号"`
	Text string `json:"text" doc:"签名的原文"`
}

func checkpointOf(c ledger.Checkpoint) ledgerCheckpoint {
	return ledgerCheckpoint{c.Size, hex.EncodeToString(c.Root[:]), c.At.Format("2006-01-02T15:04:05-07:00"), c.KeyID, c.Text()}
}

const ledgerGroup = "办案留痕"

// proveLedger adds the checkpoints and proofs of the ledger for those who may read it.
func (a *App) proveLedger(v1 *api.API) {
	type list struct {
		Before string `query:"before" doc:"只要条数比它少的"`
	}
	api.Get(v1, api.Operation{ID: "listCheckpoints", Path: "/ledger/checkpoints", Group: ledgerGroup, Allow: access.LedgerRead, Summary: "检查点，新的在前，至多 50 个"},
		func(ctx context.Context, _ access.Session, q list) (out []ledgerCheckpoint, err error) {
			before, err := number("before", q.Before, 0)
			if err != nil {
				return nil, err
			}
			err = a.DB.View(ctx, func(tx *store.Tx) error {
				cs, err := ledger.Checkpoints(tx, before, 50)
				out = []ledgerCheckpoint{}
				for _, c := range cs {
					out = append(out, checkpointOf(c))
				}
				return err
			})
			return out, err
		})
	api.Post(v1, api.Operation{ID: "makeCheckpoint", Path: "/ledger/checkpoints", Group: ledgerGroup, Allow: access.LedgerRead, Summary: "现在做一个检查点"},
		func(ctx context.Context, _ access.Session, _ string, _ api.Nothing) (out api.Made[ledgerCheckpoint], err error) {
			c, err := a.Checkpoint(ctx)
			if err == nil {
				out = api.Made[ledgerCheckpoint]{Location: api.Base + "/ledger/checkpoints", Body: checkpointOf(c)}
			}
			return out, err
		})
	type entry struct {
		Seq string `path:"seq" doc:"第几条，从 1 起"`
	}
	api.Get(v1, api.Operation{ID: "proveEntry", Path: "/ledger/entries/{seq}/proof", Group: ledgerGroup, Allow: access.LedgerRead, Summary: "一条留痕在最近的检查点里的证明", Detail: "还没有检查点数到它的答复 409"},
		func(ctx context.Context, _ access.Session, q entry) (out ledger.Inclusion, err error) {
			seq, err := number("seq", q.Seq, 1)
			if err != nil {
				return out, err
			}
			err = a.DB.View(ctx, func(tx *store.Tx) error { out, err = ledger.ProveInclusion(tx, seq); return err })
			return out, err
		})
	type span struct {
		From string `query:"from" doc:"较早的检查点的条数" required:"true"`
		To   string `query:"to" doc:"较晚的检查点的条数" required:"true"`
	}
	api.Get(v1, api.Operation{ID: "proveConsistency", Path: "/ledger/consistency", Group: ledgerGroup, Allow: access.LedgerRead, Summary: "较早的检查点是较晚的检查点的开头的证明"},
		func(ctx context.Context, _ access.Session, q span) (out ledger.Consistency, err error) {
			from, err := number("from", q.From, 1)
			if err != nil {
				return out, err
			}
			to, err := number("to", q.To, 1)
			if err != nil {
				return out, err
			}
			err = a.DB.View(ctx, func(tx *store.Tx) error { out, err = ledger.ProveConsistency(tx, from, to); return err })
			return out, err
		})
}

// number reads a whole number of at least min; an empty text is 0 when that is allowed.
func number(name, text string, min int64) (int64, error) {
	if text == "" && min == 0 {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < min {
		var fs fault.Fields
		fs.Add(name, "应是不小于 %d 的整数", min)
		return 0, fs.Err()
	}
	return n, nil
}
