package serving

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Begin begins a service that arrives later: way is Entrusted, Posted or Forwarded.
func (s *Service) Begin(ctx context.Context, by access.Session, id casework.CaseID, version int64, way Way, in BeginInput) error {
	in.To, in.Reason, in.Proof = strings.TrimSpace(in.To), strings.TrimSpace(in.Reason), strings.TrimSpace(in.Proof)
	var p casework.Paper
	a := act{
		Command: casework.Command{Act: string(way), On: in.On, Paper: in.Service, Note: in.Reason, Input: in}, paper: in.Service,
		look: func(tx *store.Tx, c *casework.Case, j *job) error {
			var w wants
			p = j.paper
			w.day("on", &in.On, p, tx)
			w.text("reason", in.Reason, "请写明直接送达有什么困难")
			if way == Posted {
				if in.To == "" {
					in.To = reaches(c, p)
				}
				w.text("to", in.To, "请填写寄往的地址")
				w.text("proof", in.Proof, "请填写邮单号")
			} else {
				w.text("to", in.To, "请填写受委托、转交的单位")
			}
			if err := w.fs.Err(); err != nil {
				return err
			}
			return casework.Deliverable(&p)
		},
		try: func(*casework.Case) Try {
			return Try{Way: way, On: in.On, Place: in.To, Reason: in.Reason, Proof: in.Proof}
		},
	}
	if way != Posted {
		a.Drafts = func(_ *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			return []casework.Draft{commission(c, p, in, way)}, nil
		}
	}
	return s.do(ctx, by, id, version, a)
}

// Arrive records the receipt that came back; its day counts.
func (s *Service) Arrive(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ArriveInput) error {
	in.Receiver, in.Proof = strings.TrimSpace(in.Receiver), strings.TrimSpace(in.Proof)
	way := Way("")
	return s.do(ctx, by, id, version, act{
		Command: casework.Command{Act: "arrive", On: in.On, Input: in}, paper: in.Service,
		look: func(tx *store.Tx, _ *casework.Case, j *job) error {
			var w wants
			way = j.row.Way
			w.day("on", &in.On, j.paper, tx)
			if in.On.Before(j.row.BegunOn) {
				w.fs.Add("on", "收件日期不能早于交邮、发函的日期 %s", j.row.BegunOn.Han())
			}
			w.text("receiver", in.Receiver, "请填写签收人的姓名")
			w.text("proof", in.Proof, "请填写回执、回证的编号，或者查询的截屏编号")
			return w.fs.Err()
		},
		try:   func(*casework.Case) Try { return Try{Way: way, On: in.On, Receiver: in.Receiver, Proof: in.Proof} },
		proof: func() Proof { return Proof{Signed: in.On} },
		receipt: func(c *casework.Case, p casework.Paper) casework.ServiceReceipt {
			return casework.ServiceReceipt{Way: way.Label(), At: reaches(c, p), On: in.On, Note: "签收人" + in.Receiver + "，凭证 " + in.Proof}
		},
	})
}

// Fail records that a try did not reach the addressee; another way may follow.
func (s *Service) Fail(ctx context.Context, by access.Session, id casework.CaseID, version int64, in FailInput) error {
	in.Reason = strings.TrimSpace(in.Reason)
	return s.do(ctx, by, id, version, act{
		Command: casework.Command{Act: "fail_service", On: in.On, Note: in.Reason, Input: in}, paper: in.Service,
		look: func(tx *store.Tx, _ *casework.Case, j *job) error {
			var w wants
			w.day("on", &in.On, j.paper, tx)
			if j.row.State == casework.ServiceUnderWay {
				in.Way = j.row.Way
			}
			if in.Way.Label() == "" || in.Way == Announced {
				w.fs.Add("way", "请选择试过的方式")
			}
			w.text("reason", in.Reason, "请写明为什么没有送到，例如：两次上门无人，邻居说已搬走")
			return w.fs.Err()
		},
		try: func(*casework.Case) Try { return Try{Way: in.Way, On: in.On, Reason: in.Reason} },
	})
}

// Announce puts up a public notice (公告送达); its reasons and course go into the file (民事诉讼法第九十五条).
func (s *Service) Announce(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AnnounceInput) error {
	in.Reason, in.Proof = strings.TrimSpace(in.Reason), strings.TrimSpace(in.Proof)
	var p casework.Paper
	a := act{
		Command: casework.Command{Act: string(Announced), Note: in.Reason, Input: in}, paper: in.Service,
		look: func(tx *store.Tx, c *casework.Case, j *job) error {
			var w wants
			p = j.paper
			tried, err := waysTried(tx, c.ID, p.ID)
			if err != nil {
				return err
			}
			if in.Missing && !tried && in.Proof == "" {
				w.fs.Add("proof", "下落不明要有凭证：填写社区、公安等证明的编号；没有证明的，先登记直接送达和另一种方式都送达未果")
			}
			w.text("where", in.Where, "请写明登在哪里、张贴在哪里")
			w.text("gist", in.Gist, "请写明文书的主要内容")
			w.text("office", in.Office, "请填写领取的地点")
			w.text("rights", in.Rights, "请写明当事人的权利和期限")
			if err := w.fs.Err(); err != nil {
				return err
			}
			return casework.Deliverable(&p)
		},
		try: func(*casework.Case) Try {
			return Try{Way: Announced, Place: strings.TrimSpace(in.Where), Reason: in.Reason, Proof: in.Proof}
		},
	}
	a.State = func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
		tried, err := waysTried(tx, c.ID, p.ID)
		f.SetBool(law.WhereaboutsUnknown, in.Missing && (tried || in.Proof != ""), "form")
		f.SetBool(law.OtherMethodsTried, tried, p.ID.Subject())
		f.SetBool(law.ReasonRecorded, in.Reason != "", "form")
		return err
	}
	a.Drafts = func(_ *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		return []casework.Draft{announcement(c, p, in)}, nil
	}
	a.Write = func(tx *store.Tx, _ *casework.Case, _ casework.Done) error {
		return s.expireLater(tx, p.ID, tx.Today())
	}
	return s.do(ctx, by, id, version, a)
}

// failedWays are the ways in which a paper was tried in vain, as its records say. Handing it over on the spot and bringing it are one way.
func failedWays(tx *store.Tx, id casework.CaseID, paper casework.PaperID) (map[Way]bool, error) {
	all, err := tries(tx, id)
	failed := map[Way]bool{}
	for _, t := range all {
		if t.Service != paper || t.Act != "fail_service" {
			continue
		}
		if t.Way == OnSpot {
			t.Way = Direct
		}
		failed[t.Way] = true
	}
	return failed, err
}

// waysTried reports whether direct service and one more way were tried in vain.
func waysTried(tx *store.Tx, id casework.CaseID, paper casework.PaperID) (bool, error) {
	failed, err := failedWays(tx, id, paper)
	return failed[Direct] && len(failed) > 1, err
}

// Drop ends a service that is not needed any more.
func (s *Service) Drop(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DropInput) error {
	in.Why = strings.TrimSpace(in.Why)
	return s.do(ctx, by, id, version, act{
		Command: casework.Command{Act: "drop_service", Note: in.Why, Input: in}, paper: in.Service,
		look: func(*store.Tx, *casework.Case, *job) error {
			var w wants
			w.text("why", in.Why, "请写明为什么不再送达")
			return w.fs.Err()
		},
		try: func(*casework.Case) Try { return Try{Reason: in.Why} },
	})
}

// after drops the services of papers that were voided or revoked: nobody may hand them over any more, and no public
// notice of them runs on.
func (s *Service) after(tx *store.Tx, c *casework.Case) error {
	left, err := stranded(tx, c)
	if err != nil {
		return err
	}
	by := access.System("job")
	for _, j := range left {
		why := j.paper.Named() + "已经作废，不再送达"
		cmd := act{Command: casework.Command{Act: "drop_service", Note: why}, job: j, try: func(*casework.Case) Try { return Try{Reason: why} }}
		if _, err := s.cases.Act(tx, by, c.ID, s.command(by, 0, cmd)); err != nil {
			return err
		}
	}
	return nil
}

// JobExpire is the kind of the job that finishes a public notice when its thirty days have passed.
const JobExpire = "casework.service_expiry"

func (s *Service) expireLater(tx *store.Tx, id casework.PaperID, announced law.Date) error {
	d, err := s.cases.Calendar.Due(announceTerm, announced, 0)
	if err != nil {
		return err
	}
	return jobs.Add(tx, jobs.Job{Kind: JobExpire, Key: id.String() + "/" + announced.String(), Payload: id, Due: d.Due.AddDays(1).Start()})
}

// Jobs are the handlers of this desk's background work.
func (s *Service) Jobs() map[string]jobs.Handler {
	return map[string]jobs.Handler{JobExpire: func(_ context.Context, r jobs.Record) (func(*store.Tx) error, error) {
		var id casework.PaperID
		if err := r.Read(&id); err != nil {
			return nil, err
		}
		return func(tx *store.Tx) error { return s.expire(tx, id) }, nil
	}}
}

// expire records that the notice has run out; a service that was dropped or done meanwhile is left alone.
func (s *Service) expire(tx *store.Tx, id casework.PaperID) error {
	row := new(Row)
	if err := tx.DB().NewSelect().Model(row).Where("id = ?", id).Scan(tx.Ctx); err != nil {
		return store.One(err, "这次送达")
	}
	on, over, err := ServedOn(Announced, Proof{Announced: row.BegunOn}, tx.Today(), s.cases.Calendar)
	if err != nil || !over || row.State != casework.ServiceAnnounced {
		return err
	}
	by := access.System("job")
	_, err = s.cases.Act(tx, by, row.Case, s.command(by, 0, act{
		Command: casework.Command{Act: "notice_expired", On: on}, paper: id,
		try:   func(*casework.Case) Try { return Try{Way: Announced, On: on} },
		proof: func() Proof { return Proof{Announced: row.BegunOn} },
	}))
	return err
}

// ConfirmAddress records what the party confirmed of its address and of electronic service (55号令第三十七条).
func (s *Service) ConfirmAddress(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AddressInput) error {
	row := &Address{ID: store.NewID(), Case: id, Address: strings.TrimSpace(in.Address), Receiver: strings.TrimSpace(in.Receiver), Phone: strings.TrimSpace(in.Phone), Electronic: store.Flag(in.Electronic), Account: strings.TrimSpace(in.Account), Spare: strings.TrimSpace(in.Spare)}
	if in.Electronic {
		row.Papers = strings.Join(in.Papers, "\n")
	}
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "confirm_address", Version: version, Input: in,
		Change: func(tx *store.Tx, _ *casework.Case) error {
			var w wants
			w.text("address", row.Address, "请填写送达地址")
			w.text("receiver", row.Receiver, "请填写收件人")
			w.text("phone", row.Phone, "请填写联系电话")
			if in.Electronic {
				w.text("papers", row.Papers, "请选择同意电子送达的文书")
				w.text("account", row.Account, "请填写电子送达账号")
				w.text("spare", row.Spare, "请填写备用联系方式")
			}
			if in.SignedOn.IsZero() {
				in.SignedOn = tx.Today()
			}
			if in.SignedOn.After(tx.Today()) {
				w.fs.Add("signed_on", "签署日期不能晚于今天")
			}
			row.SignedOn = in.SignedOn
			return w.fs.Err()
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			return []casework.Draft{{Kind: addressKind, Part: casework.AddressConfirmation{Address: row.Address, Receiver: row.Receiver, Phone: row.Phone, Electronic: in.Electronic, Papers: in.Papers, Account: row.Account, Spare: row.Spare}}}, nil
		},
		Write: func(tx *store.Tx, _ *casework.Case, done casework.Done) error {
			row.Entry, row.RecordedAt = int64(done.Entry), store.Micros(tx.Now)
			return insert(tx, row)
		},
	})
	return err
}
