package powers

var adjustKindLabels = []pair[AdjustKind]{
	{AdjustAdd, "新增"},
	{AdjustCancel, "取消"},
	{AdjustDelegate, "下放"},
	{AdjustTake, "承接"},
	{AdjustMerge, "合并"},
	{AdjustBasis, "依据变更"},
}

// Label returns 新增, 取消, 下放, 承接, 合并 or 依据变更.
func (k AdjustKind) Label() string { return label(adjustKindLabels, k) }

// Label returns 待法制核 and so on.
func (s AdjustState) Label() string { return Adjusting.Label(s) }

var handlingLabels = []pair[Handling]{
	{HandlingContinue, "按移交文件由本局继续办理"},
	{HandlingTransfer, "移送承接机关"},
}

// Label returns 移送承接机关 and so on.
func (h Handling) Label() string { return label(handlingLabels, h) }

var affectedKindLabels = []pair[AffectedKind]{
	{AffectedItem, "权责事项"},
	{AffectedBenchmark, "裁量基准"},
	{AffectedExemption, "不予处罚清单"},
	{AffectedRule, "规则"},
	{AffectedTerm, "期限"},
	{AffectedText, "文书文本"},
	{AffectedNumber, "法定数额"},
	{AffectedDirectory, "目录"},
	{AffectedCase, "在办案件"},
	{AffectedPaper, "未交付的文书"},
	{AffectedGuide, "办事指南"},
	{AffectedQuestion, "题库的题目"},
	{AffectedScene, "情景"},
	{AffectedCourse, "课程"},
}

// Label returns 裁量基准 and so on.
func (k AffectedKind) Label() string { return label(affectedKindLabels, k) }

var affectedStateLabels = []pair[AffectedState]{{AffectedPending, "待核"}, {AffectedChecked, "已核"}}

// Label returns 待核 or 已核.
func (s AffectedState) Label() string { return label(affectedStateLabels, s) }

var outcomeLabels = []pair[Outcome]{
	{OutcomeNone, "核对过，不用改"},
	{OutcomeAdjusted, "已经改好"},
	{OutcomeContinue, "按移交文件继续办理"},
	{OutcomeTransfer, "移送承接机关"},
}

// Label returns 核对过，不用改 and so on.
func (o Outcome) Label() string { return label(outcomeLabels, o) }

var lawChangeLabels = []pair[LawChangeKind]{{LawAmended, "修改"}, {LawRepealed, "废止"}}

// Label returns 修改 or 废止.
func (k LawChangeKind) Label() string { return label(lawChangeLabels, k) }
