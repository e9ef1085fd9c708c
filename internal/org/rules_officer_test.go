package org

import (
	"testing"

	"fadu/internal/law"
	"fadu/internal/law/lawtest"
)

func TestOfficerRules(t *testing.T) {
	lawtest.Run(t, Rules(), []lawtest.Table{
		{Rule: "XZCF-42-1-investigators", Article: "行政处罚法第42条第1款；中发〔2015〕37号(十二)", Cases: []lawtest.Case{
			lawtest.Pass("通过：两名执法人员", `{"officers":2}`),
			lawtest.Pass("通过：两人持证，另有三名辅助人员", `{"certified_count":2,"auxiliary_count":3}`),
			lawtest.Pass("通过：三名执法人员中两人持证", `{"officers":3,"certified_count":2}`),
			lawtest.Refuse("不通过：只有一人", `{"officers":1}`, "不得少于 2 人"),
			lawtest.Refuse("不通过：一人持证加一名辅助人员", `{"certified_count":1,"auxiliary_count":1}`, "辅助人员不计入"),
			lawtest.Refuse("不通过：两人中只有一人持证", `{"officers":2,"certified_count":1}`, "持有效执法证"),
			lawtest.Refuse("不通过：没有执法人员，只有辅助人员", `{"certified_count":0,"auxiliary_count":5}`, ""),
			lawtest.Open("未载明：只说有辅助人员", `{"auxiliary_count":2}`),
		}},
		{Rule: "XZCF-42-1-investigators-certified", Article: "行政处罚法第42条第1款", Cases: []lawtest.Case{
			lawtest.Pass("通过：都有资格", `{"officers_certified":true}`),
			lawtest.Pass("不适用：已按持证人数判断", `{"certified_count":1}`),
			lawtest.Refuse("不通过：有人没有资格", `{"officers_certified":false,"certified_count":2}`, "资格"),
			lawtest.Open("未载明", `{"officers":2}`),
		}},
		{Rule: "XZCF-55-1", Article: "行政处罚法第55条第1款", Cases: []lawtest.Case{
			lawtest.Pass("通过：已亮证", `{"showed_id":true}`),
			lawtest.Refuse("不通过：没有亮证", `{"showed_id":false}`, "有权拒绝"),
			lawtest.Open("未载明", `{}`),
		}},
		{Rule: "XZCF-43-1", Article: "行政处罚法第43条第1款", Cases: []lawtest.Case{
			lawtest.Pass("通过：没有利害关系", `{"has_direct_interest":false}`),
			lawtest.Refuse("不通过：有直接利害关系", `{"has_direct_interest":true}`, "回避"),
			lawtest.Open("未载明", `{}`),
		}},
		{Rule: "XZCF-43-3-going-on", Article: "行政处罚法第43条第3款", Cases: []lawtest.Case{
			lawtest.Pass("不适用：没有申请回避", `{"recusal_requested":false}`),
			lawtest.Pass("通过：已经决定", `{"recusal_requested":true,"decided":true}`),
			lawtest.Refuse("不通过：申请未决", `{"recusal_requested":true,"decided":false}`, "继续调查"),
			lawtest.Open("未载明：是否已决定", `{"recusal_requested":true}`),
		}},
		{Rule: "XZCF-43-3-head", Article: "行政处罚法第43条第3款", Cases: []lawtest.Case{
			lawtest.Pass("通过：行政机关负责人", `{"decider":"行政机关负责人"}`),
			lawtest.Pass("通过：局长", `{"decider":"局长"}`),
			lawtest.Pass("通过：分管副局长", `{"decider":"分管副局长"}`),
			lawtest.Pass("通过：行政机关主要负责人", `{"decider":"行政机关主要负责人"}`),
			lawtest.Pass("通过：负责人集体讨论", `{"decider":"行政机关负责人集体讨论"}`),
			lawtest.Refuse("不通过：中队长", `{"decider":"中队长"}`, "中队长"),
			lawtest.Refuse("不通过：办案机构负责人", `{"decider":"办案机构负责人"}`, ""),
			lawtest.Refuse("不通过：法制科科长", `{"decider":"法制科科长"}`, ""),
			lawtest.Refuse("不通过：当事人", `{"decider":"当事人"}`, ""),
			lawtest.Refuse("不通过：没有写明", `{"decider":""}`, ""),
			lawtest.Open("未载明", `{}`),
		}},
		{Rule: "XZCF-41-2", Article: "行政处罚法第41条第2款", Cases: []lawtest.Case{
			lawtest.Pass("通过：监控记录已审核", `{"evidence_type":"电子技术监控记录","reviewed":true}`),
			lawtest.Pass("不适用：书证", `{"evidence_type":"书证","reviewed":false}`),
			lawtest.Refuse("不通过：监控记录未审核", `{"evidence_type":"电子技术监控记录","reviewed":false}`, "审核"),
			lawtest.Refuse("不通过：抓拍照片未审核", `{"evidence_type":"电子警察抓拍照片","reviewed":false}`, ""),
			lawtest.Open("未载明：证据种类", `{"reviewed":false}`),
		}},
		{Rule: "XZCF-46-3", Article: "行政处罚法第46条第3款", Cases: []lawtest.Case{
			lawtest.Pass("通过：合法取得", `{"obtained_by_illegal_means":false}`),
			lawtest.Refuse("不通过：非法手段取得", `{"obtained_by_illegal_means":true}`, "排除"),
			lawtest.Open("未载明", `{}`),
		}},
		{Rule: "XZCF-42-1-handlers", Article: "行政处罚法第42条第1款", Cases: []lawtest.Case{
			lawtest.Pass("通过：两人持证", `{"certified_count":2}`),
			lawtest.Refuse("不通过：一人的证在行为日已过期", `{"certified_count":1}`, "1 人"),
			lawtest.Open("未载明", `{"officers":2}`),
		}},
		{Rule: "MOHURD55-11-area", Article: "住建部令第55号第11条；行政处罚法第42条第1款", Cases: []lawtest.Case{
			lawtest.Pass("通过：区域包括案发地", `{"officer_area_covers":true}`),
			lawtest.Refuse("不通过：跨区办案", `{"officer_area_covers":false}`, "区域"),
			lawtest.Open("未载明", `{}`),
		}},
		{Rule: "XZCF-64-4-handlers", Article: "行政处罚法第64条第4项；国办发〔2018〕118号(十一)", Cases: []lawtest.Case{
			lawtest.Pass("通过：没有审核、没有主持听证", `{"officer_judged":false}`),
			lawtest.Refuse("不通过：审核过本案", `{"officer_judged":true}`, "指派其他人员"),
			lawtest.Open("未载明", `{}`),
		}},
		{Rule: "XZCF-43-1-handlers", Article: "行政处罚法第43条第1款", Cases: []lawtest.Case{
			lawtest.Pass("通过：没有人回避", `{"officer_recused":false}`),
			lawtest.Refuse("不通过：已决定回避", `{"officer_recused":true}`, "更换"),
			lawtest.Open("未载明", `{}`),
		}},
		{Rule: "ZF37-12", Article: "中发〔2015〕37号(十二)；行政处罚法第42条第1款", Cases: []lawtest.Case{
			lawtest.Pass("通过：承办人都是执法人员", `{"auxiliary_handling":false}`),
			lawtest.Refuse("不通过：辅助人员承办", `{"auxiliary_handling":true}`, "协助"),
			lawtest.Open("未载明", `{}`),
		}},
	})
}

func TestOfficerRulesJoinTheJudge(t *testing.T) {
	if _, err := law.NewJudge(Rules()); err != nil {
		t.Fatal(err)
	}
}
