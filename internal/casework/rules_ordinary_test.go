package casework

import (
	"slices"

	"fadu/internal/law/lawtest"
)

var orderTables = []lawtest.Table{
	{Rule: "MOHURD55-15-informant", Article: "住建部令第55号第15条", Cases: cases{
		pass("通过：匿名举报", `{"informant_named":false,"informant_told":false}`),
		pass("通过：已告知", `{"informant_named":true,"informant_told":true}`),
		warn("提示：具名举报没有告知", `{"informant_named":true,"informant_told":false}`, "来件渠道"),
		open("未载明", `{"informant_named":true}`),
	}},
	{Rule: "MOHURD55-17-present", Article: "住建部令第55号第17条", Cases: cases{
		pass("通过：当事人到场", `{"party_present":true}`),
		pass("通过：通知了不到场，全程录像并注明", `{"party_present":false,"party_called":true,"photo_or_video":true,"noted_on_document":true}`),
		refuse("不通过：没有通知就检查", `{"party_present":false,"party_called":false,"photo_or_video":true,"noted_on_document":true}`, "通知"),
		refuse("不通过：不到场又没有录像", `{"party_present":false,"party_called":true}`, "录像"),
		open("未载明", `{}`),
	}},
	{Rule: "MOHURD55-30", Article: "住建部令第55号第30条", Cases: cases{
		pass("通过：等待其他案件的裁判", `{"suspension_ground":"须以其他案件的裁判或者其他行政机关的决定为依据"}`),
		pass("通过：当事人下落不明", `{"suspension_ground":"当事人下落不明"}`),
		refuse("不通过：人手不够", `{"suspension_ground":"人手不够"}`, "第三十条"),
		open("未载明", `{}`),
	}},
	{Rule: "MOHURD55-22-waited", Article: "住建部令第55号第22条；行政处罚法第45条第1款", Cases: cases{
		pass("通过：提出了意见", `{"objection_submitted":true}`),
		pass("通过：明确放弃", `{"party_expressly_waived":true}`),
		pass("通过：期满没有提出", `{"objection_submitted":false,"request_period_expired":true}`),
		refuse("不通过：第三天就复核", `{"objection_submitted":false,"request_period_expired":false}`, "届满"),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-64-1-accept", Article: "行政处罚法第63条第1款、第64条第1项", Cases: cases{
		pass("通过：应当听证、按期提出", `{"hearing_required":true,"hearing_requested_in_time":true}`),
		warn("提示：超过期限", `{"hearing_required":true,"hearing_requested_in_time":false}`, "五个工作日"),
		warn("提示：不属于听证范围", `{"hearing_required":false,"hearing_requested_in_time":true}`, "范围"),
		open("未载明", `{"hearing_required":true}`),
	}},
	{Rule: "XZCF-64-1-refuse", Article: "行政处罚法第63条第1款、第64条第1项", Cases: cases{
		pass("通过：超过期限才提出", `{"hearing_required":true,"hearing_requested_in_time":false}`),
		pass("通过：不属于听证范围", `{"hearing_required":false,"hearing_requested_in_time":true}`),
		refuse("不通过：应当听证的不受理", `{"hearing_required":true,"hearing_requested_in_time":true}`, "受理"),
		open("未载明", `{"hearing_required":true}`),
	}},
	{Rule: "MOHURD55-25-outcome", Article: "住建部令第55号第25条", Cases: cases{
		pass("通过：同意", `{"review_outcome":"同意"}`),
		pass("通过：补充调查", `{"review_outcome":"补充调查"}`),
		refuse("不通过：原则同意", `{"review_outcome":"原则同意"}`, "改正"),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-57-2-quorum", Article: "行政处罚法第57条第2款", Cases: cases{
		pass("通过：刚好够", `{"members_present":3,"quorum":3}`),
		refuse("不通过：少一人", `{"members_present":2,"quorum":3}`, "召集"),
		refuse("不通过：一个人讨论", `{"members_present":1,"quorum":1}`, "召集"),
		open("未载明：本局没有规定", `{"members_present":3}`),
	}},
	{Rule: "XZCF-57-2-order", Article: "行政处罚法第57条第2款、第58条第1款、第65条", Cases: cases{
		pass("通过：先听证、再审核、后讨论", `{"hearing_reported_on":"2026-02-10","reviewed_on":"2026-02-12","discussed_on":"2026-02-12"}`),
		pass("不适用：没有听证、不须讨论", `{"hearing_reported_on":null,"reviewed_on":"2026-02-12","discussed_on":null}`),
		refuse("不通过：先讨论后审核", `{"hearing_reported_on":null,"reviewed_on":"2026-02-12","discussed_on":"2026-02-11"}`, "再次集体讨论"),
		refuse("不通过：审核以后才出听证报告", `{"hearing_reported_on":"2026-02-13","reviewed_on":"2026-02-12","discussed_on":null}`, "再次送审"),
		open("未载明", `{"reviewed_on":"2026-02-12","discussed_on":null}`),
	}},
	{Rule: "XZCF-60", Article: "行政处罚法第60条", Cases: cases{
		pass("通过：最后一天", `{"decision_due":"2026-03-02"}`),
		warn("提示：超了一天", `{"decision_due":"2026-03-01"}`, "2026年3月1日"),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-33-ground", Article: "行政处罚法第30条、第31条、第33条、第57条第1款", Cases: cases{
		pass("通过：轻微", `{"no_penalty_ground":"违法行为轻微"}`),
		pass("通过：违法事实不成立", `{"no_penalty_ground":"违法事实不成立"}`),
		refuse("不通过：当事人认识态度好", `{"no_penalty_ground":"认识态度好"}`, "之一"),
		open("未载明", `{}`),
	}},
}

// ordinaryTables are the situations of the ordinary procedure's rules.
var ordinaryTables = slices.Concat(
	filingTables, inquiryTables, timeTables, transferTables, measureTables, confiscatedTables, noticeTables, hearingHeldTables, reviewOpinionTables,
	discussionTables, hearingSeatTables, decisionFileTables, servingTables, enforcementTables, closingOrdinaryTables, orderTables,
)
