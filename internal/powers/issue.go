package powers

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// IssueInput says by which document benchmarks or a list of exemptions were published.
type IssueInput struct {
	// Codes are the powers whose benchmarks are meant; for exemptions, their references (EX-001).
	Codes       []string
	Issuer      string
	Document    string
	PublishedOn law.Date
	// From is the first day of acts to which it applies; zero means PublishedOn.
	From law.Date
}

func (in *IssueInput) check() error {
	var fs fault.Fields
	if len(in.Codes) == 0 {
		fs.Add("codes", "没有选要公布的内容")
	}
	if in.Issuer == "" {
		fs.Add("issuer", "请写制定机关")
	}
	if in.Document == "" {
		fs.Add("document", "请写文件名称和文号")
	}
	if in.PublishedOn.IsZero() {
		fs.Add("published_on", "请写公布日期；没有公布的基准不能作为依据（行政处罚法第三十四条）")
	}
	if in.From.IsZero() {
		in.From = in.PublishedOn
	}
	if in.From.Before(in.PublishedOn) {
		fs.Add("from", "施行日不能早于公布日%s", in.PublishedOn)
	}
	return fs.Err()
}

func (in IssueInput) row() issueRow {
	return issueRow{Issuer: in.Issuer, Document: in.Document, PublishedOn: in.PublishedOn, From: in.From}
}

// IssueBenchmarks records that the benchmarks of the codes were published. Sample tiers are refused
// outside a demo database. An earlier edition ends the day before. It returns how many groups it was.
func (s *Service) IssueBenchmarks(ctx context.Context, by access.Session, in IssueInput) (int, error) {
	if _, err := by.Require(access.PowerAdopt); err != nil {
		return 0, err
	}
	if err := in.check(); err != nil {
		return 0, err
	}
	err := s.db.View(ctx, func(tx *store.Tx) error {
		rows, err := unissued[benchmarkRow](tx, "code", in.Codes)
		if err != nil {
			return err
		}
		samples := []string{}
		for _, r := range rows {
			if r.Sample {
				samples = append(samples, r.Code)
			}
		}
		return refuseSamples(tx, samples)
	})
	if err != nil {
		return 0, err
	}
	total := 0
	for chunk := range slices.Chunk(in.Codes, adoptChunk/4) {
		n := 0
		err := s.db.Update(ctx, func(tx *store.Tx) (err error) {
			n, err = issueBenchmarks(tx, by, in, chunk)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("powers: issue benchmarks: %w", err)
		}
		total += n
	}
	return total, nil
}

func refuseSamples(tx *store.Tx, samples []string) error {
	_, demo, _, err := ledger.Birth(tx)
	if err != nil || demo || len(samples) == 0 {
		return err
	}
	slices.Sort(samples)
	samples = slices.Compact(samples)
	return fault.New(fault.Invalid, "%s等%d项是示范值，不是任何机关公布的内容，不能在正式库公布；请导入本地制定、公布的文本", samples[0], len(samples))
}

// unissued returns the visible rows of the keys that are not published yet.
func unissued[R any](tx *store.Tx, key string, keys []string) ([]R, error) {
	var rows []R
	err := tx.DB().NewSelect().Model(&rows).Where("? IN (?)", bun.Ident(key), bun.List(keys)).Where("live = 1").Where("issuer = ''").Order("id").Scan(tx.Ctx)
	return rows, wrap("unissued", err)
}

func issueBenchmarks(tx *store.Tx, by access.Session, in IssueInput, codes []string) (int, error) {
	rows, err := unissued[benchmarkRow](tx, "code", codes)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		same := `code = ? AND subject = ? AND stage = ?`
		if err := endEarlier(tx, "power_benchmark", same, in.From, r.Code, r.Subject, r.Stage); err != nil {
			return 0, err
		}
		data := map[string]any{"code": r.Code, "subject": r.Subject, "stage": r.Stage, "issuer": in.Issuer, "document": in.Document, "published_on": in.PublishedOn, "from": in.From}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "power.benchmark_issued", Subject: LedgerSubject(r.Code), Data: data})
		if err != nil {
			return 0, err
		}
		old := r.Version
		r.issueRow, r.Entry, r.Version = in.row(), int64(entry), old+1
		res, err := tx.DB().NewUpdate().Model(&r).Column("issuer", "document", "published_on", "valid_from", "valid_to", "entry_id", "version").WherePK().Where("version = ?", old).Exec(tx.Ctx)
		if err := store.Updated(res, err, r.Code+"的裁量基准"); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}

// endEarlier ends the published edition that the new one follows, the day before it begins.
func endEarlier(tx *store.Tx, table, same string, from law.Date, key ...any) error {
	var later int
	args := append(slices.Clone(key), from)
	err := tx.DB().QueryRowContext(tx.Ctx, `SELECT COUNT(*) FROM `+table+` WHERE live = 1 AND issuer <> '' AND `+same+` AND valid_from >= ?`, args...).Scan(&later)
	if err != nil {
		return wrap("earlier edition", err)
	}
	if later > 0 {
		return fault.New(fault.Conflict, "%v已有同日或者更晚施行的版本，请核对施行日", key[0])
	}
	args = append([]any{from.AddDays(-1)}, append(slices.Clone(key), from)...)
	_, err = tx.Exec(`UPDATE `+table+` SET valid_to = ?, version = version + 1 WHERE live = 1 AND issuer <> '' AND `+same+` AND (valid_to = '' OR valid_to >= ?)`, args...)
	return wrap("end earlier edition", err)
}

// IssueExemptions records that entries of the list of conduct that is not punished were published.
func (s *Service) IssueExemptions(ctx context.Context, by access.Session, in IssueInput) (int, error) {
	if _, err := by.Require(access.PowerAdopt); err != nil {
		return 0, err
	}
	if err := in.check(); err != nil {
		return 0, err
	}
	err := s.db.View(ctx, func(tx *store.Tx) error {
		rows, err := unissued[exemptionRow](tx, "ref", in.Codes)
		if err != nil {
			return err
		}
		samples := []string{}
		for _, r := range rows {
			if r.Sample {
				samples = append(samples, r.Ref)
			}
		}
		return refuseSamples(tx, samples)
	})
	if err != nil {
		return 0, err
	}
	total := 0
	for chunk := range slices.Chunk(in.Codes, adoptChunk) {
		n := 0
		err := s.db.Update(ctx, func(tx *store.Tx) (err error) {
			n, err = issueExemptions(tx, by, in, chunk)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("powers: issue exemptions: %w", err)
		}
		total += n
	}
	return total, nil
}

func issueExemptions(tx *store.Tx, by access.Session, in IssueInput, refs []string) (int, error) {
	rows, err := unissued[exemptionRow](tx, "ref", refs)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		if err := endEarlier(tx, "power_exemption", `ref = ?`, in.From, r.Ref); err != nil {
			return 0, err
		}
		data := map[string]any{"ref": r.Ref, "code": r.Code, "issuer": in.Issuer, "document": in.Document, "published_on": in.PublishedOn, "from": in.From}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "power.exemption_issued", Subject: LedgerSubject(r.Code), Data: data})
		if err != nil {
			return 0, err
		}
		old := r.Version
		r.issueRow, r.Entry, r.Version = in.row(), int64(entry), old+1
		res, err := tx.DB().NewUpdate().Model(&r).Column("issuer", "document", "published_on", "valid_from", "valid_to", "entry_id", "version").WherePK().Where("version = ?", old).Exec(tx.Ctx)
		if err := store.Updated(res, err, r.Ref); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}

// Unissued is what could be published: groups of tiers and entries of lists. Outside a demo database
// sample values are left out and only counted.
type Unissued struct {
	Groups     []Benchmark
	Exemptions []string
	Samples    int
}

// Codes are the powers whose groups are meant.
func (u Unissued) Codes() []string {
	out := make([]string, len(u.Groups))
	for i, b := range u.Groups {
		out[i] = b.Code
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Unissued lists what is not published yet, of the codes that begin with the prefix.
func (s *Service) Unissued(tx *store.Tx, prefix string) (Unissued, error) {
	set, err := s.Setting(tx)
	if err != nil {
		return Unissued{}, err
	}
	var out Unissued
	var groups []benchmarkRow
	err = tx.DB().NewSelect().Model(&groups).Where("k.live = 1").Where("k.issuer = ''").Where("substr(k.code, 1, ?) = ?", len(prefix), prefix).Order("k.code").Scan(tx.Ctx)
	if err != nil {
		return Unissued{}, wrap("unissued benchmarks", err)
	}
	for _, r := range groups {
		if bool(r.Sample) && !set.Demo {
			out.Samples++
			continue
		}
		out.Groups = append(out.Groups, r.benchmark(nil))
	}
	entries, err := exemptionsWhere(tx, "e.issuer = '' AND e.code <> ? AND e.kind <> ? AND substr(e.code, 1, ?) = ?", AnyCode, ExemptPrecondition, len(prefix), prefix)
	for _, e := range entries {
		if e.Sample && !set.Demo {
			out.Samples++
			continue
		}
		out.Exemptions = append(out.Exemptions, e.Ref)
	}
	return out, err
}
