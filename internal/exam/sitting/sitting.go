package sitting

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/grade"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// SittingID identifies a sitting.
type SittingID int64

// String prints the identifier in decimal.
func (id SittingID) String() string { return fmt.Sprint(int64(id)) }

// ParseID reads the identifier of a sitting.
func ParseID(text string) (SittingID, error) {
	n, err := store.ParseID(text)
	return SittingID(n), err
}

// CandidateID identifies somebody on a roster.
type CandidateID int64

// String prints the identifier in decimal.
func (id CandidateID) String() string { return fmt.Sprint(int64(id)) }

// AttemptID identifies an attempt.
type AttemptID int64

// String prints the identifier in decimal.
func (id AttemptID) String() string { return fmt.Sprint(int64(id)) }

// Sitting is an exam at a time.
type Sitting struct {
	bun.BaseModel `bun:"table:exam_sitting,alias:es"`

	ID    SittingID `bun:"id,pk"`
	Title string    `bun:"title"`
	access.Levels
	State     State        `bun:"state"`
	OpensAt   int64        `bun:"opens_at"`
	Waiting   int64        `bun:"waiting_min"`
	Late      int64        `bun:"late_min"`
	FullLate  store.Flag   `bun:"full_late"`
	Minutes   int64        `bun:"minutes"`
	Attempts  int64        `bun:"attempts"`
	Pass      int64        `bun:"pass"`
	Policy    grade.Policy `bun:"policy"`
	Blueprint string       `bun:"blueprint"`
	Form      string       `bun:"form"`
	Digest    string       `bun:"digest"`
	Secret    string       `bun:"secret"`
	Items     int          `bun:"items"`
	Author    string       `bun:"author"`
	Why       string       `bun:"state_why"`
	Dropped   int64        `bun:"dropped"`
	// What candidates see when; the days in which they may object, from the publication.
	ReviewSubmitted Look  `bun:"review_submitted"`
	ReviewPublished Look  `bun:"review_published"`
	ReviewClosed    Look  `bun:"review_closed"`
	AppealDays      int64 `bun:"appeal_days"`
	PublishedAt     int64 `bun:"published_at"`
	// DiplomaPrefix begins the numbers of the certificates, "" for none; they hold for DiplomaMonths, 0 without end.
	DiplomaPrefix string `bun:"diploma_prefix"`
	DiplomaMonths int64  `bun:"diploma_months"`
	// MakeUpOf is the sitting that this one makes up for.
	MakeUpOf SittingID `bun:"makeup_of"`
	Version  int64     `bun:"version"`
	Entry    int64     `bun:"entry_id"`
}

// diplomas are which certificates the sitting gives.
func (s Sitting) diplomas() Diplomas { return Diplomas{s.DiplomaPrefix, s.DiplomaMonths} }

// Subject is the sitting as ledger entries name it.
func (s Sitting) Subject() string { return "sitting/" + s.ID.String() }

// URL is the page of the sitting for those who run it.
func (s Sitting) URL() string { return PathManage + "/" + s.ID.String() }

// Candidate is somebody on the roster of a sitting. Score is the best of the attempts.
type Candidate struct {
	bun.BaseModel `bun:"table:exam_candidate,alias:ec"`

	ID      CandidateID      `bun:"id,pk"`
	Sitting SittingID        `bun:"sitting_id"`
	Account access.AccountID `bun:"account"`
	Name    string           `bun:"name"`
	access.Levels
	Extra    int64      `bun:"extra_min"`
	ExtraWhy string     `bun:"extra_why"`
	State    Standing   `bun:"state"`
	Why      string     `bun:"state_why"`
	Taken    int64      `bun:"taken"`
	Score    int64      `bun:"score"`
	Passed   store.Flag `bun:"passed"`
	Version  int64      `bun:"version"`
	Entry    int64      `bun:"entry_id"`
}

// Subject is the candidate as ledger entries name it.
func (c Candidate) Subject() string { return "candidate/" + c.ID.String() }

// Attempt is a try of a candidate.
type Attempt struct {
	bun.BaseModel `bun:"table:exam_attempt,alias:ea"`

	ID        AttemptID        `bun:"id,pk"`
	Sitting   SittingID        `bun:"sitting_id"`
	Candidate CandidateID      `bun:"candidate_id"`
	Account   access.AccountID `bun:"account"`
	Number    int64            `bun:"number"`
	State     TryState         `bun:"state"`
	StartedAt int64            `bun:"started_at"`
	Deadline  int64            `bun:"deadline"`
	EndedAt   int64            `bun:"ended_at"`
	EndedBy   string           `bun:"ended_by"`
	Device    string           `bun:"device"`
	Receipt   string           `bun:"receipt"`
	Digest    string           `bun:"digest"`
	Marks     string           `bun:"marks"`
	Score     int64            `bun:"score"`
	Entry     int64            `bun:"entry_id"`
}

// Subject is the attempt as ledger entries name it.
func (a Attempt) Subject() string { return "attempt/" + a.ID.String() }

// URL is the page of the attempt.
func (a Attempt) URL() string { return PathAttempts + "/" + a.ID.String() }

// Answer is the newest answer of an attempt to an item, in the letters of the bank.
type Answer struct {
	bun.BaseModel `bun:"table:exam_answer,alias:en"`

	Attempt AttemptID `bun:"attempt_id,pk" json:"-"`
	Item    int       `bun:"item,pk" json:"item" doc:"试卷里的第几道，从 0 起"`
	Seq     int64     `bun:"seq" json:"seq" doc:"这道题的第几次作答；旧的不会盖过新的"`
	Value   string    `bun:"value" json:"value" doc:"选项的字母、对或错、填写的内容；几空之间用换行分开"`
	At      int64     `bun:"at" json:"-"`
}

// reply is the answer as the bank marks it.
func (a Answer) reply() []string { return strings.Split(a.Value, "\n") }

// Signal is something that a person should know who looks at an attempt.
type Signal struct {
	bun.BaseModel `bun:"table:exam_signal,alias:eg"`

	ID      int64     `bun:"id,pk"`
	Sitting SittingID `bun:"sitting_id"`
	Attempt AttemptID `bun:"attempt_id"`
	Kind    string    `bun:"kind"`
	Detail  string    `bun:"detail"`
	At      int64     `bun:"at"`
}

// points prints hundredths of a point.
func points(n int64) string {
	text := fmt.Sprintf("%d.%02d", n/100, n%100)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func minutes(n int64) time.Duration { return time.Duration(n) * time.Minute }

// Rights are the answers that give the full points, by item: for whoever fills a demo, never for a page.
func (s Sitting) Rights() ([]string, error) {
	var form assembly.Form
	if err := json.Unmarshal([]byte(s.Form), &form); err != nil {
		return nil, fmt.Errorf("sitting: paper of %s: %w", s.ID, err)
	}
	out := make([]string, len(form))
	for i, it := range form {
		out[i] = valueOf(it.Question.Type, it.Question.Right())
	}
	return out, nil
}
