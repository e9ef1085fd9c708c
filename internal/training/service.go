package training

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/training/scene"
)

// Paper is a paper that a scene asks for: the lines to fill in, and what the law finds missing in them.
type Paper struct {
	Lines []PaperLine
	Lacks func(values map[string]string) []string
}

// PaperLine is a line of a paper.
type PaperLine struct {
	Name, Label, Hint string
	Long              bool
}

// Deps are what the slice needs.
type Deps struct {
	DB    *store.DB
	Units *access.Service
	Judge *law.Judge
	// Paper finds the form and the element checker of real papers by the name of the paper.
	Paper func(name string) (Paper, bool)
	// Papers are the names of the papers that it finds.
	Papers []string
	// Questions are what practice asks; nil functions stand for what comes with the program.
	Questions Questions
	// Earn enters learning points for what the session did; nil enters none.
	Earn func(tx *store.Tx, by access.Session, e Earned) error
	// Draw draws the seed of a run; nil draws at random.
	Draw func() (int64, error)
}

// Service is the only way into this slice, for pages and calls alike.
type Service struct {
	Deps
	plays sync.Map // SceneID → *scene.Play
	lints sync.Map // DraftID → checked
}

// New returns the slice.
func New(d Deps) *Service {
	if d.Draw == nil {
		d.Draw = drawSeed
	}
	if d.Questions.On == nil || d.Questions.Of == nil {
		d.Questions = programQuestions()
	}
	return &Service{Deps: d}
}

// play is the scene ready to be played; versions never change, so each is compiled once.
func (s *Service) play(x Scene) (*scene.Play, error) {
	if p, ok := s.plays.Load(x.ID); ok {
		return p.(*scene.Play), nil
	}
	parsed, err := scene.Parse([]byte(x.Content))
	if err != nil {
		return nil, fmt.Errorf("training: scene %s: %w", x.ID, err)
	}
	p, err := scene.Compile(parsed, s.Judge)
	if err != nil {
		return nil, fmt.Errorf("training: scene %s: %w", x.ID, err)
	}
	s.plays.Store(x.ID, p)
	return p, nil
}

// BeginInput opens a run.
type BeginInput struct {
	Scene string `json:"scene" doc:"情景的编号"`
	Mode  Mode   `json:"mode" enum:"practice,test" doc:"practice 练习，test 考核"`
}

// Begin opens a run of the newest version in use. The seed is drawn: what varies in the scene, and the order of what can
// be said, is another each time.
func (s *Service) Begin(ctx context.Context, by access.Session, in BeginInput) (RunID, error) {
	if err := takes(by); err != nil {
		return 0, err
	}
	if in.Mode != Practice && in.Mode != Test {
		return 0, fault.InvalidField("mode", "请选择练习还是考核")
	}
	seed, err := s.Draw()
	if err != nil {
		return 0, err
	}
	at, _, err := s.DB.Once(ctx, by.Once(kindBegun, in), func(tx *store.Tx) (string, error) {
		x, err := offered(tx, in.Scene)
		if err != nil {
			return "", err
		}
		r := &Run{Scene: x.ID, Mode: in.Mode, Seed: seed}
		err = s.open(tx, by, r, map[string]any{"scene": x.Code, "number": x.Number, "title": x.Title, "mode": modeLabels[in.Mode], "seed": seed})
		return r.URL(), err
	})
	return RunID(store.IDAt(at)), err
}

// drawSeed draws a seed that JSON numbers keep whole; never 0, which is the author's own order.
func drawSeed() (int64, error) {
	var b [8]byte
	_, err := rand.Read(b[:])
	return int64(binary.BigEndian.Uint64(b[:])>>12) + 1, err
}

func takes(by access.Session) error {
	_, err := by.Require(access.TrainingTake)
	return err
}

func (s *Service) open(tx *store.Tx, by access.Session, r *Run, data map[string]any) error {
	now := store.Micros(tx.Now)
	r.ID, r.Account, r.Name, r.Levels, r.State = RunID(store.NewID()), by.Account(), by.Name(), by.Unit().Levels(), Running
	r.BegunAt, r.LastAt = now, now
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindBegun, Subject: r.Subject(), Unit: int64(r.UnitID), Data: data})
	if err != nil {
		return err
	}
	r.Entry = int64(entry)
	return insert(tx, r)
}

// See works out where a run of the account stands.
func (s *Service) See(ctx context.Context, by access.Session, id RunID) (x Session, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		r, err := ownRun(tx, by.Account(), id)
		if err == nil {
			x, err = s.session(tx, r)
		}
		return err
	})
	return x, err
}

// Look is See for whoever may see the results of the run's unit.
func (s *Service) Look(ctx context.Context, by access.Session, id RunID) (x Session, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		r, err := runOf(tx, id)
		if err != nil {
			return err
		}
		if r.Account != by.Account() {
			if err := by.ScopeFor(access.TrainingRead).Check(r.Levels, nounRun); err != nil {
				return err
			}
		}
		x, err = s.session(tx, r)
		return err
	})
	return x, err
}

func (s *Service) session(tx *store.Tx, r Run) (Session, error) {
	out := Session{Run: r}
	var err error
	if out.Scene, err = sceneOf(tx, r.Scene); err != nil {
		return out, err
	}
	if out.Play, err = s.play(out.Scene); err != nil {
		return out, err
	}
	if out.acts, err = actsOf(tx, r.ID); err != nil {
		return out, err
	}
	acts := make([]scene.Act, len(out.acts))
	for i, a := range out.acts {
		if acts[i], err = a.act(); err != nil {
			return out, err
		}
	}
	out.State, out.Log, err = out.Play.Replay(uint64(r.Seed), acts)
	return out, err
}

// ActInput is what the officer does next. Seq is the number of acts that the page showed; RTT how many milliseconds the
// page took to arrive.
type ActInput struct {
	Seq    int               `json:"seq" doc:"画面上已经做了几步"`
	Action string            `json:"action" doc:"选择或者工具的编号；沉默、等待也是动作"`
	Words  string            `json:"words,omitempty" doc:"要说的话，选择有要点时"`
	Paper  map[string]string `json:"paper,omitempty" doc:"选择要填文书时，各行写的内容"`
	RTT    int64             `json:"rtt_ms,omitempty" doc:"上一个画面在路上的毫秒数，最多算两秒"`
}

const (
	maxWords = 1000
	maxRTT   = 2 * time.Second
	maxPause = 24 * time.Hour
)

// Act does the next act of a run. The same act sent again for the same number is done once; another one for a number that
// is past is refused.
func (s *Service) Act(ctx context.Context, by access.Session, id RunID, in ActInput) error {
	if err := takes(by); err != nil {
		return err
	}
	_, _, err := s.DB.Once(ctx, by.Once(kindActed, []any{id, in}), func(tx *store.Tx) (string, error) {
		r, err := ownRun(tx, by.Account(), id)
		if err != nil {
			return "", err
		}
		x, err := s.session(tx, r)
		if err != nil {
			return "", err
		}
		if n := len(x.acts); n > 0 && in.Seq == n-1 && x.acts[n-1].Action == in.Action {
			return r.URL(), nil
		}
		if !x.open() {
			return "", fault.New(fault.Conflict, "这次演练%s，不能再往下做。可以再练一次", runLabels[r.State])
		}
		if in.Seq != r.Seq {
			return "", fault.New(fault.Conflict, "画面已经往前走了，这一步没有算。请照现在的画面再选")
		}
		return r.URL(), s.do(tx, by, x, in)
	})
	return err
}

func (s *Service) do(tx *store.Tx, by access.Session, x Session, in ActInput) error {
	r := x.Run
	act, err := s.actOf(x, in)
	if err != nil {
		return err
	}
	pause := tx.Now.Sub(store.FromMicros(r.LastAt)) - min(time.Duration(max(in.RTT, 0))*time.Millisecond, maxRTT)
	ms := min(max(pause, 0), maxPause).Milliseconds()
	act.Dt = float64(ms) / 1000
	state, entry, err := x.Play.Do(x.State, act)
	if err != nil {
		return fault.New(fault.Conflict, "%s。请照现在的画面再选", err)
	}
	r.Seq++
	r.LastAt = store.Micros(tx.Now)
	data := map[string]any{"seq": r.Seq, "action": act.Action, "beat": entry.Beat, "quality": entry.Quality}
	if state.End != "" {
		s.finish(&r, x.Play, state)
		data["outcome"], data["score"], data["passed"] = r.Outcome, r.Points(), bool(r.Passed)
	}
	input, err := json.Marshal(act.Input)
	if err != nil {
		return err
	}
	missing, err := json.Marshal(act.Missing)
	if err != nil {
		return err
	}
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindActed, Subject: r.Subject(), Unit: int64(r.UnitID), Data: data})
	if err != nil {
		return err
	}
	r.Entry = int64(e)
	if err := insert(tx, &sent{Run: r.ID, Seq: r.Seq, Action: act.Action, Input: string(input), Missing: string(missing), Dt: ms, At: r.LastAt, Entry: r.Entry}); err != nil {
		return err
	}
	if r.State == Done {
		x.Log = append(x.Log, entry)
		if err := s.remember(tx, by, x, r.Entry); err != nil {
			return err
		}
		// A run that repeats another from the middle shows what a change of mind would have brought: it earns nothing.
		if bool(r.Passed) && r.AgainOf == 0 {
			if err := s.earn(tx, by, Earned{ByScene, strconv.Itoa(tx.Today().Year()) + "/" + x.Scene.Code, x.Scene.Title, r.URL(), r.Entry}); err != nil {
				return err
			}
		}
	}
	return saveRun(tx, &r)
}

// finish puts down how a run ended.
func (s *Service) finish(r *Run, p *scene.Play, state scene.State) {
	score := p.Score(state)
	r.State, r.EndedAt, r.Outcome = Done, r.LastAt, state.End
	r.Score, r.Passed, r.Fatal = int64(score.Final*100+0.5), store.Flag(score.Passed), strings.Join(score.Fatal, "、")
}

// actOf reads what was sent: words stand for every point that the choice wants said, a paper goes to the element checker.
func (s *Service) actOf(x Session, in ActInput) (scene.Act, error) {
	act := scene.Act{Action: in.Action}
	c := x.Play.Choice(x.State.Beat, in.Action)
	if c == nil {
		return act, nil
	}
	if len([]rune(in.Words)) > maxWords {
		return act, fault.InvalidField("words", "要说的话最多 %d 个字", maxWords)
	}
	if len(c.Slots) > 0 {
		if strings.TrimSpace(in.Words) == "" {
			return act, fault.InvalidField("words", "请写下您要说的话")
		}
		act.Input = map[string]string{}
		for _, slot := range c.Slots {
			act.Input[slot.ID] = in.Words
		}
	}
	if c.Paper == "" || s.Paper == nil {
		return act, nil
	}
	if paper, ok := s.Paper(c.Paper); ok {
		for name, text := range in.Paper {
			known := slices.ContainsFunc(paper.Lines, func(l PaperLine) bool { return l.Name == name })
			if !known || len([]rune(text)) > maxWords {
				return act, fault.InvalidField(name, "《%s》没有这一行，或者超过了 %d 个字", c.Paper, maxWords)
			}
		}
		act.Missing = paper.Lacks(in.Paper)
	}
	return act, nil
}

// Again takes a practice run up from before one of its acts: a new run with the same seed.
func (s *Service) Again(ctx context.Context, by access.Session, id RunID, seq int) (RunID, error) {
	if err := takes(by); err != nil {
		return 0, err
	}
	at, _, err := s.DB.Once(ctx, by.Once("training.again", []any{id, seq}), func(tx *store.Tx) (string, error) {
		r, err := ownRun(tx, by.Account(), id)
		if err != nil {
			return "", err
		}
		acts, err := actsOf(tx, id)
		switch {
		case err != nil:
			return "", err
		case r.Mode != Practice:
			return "", fault.New(fault.Conflict, "考核不能从中间重来。可以另开一次练习")
		case seq < 1 || seq > len(acts):
			return "", fault.New(fault.Invalid, "没有第 %d 步，不能从这里重来", seq)
		}
		n := &Run{Scene: r.Scene, Mode: Practice, Seed: r.Seed, AgainOf: r.ID, AgainFrom: seq, Seq: seq - 1}
		if err := s.open(tx, by, n, map[string]any{"again_of": r.ID.String(), "from": seq}); err != nil {
			return "", err
		}
		for _, a := range acts[:seq-1] {
			a.Run, a.At, a.Entry = n.ID, n.BegunAt, n.Entry
			if err := insert(tx, &a); err != nil {
				return "", err
			}
		}
		return n.URL(), nil
	})
	return RunID(store.IDAt(at)), err
}

// Leave ends a run without a result.
func (s *Service) Leave(ctx context.Context, by access.Session, id RunID) error {
	if err := takes(by); err != nil {
		return err
	}
	_, _, err := s.DB.Once(ctx, by.Once(kindLeft, id), func(tx *store.Tx) (string, error) {
		r, err := ownRun(tx, by.Account(), id)
		if err != nil {
			return "", err
		}
		if r.State != Running {
			return "", fault.New(fault.Conflict, "这次演练%s，不用再退出", runLabels[r.State])
		}
		r.State, r.EndedAt = Left, store.Micros(tx.Now)
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindLeft, Subject: r.Subject(), Unit: int64(r.UnitID), Data: map[string]any{"seq": r.Seq}})
		if err != nil {
			return "", err
		}
		r.Entry = int64(e)
		return Path, saveRun(tx, &r)
	})
	return err
}
