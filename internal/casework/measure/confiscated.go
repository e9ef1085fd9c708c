package measure

import (
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"

	"github.com/uptrace/bun"
)

// The ways in which confiscated things are disposed of (行政处罚法第七十四条第一款).
const (
	wayAuction  = "公开拍卖"
	wayRule     = "按照国家有关规定处理"
	wayDestroy  = "销毁"
	wayTreasury = "款项上缴国库"
)

// disposedAs is the state of things after each way.
var disposedAs = map[string]string{wayAuction: Auctioned, wayRule: Disposed, wayDestroy: Destroyed, wayTreasury: Remitted}

// Disposal is what the head allowed to be done with confiscated things, and what was done.
type Disposal struct {
	bun.BaseModel `bun:"table:disposal,alias:di"`

	ID      int64           `bun:"id,pk"`
	Version int64           `bun:"version"`
	Case    casework.CaseID `bun:"case_id"`
	Entry   int64           `bun:"entry_id"`
	access.Levels
	Way        string           `bun:"way"`
	Basis      string           `bun:"basis"`
	ApprovedOn law.Date         `bun:"approved_on"`
	ApprovedBy int64            `bun:"approved_by"`
	Approval   casework.PaperID `bun:"approval_paper"`
	DoneOn     law.Date         `bun:"done_on"`
	Receiver   string           `bun:"receiver"`
	Proceeds   law.Money        `bun:"proceeds"`
	Treasury   law.Money        `bun:"treasury"`
	Voucher    string           `bun:"voucher"`
	Paper      casework.PaperID `bun:"paper_id"`
	// FailedOn is the day on which it came to nothing, FailedWhy why: an auction without a bidder.
	FailedOn  law.Date `bun:"failed_on"`
	FailedWhy string   `bun:"failed_why"`
}

type measureTakeBody struct {
	casework.OnVersion
	At     time.Time        `json:"at" doc:"收缴时间" ask:"need now"`
	Things []casework.Thing `json:"things" doc:"收缴的财物" ask:"need" hint:"已经登记保存、扣押的不在这里收，在原来的措施里没收"`
	Shelf  string           `json:"shelf" doc:"库位" ask:"need 60"`
	State  string           `json:"condition" doc:"财物状况" label:"财物状况" ask:"need 200" propose:"完好，与决定书一致"`
}

type measureApproveDisposalBody struct {
	casework.OnVersion
	Labels   string `json:"labels,omitempty" doc:"财物的标签号，用顿号分开；不填是全部没收待处理的" label:"哪几件" ask:"long 2000" hint:"写标签号，用顿号分开；全部一起处理的不填"`
	Way      string `json:"way" doc:"处理方式" ask:"need radio" of:"公开拍卖|按照国家有关规定处理|销毁|款项上缴国库"`
	Basis    string `json:"basis" doc:"处理的依据" ask:"need" propose:"《中华人民共和国行政处罚法》第七十四条第一款" hint:"销毁、按规定处理的，写明是哪部规定哪一条"`
	Provided bool   `json:"provided,omitempty" doc:"法律、法规规定这些物品应当销毁" when:"way=销毁"`
	Reason   string `json:"reason" doc:"理由" ask:"need long 500"`
}

type measureDisposeConfiscatedBody struct {
	casework.OnVersion
	Receiver string    `json:"receiver,omitempty" doc:"买受人、接收单位；销毁的写监销人" label:"买受人、接收单位、监销人" ask:"need 100" hint:"销毁的写监销人；款项上缴的写收款的国库"`
	At       string    `json:"at,omitempty" doc:"拍卖、处理、销毁的地点" label:"地点" ask:"100" hint:"销毁的必须填写"`
	Course   string    `json:"course" doc:"处理经过" ask:"need long 1000"`
	Footage  string    `json:"footage,omitempty" doc:"照片、录像编号" label:"照片、录像" ask:"100" hint:"销毁的必须填写"`
	Proceeds law.Money `json:"proceeds,omitempty" doc:"所得款项，没有的不填" label:"所得款项"`
	Treasury law.Money `json:"treasury,omitempty" doc:"上缴国库的数额" label:"上缴国库" hint:"全部上缴，不得截留、坐支、私分"`
	Voucher  string    `json:"voucher,omitempty" doc:"上缴国库的票据" label:"缴库票据" ask:"100"`
}

func (s *Service) confiscatedDeeds() casework.Deeds {
	return casework.Deeds{
		casework.NewDeed(s.cases, casework.DeedDef[measureTakeBody]{
			Act: "take_confiscated", Submit: "入库，出具入库单", Done: "没收的财物已经入库", Explain: "决定没收、以前没有扣押的财物，收到以后当面清点入库。经手人是主办，保管人是登记的人。", When: "没收的财物还在当事人那里的",
			Command: s.takeConfiscated,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[measureApproveDisposalBody]{
			Act: "approve_disposal", Submit: "批准，出具审批表", Done: "已批准怎样处理，由保管人照办", Explain: "没收的财物公开拍卖或者按照国家有关规定处理；依法应当销毁的才销毁。", When: "有没收的财物要处理的",
			Start: s.startApproveDisposal, Presume: s.presumeDisposal, Command: s.approveDisposal,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[measureDisposeConfiscatedBody]{
			Act: "dispose", Submit: "登记处理，出具清单", Done: "没收的财物已处理出库", Danger: true, Explain: "照批准的方式处理；款项全部上缴国库，不得截留、坐支、私分。", When: "已经批准怎样处理的", Detail: "先批准怎样处理",
			Start: s.startDisposeConfiscated, Presume: s.presumeDisposal, Command: s.disposeConfiscated,
		}),
		s.failedDeed(),
	}
}

func (s *Service) presumeDisposal(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
	f.SetText(law.DisposalWay, wayAuction, "form")
	f.SetMoney(law.DisposalProceeds, 0, "form")
	f.SetMoney(law.TreasuryPaid, 0, "form")
	d, _, err := pendingDisposal(tx, c)
	f.SetBool(law.DisposalApproved, d != nil, c.ID.Subject())
	return err
}

func (s *Service) takeConfiscated(by access.Session, in measureTakeBody) casework.Command {
	m := &Measure{ID: store.NewID(), Kind: confiscation, State: casework.MeasureSettled, Way: "没收", Target: named(in.Things), KeptAt: strings.TrimSpace(in.Shelf), TakenOn: law.DateOf(in.At), TakenAt: store.Micros(in.At), Outcome: "没收"}
	return casework.Command{
		On: law.DateOf(in.At), At: in.At, Note: named(in.Things),
		Change: func(tx *store.Tx, c *casework.Case) error {
			if err := faultIf(by.Person() == c.Lead, "shelf", "经手人和保管人是两个人：您是本案主办，请由保管人登记"); err != nil {
				return err
			}
			if err := faultIf(law.DateOf(in.At).Before(law.DateOf(c.Delivered())), "at", "收缴在决定书送达（%s）以后", law.DateOf(c.Delivered()).Han()); err != nil {
				return err
			}
			return within(tx, c, in.At)
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			return []casework.Draft{{Kind: "custody_record", Part: casework.CustodyRecord{
				Things: casework.Things{Things: in.Things}, Move: "入库", MovedAt: minute(in.At), Shelf: in.Shelf, Label: "入库后打印", Basis: d.Title + " " + d.Decision, State: in.State,
			}}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			m.EndedOn, m.Paper = tx.Today(), done.Papers[0]
			if err := keep(tx, c, m, done, in.Things); err != nil {
				return err
			}
			if err := take(tx, m, done); err != nil {
				return err
			}
			all, err := things(tx, m, Held)
			if err != nil {
				return err
			}
			return shift(tx, all, Confiscated, Move{Entry: int64(done.Entry), Kind: MoveIn, At: store.Micros(in.At), Place: m.KeptAt, Handler: c.Lead, Keeper: by.Person(), Basis: "依处罚决定书没收", Condition: in.State, Paper: done.Papers[0]})
		},
	}
}

// waiting are the confiscated things of a case about which nothing is allowed yet.
func waiting(tx *store.Tx, c *casework.Case) ([]Thing, error) {
	all, err := ofCase[Thing](tx, c.ID)
	return slices.DeleteFunc(all, func(t Thing) bool { return !t.confiscated() || t.Disposal != 0 }), err
}

// pendingDisposal is the oldest disposal that is allowed and not done, with its things; nil for none.
func pendingDisposal(tx *store.Tx, c *casework.Case) (*Disposal, []Thing, error) {
	all, err := ofCase[Disposal](tx, c.ID)
	i := slices.IndexFunc(all, func(d Disposal) bool { return d.DoneOn.IsZero() && d.FailedOn.IsZero() })
	if err != nil || i < 0 {
		return nil, nil, err
	}
	rows, err := ofCase[Thing](tx, c.ID)
	return &all[i], slices.DeleteFunc(rows, func(t Thing) bool { return t.Disposal != all[i].ID || !t.confiscated() }), err
}

// chosen are the waiting things that the form names by label, all for none named.
func chosen(all []Thing, in measureApproveDisposalBody) ([]Thing, error) {
	var fs fault.Fields
	out := all
	if words := strings.FieldsFunc(in.Labels, func(r rune) bool { return strings.ContainsRune("、，,；; \n\t\r", r) }); len(words) > 0 {
		out = nil
		for _, w := range words {
			i := slices.IndexFunc(all, func(t Thing) bool { return strings.EqualFold(t.Code, w) })
			if i < 0 {
				fs.Add("labels", "没收待处理的财物里没有标签 %s", w)
				continue
			}
			out = append(out, all[i])
		}
	}
	if len(all) == 0 {
		fs.Add("labels", "没有没收待处理的财物。还在当事人那里的先收缴入库，扣押、登记保存的先在那项措施里没收")
	}
	for _, t := range out {
		if money := t.State == Forfeited; money != (in.Way == wayTreasury) {
			fs.Add("way", "“%s”%s", t.Name, map[bool]string{true: "已经变卖，只有款项，应当上缴国库", false: "还在库，不是款项；先拍卖、处理或者销毁"}[money])
		}
	}
	return out, fs.Err()
}

func (s *Service) startApproveDisposal(tx *store.Tx, at casework.FormAt) (casework.Asked[measureApproveDisposalBody], error) {
	all, err := waiting(tx, at.Case)
	out := casework.Asked[measureApproveDisposalBody]{In: measureApproveDisposalBody{Way: wayAuction}, Facts: thingFacts(all)}
	if len(all) > 0 && all[0].State == Forfeited {
		out.In.Way = wayTreasury
	}
	return out, err
}

func thingFacts(all []Thing) (out []web.FactView) {
	for _, t := range all {
		l := t.listed()
		out = append(out, web.FactView{Label: thingLabel(t.State), Text: l.Name + "，" + l.Amount + "，标签 " + l.Note + "，库位 " + orNone(t.Shelf)})
	}
	return out
}

func (s *Service) approveDisposal(by access.Session, in measureApproveDisposalBody) casework.Command {
	var all []Thing
	return casework.Command{
		Note: in.Way,
		Change: func(tx *store.Tx, c *casework.Case) error {
			rows, err := waiting(tx, c)
			if err == nil {
				all, err = chosen(rows, in)
			}
			return err
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetText(law.DisposalWay, in.Way, "form")
			f.SetBool(law.DisposalProvided, in.Provided, "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			if err != nil {
				return nil, err
			}
			form, err := casework.Signed(tx, c, by, in.Reason, "同意"+in.Way)
			return []casework.Draft{{Kind: "disposal_approval", Part: casework.DisposalApproval{Approval: form, Things: list(all), Decision: d.Decision, Way: in.Way, Basis: in.Basis}}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			d := &Disposal{ID: store.NewID(), Version: 1, Case: c.ID, Entry: int64(done.Entry), Levels: c.Levels, Way: in.Way, Basis: strings.TrimSpace(in.Basis), ApprovedOn: tx.Today(), ApprovedBy: by.Person(), Approval: done.Papers[0]}
			if err := insert(tx, d); err != nil {
				return err
			}
			for i := range all {
				t := &all[i]
				t.Disposal, t.Entry = d.ID, int64(done.Entry)
				t.Version++
				if err := update(tx, t, t.Version-1, "这件财物"); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func (s *Service) startDisposeConfiscated(tx *store.Tx, at casework.FormAt) (casework.Asked[measureDisposeConfiscatedBody], error) {
	d, all, err := pendingDisposal(tx, at.Case)
	out := casework.Asked[measureDisposeConfiscatedBody]{}
	if err != nil || d == nil {
		return out, err
	}
	out.Facts = append([]web.FactView{{Label: "批准的方式", Text: d.Way + "（" + d.ApprovedOn.Han() + "批准）"}, {Label: "依据", Text: d.Basis}}, thingFacts(all)...)
	for _, t := range all {
		out.In.Proceeds += t.Proceeds
	}
	return out, nil
}

// check are the faults of the form, by the way that was allowed.
func (in measureDisposeConfiscatedBody) check(d *Disposal, all []Thing) error {
	var fs fault.Fields
	var sold law.Money
	for _, t := range all {
		sold += t.Proceeds
	}
	switch {
	case d.Way == wayDestroy && strings.TrimSpace(in.At) == "":
		fs.Add("at", "销毁的，请填写地点")
	case d.Way == wayDestroy && strings.TrimSpace(in.Footage) == "":
		fs.Add("footage", "销毁的，请填写照片、录像编号")
	case d.Way == wayAuction && in.Proceeds <= 0:
		fs.Add("proceeds", "请填写拍卖所得的款项")
	case d.Way == wayTreasury && in.Proceeds != sold:
		fs.Add("proceeds", "变卖时登记的款项是 %s 元", sold.Grouped())
	}
	if in.Proceeds > 0 && strings.TrimSpace(in.Voucher) == "" {
		fs.Add("voucher", "请填写缴库票据")
	}
	return fs.Err()
}

func (s *Service) disposeConfiscated(by access.Session, in measureDisposeConfiscatedBody) casework.Command {
	var d *Disposal
	var all []Thing
	return casework.Command{
		Note: strings.TrimSpace(in.Receiver),
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if by.Person() == c.Lead {
				return faultIf(true, "receiver", "经手人和保管人是两个人：您是本案主办，请由保管人登记")
			}
			if d, all, err = pendingDisposal(tx, c); err != nil || d == nil {
				return err // the rule says that nothing is allowed yet
			}
			return in.check(d, all)
		},
		State: func(_ *store.Tx, c *casework.Case, f *law.Facts) error {
			f.SetBool(law.DisposalApproved, d != nil, c.ID.Subject())
			f.SetMoney(law.DisposalProceeds, in.Proceeds, "form")
			f.SetMoney(law.TreasuryPaid, in.Treasury, "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			of, err := casework.DecidedOf(tx, c)
			if d.Way == wayDestroy {
				return []casework.Draft{{Kind: "destruction_list", Part: casework.DestructionList{Things: list(all), Decision: of.Decision, Approved: d.ApprovedOn, Basis: d.Basis, At: in.At, Course: in.Course, Watched: in.Receiver, Footage: in.Footage}}}, err
			}
			return []casework.Draft{{Kind: "disposal_list", Part: casework.DisposalList{Things: list(all), Decision: of.Decision, Approved: d.ApprovedOn, Way: d.Way, Receiver: in.Receiver, Course: in.Course, Proceeds: in.Proceeds, Voucher: in.Voucher}}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			d.DoneOn, d.Receiver, d.Proceeds, d.Treasury, d.Voucher, d.Paper, d.Entry = tx.Today(), strings.TrimSpace(in.Receiver), in.Proceeds, in.Treasury, strings.TrimSpace(in.Voucher), done.Papers[0], int64(done.Entry)
			d.Version++
			if err := update(tx, d, d.Version-1, "这项处理"); err != nil {
				return err
			}
			said := in.Course
			if in.Proceeds > 0 {
				said += "；所得 " + in.Proceeds.Grouped() + " 元，已上缴国库（" + d.Voucher + "）"
			}
			return shift(tx, all, disposedAs[d.Way], Move{Entry: int64(done.Entry), Kind: MoveDispose, Handler: c.Lead, Keeper: by.Person(), Receiver: d.Receiver, Basis: d.Way + "：" + d.Basis, Condition: said, Paper: done.Papers[0]})
		},
	}
}
