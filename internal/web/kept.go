package web

import (
	"context"
	"io"
	"net/url"
	"strings"

	"github.com/a-h/templ"
)

// Kept is a form that came after its session had ended: the page on which it stood shows it again with
// what was typed.
type Kept struct {
	// Action is the path to which the form is sent.
	Action string
	Values url.Values
	// Files are the names of files that were not kept.
	Files []string
	// Href leads to all that was typed, whatever the page now asks for.
	Href string
	// Stale is set when the record was changed by somebody else meanwhile: the form then shows both what was
	// typed and what is stored.
	Stale *Stale
}

// Stale says what happened to the record: in words, the last change (when, who, what; empty when unknown)
// and the page as it is now.
type Stale struct {
	Message, Last, Page string
}

// WithKept returns a context in which the form with that action shows what was typed.
func WithKept(ctx context.Context, k Kept) context.Context {
	return context.WithValue(ctx, keptKey, &k)
}

// WithTyped returns a context in which an error page leads to what was typed into a form that is on no page
// any more.
func WithTyped(ctx context.Context, href string) context.Context {
	return context.WithValue(ctx, typedKey, href)
}

func typedFrom(ctx context.Context) string {
	href, _ := ctx.Value(typedKey).(string)
	return href
}

func keptFrom(ctx context.Context) *Kept {
	k, _ := ctx.Value(keptKey).(*Kept)
	return k
}

// refill renders its children with the kept values when the form is the one that they belong to.
func refill(action string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		children := templ.GetChildren(ctx)
		ctx = templ.ClearChildren(ctx)
		if k := keptFrom(ctx); k != nil && actionPath(action) == k.Action {
			ctx = context.WithValue(ctx, refillKey, k)
		}
		return children.Render(ctx, w)
	})
}

func actionPath(action string) string {
	u, err := url.Parse(action)
	if err != nil {
		return action
	}
	return u.Path
}

// kept returns the field with what was typed, inside a form that is filled again.
func (v FieldView) kept(ctx context.Context) FieldView {
	k, _ := ctx.Value(refillKey).(*Kept)
	if k == nil {
		return v
	}
	if values, ok := k.Values[v.Name]; ok && len(values) > 0 {
		v = v.typed(k, values)
	}
	return v
}

// typed replaces what is stored by what was typed; of a stale form both are shown where they differ.
func (v FieldView) typed(k *Kept, values []string) FieldView {
	now := v.shown()
	if len(values) == 0 {
		v.Value, v.Values, v.sent = "", nil, true
	} else {
		v.Value, v.Values, v.sent = values[0], values, true
	}
	if k.Stale != nil && !v.proposed && now != v.shown() {
		v.stored = orElse(now, "（空）")
	}
	return v
}

// shown is the field's value as people read it.
func (v FieldView) shown() string {
	var labels []string
	for _, o := range v.options {
		if v.has(o.Value) && o.Value != "" {
			labels = append(labels, o.Label)
		}
	}
	if len(labels) > 0 {
		return strings.Join(labels, "、")
	}
	return strings.ReplaceAll(strings.TrimSpace(v.Value), "\r\n", "\n")
}

// keptTicks is kept for boxes: those that were not ticked were not sent.
func (v FieldView) keptTicks(ctx context.Context) FieldView {
	if k, _ := ctx.Value(refillKey).(*Kept); k != nil && len(k.Values[v.Name]) == 0 {
		return v.typed(k, nil)
	}
	return v.kept(ctx)
}

// keptPick reports whether the box of a record was ticked.
func keptPick(ctx context.Context, name, value string) bool {
	k, _ := ctx.Value(refillKey).(*Kept)
	return k != nil && contains(k.Values[name], value)
}

// keptHidden is the version on which the form was filled in: a record that was changed since is noticed
// as ever. Who was shown both versions may go on from the one that is stored. Other hidden values are the
// page's own.
func keptHidden(ctx context.Context, name, value string) string {
	if k, _ := ctx.Value(refillKey).(*Kept); k != nil && k.Stale == nil && (name == "version" || name == "_version") && k.Values.Get(name) != "" {
		return k.Values.Get(name)
	}
	return value
}

// words say what happened to the form.
func (k *Kept) words() string {
	s := "登录已经换过，请看一遍再交。"
	if k.Stale != nil {
		s = k.Stale.Message + "。"
		if k.Stale.Last != "" {
			s += "最近一次改动：" + k.Stale.Last + "。"
		}
		s += "您填的都在下面的表单里，与现在保存的不同之处写在各项下面。核对后再交，以您填的为准。"
	}
	if len(k.Files) > 0 {
		s += "文件不保留，请重新选择：" + strings.Join(k.Files, "、") + "。"
	}
	return s
}

// kind is the colour of the notice.
func (k *Kept) kind() string {
	if k.Stale != nil {
		return "late"
	}
	return "soon"
}
