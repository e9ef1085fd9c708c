package access

import (
	"context"
	"log/slog"
	"time"

	"fadu/internal/fault"
)

// guessRate is how many public codes that nothing belongs to one place may ask about in a minute. Somebody
// who reads a code off a paper is wrong once or twice; the next minute all of an office can ask again.
const guessRate = 20

// guessing counts the wrong codes of a request's place.
type guessing struct {
	rates *rates
	log   *slog.Logger
	now   func() time.Time
	who   Session
}

type guessKey struct{}

func (g *guessing) key() string { return "guess/" + place(g.who.ip) }

// MayGuess is asked before a code that anybody may ask about is looked up: TooMany, whatever the code, when
// the request's place has asked about too many that are none. Who is signed in is never held up, and nobody
// for longer than a minute.
func MayGuess(ctx context.Context) error {
	g, _ := ctx.Value(guessKey{}).(*guessing)
	if g == nil || g.who.SignedIn() {
		return nil
	}
	wait := g.rates.left(g.key(), guessRate, g.now())
	if wait <= 0 {
		return nil
	}
	late := fault.New(fault.TooMany, "这个网络地址查了太多不存在的验证码，请过 %d 秒再查。急用请打电话向本机关核实", int(wait.Seconds())+1)
	late.After = wait
	return late
}

// Guessed counts a code that nothing belongs to.
func Guessed(ctx context.Context) {
	g, _ := ctx.Value(guessKey{}).(*guessing)
	if g == nil || g.who.SignedIn() {
		return
	}
	if g.rates.take(g.key(), guessRate, g.now()) && g.rates.left(g.key(), guessRate, g.now()) > 0 {
		g.log.WarnContext(ctx, "access: too many wrong codes, slowed for the minute", "place", place(g.who.ip))
	}
}
