package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// room is one package of the house with those it may know. A file that imports anything else of ours
// fails the test, with the reason of the first wall that it breaks through.
type room struct {
	name string
	may  []string
}

// mechanisms are what a page-bearing capability stands on.
var mechanisms = []string{"access", "approval", "blob", "deadline", "setting", "calendar", "document", "draft", "fault", "flow", "identity", "indicator", "jobs", "law", "ledger", "search", "store", "timing", "web"}

// rooms is the graph of design.md §2, from the ground floor up. law/calendar and law/identity go by
// their last names.
var rooms = []room{
	{"fault", nil},
	{"planted", nil},
	{"law", []string{"fault"}},
	{"calendar", []string{"law", "fault"}},
	{"identity", []string{"law", "fault"}},
	{"timing", []string{"calendar", "law", "fault"}},
	{"flow", []string{"law", "fault"}},

	{"store", []string{"law", "fault"}},
	{"ledger", []string{"store", "law", "fault"}},
	{"jobs", []string{"store", "ledger", "law", "fault"}},
	{"search", []string{"store", "law", "fault"}},
	{"blob", []string{"fault"}},
	{"document", []string{"law", "fault", "calendar", "identity"}},
	{"indicator", []string{"store", "law", "fault"}},
	{"web", []string{"law", "fault", "flow", "calendar", "indicator"}},
	{"access", []string{"web", "store", "ledger", "law", "fault", "jobs"}},
	{"api", []string{"access", "web", "law", "fault", "store"}},
	{"draft", []string{"access", "api", "web", "store", "ledger", "jobs", "blob", "law", "fault"}},
	{"setting", []string{"access", "api", "web", "store", "ledger", "law", "fault"}},
	{"holiday", []string{"access", "api", "web", "store", "ledger", "draft", "calendar", "law", "fault"}},
	{"deadline", []string{"access", "api", "web", "indicator", "store", "ledger", "jobs", "setting", "timing", "calendar", "law", "fault"}},
	{"approval", []string{"access", "api", "web", "store", "ledger", "blob", "law", "fault", "setting"}},
	{"backup", []string{"store", "ledger", "law", "fault"}},
	{"grade", []string{"law", "fault"}},
	{"bank", []string{"grade", "scene", "law", "fault"}},
	{"assembly", []string{"bank", "law", "fault"}},
	{"stats", []string{"fault"}},
	{"integrity", []string{"fault"}},
	{"practice", []string{"fault"}},
	{"mastery", []string{"fault"}},
	{"points", []string{"law", "fault"}},
	{"ranking", []string{"fault"}},
	{"scene", []string{"law", "fault"}},
	{"consistency", []string{"law"}},
	{"reading", []string{"consistency", "law"}},
	{"draw", nil},
	{"prose", []string{"draft", "fault"}},
	{"past", []string{"reading", "consistency", "prose", "draft", "access", "api", "web", "store", "ledger", "law", "fault"}},
	{"scenes", []string{"scene", "law", "fault"}},
	{"interchange", []string{"bank", "grade", "scene", "law", "fault"}},
	{"exam", []string{"bank", "interchange", "grade", "scene", "access", "api", "web", "store", "ledger", "search", "draft", "document", "law", "fault"}},
	{"sitting", []string{"assembly", "bank", "grade", "stats", "integrity", "access", "api", "web", "store", "ledger", "jobs", "document", "law", "fault"}},
	{"training", []string{"scene", "scenes", "practice", "bank", "interchange", "grade", "access", "api", "web", "store", "ledger", "law", "fault"}},
	{"course", []string{"interchange", "points", "scene", "access", "api", "web", "store", "ledger", "setting", "blob", "law", "fault"}},
	{"cohort", []string{"access", "api", "web", "store", "ledger", "law", "fault"}},
	{"register", append([]string{"api"}, mechanisms...)},
	{"calc", []string{"scene", "law", "calendar", "identity", "fault", "grade", "stats", "integrity", "practice", "mastery", "points", "ranking", "consistency", "draw"}},

	{"org", append([]string{"api"}, mechanisms...)},
	{"powers", append([]string{"api", "prose"}, mechanisms...)},
	{"casework", append([]string{"api", "org", "powers"}, mechanisms...)},
	{"legalreview", append([]string{"api", "casework"}, mechanisms...)},
	{"report", append([]string{"api"}, mechanisms...)},

	{"app", []string{"*"}},
	{"demo", []string{"*"}},
	{"testkit", []string{"store", "ledger", "law", "fault"}},
	{"trial", nil}, // tests alone; they may import everything
}

// wall says why an edge is forbidden; "*" stands for any room.
type wall struct{ from, to, why string }

var walls = []wall{
	{"law", "*", "the law judges facts that others state: it knows no record, no page and no procedure"},
	{"fault", "*", "errors are at the bottom: everybody imports them, they import nobody"},
	{"calendar", "*", "a term is arithmetic on dates; who has to keep it is not its business"},
	{"identity", "*", "a number is valid or not by its own digits"},
	{"timing", "*", "a clock is made of events and a calendar; what the events are about is not its business"},
	{"flow", "casework", "the notation of a procedure does not know the procedures written in it"},
	{"flow", "*", "a procedure is a table over law: it is pure, so that a lawyer can read it and a test can walk it"},
	{"store", "ledger", "the store keeps rows; that a change needs an entry is the capabilities' promise, checked by verify"},
	{"ledger", "access", "an actor reaches the ledger as a value: who may act is decided above it"},
	{"web", "access", "components draw what they are given: sessions and permissions are put into the context by access"},
	{"web", "store", "a component that can query is a page whose cost nobody sees"},
	{"access", "org", "accounts do not know people's careers: org moves and disables accounts through access"},
	{"indicator", "access", "a figure takes any scope that can narrow a query; it need not know where scopes come from"},
	{"indicator", "web", "a figure is counted the same way for page, export and verify"},
	{"grade", "*", "an answer is marked from the key and the policy alone, so that anybody can mark it again"},
	{"scene", "casework", "a scene asks the one evaluator with its own facts: a second copy of a rule would drift from the first"},
	{"practice", "*", "when a card comes up again is arithmetic on instants"},
	{"calc", "store", "the recheck door answers from the question alone, so that anybody can check it without a database"},
	{"org", "casework", "casework asks org who may handle a case on a day; if org asked back, neither could be tested alone"},
	{"org", "powers", "people and powers are two registers; only a case joins them"},
	{"powers", "casework", "powers answers by code and date; what a case did with the answer is the case's record"},
	{"powers", "org", "people and powers are two registers; only a case joins them"},
	{"report", "casework", "figures reach report as definitions: it counts without knowing what a case is"},
	{"report", "org", "figures reach report as definitions: it counts without knowing what a person is"},
	{"casework", "legalreview", "another body decides: a case knows only the fact that it stated, and without it a major decision is refused"},
	{"casework", "report", "a case does not know in which figures it is counted"},
	{"*", "app", "app wires the rooms: whoever imports it makes a cycle of the whole house"},
	{"*", "demo", "a demo bureau is made by the commands, never known to them"},
	{"*", "testkit", "the kit of the tests must not reach the program"},
	{"*", "casework", "only what handles cases imports casework: mechanisms serve it without knowing it"},
	{"*", "org", "a mechanism knows no capability"},
	{"*", "powers", "a mechanism knows no capability"},
	{"*", "report", "a mechanism knows no capability"},
}

func why(from, to string) string {
	for _, w := range walls {
		if (w.from == from || w.from == "*") && (w.to == to || w.to == "*") {
			return w.why
		}
	}
	return "design.md §2 does not draw this edge; a new one needs an ADR"
}

// source is one Go file of the project.
type source struct {
	path string // internal/org/store.go
	room string // org
	dir  string // internal/org
	base string // store.go
	ast  *ast.File
}

func (s source) generated() bool { return strings.HasSuffix(s.base, "_templ.go") }
func (s source) test() bool      { return strings.HasSuffix(s.base, "_test.go") }
func (s source) pages() bool     { return path.Base(s.dir) == "pages" }

// product reports whether the file is part of the program rather than of its tests.
func (s source) product() bool {
	return !s.test() && s.room != "testkit" && !strings.HasSuffix(s.dir, "test") && !strings.HasPrefix(s.dir, "tools")
}

func (s source) imports() []string {
	out := make([]string, len(s.ast.Imports))
	for i, im := range s.ast.Imports {
		out[i], _ = strconv.Unquote(im.Path.Value)
	}
	return out
}

const root = "../.."

var (
	fset    = token.NewFileSet()
	sources = sync.OnceValues(readSources)
)

func readSources() ([]source, error) {
	var out []source
	for _, top := range []string{"internal", "cmd", "tools"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(file string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules") {
				return filepath.SkipDir
			}
			if d.IsDir() || !strings.HasSuffix(file, ".go") {
				return nil
			}
			f, err := parser.ParseFile(fset, file, nil, parser.ParseComments)
			if err != nil {
				return err
			}
			rel := filepath.ToSlash(strings.TrimPrefix(file, root+"/"))
			out = append(out, source{path: rel, room: roomOf(path.Dir(rel)), dir: path.Dir(rel), base: path.Base(rel), ast: f})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// studyGrounds are what training, exams and reports reckon with: pure, and known to the recheck door, which does not
// know the slices above them.
var studyGrounds = []string{
	"exam/bank", "exam/interchange", "exam/grade", "exam/stats", "exam/integrity", "exam/assembly",
	"training/practice", "training/mastery", "training/points", "training/ranking", "training/scene", "training/scenes",
	"report/consistency", "report/reading",
}

// ownRooms are further folders that are rooms of their own.
var ownRooms = []string{"report/past", "draft/prose"}

// roomOf names the room of a folder: internal/org/pages is org, internal/law/calendar is calendar.
func roomOf(dir string) string {
	rest, ok := strings.CutPrefix(dir, "internal/")
	if !ok {
		return ""
	}
	parts := strings.Split(rest, "/")
	if strings.HasPrefix(rest+"/", "exam/sitting/") {
		return "sitting"
	}
	if len(parts) > 1 && (parts[0] == "law" && parts[1] != "lawtest" || slices.Contains(studyGrounds, rest)) {
		return parts[1]
	}
	if inside := strings.TrimSuffix(rest, "/pages"); slices.Contains(ownRooms, inside) {
		return parts[1]
	}
	return parts[0]
}

func allSources(t *testing.T) []source {
	t.Helper()
	out, err := sources()
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 100 {
		t.Fatalf("only %d Go files found: the test looks in the wrong place", len(out))
	}
	return out
}

// TestImports holds the graph: imports go down only.
func TestImports(t *testing.T) {
	may := map[string][]string{}
	for _, r := range rooms {
		may[r.name] = r.may
	}
	met := map[string]bool{}
	for _, s := range allSources(t) {
		if s.room == "" || s.test() {
			continue
		}
		met[s.room] = true
		allowed, known := may[s.room]
		if !known {
			t.Errorf("%s: the room %q is not in the table: say what it may know", s.path, s.room)
			continue
		}
		for _, im := range s.imports() {
			rest, ours := strings.CutPrefix(im, "fadu/")
			if !ours {
				continue
			}
			to := roomOf(rest)
			if to == "planted" {
				continue // faults for tests lie wherever they are looked for; see docs/testing.md
			}
			if to != s.room && !slices.Contains(allowed, to) && !slices.Contains(allowed, "*") {
				t.Errorf("%s imports %s: %s", s.path, im, why(s.room, to))
			}
		}
	}
	for _, r := range rooms {
		if !met[r.name] {
			t.Errorf("the table has a room %q that does not exist", r.name)
		}
		for _, to := range r.may {
			if to != "*" && !slices.ContainsFunc(rooms, func(o room) bool { return o.name == to }) {
				t.Errorf("room %s may import %q, which is no room", r.name, to)
			}
		}
	}
	cycles(t, may)
}

// TestDesks: a desk of casework stands on the kernel and knows no sister; the kernel knows no desk. Facts of one
// desk reach the guards of another by the kernel alone.
func TestDesks(t *testing.T) {
	desk := func(dir string) string {
		rest, ok := strings.CutPrefix(dir, "internal/casework/")
		name, _, _ := strings.Cut(rest, "/")
		if !ok || name == "pages" {
			return ""
		}
		return name
	}
	n := 0
	for _, s := range allSources(t) {
		if s.room != "casework" || s.test() {
			continue
		}
		from := desk(s.dir)
		if from != "" {
			n++
		}
		for _, im := range s.imports() {
			if to := desk(strings.TrimPrefix(im, "fadu/")); to != "" && to != from {
				t.Errorf("%s imports %s: desks stand side by side on the kernel; state a fact instead", s.path, im)
			}
		}
	}
	if n == 0 {
		t.Error("no desk found")
	}
}

// cycles fails when the table itself allows one room to reach itself.
func cycles(t *testing.T, may map[string][]string) {
	t.Helper()
	state := map[string]int{} // 1 on the way, 2 done
	var walk func(string, []string)
	walk = func(r string, way []string) {
		if state[r] == 2 || r == "*" {
			return
		}
		if state[r] == 1 {
			t.Errorf("the table has a cycle: %s", strings.Join(append(way, r), " → "))
			return
		}
		state[r] = 1
		for _, to := range may[r] {
			walk(to, append(way, r))
		}
		state[r] = 2
	}
	for _, r := range rooms {
		walk(r.name, nil)
	}
}

// TestPagesKnowNoSlice: pages draw view structs; what they can import they could query.
func TestPagesKnowNoSlice(t *testing.T) {
	allowed := []string{"fadu/internal/web", "fadu/internal/law", "fadu/internal/flow", "fadu/internal/indicator", "fadu/internal/law/calendar"}
	n := 0
	for _, s := range allSources(t) {
		if !s.pages() || s.test() {
			continue
		}
		n++
		for _, im := range s.imports() {
			if strings.HasPrefix(im, "fadu/") && !slices.Contains(allowed, im) {
				t.Errorf("%s imports %s: pages declare their own views and are filled by http.go", s.path, im)
			}
			if im == "database/sql" || im == "net/http" || im == "os" || strings.Contains(im, "uptrace/bun") {
				t.Errorf("%s imports %s: a page does no input or output", s.path, im)
			}
		}
	}
	if n == 0 {
		t.Fatal("no pages found")
	}
}

// pureRooms are pure as a whole; in other rooms purity goes by the file's name.
var pureRooms = []string{"law", "calendar", "identity", "timing", "flow", "fault", "grade", "stats", "integrity", "practice", "mastery", "points", "ranking", "scene", "consistency", "reading", "draw"}

var pureFile = regexp.MustCompile(`^(flow|flow_\w+|clocks|labels|labels_\w+|names|paper_forms|rules|rules_\w+|kinds)\.go$`)

// TestPureFiles: rules, procedures, labels and types answer from their arguments alone.
func TestPureFiles(t *testing.T) {
	impure := []string{"database/sql", "net/http", "os", "os/exec", "context", "net", "log/slog", "math/rand", "math/rand/v2", "fadu/internal/store"}
	n := 0
	for _, s := range allSources(t) {
		if !s.product() || s.generated() || s.room == "" || s.room == "app" || s.room == "demo" {
			continue
		}
		pure := slices.Contains(pureRooms, s.room) && !strings.HasSuffix(s.dir, "lawtest")
		if !pure && !pureFile.MatchString(s.base) {
			continue
		}
		n++
		for _, im := range s.imports() {
			if slices.Contains(impure, im) {
				t.Errorf("%s imports %s: this file is pure, so that a rule can be read and tested without a database or a clock", s.path, im)
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d pure files found", n)
	}
}

// TestWhereSQLLives: rows are declared and queried in the slice, never at its edges.
func TestWhereSQLLives(t *testing.T) {
	edge := regexp.MustCompile(`^(http|api|view|viewer|layout|content|texts|rules|flow|labels|names)(_\w+)?\.go$`)
	for _, s := range allSources(t) {
		if !s.product() || s.room == "" || s.generated() {
			continue
		}
		noRows := slices.Contains([]string{"web", "document", "calc", "api", "blob", "app"}, s.room) || s.pages()
		for _, im := range s.imports() {
			if im != "database/sql" && !strings.Contains(im, "uptrace/bun") {
				continue
			}
			if noRows || edge.MatchString(s.base) {
				t.Errorf("%s imports %s: %s has no rows; ask the slice's query functions", s.path, im, s.base)
			}
			if im == "database/sql" && strings.HasPrefix(s.base, "service") {
				t.Errorf("%s imports database/sql: services speak through the store", s.path)
			}
		}
	}
}

// TestTables: a slice queries its own tables; another's it asks for.
func TestTables(t *testing.T) {
	owner := map[string]string{}
	table := regexp.MustCompile(`(?i)CREATE TABLE (?:IF NOT EXISTS )?(\w+)`)
	for _, m := range migrationFiles(t) {
		for _, f := range table.FindAllStringSubmatch(m.text, -1) {
			owner[strings.ToLower(f[1])] = m.room
		}
	}
	if len(owner) < 20 {
		t.Fatalf("only %d tables found", len(owner))
	}
	from := regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)`)
	for _, s := range allSources(t) {
		if !s.product() || s.room == "" {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, _ := strconv.Unquote(lit.Value)
			for _, f := range from.FindAllStringSubmatch(text, -1) {
				name := strings.ToLower(f[1])
				if o, ok := owner[name]; ok && o != s.room && !readers[s.room+" "+name] {
					t.Errorf("%s: %s reads the table %s of %s; call its query function", fset.Position(lit.Pos()), s.room, name, o)
				}
			}
			return true
		})
	}
}

// readers are the joins across slices that are part of a published contract.
var readers = map[string]bool{
	"org draft_batch": true, // draft's contract: rows of a batch are seen once it is published
	"org unit":        true, // the names of many units in one query
}

type migration struct{ room, base, text string }

func migrationFiles(t *testing.T) []migration {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "internal", "*", "migrations", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var out []migration
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, migration{filepath.Base(filepath.Dir(filepath.Dir(f))), filepath.Base(f), string(text)})
	}
	return out
}

// numberRanges are the migrations of each room.
var numberRanges = map[string][2]int{
	"store": {1, 9}, "ledger": {10, 19}, "jobs": {20, 29}, "search": {20, 29}, "draft": {20, 29}, "access": {30, 49}, "org": {50, 79}, "powers": {80, 109}, "casework": {110, 149}, "indicator": {150, 169}, "report": {150, 169}, "setting": {170, 173}, "holiday": {174, 179}, "deadline": {180, 189}, "approval": {185, 186}, "legalreview": {190, 199}, "training": {330, 349}, "register": {380, 399}, "sitting": {360, 379}, "exam": {350, 359}, "past": {410, 410}, "course": {400, 409}, "cohort": {413, 416},
}

// laterRanges are further ranges of rooms whose first is used up.
var laterRanges = map[string][][2]int{"casework": {{200, 239}, {260, 262}, {265, 269}, {290, 299}, {300, 301}, {310, 329}}, "register": {{440, 459}}, "legalreview": {{263, 264}, {302, 302}}, "approval": {{270, 274}}, "course": {{411, 412}}}

// TestMigrations: numbers are unique in the program, in the room's range, and a pair of files has both
// engines; nothing goes back.
func TestMigrations(t *testing.T) {
	form := regexp.MustCompile(`^(\d{4})_([a-z0-9]+_[a-z0-9_]+?)(\.sqlite|\.pg)?\.sql$`)
	used := map[string]string{}
	pairs := map[string][]string{}
	for _, m := range migrationFiles(t) {
		p := form.FindStringSubmatch(m.base)
		if p == nil {
			t.Errorf("%s: %s is not named NNNN_verb_noun.sql", m.room, m.base)
			continue
		}
		n, _ := strconv.Atoi(p[1])
		r, ok := numberRanges[m.room]
		if !ok || !slices.ContainsFunc(append([][2]int{r}, laterRanges[m.room]...), func(r [2]int) bool { return n >= r[0] && n <= r[1] }) {
			t.Errorf("%s: %s lies outside the room's numbers %v", m.room, m.base, r)
		}
		whole := m.room + "/" + p[2]
		if old, dup := used[p[1]]; dup && old != whole {
			t.Errorf("the number %s is used by %s and %s", p[1], old, whole)
		}
		used[p[1]] = whole
		if p[3] != "" {
			pairs[whole] = append(pairs[whole], p[3])
		}
		if strings.Contains(m.text, "+goose Down") {
			t.Errorf("%s: %s goes back; migrations go forward only", m.room, m.base)
		}
		if !strings.Contains(m.text, "-- +goose Up") {
			t.Errorf("%s: %s has no -- +goose Up", m.room, m.base)
		}
	}
	for whole, engines := range pairs {
		if len(engines) != 2 {
			t.Errorf("%s exists only for %v", whole, engines)
		}
	}
}

// TestSliceFiles: the same file names hold the same things in every slice.
func TestSliceFiles(t *testing.T) {
	bySlice := map[string]map[string]source{}
	for _, s := range allSources(t) {
		if s.dir == "internal/"+s.room && slices.Contains(sliceRooms, s.room) {
			if bySlice[s.room] == nil {
				bySlice[s.room] = map[string]source{}
			}
			bySlice[s.room][s.base] = s
		}
	}
	for _, name := range sliceRooms {
		files := bySlice[name]
		for _, must := range []string{"doc.go", "service.go", "http.go"} {
			if _, ok := files[must]; !ok {
				t.Errorf("%s has no %s", name, must)
			}
		}
		if _, err := os.Stat(filepath.Join(root, "internal", name, "migrations")); err == nil {
			if f, ok := files["migrations.go"]; !ok || !declares(f.ast, "Migrations") {
				t.Errorf("%s: migrations.go should embed Migrations", name)
			}
		}
		for base, s := range files {
			if s.test() {
				continue
			}
			if declares(s.ast, "Service") && base != "service.go" {
				t.Errorf("%s: type Service belongs into service.go", s.path)
			}
			if declaresMethod(s.ast, "Routes") && !strings.HasPrefix(base, "http") {
				t.Errorf("%s: Routes belongs into http.go", s.path)
			}
		}
		if _, err := os.Stat(filepath.Join(root, "internal", name, "pages")); err != nil {
			t.Errorf("%s has no pages of its own: %v", name, err)
		} else if views, _ := filepath.Glob(filepath.Join(root, "internal", name, "pages", "view*.go")); len(views) == 0 {
			t.Errorf("%s/pages has no view*.go", name)
		}
	}
}

func declares(f *ast.File, name string) bool {
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, sp := range g.Specs {
			switch sp := sp.(type) {
			case *ast.TypeSpec:
				if sp.Name.Name == name {
					return true
				}
			case *ast.ValueSpec:
				for _, n := range sp.Names {
					if n.Name == name {
						return true
					}
				}
			}
		}
	}
	return false
}

func declaresMethod(f *ast.File, name string) bool {
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil && fn.Name.Name == name {
			return true
		}
	}
	return false
}

// bagNames are the names of packages that have no subject.
var bagNames = regexp.MustCompile(`^(util|utils|common|helper|helpers|manager|base|misc|types|models|dto|vo|impl)$`)

// TestNames: a package is named after what it is about, and says so.
func TestNames(t *testing.T) {
	documented := map[string]bool{}
	for _, s := range allSources(t) {
		if bagNames.MatchString(s.ast.Name.Name) || bagNames.MatchString(strings.TrimSuffix(s.base, ".go")) {
			t.Errorf("%s: a name without a subject", s.path)
		}
		if s.test() {
			continue
		}
		documented[s.dir] = documented[s.dir] || s.ast.Doc != nil
	}
	for dir, ok := range documented {
		if !ok {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

// TestExportedAreExplained: every exported name has a comment that says what it is.
func TestExportedAreExplained(t *testing.T) {
	for _, s := range allSources(t) {
		if s.test() || s.generated() {
			continue
		}
		for _, d := range s.ast.Decls {
			for _, missing := range undocumented(d) {
				t.Errorf("%s: exported %s has no comment", fset.Position(d.Pos()), missing)
			}
		}
	}
}

// undocumented returns the exported names of a declaration without a comment. In a group one comment
// above serves all.
func undocumented(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) && !wellKnown[d.Name.Name] {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		if d.Doc != nil {
			return nil
		}
		var out []string
		for _, sp := range d.Specs {
			switch sp := sp.(type) {
			case *ast.TypeSpec:
				if sp.Name.IsExported() && sp.Doc == nil {
					out = append(out, sp.Name.Name)
				}
			case *ast.ValueSpec:
				for _, n := range sp.Names {
					if n.IsExported() && sp.Doc == nil && sp.Comment == nil {
						out = append(out, n.Name)
					}
				}
			}
		}
		return out
	}
	return nil
}

// wellKnown are methods whose meaning is fixed by an interface of the standard library.
var wellKnown = map[string]bool{"Error": true, "String": true, "Unwrap": true, "Len": true, "Less": true, "Swap": true, "Read": true, "Close": true, "Write": true, "ServeHTTP": true}

func exportedReceiver(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	typ := f.Recv.List[0].Type
	if p, ok := typ.(*ast.StarExpr); ok {
		typ = p.X
	}
	if g, ok := typ.(*ast.IndexExpr); ok {
		typ = g.X
	}
	id, ok := typ.(*ast.Ident)
	return ok && id.IsExported()
}

// TestWallsAreReal: every reason stands for an edge that the table really forbids.
func TestWallsAreReal(t *testing.T) {
	may := map[string][]string{}
	for _, r := range rooms {
		may[r.name] = r.may
	}
	for _, w := range walls {
		if w.from == "*" || w.to == "*" {
			continue
		}
		if slices.Contains(may[w.from], w.to) {
			t.Errorf("%s → %s is allowed and yet forbidden: %s", w.from, w.to, w.why)
		}
	}
	if got := why("web", "org"); got != "a mechanism knows no capability" {
		t.Errorf("web → org: %s", got)
	}
	if roomOf("internal/law/calendar")+" "+roomOf("internal/org/pages")+" "+roomOf("cmd/fadu") != "calendar org " {
		t.Error("rooms are named wrongly")
	}
}
