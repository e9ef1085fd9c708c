package demo

import (
	"context"
	"fmt"

	"fadu/internal/casework"
	"fadu/internal/law"
)

// numbers issues the blocks of a year: to the squads for the papers of the street, to the bureau one for each paper of the
// ordinary procedure, sealed when the paper is made.
func (f *filler) numbers(ctx context.Context, year int) error {
	clerk := f.sessions["clerk"]
	for _, kind := range []struct {
		kind casework.PaperKind
		word string
	}{{casework.OnSpotDecision, "当罚"}, {casework.CorrectionNotice, "责改"}, {casework.InquiryNotice, "询通"}, {casework.ParkingNotice, "停告"}, {casework.EducationRecord, "教"}, {casework.CorrectionSlip, "更"}, {casework.Revocation, "撤"}, {casework.PenaltyNotice, "意告"}, {casework.ChangeDecision, "变"}, {casework.PaymentTerms, "缓"}} {
		for i, sq := range f.squads {
			first := int64(i*400 + 1)
			if err := f.app.Cases.OpenSeries(ctx, clerk, casework.SeriesInput{Unit: sq.unit.ID, Kind: kind.kind, Year: int64(year), Prefix: "演城管" + kind.word + "字", First: first, Last: first + 399, Presealed: true, Note: "年初发放"}); err != nil {
				return fmt.Errorf("series %s: %w", kind.word, err)
			}
		}
	}
	for _, form := range casework.PaperForms {
		if form.Word == "" {
			continue
		}
		in := casework.SeriesInput{Unit: f.units["YS"].ID, Kind: form.Kind, Year: int64(year), Prefix: "演城管" + form.Word + "字", First: 1, Last: 400, Note: "年初发放"}
		if err := f.app.Cases.OpenSeries(ctx, clerk, in); err != nil {
			return fmt.Errorf("series %s: %w", form.Word, err)
		}
	}
	return nil
}

// turnYear issues the blocks of a new year and takes back what the old ones have left, with the reason.
func (f *filler) turnYear(ctx context.Context, d law.Date) error {
	if d.Year() == f.year {
		return nil
	}
	f.year = d.Year()
	blocks, err := f.app.Cases.SeriesList(ctx, f.sessions["clerk"])
	if err != nil {
		return err
	}
	for _, b := range blocks {
		if b.Year >= int64(f.year) || bool(b.Closed) {
			continue
		}
		if err := f.app.Cases.CloseSeries(ctx, f.sessions["clerk"], b.ID, b.Version, "年度终了，余号停用"); err != nil {
			return fmt.Errorf("close series %s: %w", b.Prefix, err)
		}
	}
	return f.numbers(ctx, f.year)
}
