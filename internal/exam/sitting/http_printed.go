package sitting

import (
	"context"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

const wordFile = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// Printed is the frozen paper of a sitting with its answer sheet, for those who sit it on paper. It has no answers; who took
// it when is in the ledger.
func (s *Service) Printed(ctx context.Context, by access.Session, id SittingID) (title string, word []byte, err error) {
	scope, err := by.Require(access.ExamManage)
	if err != nil {
		return "", nil, err
	}
	var x Sitting
	err = s.DB.Update(ctx, func(tx *store.Tx) error {
		if x, err = sittingOf(tx, id); err == nil {
			err = scope.Check(x.Levels, nounSitting)
		}
		if err != nil {
			return err
		}
		if x.Digest == "" {
			return fault.New(fault.Conflict, "这场考试还没有定卷，没有可以打印的试卷")
		}
		_, err := s.log(tx, by, kindPrinted, x, map[string]any{"title": x.Title, "digest": x.Digest})
		return err
	})
	if err != nil {
		return "", nil, err
	}
	form, err := s.formOf(x)
	if err != nil {
		return "", nil, err
	}
	word, err = s.Print(x.Title, x.Minutes, form)
	return x.Title, word, err
}

func (s *Service) sendPrinted(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	title, word, err := s.Printed(r.Context(), by, id)
	if err != nil {
		return err
	}
	return web.Download(w, r, title+"-试卷.docx", wordFile, word)
}
