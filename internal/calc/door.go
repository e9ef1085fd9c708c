package calc

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
)

// Kind answers one question, given as its JSON object without the id. The answer must marshal to a JSON
// object that carries article or articles, or be a listAnswer; an error is the Chinese reason why there is none.
type Kind func(question json.RawMessage) (answer any, err error)

// Options are what the door asks.
type Options struct {
	Calendar   *calendar.Calendar
	Terms      *calendar.Terms
	Judge      *law.Judge
	Vocabulary law.Vocabulary
	Today      func() law.Date // for questions without a date
	// CheckWord, if given, refuses a text fact that nobody could read, with words that say what to write.
	CheckWord func(fact, value string) error
	Kinds     map[string]Kind // further kinds of question, from the slices
}

// Door answers questions. After the program is wired it does not change and is safe for concurrent use.
type Door struct {
	cal     *calendar.Calendar
	terms   *calendar.Terms
	judge   *law.Judge
	words   law.Vocabulary
	today   func() law.Date
	kinds   map[string]Kind
	actions map[string]law.Action  // by folded name
	amounts map[string]namedAmount // by folded name

	checkWord func(fact, value string) error
}

// New makes a door for the kinds of law, training and exams and the further kinds. A kind that exists
// already, or an option left out, is an error.
func New(o Options) (*Door, error) {
	if o.Calendar == nil || o.Terms == nil || o.Judge == nil || o.Vocabulary == nil || o.Today == nil {
		return nil, errors.New("calc: the door needs calendar, terms, judge, vocabulary and today")
	}
	d := &Door{cal: o.Calendar, terms: o.Terms, judge: o.Judge, words: o.Vocabulary, today: o.Today, checkWord: o.CheckWord}
	d.kinds = map[string]Kind{
		"deadline": d.deadline, "identity": d.identity, "guard": d.guard, "amount": d.amount,
		"practice": d.practiceSeries, "item_stats": itemStats, "grade": gradeItem, "similarity": similarity,
		"mastery": masteryLevel, "points": pointsAccount, "team": team, "four_in_one": fourInOne,
		"scene": d.scenePlay, "score": sceneScore, "emotion": emotion,
		"figures": figures, "draw": lot,
	}
	d.actions = map[string]law.Action{}
	for _, a := range o.Judge.Actions() {
		d.actions[law.FoldName(string(a))] = a
	}
	d.amounts = map[string]namedAmount{
		law.FoldName(surchargeRule):  {surchargeRule, d.surcharge},
		law.FoldName(higherFineRule): {higherFineRule, d.higherFine},
	}
	for name, k := range o.Kinds {
		if _, taken := d.kinds[name]; taken || name == "" || k == nil {
			return nil, fmt.Errorf("calc: kind %q twice or without an answer", name)
		}
		d.kinds[name] = k
	}
	return d, nil
}

// Kinds returns the kinds of question, sorted.
func (d *Door) Kinds() []string { return slices.Sorted(maps.Keys(d.kinds)) }

// Knows reports whether the door has the kind.
func (d *Door) Knows(kind string) bool { return d.kinds[kind] != nil }

// ErrKind says that there is no such kind of question.
type ErrKind struct {
	Kind  string
	Kinds []string
}

// Error names the kinds there are.
func (e *ErrKind) Error() string {
	return fmt.Sprintf("没有“%s”这种重算，可用的有：%s", e.Kind, joinHan(e.Kinds))
}

// Answer answers one question of the API's array. It never fails: what cannot be answered is an object
// with an error.
func (d *Door) Answer(kind string, question json.RawMessage) json.RawMessage {
	k := d.kinds[kind]
	if k == nil {
		return failure(nil, &ErrKind{kind, d.Kinds()})
	}
	return answer(k, question)
}

// Lines answers a stream of questions, one object a line, in order. Blank lines are skipped. It fails
// only when the kind is unknown (*ErrKind), the stream cannot be read or written, or ctx ends.
func (d *Door) Lines(ctx context.Context, kind string, in io.Reader, out io.Writer) error {
	k := d.kinds[kind]
	if k == nil {
		return &ErrKind{kind, d.Kinds()}
	}
	lines := newLineReader(in)
	w := newLineWriter(out)
	for ctx.Err() == nil {
		line, tooLong, err := lines.next()
		if err != nil && !errors.Is(err, io.EOF) {
			return errors.Join(fmt.Errorf("读不到输入：%w", err), w.Flush())
		}
		var a json.RawMessage
		switch text := bytes.TrimSpace(line); {
		case tooLong:
			id, _, _ := splitID(line)
			a = failure(orNull(id), errTooLong)
		case len(text) > 0:
			a = answer(k, text)
		}
		if a != nil {
			if werr := w.line(a, lines.idle()); werr != nil {
				return fmt.Errorf("写不出结果：%w", werr)
			}
		}
		if err != nil {
			return w.Flush()
		}
	}
	return errors.Join(ctx.Err(), w.Flush())
}

// answer asks the kind and puts the question's id before what it says.
func answer(k Kind, question json.RawMessage) json.RawMessage {
	id, rest, err := splitID(question)
	if err != nil {
		// A question that is no object still gets an id, so that its answer is found.
		return failure(orNull(id), err)
	}
	v, err := k(rest)
	if err != nil {
		return failure(id, err)
	}
	l, isList := v.(listAnswer)
	if isList = isList && id == nil; isList {
		v = l.List
	}
	b, err := marshal(v)
	if err != nil {
		return failure(id, fmt.Errorf("结果不能写成 JSON：%w", err))
	}
	if isList {
		return b
	}
	if b[0] != '{' {
		return failure(id, errors.New("结果不是 JSON 对象，请报告这个问题"))
	}
	return withID(id, b)
}

func failure(id json.RawMessage, reason error) json.RawMessage {
	b, err := marshal(map[string]string{"error": reason.Error()})
	if err != nil {
		panic(err) // a map of strings always marshals
	}
	return withID(id, b)
}

func orNull(id json.RawMessage) json.RawMessage {
	if id == nil {
		return json.RawMessage("null")
	}
	return id
}

// withID puts the id in front of an object's members.
func withID(id, object json.RawMessage) json.RawMessage {
	if id == nil {
		return object
	}
	out := append(json.RawMessage(`{"id":`), id...)
	if len(object) > 2 {
		out = append(out, ',')
	}
	return append(out, object[1:]...)
}

// marshal writes v on one line, without turning <, > and & into escapes.
func marshal(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}
