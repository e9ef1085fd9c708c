package document

// placed is a row on its page.
type placed struct {
	row
	y float64
}

// paginate distributes rows over pages. Rows linked by keep stay on one page where that is possible at
// all; a frame that goes on on the next page begins there with its repeated head. first and next are
// the tops of the first and of the other pages.
func paginate(rows []row, first, next, bottom float64) [][]placed {
	pages := [][]placed{nil}
	y := first
	put := func(rs []row) {
		last := len(pages) - 1
		for _, r := range rs {
			if r.space && len(pages[last]) == 0 && last > 0 {
				continue
			}
			pages[last] = append(pages[last], placed{r, y})
			y += r.height
		}
	}
	var before *group
	for len(rows) > 0 {
		chunk := linked(rows)
		height := total(chunk)
		turn := chunk[0].newPage && len(pages[len(pages)-1]) > 0
		if turn || y+height > bottom+0.01 {
			if height > bottom-next-repeated(chunk[0], before) { // nowhere whole: row by row
				chunk = chunk[:1]
				height = chunk[0].height
			}
			if turn || y+height > bottom+0.01 && !chunk[0].space {
				pages = append(pages, nil)
				y = next
				if chunk[0].in != nil && chunk[0].in == before {
					put(chunk[0].in.head)
				}
			}
		}
		put(chunk)
		before = chunk[len(chunk)-1].in
		rows = rows[len(chunk):]
	}
	return pages
}

// linked returns the first row with all that must stay on its page.
func linked(rows []row) []row {
	n := 1
	for n < len(rows) && rows[n-1].keep {
		n++
	}
	return rows[:n]
}

func total(rows []row) float64 {
	h := 0.0
	for _, r := range rows {
		h += r.height
	}
	return h
}

// repeated is the height of the head that a page beginning with r has to repeat.
func repeated(r row, before *group) float64 {
	if r.in == nil || r.in != before {
		return 0
	}
	return total(r.in.head)
}

// frames calls f for every slice of the page that belongs to one frame.
func frames(page []placed, f func(g *group, top, bottom float64)) {
	for i := 0; i < len(page); {
		j := i + 1
		for j < len(page) && page[j].in == page[i].in {
			j++
		}
		if g := page[i].in; g != nil {
			f(g, page[i].y, page[j-1].y+page[j-1].height)
		}
		i = j
	}
}
