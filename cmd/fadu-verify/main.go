// Command fadu-verify checks an export of the ledger by itself: it shares no code with the program that
// wrote it and needs nothing but Go's standard library. Read it before you trust it.
//
//	fadu-verify [-key ed25519:BASE64[,…]] EXPORT.jsonl [CHECKPOINT.txt ...]
//
// The tree is that of RFC 6962: a leaf is SHA-256(0x00 ‖ entry), a node SHA-256(0x01 ‖ left ‖ right). A
// checkpoint is a signed statement of how many entries there were and what their root was. Whoever
// changes the past can compute new hashes, but not make the root of an earlier checkpoint come out again.
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// line is one line of an export: its head with the keys, an entry, a checkpoint, or its end.
type line struct {
	Keys                   []string
	Seq                    int64
	Entry                  []byte
	Leaf, Checkpoint, Root string
	End                    *int64
}

// point is a checkpoint: what the root was when there were so many entries.
type point struct {
	from string
	size int64
	root []byte
}

type verifier struct {
	keys   map[string]ed25519.PublicKey // by the key id in a signature
	points []point                      // from outside
	levels [][]byte                     // roots of complete subtrees, the smallest first; nil where there is none
	// size counts entries, last is the number of the last, good that of the last checkpoint that held, bad
	// that of the first bad entry.
	size, last, good, bad int64
}

// fault says what is wrong from an entry on. The first said is the first there is.
func (v *verifier) fault(seq int64, format string, args ...any) {
	if v.bad == 0 {
		v.bad = seq
	}
	fmt.Printf("✗ 第 %d 条起："+format+"\n", append([]any{seq}, args...)...)
}

func sum(prefix byte, parts ...[]byte) []byte {
	h := sha256.Sum256(append([]byte{prefix}, bytes.Join(parts, nil)...))
	return h[:]
}

func (v *verifier) add(leaf []byte) {
	v.size++
	for i := 0; ; i++ {
		if i == len(v.levels) {
			v.levels = append(v.levels, nil)
		}
		if v.levels[i] == nil {
			v.levels[i] = leaf
			return
		}
		leaf, v.levels[i] = sum(1, v.levels[i], leaf), nil
	}
}

func (v *verifier) root() (root []byte) {
	for _, l := range v.levels {
		if root == nil || l == nil {
			root = append(root, l...) // one of the two is empty
		} else {
			root = sum(1, l, root)
		}
	}
	return root
}

// parse reads a checkpoint's text and checks its signature.
func (v *verifier) parse(from, text string) (point, error) {
	body, signed, ok := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n— fadu-ledger ")
	lines := strings.Split(body, "\n")
	sig, err := base64.StdEncoding.DecodeString(strings.TrimSpace(signed))
	if !ok || err != nil || len(sig) != 4+ed25519.SignatureSize || len(lines) < 3 || lines[0] != "fadu-ledger" {
		return point{}, fmt.Errorf("%s检查点不完整或者被改过", from)
	}
	if key, ok := v.keys[hex.EncodeToString(sig[:4])]; !ok || !ed25519.Verify(key, []byte(body+"\n"), sig[4:]) {
		return point{}, fmt.Errorf("%s检查点的签名不对（公钥编号 %x）", from, sig[:4])
	}
	size, _ := strconv.ParseInt(lines[1], 10, 64) // it is signed, so it is a number
	root, err := base64.StdEncoding.DecodeString(lines[2])
	return point{from, size, root}, err
}

// compare holds the tree against a checkpoint when it is of just this size.
func (v *verifier) compare(p point) {
	switch {
	case p.size == v.size && bytes.Equal(v.root(), p.root):
		v.good = p.size
	case p.size == v.size:
		v.fault(v.good+1, "至第 %d 条之间有改动，算出来的根与%s检查点不符", p.size, p.from)
	}
}

func (v *verifier) entry(l line) {
	want, leaf := v.last+1, sum(0, l.Entry)
	if v.last = l.Seq; l.Seq != want {
		v.fault(want, "这里却是第 %d 条，有删除、插入或者换序", l.Seq)
	}
	if hex.EncodeToString(leaf) != l.Leaf {
		v.fault(want, "内容与入账时的散列不符")
	}
	v.add(leaf)
	for _, p := range v.points {
		v.compare(p)
	}
}

// run verifies an export against checkpoints from outside. An error says that it could not.
func (v *verifier) run(keys, export string, checkpoints []string) error {
	file, _ := os.Open(export) // what cannot be opened has no head
	lines := json.NewDecoder(bufio.NewReader(file))
	var head line
	if err := lines.Decode(&head); err != nil || len(head.Keys) == 0 {
		return fmt.Errorf("%s 打不开，或者不是办案留痕的导出文件", export)
	}
	if keys == "" {
		fmt.Println("注意：没有给出公钥，用的是导出文件自带的")
		keys = strings.Join(head.Keys, ",")
	}
	for _, k := range strings.Split(keys, ",") {
		public, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(strings.TrimSpace(k), "ed25519:"))
		if err != nil || len(public) != ed25519.PublicKeySize {
			return fmt.Errorf("公钥不成形：%s", k)
		}
		id := sha256.Sum256(append([]byte("fadu-ledger\n\x01"), public...)) // name, algorithm and key
		v.keys[hex.EncodeToString(id[:4])] = public
	}
	for _, name := range checkpoints {
		text, _ := os.ReadFile(name) // without a text it is no checkpoint
		p, err := v.parse(name, string(text))
		if err != nil {
			return err
		}
		v.points = append(v.points, p)
	}
	for l := (line{}); l.End == nil; {
		l = line{}
		if err := lines.Decode(&l); err != nil {
			v.fault(v.size+1, "导出文件在这里断了（%v）", err)
			return nil
		}
		switch {
		case l.End != nil:
			if *l.End != v.size || l.Root != hex.EncodeToString(v.root()) {
				v.fault(v.good+1, "条数或者根与末行不符")
			}
		case l.Checkpoint != "":
			if p, err := v.parse("导出文件里的", l.Checkpoint); err == nil && p.size == v.size {
				v.compare(p)
			} else {
				v.fault(v.good+1, "导出文件里第 %d 条后的检查点不成立（%v）", v.size, err)
			}
		default:
			v.entry(l)
		}
	}
	for _, p := range v.points {
		if p.size > v.size {
			v.fault(v.size+1, "检查点（%s）证明曾有 %d 条，现在只有 %d 条，末尾被截去或者恢复了旧库", p.from, p.size, v.size)
		}
	}
	return nil
}

func main() {
	keys := flag.String("key", "", "`公钥`，抄自打印的检查点；换过密钥的用逗号分开")
	flag.Parse()
	v := &verifier{keys: map[string]ed25519.PublicKey{}}
	if err := v.run(*keys, flag.Arg(0), flag.Args()[min(1, flag.NArg()):]); err != nil {
		fmt.Println("✗", err, "\n用法：fadu-verify [-key 公钥] 导出文件 [检查点文件 …]")
		os.Exit(2)
	}
	if v.bad > 0 {
		fmt.Printf("核验没有通过：最早从第 %d 条起不符\n", v.bad)
		os.Exit(1)
	}
	fmt.Printf("✓ 核验通过：%d 条，根 %x，最近的检查点到第 %d 条\n", v.size, v.root(), v.good)
}
