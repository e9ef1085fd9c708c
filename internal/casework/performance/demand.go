package performance

import (
	"fmt"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

type performanceDemandBody struct {
	casework.OnVersion
	Own     bool   `json:"own" doc:"催告以后由本机关强制执行；不勾选是申请法院强制执行" label:"催告以后由本机关强制执行（法律有授权的）；不勾选是申请人民法院强制执行"`
	Duty    string `json:"duty" doc:"没有履行的义务" ask:"need long 500"`
	Days    int    `json:"days" doc:"履行义务的期限：自收到催告书之日起的工作日数，一至三十" label:"履行义务的期限" unit:"个工作日" hint:"自收到催告书之日起；申请人民法院强制执行的，不少于十个"`
	How     string `json:"how" doc:"履行义务的方式"`
	Channel string `json:"channel" doc:"给付方式，涉及金钱给付的必填" label:"给付方式" hint:"涉及金钱给付的必填"`
	Contact string `json:"contact" doc:"陈述申辩的联系人和联系方式" label:"联系人和联系方式" hint:"听取陈述申辩"`
}

type performanceHearDemandBody struct {
	casework.OnVersion
	Said   string    `json:"said" doc:"当事人有没有提出意见" label:"当事人" ask:"need radio" of:"提出了意见|期满没有提出意见"`
	Person string    `json:"person,omitempty" doc:"陈述申辩人，提出了意见的必填" label:"陈述申辩人" when:"said=提出了意见"`
	Role   string    `json:"role,omitempty" doc:"身份：本人、法定代表人、委托代理人" label:"身份" ask:"select" of:"当事人本人|法定代表人|负责人|委托代理人" when:"said=提出了意见"`
	From   time.Time `json:"from,omitzero" doc:"听取的开始时间，提出了意见的必填" label:"开始时间" when:"said=提出了意见"`
	Until  time.Time `json:"until,omitzero" doc:"听取的结束时间，提出了意见的必填" label:"结束时间" when:"said=提出了意见"`
	At     string    `json:"at,omitempty" doc:"听取的地点，提出了意见的必填" label:"地点" when:"said=提出了意见"`
	Points string    `json:"points,omitempty" doc:"陈述申辩的内容，照原话记" label:"陈述申辩的内容" ask:"long 2000" when:"said=提出了意见"`
	Answer string    `json:"answer" doc:"复核意见" ask:"need long 1000"`
}

// silent: the term of the demand passed and the party said nothing; of that there is no record to sign.
func (in performanceHearDemandBody) silent() bool { return in.Said != "提出了意见" }

// check wants of a hearing when and where it was, and what was said; it lies between the service of the demand and now.
func (in performanceHearDemandBody) check(tx *store.Tx, served law.Date) error {
	if in.silent() {
		return nil
	}
	var fs fault.Fields
	for _, x := range []struct{ name, said, text string }{
		{"person", in.Person, "请填写陈述申辩人"}, {"role", in.Role, "请选择身份"}, {"at", in.At, "请填写听取的地点"}, {"points", in.Points, "请照原话填写陈述申辩的内容"},
	} {
		if strings.TrimSpace(x.said) == "" {
			fs.Add(x.name, "%s", x.text)
		}
	}
	if in.From.IsZero() || in.Until.Before(in.From) || in.Until.After(tx.Now) || law.DateOf(in.From).Before(served) {
		fs.Add("until", "听取的时间在催告书送达（%s）以后、现在以前，结束不早于开始", served.Han())
	}
	return fs.Err()
}

func (s *Service) demandDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[performanceDemandBody]{
			Act: "issue_demand", Submit: "出具催告书", Done: "已出具催告书，请送达", Explain: "履行期限届满还没有履行的，先催告。催告书写明履行的期限、方式、明确的金额和给付方式，以及陈述申辩权。", When: "期满没有履行的",
			Start: s.startDemand, Presume: presumeDemand, Command: s.demand,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[performanceHearDemandBody]{
			Act: "hear_demand", Submit: "记录，出具陈述申辩笔录", Done: "已记录催告后的陈述申辩", Explain: "当事人收到催告书后有权陈述申辩；提出的事实、理由或者证据成立的，应当采纳。期满没有提出的如实登记，不做笔录。", When: "当事人提出意见，或者期满没有提出的",
			Presume: presumeHeard,
			Command: s.hearDemand,
		}),
	}
}

func presumeHeard(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
	f.SetBool(law.DemandSilent, false, "form")
	return nil
}

func presumeDemand(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
	f.SetList(law.MissingDemandParts, nil, "form")
	f.SetBool(law.DemandForCourt, false, "form")
	return nil
}

func (s *Service) startDemand(tx *store.Tx, at casework.FormAt) (casework.Asked[performanceDemandBody], error) {
	out := casework.Asked[performanceDemandBody]{In: performanceDemandBody{Days: demandDays}}
	st, err := s.reckon(tx, at.Case, at.Today)
	if err != nil {
		return out, err
	}
	var owed []string
	if st.Rest > 0 {
		owed = append(owed, "缴纳罚款 "+st.Rest.Grouped()+" 元")
		out.In.How, out.In.Channel = "缴纳罚款", "到指定的银行或者通过电子支付系统缴纳"
	}
	if st.Owed > 0 {
		owed = append(owed, fmt.Sprintf("缴纳加处罚款 %s 元（逾期 %d 日）", st.Owed.Grouped(), st.Surcharge.Days))
	}
	if st.GainsRest > 0 {
		out.In.Channel = "到指定的银行或者通过电子支付系统缴纳"
	}
	out.In.Duty = strings.Join(append(owed, st.Open...), "；")
	return out, nil
}

// demandDays is what a demand gives where nothing else is wanted (行政强制法第五十四条).
const demandDays = 10

// within is the term as the demand words it.
func (in performanceDemandBody) within() string {
	if in.Days <= 0 {
		return ""
	}
	return fmt.Sprintf("收到本催告书之日起%d个工作日内", in.Days)
}

// missing are the parts of 行政强制法第三十五条 that the input leaves out.
func (in performanceDemandBody) missing(money bool) []string {
	var out []string
	for _, p := range []struct {
		says, what string
		need       bool
	}{
		{in.within(), "履行义务的期限", true}, {in.How, "履行义务的方式", true}, {in.Channel, "明确的金额和给付方式", money}, {in.Contact, "当事人依法享有的陈述权和申辩权（联系人）", true},
	} {
		if p.need && strings.TrimSpace(p.says) == "" {
			out = append(out, p.what)
		}
	}
	return out
}

func (s *Service) demand(by access.Session, in performanceDemandBody) casework.Command {
	var st standing
	return casework.Command{
		Note: in.Duty, Days: in.Days,
		Change: func(*store.Tx, *casework.Case) error {
			var fs fault.Fields
			if in.Days < 0 || in.Days > 30 {
				fs.Add("days", "履行期限在一至三十个工作日之间")
			}
			return fs.Err()
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) (err error) {
			if st, err = s.reckon(tx, c, tx.Today()); err != nil {
				return err
			}
			f.SetBool(law.DemandForCourt, !in.Own, "form")
			f.SetNumber(law.DemandTerm, int64(in.Days), "form")
			f.SetList(law.MissingDemandParts, in.missing(max(0, st.Rest)+st.Owed+st.GainsRest > 0), "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			expired := st.Due
			if expired.IsZero() {
				expired = d.Served
			}
			part := casework.DemandNotice{
				Court: !in.Own, Title: d.Title, Decision: d.Decision, DecidedOn: d.On, ServedOn: d.Served, Duty: in.Duty, Expired: expired, Within: in.within(), How: in.How,
				Money: max(0, st.Rest)+st.Owed > 0, Imposed: st.Fine, Fine: max(0, st.Rest), Surcharge: st.Owed, Channel: in.Channel, Contact: in.Contact,
			}
			if st.Owed > 0 {
				part.SurchargeFrom, part.SurchargeTo = st.Due.AddDays(1), tx.Today()
			}
			return []casework.Draft{{Kind: "demand_notice", Part: part}}, err
		},
		Write: s.noting("issue_demand", by, law.Date{}, "", in.Duty),
	}
}

// noting writes a step of the demand or of the contest.
func (s *Service) noting(act string, by access.Session, on law.Date, result, says string) func(*store.Tx, *casework.Case, casework.Done) error {
	return func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		if on.IsZero() {
			on = tx.Today()
		}
		return casework.AddRow(tx, &Contest{ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Act: act, On: on, Result: result, Says: says, Person: by.Person(), RecordedAt: store.Micros(tx.Now)})
	}
}

// notLater refuses a day that has not come, or that lies before another.
func notLater(tx *store.Tx, on, least law.Date) error {
	var fs fault.Fields
	if on.After(tx.Today()) || on.Before(least) {
		fs.Add("on", "日期在%s和今天之间", least.Han())
	}
	return fs.Err()
}

func (s *Service) hearDemand(by access.Session, in performanceHearDemandBody) casework.Command {
	on, points := law.DateOf(in.From), strings.TrimSpace(in.Points)
	if in.silent() {
		on, points = law.Date{}, in.Said
	}
	return casework.Command{
		On: on, Note: points,
		Change: func(tx *store.Tx, c *casework.Case) error {
			acts, err := casework.RoundActs(tx, c.ID)
			if err != nil {
				return err
			}
			return in.check(tx, demandOf(acts).served)
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetBool(law.DemandSilent, in.silent(), "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			if in.silent() {
				return nil, nil
			}
			recorder, err := casework.PersonName(tx, by.Person())
			return []casework.Draft{{Kind: "defence_record", Part: casework.DefenceRecord{
				Session: casework.Session{From: casework.Minute(in.From), Until: casework.Minute(in.Until), At: in.At, Recorder: recorder}, Person: in.Person, Role: in.Role, Points: []string{points, "复核意见：" + in.Answer}, Attached: "无",
			}}}, err
		},
		Write: s.noting("hear_demand", by, on, in.Answer, points),
	}
}
