package planted_test

import (
	"bytes"
	"debug/buildinfo"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"fadu/internal/planted"
)

// catcher is a test that must find a planted fault: its package below internal and its name.
type catcher struct{ pkg, test string }

// caught says for each fault which tests find it.
var caught = map[planted.Fault][]catcher{
	planted.NoFsync:         {{"store", "TestSyncedBeforeAcknowledged"}},
	planted.CommitUnchecked: {{"store", "TestNthOperationFails"}},
	planted.KeyForgotten:    {{"store", "TestOnce"}, {"store", "TestOnceInParallel"}},
	planted.StaleAccepted:   {{"store", "TestVersion"}},
	planted.CaseVersion:     {{"casework", "TestCaseChangedInAnotherTab"}},
	planted.EntrySkipped:    {{"ledger", "TestAppendAndHistory"}},
	planted.RowsUnproven:    {{"ledger", "TestRowsAreProven"}},
	planted.WrongLeaf:       {{"ledger", "TestEncoding"}},
	planted.BlobUnsynced:    {{"blob", "TestNameComesLast"}, {"blob", "TestNthStepFails"}},
	planted.BlobUnchecked:   {{"blob", "TestDamage"}},
	planted.RoleForgotten:   {{"access", "TestDoorFollowsMatrix"}},
	planted.TokenUnchecked:  {{"access", "TestDoor"}},
	planted.SessionForever:  {{"access", "TestSessionsEndInTime"}, {"access", "TestSessionsAndTheClock"}},
	planted.CodeTwice:       {{"access", "TestCodeUsedOnce"}},
	planted.FieldUnmasked:   {{"web", "TestMask"}},
	planted.FormulaLet:      {{"web", "TestExcel公式与长数字都是文本"}},
	planted.YearGuessed:     {{"law/calendar", "TestYearNotLoaded"}},
	planted.LimitOff:        {{"law", "TestLimitsByDate"}, {"casework", "TestRules"}},
	planted.NumberReused:    {{"casework", "TestFiftyDrawsAtOnceShareNoNumber"}},
	planted.FigureKept:      {{"indicator", "TestKept"}},
}

// TestEachFaultIsCaught plants one fault at a time: the tests named must fail with it and pass without.
func TestEachFaultIsCaught(t *testing.T) {
	if testing.Short() {
		t.Skip("planted faults are left out with -short")
	}
	if len(planted.All) < 12 {
		t.Errorf("only %d faults", len(planted.All))
	}
	dir := t.TempDir()
	var builds sync.Map
	build := func(pkg string) string {
		b, _ := builds.LoadOrStore(pkg, sync.OnceValue(func() string {
			bin := filepath.Join(dir, strings.ReplaceAll(pkg, "/", "_")+".test")
			if out, err := exec.Command("go", "test", "-c", "-tags", "planted", "-o", bin, "fadu/internal/"+pkg).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", pkg, err, out)
			}
			return bin
		}))
		return b.(func() string)()
	}
	healthy := map[catcher]bool{}
	for _, f := range planted.All {
		if len(caught[f]) == 0 {
			t.Errorf("%s: no test is named that finds it", f)
		}
		for _, c := range caught[f] {
			bin := build(c.pkg)
			if !healthy[c] {
				if ok, out := run(t, bin, c, ""); !ok {
					t.Fatalf("%s %s does not pass without a fault:\n%s", c.pkg, c.test, out)
				}
				healthy[c] = true
			}
			if ok, out := run(t, bin, c, f); ok {
				t.Errorf("%s: %s %s does not find it", f, c.pkg, c.test)
			} else if !strings.Contains(out, "--- FAIL: "+c.test) {
				t.Errorf("%s: %s %s ended without a verdict:\n%s", f, c.pkg, c.test, out)
			}
		}
	}
}

// run runs one test on SQLite and reports whether it passed. A test that is not there is a fault here.
func run(t *testing.T, bin string, c catcher, f planted.Fault) (ok bool, out string) {
	t.Helper()
	cmd := exec.Command(bin, "-test.run", "^"+c.test+"$", "-test.timeout", "5m", "-test.v")
	cmd.Dir = filepath.Join("..", filepath.FromSlash(c.pkg))
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "CI=") }), "FADU_TEST_ENGINES=sqlite", "FADU_PLANTED="+string(f))
	b, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if !bytes.Contains(b, []byte("=== RUN   "+c.test)) {
		t.Fatalf("%s has no test %s", c.pkg, c.test)
	}
	return err == nil, string(b)
}

// TestNoFaultIsInTheProgram: a build as it is released has no tag and no trace of the faults.
func TestNoFaultIsInTheProgram(t *testing.T) {
	for _, f := range planted.All {
		t.Setenv("FADU_PLANTED", string(f))
		if planted.Is(f) {
			t.Errorf("%s is in an ordinary build", f)
		}
	}
	bin := filepath.Join(t.TempDir(), "fadu")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", bin, "fadu/cmd/fadu").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := buildinfo.ReadFile(bin)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range info.Settings {
		if s.Key == "-tags" {
			t.Errorf("built with tags %s", s.Value)
		}
	}
	b, err := os.ReadFile(bin)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b, []byte("FADU_PLANTED")) || bytes.Contains(b, []byte("fadu/internal/planted")) {
		t.Error("the program holds the switch of the planted faults")
	}
}
