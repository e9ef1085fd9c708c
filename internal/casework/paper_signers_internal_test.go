package casework

import "testing"

// 笔录由文书写明的执法人员本人签名：同名的人、承办以外的人不能代签（处罚法四十二、五十五）。
func TestSignLineIsOfTheOfficerNamed(t *testing.T) {
	ordinary, street := &Case{Procedure: ProcedureOrdinary}, &Case{Procedure: ProcedureOnSpot}
	named := signLine{Role: SignLead, Name: "演示·王强", Certificate: "演0001"}
	for _, x := range []struct {
		name        string
		line        signLine
		c           *Case
		handles     bool
		certificate string
		want        bool
	}{
		{"文书写明证号的本人", named, ordinary, true, "演0001", true},
		{"写明的本人，案件已经换人承办", named, ordinary, false, "演0001", true},
		{"同名但不是这个证号", named, ordinary, false, "演0002", false},
		{"后来的承办人不是文书写明的人", named, ordinary, true, "演0002", false},
		{"没有执法证的承办人", named, ordinary, true, "", false},
		{"文书没有写明执法人员的由承办人签", signLine{Role: SignLead}, ordinary, true, "演0002", true},
		{"文书没有写明执法人员，不承办的不签", signLine{Role: SignLead}, ordinary, false, "演0002", false},
		{"当场处罚由承办人签", named, street, true, "演0002", true},
		{"当场处罚不承办的不签", named, street, false, "演0001", false},
	} {
		t.Run(x.name, func(t *testing.T) {
			if got := x.line.isOf(x.c, x.handles, x.certificate); got != x.want {
				t.Errorf("得到 %v，应为 %v", got, x.want)
			}
		})
	}
}
