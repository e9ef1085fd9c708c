package casework_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
	"fadu/internal/law/identity"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func want(t testing.TB, what string, r reply, status int) reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("%s：%d，应为 %d：%s", what, r.status, status, r.raw)
	}
	return r
}

func (b *apiBureau) now() string { return b.clock.Now().Format("2006-01-02T15:04:05Z07:00") }

func (b *apiBureau) lead(login string) (path string, r reply) {
	b.t.Helper()
	r = want(b.t, "登记线索", b.post(login, "/leads", map[string]any{"source": "patrol", "found_at": b.now(), "place": "演示区青石路8号门前", "area": "990107", "summary": "人行道上有人摆摊"}), 200)
	return "/cases/" + r.text("id"), r
}

func pngImage() string {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 8, 8)))
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// scene does on the street what the law asks for before the decision.
func (b *apiBureau) scene(path string, r reply) reply {
	b.t.Helper()
	do := func(act string, body map[string]any) {
		b.t.Helper()
		body["version"] = r.version()
		r = want(b.t, act, b.post("zhao", path+"/"+act, body), 200)
	}
	number := "99010719800101001"
	do("officers", map[string]any{"lead": b.persons["zhao"], "assist": b.persons["qian"]})
	do("party", map[string]any{"kind": "citizen", "name": "演示·郑某", "id_kind": "resident_id", "id_number": number + identity.ResidentCheckChar(number), "address": "演示区", "identity_basis": "card_seen"})
	do("photos", map[string]any{"caption": "现场", "place": "青石路8号门前", "taken_at": b.now(), "image": pngImage()})
	for _, st := range [][3]string{{"show_id", "出示证件", ""}, {"measure", "卷尺", "2"}, {"footage", "", "DSJ-0101"}, {"tell", "告知事实、理由、依据和权利", ""}, {"hear", "无", ""}, {"correct", "当场改正", "on_spot"}} {
		do("steps", map[string]any{"kind": st[0], "text": st[1], "detail": st[2]})
	}
	do("propose", map[string]any{
		"act_from": b.now()[:10], "fact_text": "当事人在人行道摆摊，占用2平方米", "facts_clear": true, "power_code": "YS-001", "fine": true, "amount": 100, "metric": "2", "corrected": true, "harm": "none",
		"no_exemption": "经教育仍有必要处罚", "pay_by": "code",
	})
	return r
}

func TestAPIFromLeadToClosedCase(t *testing.T) {
	b := newAPIBureau(t)
	path, r := b.lead("zhao")
	r = b.scene(path, r)
	r = want(t, "决定", b.post("zhao", path+"/decide", map[string]any{"version": r.version()}), 200)
	decision, _ := r.body["decision"].(map[string]any)
	if r.text("state") != "issued" || decision["doc_no"] != "演城管当罚字〔2026〕第1号" {
		t.Fatalf("%s", r.raw)
	}
	lacks := choice(t, b.get("zhao", path+"/choices"), "deliver")
	if len(lacks) == 0 {
		t.Error("没有签名就能交付")
	}
	for _, sg := range [][2]string{{"zhao", "lead"}, {"qian", "assist"}, {"zhao", "party"}} {
		want(t, "签名", b.post(sg[0], path+"/sign", map[string]any{"paper": decision["id"], "role": sg[1], "method": "drawn", "image": pngImage()}), 200)
	}
	if got := b.post("zhao", path+"/sign", map[string]any{"paper": "123", "role": "lead", "method": "drawn", "image": pngImage()}); got.status != http.StatusConflict {
		t.Errorf("在别的文书上签名：%d %s", got.status, got.raw)
	}
	r = b.get("zhao", path)
	r = want(t, "交付", b.post("zhao", path+"/deliver", map[string]any{"version": r.version(), "at": b.now()}), 200)
	r = want(t, "缴款", b.post("cashier", path+"/pay", map[string]any{"version": r.version(), "channel": "code", "amount": 100, "paid_on": b.now()[:10], "reference": "PZ-1"}), 200)
	r = want(t, "备案", b.post("clerk", path+"/file", map[string]any{"version": r.version()}), 200)
	r = want(t, "结案", b.post("clerk", path+"/close", map[string]any{"version": r.version(), "note": ""}), 200)
	if r.text("state") != "closed" {
		t.Errorf("%s", r.raw)
	}
	file := want(t, "读取", b.get("zhao", path), 200)
	if n := len(file.body["steps"].([]any)); n != 6 {
		t.Errorf("%d 个步骤", n)
	}
	for _, part := range []string{`"ending":"paid"`, `"party":{"kind":"citizen","name":"演示·郑某"`, `"amount":100`, `"rule":"缴纳罚款期限"`, `"lacks":[`} {
		if !strings.Contains(file.raw, part) {
			t.Errorf("缺 %s：%s", part, file.raw)
		}
	}
	list := want(t, "查询", b.get("zhao", "/cases?q=%E9%83%91%E6%9F%90&state=closed"), 200)
	if strings.Contains(list.raw, "19800101") || !strings.Contains(list.raw, `"doc_no":"演城管当罚字〔2026〕第1号"`) {
		t.Errorf("列表：%s", list.raw)
	}
}

// choice returns what an act lacks, as the choices say.
func choice(t *testing.T, r reply, act string) []map[string]any {
	t.Helper()
	for _, c := range r.body["choices"].([]any) {
		m := c.(map[string]any)
		if m["act"] != act {
			continue
		}
		out := []map[string]any{}
		for _, f := range m["lacks"].([]any) {
			out = append(out, f.(map[string]any))
		}
		return out
	}
	t.Fatalf("没有 %s：%s", act, r.raw)
	return nil
}

func TestAPIRefusalListsEverythingWithArticles(t *testing.T) {
	b := newAPIBureau(t)
	path, r := b.lead("zhao")
	r = want(t, "确定人员", b.post("zhao", path+"/officers", map[string]any{"version": r.version(), "lead": b.persons["zhao"], "assist": b.persons["qian"]}), 200)
	refused := want(t, "什么都没做就决定", b.post("zhao", path+"/decide", map[string]any{"version": r.version()}), 422)
	if refused.text("type") != "refused" {
		t.Fatalf("%s", refused.raw)
	}
	rules := map[string]bool{}
	for _, f := range refused.body["findings"].([]any) {
		m := f.(map[string]any)
		if m["article"] == "" || m["message"] == "" {
			t.Errorf("没有法条或者说明：%v", m)
		}
		rules[m["rule"].(string)] = true
	}
	if len(rules) < 5 {
		t.Errorf("只列了 %d 项：%s", len(rules), refused.raw)
	}
	// The greyed button of the page says the same.
	said := choice(t, b.get("zhao", path+"/choices"), "decide")
	for _, f := range said {
		if !rules[f["rule"].(string)] {
			t.Errorf("页面说缺 %v，决定时没有说", f)
		}
	}
	if len(said) != len(refused.body["findings"].([]any)) {
		t.Errorf("页面列 %d 项，答复列 %d 项", len(said), len(refused.body["findings"].([]any)))
	}
	after := b.get("zhao", path)
	if after.version() != r.version() {
		t.Error("被拒的一步改动了案件")
	}
	b.checkSecurityLog()
}

// checkSecurityLog finds the refusal in the security log, where practice wants it.
func (b *apiBureau) checkSecurityLog() {
	b.t.Helper()
	var n int
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		return tx.DB().QueryRowContext(tx.Ctx, `SELECT COUNT(*) FROM security_event WHERE action = ?`, "POST "+api.Base+"/cases/{id}/decide").Scan(&n)
	})
	if n != 1 {
		b.t.Errorf("安全日志里有 %d 条", n)
	}
}

func TestAPIKeysVersionsAndScope(t *testing.T) {
	b := newAPIBureau(t)
	body := map[string]any{"source": "patrol", "found_at": b.now(), "place": "青石路", "area": "990107", "summary": "摆摊"}
	t.Run("没有键不办", func(t *testing.T) {
		r := want(t, "登记", b.send("zhao", "POST", "/leads", body, ""), 422)
		if !strings.Contains(r.raw, "Idempotency-Key") {
			t.Error(r.raw)
		}
	})
	t.Run("重发得到同一个地址，只办一次", func(t *testing.T) {
		first := want(t, "登记", b.send("zhao", "POST", "/leads", body, "k"), 200)
		again := want(t, "再登记", b.send("zhao", "POST", "/leads", body, "k"), 200)
		if first.location == "" || first.location != again.location || first.location != api.Base+"/cases/"+first.text("id") {
			t.Errorf("%q %q", first.location, again.location)
		}
		if n := b.get("zhao", "/cases").body["total"]; n != float64(1) {
			t.Errorf("%v 个案件", n)
		}
		other := map[string]any{"source": "patrol", "found_at": b.now(), "place": "白云路", "area": "990107", "summary": "摆摊"}
		r := want(t, "同一个键换内容", b.send("zhao", "POST", "/leads", other, "k"), 422)
		if r.text("type") != "reused" || r.text("location") != first.location {
			t.Error(r.raw)
		}
	})
	path, r := b.lead("zhao")
	officers := map[string]any{"version": r.version(), "lead": b.persons["zhao"], "assist": b.persons["qian"]}
	t.Run("一步重发也只办一次", func(t *testing.T) {
		first := want(t, "确定人员", b.send("zhao", "POST", path+"/officers", officers, "o"), 200)
		again := want(t, "重发", b.send("zhao", "POST", path+"/officers", officers, "o"), 200)
		if first.raw != again.raw || first.location != again.location {
			t.Errorf("%s\n%s", first.raw, again.raw)
		}
	})
	t.Run("看到的版本旧了", func(t *testing.T) {
		r := want(t, "登记当事人", b.post("zhao", path+"/steps", map[string]any{"version": 1, "kind": "show_id"}), 409)
		if r.text("location") != api.Base+path {
			t.Error(r.raw)
		}
	})
	t.Run("没写版本", func(t *testing.T) {
		r := want(t, "记录步骤", b.post("zhao", path+"/steps", map[string]any{"kind": "show_id"}), 422)
		if !strings.Contains(r.raw, `"name":"version"`) {
			t.Error(r.raw)
		}
	})
	t.Run("字段写错时一次说全", func(t *testing.T) {
		r := want(t, "登记", b.post("zhao", "/leads", `{"source":1,"found_at":"今天","nobody":true}`), 422)
		for _, name := range []string{"source", "found_at", "nobody"} {
			if !strings.Contains(r.raw, `"name":"`+name+`"`) {
				t.Errorf("没有说 %s：%s", name, r.raw)
			}
		}
	})
	for name, c := range map[string]struct {
		login, path string
		body        any
		status      int
	}{
		"没登录":       {"", path, nil, 401},
		"别的单位看":     {"sun", path, nil, 404},
		"别的单位办":     {"sun", path + "/steps", map[string]any{"version": 2, "kind": "show_id"}, 404},
		"编号不是数字":    {"zhao", "/cases/abc", nil, 404},
		"没有这个编号":    {"zhao", "/cases/123", nil, 404},
		"协管不能办":     {"aux", path + "/steps", map[string]any{"version": 2, "kind": "show_id"}, 403},
		"收费员不能办":    {"cashier", path + "/decide", map[string]any{"version": 2}, 403},
		"执法人员不登记缴款": {"zhao", path + "/pay", map[string]any{"version": 2}, 403},
		"查询日期写错":    {"zhao", "/cases?from=3%E6%9C%88", nil, 422},
		"翻页位置不符":    {"zhao", "/cases?after=xx", nil, 422},
	} {
		t.Run(name, func(t *testing.T) {
			if c.body == nil {
				want(t, name, b.get(c.login, c.path), c.status)
				return
			}
			want(t, name, b.post(c.login, c.path, c.body), c.status)
		})
	}
	if n := b.get("sun", "/cases").body["total"]; n != float64(0) {
		t.Errorf("别的单位看到 %v 件", n)
	}
}

// every act of the table that a person does can be done here, with the table's permission.
func TestAPICoversTheTable(t *testing.T) {
	v1 := api.New("测试", "")
	new(casework.Service).API(v1)
	allowed := map[string]access.Permission{}
	for _, op := range v1.Operations() {
		allowed[op.ID] = op.Allow
	}
	// Acts that share a call: officers are named or replaced, a step recorded on site or on a re-check.
	shared := map[string]string{"reassign": "start", "recheck": "step"}
	for _, a := range casework.OnSpot.Acts {
		if a.By == "" {
			continue
		}
		id := a.ID
		if s, ok := shared[id]; ok {
			id = s
		}
		if p, ok := allowed[id]; !ok || p != access.Permission(a.By) {
			t.Errorf("%s：接口要 %q，流程表要 %q", a.ID, p, a.By)
		}
	}
}

func TestAPIPages(t *testing.T) {
	b := newAPIBureau(t)
	zhao, err := b.access.SessionFor(context.Background(), "zhao")
	b.must(err)
	for i := range 45 {
		_, err := b.cases.RegisterLead(context.Background(), zhao, casework.LeadInput{Source: "patrol", FoundAt: b.clock.Now(), Place: fmt.Sprintf("青石路%d号", i), Area: "990107", Summary: "摆摊"})
		b.must(err)
	}
	var ids []string
	for after, pages := "", 0; pages < 5; pages++ {
		r := want(t, "一页", b.get("zhao", "/cases?after="+after), 200)
		for _, it := range r.body["items"].([]any) {
			ids = append(ids, it.(map[string]any)["id"].(string))
		}
		if after = r.text("next"); after == "" {
			break
		}
	}
	slices.Sort(ids)
	if n := len(slices.Compact(ids)); n != 45 || len(ids) != 45 {
		t.Errorf("翻完是 %d 件，不同的 %d 件", len(ids), n)
	}
}
