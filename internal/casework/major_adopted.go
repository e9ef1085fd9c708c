package casework

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/law"
	"fadu/internal/setting"
	"fadu/internal/store"
)

// majorHelp is how both directories are written.
const majorHelp = "写明对公民、对单位罚款多少元以上（含本数），哪些处罚种类，自哪天施行；没有数额、种类标准的写“没有另定”。理由写明文件名称、文号。"

// majorExample is a directory as it is typed.
const majorExample = "公民10000 单位50000 种类吊销许可证件、责令停产停业 自2026-01-01，或者：没有另定"

// ReviewDirectory is the bureau's own part of 重大执法决定法制审核目录. Nothing adopted is no answer: without a signed
// opinion no decision is then possible (行政处罚法第五十八条第一款；国办发〔2018〕118号十二).
var ReviewDirectory = setting.Item{
	Key: "casework.review_directory", Group: "重大执法决定", Label: "法制审核目录的数额和种类",
	Help: majorHelp + "法律规定的情形（重大公共利益、重大权益、听证、疑难复杂等）不用写，一律审核。没有采用以前，每个案件都要送法制审核。",
	Cite: law.Citations{xzcf(58, 1), {Statute: "GBF118", Section: "十二"}}, Example: majorExample, Check: checkMajor,
}

// DiscussionDirectory is from what amount and for which kinds the bureau's heads decide together. Nothing adopted is no
// answer: without a discussion no decision is then possible (行政处罚法第五十七条第二款).
var DiscussionDirectory = setting.Item{
	Key: "casework.discussion_directory", Group: "重大执法决定", Label: "集体讨论的数额和种类",
	Help: majorHelp + "情节复杂、涉及重大公共利益的不用写，一律集体讨论。没有采用以前，每个案件都要集体讨论。",
	Cite: law.Citations{xzcf(57, 2)}, Example: majorExample, Check: checkMajor,
}

func checkMajor(value string) string {
	if _, err := adoptedMajor(value, NeedsReview); err != nil {
		return err.Error()
	}
	return ""
}

// noneOfItsOwn is the answer of a bureau that adds nothing to the law.
const noneOfItsOwn = "没有另定"

var (
	majorFine  = regexp.MustCompile(`^(公民|单位)(\d{1,9})元?$`)
	majorKinds = regexp.MustCompile(`^种类(.+)$`)
	majorFrom  = regexp.MustCompile(`^自(\d{4}-\d{2}-\d{2})$`)
)

// adoptedMajor reads a directory as typed. No rows and no fault are both a bureau that has adopted nothing and one that
// adds nothing; the empty value tells them apart.
func adoptedMajor(value string, effect MajorEffect) ([]MajorRow, error) {
	value = strings.TrimSpace(value)
	if value == "" || value == noneOfItsOwn {
		return nil, nil
	}
	from := penaltyLaw2021
	var out []MajorRow
	add := func(label string, when MajorWhen) {
		out = append(out, MajorRow{Code: "本局", Label: label, When: when, Effect: []MajorEffect{effect}})
	}
	for _, part := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" \t\n，,；;　", r) }) {
		if m := majorFine.FindStringSubmatch(part); m != nil {
			yuan, err := strconv.ParseInt(m[2], 10, 64)
			if err != nil || yuan == 0 {
				return nil, fmt.Errorf("数额应当大于零")
			}
			add("对"+m[1]+"罚款"+m[2]+"元以上", MajorWhen{Party: map[string]string{"公民": "citizen", "单位": "unit"}[m[1]], FineFrom: yuan})
		} else if m := majorKinds.FindStringSubmatch(part); m != nil {
			var kinds []PenaltyKind
			for _, k := range strings.Split(m[1], "、") {
				if !slices.Contains(PenaltyKinds(), PenaltyKind(k)) {
					return nil, fmt.Errorf("“%s”不是处罚种类", k)
				}
				kinds = append(kinds, PenaltyKind(k))
			}
			add(m[1], MajorWhen{Kinds: kinds})
		} else if m := majorFrom.FindStringSubmatch(part); m != nil {
			day, err := law.ParseDate(m[1])
			if err != nil {
				return nil, fmt.Errorf("施行日期写成 2026-01-01 的样子")
			}
			from = day
		} else {
			return nil, fmt.Errorf("没有读懂“%s”。写成：%s", part, majorExample)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("没有写数额和种类。写成：%s", majorExample)
	}
	for i := range out {
		out[i].From = from
	}
	return out, nil
}

// MajorNeed tells whether a case needs an effect on the day by the law and by what the bureau adopted, with the rows
// that say so. With nothing adopted for the day it is never answered with no.
func (s *Service) MajorNeed(tx *store.Tx, effect MajorEffect, c MajorCase, on law.Date) (law.Tri, []MajorRow, error) {
	value, err := setting.Value(tx, map[MajorEffect]setting.Item{NeedsReview: ReviewDirectory, NeedsDiscussion: DiscussionDirectory}[effect])
	if err != nil {
		return law.Unknown, nil, err
	}
	own, err := adoptedMajor(value, effect)
	if err != nil {
		return law.Unknown, nil, err
	}
	due, by := Major(append(MajorRows(), own...), effect, c, on)
	if value == "" || len(own) > 0 && on.Before(own[0].From) {
		due = law.Or(due, law.Unknown)
	}
	return due, by, nil
}
