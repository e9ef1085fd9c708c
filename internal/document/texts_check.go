package document

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode/utf8"
)

// prepare compiles the text's templates and checks everything that can be wrong before a case needs it.
func (t *Text) prepare(sample any) error {
	switch {
	case t.Kind == "" || t.Title == "":
		return errors.New("kind 和 title 都要写")
	case t.From.IsZero():
		return errors.New("要写 from（从哪一天起适用）")
	case !t.Until.IsZero() && t.Until.Before(t.From):
		return errors.New("until 早于 from")
	case t.Layout != Letter && t.Layout != Form:
		return fmt.Errorf("没有“%s”这种版式，可用 letter 或 form", t.Layout)
	case t.Header != RedHeader && t.Header != BlackHeader:
		return fmt.Errorf("没有“%s”这种版头，可用 red 或 black", t.Header)
	}
	var slots []string
	for i := range t.Blocks {
		b := &t.Blocks[i]
		if err := b.prepare(sample); err != nil {
			return fmt.Errorf("第 %d 块: %w", i+1, err)
		}
		if b.Slot != "" && slices.Contains(slots, b.Slot) {
			return fmt.Errorf("第 %d 块: 插槽“%s”用了两次", i+1, b.Slot)
		}
		slots = append(slots, b.Slot)
	}
	return nil
}

func (b *TextBlock) prepare(sample any) error {
	parts := 0
	for _, has := range []bool{b.Text != "", b.Fields != nil, b.Slot != ""} {
		if has {
			parts++
		}
	}
	if parts != 1 {
		return errors.New("text、fields、slot 三者要有且只有一个")
	}
	if b.Free != "" && b.Text == "" {
		return errors.New("free 只能标在 text 上")
	}
	if !slices.Contains([]Style{Body, Flush, Strong, Centred, Small}, b.Style) {
		return fmt.Errorf("没有“%s”这种段落样式", b.Style)
	}
	if b.Text != "" {
		var err error
		b.text, err = compile(b.Text, sample)
		return err
	}
	if b.Fields == nil {
		return nil
	}
	for _, row := range b.Fields.Rows {
		for i := range row {
			var err error
			if strings.Contains(row[i].Label, "{{") {
				return fmt.Errorf("栏目“%s”: 栏目名不能用占位符，会原样印出来；请写在值里", row[i].Label)
			}
			if row[i].value, err = compile(row[i].Value, sample); err != nil {
				return fmt.Errorf("栏目“%s”: %w", row[i].Label, err)
			}
		}
	}
	return nil
}

// compile parses a text, checks its placeholders against the sample's type and makes it once.
func compile(source string, sample any) (*template.Template, error) {
	t, err := template.New("text").Option("missingkey=error").
		Funcs(template.FuncMap{"nobreak": NoBreak, "join": strings.Join}).Parse(joinLines(source))
	if err != nil {
		return nil, fmt.Errorf("占位符写法不对: %w", err)
	}
	c := checker{root: reflect.TypeOf(sample), sample: reflect.ValueOf(sample)}
	if t.Tree == nil { // an empty value
		return t, nil
	}
	if err := c.list(t.Root, c.root); err != nil {
		return nil, err
	}
	if _, err := execute(t, sample); err != nil {
		return nil, fmt.Errorf("用样例试填失败: %w", err)
	}
	return t, nil
}

// joinLines joins the lines of each paragraph of a source text, with a space only between words.
func joinLines(source string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimSpace(source), "\n") {
		line = strings.TrimSpace(line)
		so := b.String()
		last, _ := utf8.DecodeLastRuneInString(so)
		next, _ := utf8.DecodeRuneInString(line)
		switch {
		case line == "":
			if !strings.HasSuffix(so, "\n") {
				b.WriteByte('\n')
			}
			continue
		case so != "" && isWord(last) && last != '}' && isWord(next) && next != '{':
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

// checker follows the placeholders of a template through the type of the data, in every branch. What a field of the
// sample holds as an interface is of the type that it has there.
type checker struct {
	root   reflect.Type
	sample reflect.Value
}

func (c checker) list(l *parse.ListNode, dot reflect.Type) error {
	if l == nil {
		return nil
	}
	for _, n := range l.Nodes {
		var err error
		switch n := n.(type) {
		case *parse.ActionNode:
			_, err = c.pipe(n.Pipe, dot)
		case *parse.IfNode:
			err = c.branch(n.BranchNode, dot, func(reflect.Type) (reflect.Type, error) { return dot, nil })
		case *parse.WithNode:
			err = c.branch(n.BranchNode, dot, func(t reflect.Type) (reflect.Type, error) { return t, nil })
		case *parse.RangeNode:
			err = c.branch(n.BranchNode, dot, element)
		case *parse.TextNode, *parse.CommentNode, *parse.BreakNode, *parse.ContinueNode:
		default:
			err = fmt.Errorf("不能用“%s”", n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c checker) branch(n parse.BranchNode, dot reflect.Type, inside func(reflect.Type) (reflect.Type, error)) error {
	t, err := c.pipe(n.Pipe, dot)
	if err != nil {
		return err
	}
	inner, err := inside(t)
	if err != nil {
		return fmt.Errorf("“%s”: %w", n.Pipe, err)
	}
	if err := c.list(n.List, inner); err != nil {
		return err
	}
	return c.list(n.ElseList, dot)
}

func element(t reflect.Type) (reflect.Type, error) {
	if t != nil {
		switch t = deref(t); t.Kind() {
		case reflect.Slice, reflect.Array, reflect.Map:
			return t.Elem(), nil
		}
	}
	return nil, errors.New("不是列表，不能 range")
}

// pipe returns the type of a pipeline's value; nil where only the template engine can know it.
func (c checker) pipe(p *parse.PipeNode, dot reflect.Type) (reflect.Type, error) {
	if len(p.Decl) > 0 {
		return nil, fmt.Errorf("不能定义变量：%s", p)
	}
	var last reflect.Type
	for _, cmd := range p.Cmds {
		for i, arg := range cmd.Args {
			t, err := c.value(arg, dot)
			if err != nil {
				return nil, err
			}
			if i == 0 {
				last = t
			}
		}
	}
	return last, nil
}

func (c checker) value(n parse.Node, dot reflect.Type) (reflect.Type, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot, nil
	case *parse.FieldNode:
		return c.follow(dot, n.Ident)
	case *parse.VariableNode: // only $, the whole data, can be: pipe refuses declarations
		return c.follow(c.root, n.Ident[1:])
	case *parse.PipeNode:
		return c.pipe(n, dot)
	case *parse.ChainNode:
		t, err := c.value(n.Node, dot)
		if err != nil {
			return nil, err
		}
		return c.follow(t, n.Field)
	}
	return nil, nil // a constant or the name of a function, which the parser has checked
}

// follow walks from a type along fields and methods.
func (c checker) follow(t reflect.Type, path []string) (reflect.Type, error) {
	for _, name := range path {
		if t == nil {
			return nil, fmt.Errorf("无法核对占位符“.%s”，请换一种写法", strings.Join(path, "."))
		}
		next, ok := step(t, name)
		if !ok {
			return nil, fmt.Errorf("没有“.%s”这个占位符（%s 里没有 %s）", strings.Join(path, "."), deref(t), name)
		}
		if t == c.root && next != nil && next.Kind() == reflect.Interface && !c.sample.FieldByName(name).IsNil() {
			next = c.sample.FieldByName(name).Elem().Type()
		}
		t = next
	}
	return t, nil
}

func step(t reflect.Type, name string) (reflect.Type, bool) {
	for _, holder := range []reflect.Type{t, reflect.PointerTo(deref(t))} {
		if m, ok := holder.MethodByName(name); ok && m.Type.NumOut() > 0 {
			return m.Type.Out(0), true
		}
	}
	switch t = deref(t); t.Kind() {
	case reflect.Struct:
		f, ok := t.FieldByName(name)
		return f.Type, ok && f.IsExported()
	case reflect.Map:
		return t.Elem(), true
	}
	return nil, false
}

func deref(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
