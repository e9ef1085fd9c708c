package org

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// entryLabels are what the fields of this package's ledger entries are called.
var entryLabels = map[string]string{
	"name": "姓名", "staff_number": "工号", "kind": "类别", "phone": "电话", "identity": "身份号码", "note": "备注", "left_on": "离职日", "left_reason": "离职原因",
	"number": "编号", "issuer": "发证机关", "areas": "区域", "categories": "执法类别", "printed_unit": "证载单位", "exam_passed_on": "考试合格日期",
	"valid_from": "有效期起", "valid_to": "有效期止", "post": "职务", "unit": "机构", "unit_name": "机构", "from": "自", "until": "至", "to": "至", "reason": "原因", "document": "文书",
	"on": "日期", "how": "方式", "year": "年度", "result": "结果", "checked_on": "审验日期", "last_day": "最后一天", "back_on": "返岗", "revoked_on": "收回日期",
	"uscc": "统一社会信用代码", "basis": "依据", "basis_document": "依据文件", "powers": "职权范围", "address": "地址", "seal": "用印说明", "review_organ": "复议机关",
	"court": "管辖法院", "collection_code": "执收编码", "prefix": "机关代字", "mandator": "委托机关", "until_was": "原至", "reason_was": "原因由",
}

// entrySkipped are fields that say nothing to a reader.
var entrySkipped = []string{"unit", "certificate", "batch", "line", "person", "posting", "mandator", "annulled"}

// describe tells in a line what a ledger entry's data says: 工号 A01 → A02；原因：录错.
func describe(e ledger.Entry) string {
	var data map[string]any
	if err := json.Unmarshal([]byte(e.Data), &data); err != nil {
		return ""
	}
	var parts []string
	before, after := fieldsOf(data["before"]), fieldsOf(data["after"])
	switch {
	case before != nil && after != nil:
		for _, k := range slices.Sorted(maps.Keys(after)) {
			if before[k] != after[k] && !slices.Contains(entrySkipped, k) && !(e.Kind == kindTransferred && (k == "from" || k == "until")) {
				parts = append(parts, fmt.Sprintf("%s %s → %s", entryLabel(k), orNone(before[k]), orNone(after[k])))
			}
		}
	case before != nil:
		for _, k := range slices.Sorted(maps.Keys(before)) {
			if before[k] != "" && !slices.Contains(entrySkipped, k) {
				parts = append(parts, "原"+entryLabel(k)+" "+before[k])
			}
		}
	}
	for _, k := range []string{"unit_name", "number", "post", "year", "result", "from", "to", "until", "until_was", "on", "back_on", "checked_on", "last_day", "how", "reason", "document"} {
		if v, ok := data[k]; ok && fmt.Sprint(v) != "" {
			parts = append(parts, entryLabel(k)+" "+plain(v))
		}
	}
	return strings.Join(parts, "；")
}

func plain(v any) string {
	if n, ok := v.(float64); ok {
		return fmt.Sprintf("%.0f", n)
	}
	return fmt.Sprint(v)
}

func entryLabel(key string) string {
	if l, ok := entryLabels[key]; ok {
		return l
	}
	return key
}

func orNone(s string) string {
	if s == "" {
		return "（空）"
	}
	return s
}

func fieldsOf(v any) map[string]string {
	m, ok := v.(map[string]any)
	if !ok {
		return nil
	}
	out := map[string]string{}
	for k, x := range m {
		out[k] = plain(x)
	}
	return out
}

// historyLength is how many entries a page shows.
const historyLength = 40

// history returns what the ledger knows about a record; keep chooses entries, nil keeps all.
func history(tx *store.Tx, subject string, keep func(ledger.Entry) bool) ([]web.LedgerView, error) {
	es, err := ledger.History(tx, subject, 0, 4*historyLength)
	if err != nil {
		return nil, err
	}
	var out []web.LedgerView
	for _, e := range es {
		if keep != nil && !keep(e) {
			continue
		}
		text := Kinds[e.Kind]
		if d := describe(e); d != "" {
			text += "：" + d
		}
		out = append(out, web.LedgerView{Time: e.Time().Format("2006-01-02 15:04"), Who: e.Actor, Text: text})
		if len(out) == historyLength {
			break
		}
	}
	return out, nil
}
