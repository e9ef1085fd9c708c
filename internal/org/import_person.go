package org

import (
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// personImport takes in people with their first posting.
type personImport struct{ s *Service }

// Name, Label, Columns and Permissions describe the list.
func (personImport) Name() string  { return "org.person" }
func (personImport) Label() string { return "人员" }
func (personImport) Permissions() (upload, publish access.Permission) {
	return access.OrgImport, access.PersonManage
}

func (personImport) Columns() []draft.Column {
	return []draft.Column{
		{Key: "name", Label: "姓名", Need: true, Max: 40, Example: "王某某", Width: 12},
		{Key: "staff_number", Label: "工号", Kind: draft.Code, Need: true, Max: 32, Example: "YS0001", Note: "全局唯一"},
		{Key: "kind", Label: "人员类别", Kind: draft.Choice, Need: true, Choices: texts(PersonKinds), Example: "执法人员", Note: "协管、劳务派遣等填辅助人员，不得持证，不能承办案件"},
		{Key: "unit", Label: "所在机构", Also: []string{"机构", "部门", "单位"}, Need: true, Max: 120, Example: "第一中队", Note: "填机构全称或编码", Width: 20},
		{Key: "post", Label: "职务", Also: []string{"岗位"}, Need: true, Max: 40, Example: "队员", Width: 12},
		{Key: "from", Label: "任职日期", Also: []string{"到岗日期"}, Kind: draft.Day, Need: true, Example: "2024-03-01", Note: "到现机构任现职的第一天"},
		{Key: "phone", Label: "手机号", Also: []string{"电话", "联系电话"}, Kind: draft.Code, Max: 20, Example: "13800000000"},
		{Key: "identity", Label: "公民身份号码", Also: []string{"身份证号", "身份证号码"}, Kind: draft.Code, Max: 40, Example: "", Note: "可以不填；页面上只显示部分数字", Width: 22, Secret: true},
		{Key: "legal_kind", Label: "法律职业资格", Kind: draft.Choice, Choices: texts(LegalKinds), Example: "", Note: "法制审核人员填；没有的不填", Width: 24},
		{Key: "legal_number", Label: "资格证书编号", Kind: draft.Code, Max: 40, Example: "", Width: 20},
		{Key: "legal_on", Label: "取得资格日期", Kind: draft.Day, Example: ""},
		{Key: "reviews_since", Label: "从事法制审核起始日", Kind: draft.Day, Example: "", Width: 18},
		{Key: "note", Label: "备注", Max: 500, Width: 24},
	}
}

// Choose offers the units of the actor's scope.
func (k personImport) Choose(tx *store.Tx, by access.Session) (map[string][]string, error) {
	x, err := k.s.unitIndex(tx, reach(by, access.PersonManage))
	return map[string][]string{"unit": x.names()}, err
}

func personInput(r *draft.Row, unit access.UnitID) PersonInput {
	kind, _ := codeOf(PersonKinds, r.Text("kind"))
	return PersonInput{
		Name: r.Text("name"), StaffNumber: r.Text("staff_number"), Kind: PersonKind(kind), Phone: r.Text("phone"), Identity: r.Text("identity"), Note: r.Text("note"), Unit: unit, Post: r.Text("post"), From: r.Date("from"),
		LegalQualification: LegalQualification{Kind: r.Text("legal_kind"), Number: r.Text("legal_number"), On: r.Date("legal_on"), Since: r.Date("reviews_since")},
	}
}

// Check looks for repeated and used numbers, unknown units and everything that the form refuses.
func (k personImport) Check(tx *store.Tx, by access.Session, rows []*draft.Row) error {
	x, err := k.s.unitIndex(tx, reach(by, access.PersonManage))
	if err != nil {
		return err
	}
	demo, err := isDemo(tx)
	if err != nil {
		return err
	}
	repeated(rows, "staff_number", "工号")
	repeated(rows, "identity", "身份号码")
	if err := usedNumbers(tx, rows); err != nil {
		return err
	}
	for _, r := range rows {
		k.checkRow(r, x, tx.Today(), demo)
	}
	return nil
}

func (k personImport) checkRow(r *draft.Row, x unitIndex, today law.Date, demo bool) {
	u, why := x.find(r.Text("unit"))
	in := personInput(r, u.ID)
	if why != "" && !r.Wrong("unit") {
		r.Bad("unit", "%s", why)
	}
	if u.ID != 0 && !in.From.IsZero() && !u.OpenOn(in.From) {
		r.Bad("from", "“%s”在这一天还没有设立或者已经撤并（%s）", u.Name, span(u.From, u.Until))
	}
	var fs fault.Fields
	in.clean(&fs, today, demo)
	report(r, fs, nil)
}

// usedNumbers marks staff and identity numbers that the bureau already has.
func usedNumbers(tx *store.Tx, rows []*draft.Row) error {
	people, err := peopleByNumber(tx, personTable, codesOf(rows, "staff_number"))
	if err != nil {
		return err
	}
	byIdentity := map[string]Person{}
	for part := range slices.Chunk(codesOf(rows, "identity"), 500) {
		var ps []Person
		if err := tx.DB().NewSelect().Model(&ps).ModelTableExpr("org_person_row AS p").Where("p.identity_number IN (?)", bun.List(part)).Scan(tx.Ctx); err != nil {
			return err
		}
		for _, p := range ps {
			byIdentity[p.Identity] = p
		}
	}
	for _, r := range rows {
		if p, ok := people[upper(r, "staff_number")]; ok {
			r.Bad("staff_number", "工号已经由%s使用。本人资料有变化的，请到人员页修改或者调动，并去掉这一行", p.Name)
		}
		if p, ok := byIdentity[upper(r, "identity")]; ok {
			r.Bad("identity", "这个身份号码已经登记在%s（工号 %s）名下", p.Name, p.StaffNumber)
		}
	}
	return nil
}

// Stage writes checked rows as people that nobody sees yet.
func (k personImport) Stage(tx *store.Tx, by access.Session, batch draft.BatchID, rows []*draft.Row) error {
	x, err := k.s.unitIndex(tx, by.ScopeFor(access.PersonManage))
	if err != nil {
		return err
	}
	demo, err := isDemo(tx)
	if err != nil {
		return err
	}
	persons, postings := make([]Person, len(rows)), make([]Posting, len(rows))
	for i, r := range rows {
		u, _ := x.find(r.Text("unit"))
		in := personInput(r, u.ID)
		var fs fault.Fields
		in.clean(&fs, tx.Today(), demo)
		if err := fs.Err(); err != nil {
			return fmt.Errorf("第 %d 行：%w", r.Line, err)
		}
		p := Person{ID: PersonID(store.NewID()), Name: in.Name, StaffNumber: in.StaffNumber, Kind: in.Kind, Phone: in.Phone, Identity: in.Identity, Note: in.Note, LegalQualification: in.LegalQualification, Levels: u.Levels(), Batch: int64(batch), Version: 1}
		data := map[string]any{"batch": batch, "line": r.Line, "after": p.shown(), "unit": u.ID, "unit_name": u.Name, "post": in.Post, "from": in.From}
		if p.Entry, err = act(tx, by, kindPersonImported, p.ID.Subject(), u.ID, data); err != nil {
			return err
		}
		persons[i] = p
		postings[i] = Posting{ID: PostingID(store.NewID()), Person: p.ID, Kind: in.Kind, Post: in.Post, From: in.From, Reason: "导入", RecordedOn: tx.Today(), Levels: u.Levels(), Batch: int64(batch), Version: 1, Entry: p.Entry}
	}
	if err := insert(tx, &persons, personTable); err != nil {
		return err
	}
	return insert(tx, &postings, "")
}

// Unstage deletes what Stage wrote.
func (personImport) Unstage(tx *store.Tx, batch draft.BatchID) error {
	if _, err := tx.Exec(`DELETE FROM org_posting WHERE batch_id = ?`, batch); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM org_person_row WHERE batch_id = ?`, batch)
	return err
}
