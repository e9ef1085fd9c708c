package powers

// ImportKind says what a file holds.
type ImportKind string

// The kinds of files.
const (
	ImportLaws       ImportKind = "laws"
	ImportItems      ImportKind = "items"
	ImportTiers      ImportKind = "tiers"
	ImportExemptions ImportKind = "exemptions"
)

var importKindLabels = []pair[ImportKind]{
	{ImportLaws, "法律法规"},
	{ImportItems, "权责事项"},
	{ImportTiers, "裁量阶次"},
	{ImportExemptions, "不予处罚清单"},
}

// Label returns 权责事项 and so on.
func (k ImportKind) Label() string { return label(importKindLabels, k) }

// ImportKinds returns the kinds in the order in which a bureau loads them.
func ImportKinds() []ImportKind {
	return []ImportKind{ImportLaws, ImportItems, ImportTiers, ImportExemptions}
}

// ParseImportKind reads the code or the label.
func ParseImportKind(s string) (ImportKind, bool) { return fromLabel(importKindLabels, s) }

// maxCellRunes bounds what a cell may hold.
const maxCellRunes = 2000

// column is one column of an imported file.
type column struct {
	name, label string
	// required: the column must be there and filled.
	required bool
	// code: a code, number, date or enumeration, where full-width characters are a slip.
	code    bool
	note    string
	example string
	choices []string
	// width in the template, in characters; 0 = the usual.
	width float64
}

var yesNoChoices = []string{"yes", "no"}

func (k ImportKind) columns() []column {
	switch k {
	case ImportLaws:
		return lawColumns
	case ImportItems:
		return itemColumns
	case ImportTiers:
		return tierColumns
	case ImportExemptions:
		return exemptionColumns
	}
	return nil
}

// Columns returns the English names and the Chinese labels of a kind's columns, in order.
func (k ImportKind) Columns() (names, labels []string) {
	for _, c := range k.columns() {
		names, labels = append(names, c.name), append(labels, c.label)
	}
	return names, labels
}

var itemColumns = []column{
	{name: "code", label: "编码", required: true, code: true, note: "全局唯一，公布后不复用、不改号，例如 CG-001", example: "YS-001"},
	{name: "kind", label: "类别", required: true, code: true, note: "行政处罚、行政许可、行政强制、行政征收、行政检查、其他", example: "行政处罚", choices: labels(kindLabels)},
	{name: "domain", label: "领域", required: true, note: "市容、环卫、大气……", example: "市容"},
	{name: "name", label: "事项名称", required: true, example: "对占用道路、公共场所摆摊设点行为的处罚", width: 32},
	{name: "violated_law", label: "违反的法律", required: true, note: "全称，须已在法律法规表里", example: "演示市市容条例", width: 32},
	{name: "violated_article", label: "违反条款", required: true, note: "例如 第十七条第一款", example: "第二十一条第一款"},
	{name: "penalty_law", label: "处罚依据", required: true, note: "全称，须已在法律法规表里", example: "演示市市容条例", width: 32},
	{name: "penalty_article", label: "处罚条款", required: true, note: "例如 第一千一百三十二条第三款", example: "第四十二条第一款"},
	{name: "penalty_kinds", label: "处罚种类", note: "用分号隔开，例如 警告;罚款", example: "警告;罚款"},
	{name: "fine_citizen_min", label: "公民罚款下限", code: true, note: "元；空＝对公民没有罚款，0＝法定无下限", example: "50"},
	{name: "fine_citizen_max", label: "公民罚款上限", code: true, note: "元", example: "500"},
	{name: "fine_org_min", label: "单位罚款下限", code: true, note: "元", example: "500"},
	{name: "fine_org_max", label: "单位罚款上限", code: true, note: "元", example: "5000"},
	{name: "fine_basis", label: "罚款方式", required: true, code: true, note: "fixed_range、at_most、fixed、ratio、per_unit、local_rule、by_other_law、none，或者区间、只有上限、定额、按比例或倍数、按数量、由地方规定、转致其他法律、无罚款", example: "fixed_range", choices: labels(fineBasisLabels)},
	{name: "fine_formula", label: "罚款算式", note: "例如 工程合同价款×[2%,4%]、每株"},
	{name: "correction_order", label: "以责令改正为前提", required: true, code: true, note: "yes、no，或者是、否", example: "no", choices: yesNoChoices},
	{name: "seizure_power", label: "查封扣押", example: "否", width: 32},
	{name: "limitation_years", label: "追责时效（年）", required: true, code: true, note: "2或者5", example: "2"},
	{name: "law_version", label: "法律文本施行日", required: true, code: true, note: "例如 2026-08-15", example: "2024-01-01"},
	{name: "notes", label: "备注", note: "含 unverified 的须核实后才能用", example: "演示法规，条款和数额均为虚构", width: 32},
	{name: "escalation_trigger", label: "第二档情形", note: "例如 拒不改正"},
	{name: "esc_citizen_min", label: "第二档公民下限", code: true, note: "元"},
	{name: "esc_citizen_max", label: "第二档公民上限", code: true, note: "元"},
	{name: "esc_org_min", label: "第二档单位下限", code: true, note: "元"},
	{name: "esc_org_max", label: "第二档单位上限", code: true, note: "元"},
	{name: "limitation_extension", label: "时效延长情形"},
	{name: "scope", label: "适用范围", required: true, note: "全国，或者某地", example: "演示市"},
	{name: "valid_from", label: "生效日", required: true, code: true, note: "例如 2026-08-15", example: "2024-01-01"},
	{name: "valid_to", label: "失效日", code: true, note: "最后有效的一天"},
	{name: "superseded_by", label: "由何替代", note: "条款，或者编码（分号隔开）"},
	{name: "verify", label: "核对等级", required: true, note: "A、B1、B2、C、U，后面可加说明", example: "A-演示"},
}

var tierColumns = []column{
	{name: "code", label: "编码", required: true, code: true, note: "权责事项的编码", example: "YS-001"},
	{name: "subject", label: "适用主体", required: true, code: true, note: "全部、个人、单位", example: "个人", choices: labels(subjectLabels)},
	{name: "stage", label: "档", required: true, note: "基准，或者第二档情形", example: "基准"},
	{name: "tier", label: "阶次", required: true, code: true, note: "不予处罚、减轻、从轻、一般、从重", example: "不予处罚", choices: labels(gradeLabels)},
	{name: "eval_order", label: "判断次序", required: true, code: true, note: "从小到大判断，首个符合的为结果", example: "3"},
	{name: "circumstances", label: "适用情形", required: true, example: "不属从重、一般，且同时：占用面积<1平方米；二年内无同类违法；及时改正；没有造成危害后果", width: 32},
	{name: "metric", label: "计量指标", note: "例如 占用面积", example: "占用面积"},
	{name: "metric_unit", label: "计量单位", note: "例如 平方米", example: "平方米"},
	{name: "metric_min", label: "指标下限", code: true, note: "含本数", example: "0"},
	{name: "metric_max", label: "指标上限", code: true, note: "不含本数；空＝无上限", example: "1"},
	{name: "prior_2y", label: "二年内同类违法次数", code: true, note: "0、1、>=2", example: "0"},
	{name: "corrected", label: "是否改正", code: true, note: "yes、no；空＝不作条件", example: "yes", choices: yesNoChoices},
	{name: "harm", label: "有无危害后果", code: true, note: "yes、no；空＝不作条件", example: "no", choices: yesNoChoices},
	{name: "combine", label: "条件关系", required: true, code: true, note: "any 任一，all 全部", example: "all", choices: []string{"any", "all"}},
	{name: "unit", label: "幅度单位", required: true, code: true, note: "元、百分比、倍", example: "元", choices: labels(tierUnitLabels)},
	{name: "range_lower", label: "幅度下限", code: true, note: "空＝不罚款"},
	{name: "range_upper", label: "幅度上限", code: true},
	{name: "upper_inclusive", label: "含上限", code: true, note: "yes、no；只有最高一档含上限", choices: yesNoChoices},
	{name: "position", label: "幅度位置", note: "例如 30%~70%", example: "不罚款"},
	{name: "basis", label: "阶次依据", required: true, note: "制定依据；含“示范”的只能用于演示", example: "《演示市城市管理行政处罚裁量基准（2025年演示版）》", width: 32},
}

var exemptionColumns = []column{
	{name: "id", label: "清单编号", required: true, code: true, note: "例如 EX-001", example: "YX-001"},
	{name: "code", label: "编码", required: true, code: true, note: "权责事项的编码；* 表示通用", example: "YS-001"},
	{name: "name", label: "事项名称", required: true, example: "对占用道路、公共场所摆摊设点行为的处罚", width: 32},
	{name: "type", label: "类型", required: true, code: true, note: "轻微不罚、首违不罚、前提未成就、主体不罚、无过错不罚、时效不罚、从新", example: "首违不罚", choices: labels(exemptionKindLabels)},
	{name: "effect", label: "效果", required: true, code: true, note: "应当不予处罚、可以不予处罚、处罚条件未成就、不再给予处罚、适用新规定", example: "可以不予处罚", choices: labels(effectLabels)},
	{name: "conditions", label: "条件", required: true, note: "用分号隔开", example: "二年内首次；占用面积不超过1平方米；当场撤离并清理；未堵塞盲道、消防车通道", width: 32},
	{name: "first_window", label: "初次的追溯期", code: true, note: "一年、二年、三年", example: "二年"},
	{name: "correction_required", label: "须改正", code: true, note: "是；空＝否", example: "是"},
	{name: "accompanying", label: "同时采取", note: "用分号隔开", example: "责令改正;批评教育;签署承诺"},
	{name: "basis", label: "依据", required: true, example: "行政处罚法第三十三条第一款后段；《演示市城市管理轻微违法不予处罚清单（2025年演示版）》", width: 32},
}

var lawColumns = []column{
	{name: "title", label: "名称", required: true, note: "全称，不加书名号", example: "演示市市容条例", width: 32},
	{name: "short_title", label: "简称", required: true, example: "演示市市容条例"},
	{name: "issuing_body", label: "制定机关", required: true, example: "演示市人民代表大会常务委员会"},
	{name: "document_number", label: "文号", required: true, example: "演示市第十六届人大常委会公告第演示1号"},
	{name: "effective_date", label: "施行日", required: true, code: true, note: "例如 2026-08-15", example: "2024-01-01"},
	{name: "status", label: "状态", required: true, note: "现行有效、已废止……", example: "现行有效"},
	{name: "level", label: "层级", required: true, code: true, note: "法律、行政法规、部门规章、地方性法规、地方政府规章、规范性文件", example: "地方性法规", choices: lawLevels},
	{name: "articles_count", label: "条数", code: true, note: "最后一条的条号；空＝没有全文", example: "60"},
	{name: "valid_to", label: "失效日", code: true, note: "最后有效的一天"},
	{name: "successor", label: "由何替代", note: "全称"},
	{name: "text_grade", label: "文本等级", required: true, code: true, note: "A、B、C", example: "A"},
	{name: "status_as_of", label: "状态口径", example: "2026-11-21"},
	{name: "document_number_checked", label: "文号已核", code: true, note: "yes、no", example: "yes", choices: yesNoChoices},
	{name: "effective_date_checked", label: "施行日已核", code: true, note: "yes、no", example: "yes", choices: yesNoChoices},
	{name: "notes", label: "备注", example: "演示：全部条款为虚构，只能用于演示库", width: 32},
}

// lawLevels are the levels of a law, the highest first.
var lawLevels = []string{"法律", "行政法规", "部门规章", "地方性法规", "地方政府规章", "规范性文件"}
