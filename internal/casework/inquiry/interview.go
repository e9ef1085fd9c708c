package inquiry

import (
	"context"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// InterviewInput is one person's questioning.
type InterviewInput struct {
	Began       time.Time     `json:"began" doc:"开始时间" ask:"need now"`
	Ended       time.Time     `json:"ended" doc:"结束时间" ask:"need now"`
	At          string        `json:"at" doc:"询问地点" ask:"need 100"`
	Recorder    string        `json:"recorder" doc:"记录人" ask:"need 40"`
	Person      string        `json:"person" doc:"被询问人" ask:"need 60" section:"被询问人"`
	Role        string        `json:"role" doc:"与案件的关系" ask:"need select"`
	IDNumber    string        `json:"id_number" doc:"证件号码" ask:"need 30"`
	Phone       string        `json:"phone" doc:"联系电话" ask:"30"`
	Address     string        `json:"address" doc:"住址" ask:"100"`
	Recusal     string        `json:"recusal" doc:"是否听清权利义务、是否申请回避" ask:"need 200" section:"笔录" hint:"第一问由笔录印好，这里写回答"`
	Talk        []casework.QA `json:"talk" doc:"问答内容" ask:"need" hint:"一行一句，以“问：”“答：”开头"`
	Purpose     string        `json:"purpose" doc:"证明目的" ask:"need" hint:"这份笔录证明什么，例如：证明广告牌由当事人设置"`
	ShowedID    bool          `json:"showed_id" doc:"已出示执法证件" section:"核对"`
	Alone       bool          `json:"alone" doc:"个别进行，没有其他被询问人在场"`
	Pages       bool          `json:"pages_signed" doc:"已逐页签名；拒绝签名的已注明"`
	Corrections bool          `json:"corrections_initialled" doc:"没有涂改，或者涂改处已签名、捺印"`
	Refused     string        `json:"refused" doc:"拒绝签名的原因" hint:"没有拒绝的不填"`
}

// The roles of persons questioned.
var roles = []struct{ value, label string }{
	{"party", "当事人"}, {"legal_rep", "法定代表人、负责人"}, {"agent", "受当事人委托的人"}, {"witness", "证人"}, {"harmed", "受害人、利害关系人"},
}

func roleLabel(value string) string {
	for _, r := range roles {
		if r.value == value {
			return r.label
		}
	}
	return ""
}

// Interview records one person's questioning (行政处罚法第五十五条第二款；55号令第十七条): alone, by two officers, signed page by page.
func (s *Service) Interview(ctx context.Context, by access.Session, id casework.CaseID, version int64, in InterviewInput) error {
	kept := in // the record has what was said; the entry has who and when, without the number of the card
	kept.Talk, kept.IDNumber, kept.Phone, kept.Address = nil, "", "", ""
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "interview", Version: version, On: law.DateOf(in.Began), At: in.Began, Note: joined(in.Person, roleLabel(in.Role), refusal(in.Refused)), Input: kept,
		Change: func(tx *store.Tx, c *casework.Case) error {
			if err := casework.Lacking(in); err != nil {
				return err
			}
			if err := faultIf(roleLabel(in.Role) == "", "role", "请选择被询问人与案件的关系"); err != nil {
				return err
			}
			if err := past(tx, c, in.Began, in.Ended); err != nil {
				return err
			}
			return apart(tx, c, in)
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			stated{in.ShowedID, in.Pages || in.Refused != "", in.Corrections}.put(f)
			f.SetBool(law.InterviewedAlone, in.Alone, "form")
			return nil
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			return []casework.Draft{{Kind: "interview_record", Part: casework.InterviewRecord{
				Session: casework.Session{From: minute(in.Began), Until: minute(in.Ended), At: in.At, Recorder: in.Recorder},
				Person:  in.Person, Role: roleLabel(in.Role), IDNumber: in.IDNumber, Address: in.Address, Phone: in.Phone, Recusal: in.Recusal, Talk: in.Talk,
			}}}, nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			row := &Interview{
				ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Person: strings.TrimSpace(in.Person), Role: in.Role,
				BeganAt: store.Micros(in.Began), EndedAt: store.Micros(in.Ended), Paper: done.Papers[0], RecordedAt: store.Micros(tx.Now),
			}
			if err := insert(tx, row); err != nil {
				return err
			}
			kind := Witness
			if in.Role != "witness" && in.Role != "harmed" {
				kind = Statement
			}
			return number(tx, c, done, []Evidence{{
				Kind: kind, Title: "询问笔录（" + row.Person + "）", Purpose: strings.TrimSpace(in.Purpose), Source: "执法人员于" + law.DateOf(in.Began).Han() + "在" + in.At + "询问" + row.Person + "取得",
				ObtainedOn: law.DateOf(in.Began), Paper: row.Paper,
			}})
		},
	})
	return err
}

func refusal(why string) string {
	if strings.TrimSpace(why) == "" {
		return ""
	}
	return "拒绝签名：" + strings.TrimSpace(why)
}

func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "，")
}

// apart refuses two persons at one time: the same two officers cannot question them apart.
func apart(tx *store.Tx, c *casework.Case, in InterviewInput) error {
	had, err := ofCase[Interview](tx, c.ID)
	if err != nil {
		return err
	}
	for _, other := range had {
		if other.BeganAt < store.Micros(in.Ended) && store.Micros(in.Began) < other.EndedAt {
			return faultIf(true, "began", "这段时间正在询问%s（%s至%s）。询问应当个别进行，请核对时间，逐人分别询问",
				other.Person, store.FromMicros(other.BeganAt).Format("15:04"), store.FromMicros(other.EndedAt).Format("15:04"))
		}
	}
	return nil
}
