package legalreview

import (
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Review is one submission to legal review. Rows are only added; a withdrawal is a row of its own with Withdrawn set.
type Review struct {
	bun.BaseModel `bun:"table:legal_review,alias:lr"`

	ID    int64           `bun:"id,pk"`
	Case  casework.CaseID `bun:"case_id"`
	Entry int64           `bun:"entry_id"`
	Round int64           `bun:"round"`
	On    law.Date        `bun:"submitted_on"`
	// Digest is that of the proposal as it was submitted, Content the proposal as JSON.
	Digest  string `bun:"digest"`
	Content string `bun:"content"`
	// Paper is the submission as it was drawn up; 0 for one older than this column.
	Paper      casework.PaperID `bun:"paper_id"`
	Withdrawn  store.Flag       `bun:"withdrawn"`
	RecordedAt int64            `bun:"recorded_at"`
}

// Opinion is a reviewer's signed opinion on a submission.
type Opinion struct {
	bun.BaseModel `bun:"table:legal_review_opinion,alias:lro"`

	ID       int64            `bun:"id,pk"`
	Case     casework.CaseID  `bun:"case_id"`
	Entry    int64            `bun:"entry_id"`
	Review   int64            `bun:"review_id"`
	Account  access.AccountID `bun:"account"`
	Outcome  string           `bun:"outcome"`
	On       law.Date         `bun:"made_on"`
	Content  string           `bun:"content"` // OpinionInput as JSON
	SignedAt int64            `bun:"signed_at"`
	// Title is the case's number, Reviewer who signed, Submitted when what is reviewed came in and DueOn by when.
	access.Levels
	Title       string   `bun:"title"`
	Reviewer    string   `bun:"reviewer"`
	Round       int64    `bun:"round"`
	SubmittedOn law.Date `bun:"submitted_on"`
	DueOn       law.Date `bun:"due_on"`
	// DaysUsed are working days from submission to signature; -1 where it was not counted.
	DaysUsed int64 `bun:"days_used"`
}

// Difference is what a head said about a difference between those who handle and those who review. It opens nothing.
type Difference struct {
	bun.BaseModel `bun:"table:legal_review_difference,alias:lrd"`

	ID         int64            `bun:"id,pk"`
	Case       casework.CaseID  `bun:"case_id"`
	Entry      int64            `bun:"entry_id"`
	Account    access.AccountID `bun:"account"`
	Content    string           `bun:"content"` // DifferenceInput as JSON
	RecordedAt int64            `bun:"recorded_at"`
}

// Agreed is the only outcome that opens a decision.
const Agreed = "同意"

// outcomes are the four outcomes of 住房和城乡建设行政处罚程序规定第二十五条 by their acts.
var outcomes = map[string]string{"review_agree": Agreed, "review_inquire": "补充调查", "review_amend": "改正", "review_transfer": "移送"}

// LegalReviewPoint is the reviewer's finding on one of the points of 住房和城乡建设行政处罚程序规定第二十四条.
type LegalReviewPoint struct {
	Finding string `json:"finding" doc:"结论"`
	Cite    string `json:"cite,omitempty" doc:"依据"`
}

// OpinionInput is an opinion point by point.
type OpinionInput struct {
	Points []LegalReviewPoint `json:"points" doc:"八项审核内容的结论，按程序规定第二十四条的次序"`
	Reason string             `json:"reason" doc:"理由和要求"`
	Signed bool               `json:"signed" doc:"以本人身份签名"`
}

func (in OpinionInput) check(outcome string) error {
	var fs fault.Fields
	if outcome != Agreed {
		in.cited(&fs)
	}
	if len(in.Points) > len(casework.ReviewPoints) {
		fs.Add("finding1", "审核内容只有 %d 项", len(casework.ReviewPoints))
	}
	if strings.TrimSpace(in.Reason) == "" {
		fs.Add("reason", "请写明理由；不同意的写明要怎样改")
	}
	return fs.Err()
}

// favourable are the words with which a finding begins that finds nothing wrong.
var favourable = []string{"符合", "合法", "合格", "清楚", "事实清楚", "充分", "准确", "适当", "完备", "规范", "齐全", "没有", "无", "未", "不涉", "不属于", "同意"}

// against reports whether a finding finds something wrong.
func (p LegalReviewPoint) against() bool {
	said := strings.TrimSpace(p.Finding)
	return said != "" && !slices.ContainsFunc(favourable, func(w string) bool { return strings.HasPrefix(said, w) })
}

// cited wants a provision behind each finding against: whoever handles the case is to know what to put right.
func (in OpinionInput) cited(fs *fault.Fields) {
	for i, p := range in.Points {
		if p.against() && !(strings.Contains(p.Cite, "第") && strings.Contains(p.Cite, "条")) {
			fs.Add("cite"+strconv.Itoa(i+1), "第 %d 项有问题，请写明依据的法律、法规、规章第几条", i+1)
		}
	}
}

// points is how many points have a finding.
func (in OpinionInput) points() int64 {
	n := int64(0)
	for _, p := range in.Points {
		if strings.TrimSpace(p.Finding) != "" {
			n++
		}
	}
	return n
}

// SubmitInput sends a case to legal review.
type SubmitInput struct {
	Ground string `json:"ground" doc:"应当审核的情形"`
}

// DifferenceInput records what a head said about a difference.
type DifferenceInput struct {
	From      string `json:"from" doc:"开始时间"`
	Until     string `json:"until" doc:"结束时间"`
	At        string `json:"at" doc:"地点"`
	Recorder  string `json:"recorder" doc:"记录人"`
	Matter    string `json:"matter" doc:"分歧的事项"`
	Handling  string `json:"handling" doc:"承办机构的意见"`
	Reviewing string `json:"reviewing" doc:"法制审核机构的意见"`
	Result    string `json:"result" doc:"负责人的处理意见"`
}
