package apptest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// Stage is a step of the usual line of work: who acts, on which page (what follows the case's address, when it
// does not begin with a slash) and form, with what. $login stands for the person's name.
type Stage struct {
	Stage, Login, Page, Path string
	Values                   []string
}

// Usual is how a street case goes when nobody objects.
var Usual = []Stage{
	{"lead", "officer102", "/w/cases/new", "/w/cases/new", []string{"summary=一辆三轮车在人行道摆卖水果", "place=青石路12号门前人行道"}},
	{"officers", "officer102", "", "officers", []string{"lead=$officer102", "assist=$officer103"}},
	{"show_id", "officer102", "?step=show_id", "steps/show_id", []string{"text=向当事人出示两人的执法证"}},
	{"party", "officer102", "?step=party", "party", []string{"kind=公民", "name=演示·赵六", "id_kind=居民身份证", "id_number=990107198506150010", "address=演示市演示区白云路3号", "identity_basis=card_seen"}},
	{"photo", "officer102", "?step=photo", "photos", []string{"photo=@现场.jpg", "place=青石路12号门前人行道", "caption=现场全景"}},
	{"measure", "officer102", "?step=measure", "steps/measure", []string{"detail=2", "text=卷尺，长2米、宽1米"}},
	{"footage", "officer102", "?step=footage", "steps/footage", []string{"detail=DSJ-0217 20260710-091500"}},
	{"search", "officer102", "?step=propose", "proposal", []string{"power_words=摆摊", "search=1"}},
	{"proposal", "officer102", "?step=propose", "proposal", []string{"power_code=YS-001", "fact_text=当事人在青石路12号门前人行道摆摊出售水果，占用面积2平方米。", "metric=2", "corrected=已改正", "harm=无", "kinds=罚款", "amount=100", "pay_by=缴款码", "facts_clear=1", "no_exemption=占用面积2平方米，超过清单的1平方米"}},
	{"tell", "officer102", "?step=tell", "steps/tell", nil},
	{"hear", "officer102", "?step=hear", "steps/hear", []string{"nothing=1"}},
	{"correct", "officer102", "?step=correct", "steps/correct", []string{"detail=已当场改正", "text=当事人当场撤离并清理"}},
	{"decide", "officer102", "?step=decide", "decision", nil},
	{"sign", "officer102", "?step=sign", "signatures", []string{"method=手写", "signature=@签名.png"}},
	{"sign_assist", "officer103", "?step=sign", "signatures", []string{"method=手写", "signature=@签名.png"}},
	{"sign_party", "officer102", "?step=sign_party", "signatures", []string{"method=手写", "signature=@签名.png"}},
	{"deliver", "officer102", "?step=deliver", "delivery", nil},
	{"file", "clerk", "?step=file", "filing", nil},
	{"pay", "cashier", "?step=pay", "payments", []string{"channel=缴款码", "reference=演非税00000001"}},
	{"close", "clerk", "?step=close", "closing", nil},
}

// Line takes cases along a line of work.
type Line struct {
	Site *Site
	// Dir has the files that are uploaded: 现场.jpg and 签名.png.
	Dir string
	// Stages are the steps of the line; without any they are Usual.
	Stages []Stage
	// Case is the address of the case in hand.
	Case string
	// Typed replaces what is typed into fields of these names.
	Typed    map[string]string
	serial   int
	browsers map[string]*Browser
}

func (l *Line) stages() []Stage {
	if l.Stages == nil {
		return Usual
	}
	return l.Stages
}

// As returns the person's browser, signed in.
func (l *Line) As(login string) (*Browser, error) {
	if b := l.browsers[login]; b != nil {
		return b, nil
	}
	b, err := l.Site.Browser(login)
	if err != nil {
		return nil, err
	}
	if l.browsers == nil {
		l.browsers = map[string]*Browser{}
	}
	l.browsers[login] = b
	return b, nil
}

// Ready fills in the form of a stage on the case in hand, and does not send it: Again does.
func (l *Line) Ready(stage string) (*Browser, error) {
	i := slices.IndexFunc(l.stages(), func(s Stage) bool { return s.Stage == stage })
	if i < 0 {
		return nil, fmt.Errorf("没有“%s”这一步", stage)
	}
	s := l.stages()[i]
	b, err := l.As(s.Login)
	if err != nil {
		return nil, err
	}
	page, path := s.Page, s.Path
	if !strings.HasPrefix(path, "/") {
		page, path = l.Case+page, l.Case+"/"+path
	}
	if back := stage == "proposal" && b.Path == path; !back { // a form that came back is filled in where it is
		if err := b.Get(page); err != nil {
			return nil, err
		}
	}
	var values []string
	for _, v := range s.Values {
		var bad error
		values = append(values, os.Expand(v, func(login string) string {
			name, err := l.Site.Name(login)
			if err != nil {
				bad = err
			}
			return name
		}))
		if bad != nil {
			return nil, bad
		}
	}
	values = l.vary(values)
	return b, b.Fill(path, l.Dir, values...)
}

// vary gives each case its own party and payment: nobody is punished twice for one act.
func (l *Line) vary(values []string) []string {
	for i, v := range values {
		name, value, _ := strings.Cut(v, "=")
		if typed, ok := l.Typed[name]; ok {
			values[i] = name + "=" + typed
			continue
		}
		switch name {
		case "id_number":
			values[i] = name + "=" + citizen(fmt.Sprintf("%s%03d", value[:14], l.serial%1000))
		case "reference":
			values[i] = fmt.Sprintf("%s=演非税%08d", name, l.serial)
		}
	}
	return values
}

// citizen adds the check character to 17 digits of an identity number (GB 11643).
func citizen(digits string) string {
	sum := 0
	for i, c := range digits {
		sum += int(c-'0') * []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}[i]
	}
	return digits + string("10X98765432"[sum%11])
}

// To takes a new case along the line until the stage before the named one is done.
func (l *Line) To(stage string) error {
	l.serial++
	for _, s := range l.stages() {
		if s.Stage == stage {
			return nil
		}
		b, err := l.Ready(s.Stage)
		if err != nil {
			return fmt.Errorf("%s：%w", s.Stage, err)
		}
		if err := b.Again(); err != nil {
			return fmt.Errorf("%s：%w", s.Stage, err)
		}
		if b.Status != 303 && s.Stage != "search" {
			return fmt.Errorf("%s：%d %s", s.Stage, b.Status, b.Main())
		}
		if s.Stage == "lead" {
			l.Case, _, _ = strings.Cut(b.Location, "?")
		}
		l.Site.Clock.Advance(time.Minute)
	}
	return fmt.Errorf("没有“%s”这一步", stage)
}
