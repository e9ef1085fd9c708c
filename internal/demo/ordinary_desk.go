package demo

import (
	"context"
	"fmt"

	"fadu/internal/casework"
)

// ordinaryDesk prepares the bureau for the ordinary procedure: numbers for each paper that has one, sealed when the
// paper is made, and what counts as a large amount for a hearing.
func (f *filler) ordinaryDesk(ctx context.Context) error {
	root, year := f.units["YS"].ID, int64(f.p.From.Year())
	for _, form := range casework.PaperForms {
		if form.Word == "" {
			continue
		}
		in := casework.SeriesInput{Unit: root, Kind: form.Kind, Year: year, Prefix: "演城管" + form.Word + "字", First: 1, Last: 400, Note: "年初发放"}
		if err := f.app.Cases.OpenSeries(ctx, f.sessions["clerk"], in); err != nil {
			return fmt.Errorf("series %s: %w", form.Word, err)
		}
	}
	return f.app.Settings.Decide(ctx, f.sessions["legal"], casework.HearingThreshold.Key, "99", "《演示市行政处罚听证数额规定》（演示），2021年7月15日起施行", 0)
}
