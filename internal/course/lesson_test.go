package course

import (
	"context"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// TestSignCode: a code counts while it stands on the screen and a moment longer; another session's does not.
func TestSignCode(t *testing.T) {
	at := time.Date(2026, 9, 1, 1, 0, 0, 0, time.UTC)
	code := CodeAt("甲", at)
	for name, c := range map[string]struct {
		secret string
		after  time.Duration
		want   bool
	}{
		"同一刻":         {"甲", 0, true},
		"换了一次，还在走过来":  {"甲", 45 * time.Second, true},
		"拍照发给没来的人，太晚": {"甲", 90 * time.Second, false},
		"提前用":         {"甲", -30 * time.Second, false},
		"别的面授的码":      {"乙", 0, false},
	} {
		if got := CodeCounts(c.secret, code, at.Add(c.after)); got != c.want {
			t.Errorf("%s：%v", name, got)
		}
	}
	if CodeAt("甲", at) == CodeAt("甲", at.Add(SignStep)) {
		t.Error("半分钟以后码没有换")
	}
}

// TestSignable: from half an hour before the beginning until the end.
func TestSignable(t *testing.T) {
	starts := time.Date(2026, 9, 1, 9, 0, 0, 0, law.Zone)
	for after, want := range map[time.Duration]bool{-31 * time.Minute: false, -30 * time.Minute: true, time.Hour: true, 2 * time.Hour: false} {
		if got := Signable(starts, starts.Add(2*time.Hour), starts.Add(after)); got != want {
			t.Errorf("%s：%v", after, got)
		}
	}
}

// TestAttendance: people sign in once with the code of the moment; what is corrected keeps its reason; visits and people are
// counted apart.
func TestAttendance(t *testing.T) {
	schools(t, func(x *school) {
		ctx := context.Background()
		plan := func(title string) LessonID {
			id, err := x.s.Plan(ctx, x.author, 0, 0, LessonInput{Title: title, Place: "会议室", Starts: x.clock.Now().Add(10 * time.Minute), Ends: x.clock.Now().Add(2 * time.Hour)})
			must(t, err)
			return id
		}
		one, two := plan("第一讲"), plan("第二讲")
		look := func(id LessonID) (Lesson, []Attendance, Headcount) {
			l, there, h, err := x.s.Lesson(ctx, x.author, id)
			must(t, err)
			return l, there, h
		}
		sign := func(id LessonID) error {
			l, _, _ := look(id)
			return x.s.SignIn(ctx, x.pupil, id, CodeAt(l.Secret, x.clock.Now()))
		}
		if err := x.s.SignIn(ctx, x.pupil, one, "AAAAAAAAAA"); !fault.Is(err, fault.Conflict) {
			t.Errorf("猜的码：%v", err)
		}
		must(t, sign(one))
		if err := sign(one); !fault.Is(err, fault.Conflict) {
			t.Errorf("签了两次：%v", err)
		}
		must(t, sign(two))
		must(t, x.s.Enter(ctx, x.author, one, 1, "signer", "", "没带手机"))
		must(t, x.s.Enter(ctx, x.author, one, 2, "", "外单位演示", "来宾"))
		if err := x.s.Enter(ctx, x.author, one, 3, "", "外单位演示", "来宾"); !fault.Is(err, fault.Conflict) {
			t.Errorf("补登两次：%v", err)
		}
		if err := x.s.Enter(ctx, x.author, one, 3, "signer2", "", "写错"); !fault.Is(err, fault.Invalid) {
			t.Errorf("没有的登录名：%v", err)
		}
		if err := x.s.Enter(ctx, x.pupil, one, 3, "writer", "", "替人签"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("学员补登：%v", err)
		}
		_, there, h := look(one)
		if len(there) != 3 || h != (Headcount{3, 3}) {
			t.Errorf("第一讲 %d 条，%+v", len(there), h)
		}
		if _, year, _, _, err := x.s.Lessons(ctx, x.author, ""); err != nil || year != (Headcount{4, 3}) {
			t.Errorf("全年 %+v，应是 4 人次、3 人：%v", year, err)
		}
		must(t, x.s.TakeOut(ctx, x.author, one, 3, there[0].ID, "签错了场"))
		if _, there, h := look(one); h != (Headcount{2, 2}) || !bool(there[0].Gone) || there[0].GoneWhy != "签错了场" {
			t.Errorf("去掉以后 %+v %+v", h, there[0])
		}
		must(t, sign(one)) // after a mistake was taken out, the person may sign in again
		must(t, x.s.Cancel(ctx, x.author, two, 1, "改期"))
		if err := sign(two); !fault.Is(err, fault.Conflict) {
			t.Errorf("取消了还能签：%v", err)
		}
		x.clock.Set(x.clock.Now().Add(3 * time.Hour))
		if err := sign(one); !fault.Is(err, fault.Conflict) {
			t.Errorf("结束以后签：%v", err)
		}
	})
}
