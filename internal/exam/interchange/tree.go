package interchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Bounds of an XML file.
const (
	maxDepth = 64
	maxNodes = 400000
)

// node is an element of an XML file; text of the element itself, without its children's, stands in text.
type node struct {
	name string
	attr map[string]string
	kids []*node
	text string
	line int
}

// tree reads an XML file. A document type, entities of its own, and what is too deep or too much are refused: so a small
// file cannot grow while it is read.
func tree(content []byte) (*node, error) {
	if len(content) > MaxBytes {
		return nil, fmt.Errorf("文件超过 %d MB，请分成几个文件", MaxBytes>>20)
	}
	d := xml.NewDecoder(bytes.NewReader(content))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(label, "utf-8") || strings.EqualFold(label, "us-ascii") {
			return in, nil
		}
		return nil, fmt.Errorf("文件是 %s 编码，请另存为 UTF-8", label)
	}
	var root *node
	var way []*node
	n := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line, _ := d.InputPos()
			return nil, fmt.Errorf("第 %d 行不是完整的 XML，请核对文件有没有存完整", line)
		}
		switch t := token.(type) {
		case xml.Directive:
			return nil, errors.New("文件里有文档类型声明（DOCTYPE），为安全起见不收，请去掉以后再传")
		case xml.StartElement:
			if n++; n > maxNodes || len(way) >= maxDepth {
				return nil, errors.New("文件的层次太深或者内容太多，不收")
			}
			line, _ := d.InputPos()
			x := &node{name: t.Name.Local, attr: map[string]string{}, line: line}
			for _, a := range t.Attr {
				x.attr[a.Name.Local] = a.Value
			}
			if len(way) > 0 {
				up := way[len(way)-1]
				up.kids = append(up.kids, x)
			} else if root == nil {
				root = x
			}
			way = append(way, x)
		case xml.EndElement:
			way = way[:len(way)-1]
		case xml.CharData:
			if len(way) > 0 {
				// Text keeps its place among the children as a node without a name.
				up := way[len(way)-1]
				up.kids = append(up.kids, &node{text: string(t)})
			}
		}
	}
	if root == nil || len(way) > 0 {
		return nil, errors.New("文件不是完整的 XML，请核对有没有存完整")
	}
	return root, nil
}

// first is the first child of the name; an empty node when there is none.
func (x *node) first(name string) *node {
	for _, k := range x.kids {
		if k.name == name {
			return k
		}
	}
	return &node{attr: map[string]string{}}
}

func (x *node) all(name string) (out []*node) {
	for _, k := range x.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// find are the elements of the name, wherever they stand below.
func (x *node) find(name string) (out []*node) {
	for _, k := range x.kids {
		if k.name == name {
			out = append(out, k)
		}
		out = append(out, k.find(name)...)
	}
	return out
}

// blocks are elements after which a new line begins.
var blocks = map[string]bool{"p": true, "div": true, "br": true, "li": true, "tr": true}

// said is all text of the element; elements for which put answers stand as that.
func (x *node) said(put func(*node) (string, bool)) string {
	var b strings.Builder
	var walk func(*node)
	walk = func(k *node) {
		if put != nil && k.name != "" {
			if s, ok := put(k); ok {
				b.WriteString(s)
				return
			}
		}
		b.WriteString(k.text)
		for _, c := range k.kids {
			walk(c)
		}
		if blocks[k.name] {
			b.WriteString("\n")
		}
	}
	walk(x)
	var out []string
	for _, l := range strings.Split(b.String(), "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}
