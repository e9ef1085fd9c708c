package casework

import (
	"context"
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"
)

// BookletInput registers a booklet that came from the print shop.
type BookletInput struct {
	Unit        access.UnitID `json:"unit"`
	Kind        PaperKind     `json:"kind"`
	Year        int64         `json:"year"`
	Prefix      string        `json:"prefix"` // 演城管手罚字
	First       int64         `json:"first"`
	Last        int64         `json:"last"`
	Printer     string        `json:"printer"`
	Edition     law.Date      `json:"edition"`
	Presealed   bool          `json:"presealed"`
	ReviewFirst bool          `json:"review_first"`
	Note        string        `json:"note"`
}

// maxBooklet is how many numbers one booklet has at most.
const maxBooklet = 200

func (in BookletInput) check(today law.Date) error {
	var fs fault.Fields
	if in.Kind != OnSpotDecision {
		fs.Add("kind", "现在只有当场行政处罚决定书可以用纸质文书本")
	}
	if y := int64(today.Year()); in.Year < y-1 || in.Year > y+1 {
		fs.Add("year", "年度应是去年、今年或者明年")
	}
	if !prefixForm.MatchString(in.Prefix) {
		fs.Add("prefix", "机关代字和文书字样用汉字，例如 演城管手罚字")
	}
	if in.First < 1 || in.Last < in.First || in.Last-in.First >= maxBooklet {
		fs.Add("last", "起号从 1 开始，止号不小于起号，一本最多 %d 个号", maxBooklet)
	}
	if strings.TrimSpace(in.Printer) == "" {
		fs.Add("printer", "请填写印制单位")
	}
	if in.Edition.IsZero() || in.Edition.After(today) {
		fs.Add("edition", "请填写印制日期，不能晚于今天")
	}
	return fs.Err()
}

// RegisterBooklet records a booklet with every number in it. A number that another booklet has, or a
// prefix that the machine numbers papers with, is refused.
func (s *Service) RegisterBooklet(ctx context.Context, by access.Session, in BookletInput) (BookletID, error) {
	scope, err := by.Require(access.SeriesManage)
	if err != nil {
		return 0, err
	}
	in.Prefix = strings.TrimSpace(in.Prefix)
	location, _, err := s.DB.Once(ctx, by.Once("casework.booklet", in), func(tx *store.Tx) (string, error) {
		if err := in.check(tx.Today()); err != nil {
			return "", err
		}
		u, err := s.Units.UnitByID(tx, in.Unit)
		if err != nil {
			return "", err
		}
		if !scope.Covers(u) || !u.OpenOn(tx.Today()) {
			return "", fault.InvalidField("unit", "这个单位不在您的数据范围内，或者已经撤并")
		}
		organ, err := org.SubjectFor(tx, u.ID, tx.Today())
		if err != nil {
			return "", err
		}
		if organ.Prefix != "" && !strings.HasPrefix(in.Prefix, organ.Prefix) {
			return "", fault.InvalidField("prefix", "字样应以执法主体“%s”的机关代字“%s”开头", organ.Name, organ.Prefix)
		}
		if err := claimPrefix(tx, in.Prefix, fromBooklet); err != nil {
			return "", err
		}
		b := &Booklet{
			ID: BookletID(store.NewID()), Version: 1, Levels: u.Levels(), Organ: int64(organ.ID), Kind: in.Kind, Year: in.Year, Prefix: in.Prefix, First: in.First, Last: in.Last,
			Printer: strings.TrimSpace(in.Printer), Edition: in.Edition, Presealed: store.Flag(in.Presealed), ReviewFirst: store.Flag(in.ReviewFirst),
			State: BookletStock, RegisterAt: store.Micros(tx.Now), Note: strings.TrimSpace(in.Note),
		}
		return b.ID.URL(), s.insertBooklet(tx, by, b, in)
	})
	if err != nil {
		return 0, err
	}
	n, err := store.ParseID(strings.TrimPrefix(location, "/w/booklets/"))
	return BookletID(n), err
}

func (s *Service) insertBooklet(tx *store.Tx, by access.Session, b *Booklet, in BookletInput) error {
	taken := new(BookletNumber)
	err := tx.DB().NewSelect().Model(taken).Where("prefix = ?", b.Prefix).Where("year = ?", b.Year).Where("number >= ?", b.First).Where("number <= ?", b.Last).Order("number").Limit(1).Scan(tx.Ctx)
	if err == nil {
		return fault.InvalidField("first", "%s 已经登记在另一本里，号码不能重复。请核对票面", taken.DocNo)
	}
	if !fault.Is(store.One(err, "号"), fault.NotFound) {
		return err
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.booklet_registered", Subject: b.ID.Subject(), Unit: int64(b.UnitID), Data: in})
	if err != nil {
		return err
	}
	b.Entry = int64(entry)
	if err := insert(tx, b); err != nil {
		return err
	}
	words, err := wordingOn(tx, tx.Today())
	if err != nil {
		return err
	}
	var numbers []BookletNumber
	for n := b.First; n <= b.Last; n++ {
		numbers = append(numbers, BookletNumber{
			ID: store.NewID(), Version: 1, Entry: int64(entry), Levels: b.Levels, Booklet: b.ID, Prefix: b.Prefix, Year: b.Year, Number: n, DocNo: words.DocNo(b.Prefix, b.Year, n), State: NumberBlank,
		})
	}
	return insert(tx, &numbers)
}

// onBooklet changes one booklet as an idempotent request, with its entry.
func (s *Service) onBooklet(ctx context.Context, by access.Session, id BookletID, version int64, kind string, body any, f func(*store.Tx, *Booklet) (data any, err error)) error {
	scope, err := by.Require(access.SeriesManage)
	if err != nil {
		return err
	}
	_, _, err = s.DB.Once(ctx, by.Once(kind+"/"+id.String(), []any{version, body}), func(tx *store.Tx) (string, error) {
		b, err := bookletIn(tx, scope, id)
		if err != nil {
			return "", err
		}
		if b.State == BookletClosed {
			return "", fault.New(fault.Conflict, "这一本已经核销")
		}
		if b.Version != version {
			return "", fault.Stale("这一本")
		}
		data, err := f(tx, b)
		if err != nil {
			return "", err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: id.Subject(), Unit: int64(b.UnitID), Data: data})
		if err != nil {
			return "", err
		}
		b.Entry, b.Version = int64(entry), version+1
		if err := entered(tx, b, entry); err != nil {
			return "", err
		}
		res, err := tx.DB().NewUpdate().Model(b).WherePK().Where("version = ?", version).Exec(tx.Ctx)
		return id.URL(), store.Updated(res, err, "这一本")
	})
	return err
}

// entered gives the entry to the numbers of the booklet that the act changed.
func entered(tx *store.Tx, b *Booklet, entry ledger.EntryID) error {
	_, err := tx.DB().NewUpdate().Model((*BookletNumber)(nil)).Set("entry_id = ?", entry).Where("booklet_id = ?", b.ID).Where("entry_id = 0").Exec(tx.Ctx)
	return err
}

func bookletIn(tx *store.Tx, scope access.Scope, id BookletID) (*Booklet, error) {
	b := new(Booklet)
	if err := tx.DB().NewSelect().Model(b).Where("id = ?", id).Scan(tx.Ctx); err != nil {
		return nil, store.One(err, "这一本文书")
	}
	return b, scope.Check(b.Levels, "这一本文书")
}

// IssueBooklet hands a booklet from stock to an officer, who answers for its numbers.
func (s *Service) IssueBooklet(ctx context.Context, by access.Session, id BookletID, version, officer int64) error {
	return s.onBooklet(ctx, by, id, version, "casework.booklet_issued", officer, func(tx *store.Tx, b *Booklet) (any, error) {
		if b.State != BookletStock {
			return nil, fault.New(fault.Conflict, "这一本已经领用，先交回再发给别人")
		}
		if officer == 0 {
			return nil, fault.InvalidField("officer", "请选择领用的执法人员")
		}
		st, err := org.OfficerOn(tx, org.PersonID(officer), tx.Today(), "")
		if fault.Is(err, fault.NotFound) {
			return nil, fault.InvalidField("officer", "没有这个人")
		}
		if err != nil {
			return nil, err
		}
		if !st.Valid {
			return nil, fault.InvalidField("officer", "%s今天没有有效的执法资格，不能领用：%s", st.Name, strings.Join(st.Reasons, "；"))
		}
		u, err := s.Units.UnitByID(tx, st.Unit)
		if err != nil {
			return nil, err
		}
		if !by.ScopeFor(access.SeriesManage).Covers(u) {
			return nil, fault.InvalidField("officer", "“%s”不在您的数据范围内", u.Name)
		}
		b.State, b.Holder, b.IssuedAt = BookletIssued, officer, store.Micros(tx.Now)
		return map[string]any{"officer": fmt.Sprint(officer), "name": st.Name}, nil
	})
}

// ReturnBooklet takes a booklet back into stock. Numbers that were used must be known by then.
func (s *Service) ReturnBooklet(ctx context.Context, by access.Session, id BookletID, version int64, note string) error {
	return s.onBooklet(ctx, by, id, version, "casework.booklet_returned", note, func(tx *store.Tx, b *Booklet) (any, error) {
		if b.State != BookletIssued {
			return nil, fault.New(fault.Conflict, "这一本没有领用，不用交回")
		}
		if err := nothingWaits(tx, b); err != nil {
			return nil, err
		}
		data := map[string]any{"officer": fmt.Sprint(b.Holder), "note": strings.TrimSpace(note)}
		b.State, b.Holder = BookletStock, 0
		return data, nil
	})
}

// nothingWaits refuses while a number was used by hand and is not entered.
func nothingWaits(tx *store.Tx, b *Booklet) error {
	var waiting []string
	if err := tx.DB().NewSelect().Model((*BookletNumber)(nil)).Column("doc_no").Where("booklet_id = ?", b.ID).Where("state = ?", NumberUsed).Order("number").Scan(tx.Ctx, &waiting); err != nil {
		return err
	}
	if len(waiting) > 0 {
		return fault.New(fault.Conflict, "还有已用没有补录的：%s。请先补录", strings.Join(waiting, "、"))
	}
	return nil
}

// CloseBooklet ends a booklet (核销): every number left blank is recorded as void with the reason.
func (s *Service) CloseBooklet(ctx context.Context, by access.Session, id BookletID, version int64, why string) error {
	why = strings.TrimSpace(why)
	return s.onBooklet(ctx, by, id, version, "casework.booklet_closed", why, func(tx *store.Tx, b *Booklet) (any, error) {
		if why == "" {
			return nil, fault.InvalidField("why", "请写明原因，例如 用完、改版、收回销毁")
		}
		if err := nothingWaits(tx, b); err != nil {
			return nil, err
		}
		res, err := tx.DB().NewUpdate().Model((*BookletNumber)(nil)).Set("state = ?", NumberVoided).Set("reason = ?", "未用，核销："+why).Set("holder = ?", b.Holder).Set("entry_id = 0").Set("version = version + 1").
			Where("booklet_id = ?", b.ID).Where("state = ?", NumberBlank).Exec(tx.Ctx)
		if err != nil {
			return nil, err
		}
		n, err := res.RowsAffected()
		b.State, b.ClosedAt = BookletClosed, store.Micros(tx.Now)
		return map[string]any{"why": why, "blank": n}, err
	})
}

// CheckInput is what an inventory found: the next blank number in the booklet, 0 when none is left.
type CheckInput struct {
	Next int64  `json:"next"`
	Note string `json:"note"`
}

// CheckBooklet compares the booklet in hand with the register (盘点). Forms are used in order: whatever
// lies before the next blank one and is blank in the register was used, and now waits to be entered.
func (s *Service) CheckBooklet(ctx context.Context, by access.Session, id BookletID, version int64, in CheckInput) (found []string, err error) {
	err = s.onBooklet(ctx, by, id, version, "casework.booklet_checked", in, func(tx *store.Tx, b *Booklet) (any, error) {
		next := in.Next
		if next == 0 {
			next = b.Last + 1
		}
		if next < b.First || next > b.Last+1 {
			return nil, fault.InvalidField("next", "这一本的号码是 %d—%d。没有空白的填 0", b.First, b.Last)
		}
		found = nil
		if err := tx.DB().NewSelect().Model((*BookletNumber)(nil)).Column("doc_no").Where("booklet_id = ?", b.ID).Where("state = ?", NumberBlank).Where("number < ?", next).Order("number").Scan(tx.Ctx, &found); err != nil {
			return nil, err
		}
		_, err := tx.DB().NewUpdate().Model((*BookletNumber)(nil)).Set("state = ?", NumberUsed).Set("used_at = ?", store.Micros(tx.Now)).Set("reported_at = ?", store.Micros(tx.Now)).
			Set("holder = ?", b.Holder).Set("reason = ?", "盘点发现").Set("entry_id = 0").Set("version = version + 1").
			Where("booklet_id = ?", b.ID).Where("state = ?", NumberBlank).Where("number < ?", next).Exec(tx.Ctx)
		b.CheckedAt = store.Micros(tx.Now)
		return map[string]any{"next": in.Next, "found": found, "note": strings.TrimSpace(in.Note)}, err
	})
	return found, err
}
