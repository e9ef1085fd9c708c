package draft

import (
	"context"
	"fmt"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/store"
)

const batchName = "这个导入批次"

// BatchOut is a batch for programs.
type BatchOut struct {
	ID       BatchID  `json:"id"`
	Kind     string   `json:"kind"`
	State    State    `json:"state"`
	FileName string   `json:"file_name"`
	Rows     int      `json:"rows"`
	Bad      int      `json:"bad" doc:"还要改的行数"`
	Warned   int      `json:"warned"`
	Removed  int      `json:"removed"`
	Notes    []string `json:"notes"`
}

func batchOut(b Batch) BatchOut {
	return BatchOut{b.ID, b.Kind, b.State, b.FileName, b.Rows, b.Bad, b.Warned, b.Removed, append([]string{}, b.Notes...)}
}

// BatchDetail is a batch with a page of its rows and what stands against it as a whole.
type BatchDetail struct {
	BatchOut
	Objections []ObjectionOut `json:"objections" doc:"对整批的疑问，例如总数与各分项对不上"`
	Lines      []RowOut       `json:"lines"`
	Next       string         `json:"next,omitempty"`
}

// ObjectionOut is something against a batch as a whole; answer is the reason that somebody wrote.
type ObjectionOut struct {
	Text   string `json:"text"`
	Answer string `json:"answer"`
}

// RowOut is a row with what is wrong with it.
type RowOut struct {
	ID       string            `json:"id"`
	Version  int64             `json:"version"`
	Line     int               `json:"line"`
	Values   map[string]string `json:"values"`
	Problems []FoundOut        `json:"problems"`
	Removed  bool              `json:"removed"`
}

// FoundOut is what is wrong with a row; a warning does not keep it from being published.
type FoundOut struct {
	Column  string `json:"column"`
	Message string `json:"message"`
	Warning bool   `json:"warning"`
}

func foundOut(ps []Problem) []FoundOut {
	out := make([]FoundOut, len(ps))
	for i, p := range ps {
		out[i] = FoundOut(p)
	}
	return out
}

// UploadBody is a file to import.
type UploadBody struct {
	Kind    string   `json:"kind" doc:"导入什么"`
	Name    string   `json:"name" doc:"文件名，后缀说明格式"`
	Content []byte   `json:"content" doc:"文件内容，Base64"`
	Stated  []Stated `json:"stated" doc:"清单自己写的总数和分项数"`
}

// MendBody mends a row; RemoveBody takes it out of the batch, or puts it back.
type MendBody struct {
	api.Seen
	Row    string            `json:"row" doc:"行的编号"`
	Values map[string]string `json:"values" doc:"改后的整行，按列的代码"`
}

// RemoveBody takes a row out of the batch, or puts it back.
type RemoveBody struct {
	api.Seen
	Row     string `json:"row" doc:"行的编号"`
	Restore bool   `json:"restore" doc:"放回来"`
}

type batchQuery struct {
	ID    string `path:"id" doc:"批次编号"`
	Show  string `query:"show" doc:"all、bad、warned、removed；不填时有要改的只列要改的"`
	After string `query:"after" doc:"上一页答复里 next 的值"`
}

type batchesQuery struct {
	After string `query:"after" doc:"上一页答复里 next 的值"`
}

// API adds the operations of the service's lists: name goes before the operations' own names, records
// stand at path.
func (s *Service) API(a *api.API, name, path, group string, allow access.Permission) {
	h := site{s, Site{Allow: allow}}
	op := func(id, at, summary string) api.Operation {
		return api.Operation{ID: name + id, Path: path + at, Group: group, Allow: allow, Summary: summary}
	}
	api.Get(a, op("Imports", "", "导入批次，新的在前"), h.apiList)
	api.Get(a, op("Import", "/{id}", "一个导入批次和它的各行"), h.apiBatch)
	upload := op("Upload", "", "上传要导入的文件")
	file, _ := s.limits()
	upload.MaxBody = int64(file)*4/3 + 1<<20
	api.Add(a, upload, func(ctx context.Context, by access.Session, in UploadBody) (BatchID, error) {
		id, err := s.UploadStated(ctx, by, in.Kind, in.Name, in.Content, in.Stated)
		return id, fileFault(err)
	})
	api.Act(a, op("Publish", "/{id}/publish", "发布导入批次"), batchName, func(ctx context.Context, by access.Session, id BatchID, _ api.Nothing) error {
		_, err := s.Publish(ctx, by, id)
		return err
	})
	api.Act(a, op("WithdrawImport", "/{id}/withdraw", "把没有发布完的批次退回修改"), batchName, func(ctx context.Context, by access.Session, id BatchID, _ api.Nothing) error {
		return s.Withdraw(ctx, by, id)
	})
	api.Act(a, op("DiscardImport", "/{id}/discard", "作废导入批次"), batchName, func(ctx context.Context, by access.Session, id BatchID, in api.Why) error {
		return s.Discard(ctx, by, id, in.Reason)
	})
	api.Act(a, op("AcknowledgeImport", "/{id}/acknowledge", "写明总数对不上的原因"), batchName, func(ctx context.Context, by access.Session, id BatchID, in api.Why) error {
		return s.Acknowledge(ctx, by, id, in.Reason)
	})
	api.Act(a, op("MendRow", "/{id}/mend-row", "改一行"), batchName, func(ctx context.Context, by access.Session, id BatchID, in MendBody) error {
		row, err := h.rowOf(ctx, by, id, in.Row)
		if err == nil {
			_, err = s.Mend(ctx, by, row, in.Version, in.Values)
		}
		return err
	})
	api.Act(a, op("RemoveRow", "/{id}/remove-row", "去掉一行，或者放回来"), batchName, func(ctx context.Context, by access.Session, id BatchID, in RemoveBody) error {
		row, err := h.rowOf(ctx, by, id, in.Row)
		switch {
		case err != nil:
			return err
		case in.Restore:
			return s.RestoreRow(ctx, by, row, in.Version)
		}
		return s.RemoveRow(ctx, by, row, in.Version)
	})
}

// rowOf finds a row of this very batch.
func (h site) rowOf(ctx context.Context, by access.Session, id BatchID, text string) (RowID, error) {
	row, err := api.IDOf[RowID](text, "这一行")
	if err != nil {
		return 0, err
	}
	return row, h.s.db.View(ctx, func(tx *store.Tx) error {
		_, b, _, err := h.s.Row(tx, by, row)
		if err == nil && b.ID != id {
			_, err = api.IDOf[RowID]("", "这一行")
		}
		return err
	})
}

func (h site) apiList(ctx context.Context, by access.Session, q batchesQuery) (out api.List[BatchOut], err error) {
	before, err := batchOf(q.After)
	if err != nil {
		return out, err
	}
	err = h.s.db.View(ctx, func(tx *store.Tx) error {
		bs, err := h.s.List(tx, by, before, listSize+1)
		next := ""
		if len(bs) > listSize {
			bs = bs[:listSize]
			next = bs[listSize-1].ID.String()
		}
		out = api.ListOf(bs, "", next, batchOut)
		return err
	})
	return out, err
}

func (h site) apiBatch(ctx context.Context, by access.Session, q batchQuery) (out BatchDetail, err error) {
	id, err := api.IDOf[BatchID](q.ID, batchName)
	if err != nil {
		return out, err
	}
	after, _ := strconv.Atoi(q.After)
	err = h.s.db.View(ctx, func(tx *store.Tx) error {
		b, k, err := h.s.Get(tx, by, id)
		if err != nil {
			return err
		}
		rows, err := h.s.Rows(tx, b, rowsToShow(q.Show, b), after, pageRows+1)
		if err != nil {
			return err
		}
		out = BatchDetail{BatchOut: batchOut(b), Objections: []ObjectionOut{}, Lines: []RowOut{}}
		if len(rows) > pageRows {
			rows = rows[:pageRows]
			out.Next = strconv.Itoa(rows[pageRows-1].Line)
		}
		for _, r := range rows {
			out.Lines = append(out.Lines, RowOut{fmt.Sprint(r.ID), r.Version, r.Line, r.Values, foundOut(r.Problems), r.Removed})
		}
		whole, err := objections(tx, k, b)
		for _, o := range whole {
			out.Objections = append(out.Objections, ObjectionOut(o))
		}
		return err
	})
	return out, err
}
