package casework_test

import (
	"context"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// fined brings a street case to a served decision of 100 yuan against 演示·郑某; reference is that of its payment, "" leaves it
// unpaid, else it is closed.
func (b *apiBureau) fined(reference string) casework.CaseID {
	b.t.Helper()
	path, r := b.lead("zhao")
	r = b.scene(path, r)
	r = want(b.t, "决定", b.post("zhao", path+"/decide", map[string]any{"version": r.version()}), 200)
	decision, _ := r.body["decision"].(map[string]any)
	for _, sg := range [][2]string{{"zhao", "lead"}, {"qian", "assist"}, {"zhao", "party"}} {
		want(b.t, "签名", b.post(sg[0], path+"/sign", map[string]any{"paper": decision["id"], "role": sg[1], "method": "drawn", "image": pngImage()}), 200)
	}
	r = b.get("zhao", path)
	r = want(b.t, "交付", b.post("zhao", path+"/deliver", map[string]any{"version": r.version(), "at": b.now()}), 200)
	if reference != "" {
		r = want(b.t, "缴款", b.post("cashier", path+"/pay", map[string]any{"version": r.version(), "channel": "code", "amount": 100, "paid_on": b.now()[:10], "reference": reference}), 200)
		r = want(b.t, "备案", b.post("clerk", path+"/file", map[string]any{"version": r.version()}), 200)
		want(b.t, "结案", b.post("clerk", path+"/close", map[string]any{"version": r.version(), "note": ""}), 200)
	}
	var id casework.CaseID
	b.must(id.UnmarshalText([]byte(strings.TrimPrefix(path, "/cases/"))))
	return id
}

func (b *apiBureau) session(login string) access.Session {
	b.t.Helper()
	by, err := b.access.SessionFor(context.Background(), login)
	b.must(err)
	return by
}

func TestPartyWithAllItsCases(t *testing.T) {
	inMarch.Both(t, func(t *testing.T, db *store.DB, clock *testkit.Clock, what known) {
		b := openBureau(t, db, clock, what)
		b.serve()
		ctx := context.Background()
		closed := b.fined("PZ-1")
		write := func(sql string, args ...any) {
			testkit.Update(t, db, func(tx *store.Tx) error { _, err := tx.Exec(sql, args...); return err })
		}
		write(`UPDATE penalty_case SET party_key = 'somebody' WHERE id = ?`, closed) // else the second fine of the day is refused (行政处罚法第二十九条)
		owing := b.fined("")
		write(`UPDATE penalty_case SET party_key = (SELECT o.party_key FROM penalty_case AS o WHERE o.id = ?) WHERE id = ?`, owing, closed)
		path, r := b.lead("zhao")
		b.scene(path, r)
		zhao, sun, clerk := b.session("zhao"), b.session("sun"), b.session("clerk")

		similar, err := b.cases.SimilarTo(ctx, zhao, owing)
		b.must(err)
		hundred := law.Yuan(100)
		if similar.Count != 1 || similar.Median != hundred || similar.Low != hundred || similar.High != hundred || similar.Proposed != hundred || len(similar.Latest) != 1 || similar.Latest[0].Case != closed {
			t.Errorf("同类案件：%+v", similar)
		}
		if self, err := b.cases.SimilarTo(ctx, zhao, closed); err != nil || self.Count != 0 {
			t.Errorf("和自己比：%+v %v", self, err)
		}

		write(`UPDATE penalty_case SET unit_id = ?, u2 = ? WHERE id = ?`, b.units["第二中队"], b.units["第二中队"], closed) // another squad's
		p, err := b.cases.PartyOf(ctx, zhao, owing, "")
		b.must(err)
		if !p.Known || p.Sums != (casework.PartySums{Cases: 2, Open: 2, Punished: 1, Fined: hundred, Owing: hundred}) || len(p.Page.Rows) != 2 || p.Owing[owing] != hundred {
			t.Errorf("合计 %+v，列出 %d 件，未缴 %v", p.Sums, len(p.Page.Rows), p.Owing)
		}
		if h := p.History; h == nil || len(h.Powers) != 1 || h.Powers[0].Punished != 2 || h.Powers[0].Code != "YS-001" || !strings.Contains(h.Powers[0].First(), "不是首次") || len(h.Others) != 1 || h.Others[0].ID != closed {
			t.Errorf("全市两年内：%+v", h)
		}
		one, err := b.cases.PartyOf(store.WithPageSize(ctx, 1), zhao, owing, "")
		b.must(err)
		two, err := b.cases.PartyOf(store.WithPageSize(ctx, 1), zhao, owing, one.Page.Next)
		b.must(err)
		if len(one.Page.Rows) != 1 || len(two.Page.Rows) != 1 || two.Page.Rows[0].ID != owing || two.Page.Next != "" {
			t.Error("翻页不对")
		}
		if similar, err := b.cases.SimilarTo(ctx, zhao, owing); err != nil || similar.Count != 1 || len(similar.Latest) != 0 {
			t.Errorf("外单位的同类案件计入，不给链接：%+v %v", similar, err)
		}
		if _, err := b.cases.PartyOf(ctx, sun, owing, ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("外队看这个案件的当事人：%v", err)
		}
		other, err := b.cases.PartyOf(ctx, sun, closed, "")
		b.must(err)
		if other.Sums.Cases != 1 || other.Sums.Owing != 0 {
			t.Errorf("外队的合计 %+v", other.Sums)
		}
		office, err := b.cases.PartyOf(ctx, clerk, owing, "")
		b.must(err)
		if office.Sums.Cases != 3 || office.History != nil || strings.Contains(office.Party.IDNumber, "19800101") {
			t.Errorf("局机关：%+v %+v %s", office.Sums, office.History, office.Party.IDNumber)
		}

		for words, cases := range map[string]int{"郑某": 2, p.Page.Rows[0].PartyKey: 2, "查无此人": 0, "摆摊": 0, "  ": 0} {
			found, all, err := b.cases.FindParties(ctx, zhao, words)
			b.must(err)
			n := 0
			for _, x := range found {
				n += x.Count
			}
			if n != cases || len(found) > 1 || !all {
				t.Errorf("查“%s”：%+v", words, found)
			}
		}
		n := 0
		b.must(b.cases.ExportParty(ctx, clerk, owing, func(casework.Row) error { n++; return nil }))
		if n != 3 {
			t.Errorf("导出 %d 件", n)
		}
		if err := b.cases.ExportParty(ctx, sun, owing, func(casework.Row) error { return nil }); err == nil {
			t.Error("外队导出了")
		}
		got := want(t, "接口", b.get("zhao", "/parties/"+owing.String()), 200)
		for _, part := range []string{`"owing":100`, `"known":true`, `"punished":2`} {
			if !strings.Contains(got.raw, part) {
				t.Errorf("缺 %s：%s", part, got.raw)
			}
		}
		if found := want(t, "接口", b.get("zhao", "/parties?q=%E9%83%91%E6%9F%90"), 200); !strings.Contains(found.raw, `"count":2`) {
			t.Errorf("按当事人查：%s", found.raw)
		}
		if cmp := want(t, "接口", b.get("zhao", "/cases/"+owing.String()+"/similar"), 200); !strings.Contains(cmp.raw, `"median":100`) {
			t.Errorf("同类案件：%s", cmp.raw)
		}
	})
}

func TestPartyPage(t *testing.T) {
	b := newPageBureau(t)
	c := b.delivered("100")
	party := strings.Replace(c, "/w/cases/", "/w/parties/", 1)
	p := b.open("zhao", party)
	p.has(t, "韦某", "990***********", "没有缴清", "两年内已有 1 次，再有的不是首次", "导出 Excel")
	p.lacks(t, "99010119900307")
	b.open("zhao", c).has(t, "全部案件、处罚、未缴罚款", "本局同类案件")
	b.open("zhao", "/w/parties?q=%E9%9F%A6%E6%9F%90").has(t, "找到的案件", party)
	b.open("zhao", "/w/parties").has(t, "先写要查的当事人")
	b.open("zhao", "/w/parties?q=zz").has(t, "没有找到")
	if p := b.open("sun", party); p.status != 404 {
		t.Errorf("外队：%d", p.status)
	}
	if p := b.open("zhao", party+"/export"); p.status != 200 || !strings.HasPrefix(p.body, "PK") {
		t.Errorf("导出：%d", p.status)
	}
	if n, _ := b.entries("casework.exported"); n != 1 {
		t.Errorf("导出留痕 %d 条", n)
	}
}
