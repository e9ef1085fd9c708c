package decision

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/decision/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// seats is how many members the form has room for.
const seats = 9

// seatingView is the form of minutes that is being laid out.
type seatingView struct{ pages.DiscussionView }

// seating lays out the form of minutes: who may be a member, how many must come.
func (s *Service) seating(tx *store.Tx, at casework.FormAt) (*seatingView, []access.Holder, error) {
	heads, err := roster(tx)
	if err != nil {
		return nil, nil, err
	}
	least, err := quorum(tx, len(heads))
	if err != nil {
		return nil, nil, err
	}
	v := &seatingView{pages.DiscussionView{Form: at.Form, Today: at.Today.String(), Least: "按发言先后填写，本局正副职负责人 " + strconv.Itoa(len(heads)) + " 人，至少 " + strconv.FormatInt(least, 10) + " 人到会", Values: map[string]string{"on": at.Today.String(), "dissent": "无"}}}
	v.Heads, v.Votes = []web.Option{{Label: "（空）"}}, []web.Option{{Label: "（空）"}}
	for _, h := range heads {
		v.Heads = append(v.Heads, web.Option{Value: strconv.FormatInt(int64(h.Account), 10), Label: h.Name + "（" + headPosts[h.Role] + "）"})
	}
	for _, k := range []string{VoteFor, VoteAgainst, VoteAbstain} {
		v.Votes = append(v.Votes, web.Option{Value: k, Label: voteLabels[k]})
	}
	return v, heads, nil
}

// seat makes a place for each head, with what was recorded before.
func (v *seatingView) seat(heads int, was []DiscussionMember) {
	for i := range min(seats, max(heads, len(was))) {
		row := pages.MemberRow{Label: strconv.Itoa(i + 1)}
		if i < len(was) {
			row.Member, row.Says, row.Vote = was[i].Account, was[i].Says, was[i].Vote
		}
		v.Rows = append(v.Rows, row)
	}
}

func (s *Service) discussionBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	v, heads, err := s.seating(tx, at)
	if err != nil {
		return nil, err
	}
	was, err := s.minuted(tx, at.Case, &v.DiscussionView)
	v.seat(len(heads), was)
	return pages.Discussion(v.DiscussionView), err
}

// minuted fills in what the last minutes said, or what the draft proposes.
func (s *Service) minuted(tx *store.Tx, c *casework.Case, v *pages.DiscussionView) ([]DiscussionMember, error) {
	d, err := minutes(tx, c.ID)
	if err != nil {
		return nil, err
	}
	if d == nil {
		_, in, err := last(tx, c.ID)
		v.Values["report"], v.Values["result"] = in.Facts, in.says()
		return nil, err
	}
	var in DiscussionInput
	if err := json.Unmarshal([]byte(d.Content), &in); err != nil {
		return nil, err
	}
	v.Values = in.values()
	return in.Members, nil
}

// values are the minutes as the form shows them again.
func (in DiscussionInput) values() map[string]string {
	var guests []string
	for _, g := range in.Guests {
		guests = append(guests, g.Name+"｜"+g.Post)
	}
	return map[string]string{
		"on": in.On.String(), "from": in.From, "until": in.Until, "at": in.At, "host": in.Host, "recorder": in.Recorder, "report": in.Report, "read": strings.Join(in.Read, "\n"),
		"result": in.Result, "dissent": in.Dissent, "agreed": tick(in.Agreed), "guests": strings.Join(guests, "\n"),
	}
}

// discussionOf reads minutes off their form.
func discussionOf(q casework.Posted) DiscussionInput {
	f := q.Form
	in := DiscussionInput{
		On: f.Date("on", "讨论日期"), From: f.Text("from", 20), Until: f.Text("until", 20), At: f.Text("at", 100), Host: f.Text("host", 30), Recorder: f.Text("recorder", 30),
		Report: f.Long("report", 4000), Read: lines(f.RowText("read", "｜", 1000)), Result: f.Long("result", 1000), Agreed: f.Bool("agreed"), Dissent: f.Long("dissent", 1000),
	}
	for i := range seats {
		n := strconv.Itoa(i + 1)
		if account := f.Text("member"+n, 20); account != "" {
			in.Members = append(in.Members, DiscussionMember{Account: account, Says: f.Long("says"+n, 1000), Vote: f.Text("vote"+n, 10)})
		}
	}
	for _, l := range lines(f.RowText("guests", "｜", 500)) {
		p := parts(l, 2)
		in.Guests = append(in.Guests, DiscussionGuest{Name: p[0], Post: p[1]})
	}
	return in
}

func (s *Service) postDiscussion(q casework.Posted) (string, error) {
	in := discussionOf(q)
	if err := q.Form.Err(); err != nil {
		return "", err
	}
	return "已记录讨论，请参加的负责人签名", s.Record(q.Context(), q.By, q.Case, q.Version, in)
}

// minutesBody shows the minutes before they are signed or concluded.
func (s *Service) minutesBody(tx *store.Tx, at casework.FormAt) (templ.Component, error) {
	facts, err := s.proposed(tx, at.Case)
	if err != nil {
		return nil, err
	}
	d, err := minutes(tx, at.Case.ID)
	if err != nil || d == nil {
		return pages.Text(pages.TextView{Form: at.Form, Facts: at.Facts(facts)}), err
	}
	return pages.Text(pages.TextView{Form: at.Form, Facts: at.Facts(append(facts, spoken(d, at.By.Account())...))}), nil
}

// spoken shows what each said, how each voted, and who has signed.
func spoken(d *Discussion, me access.AccountID) []web.FactView {
	var facts []web.FactView
	for _, o := range d.Opinions {
		text := o.Says
		if o.Vote != "" {
			text = voteLabels[o.Vote] + "。" + text
		}
		if o.Account != 0 && o.Account == me {
			text += "（你的意见）"
		}
		facts = append(facts, web.FactView{Label: o.Name + "（" + o.Post + "）", Text: text + signedMark(d, o.Account)})
	}
	return facts
}

func signedMark(d *Discussion, a access.AccountID) string {
	if a == 0 {
		return ""
	}
	if d.Signed[a] {
		return " · 已签名"
	}
	return " · 未签名"
}

func tick(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func joined(names []string) string { return strings.Join(names, "、") }
