package document

import (
	"fmt"
	"strings"
)

// rows sets two photos a page, each with its number and a caption; the photos begin on a new page.
func (p Photos) rows(s *setter, m measure) []row {
	if len(p.Items) == 0 {
		return nil
	}
	title := strings.TrimSpace(p.Title)
	if title == "" {
		title = "照片"
	}
	rows := s.paragraph(title, measure{m.x, m.width, letterBody.strong()}, 0, Center)
	for i := range rows {
		rows[i].keep = true
	}
	rows[0].newPage = true
	rows = append(rows, row{height: 6, keep: true})
	for i, one := range p.Items {
		pic, err := photoPicture(one.Image)
		if err != nil {
			if s.err == nil {
				s.err = fmt.Errorf("照片%d: %w", i+1, err)
			}
			return nil
		}
		rows = append(rows, s.photo(i+1, one, pic, m)...)
	}
	return rows
}

func (s *setter) photo(n int, p Photo, pic picture, m measure) []row {
	const most = 76 * mm
	w, h := pic.within(m.width, most)
	x := m.x + (m.width-w)/2
	rows := []row{{height: h + 4, keep: true, draw: func(c *canvas, y float64) {
		c.picture(pic, x, y, w, h)
		c.rect(x, y, w, h, innerLine, grey)
	}}}
	lines := s.paragraph(p.caption(n), measure{m.x, m.width, smallFont.sized(12)}, 0, Left)
	for i := range lines[:len(lines)-1] {
		lines[i].keep = true
	}
	return append(append(rows, lines...), gap(10))
}

// caption is what stands under the n-th photo.
func (p Photo) caption(n int) string {
	caption := fmt.Sprintf("照片%d　%s", n, p.Shows)
	for _, part := range []struct{ before, label, text string }{
		{"\n", "拍摄时间", p.Time}, {"　", "拍摄人", p.By}, {"\n", "拍摄地点", p.Place},
	} {
		if part.text != "" {
			caption += part.before + part.label + "：" + part.text
		}
	}
	return caption
}
