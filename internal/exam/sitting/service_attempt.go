package sitting

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// drawSecret draws 32 random bytes.
func drawSecret() (string, error) {
	var b [32]byte
	_, err := rand.Read(b[:])
	return hex.EncodeToString(b[:]), err
}

// key is the key of the sitting for a purpose and a candidate.
func (s Sitting) key(purpose string, c CandidateID) []byte {
	h := hmac.New(sha256.New, []byte(s.Secret))
	fmt.Fprintf(h, "%s %d", purpose, c)
	return h.Sum(nil)
}

// places is the order in which the candidate sees the paper; every attempt has another one.
func (s Sitting) places(f assembly.Form, c CandidateID, number int64) []assembly.Place {
	return f.Places([]byte(s.Secret), fmt.Sprintf("%d/%d", c, number))
}

// Seat is a candidate in a sitting, with the attempts, as the candidate sees it.
type Seat struct {
	Sitting   Sitting
	Candidate Candidate
	Attempts  []Attempt
	Phase     Phase
	Now       time.Time
	// Refusal says why no attempt can be begun; nil when one can.
	Refusal error
}

// running is the attempt that goes on, nil without one.
func (x Seat) running() *Attempt {
	for i, a := range x.Attempts {
		if a.State == Running {
			return &x.Attempts[i]
		}
	}
	return nil
}

func seatOf(tx *store.Tx, account access.AccountID, id SittingID) (x Seat, err error) {
	if x.Candidate, err = ownCandidate(tx, account, id); err != nil {
		return x, err
	}
	if x.Sitting, err = sittingOf(tx, id); err != nil {
		return x, err
	}
	if x.Sitting.State == Draft || x.Candidate.State == Removed {
		return x, fault.Missing(nounSitting)
	}
	x.Attempts, err = attemptsOf(tx, x.Candidate.ID)
	x.Now = tx.Now
	x.Phase, x.Refusal = x.Sitting.Phase(tx.Now, x.Candidate.Extra), x.Sitting.mayBegin(x.Candidate, tx.Now)
	return x, err
}

// Seat is the place of the account in a sitting.
func (s *Service) Seat(ctx context.Context, by access.Session, id SittingID) (x Seat, err error) {
	if _, err := by.Require(access.ExamTake); err != nil {
		return x, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) {
		x, err = seatOf(tx, by.Account(), id)
		return err
	})
	return x, err
}

// Started is an attempt that was begun or is gone on with.
type Started struct {
	Attempt  AttemptID
	Device   string
	Deadline time.Time
	// Key opens the paper that was fetched in the waiting room.
	Key []byte
}

// StartInput begins an attempt, or goes on with the one that runs, on a device.
type StartInput struct {
	Device string `json:"device,omitempty" doc:"这台设备开始答卷时得到的号码；第一次不填"`
}

// Start begins an attempt of the account. Who has one that runs goes on with it on the device that it runs on; from
// another one it has to be taken over.
func (s *Service) Start(ctx context.Context, by access.Session, id SittingID, in StartInput) (out Started, err error) {
	if _, err := by.Require(access.ExamTake); err != nil {
		return out, err
	}
	fresh := store.NewCode()
	_, _, err = s.DB.Once(ctx, by.Once(kindStarted, id), func(tx *store.Tx) (string, error) {
		x, err := seatOf(tx, by.Account(), id)
		if err != nil {
			return "", err
		}
		if a := x.running(); a != nil {
			return a.URL(), nil
		}
		if x.Refusal != nil {
			return "", x.Refusal
		}
		c := x.Candidate
		a := &Attempt{ID: AttemptID(store.NewID()), Sitting: id, Candidate: c.ID, Account: c.Account, Number: c.Taken + 1, State: Running, StartedAt: store.Micros(tx.Now), Device: fresh}
		end := x.Sitting.deadline(tx.Now, c.Extra)
		a.Deadline = store.Micros(end)
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindStarted, Subject: a.Subject(), Unit: int64(c.UnitID), Data: map[string]any{"sitting": id.String(), "number": a.Number, "deadline": clockText(end)}})
		if err != nil {
			return "", err
		}
		a.Entry, c.Entry = int64(e), int64(e)
		c.State, c.Taken = Took, a.Number
		if err := insert(tx, a); err != nil {
			return "", err
		}
		if err := saveCandidate(tx, &c); err != nil {
			return "", err
		}
		return a.URL(), jobs.Add(tx, jobs.Job{Kind: JobCollect, Key: id.String(), Payload: id, Due: end.Add(grace)})
	})
	if err != nil {
		return out, err
	}
	return s.resumed(ctx, by, id, in.Device, fresh)
}

// resumed is the attempt that runs, for the device that it runs on.
func (s *Service) resumed(ctx context.Context, by access.Session, id SittingID, devices ...string) (out Started, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		x, err := seatOf(tx, by.Account(), id)
		if err != nil {
			return err
		}
		a := x.running()
		if a == nil {
			return fault.New(fault.Conflict, "这份答卷已经交了")
		}
		out = Started{Attempt: a.ID, Deadline: store.FromMicros(a.Deadline)}
		for _, d := range devices {
			if d == a.Device {
				out.Device, out.Key = d, x.Sitting.key(fmt.Sprint("paper ", a.Number), x.Candidate.ID)
			}
		}
		return nil
	})
	return out, err
}

// TakeOver goes on with an attempt on another device; the first one can only look from then on, and is told.
func (s *Service) TakeOver(ctx context.Context, by access.Session, id AttemptID) (device string, err error) {
	if _, err := by.Require(access.ExamTake); err != nil {
		return "", err
	}
	device = store.NewCode()
	_, replayed, err := s.DB.Once(ctx, by.Once(kindTakenOver, id), func(tx *store.Tx) (string, error) {
		a, err := ownAttempt(tx, by.Account(), id)
		if err != nil {
			return "", err
		}
		if err := a.open(tx.Now, a.Device); err != nil {
			return "", err
		}
		a.Device = device
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindTakenOver, Subject: a.Subject(), Unit: int64(by.Unit().ID)})
		if err != nil {
			return "", err
		}
		a.Entry = int64(e)
		if err := insert(tx, &Signal{ID: store.NewID(), Sitting: a.Sitting, Attempt: id, Kind: signalDevice, At: store.Micros(tx.Now)}); err != nil {
			return "", err
		}
		return a.URL(), saveAttempt(tx, &a)
	})
	if err == nil && replayed {
		err = s.DB.View(ctx, func(tx *store.Tx) error {
			a, err := ownAttempt(tx, by.Account(), id)
			device = a.Device
			return err
		})
	}
	return device, err
}

// Receipt proves what was submitted.
type Receipt struct {
	Number   string
	Digest   string
	At       time.Time
	Answered int
}

// Submit ends an attempt. Sent again it gives the same receipt.
func (s *Service) Submit(ctx context.Context, by access.Session, id AttemptID, device string) (out Receipt, err error) {
	if _, err := by.Require(access.ExamTake); err != nil {
		return out, err
	}
	_, _, err = s.DB.Once(ctx, by.Once(kindSubmitted, id), func(tx *store.Tx) (string, error) {
		a, err := ownAttempt(tx, by.Account(), id)
		if err != nil {
			return "", err
		}
		if a.State != Running {
			return a.URL(), nil
		}
		if device != a.Device {
			return "", a.open(tx.Now, device)
		}
		how := bySelf
		if tx.Now.After(store.FromMicros(a.Deadline).Add(grace)) {
			how = byTimeout
		}
		return a.URL(), s.end(tx, by.Actor(), int64(by.Unit().ID), &a, how)
	})
	if err != nil {
		return out, err
	}
	return s.ReceiptOf(ctx, by, id)
}

// end closes an attempt: its answers are fixed by their digest.
func (s *Service) end(tx *store.Tx, actor ledger.Actor, unit int64, a *Attempt, how string) error {
	given, err := answersOf(tx, a.ID)
	if err != nil {
		return err
	}
	at := min(store.Micros(tx.Now), a.Deadline)
	a.State, a.EndedAt, a.EndedBy, a.Receipt = Submitted, at, how, store.NewCode()
	if a.Digest, err = digestOf(*a, given[a.ID]); err != nil {
		return err
	}
	kind := kindSubmitted
	if how == byTimeout {
		kind = kindCollected
	}
	e, err := ledger.Append(tx, actor, ledger.Act{Kind: kind, Subject: a.Subject(), Unit: unit, Data: map[string]any{"receipt": a.Receipt, "digest": a.Digest, "answered": answered(given[a.ID])}})
	if err != nil {
		return err
	}
	a.Entry = int64(e)
	return saveAttempt(tx, a)
}

func answered(as []Answer) (n int) {
	for _, a := range as {
		if a.Value != "" {
			n++
		}
	}
	return n
}

// digestOf is the SHA-256 of what was submitted: the attempt, when it ended, and every answer with its item and seq.
func digestOf(a Attempt, given []Answer) (string, error) {
	if given == nil {
		given = []Answer{}
	}
	b, err := json.Marshal(map[string]any{"attempt": a.ID.String(), "ended_at": a.EndedAt, "answers": given})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// ReceiptOf is the receipt of an attempt of the account.
func (s *Service) ReceiptOf(ctx context.Context, by access.Session, id AttemptID) (out Receipt, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		a, err := ownAttempt(tx, by.Account(), id)
		if err != nil {
			return err
		}
		if a.State == Running {
			return fault.New(fault.Conflict, "这份答卷还没有交")
		}
		given, err := answersOf(tx, id)
		out = Receipt{Number: a.Receipt, Digest: a.Digest, At: store.FromMicros(a.EndedAt), Answered: answered(given[id])}
		return err
	})
	return out, err
}
