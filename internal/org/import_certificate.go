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

// certificateImport takes in the certificates of people who are already entered.
type certificateImport struct{ s *Service }

// Name, Label, Columns and Permissions describe the list.
func (certificateImport) Name() string  { return "org.certificate" }
func (certificateImport) Label() string { return "执法证" }
func (certificateImport) Permissions() (upload, publish access.Permission) {
	return access.OrgImport, access.CertificateManage
}

func (certificateImport) Columns() []draft.Column {
	return []draft.Column{
		{Key: "name", Label: "姓名", Need: true, Max: 40, Example: "王某某", Note: "用来核对工号", Width: 12},
		{Key: "staff_number", Label: "工号", Kind: draft.Code, Need: true, Max: 32, Example: "YS0001", Note: "先导入人员，再导入执法证"},
		{Key: "number", Label: "证件编号", Also: []string{"执法证号", "执法证编号", "证号"}, Kind: draft.Code, Need: true, Max: 40, Example: "99010700001", Width: 18},
		{Key: "kind", Label: "证件种类", Kind: draft.Choice, Need: true, Choices: texts(CertificateKinds), Example: "行政执法证"},
		{Key: "issuer", Label: "发证机关", Need: true, Max: 60, Example: "演示市人民政府", Width: 20},
		{Key: "areas", Label: "执法区域", Kind: draft.List, Need: true, Max: 1000, Example: "990107 演示市演示区", Note: "行政区划代码或者全称，都写更好", Width: 24},
		{Key: "categories", Label: "执法类别", Kind: draft.List, Example: "城市管理"},
		{Key: "from", Label: "有效期起", Also: []string{"发证日期"}, Kind: draft.Day, Need: true, Example: "2024-03-01"},
		{Key: "to", Label: "有效期止", Also: []string{"有效期至"}, Kind: draft.Day, Need: true, Example: "2029-02-28", Note: "当天仍有效"},
		{Key: "exam", Label: "考试合格日期", Also: []string{"资格考试合格日期"}, Kind: draft.Day, Example: "2024-01-20"},
		{Key: "printed_unit", Label: "证载单位", Max: 60, Example: "演示区城市管理综合执法局", Width: 24},
	}
}

var certificateColumns = map[string]string{"exam_passed_on": "exam"}

func certificateInput(r *draft.Row, person PersonID) CertificateInput {
	kind, _ := codeOf(CertificateKinds, r.Text("kind"))
	return CertificateInput{Person: person, Number: r.Text("number"), Kind: CertificateKind(kind), Issuer: r.Text("issuer"), Areas: r.List("areas"), Categories: r.List("categories"), PrintedUnit: r.Text("printed_unit"), ExamPassedOn: r.Date("exam"), From: r.Date("from"), To: r.Date("to")}
}

// Check looks for unknown holders, auxiliaries, repeated and used numbers and everything that the form
// refuses.
func (k certificateImport) Check(tx *store.Tx, by access.Session, rows []*draft.Row) error {
	repeated(rows, "number", "证件编号")
	people, err := peopleByNumber(tx, "org_person", codesOf(rows, "staff_number"))
	if err != nil {
		return err
	}
	used, err := usedCertificates(tx, codesOf(rows, "number"))
	if err != nil {
		return err
	}
	held, err := heldOn(tx, people)
	if err != nil {
		return err
	}
	scope := reach(by, access.CertificateManage)
	for _, r := range rows {
		p, known := people[upper(r, "staff_number")]
		if !known || !scope.CoversLevels(p.Levels) {
			if !r.Wrong("staff_number") {
				r.Bad("staff_number", "没有这个工号的人，或者不在您的数据范围内。请先导入人员")
			}
			p = Person{}
		}
		if holder, taken := used[upper(r, "number")]; taken {
			r.Bad("number", "证件编号已经登记过（编号 %s）", holder)
		}
		if err := k.checkRow(r, p, tx.Today()); err != nil {
			return err
		}
		if number, has := held[p.ID]; has && p.ID != 0 {
			r.Warn("number", "%s现有一本有效的执法证 %s，请核对是不是换发", p.Name, number)
		}
	}
	return nil
}

func (k certificateImport) checkRow(r *draft.Row, p Person, today law.Date) error {
	in := certificateInput(r, p.ID)
	var fs fault.Fields
	in.clean(&fs, today)
	report(r, fs, certificateColumns)
	if p.ID == 0 {
		return nil
	}
	if name := r.Text("name"); name != "" && name != p.Name {
		r.Bad("name", "工号 %s 是%s，不是%s，请核对", p.StaffNumber, p.Name, name)
	}
	if !k.s.judge.Knows(ActHoldCertificate) {
		return fmt.Errorf("org: no rule guards %q", ActHoldCertificate)
	}
	j := k.s.judge.Judge(ActHoldCertificate, today, holderFacts(p, in.ExamPassedOn, today))
	for _, f := range j.Findings {
		column := "staff_number"
		if f.Rule == ruleExam {
			column = "exam"
		}
		if f.Level == law.Block {
			r.Bad(column, "%s（%s）", f.Message, f.Article)
		} else {
			r.Warn(column, "%s（%s）", f.Message, f.Article)
		}
	}
	if !r.Wrong("to") && in.To.Before(today) {
		r.Warn("to", "有效期已过，导入后不能用来办案")
	}
	return nil
}

func usedCertificates(tx *store.Tx, numbers []string) (map[string]string, error) {
	out := map[string]string{}
	for part := range slices.Chunk(numbers, 500) {
		var cs []Certificate
		if err := tx.DB().NewSelect().Model(&cs).ModelTableExpr("org_certificate_row AS ce").Where("ce.number IN (?)", bun.List(part)).Scan(tx.Ctx); err != nil {
			return nil, err
		}
		for _, c := range cs {
			out[c.Number] = c.Number
		}
	}
	return out, nil
}

// heldOn returns for each of the people a certificate that is valid today.
func heldOn(tx *store.Tx, people map[string]Person) (map[PersonID]string, error) {
	var ids []PersonID
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	out := map[PersonID]string{}
	for part := range slices.Chunk(ids, 500) {
		var cs []Certificate
		cond, args := validOn(tx.Today())
		if err := tx.DB().NewSelect().Model(&cs).Where("ce.person_id IN (?)", bun.List(part)).Where(cond, args...).Scan(tx.Ctx); err != nil {
			return nil, err
		}
		for _, c := range cs {
			out[c.Person] = c.Number
		}
	}
	return out, nil
}

// Stage writes checked rows as certificates that nobody sees yet.
func (k certificateImport) Stage(tx *store.Tx, by access.Session, batch draft.BatchID, rows []*draft.Row) error {
	people, err := peopleByNumber(tx, "org_person", codesOf(rows, "staff_number"))
	if err != nil {
		return err
	}
	certificates, validities := make([]Certificate, len(rows)), make([]Validity, len(rows))
	for i, r := range rows {
		p := people[upper(r, "staff_number")]
		in := certificateInput(r, p.ID)
		var fs fault.Fields
		areas := in.clean(&fs, tx.Today())
		if err := fs.Err(); err != nil {
			return fmt.Errorf("第 %d 行：%w", r.Line, err)
		}
		j, err := k.s.enforce(ActHoldCertificate, tx.Today(), holderFacts(p, in.ExamPassedOn, tx.Today()))
		if err != nil {
			return err
		}
		c := Certificate{ID: CertificateID(store.NewID()), Person: p.ID, Number: in.Number, Kind: in.Kind, Issuer: in.Issuer, Areas: areas, Categories: in.Categories, PrintedUnit: in.PrintedUnit, ExamPassedOn: in.ExamPassedOn, ValidTo: in.To, Batch: int64(batch), Version: 1}
		data := map[string]any{"batch": batch, "line": r.Line, "after": c.shown(), "from": in.From, "to": in.To, "person": p.Name}
		if c.Entry, err = noteCertificate(tx, by, p, c, kindCertificateLoaded, data, j.Passed...); err != nil {
			return err
		}
		certificates[i] = c
		validities[i] = Validity{ID: store.NewID(), Certificate: c.ID, From: in.From, To: in.To, Batch: int64(batch), Entry: c.Entry}
	}
	if err := insert(tx, &certificates, certificateTable); err != nil {
		return err
	}
	return insert(tx, &validities, "")
}

// Unstage deletes what Stage wrote.
func (certificateImport) Unstage(tx *store.Tx, batch draft.BatchID) error {
	if _, err := tx.Exec(`DELETE FROM org_validity WHERE batch_id = ?`, batch); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM org_certificate_row WHERE batch_id = ?`, batch)
	return err
}
