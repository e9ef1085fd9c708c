package casework_test

import (
	"context"
	"net/http"
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
)

func changeForm(amount string) map[string][]string {
	return form("faults", "amount", "why", "没有考虑当场改正的情节", "act_from", "2026-04-30", "power_code", onStreet, "fact_text", "当事人在人行道摆摊，占用2平方米", "metric", "2", "corrected", "1", "harm", "none",
		"kinds", "罚款", "amount", amount, "no_exemption", "经教育仍有必要处罚")
}

func TestChangePages(t *testing.T) {
	d := newDesk(t)
	id, paper := d.street.delivered(law.Yuan(100), casework.PayCode)
	d.must(d.street.paid(id, law.Yuan(100), "YH1"))
	at := (&casework.Case{ID: id}).URL()
	d.is("执法人员只能拟变更", d.open("zhao", at), http.StatusOK, "?step=change_notice")
	d.open("zhao", at).lacks(t, "?step=change\"", "?step=revoke")
	d.is("负责人的表单", d.open("head", at+"?step=change"), http.StatusOK, "原决定哪里有误", "罚款人民币壹佰元整（￥100）", "从轻", "变更，出具变更决定书")
	d.is("负责人也能算", d.open("head", at+"/calculate?act_from=2026-04-30&power_code="+onStreet+"&metric=2&corrected=1&harm=none&amount=60"), http.StatusOK, "从轻")
	d.is("没有写哪里错", d.post("head", at+"?step=change", at+"/change", form("amount", "60")), http.StatusUnprocessableEntity, "哪里有误")
	d.is("加重没有告知", d.post("head", at+"?step=change", at+"/change", changeForm("150")), http.StatusUnprocessableEntity, "还没有照变更后的内容告知", "行政处罚法第四十四条", "没有考虑当场改正的情节")
	d.is("按所填重算不办事", d.post("head", at+"?step=change", at+"/change", form("calculate", "1", "amount", "60")), http.StatusOK, "原决定哪里有误")
	d.is("变更", d.post("head", at+"?step=change", at+"/change", changeForm("60")), http.StatusSeeOther)
	d.is("案件页", d.open("cashier", at), http.StatusOK, "多缴 40 元，要退还", "已变更", "演城管变字〔2026〕第1号")
	d.is("原决定书", d.open("zhao", paper.URL()), http.StatusOK, "已变更", "处罚内容以 演城管变字〔2026〕第1号 为准", "打印副本")
	d.is("验真", d.open("", "/v/"+d.street.paper(paper).Paper.Code), http.StatusOK, "演示文书，无效力", "已经变更，以变更决定为准", "演城管变字〔2026〕第1号")
	d.is("财务的待办", d.open("cashier", "/w/"), http.StatusOK, "退还多缴的罚款 40 元")
	d.is("内勤的待办", d.open("clerk", "/w/"), http.StatusOK, "登记用印：行政处罚变更决定书", "撤回公开的处罚决定信息")
	d.is("撤回没有选", d.post("clerk", at+"?step=withdraw_publication", at+"/withdrawal", form("note", "x")), http.StatusUnprocessableEntity, "公开过没有")
	d.is("没有公开过", d.post("clerk", at+"?step=withdraw_publication", at+"/withdrawal", form("published", "0", "note", "查门户网站没有")), http.StatusSeeOther)
	d.is("退库", d.post("cashier", at+"?step=refund", at+"/refunds", form("channel", "bank", "amount", "40", "paid_on", "2026-04-30", "reference", "TK1")), http.StatusSeeOther)
	d.is("告知书", d.post("zhao", at+"?step=change_notice", at+"/change-notice", changeForm("90")), http.StatusSeeOther)
	d.open("zhao", at).lacks(t, "?step=hear_again")
	var notice casework.PaperID
	for _, p := range d.street.file(id).Papers {
		if p.Kind == casework.PenaltyNotice {
			notice = p.ID
		}
	}
	d.street.served(notice)
	d.is("送达以后记申辩", d.open("zhao", at), http.StatusOK, "?step=hear_again")
	now := d.clock.Now().In(law.Zone).Format("2006-01-02T15:04:05")
	d.is("没有复核", d.post("zhao", at+"?step=hear_again", at+"/hear-again", form("at", now, "text", "太重了")), http.StatusUnprocessableEntity, "复核意见")
	d.is("记申辩", d.post("zhao", at+"?step=hear_again", at+"/hear-again", form("at", now, "text", "无")), http.StatusSeeOther)
	d.is("加重", d.post("head", at+"?step=change", at+"/change", changeForm("90")), http.StatusSeeOther)
	if c := d.street.file(id).Case; c.Amount != law.Yuan(90) {
		t.Errorf("变更后罚款 %s", c.Amount)
	}
}

func TestWordingPage(t *testing.T) {
	d := newDesk(t)
	_, err := d.access.CreateAccount(context.Background(), access.System("test"), access.AccountInput{Login: "legal", Name: "演示法制员", Unit: d.units["局"], Roles: []access.Role{access.LegalAffairs}, Password: fixturePassword, Settled: true})
	d.must(err)
	const at = "/w/wording"
	d.is("内勤看", d.open("clerk", at), http.StatusForbidden)
	d.is("法制科看", d.open("legal", at), http.StatusOK, "演城管当罚字〔2026〕第186号", "演城管当罚字〔2026〕186号", "还没有规定过", "行政处罚意见告知书")
	d.is("缺文件", d.post("legal", at, at, form("ordinal", "0", "since", "2026-04-30")), http.StatusUnprocessableEntity, "本局的文件")
	d.is("名称不对", d.post("legal", at, at, form("ordinal", "0", "since", "2026-04-30", "document", "演城管发〔2026〕3号", "title_penalty_notice", "告知")), http.StatusUnprocessableEntity, "结尾")
	d.is("登记", d.post("legal", at, at, form("ordinal", "0", "since", "2026-04-30", "document", "演城管发〔2026〕3号", "title_penalty_notice", "行政处罚事先告知书")), http.StatusSeeOther)
	d.is("登记以后", d.open("legal", at), http.StatusOK, "行政处罚意见告知书称行政处罚事先告知书", "演城管发〔2026〕3号", "2026年4月30日")
	d.is("号段页照新的写", d.open("clerk", "/w/series"), http.StatusOK, "文号写成：演城管当罚字〔2026〕186号", "下一个 演城管当罚字〔2026〕1号")
}
