package scene

import (
	"fmt"

	"gopkg.in/yaml.v3"

	"fadu/internal/law"
)

// Bounds of a scenario.
const (
	MaxBeats   = 200
	MaxChoices = 12
	MaxGuard   = 256 // characters
	MaxText    = 120 // characters of what is said or chosen
)

// Scenario is one version of a scene.
type Scenario struct {
	ID      string   `yaml:"id"`
	Version int      `yaml:"version"`
	Title   string   `yaml:"title"`
	SetOn   law.Date `yaml:"set_on"` // the day that chooses the law
	// Edition is empty, or 旧法对照 for a scene that is set under a repealed law on purpose.
	Edition string         `yaml:"edition,omitempty"`
	Region  string         `yaml:"region,omitempty"`
	Topics  Texts          `yaml:"topics,omitempty"`
	Roles   Texts          `yaml:"roles,omitempty"`
	Party   Party          `yaml:"party,omitempty"`
	Vars    []Var          `yaml:"vars,omitempty"`
	Facts   map[string]any `yaml:"facts,omitempty"` // what holds when the scene begins
	Toolbar []Choice       `yaml:"toolbar,omitempty"`
	Start   string         `yaml:"start,omitempty"` // the first beat; the first written when empty
	Beats   Beats          `yaml:"beats,omitempty"`
	Events  []Event        `yaml:"events,omitempty"` // may happen in every beat
	Rules   []Rule         `yaml:"rules,omitempty"`
	Rubric  Rubric         `yaml:"rubric,omitempty"`
	Debrief Debrief        `yaml:"debrief,omitempty"`
	Media   []Media        `yaml:"media,omitempty"`
	Sources Texts          `yaml:"sources,omitempty"`
	Todo    Texts          `yaml:"todo,omitempty"` // left open by an import; the linter refuses the scene while a line stands
}

// Party is whom the officer meets.
type Party struct {
	Name    string  `yaml:"name,omitempty"`
	Kind    string  `yaml:"kind,omitempty"` // 公民、个体、法人
	Persona string  `yaml:"persona,omitempty"`
	Figure  string  `yaml:"figure,omitempty"` // how the party is drawn: one of Figures
	Hidden  Texts   `yaml:"hidden_facts,omitempty"`
	Emotion Emotion `yaml:"emotion,omitempty"`
}

// Var is something that varies from session to session. Its value is also a fact of the same name.
type Var struct {
	Name     string `yaml:"name,omitempty"`
	Type     string `yaml:"type,omitempty"`
	Label    string `yaml:"label,omitempty"`
	Init     any    `yaml:"init,omitempty"`
	Variants []any  `yaml:"variants,omitempty"`
}

// Beat is one moment of a scene.
type Beat struct {
	ID        string   `yaml:"id"`
	Speaker   string   `yaml:"speaker,omitempty"`
	Say       Say      `yaml:"say,omitempty"`
	Media     string   `yaml:"media,omitempty"`
	LimitS    float64  `yaml:"limit_s,omitempty"`
	OnTimeout string   `yaml:"on_timeout,omitempty"` // a choice of the beat: silence is a choice too
	OnEnter   Effects  `yaml:"on_enter,omitempty"`
	Expect    Texts    `yaml:"expect,omitempty"` // tools that this moment calls for
	Choices   []Choice `yaml:"choices,omitempty"`
	Events    []Event  `yaml:"events,omitempty"`
	End       *End     `yaml:"end,omitempty"`
}

// End kinds.
const (
	EndSuccess   = "成功"
	EndMishandle = "处置不当"
	EndEscalate  = "升级"
	EndAbort     = "中止"
)

// End says how the scene ends in a beat.
type End struct {
	Kind string `yaml:"kind,omitempty"`
}

// Choice is something to say or do in a beat, or a tool of the toolbar.
type Choice struct {
	ID      string  `yaml:"id"`
	Text    string  `yaml:"text,omitempty"`
	Hidden  bool    `yaml:"hidden,omitempty"` // only silence leads here
	When    string  `yaml:"when,omitempty"`
	Once    bool    `yaml:"once,omitempty"`
	CostS   float64 `yaml:"cost_s,omitempty"`
	Effects Effects `yaml:"effects,omitempty"`
	Goto    string  `yaml:"goto,omitempty"`
	Stay    bool    `yaml:"stay,omitempty"`
	Quality string  `yaml:"quality,omitempty"`
	Why     string  `yaml:"why,omitempty"`
	Refs    Texts   `yaml:"article_refs,omitempty"`
	Better  string  `yaml:"better,omitempty"`
	// Act is the legal act that the choice amounts to, in the words of the rules; the law is asked about it.
	Act string `yaml:"act,omitempty"`
	// Paper is the kind of paper that is filled in here; what the element checker misses comes with the act.
	Paper string `yaml:"paper,omitempty"`
	Slots []Slot `yaml:"slots,omitempty"`
}

// Slot is a part of free text that should contain one of some phrases.
type Slot struct {
	ID    string `yaml:"id"`
	Label string `yaml:"label,omitempty"`
	AnyOf Texts  `yaml:"any_of,omitempty"`
}

// qualities of a choice, the best first.
var qualities = []string{"优", "良", "可", "差", "禁"}

// Event happens by itself, once in a session.
type Event struct {
	ID      string  `yaml:"id"`
	AfterS  float64 `yaml:"after_s,omitempty"` // since the beat began
	When    string  `yaml:"when,omitempty"`
	Say     string  `yaml:"say,omitempty"`
	Goto    string  `yaml:"goto,omitempty"`
	Effects Effects `yaml:"effects,omitempty"`
}

// Effect is what a choice, an event or a beat does. It is data: nothing in it is computed.
type Effect struct {
	Emotion       float64            `yaml:"emotion,omitempty"`
	Facts         map[string]any     `yaml:"facts,omitempty"`
	Evidence      Texts              `yaml:"evidence,omitempty"`
	Document      Texts              `yaml:"document,omitempty"`
	Score         map[string]float64 `yaml:"score,omitempty"`
	Fatal         Texts              `yaml:"fatal,omitempty"`
	Misconception Texts              `yaml:"misconception,omitempty"`
	Event         Texts              `yaml:"event,omitempty"`
}

// The kinds of rule that a scene may watch.
const (
	RuleLaw        = "law"        // a rule of the case engine, by its id
	RulePrecedence = "precedence" // First is done before any of Then
	RuleRequires   = "requires"   // whoever does one of Then has all of Needs
	RuleForbid     = "forbid"     // none of Then is done
	RuleDeadline   = "deadline"   // after First, one of Then within so many seconds
)

// The weights of a violation.
const (
	Fatal = "fatal"
	Major = "major"
	Minor = "minor"
)

// Rule watches what is done, not the graph of beats.
type Rule struct {
	ID       string  `yaml:"id"`
	Kind     string  `yaml:"kind,omitempty"` // law when empty
	Name     string  `yaml:"name,omitempty"`
	First    string  `yaml:"first,omitempty"`
	Then     Texts   `yaml:"then,omitempty"`
	Needs    Texts   `yaml:"needs,omitempty"`
	WithinS  float64 `yaml:"within_s,omitempty"`
	Dim      string  `yaml:"dim,omitempty"`
	Points   float64 `yaml:"points,omitempty"`
	Severity string  `yaml:"severity,omitempty"` // major when empty
	Refs     Texts   `yaml:"article_refs,omitempty"`
}

// Rubric weighs the dimensions.
type Rubric struct {
	Weights  map[string]float64 `yaml:"weights,omitempty"`
	Pass     float64            `yaml:"pass,omitempty"`
	FatalCap float64            `yaml:"fatal_cap,omitempty"`
	Curve    Curve              `yaml:"curve,omitempty"`
}

// Curve is what the course of the party's mood earns in communication: ending no higher than it began, and the
// share of time spent below anger.
type Curve struct {
	End  float64 `yaml:"end,omitempty"`
	Calm float64 `yaml:"calm,omitempty"`
}

// Debrief is what is said afterwards.
type Debrief struct {
	Summary   string     `yaml:"summary,omitempty"`
	Court     []Need     `yaml:"court,omitempty"`
	Questions []Question `yaml:"questions,omitempty"`
}

// Need is something that the file must show if it comes to court.
type Need struct {
	Has  string `yaml:"has,omitempty"`
	When string `yaml:"when,omitempty"` // needed only if so
	Text string `yaml:"text,omitempty"`
	Refs Texts  `yaml:"article_refs,omitempty"`
}

// Question is a short question that goes into spaced repetition.
type Question struct {
	Ask    string `yaml:"ask,omitempty"`
	Answer string `yaml:"answer,omitempty"`
	Refs   Texts  `yaml:"article_refs,omitempty"`
}

// Media is a picture or sound by name.
type Media struct {
	ID   string `yaml:"id"`
	Kind string `yaml:"kind,omitempty"`
	Alt  string `yaml:"alt,omitempty"`
	Art  string `yaml:"art,omitempty"` // how a backdrop is drawn: one of Backdrops
}

// Texts is a list that may be written as one text.
type Texts []string

// UnmarshalYAML reads a text or a list of texts.
func (t *Texts) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		if n.Tag == "!!null" {
			return nil
		}
		*t = Texts{n.Value}
		return nil
	}
	var list []string
	if err := n.Decode(&list); err != nil {
		return err
	}
	*t = list
	return nil
}

// Effects may be written as one effect or a list.
type Effects []Effect

// UnmarshalYAML reads an effect or a list of effects.
func (e *Effects) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.MappingNode {
		var one Effect
		if err := known(n, "emotion", "facts", "evidence", "document", "score", "fatal", "misconception", "event"); err != nil {
			return err
		}
		if err := n.Decode(&one); err != nil {
			return err
		}
		*e = Effects{one}
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return fmt.Errorf("第 %d 行：effects 应是对象或者列表", n.Line)
	}
	for _, c := range n.Content {
		var one Effects
		if err := one.UnmarshalYAML(c); err != nil {
			return err
		}
		*e = append(*e, one...)
	}
	return nil
}

// known refuses keys that are not of the list: a node decoded by itself would let them pass.
func known(n *yaml.Node, keys ...string) error {
	for i := 0; i+1 < len(n.Content); i += 2 {
		found := false
		for _, k := range keys {
			found = found || n.Content[i].Value == k
		}
		if !found {
			return fmt.Errorf("第 %d 行：不认识“%s”", n.Content[i].Line, n.Content[i].Value)
		}
	}
	return nil
}

// Say is what is said: one text, or one for each band of mood.
type Say map[string]string

// UnmarshalYAML reads a text, a list of lines or a text for each band.
func (s *Say) UnmarshalYAML(n *yaml.Node) error {
	switch n.Kind {
	case yaml.ScalarNode:
		*s = Say{"": n.Value}
		return nil
	case yaml.SequenceNode:
		var lines []string
		if err := n.Decode(&lines); err != nil {
			return err
		}
		text := ""
		for _, l := range lines {
			text += l
		}
		*s = Say{"": text}
		return nil
	}
	var by map[string]string
	if err := n.Decode(&by); err != nil {
		return err
	}
	*s = by
	return nil
}

// In returns what is said in a band: its own text, else that of the next calmer band, else any.
func (s Say) In(band string) string {
	at := 0
	for i, b := range Bands {
		if b == band {
			at = i
		}
	}
	for i := at; i >= 0; i-- {
		if t, ok := s[Bands[i]]; ok {
			return t
		}
	}
	if t, ok := s[""]; ok {
		return t
	}
	for i := at + 1; i < len(Bands); i++ {
		if t, ok := s[Bands[i]]; ok {
			return t
		}
	}
	return ""
}

// Beats are the beats in the order in which they are written.
type Beats []Beat

// UnmarshalYAML reads a list of beats, or beats by their ids.
func (b *Beats) UnmarshalYAML(n *yaml.Node) error {
	var nodes []*yaml.Node
	var ids []string
	switch n.Kind {
	case yaml.SequenceNode:
		nodes = n.Content
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			ids, nodes = append(ids, n.Content[i].Value), append(nodes, n.Content[i+1])
		}
	default:
		return fmt.Errorf("第 %d 行：beats 应是列表或者对象", n.Line)
	}
	for i, c := range nodes {
		var beat beatNode
		if err := beat.read(c); err != nil {
			return err
		}
		if ids != nil {
			if beat.ID != "" && beat.ID != ids[i] {
				return fmt.Errorf("第 %d 行：节拍“%s”里的 id 写成“%s”", c.Line, ids[i], beat.ID)
			}
			beat.ID = ids[i]
		}
		*b = append(*b, Beat(beat))
	}
	return nil
}

type beatNode Beat

func (b *beatNode) read(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("第 %d 行：节拍应是对象", n.Line)
	}
	if err := known(n, "id", "speaker", "say", "media", "limit_s", "on_timeout", "on_enter", "expect", "choices", "events", "end"); err != nil {
		return err
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		var keys []string
		switch n.Content[i].Value {
		case "choices":
			keys = choiceKeys
		case "events":
			keys = []string{"id", "after_s", "when", "say", "goto", "effects"}
		}
		if keys == nil || n.Content[i+1].Kind != yaml.SequenceNode {
			continue
		}
		for _, c := range n.Content[i+1].Content {
			if err := known(c, keys...); err != nil {
				return err
			}
		}
	}
	return n.Decode((*Beat)(b))
}

var choiceKeys = []string{"id", "text", "hidden", "when", "once", "cost_s", "effects", "goto", "stay", "quality", "why", "article_refs", "better", "act", "paper", "slots"}
