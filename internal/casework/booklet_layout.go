package casework

import (
	"fmt"

	"fadu/internal/document"
	"fadu/internal/store"
)

// transcriptMark is boxed on every page of the copy for the file of a hand-written paper.
const transcriptMark = "存根 根据手工文书录入"

// transcript turns the layout of a hand-written paper into the copy for the file: it says what it is, has
// no code to check an original by, and shows the photographs of the paper itself.
func (s *Service) transcript(tx *store.Tx, p *Paper, layout *document.Paper) error {
	n, err := handwrittenOf(tx, p)
	if err != nil || n == nil {
		return err
	}
	layout.Mark = transcriptMark
	handCopy(layout)
	layout.Blocks = append(layout.Blocks, document.Paragraph{Label: "补录", Style: document.Small, Text: fmt.Sprintf("决定书于%s手写并当场交付，%s录入系统。内容与纸面不一致的，以纸面为准。",
		store.FromMicros(n.UsedAt).Format("2006年1月2日15时04分"), store.FromMicros(n.EnteredAt).Format("2006年1月2日15时04分"))})
	photos, err := bookletPhotos(tx, n.ID)
	if err != nil {
		return err
	}
	pages := document.Photos{Title: "手工文书照片"}
	for i, ph := range photos {
		b, err := s.bytes(ph.Digest)
		if err != nil {
			return err
		}
		pages.Items = append(pages.Items, document.Photo{Image: b, Shows: fmt.Sprintf("%s 纸质文书 %d", p.DocNo, i+1)})
	}
	layout.Blocks = append(layout.Blocks, pages)
	return nil
}

// handCopy says on a copy that its original is another paper, and leaves out the code to check one by.
func handCopy(layout *document.Paper) {
	layout.Verify = document.Verify{}
	layout.Copies = "本页根据手工文书录入，供存档，不是决定书正本；正本是编号相同的纸质文书。"
}

func bookletPhotos(tx *store.Tx, number int64) ([]BookletPhoto, error) {
	var out []BookletPhoto
	return out, tx.DB().NewSelect().Model(&out).Where("number_id = ?", number).Order("id").Scan(tx.Ctx)
}
