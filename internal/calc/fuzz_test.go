package calc

import (
	"bytes"
	"encoding/json"
	"testing"
)

// fuzz asks the door anything: it must give one JSON object on one line that says why or carries its
// basis, and echo an id that a plain JSON reader finds.
func fuzz(f *testing.F, kind string, seeds ...string) {
	d := testDoor(f)
	for _, s := range append(seeds, `{}`, `null`, `[]`, `{"id":1`, `{"id":{"a":[1,2]},"x":1}`, "\x00", `{"a":1,"a":2}`) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := d.Answer(kind, json.RawMessage(in))
		var list []json.RawMessage
		if json.Unmarshal(got, &list) == nil {
			return // the answer of a kind that gives lists, to a question without an id
		}
		var a map[string]json.RawMessage
		if err := json.Unmarshal(got, &a); err != nil {
			t.Fatalf("%q：结果不是对象：%s", in, got)
		}
		if a["error"] == nil && a["article"] == nil && a["articles"] == nil {
			t.Fatalf("%q：没有依据：%s", in, got)
		}
		var q map[string]json.RawMessage
		if json.Unmarshal([]byte(in), &q) == nil && q["id"] != nil && a["error"] == nil && !bytes.Equal(a["id"], q["id"]) {
			t.Fatalf("%q：编号变成 %s", in, a["id"])
		}
	})
}

func FuzzDeadline(f *testing.F) {
	fuzz(f, "deadline", `{"id":1,"rule":"CF_PAY","start":"2026-03-02","excluded_days":3}`, `{"rule":"QZ_URGENT","start":"2026-03-02T22:30"}`,
		`{"rule":"QZ_SEAL","start":"9999-12-31","excluded_days":3650}`, `{"rule":"CF_HEAR_NOTICE","start":"0001-01-01"}`)
}

func FuzzIdentity(f *testing.F) {
	fuzz(f, "identity", `{"kind":"uscc","value":"91140400123456788N"}`, `{"kind":"resident_id","value":"11010519491231002X","date":"2026-01-01"}`)
}

func FuzzGuard(f *testing.F) {
	fuzz(f, "guard", `{"action":"当场作出处罚决定(简易程序)","date":"2026-03-02","facts":{"officers":1,"party":"公民","amount":200.01}}`,
		`{"action":"判断是否须法制审核","facts":{"hearing_held":true,"discovered":null,"missing_fields":["a"]}}`)
}

func FuzzAmount(f *testing.F) {
	fuzz(f, "amount", `{"rule":"加处罚款(每日3%，不超过本金)","inputs":{"fine":200,"days_overdue":10}}`, `{"rule":"同一违法行为违反多个规范择高罚款","inputs":{"fines_by_norm":[1,2]}}`)
}

func FuzzPractice(f *testing.F) {
	fuzz(f, "practice", `{"start":"2026-03-02","ratings":[3,3,1]}`, `{"id":1,"retention":0.95,"start":"2026-03-02T08:00:00Z","ratings":[]}`, `{"weights":[1],"ratings":[4]}`)
}

func FuzzItemStats(f *testing.F) {
	fuzz(f, "item_stats", `{"max":[1,1,2],"ids":["a","b"],"matrix":[[1,0,2],[0,null,1]]}`, `{"max":[1],"matrix":[]}`, `{"max":[1e308,1e308],"matrix":[[1e308,1e308],[-1e308,0]]}`)
}

func FuzzGrade(f *testing.F) {
	fuzz(f, "grade", `{"type":"multiple","policy":"subset_half","key":"ABD","options":4,"points":2,"selected":"AB"}`, `{"type":"single","key":"A","selected":["B"],"penalty":0.5}`,
		`{"type":"judgement","key":true,"selected":"×"}`, `{"type":"fill","answer":"七日","accept":["7日"]}`, `{"type":"order","policy":"kendall","key":["a","b"],"fatal":[["a","b"]],"answer":["b","a"],"points":2}`,
		`{"type":"double_marking","a":10,"b":5,"max":20,"third":7}`)
}

func FuzzSimilarity(f *testing.F) {
	fuzz(f, "similarity", `{"key":"ABCD","a":"ABCA","b":"AB-A"}`, `{"key":["A"],"a":[null],"b":["B"]}`)
}

func FuzzFigures(f *testing.F) {
	fuzz(f, "figures", `{"figures":[{"id":"t","name":"合计","value":"126","unit":"项","period":"2018","parts":["a"],"numerator":1,"denominator":"a","signed_on":"2018-12-01","qual":"ge"},{"id":"a","value":98.3,"unit":"%","denominator":2045}]}`,
		`{"figures":[]}`)
}

func FuzzDraw(f *testing.F) {
	fuzz(f, "draw", `{"seed":"s","pool":["甲",2,"乙"],"take":1,"exclude":[["甲","回避"]]}`)
}

func FuzzMastery(f *testing.F) {
	fuzz(f, "mastery", `{"now_day":100,"obs":[["quiz",1,90],["file",0,10]]}`, `{"now_day":0,"obs":[]}`)
}

func FuzzPoints(f *testing.F) {
	fuzz(f, "points", `{"rules":[{"source":"文章","each":1,"daily_cap":6}],"events":[{"event":"a","source":"文章","day":"2026-03-02"},{"day":"2026-03-02","reverses":"a"}]}`,
		`{"rules":{"时长":{"each":1,"per":4}},"events":[{"source":"时长","day":"2026-03-02","amount":9}],"target":10}`)
}

func FuzzTeam(f *testing.F) {
	fuzz(f, "team", `{"teams":[{"name":"一中队","enrolled":3,"scores":[90,null]}]}`)
}

func FuzzFourInOne(f *testing.F) {
	fuzz(f, "four_in_one", `{"weights":{"活动":1},"units":[{"name":"甲","parts":{"活动":90}}]}`, `{"units":[{"name":"甲","parts":{"活动":null,"竞赛":80}}]}`)
}

func FuzzScene(f *testing.F) {
	fuzz(f, "scene", smallScene, `{"id":1,"scenario":{"beats":{"a":{"say":"x","end":{"kind":"成功"}}}},"acts":[]}`, `{"scenario":{},"acts":[]}`)
}

func FuzzScore(f *testing.F) {
	fuzz(f, "score", `{"dims":{"procedure":90,"law":null},"fatal":["未亮证"]}`, `{"weights":{"a":0},"pass":1e300,"fatal_cap":-5,"dims":{"a":1}}`)
}

func FuzzEmotion(f *testing.F) {
	fuzz(f, "emotion", `{"id":1,"start":58,"base":50,"decay_per_s":0.01,"sensitivity":1.3,"steps":[{"delta":-6,"dt_s":3}]}`)
}
