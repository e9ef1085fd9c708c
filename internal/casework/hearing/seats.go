package hearing

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
)

// seats are who sits at the hearing, with what each is there.
func (h *Hearing) seats() map[int64]string {
	out := map[int64]string{}
	for _, id := range ids(h.PanelIDs) {
		out[id] = "听证员"
	}
	out[h.ClerkID] = "听证记录员"
	out[h.HostID] = "听证主持人"
	delete(out, 0)
	return out
}

func ids(list string) []int64 {
	var out []int64
	for _, s := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' }) {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			out = append(out, n)
		}
	}
	return out
}

func listed[T ~int64](all []T) string {
	out := make([]string, len(all))
	for i, id := range all {
		out[i] = strconv.FormatInt(int64(id), 10)
	}
	return strings.Join(out, ",")
}

// check wants a host, a clerk and a panel who are three persons in service.
func (in HostInput) check(tx *store.Tx) (map[org.PersonID]string, error) {
	var fs fault.Fields
	if in.Host == 0 {
		fs.Add("host", "请选择主持人")
	}
	if in.Clerk == 0 {
		fs.Add("clerk", "请选择记录员")
	}
	all := append([]org.PersonID{in.Host, in.Clerk}, in.Panel...)
	for i, p := range all {
		if p != 0 && slices.Contains(all[:i], p) {
			fs.Add([]string{"host", "clerk", "panel1", "panel2"}[min(i, 3)], "主持人、听证员、记录员不能是同一个人")
		}
	}
	if len(in.Panel) > 2 {
		fs.Add("panel2", "听证员至多两人")
	}
	if err := fs.Err(); err != nil {
		return nil, err
	}
	serving, err := org.InService(tx, all, tx.Today())
	if err != nil {
		return nil, err
	}
	for i, p := range all {
		if serving[p] == "" {
			fs.Add([]string{"host", "clerk", "panel1", "panel2"}[min(i, 3)], "不是本局在岗的人员，请从人员名册里选")
		}
	}
	return serving, fs.Err()
}

// stateSeats states who sits at the hearing as it stands: who investigated, who was asked to withdraw, whose agents have no mandate.
func (s *Service) stateSeats(tx *store.Tx, c *casework.Case, h *Hearing, f *law.Facts) error {
	src := of(h.ID)
	did, err := casework.Investigators(tx, c)
	if err != nil {
		return err
	}
	investigated, open, recused := false, false, false
	seats := h.seats()
	for p := range seats {
		investigated = investigated || p != h.HostID && did[p]
	}
	asked, err := s.cases.Recusals(tx, c)
	for _, w := range asked {
		if seats[w.Person] != "" {
			open, recused = open || w.Open, recused || w.Granted
		}
	}
	f.SetBool(law.SeatsInvestigated, investigated, src)
	f.SetBool(law.SeatsRecusalOpen, open, src)
	f.SetBool(law.SeatsRecused, recused, src)
	f.SetBool(law.AgentsMandated, h.mandated(), src)
	return err
}

// mandated reports whether every agent has a mandate.
func (h *Hearing) mandated() bool {
	held := strings.Split(h.Mandates, "\n")
	for i := range lines(h.Agents) {
		if i >= len(held) || strings.TrimSpace(held[i]) == "" {
			return false
		}
	}
	return true
}

// mandates keeps one line for each agent.
func mandates(agents, held []string) string {
	out := make([]string, len(agents))
	for i := range min(len(agents), len(held)) {
		out[i] = strings.TrimSpace(strings.ReplaceAll(held[i], "\n", " "))
	}
	return strings.Join(out, "\n")
}

// ThirdInput names a third party of the hearing.
type ThirdInput struct {
	Hearing  ID     `json:"hearing" doc:"听证"`
	Name     string `json:"name" doc:"第三人姓名或者名称"`
	Interest string `json:"interest" doc:"与本案的利害关系"`
}

// AddThird adds a third party, who is called as the party is (行政处罚法第六十四条第二项); one that is added late is called at once.
func (s *Service) AddThird(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ThirdInput) error {
	name := strings.TrimSpace(in.Name)
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: "add_third", Note: name, Input: in},
		change: func(_ *store.Tx, c *casework.Case, h *Hearing) error {
			var fs fault.Fields
			if name == "" {
				fs.Add("name", "请填写第三人的姓名或者名称")
			}
			if strings.TrimSpace(in.Interest) == "" {
				fs.Add("interest", "请写明与本案的利害关系")
			}
			if name != "" && (name == c.PartyName || slices.Contains(h.thirds(), name)) {
				fs.Add("name", "已经是本案当事人或者已经登记过")
			}
			h.Thirds = strings.Join(append(lines(h.Thirds), name+"｜"+strings.TrimSpace(in.Interest)), "\n")
			return fs.Err()
		},
		drafts: func(_ *store.Tx, _ *casework.Case, h *Hearing) []casework.Draft {
			if h.State != casework.HearingScheduled {
				return nil // called with the party
			}
			return []casework.Draft{s.call(h, name)}
		},
		write: func(h *Hearing, done casework.Done) {
			if len(done.Papers) > 0 {
				h.ThirdPapers = listed(append(paperIDs(h.ThirdPapers), done.Papers[0]))
			}
		},
	})
}

func paperIDs(list string) []casework.PaperID {
	var out []casework.PaperID
	for _, n := range ids(list) {
		out = append(out, casework.PaperID(n))
	}
	return out
}

// thirds are the names of the third parties.
func (h *Hearing) thirds() []string {
	var out []string
	for _, l := range lines(h.Thirds) {
		name, _, _ := strings.Cut(l, "｜")
		out = append(out, name)
	}
	return out
}
