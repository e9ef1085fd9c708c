package casework

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// SeriesInput issues a block of paper numbers to a unit.
type SeriesInput struct {
	Unit   access.UnitID `json:"unit"`
	Kind   PaperKind     `json:"kind"`
	Year   int64         `json:"year"`
	Prefix string        `json:"prefix"` // 演城管当罚字
	First  int64         `json:"first"`
	Last   int64         `json:"last"`
	// Count, in place of First and Last, asks for so many numbers right after the last block.
	Count     int64  `json:"count,omitempty"`
	Presealed bool   `json:"presealed"`
	Note      string `json:"note"`
}

// prefixForm is what stands before 〔year〕: the organ's short name and the kind of paper, in Han.
var prefixForm = regexp.MustCompile(`^\p{Han}{3,14}$`)

func (in SeriesInput) check(today int) error {
	var fs fault.Fields
	if !slices.Contains(numberedKinds(), in.Kind) {
		fs.Add("kind", "请选择文书种类")
	}
	if in.Year != int64(today) && in.Year != int64(today)+1 {
		fs.Add("year", "只能发放今年或明年的编号")
	}
	if !prefixForm.MatchString(in.Prefix) {
		fs.Add("prefix", "机关代字和文书字样用汉字，例如 演城管当罚字")
	}
	switch {
	case in.Count < 0 || in.Count > maxBlock || in.Count > 0 && (in.First != 0 || in.Last != 0):
		fs.Add("count", "数量应在 1 和 %d 之间，填了数量就不填起号、止号", maxBlock)
	case in.Count == 0 && (in.First < 1 || in.Last < in.First || in.Last-in.First >= maxBlock):
		fs.Add("last", "起号从 1 开始，止号不小于起号，一次最多 %d 个", maxBlock)
	}
	return fs.Err()
}

// maxBlock is how many numbers one block has at most.
const maxBlock = 100_000

// OpenSeries issues a block of numbers. Blocks of one prefix and year never overlap and leave no gap
// between them that is not explained: a new block starts right after the last one.
func (s *Service) OpenSeries(ctx context.Context, by access.Session, in SeriesInput) error {
	scope, err := by.Require(access.SeriesManage)
	if err != nil {
		return err
	}
	asked := in
	_, _, err = s.DB.Once(ctx, by.Once("casework.series", asked), func(tx *store.Tx) (string, error) {
		in := asked
		if err := in.check(tx.Today().Year()); err != nil {
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
		if err := claimPrefix(tx, in.Prefix, fromMachine); err != nil {
			return "", err
		}
		var last int64
		if err := tx.DB().NewSelect().Model((*Series)(nil)).ColumnExpr("COALESCE(MAX(last_no), 0)").Where("prefix = ?", in.Prefix).Where("year = ?", in.Year).Scan(tx.Ctx, &last); err != nil {
			return "", err
		}
		if in.Count > 0 {
			in.First, in.Last = last+1, last+in.Count
		}
		if in.First != last+1 {
			return "", fault.InvalidField("first", "起号应是 %d，接着上一号段", last+1)
		}
		row := &Series{
			ID: store.NewID(), Version: 1, Levels: u.Levels(), Organ: int64(organ.ID), Kind: in.Kind, Year: in.Year, Prefix: in.Prefix, First: in.First, Last: in.Last, Next: in.First,
			Presealed: store.Flag(in.Presealed), Note: strings.TrimSpace(in.Note),
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.series_opened", Subject: fmt.Sprintf("series/%d", row.ID), Unit: int64(u.ID), Data: in})
		if err != nil {
			return "", err
		}
		row.Entry = int64(entry)
		return "/w/series", insert(tx, row)
	})
	return err
}

// CloseSeries takes the rest of a block back; every unused number is recorded as void with the reason.
func (s *Service) CloseSeries(ctx context.Context, by access.Session, id, version int64, why string) error {
	return s.onSeries(ctx, by, id, version, why, "casework.series_closed", func(tx *store.Tx, row *Series, entry ledger.EntryID) error {
		row.Closed = true
		return voidNumbers(tx, row, row.Next, row.Last, why, entry)
	})
}

// VoidNumber skips the next number of a block with its reason (a spoilt pre-printed form); it stays on
// record and is never used.
func (s *Service) VoidNumber(ctx context.Context, by access.Session, id, version int64, why string) error {
	return s.onSeries(ctx, by, id, version, why, "casework.number_voided", func(tx *store.Tx, row *Series, entry ledger.EntryID) error {
		if row.Left() == 0 {
			return fault.New(fault.Conflict, "这个号段已经用完")
		}
		n := row.Next
		row.Next++
		return voidNumbers(tx, row, n, n, why, entry)
	})
}

// NumberVoid is a run of numbers that never got a paper, with the reason.
type NumberVoid struct {
	bun.BaseModel `bun:"table:number_void,alias:nv"`

	Prefix string `bun:"prefix,pk"`
	Year   int64  `bun:"year,pk"`
	First  int64  `bun:"first_no,pk"`
	Last   int64  `bun:"last_no"`
	Series int64  `bun:"series_id"`
	Reason string `bun:"reason"`
	Entry  int64  `bun:"entry_id"`
}

// voidNumbers records numbers as void; an empty run needs no record.
func voidNumbers(tx *store.Tx, row *Series, from, to int64, why string, entry ledger.EntryID) error {
	if to < from {
		return nil
	}
	return insert(tx, &NumberVoid{Prefix: row.Prefix, Year: row.Year, First: from, Last: to, Series: row.ID, Reason: why, Entry: int64(entry)})
}

func (s *Service) onSeries(ctx context.Context, by access.Session, id, version int64, why, kind string, f func(*store.Tx, *Series, ledger.EntryID) error) error {
	scope, err := by.Require(access.SeriesManage)
	if err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	_, _, err = s.DB.Once(ctx, by.Once(fmt.Sprintf("%s/%d", kind, id), []any{version, why}), func(tx *store.Tx) (string, error) {
		row := new(Series)
		if err := tx.DB().NewSelect().Model(row).Where("id = ?", id).Scan(tx.Ctx); err != nil {
			return "", store.One(err, "这个号段")
		}
		if err := scope.Check(row.Levels, "这个号段"); err != nil {
			return "", err
		}
		if why == "" {
			return "", fault.InvalidField("why", "请写明原因")
		}
		if row.Closed {
			return "", fault.New(fault.Conflict, "这个号段已经收回")
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: fmt.Sprintf("series/%d", id), Unit: int64(row.UnitID), Data: map[string]any{"next": row.Next, "last": row.Last, "why": why}})
		if err != nil {
			return "", err
		}
		if err := f(tx, row, entry); err != nil {
			return "", err
		}
		row.Entry, row.Version = int64(entry), version+1
		res, err := tx.DB().NewUpdate().Model(row).WherePK().Where("version = ?", version).Exec(tx.Ctx)
		return "/w/series", store.Updated(res, err, "这个号段")
	})
	return err
}
