// Package pages draws the screens of exams.
package pages

import (
	"fmt"

	"fadu/internal/web"
)

// Nav and NavManage are the entries of the menu.
const (
	Nav       = "/w/exams"
	NavManage = "/w/sittings"
	// NavMarking is the desk of those who mark.
	NavMarking = "/w/marking"
	// NavDiplomas is the list of certificates, NavCheck where anybody checks one.
	NavDiplomas = "/w/diplomas"
	NavCheck    = "/diplomas"
)

// SeatRow is an exam of the candidate.
type SeatRow struct {
	Title, Href, When, Long string
	State                   web.TagView
	Result                  string
}

// HomeView lists the exams of the candidate.
type HomeView struct {
	Rows   []SeatRow
	Manage string
}

// SeatView is the waiting room, and later what came of the exam.
type SeatView struct {
	Title, Start, Paper string
	Facts               []web.FactView
	State               web.TagView
	// Why says why the paper cannot be begun; StartsMS is in how many milliseconds it can.
	Why      string
	Waiting  bool
	Open     bool
	StartsMS int64
	Continue string
	Tries    []TryRow
	Result   []web.FactView
	Form     *web.Form
	Answer   AnswerView
}

// TryRow is an attempt in a list.
type TryRow struct {
	Href, Number, When, Ended, Receipt, Score string
}

// AnswerView is the paper as the candidate fills it in.
type AnswerView struct {
	Title, Act, Save, Device string
	LeftMS                   int64
	Sections                 []Section
	Form                     *web.Form
}

// Section are the questions of one form.
type Section struct {
	Title     string
	Questions []Question
}

// Question is a question of the paper: nothing of it tells the answer.
type Question struct {
	Number, Item int
	Seq          int64
	Kind         string // single, multiple, judgement, fill, order, match
	Stem, Points string
	Options      []web.Option
	// Lines are what is written or chosen line by line: blanks, steps, left sides of a match.
	Lines []string
	Given []string
	// Areas are what is written freely; Text and About are the material, before the first question on it.
	Areas       []Area
	Text, About string
}

// Area is a line or some lines of free text.
type Area struct {
	Label, Hint string
	Long        bool
}

func (q Question) name() string { return fmt.Sprintf("a.%d", q.Item) }

func (q Question) id(i int) string { return fmt.Sprintf("q-%d-%d", q.Item, i) }

func (q Question) given(i int) string {
	if i < len(q.Given) {
		return q.Given[i]
	}
	return ""
}

func (q Question) chosen(value string) bool {
	for _, g := range q.Given {
		if g == value {
			return true
		}
	}
	return false
}

func (q Question) inputType() string {
	if q.Kind == "multiple" {
		return "checkbox"
	}
	return "radio"
}

func (q Question) join() string {
	switch q.Kind {
	case "fill", "match", "essay":
		return "lines"
	case "drafting":
		return "json"
	}
	return "letters"
}

// TakenView says that the attempt runs on another device.
type TakenView struct {
	Title, Act, Since string
}

// ReceiptView is what the candidate has after handing in.
type ReceiptView struct {
	Title, Back string
	Facts       []web.FactView
	Rows        []MarkRow
	// Keys reports whether the right answers are shown.
	Keys bool
}

// MarkRow is a question with what was answered, once results are published.
type MarkRow struct {
	Number                       string
	Stem, Given, Right, Mark, Of string
	Explain                      string
}

// SittingRow is a sitting in the list of those who run exams.
type SittingRow struct {
	Title, Href, When, Long, Author string
	State                           web.TagView
}

// ListView lists sittings.
type ListView struct {
	Rows  []SittingRow
	New   string
	Pager web.PagerView
}

// EditView is the form of a sitting.
type EditView struct {
	Title, Act, Back, Version string
	Form                      *web.Form
	Topics                    []web.Option
	Policies, Looks           []web.Option
	Cells                     string
}

// SittingView is a sitting for those who run it.
type SittingView struct {
	Title, Href, Version string
	State                web.TagView
	Facts                []web.FactView
	Cells                []CellRow
	Stats                []web.StatView
	Candidates           []CandidateRow
	Pager                web.PagerView
	Form                 *web.Form
	Groups               []web.Option
	Export, Items, Edit  string
	Marking              string
	Paper, Diplomas      string
	Freeze, Thaw, Cancel bool
	Publish, Enrol       bool
	MakeUp               bool
	FreezeWhy            string
	Units                []web.Option
}

// CellRow is a row of the table of specifications.
type CellRow struct {
	Label  string
	Count  int
	Points string
}

// CandidateRow is somebody on the roster.
type CandidateRow struct {
	Name, Href, Unit, Extra, Score, Why string
	State                               web.TagView
}

// CandidateView is a candidate for those who run the sitting.
type CandidateView struct {
	Title, Back, BackLabel, Href, Version string
	Facts                                 []web.FactView
	Tries                                 []TryRow
	Signals                               []web.FactView
	Form                                  *web.Form
	Grant, Defer, Void, Remove, Reinstate bool
}

// ItemRow is a question with its statistics.
type ItemRow struct {
	Number, Stem, Kind, P, D, R string
	Flags                       []string
	Correct, CorrectHref        string
}

// ItemsView is the analysis of a paper.
type ItemsView struct {
	Title, Back string
	Facts       []web.FactView
	Rows        []ItemRow
	Alike       []AlikeRow
}

// AlikeRow are two attempts with alike wrong answers.
type AlikeRow struct {
	One, Two, OneHref, TwoHref, Says string
}
