package exam

import (
	"net/http"

	"fadu/internal/access"
	"fadu/internal/document"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/interchange"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

const wordFile = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// chosen are the questions that the filter of the address chooses, as their heads ask them; at most most of them, 0 for all.
func (b *Bank) chosen(r *http.Request, most int) (all []bank.Question, f Filter, err error) {
	form := web.QueryForm(r)
	f = filterOf(form)
	if err := form.Err(); err != nil {
		return nil, f, err
	}
	walk := store.Walk(r.Context(), b.DB, func(tx *store.Tx, after store.Cursor) (out []bank.Question, end store.Cursor, more bool, err error) {
		rows, end, more, err := some(tx, f, after)
		if err != nil {
			return nil, end, more, err
		}
		of, err := heads(tx, rows)
		for _, q := range rows {
			asks, err := of[q.Head].Asks()
			if err != nil {
				return nil, end, more, err
			}
			out = append(out, asks)
		}
		return out, end, more, err
	})
	err = store.Each(walk, func(q bank.Question) error {
		if all = append(all, q); most > 0 && len(all) > most {
			return fault.New(fault.Conflict, "一张卷子最多 %d 道题，请用筛选缩小范围", most)
		}
		return nil
	})
	return all, f, err
}

func (b *Bank) fileName(ending string) string {
	return "题库-" + law.DateOf(b.DB.Now()).String() + ending
}

// exportGIFT writes the questions that the list shows for other systems; those that the form cannot carry are named at its top.
func (b *Bank) exportGIFT(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	all, _, err := b.chosen(r, 0)
	if err != nil {
		return err
	}
	text, left := interchange.ToGIFT(all)
	head := ""
	for _, l := range left {
		head += "// 没有写出 " + l + "\n"
	}
	return web.Download(w, r, b.fileName(".gift.txt"), "text/plain; charset=utf-8", []byte(head+"\n"+text))
}

// exportQTI writes them as a package; those that it cannot carry are named in a file of the package.
func (b *Bank) exportQTI(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	all, _, err := b.chosen(r, 0)
	if err != nil {
		return err
	}
	content, _, err := interchange.ToQTI(all)
	if err != nil {
		return err
	}
	return web.Download(w, r, b.fileName(".qti.zip"), "application/zip", content)
}

// printPaper gives the questions that the list shows as a paper to print, without answers.
func (b *Bank) printPaper(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	return b.print(w, r, "试卷", Printed.Paper)
}

// printKey gives their answers.
func (b *Bank) printKey(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	return b.print(w, r, "答案", Printed.Key)
}

func (b *Bank) print(w http.ResponseWriter, r *http.Request, name string, draw func(Printed) document.Paper) error {
	all, f, err := b.chosen(r, mostPrinted)
	if err != nil {
		return err
	}
	p := Printed{Title: "法律知识测试"}
	if f.Topic != "" {
		p.Title = f.Topic + "测试"
	}
	for _, q := range all {
		p.Items = append(p.Items, PrintedItem{q, q.Full()})
	}
	content, err := b.Word(p, draw)
	if err != nil {
		return err
	}
	return web.Download(w, r, p.Title+"-"+name+"-"+law.DateOf(b.DB.Now()).String()+".docx", wordFile, content)
}

// Word is a paper of questions, or its key, as a Word document.
func (b *Bank) Word(p Printed, draw func(Printed) document.Paper) ([]byte, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	return b.Press.Docx(draw(p), b.DB.Now())
}
