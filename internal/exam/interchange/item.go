package interchange

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"fadu/internal/exam/bank"
)

// Item is one question of a file with its fate: refused, with why; or taken, with what was lost.
type Item struct {
	Line     int
	Name     string // what the file calls it
	Question bank.Question
	Lost     []string
	Refused  string
	// Unsound says that the item was read, and cannot be asked as it is: it may be mended.
	Unsound bool
}

func (i *Item) lost(format string, args ...any) {
	i.Lost = append(i.Lost, fmt.Sprintf(format, args...))
}

func (i *Item) refuse(format string, args ...any) {
	if i.Refused == "" {
		i.Refused = fmt.Sprintf(format, args...)
	}
}

// Bounds of a file.
const (
	MaxBytes = 5 << 20
	MaxItems = 5000
)

// settle looks at every item once more: what cannot be asked is refused.
func settle(items []Item) ([]Item, error) {
	if len(items) == 0 {
		return nil, errors.New("文件里没有找到题目")
	}
	if len(items) > MaxItems {
		return nil, fmt.Errorf("文件里有 %d 道题，最多 %d 道，请分成几个文件", len(items), MaxItems)
	}
	for i := range items {
		x := &items[i]
		if x.Refused != "" {
			continue
		}
		if faults := x.Question.Sound(); len(faults) > 0 {
			x.Unsound = true
			x.refuse("%s", errors.Join(faults...))
		}
	}
	return items, nil
}

// text reads a file as UTF-8 text, with or without its mark.
func text(content []byte) (string, error) {
	if len(content) > MaxBytes {
		return "", fmt.Errorf("文件超过 %d MB，请分成几个文件", MaxBytes>>20)
	}
	s := strings.TrimPrefix(string(content), "\ufeff")
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return "", errors.New("文件不是 UTF-8 文字，请另存为 UTF-8 以后再传")
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), nil
}
