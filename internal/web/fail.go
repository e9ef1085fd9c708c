package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// SignInPath is where a page request without a session is sent, with the page in ?next.
const SignInPath = "/sign-in"

// Status is the HTTP status of an error.
func Status(err error) int {
	var refusal *law.Refusal
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &refusal):
		return http.StatusUnprocessableEntity
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	}
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Reused:
		return http.StatusUnprocessableEntity
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Busy, fault.Outdated:
		return http.StatusServiceUnavailable
	case fault.Full:
		return http.StatusInsufficientStorage
	case fault.Damaged:
		return http.StatusInternalServerError
	case fault.Unauthentic:
		return http.StatusUnauthorized
	}
	return http.StatusInternalServerError
}

// Problem is an error as the API tells it (application/problem+json). Type is the fault's kind,
// "refused" for a refusal by law, "internal" for anything that is not the caller's to see.
type Problem struct {
	Type     string        `json:"type"`
	Title    string        `json:"title"`
	Status   int           `json:"status"`
	Detail   string        `json:"detail,omitempty"`
	Fields   []fault.Field `json:"fields,omitempty"`
	Findings []law.Finding `json:"findings,omitempty"`
	Location string        `json:"location,omitempty"`
	// Ref finds an internal error in the log.
	Ref string `json:"ref,omitempty"`
}

// ProblemOf tells an error in the API's form. ref is the request id, told only for internal errors.
func ProblemOf(err error, ref string) Problem {
	p := Problem{Status: Status(err)}
	var refusal *law.Refusal
	var known *fault.Error
	switch {
	case errors.As(err, &refusal):
		p.Type, p.Title, p.Findings = "refused", refusalTitle(refusal), refusal.Findings
	case errors.As(err, &known):
		p.Type, p.Title, p.Detail = string(known.Kind), kindTitle(known.Kind), known.Message
		p.Fields, p.Location = known.Fields, known.Location
	default:
		p.Type, p.Title, p.Ref = "internal", "系统出错", ref
		p.Detail = "这一步没有办完。请把同一张表单再提交一次，已经办成的不会再办一次；仍不行，把编号告诉管理员"
	}
	return p
}

func kindTitle(k fault.Kind) string {
	switch k {
	case fault.Invalid:
		return "有内容要改"
	case fault.Forbidden:
		return "没有权限"
	case fault.NotFound:
		return "没有找到"
	case fault.Conflict:
		return "内容已经有变化"
	case fault.Reused:
		return "这张表单已经提交过"
	case fault.TooMany:
		return "操作太频繁"
	case fault.Busy:
		return "系统正忙"
	case fault.Outdated:
		return "程序要换成新的"
	case fault.Full:
		return "存储空间已满"
	case fault.Damaged:
		return "存储的内容损坏"
	case fault.Unauthentic:
		return "请先登录"
	}
	return "系统出错"
}

// RetryAfter says in the header of an answer when the next try has a chance, where the error knows.
func RetryAfter(w http.ResponseWriter, err error) {
	var known *fault.Error
	switch {
	case Status(err) == http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "5")
	case errors.As(err, &known) && known.After > 0:
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(known.After.Seconds()))))
	}
}

// Fail answers a request with an error: problem+json under /api/, a fragment for htmx, otherwise a
// page. Internal errors show a reference only; their text goes to the log.
func Fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the reader went away
	}
	ref := RequestID(r.Context())
	p := ProblemOf(err, ref)
	if p.Status == http.StatusInternalServerError {
		slog.ErrorContext(r.Context(), "request failed", "ref", ref, "method", r.Method, "path", r.URL.Path, "err", err)
	}
	RetryAfter(w, err)
	switch {
	case strings.HasPrefix(r.URL.Path, "/api/"):
		writeProblem(w, p)
		return
	case p.Status == http.StatusUnauthorized && !IsHX(r) && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		http.Redirect(w, r, SignInPath+"?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	case p.Status == http.StatusUnauthorized && IsHX(r):
		w.Header().Set("HX-Redirect", SignInPath)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	view := failureView{Problem: p, Act: r.Method, Typed: typedFrom(r.Context())}
	page := failurePage(view)
	if IsHX(r) {
		page = failurePart(view)
	}
	if err := Render(w, r, p.Status, page); err != nil {
		slog.ErrorContext(r.Context(), "error page failed", "ref", ref, "err", err)
		http.Error(w, p.Title, p.Status)
	}
}

func writeProblem(w http.ResponseWriter, p Problem) {
	b, err := json.Marshal(p)
	if err != nil {
		http.Error(w, p.Title, p.Status)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(b, '\n')) // the caller may be gone
}

// failureView is what the error page shows.
type failureView struct {
	Problem
	// Act is the method, since only what was filled in can be gone back to.
	Act string
	// Typed is the page that has what was typed, "" when there is none.
	Typed string
}

func (v failureView) canGoBack() bool { return v.Act == http.MethodPost }
