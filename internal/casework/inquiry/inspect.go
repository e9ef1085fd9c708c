package inquiry

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// InspectInput is an examination of a place.
type InspectInput struct {
	Began       time.Time          `json:"began" doc:"开始时间" ask:"need now"`
	Ended       time.Time          `json:"ended" doc:"结束时间" ask:"need now"`
	At          string             `json:"at" doc:"检查地点" ask:"need 100"`
	Recorder    string             `json:"recorder" doc:"记录人" ask:"need 40"`
	Party       string             `json:"party" doc:"当事人" ask:"need radio" section:"在场的人"`
	Present     string             `json:"present" doc:"到场的当事人或者在场人" ask:"100"`
	Called      string             `json:"called" doc:"怎样通知当事人到场" ask:"100" when:"party=absent" hint:"通知的时间和方式，例如：9时电话通知本人"`
	Absent      string             `json:"absent" doc:"没有到场的情况" ask:"100" when:"party=absent" hint:"例如：经通知未到场"`
	Footage     string             `json:"footage" doc:"全程录像编号" ask:"60" hint:"当事人不到场的必填"`
	Witness     string             `json:"witness" doc:"见证人" ask:"60"`
	Noted       bool               `json:"noted" doc:"当事人不到场、拒签的情况已在笔录上注明" when:"party=absent"`
	Recusal     string             `json:"recusal" doc:"告知权利义务后在场人的回答" ask:"need 100" section:"笔录" hint:"是否申请回避"`
	Found       string             `json:"found" doc:"检查（勘验）情况" ask:"need long 3000" hint:"方位、尺寸、数量、状态；只写看到的，不写推断"`
	Taken       string             `json:"taken" doc:"测量、拍照、提取的情况" ask:"need long"`
	Remark      string             `json:"remark" doc:"在场人的意见" ask:"200"`
	Purpose     string             `json:"purpose" doc:"证明目的" ask:"need"`
	Photos      [][]byte           `json:"photos" doc:"现场照片" hint:"JPEG 或 PNG，至多 9 张，各自编号进证据清单"`
	Digests     []casework.Picture `json:"-"`
	Legend      string             `json:"sketch_legend" doc:"勘验图的图例和说明" ask:"200" section:"现场勘验图（需要的填写，出具空白图框）"`
	North       string             `json:"sketch_north" doc:"方位" ask:"40"`
	Scale       string             `json:"sketch_scale" doc:"比例" ask:"40"`
	Drawer      string             `json:"sketch_drawer" doc:"绘图人" ask:"40"`
	ShowedID    bool               `json:"showed_id" doc:"已出示执法证件" section:"核对"`
	Pages       bool               `json:"pages_signed" doc:"已逐页签名；拒绝签名的已注明"`
	Corrections bool               `json:"corrections_initialled" doc:"没有涂改，或者涂改处已签名、捺印"`
}

// absent reports whether the examination was made without the party.
func (in InspectInput) absent() bool { return in.Party == "absent" }

// Inspect records an on-site examination (行政处罚法第五十五条第一款；55号令第十七条), with its photographs and, where it is asked
// for, the frame of a sketch.
func (s *Service) Inspect(ctx context.Context, by access.Session, id casework.CaseID, version int64, in InspectInput) error {
	var err error
	if in.Digests, err = s.cases.KeepPictures(ctx, "photos", in.Photos); err != nil {
		return err
	}
	in.Photos = nil
	_, err = s.cases.Do(ctx, by, id, casework.Command{
		Act: "inspect", Version: version, On: law.DateOf(in.Began), At: in.Began, Note: joined(in.At, in.Absent), Input: map[string]any{"input": in, "pictures": in.Digests},
		Change: func(tx *store.Tx, c *casework.Case) error {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			if err := faultIf(!in.absent() && in.Present == "", "present", "请填写到场的当事人或者在场人"); err != nil {
				return err
			}
			if err := faultIf(in.absent() && in.Absent == "", "absent", "请写明当事人为什么没有到场"); err != nil {
				return err
			}
			return past(tx, c, in.Began, in.Ended)
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			stated{in.ShowedID, in.Pages, in.Corrections}.put(f)
			f.SetBool(law.PartyPresent, !in.absent(), "form")
			f.SetBool(law.PartyCalled, in.absent() && strings.TrimSpace(in.Called) != "", "form")
			f.SetBool(law.PhotoOrVideo, in.Footage != "", "form")
			f.SetBool(law.NotedOnDocument, in.Noted, "form")
			return nil
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) { return in.drafts(), nil },
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return number(tx, c, done, in.evidence(done))
		},
	})
	return err
}

func (in InspectInput) drafts() []casework.Draft {
	record := casework.InspectionRecord{
		Session: casework.Session{From: minute(in.Began), Until: minute(in.Ended), At: in.At, Recorder: in.Recorder},
		Present: in.Present, Witness: in.Witness, Recusal: in.Recusal, Found: in.Found, Taken: in.Taken, Remark: in.Remark, Footage: in.Footage,
	}
	if in.absent() {
		record.Absent = joined(in.Called, in.Absent)
	}
	out := []casework.Draft{{Kind: "inspection_record", Part: record}}
	if in.Legend != "" {
		out = append(out, casework.Draft{Kind: "site_sketch", Part: casework.SiteSketch{DrawnAt: minute(in.Began), Scale: in.Scale, North: in.North, Legend: in.Legend, Drawer: in.Drawer}})
	}
	return out
}

// evidence is what an examination brings in: its record, and each photograph.
func (in InspectInput) evidence(done casework.Done) []Evidence {
	on := law.DateOf(in.Began)
	source := "执法人员于" + on.Han() + "在" + in.At + "检查（勘验）取得"
	out := []Evidence{{Kind: Inquest, Title: "现场检查（勘验）笔录", Purpose: in.Purpose, Source: source, ObtainedOn: on, Paper: done.Papers[0]}}
	for i, p := range in.Digests {
		out = append(out, Evidence{
			Kind: AudioVideo, Title: fmt.Sprintf("现场照片（%d）", i+1), Purpose: in.Purpose, Source: source, ObtainedOn: on, Pages: "1",
			Digest: p.Digest, Type: p.Type, Size: p.Size,
		})
	}
	return out
}
