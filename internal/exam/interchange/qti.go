package interchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"fadu/internal/exam/bank"
)

// Bounds of a package.
const (
	maxFiles    = 6000
	maxUnpacked = 32 << 20
)

// QTI reads one assessmentItem of QTI 2.1 or 2.2, or a package of them.
func QTI(content []byte) ([]Item, error) {
	if !bytes.HasPrefix(content, []byte("PK")) {
		root, err := tree(content)
		if err != nil {
			return nil, err
		}
		if root.name != "assessmentItem" {
			return nil, fmt.Errorf("不是 QTI 2.1、2.2 的题目：最外层是 %s", clip(root.name))
		}
		return settle([]Item{qtiItem(root, root.attr["identifier"])})
	}
	if len(content) > MaxBytes {
		return nil, fmt.Errorf("文件超过 %d MB，请分成几个文件", MaxBytes>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, errors.New("压缩包打不开，可能没有存完整")
	}
	return qtiPackage(z)
}

func qtiPackage(z *zip.Reader) ([]Item, error) {
	if len(z.File) > maxFiles {
		return nil, fmt.Errorf("压缩包里有 %d 个文件，最多 %d 个", len(z.File), maxFiles)
	}
	if !slices.ContainsFunc(z.File, func(f *zip.File) bool { return path.Base(f.Name) == "imsmanifest.xml" }) {
		return nil, errors.New("压缩包里没有 imsmanifest.xml，不是 QTI 的题库包")
	}
	var items []Item
	budget := int64(maxUnpacked)
	for _, f := range z.File {
		if path.Ext(f.Name) != ".xml" || path.Base(f.Name) == "imsmanifest.xml" {
			continue
		}
		content, err := unpack(f, &budget)
		if err != nil {
			return nil, err
		}
		root, err := tree(content)
		switch {
		case err != nil:
			items = append(items, Item{Name: f.Name, Refused: err.Error()})
		case root.name == "assessmentItem":
			items = append(items, qtiItem(root, f.Name))
		}
	}
	return settle(items)
}

// unpack reads a file of the package within what may still be unpacked, whatever its header claims.
func unpack(f *zip.File, budget *int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("压缩包里的 %s 打不开", clip(f.Name))
	}
	defer func() { _ = r.Close() }() // read only
	b, err := io.ReadAll(io.LimitReader(r, *budget+1))
	if err != nil {
		return nil, fmt.Errorf("压缩包里的 %s 读不完整", clip(f.Name))
	}
	if *budget -= int64(len(b)); *budget < 0 {
		return nil, fmt.Errorf("压缩包解开以后超过 %d MB，不收", maxUnpacked>>20)
	}
	return b, nil
}

// interactions are what can be answered, by the names of QTI.
var interactions = []string{"choiceInteraction", "textEntryInteraction", "orderInteraction", "matchInteraction", "extendedTextInteraction"}

func qtiItem(root *node, name string) Item {
	it := Item{Line: root.line, Name: name}
	q := &it.Question
	body := root.first("itemBody")
	var found []*node
	for _, n := range interactions {
		found = append(found, body.find(n)...)
	}
	for _, k := range qtiOthers(body) {
		it.refuse("交互方式 %s 这里没有对应的", k)
	}
	if len(body.find("img"))+len(body.find("object")) > 0 {
		it.lost("图片没有带过来")
	}
	q.Stem = body.said(func(k *node) (string, bool) {
		if k.name == "textEntryInteraction" {
			return "____", true
		}
		return "", slices.Contains(interactions, k.name)
	})
	if title := root.attr["title"]; q.Stem == "" && len(found) > 0 {
		if q.Stem = found[0].first("prompt").said(nil); q.Stem == "" {
			q.Stem = title
		}
	} else if len(found) > 0 {
		if p := found[0].first("prompt").said(nil); p != "" {
			q.Stem += "\n" + p
		}
	}
	if m := root.first("modalFeedback").said(nil); m != "" {
		q.Explain = m
	}
	qtiAnswer(&it, root, found)
	return it
}

// qtiOthers are the interactions that are not read.
func qtiOthers(x *node) (out []string) {
	for _, k := range x.kids {
		if strings.HasSuffix(k.name, "Interaction") && !slices.Contains(interactions, k.name) {
			out = append(out, k.name)
		}
		out = append(out, qtiOthers(k)...)
	}
	return out
}

func qtiAnswer(it *Item, root *node, found []*node) {
	switch {
	case len(found) == 0:
		it.refuse("没有可以作答的地方")
		return
	case len(found) > 1 && slices.ContainsFunc(found, func(x *node) bool { return x.name != "textEntryInteraction" }):
		it.refuse("一道题里有几处作答，这里一道题只收一处（填空除外）")
		return
	}
	values := map[string][]string{}
	for _, d := range root.all("responseDeclaration") {
		id := d.attr["identifier"]
		for _, v := range d.first("correctResponse").all("value") {
			values[id] = append(values[id], v.said(nil))
		}
		qtiMapping(it, d, values)
	}
	x := found[0]
	right := values[x.attr["responseIdentifier"]]
	switch x.name {
	case "choiceInteraction":
		qtiChoice(it, x, right)
	case "orderInteraction":
		it.Question.Type = bank.Order
		it.Question.Options, it.Question.Answer = qtiLetters(it, x, right)
	case "matchInteraction":
		qtiPairs(it, x, right)
	case "textEntryInteraction":
		it.Question.Type = bank.Fill
		for _, gap := range root.first("itemBody").find("textEntryInteraction") {
			it.Question.Blanks = append(it.Question.Blanks, values[gap.attr["responseIdentifier"]])
		}
	case "extendedTextInteraction":
		it.Question.Type, it.Question.Parts = bank.Analysis, []bank.Part{{Type: bank.Essay, Stem: it.Question.Stem, Model: strings.Join(right, "；")}}
		it.lost("问答题收作案例分析的一问，评分点要补写")
	}
}

// qtiMapping takes further spellings of a text entry from its mapping; other weights are lost.
func qtiMapping(it *Item, d *node, values map[string][]string) {
	id := d.attr["identifier"]
	for _, e := range d.first("mapping").all("mapEntry") {
		key := e.attr["mapKey"]
		switch {
		case d.attr["baseType"] != "string":
			it.lost("各选项的比重没有带过来，照本系统的给分办法计分")
			return
		case strings.HasPrefix(strings.TrimSpace(e.attr["mappedValue"]), "-") || strings.Trim(e.attr["mappedValue"], " 0.") == "":
		case !slices.Contains(values[id], key):
			values[id] = append(values[id], key)
		}
	}
}

func qtiChoice(it *Item, x *node, right []string) {
	q := &it.Question
	q.Options, q.Answer = qtiLetters(it, x, right)
	q.Answer = sorted(q.Answer)
	q.Type = bank.Multiple
	if x.attr["maxChoices"] == "1" {
		q.Type = bank.Single
		if len(q.Options) == 2 && judges(q.Options) && len(q.Answer) == 1 {
			q.Type, q.Answer, q.Options = bank.Judgement, map[bool]string{true: "对", false: "错"}[isTrue(q.Options[q.Answer[0]-'A'])], nil
		}
	}
}

// judges reports options that say nothing but right and wrong.
func judges(options []string) bool {
	r := &reader{}
	return r.judgement("", options[0]) != r.judgement("", options[1]) && len(r.faults) == 0
}

func isTrue(s string) bool { return (&reader{}).judgement("", s) == "对" }

// qtiLetters are the options with the letters of the right ones, in their order.
func qtiLetters(it *Item, x *node, right []string) (options []string, answer string) {
	at := map[string]string{}
	for i, c := range x.all("simpleChoice") {
		if i >= 26 {
			it.refuse("选项超过 26 个")
			return nil, ""
		}
		at[c.attr["identifier"]] = bank.Letter(i)
		options = append(options, c.said(nil))
	}
	for _, id := range right {
		if at[id] == "" {
			it.refuse("答案 %s 不是选项", clip(id))
		}
		answer += at[id]
	}
	if len(right) == 0 {
		it.refuse("没有写明答案（correctResponse）")
	}
	return options, answer
}

func qtiPairs(it *Item, x *node, right []string) {
	it.Question.Type = bank.Match
	sets := x.all("simpleMatchSet")
	if len(sets) != 2 {
		it.refuse("配对题应有两组")
		return
	}
	said := map[string]string{}
	for _, s := range sets {
		for _, c := range s.all("simpleAssociableChoice") {
			said[c.attr["identifier"]] = c.said(nil)
		}
	}
	used := map[string]bool{}
	for _, pair := range right {
		ids := strings.Fields(pair)
		if len(ids) != 2 || said[ids[0]] == "" || said[ids[1]] == "" {
			it.refuse("答案 %s 不是一对", clip(pair))
			return
		}
		used[ids[1]] = true
		it.Question.Pairs = append(it.Question.Pairs, bank.Pair{Left: said[ids[0]], Right: said[ids[1]]})
	}
	for _, c := range sets[1].all("simpleAssociableChoice") {
		if !used[c.attr["identifier"]] {
			it.Question.Spare = append(it.Question.Spare, c.said(nil))
		}
	}
}
