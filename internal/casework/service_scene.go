package casework

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// NothingSaid is what is recorded when the party had nothing to say.
const NothingSaid = "无"

// CorrectedNow is the detail of a correction that was done on the spot.
const CorrectedNow = "on_spot"

// StepInput records something done on the street.
type StepInput struct {
	Kind   StepKind  `json:"kind"`
	DoneAt time.Time `json:"done_at"`
	Person int64     `json:"person,string,omitempty"` // which officer; zero: the lead officer
	Text   string    `json:"text"`
	Detail string    `json:"detail"`
	Due    law.Date  `json:"due"`
}

func (in StepInput) check(c *Case, now time.Time) error {
	var fs fault.Fields
	if _, ok := stepLabels[in.Kind]; !ok {
		fs.Add("kind", "没有这一种现场步骤")
	}
	text := strings.TrimSpace(in.Text)
	switch in.Kind {
	case StepHear:
		if text == "" {
			fs.Add("text", "请按原话记录当事人的陈述申辩；没有的写“无”")
		}
	case StepReview:
		if text == "" {
			fs.Add("text", "请写明对陈述申辩的复核意见：采纳哪些、不采纳哪些、为什么")
		}
	case StepCorrect:
		if in.Detail != CorrectedNow && in.Detail != "by_date" {
			fs.Add("detail", "请选择当场改正，或者限期改正")
		}
		if in.Detail == "by_date" && (in.Due.IsZero() || in.Due.Before(law.DateOf(now))) {
			fs.Add("due", "请填写改正期限，不能早于今天")
		}
	case StepRecheck:
		if in.Detail != CorrectedNow && in.Detail != "not_corrected" {
			fs.Add("detail", "请选择复查结果")
		}
	case StepMeasure:
		if _, err := powers.ParseQuantity(strings.TrimSpace(in.Detail)); err != nil {
			fs.Add("detail", "请填写测得的数值，例如 3 或 2.5")
		}
	case StepFootage:
		if strings.TrimSpace(in.Detail) == "" && text == "" {
			fs.Add("detail", "请填写执法记录仪的音像编号；没有音像的，在说明里写原因")
		}
	case StepEducate:
		if text == "" {
			fs.Add("text", "请写明教育的内容")
		}
	case StepRecusal:
		if in.Detail != "withdrawn" && in.Detail != "stays" {
			fs.Add("detail", "请选择负责人对回避的决定")
		}
	}
	if in.Person != 0 && in.Person != c.Lead && in.Person != c.Assist {
		fs.Add("person", "只能由本案的两名执法人员实施")
	}
	return fs.Err()
}

// RecordStep records a step with the time at which it was done. On site any step may be recorded; after
// the decision only a re-check of the correction.
func (s *Service) RecordStep(ctx context.Context, by access.Session, id CaseID, version int64, in StepInput) error {
	act := "step"
	if in.Kind == StepRecheck {
		act = "recheck"
	}
	var row *Step
	return s.update(ctx, by, "casework.step", in, id, command{
		act: act, version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			if err := in.check(c, tx.Now); err != nil {
				return err
			}
			at, err := moment(tx, c, in.DoneAt, "done_at")
			if err != nil {
				return err
			}
			person := in.Person
			if person == 0 {
				person = c.Lead
			}
			row = &Step{
				ID: store.NewID(), Case: id, Kind: in.Kind, DoneAt: at, RecordedAt: store.Micros(tx.Now), Person: person,
				Text: strings.TrimSpace(in.Text), Detail: strings.TrimSpace(in.Detail), Due: in.Due,
			}
			return nil
		},
		data: func(*Case) any { return row.entry() },
		finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
			row.Entry = int64(entry)
			return insert(tx, row)
		},
	})
}

func (s *Step) entry() map[string]any {
	return map[string]any{"step": fmt.Sprint(s.ID), "kind": s.Kind, "done_at": s.Done().Format(time.RFC3339), "text": s.Text, "detail": s.Detail, "due": s.Due}
}

// WithdrawStep marks a step as entered by mistake. It stays in the file with its reason and counts for
// nothing.
func (s *Service) WithdrawStep(ctx context.Context, by access.Session, id CaseID, version, step int64, why string) error {
	why = strings.TrimSpace(why)
	return s.update(ctx, by, fmt.Sprintf("casework.withdraw_step/%d", step), why, id, command{
		act: "withdraw_step", version: version,
		prepare: func(*store.Tx, *Case, *law.Facts) error {
			var fs fault.Fields
			if why == "" {
				fs.Add("why", "请写明更正的原因")
			}
			return fs.Err()
		},
		data: func(*Case) any { return map[string]any{"step": fmt.Sprint(step), "why": why} },
		finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
			res, err := tx.DB().NewUpdate().Model((*Step)(nil)).Set("withdrawn = 1").Set("entry_id = ?", entry).
				Where("id = ?", step).Where("case_id = ?", id).Where("withdrawn = 0").Exec(tx.Ctx)
			return store.Updated(res, err, "这一步骤")
		},
	})
}

// PhotoInput describes a photograph.
type PhotoInput struct {
	Caption   string    `json:"caption"`
	Place     string    `json:"place"`
	TakenAt   time.Time `json:"taken_at"`
	Latitude  float64   `json:"latitude,omitempty"`
	Longitude float64   `json:"longitude,omitempty"`
	Person    int64     `json:"person,string,omitempty"`
	// Digest, Type and Size are filled in from the bytes.
	Digest string `json:"digest"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
}

// AddPhoto stores the bytes first, durably, and then records the photograph: a blob without a row may
// be left behind by a crash, a row without its blob never.
func (s *Service) AddPhoto(ctx context.Context, by access.Session, id CaseID, version int64, in PhotoInput, bytes io.Reader) error {
	var err error
	if in.Digest, in.Size, err = s.Blobs.Put(ctx, bytes); err != nil {
		return err
	}
	var row *Photo
	return s.update(ctx, by, "casework.photo", in, id, command{
		act: "photo", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			var fs fault.Fields
			if in.Type != "image/jpeg" && in.Type != "image/png" {
				fs.Add("photo", "照片只收 JPEG 或 PNG 格式")
			}
			if strings.TrimSpace(in.Place) == "" {
				fs.Add("place", "请填写拍摄地点")
			}
			if in.TakenAt.IsZero() {
				fs.Add("taken_at", "请填写拍摄时间")
			}
			if err := fs.Err(); err != nil {
				return err
			}
			at, err := moment(tx, c, in.TakenAt, "taken_at")
			if err != nil {
				return err
			}
			person := in.Person
			if person == 0 {
				person = c.Lead
			}
			row = &Photo{
				ID: store.NewID(), Case: id, Digest: in.Digest, Type: in.Type, Size: in.Size, Caption: strings.TrimSpace(in.Caption),
				Place: strings.TrimSpace(in.Place), TakenAt: at, Latitude: in.Latitude, Longitude: in.Longitude, Person: person,
			}
			return nil
		},
		data: func(*Case) any { return in },
		finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
			row.Entry = int64(entry)
			return insert(tx, row)
		},
	})
}

// OpenPhoto returns a photograph of a case in scope and its bytes; the caller closes them.
func (s *Service) OpenPhoto(ctx context.Context, by access.Session, id CaseID, photoID int64) (*Photo, io.ReadCloser, error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return nil, nil, err
	}
	var p *Photo
	if err := s.DB.View(ctx, func(tx *store.Tx) error { p, err = photo(tx, scope, id, photoID); return err }); err != nil {
		return nil, nil, err
	}
	if err := s.saw(ctx, by, "casework.case_read", id.Subject(), by.Unit().ID); err != nil {
		return nil, nil, err
	}
	r, err := s.Blobs.Open(p.Digest)
	return p, r, err
}
