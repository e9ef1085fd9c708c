package access

import (
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"fadu/internal/access/pages"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

const (
	checkpointsPath = "/w/ledger/checkpoints"
	// checkpointsAtOnce is how many checkpoints a page lists.
	checkpointsAtOnce = 50
	ledgerTime        = "2006-01-02 15:04:05"
)

// KindLedgerExported is the kind of an export of the whole ledger.
const KindLedgerExported = "access.ledger_exported"

func (s *Service) listCheckpoints(w http.ResponseWriter, r *http.Request, _ Session) error {
	v := pages.CheckpointsView{CanMake: s.o.Checkpoint != nil}
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		cs, err := ledger.Checkpoints(tx, before, checkpointsAtOnce+1)
		if err != nil {
			return err
		}
		v.Rows, v.Keys = nil, nil
		for i, c := range cs {
			if i == checkpointsAtOnce {
				v.Next = fmt.Sprintf("%s?before=%d", checkpointsPath, cs[i-1].Size)
				break
			}
			row := pages.CheckpointRow{Time: c.At.Format(ledgerTime), Size: fmt.Sprint(c.Size), Root: hex.EncodeToString(c.Root[:8]), Key: c.KeyID, Href: checkpointPath(c.Size)}
			if i+1 < len(cs) && cs[i+1].Size < c.Size {
				row.Before = fmt.Sprintf("/w/ledger/consistency?from=%d&to=%d", cs[i+1].Size, c.Size)
			}
			v.Rows = append(v.Rows, row)
		}
		v.Keys, err = keyFacts(tx)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Checkpoints(v))
}

func checkpointPath(size int64) string { return fmt.Sprintf("%s/%d", checkpointsPath, size) }

// keyFacts names the keys, the present one first.
func keyFacts(tx *store.Tx) ([]web.FactView, error) {
	keys, err := ledger.Keys(tx)
	out := make([]web.FactView, len(keys))
	for i, k := range keys {
		since := store.FromMicros(k.At).Format(ledgerTime) + " 起"
		if i > 0 {
			since += "，已停用"
		}
		out[i] = web.FactView{Label: k.ID, Text: k.Algorithm + ":" + k.Public + "（" + since + "）"}
	}
	if len(out) == 0 {
		out = append(out, web.FactView{Label: "公钥", Text: "第一次做检查点时启用"})
	}
	return out, err
}

// makeCheckpoint signs the ledger as it is. It changes nothing that is not proven by itself, so it is open
// to those who may read.
func (s *Service) makeCheckpoint(w http.ResponseWriter, r *http.Request, _ Session) error {
	if s.o.Checkpoint == nil {
		return fault.Missing("这个功能")
	}
	c, err := s.o.Checkpoint(r.Context())
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: fmt.Sprintf("检查点已做好，到第 %d 条。请打印，另存到别处", c.Size)})
	web.SeeOther(w, r, checkpointPath(c.Size))
	return nil
}

func (s *Service) showCheckpoint(w http.ResponseWriter, r *http.Request, _ Session) error {
	size, err := strconv.ParseInt(r.PathValue("size"), 10, 64)
	if err != nil {
		return fault.Missing("这个检查点")
	}
	var v pages.CheckpointView
	err = s.db.View(r.Context(), func(tx *store.Tx) error {
		c, err := ledger.CheckpointOf(tx, size)
		if err != nil {
			return err
		}
		v = pages.CheckpointView{Size: fmt.Sprint(c.Size), Bureau: c.Bureau, Text: c.Text(), Facts: []web.FactView{
			{Label: "时间", Text: c.At.Format(ledgerTime)},
			{Label: "条数", Text: fmt.Sprintf("%d 条", c.Size)},
			{Label: "默克尔根", Text: hex.EncodeToString(c.Root[:])},
			{Label: "公钥编号", Text: c.KeyID},
		}}
		keys, err := ledger.Keys(tx)
		for _, k := range keys {
			if k.ID == c.KeyID {
				v.Facts = append(v.Facts, web.FactView{Label: "公钥", Text: k.Algorithm + ":" + k.Public})
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	if v.QR, err = web.QR(v.Text); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Checkpoint(v))
}

// showEntry proves one entry.
func (s *Service) showEntry(w http.ResponseWriter, r *http.Request, _ Session) error {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing("这一条办案留痕")
	}
	v := pages.ProofView{Title: "办案留痕"}
	err = s.db.View(r.Context(), func(tx *store.Tx) error {
		e, err := ledger.EntryByID(tx, ledger.EntryID(id))
		if err != nil {
			return err
		}
		names, err := s.subjectNames(tx, []string{e.Subject})
		if err != nil {
			return err
		}
		v.Meta = s.kindLabel(e.Kind) + "，" + names[e.Subject]
		v.Facts = []web.FactView{{Label: "时间", Text: e.Time().Format(ledgerTime)}, {Label: "谁", Text: e.Actor + "（" + viaLabel(e.Via) + "）"}}
		seq, err := ledger.SeqOf(tx, e.ID)
		if err != nil {
			return err
		}
		if seq == 0 {
			v.Why = "这一条刚刚写下，还没有编号，请稍后再看"
			return nil
		}
		v.Title = fmt.Sprintf("办案留痕第 %d 条", seq)
		v.Facts = append(v.Facts, web.FactView{Label: "编号", Text: fmt.Sprint(id)}, web.FactView{Label: "对象", Text: e.Subject}, web.FactView{Label: "叶子散列", Text: e.Leaf()}, web.FactView{Label: "写下的业务记录", Text: rowsText(e.Rows)})
		p, err := ledger.ProveInclusion(tx, seq)
		if fault.Is(err, fault.Conflict) {
			v.Why = err.Error()
			return nil
		}
		if err != nil {
			return err
		}
		if err := p.Check(); err != nil {
			return err
		}
		v.Path = p.Path
		v.Says = fmt.Sprintf("这一条的叶子和下面 %d 个散列合起来，正是检查点（%d 条）的根 %s", len(p.Path), p.Size, p.Root)
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Proof(v))
}

// rowsText names the rows of which an entry tells.
func rowsText(rows string) string {
	if rows == "" {
		return "没有"
	}
	return strings.NewReplacer(`{"`, "", `"}`, "", `","`, "\n", `":"`, " ").Replace(rows)
}

// showConsistency proves that one checkpoint is the beginning of another.
func (s *Service) showConsistency(w http.ResponseWriter, r *http.Request, _ Session) error {
	f := web.QueryForm(r)
	from, to := f.RequiredInt("from", "较早的检查点", 1, 1<<62), f.RequiredInt("to", "较晚的检查点", 1, 1<<62)
	if err := f.Err(); err != nil {
		return err
	}
	v := pages.ProofView{Title: "检查点先后一致"}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		p, err := ledger.ProveConsistency(tx, from, to)
		if err != nil {
			return err
		}
		if err := p.Check(); err != nil {
			return err
		}
		v.Meta = fmt.Sprintf("%d 条与 %d 条", p.From, p.To)
		v.Says = fmt.Sprintf("较晚的检查点的前 %d 条，正是较早的检查点的账：两次之间只有增加，没有改动", p.From)
		v.Facts = []web.FactView{{Label: "较早", Text: p.First}, {Label: "较晚", Text: p.Second}}
		v.Path = p.Path
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Proof(v))
}

// exportLedger sends the whole ledger. Who took it is in the ledger before the first line is sent.
func (s *Service) exportLedger(w http.ResponseWriter, r *http.Request, who Session) error {
	name := ""
	err := s.db.Update(r.Context(), func(tx *store.Tx) error {
		name = "办案留痕-" + tx.Today().String() + ".jsonl"
		_, err := ledger.Append(tx, who.Actor(), ledger.Act{Kind: KindLedgerExported, Subject: "ledger"})
		return err
	})
	if err != nil {
		return err
	}
	return web.Stream(w, r, name, "application/jsonl; charset=utf-8", func(out io.Writer) error { return ledger.Export(r.Context(), s.db, out) })
}
