package app

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// The console's words for the lists that can be imported.
var (
	powerLists = map[string]powers.ImportKind{"laws": powers.ImportLaws, "items": powers.ImportItems, "tiers": powers.ImportTiers, "exemptions": powers.ImportExemptions}
	orgLists   = map[string]string{"units": "org.unit", "people": "org.person", "certificates": "org.certificate", "subjects": "org.subject"}
)

// Today returns the day of the program's clock.
func (a *App) Today() law.Date { return law.DateOf(a.cfg.Clock()) }

// Import uploads a file as a draft batch and publishes it if every row is right. Otherwise every bad row
// is written out and the batch stays, to be mended on the page.
func (a *App) Import(ctx context.Context, what, name string, data []byte, out io.Writer) error {
	by := access.System("import")
	if kind, ok := powerLists[what]; ok {
		done, err := a.Powers.ImportFile(ctx, by, kind, name, bytes.NewReader(data))
		for _, f := range done.Faults {
			fmt.Fprintln(out, f)
		}
		if err == nil {
			fmt.Fprintf(out, "已发布 %d 行。\n", done.Rows)
		}
		return err
	}
	kind, ok := orgLists[what]
	if !ok {
		return fmt.Errorf("不认识“%s”这一类导入", what)
	}
	drafts := a.Org.Imports()
	id, err := drafts.Upload(ctx, by, kind, name, data)
	if err != nil {
		return err
	}
	var bad []draft.Stored
	err = a.DB.View(ctx, func(tx *store.Tx) error {
		b, _, err := drafts.Get(tx, by, id)
		if err != nil {
			return err
		}
		bad, err = drafts.Rows(tx, b, draft.ShowBad, 0, draft.MaxRows)
		return err
	})
	if err != nil {
		return err
	}
	labels := map[string]string{}
	if k, err := drafts.Kind(kind); err == nil {
		for _, c := range k.Columns() {
			labels[c.Key] = c.Label
		}
	}
	for _, r := range bad {
		for _, p := range r.Problems {
			fmt.Fprintf(out, "第 %d 行 %s：%s\n", r.Line, labels[p.Column], p.Message)
		}
	}
	if len(bad) > 0 {
		return fmt.Errorf("有 %d 行要改，没有发布。请在“导入”页面改正后发布，或者改好文件重新导入", len(bad))
	}
	res, err := drafts.Publish(ctx, by, id)
	if err == nil {
		fmt.Fprintf(out, "已发布 %d 行。\n", res.Rows)
	}
	return err
}
