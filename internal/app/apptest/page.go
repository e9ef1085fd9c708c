package apptest

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// squeeze removes white space: Chinese text has none that means anything, and markup breaks lines.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// visible returns what a page's body says, without white space.
func visible(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			switch n.Data {
			case "head", "script", "style", "template", "svg":
				return
			}
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return squeeze(b.String())
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// all returns the elements below n that fit, in the order of the page.
func all(n *html.Node, fits func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && fits(c) {
			out = append(out, c)
		}
	}
	return out
}

// control is a named input of a form with the choices that it offers.
type control struct {
	name, kind string
	// values are what would be sent now.
	values  []string
	options []option
}

type option struct{ value, label string }

// form is a form of a page as a browser without scripts sees it.
type form struct {
	action    string
	multipart bool
	order     []string
	controls  map[string]*control
	files     map[string]string // name → path
	grey      bool              // its button says that the step is barred
}

// forms reads the forms of a page that are posted.
func forms(doc *html.Node) []*form {
	var out []*form
	for _, n := range all(doc, func(n *html.Node) bool { return n.Data == "form" && strings.EqualFold(attr(n, "method"), "post") }) {
		f := &form{action: attr(n, "action"), multipart: attr(n, "enctype") == "multipart/form-data", controls: map[string]*control{}, files: map[string]string{}}
		id := attr(n, "id")
		for _, c := range all(doc, func(c *html.Node) bool { return isControl(c) && belongs(c, n, id) }) {
			f.add(c)
		}
		buttons := all(doc, func(c *html.Node) bool { return (c.Data == "button" || c.Data == "input") && belongs(c, n, id) })
		f.grey = slices.ContainsFunc(buttons, func(c *html.Node) bool { return attr(c, "aria-disabled") == "true" }) &&
			!slices.ContainsFunc(buttons, func(c *html.Node) bool { return attr(c, "type") == "submit" })
		out = append(out, f)
	}
	return out
}

func isControl(n *html.Node) bool {
	return (n.Data == "input" || n.Data == "select" || n.Data == "textarea" || n.Data == "button") && attr(n, "name") != "" && !has(n, "disabled")
}

// belongs reports whether a control is of the form: named by its form attribute, else inside.
func belongs(c, form *html.Node, id string) bool {
	if has(c, "form") {
		return id != "" && attr(c, "form") == id
	}
	for p := c.Parent; p != nil; p = p.Parent {
		if p == form {
			return true
		}
	}
	return false
}

func (f *form) add(n *html.Node) {
	name := attr(n, "name")
	c := f.controls[name]
	if c == nil {
		c = &control{name: name, kind: kindOf(n)}
		f.controls[name] = c
		f.order = append(f.order, name)
	}
	switch c.kind {
	case "button", "file":
		c.options = append(c.options, option{attr(n, "value"), visible(n)})
	case "radio", "checkbox":
		c.options = append(c.options, option{attr(n, "value"), visible(n.Parent)})
		if has(n, "checked") {
			c.values = append(c.values, attr(n, "value"))
		}
	case "select":
		c.choose(n)
	case "textarea":
		c.values = append(c.values, textOf(n))
	default:
		c.values = append(c.values, attr(n, "value"))
	}
}

func kindOf(n *html.Node) string {
	switch {
	case n.Data == "button":
		return "button"
	case n.Data != "input":
		return n.Data
	case attr(n, "type") == "submit":
		return "button"
	}
	return attr(n, "type")
}

// choose reads a select: the selected line, or the first that may be selected.
func (c *control) choose(n *html.Node) {
	first, chosen := "", ""
	any, picked := false, false
	for _, o := range all(n, func(n *html.Node) bool { return n.Data == "option" && !has(n, "disabled") }) {
		v := attr(o, "value")
		c.options = append(c.options, option{v, visible(o)})
		if !any {
			first, any = v, true
		}
		if has(o, "selected") {
			chosen, picked = v, true
		}
	}
	if !picked {
		chosen = first
	}
	c.values = append(c.values, chosen)
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// fill types values as field=value: a choice by its value or by words of its label, a box or button as
// name=1, a file as name=@path. What the form does not offer is an error.
func (f *form) fill(values []string) error {
	seen := map[string]bool{}
	for _, v := range values {
		name, value, ok := strings.Cut(v, "=")
		if !ok {
			return fmt.Errorf("“%s”不是 字段=值", v)
		}
		c := f.controls[name]
		if c == nil {
			return fmt.Errorf("表单没有“%s”这一项，只有 %s", name, strings.Join(f.order, "、"))
		}
		if !seen[name] {
			c.values, seen[name] = nil, true
		}
		switch {
		case c.kind == "file":
			path, isFile := strings.CutPrefix(value, "@")
			if !isFile {
				return fmt.Errorf("“%s”要文件，写作 %s=@文件名", name, name)
			}
			f.files[name] = path
		case value == "" && c.kind != "button":
		case len(c.options) > 0:
			chosen, err := c.pick(value)
			if err != nil {
				return err
			}
			c.values = append(c.values, chosen)
		default:
			c.values = append(c.values, value)
		}
	}
	return nil
}

func (c *control) pick(value string) (string, error) {
	var offered, fits []string
	for _, o := range c.options {
		if o.value == value {
			return value, nil
		}
		if strings.Contains(o.label, squeeze(value)) {
			fits = append(fits, o.value)
		}
		offered = append(offered, fmt.Sprintf("%s（%s）", o.label, o.value))
	}
	if len(fits) == 1 {
		return fits[0], nil
	}
	return "", fmt.Errorf("“%s”没有“%s”可选，有 %s", c.name, value, strings.Join(offered, "、"))
}

// encode returns the request's body and its type.
func (f *form) encode(dir string) (body []byte, contentType string, err error) {
	if !f.multipart {
		q := url.Values{}
		for _, name := range f.order {
			for _, v := range f.controls[name].sent() {
				q.Add(name, v)
			}
		}
		return []byte(q.Encode()), "application/x-www-form-urlencoded", nil
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, name := range f.order {
		for _, v := range f.controls[name].sent() {
			if err := w.WriteField(name, v); err != nil {
				return nil, "", err
			}
		}
		if err := f.attach(w, name, dir); err != nil {
			return nil, "", err
		}
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	return b.Bytes(), w.FormDataContentType(), nil
}

func (c *control) sent() []string {
	if c.kind == "file" {
		return nil
	}
	return c.values
}

func (f *form) attach(w *multipart.Writer, name, dir string) error {
	path, ok := f.files[name]
	if !ok {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		return err
	}
	h := textproto.MIMEHeader{}
	h.Set("Content-Disposition", fmt.Sprintf(`form-data; name="%s"; filename="%s"`, name, filepath.Base(path)))
	h.Set("Content-Type", map[string]string{".jpg": "image/jpeg", ".png": "image/png", ".csv": "text/csv"}[filepath.Ext(path)])
	part, err := w.CreatePart(h)
	if err != nil {
		return err
	}
	_, err = part.Write(data)
	return err
}
