package sitting

import (
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// grace is how long after the deadline an answer that was on its way is still taken.
const grace = 5 * time.Second

// Opens is when the paper may be begun.
func (s Sitting) Opens() time.Time { return store.FromMicros(s.OpensAt) }

// WaitingFrom is when the waiting room opens.
func (s Sitting) WaitingFrom() time.Time { return s.Opens().Add(-minutes(s.Waiting)) }

// LastEntry is until when the paper may be begun.
func (s Sitting) LastEntry() time.Time { return s.Opens().Add(minutes(s.Late)) }

// Day is the day whose law the paper asks.
func (s Sitting) Day() law.Date { return law.DateOf(s.Opens()) }

// deadline is when an attempt begun at an instant ends: whoever comes late loses the time, unless the sitting gives all
// of it to everybody. Extra minutes come on top.
func (s Sitting) deadline(begun time.Time, extra int64) time.Time {
	from := s.Opens()
	if bool(s.FullLate) && begun.After(from) {
		from = begun
	}
	return from.Add(minutes(s.Minutes + extra))
}

// over is when the last possible attempt of whoever has the most extra minutes has ended.
func (s Sitting) over(extra int64) time.Time { return s.deadline(s.LastEntry(), extra).Add(grace) }

// Phase is where the sitting stands at an instant; extra are the most extra minutes that anybody has.
func (s Sitting) Phase(now time.Time, extra int64) Phase {
	switch {
	case s.State != Frozen || now.Before(s.WaitingFrom()):
		return Phase(s.State)
	case now.Before(s.Opens()):
		return Waiting
	case now.Before(s.over(extra)):
		return Open
	}
	return Collected
}

// mayBegin says why a candidate with so many attempts cannot begin at the instant; nil when nothing stands against it.
func (s Sitting) mayBegin(c Candidate, now time.Time) error {
	switch {
	case s.State != Frozen:
		return fault.New(fault.Conflict, "这场考试%s，不能答卷", s.Phase(now, 0).Label())
	case c.State == Deferred:
		return fault.New(fault.Conflict, "您已获准缓考，不参加这一场")
	case c.State == Voided:
		return fault.New(fault.Conflict, "您这一场的成绩已经作废，不能再答卷")
	case now.Before(s.Opens()):
		return fault.New(fault.Conflict, "还没有到开考时间（%s）", clockText(s.Opens()))
	case now.After(s.LastEntry()):
		return fault.New(fault.Conflict, "已过最晚入场时间（%s），不能再入场。有正当原因的，请向培训管理员申请补考", clockText(s.LastEntry()))
	case c.Taken >= s.Attempts:
		return fault.New(fault.Conflict, "这场考试可以答 %d 次，您已经答过 %d 次", s.Attempts, c.Taken)
	case !now.Before(s.deadline(now, c.Extra)):
		return fault.New(fault.Conflict, "答卷时间已经结束")
	}
	return nil
}

func clockText(t time.Time) string { return t.In(law.Zone).Format("2006-01-02 15:04") }

// open says why an attempt takes no more answers at the instant.
func (a Attempt) open(now time.Time, device string) error {
	switch {
	case a.State != Running:
		return fault.New(fault.Conflict, "这份答卷已经交了（%s），之后的作答没有计入", endLabels[a.EndedBy])
	case now.After(store.FromMicros(a.Deadline).Add(grace)):
		return fault.New(fault.Conflict, "答卷时间已经结束，之后的作答没有计入")
	case device != a.Device:
		return fault.New(fault.Conflict, "这份答卷已经在另一台设备上继续，这台设备上只能看")
	}
	return nil
}
