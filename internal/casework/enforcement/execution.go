package enforcement

import (
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/web"
)

type enforcementAnnounceBody struct {
	casework.OnVersion
	Shown string   `json:"shown" doc:"公告里的当事人，依法可以公开的写法" label:"公告里的当事人" ask:"need"`
	Due   law.Date `json:"due" doc:"自行拆除的期限" ask:"need"`
	What  string   `json:"what" doc:"违法建筑物的位置、面积和特征" ask:"need long 500"`
}

type enforcementOrderBody struct {
	casework.OnVersion
	Power      string `json:"power_code" doc:"权责清单里已经采用、依据是法律的行政强制执行事项的编号" label:"强制执行的事项" ask:"select" hint:"权责清单里已经采用、依据是法律的行政强制执行事项；没有的，申请人民法院强制执行"`
	Mandate    string `json:"mandate" doc:"县级以上人民政府责成强制拆除的文件：登记的证据编号" label:"人民政府责成的文件" ask:"select" hint:"先在“登记政府责成文件”登记文号、日期和扫描件"`
	Duty       string `json:"duty" doc:"没有履行的义务" ask:"need long 500"`
	Heard      string `json:"heard" doc:"催告后的陈述申辩和复核" ask:"need long 1000"`
	Reason     string `json:"reason" doc:"强制执行的理由" ask:"need long 500"`
	Order      string `json:"order" doc:"强制执行的内容" ask:"need long 500"`
	Way        string `json:"way" doc:"强制执行的方式" label:"方式" ask:"need"`
	When       string `json:"when" doc:"强制执行的时间" label:"时间" ask:"need" hint:"不在夜间或者法定节假日"`
	Demolished bool   `json:"demolished" doc:"当事人已自行拆除" label:"经现场核实，当事人已自行拆除"`
	Hidden     string `json:"hidden,omitempty" doc:"催告期没有届满的：转移或者隐匿财物迹象的证据" label:"转移、隐匿财物迹象的证据" hint:"催告期没有届满才填写"`
	Advice     string `json:"advice,omitempty" doc:"其他告知" ask:"long 500"`
}

type enforcementExecuteBody struct {
	casework.OnVersion
	From       time.Time `json:"from" doc:"开始时间" ask:"need"`
	Until      time.Time `json:"until" doc:"结束时间" ask:"need"`
	Present    string    `json:"present" doc:"到场的当事人，不到场的写明" label:"到场的当事人" ask:"need" hint:"不到场的写明"`
	Supervisor string    `json:"supervisor" doc:"到场监督人员"`
	Witness    string    `json:"witness,omitempty" doc:"见证人"`
	Footage    string    `json:"footage" doc:"全程音像记录的编号" ask:"need"`
	Course     string    `json:"course" doc:"执行经过" ask:"need long 2000"`
	Goods      string    `json:"goods" doc:"财物清点和保管，没有的写无" label:"财物清点和保管" ask:"need" hint:"没有的写无" propose:"无"`
	Remark     string    `json:"remark" doc:"当事人的意见，没有的写无" label:"当事人的意见" ask:"need" hint:"没有的写无" propose:"无"`
	Urgent     bool      `json:"urgent,omitempty" doc:"情况紧急" label:"情况紧急，必须在夜间或者法定节假日实施"`
	Cut        bool      `json:"cut,omitempty" doc:"采取停止供水、供电、供热、供燃气的方式"`
	Target     string    `json:"target,omitempty" doc:"停止供应的对象"`
}

func (s *Service) executionDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[enforcementAnnounceBody]{
			Act: "announce_demolition", Submit: "公告，出具限期拆除公告", Done: "已公告限期自行拆除", Explain: "对违法的建筑物、构筑物、设施需要强制拆除的，先公告，限当事人自行拆除；期限内不拆除、又不申请复议或者起诉的，才能依法强制拆除。", When: "违法建设要拆除的",
			Command: s.announce,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[enforcementOrderBody]{
			Act: "order_execution", Submit: "作出强制执行决定", Danger: true, Done: "已作出强制执行决定", Explain: "法律授权本机关强制执行的才能作出。强制拆除要公告期满、复议和起诉期限届满、县级以上人民政府责成；当事人已复议、起诉或者自行拆除的不拆。", When: "法律授权本机关强制执行的",
			Start: s.startOrder, Presume: s.presumeOrder, Command: s.order,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[enforcementExecuteBody]{
			Act: "execute", Submit: "登记实施，出具强制执行笔录", Done: "已登记强制执行", Explain: "不在夜间或者法定节假日实施，情况紧急的除外；不得对居民生活采取停止供水、供电、供热、供燃气等方式。全程音像记录。", When: "强制执行决定作出以后",
			Presume: func(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
				f.SetText(law.ExecutionTime, "工作日白天", "form")
				return nil
			},
			Command: s.execute,
		}),
	}
}

func (s *Service) announce(by access.Session, in enforcementAnnounceBody) casework.Command {
	return casework.Command{
		Note: in.What, Named: in.Due,
		Change: func(tx *store.Tx, _ *casework.Case) error {
			var fs fault.Fields
			if !in.Due.After(tx.Today()) {
				fs.Add("due", "自行拆除的期限要在今天以后")
			}
			return fs.Err()
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			return []casework.Draft{{Kind: "demolition_announcement", Part: casework.DemolitionAnnouncement{Executed: d.Executed, Shown: in.Shown, What: in.What, DecidedOn: d.On, ServedOn: d.Served, Due: in.Due}}}, err
		},
		Write: s.keeping("announce_demolition", by, in),
	}
}

func (s *Service) keeping(act string, by access.Session, in any) func(*store.Tx, *casework.Case, casework.Done) error {
	return func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		return keep(tx, c, done, act, "", by.Person(), in)
	}
}

func (s *Service) presumeOrder(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
	granted, err := s.cases.Powers.ExecutionPowers(tx, tx.Today())
	if err != nil {
		return err
	}
	mandates, err := mandatesOf(tx, c)
	f.SetBool(law.ExecutionGranted, len(granted) > 0, "powers")
	f.SetBool(law.CountyOrdered, len(mandates) > 0, c.ID.Subject())
	return err
}

// startOrder offers what a statute grants and what the government ordered; nothing else can be named.
func (s *Service) startOrder(tx *store.Tx, at casework.FormAt) (casework.Asked[enforcementOrderBody], error) {
	out := casework.Asked[enforcementOrderBody]{Options: map[string][]web.Option{"power_code": {{Label: "（没有）"}}, "mandate": {{Label: "（没有登记）"}}}}
	granted, err := s.cases.Powers.ExecutionPowers(tx, at.Today)
	if err != nil {
		return out, err
	}
	for _, p := range granted {
		out.Options["power_code"] = append(out.Options["power_code"], web.Option{Value: p.Code, Label: p.Code + " " + p.Name + "（" + p.Penalty.Han() + "）"})
		out.In.Power = p.Code
	}
	mandates, err := mandatesOf(tx, at.Case)
	for _, m := range mandates {
		out.Options["mandate"] = append(out.Options["mandate"], web.Option{Value: m.number, Label: m.says()})
		out.In.Mandate = m.number
	}
	return out, err
}

// mandate is the government's order to take something down, as it stands on the list of evidence.
type mandate struct {
	number, document string
	on               law.Date
}

func (m mandate) says() string { return m.document + "，" + m.on.Han() }

// mandatesOf are the orders registered since the decision was made.
func mandatesOf(tx *store.Tx, c *casework.Case) ([]mandate, error) {
	acts, err := casework.RoundActs(tx, c.ID)
	var out []mandate
	for _, a := range acts {
		if a.Act == casework.MandateAct {
			out = append(out, mandate{strings.TrimPrefix(a.Of, "evidence/"), a.Note, a.Named})
		}
	}
	return out, err
}

// granted finds the power by which the bureau executes and the order by which it may; what is named must be one of those on record.
func (s *Service) granted(tx *store.Tx, c *casework.Case, in enforcementOrderBody) (grant string, m mandate, err error) {
	granted, err := s.cases.Powers.ExecutionPowers(tx, tx.Today())
	if err != nil {
		return "", m, err
	}
	mandates, err := mandatesOf(tx, c)
	if err != nil {
		return "", m, err
	}
	var fs fault.Fields
	if in.Power != "" {
		i := slices.IndexFunc(granted, func(p powers.PowerItem) bool { return p.Code == in.Power })
		if i < 0 {
			fs.Add("power_code", "权责清单里没有这个已经采用、依据是法律的行政强制执行事项")
		} else {
			grant = granted[i].Penalty.Han()
		}
	}
	if in.Mandate != "" {
		i := slices.IndexFunc(mandates, func(m mandate) bool { return m.number == in.Mandate })
		if i < 0 {
			fs.Add("mandate", "没有登记过这份责成文件。请先登记文号、日期和扫描件")
		} else {
			m = mandates[i]
		}
	}
	return grant, m, fs.Err()
}

func (s *Service) order(by access.Session, in enforcementOrderBody) casework.Command {
	grant, ordered := "", mandate{}
	return casework.Command{
		Note: in.Order,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			grant, ordered, err = s.granted(tx, c, in)
			return err
		},
		State: func(_ *store.Tx, c *casework.Case, f *law.Facts) error {
			f.SetBool(law.ExecutionGranted, grant != "", "powers")
			f.SetBool(law.CountyOrdered, ordered.number != "", c.ID.Subject())
			f.SetBool(law.AssetsHidden, strings.TrimSpace(in.Hidden) != "", "form")
			if in.Demolished { // the records of performance say the rest
				f.SetBool(law.PartyDemolished, true, "form")
			}
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			if err != nil {
				return nil, err
			}
			demanded, err := demandedOn(tx, c)
			return []casework.Draft{{Kind: "execution_decision", Part: casework.ExecutionDecision{
				Executed: d.Executed, DecidedOn: d.On, DemandedOn: demanded, Duty: in.Duty, Heard: in.Heard, Reason: in.Reason, Grant: grant, Mandate: ordered.says(), Order: in.Order, Way: in.Way, When: in.When, Advice: in.Advice,
			}}}, err
		},
		Write: s.keeping("order_execution", by, in),
	}
}

// demandedOn is the day on which the demand reached the party.
func demandedOn(tx *store.Tx, c *casework.Case) (on law.Date, err error) {
	acts, err := casework.RoundActs(tx, c.ID)
	for _, a := range acts {
		if a.Act == "demand_served" {
			on = a.On
		}
	}
	return on, err
}

// orderOf is the last act of the kind on the decision as it stands: one from before a change has lost its ground. It has
// no number when there is none.
func orderOf(tx *store.Tx, c *casework.Case, act string) (order casework.CaseAct, err error) {
	acts, err := casework.RoundActs(tx, c.ID)
	for _, a := range acts {
		switch a.Act {
		case act:
			order = a
		case "change":
			order = casework.CaseAct{}
		}
	}
	return order, err
}

// servedWith is the day on which the paper of the kind that came with an order reached the party; zero before.
func servedWith(tx *store.Tx, c *casework.Case, order casework.CaseAct, kind casework.PaperKind) (on law.Date, err error) {
	if order.ID == 0 {
		return on, nil
	}
	papers, err := casework.Papers(tx, c.ID)
	for _, p := range papers {
		if p.Kind == kind && p.ID >= order.Paper && p.State == casework.PaperDelivered {
			on = p.ServedOn()
		}
	}
	return on, err
}

// timeOf says what the calendar and the clock say of an execution: a public holiday, or the hours between which it lay.
func (s *Service) timeOf(from, until time.Time) string {
	from, until = from.In(law.Zone), until.In(law.Zone)
	for d := law.DateOf(from); !d.After(law.DateOf(until)); d = d.AddDays(1) {
		for _, r := range s.cases.Calendar.Rows(d.Year()) {
			if r.Date == d && r.Name != "" {
				if work, err := s.cases.Calendar.Workday(d); err == nil && !work {
					return "法定节假日（" + r.Name + "）"
				}
			}
		}
		if d != law.DateOf(from) {
			return "夜间"
		}
	}
	for _, t := range []time.Time{from, until} {
		if t.Hour() >= 22 || t.Hour() < 6 {
			return t.Format("15:04")
		}
	}
	return from.Format("15:04")
}

// onSite checks the hours of an execution, which cannot begin before something else.
func onSite(tx *store.Tx, from, until, least time.Time) error {
	var fs fault.Fields
	if from.Before(least) {
		fs.Add("from", "开始时间不能早于%s", casework.Minute(least))
	}
	if until.Before(from) || until.After(tx.Now) {
		fs.Add("until", "结束时间在开始以后、现在以前")
	}
	return fs.Err()
}

func (s *Service) execute(by access.Session, in enforcementExecuteBody) casework.Command {
	return casework.Command{
		On: law.DateOf(in.From), Note: in.Course,
		Change: func(tx *store.Tx, c *casework.Case) error {
			if err := afterOrder(tx, c, "order_execution", in.From, in.Until); err != nil || !in.Cut {
				return err
			}
			var f law.Facts
			if strings.TrimSpace(in.Target) != "" {
				f.SetText(law.Target, in.Target, "form")
			}
			if lacks := s.cases.Judge.Judge(casework.ActCutSupply, law.DateOf(in.From), f).Lacks(); len(lacks) > 0 {
				return &law.Refusal{Action: casework.ActCutSupply, Findings: lacks}
			}
			return nil
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetText(law.ExecutionTime, s.timeOf(in.From, in.Until), "form")
			f.SetBool(law.Urgent, in.Urgent, "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) { return siteRecord(tx, c, in, "") },
		Write:  s.keeping("execute", by, in),
	}
}

// afterOrder checks the hours of what an order allows.
func afterOrder(tx *store.Tx, c *casework.Case, act string, from, until time.Time) error {
	order, err := orderOf(tx, c, act)
	if err != nil {
		return err
	}
	least := time.Time{}
	if order.ID != 0 {
		least = store.FromMicros(order.At)
	}
	return onSite(tx, from, until, least)
}

// siteRecord is the record of an execution.
func siteRecord(tx *store.Tx, c *casework.Case, in enforcementExecuteBody, cost string) ([]casework.Draft, error) {
	d, err := casework.DecidedOf(tx, c)
	if err != nil {
		return nil, err
	}
	if d.Decision == "" {
		d.Executed = casework.Executed{Title: "立即代履行", Decision: "无"}
	}
	form, err := casework.Unsigned(tx, c, in.Course)
	return []casework.Draft{{Kind: "execution_record", Footage: in.Footage, Part: casework.ExecutionRecord{
		Session: casework.Session{From: casework.Minute(in.From), Until: casework.Minute(in.Until), At: c.Place, Recorder: form.Steps[0].Name}, Executed: d.Executed, Present: in.Present, Supervisor: in.Supervisor, Witness: in.Witness,
		Course: in.Course, Goods: in.Goods, Cost: cost, Remark: in.Remark,
	}}}, err
}
