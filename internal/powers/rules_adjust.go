package powers

import (
	"slices"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// maxAdjustCodes bounds how many powers one adjustment concerns.
const maxAdjustCodes = 200

// fieldNames are the input's fields as forms, files and the interface call them.
const (
	fieldKind        = "kind"
	fieldCodes       = "codes"
	fieldInto        = "into"
	fieldCounterpart = "counterpart"
	fieldEffective   = "effective_on"
	fieldBasisDate   = "basis_date"
	fieldHandling    = "handling"
)

// faults names everything wrong with a proposal on the day, given the powers (all live versions of the
// codes) and the laws.
func (in AdjustInput) faults(lib *Library, today law.Date) fault.Fields {
	var fs fault.Fields
	need := func(name, value, text string) {
		if value == "" {
			fs.Add(name, "%s", text)
		}
	}
	if label(adjustKindLabels, in.Kind) == string(in.Kind) {
		fs.Add(fieldKind, "请选调整的种类：新增、取消、下放、承接、合并或者依据变更")
		return fs
	}
	need("basis_title", in.BasisTitle, "请写依据文件的名称")
	need("basis_number", in.BasisNumber, "请写依据文件的文号")
	switch {
	case in.BasisDate.IsZero():
		fs.Add(fieldBasisDate, "请写依据文件的日期")
	case in.BasisDate.After(today):
		fs.Add(fieldBasisDate, "依据文件的日期不能晚于今天")
	}
	switch {
	case in.EffectiveOn.IsZero():
		fs.Add(fieldEffective, "请写从哪一天起生效")
	case in.EffectiveOn.Before(in.BasisDate):
		fs.Add(fieldEffective, "不能早于依据文件的日期%s", in.BasisDate)
	}
	if in.Kind == AdjustDelegate || in.Kind == AdjustTake {
		need(fieldCounterpart, in.Counterpart, "请写下放给谁，或者从谁那里承接")
	}
	if in.Kind.Ends() {
		if label(handlingLabels, in.Handling) == string(in.Handling) {
			fs.Add(fieldHandling, "权力划出后，办理中的案件怎么办：移送，或者按移交文件继续办理")
		}
		need("handling_document", in.HandlingDocument, "请写移交文件的名称和文号，没有另行移交的写依据文件的文号")
	}
	in.itemFaults(&fs, lib)
	return fs
}

// itemFaults checks the powers named against how they stand on the day of effect.
func (in AdjustInput) itemFaults(fs *fault.Fields, lib *Library) {
	switch {
	case len(in.Codes) == 0:
		fs.Add(fieldCodes, "请写要调整的权责编码")
	case len(in.Codes) > maxAdjustCodes:
		fs.Add(fieldCodes, "一次最多%d项，请分几次提出", maxAdjustCodes)
	case in.Kind == AdjustBasis && len(in.Codes) > 1:
		fs.Add(fieldCodes, "依据变更一次写一项，各项的新条款不同")
	}
	if in.EffectiveOn.IsZero() {
		return
	}
	for i, code := range in.Codes {
		if slices.Contains(in.Codes[:i], code) {
			fs.Add(fieldCodes, "%s写了两次", code)
			continue
		}
		p, ok := lib.current(code, in.EffectiveOn)
		switch {
		case !ok:
			fs.Add(fieldCodes, "事项库里没有%s；新的事项请先导入事项库", code)
		case in.Kind.Takes() && !p.Confirmed():
			fs.Add(fieldCodes, "%s没有核对过，请先核实并写明来源", code)
		case in.Kind.Takes() && p.Adopted(in.EffectiveOn):
			fs.Add(fieldCodes, "%s在%s已在行使，不用再%s", code, in.EffectiveOn, in.Kind.Label())
		case in.Kind.Takes() && in.EffectiveOn.Before(p.Standing.AdoptedFrom):
			fs.Add(fieldEffective, "%s从%s起行使过，重新行使要在这以后", code, p.Standing.AdoptedFrom)
		case !in.Kind.Takes() && !p.Adopted(in.EffectiveOn.AddDays(-1)):
			fs.Add(fieldCodes, "%s在%s前没有在行使，不能%s", code, in.EffectiveOn, in.Kind.Label())
		}
	}
	if in.Kind == AdjustMerge {
		in.mergeFaults(fs, lib)
	}
	if in.Kind == AdjustBasis && len(in.Codes) == 1 {
		in.basisFaults(fs, lib)
	}
}

func (in AdjustInput) mergeFaults(fs *fault.Fields, lib *Library) {
	p, ok := lib.current(in.Into, in.EffectiveOn)
	switch {
	case in.Into == "":
		fs.Add(fieldInto, "请写并入哪一项")
	case !ok:
		fs.Add(fieldInto, "事项库里没有%s", in.Into)
	case slices.Contains(in.Codes, in.Into):
		fs.Add(fieldInto, "并入的事项不能又是被合并的")
	case !p.Confirmed():
		fs.Add(fieldInto, "%s没有核对过，请先核实并写明来源", in.Into)
	}
}

func (in AdjustInput) basisFaults(fs *fault.Fields, lib *Library) {
	p, ok := lib.current(in.Codes[0], in.EffectiveOn)
	if !ok {
		return
	}
	if !in.EffectiveOn.After(p.ValidFrom) {
		fs.Add(fieldEffective, "%s现在的依据从%s起适用，变更要在这以后", p.Code, p.ValidFrom)
	}
	changed := false
	for _, b := range []struct {
		law, article, lawField, articleField string
		old                                  Basis
	}{
		{in.ViolatedLaw, in.ViolatedArticle, "violated_law", "violated_article", p.Violated},
		{in.PenaltyLaw, in.PenaltyArticle, "penalty_law", "penalty_article", p.Penalty},
	} {
		if b.law == "" && b.article == "" {
			continue
		}
		as, err := ParseArticles(b.article)
		if err != nil {
			fs.Add(b.articleField, "%v", err)
			continue
		}
		l, known := lib.Law(b.law, in.EffectiveOn)
		switch {
		case !known:
			fs.Add(b.lawField, "法律法规表里没有《%s》", clip(b.law, 40))
			continue
		case !l.InForce(in.EffectiveOn):
			fs.Add(b.lawField, "《%s》在%s不施行", b.law, in.EffectiveOn)
		case l.LastArticle > 0 && as[len(as)-1].No > l.LastArticle:
			fs.Add(b.articleField, "《%s》只有%d条", b.law, l.LastArticle)
		}
		changed = changed || b.law != b.old.Law || as.Han() != b.old.Articles.Han()
	}
	if !changed && len(*fs) == 0 {
		fs.Add("penalty_article", "与现在的依据相同，没有变更")
	}
}

// current returns the version of the code that applies on the day, else the latest.
func (l *Library) current(code string, on law.Date) (PowerItem, bool) {
	vs := l.Versions(code)
	if len(vs) == 0 {
		return PowerItem{}, false
	}
	for _, p := range vs {
		if p.InForce(on) {
			return p, true
		}
	}
	return vs[len(vs)-1], true
}
