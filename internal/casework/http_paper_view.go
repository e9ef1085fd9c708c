package casework

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/document"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// paperPage fills a paper's page.
type paperPage struct {
	*PaperView
	s     *Service
	by    access.Session
	now   time.Time
	today law.Date
	back  paperForms
}

var paperTags = map[PaperState]string{PaperRendering: "blue", PaperIssued: "soon", PaperDelivered: "ok", PaperVoid: "line", PaperRevoked: "late"}

func (v *paperPage) page() (pages.PaperView, error) {
	p := v.Paper
	sheet, err := v.sheet()
	if err != nil {
		return pages.PaperView{}, err
	}
	out := pages.PaperView{
		Title: v.Content.titled(), Number: p.DocNo, Meta: p.DocNo + " · " + p.Dated.Han(), Sheet: sheet, CaseHref: v.Case.URL(),
		Crumb: []web.Link{{Label: "案件", Href: pages.NavCases}, {Label: v.caseTitle(), Href: v.Case.URL()}, {Label: v.Content.titled()}},
		State: web.TagView{Label: v.stateText(), Kind: paperTags[p.State]}, Notices: v.notices(), Signatures: v.signatureRows(), Seal: v.seal(), Delivery: v.delivery(), Related: v.related(), Verify: v.verify(),
	}
	if p.Digest != "" {
		out.PreviewHref = p.ID.URL() + "/pdf"
	}
	if p.SignedDigest != "" {
		out.SignedHref = p.ID.URL() + "/signed"
	}
	v.print(&out)
	v.elements(&out)
	if p.State == PaperRendering {
		out.Refresh = 5
		if v.may(access.CaseHandle) {
			out.Retry = p.ID.URL() + "/retry"
		}
	}
	if p.State == PaperIssued && p.SealedAt == 0 && v.may(access.CaseFile) {
		out.SealAction = p.ID.URL() + "/seal"
	}
	out.Sign = v.sign()
	out.HandOver = v.handOver()
	return out, nil
}

// may reports whether the person holds the permission for this paper's records.
func (v *paperPage) may(p access.Permission) bool {
	return v.by.ScopeFor(p).CoversLevels(v.Paper.Levels)
}

func (v *paperPage) caseTitle() string {
	if v.Paper.Kind == OnSpotDecision {
		return v.Paper.DocNo
	}
	if v.About != nil {
		return v.About.DocNo
	}
	return v.Case.leadTitle()
}

// stateText is the state in one word; a paper that only waits for its seal says so.
func (v *paperPage) stateText() string {
	if v.Paper.State == PaperIssued && v.Paper.SealedAt == 0 && v.Paper.Kind != EducationRecord {
		return "待用印"
	}
	if v.Paper.State == PaperDelivered && v.changedBy() != "" {
		return "已变更"
	}
	return v.Paper.State.Label()
}

// changedBy lists the numbers of the decisions that changed this one; "" when none did.
func (v *paperPage) changedBy() string {
	var out []string
	for _, p := range v.Later {
		if p.Kind == ChangeDecision && (p.State == PaperIssued || p.State == PaperDelivered) {
			out = append(out, p.DocNo)
		}
	}
	return strings.Join(out, "、")
}

func (v *paperPage) notices() []pages.NoteView {
	p := v.Paper
	var out []pages.NoteView
	if v.back.problem != "" {
		out = append(out, pages.NoteView{Kind: "late", Title: "没有办成：", Text: v.back.problem})
	}
	switch p.State {
	case PaperRendering:
		out = append(out, pages.NoteView{Title: "正在出具", Text: "编号已经取得，文件正在生成，几秒后自动刷新。中断了的，后台会接着做，也可以现在重新出具，编号和内容不变。"})
	case PaperVoid:
		out = append(out, pages.NoteView{Kind: "late", Title: "已作废：", Text: p.EndedWhy + "。编号保留，不再使用。"})
	case PaperRevoked:
		out = append(out, pages.NoteView{Kind: "late", Title: "已撤销：", Text: p.EndedWhy + "。", Cite: law.Citations{xzcf(75, 2)}})
	}
	if by := v.changedBy(); by != "" && p.State == PaperDelivered {
		out = append(out, pages.NoteView{Kind: "soon", Title: "已变更：", Text: "处罚内容以 " + by + " 为准。编号保留。", Cite: law.Citations{xzcf(75, 2)}})
	}
	if p.HandFill != "" {
		out = append(out, pages.NoteView{Kind: "soon", Title: "有字要手填：", Text: fmt.Sprintf("字库里没有“%s”，打印后在方框里手写，再交当事人核对。", p.HandFill)})
	}
	return out
}

func (v *paperPage) print(out *pages.PaperView) {
	p := v.Paper
	if p.Booklet != 0 {
		v.printTranscript(out)
		return
	}
	if p.Digest == "" {
		return
	}
	out.PrintNote = fmt.Sprintf("已打印 %d 次。第一次是正本，以后的标“副本”；每次都入办案留痕。", p.Prints)
	out.SlipHref = p.ID.URL() + "/slip"
	if !v.may(access.PaperPrint) {
		return
	}
	out.Copy = p.ID.URL() + "/docx"
	out.Print, out.PrintLabel = p.ID.URL()+"/print", "打印副本"
	if p.Prints == 0 && v.changedBy() == "" && (p.State == PaperIssued || p.State == PaperDelivered) {
		out.PrintLabel = "打印正本"
	}
}

// printTranscript offers the copy for the file of a hand-written paper: there is no original to print.
func (v *paperPage) printTranscript(out *pages.PaperView) {
	p := v.Paper
	out.Notices = append(out.Notices, pages.NoteView{Kind: "soon", Title: "手工文书，补录：", Text: "正本是编号相同的纸质文书，系统不再印第二份。能打印的是存档用的转录页，附纸质文书的照片。", Exit: web.Link{Label: "看补录和照片", Href: (BookletNumber{Booklet: p.Booklet, Number: p.Number}).URL()}})
	if p.SignedDigest != "" && v.may(access.PaperPrint) {
		out.Print, out.PrintLabel = p.ID.URL()+"/print", "打印存根（转录页）"
		out.PrintNote = fmt.Sprintf("已打印 %d 次；每次都入办案留痕。", p.Prints)
	}
}

// elements are what the law wants on the decision; other papers have no such list.
func (v *paperPage) elements(out *pages.PaperView) {
	if v.Paper.Kind != OnSpotDecision {
		return
	}
	lacks := 0
	for _, e := range v.Content.Elements() {
		out.Elements = append(out.Elements, pages.TickView{Label: e.Name, Small: e.Says, Done: e.Has})
		if !e.Has {
			lacks++
		}
	}
	out.ElementsCite = law.Citations{xzcf(52, 2)}
	out.ElementsTag = web.TagView{Label: fmt.Sprintf("%d 项齐全", len(out.Elements)), Kind: "ok"}
	if lacks > 0 {
		out.ElementsTag = web.TagView{Label: fmt.Sprintf("%d 项缺 %d 项", len(out.Elements), lacks), Kind: "late"}
	}
}

func (v *paperPage) seal() []web.FactView {
	p := v.Paper
	text := "待用印"
	switch {
	case p.SealedAt != 0 && p.SealedAt == p.CreatedAt:
		text = "预先盖章的号段"
	case p.SealedAt != 0:
		text = clock(store.FromMicros(p.SealedAt), v.today)
	case p.Kind == EducationRecord:
		text = "不用印"
	case p.State == PaperVoid:
		text = "没有用印"
	}
	return []web.FactView{{Label: "用印", Text: text}}
}

func (v *paperPage) delivery() []web.FactView {
	p := v.Paper
	if p.State == PaperVoid {
		return []web.FactView{{Label: "交付", Text: "没有交付"}}
	}
	if p.DeliveredAt == 0 {
		out := []web.FactView{{Label: "交付", Text: "还没有"}}
		if p.Kind == OnSpotDecision && p.State == PaperIssued && v.may(access.CaseHandle) {
			out = append(out, web.FactView{Label: "办理", Text: "登记当场交付", Href: v.Case.URL() + "?step=deliver"})
		}
		return out
	}
	out := []web.FactView{{Label: "交付", Text: clock(store.FromMicros(p.DeliveredAt), v.today)}}
	if p.Kind == OnSpotDecision && p.SignedDigest == "" {
		out = append(out, web.FactView{Label: "存根", Text: "正在生成"})
	}
	return out
}

// related are the papers that this one is about, or that are about it.
func (v *paperPage) related() []web.FileView {
	var out []web.FileView
	add := func(p Paper) {
		out = append(out, web.FileView{Label: p.DocNo, Href: p.ID.URL(), Small: p.Kind.Label(), Tag: web.TagView{Label: p.State.Label(), Kind: paperTags[p.State]}})
	}
	if v.About != nil {
		add(*v.About)
		if v.Paper.Kind == ChangeDecision && v.About.State == PaperDelivered && v.Paper.State != PaperVoid {
			out[0].Tag = web.TagView{Label: "已变更", Kind: "soon"}
		}
	}
	for _, p := range v.Later {
		add(p)
	}
	return out
}

func (v *paperPage) verify() []web.FactView {
	return []web.FactView{{Label: "验证码", Text: document.GroupCode(v.Paper.Code), Href: verifyPath(v.Paper.Code)}}
}

// signatureRows are the signatures that a paper takes here, made or missing; others are made in ink.
func (v *paperPage) signatureRows() []web.FileView {
	if len(v.Lines) == 0 {
		return []web.FileView{{Label: "签名", Mute: "签在纸上"}}
	}
	if v.Paper.State == PaperVoid && len(v.Signatures) == 0 {
		return nil
	}
	var out []web.FileView
	for _, row := range v.signRows() {
		out = append(out, web.FileView{Label: strings.TrimSpace(row.Role + " " + row.Name), Tag: row.Tag, Small: row.Small})
	}
	return out
}

func (v *paperPage) signRows() []pages.SignRow {
	made := map[SignatureRole]Signature{}
	for _, sg := range v.Signatures {
		made[sg.Role] = sg
	}
	var out []pages.SignRow
	for _, l := range v.Lines {
		row := pages.SignRow{Role: l.Label, Name: l.Name, Tag: web.TagView{Label: "没有签", Kind: "soon"}}
		if sg, ok := made[l.Role]; ok {
			row.Tag, row.Small = web.TagView{Label: signMethods[sg.Method], Kind: "ok"}, joinDot(clock(store.FromMicros(sg.At), v.today), sg.Note)
			if sg.Method == "refused" {
				row.Tag.Kind = "line"
			}
		} else if l.Role != SignParty {
			row.Small = "用本人账号签"
		}
		out = append(out, row)
	}
	return out
}

// sign is the form for the signature that this person may take now: the own one first, then the party's.
func (v *paperPage) sign() *pages.SignView {
	p := v.Paper
	if len(v.Lines) == 0 || p.State != PaperIssued || v.Mine == "" || !v.may(access.CaseHandle) {
		return nil
	}
	if v.Case.ordinary() && !slices.ContainsFunc(v.Choices, func(ch Choice) bool { return ch.Act == "sign" && ch.Of == "" }) {
		return nil
	}
	left := unsigned(v.Lines, v.Signatures)
	line, ok := lineOf(left, v.Mine)
	if !ok || v.back.sign != nil && v.back.sign.Value("role") == string(SignParty) {
		line, ok = lineOf(left, SignParty)
	}
	if !ok {
		return nil
	}
	f := pages.StepForm{
		Title: "签名", Explain: "两名执法人员各用自己的账号签名，不能代签；当事人签名，或者注明拒绝签名。", Cite: law.Citations{xzcf(52)},
		Action: p.ID.URL() + "/sign", Submit: "签名", Multipart: true, Version: p.Version, Form: v.back.sign,
	}
	if _, party := lineOf(v.Lines, SignParty); !party {
		f.Explain = "两名执法人员各用自己的账号签名，不能代签。"
	}
	if _, ordinary := FormOf(p.Kind); ordinary {
		f.Cite = law.Citations{xzcf(55, 2), mohurd(17)}
	}
	if v.back.sign != nil && v.back.sign.Refused() != nil {
		refusal := web.RefusalOf(v.back.sign.Refused())
		f.Refusal = &refusal
	}
	return &pages.SignView{StepForm: f, Rows: v.signRows(), Role: string(line.Role), RoleLabel: line.Label + "签名", Party: line.Role == SignParty}
}

// handOver is the form that registers the delivery of a paper other than the decision.
func (v *paperPage) handOver() *pages.HandOverView {
	p := v.Paper
	if v.Case.ordinary() && v.Case.Serves(p.Kind) { // its page is the case's: 送达文书
		return nil
	}
	if p.Kind == OnSpotDecision || p.State != PaperIssued || !v.may(access.CaseHandle) {
		return nil
	}
	ways := []string{HandedDirect, HandedOther}
	if p.Kind == ParkingNotice {
		ways = []string{HandedPlaced, HandedDirect, HandedOther}
	}
	out := &pages.HandOverView{Action: p.ID.URL() + "/delivery", Form: v.back.hand, Now: timeInput(v.now.Truncate(time.Minute)), Ways: options(ways, handLabels)}
	if p.SealedAt == 0 && p.Kind != EducationRecord {
		out.Why = "先登记用印，再交付"
	}
	return out
}
