package casework

import (
	"fmt"
	"io"
	"time"

	"github.com/a-h/templ"

	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// paperFlash says what was done and leads to the paper that came of it.
func paperFlash(text string, id PaperID) web.Flash {
	if id == 0 {
		return web.Flash{Text: text}
	}
	return web.Flash{Text: text, Href: "/w/papers/" + id.String(), Link: "打开文书"}
}

func (s *Service) postDecision(q posted) (web.Flash, error) {
	id, err := s.Decide(q.Context(), q.by, q.id, q.version)
	return paperFlash("已作出决定，文书已取号", id), err
}

func (s *Service) postNotice(q posted) (web.Flash, error) {
	f := q.form
	kind := PaperKind(f.Text("kind", 30))
	fields := map[string]string{}
	put := func(name, value string) {
		if value != "" {
			fields[name] = value
		}
	}
	switch kind {
	case CorrectionNotice:
		if d := f.Date("due", "改正期限"); !d.IsZero() {
			put("due", d.Han())
		}
		put("demand", f.Text("demand", 200))
	case InquiryNotice:
		if t := f.RequiredTime("when", "询问时间"); !t.IsZero() {
			put("when", t.Format("2006年1月2日15时04分"))
		}
		put("where", f.Required("inquiry_where", "询问地点", 100))
		put("bring", f.Text("bring", 200))
	case ParkingNotice:
		put("plate", f.Required("plate", "车牌号", 20))
		put("where", f.Required("where", "处理的地点", 100))
	}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	id, err := s.OrderPaper(q.Context(), q.by, q.id, q.version, kind, fields)
	return paperFlash("已出具"+kind.Label(), id), err
}

func (s *Service) postSignature(q posted) (web.Flash, error) {
	f := q.form
	in := SignInput{Role: SignatureRole(f.Text("role", 10)), Method: f.Text("method", 10), Note: f.Long("note", 500)}
	files := f.Files("signature", "签名", 1, signatureBytes, "image/png", "image/jpeg")
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	p, err := s.decisionOf(q)
	if err != nil {
		return web.Flash{}, err
	}
	var image io.Reader
	if in.Method == "drawn" && len(files) == 1 {
		body, err := files[0].Open()
		if err != nil {
			return web.Flash{}, fmt.Errorf("casework: signature under %s: %w", p.ID, err)
		}
		defer body.Close()
		image = body
	}
	return web.Flash{Text: "已签名：" + in.Role.Label()}, s.Sign(q.Context(), q.by, p.ID, in, image)
}

func (s *Service) postSeal(q posted) (web.Flash, error) {
	p, err := s.decisionOf(q)
	if err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已登记用印"}, s.Seal(q.Context(), q.by, p.ID)
}

// decisionOf finds the decision of the posted form's case, which must stand as the person saw it.
func (s *Service) decisionOf(q posted) (*Paper, error) {
	f, err := s.View(q.Context(), q.by, q.id)
	if err != nil {
		return nil, err
	}
	if f.Decision == nil {
		return nil, fault.New(fault.Conflict, "这个案件现在没有决定书")
	}
	return f.Decision, nil
}

func (s *Service) postVoid(q posted) (web.Flash, error) {
	why := q.form.Long("why", 500)
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已作废，编号保留不再用；改好后重新作出决定"}, s.VoidPaper(q.Context(), q.by, q.id, q.version, why)
}

func (s *Service) postDelivery(q posted) (web.Flash, error) {
	at := q.form.Time("at", "交付时间")
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已交付，备案和缴款期限开始计算"}, s.Deliver(q.Context(), q.by, q.id, q.version, DeliverInput{At: at})
}

func (v *caseView) decideBody() templ.Component {
	f := v.frame("decide", "decision", "当场作出处罚决定", "作出决定，出具文书")
	f.Explain, f.Cite = "事实确凿、有法定依据，对公民 200 元以下、对单位 3,000 元以下罚款或者警告的，可以当场作出。决定书取号后编号不能收回。", law.Citations{xzcf(51), xzcf(52)}
	f.Facts = append(partyRecord(v.Case.Party), v.penaltyRecord()...)
	if v.Decision != nil {
		f.Title = v.Decision.DocNo
		f.Facts = append([]web.FactView{{Label: "决定书", Text: v.Decision.DocNo, Href: "/w/papers/" + v.Decision.ID.String()}, {Label: "决定日", Text: v.Decision.Dated.Han()}}, f.Facts...)
	}
	return pages.Decide(f)
}

// issuingBody waits for the paper.
func (v *caseView) issuingBody() templ.Component {
	return pages.Record(pages.StepForm{Title: "文书出具中", Locked: "编号已经取好，文书正在生成。", Facts: v.penaltyRecord()})
}

// signer is whose signature this person can take now: its own first, then the party's; "" when none.
func (v *caseView) signer() SignatureRole {
	made, own := v.signatureBy(), v.ownRole()
	party := made[SignParty] == nil
	if v.step == "sign_party" && party {
		return SignParty
	}
	if own != "" && made[own] == nil {
		return own
	}
	if party {
		return SignParty
	}
	return ""
}

// ownRole is as whom this person signs, or "".
func (v *caseView) ownRole() SignatureRole {
	switch v.by.Person() {
	case 0:
	case v.Case.Lead:
		return SignLead
	case v.Case.Assist:
		return SignAssist
	}
	return ""
}

func (v *caseView) signatureBy() map[SignatureRole]*Signature {
	out := map[SignatureRole]*Signature{}
	for i := range v.Signatures {
		out[v.Signatures[i].Role] = &v.Signatures[i]
	}
	return out
}

func (v *caseView) signBody() templ.Component {
	f := v.frame("sign", "signatures", "签名", "签名")
	f.Explain, f.Cite = "两名执法人员各用自己的账号签名，不能代签；当事人签名，或者注明拒绝签名。", law.Citations{xzcf(52)}
	f.Multipart = true
	out := pages.SignView{StepForm: f, Rows: v.signRows()}
	if v.Decision == nil || f.Locked != "" || f.Over {
		return pages.Sign(out)
	}
	if v.form != nil && v.form.Value("role") == string(SignParty) {
		v.step = "sign_party"
	}
	role := v.signer()
	out.Role, out.RoleLabel, out.Party = string(role), role.Label()+"签名", role == SignParty
	if role == "" {
		out.Locked = "您在这里没有要签的；还缺的签名由本人登录后签。"
		if v.signed() == 3 {
			out.Locked = "三方签名都已办好，接着交付。"
		}
	}
	return pages.Sign(out)
}

// signRows are the three signatures, made or missing.
func (v *caseView) signRows() []pages.SignRow {
	made := v.signatureBy()
	names := map[SignatureRole]string{SignLead: v.names[v.Case.Lead], SignAssist: v.names[v.Case.Assist], SignParty: v.Case.PartyName}
	var out []pages.SignRow
	for _, role := range []SignatureRole{SignLead, SignAssist, SignParty} {
		row := pages.SignRow{Role: role.Label(), Name: names[role], Tag: web.TagView{Label: "没有签", Kind: "soon"}}
		if sg := made[role]; sg != nil {
			row.Tag = web.TagView{Label: signMethods[sg.Method], Kind: "ok"}
			row.Small = joinDot(clock(store.FromMicros(sg.At), v.today), sg.Note)
			if sg.Method == "refused" {
				row.Tag.Kind = "line"
			}
		} else if role == SignParty {
			row.Href, row.Small = v.href("sign_party"), "可以在本机手写、签在纸上，或者注明拒绝"
		} else if row.Small = "要" + names[role] + "用本人账号签"; role == v.ownRole() {
			row.Small = "请在下面签名"
		}
		out = append(out, row)
	}
	return out
}

func (v *caseView) sealBody() templ.Component {
	f := v.frame("sign", "seal", "用印", "登记用印")
	f.Explain = "打印的决定书盖章后登记；没有登记用印的不能交付。系统不存放印章图样。"
	f.Lacks, f.Met = nil, nil
	switch {
	case v.Decision == nil:
		f.Locked = "还没有决定书。"
	case v.Decision.SealedAt != 0:
		f.Locked = "已登记用印：" + clock(store.FromMicros(v.Decision.SealedAt), v.today)
	case !v.maySeal():
		f.Locked = "用印由内勤登记。"
	case v.Case.State == Issued:
		f.Locked = ""
	}
	return pages.Decide(f)
}

func (v *caseView) voidBody() templ.Component {
	f := v.frame("void_paper", "void", "作废决定书", "作废，回到现场办理")
	f.Class = "danger"
	f.Explain, f.Cite = "只在交付以前。编号保留、不再使用，连同原因留在号段里；签过的名也随之作废。", law.Citations{xzcf(75, 2)}
	if v.Decision != nil {
		f.Facts = []web.FactView{{Label: "决定书", Text: v.Decision.DocNo}}
	}
	return pages.Reason(pages.WhyView{StepForm: f, Label: "作废的原因"})
}

func (v *caseView) deliverBody() templ.Component {
	f := v.frame("deliver", "delivery", "交付决定书", "已当场交付")
	f.Explain, f.Cite = "当场交付当事人。交付后不能作废，只能补正、更正，或者撤销；备案、缴款、复议的期限从交付起算。", law.Citations{xzcf(52)}
	if c := v.Case; c.DeliveredAt != 0 {
		f.Facts = []web.FactView{{Label: "交付时间", Text: clock(c.Delivered(), v.today)}}
	}
	return pages.Moment(pages.TimeView{StepForm: f, Name: "at", Label: "交付时间", Now: timeInput(v.now.Truncate(time.Minute))})
}

func (v *caseView) orderBody() templ.Component {
	f := v.frame("order_paper", "notices", "出具通知", "出具并取号")
	f.Explain = "可以在现场打印的通知。内容取自线索和当事人，出具后取号，不影响后面的办理。"
	return pages.Order(pages.OrderView{StepForm: f, Kinds: options([]PaperKind{CorrectionNotice, InquiryNotice, ParkingNotice}, paperLabels), Today: v.today.String(), Where: v.Unit.Name})
}
