package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/web"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Base is where all operations are.
const Base = "/api/v1"

// The two ways to show who calls.
const (
	bearerScheme  = "token"
	sessionScheme = "session"
)

// API collects operations. After the program is wired it does not change.
type API struct {
	mux    *http.ServeMux
	huma   huma.API
	routes []access.Route
	listed []Operation
}

// Operation is one call.
type Operation struct {
	// ID is unique; Summary says what the call does, Detail what a caller must know.
	ID, Summary, Detail string
	// Group is the heading under which the call is listed.
	Group string
	// Method and Path; the path stands below Base.
	Method, Path string
	// Allow is the permission, as of a route.
	Allow access.Permission
	// MaxBody bounds the request body in bytes; 0 is 1 MiB.
	MaxBody int64
	// Pure marks a POST that changes nothing: it needs no Idempotency-Key.
	Pure bool
}

// New returns an API without operations; title is its name in the document.
func New(title, description string) *API {
	config := huma.DefaultConfig(title, "1")
	config.CreateHooks = nil // no $schema members in our answers
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.FieldsOptionalByDefault = true
	config.Info.Description = description
	// Bodies are read in decode.go, where every wrong member can be named.
	format := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: func([]byte, any) error { return nil }}
	config.Formats = map[string]huma.Format{"application/json": format, "json": format}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		bearerScheme:  {Type: "http", Scheme: "bearer", Description: "接口令牌，在“我的账号”里建立"},
		sessionScheme: {Type: "apiKey", In: "cookie", Name: "fadu_session", Description: "登录后的会话；HTTPS 下名为 __Host-fadu_session"},
	}
	types := config.Components.Schemas
	types.RegisterTypeAlias(reflect.TypeFor[law.Money](), reflect.TypeFor[yuan]())
	types.RegisterTypeAlias(reflect.TypeFor[law.Date](), reflect.TypeFor[day]())
	a := &API{mux: http.NewServeMux()}
	a.huma = humago.New(a.mux, config)
	return a
}

// yuan describes law.Money: a JSON number in yuan with at most two decimals.
type yuan struct{}

// Schema describes an amount.
func (yuan) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Description: "元，至多两位小数"}
}

// day describes law.Date.
type day struct{}

// Schema describes a date.
func (day) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date", Description: "YYYY-MM-DD，没有时为空"}
}

// Routes are the operations as routes, for access.Mount.
func (a *API) Routes() []access.Route { return slices.Clone(a.routes) }

// Operations are the operations in the order in which they were added.
func (a *API) Operations() []Operation { return slices.Clone(a.listed) }

// Document is the OpenAPI 3.1 document.
func (a *API) Document() ([]byte, error) { return json.Marshal(a.huma.OpenAPI()) }

// describe turns an operation into huma's, with the types of its bodies and the errors that it may answer; one that
// reads has no body, one that sends a file no answer.
func (a *API) describe(op Operation, body, answer reflect.Type) huma.Operation {
	out := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: Base + op.Path, Summary: op.Summary, Description: op.Detail, Tags: []string{op.Group},
		MaxBodyBytes: op.maxBody() + 1, SkipValidateBody: true, SkipValidateParams: true, Responses: map[string]*huma.Response{},
	}
	schema := func(t reflect.Type, suffix string) map[string]*huma.MediaType {
		return map[string]*huma.MediaType{"application/json": {Schema: a.huma.OpenAPI().Components.Schemas.Schema(t, true, op.ID+suffix)}}
	}
	if body != nil {
		out.RequestBody = &huma.RequestBody{Content: schema(body, "Request")}
	}
	if answer != nil {
		out.Responses["200"] = &huma.Response{Content: schema(answer, "Response")}
	}
	problem := a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[web.Problem](), true, "Problem")
	codes := []int{http.StatusUnprocessableEntity, http.StatusTooManyRequests}
	if op.Allow != access.Public {
		codes = append(codes, http.StatusUnauthorized, http.StatusForbidden)
		out.Security = []map[string][]string{{bearerScheme: {}}, {sessionScheme: {}}}
		allow := "登录即可"
		if op.Allow != "" {
			allow = "`" + string(op.Allow) + "`"
		}
		out.Description = joinLines(out.Description, "权限："+allow)
	}
	if op.keyed() {
		codes = append(codes, http.StatusNotFound, http.StatusConflict)
		out.Parameters = []*huma.Param{{
			Name: "Idempotency-Key", In: "header", Required: true, Schema: &huma.Schema{Type: huma.TypeString},
			Description: "每次新的操作换一个，重试时不变：同一个键和同样的内容只办一次，再发得到同一个 Location；内容不同时答复 422",
		}}
	}
	if !op.keyed() && strings.Contains(op.Path, "{") {
		codes = append(codes, http.StatusNotFound)
	}
	for _, code := range codes {
		out.Responses[strconv.Itoa(code)] = &huma.Response{
			Description: http.StatusText(code),
			Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: problem}},
		}
	}
	return out
}

func (op Operation) keyed() bool { return op.Method != http.MethodGet && !op.Pure }

func (op Operation) maxBody() int64 {
	if op.MaxBody > 0 {
		return op.MaxBody
	}
	return 1 << 20
}

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n\n" + b
}

// mount lists an operation that huma serves as a route.
func (a *API) mount(op Operation) {
	a.list(op, func(w http.ResponseWriter, r *http.Request, _ access.Session) error { return a.serve(op, w, r) })
}

// list adds the operation to the routes and to the list of calls.
func (a *API) list(op Operation, handle func(http.ResponseWriter, *http.Request, access.Session) error) {
	a.listed = append(a.listed, op)
	a.routes = append(a.routes, access.Route{
		Pattern: fmt.Sprintf("%s %s%s", op.Method, Base, op.Path), Allow: op.Allow, MaxBody: op.maxBody(), Pure: op.Pure,
		Handle: handle,
	})
}
