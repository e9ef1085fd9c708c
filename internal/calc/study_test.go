package calc

import (
	"fmt"
	"strings"
	"testing"
)

func TestPractice(t *testing.T) {
	check(t, "practice", []question{
		{"手册例子", `{"id":"p","start":"2026-03-02","ratings":[3,1]}`, `{"id":"p","list":[{"stability":2.3065,"difficulty":2.11810397,"interval_days":3,"due":"2026-03-05"},{"stability":0.63685069,"difficulty":7.39450274,"interval_days":1,"due":"2026-03-06"}],"article":"间隔重复算法 FSRS-6 公开公式（长期模式）"}`},
		{"没有编号答列表，时刻照写", `{"retention":0.9,"start":"2026-03-02T08:30:00Z","ratings":[4]}`, `[{"stability":8.2956,"difficulty":1,"interval_days":8,"due":"2026-03-10T08:30:00Z"}]`},
		{"没有复习过", `{"ratings":[]}`, `[]`},
		{"评分超出", `{"ratings":[5]}`, `{"error":「第 1 次的评分是 5」`},
		{"评分不是整数", `{"ratings":[1.5]}`, `{"error":「应是整数」`},
		{"权重个数", `{"weights":[1,2],"ratings":[]}`, `{"error":「21 个」`},
		{"保持率", `{"retention":1,"ratings":[]}`, `{"error":「保持率」`},
		{"起始日", `{"start":"三月二日","ratings":[]}`, `{"error":「应是日期或时刻」`},
	})
}

func TestGrade(t *testing.T) {
	score := func(s string) string {
		return `{"score":` + s + `,"article":"考试计分口径（见使用手册“复核口”）"}`
	}
	check(t, "grade", []question{
		{"多选全对得分", `{"type":"multiple","policy":"all_or_nothing","key":"ABD","options":4,"points":2,"selected":"AB"}`, score("0")},
		{"漏选一半", `{"type":"multiple","policy":"subset_half","key":"ABD","options":4,"points":2,"selected":"AB"}`, score("1")},
		{"漏选按比例", `{"type":"multiple","policy":"subset_prorata","key":"ABD","options":4,"points":2,"selected":"AB"}`, score("1.33")},
		{"每个正确选项半分", `{"type":"multiple","policy":"subset_per_option","key":"ABD","options":4,"points":2,"selected":["A","B"]}`, score("1")},
		{"对减错", `{"type":"multiple","policy":"right_minus_wrong","key":"ABD","options":4,"points":2,"selected":"ABC"}`, score("0.67")},
		{"逐项判断", `{"type":"multiple","policy":"per_option_judgement","key":"ABD","options":4,"points":2,"selected":"ABC"}`, score("1")},
		{"没有这种方式", `{"type":"multiple","policy":"half","key":"A","selected":"A"}`, `{"error":「没有“half”」`},
		{"单选扣分", `{"type":"single","key":"B","selected":"A","points":1,"penalty":0.25}`, score("-0.25")},
		{"单选没选", `{"type":"single","key":"B","selected":null,"points":1,"penalty":0.25}`, score("0")},
		{"判断的写法", `{"type":"judgement","key":"正确","selected":"√","points":1}`, score("1")},
		{"判断用真假", `{"type":"judgement","key":false,"selected":"对","points":1}`, score("0")},
		{"填空", `{"type":"fill","answer":" 七 日。","accept":["7日"]}`, `{"correct":true,"normalised":"7日","article":"考试计分口径（见使用手册“复核口”）"}`},
		{"填空给了分值", `{"type":"fill","answer":"六日","accept":["7日"],"points":2}`, `{"correct":false,"normalised":"6日","score":0,"article":"考试计分口径（见使用手册“复核口”）"}`},
		{"排序", `{"type":"order","policy":"kendall","key":["a","b","c"],"answer":["b","a","c"],"points":3}`, score("2")},
		{"排序致命", `{"type":"order","policy":"position","key":["a","b","c"],"fatal":[["a","b"]],"answer":["b","a","c"],"points":3}`, score("0")},
		{"先后不是两步", `{"type":"order","key":["a"],"fatal":[["a"]],"answer":["a"]}`, `{"error":「应是两步」`},
		{"两人评卷相近", `{"type":"double_marking","a":16,"b":13,"max":20,"third":null}`, `{"status":"final","score":14.5,"article":"考试计分口径（见使用手册“复核口”）"}`},
		{"两人评卷相远", `{"type":"double_marking","a":16,"b":10,"max":20}`, `{"status":"needs_third","score":null,"article":"考试计分口径（见使用手册“复核口”）"}`},
		{"第三人居中", `{"type":"double_marking","a":16,"b":10,"max":20,"third":13}`, `{"status":"final","score":13,"article":"考试计分口径（见使用手册“复核口”）"}`},
		{"没有这种题", `{"type":"essay"}`, `{"error":「不能是“essay”」`},
		{"别的题型的键", `{"type":"single","key":"A","selected":"A","policy":"x"}`, `{"error":「不认识“policy”」`},
	})
}

func TestItemStatsAtTheDoor(t *testing.T) {
	check(t, "item_stats", []question{
		{"没有作答的记零分", `{"max":[1,1],"ids":["a","b"],"matrix":[[1,null],[0,0]]}`, `{"n":2,"k":2,"alpha":0,"sem":0.707107,"split_half":null,"spearman_brown":null,"mean":0.5,"items":[{"p":0.5,"d27":1,"r_item_rest":null,"r_item_total":1,"disc_efficiency":null,"alpha_if_deleted":null,"flags":[]},{"p":0,"d27":0,"r_item_rest":null,"r_item_total":null,"disc_efficiency":null,"alpha_if_deleted":null,"flags":["too_hard"]}],"article":"经典测验理论：难度、区分度、克龙巴赫α、斯皮尔曼-布朗校正（方差除以n-1）"}`},
		{"分数写成文字", `{"max":[1],"matrix":[["1"]]}`, `{"error":「应是数，写的是文字」`},
		{"超过满分", `{"max":[1],"matrix":[[2]]}`, `{"error":「满分是 1」`},
		{"缺满分", `{"matrix":[[2]]}`, `{"error":「缺“max”」`},
	})
}

// A whole city's exam fits into one question and its answer takes no longer than a moment.
func TestItemStatsOfAWholeCity(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"max": [` + strings.Repeat("1, ", 99) + `1], "matrix": [`)
	for r := range 5000 {
		if r > 0 {
			b.WriteString(", ")
		}
		row := make([]string, 100)
		for i := range row {
			row[i] = fmt.Sprint((r*7 + i*i*r/13) % 2)
		}
		b.WriteString("[" + strings.Join(row, ", ") + "]")
	}
	b.WriteString("]}")
	var out strings.Builder
	if err := testDoor(t).Lines(t.Context(), "item_stats", strings.NewReader(b.String()), &out); err != nil || !strings.HasPrefix(out.String(), `{"n":5000,"k":100,"alpha":`) {
		t.Errorf("%v %.200s", err, out.String())
	}
}

func TestStudyMeasures(t *testing.T) {
	const training = `"article":"培训评价口径（见使用手册“复核口”）"}`
	check(t, "similarity", []question{
		{"错得一样", `{"key":"AAAAAAAA","a":"BCDBCDAA","b":"BCDBCDAA"}`, `{"items":8,"both_wrong":6,"exact_wrong":6,"differences":0,"ratio":null,"share_of_wrong":1,"review":true,"article":"哈普-霍根相同错答比较法"}`},
		{"空着写 null", `{"key":["A","B"],"a":[null,"C"],"b":["","C"]}`, `{"items":2,"both_wrong":2,"exact_wrong":1,"differences":0,"ratio":null,"share_of_wrong":0.5,"review":false,"article":"哈普-霍根相同错答比较法"}`},
		{"长短不一", `{"key":"AB","a":"A","b":"AB"}`, `{"error":「题数相同」`},
	})
	check(t, "figures", []question{
		{"合计与各部分", `{"id":1,"figures":[{"id":"t","name":"权力事项","value":126,"unit":"项","parts":["a","b"]},{"id":"a","value":118,"unit":"项"},{"id":"b","value":20,"unit":"项"}]}`, `{"id":1,"checks":[{"id":"parts","verdict":"impossible","message":"权力事项：合计126，各部分118＋20＝138，相差12","figures":["t","a","b"]}],"article":"统计数字核对口径（见使用手册“复核口”）"}`},
		{"分子分母写成另一个数字的编号", `{"figures":[{"id":"r","name":"出庭率","value":"100%","unit":"%","numerator":"n","denominator":"n"},{"id":"n","name":"开庭","value":4,"unit":"次"}]}`, `{"checks":[{"id":"rate","verdict":"holds","message":"出庭率：4÷4＝100.00%，相符","figures":["r"]}],"article":"统计数字核对口径（见使用手册“复核口”）"}`},
		{"数字印成文字，日期不是数", `{"figures":[{"id":1,"name":"点击率","value":"63.8万","unit":"次","period":2024,"signed_on":"2025-02-28","qual":"ge"},{"id":2,"value":"2024-11-28","unit":"日期"}]}`, `{"checks":[{"id":"count","verdict":"impossible","message":"点击率：638000余次是数量，不是率；率要有分子和分母","figures":["1"]}],"article":"统计数字核对口径（见使用手册“复核口”）"}`},
		{"没有什么可说", `{"figures":[{"id":"a","name":"案件","value":3,"unit":"件","parts":null}]}`, `{"checks":[],"article":"统计数字核对口径（见使用手册“复核口”）"}`},
		{"没有编号", `{"figures":[{"name":"案件","value":3}]}`, `{"error":「第1个：缺“id”」`},
		{"部分不在其中", `{"figures":[{"id":"a","value":3,"parts":["b"]}]}`, `{"error":「“b”不在」`},
		{"数字认不出", `{"figures":[{"id":"a","value":"许多"}]}`, `{"error":「“许多”」`},
		{"没有这种程度", `{"figures":[{"id":"a","value":3,"qual":"more"}]}`, `{"error":「“more”」`},
		{"日期不对", `{"figures":[{"id":"a","value":3,"signed_on":"2024-02-30"}]}`, `{"error":「2024-02-30」`},
		{"不是列表", `{"figures":{"id":"a"}}`, `{"error":「figures」`},
	})
	check(t, "draw", []question{
		{"可以重复", `{"seed":"2026-03","pool":["丙","甲","乙"],"take":2,"exclude":[["乙","回避"]]}`, `{"drawn":["甲","丙"],"method":"把种子、换行符、编号连成一串（UTF-8），算出 SHA-256，写成十六进制；除去回避的以后按它从小到大排，取前面的。可用 printf '%s\\n%s' 种子 编号 | sha256sum 逐个核对","article":"随机抽取方法（见使用手册“复核口”）"}`},
		{"名单的次序不相干", `{"seed":"2026-03","pool":["甲","乙","丙"],"take":2,"exclude":[["乙","回避"]]}`, `{"drawn":["甲","丙"],"method":"把种子、换行符、编号连成一串（UTF-8），算出 SHA-256，写成十六进制；除去回避的以后按它从小到大排，取前面的。可用 printf '%s\\n%s' 种子 编号 | sha256sum 逐个核对","article":"随机抽取方法（见使用手册“复核口”）"}`},
		{"编号是数字", `{"seed":"s","pool":[7],"take":1}`, `{"drawn":["7"],"method":"把种子、换行符、编号连成一串（UTF-8），算出 SHA-256，写成十六进制；除去回避的以后按它从小到大排，取前面的。可用 printf '%s\\n%s' 种子 编号 | sha256sum 逐个核对","article":"随机抽取方法（见使用手册“复核口”）"}`},
		{"回避没有理由", `{"seed":"s","pool":["甲"],"take":1,"exclude":[["甲"]]}`, `{"error":「第1个应是」`},
		{"抽得太多", `{"seed":"s","pool":["甲"],"take":2}`, `{"error":「抽不出2个」`},
	})
	check(t, "mastery", []question{
		{"案卷九十天前错", `{"now_day":100,"obs":[["file",0,10]]}`, `{"mastery":0.285714,"evidence":1.5,"weak":true,` + training},
		{"没有依据", `{"now_day":100,"obs":[]}`, `{"mastery":0.5,"evidence":0,"weak":false,` + training},
		{"一条缺日", `{"now_day":100,"obs":[["file",0]]}`, `{"error":「第1个应是」`},
		{"来源", `{"now_day":100,"obs":[["猜",0,1]]}`, `{"error":「“猜”不认识」`},
	})
	check(t, "points", []question{
		{"上限", `{"rules":{"文章":{"each":1,"daily_cap":1}},"events":[{"source":"文章","day":"2026-03-02"},{"source":"文章","day":"2026-03-02"}],"target":1}`, `{"entries":[{"source":"文章","day":"2026-03-02","points":1},{"source":"文章","day":"2026-03-02","points":0,"reason":"到了每日上限"}],"total":1,"days":[{"day":"2026-03-02","points":1}],"by_source":{"文章":1},"target":1,"reached":true,` + training},
		{"日期不对", `{"rules":[],"events":[{"source":"文章","day":"2026-02-30"}]}`, `{"error":「2026-02-30」`},
		{"多出的键", `{"rules":[{"source":"文章","cap":1}],"events":[]}`, `{"error":「不认识“cap”」`},
	})
	check(t, "team", []question{
		{"缺席记零", `{"teams":[{"name":"一","scores":[100,100,100,100,null]},{"name":"二","enrolled":4,"scores":[100,100]}]}`, `{"teams":[{"name":"一","enrolled":5,"taken":4,"mean":80,"mean_of_taken":100,"participation":0.8,"ranked":true,"rank":1},{"name":"二","enrolled":4,"taken":2,"mean":50,"mean_of_taken":100,"participation":0.5,"ranked":false,"rank":null}],` + training},
		{"人数不对", `{"teams":[{"name":"一","enrolled":1,"scores":[1,2]}]}`, `{"error":「应到 1 人」`},
	})
	check(t, "four_in_one", []question{
		{"缺一部分", `{"units":[{"name":"甲","parts":{"活动":90,"评分簿":80,"专项考核":70,"竞赛":60}},{"name":"乙","parts":{"活动":100,"竞赛":null}}]}`, `{"units":[{"name":"甲","score":75,"complete":true,"missing":[],"rank":1},{"name":"乙","score":100,"complete":false,"missing":["评分簿","专项考核","竞赛"],"rank":2}],"weights":{"专项考核":30,"活动":20,"竞赛":20,"评分簿":30},` + training},
		{"没有权重的部分", `{"weights":{"活动":1},"units":[{"name":"甲","parts":{"竞赛":1}}]}`, `{"error":「没有权重」`},
	})
}

// smallScene has one lawful and one unlawful way on.
const smallScene = `{"scenario":{"id":"s","version":1,"title":"小样","set_on":"2026-09-01","party":{"name":"老张","kind":"公民","emotion":{"start":50,"base":50,"decay":0.01,"sensitivity":1}},` +
	`"facts":{"party":"公民"},"rules":[{"id":"XZCF-51","dim":"law","points":10,"severity":"fatal","name":"超限额当场处罚"}],` +
	`"beats":{"a":{"say":"问","limit_s":30,"on_timeout":"慢","choices":[{"id":"少","text":"罚五十","goto":"b","act":"当场作出处罚决定(简易程序)","effects":{"facts":{"amount":50,"officers":2},"score":{"procedure":2},"emotion":-5}},` +
	`{"id":"多","text":"罚三百","goto":"b","act":"当场作出处罚决定(简易程序)","effects":{"facts":{"amount":300,"officers":1},"emotion":5}},{"id":"慢","hidden":true,"goto":"b"}]},"b":{"say":"完","end":{"kind":"成功"}}}},` +
	`"acts":[{"action":"多","dt":3}]}`

func TestSceneAtTheDoor(t *testing.T) {
	check(t, "scene", []question{
		{"违法的选择由同一套规则判", smallScene, `{"state":{"seq":1,"seed":0,"beat":"b","t":3,"beat_t":0,"emotion":55,"peak":55,"angry_s":0,"vars":{},"facts":{"amount":300,"officers":1,"party":"公民"},"evidence":[],"documents":[],"done":["多"],` +
			`"credits":[{"key":"rule/XZCF-42-1","dim":"procedure","earned":0,"available":5},{"key":"rule/XZCF-51","dim":"law","earned":0,"available":10},{"key":"chance/a","dim":"procedure","earned":0,"available":2}],` +
			`"rule_hits":[{"seq":1,"rule":"XZCF-42-1","article":"行政处罚法第42条第1款","message":"执法人员不足两人","severity":"major","passed":false},{"seq":1,"rule":"XZCF-51","article":"行政处罚法第51条","message":"对公民当场罚款超过二百元","severity":"fatal","passed":false}],` +
			`"fatal":["超限额当场处罚"],"misconceptions":[],"events":[],"end":"成功"},"log":[{"seq":1,"t":3,"dt":3,"beat":"a","action":"多","emotion":55,"band":"紧张","next":"b","end":"成功","findings":[` +
			`{"seq":1,"rule":"XZCF-42-1","article":"行政处罚法第42条第1款","message":"执法人员不足两人","severity":"major","passed":false},{"seq":1,"rule":"XZCF-51","article":"行政处罚法第51条","message":"对公民当场罚款超过二百元","severity":"fatal","passed":false}]}],` +
			`"score":{"dims":{"communication":null,"education":null,"evidence":null,"law":0,"procedure":0,"safety":null},"raw":0,"final":0,"passed":false,"fatal":["超限额当场处罚"]},"lacks":[],"articles":["行政处罚法第42条第1款","行政处罚法第51条"]}`},
		{"没有这个选择", strings.Replace(smallScene, `"action":"多"`, `"action":"走"`, 1), `{"error":「第 1 个动作：这一节没有“走”」`},
		{"情景写错", strings.Replace(smallScene, `"goto":"b"`, `"goto":"c"`, 1), `{"error":「没有节拍“c”」`},
		{"多出的键", strings.Replace(smallScene, `"limit_s"`, `"limit"`, 1), `{"error":「不认识“limit”」`},
		{"没有动作", `{"scenario":{}}`, `{"error":「缺“acts”」`},
	})
	check(t, "score", []question{
		{"合格", `{"weights":{"procedure":30,"law":20,"communication":20,"evidence":15,"education":10,"safety":5},"pass":80,"fatal_cap":59,"dims":{"procedure":90,"law":80,"communication":70,"evidence":80,"education":100,"safety":100},"fatal":[]}`, `{"raw":84,"final":84,"passed":true,"article":"培训评价口径（见使用手册“复核口”）"}`},
		{"一票否决", `{"dims":{"procedure":90,"law":80,"communication":70,"evidence":80,"education":100,"safety":100},"fatal":["未亮证"]}`, `{"raw":84,"final":59,"passed":false,"article":"培训评价口径（见使用手册“复核口”）"}`},
		{"没有权重的维度", `{"dims":{"luck":1}}`, `{"error":「“luck”没有权重」`},
	})
	check(t, "emotion", []question{
		{"列表", `{"start":60,"base":50,"decay_per_s":0.1,"sensitivity":2,"steps":[{"delta":10,"dt_s":0},{"delta":-5,"dt_s":10},{"delta":100,"dt_s":0}]}`, `[80,51.036383,100]`},
		{"带编号", `{"id":"e","start":60,"base":50,"decay_per_s":0.1,"steps":[]}`, `{"id":"e","list":[],"article":"培训评价口径（见使用手册“复核口”）"}`},
		{"时间为负", `{"start":60,"base":50,"decay_per_s":0.1,"steps":[{"delta":1,"dt_s":-1}]}`, `{"error":「第 1 步」`},
		{"初值超出", `{"start":101,"base":50,"decay_per_s":0.1,"steps":[]}`, `{"error":「0 至 100」`},
	})
}
