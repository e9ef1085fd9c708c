package serving

import (
	"strings"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// SendInput opens the service of a paper: its receipt is drawn up to be taken along.
type SendInput struct {
	Paper casework.PaperID `json:"paper" doc:"文书"`
	Way   Way              `json:"way" doc:"准备用的方式：hand_over、serve_directly、serve_by_leaving、serve_electronically、entrust_service、post、forward"`
	At    string           `json:"at" doc:"送达地点，不填是当事人的地址"`
}

// DeliverInput records that a paper was handed to its addressee or to who may receive for it.
type DeliverInput struct {
	Service  casework.PaperID `json:"service" doc:"送达的文书"`
	On       law.Date         `json:"on" doc:"回证上的签收日期"`
	At       string           `json:"at" doc:"送达地点，不填是当事人的地址"`
	Receiver string           `json:"receiver" doc:"签收人"`
	Relation Relation         `json:"relation" doc:"self、kin、representative、mailroom、agent、named"`
	Adult    bool             `json:"adult" doc:"代收的家属同住并已成年"`
	Signed   bool             `json:"signed" doc:"回证已签名并写明日期"`
}

// LeaveInput records that a paper was left because it was refused (留置送达).
type LeaveInput struct {
	Service casework.PaperID `json:"service" doc:"送达的文书"`
	On      law.Date         `json:"on" doc:"留置的日期"`
	At      string           `json:"at" doc:"受送达人的住所，不填是当事人的地址"`
	Refused string           `json:"refused" doc:"谁拒收、怎样拒收"`
	Left    bool             `json:"left" doc:"文书留在了住所"`
	Witness string           `json:"witness" doc:"见证人的姓名和单位"`
	Film    string           `json:"film" doc:"拍照、录像的编号"`
}

// ElectronicInput records that a paper reached the system that the party named.
type ElectronicInput struct {
	Service casework.PaperID `json:"service" doc:"送达的文书"`
	On      law.Date         `json:"on" doc:"到达系统的日期"`
	Proof   string           `json:"proof" doc:"截屏、录像的编号"`
}

// BeginInput begins a service that arrives later: by another body, by post, through a unit.
type BeginInput struct {
	Service casework.PaperID `json:"service" doc:"送达的文书"`
	On      law.Date         `json:"on" doc:"交邮、发函的日期"`
	To      string           `json:"to" doc:"受委托、转交的单位；邮寄写寄往的地址"`
	Reason  string           `json:"reason" doc:"直接送达有什么困难"`
	Proof   string           `json:"proof" doc:"邮单号；委托、转交不填"`
}

// ArriveInput records the receipt that came back.
type ArriveInput struct {
	Service  casework.PaperID `json:"service" doc:"送达的文书"`
	On       law.Date         `json:"on" doc:"回执、回证注明的收件日期"`
	Receiver string           `json:"receiver" doc:"签收人"`
	Proof    string           `json:"proof" doc:"回执、回证的编号，或者查询的截屏编号"`
}

// FailInput records that a try did not reach the addressee.
type FailInput struct {
	Service casework.PaperID `json:"service" doc:"送达的文书"`
	On      law.Date         `json:"on" doc:"日期"`
	Way     Way              `json:"way" doc:"试过的方式；途中退回的不填"`
	Reason  string           `json:"reason" doc:"为什么没有送到"`
}

// AnnounceInput puts up a public notice.
type AnnounceInput struct {
	Service casework.PaperID `json:"service" doc:"送达的文书"`
	Missing bool             `json:"missing" doc:"受送达人下落不明"`
	Proof   string           `json:"proof,omitempty" doc:"下落不明的证明编号；已经登记直接送达和另一种方式未果的可以不填"`
	Reason  string           `json:"reason" doc:"原因和经过：试过哪些方式、结果如何"`
	Where   string           `json:"where" doc:"登在哪里、张贴在哪里"`
	Gist    string           `json:"gist" doc:"文书的主要内容"`
	Office  string           `json:"office" doc:"领取的地点"`
	Rights  string           `json:"rights" doc:"当事人的权利和期限"`
}

// DropInput ends a service that is not needed any more.
type DropInput struct {
	Service casework.PaperID `json:"service" doc:"送达的文书"`
	Why     string           `json:"why" doc:"为什么不再送达"`
}

// AddressInput is what the party confirms.
type AddressInput struct {
	Address    string   `json:"address" doc:"送达地址"`
	Receiver   string   `json:"receiver" doc:"收件人"`
	Phone      string   `json:"phone" doc:"联系电话"`
	Electronic bool     `json:"electronic" doc:"同意电子送达"`
	Papers     []string `json:"papers" doc:"同意电子送达的文书，写文书名称"`
	Account    string   `json:"account" doc:"电子送达账号"`
	Spare      string   `json:"spare" doc:"备用联系方式"`
	SignedOn   law.Date `json:"signed_on" doc:"当事人签署的日期"`
}

// Relation is who receives.
type Relation string

// The receivers (民事诉讼法第八十八条).
const (
	Self           Relation = "self"
	Kin            Relation = "kin"
	Representative Relation = "representative"
	Mailroom       Relation = "mailroom"
	Agent          Relation = "agent"
	NamedReceiver  Relation = "named"
)

var relations = []struct {
	relation Relation
	label    string
}{
	{Self, "受送达人本人"},
	{Kin, "同住的成年家属"},
	{Representative, "法定代表人、主要负责人"},
	{Mailroom, "单位负责收件的人"},
	{Agent, "委托代理人"},
	{NamedReceiver, "指定的代收人"},
}

// Label is what receipts call the receiver.
func (r Relation) Label() string {
	for _, x := range relations {
		if x.relation == r {
			return x.label
		}
	}
	return ""
}

// wants collects what a form lacks.
type wants struct{ fs fault.Fields }

func (w *wants) text(field, value, message string) {
	if strings.TrimSpace(value) == "" {
		w.fs.Add(field, "%s", message)
	}
}

// day fills in today and refuses a day to come or one before the paper.
func (w *wants) day(field string, on *law.Date, p casework.Paper, tx *store.Tx) {
	if on.IsZero() {
		*on = tx.Today()
	}
	switch {
	case on.After(tx.Today()):
		w.fs.Add(field, "日期不能晚于今天")
	case on.Before(p.Dated):
		w.fs.Add(field, "日期不能早于文书日期 %s", p.Dated.Han())
	case p.SealedAt != 0 && on.Before(law.DateOf(store.FromMicros(p.SealedAt))):
		w.fs.Add(field, "日期不能早于用印日期 %s", law.DateOf(store.FromMicros(p.SealedAt)).Han())
	}
}
