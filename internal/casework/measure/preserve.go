package measure

import (
	"context"
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

const keepTerm = "先行登记保存处理期限"

// AskPreservationInput asks for a registered keeping.
type AskPreservationInput struct {
	Things  []casework.Thing `json:"things" doc:"要保存的物品" ask:"need"`
	Purpose string           `json:"purpose" doc:"证明什么" ask:"need"`
	Risk    string           `json:"risk" doc:"为什么可能灭失或者以后难以取得" ask:"need"`
	WhyNot  string           `json:"why_not_photos" doc:"拍照、录像、抽样为什么不够" ask:"need"`
	KeptAt  string           `json:"kept_at" doc:"保存的方式和地点" ask:"need 100"`
}

// AskPreservation asks the head for a registered keeping (行政处罚法第五十六条).
func (s *Service) AskPreservation(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AskPreservationInput) error {
	m := &Measure{ID: store.NewID(), Kind: preservation, State: casework.Preservation.Start, Purpose: in.Purpose, Risk: in.Risk, WhyNot: in.WhyNot, KeptAt: in.KeptAt, Target: named(in.Things)}
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "ask_preservation", Version: version, Note: m.Target, Input: in,
		Row:    func(*store.Tx, *casework.Case) (string, error) { return m.Of(), nil },
		Change: func(*store.Tx, *casework.Case) error { return casework.Lacking(in) },
		Drafts: func(tx *store.Tx, _ *casework.Case) ([]casework.Draft, error) {
			return []casework.Draft{{Kind: "preservation_approval", Part: casework.PreservationApproval{
				Approval: asked(by, tx, in.Risk), Things: casework.Things{Things: in.Things}, Purpose: in.Purpose, Risk: in.Risk, WhyNotPhotos: in.WhyNot,
			}}}, nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error { return keep(tx, c, m, done, in.Things) },
	})
	return err
}

// asked is an approval form as the officers hand it in; the head's line is left to sign.
func asked(by access.Session, tx *store.Tx, reason string) casework.Approval {
	return casework.Approval{Reason: reason, Steps: []casework.ApprovalStep{{Post: "承办人意见", Opinion: "拟同意，请批示。", Name: by.Name(), Date: tx.Today()}, {Post: "行政机关负责人意见"}}}
}

func named(all []casework.Thing) string {
	var names []string
	for _, t := range all {
		names = append(names, t.Name)
	}
	return strings.Join(names, "、")
}

// PreserveInput makes a registered keeping that was approved.
type PreserveInput struct {
	OnMeasure
	At       time.Time `json:"at" doc:"实施时间" ask:"need now"`
	ShowedID bool      `json:"showed_id" doc:"已出示执法证件"`
}

// Preserve makes a registered keeping: seven working days run from its day (行政处罚法第五十六条).
func (s *Service) Preserve(ctx context.Context, by access.Session, id casework.CaseID, version int64, in PreserveInput) error {
	ch := &change{kind: preservation, of: in.Measure}
	cmd := casework.Command{Act: "preserve", Version: version, On: law.DateOf(in.At), At: in.At, Input: in}
	cmd.Change = func(tx *store.Tx, c *casework.Case) error {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		if err := within(tx, c, in.At); err != nil {
			return err
		}
		term, err := s.cases.Calendar.Earliest(keepTerm, law.DateOf(in.At), 0)
		ch.m.TakenOn, ch.m.TakenAt, ch.m.Until = law.DateOf(in.At), store.Micros(in.At), term.Due
		return err
	}
	cmd.Drafts = func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
		return []casework.Draft{
			{Kind: "preservation_notice", Part: casework.PreservationNotice{Things: list(ch.things), Purpose: ch.m.Purpose, From: ch.m.TakenOn, Until: ch.m.Until, Where: ch.m.KeptAt}},
			{Kind: "thing_list", Part: casework.ThingList{Things: list(ch.things), Title: "先行登记保存通知书", Of: "随通知书", Remark: "一式二份"}},
		}, nil
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
		f.SetBool(law.ShowedID, in.ShowedID, "form")
		return ch.stateBefore(tx, c, in.At, "approve_preservation", f, law.ApprovedByHead)
	}, func(tx *store.Tx, _ *casework.Case, done casework.Done) error {
		ch.m.Paper = done.Papers[0]
		if err := expireLater(tx, ch.m); err != nil {
			return err
		}
		return take(tx, ch.m, done)
	}))
	return err
}

// stateBefore states that the head approved, as far as the approval came before the measure.
func (ch *change) stateBefore(tx *store.Tx, c *casework.Case, at time.Time, approval string, f *law.Facts, key law.BoolKey) error {
	acts, err := casework.Acts(tx, c.ID)
	ok := false
	for _, a := range acts {
		ok = ok || a.Act == approval && a.Of == ch.m.Of() && !at.Before(store.FromMicros(a.At).Truncate(time.Minute))
	}
	f.SetBool(key, ok, ch.m.Of())
	return err
}

// within refuses a time in the future or before the lead was found.
func within(tx *store.Tx, c *casework.Case, at time.Time) error {
	return faultIf(at.After(tx.Now.Add(2*time.Minute)) || at.Before(c.Found().Truncate(time.Minute)), "at", "时间在发现线索之后、现在以前")
}

// SettleInput says what becomes of what was kept.
type SettleInput struct {
	OnMeasure
	Outcome string `json:"outcome" doc:"处理" ask:"need radio"`
	Reason  string `json:"reason" doc:"理由" ask:"need long 500"`
	Collect string `json:"collect" doc:"领取的地点和办法" ask:"100" hint:"退还的填写"`
	// Receiver takes the things: the party or whoever fetches them, or the body to which they are handed.
	Receiver string `json:"receiver" doc:"领取人、接收的部门" ask:"100" hint:"退还的写领取人，移交的写接收的单位；没收的留在仓库"`
}

type outcome struct{ value, label, state, move string }

// unseized are the things that are to be called seized and that no seizure in force lists; each seized thing stands for one.
func (ch *change) unseized(tx *store.Tx, c *casework.Case) ([]string, error) {
	all, err := ofCase[Measure](tx, c.ID)
	if err != nil {
		return nil, err
	}
	listed, err := ofCase[Thing](tx, c.ID)
	seized := map[string]int{}
	for _, t := range listed {
		i := slices.IndexFunc(all, func(m Measure) bool { return m.ID == t.Measure && m.Kind == seizure && held(m.State) })
		switch {
		case i >= 0 && t.State == Held:
			seized[strings.TrimSpace(t.Name)]++
		case t.State == Moved:
			seized[strings.TrimSpace(t.Name)]--
		}
	}
	var out []string
	for _, t := range ch.in(Held) {
		if name := strings.TrimSpace(t.Name); seized[name] <= 0 {
			out = append(out, t.Name)
		} else {
			seized[name]--
		}
	}
	return out, err
}

// receiver is who takes the things, as the outcome has it: nobody where they stay in the house.
func (in SettleInput) receiver(c *casework.Case, way outcome) (string, error) {
	to := strings.TrimSpace(in.Receiver)
	switch way.state {
	case Returned:
		return to, faultIf(to == "", "receiver", "请写明领取人")
	case Handed:
		return to, faultIf(to == "" || to == strings.TrimSpace(c.PartyName), "receiver", "移交的，请写明接收的部门")
	}
	return "", nil
}

// outcomes of a registered keeping, with the state of its things.
var outcomes = []outcome{
	{"return", "证据已经保全，退还当事人", Returned, MoveReturn},
	{"seize", "依法转为查封、扣押", Moved, MoveShelf},
	{"hand", "移交有关部门处理", Handed, MoveHand},
	{"confiscate", "依法没收", Confiscated, MoveConfiscate},
}

// Settle decides within the seven days what becomes of what was kept (行政处罚法第五十六条).
func (s *Service) Settle(ctx context.Context, by access.Session, id casework.CaseID, version int64, in SettleInput) error {
	ch := &change{kind: preservation, of: in.Measure}
	way, to := outcomes[0], ""
	cmd := casework.Command{Act: "settle_preservation", Version: version, Note: strings.TrimSpace(in.Reason), Input: in}
	cmd.Change = func(_ *store.Tx, c *casework.Case) error {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		i := slices.IndexFunc(outcomes, func(o outcome) bool { return o.value == in.Outcome })
		if i < 0 {
			return faultIf(true, "outcome", "请选择怎样处理")
		}
		way = outcomes[i]
		var err error
		to, err = in.receiver(c, way)
		return err
	}
	cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		return ch.decision(tx, c, casework.PreservationDecision{Outcome: way.label, Reason: in.Reason, Collect: in.Collect})
	}
	_, err := s.cases.Do(ctx, by, id, ch.command(cmd, func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
		clock, err := s.clock(tx, c, ch.m) // days off may have been added since the notice
		f.SetBool(law.BeforeExpiry, clock != nil && clock.Open() && !clock.Overdue(tx.Today()), ch.m.Of())
		if err != nil {
			return err
		}
		f.SetBool(law.Confiscation, way.state == Confiscated, "form")
		var missing []string
		if way.state == Moved {
			missing, err = ch.unseized(tx, c)
		}
		f.SetList(law.NotSeized, missing, ch.m.Of())
		return err
	}, func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		ch.m.Outcome = way.label
		return shift(tx, ch.in(Held), way.state, Move{Entry: int64(done.Entry), Kind: way.move, Handler: c.Lead, Keeper: c.Assist, Receiver: to, Basis: way.label, Condition: in.Reason, Paper: done.Papers[0]})
	}))
	return err
}

func (ch *change) decision(tx *store.Tx, c *casework.Case, part casework.PreservationDecision) ([]casework.Draft, error) {
	notice, err := numberOf(tx, c.ID, ch.m.Paper)
	part.Things, part.From, part.Notice = list(ch.in(Held)), ch.m.TakenOn, notice
	return []casework.Draft{{Kind: "preservation_decision", Part: part}}, err
}

func numberOf(tx *store.Tx, id casework.CaseID, paper casework.PaperID) (string, error) {
	all, err := casework.Papers(tx, id)
	for _, p := range all {
		if p.ID == paper {
			return p.DocNo, err
		}
	}
	return "", err
}
