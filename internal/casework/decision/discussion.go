package decision

import (
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/setting"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Discussion is the minutes of a collective discussion (集体讨论). Rows are only added; the last one counts.
type Discussion struct {
	bun.BaseModel `bun:"table:discussion,alias:di"`

	ID    int64           `bun:"id,pk"`
	Case  casework.CaseID `bun:"case_id"`
	Entry int64           `bun:"entry_id"`
	// Draft is what was discussed; a later draft was not.
	Draft int64    `bun:"draft_id"`
	On    law.Date `bun:"held_on"`
	// Roster is how many heads the bureau had, Quorum how many must be present.
	Roster     int64      `bun:"roster"`
	Quorum     int64      `bun:"quorum"`
	Agreed     store.Flag `bun:"agreed"`
	Content    string     `bun:"content"` // DiscussionInput as JSON
	RecordedAt int64      `bun:"recorded_at"`

	Opinions []Opinion                 `bun:"-"`
	Signed   map[access.AccountID]bool `bun:"-"`
}

// Opinion is what one of those present said, in the order of speaking.
type Opinion struct {
	bun.BaseModel `bun:"table:discussion_opinion,alias:dio"`

	ID         int64           `bun:"id,pk"`
	Case       casework.CaseID `bun:"case_id"`
	Entry      int64           `bun:"entry_id"`
	Discussion int64           `bun:"discussion_id"`
	Spoke      int64           `bun:"spoke"`
	// Account is 0 for guests, who do not decide.
	Account access.AccountID `bun:"account"`
	Name    string           `bun:"name"`
	Post    string           `bun:"post"`
	Chief   store.Flag       `bun:"chief"`
	Says    string           `bun:"says"`
	Vote    string           `bun:"vote"` // for, against, abstain; empty for guests
}

// Signature is a member's signature under the minutes, made under the member's own account.
type Signature struct {
	bun.BaseModel `bun:"table:discussion_signature,alias:dis"`

	ID         int64            `bun:"id,pk"`
	Case       casework.CaseID  `bun:"case_id"`
	Entry      int64            `bun:"entry_id"`
	Discussion int64            `bun:"discussion_id"`
	Account    access.AccountID `bun:"account"`
	At         int64            `bun:"signed_at"`
}

// The votes.
const (
	VoteFor     = "for"
	VoteAgainst = "against"
	VoteAbstain = "abstain"
)

var voteLabels = map[string]string{VoteFor: "同意", VoteAgainst: "不同意", VoteAbstain: "弃权"}

// DiscussionMember is a head who took part, by account, in the order of speaking.
type DiscussionMember struct {
	Account string `json:"account" doc:"账号的编号"`
	Says    string `json:"says" doc:"意见"`
	Vote    string `json:"vote" doc:"for 同意、against 不同意、abstain 弃权"`
}

// DiscussionGuest attends without deciding: the handling officers, the legal section, discipline inspection.
type DiscussionGuest struct {
	Name string `json:"name" doc:"姓名"`
	Post string `json:"post" doc:"职务"`
	Says string `json:"says,omitempty" doc:"说明的情况"`
	Vote string `json:"vote,omitempty" doc:"列席人员不参加表决，应为空"`
}

// DiscussionInput are the minutes of a collective discussion.
type DiscussionInput struct {
	On       law.Date           `json:"on" doc:"讨论日期"`
	From     string             `json:"from" doc:"开始时间，例如 9时00分"`
	Until    string             `json:"until" doc:"结束时间"`
	At       string             `json:"at" doc:"地点"`
	Host     string             `json:"host" doc:"主持人"`
	Recorder string             `json:"recorder" doc:"记录人"`
	Members  []DiscussionMember `json:"members" doc:"参加讨论的负责人，按发言的先后"`
	Guests   []DiscussionGuest  `json:"guests,omitempty" doc:"列席人员"`
	Report   string             `json:"report" doc:"汇报的案情"`
	Read     []string           `json:"read" doc:"宣读的材料"`
	Result   string             `json:"result" doc:"讨论决定"`
	Agreed   bool               `json:"agreed" doc:"同意拟作的决定；讨论再次延长的，同意延长"`
	Dissent  string             `json:"dissent" doc:"不同意见，没有的写无"`
}

func (in DiscussionInput) check(drawn, today law.Date) error {
	var fs fault.Fields
	in.faults(&fs)
	posts := make([]string, len(in.Guests))
	for i, g := range in.Guests {
		posts[i] = g.Post
	}
	if missing := casework.GuestsLacking(posts); len(missing) > 0 {
		fs.Add("guests", "请写明列席的%s人员和职务：承办说明案情，法制说明审核意见，列席不表决", strings.Join(missing, "、"))
	}
	if in.On.IsZero() || in.On.After(today) || in.On.Before(drawn) {
		fs.Add("on", "讨论的是%s拟定的处理决定，讨论日期在这一天以后、今天以前", drawn.Han())
	}
	return fs.Err()
}

// faults adds what any minutes want, whatever was discussed.
func (in DiscussionInput) faults(fs *fault.Fields) {
	for _, h := range []struct{ field, value, message string }{
		{"from", in.From, "请填写开始时间"},
		{"until", in.Until, "请填写结束时间"},
		{"at", in.At, "请填写地点"},
		{"host", in.Host, "请填写主持人"},
		{"recorder", in.Recorder, "请填写记录人"},
		{"report", in.Report, "请写明汇报的案情"},
		{"result", in.Result, "请写明讨论决定"},
		{"dissent", in.Dissent, "请记载不同意见，没有的写“无”"},
	} {
		if strings.TrimSpace(h.value) == "" {
			fs.Add(h.field, "%s", h.message)
		}
	}
	if len(in.Read) == 0 {
		fs.Add("read", "请写明宣读了哪些材料，一行一项")
	}
	if len(in.Members) == 0 {
		fs.Add("member1", "请选择参加讨论的负责人")
	}
	seen, votes := map[int64]bool{}, 0
	for i, m := range in.Members {
		n := strconv.Itoa(i + 1)
		id, _ := store.ParseID(m.Account) // who cannot be read is refused as no head
		if seen[id] {
			fs.Add("member"+n, "同一个人写了两次")
		}
		if voteLabels[m.Vote] == "" {
			fs.Add("vote"+n, "请选择表决意见")
		}
		seen[id] = true
		if m.Vote == VoteFor {
			votes++
		}
	}
	if in.Agreed && 2*votes <= len(in.Members) {
		fs.Add("agreed", "到会 %d 名负责人，同意的 %d 名，没有过半数，不能记为同意", len(in.Members), votes)
	}
	if !in.Agreed && 2*votes > len(in.Members) {
		fs.Add("agreed", "到会 %d 名负责人，同意的 %d 名，已过半数，应当记为同意", len(in.Members), votes)
	}
}

// QuorumSetting is how many heads must be present; no statute says.
var QuorumSetting = setting.Item{
	Key: "casework.quorum", Group: "普通程序", Label: "集体讨论最少到会的负责人人数", Cite: law.Citations{law.Cite("XZCF", 57, 2)}, Source: "本局重大行政处罚案件集体讨论规则", Example: "3",
	Help: "法律没有规定集体讨论的最少人数。不填的，按本局正副职负责人的半数以上，不少于两人。",
	Check: func(v string) string {
		if n, err := strconv.Atoi(v); v != "" && (err != nil || n < 2 || n > 50) {
			return "请填 2 至 50 的人数，或者不填"
		}
		return ""
	},
}

// Settings are what this desk leaves to the bureau.
var Settings = []setting.Item{QuorumSetting, ChannelSetting}

// quorum is how many of the roster must be present.
func quorum(tx *store.Tx, roster int) (int64, error) {
	v, err := setting.Value(tx, QuorumSetting)
	if n, bad := strconv.Atoi(v); err == nil && bad == nil {
		return int64(n), nil
	}
	return int64(max(2, roster/2+1)), err
}

// roster are the heads of the bureau, the chief last.
func roster(tx *store.Tx) ([]access.Holder, error) {
	return access.Holders(tx, access.DeputyHead, access.BureauHead)
}

// sitting are the heads who may discuss the case: those of the roster who need not keep away. Where the chief has to, whoever speaks last presides.
func (s *Service) sitting(tx *store.Tx, c *casework.Case) ([]access.Holder, error) {
	all, err := roster(tx)
	if err != nil {
		return nil, err
	}
	out, err := s.withdrawn(tx, c)
	return slices.DeleteFunc(all, func(h access.Holder) bool { return out[h.Person] }), err
}

var headPosts = map[access.Role]string{access.BureauHead: "主要负责人", access.DeputyHead: "分管负责人"}

// members are those who decide.
func (d *Discussion) members() []Opinion {
	var out []Opinion
	for _, o := range d.Opinions {
		if o.Account != 0 {
			out = append(out, o)
		}
	}
	return out
}

// unsigned are the members who have not signed the minutes yet.
func (d *Discussion) unsigned() []string {
	var out []string
	for _, o := range d.members() {
		if !d.Signed[o.Account] {
			out = append(out, o.Name)
		}
	}
	return out
}

// state states what the minutes say for the guards of the conclusion.
func (d *Discussion) state(f *law.Facts) {
	src := "discussion/" + strconv.FormatInt(d.ID, 10)
	members := d.members()
	f.SetNumber(law.MembersPresent, int64(len(members)), src)
	f.SetNumber(law.Quorum, d.Quorum, src)
	recorded, voted := len(members) > 0, false
	for _, o := range d.Opinions {
		if o.Account != 0 {
			recorded = recorded && strings.TrimSpace(o.Says) != "" && o.Vote != ""
		} else {
			voted = voted || o.Vote != ""
		}
	}
	f.SetBool(law.OpinionsRecorded, recorded, src)
	f.SetBool(law.OutsiderVoted, voted, src)
	f.SetBool(law.ChiefSpokeLast, len(members) > 0 && bool(members[len(members)-1].Chief), src)
	f.SetBool(law.MembersSigned, len(members) > 0 && len(d.unsigned()) == 0, src)
}
