package sitting

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"

	"fadu/internal/access"
	"fadu/internal/exam/sitting/pages"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showHome(w http.ResponseWriter, r *http.Request, by access.Session) error {
	seats, err := s.Seats(r.Context(), by)
	if err != nil {
		return err
	}
	v := pages.HomeView{}
	if by.Can(access.ExamRead) {
		v.Manage = PathManage
	}
	for _, x := range seats {
		row := pages.SeatRow{Title: x.Sitting.Title, Href: Path + "/" + x.Sitting.ID.String(), When: clockText(x.Sitting.Opens()), Long: longText(x.Sitting, x.Candidate), State: phaseTag(x.Phase)}
		if x.Sitting.State == Published {
			tag := standingTag(x.Candidate, true)
			row.Result = tag.Label
			if x.Candidate.State == Took && x.Sitting.look(x.Now).sees(LookScore) {
				row.Result = points(x.Candidate.Score) + " 分，" + tag.Label
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return web.Render(w, r, http.StatusOK, pages.Home(v))
}

func longText(x Sitting, c Candidate) string {
	if c.Extra > 0 {
		return fmt.Sprintf("%d + %d 分钟", x.Minutes, c.Extra)
	}
	return fmt.Sprintf("%d 分钟", x.Minutes)
}

func (s *Service) showSeat(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	return s.renderSeat(w, r, by, http.StatusOK, id, web.NewForm(nil))
}

func (s *Service) renderSeat(w http.ResponseWriter, r *http.Request, by access.Session, status int, id SittingID, f *web.Form) error {
	x, err := s.Seat(r.Context(), by, id)
	if err != nil {
		return err
	}
	e, c := x.Sitting, x.Candidate
	v := pages.SeatView{Title: e.Title, Form: f, State: phaseTag(x.Phase), StartsMS: e.Opens().Sub(x.Now).Milliseconds(), Waiting: x.Phase == Waiting && c.State == Registered, Facts: []web.FactView{
		{Label: "开考时间", Text: clockText(e.Opens())},
		{Label: "答卷时间", Text: longText(e, c)},
		{Label: "最晚入场", Text: clockText(e.LastEntry())},
		{Label: "题数", Text: fmt.Sprintf("%d 道", e.Items)},
		{Label: "合格分数", Text: points(e.Pass) + " 分"},
		{Label: "可以答", Text: fmt.Sprintf("%d 次，已经答了 %d 次", e.Attempts, c.Taken)},
	}}
	v.Start, v.Paper = Path+"/"+id.String()+"/start", Path+"/"+id.String()+"/paper"
	v.Answer = pages.AnswerView{Title: e.Title, Form: web.NewForm(nil), LeftMS: e.deadline(e.Opens(), c.Extra).Sub(e.Opens()).Milliseconds()}
	if a := x.running(); a != nil {
		v.Continue = a.URL()
	} else if x.Refusal == nil {
		v.Open = true
	} else {
		v.Why = x.Refusal.Error()
	}
	for _, a := range x.Attempts {
		v.Tries = append(v.Tries, tryRow(a, a.URL(), e.judged() && e.look(x.Now).sees(LookScore)))
	}
	if e.State == Published && c.State != Registered {
		tag := standingTag(c, true)
		v.Result = []web.FactView{{Label: "结果", Text: tag.Label}}
		if (c.State == Took || c.State == Voided) && e.look(x.Now).sees(LookScore) {
			v.Result = append(v.Result, web.FactView{Label: "得分", Text: points(c.Score) + " 分"})
		}
		if c.Why != "" {
			v.Result = append(v.Result, web.FactView{Label: "说明", Text: c.Why})
		}
	}
	return web.Render(w, r, status, pages.Seat(v))
}

func tryRow(a Attempt, href string, judged bool) pages.TryRow {
	row := pages.TryRow{Href: href, Number: fmt.Sprintf("第 %d 次", a.Number), When: clockText(store.FromMicros(a.StartedAt)), Ended: "正在答卷", Receipt: a.Receipt}
	if a.State != Running {
		row.Ended = clockText(store.FromMicros(a.EndedAt)) + "，" + endLabels[a.EndedBy]
	}
	if judged {
		row.Score = points(a.Score)
	}
	return row
}

// sealed is the paper of the next attempt, encrypted: what a waiting room fetches before the start.
type sealed struct {
	Nonce string `json:"nonce"`
	Paper string `json:"paper"`
}

func (s *Service) sendSealed(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	x, err := s.Seat(r.Context(), by, id)
	switch {
	case err != nil:
		return err
	case x.Phase != Waiting && x.Phase != Open || x.Candidate.Taken >= x.Sitting.Attempts:
		return fault.New(fault.Conflict, "现在不下发试卷：%s", x.Phase.Label())
	}
	form, err := s.formOf(x.Sitting)
	if err != nil {
		return err
	}
	number := x.Candidate.Taken + 1
	var page bytes.Buffer
	if err := pages.Questions(sections(form, x.Sitting.places(form, x.Candidate.ID, number), nil)).Render(r.Context(), &page); err != nil {
		return err
	}
	out, err := seal(x.Sitting.key(fmt.Sprint("paper ", number), x.Candidate.ID), page.Bytes())
	if err != nil {
		return err
	}
	return sendJSON(w, out)
}

// seal encrypts with AES-256-GCM under a fresh nonce.
func seal(key, text []byte) (out sealed, err error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return out, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return out, err
	}
	nonce := make([]byte, gcm.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return out, err
	}
	return sealed{base64.StdEncoding.EncodeToString(nonce), base64.StdEncoding.EncodeToString(gcm.Seal(nil, nonce, text, nil))}, nil
}

func sendJSON(w http.ResponseWriter, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(b)
	return err
}

// DeviceCookie names the cookie that says which attempt this browser runs.
const DeviceCookie = "exam_device"

func device(r *http.Request) string {
	c, err := r.Cookie(DeviceCookie)
	if err != nil {
		return ""
	}
	return c.Value
}

func setDevice(w http.ResponseWriter, r *http.Request, code string) {
	http.SetCookie(w, &http.Cookie{Name: DeviceCookie, Value: code, Path: "/w", MaxAge: 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: web.IsHTTPS(r)})
}

// begun is what a page needs that has fetched its paper before the start.
type begun struct {
	Act    string `json:"act"`
	Page   string `json:"page"`
	Device string `json:"device"`
	Key    string `json:"key"`
	LeftMS int64  `json:"left_ms"`
}

func (s *Service) postStart(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	st, err := s.Start(r.Context(), by, id, StartInput{Device: device(r)})
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderSeat(w, r, by, status, id, f)
	case err != nil:
		return err
	}
	if st.Device != "" {
		setDevice(w, r, st.Device)
	}
	to := PathAttempts + "/" + st.Attempt.String()
	if r.Header.Get("Accept") != "application/json" {
		web.SeeOther(w, r, to)
		return nil
	}
	return sendJSON(w, begun{Act: to + "/answers", Page: to, Device: st.Device, Key: base64.StdEncoding.EncodeToString(st.Key), LeftMS: st.Deadline.Sub(s.DB.Now()).Milliseconds()})
}
