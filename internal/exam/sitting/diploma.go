package sitting

import (
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/document"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// DiplomaID identifies a certificate of an exam.
type DiplomaID int64

// String prints the identifier in decimal.
func (id DiplomaID) String() string { return fmt.Sprint(int64(id)) }

// Diploma is the certificate of somebody who passed an exam. It is no enforcement certificate, which the province issues.
type Diploma struct {
	bun.BaseModel `bun:"table:exam_diploma,alias:ew"`

	ID        DiplomaID        `bun:"id,pk"`
	Sitting   SittingID        `bun:"sitting_id"`
	Candidate CandidateID      `bun:"candidate_id"`
	Account   access.AccountID `bun:"account"`
	Name      string           `bun:"name"`
	access.Levels
	Exam   string   `bun:"exam"`
	SatOn  law.Date `bun:"sat_on"`
	Series string   `bun:"series"`
	Serial int64    `bun:"serial"`
	Number string   `bun:"number"`
	Code   string   `bun:"code"`
	// IssuedOn and ValidTo are the days in which it counts, both included; a zero ValidTo is without end.
	IssuedOn  law.Date `bun:"issued_on"`
	ValidTo   law.Date `bun:"valid_to"`
	RevokedOn law.Date `bun:"revoked_on"`
	Reason    string   `bun:"reason"`
	Entry     int64    `bun:"entry_id"`
}

// Subject is the certificate as ledger entries name it.
func (d Diploma) Subject() string { return "diploma/" + d.ID.String() }

// URL is the page of the certificate.
func (d Diploma) URL() string { return PathDiplomas + "/" + d.ID.String() }

// Worth is what a certificate is worth on a day.
type Worth string

// The worths.
const (
	Valid   Worth = "valid"
	Expired Worth = "expired"
	Revoked Worth = "revoked"
)

// worths are all of them in their order, with their labels.
var worths = []struct {
	Worth Worth
	Label string
}{{Valid, "有效"}, {Expired, "已过期"}, {Revoked, "已撤销"}}

// Label is the Chinese name of the worth.
func (w Worth) Label() string {
	for _, x := range worths {
		if x.Worth == w {
			return x.Label
		}
	}
	return string(w)
}

// On says what the certificate is worth on a day.
func (d Diploma) On(day law.Date) Worth {
	switch {
	case !d.RevokedOn.IsZero():
		return Revoked
	case !d.ValidTo.IsZero() && day.After(d.ValidTo):
		return Expired
	}
	return Valid
}

// term says until when the certificate counts.
func (d Diploma) term() string {
	if d.ValidTo.IsZero() {
		return "长期"
	}
	return d.IssuedOn.Han() + "至" + d.ValidTo.Han()
}

// Diplomas are which certificates an exam gives to those who pass.
type Diplomas struct {
	Prefix string `json:"diploma_prefix,omitempty" doc:"合格证书编号的字头；不填不发证书"`
	Months int64  `json:"diploma_months,omitempty" doc:"合格证书有效多少个月；0 是长期"`
}

const (
	maxPrefix = 20
	maxMonths = 240
)

func (d *Diplomas) check(fs *fault.Fields) {
	d.Prefix = strings.TrimSpace(d.Prefix)
	switch {
	case len([]rune(d.Prefix)) > maxPrefix:
		fs.Add("diploma_prefix", "证书字头最多 %d 个字", maxPrefix)
	case strings.ContainsAny(d.Prefix, "〔〕[]\n"):
		fs.Add("diploma_prefix", "证书字头只写文字，年份和序号自动加在后面")
	case d.Prefix == "" && d.Months != 0:
		fs.Add("diploma_prefix", "填了有效期，也要填证书字头；不发证书的，有效期留空")
	}
	if d.Months < 0 || d.Months > maxMonths {
		fs.Add("diploma_months", "有效期应在 0 至 %d 个月之间", maxMonths)
	}
}

// valid is until when a certificate counts that is issued on a day: the last day before the same day of the last month.
func (d Diplomas) valid(on law.Date) law.Date {
	if d.Months == 0 {
		return law.Date{}
	}
	return on.AddMonths(int(d.Months)).AddDays(-1)
}

// text says what those who pass get.
func (d Diplomas) text() string {
	switch {
	case d.Prefix == "":
		return "不发"
	case d.Months == 0:
		return d.Prefix + "，长期有效"
	}
	return fmt.Sprintf("%s，有效 %d 个月", d.Prefix, d.Months)
}

// paper is the certificate as it is printed.
func (d Diploma) paper(bureau, base string, demo bool, today law.Date) document.Paper {
	out := document.Paper{
		Layout: document.Letter, Header: document.BlackHeader, Organ: bureau, Title: "考试合格证书", Number: d.Number, Demo: demo, HandFill: true,
		Verify: document.Verify{URL: base + PathCheck + "/" + d.Code, Code: d.Code},
		Blocks: []document.Block{
			document.Paragraph{Text: d.Name + "同志："},
			document.Paragraph{Text: "参加" + d.SatOn.Han() + "举行的“" + d.Exam + "”，成绩合格，发给此证。"},
			document.Paragraph{Text: "有效期：" + d.term() + "。"},
			document.Paragraph{Text: "本证书只证明考试合格，不是行政执法证件，不能据以执法。", Style: document.Small},
			document.Issue{Organ: bureau, Date: d.IssuedOn, Seal: true},
		},
	}
	switch d.On(today) {
	case Revoked:
		out.Void = "已于" + d.RevokedOn.Han() + "撤销：" + d.Reason
	case Expired:
		out.Mark = "已过期"
	}
	return out
}

// DiplomaNames names certificates by their number.
func DiplomaNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(d Diploma) (int64, string) { return int64(d.ID), d.Number })
}
