package exam

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/exam/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"

	"github.com/uptrace/bun"
)

// Seen is a question as its approver saw it.
type Seen struct {
	Question QuestionID
	Version  int64
}

// maxTogether is how many drafts are approved at once: as many as the page shows.
const maxTogether = 50

// ApproveMany approves drafts of others that the session has seen: all of them, or none and why.
func (b *Bank) ApproveMany(ctx context.Context, by access.Session, seen []Seen) error {
	if _, err := by.Require(access.ExamBankApprove); err != nil {
		return err
	}
	if len(seen) == 0 || len(seen) > maxTogether {
		return fault.InvalidField("tick", "请勾选要审定的题目，一次最多 %d 道", maxTogether)
	}
	_, _, err := b.DB.Once(ctx, by.Once(kindApproved, seen), func(tx *store.Tx) (string, error) {
		for _, s := range seen {
			if err := decideDraft(tx, by, s.Question, s.Version, kindApproved, "", approval(by)); err != nil {
				return "", named(tx, s.Question, err)
			}
		}
		return Path + "/review", nil
	})
	return err
}

// named says of which question a refusal speaks: the person ticked many.
func named(tx *store.Tx, id QuestionID, err error) error {
	var f *fault.Error
	q, missing := questionOf(tx, id)
	if missing != nil || !errors.As(err, &f) {
		return err
	}
	return fault.InvalidField("tick", "%s：%s。一道也没有审定", q.Code, strings.TrimSuffix(err.Error(), "。"))
}

// draftsOf are the drafts of questions that wait.
func draftsOf(tx *store.Tx, qs []Question) (map[QuestionID]Version, error) {
	out := map[QuestionID]Version{}
	if len(qs) == 0 {
		return out, nil
	}
	ids := make([]QuestionID, len(qs))
	for i, q := range qs {
		ids[i] = q.ID
	}
	var rows []Version
	err := tx.DB().NewSelect().Model(&rows).Where("question_id IN (?)", bun.List(ids)).Where("state = ?", Draft).Order("number").Scan(tx.Ctx)
	for _, v := range rows {
		out[v.Question] = v
	}
	return out, err
}

func (b *Bank) showReview(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return b.renderReview(w, r, by, http.StatusOK, web.NewForm(nil))
}

func (b *Bank) renderReview(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	v := pages.ReviewView{Form: f, Action: Path + "/review"}
	err := b.DB.View(r.Context(), func(tx *store.Tx) error {
		v.Rows = nil
		var qs []Question
		if err := tx.DB().NewSelect().Model(&qs).Where("eq.waiting = 1").Where("eq.state <> ?", Staged).Order("eq.id").Limit(maxTogether + 1).Scan(tx.Ctx); err != nil {
			return err
		}
		if len(qs) > maxTogether {
			v.More, qs = true, qs[:maxTogether]
		}
		drafts, err := draftsOf(tx, qs)
		if err != nil {
			return err
		}
		for _, q := range qs {
			d, ok := drafts[q.ID]
			if !ok {
				continue
			}
			asks, err := d.Asks()
			if err != nil {
				return err
			}
			row := pages.ReviewRow{Value: q.ID.String() + " " + strconv.FormatInt(q.Version, 10), Code: q.Code, Href: q.URL(), About: strings.Trim(fmt.Sprintf("%s · %s · 第 %d 版，%s", asks.Type.Label(), asks.Topic, d.Number, d.Author), " ·"), Asked: askedView(asks), Cites: cites(asks.Refs), Basis: asks.Basis}
			for _, lack := range asks.Ready() {
				row.Lacks = append(row.Lacks, lack.Error())
			}
			row.Own = d.AuthorID == int64(by.Account())
			v.Rows = append(v.Rows, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Review(v))
}

func (b *Bank) postReview(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	var seen []Seen
	for _, text := range f.Values("tick") {
		id, version, _ := strings.Cut(text, " ")
		q, err1 := store.ParseID(id)
		n, err2 := strconv.ParseInt(version, 10, 64)
		if err := errors.Join(err1, err2); err != nil {
			return fault.New(fault.Invalid, "勾选的内容读不懂，请重新打开这一页")
		}
		seen = append(seen, Seen{QuestionID(q), n})
	}
	err = b.ApproveMany(r.Context(), by, seen)
	switch status, ok := f.Take(err); {
	case ok:
		return b.renderReview(w, r, by, status, f)
	case err != nil:
		return err
	}
	web.Notify(w, r, web.Flash{Text: fmt.Sprintf("已审定 %d 道", len(seen))})
	web.SeeOther(w, r, Path+"/review")
	return nil
}
