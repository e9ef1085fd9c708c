package calc

import (
	"encoding/json"
	"fmt"

	"fadu/internal/law/identity"
)

type identityAnswer struct {
	identity.Result
	Article string `json:"article"`
}

// identity answers {"kind": "uscc" or "resident_id", "value": TEXT}. A birth date is judged against
// "date", today when left out.
func (d *Door) identity(question json.RawMessage) (any, error) {
	f, err := readFields(question, "kind", "value", "date")
	if err != nil {
		return nil, err
	}
	kind, err := f.text("kind")
	if err != nil {
		return nil, err
	}
	value, err := f.text("value")
	if err != nil {
		return nil, err
	}
	on, err := f.date("date", d.today)
	if err != nil {
		return nil, err
	}
	switch kind {
	case "uscc":
		return identityAnswer{identity.USCC(value), "GB 32100-2015；GB 11714-1997"}, nil
	case "resident_id":
		return identityAnswer{identity.ResidentID(value, on), "GB 11643-1999"}, nil
	}
	return nil, fmt.Errorf("“kind”只能是 uscc（统一社会信用代码）或 resident_id（公民身份号码），不能是“%s”", kind)
}
