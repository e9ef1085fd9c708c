package inquiry

import (
	"context"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// MandateInput is the order of a government to take down an illegal structure.
type MandateInput struct {
	Government string   `json:"government" doc:"责成的县级以上地方人民政府" label:"责成的人民政府" ask:"need 100" hint:"例如：演示区人民政府"`
	Document   string   `json:"document" doc:"责成文件的文号" ask:"need 60" hint:"照文件抄写，例如：演区政〔2026〕9号"`
	On         law.Date `json:"on" doc:"责成文件的日期" ask:"need now"`
	What       string   `json:"what" doc:"责成的内容：哪一处、由谁、做什么" label:"责成的内容" ask:"need long 500"`
	Scans      [][]byte `json:"scans" doc:"责成文件的扫描件，第一页起" label:"责成文件的扫描件" hint:"JPEG 或 PNG，至少一张"`

	Digests []casework.Picture `json:"-"`
}

func (in MandateInput) check(today law.Date) error {
	if err := casework.Lacking(in); err != nil {
		return err
	}
	var fs fault.Fields
	if in.On.After(today) {
		fs.Add("on", "文件的日期不能晚于今天")
	}
	if !strings.HasSuffix(strings.TrimSpace(in.Government), "人民政府") {
		fs.Add("government", "请写明是哪一级人民政府；只有县级以上地方人民政府可以责成（%s）", law.Cite("CXGH", 68).Han())
	}
	if !strings.ContainsAny(in.Document, "〔") || !strings.HasSuffix(strings.TrimSpace(in.Document), "号") {
		fs.Add("document", "请照文件抄写文号，例如：演区政〔2026〕9号")
	}
	if len(in.Digests) == 0 {
		fs.Add("scans", "请附责成文件的扫描件")
	}
	return fs.Err()
}

// RegisterMandate enters the order as numbered evidence: without it nothing is taken down by force (城乡规划法第六十八条).
func (s *Service) RegisterMandate(ctx context.Context, by access.Session, id casework.CaseID, version int64, in MandateInput) error {
	var err error
	if in.Digests, err = s.cases.KeepPictures(ctx, "scans", in.Scans); err != nil {
		return err
	}
	in.Scans = nil
	document := strings.TrimSpace(in.Document)
	_, err = s.cases.Do(ctx, by, id, casework.Command{
		Act: casework.MandateAct, Version: version, Note: strings.TrimSpace(in.Government) + "（" + document + "）", Named: in.On, Input: map[string]any{"input": in, "pictures": in.Digests},
		Row: func(tx *store.Tx, c *casework.Case) (string, error) {
			had, err := ofCase[Evidence](tx, c.ID)
			return "evidence/" + strconv.Itoa(len(had)+1), err
		},
		Change: func(tx *store.Tx, _ *casework.Case) error { return in.check(tx.Today()) },
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			var rows []Evidence
			for i, p := range in.Digests {
				e := Evidence{
					Kind: Written, Title: "人民政府责成强制拆除的文件（" + document + "）", Purpose: strings.TrimSpace(in.What), Source: joined(in.Government, document), ObtainedOn: in.On,
					Pages: strconv.Itoa(len(in.Digests)), Digest: p.Digest, Type: p.Type, Size: p.Size,
				}
				if i > 0 {
					e.Title += "第" + strconv.Itoa(i+1) + "页"
				}
				rows = append(rows, e)
			}
			return number(tx, c, done, rows)
		},
	})
	return err
}
