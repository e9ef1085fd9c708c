package casework_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// book is zhao's book of receipts.
func (b *street) book() casework.BookView {
	b.t.Helper()
	books, err := b.cases.Books(b.ctx, b.session("cashier"))
	b.must(err)
	v, err := b.cases.Book(b.ctx, b.session("cashier"), books[len(books)-1].ID)
	b.must(err)
	return v
}

// cash is a delivered case whose fine was taken on the spot with the officer's next receipt.
func (b *street) cash(amount law.Money) (casework.CaseID, casework.Payment) {
	b.t.Helper()
	id, _ := b.delivered(amount, casework.PayCash)
	var number string
	testkit.View(b.t, b.db, func(tx *store.Tx) (err error) {
		number, err = casework.NextReceipt(tx, int64(b.persons["zhao"]))
		return err
	})
	b.must(b.cases.CollectCash(b.ctx, b.session("zhao"), id, b.version(id), casework.CashInput{Amount: amount, ReceiptNo: number}))
	return id, b.file(id).Payments[0]
}

func TestCashNeedsTheNextReceiptAndALawfulGround(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		zhao, cashier := b.session("zhao"), b.session("cashier")
		id, _ := b.delivered(law.Yuan(80), casework.PayCash)
		take := func(by access.Session, in casework.CashInput) error {
			return b.cases.CollectCash(b.ctx, by, id, b.version(id), in)
		}
		b.fails("跳号使用", take(zhao, casework.CashInput{Amount: law.Yuan(80), ReceiptNo: "演票0000002"}), fault.Invalid, "下一张是 演票0000001")
		b.fails("少收", take(zhao, casework.CashInput{Amount: law.Yuan(60), ReceiptNo: "演票0000001"}), fault.Invalid, "尚未缴纳的罚款一致")
		b.refused("没有票据", take(zhao, casework.CashInput{Amount: law.Yuan(80)}), "XZCF-70")
		b.refused("收款人名下没有领用的票据", take(b.session("qian"), casework.CashInput{Amount: law.Yuan(80), ReceiptNo: "演票0000001"}), "XZCF-70-register")
		b.fails("收费员不当场收缴", take(cashier, casework.CashInput{Amount: law.Yuan(80), ReceiptNo: "演票0000001"}), fault.Forbidden, "")
		// 票面损坏的作废，用下一张
		book := b.book()
		b.fails("作废没有原因", b.cases.VoidReceipt(b.ctx, cashier, book.ID, book.Version, ""), fault.Invalid, "请写明作废的原因")
		b.must(b.cases.VoidReceipt(b.ctx, cashier, book.ID, book.Version, "票面撕破"))
		b.fails("旧版本再作废", b.cases.VoidReceipt(b.ctx, cashier, book.ID, book.Version, "再撕"), fault.Conflict, "刚被别人改过")
		b.fails("已作废的不能用", take(zhao, casework.CashInput{Amount: law.Yuan(80), ReceiptNo: "演票0000001"}), fault.Invalid, "下一张是 演票0000002")
		b.must(take(zhao, casework.CashInput{Amount: law.Yuan(80), ReceiptNo: "演票0000002"}))
		b.fails("收两次", take(zhao, casework.CashInput{Amount: law.Yuan(80), ReceiptNo: "演票0000003"}), fault.Invalid, "")
		p := b.file(id).Payments[0]
		// 4 月 30 日收缴，五一假期在内，二日按工作日算
		if p.HandInDue != law.MustDate("2026-05-07") || p.Officer != int64(b.persons["zhao"]) || p.Ground != "small" {
			t.Errorf("收缴记录 %+v", p)
		}
		if book = b.book(); book.Used != 1 || book.Void != 1 || book.Next != 3 || len(book.Receipts) != 2 || !strings.HasPrefix(book.Receipts[1].DocNo, "演城管当罚字") {
			t.Errorf("票据 %+v", book)
		}
		// 超过一百元，没有其他情形
		id, _ = b.delivered(law.Yuan(150), casework.PayCode)
		b.refused("超过一百元", take(zhao, casework.CashInput{Amount: law.Yuan(150), ReceiptNo: "演票0000003"}), "XZCF-68-69")
		b.fails("事后难以执行没有写理由", take(zhao, casework.CashInput{Amount: law.Yuan(150), ReceiptNo: "演票0000003", HardLater: true}), fault.Invalid, "事后难以执行的理由")
		b.must(take(zhao, casework.CashInput{Amount: law.Yuan(150), ReceiptNo: "演票0000003", HardLater: true, Why: "外地流动摊贩，没有固定住所"}))
		b.proved()
	})
}

func TestCashGoesFromOfficerToCashierToBank(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		cashier := b.session("cashier")
		id, p := b.cash(law.Yuan(80))
		today := law.DateOf(b.clock.Now())
		b.fails("收款人自己登记上交", b.cases.HandInCash(b.ctx, b.session("zhao"), p.ID, p.Version, today), fault.Forbidden, "")
		b.fails("没上交就缴付银行", b.cases.DepositCash(b.ctx, cashier, p.ID, p.Version, today), fault.Conflict, "还没有上交")
		b.fails("上交早于收缴", b.cases.HandInCash(b.ctx, cashier, p.ID, p.Version, today.AddDays(-1)), fault.Invalid, "上交日期应在收缴之日和今天之间")
		b.fails("上交在明天", b.cases.HandInCash(b.ctx, cashier, p.ID, p.Version, today.AddDays(1)), fault.Invalid, "上交日期应在收缴之日和今天之间")
		// 角色表不许一个人既办案又收费；就算账号出了错，法条也不许自己经收
		own := func(person int64) {
			testkit.Update(t, b.db, func(tx *store.Tx) error {
				_, err := tx.Exec(`UPDATE payment SET officer = ? WHERE id = ?`, person, p.ID)
				return err
			})
		}
		own(cashier.Person())
		b.refused("自己收的自己经收", b.cases.HandInCash(b.ctx, cashier, p.ID, p.Version, today), "XZCF-71-cashier")
		own(int64(b.persons["zhao"]))
		book := b.book()
		_, err := b.cases.SettleReceipts(b.ctx, cashier, book.ID, book.Version)
		b.fails("没缴付银行就核销", err, fault.Conflict, "没有可以核销的票据")
		b.must(b.cases.HandInCash(b.ctx, cashier, p.ID, p.Version, today))
		b.fails("上交两次", b.cases.HandInCash(b.ctx, cashier, p.ID, p.Version+1, today), fault.Conflict, "已经上交")
		b.fails("旧版本缴付", b.cases.DepositCash(b.ctx, cashier, p.ID, p.Version, today), fault.Conflict, "刚被别人改过")
		b.must(b.cases.DepositCash(b.ctx, cashier, p.ID, p.Version+1, today))
		p = b.file(id).Payments[0]
		if p.HandedInOn != today || p.DepositedOn != today || p.DepositDue != law.MustDate("2026-05-07") {
			t.Errorf("上交、缴付 %+v", p)
		}
		n, err := b.cases.SettleReceipts(b.ctx, cashier, book.ID, book.Version)
		b.must(err)
		if book = b.book(); n != 1 || book.Settled != 1 || book.Used != 0 || book.Closed {
			t.Errorf("核销了 %d 张：%+v", n, book)
		}
		b.proved()
	})
}

func TestBookIsClosedWhenAllIsSettled(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		cashier := b.session("cashier")
		book := b.book()
		for n := range 19 {
			b.must(b.cases.VoidReceipt(b.ctx, cashier, book.ID, book.Version+int64(n), "票面受潮"))
		}
		_, p := b.cash(law.Yuan(80))
		today := law.DateOf(b.clock.Now())
		b.must(b.cases.HandInCash(b.ctx, cashier, p.ID, p.Version, today))
		b.must(b.cases.DepositCash(b.ctx, cashier, p.ID, p.Version+1, today))
		if b.book().Closed {
			t.Error("还没核销就关了")
		}
		book = b.book()
		_, err := b.cases.SettleReceipts(b.ctx, cashier, book.ID, book.Version)
		b.must(err)
		if book = b.book(); !book.Closed || book.Left() != 0 || book.Void != 19 || book.Settled != 1 {
			t.Errorf("用完核销后 %+v", book)
		}
		good := casework.BookInput{Holder: int64(b.persons["qian"]), Prefix: "演票", First: "0000021", Last: "0000040"}
		for _, c := range []struct {
			name   string
			change func(*casework.BookInput)
			text   string
		}{
			{"与已领用的重叠", func(in *casework.BookInput) { in.First = "0000020" }, "已经登记领用"},
			{"止号位数不同", func(in *casework.BookInput) { in.Last = "40" }, "位数与起号相同"},
			{"止号小于起号", func(in *casework.BookInput) { in.Last = "0000001" }, "止号不能小于起号"},
			{"号码不是数字", func(in *casework.BookInput) { in.First = "+000021" }, "起号应是数字"},
			{"冠字以数字结尾", func(in *casework.BookInput) { in.Prefix = "演票0" }, "不能以数字结尾"},
			{"协管不能领用", func(in *casework.BookInput) { in.Holder = int64(b.persons["aux"]) }, "没有有效的执法资格"},
			{"没有这个人", func(in *casework.BookInput) { in.Holder = 1 }, "没有这个人"},
			{"没有选人", func(in *casework.BookInput) { in.Holder = 0 }, "请选择领用的执法人员"},
		} {
			in := good
			c.change(&in)
			b.fails(c.name, b.cases.IssueReceipts(b.ctx, cashier, in), fault.Invalid, c.text)
		}
		b.must(b.cases.IssueReceipts(b.ctx, cashier, good))
		b.proved()
	})
}

func TestStatementIsMatched(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		cashier := b.session("cashier")
		number := func(p casework.PaperID) string { return b.paper(p).Paper.DocNo }
		known, knownPaper := b.delivered(law.Yuan(100), casework.PayCode)
		fresh, freshPaper := b.delivered(law.Yuan(60), casework.PayCode)
		part, partPaper := b.delivered(law.Yuan(70), casework.PayCode)
		differs, differsPaper := b.delivered(law.Yuan(90), casework.PayCode)
		voided, voidPaper := b.decided(law.Yuan(60), casework.PayCode)
		b.must(b.cases.VoidPaper(b.ctx, b.session("zhao"), voided, b.version(voided), "写错"))
		pay := func(id casework.CaseID, ref string, amount int64) {
			b.must(b.cases.RecordPayment(b.ctx, cashier, id, b.version(id), casework.PaymentInput{Channel: casework.PayBank, Amount: law.Yuan(amount), PaidOn: law.DateOf(b.clock.Now()), Reference: ref}))
		}
		pay(known, "R1", 100)
		pay(differs, "R5", 40)
		rows := []string{
			"2026-04-30,R1," + number(knownPaper) + ",100,演示甲",
			"2026-04-30,R2," + strings.NewReplacer("〔", "[", "〕", "]", "第", "").Replace(number(freshPaper)) + ",60,演示乙",
			"2026-04-30,R3," + number(partPaper) + ",69,演示丙",
			"2026-04-30,R4,演城管当罚字〔2026〕第999号,50,演示丁",
			"2026-04-30,R5," + number(differsPaper) + ",50,演示戊",
			"2026-04-30,R6,,50,演示己",
			"2026-04-30,R7," + number(voidPaper) + ",60,演示庚",
			"2026-05-01,R8," + number(partPaper) + ",70,演示辛",
		}
		file := []byte("缴款日期,流水号,决定书文号,金额,缴款人\n" + strings.Join(rows, "\n") + "\n")
		id, err := b.cases.ImportStatement(b.ctx, cashier, "非税-0430.csv", file)
		b.must(err)
		lines, _, err := b.cases.StatementLines(b.ctx, cashier, id, "", 0)
		b.must(err)
		for i, want := range []struct{ state, note string }{
			{casework.LineMatched, ""},
			{casework.LineMatched, ""},
			{casework.LineMismatch, "尚未缴纳 70 元，对账单是 69 元"},
			{casework.LineUnknown, "没有这个文号的决定书"},
			{casework.LineMismatch, "登记的是 40 元，对账单是 50 元"},
			{casework.LineUnknown, "对账单上没有写文号"},
			{casework.LineMismatch, "已经作废"},
			{casework.LineMismatch, "缴款日期 2026-05-01 不在"},
		} {
			if l := lines[i].Line; l.State != want.state || !strings.Contains(l.Note, want.note) {
				t.Errorf("第 %d 行 %s：%s %s", i+2, l.Reference, l.State, l.Note)
			}
		}
		payment := func(id casework.CaseID) string {
			ps := b.file(id).Payments
			if len(ps) != 1 {
				return fmt.Sprint(len(ps), " 笔")
			}
			return ps[0].Amount.String() + " " + ps[0].Reference + " " + ps[0].State
		}
		for what, c := range map[string]struct{ got, want string }{
			"登记过的对上":      {payment(known), "100 R1 reconciled"},
			"没登记的自动登记":    {payment(fresh), "60 R2 reconciled"},
			"金额不符的不登记":    {payment(part), "0 笔"},
			"登记金额不同的标不一致": {payment(differs), "40 R5 mismatch"},
		} {
			if c.got != c.want {
				t.Errorf("%s：%s，应为 %s", what, c.got, c.want)
			}
		}
		// 同一份文件只收一次，并指出在哪里
		_, err = b.cases.ImportStatement(b.ctx, cashier, "又传一次.csv", file)
		var e *fault.Error
		if !errors.As(err, &e) || e.Kind != fault.Conflict || e.Location != fmt.Sprintf("/w/money/statements/%d", id) {
			t.Errorf("同一份文件：%v", err)
		}
		_, err = b.cases.ImportStatement(b.ctx, b.session("clerk"), "内勤传.csv", file)
		b.fails("内勤对账", err, fault.Forbidden, "")
		// 中断的接着做，做过的不重做
		testkit.Update(t, b.db, func(tx *store.Tx) error {
			// 有留痕的删除，核验才认
			if _, err := ledger.Append(tx, testkit.Actor(), ledger.Act{Kind: "casework.statement_imported", Subject: "test"}); err != nil {
				return err
			}
			_, err := tx.Exec(`DELETE FROM statement_line WHERE statement_id = ? AND line > 5`, id)
			return err
		})
		again, err := b.cases.ImportStatement(b.ctx, cashier, "非税-0430.csv", file)
		b.must(err)
		if n := b.count(`SELECT COUNT(*) FROM statement_line WHERE statement_id = ?`, id); again != id || n != 8 || payment(fresh) != "60 R2 reconciled" {
			t.Errorf("接着导入：%d 行，%s", n, payment(fresh))
		}
		// 人工处理
		line := lines[4].Line
		testkit.View(t, b.db, func(tx *store.Tx) error {
			return tx.DB().NewSelect().Model(&line).Where("statement_id = ?", id).Where("reference = 'R5'").Scan(tx.Ctx)
		})
		b.fails("没有写怎样处理", b.cases.SettleLine(b.ctx, cashier, line.ID, line.Version, ""), fault.Invalid, "请写明怎样处理的")
		b.must(b.cases.SettleLine(b.ctx, cashier, line.ID, line.Version, "银行更正为 40 元"))
		b.fails("处理两次", b.cases.SettleLine(b.ctx, cashier, line.ID, line.Version, "再处理"), fault.Conflict, "")
		if payment(differs) != "40 R5 reconciled" {
			t.Errorf("处理后 %s", payment(differs))
		}
		sts, err := b.cases.Statements(b.ctx, cashier)
		b.must(err)
		if st := sts[0]; st.Open() != 5 || st.Counts[casework.LineMatched] != 2 || st.Counts[casework.LineSettled] != 1 || st.Done() != st.Lines {
			t.Errorf("对账单 %+v", st)
		}
		b.proved()
	})
}

func TestPaymentsAndRefunds(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		cashier, today := b.session("cashier"), law.DateOf(b.clock.Now())
		id, paper := b.delivered(law.Yuan(100), casework.PayCode)
		good := casework.PaymentInput{Channel: casework.PayBank, Amount: law.Yuan(100), PaidOn: today, Reference: "R1"}
		for _, c := range []struct {
			name   string
			change func(*casework.PaymentInput)
			text   string
		}{
			{"多缴", func(in *casework.PaymentInput) { in.Amount = law.Yuan(101) }, "不超过尚未缴纳的 100 元"},
			{"现金不从这里登记", func(in *casework.PaymentInput) { in.Channel = casework.PayCash }, "请选择缴款码、银行或者电子支付"},
			{"没有流水号", func(in *casework.PaymentInput) { in.Reference = " " }, "请填写缴款流水号"},
			{"缴款早于决定", func(in *casework.PaymentInput) { in.PaidOn = today.AddDays(-1) }, "决定之日和今天之间"},
			{"缴款在明天", func(in *casework.PaymentInput) { in.PaidOn = today.AddDays(1) }, "决定之日和今天之间"},
		} {
			in := good
			c.change(&in)
			b.fails(c.name, b.cases.RecordPayment(b.ctx, cashier, id, b.version(id), in), fault.Invalid, c.text)
		}
		b.fails("执法人员登记缴款", b.cases.RecordPayment(b.ctx, b.session("zhao"), id, b.version(id), good), fault.Forbidden, "")
		b.must(b.cases.RecordPayment(b.ctx, cashier, id, b.version(id), good))
		other, _ := b.delivered(law.Yuan(100), casework.PayCode)
		b.fails("同一流水号登记两次", b.cases.RecordPayment(b.ctx, cashier, other, b.version(other), good), fault.Invalid, "已经登记过")
		refund := casework.PaymentInput{Channel: casework.PayBank, Amount: law.Yuan(100), PaidOn: today, Reference: "T1"}
		b.fails("没有撤销就退库", b.cases.Refund(b.ctx, cashier, id, refund), fault.Conflict, "才办理退库")
		_, err := b.cases.Revoke(b.ctx, b.session("head"), id, b.version(id), "当事人认定错误")
		b.must(err)
		refund.Channel = ""
		b.fails("没有渠道", b.cases.Refund(b.ctx, cashier, id, refund), fault.Invalid, "请选择退库的渠道")
		refund.Channel, refund.Amount = casework.PayBank, law.Yuan(101)
		b.fails("退多了", b.cases.Refund(b.ctx, cashier, id, refund), fault.Invalid, "不超过多缴的 100 元")
		page, err := b.cases.Money(b.ctx, cashier, casework.MoneyFilter{Tab: casework.MoneyRefund}, "")
		b.must(err)
		if len(page.Rows) != 1 || page.Rows[0].Case.ID != id || page.Rows[0].Paid != law.Yuan(100) || page.Counts[casework.MoneyDue] != 1 || page.Sum != law.Yuan(100) {
			t.Errorf("待退库 %+v %v，合计 %s", page.Rows, page.Counts, page.Sum)
		}
		due, err := b.cases.Money(b.ctx, cashier, casework.MoneyFilter{Tab: casework.MoneyDue}, "")
		b.must(err)
		if due.Sum != due.Rows[0].Outstanding() || due.Sum <= 0 {
			t.Errorf("待缴合计 %s，应是没有缴的 %s", due.Sum, due.Rows[0].Outstanding())
		}
		refund.Amount = law.Yuan(100)
		b.must(b.cases.Refund(b.ctx, cashier, id, refund))
		page, err = b.cases.Money(b.ctx, cashier, casework.MoneyFilter{Tab: casework.MoneyPaid}, "")
		b.must(err)
		if page.Counts[casework.MoneyRefund] != 0 || len(page.Rows) != 2 || page.Rows[0].DocNo != b.paper(paper).Paper.DocNo || page.Sum != 0 {
			t.Errorf("退库后 %+v", page)
		}
		b.proved()
	})
}

// Pages of a view lead forth and back over every row once, in the order of their day.
func TestMoneyPages(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		cashier := b.session("cashier")
		id, _ := b.delivered(law.Yuan(170), casework.PayCode)
		testkit.Update(t, b.db, func(tx *store.Tx) error {
			for n := range 45 {
				row := &casework.Payment{ID: store.NewID(), Version: 1, Entry: 1, Levels: b.file(id).Case.Levels, Case: id, Kind: "fine", Channel: casework.PayBank, Amount: law.Yuan(1), PaidOn: law.MustDate("2026-05-01").AddDays(n % 7), Reference: fmt.Sprint("R", n), State: casework.PaymentOpen}
				if _, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx); err != nil {
					return err
				}
			}
			return nil
		})
		f := casework.MoneyFilter{Tab: casework.MoneyPaid}
		twenty := store.WithPageSize(b.ctx, 20)
		var order []int64
		var pages []casework.MoneyPage
		for after := ""; ; {
			page, err := b.cases.Money(twenty, cashier, f, after)
			b.must(err)
			pages = append(pages, page)
			for i, r := range page.Rows {
				order = append(order, r.Payment.ID)
				if i > 0 && r.Payment.PaidOn.After(page.Rows[i-1].Payment.PaidOn) {
					t.Error("没有按日期由近到远")
				}
			}
			if after = page.Next; after == "" {
				break
			}
		}
		seen := map[int64]bool{}
		for _, p := range order {
			seen[p] = true
		}
		if len(pages) != 3 || len(order) != 45 || len(seen) != 45 || pages[1].Sum != law.Yuan(45) {
			t.Fatalf("%d 页 %d 行 %d 笔，合计 %s", len(pages), len(order), len(seen), pages[1].Sum)
		}
		back, err := b.cases.Money(twenty, cashier, f, pages[2].Prev)
		b.must(err)
		if back.Rows[0].Payment.ID != pages[1].Rows[0].Payment.ID || back.Prev == "" || back.Next == "" {
			t.Error("上一页回不到中间那页")
		}
		f.From, f.Until = law.MustDate("2026-05-02"), law.MustDate("2026-05-02")
		page, err := b.cases.Money(b.ctx, cashier, f, "")
		b.must(err)
		if len(page.Rows) != 7 || page.Counts[casework.MoneyPaid] != 7 || page.Sum != law.Yuan(7) {
			t.Errorf("5 月 2 日有 %d 笔，合计 %s", len(page.Rows), page.Sum)
		}
		f = casework.MoneyFilter{Tab: casework.MoneyPaid, Words: "没有这个人"}
		if page, err = b.cases.Money(b.ctx, cashier, f, ""); err != nil || len(page.Rows) != 0 {
			t.Errorf("找不到的应是空页：%d %v", len(page.Rows), err)
		}
	})
}

func TestIndicators(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		zhao, clerk, cashier := b.session("zhao"), b.session("clerk"), b.session("cashier")
		paid, _ := b.delivered(law.Yuan(100), casework.PayCode)
		b.must(b.cases.RecordPayment(b.ctx, cashier, paid, b.version(paid), casework.PaymentInput{Channel: casework.PayBank, Amount: law.Yuan(100), PaidOn: law.DateOf(b.clock.Now()), Reference: "R1"}))
		b.must(b.cases.FileWithBureau(b.ctx, clerk, paid, b.version(paid)))
		b.must(b.cases.Close(b.ctx, clerk, paid, b.version(paid), ""))
		b.cash(law.Yuan(80))
		b.delivered(0, casework.PayCode) // 警告
		revoked, _ := b.delivered(law.Yuan(60), casework.PayCode)
		b.must(b.cases.RecordPayment(b.ctx, cashier, revoked, b.version(revoked), casework.PaymentInput{Channel: casework.PayCode, Amount: law.Yuan(60), PaidOn: law.DateOf(b.clock.Now()), Reference: "R2"}))
		_, err := b.cases.Revoke(b.ctx, b.session("head"), revoked, b.version(revoked), "认定错误")
		b.must(err)
		b.must(b.cases.Refund(b.ctx, cashier, revoked, casework.PaymentInput{Channel: casework.PayBank, Amount: law.Yuan(60), PaidOn: law.DateOf(b.clock.Now()), Reference: "T2"}))
		voided, _ := b.decided(law.Yuan(100), casework.PayCode)
		b.must(b.cases.VoidPaper(b.ctx, zhao, voided, b.version(voided), "卡纸"))
		b.lead()

		registry, err := indicator.NewRegistry(b.cases.Indicators()...)
		b.must(err)
		april := indicator.Period{From: law.MustDate("2026-04-01"), To: law.MustDate("2026-04-30")}
		for id, want := range map[string]string{
			"casework.leads": "6 件", "casework.decided": "4 件", "casework.warned": "1 件", "casework.fined": "3 件", "casework.fine_imposed": "240 元", "casework.fine_collected": "180 元", "casework.cash_collected": "1 次", "casework.cash_amount": "80 元",
			"casework.declined_first": "0 件", "casework.declined_slight": "0 件", "casework.closed": "1 件", "casework.filed_in_time": "100.0%（1/1）", "casework.cash_in_time": "—（0/0）", "casework.revoked": "1 件", "casework.paper_voided": "1 份",
		} {
			d, ok := registry.Get(id)
			if !ok {
				t.Errorf("没有指标 %s", id)
				continue
			}
			testkit.View(t, b.db, func(tx *store.Tx) error {
				whole := indicator.Query{Period: april, Scope: access.System("test").Scope()}
				f, err := d.Value(tx, whole)
				if err != nil {
					return fmt.Errorf("%s: %w", id, err)
				}
				if f.Text() != want {
					t.Errorf("%s：%s，应为 %s", d.Name, f.Text(), want)
				}
				faults, err := d.Recount(tx, whole)
				if err != nil || len(faults) > 0 {
					t.Errorf("%s：%v %v", d.Name, faults, err)
				}
				other := indicator.Query{Period: april, Scope: b.session("sun").ScopeFor(access.FigureRead)}
				if f, err = d.Value(tx, other); err != nil || f.N != 0 {
					t.Errorf("%s：第二中队看到 %s %v", d.Name, f.Text(), err)
				}
				return err
			})
		}
		if n := len(registry.All()); n != 19 {
			t.Errorf("有 %d 个指标", n)
		}
		// 期限过了还没备案的，计入分母；到期以前不计
		b.clock.Advance(20 * 24 * 3600 * 1e9)
		d, _ := registry.Get("casework.filed_in_time")
		testkit.View(t, b.db, func(tx *store.Tx) error {
			f, err := d.Value(tx, indicator.Query{Period: april, Scope: access.System("test").Scope()})
			if err != nil || f.Text() != "25.0%（1/4）" {
				t.Errorf("过期后 %s %v", f.Text(), err)
			}
			return err
		})
	})
}
