package casework

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/law"
)

// Exercise is a paper that trainees fill in by hand. What is wanted of it is what is wanted of a real one.
type Exercise struct {
	Kind   PaperKind
	Fields []ExerciseField
	lacks  func(v map[string]string) []string
}

// ExerciseField is a line of the paper. Long ones take several lines.
type ExerciseField struct {
	Name, Label, Hint string
	Long              bool
}

// exercises by the label of the paper.
var exercises = map[string]Exercise{
	"当场处罚决定书": {
		Kind: OnSpotDecision,
		Fields: []ExerciseField{
			{Name: "fact", Label: "违法事实", Long: true},
			{Name: "basis", Label: "处罚依据"},
			{Name: "warning", Label: "警告", Hint: "给予警告的写“警告”"},
			{Name: "fine", Label: "罚款数额（元）", Hint: "没有罚款的不填"},
			{Name: "on", Label: "违法行为的时间"},
			{Name: "dated", Label: "作出决定的日期"},
			{Name: "place", Label: "地点"},
			{Name: "organ", Label: "行政机关名称"},
			{Name: "officers", Label: "执法人员", Hint: "用顿号隔开"},
			{Name: "review", Label: "行政复议机关"},
			{Name: "days", Label: "申请行政复议的期限（日）"},
			{Name: "court", Label: "可以起诉的人民法院"},
		},
		lacks: func(v map[string]string) []string { return exerciseContent(v).Lacks() },
	},
	"责令改正通知书": {
		Kind: CorrectionNotice,
		Fields: []ExerciseField{
			{Name: "party", Label: "当事人"},
			{Name: "fact", Label: "违法事实", Long: true},
			{Name: "basis", Label: "依据的条款"},
			{Name: "demand", Label: "怎样改正", Long: true},
			{Name: "due", Label: "改正期限", Hint: "可以写“立即”"},
			{Name: "organ", Label: "行政机关名称"},
			{Name: "dated", Label: "日期"},
		},
		lacks: func(v map[string]string) []string {
			out := []string{}
			for _, f := range [][2]string{{"party", "当事人"}, {"fact", "违法事实"}, {"basis", "责令改正的依据"}, {"demand", "改正的要求"}, {"due", "改正期限"}, {"organ", "行政机关名称"}, {"dated", "日期"}} {
				if v[f[0]] == "" {
					out = append(out, f[1])
				}
			}
			return out
		},
	},
}

// exerciseContent is the content of a decision as it was written for practice.
func exerciseContent(v map[string]string) Content {
	c := Content{
		Kind: OnSpotDecision, FactText: v["fact"], Cause: v["fact"], Basis: v["basis"], Warning: v["warning"] != "",
		ActOn: v["on"], Place: v["place"], Organ: v["organ"], ReviewOrgan: v["review"], Court: v["court"],
	}
	if v["dated"] != "" {
		c.Dated = law.NewDate(1, 1, 1) // whatever day was written: the element is there
	}
	if m, err := law.ParseMoney(v["fine"]); err == nil {
		c.Fine = m
	}
	c.ReviewDays, _ = strconv.Atoi(v["days"])
	for _, name := range strings.FieldsFunc(v["officers"], func(r rune) bool { return strings.ContainsRune("、，,；; ", r) }) {
		c.Officers = append(c.Officers, ContentOfficer{Name: name})
	}
	return c
}

// ExerciseOf finds the paper by its label; false for one that is not practised.
func ExerciseOf(label string) (Exercise, bool) {
	e, ok := exercises[label]
	return e, ok
}

// Exercises are the labels of the papers that can be practised.
func Exercises() []string { return slices.Sorted(maps.Keys(exercises)) }

// Lacks lists what the law wants on the paper and the lines do not say.
func (e Exercise) Lacks(values map[string]string) []string {
	trimmed := map[string]string{}
	for k, v := range values {
		trimmed[k] = strings.TrimSpace(v)
	}
	return e.lacks(trimmed)
}
