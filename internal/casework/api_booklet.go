package casework

import (
	"context"
	"fmt"
	"time"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
)

const bookletGroup = "纸质文书本"

// bookletBody bounds a body with photographs of a paper, with their Base64 third.
const bookletBody = 64 << 20

// BookletHead is a booklet for programs.
type BookletHead struct {
	ID      BookletID     `json:"id"`
	Version int64         `json:"version"`
	Prefix  string        `json:"prefix"`
	Year    int64         `json:"year"`
	First   int64         `json:"first"`
	Last    int64         `json:"last"`
	State   BookletState  `json:"state"`
	Unit    access.UnitID `json:"unit"`
	Holder  org.PersonID  `json:"holder"`
	Numbers []NumberHead  `json:"numbers,omitempty"`
}

// NumberHead is a number of a booklet for programs.
type NumberHead struct {
	Number    int64         `json:"number"`
	DocNo     string        `json:"doc_no"`
	State     NumberState   `json:"state"`
	UsedAt    *time.Time    `json:"used_at,omitempty"`
	EnteredAt *time.Time    `json:"entered_at,omitempty"`
	Late      bool          `json:"late"`
	Confirmed bool          `json:"confirmed"`
	Case      CaseID        `json:"case"`
	Ruling    Ruling        `json:"ruling"`
	Faults    []law.Finding `json:"faults,omitempty"`
	Photos    []NumberPhoto `json:"photos,omitempty"`
}

// NumberPhoto is a picture of a paper without its bytes.
type NumberPhoto struct {
	ID     string `json:"id"`
	Kind   string `json:"kind" enum:"entry,void"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	Digest string `json:"digest"`
}

func numberHead(n BookletNumber, photos []BookletPhoto) NumberHead {
	pictures := mapped(photos, func(p BookletPhoto) NumberPhoto {
		return NumberPhoto{fmt.Sprint(p.ID), p.Kind, p.Type, p.Size, p.Digest}
	})
	return NumberHead{n.Number, n.DocNo, n.State, instant(n.UsedAt), instant(n.EnteredAt), n.LateEntry(), n.ConfirmedAt != 0, n.Case, n.Ruling, n.Faults(), pictures}
}

func bookletHead(b Booklet, numbers []NumberHead) BookletHead {
	return BookletHead{b.ID, b.Version, b.Prefix, b.Year, b.First, b.Last, b.State, b.UnitID, org.PersonID(b.Holder), numbers}
}

func wholeBooklet(f *BookletFile) BookletHead {
	return bookletHead(f.Booklet.Booklet, mapped(f.Numbers, func(n BookletNumber) NumberHead { return numberHead(n, f.Photos[n.ID]) }))
}

// BookletList is a page of booklets.
type BookletList struct {
	Items []BookletHead `json:"items"`
	Prev  string        `json:"prev,omitempty"`
	Next  string        `json:"next,omitempty"`
}

type bookletQuery struct {
	State string `query:"state" doc:"stock、issued、closed"`
	After string `query:"after" doc:"上一页答复里 next 的值"`
}

type bookletParam struct {
	ID string `path:"id" doc:"文书本编号"`
}

func bookletIDOf(text string) (BookletID, error) {
	n, err := store.ParseID(text)
	if err != nil {
		return 0, fault.Missing("这一本文书")
	}
	return BookletID(n), nil
}

// EntryBody enters a hand-written decision. The officers stand beside the input, as strings.
type EntryBody struct {
	Number int64 `json:"number" required:"true" doc:"票面上的号码"`
	HandwrittenInput
	Papers [][]byte `json:"papers" required:"true" doc:"纸质决定书各页的照片，JPEG 或 PNG，Base64"`
	Scene  [][]byte `json:"scene" doc:"现场照片"`
}

// ConfirmBody confirms an entry, or says what is not so.
type ConfirmBody struct {
	OnVersion
	ConfirmInput
}

// IssueBody hands a booklet to an officer.
type IssueBody struct {
	OnVersion
	Officer org.PersonID `json:"officer"`
}

// NumberBody tells what became of one number.
type NumberBody struct {
	Number int64     `json:"number" required:"true"`
	State  string    `json:"state" required:"true" doc:"used 已用待补录、void 作废、lost 遗失、blank 恢复"`
	UsedAt time.Time `json:"used_at" doc:"used 时的使用时间"`
	Why    string    `json:"why"`
	Photos [][]byte  `json:"photos" doc:"void 时全部各联的照片，Base64"`
}

func (s *Service) apiBooklets(a *api.API) {
	api.Get(a, api.Operation{ID: "listBooklets", Path: "/booklets", Group: bookletGroup, Allow: access.CaseRead, Summary: "查纸质文书本"},
		func(ctx context.Context, by access.Session, q bookletQuery) (BookletList, error) {
			page, err := s.Booklets(ctx, by, BookletFilter{State: BookletState(q.State)}, q.After)
			return BookletList{mapped(page.Rows, func(b BookletRow) BookletHead { return bookletHead(b.Booklet, nil) }), page.Prev, page.Next}, err
		})
	api.Get(a, api.Operation{ID: "getBooklet", Path: "/booklets/{id}", Group: bookletGroup, Allow: access.CaseRead, Summary: "看一本的全部号码"},
		func(ctx context.Context, by access.Session, in bookletParam) (BookletHead, error) {
			id, err := bookletIDOf(in.ID)
			if err != nil {
				return BookletHead{}, err
			}
			f, err := s.BookletView(ctx, by, id)
			if err != nil {
				return BookletHead{}, err
			}
			return wholeBooklet(f), nil
		})
	api.Post(a, api.Operation{ID: "registerBooklet", Path: "/booklets", Group: bookletGroup, Allow: access.SeriesManage, Summary: "登记印好的文书本"},
		func(ctx context.Context, by access.Session, _ string, in BookletInput) (api.Made[BookletHead], error) {
			id, err := s.RegisterBooklet(ctx, by, in)
			if err != nil {
				return api.Made[BookletHead]{}, err
			}
			return s.madeBooklet(ctx, by, id)
		})
	onBookletAPI(a, s, "issueBooklet", "issue", "发给执法人员", access.SeriesManage, func(ctx context.Context, by access.Session, id BookletID, in IssueBody) error {
		return s.IssueBooklet(ctx, by, id, in.Version, int64(in.Officer))
	})
	onBookletAPI(a, s, "returnBooklet", "return", "登记交回", access.SeriesManage, func(ctx context.Context, by access.Session, id BookletID, in WhyBody) error {
		return s.ReturnBooklet(ctx, by, id, in.Version, in.Why)
	})
	onBookletAPI(a, s, "closeBooklet", "close", "核销", access.SeriesManage, func(ctx context.Context, by access.Session, id BookletID, in WhyBody) error {
		return s.CloseBooklet(ctx, by, id, in.Version, in.Why)
	})
	onBookletAPI(a, s, "recordBookletNumber", "numbers", "登记一个号的去向", access.CaseRead, s.apiNumber)
	s.apiEntry(a)
}

// onBookletAPI adds an operation on one booklet.
func onBookletAPI[B any](a *api.API, s *Service, id, path, summary string, allow access.Permission, do func(context.Context, access.Session, BookletID, B) error) {
	op := api.Operation{ID: id, Path: "/booklets/{id}/" + path, Group: bookletGroup, Allow: allow, Summary: summary, MaxBody: bookletBody}
	api.Post(a, op, func(ctx context.Context, by access.Session, text string, in B) (api.Made[BookletHead], error) {
		booklet, err := bookletIDOf(text)
		if err != nil {
			return api.Made[BookletHead]{}, err
		}
		if err := do(ctx, by, booklet, in); err != nil {
			return api.Made[BookletHead]{}, err
		}
		return s.madeBooklet(ctx, by, booklet)
	})
}

func (s *Service) madeBooklet(ctx context.Context, by access.Session, id BookletID) (api.Made[BookletHead], error) {
	out := api.Made[BookletHead]{Location: api.Base + "/booklets/" + id.String(), Body: BookletHead{ID: id}}
	f, err := s.BookletView(ctx, by, id)
	if err != nil {
		return out, err
	}
	out.Body = wholeBooklet(f)
	return out, nil
}

func (s *Service) apiNumber(ctx context.Context, by access.Session, id BookletID, in NumberBody) error {
	switch NumberState(in.State) {
	case NumberUsed:
		return s.ReportNumber(ctx, by, id, in.Number, ReportInput{UsedAt: in.UsedAt, Note: in.Why})
	case NumberVoided:
		return s.VoidBookletNumber(ctx, by, id, in.Number, in.Why, picturesOf(in.Photos))
	case NumberLost:
		return s.LoseNumber(ctx, by, id, in.Number, in.Why)
	case NumberBlank:
		return s.RestoreNumber(ctx, by, id, in.Number, in.Why)
	}
	return fault.InvalidField("state", "去向应是 used、void、lost 或者 blank")
}

func picturesOf(bodies [][]byte) []Picture {
	return mapped(bodies, func(b []byte) Picture { return Picture{Bytes: b} })
}

// apiEntry adds entering, confirming and keeping.
func (s *Service) apiEntry(a *api.API) {
	enter, _ := OnSpot.Act("enter")
	op := api.Operation{
		ID: enter.ID, Path: "/booklets/{id}/entry", Group: bookletGroup, Allow: access.Permission(enter.By), Summary: enter.Name, MaxBody: bookletBody,
		Detail: "按行为日过全部法定关口，缺什么一次列全（422）；纸上确实如此的，as_written 照实补录，报负责人处理",
	}
	api.Post(a, op, func(ctx context.Context, by access.Session, text string, in EntryBody) (api.Made[CaseHead], error) {
		booklet, err := bookletIDOf(text)
		if err != nil {
			return api.Made[CaseHead]{}, err
		}
		id, err := s.EnterHandwritten(ctx, by, booklet, in.Number, in.HandwrittenInput, picturesOf(in.Papers), picturesOf(in.Scene))
		if err != nil {
			return api.Made[CaseHead]{}, err
		}
		return s.apiMade(ctx, by, id)
	})
	onCase(a, s, apiCall{path: "confirm-entry", acts: []string{"confirm_entry"}}, func(ctx context.Context, by access.Session, id CaseID, in ConfirmBody) error {
		return s.ConfirmEntry(ctx, by, id, in.Version, in.ConfirmInput)
	})
	onCase(a, s, apiCall{path: "keep-entry", acts: []string{"keep_entry"}}, func(ctx context.Context, by access.Session, id CaseID, in WhyBody) error {
		return s.KeepEntry(ctx, by, id, in.Version, in.Why)
	})
}
