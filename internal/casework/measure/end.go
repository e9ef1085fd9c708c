package measure

import (
	"context"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// ReturnInput gives some things back while the rest stays.
type ReturnInput struct {
	OnMeasure
	Number   int    `json:"number" doc:"清单上的序号" ask:"need" hint:"一次一件"`
	Reason   string `json:"reason" doc:"退还的理由" ask:"need long 300"`
	Receiver string `json:"receiver" doc:"领取人" ask:"need 60"`
}

// Return gives one thing back (行政强制法第二十八条第一款).
func (s *Service) Return(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ReturnInput) error {
	ch := &change{kind: seizure, of: in.Measure}
	var back []Thing
	cmd := casework.Command{Act: "return_thing", Version: version, Note: strings.TrimSpace(in.Reason), Input: in}
	cmd.Change = func(*store.Tx, *casework.Case) error {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		for _, t := range ch.kept() {
			if t.Number == int64(in.Number) {
				back = append(back, t)
			}
		}
		return faultIf(len(back) == 0, "number", "清单上没有这一件，或者已经退还")
	}
	cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		return ch.returned(tx, c, back, in.Reason)
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, nil, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		return shift(tx, back, Returned, Move{Entry: int64(done.Entry), Kind: MoveReturn, Handler: c.Lead, Keeper: c.Assist, Receiver: in.Receiver, Basis: in.Reason, Paper: done.Papers[0]})
	}))
	return err
}

// ReturnPreservedInput hands back what a lapsed keeping left.
type ReturnPreservedInput struct {
	OnMeasure
	Receiver string `json:"receiver" doc:"领取人" ask:"need 60"`
	Remark   string `json:"remark" doc:"领取人对数量、状况的意见" ask:"need 200"`
}

// ReturnPreserved hands back what was kept, once the keeping has lapsed (行政处罚法第五十六条).
func (s *Service) ReturnPreserved(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ReturnPreservedInput) error {
	ch := &change{kind: preservation, of: in.Measure}
	cmd := casework.Command{Act: "return_preserved", Version: version, Note: strings.TrimSpace(in.Receiver), Input: in}
	cmd.Change = func(*store.Tx, *casework.Case) error { return casework.Lacking(in) }
	cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		return ch.returned(tx, c, ch.in(Held), in.Remark)
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, nil, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		return shift(tx, ch.in(Held), Returned, Move{Entry: int64(done.Entry), Kind: MoveReturn, Handler: c.Lead, Keeper: c.Assist, Receiver: in.Receiver, Basis: "登记保存期满解除", Condition: in.Remark, Paper: done.Papers[0]})
	}))
	return err
}

func (ch *change) returned(tx *store.Tx, c *casework.Case, back []Thing, remark string) ([]casework.Draft, error) {
	number, err := numberOf(tx, c.ID, ch.m.Paper)
	title := "查封（扣押）决定书"
	if ch.kind == preservation {
		title = "先行登记保存通知书"
	}
	return []casework.Draft{{Kind: "return_list", Part: casework.ReturnList{Things: list(back), Title: title, Of: number, Remark: remark}}}, err
}

// The grounds of a release (行政强制法第二十八条第一款).
var grounds = []string{"当事人没有违法行为", "查封、扣押的财物与违法行为无关", "已经作出处理决定，不再需要查封、扣押", ranOut, "其他不再需要采取查封、扣押措施的情形"}

// ranOut is the ground of a seizure whose days are over.
const ranOut = "查封、扣押期限已经届满"

// ReleaseInput ends a seizure.
type ReleaseInput struct {
	OnMeasure
	Ground  string `json:"ground" doc:"解除的情形" ask:"need select"`
	Reason  string `json:"reason" doc:"说明" ask:"need long 500"`
	Collect string `json:"collect" doc:"领取的地点和办法" ask:"need 100"`
}

// Release ends a seizure; what is still held waits for its owner, who need not be there (行政强制法第二十八条).
func (s *Service) Release(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ReleaseInput) error {
	ch := &change{kind: seizure, of: in.Measure}
	cmd := casework.Command{Act: "release", Version: version, Note: strings.TrimSpace(in.Ground), Input: in}
	cmd.Change = func(*store.Tx, *casework.Case) error {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		return faultIf(!slices.Contains(grounds, in.Ground), "ground", "请选择解除的情形")
	}
	cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		number, err := numberOf(tx, c.ID, ch.m.Paper)
		if err != nil {
			return nil, err
		}
		return []casework.Draft{ch.released(number, in.Ground, in.Collect, tx.Today())}, nil
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
		f.SetBool(law.ReasonRecorded, strings.TrimSpace(in.Reason) != "", "form")
		return nil
	}, func(*store.Tx, *casework.Case, casework.Done) error {
		ch.m.Outcome = in.Ground
		return nil
	}))
	return err
}

// released is the decision that lifts the seizure; when all of it went back before, it names what was taken.
func (ch *change) released(number, ground, collect string, from law.Date) casework.Draft {
	back := ch.kept()
	if len(back) == 0 {
		back = ch.things
	}
	return casework.Draft{Kind: "release_decision", Part: casework.ReleaseDecision{
		Things: list(back), Decision: number, MeasureOn: ch.m.TakenOn, Measure: ch.m.Way, Ground: ground, From: from, Collect: collect,
	}}
}

// ReturnReleasedInput hands back what a seizure held that was lifted or ran out.
type ReturnReleasedInput struct {
	OnMeasure
	Receiver string `json:"receiver" doc:"领取人" ask:"need 60" hint:"当事人不来领、依法提存的，写提存机关"`
	Remark   string `json:"remark" doc:"领取人对数量、状况的意见" ask:"need 200"`
}

// ReturnReleased hands back what waits for its owner (行政强制法第二十七条、第二十八条第二款).
func (s *Service) ReturnReleased(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ReturnReleasedInput) error {
	ch := &change{kind: seizure, of: in.Measure}
	cmd := casework.Command{Act: "return_released", Version: version, Note: strings.TrimSpace(in.Receiver), Input: in}
	cmd.Change = func(*store.Tx, *casework.Case) error { return casework.Lacking(in) }
	cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		return ch.returned(tx, c, ch.kept(), in.Remark)
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, nil, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		return shift(tx, ch.kept(), Returned, Move{Entry: int64(done.Entry), Kind: MoveReturn, Handler: c.Lead, Keeper: c.Assist, Receiver: in.Receiver, Basis: ch.m.Outcome, Condition: in.Remark, Paper: done.Papers[0]})
	}))
	return err
}

// DisposeInput ends a seizure by confiscation or destruction.
type DisposeInput struct {
	OnMeasure
	Way      string `json:"way" doc:"处理" ask:"need radio"`
	Basis    string `json:"basis" doc:"依据" ask:"need" hint:"规定没收、销毁的法律、行政法规和处罚决定书文号"`
	Provided bool   `json:"provided" doc:"法律、行政法规规定应当没收或者销毁"`
	Course   string `json:"course" doc:"处理经过" ask:"need long" hint:"没收的留在仓库，以后按处罚法第七十四条报批拍卖、处理、上缴"`
	Proceeds string `json:"proceeds" doc:"款项和票据" ask:"need 200" hint:"没有的写无"`
}

// Dispose ends a seizure by confiscation or destruction that a law provides (行政强制法第二十七条).
func (s *Service) Dispose(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DisposeInput) error {
	ch := &change{kind: seizure, of: in.Measure}
	state := map[string]string{"没收": Confiscated, "销毁": Destroyed}[in.Way]
	cmd := casework.Command{Act: "settle_seizure", Version: version, Note: in.Way + "：" + strings.TrimSpace(in.Basis), Input: in}
	cmd.Change = func(*store.Tx, *casework.Case) error {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		sold := len(ch.in(Sold)) > 0 && state == Destroyed
		if err := faultIf(sold, "way", "其中有已经变卖的，款项不能销毁。请没收，或者解除并退还款项"); err != nil {
			return err
		}
		return faultIf(state == "", "way", "请选择没收或者销毁")
	}
	cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		form := casework.Approval{Reason: in.Basis, Steps: []casework.ApprovalStep{{Post: "行政机关负责人意见", Opinion: "同意。", Name: by.Name(), Date: tx.Today()}}}
		return []casework.Draft{{Kind: "disposal_record", Part: casework.DisposalRecord{Approval: form, Things: list(ch.kept()), Basis: in.Basis, Way: in.Way, Course: in.Course, Proceeds: in.Proceeds}}}, nil
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
		f.SetBool(law.DisposalProvided, in.Provided, "form")
		f.SetBool(law.Confiscation, state == Confiscated, "form")
		return nil
	}, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		ch.m.Outcome = in.Way
		move := Move{Entry: int64(done.Entry), Kind: MoveDispose, Handler: c.Lead, Keeper: c.Assist, Basis: in.Basis, Condition: in.Course, Paper: done.Papers[0]}
		if state == Confiscated {
			return confiscate(tx, ch.kept(), move)
		}
		return shift(tx, ch.kept(), state, move)
	}))
	return err
}
