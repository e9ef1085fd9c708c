package trial

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fadu/internal/app"
	"fadu/internal/law/identity"
)

// office is everybody who works in a trial, signed in.
type office struct {
	lead, assist, clerk, cashier *person
	leader, head                 *person // of the squad, of the bureau
	leadID, assistID             string  // the officers' person ids
	books                        *books
	serial                       atomic.Int64
	mark                         string // makes the marks of a trial its own
	stop                         atomic.Bool
}

// newOffice signs the people in; the server must be running.
func newOffice(t testing.TB, ctx context.Context, b *bureau, mark string) *office {
	t.Helper()
	o := &office{mark: mark, books: &books{}}
	for login, p := range map[string]**person{"officer102": &o.lead, "officer103": &o.assist, "clerk": &o.clerk, "cashier": &o.cashier, "leader1": &o.leader, "head": &o.head} {
		*p = newPerson(b.url(), login)
		if err := (*p).signIn(ctx); err != nil {
			t.Fatal(err)
		}
	}
	ids, err := officers()
	if err != nil {
		t.Fatal(err)
	}
	o.leadID, o.assistID = ids[0], ids[1]
	return o
}

// officers are the person ids of the two, which the template gave them.
var officers = sync.OnceValues(func() (ids [2]string, err error) {
	a, err := app.Open(context.Background(), app.Config{Data: made, Base: "http://localhost", Clock: now, NoSync: true})
	if err != nil {
		return ids, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	for i, login := range []string{"officer102", "officer103"} {
		s, err := a.Access.SessionFor(context.Background(), login)
		if err != nil {
			return ids, err
		}
		ids[i] = fmt.Sprint(s.Person())
	}
	return ids, nil
})

// next is a mark that nobody used before: the idempotency key of an act, and what its record says.
func (o *office) next() string { return fmt.Sprintf("%s%06d", o.mark, o.serial.Add(1)) }

// work does cases with so many hands, every third of the ordinary procedure, until stopped; every act that was begun is done to its answer.
func (o *office) work(ctx context.Context, hands int) func() error {
	var all sync.WaitGroup
	errs := make(chan error, hands)
	for i := range hands {
		all.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), 99))
			for turn := i; !o.stop.Load() && ctx.Err() == nil; turn++ {
				do := o.oneCase
				if turn%3 == 0 {
					do = o.ordinaryCase
				}
				if err := do(ctx, r); err != nil && !errors.Is(err, errStopped) {
					errs <- err
					return
				}
			}
		})
	}
	return func() error {
		all.Wait()
		close(errs)
		var out error
		for err := range errs {
			out = errors.Join(out, err)
		}
		return out
	}
}

// errStopped ends a case in the middle because the trial is over.
var errStopped = errors.New("stopped")

// aCase is one case on its way.
type aCase struct {
	o   *office
	ctx context.Context
	head
	err error
}

// oneCase goes from the lead to the closed case, as the officers, the cashier and the clerk do.
func (o *office) oneCase(ctx context.Context, r *rand.Rand) error {
	c := &aCase{o: o, ctx: ctx}
	c.register(r)
	c.act(o.lead, "officers", "", map[string]any{"lead": o.leadID, "assist": o.assistID})
	c.step("show_id", "")
	c.party()
	c.photo(r)
	c.step("measure", "2")
	c.step("footage", "DSJ-0217")
	c.act(o.lead, "propose", "", map[string]any{
		"act_from": today(), "fact_text": "当事人在人行道摆摊，占用2平方米", "facts_clear": true, "power_code": "YS-001", "fine": true, "amount": 100, "metric": "2",
		"corrected": true, "harm": "none", "no_exemption": "占用面积超过清单所列", "pay_by": "code",
	})
	for _, s := range [][2]string{{"tell", ""}, {"hear", ""}, {"review", ""}, {"correct", "on_spot"}} {
		c.step(s[0], s[1])
	}
	c.decide()
	c.sign(o.lead, "lead", r)
	c.sign(o.assist, "assist", r)
	c.sign(o.lead, "party", r)
	c.refresh()
	c.act(o.lead, "deliver", "", map[string]any{"at": now().Format(time.RFC3339Nano)})
	c.pay()
	c.act(o.clerk, "file", "", map[string]any{})
	c.act(o.clerk, "close", "", map[string]any{"note": ""})
	return c.err
}

// clockText is the time as pages ask for it.
func clockText() string { return now().In(workday.Location()).Format("2006-01-02T15:04") }

func today() string { return now().In(workday.Location()).Format(time.DateOnly) }

// going reports whether the next act is to be begun.
func (c *aCase) going() bool {
	if c.err == nil && (c.o.stop.Load() || c.ctx.Err() != nil) {
		c.err = errStopped
	}
	return c.err == nil
}

// register uses the page's form.
func (c *aCase) register(r *rand.Rand) {
	if !c.going() {
		return
	}
	if r.IntN(2) == 0 {
		key := c.o.next()
		c.head, c.err = c.o.lead.api(c.ctx, "/leads", key, map[string]any{"source": "patrol", "found_at": now().Format(time.RFC3339Nano), "place": "青石路8号门前", "area": "990107", "summary": key})
		c.note(ack{kind: "lead", key: key, mark: key, once: true})
		return
	}
	fields, err := c.o.lead.open(c.ctx, "/w/cases/new", "/w/cases/new")
	if c.err = err; err != nil {
		return
	}
	mark := c.o.next()
	fields["source"], fields["area"], fields["place"], fields["summary"] = "patrol", "990107", "青石路8号门前", mark
	fields["found_at"] = clockText()
	var done reply
	if done, c.err = c.o.lead.form(c.ctx, "/w/cases/new", fields, nil); c.err != nil {
		return
	}
	c.ID = idOf(done.location)
	c.note(ack{kind: "lead", mark: mark})
	c.refresh()
}

// idOf takes the record's number from its address.
func idOf(location string) string {
	const before = "/w/cases/"
	if len(location) <= len(before) {
		return ""
	}
	id := location[len(before):]
	for i, r := range id {
		if r < '0' || r > '9' {
			return id[:i]
		}
	}
	return id
}

func (c *aCase) refresh() {
	if c.err == nil {
		c.head, c.err = c.o.lead.look(c.ctx, c.ID)
	}
}

// note remembers what was acknowledged.
func (c *aCase) note(a ack) {
	if c.err == nil {
		a.id = c.ID
		c.o.books.add(a)
	}
}

// act posts to the API. mark is what the record says, if it can say something.
func (c *aCase) act(by *person, what, mark string, body map[string]any) {
	if !c.going() {
		return
	}
	key := mark
	if key == "" {
		key = c.o.next()
	}
	body["version"] = c.Version
	var h head
	if h, c.err = by.api(c.ctx, "/cases/"+c.ID+"/"+what, key, body); c.err != nil {
		return
	}
	c.head = h
	kind := what
	if what == "steps" {
		kind = "step"
	}
	c.note(ack{kind: kind, key: key, mark: mark, once: true})
}

func (c *aCase) step(kind, detail string) {
	mark := c.o.next()
	c.act(c.o.lead, "steps", mark, map[string]any{"kind": kind, "text": mark, "detail": detail})
}

// party is another person in every case, so that nobody offends twice.
func (c *aCase) party() {
	n := c.o.serial.Add(1)
	number := fmt.Sprintf("990107%d%02d%02d%03d", 1960+n/300_000, 1+n/25_000%12, 1+n/1000%25, n%1000)
	c.act(c.o.lead, "party", "", map[string]any{"kind": "citizen", "name": "演示·当事人", "id_kind": "resident_id", "id_number": number + identity.ResidentCheckChar(number), "address": "演示区（演示）", "identity_basis": "card_seen"})
}

// photo uploads by the page's form.
func (c *aCase) photo(r *rand.Rand) {
	if !c.going() {
		return
	}
	action := "/w/cases/" + c.ID + "/photos"
	fields, err := c.o.lead.open(c.ctx, "/w/cases/"+c.ID+"?step=photo", action)
	if c.err = err; err != nil {
		return
	}
	mark, image := c.o.next(), picture(r)
	fields["caption"], fields["place"], fields["taken_at"] = mark, "青石路8号门前", clockText()
	if _, c.err = c.o.lead.form(c.ctx, action, fields, image); c.err != nil {
		return
	}
	c.note(ack{kind: "photo", mark: mark, digest: digest(image)})
	c.refresh()
}

func (c *aCase) decide() {
	c.act(c.o.lead, "decide", "", map[string]any{})
	if c.err != nil {
		return
	}
	if c.Decision == nil || c.Decision.DocNo == "" {
		c.err = fmt.Errorf("案件 %s 作出了决定却没有文号", c.ID)
		return
	}
	c.note(ack{kind: "paper", docNo: c.Decision.DocNo, paper: c.Decision.ID, digest: c.Decision.Digest})
}

func (c *aCase) sign(by *person, role string, r *rand.Rand) {
	if !c.going() {
		return
	}
	key := c.o.next()
	_, c.err = by.api(c.ctx, "/cases/"+c.ID+"/sign", key, map[string]any{"paper": c.Decision.ID, "role": role, "method": "drawn", "image": picture(r)})
	c.note(ack{kind: "sign", key: key, paper: c.Decision.ID, role: role, once: true})
}

func (c *aCase) pay() {
	mark := c.o.next()
	c.act(c.o.cashier, "pay", mark, map[string]any{"channel": "code", "amount": 100, "paid_on": today(), "reference": mark})
}

// picture is a small photograph, different every time.
func picture(r *rand.Rand) []byte {
	img := image.NewGray(image.Rect(0, 0, 48, 32))
	for i := range img.Pix {
		img.Pix[i] = color.Gray{Y: uint8(r.Uint32())}.Y
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // into memory
	return b.Bytes()
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
