package pages

import (
	"fadu/internal/web"

	"github.com/a-h/templ"
)

// problem is what is wrong with the typed code.
func problem(f *web.Form) string { return f.Field("code", "验证码").Error }

func invalid(f *web.Form) templ.Attributes {
	if problem(f) == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": "code-problem"}
}
