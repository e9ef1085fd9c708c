package api

import (
	"net/http"
	"strings"

	"fadu/internal/access"

	"github.com/danielgtaylor/huma/v2"
)

// Param is a parameter of a call that answers with a file: a placeholder of its path, or, with Query, one after it.
type Param struct {
	Name, Doc string
	Query     bool
}

// File adds an operation that answers with a file's bytes as they are, of one of the types. A page that sends the same
// file shares its handler, so that both ask for the same, hide the same and are entered alike.
func File(a *API, op Operation, types []string, params []Param, send func(http.ResponseWriter, *http.Request, access.Session) error) {
	op.Method = http.MethodGet
	described := a.describe(op, nil, nil)
	for _, p := range params {
		in := "path"
		if p.Query {
			in = "query"
		} else if !strings.Contains(op.Path, "{"+p.Name+"}") {
			panic("api: " + op.Path + " has no placeholder " + p.Name)
		}
		described.Parameters = append(described.Parameters, &huma.Param{Name: p.Name, In: in, Description: p.Doc, Required: !p.Query, Schema: &huma.Schema{Type: huma.TypeString}})
	}
	if strings.Count(op.Path, "{") > len(described.Parameters) {
		panic("api: " + op.Path + ": a placeholder is not described")
	}
	answer := &huma.Response{Description: "文件本身，名称在 Content-Disposition", Content: map[string]*huma.MediaType{}}
	for _, t := range types {
		answer.Content[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	described.Responses["200"] = answer
	a.huma.OpenAPI().AddOperation(&described)
	a.list(op, func(w http.ResponseWriter, r *http.Request, by access.Session) error {
		for _, p := range params {
			if err := legible(struct{ Name string }{r.PathValue(p.Name)}); err != nil {
				return err
			}
		}
		return a.atAPI(op, send(w, r, by))
	})
}
