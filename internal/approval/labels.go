package approval

import "fadu/internal/ledger"

const (
	kindAsked     = "approval.asked"
	kindSigned    = "approval.signed"
	kindReturned  = "approval.returned"
	kindEntered   = "approval.entered"
	kindWithdrawn = "approval.withdrawn"
	kindPerformed = "approval.performed"
	kindGranted   = "approval.mandate_granted"
	kindEnded     = "approval.mandate_ended"
	kindRead      = "approval.form_read"
)

// Kinds are the ledger kinds of this package with their labels.
var Kinds = map[string]string{
	kindAsked:     "报请审批",
	kindSigned:    "签署审批意见",
	kindReturned:  "审批不同意",
	kindEntered:   "补录线下签批",
	kindWithdrawn: "撤回报批",
	kindPerformed: "按审批办理",
	kindGranted:   "授权代签",
	kindEnded:     "终止代签授权",
	kindRead:      "查看审批表",
}

// References are the columns in which this package's rows keep their ledger entry.
var References = []ledger.Reference{
	{Table: "approval", Column: "entry_id"},
	{Table: "approval_step", Column: "entry_id"},
	{Table: "mandate", Column: "entry_id"},
}

// State is where an approval stands.
type State string

// The states. Signed has all signatures and waits to be carried out; Done was carried out; Lapsed was asked for a step
// that the matter has left since.
const (
	Asked     State = "asked"
	Returned  State = "returned"
	Signed    State = "signed"
	Done      State = "done"
	Withdrawn State = "withdrawn"
	Lapsed    State = "lapsed"
)

var stateLabels = map[State]string{Asked: "审批中", Returned: "不同意，已退回", Signed: "签批完毕，待办理", Done: "已批准办理", Withdrawn: "已撤回", Lapsed: "已失效"}
