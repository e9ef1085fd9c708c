package approval

import "fadu/internal/setting"

// The ways in which a bureau has its acts approved.
const (
	// Directly: who holds the permission does the act; a form is signed where somebody asks for one.
	Directly = "direct"
	// ByForm: an act that has a form is signed post by post first.
	ByForm = "forms"
)

// Way is how the bureau approves.
var Way = setting.Item{
	Key: "approval.way", Group: "办案审批", Label: "有审批表的步骤怎样办",
	Help:   "立案、告知、决定、结案等步骤有审批表。先走审批表的，各栏签完才能办；最后一栏签署就是办理的，签完即办。法律关口不因审批而放过。",
	Source: "本局行政执法审批制度",
	Choices: []setting.Choice{
		{Value: Directly, Label: "有权限的人直接办理", Small: "报了批的，等审批表签完"},
		{Value: ByForm, Label: "先走审批表", Small: "没有签完的审批表，办不了"},
	},
	Default: Directly,
}
