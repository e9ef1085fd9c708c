package org

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// subjectImport takes in 执法主体 with the units that act in their name. A mandator must exist already.
type subjectImport struct{ s *Service }

// Name, Label, Columns and Permissions describe the list.
func (subjectImport) Name() string  { return "org.subject" }
func (subjectImport) Label() string { return "执法主体" }
func (subjectImport) Permissions() (upload, publish access.Permission) {
	return access.OrgImport, access.SettingManage
}

func (subjectImport) Columns() []draft.Column {
	return []draft.Column{
		{Key: "name", Label: "主体名称", Also: []string{"名称"}, Need: true, Max: 60, Example: "演示区城市管理综合执法局", Note: "中队、科室等内设机构不能作执法主体", Width: 28},
		{Key: "uscc", Label: "统一社会信用代码", Kind: draft.Code, Need: true, Max: 18, Example: "11990107MB0000001X", Width: 22},
		{Key: "basis", Label: "依据", Kind: draft.Choice, Need: true, Choices: texts(Bases), Example: "法定", Note: "机关填法定；法律法规授权的组织填授权；乡镇街道填赋权；受委托组织填委托"},
		{Key: "document", Label: "依据文件", Max: 200, Example: "三定规定（演编发〔2020〕1号）", Note: "授权、赋权、委托必填", Width: 28},
		{Key: "from", Label: "起始日期", Kind: draft.Day, Need: true, Example: "2020-01-01"},
		{Key: "until", Label: "截止日期", Kind: draft.Day, Note: "委托必填"},
		{Key: "mandator", Label: "委托机关", Max: 60, Note: "只有委托才填，写已登记的执法主体名称", Width: 24},
		{Key: "areas", Label: "管辖区域", Kind: draft.List, Need: true, Max: 1000, Example: "990107 演示市演示区", Width: 24},
		{Key: "prefix", Label: "机关代字", Max: 12, Example: "演城管", Note: "文号用，如演城管〔2026〕第1号"},
		{Key: "review_organ", Label: "复议机关", Max: 60, Example: "演示区人民政府", Width: 20},
		{Key: "court", Label: "管辖法院", Max: 60, Example: "演示区人民法院", Width: 20},
		{Key: "collection_code", Label: "执收编码", Kind: draft.Code, Max: 40, Example: "990107001"},
		{Key: "powers", Label: "职权范围", Max: 1000, Example: "城市管理领域行政处罚、行政强制", Width: 28},
		{Key: "seal", Label: "用印说明", Max: 200, Example: "局行政处罚专用章，法制科保管", Width: 24},
		{Key: "address", Label: "地址", Max: 100, Width: 24},
		{Key: "phone", Label: "电话", Kind: draft.Code, Max: 20},
		{Key: "units", Label: "对应机构", Kind: draft.List, Max: 1000, Example: "演示区城市管理综合执法局", Note: "以它的名义执法的机构，下级机构自动包含", Width: 28},
	}
}

var subjectColumns = map[string]string{"basis_document": "document"}

func subjectInput(r *draft.Row, mandators map[string]SubjectID) SubjectInput {
	basis, _ := codeOf(Bases, r.Text("basis"))
	return SubjectInput{
		Name: r.Text("name"), USCC: r.Text("uscc"), Basis: Basis(basis), BasisDocument: r.Text("document"), From: r.Date("from"), Until: r.Date("until"),
		Mandator: mandators[r.Text("mandator")], Powers: r.Text("powers"), Areas: r.List("areas"), Address: r.Text("address"), Phone: r.Text("phone"), Seal: r.Text("seal"),
		ReviewOrgan: r.Text("review_organ"), Court: r.Text("court"), CollectionCode: r.Text("collection_code"), Prefix: r.Text("prefix"),
	}
}

// known returns the subjects that exist, by name, and those of them that may mandate.
func known(tx *store.Tx) (names map[string]bool, mandators map[string]SubjectID, err error) {
	names, mandators = map[string]bool{}, map[string]SubjectID{}
	var all []Subject
	if err := tx.DB().NewSelect().Model(&all).ModelTableExpr("org_subject_row AS sb").Scan(tx.Ctx); err != nil {
		return nil, nil, err
	}
	for _, s := range all {
		names[s.Name] = true
	}
	visible, err := Subjects(tx)
	for _, s := range visible {
		if s.Basis != ByMandate {
			mandators[s.Name] = s.ID
		}
	}
	return names, mandators, err
}

// Check looks for repeated names, unknown mandators and units, and everything that form and rules refuse.
func (k subjectImport) Check(tx *store.Tx, by access.Session, rows []*draft.Row) error {
	names, mandators, err := known(tx)
	if err != nil {
		return err
	}
	demo, err := isDemo(tx)
	if err != nil {
		return err
	}
	x, err := k.s.unitIndex(tx, reach(by, access.SettingManage))
	if err != nil {
		return err
	}
	for r, line := range draft.Repeated(rows, func(r *draft.Row) string { return r.Text("name") }) {
		r.Bad("name", "与第 %d 行重复", line)
	}
	bound := map[access.UnitID]int{}
	for _, r := range rows {
		if names[r.Text("name")] {
			r.Bad("name", "已经登记过，如要修改请到执法主体页")
		}
		if m := r.Text("mandator"); m != "" && mandators[m] == 0 {
			r.Bad("mandator", "没有执法主体“%s”，或者它自己是受委托组织，不得再委托", m)
		}
		if err := k.checkRow(tx, r, subjectInput(r, mandators), demo); err != nil {
			return err
		}
		if err := k.checkUnits(tx, r, x, bound); err != nil {
			return err
		}
	}
	return nil
}

func (k subjectImport) checkRow(tx *store.Tx, r *draft.Row, in SubjectInput, demo bool) error {
	var fs fault.Fields
	var sb Subject
	in.into(&sb, &fs, demo)
	report(r, fs, subjectColumns)
	if !k.s.judge.Knows(ActNameSubject) {
		return fmt.Errorf("org: no rule guards %q", ActNameSubject)
	}
	columns := map[string]string{"XZCF-17-subject": "name", "XZCF-20-mandator": "mandator", "XZCF-20-term": "until", "XZCF-59-subject": "review_organ"}
	for _, f := range k.s.judge.Judge(ActNameSubject, tx.Today(), subjectFacts(sb)).Findings {
		column := columns[f.Rule]
		if column == "" {
			column = "document"
		}
		if f.Level == law.Block && !r.Wrong(column) {
			r.Bad(column, "%s（%s）", f.Message, f.Article)
		}
	}
	return nil
}

func (k subjectImport) checkUnits(tx *store.Tx, r *draft.Row, x unitIndex, bound map[access.UnitID]int) error {
	from := r.Date("from")
	for _, words := range r.List("units") {
		u, why := x.find(words)
		if why != "" {
			r.Bad("units", "%s", why)
			continue
		}
		if line, twice := bound[u.ID]; twice {
			r.Bad("units", "“%s”在第 %d 行已经对应另一个执法主体", u.Name, line)
		}
		bound[u.ID] = r.Line
		if !from.IsZero() && !u.OpenOn(from) {
			r.Bad("units", "“%s”在%s还没有设立或者已经撤并", u.Name, from.Han())
		}
		bindings, err := bindingsOf(tx, []access.UnitID{u.ID})
		if err != nil {
			return err
		}
		for _, b := range bindings {
			if overlap(from, law.Date{}, b.From, b.Until) {
				r.Bad("units", "“%s”自%s起已经对应一个执法主体", u.Name, b.From.Han())
			}
		}
	}
	return nil
}

// Stage writes checked rows as subjects that nobody sees yet.
func (k subjectImport) Stage(tx *store.Tx, by access.Session, batch draft.BatchID, rows []*draft.Row) error {
	_, mandators, err := known(tx)
	if err != nil {
		return err
	}
	x, err := k.s.unitIndex(tx, by.ScopeFor(access.SettingManage))
	if err != nil {
		return err
	}
	for _, r := range rows {
		var units []access.UnitID
		for _, words := range r.List("units") {
			u, why := x.find(words)
			if why != "" {
				return fault.New(fault.Conflict, "第 %d 行：%s", r.Line, why)
			}
			units = append(units, u.ID)
		}
		if _, err := k.s.addSubject(tx, by, subjectInput(r, mandators), units, int64(batch), kindSubjectImported); err != nil {
			return fmt.Errorf("第 %d 行：%w", r.Line, err)
		}
	}
	return nil
}

// Unstage deletes what Stage wrote.
func (subjectImport) Unstage(tx *store.Tx, batch draft.BatchID) error {
	if _, err := tx.Exec(`DELETE FROM org_subject_unit WHERE batch_id = ?`, batch); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM org_subject_row WHERE batch_id = ?`, batch)
	return err
}
