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
