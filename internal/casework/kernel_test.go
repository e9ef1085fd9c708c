package casework_test

import (
	"errors"
	"slices"
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/deadline"
	"fadu/internal/fault"
	"fadu/internal/flow"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// unguarded is a second program over the same database, whose law bars nothing: what is tried is the kernel alone.
func (b *street) unguarded(desks ...casework.Desk) *casework.Service {
	b.t.Helper()
	judge, err := law.NewJudge()
	b.must(err)
	d := b.cases.Deps
	d.Judge = judge
	s := casework.New(d)
	s.AddDesks(desks...)
	return s
}

// put sets a case into a state by hand: tests of single acts need not walk there.
func (b *street) put(id casework.CaseID, p casework.ProcedureID, s, back casework.State) {
	b.t.Helper()
	b.must(b.db.Update(b.ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE penalty_case SET procedure = ?, state = ?, back_state = ? WHERE id = ?`, p, s, back, id)
		return err
	}))
}

// acts reads the case's rows of case_act.
func (b *street) acts(id casework.CaseID) (out []casework.CaseAct) {
	b.t.Helper()
	b.must(b.db.View(b.ctx, func(tx *store.Tx) (err error) { out, err = casework.Acts(tx, id); return err }))
	return out
}

// TestEveryActLeavesOneRow tries every act of the ordinary line from every state that it leaves.
func TestEveryActLeavesOneRow(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		s := b.unguarded()
		id := b.lead()
		for _, a := range casework.OrdinaryLine.Acts {
			for _, from := range a.From {
				place := flow.Place[casework.State]{State: from}
				procedure := casework.ProcedureOrdinary
				if from == casework.Lead {
					procedure = ""
				}
				if a.Back || classOf(from) == flow.Side {
					place.Back = casework.Investigating
				}
				b.put(id, procedure, place.State, place.Back)
				want, err := casework.OrdinaryLine.Move(place, a.ID)
				b.must(err)
				before, version := len(b.acts(id)), b.version(id)
				done, err := s.Do(b.ctx, access.System("test"), id, casework.Command{Act: a.ID, Version: version, Note: "试"})
				if err != nil {
					t.Errorf("%s（%s）：%v", a.ID, from, err)
					continue
				}
				c, rows := b.file(id).Case, b.acts(id)
				switch last := rows[len(rows)-1]; {
				case len(rows) != before+1 || last.Act != a.ID || last.ID != done.Act || last.Entry != int64(done.Entry) || last.Note != "试":
					t.Errorf("%s（%s）：%d 行之后是 %d 行，最后一行 %+v", a.ID, from, before, len(rows), last)
				case c.State != want.State || c.Back != want.Back || c.Procedure != casework.ProcedureOrdinary || c.Version != version+1:
					t.Errorf("%s（%s）：到了 %s（回 %s，%s），应到 %+v", a.ID, from, c.State, c.Back, c.Procedure, want)
				case (c.ClosedAt != 0) != casework.OrdinaryLine.Closed(c.State):
					t.Errorf("%s（%s）：到 %s，结束时间 %d", a.ID, from, c.State, c.ClosedAt)
				}
				if h := b.history(id); h[0].Kind != a.Emits {
					t.Errorf("%s：入账 %s，应为 %s", a.ID, h[0].Kind, a.Emits)
				}
			}
		}
	})
}

func classOf(s casework.State) flow.Class {
	for _, st := range casework.OrdinaryLine.States {
		if st.ID == s {
			return st.Class
		}
	}
	return ""
}

func (b *street) history(id casework.CaseID) (out []ledger.Entry) {
	b.t.Helper()
	b.must(b.db.View(b.ctx, func(tx *store.Tx) (err error) {
		out, err = ledger.History(tx, id.Subject(), 0, 1)
		return err
	}))
	return out
}

// An on-the-spot case leaves no rows: its columns tell what happened.
func TestOnSpotCaseLeavesNoActs(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id, _ := b.delivered(law.Yuan(100), casework.PayCode)
		if c := b.file(id).Case; c.Procedure != casework.ProcedureOnSpot || len(b.acts(id)) != 0 {
			t.Errorf("%s，%d 行", c.Procedure, len(b.acts(id)))
		}
		// Its terms are counted from its columns, and kept as rows.
		b.must(b.db.View(b.ctx, func(tx *store.Tx) error {
			kept, err := deadline.Of(tx, casework.TermsKind, int64(id))
			for _, k := range b.file(id).Clocks {
				if !slices.ContainsFunc(kept, func(r deadline.Row) bool { return r.Term == k.Term && r.Due == k.Due }) {
					t.Errorf("%s %s：行是 %+v", k.Term, k.Due, kept)
				}
			}
			if len(kept) != 3 {
				t.Errorf("只有 %d 个期限", len(kept))
			}
			return err
		}))
	})
}

func TestLeadLeavesTheStreetAndStaysOpen(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.ready(law.Yuan(100), casework.PayCode)
		b.must(b.cases.ToOrdinary(b.ctx, b.session("zhao"), id, b.version(id), "需要没收工具"))
		f := b.file(id)
		if f.Case.ClosedAt != 0 || f.Case.Procedure != casework.ProcedureOrdinary || f.Case.StateLabel() != "转普通程序" || len(b.acts(id)) != 1 {
			t.Errorf("%+v，%d 行", f.Case, len(b.acts(id)))
		}
		page, err := b.cases.List(b.ctx, b.session("zhao"), casework.Filter{State: "open"}, "")
		if err != nil || len(page.Rows) != 1 {
			t.Errorf("在办 %d 件，%v", len(page.Rows), err)
		}
		if _, err := b.cases.Decide(b.ctx, b.session("zhao"), id, b.version(id)); fault.KindOf(err) != fault.Conflict {
			t.Errorf("转普通程序后当场决定：%v", err)
		}
	})
}

// 中止调查去、恢复调查回，中间换了一个程序。
func TestSideStateSurvivesRestart(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.lead()
		b.put(id, casework.ProcedureOrdinary, casework.Notified, "")
		do := func(act string) error {
			_, err := b.unguarded().Do(b.ctx, access.System("test"), id, casework.Command{Act: act})
			return err
		}
		b.must(do("suspend"))
		if c := b.file(id).Case; c.State != casework.Suspended || c.Back != casework.Notified {
			t.Errorf("中止后 %s，回 %s", c.State, c.Back)
		}
		if err := do("suspend"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("再次中止：%v", err)
		}
		b.must(do("resume"))
		if c := b.file(id).Case; c.State != casework.Notified || c.Back != "" {
			t.Errorf("恢复后 %s，回 %s", c.State, c.Back)
		}
	})
}

func TestDeskActIsRefusedForAnOldVersion(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.lead()
		cmd := casework.Command{Act: "take_up", Version: b.version(id)}
		_, err := b.cases.Do(b.ctx, b.session("zhao"), id, cmd)
		b.must(err)
		cmd.Act = "assign"
		if _, err := b.cases.Do(b.ctx, b.session("zhao"), id, cmd); fault.KindOf(err) != fault.Conflict || len(b.acts(id)) != 1 {
			t.Errorf("旧版本：%v，%d 行", err, len(b.acts(id)))
		}
		if _, err := b.cases.Do(b.ctx, b.session("sun"), id, casework.Command{Act: "ask_filing"}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("别的中队：%v", err)
		}
		if _, err := b.cases.Do(b.ctx, b.session("zhao"), id, casework.Command{Act: "approve_filing"}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("没有权限：%v", err)
		}
		b.put(id, casework.ProcedureOrdinary, casework.Issuing, "")
		if _, err := b.cases.Do(b.ctx, b.session("zhao"), id, casework.Command{Act: "issued"}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("系统的步骤由人来办：%v", err)
		}
	})
}

// TestTrackMovesBesideTheLine: a row beside the line follows its own table, its guards see what its desk states.
func TestTrackMovesBesideTheLine(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.lead()
		b.put(id, casework.ProcedureOrdinary, casework.Notified, "")
		place := flow.Place[casework.HearingState]{State: casework.HearingAsked}
		inTime := true
		track := func(*store.Tx, *casework.Case) (casework.Track, error) {
			tr := casework.TrackOf("hearing/7", "听证", casework.HearingTrack, &place)
			tr.Facts = func(f *law.Facts) {
				f.SetBool(law.HearingRequired, true, "hearing/7")
				f.SetBool(law.RequestedInTime, inTime, "hearing/7")
			}
			return tr, nil
		}
		desk := casework.Desk{Name: "听证", Tracks: func(tx *store.Tx, c *casework.Case) ([]casework.Track, error) {
			tr, err := track(tx, c)
			return []casework.Track{tr}, err
		}}
		s := casework.New(b.cases.Deps)
		s.AddDesks(desk)
		var refused *law.Refusal
		if _, err := s.Do(b.ctx, access.System("test"), id, casework.Command{Act: "refuse_hearing", Track: track}); !errors.As(err, &refused) {
			t.Fatalf("按期要求的听证不予受理：%v", err)
		}
		wrote := casework.HearingState("")
		_, err := s.Do(b.ctx, access.System("test"), id, casework.Command{Act: "accept_hearing", Track: track, Write: func(*store.Tx, *casework.Case, casework.Done) error {
			wrote = place.State
			return nil
		}})
		rows := b.acts(id)
		if err != nil || wrote != casework.HearingAccepted || len(rows) != 1 || rows[0].Of != "hearing/7" || b.file(id).Case.State != casework.Notified {
			t.Errorf("%v，写入 %s，%+v", err, wrote, rows)
		}
		b.must(b.db.View(b.ctx, func(tx *store.Tx) error {
			choices, err := s.Choices(tx, access.System("test"), b.file(id).Case)
			n := 0
			for _, ch := range choices {
				if ch.Of == "hearing/7" {
					n++
				}
			}
			if want := len(casework.HearingTrack.At(casework.HearingAccepted)); n != want {
				t.Errorf("听证有 %d 步可选，应有 %d 步", n, want)
			}
			return err
		}))
	})
}

// A row that was entered by mistake is withdrawn by another, and counts for nothing.
func TestActIsWithdrawnByASecondRow(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.lead()
		s := b.unguarded()
		b.put(id, casework.ProcedureOrdinary, casework.Investigating, "")
		done, err := s.Do(b.ctx, access.System("test"), id, casework.Command{Act: "sample"})
		b.must(err)
		_, err = s.Do(b.ctx, access.System("test"), id, casework.Command{Act: "sample", Withdraws: done.Act})
		if b.must(err); len(b.acts(id)) != 0 {
			t.Errorf("%+v", b.acts(id))
		}
	})
}

// TestClocksFollowTheActs: the terms come from what happened, and their rows follow each act.
func TestClocksFollowTheActs(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.lead()
		var kept []deadline.Row
		d := b.cases.Deps
		judge, err := law.NewJudge()
		b.must(err)
		d.Judge = judge
		s := casework.New(d)
		do := func(act string) {
			t.Helper()
			_, err := s.Do(b.ctx, access.System("test"), id, casework.Command{Act: act})
			b.must(err)
			testkit.View(t, b.db, func(tx *store.Tx) (err error) { kept, err = deadline.Of(tx, casework.TermsKind, int64(id)); return err })
		}
		found := law.DateOf(b.clock.Now())
		due, err := calendar.Official().Due("线索核查期限", found, 0)
		b.must(err)
		for _, act := range []string{"take_up", "ask_filing"} {
			do(act)
		}
		if len(kept) != 1 || kept[0].Term != "线索核查期限" || kept[0].Due != due.Due || kept[0].State != timing.Running {
			t.Fatalf("%+v，应到 %s", kept, due.Due)
		}
		do("approve_filing")
		if len(kept) != 1 || kept[0].Term != "作出处罚决定期限" || kept[0].State != timing.Running {
			t.Errorf("%+v", kept)
		}
	})
}
