package casework

import (
	"fadu/internal/document"
	"fadu/internal/law"
)

// servingPapers are the papers of service.
var servingPapers = map[PaperKind]paperDef{
	"address_confirmation": paper[AddressConfirmation]("MOHURD55-37"),
	"service_receipt":      paper[ServiceReceipt]("MSSS-87"),
	"service_commission":   paper[ServiceCommission]("MSSS-91"),
	"service_announcement": paper[ServiceAnnouncement]("MSSS-95"),
}

// ServedPaper names a paper that is served.
type ServedPaper struct {
	Title  string `json:"title" must:"文书名称"`
	Number string `json:"number"`
}

// AddressConfirmation is the 送达地址（电子送达）确认书.
type AddressConfirmation struct {
	Address    string   `json:"address" must:"送达地址"`
	Receiver   string   `json:"receiver" must:"收件人"`
	Phone      string   `json:"phone" must:"联系电话"`
	Electronic bool     `json:"electronic"`
	Papers     []string `json:"papers" must:"同意电子送达的文书" when:"Electronic"`
	Account    string   `json:"account" must:"电子送达账号" when:"Electronic"`
	Spare      string   `json:"spare" must:"备用联系方式" when:"Electronic"`
}

func (AddressConfirmation) signers(Content) []document.Signer {
	return []document.Signer{{Role: "当事人（签名或者盖章）", Dated: true}}
}

// ServiceReceipt is the 送达回证; On is zero until the receiver writes the day.
type ServiceReceipt struct {
	Addressee string        `json:"addressee" must:"受送达人"`
	Papers    []ServedPaper `json:"papers" must:"送达的文书"`
	Way       string        `json:"way" must:"送达方式"`
	At        string        `json:"at" must:"送达地点"`
	On        law.Date      `json:"on"`
	Instead   string        `json:"instead"` // who receives in the addressee's place
	Relation  string        `json:"relation" must:"代收人与受送达人的关系 MSSS-88-1" when:"Instead"`
	Refused   string        `json:"refused"` // why and how it was left
	Witness   string        `json:"witness" must:"留置送达的见证人，或者拍照、录像 MSSS-89" when:"Refused"`
	Note      string        `json:"note" says:"whole"`
}

func (ServiceReceipt) lacks(c Content) []string { return twoOfficers(c) }

func (r ServiceReceipt) signers(c Content) []document.Signer {
	out := []document.Signer{{Role: "受送达人（代收人）签名或者盖章", Dated: true}}
	if r.Refused != "" {
		out[0].Written = "拒绝签收"
		out = append(out, document.Signer{Role: "见证人（签名）", Dated: true})
	}
	return append(out, c.officersToSign("送达人（签名）")...)
}

// ServiceCommission is the 委托（转交）送达函.
type ServiceCommission struct {
	To        string        `json:"to" must:"受委托或者转交的单位"`
	Addressee string        `json:"addressee" must:"受送达人"`
	Kind      string        `json:"kind" must:"委托或者转交"` // 委托, 请转交: set before 你单位
	Reason    string        `json:"reason" must:"直接送达有困难的情况"`
	Basis     string        `json:"basis" must:"委托或者转交的依据"`
	Papers    []ServedPaper `json:"papers" must:"送达的文书"`
}

// ServiceAnnouncement is the 送达公告; Shown is the party's name as it may be published. The reason and the course
// go into the file (民事诉讼法第九十五条第二款).
type ServiceAnnouncement struct {
	Shown  string        `json:"shown" must:"受送达人"`
	Papers []ServedPaper `json:"papers" must:"送达的文书"`
	Reason string        `json:"reason" must:"公告送达的原因 MSSS-95-1"`
	Gist   string        `json:"gist" must:"文书的主要内容"`
	Office string        `json:"office" must:"领取的地点"`
	Rights string        `json:"rights" must:"当事人的权利和期限"`
}
