package demo

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/draft"
	"fadu/internal/law"
	"fadu/internal/law/identity"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// Area is the fictional district; no real division has a code in 99.
const Area = "990107"

const areaName = "990107 演示市演示区"

// The people are made of these; every name carries 演示.
var (
	surnames = []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许")
	given    = []rune("安宁平和清明正直公允勤慎谨信守恒志远思行")
)

func personName(n int) string {
	return fmt.Sprintf("演示%c%c%c", surnames[n%len(surnames)], given[(n*7)%len(given)], given[(n*3+n/len(given))%len(given)])
}

type staff struct {
	number, name, kind, unit, post, login string
	roles                                 []access.Role
	certified                             bool
	// legal are kind, number and day of the legal qualification, and since when decisions are reviewed.
	legal [4]string
}

// roster is the bureau's 60 people: three squads of 14 officers and 3 auxiliaries, and 9 at the desk.
func roster() []staff {
	var out []staff
	add := func(s staff) {
		n := len(out) + 1
		s.number, s.name = fmt.Sprintf("YS%04d", n), personName(n)
		out = append(out, s)
	}
	desk := []staff{
		{unit: "YS", post: "局长", kind: "执法人员", login: "head", roles: []access.Role{access.BureauHead}, certified: true},
		{unit: "YS", post: "副局长", kind: "执法人员", login: "deputy", roles: []access.Role{access.DeputyHead}, certified: true},
		{unit: "YS-FZ", post: "法制科长", kind: "执法人员", login: "legal", roles: []access.Role{access.LegalAffairs}, certified: true, legal: [4]string{"", "", "", "2015-06-01"}},
		{unit: "YS-FZ", post: "法制审核员", kind: "执法人员", login: "reviewer", roles: []access.Role{access.LegalReviewer}, certified: true, legal: [4]string{"国家统一法律职业资格", "A20229901070001", "2022-03-01", "2023-03-01"}},
		{unit: "YS", post: "内勤", kind: "其他人员", login: "clerk", roles: []access.Role{access.Clerk}},
		{unit: "YS", post: "收费对账员", kind: "其他人员", login: "cashier", roles: []access.Role{access.Cashier}},
		{unit: "YS-BG", post: "系统管理员", kind: "其他人员", login: "sysadmin", roles: []access.Role{access.SystemAdmin}},
		{unit: "YS-BG", post: "安全保密管理员", kind: "其他人员", login: "secadmin", roles: []access.Role{access.SecurityAdmin}},
		{unit: "YS-BG", post: "安全审计员", kind: "其他人员", login: "auditor", roles: []access.Role{access.AuditAdmin}},
	}
	for _, s := range desk {
		add(s)
	}
	for squad := 1; squad <= 3; squad++ {
		for i := 1; i <= 14; i++ {
			s := staff{unit: fmt.Sprintf("YS-Z%d", squad), post: "队员", kind: "执法人员", login: fmt.Sprintf("officer%d%02d", squad, i), roles: []access.Role{access.Officer}, certified: i != 14}
			if i == 1 {
				s.post, s.login, s.roles = "中队长", fmt.Sprintf("leader%d", squad), []access.Role{access.SquadLeader, access.Officer}
			}
			add(s)
		}
		for i := 1; i <= 3; i++ {
			add(staff{unit: fmt.Sprintf("YS-Z%d", squad), post: "协管员", kind: "辅助人员", login: fmt.Sprintf("aux%d%d", squad, i), roles: []access.Role{access.Auxiliary}})
		}
	}
	add(staff{unit: "YS-FZ", post: "培训管理员", kind: "其他人员", login: "trainer", roles: []access.Role{access.Trainer}})
	return out
}

// bureau imports units, people and certificates through the same batches that a bureau uploads.
func (f *filler) bureau(ctx context.Context) error {
	root, err := f.app.Access.AddUnit(ctx, f.system, access.UnitInput{Name: Bureau, Code: "YS", From: law.MustDate("2020-01-01")})
	if err != nil {
		return err
	}
	err = f.batch(ctx, "org.unit", [][]string{
		{"机构名称", "机构编码", "上级机构", "设立日期"},
		{"法制科", "YS-FZ", "YS", "2020-01-01"},
		{"办公室", "YS-BG", "YS", "2020-01-01"},
		{"综合执法大队", "YS-DD", "YS", "2020-01-01"},
		{"第一中队", "YS-Z1", "YS-DD", "2020-01-01"},
		{"第二中队", "YS-Z2", "YS-DD", "2020-01-01"},
		{"第三中队", "YS-Z3", "YS-DD", "2020-01-01"},
	})
	if err != nil {
		return err
	}
	err = f.app.DB.View(ctx, func(tx *store.Tx) error {
		us, err := f.app.Access.Units(tx)
		for _, u := range us {
			f.units[u.Code] = u
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := f.staff(ctx); err != nil {
		return err
	}
	uscc := "11990107MB0000001"
	_, err = f.app.Org.AddSubject(ctx, f.system, org.SubjectInput{
		Name: Bureau, USCC: uscc + identity.USCCCheckChar(uscc), Basis: org.ByStatute, BasisDocument: "演示市演示区机构职能规定（演编发〔2020〕1号，演示）", From: law.MustDate("2020-01-01"),
		Powers: "城市管理领域行政处罚", Areas: []string{areaName}, Address: "演示市演示区青石路1号（演示）", Phone: "0990-0000000", Seal: "行政处罚专用章（演示）",
		ReviewOrgan: "演示区人民政府", Court: "演示区人民法院", CollectionCode: "990107001", Prefix: "演城管",
	}, root)
	return err
}

func (f *filler) staff(ctx context.Context) error {
	people := [][]string{{"姓名", "工号", "人员类别", "所在机构", "职务", "任职日期", "手机号", "法律职业资格", "资格证书编号", "取得资格日期", "从事法制审核起始日"}}
	certificates := [][]string{{"姓名", "工号", "证件编号", "证件种类", "发证机关", "执法区域", "有效期起", "有效期止", "考试合格日期", "执法类别"}}
	all := roster()
	for i, s := range all {
		people = append(people, []string{s.name, s.number, s.kind, s.unit, s.post, "2023-03-01", fmt.Sprintf("1990000%04d", i+1), s.legal[0], s.legal[1], s.legal[2], s.legal[3]})
		if s.certified {
			to := "2028-12-31"
			if i%17 == 11 {
				to = "2027-01-20" // soon to expire
			}
			certificates = append(certificates, []string{s.name, s.number, fmt.Sprintf("99010700%03d", i+1), "行政执法证", "演示市人民政府", areaName, "2024-01-01", to, "2023-12-15", "城市管理"})
		}
	}
	if err := f.batch(ctx, "org.person", people); err != nil {
		return err
	}
	if err := f.batch(ctx, "org.certificate", certificates); err != nil {
		return err
	}
	var held []org.CertificateID
	err := f.app.DB.View(ctx, func(tx *store.Tx) error {
		for _, s := range all {
			id, err := org.PersonByStaffNumber(tx, s.number)
			if err != nil {
				return err
			}
			f.people[s.number] = id
			if !s.certified {
				continue
			}
			status, err := org.OfficerOn(tx, id, tx.Today(), Area)
			if err != nil {
				return err
			}
			held = append(held, status.Certificate)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, id := range held {
		if i%15 == 14 {
			continue // not yet checked
		}
		if err := f.app.Org.RecordCheck(ctx, f.system, id, 1, org.AnnualCheck{Year: f.p.From.Year() - 1, Result: org.CheckPassed, CheckedOn: f.p.From.AddDays(-10)}); err != nil {
			return err
		}
	}
	return nil
}

// batch uploads rows as a CSV file and publishes it. A bad row stops the demo with its reason.
func (f *filler) batch(ctx context.Context, kind string, rows [][]string) error {
	return publish(ctx, f.app.Org.Imports(), f.system, f.app.DB, kind, rows)
}

func publish(ctx context.Context, drafts *draft.Service, by access.Session, db *store.DB, kind string, rows [][]string) error {
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return err
	}
	k, err := drafts.Kind(kind)
	if err != nil {
		return err
	}
	id, err := drafts.Upload(ctx, by, kind, k.Label()+".csv", b.Bytes())
	if err != nil {
		return err
	}
	if _, err := drafts.Publish(ctx, by, id); err != nil {
		return fmt.Errorf("publish %s: %w", kind, err)
	}
	return nil
}

// law imports the starter data and the fictional regulation, adopts what the bureau has, and issues the
// benchmarks.
func (f *filler) law(ctx context.Context) error {
	if err := f.app.Powers.ImportStarter(ctx, f.system); err != nil {
		return err
	}
	return f.adopt(ctx)
}

// adopt takes up every power of the fictional regulation and of the national air and waste items that
// street cases use, and records the publication of their benchmarks and lists.
func (f *filler) adopt(ctx context.Context) error {
	var items []powers.ItemID
	var unissued powers.Unissued
	err := f.app.DB.View(ctx, func(tx *store.Tx) error {
		all, err := f.app.Powers.All(tx, powers.Filter{Kind: powers.KindPenalty})
		if err != nil {
			return err
		}
		coercion, err := f.app.Powers.All(tx, powers.Filter{Kind: powers.KindCoercion})
		if err != nil {
			return err
		}
		for _, p := range coercion {
			if p.Code == demolishPower && p.Confirmed() {
				items = append(items, p.ID)
			}
		}
		for _, p := range all {
			if (p.Demo || adoptedDomains[p.Domain]) && p.Confirmed() {
				items = append(items, p.ID)
			}
		}
		unissued, err = f.app.Powers.Unissued(tx, "")
		return err
	})
	if err != nil {
		return err
	}
	if _, err := f.app.Powers.Adopt(ctx, f.system, powers.AdoptInput{Items: items, Basis: powers.AdoptTransfer, Document: "演示市相对集中行政处罚权决定（演政发〔2020〕3号，演示）", From: law.MustDate("2020-02-01")}); err != nil {
		return err
	}
	in := powers.IssueInput{Issuer: "演示市城市管理局（演示）", Document: "《演示市城市管理行政处罚裁量基准（2025年演示版）》", PublishedOn: law.MustDate("2025-12-20")}
	in.Codes = unissued.Codes()
	if _, err := f.app.Powers.IssueBenchmarks(ctx, f.system, in); err != nil {
		return err
	}
	in.Codes, in.Document = unissued.Exemptions, "《演示市城市管理轻微违法不予处罚清单（2025年演示版）》"
	_, err = f.app.Powers.IssueExemptions(ctx, f.system, in)
	return err
}

// demolishPower is what the bureau may execute itself (城乡规划法第六十八条).
const demolishPower = "CG-320"

var adoptedDomains = map[string]bool{"大气": true, "固废": true, "噪声": true, "市容": true, "环卫": true}

// desk makes accounts, number series and receipt books.
func (f *filler) desk(ctx context.Context) error {
	for _, s := range roster() {
		u := f.units[s.unit]
		in := access.AccountInput{Login: s.login, Name: s.name, Person: int64(f.people[s.number]), Unit: u.ID, Roles: s.roles, Settled: true}
		if _, ok := shown[s.login]; ok {
			in.Password = Password
		}
		if _, err := f.app.Access.CreateAccount(ctx, f.system, in); err != nil {
			return fmt.Errorf("account %s: %w", s.login, err)
		}
		session, err := f.app.Access.SessionFor(ctx, s.login)
		if err != nil {
			return err
		}
		f.sessions[s.login] = session.WithVia("demo")
	}
	for n := 1; n <= 3; n++ {
		sq := squad{unit: f.units[fmt.Sprintf("YS-Z%d", n)]}
		for i := 2; i <= 13; i++ {
			sq.officers = append(sq.officers, fmt.Sprintf("officer%d%02d", n, i))
		}
		sq.officers = append(sq.officers, fmt.Sprintf("leader%d", n))
		f.squads = append(f.squads, sq)
	}
	if err := errors.Join(f.numbers(ctx, f.p.From.Year()), f.ordinaryDesk(ctx), f.issueBooklets(ctx)); err != nil {
		return err
	}
	cashier := f.sessions["cashier"]
	for i, sq := range f.squads {
		for j, login := range sq.officers {
			first := 1000*(i+1) + 20*j + 1
			in := casework.BookInput{Unit: sq.unit.ID, Holder: f.sessions[login].Person(), Prefix: "演票", First: fmt.Sprintf("%07d", first), Last: fmt.Sprintf("%07d", first+19)}
			if err := f.app.Cases.IssueReceipts(ctx, cashier, in); err != nil {
				return fmt.Errorf("receipts of %s: %w", login, err)
			}
		}
	}
	return nil
}

// shown are the accounts that the demo shows, one per role, with what they are.
var shown = map[string]string{
	"officer102": "一中队执法人员，承办", "officer103": "一中队执法人员，协办", "leader1": "一中队中队长", "aux11": "协管员，只能登记线索", "clerk": "内勤：号段、备案、结案", "cashier": "收费对账员：票据、对账",
	"legal": "法制科：权责、基准", "reviewer": "法制审核员", "trainer": "培训管理员：情景、成绩", "deputy": "副局长", "head": "局长：更正、撤销", "sysadmin": "系统管理员", "secadmin": "安全保密管理员", "auditor": "安全审计员",
}

// Accounts are what the sign-in page of a demo offers, in a fixed order.
func Accounts() []access.DemoAccount {
	names := map[string]string{}
	for _, s := range roster() {
		names[s.login] = s.name
	}
	var out []access.DemoAccount
	for _, login := range []string{"officer102", "officer103", "leader1", "aux11", "clerk", "cashier", "legal", "reviewer", "trainer", "deputy", "head", "sysadmin", "secadmin", "auditor"} {
		out = append(out, access.DemoAccount{Login: login, Password: Password, Name: names[login], Label: shown[login]})
	}
	return out
}
