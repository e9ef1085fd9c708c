package casework

import (
	"testing"

	"fadu/internal/law"
)

// What of a case's money is open follows from its state, its fine and what was paid.
func TestBalanceOf(t *testing.T) {
	for _, c := range []struct {
		name            string
		state           State
		fine, paid      law.Money
		owing, surplus  law.Money
		beforeDelivered bool
	}{
		{"交付后一分未缴：全额应缴（处罚法六十七）", Delivered, law.Yuan(150), 0, law.Yuan(150), 0, false},
		{"缴了一部分：余额应缴", Delivered, law.Yuan(150), law.Yuan(50), law.Yuan(100), 0, false},
		{"缴清：没有余额", Delivered, law.Yuan(150), law.Yuan(150), 0, 0, false},
		{"变更后罚款减少：多缴的退还（处罚法七十五）", Delivered, law.Yuan(100), law.Yuan(150), 0, law.Yuan(50), false},
		{"结案后发现多缴：退还", Closed, law.Yuan(100), law.Yuan(200), 0, law.Yuan(100), false},
		{"结案的不再应缴", Closed, law.Yuan(100), 0, 0, 0, false},
		{"撤销决定：已缴的全部退还", Revoked, law.Yuan(150), law.Yuan(150), 0, law.Yuan(150), false},
		{"撤销前没有缴过：没有余额", Revoked, law.Yuan(150), 0, 0, 0, false},
		{"没有交付：还不应缴", Issued, law.Yuan(150), 0, 0, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			one := &Case{ID: 1, State: c.state, Penalty: Penalty{Amount: c.fine}, DeliveredAt: 1}
			if c.beforeDelivered {
				one.DeliveredAt = 0
			}
			if b := balanceOf(one, c.paid, 0); b.Owing != c.owing || b.Surplus != c.surplus {
				t.Errorf("应缴 %s、多缴 %s，应为 %s、%s", b.Owing, b.Surplus, c.owing, c.surplus)
			}
		})
	}
}

// Confiscated gains are reckoned apart from the fine (行政处罚法第七十四条第二款).
func TestBalanceOfGains(t *testing.T) {
	for _, c := range []struct {
		name          string
		state         State
		gains, paid   law.Money
		open, surplus law.Money
	}{
		{"决定没收，一分未缴", Delivered, law.Yuan(800), 0, law.Yuan(800), 0},
		{"催告以后缴了一部分", Demanded, law.Yuan(800), law.Yuan(300), law.Yuan(500), 0},
		{"缴清", Enforcing, law.Yuan(800), law.Yuan(800), 0, 0},
		{"变更后没收减少：多缴的退还", Delivered, law.Yuan(500), law.Yuan(800), 0, law.Yuan(300)},
		{"撤销决定：全部退还", Revoked, law.Yuan(800), law.Yuan(800), 0, law.Yuan(800)},
	} {
		t.Run(c.name, func(t *testing.T) {
			one := &Case{ID: 1, State: c.state, Penalty: Penalty{Gains: c.gains}, DeliveredAt: 1}
			if b := balanceOf(one, 0, c.paid); b.Gains != c.open || b.Surplus != c.surplus || b.Owing != 0 {
				t.Errorf("应缴 %s、多缴 %s、罚款应缴 %s，应为 %s、%s、0", b.Gains, b.Surplus, b.Owing, c.open, c.surplus)
			}
		})
	}
}
