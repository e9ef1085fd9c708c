package inquiry

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// CollectInput is a piece of evidence that is collected.
type CollectInput struct {
	Kind       Kind     `json:"kind" doc:"证据种类" ask:"need select"`
	Title      string   `json:"title" doc:"证据名称" ask:"need 100"`
	ObtainedOn law.Date `json:"obtained_on" doc:"取得日期" ask:"need now" hint:"立案以前取得的照实填写"`
	Pages      string   `json:"pages" doc:"页数、数量" ask:"20"`
	Holder     string   `json:"holder" doc:"提供的单位或者个人" ask:"need 100"`
	Source     string   `json:"source" doc:"取得的方式和地点" ask:"need" hint:"例如：当事人当场提供；公安机关移送"`
	Purpose    string   `json:"purpose" doc:"证明目的" ask:"need"`
	Copy       bool     `json:"copy" doc:"是复制件" section:"复制件"`
	OriginalAt string   `json:"original_at" doc:"原件存放处" ask:"100" when:"copy=1"`
	Checked    bool     `json:"copy_checked" doc:"已注明与原件核对一致，提供人和执法人员已签名" when:"copy=1"`
	Device     string   `json:"device" doc:"监控设备" ask:"100" section:"其他" hint:"电子技术监控设备的记录，写明设备；认定时要有法制和技术审核记录"`
	Photos     [][]byte `json:"photos" doc:"证据的照片、扫描件" hint:"JPEG 或 PNG；至多 9 张，第二张起各自编号"`
	ShowedID   bool     `json:"showed_id" doc:"已出示执法证件"`

	Digests []casework.Picture `json:"-"`
}

// Collect takes a piece of evidence into the numbered list (行政处罚法第四十六条；55号令第十七条).
func (s *Service) Collect(ctx context.Context, by access.Session, id casework.CaseID, version int64, in CollectInput) error {
	var err error
	if in.Digests, err = s.cases.KeepPictures(ctx, "photos", in.Photos); err != nil {
		return err
	}
	in.Photos = nil
	_, err = s.cases.Do(ctx, by, id, casework.Command{
		Act: "collect_evidence", Version: version, Note: joined(in.Kind.Label(), in.Title), Input: map[string]any{"input": in, "pictures": in.Digests},
		Change: func(tx *store.Tx, _ *casework.Case) error { return in.check(tx.Today()) },
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetBool(law.ShowedID, in.ShowedID, "form")
			f.SetBool(law.CopyChecked, !in.Copy || in.Checked, "form") // an original has nothing to be compared with
			return nil
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) { return in.drafts(), nil },
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return number(tx, c, done, in.evidence(done))
		},
	})
	return err
}

func (in CollectInput) check(today law.Date) error {
	if err := casework.Lacking(in); err != nil {
		return err
	}
	var fs fault.Fields
	if in.Kind.Label() == "" {
		fs.Add("kind", "请选择证据种类")
	}
	if in.ObtainedOn.After(today) {
		fs.Add("obtained_on", "取得日期不能晚于今天")
	}
	if in.Copy && strings.TrimSpace(in.OriginalAt) == "" {
		fs.Add("original_at", "请填写原件存放在哪里")
	}
	return fs.Err()
}

func (in CollectInput) drafts() []casework.Draft {
	list := casework.EvidenceList{Copies: in.original()}
	list.Proofs.Proofs = []casework.Proof{{Name: in.Title, Pages: in.Pages, Source: in.Holder + "，" + in.Source, Proves: in.Purpose}}
	return []casework.Draft{{Kind: "evidence_list", Part: list}}
}

func (in CollectInput) original() string {
	if !in.Copy {
		return ""
	}
	return strings.TrimSpace(in.OriginalAt)
}

func (in CollectInput) evidence(done casework.Done) []Evidence {
	e := Evidence{
		Kind: in.Kind, Title: strings.TrimSpace(in.Title), Purpose: strings.TrimSpace(in.Purpose), Source: joined(in.Holder, in.Source), ObtainedOn: in.ObtainedOn,
		Pages: in.Pages, OriginalAt: in.original(), Device: strings.TrimSpace(in.Device), Paper: done.Papers[0],
	}
	if len(in.Digests) == 0 {
		return []Evidence{e}
	}
	var out []Evidence
	for i, p := range in.Digests {
		one := e
		one.Digest, one.Type, one.Size = p.Digest, p.Type, p.Size
		if i > 0 {
			one.Title = fmt.Sprintf("%s（%d）", e.Title, i+1)
		}
		out = append(out, one)
	}
	return out
}

// SampleInput is what was taken as a sample.
type SampleInput struct {
	Things   []casework.Thing `json:"things" doc:"样品" ask:"need"`
	TakenAt  time.Time        `json:"taken_at" doc:"抽样时间" ask:"need now"`
	At       string           `json:"at" doc:"抽样地点" ask:"need 100"`
	Method   string           `json:"method" doc:"抽样方法" ask:"need"`
	Sealed   string           `json:"sealed" doc:"样品封存情况" ask:"need"`
	Purpose  string           `json:"purpose" doc:"证明目的" ask:"need"`
	ShowedID bool             `json:"showed_id" doc:"已出示执法证件"`
}

// Sample takes samples as evidence (行政处罚法第五十六条).
func (s *Service) Sample(ctx context.Context, by access.Session, id casework.CaseID, version int64, in SampleInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "sample", Version: version, On: law.DateOf(in.TakenAt), At: in.TakenAt, Note: named(in.Things), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) error {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			return past(tx, c, in.TakenAt, time.Time{})
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetBool(law.ShowedID, in.ShowedID, "form")
			return nil
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			return []casework.Draft{{Kind: "sampling_notice", Part: casework.SamplingNotice{
				Things: casework.Things{Things: in.Things}, TakenAt: minute(in.TakenAt), At: in.At, Method: in.Method, Sealed: in.Sealed,
			}}}, nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return number(tx, c, done, []Evidence{{
				Kind: Material, Title: "样品（" + named(in.Things) + "）", Purpose: in.Purpose, Source: "执法人员于" + minute(in.TakenAt) + "在" + in.At + "抽样取得",
				ObtainedOn: law.DateOf(in.TakenAt), Paper: done.Papers[0],
			}})
		},
	})
	return err
}

// named are the names of things in a row.
func named(things []casework.Thing) string {
	names := make([]string, len(things))
	for i, t := range things {
		names[i] = t.Name
	}
	return strings.Join(names, "、")
}

// AdmitInput is what was found of a piece of evidence, or of all that are not reviewed yet.
type AdmitInput struct {
	Evidence string `json:"evidence" label:"证据" doc:"证据的编号；all 是全部还没有认定的" ask:"need select"`
	Outcome  string `json:"outcome" doc:"认定" ask:"need radio"`
	Reason   string `json:"reason" doc:"理由" ask:"need long 500" hint:"来源合法、内容真实、与案件有关；不采信的写明哪一项不成立"`
	Purpose  string `json:"purpose" doc:"证明目的改为" hint:"不改的不填"`
	Reviewed bool   `json:"device_reviewed" doc:"监控设备的记录已经法制和技术审核，符合要求"`
	Illegal  bool   `json:"illegal_means" doc:"以非法手段取得"`
}

// Admit says of evidence whether the case may rest on it, and why (行政处罚法第四十六条).
func (s *Service) Admit(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AdmitInput) error {
	var chosen []piece
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "admit_evidence", Version: version, Note: joined(outcomeLabel(in.Outcome), in.Reason), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			if err := faultIf(outcomeLabel(in.Outcome) == "", "outcome", "请选择采信、不采信或者误登"); err != nil {
				return err
			}
			chosen, err = in.choose(tx, c.ID)
			return err
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			in.state(f, chosen)
			return in.stateTold(tx, c, chosen, f)
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			for _, p := range chosen {
				row := &Review{
					ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Evidence: p.ID, Outcome: in.Outcome, Reason: strings.TrimSpace(in.Reason), Purpose: strings.TrimSpace(in.Purpose),
					DeviceReviewed: store.Flag(in.Reviewed), Person: by.Person(), RecordedAt: store.Micros(tx.Now),
				}
				if err := insert(tx, row); err != nil {
					return err
				}
			}
			return nil
		},
	})
	return err
}

// state says what the act would have the case rest on: nothing, when the piece is not admitted.
func (in AdmitInput) state(f *law.Facts, chosen []piece) {
	kind := ""
	for _, p := range chosen {
		if kind == "" || p.Device != "" {
			kind = p.Kind.Label()
		}
		if p.Device != "" {
			kind = "电子技术监控记录（" + p.Device + "）"
			break
		}
	}
	if in.Outcome != Admitted {
		kind = "不采信"
	}
	f.SetText(law.EvidenceType, kind, "form")
	f.SetBool(law.Reviewed, in.Reviewed, "form")
	f.SetBool(law.IllegalMeans, in.Illegal && in.Outcome == Admitted, "form")
}

// stateTold names the results of tests that would be admitted and whose notice did not reach the party yet (55号令第十八条).
func (in AdmitInput) stateTold(tx *store.Tx, c *casework.Case, chosen []piece, f *law.Facts) error {
	untold := []string{}
	for _, p := range chosen {
		if p.Kind != Appraised || p.Paper == 0 || in.Outcome != Admitted {
			continue
		}
		q, err := casework.PaperByID(tx, p.Paper) // of a case that was merged or split it stands in the other one
		if err != nil {
			return err
		}
		if q.State != casework.PaperDelivered {
			untold = append(untold, p.Title)
		}
	}
	f.SetList(law.UntoldResults, untold, c.ID.Subject())
	return nil
}

// choose finds the pieces that are meant.
func (in AdmitInput) choose(tx *store.Tx, id casework.CaseID) ([]piece, error) {
	all, err := pieces(tx, id)
	if err != nil {
		return nil, err
	}
	var out []piece
	for _, p := range all {
		if in.Evidence == "all" && p.Review == nil || in.Evidence == strconv.FormatInt(p.Number, 10) {
			out = append(out, p)
		}
	}
	return out, faultIf(len(out) == 0, "evidence", "没有找到要认定的证据，请从清单中选择")
}

func outcomeLabel(o string) string {
	return map[string]string{Admitted: "采信", Rejected: "不采信", Deleted: "误登，从清单中去掉"}[o]
}
