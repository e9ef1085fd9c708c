package casework_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func TestDecisionIsSignedByEachOfficerThenDelivered(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		zhao, qian := b.session("zhao"), b.session("qian")
		id, paper := b.decided(law.Yuan(100), casework.PayCode)
		sign := func(by access.Session, role casework.SignatureRole, method string, image []byte) error {
			in := casework.SignInput{Role: role, Method: method}
			if image == nil {
				return b.cases.Sign(b.ctx, by, paper, in, nil)
			}
			return b.cases.Sign(b.ctx, by, paper, in, bytes.NewReader(image))
		}
		b.refused("没有签名就交付", b.cases.Deliver(b.ctx, zhao, id, b.version(id), casework.DeliverInput{At: b.clock.Now()}), "XZCF-52-2-signatures")
		b.fails("代签", sign(zhao, casework.SignAssist, "drawn", signature()), fault.Forbidden, "不能代签")
		b.fails("别的中队来签", sign(b.session("sun"), casework.SignParty, "drawn", signature()), fault.NotFound, "")
		b.fails("内勤替当事人签", sign(b.session("clerk"), casework.SignParty, "drawn", signature()), fault.Forbidden, "")
		b.fails("执法人员拒签", sign(zhao, casework.SignLead, "refused", nil), fault.Invalid, "请选择签名方式")
		b.fails("手写没有图", sign(zhao, casework.SignLead, "drawn", nil), fault.Invalid, "请手写签名")
		b.fails("不是图片", sign(zhao, casework.SignLead, "drawn", []byte("签名")), fault.Invalid, "PNG 或 JPEG")
		b.fails("图片不完整", sign(zhao, casework.SignLead, "drawn", signature()[:60]), fault.Invalid, "")
		b.fails("拒签没有写情况", sign(zhao, casework.SignParty, "refused", nil), fault.Invalid, "要注明情况")
		b.must(sign(zhao, casework.SignLead, "drawn", signature()))
		b.fails("签两次", sign(zhao, casework.SignLead, "drawn", signature()), fault.Conflict, "已经签过名")
		b.refused("只有一人签名", b.cases.Deliver(b.ctx, zhao, id, b.version(id), casework.DeliverInput{At: b.clock.Now()}), "XZCF-52-2-signatures")
		b.must(sign(qian, casework.SignAssist, "on_paper", nil))
		b.must(b.cases.Sign(b.ctx, zhao, paper, casework.SignInput{Role: casework.SignParty, Method: "refused", Note: "当事人看过后不愿签名"}, nil))
		_, err := b.cases.Preview(b.ctx, zhao, paper, true)
		b.fails("交付前没有存根", err, fault.Conflict, "存根在交付后生成")
		b.must(b.cases.Deliver(b.ctx, zhao, id, b.version(id), casework.DeliverInput{At: b.clock.Now()}))
		b.jobsDone()
		signed, err := b.cases.Preview(b.ctx, zhao, paper, true)
		b.must(err)
		issued, err := b.cases.Preview(b.ctx, zhao, paper, false)
		b.must(err)
		if p := b.paper(paper).Paper; p.SignedDigest == "" || bytes.Equal(signed, issued) || !bytes.HasPrefix(signed, []byte("%PDF")) {
			t.Errorf("存根没有做成：%+v", p)
		}
		b.proved()
	})
}

func TestFirstPrintIsTheOriginal(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		zhao := b.session("zhao")
		id, paper := b.decided(law.Yuan(100), casework.PayCode)
		issued, err := b.cases.Preview(b.ctx, zhao, paper, false)
		b.must(err)
		name, first, err := b.cases.Print(b.ctx, zhao, paper)
		b.must(err)
		_, second, err := b.cases.Print(b.ctx, zhao, paper)
		b.must(err)
		if name != "当场行政处罚决定书-演城管当罚字〔2026〕第1号.pdf" || !bytes.Equal(first, issued) || bytes.Equal(second, issued) {
			t.Errorf("第一次应是正本，第二次应标副本：%s", name)
		}
		b.must(b.cases.VoidPaper(b.ctx, zhao, id, b.version(id), "打印时卡纸"))
		_, third, err := b.cases.Print(b.ctx, zhao, paper)
		b.must(err)
		if bytes.Equal(third, issued) || bytes.Equal(third, second) {
			t.Error("作废后打印的没有标作废")
		}
		if n := b.paper(paper).Paper.Prints; n != 3 {
			t.Errorf("记了 %d 次打印", n)
		}
		_, _, err = b.cases.Print(b.ctx, b.session("sun"), paper)
		b.fails("别的中队打印", err, fault.NotFound, "")
		_, _, err = b.cases.Print(b.ctx, b.session("cashier"), paper)
		b.fails("收费员打印", err, fault.Forbidden, "")
		b.proved()
	})
}

// A crash between number and paper leaves the number taken; the job makes the same bytes under it.
func TestPaperInterruptedIsFinished(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id, paper := b.decided(law.Yuan(100), casework.PayCode)
		before := b.paper(paper).Paper
		testkit.Update(t, b.db, func(tx *store.Tx) error {
			if _, err := tx.Exec(`UPDATE paper SET state = 'rendering', digest = '', issued_at = 0 WHERE id = ?`, paper); err != nil {
				return err
			}
			_, err := tx.Exec(`UPDATE penalty_case SET state = 'issuing' WHERE id = ?`, id)
			return err
		})
		_, _, err := b.cases.Print(b.ctx, b.session("zhao"), paper)
		b.fails("出具中打印", err, fault.Conflict, "还在出具中")
		b.jobsDone()
		after := b.paper(paper).Paper
		if after.State != casework.PaperIssued || after.Digest != before.Digest || after.DocNo != before.DocNo || b.file(id).Case.State != casework.Issued {
			t.Errorf("补做后 %s %s，案件 %s", after.State, after.Digest, b.file(id).Case.State)
		}
		b.proved()
	})
}

func TestNoticesAreSealedAndHandedOver(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		zhao, clerk := b.session("zhao"), b.session("clerk")
		id := b.lead() // 线索阶段还没有确定执法人员，也能出具通知
		paper, err := b.cases.OrderPaper(b.ctx, zhao, id, b.version(id), casework.CorrectionNotice, map[string]string{"due": "2026年5月8日"})
		b.must(err)
		if p := b.paper(paper); p.Paper.State != casework.PaperIssued || p.Content.Organ != fixtureBureau || p.Paper.SealedAt != 0 {
			t.Fatalf("线索阶段的通知 %+v", p.Paper)
		}
		b.tick(1)
		now := casework.HandOverInput{At: b.clock.Now(), How: casework.HandedDirect}
		b.fails("没有用印就交付", b.cases.HandOver(b.ctx, zhao, paper, now), fault.Conflict, "还没有登记用印")
		b.fails("执法人员自己用印", b.cases.Seal(b.ctx, zhao, paper), fault.Forbidden, "")
		b.must(b.cases.Seal(b.ctx, clerk, paper))
		b.fails("用印两次", b.cases.Seal(b.ctx, clerk, paper), fault.Conflict, "不用登记用印")
		for _, c := range []struct {
			name string
			in   casework.HandOverInput
			text string
		}{
			{"没有选方式", casework.HandOverInput{At: b.clock.Now()}, "请选择怎样交付"},
			{"通知书不能放置于车上", casework.HandOverInput{At: b.clock.Now(), How: casework.HandedPlaced}, "请选择怎样交付"},
			{"其他方式没有写明", casework.HandOverInput{At: b.clock.Now(), How: casework.HandedOther}, "写明送达的方式"},
			{"早于出具", casework.HandOverInput{At: b.paper(paper).Paper.Created().AddDate(0, 0, -1), How: casework.HandedDirect}, "不能早于"},
			{"晚于现在", casework.HandOverInput{At: b.clock.Now().AddDate(0, 0, 1), How: casework.HandedDirect}, "不能晚于现在"},
		} {
			b.fails(c.name, b.cases.HandOver(b.ctx, zhao, paper, c.in), fault.Invalid, c.text)
		}
		b.must(b.cases.HandOver(b.ctx, zhao, paper, now))
		b.fails("交付两次", b.cases.HandOver(b.ctx, zhao, paper, now), fault.Conflict, "不用登记交付")
		if p := b.paper(paper).Paper; p.State != casework.PaperDelivered || p.DeliveredAt == 0 {
			t.Errorf("交付后 %+v", p)
		}
		parking, err := b.notice(zhao, id)
		b.must(err)
		b.must(b.cases.HandOver(b.ctx, zhao, parking, casework.HandOverInput{At: b.clock.Now(), How: casework.HandedPlaced}))
		_, decision := b.decided(law.Yuan(100), casework.PayCode)
		b.fails("决定书不从这里交付", b.cases.HandOver(b.ctx, zhao, decision, now), fault.Conflict, "在案件页面办理")
		b.proved()
	})
}

func TestVerdicts(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		head := b.session("head")
		check := func(code string) casework.Verdict {
			v, err := b.cases.CheckPaper(b.ctx, code)
			b.must(err)
			if text := fmt.Sprintf("%+v", v); strings.Contains(text, "郑") || strings.Contains(text, "990107198") || strings.Contains(text, "青石路") || strings.Contains(text, "卡纸") {
				t.Errorf("验真里有案件的内容：%s", text)
			}
			return v
		}
		caseVoid, void := b.decided(law.Yuan(100), casework.PayCode)
		code := b.paper(void).Paper.Code
		if v := check(code); !v.Known || !v.Counts || v.State != casework.PaperIssued || v.Organ != fixtureBureau || v.Kind != "当场行政处罚决定书" || v.Number != "演城管当罚字〔2026〕第1号" || v.Dated != "2026年4月30日" || !v.Demo {
			t.Errorf("待交付：%+v", v)
		}
		b.must(b.cases.VoidPaper(b.ctx, b.session("zhao"), caseVoid, b.version(caseVoid), "打印时卡纸"))
		if v := check(code); !v.Known || v.Counts || v.State != casework.PaperVoid || v.Ended != "2026年4月30日" {
			t.Errorf("作废：%+v", v)
		}
		id, paper := b.delivered(law.Yuan(100), casework.PayCode)
		code = b.paper(paper).Paper.Code
		if v := check(code); !v.Counts || v.State != casework.PaperDelivered || len(v.Corrected) != 0 {
			t.Errorf("已交付：%+v", v)
		}
		_, err := b.cases.CorrectPaper(b.ctx, head, id, b.version(id), casework.CorrectionInput{Item: "住址", Becomes: "和平里13号", Why: "漏字", SlipOnly: true})
		b.must(err)
		if v := check(code); !v.Counts || fmt.Sprint(v.Corrected) != "[演城管更字〔2026〕第1号]" {
			t.Errorf("更正：%+v", v)
		}
		revocation, err := b.cases.Revoke(b.ctx, head, id, b.version(id), "当事人认定错误")
		b.must(err)
		if v := check(code); v.Counts || v.State != casework.PaperRevoked || v.RevokedBy != "演城管撤字〔2026〕第1号" || v.Ended != "2026年4月30日" {
			t.Errorf("撤销：%+v", v)
		}
		if v := check(b.paper(revocation).Paper.Code); !v.Counts || v.Kind != "撤销行政处罚决定书" {
			t.Errorf("撤销决定本身：%+v", v)
		}
		testkit.Update(t, b.db, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE paper SET state = 'rendering' WHERE id = ?`, revocation)
			return err
		})
		if v := check(b.paper(revocation).Paper.Code); !v.Known || v.Counts {
			t.Errorf("出具中：%+v", v)
		}
		if v := check(store.NewCode()); v.Known || v.Counts || v.Number != "" {
			t.Errorf("别人的验证码：%+v", v)
		}
		// 人怎样抄都认得
		for _, typed := range []string{strings.ToLower(code), code[:4] + "-" + code[4:8] + "－" + code[8:12] + " " + code[12:], strings.ReplaceAll(strings.ReplaceAll(code, "0", "O"), "1", "l"), " " + code + "　", fullWidth(code)} {
			if v := check(typed); !v.Known {
				t.Errorf("“%s”没有认出来", typed)
			}
		}
		for typed, text := range map[string]string{code[:16]: "17 位", code[:15] + wrongSign(code[15]) + code[16:]: "验证码有误", code[:5] + "！" + code[6:]: "不会有"} {
			if _, err := b.cases.CheckPaper(b.ctx, typed); err == nil || !strings.Contains(err.Error(), text) {
				t.Errorf("“%s”应说“%s”，得到 %v", typed, text, err)
			}
		}
	})
}

func wrongSign(c byte) string {
	if c == '7' {
		return "8"
	}
	return "7"
}

// fullWidth is how an input method may type a code.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}, s)
}

// After delivery nothing is voided: it is corrected or revoked.
func TestDeliveredPaperIsNotVoided(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		head, zhao := b.session("head"), b.session("zhao")
		id, paper := b.delivered(law.Yuan(100), casework.PayCode)
		if err := b.cases.VoidPaper(b.ctx, zhao, id, b.version(id), "想作废"); err == nil {
			t.Error("交付后还能作废")
		}
		b.refused("不是笔误", one(b.cases.CorrectPaper(b.ctx, head, id, b.version(id), casework.CorrectionInput{Item: "罚款数额", Becomes: "50元", Why: "算错"})), "MOHURD55-28")
		b.fails("执法人员自己撤销", one(b.cases.Revoke(b.ctx, zhao, id, b.version(id), "错了")), fault.Forbidden, "")
		b.fails("撤销没有理由", one(b.cases.Revoke(b.ctx, head, id, b.version(id), " ")), fault.Invalid, "请写明撤销的事实和理由")
		revocation, err := b.cases.Revoke(b.ctx, head, id, b.version(id), "当事人认定错误")
		b.must(err)
		v := b.paper(paper)
		if v.Paper.State != casework.PaperRevoked || len(v.Later) != 1 || v.Later[0].ID != revocation || b.paper(revocation).About.ID != paper {
			t.Errorf("撤销后 %s，相关文书 %v", v.Paper.State, v.Later)
		}
		b.jobsDone()
		b.proved()
	})
}

func one[T any](_ T, err error) error { return err }

func TestVerifyFindsAChangedPaperAndAMissingNumber(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		_, paper := b.decided(law.Yuan(100), casework.PayCode)
		found := func(text string) {
			t.Helper()
			faults, err := b.cases.PaperCheck().Run(b.ctx, b.db)
			b.must(err)
			if !strings.Contains(strings.Join(faults, "；"), text) {
				t.Errorf("应发现“%s”，得到 %v", text, faults)
			}
		}
		testkit.Update(t, b.db, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE paper SET digest = ? WHERE id = ?`, strings.Repeat("0", 64), paper)
			return err
		})
		found("读不出或与出具时不符")
		row := b.block("演城管当罚字", 1)
		testkit.Update(t, b.db, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE number_series SET next_no = next_no + 1 WHERE id = ?`, row.ID)
			return err
		})
		found("发出 2 个编号，有文书 1 份、登记空号 0 个，对不上")
	})
}
