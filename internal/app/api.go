package app

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/app/pages"
	"fadu/internal/calc"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

const (
	// maxQuestions and maxQuestionBytes bound one call of the recheck door.
	maxQuestions     = 10_000
	maxQuestionBytes = 1 << 20
	// manyQuestions take turns, so that the public door leaves processors for the work.
	manyQuestions = 200
)

const apiDescription = "办案和重算的接口，与页面是同一套命令：同样的权限、同样的法定关口、同样的留痕。\n\n" +
	"程序用接口令牌调用：请求头 Authorization: Bearer 令牌，令牌在“我的账号”里建立，权限不多于本人，最长一年，随时可以撤销；登录后也可以带会话 Cookie 调用。" +
	"同一令牌每分钟至多 600 次。个人信息按权限隐去一部分，要看全的另有一个调用，理由先记入办案留痕。编号一律是十进制文字；金额是以元计的数字；日期是 YYYY-MM-DD，时间带时区。\n" +
	"改动数据的调用要带 Idempotency-Key，请求体里带看到的版本 version。\n" +
	"出错时答复 application/problem+json，type 是错误种类：invalid（422，fields 逐项说明）、refused（422，findings 列全缺什么和法条）、forbidden（403）、not_found（404）、conflict（409，location 指向现在的记录）。"

// api is the way in for other programs, with its description.
func (a *App) api() []access.Route {
	v1 := api.New("法度接口", apiDescription)
	recheck(v1, a.Door)
	a.checkPaper(v1)
	a.apiAccess(v1)
	a.Org.API(v1)
	a.Settings.API(v1)
	a.Holidays.API(v1)
	a.Terms.API(v1)
	a.Forms.API(v1)
	a.Powers.API(v1)
	a.proveLedger(v1)
	a.Cases.API(v1)
	a.Dossier.API(v1)
	a.Filing.API(v1)
	a.Notice.API(v1)
	a.Serving.API(v1)
	a.Hearing.API(v1)
	a.Decision.API(v1)
	a.Review.API(v1)
	a.Perform.API(v1)
	a.Enforce.API(v1)
	a.Ending.API(v1)
	a.Inquiry.API(v1)
	a.Measure.API(v1)
	a.Numbers.API(v1)
	a.Training.API(v1)
	a.Registers.API(v1)
	a.Past.API(v1)
	a.Exams.API(v1)
	a.Bank.API(v1)
	a.Courses.API(v1)
	a.Cohorts.API(v1)
	a.Report.API(v1)
	return append(v1.Routes(),
		access.Route{Pattern: "GET " + api.Base + "/openapi.json", Allow: access.Public, Handle: func(w http.ResponseWriter, _ *http.Request, _ access.Session) error {
			doc, err := v1.Document()
			if err != nil {
				return err
			}
			w.Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
			w.Header().Set("Cache-Control", "no-cache")
			_, _ = w.Write(doc) // the caller may be gone
			return nil
		}},
		access.Route{Pattern: "GET " + api.Base + "/{$}", Allow: access.Public, Handle: func(w http.ResponseWriter, r *http.Request, _ access.Session) error {
			return web.Render(w, r, http.StatusOK, pages.Interface(a.interfaceView(v1)))
		}},
	)
}

func (a *App) interfaceView(v1 *api.API) pages.InterfaceView {
	labels := map[access.Permission]string{access.Public: "公开", signedIn: "登录即可"}
	for _, l := range access.Permissions() {
		labels[l.Permission] = l.Label
	}
	v := pages.InterfaceView{Page: a.publicPage("接口", api.Base+"/"), Document: api.Base + "/openapi.json"}
	for _, op := range v1.Operations() {
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Name != op.Group {
			v.Groups = append(v.Groups, pages.CallGroup{Name: op.Group})
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Calls = append(g.Calls, pages.Call{Method: op.Method, Path: api.Base + op.Path, Summary: op.Summary, Detail: op.Detail, Allow: labels[op.Allow]})
	}
	return v
}

// recheck adds the recheck door: an array of questions in, an array of answers in the same order out.
// Whoever can compute a question by hand may ask it, so it is open to everybody.
func recheck(v1 *api.API, door *calc.Door) {
	op := api.Operation{
		ID: "recheck", Path: "/calc/{kind}", Group: "重算", Allow: access.Public, Pure: true, MaxBody: maxQuestionBytes,
		Summary: "重算期限、金额、证照号码和法定条件", Detail: "kind 可以是 " + strings.Join(door.Kinds(), "、") + "。请求体是问题的数组，至多 10000 个、1 MB；答复是同样次序的数组，问题带的 id 照样带回。答不了的一项是 {\"error\": 中文原因}，其余照答",
	}
	turn := make(chan struct{}, 1)
	api.Post(v1, op, func(ctx context.Context, _ access.Session, kind string, questions []json.RawMessage) (out api.Made[[]json.RawMessage], err error) {
		if !door.Knows(kind) {
			unknown := &calc.ErrKind{Kind: kind, Kinds: door.Kinds()}
			return out, fault.New(fault.NotFound, "%s", unknown)
		}
		if len(questions) > manyQuestions {
			select {
			case turn <- struct{}{}:
				defer func() { <-turn }()
			case <-ctx.Done():
				return out, ctx.Err()
			}
		}
		return answers(ctx, door, kind, questions)
	})
}

func answers(ctx context.Context, door *calc.Door, kind string, questions []json.RawMessage) (api.Made[[]json.RawMessage], error) {
	out := api.Made[[]json.RawMessage]{Body: make([]json.RawMessage, 0, len(questions))}
	if len(questions) > maxQuestions {
		var fs fault.Fields
		fs.Add("body", "一次至多 %d 个问题，这次有 %d 个，请分次提交", maxQuestions, len(questions))
		return out, fs.Err()
	}
	for _, q := range questions {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		out.Body = append(out.Body, door.Answer(kind, q))
	}
	return out, nil
}

// checkedPaper answers whether a paper is ours and still counts, without personal data.
type checkedPaper struct {
	Known      bool     `json:"known"`
	Kind       string   `json:"kind,omitempty"`
	Organ      string   `json:"organ,omitempty"`
	Number     string   `json:"number,omitempty"`
	Dated      string   `json:"dated,omitempty"` // 2026年3月2日
	State      string   `json:"state,omitempty"`
	StateLabel string   `json:"state_label,omitempty"`
	Counts     bool     `json:"counts"`
	Corrected  []string `json:"corrected"`
	Changed    []string `json:"changed"`
	Ended      string   `json:"ended,omitempty" doc:"作废或者撤销的日期"`
	RevokedBy  string   `json:"revoked_by,omitempty" doc:"撤销决定的文号"`
	Demo       bool     `json:"demo"`
}

func (a *App) checkPaper(v1 *api.API) {
	type in struct {
		Code string `path:"code" doc:"文书上的验证码，连字符可有可无"`
	}
	op := api.Operation{
		ID: "checkPaper", Path: "/papers/{code}", Group: "文书验真", Allow: access.Public, Summary: "文书是不是本机关出具、现在是否有效",
		Detail: "不含个人信息。编不出来的验证码（位数或校验字符不对）答复 422，格式对但没有出具过的 known 为 false",
	}
	api.Get(v1, op, func(ctx context.Context, _ access.Session, q in) (checkedPaper, error) {
		v, err := a.Cases.CheckPaper(ctx, q.Code)
		if _, wrong := store.ParseCode(q.Code); wrong != nil && err != nil && !fault.Is(err, fault.TooMany) {
			var fs fault.Fields
			fs.Add("code", "%s", wrong)
			return checkedPaper{}, fs.Err()
		}
		return checkedOf(v), err
	})
}

func checkedOf(v casework.Verdict) checkedPaper {
	return checkedPaper{v.Known, v.Kind, v.Organ, v.Number, v.Dated, string(v.State), v.State.Label(), v.Counts, append([]string{}, v.Corrected...), append([]string{}, v.Changed...), v.Ended, v.RevokedBy, v.Demo}
}
