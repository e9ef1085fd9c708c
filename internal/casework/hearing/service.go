package hearing

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/flow"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/org"
	"fadu/internal/store"
)

// Service is the only way into this desk, for pages, calls and jobs alike.
type Service struct{ cases *casework.Service }

// New returns the desk on the kernel.
func New(cases *casework.Service) *Service { return &Service{cases} }

// The papers of this desk.
const (
	requestKind      casework.PaperKind = "hearing_request"
	acceptanceKind   casework.PaperKind = "hearing_acceptance"
	refusalKind      casework.PaperKind = "hearing_refusal"
	noticeKind       casework.PaperKind = "hearing_notice"
	announcementKind casework.PaperKind = "hearing_announcement"
	postponementKind casework.PaperKind = "hearing_postponement"
	withdrawalKind   casework.PaperKind = "hearing_withdrawal"
	recordKind       casework.PaperKind = "hearing_record"
	reportKind       casework.PaperKind = "hearing_report"
)

// AskInput records that the party asks for a hearing.
type AskInput struct {
	On     law.Date `json:"on" doc:"提出的日期，不填是今天"`
	Oral   bool     `json:"oral" doc:"口头提出"`
	Reason string   `json:"reason" doc:"理由"`
	Agents []string `json:"agents" doc:"委托代理人，一至二人"`
	// Mandates may come later, but before the hearing.
	Mandates []string `json:"mandates,omitempty" doc:"各代理人的授权委托书：日期和权限，次序同代理人"`
	Closed   string   `json:"closed" doc:"申请不公开的理由，公开的不填"`
}

// Ask records a request, in writing or by mouth (行政处罚法第六十四条第一项). Whether it is in time is judged when it is accepted.
func (s *Service) Ask(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AskInput) error {
	h := &Hearing{ID: store.NewID(), Case: id, Reason: strings.TrimSpace(in.Reason), ClosedWhy: strings.TrimSpace(in.Closed), Agents: strings.Join(in.Agents, "\n"), Mandates: mandates(in.Agents, in.Mandates), How: "书面"}
	if in.Oral {
		h.How = "口头"
	}
	h.place = flow.Place[casework.HearingState]{State: casework.HearingAsked}
	var told *casework.Paper
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "ask_hearing", Version: version, On: in.On, Of: of(h.ID), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if in.On.IsZero() {
				in.On = tx.Today()
			}
			h.AskedOn = in.On
			if told, err = casework.LastPaper(tx, c.ID, casework.PenaltyNotice); err != nil || told == nil {
				return errOr(err, "没有已送达的告知书")
			}
			h.Told = told.ID
			var fs fault.Fields
			if h.Reason == "" {
				fs.Add("reason", "请写明理由，没有说理由的写“没有说明”")
			}
			if in.On.After(tx.Today()) || in.On.Before(told.ServedOn()) {
				fs.Add("on", "提出的日期在告知书送达之后、今天以前")
			}
			all, err := hearings(tx, c.ID)
			if slices.ContainsFunc(all, func(o *Hearing) bool { return !casework.HearingTrack.Closed(o.State) }) {
				return errOr(err, "已经登记过听证申请，还没有办完")
			}
			if err := fs.Err(); err != nil {
				return err
			}
			return s.agents(tx, lines(h.Agents))
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			closed := h.ClosedWhy
			if closed == "" {
				closed = "没有申请"
			}
			return []casework.Draft{{Kind: requestKind, Part: casework.HearingRequest{AskedAt: in.On.Han(), How: h.How, Notice: told.DocNo, ReceivedOn: told.ServedOn(), Reason: h.Reason, Agents: lines(h.Agents), Closed: closed}}}, nil
		},
		Write: func(tx *store.Tx, _ *casework.Case, done casework.Done) error { return h.keep(tx, done) },
	})
	return err
}

func errOr(err error, message string) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "%s", message)
}

// agents refuses a third agent (行政处罚法第六十四条第五项).
func (s *Service) agents(tx *store.Tx, names []string) error {
	if len(names) == 0 {
		return nil
	}
	var f law.Facts
	f.SetNumber(law.Agents, int64(len(names)), "form")
	if lacks := s.cases.Judge.Judge(casework.ActHearingAgents, tx.Today(), f).Lacks(); len(lacks) > 0 {
		return &law.Refusal{Action: casework.ActHearingAgents, Findings: lacks}
	}
	return nil
}

// step is one act on a hearing.
type step struct {
	casework.Command
	change func(tx *store.Tx, c *casework.Case, h *Hearing) error
	state  func(tx *store.Tx, c *casework.Case, h *Hearing, f *law.Facts) error
	drafts func(tx *store.Tx, c *casework.Case, h *Hearing) []casework.Draft
	write  func(h *Hearing, done casework.Done)
}

func (s *Service) do(ctx context.Context, by access.Session, id casework.CaseID, version int64, hearing ID, a step) error {
	var h *Hearing
	cmd := a.Command
	cmd.Version = version
	cmd.Track = func(tx *store.Tx, c *casework.Case) (casework.Track, error) {
		var err error
		if h, err = find(tx, c.ID, int64(hearing)); err != nil {
			return casework.Track{}, err
		}
		return s.track(tx, c, h)
	}
	if a.change != nil {
		cmd.Change = func(tx *store.Tx, c *casework.Case) error { return a.change(tx, c, h) }
	}
	if a.state != nil {
		cmd.State = func(tx *store.Tx, c *casework.Case, f *law.Facts) error { return a.state(tx, c, h, f) }
	}
	if a.drafts != nil {
		cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) { return a.drafts(tx, c, h), nil }
	}
	cmd.Write = func(tx *store.Tx, _ *casework.Case, done casework.Done) error {
		if a.write != nil {
			a.write(h, done)
		}
		return h.keep(tx, done)
	}
	_, err := s.cases.Do(ctx, by, id, cmd)
	return err
}

// TextInput is an act on a hearing that needs one text.
type TextInput struct {
	Hearing ID     `json:"hearing" doc:"听证"`
	Text    string `json:"text" doc:"理由"`
	Basis   string `json:"basis,omitempty" doc:"不予受理的依据"`
}

func wanted(name, value, message string) error {
	if strings.TrimSpace(value) != "" {
		return nil
	}
	var fs fault.Fields
	fs.Add(name, "%s", message)
	return fs.Err()
}

// Accept accepts a request; the hearing's time is left out of the term of the decision from now on.
func (s *Service) Accept(ctx context.Context, by access.Session, id casework.CaseID, version int64, in TextInput) error {
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: "accept_hearing", Note: strings.TrimSpace(in.Text), Input: in},
		drafts: func(_ *store.Tx, _ *casework.Case, h *Hearing) []casework.Draft {
			return []casework.Draft{{Kind: acceptanceKind, Part: casework.HearingAcceptance{AskedOn: h.AskedOn}}}
		},
	})
}

// Refuse refuses a request that is late or outside the law's scope, with reason and basis.
func (s *Service) Refuse(ctx context.Context, by access.Session, id casework.CaseID, version int64, in TextInput) error {
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: "refuse_hearing", Note: strings.TrimSpace(in.Text), Input: in},
		change: func(_ *store.Tx, _ *casework.Case, _ *Hearing) error {
			if err := wanted("text", in.Text, "请写明不予受理的理由"); err != nil {
				return err
			}
			return wanted("basis", in.Basis, "请写明依据")
		},
		drafts: func(_ *store.Tx, _ *casework.Case, h *Hearing) []casework.Draft {
			return []casework.Draft{{Kind: refusalKind, Part: casework.HearingRefusal{AskedOn: h.AskedOn, Reason: in.Text, Basis: in.Basis}}}
		},
		write: func(h *Hearing, _ casework.Done) { h.EndedWhy = strings.TrimSpace(in.Text) },
	})
}

// HostInput appoints who holds the hearing.
type HostInput struct {
	Hearing ID             `json:"hearing" doc:"听证"`
	Host    org.PersonID   `json:"host" doc:"主持人，不能是本案调查人员"`
	Panel   []org.PersonID `json:"panel,omitempty" doc:"听证员，至多两人，不能是本案调查人员"`
	Clerk   org.PersonID   `json:"clerk" doc:"记录员，不能是本案调查人员"`
}

// Appoint names the host, who did not investigate the case, the panel and the clerk (行政处罚法第六十四条第四项).
func (s *Service) Appoint(ctx context.Context, by access.Session, id casework.CaseID, version int64, in HostInput) error {
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: "appoint_host", Input: in},
		change: func(tx *store.Tx, _ *casework.Case, h *Hearing) (err error) {
			names, err := in.check(tx)
			if err != nil {
				return err
			}
			var panel []string
			for _, p := range in.Panel {
				panel = append(panel, names[p])
			}
			h.HostID, h.Host, h.ClerkID, h.Clerk = int64(in.Host), names[in.Host], int64(in.Clerk), names[in.Clerk]
			h.PanelIDs, h.Panel = listed(in.Panel), strings.Join(panel, "\n")
			return nil
		},
		state: func(tx *store.Tx, c *casework.Case, h *Hearing, f *law.Facts) error {
			if err := s.stateSeats(tx, c, h, f); err != nil {
				return err
			}
			return s.stateHost(tx, c, h, f)
		},
	})
}

// stateHost states whether the host investigated the case.
func (s *Service) stateHost(tx *store.Tx, c *casework.Case, h *Hearing, f *law.Facts) error {
	did, err := casework.Investigators(tx, c)
	if h.HostID != 0 {
		f.SetBool(law.IsInvestigator, did[h.HostID], c.ID.Subject())
	}
	return err
}

// judges are those who were appointed to hold the case's hearings.
func judges(tx *store.Tx, c *casework.Case) (map[int64]string, error) {
	all, err := hearings(tx, c.ID)
	out := map[int64]string{}
	for _, h := range all {
		maps.Copy(out, h.seats())
	}
	return out, err
}

// AgentsInput names the party's agents.
type AgentsInput struct {
	Hearing ID       `json:"hearing" doc:"听证"`
	Agents  []string `json:"agents" doc:"代理人，一至二人"`
	// Mandates are under what mandate each comes.
	Mandates []string `json:"mandates,omitempty" doc:"各代理人的授权委托书：日期和权限，次序同代理人"`
}

// NameAgents names the party's agents, at most two.
func (s *Service) NameAgents(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AgentsInput) error {
	names := lines(strings.Join(in.Agents, "\n"))
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: "name_agents", Input: in},
		state: func(_ *store.Tx, _ *casework.Case, _ *Hearing, f *law.Facts) error {
			f.SetNumber(law.Agents, int64(len(names)), "form")
			return nil
		},
		write: func(h *Hearing, _ casework.Done) {
			h.Agents, h.Mandates = strings.Join(names, "\n"), mandates(in.Agents, in.Mandates)
		},
	})
}

// PlanInput sets when and where the hearing is held.
type PlanInput struct {
	Hearing ID        `json:"hearing" doc:"听证"`
	When    time.Time `json:"when" doc:"听证时间"`
	Place   string    `json:"place" doc:"听证地点"`
	Announce
}

// Announce is what the announcement of a public hearing says.
type Announce struct {
	Apply  string `json:"apply" doc:"旁听登记的截止时间"`
	Office string `json:"office" doc:"旁听登记的地点"`
	Seats  int    `json:"seats" doc:"旁听席位"`
}

// Schedule sets the day, seven full working days ahead at least, and calls the party (行政处罚法第六十四条第二项、第三项).
func (s *Service) Schedule(ctx context.Context, by access.Session, id casework.CaseID, version int64, in PlanInput) error {
	day := law.DateOf(in.When)
	return s.do(ctx, by, id, version, in.Hearing, step{
		Command: casework.Command{Act: "schedule_hearing", Named: day, Input: in},
		change: func(tx *store.Tx, c *casework.Case, h *Hearing) error {
			if h.HostID == 0 {
				return fault.New(fault.Conflict, "还没有指定主持人。请负责人先指定")
			}
			var fs fault.Fields
			if err := wanted("place", in.Place, "请填写听证地点"); err != nil {
				return err
			}
			if in.When.IsZero() {
				fs.Add("when", "请填写听证时间")
				return fs.Err()
			}
			between, err := s.cases.Calendar.WorkdaysBetween(tx.Today(), day)
			var missing *calendar.YearNotLoaded
			if errors.As(err, &missing) {
				return &calendar.YearNotLoaded{Year: missing.Year, Cite: law.Citations{{Statute: "XZCF", Article: 64, Item: 2}, law.Cite("XZCF", 85)}}
			}
			if err != nil {
				return err
			}
			if least, ok := law.Limit("hearing_notice", tx.Today()); ok && int64(between) < least.Value {
				fs.Add("when", "今天送达通知，到这一天之间只有 %d 个工作日，不足 %d 个。请往后排", between, least.Value)
			}
			if h.ClosedWhy == "" {
				least, err := announceDays(tx)
				if err != nil {
					return err
				}
				if int64(between) < least {
					fs.Add("when", "公开听证，本地规定举行%d个工作日前公告，今天公告到这一天之间只有 %d 个。请往后排", least, between)
				}
			}
			if h.ClosedWhy == "" && (in.Seats <= 0 || strings.TrimSpace(in.Apply) == "" || strings.TrimSpace(in.Office) == "") {
				fs.Add("seats", "公开听证，请填写旁听席位、登记的截止时间和地点")
			}
			h.PlannedAt, h.Place = store.Micros(in.When), strings.TrimSpace(in.Place)
			return fs.Err()
		},
		drafts: func(_ *store.Tx, c *casework.Case, h *Hearing) []casework.Draft {
			out := []casework.Draft{s.call(h, c.PartyName)}
			for _, name := range h.thirds() {
				out = append(out, s.call(h, name))
			}
			if h.ClosedWhy == "" {
				out = append(out, casework.Draft{Kind: announcementKind, Part: casework.HearingAnnouncement{When: h.planned(), At: h.Place, Shown: shownName(c), Host: h.Host, Apply: in.Apply, Office: in.Office, Seats: in.Seats}})
			}
			return out
		},
		write: func(h *Hearing, done casework.Done) {
			h.Notice, h.ThirdPapers = done.Papers[0], listed(done.Papers[1:1+len(h.thirds())])
		},
	})
}

// call is the notice to one who is called.
func (s *Service) call(h *Hearing, to string) casework.Draft {
	return casework.Draft{Kind: noticeKind, Part: casework.HearingNotice{To: to, When: h.planned(), At: h.Place, Closed: h.ClosedWhy != "", Host: h.Host, Panel: lines(h.Panel), Clerk: h.Clerk}}
}
