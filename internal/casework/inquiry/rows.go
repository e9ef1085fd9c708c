package inquiry

import (
	"strconv"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Interview is one person's questioning. Rows are only added.
type Interview struct {
	bun.BaseModel `bun:"table:interview,alias:iv"`

	ID         int64            `bun:"id,pk"`
	Case       casework.CaseID  `bun:"case_id"`
	Entry      int64            `bun:"entry_id"`
	Person     string           `bun:"person"`
	Role       string           `bun:"role"`
	BeganAt    int64            `bun:"began_at"`
	EndedAt    int64            `bun:"ended_at"`
	Paper      casework.PaperID `bun:"paper_id"`
	RecordedAt int64            `bun:"recorded_at"`
}

// Kind is a kind of evidence of 行政处罚法第四十六条第一款.
type Kind string

// The kinds.
const (
	Written    Kind = "written"
	Material   Kind = "material"
	AudioVideo Kind = "audio_video"
	Digital    Kind = "digital"
	Witness    Kind = "witness"
	Statement  Kind = "statement"
	Appraised  Kind = "appraisal"
	Inquest    Kind = "inquest"
	SiteRecord Kind = "site_record"
)

var kinds = []Kind{Written, Material, AudioVideo, Digital, Witness, Statement, Appraised, Inquest, SiteRecord}

// Label is the law's word for the kind.
func (k Kind) Label() string {
	return map[Kind]string{
		Written: "书证", Material: "物证", AudioVideo: "视听资料", Digital: "电子数据", Witness: "证人证言", Statement: "当事人的陈述",
		Appraised: "鉴定意见", Inquest: "勘验笔录", SiteRecord: "现场笔录",
	}[k]
}

// Evidence is one numbered piece. Rows are only added; what was found of it is in its reviews.
type Evidence struct {
	bun.BaseModel `bun:"table:evidence,alias:ev"`

	ID      int64           `bun:"id,pk"`
	Case    casework.CaseID `bun:"case_id"`
	Entry   int64           `bun:"entry_id"`
	Number  int64           `bun:"number"`
	Kind    Kind            `bun:"kind"`
	Title   string          `bun:"title"`
	Purpose string          `bun:"purpose"` // 证明目的
	// Source is from whom, where and how it was obtained.
	Source     string   `bun:"source"`
	ObtainedOn law.Date `bun:"obtained_on"`
	Pages      string   `bun:"pages"`
	// OriginalAt is where the original of a copy is; empty for an original.
	OriginalAt string `bun:"original_at"`
	// Device names the monitoring device whose record it is; empty for everything else.
	Device     string           `bun:"device"`
	Digest     string           `bun:"digest"`
	Type       string           `bun:"media_type"`
	Size       int64            `bun:"size"`
	Paper      casework.PaperID `bun:"paper_id"`
	RecordedAt int64            `bun:"recorded_at"`
}

// The outcomes of a review of evidence.
const (
	Admitted = "admitted"
	Rejected = "rejected"
	Deleted  = "deleted" // entered by mistake
)

// Review is what was found of a piece of evidence; the last one counts.
type Review struct {
	bun.BaseModel `bun:"table:evidence_review,alias:er"`

	ID       int64           `bun:"id,pk"`
	Case     casework.CaseID `bun:"case_id"`
	Entry    int64           `bun:"entry_id"`
	Evidence int64           `bun:"evidence_id"`
	Outcome  string          `bun:"outcome"`
	Reason   string          `bun:"reason"`
	// Purpose replaces what the piece was first said to prove; empty keeps it.
	Purpose string `bun:"purpose"`
	// DeviceReviewed: the record of a monitoring device was reviewed and meets the requirements.
	DeviceReviewed store.Flag `bun:"device_reviewed"`
	Person         int64      `bun:"person_id"`
	RecordedAt     int64      `bun:"recorded_at"`
}

// Appraisal is what was given out to be tested or appraised. SeizureOf names the seizure whose thing it is.
type Appraisal struct {
	bun.BaseModel `bun:"table:appraisal,alias:ap"`

	ID             int64            `bun:"id,pk"`
	Version        int64            `bun:"version"`
	Case           casework.CaseID  `bun:"case_id"`
	Entry          int64            `bun:"entry_id"`
	Kind           string           `bun:"kind"`
	Body           string           `bun:"body"`
	Qualification  string           `bun:"qualification"`
	Subject        string           `bun:"subject"`
	SeizureOf      string           `bun:"seizure"`
	CommissionedOn law.Date         `bun:"commissioned_on"`
	Paper          casework.PaperID `bun:"paper_id"`
	ResultOn       law.Date         `bun:"result_on"`
	ReportNo       string           `bun:"report_no"`
	Result         string           `bun:"result"`
	ToldOn         law.Date         `bun:"told_on"`
	CancelledOn    law.Date         `bun:"cancelled_on"`
}

// out reports whether the result is still awaited.
func (a Appraisal) out() bool { return a.ResultOn.IsZero() && a.CancelledOn.IsZero() }

// Of names the appraisal in events.
func (a Appraisal) Of() string { return "appraisal/" + strconv.FormatInt(a.ID, 10) }

// The states of a recusal.
const (
	RecusalAsked   = "asked"
	RecusalGranted = "granted"
	RecusalRefused = "refused"
)

// Recusal is one application that an officer withdraw.
type Recusal struct {
	bun.BaseModel `bun:"table:recusal,alias:rc"`

	ID        int64           `bun:"id,pk"`
	Version   int64           `bun:"version"`
	Case      casework.CaseID `bun:"case_id"`
	Entry     int64           `bun:"entry_id"`
	Applicant string          `bun:"applicant"`
	Officer   int64           `bun:"officer"`
	AskedOn   law.Date        `bun:"asked_on"`
	Reason    string          `bun:"reason"`
	State     string          `bun:"state"`
	DecidedOn law.Date        `bun:"decided_on"`
	Finding   string          `bun:"finding"`
	Successor int64           `bun:"successor"`
}

// Of names the recusal in events.
func (r Recusal) Of() string { return "recusal/" + strconv.FormatInt(r.ID, 10) }
