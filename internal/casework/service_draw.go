package casework

import (
	"encoding/json"
	"time"

	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/ledger"
	"fadu/internal/planted"
	"fadu/internal/store"
)

// DraftLacks lists what the law still wants in a paper that would be drawn up today, for the guards that ask for it.
func (s *Service) DraftLacks(tx *store.Tx, c *Case, d Draft) ([]string, error) {
	organ, err := organOf(tx, c)
	if err != nil {
		return nil, err
	}
	content, err := s.content(tx, c, &Paper{Kind: d.Kind, Dated: tx.Today(), Code: "0", About: d.About}, organ, d.Fields)
	if err != nil {
		return nil, err
	}
	if err := content.PutPart(d.Part); err != nil {
		return nil, err
	}
	return MissingParts(content)
}

// draw takes a number and freezes a paper's content. Numbers are locked last in a transaction.
func (s *Service) draw(tx *store.Tx, c *Case, kind PaperKind, about PaperID, entry ledger.EntryID, fields map[string]string) (*Paper, error) {
	return s.drawDraft(tx, c, Draft{Kind: kind, Fields: fields, About: about}, entry)
}

func (s *Service) drawDraft(tx *store.Tx, c *Case, d Draft, entry ledger.EntryID) (*Paper, error) {
	organ, err := organOf(tx, c)
	if err != nil {
		return nil, err
	}
	p := &Paper{
		ID: PaperID(store.NewID()), Version: 1, Entry: int64(entry), Levels: c.Levels, Organ: c.Organ, Case: c.ID, Kind: d.Kind, State: PaperRendering,
		Code: store.NewCode(), Dated: tx.Today(), CreatedAt: store.Micros(tx.Now), About: d.About,
	}
	content, err := s.content(tx, c, p, organ, d.Fields)
	if err != nil {
		return nil, err
	}
	if d.Footage != "" {
		content.Footage = d.Footage
	}
	try := draftingOf(tx.Ctx)
	key := try.words(&d)
	missing, err := content.complete(d)
	if err == nil && !try.try {
		err = content.wanting(missing)
	}
	if err != nil {
		return nil, err
	}
	words, err := wordingOn(tx, p.Dated)
	if err != nil {
		return nil, err
	}
	if content.Title, err = words.Title(d.Kind); err != nil {
		return nil, err
	}
	form, ordinary := FormOf(d.Kind)
	numbered := !ordinary || form.Word != "" // records and internal papers take none
	if try.try {
		err = try.show(key, content, numbered, missing)
	} else if numbered {
		err = takeNumber(tx, c, p, words)
	}
	if err != nil {
		return nil, err
	}
	content.Number, content.Code, content.Sealed = p.DocNo, p.Code, p.SealedAt != 0
	b, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	p.Content = string(b)
	if err := insert(tx, p); err != nil {
		return nil, err
	}
	return p, jobs.Add(tx, jobs.Job{Kind: JobRender, Key: p.ID.String(), Payload: p.ID, Due: tx.Now.Add(time.Minute)})
}

// JobRender is the kind of the job that finishes a paper after a crash.
const JobRender = "casework.render"

// takeNumber gives the paper the next number of the unit's own series, or of the nearest unit above it.
func takeNumber(tx *store.Tx, c *Case, p *Paper, words Wording) error {
	var all []Series
	year := int64(p.Dated.Year())
	err := tx.DB().NewSelect().Model(&all).Where("organ_id = ?", p.Organ).Where("paper_kind = ?", p.Kind).Where("year = ?", year).
		Where("closed = 0").Where("next_no <= last_no").Where("unit_id IN (?, ?, ?, ?, ?)", c.U1, c.U2, c.U3, c.U4, c.U5).Order("first_no").Scan(tx.Ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return fault.New(fault.Conflict, "没有可用的%s编号（%d年）。请内勤先给本单位发放号段", p.Kind.Label(), year)
	}
	best := all[0]
	for _, s := range all[1:] {
		if depth(c, s.UnitID) > depth(c, best.UnitID) {
			best = s
		}
	}
	p.Series, p.Year, p.Number, p.DocNo = best.ID, year, best.Next, words.DocNo(best.Prefix, year, best.Next)
	if best.Presealed {
		p.SealedAt = store.Micros(tx.Now)
	}
	if planted.Is(planted.NumberReused) {
		return nil
	}
	res, err := tx.DB().NewUpdate().Model((*Series)(nil)).Set("next_no = next_no + 1").Set("version = version + 1").
		Where("id = ?", best.ID).Where("next_no = ?", best.Next).Exec(tx.Ctx)
	return store.Updated(res, err, "文书号段")
}
