package exam

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"

	"fadu/internal/exam/bank"
	"fadu/internal/exam/pages"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// QuestionID identifies a question, VersionID a version of it.
type (
	QuestionID int64
	VersionID  int64
)

// String prints the identifier in decimal.
func (id QuestionID) String() string { return fmt.Sprint(int64(id)) }

// String prints the identifier in decimal.
func (id VersionID) String() string { return fmt.Sprint(int64(id)) }

// Question is a question of the bank. From Type to Until it says what its head does: the version in use or, when there
// is none, the newest.
type Question struct {
	bun.BaseModel `bun:"table:exam_question,alias:eq"`

	ID      QuestionID `bun:"id,pk"`
	Code    string     `bun:"code"`
	State   State      `bun:"state"`
	Current VersionID  `bun:"current_id"` // the version in use; 0: none
	Head    VersionID  `bun:"head_id"`
	Number  int        `bun:"number"`  // of the newest version
	Waiting store.Flag `bun:"waiting"` // the newest version waits for approval
	Type    bank.Type  `bun:"type"`
	Topic   string     `bun:"topic"`
	Chapter string     `bun:"chapter"`
	Level   int        `bun:"level"` // 1 to 3
	From    law.Date   `bun:"valid_from"`
	Until   law.Date   `bun:"valid_until"`
	Source  Source     `bun:"source"`
	Why     string     `bun:"ended_why"`
	At      int64      `bun:"changed_at"` // µs UTC
	Batch   int64      `bun:"batch_id"`   // the import that it came in; 0: none
	Version int64      `bun:"version"`
	Entry   int64      `bun:"entry_id"`
}

// Subject is the question as ledger entries name it.
func (q Question) Subject() string { return "bank_question/" + q.ID.String() }

// Path is where the pages of the bank stand.
const Path = pages.Nav

// URL is the page of the question.
func (q Question) URL() string { return Path + "/" + q.ID.String() }

// Version is a version of a question. What it asks never changes.
type Version struct {
	bun.BaseModel `bun:"table:exam_question_version,alias:ev"`

	ID         VersionID  `bun:"id,pk"`
	Question   QuestionID `bun:"question_id"`
	Code       string     `bun:"code"`
	Number     int        `bun:"number"`
	State      State      `bun:"state"`
	Type       bank.Type  `bun:"type"`
	Stem       string     `bun:"stem"`
	Points     int64      `bun:"points"` // hundredths; 0: what its paper says
	Content    string     `bun:"content"`
	Digest     string     `bun:"digest"`
	Source     Source     `bun:"source"`
	Origin     string     `bun:"origin"` // the file that it was imported from
	Author     string     `bun:"author"`
	AuthorID   int64      `bun:"author_id"`
	MadeAt     int64      `bun:"made_at"` // µs UTC
	Approver   string     `bun:"approver"`
	ApprovedAt int64      `bun:"approved_at"`
	Remark     string     `bun:"remark"` // why it was returned
	Version    int64      `bun:"version"`
	Entry      int64      `bun:"entry_id"`
}

// Asks is what the version asks, with its answer: shown and marked by internal/exam/bank.
func (v Version) Asks() (bank.Question, error) {
	var q bank.Question
	if err := json.Unmarshal([]byte(v.Content), &q); err != nil {
		return q, fmt.Errorf("exam: version %s: %w", v.ID, err)
	}
	q.ID = v.Code
	return q, nil
}

// article is one that a version rests on.
type article struct {
	bun.BaseModel `bun:"table:exam_question_article,alias:ea"`

	Of      VersionID `bun:"version_id,pk"`
	Ref     string    `bun:"ref,pk"`
	Statute string    `bun:"statute"`
	Article int       `bun:"article"`
	Entry   int64     `bun:"entry_id"`
}

// content is a question as a version keeps it: without its code, so that the same question has the same digest.
func content(q bank.Question) (text, digest string, err error) {
	q.ID = ""
	b, err := json.Marshal(q)
	if err != nil {
		return "", "", err
	}
	sum := sha256.Sum256(b)
	return string(b), hex.EncodeToString(sum[:]), nil
}

// hundredths of points.
func hundredths(points float64) int64 { return int64(math.Round(points * 100)) }

// shows takes over what the version asks as what lists show of the question.
func (q *Question) shows(v Version, asks bank.Question) {
	q.Head, q.State, q.Source = v.ID, v.State, v.Source
	q.Type, q.Topic, q.Chapter, q.Level, q.From, q.Until = asks.Type, asks.Topic, asks.Chapter, asks.Level, asks.From, asks.Until
}
