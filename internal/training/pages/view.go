// Package pages draws the screens of training.
package pages

import (
	"fmt"
	"strings"

	"fadu/internal/law"
	"fadu/internal/web"
)

// Nav and NavPractice are the entries of the menu.
const (
	Nav         = "/w/training"
	NavPractice = "/w/practice"
)

// SceneCard is a scene that can be played.
type SceneCard struct {
	Code, Title, Edition, About, Persona string
	SetOn                                law.Date
	Topics                               []string
	Runs                                 int64
	Best                                 string
	Passed                               bool
	Stage                                StageView
}

// HomeView lists the scenes and one's own runs.
type HomeView struct {
	Form           *web.Form
	Scenes         []SceneCard
	Runs           []RunRow
	Results, Books string
}

// RunRow is a run in a list.
type RunRow struct {
	Href, Title, Name, Unit, Mode, Score string
	When                                 string
	State                                web.TagView
	Fatal                                string
}

// StageView is what is seen of the place and the party.
type StageView struct {
	Figure, Band, Backdrop, Alt string
	// Alone leaves the party out, when somebody else speaks and the party is not there.
	Alone bool
}

// Option is something to say or do.
type Option struct {
	ID, Text, Icon, Paper string
	// Wants are the points that what is said should make; then it is written out.
	Wants []string
}

// BandView is a band of mood.
type BandView struct {
	Label string
	On    bool
}

// PlayView is a moment of a run.
type PlayView struct {
	Title, About, Act, Leave, Mode string
	Seq                            int
	Clock                          string
	LeftMS, LimitMS                int64
	Bands                          []BandView
	Band, Trend                    string
	Speaker, Persona, Say          string
	Spoken                         bool
	Events                         []string
	Tools, Choices                 []Option
	Evidence, Documents            []string
	Stage                          StageView
	Wait, Silence                  string
	Form                           *web.Form
}

func (v PlayView) seconds() string { return fmt.Sprintf("%d", (v.LeftMS+999)/1000) }

func (v PlayView) left() string {
	if v.LimitMS == 0 {
		return "0"
	}
	return fmt.Sprintf("%d", v.LeftMS*200/v.LimitMS)
}

func (v PlayView) question() string {
	if v.Spoken {
		return "您怎么回应？"
	}
	return "您怎么做？"
}

// PaperView is a paper to be filled in.
type PaperView struct {
	Title, Paper, Act, Back, Action string
	Seq                             int
	Form                            *web.Form
	Lines                           []PaperLine
}

// PaperLine is a line of it.
type PaperLine struct {
	Name, Label, Hint string
	Long              bool
}

// DebriefView looks back on a run.
type DebriefView struct {
	Title, About, Name, Mode, Took, Outcome string
	Result                                  web.TagView
	Score, Pass                             string
	Fatal                                   []string
	Dims                                    []DimRow
	Steps                                   []StepRow
	Curve                                   CurveView
	Lacks                                   []LackRow
	Held                                    []string
	Questions                               []QuestionRow
	// Recall are the questions of the bank that went into the officer's practice.
	Recall         []string
	Summary        string
	Misconceptions []string
	Again, Back    string
	Own            bool
	Code           string
	Hidden         []string
}

// DimRow is a dimension of the score; Has is false when the way never met it.
type DimRow struct {
	Label  string
	Weight float64
	Score  float64
	Has    bool
}

func (d DimRow) points() string {
	if !d.Has {
		return "未涉及"
	}
	return Points(d.Score*d.Weight/100) + "/" + Points(d.Weight)
}

// Points writes points with a decimal only where there is one.
func Points(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.1f", x), "0"), ".")
}

// StepRow is an act with what is said of it.
type StepRow struct {
	Seq              int
	Clock, Said, Did string
	Quality          web.TagView
	Why, Better      string
	Cites            law.Citations
	Rules            []RuleRow
	Events           []string
	Late             bool
	Mood             string
	Again            string
}

// RuleRow is a rule that was not kept.
type RuleRow struct {
	Article, Message string
	Kind             string
}

// LackRow is something that the file would lack in court.
type LackRow struct {
	Text  string
	Cites law.Citations
}

// QuestionRow is a question to remember.
type QuestionRow struct {
	Ask, Answer string
	Cites       law.Citations
}

// CurveView is the course of the party's mood: a point for each act, from 0 to 100.
type CurveView struct {
	Points []CurvePoint
	Says   string
}

// CurvePoint is the mood after an act.
type CurvePoint struct {
	Label string
	Mood  float64
	Peak  bool
}

const (
	curveLeft, curveRight = 52.0, 768.0
	curveTop, curveBottom = 16.0, 184.0
)

func (c CurveView) x(i int) float64 {
	if len(c.Points) < 2 {
		return curveLeft
	}
	return curveLeft + 10 + (curveRight-curveLeft-20)*float64(i)/float64(len(c.Points)-1)
}

func (c CurveView) y(mood float64) float64 { return curveBottom - (curveBottom-curveTop)*mood/100 }

func (c CurveView) path() string {
	var b strings.Builder
	for i, p := range c.Points {
		step := "L"
		if i == 0 {
			step = "M"
		}
		fmt.Fprintf(&b, "%s%.1f %.1f", step, c.x(i), c.y(p.Mood))
	}
	return b.String()
}

func num(x float64) string { return fmt.Sprintf("%.1f", x) }

// ResultsView lists the runs of others.
type ResultsView struct {
	Rows          []RunRow
	Form          *web.Form
	Scenes, Units []web.Option
	Pager         web.PagerView
	Export        string
	Stats         []web.StatView
}

// BooksView lists the versions of scenes.
type BooksView struct {
	Rows []BookRow
	Form *web.Form
	// New and Drafts are for who writes scenes.
	New, Drafts string
}

// BookRow is a version.
type BookRow struct {
	Href, Title, Code, Author, When string
	Number                          int
	SetOn                           law.Date
	State                           web.TagView
	Amended                         int
}

// BookView is a version with what the linter says of it.
type BookView struct {
	Title, Href, Why, Version string
	Facts                     []web.FactView
	State                     web.TagView
	Faults                    []string
	// Waiting is for who may approve, Copying, Next and Live for who writes.
	Waiting, Own, Copying, Next, Live bool
	DraftHref                         string
	Amended                           []string
	Beats                             []BeatRow
	Form                              *web.Form
}

// BeatRow is a beat of the scene with what can be done in it.
type BeatRow struct {
	ID, Speaker, Say, End string
	Limit                 string
	Choices               []ChoiceRow
}

// ChoiceRow is a choice as its author wrote it.
type ChoiceRow struct {
	ID, Href, Text, When, Goto, Why string
	Quality                         web.TagView
}

// PracticeView is how somebody's practice stands.
type PracticeView struct {
	Today, Left, Done, All, Mistakes, Kept int
	Modes                                  []ModeRow
	Topics                                 []TopicRow
}

func (v PracticeView) modes() []web.FactView {
	out := make([]web.FactView, len(v.Modes))
	for i, m := range v.Modes {
		out[i] = web.FactView{Label: m.Label, Text: m.Says, Href: m.Href}
	}
	return out
}

// ModeRow is a way to practise.
type ModeRow struct{ Label, Href, Says string }

// TopicRow is a topic of the bank.
type TopicRow struct {
	Name, Href string
	Done, All  int
}

// QuestionView is a question to be answered.
type QuestionView struct {
	Form                               *web.Form
	Title, Mode, Topic, ID, Kind, Stem string
	About                              string
	Many, Written                      bool
	Options                            []web.Option
	Blanks                             []string
}

// AnswerView is an answer with what is right.
type AnswerView struct {
	Title, Stem, Kind, Given, Right, Explain string
	Correct, Kept                            bool
	Options                                  []OptionRow
	Cites                                    law.Citations
	Due                                      string
	Next, Keep, Back                         string
}

// OptionRow is an option as it stands in the bank.
type OptionRow struct {
	Text          string
	Chosen, Right bool
}
