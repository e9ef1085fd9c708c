package measure

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// SellInput sells one seized thing that would not keep, before the case is decided.
type SellInput struct {
	OnMeasure
	Number     int       `json:"number" doc:"清单上的序号" ask:"need" hint:"一次一件"`
	Why        string    `json:"why" doc:"为什么不能等到处理决定" ask:"need long 300"`
	Perishable bool      `json:"perishable" doc:"是鲜活物品或者其他不易保管的财物"`
	Agreed     bool      `json:"agreed" doc:"法律、法规规定可以，或者当事人书面同意"`
	Evidence   bool      `json:"evidence_kept" doc:"已拍照、录像、抽样，证据留存"`
	Course     string    `json:"course" doc:"拍卖、变卖的经过" ask:"need long 500"`
	Buyer      string    `json:"buyer" doc:"买受人" ask:"need 100"`
	Proceeds   law.Money `json:"proceeds" doc:"所得款项" ask:"need"`
	Receipt    string    `json:"receipt" doc:"款项存放和票据" ask:"need 200"`
}

// missing are the conditions of an early sale that the form does not have.
func (in SellInput) missing() []string {
	var out []string
	for _, x := range []struct {
		has  bool
		what string
	}{
		{in.Perishable, "是鲜活物品或者其他不易保管的财物"}, {in.Agreed, "法律、法规规定可以或者当事人书面同意"}, {in.Evidence, "证据留存"},
	} {
		if !x.has {
			out = append(out, x.what)
		}
	}
	return out
}

// Sell turns a thing that would spoil into money; the seizure goes on, the proceeds are kept in the thing's place (行政强制法第二十八条第二款).
func (s *Service) Sell(ctx context.Context, by access.Session, id casework.CaseID, version int64, in SellInput) error {
	ch := &change{kind: seizure, of: in.Measure}
	var sold []Thing
	cmd := casework.Command{Act: "sell_perishable", Version: version, Note: strings.TrimSpace(in.Why), Input: in}
	cmd.Change = func(*store.Tx, *casework.Case) error {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		for _, t := range ch.in(Held) {
			if t.Number == int64(in.Number) {
				t.Proceeds = in.Proceeds
				sold = append(sold, t)
			}
		}
		if err := faultIf(len(sold) == 0, "number", "清单上没有这一件，或者已经不在库"); err != nil {
			return err
		}
		return faultIf(in.Proceeds <= 0, "proceeds", "请填写拍卖、变卖所得的款项")
	}
	cmd.Drafts = func(tx *store.Tx, _ *casework.Case) ([]casework.Draft, error) {
		form := casework.Approval{Reason: in.Why, Steps: []casework.ApprovalStep{{Post: "行政机关负责人意见", Opinion: "同意。", Name: by.Name(), Date: tx.Today()}}}
		return []casework.Draft{{Kind: "disposal_record", Part: casework.DisposalRecord{
			Approval: form, Things: list(sold), Basis: "《中华人民共和国行政强制法》第二十八条第二款", Way: "先行拍卖、变卖，款项留存", Course: in.Course, Proceeds: in.Proceeds.Grouped() + " 元，" + in.Receipt,
		}}}, nil
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
		f.SetList(law.MissingSaleSteps, in.missing(), "form")
		f.SetBool(law.ApprovedByHead, casework.HeadsBureau(by), ch.m.Of())
		return nil
	}, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		return shift(tx, sold, Sold, Move{Entry: int64(done.Entry), Kind: MoveSell, Handler: c.Lead, Keeper: c.Assist, Receiver: strings.TrimSpace(in.Buyer), Basis: in.Why, Condition: in.Proceeds.Grouped() + " 元，" + in.Receipt, Paper: done.Papers[0]})
	}))
	return err
}
