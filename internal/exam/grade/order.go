package grade

import (
	"errors"
	"fmt"
	"slices"
)

// OrderPolicy says what an order gives that is not exactly the key.
type OrderPolicy string

// The policies of orders. Precedence is the default: the law fixes only which step must come before which.
const (
	OrderPrecedence OrderPolicy = "precedence" // share of the pairs that the law puts in order
	OrderExact      OrderPolicy = "exact"
	OrderPosition   OrderPolicy = "position" // share of steps in their place
	OrderAdjacent   OrderPolicy = "adjacent" // share of neighbours that follow each other
	OrderKendall    OrderPolicy = "kendall"  // share of all pairs in their order
	OrderLCS        OrderPolicy = "lcs"      // longest run of steps in order, over the number of steps
)

// OrderPolicies are the policies of orders, the default first.
var OrderPolicies = []OrderPolicy{OrderPrecedence, OrderExact, OrderPosition, OrderAdjacent, OrderKendall, OrderLCS}

// MaxSteps bounds the steps of an order.
const MaxSteps = 200

// Order is a question that asks for steps in their order. Without Precedence the neighbours of the key are
// the pairs. A Fatal pair the wrong way round gives nothing, whatever else is right.
type Order struct {
	Policy     OrderPolicy
	Key        []string
	Precedence [][2]string
	Fatal      [][2]string
	Points     float64
}

func (o Order) check(answer []string) error {
	if err := checkPoints(o.Points); err != nil {
		return err
	}
	if len(o.Key) == 0 || len(o.Key) > MaxSteps {
		return fmt.Errorf("排序题应有 1 至 %d 步", MaxSteps)
	}
	if !slices.Contains(OrderPolicies, o.Policy) {
		return fmt.Errorf("没有“%s”这种计分方式，可用的有：%s", o.Policy, joined(OrderPolicies))
	}
	if d := duplicate(o.Key); d != "" {
		return fmt.Errorf("答案里“%s”有两次", d)
	}
	if d := duplicate(answer); d != "" {
		return fmt.Errorf("作答里“%s”有两次", d)
	}
	for _, a := range answer {
		if !slices.Contains(o.Key, a) {
			return fmt.Errorf("作答里的“%s”不是题中的步骤", a)
		}
	}
	for _, p := range slices.Concat(o.Precedence, o.Fatal) {
		if !slices.Contains(o.Key, p[0]) || !slices.Contains(o.Key, p[1]) {
			return fmt.Errorf("“%s”在“%s”之前：不是题中的步骤", p[0], p[1])
		}
		if slices.Index(o.Key, p[0]) >= slices.Index(o.Key, p[1]) {
			return errors.New("答案自己不合“" + p[0] + "在" + p[1] + "之前”，请核对")
		}
	}
	return nil
}

func duplicate(ss []string) string {
	seen := map[string]bool{}
	for _, s := range ss {
		if seen[s] {
			return s
		}
		seen[s] = true
	}
	return ""
}

// Score marks an answer; steps left out are missing from their pairs and places.
func (o Order) Score(answer []string) (float64, error) {
	if err := o.check(answer); err != nil {
		return 0, err
	}
	at := map[string]int{}
	for i, a := range answer {
		at[a] = i + 1
	}
	// A later step without its earlier one is as much out of order as before it.
	for _, p := range o.Fatal {
		if at[p[1]] > 0 && (at[p[0]] == 0 || at[p[0]] > at[p[1]]) {
			return 0, nil
		}
	}
	n, d := o.right(answer, at)
	return share(o.Points, n, d), nil
}

// right counts what the policy counts, and of how many.
func (o Order) right(answer []string, at map[string]int) (n, d int) {
	switch o.Policy {
	case OrderExact:
		if slices.Equal(answer, o.Key) {
			return 1, 1
		}
		return 0, 1
	case OrderPosition:
		for i, k := range o.Key {
			if at[k] == i+1 {
				n++
			}
		}
		return n, len(o.Key)
	case OrderLCS:
		return common(o.Key, answer), len(o.Key)
	case OrderAdjacent:
		return o.pairs(neighbours(o.Key), at, func(a, b int) bool { return b == a+1 })
	case OrderKendall:
		var all [][2]string
		for i, a := range o.Key {
			for _, b := range o.Key[i+1:] {
				all = append(all, [2]string{a, b})
			}
		}
		return o.pairs(all, at, func(a, b int) bool { return a < b })
	}
	pairs := o.Precedence
	if len(pairs) == 0 {
		pairs = neighbours(o.Key)
	}
	return o.pairs(pairs, at, func(a, b int) bool { return a < b })
}

// pairs counts the pairs that hold; an order of one step has none and is right when the step is there.
func (o Order) pairs(pairs [][2]string, at map[string]int, holds func(a, b int) bool) (n, d int) {
	if len(pairs) == 0 {
		return min(at[o.Key[0]], 1), 1
	}
	for _, p := range pairs {
		if at[p[0]] > 0 && at[p[1]] > 0 && holds(at[p[0]], at[p[1]]) {
			n++
		}
	}
	return n, len(pairs)
}

func neighbours(key []string) (out [][2]string) {
	for i := 1; i < len(key); i++ {
		out = append(out, [2]string{key[i-1], key[i]})
	}
	return out
}

// common is the length of the longest common subsequence.
func common(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// Match marks pairs: each right pair counts alike or, when all must be right, all or nothing.
func Match(key, answer map[string]string, all bool, points float64) (float64, error) {
	if err := checkPoints(points); err != nil {
		return 0, err
	}
	if len(key) == 0 {
		return 0, errors.New("配对题没有答案")
	}
	n := 0
	for left, right := range key {
		if got, ok := answer[left]; ok && got == right {
			n++
		}
	}
	if all && n < len(key) {
		n = 0
	}
	return share(points, n, len(key)), nil
}
