package trial

import (
	"bufio"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A shadow is a disk that remembers what was synced. It replays the system calls of the program: what was
// written and not synced may be there after a power loss in part, in any order, or not at all.
type shadow struct {
	root  string
	names map[string]*node // as the program sees them
	base  map[string]*node // as they are on the disk for certain
	moves map[string][]move
	past  map[string]int  // how many moves of a folder were synced before
	open  map[string]call // calls that began and have not returned, by thread
	// forgetful is a disk that lies about syncing: the control that the trial can fail.
	forgetful bool
	syncs     int
}

// node is a file or, with content nil, a folder.
type node struct {
	content []byte // synced
	pending []patch
	past    int // how many patches were synced before
}

// patch is a write, or with data nil a new length.
type patch struct {
	at   int64
	data []byte
}

// move is a name that appeared in a folder (or went, with to nil) and is not synced.
type move struct {
	name string
	to   *node
}

// call is a system call on its way; mark is how much had been asked for when it began.
type call struct {
	name string
	args string
	mark int
}

// newShadow starts from a folder that was wholly on the disk; origin is a copy of it as it was then.
func newShadow(t testing.TB, root, origin string) *shadow {
	t.Helper()
	s := &shadow{root: root, names: map[string]*node{}, base: map[string]*node{}, moves: map[string][]move{}, past: map[string]int{}, open: map[string]call{}}
	err := filepath.WalkDir(origin, func(path string, d fs.DirEntry, err error) error {
		if err != nil || skipped(path) {
			return err
		}
		n := &node{}
		if !d.IsDir() {
			if n.content, err = os.ReadFile(path); err != nil {
				return err
			}
			n.content = append([]byte{}, n.content...) // not nil
		}
		path = root + strings.TrimPrefix(path, origin)
		s.names[path], s.base[path] = n, n
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// skipped are the files that a power loss need not spare: SQLite's index of its log is made anew, the reserve
// has no content.
func skipped(path string) bool {
	return strings.HasSuffix(path, "-shm") || filepath.Base(path) == "reserve"
}

// strictly traces what a shadow must know.
func strictly(log string) []string {
	return []string{
		"-f", "-qq", "--seccomp-bpf", "-ttt", "-y", "-xx", "-s", "4000000", "-e", "signal=none", "-o", log,
		"-e", "trace=open,openat,creat,pwrite64,write,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,pwritev,pwritev2,writev",
	}
}

var (
	lineForm    = regexp.MustCompile(`^(\d+) +(\d+\.\d+) (.*)$`)
	resumedForm = regexp.MustCompile(`^<\.\.\. (\w+) resumed>(.*)$`)
	callForm    = regexp.MustCompile(`^(\w+)\((.*)$`)
)

// record reads the log of a program line by line.
type record struct {
	lines *bufio.Scanner
	ahead []string // the line that was read and belongs to a later instant
}

func newRecord(t testing.TB, log string) *record {
	t.Helper()
	f, err := os.Open(log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	r := &record{lines: bufio.NewScanner(f)}
	r.lines.Buffer(nil, 64<<20)
	return r
}

// next returns the parts of the next line up to the instant: thread, time, the rest.
func (r *record) next(t testing.TB, last float64) []string {
	t.Helper()
	for r.ahead == nil {
		if !r.lines.Scan() {
			if err := r.lines.Err(); err != nil {
				t.Fatal(err)
			}
			return nil
		}
		r.ahead = lineForm.FindStringSubmatch(r.lines.Text())
	}
	if at, err := strconv.ParseFloat(r.ahead[2], 64); err != nil || at > last {
		return nil
	}
	out := r.ahead
	r.ahead = nil
	return out
}

// replay plays the record up to an instant; later instants may follow.
func (s *shadow) replay(t testing.TB, log *record, until time.Time) {
	t.Helper()
	last := float64(until.UnixMicro()) / 1e6
	for m := log.next(t, last); m != nil; m = log.next(t, last) {
		thread, rest := m[1], m[3]
		if r := resumedForm.FindStringSubmatch(rest); r != nil {
			c := s.open[thread]
			delete(s.open, thread)
			s.done(t, c, c.args+r[2])
			continue
		}
		r := callForm.FindStringSubmatch(rest)
		if r == nil {
			continue // a signal or an exit
		}
		c := call{name: r[1], args: r[2]}
		c.mark = s.begun(c)
		if args, ok := strings.CutSuffix(c.args, " <unfinished ...>"); ok {
			c.args = args
			s.open[thread] = c
			continue
		}
		s.done(t, c, c.args)
	}
}

// begun notes how much a sync that begins now will cover.
func (s *shadow) begun(c call) int {
	if c.name != "fsync" && c.name != "fdatasync" {
		return 0
	}
	path := s.path(c.args)
	if n := s.names[path]; n != nil && n.content != nil {
		return n.past + len(n.pending)
	}
	return s.past[path] + len(s.moves[path])
}

var (
	fdForm   = regexp.MustCompile(`^(?:\d+|AT_FDCWD)<([^>]*)>`)
	textForm = regexp.MustCompile(`"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?`)
)

// path is the path of a call's first descriptor.
func (s *shadow) path(args string) string {
	if m := fdForm.FindStringSubmatch(args); m != nil {
		return unhex(m[1])
	}
	return ""
}

// unhex reads strace's -xx; what is not escaped stays.
func unhex(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+3 < len(text) && text[i+1] == 'x' {
			n, _ := strconv.ParseUint(text[i+2:i+4], 16, 8)
			b.WriteByte(byte(n))
			i += 3
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// done takes the effect of a call that returned.
func (s *shadow) done(t testing.TB, c call, line string) {
	t.Helper()
	cut := strings.LastIndex(line, ") = ")
	if cut < 0 {
		if cut = strings.LastIndex(line, " = "); cut < 0 {
			return
		}
	}
	result := strings.TrimPrefix(strings.TrimPrefix(line[cut:], ")"), " = ")
	if strings.HasPrefix(result, "-1") || strings.HasPrefix(result, "?") {
		return
	}
	args := line[:cut]
	var texts []string
	for _, m := range textForm.FindAllStringSubmatch(args, 4) {
		if m[2] != "" {
			t.Fatalf("strace 没有记全：%.80s", args)
		}
		texts = append(texts, unhex(m[1]))
	}
	path := s.path(args)
	if strings.Contains(c.name, "write") && s.within(path) && s.names[path] == nil {
		t.Fatalf("写进 %s，却没有看见它怎样出现", path)
	}
	switch c.name {
	case "open", "openat", "creat":
		if strings.Contains(args, "O_CREAT") || c.name == "creat" {
			s.created(resultPath(result), []byte{})
		}
	case "mkdir", "mkdirat":
		s.created(texts[len(texts)-1], nil)
	case "write", "pwrite64":
		if n := s.mine(path); n != nil {
			data := []byte(texts[0])[:leading(result)]
			at := n.length()
			if c.name == "pwrite64" {
				at = int64(leading(args[strings.LastIndex(args, ", ")+2:]))
			}
			n.pending = append(n.pending, patch{at, data})
		}
	case "ftruncate":
		if n := s.mine(path); n != nil {
			n.pending = append(n.pending, patch{at: int64(leading(args[strings.LastIndex(args, ", ")+2:]))})
		}
	case "writev", "pwritev", "pwritev2", "fallocate":
		if s.mine(path) != nil {
			t.Fatalf("没有为 %s 写重放：%.80s", c.name, args)
		}
	case "rename", "renameat", "renameat2":
		s.renamed(texts[0], texts[1])
	case "link", "linkat":
		if n := s.mine(texts[0]); n != nil {
			s.name(texts[1], n)
		}
	case "unlink", "unlinkat":
		s.removed(texts[len(texts)-1])
	case "fsync", "fdatasync":
		s.synced(path, c.mark)
	}
}

func leading(text string) int {
	end := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(text)
	}
	n, _ := strconv.Atoi(text[:end])
	return n
}

// resultPath is the path that -y shows behind a returned descriptor.
func resultPath(result string) string {
	_, rest, _ := strings.Cut(result, "<")
	return unhex(strings.TrimSuffix(strings.TrimSpace(rest), ">"))
}

// mine is the file of the path if it counts.
func (s *shadow) mine(path string) *node {
	if n := s.names[path]; n != nil && n.content != nil {
		return n
	}
	return nil
}

func (s *shadow) within(path string) bool {
	return strings.HasPrefix(path, s.root+"/") && !skipped(path)
}

func (s *shadow) created(path string, content []byte) {
	if s.within(path) && s.names[path] == nil {
		s.name(path, &node{content: content})
	}
}

func (s *shadow) name(path string, n *node) {
	if n == nil {
		delete(s.names, path)
	} else {
		s.names[path] = n
	}
	dir := filepath.Dir(path)
	s.moves[dir] = append(s.moves[dir], move{path, n})
}

func (s *shadow) renamed(from, to string) {
	if n := s.names[from]; n != nil {
		s.name(to, n)
		s.name(from, nil)
	}
}

func (s *shadow) removed(path string) {
	if s.within(path) && s.names[path] != nil {
		s.name(path, nil)
	}
}

// synced makes durable what was pending when the sync began.
func (s *shadow) synced(path string, mark int) {
	if s.forgetful {
		return
	}
	s.syncs++
	if n := s.mine(path); n != nil {
		for ; n.past < mark; n.past++ { // a sync at the same time may have done it
			n.content, n.pending = n.pending[0].on(n.content), n.pending[1:]
		}
		return
	}
	for ; s.past[path] < mark; s.past[path]++ {
		s.moves[path][0].in(s.base)
		s.moves[path] = s.moves[path][1:]
	}
}

// in makes the move among names.
func (m move) in(names map[string]*node) {
	if m.to == nil {
		delete(names, m.name)
	} else {
		names[m.name] = m.to
	}
}

func (n *node) length() int64 {
	size := int64(len(n.content))
	for _, p := range n.pending {
		if p.data == nil {
			size = p.at
		} else {
			size = max(size, p.at+int64(len(p.data)))
		}
	}
	return size
}

func (p patch) on(content []byte) []byte {
	if p.data == nil {
		for int64(len(content)) < p.at {
			content = append(content, 0)
		}
		return content[:p.at]
	}
	if grow := p.at + int64(len(p.data)) - int64(len(content)); grow > 0 {
		content = append(content, make([]byte, grow)...)
	}
	copy(content[p.at:], p.data)
	return content
}
