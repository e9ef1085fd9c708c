package draft

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"
)

// Reader is a Kind that also comes in files of its own form.
type Reader interface {
	// Accepts are the endings of such files: ".docx,.txt".
	Accepts() string
	// Read reads one; ok is false for an ordinary table, which is read as that of any list.
	Read(content []byte) (p Parsed, ok bool, err error)
}

// Stated is a total that a list says it has: 行政处罚 118. An empty label is the total of all.
type Stated struct {
	Label string `json:"label"`
	Count int    `json:"count"`
}

// Objection is something against a batch as a whole. It keeps the batch from being published until a
// person answers it; Answer says who did, when and why.
type Objection struct{ Text, Answer string }

// Gate is a Kind that can have objections to a batch as a whole, such as totals that do not add up.
type Gate interface {
	Kind
	// Received hears what a new batch states, in the update that makes it.
	Received(tx *store.Tx, by access.Session, id BatchID, stated []Stated) error
	// Objections are those that stand now, answered or not.
	Objections(tx *store.Tx, b Batch) ([]Objection, error)
	// Acknowledge answers the open ones with a reason.
	Acknowledge(tx *store.Tx, by access.Session, b Batch, reason string) error
}

// objections returns what stands against a batch; nothing for a Kind without a gate.
func objections(tx *store.Tx, k Kind, b Batch) ([]Objection, error) {
	g, ok := k.(Gate)
	if !ok {
		return nil, nil
	}
	return g.Objections(tx, b)
}

// unanswered refuses a batch with an open objection.
func unanswered(tx *store.Tx, k Kind, b Batch) error {
	os, err := objections(tx, k, b)
	if err != nil {
		return err
	}
	for _, o := range os {
		if o.Answer == "" {
			return fault.New(fault.Invalid, "%s。请核对，写明原因后再发布", o.Text)
		}
	}
	return nil
}

// Acknowledge answers the objections to an open batch with a reason.
func (s *Service) Acknowledge(ctx context.Context, by access.Session, id BatchID, reason string) error {
	if reason = clip(clean(reason), 200); reason == "" {
		var fs fault.Fields
		fs.Add("why", "请写明为什么对不上也要发布")
		return fs.Err()
	}
	_, _, err := s.db.Once(ctx, by.Once(kindAcknowledged, map[string]string{"batch": id.String(), "reason": reason}), func(tx *store.Tx) (string, error) {
		b, k, err := s.publishable(tx, by, id)
		if err != nil {
			return "", err
		}
		g, ok := k.(Gate)
		switch {
		case b.State != Open:
			return "", errState(b)
		case !ok:
			return "", fault.New(fault.Conflict, "“%s”没有要核对的总数，不用写明原因", k.Label())
		}
		if b.Entry, err = appendEntry(tx, by, b, kindAcknowledged, map[string]string{"reason": reason}); err != nil {
			return "", err
		}
		if err := g.Acknowledge(tx, by, b, reason); err != nil {
			return "", err
		}
		return id.String(), saveBatch(tx, &b)
	})
	return err
}

const maxStated = 40

// statedForm wants the whole number: what stands before it ends with no digit, point or sign.
var statedForm = regexp.MustCompile(`^(|.*?[^0-9.+\s-])[\s:：,，]*([0-9]{1,6})\s*[项条个]?$`)

// ParseStated reads totals as a person types them, separated by 、，； or line breaks: 行政处罚118项、行政许可10；合计126.
func ParseStated(s string) ([]Stated, error) {
	var fs fault.Fields
	var out []Stated
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、､；;\n，,", r) }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		m := statedForm.FindStringSubmatch(Narrow(part)) // a fault says it as it was typed
		if m == nil {
			fs.Add("stated", "“%s”应写成“行政处罚 118”", clip(part, 20))
			continue
		}
		n, err := strconv.Atoi(m[2])
		if err != nil {
			fs.Add("stated", "“%s”应写成“行政处罚 118”", clip(part, 20))
			continue
		}
		out = append(out, Stated{totalLabel(m[1]), n})
	}
	if len(out) > maxStated {
		fs.Add("stated", "最多写 %d 个总数", maxStated)
	}
	return out, fs.Err()
}

// totalLabel is empty for the total of all.
func totalLabel(s string) string {
	s = strings.Join(strings.Fields(s), "")
	switch s {
	case "合计", "总计", "总数", "共", "共计", "总共", "全部":
		return ""
	}
	return s
}

var inWords = regexp.MustCompile(`共计?\s*([0-9]{1,6})\s*项`)

// statedIn finds totals in a workbook: a sheet 汇总 with a kind and a number in each row, and a title above
// the headings that says 共126项.
func statedIn(grids []grid, best, head int) []Stated {
	var out []Stated
	for i, g := range grids {
		if i == best || !strings.Contains(g.name, "汇总") && !strings.Contains(g.name, "合计") {
			continue
		}
		for _, r := range g.rows {
			if s, ok := statedRow(r); ok && len(out) < maxStated {
				out = append(out, s)
			}
		}
	}
	for _, r := range grids[best].rows[:head] {
		for _, c := range r.cells {
			if m := inWords.FindStringSubmatch(Narrow(c.text)); m != nil {
				n, _ := strconv.Atoi(m[1]) // at most six digits
				out = append(out, Stated{"", n})
			}
		}
	}
	return out
}

func statedRow(r gridRow) (Stated, bool) {
	label, count, found := "", 0, false
	for _, c := range r.cells {
		text := strings.TrimSpace(c.text)
		if n, err := strconv.Atoi(CodeOf(text)); err == nil {
			count, found = n, true
		} else if text != "" && label == "" {
			label = text
		}
	}
	return Stated{totalLabel(label), count}, found && label != "" && count >= 0
}
