package serving

import (
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/casework"
	"fadu/internal/casework/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) sendBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	papers, err := casework.Papers(tx, at.Case.ID)
	var options []web.Option
	for _, p := range papers {
		if _, err := sendable(tx, at.Case, p.ID); at.Case.Serves(p.Kind) && p.State == casework.PaperIssued {
			o := web.Option{Value: p.ID.String(), Label: p.Named(), Off: err != nil}
			if err != nil {
				o.Small = "待用印或者正在送达"
			}
			options = append(options, o)
		}
	}
	f := at.Form
	return pages.DeskFields(nil,
		pages.InSelect(f.Field("paper", "文书").Need().Options(options...).Hint("只列出已经出具、还没有送达的文书")),
		pages.InSelect(f.Field("way", "准备用的方式").Need().Options(wayOptions(Announced)...).Propose(string(Direct))),
		pages.InLine(f.Field("at", "送达地点").Max(100).Propose(at.Case.PartyAddress)),
	), err
}

// wayOptions are the ways without those named.
func wayOptions(without ...Way) []web.Option {
	var out []web.Option
	for _, w := range ways {
		o := web.Option{Value: string(w.way), Label: w.label}
		for _, x := range without {
			if x == w.way {
				o.Value = ""
			}
		}
		if o.Value != "" {
			out = append(out, o)
		}
	}
	return out
}

func (s *Service) postSend(q casework.Posted) (string, error) {
	in := SendInput{Paper: casework.PaperID(q.Form.ID("paper", "文书")), Way: Way(q.Form.Text("way", 40)), At: q.Form.Text("at", 100)}
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已出具送达回证", s.Send(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) deliverBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	var options []web.Option
	for _, r := range relations {
		options = append(options, web.Option{Value: string(r.relation), Label: r.label})
	}
	return s.body(func(at casework.FormAt) []pages.DeskField {
		f, today := at.Form, at.Today.String()
		return []pages.DeskField{
			pages.InDay(f.Field("on", "签收日期").Need().Propose(today).Between("", today)),
			pages.InSelect(f.Field("relation", "签收人是").Need().Options(options...).Propose(string(Self))),
			pages.InLine(f.Field("receiver", "签收人姓名").Max(60).Propose(at.Case.PartyName)),
			pages.InLine(f.Field("at", "送达地点").Max(100).Propose(at.Case.PartyAddress)),
			pages.InTick(f.Field("signed", "回证已签名并写明日期")),
			pages.InTick(f.Field("adult", "代收的家属同住并已成年").Note("家属代收的勾选")),
		}
	})(tx, at)
}

func (s *Service) postDeliver(way Way) func(casework.Posted) (string, error) {
	return func(q casework.Posted) (string, error) {
		f := q.Form
		in := DeliverInput{Service: paperOf(q.Of), On: f.Date("on", "签收日期"), At: f.Text("at", 100), Receiver: f.Text("receiver", 60), Relation: Relation(f.Text("relation", 20)), Adult: f.Bool("adult"), Signed: f.Bool("signed")}
		if err := f.Err(); err != nil {
			return "", err
		}
		return "已登记送达", s.Deliver(q.Context(), q.By, q.Case, q.Version, way, in)
	}
}

func (s *Service) leaveBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	return s.body(func(at casework.FormAt) []pages.DeskField {
		f, today := at.Form, at.Today.String()
		return []pages.DeskField{
			pages.InDay(f.Field("on", "留置日期").Need().Propose(today).Between("", today)),
			pages.InLine(f.Field("at", "受送达人的住所").Max(100).Propose(at.Case.PartyAddress)),
			pages.InLong(f.Field("refused", "拒收的情况").Need().Max(300).Rows(2).Hint("谁、在哪里、怎样拒收")),
			pages.InLine(f.Field("witness", "见证人").Max(60).Note("没有见证人的要拍照、录像").Placeholder("姓名，基层组织或者所在单位")),
			pages.InLine(f.Field("film", "拍照、录像编号").Max(60)),
			pages.InTick(f.Field("left", "文书留在了住所")),
		}
	})(tx, at)
}

func (s *Service) postLeave(q casework.Posted) (string, error) {
	f := q.Form
	in := LeaveInput{Service: paperOf(q.Of), On: f.Date("on", "留置日期"), At: f.Text("at", 100), Refused: f.Long("refused", 300), Left: f.Bool("left"), Witness: f.Text("witness", 60), Film: f.Text("film", 60)}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已登记留置送达", s.Leave(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) electronicBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	return s.body(func(at casework.FormAt) []pages.DeskField {
		f, today := at.Form, at.Today.String()
		return []pages.DeskField{
			pages.InDay(f.Field("on", "到达日期").Need().Propose(today).Between("", today)),
			pages.InLine(f.Field("proof", "截屏、录像编号").Need().Max(60)),
		}
	})(tx, at)
}

func (s *Service) postElectronic(q casework.Posted) (string, error) {
	f := q.Form
	in := ElectronicInput{Service: paperOf(q.Of), On: f.Date("on", "到达日期"), Proof: f.Text("proof", 60)}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已登记电子送达", s.Transmit(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) beginBody(way Way) func(*store.Tx, casework.FormAt) (templ.Component, error) {
	return s.body(func(at casework.FormAt) []pages.DeskField {
		f, today := at.Form, at.Today.String()
		out := []pages.DeskField{pages.InDay(f.Field("on", "日期").Need().Propose(today).Between("", today))}
		if way == Posted {
			out = append(out, pages.InLine(f.Field("to", "寄往").Max(100).Propose(at.Case.PartyAddress)), pages.InLine(f.Field("proof", "邮单号").Need().Max(60)))
		} else {
			out = append(out, pages.InLine(f.Field("to", "单位").Need().Max(100)))
		}
		return append(out, pages.InLong(f.Field("reason", "直接送达的困难").Need().Max(300).Rows(2)))
	})
}

func (s *Service) postBegin(way Way) func(casework.Posted) (string, error) {
	return func(q casework.Posted) (string, error) {
		f := q.Form
		in := BeginInput{Service: paperOf(q.Of), On: f.Date("on", "日期"), To: f.Text("to", 100), Reason: f.Long("reason", 300), Proof: f.Text("proof", 60)}
		if err := f.Err(); err != nil {
			return "", err
		}
		return "已登记" + way.Label() + "，等待回执", s.Begin(q.Context(), q.By, q.Case, q.Version, way, in)
	}
}

func (s *Service) arriveBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	return s.body(func(at casework.FormAt) []pages.DeskField {
		f, today := at.Form, at.Today.String()
		return []pages.DeskField{
			pages.InDay(f.Field("on", "收件日期").Need().Between("", today).Hint("回执、回证注明的日期")),
			pages.InLine(f.Field("receiver", "签收人").Need().Max(60)),
			pages.InLine(f.Field("proof", "回执、回证编号").Need().Max(60).Placeholder("或者邮政网站查询的截屏编号")),
		}
	})(tx, at)
}

func (s *Service) postArrive(q casework.Posted) (string, error) {
	f := q.Form
	in := ArriveInput{Service: paperOf(q.Of), On: f.RequiredDate("on", "收件日期"), Receiver: f.Text("receiver", 60), Proof: f.Text("proof", 60)}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已登记签收", s.Arrive(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) failBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	return s.body(func(at casework.FormAt) []pages.DeskField {
		f, today := at.Form, at.Today.String()
		return []pages.DeskField{
			pages.InDay(f.Field("on", "日期").Need().Propose(today).Between("", today)),
			pages.InSelect(f.Field("way", "试过的方式").Options(wayOptions(Announced)...).Note("途中退回的不填")),
			pages.InLong(f.Field("reason", "为什么没有送到").Need().Max(300).Rows(2)),
		}
	})(tx, at)
}

func (s *Service) postFail(q casework.Posted) (string, error) {
	f := q.Form
	in := FailInput{Service: paperOf(q.Of), On: f.Date("on", "日期"), Way: Way(f.Text("way", 40)), Reason: f.Long("reason", 300)}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已登记未送到", s.Fail(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) announceBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	return s.body(func(at casework.FormAt) []pages.DeskField {
		f := at.Form
		return []pages.DeskField{
			pages.InTick(f.Field("missing", "受送达人下落不明").Note("不勾选的，要有直接送达和另一种方式未果的记录")),
			pages.InLine(f.Field("proof", "下落不明的证明").Max(60).Note("已经登记直接送达和另一种方式未果的可以不填").Placeholder("社区、公安、市场监管等证明的编号")),
			pages.InLong(f.Field("reason", "原因和经过").Need().Max(500).Rows(3).Hint("试过哪些方式、哪一天、结果如何；记入案卷")),
			pages.InLine(f.Field("where", "公告的载体").Need().Max(100).Placeholder("本机关网站，并张贴于经营场所")),
			pages.InLine(f.Field("office", "领取的地点").Need().Max(100)),
			pages.InLong(f.Field("gist", "文书的主要内容").Need().Max(500).Rows(2)),
			pages.InLong(f.Field("rights", "当事人的权利和期限").Need().Max(300).Rows(2).Hint("自视为送达之日起算")),
		}
	})(tx, at)
}

func (s *Service) postAnnounce(q casework.Posted) (string, error) {
	f := q.Form
	in := AnnounceInput{Service: paperOf(q.Of), Missing: f.Bool("missing"), Proof: f.Text("proof", 60), Reason: f.Long("reason", 500), Where: f.Text("where", 100), Gist: f.Long("gist", 500), Office: f.Text("office", 100), Rights: f.Long("rights", 300)}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已发出公告", s.Announce(q.Context(), q.By, q.Case, q.Version, in)
}

func (s *Service) dropBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	return s.body(func(at casework.FormAt) []pages.DeskField {
		return []pages.DeskField{pages.InLong(at.Form.Field("why", "不再送达的理由").Need().Max(300).Rows(2))}
	})(tx, at)
}

func (s *Service) postDrop(q casework.Posted) (string, error) {
	return "已不再送达", s.Drop(q.Context(), q.By, q.Case, q.Version, DropInput{Service: paperOf(q.Of), Why: q.Form.Long("why", 300)})
}

// electronicPapers are the papers that a party may agree to receive electronically.
var electronicPapers = []casework.PaperKind{casework.PenaltyNotice, "hearing_right_notice", "penalty_decision", "no_penalty_decision", "demand_notice", "hearing_notice", casework.CorrectionNotice, casework.ChangeDecision, casework.Revocation, casework.CorrectionSlip, casework.PaymentTerms}

func (s *Service) addressBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	held, err := address(tx, at.Case.ID)
	known := web.FieldView.Default
	if held == nil {
		held, known = &Address{Address: at.Case.PartyAddress, Receiver: at.Case.PartyName, Phone: at.Case.PartyPhone}, web.FieldView.Propose
	}
	var options []web.Option
	for _, k := range electronicPapers {
		options = append(options, web.Option{Value: k.Label(), Label: k.Label()})
	}
	f, today := at.Form, at.Today.String()
	return pages.DeskFields(nil,
		pages.InLine(known(f.Field("address", "送达地址").Need().Max(100), held.Address)),
		pages.InLine(known(f.Field("receiver", "收件人").Need().Max(60), held.Receiver)),
		pages.InLine(known(f.Field("phone", "联系电话").Need().Max(40), held.Phone)),
		pages.InDay(f.Field("signed_on", "签署日期").Need().Propose(today).Between("", today)),
		pages.InTick(f.Field("electronic", "同意电子送达")),
		pages.InChecks(f.Field("papers", "可以电子送达的文书").Options(options...)),
		pages.InLine(f.Field("account", "电子送达账号").Max(80).Default(held.Account).Note("同意电子送达的必填")),
		pages.InLine(f.Field("spare", "备用联系方式").Max(80).Default(held.Spare).Note("同意电子送达的必填")),
	), err
}

func (s *Service) postAddress(q casework.Posted) (string, error) {
	f := q.Form
	var known []string
	for _, k := range electronicPapers {
		known = append(known, k.Label())
	}
	in := AddressInput{Address: f.Text("address", 100), Receiver: f.Text("receiver", 60), Phone: f.Text("phone", 40), Electronic: f.Bool("electronic"), Papers: f.Choices("papers", known...), Account: strings.TrimSpace(f.Text("account", 80)), Spare: f.Text("spare", 80), SignedOn: f.Date("signed_on", "签署日期")}
	if err := f.Err(); err != nil {
		return "", err
	}
	return "已登记送达地址确认书", s.ConfirmAddress(q.Context(), q.By, q.Case, q.Version, in)
}
