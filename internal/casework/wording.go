package casework

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Wording is how the bureau writes what no law fixes: document numbers with 第 or without it, and the
// titles of its papers (事先告知书 or 意见告知书). It applies to papers made from a day on; a paper that has
// its number keeps the form that it was made with.
type Wording struct {
	bun.BaseModel `bun:"table:paper_wording,alias:pw"`

	ID    int64    `bun:"id,pk"`
	Entry int64    `bun:"entry_id"`
	Since law.Date `bun:"since"`
	// Ordinal: 〔2026〕第186号; otherwise 〔2026〕186号.
	Ordinal store.Flag `bun:"ordinal"`
	// Names are the titles by kind of paper, as JSON; kinds that are not in it keep their usual title.
	Names string `bun:"titles"`
	// Document is the bureau's paper that settled the wording.
	Document string `bun:"document"`
	MadeAt   int64  `bun:"made_at"`
}

// WordingKey names the wording among the settings, in the ledger.
const WordingKey = "casework.wording"

// usualWording is what holds while the bureau has settled nothing.
func usualWording() Wording { return Wording{Ordinal: true} }

// DocNo prints a document number in this wording: six-cornered brackets, no padding.
func (w Wording) DocNo(prefix string, year, number int64) string {
	if bool(w.Ordinal) {
		return DocNo(prefix, year, number)
	}
	return fmt.Sprintf("%s〔%d〕%d号", prefix, year, number)
}

// Titles are the titles that differ from the usual ones.
func (w Wording) Titles() (map[PaperKind]string, error) {
	out := map[PaperKind]string{}
	if w.Names == "" {
		return out, nil
	}
	if err := json.Unmarshal([]byte(w.Names), &out); err != nil {
		return nil, fmt.Errorf("casework: titles of wording %d: %w", w.ID, err)
	}
	return out, nil
}

// Title is what papers of the kind are headed with.
func (w Wording) Title(kind PaperKind) (string, error) {
	titles, err := w.Titles()
	return orWord(titles[kind], kind.Label()), err
}

// WordingInput settles the wording from a day on.
type WordingInput struct {
	Since    law.Date             `json:"since"`
	Ordinal  bool                 `json:"ordinal"`
	Titles   map[PaperKind]string `json:"titles"`
	Document string               `json:"document"`
}

// titleForm is a title as a letterhead can carry it: Han, perhaps with brackets, ending in what it is.
var titleForm = regexp.MustCompile(`^[\p{Han}（）、]+(书|单|记录|表|函)$`)

func (in WordingInput) check(today law.Date) error {
	var fs fault.Fields
	if in.Since.IsZero() || in.Since.Before(today) {
		fs.Add("since", "从今天或者以后的一天起用；已经出具的文书不改")
	}
	if strings.TrimSpace(in.Document) == "" {
		fs.Add("document", "请写明本局这样规定的文件")
	}
	for kind, title := range in.Titles {
		if paperLabels[kind] == "" {
			fs.Add("titles", "没有“%s”这一种文书", string(kind))
		} else if !titleForm.MatchString(title) || utf8.RuneCountInString(title) > 24 {
			fs.Add("title_"+string(kind), "名称用汉字，不超过 24 个字，以“书”“单”“记录”等结尾")
		}
	}
	return fs.Err()
}

// DocNoForms returns the forms in which a document number may be on record: with 第 and without. A text
// that is no number is returned as it is.
func DocNoForms(s string) []string {
	with := NormalDocNo(s)
	if m := docNoForm.FindStringSubmatch(with); m != nil {
		return []string{with, strings.Replace(with, "〕第", "〕", 1)}
	}
	return []string{with}
}
