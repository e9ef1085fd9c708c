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
	r, err := s.Blobs.Open(p.Digest)
	return p, r, err
}

// PenaltyInput proposes a penalty.
type PenaltyInput struct {
	ActFrom   law.Date  `json:"act_from"`
	ActUntil  law.Date  `json:"act_until"`
	FactText  string    `json:"fact_text"`
	Clear     bool      `json:"facts_clear"` // both officers hold the facts for established
	PowerCode string    `json:"power_code"`
	Warning   bool      `json:"warning"`
	Fine      bool      `json:"fine"`
	Amount    law.Money `json:"amount"`
	Metric    string    `json:"metric"`
	Corrected bool      `json:"corrected"`
	Harm      string    `json:"harm"` // none, slight, some
	TierWhy   string    `json:"tier_why"`
	// NoExemption is why an exemption that may be granted is not.
	NoExemption string `json:"no_exemption"`
	PayBy       string `json:"pay_by"`
}

func (in PenaltyInput) check() error {
	var fs fault.Fields
	if in.ActFrom.IsZero() {
		fs.Add("act_from", "请填写违法行为发生的日期")
	}
	if !in.ActUntil.IsZero() && in.ActUntil.Before(in.ActFrom) {
		fs.Add("act_until", "终了日不能早于发生日")
	}
	if strings.TrimSpace(in.FactText) == "" {
		fs.Add("fact_text", "请写明违法事实：何人、何时、何地、做了什么")
	}
	if strings.TrimSpace(in.PowerCode) == "" {
		fs.Add("power_code", "请选择案由")
	}
	if !in.Warning && !in.Fine {
		fs.Add("kinds", "请选择处罚种类：警告、罚款")
	}
	if in.Fine && in.Amount <= 0 {
		fs.Add("amount", "罚款数额应大于 0")
	}
	if !in.Fine && in.Amount != 0 {
		fs.Add("amount", "没有选罚款，不应填写罚款数额")
	}
	if _, ok := harmLabels[in.Harm]; !ok {
		fs.Add("harm", "请选择危害后果")
	}
	if in.Metric != "" {
		if _, err := powers.ParseQuantity(in.Metric); err != nil {
			fs.Add("metric", "测量值应是数字，例如 3 或 2.5")
		}
	}
	if _, ok := payLabels[in.PayBy]; in.Fine && !ok {
		fs.Add("pay_by", "请选择缴款方式")
	}
	return fs.Err()
}

// Propose records the penalty that the officers mean to impose: power and benchmark by the day of the
// act, the party's earlier offences looked up across the city, exemptions checked. Nothing is decided.
func (s *Service) Propose(ctx context.Context, by access.Session, id CaseID, version int64, in PenaltyInput) error {
	return s.update(ctx, by, "casework.propose", in, id, command{
		act: "propose", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			if err := in.check(); err != nil {
				return err
			}
			return s.propose(tx, c, in)
		},
		data: func(c *Case) any { return c.Penalty },
	})
}

func (s *Service) propose(tx *store.Tx, c *Case, in PenaltyInput) error {
	var kinds []string
	if in.Warning {
		kinds = append(kinds, "警告")
	}
	if in.Fine {
		kinds = append(kinds, "罚款")
	}
	c.ActFrom, c.ActUntil, c.FactText, c.FactsClear = in.ActFrom, in.ActUntil, strings.TrimSpace(in.FactText), store.Flag(in.Clear)
	c.Penalty = Penalty{
		PowerCode: strings.TrimSpace(in.PowerCode), Kinds: strings.Join(kinds, ";"), Amount: in.Amount, Metric: in.Metric,
		Corrected: store.Flag(in.Corrected), Harm: in.Harm, ExemptionWhy: strings.TrimSpace(in.NoExemption), PayBy: in.PayBy,
	}
	if law.DateOf(c.Found()).Before(c.ActFrom) {
		return invalid("act_from", "违法行为发生日不能晚于发现日 %s", law.DateOf(c.Found()))
	}
	prior, err := s.priorCount(tx, c)
	if err != nil {
		return err
	}
	c.Prior = prior
	a, err := s.assess(tx, c, tx.Today())
	if err != nil {
		return err
	}
	if err := c.chooseLaw(a); err != nil {
		return err
	}
	if c.ChosenLaw == string(powers.ChooseNew) {
		if a, err = s.assess(tx, c, tx.Today()); err != nil {
			return err
		}
	}
	c.PowerName = a.Item.Name
	if a.HasTier {
		c.Tier, c.TierMin, c.TierMax, c.TierWhy = a.Tier.Tier.Grade.Label(), a.Tier.Min, a.Tier.Max, strings.Join(a.Tier.Why, "；")
		c.MetricUnit = a.Tier.Tier.MetricUnit
	}
	if why := strings.TrimSpace(in.TierWhy); why != "" {
		c.TierWhy = strings.TrimPrefix(c.TierWhy+"；"+why, "；")
	}
	hits := exemptionHits(a)
	c.Exemption = exemptionNote(hits)
	if len(hits) > 0 && c.ExemptionWhy == "" {
		return invalid("no_exemption", "%s。请改为教育改正，或者写明为什么仍要处罚", c.Exemption)
	}
	return nil
}

// Try computes what a penalty would rest on, without recording anything: for the live calculator.
func (s *Service) Try(ctx context.Context, by access.Session, id CaseID, in PenaltyInput) (powers.Assessment, error) {
	scope, err := by.Require(access.CaseHandle)
	if err != nil {
		return powers.Assessment{}, err
	}
	var a powers.Assessment
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		c, err := load(tx, scope, id)
		if err != nil {
			return err
		}
		c.ActFrom, c.ActUntil = in.ActFrom, in.ActUntil
		c.Penalty = Penalty{PowerCode: strings.TrimSpace(in.PowerCode), Metric: in.Metric, Corrected: store.Flag(in.Corrected), Harm: in.Harm}
		if c.Prior, err = s.priorCount(tx, c); err != nil {
			return err
		}
		a, err = s.assess(tx, c, tx.Today())
		return err
	})
	return a, err
}

// chooseLaw records the comparison of old and new law (从旧兼从轻): which power is applied.
func (c *Case) chooseLaw(a powers.Assessment) error {
	c.AppliedCode, c.ChosenLaw = c.PowerCode, ""
	if a.Milder == nil {
		return nil
	}
	c.ChosenLaw = string(a.Milder.Use)
	switch a.Milder.Use {
	case powers.ChooseNew:
		c.AppliedCode = a.Milder.New.Code
	case powers.ChooseUnclear:
		return invalid("power_code", "新旧规定各有轻重（%s），不能当场判断，请转普通程序由法制机构比较", strings.Join(a.Milder.Reasons, "；"))
	}
	return nil
}

// priorCount counts the party's earlier offences under the same power in the two years before the act;
// unknown identity counts none, and blocks the decision elsewhere.
func (s *Service) priorCount(tx *store.Tx, c *Case) (int64, error) {
	if c.PartyKey == "" {
		return 0, nil
	}
	es, err := earlier(tx, c.PartyKey, c.ID, day(c.ActFrom.AddMonths(-24)))
	if err != nil {
		return 0, err
	}
	n := int64(0)
	for _, e := range es {
		if e.PowerCode == c.PowerCode {
			n++
		}
	}
	return n, nil
}

// exemptionHits are the usable entries of the lists of conduct that is not punished which the facts fit.
func exemptionHits(a powers.Assessment) []powers.ExemptionHit {
	var hits []powers.ExemptionHit
	for _, h := range a.Exemptions {
		if h.Usable && h.Fits == law.True && (h.Exemption.Effect == powers.EffectMust || h.Exemption.Effect == powers.EffectMay) {
			hits = append(hits, h)
		}
	}
	return hits
}

// exemptionNote says what the exemption check found, for the file.
func exemptionNote(hits []powers.ExemptionHit) string {
	if len(hits) == 0 {
		return "已查核，没有符合的不予处罚情形"
	}
	parts := make([]string, len(hits))
	for i, h := range hits {
		parts[i] = fmt.Sprintf("%s（%s）%s", h.Exemption.Kind.Label(), h.Exemption.Ref, h.Why)
	}
	return "符合不予处罚清单：" + strings.Join(parts, "；")
}

// assessInput asks about the applied power: the old law by the day of the act, or the new one by the day
// of the decision where it is milder.
func (c *Case) assessInput(on law.Date) (powers.AssessInput, error) {
	in := powers.AssessInput{Code: c.PowerCode, ActDate: c.SubstanceOn(), DecisionDate: on, Party: powersParty[c.PartyKind]}
	if c.ChosenLaw == string(powers.ChooseNew) {
		in.Code, in.ActDate = c.AppliedCode, on
	}
	if c.Metric != "" {
		q, err := powers.ParseQuantity(c.Metric)
		if err != nil {
			return in, err
		}
		in.Metric = &q
	}
	if c.PartyKey != "" {
		n := int(c.Prior)
		in.Prior2y = &n
	}
	in.Corrected, in.Harm = law.TriOf(bool(c.Corrected)), law.TriOf(c.Harm != "none")
	return in, nil
}

var powersParty = map[PartyKind]powers.Party{Citizen: powers.Citizen, SoleTrader: powers.SoleTrader, LegalPerson: powers.Organisation, OtherBody: powers.Organisation}

func invalid(field, format string, args ...any) error {
	var fs fault.Fields
	fs.Add(field, format, args...)
	return fs.Err()
}

// Earlier shows a party's earlier offences across the city: date, cause, result and unit only.
func (s *Service) Earlier(ctx context.Context, by access.Session, id CaseID) ([]EarlierCase, error) {
	scope, err := by.Require(access.CaseHandle)
	if err != nil {
		return nil, err
	}
	var out []EarlierCase
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		c, err := load(tx, scope, id)
		if err != nil {
			return err
		}
		out, err = earlier(tx, c.PartyKey, id, store.Micros(tx.Now.AddDate(-2, 0, 0)))
		return err
	})
	return out, err
}
