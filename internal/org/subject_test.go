package org

import (
	"testing"

	"fadu/internal/fault"
	"fadu/internal/law/identity"
	"fadu/internal/store"
)

// demoUSCC completes 17 characters with the check character.
func demoUSCC(first17 string) string { return first17 + identity.USCCCheckChar(first17) }

func demoIdentity(number string) string { return number[:17] + identity.ResidentCheckChar(number[:17]) }

func organ(name string) SubjectInput {
	return SubjectInput{
		Name: name, USCC: demoUSCC("11990107MB0000001"), Basis: ByStatute, From: day("2020-01-01"), Areas: []string{"990107 演示市演示区"},
		ReviewOrgan: "演示区人民政府", Court: "演示区人民法院", CollectionCode: "990107001", Prefix: "演城管",
	}
}

func TestSubjectOfAUnit(t *testing.T) {
	both(t, func(b *bureau) {
		for _, c := range []struct {
			name    string
			change  func(*SubjectInput)
			article string
		}{
			{"中队", func(in *SubjectInput) { in.Name = "第一中队" }, "行政处罚法第17条"},
			{"授权没有依据", func(in *SubjectInput) { in.Basis = ByAuthorisation }, "行政处罚法第19条"},
			{"街道没有省级决定", func(in *SubjectInput) { in.Basis = ByEntrustment }, "行政处罚法第24条"},
			{"委托没有委托书、委托机关、期限", func(in *SubjectInput) { in.Basis = ByMandate }, "行政处罚法第20条"},
			{"没有复议机关", func(in *SubjectInput) { in.ReviewOrgan = "" }, "行政处罚法第59条"},
		} {
			in := organ("演示区" + c.name + "局")
			c.change(&in)
			_, err := b.s.AddSubject(b.ctx, b.clerk, in)
			b.refused(err, c.article)
		}
		bad := organ("演示区城市管理局")
		bad.USCC = bad.USCC[:10] + "99" + bad.USCC[12:] // two signs mistyped
		_, err := b.s.AddSubject(b.ctx, b.clerk, bad)
		b.fails(err, fault.Invalid, "统一社会信用代码不对")

		bureau, err := b.s.AddSubject(b.ctx, b.clerk, organ("演示区城市管理局"), b.root)
		b.must(err)
		street := organ("和平街道办事处")
		street.Basis, street.BasisDocument, street.USCC, street.Prefix, street.From = ByEntrustment, "演政发〔2025〕8号", demoUSCC("11990107MB0000002"), "和街", day("2025-07-01")
		streetID, err := b.s.AddSubject(b.ctx, b.clerk, street, b.second)
		b.must(err)
		mandate := SubjectInput{Name: "演示区市容服务中心", USCC: demoUSCC("12990107MB0000003"), Basis: ByMandate, BasisDocument: "委托书〔2026〕1号", From: day("2026-01-01"), Until: day("2026-12-31"), Mandator: bureau, Areas: []string{"990107"}}
		_, err = b.s.AddSubject(b.ctx, b.clerk, mandate, b.first)
		b.must(err)

		acts := func(unit string, on string, want, delegate string) {
			b.t.Helper()
			b.view(func(tx *store.Tx) error {
				u, err := b.access.UnitByCode(tx, unit)
				if err != nil {
					return err
				}
				got, err := SubjectFor(tx, u.ID, day(on))
				if err != nil || got.Name != want || got.Delegate != delegate {
					b.t.Fatalf("%s on %s: %q %q %v", unit, on, got.Name, got.Delegate, err)
				}
				return nil
			})
		}
		acts("CG-FZ", "2026-03-02", "演示区城市管理局", "")
		acts("CG-2", "2025-06-30", "演示区城市管理局", "")
		acts("CG-2", "2025-07-01", "和平街道办事处", "")
		acts("CG-1", "2026-03-02", "演示区城市管理局", "演示区市容服务中心")
		b.view(func(tx *store.Tx) error {
			if _, err := SubjectFor(tx, b.first, day("2019-12-31")); !fault.Is(err, fault.Conflict) {
				b.t.Fatal(err)
			}
			return nil
		})
		b.fails(b.s.Bind(b.ctx, b.clerk, bureau, b.second, day("2026-01-01")), fault.Invalid, "已经对应一个执法主体")
		var bound Binding
		b.view(func(tx *store.Tx) error {
			return tx.DB().NewSelect().Model(&bound).Where("subject_id = ?", streetID).Scan(tx.Ctx)
		})
		b.must(b.s.EndBinding(b.ctx, b.clerk, streetID, bound.ID, bound.Version, day("2026-02-28")))
		acts("CG-2", "2026-03-01", "演示区城市管理局", "")
		b.must(b.s.Bind(b.ctx, b.clerk, bureau, b.second, day("2026-03-01")))

		in := organ("演示区城市管理局")
		in.Court = "演示市中级人民法院"
		b.must(b.s.EditSubject(b.ctx, b.clerk, bureau, 1, in))
		b.fails(b.s.EditSubject(b.ctx, b.clerk, bureau, 1, in), fault.Conflict, "刚被别人改过")
		b.fails(b.s.EditSubject(b.ctx, b.leader, bureau, 2, in), fault.Forbidden, "")
		b.proved()
	})
}
