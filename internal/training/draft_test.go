package training

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
	"fadu/internal/training/scene"
	"fadu/internal/training/scenes"
)

func fileOf(t *testing.T, code string) string {
	t.Helper()
	files, err := scenes.Files()
	must(t, err)
	i := slices.IndexFunc(files, func(f scenes.File) bool { return f.Scenario.ID == code })
	return files[i].Text
}

// draft reads a draft as it stands.
func draft(t *testing.T, s *Service, by access.Session, id DraftID) Manuscript {
	t.Helper()
	d, _, err := s.Draft(context.Background(), by, id)
	must(t, err)
	return d
}

// submitted makes a version of a file that waits for approval.
func submitted(t *testing.T, s *Service, by access.Session, text string) SceneID {
	t.Helper()
	id, err := s.Import(context.Background(), by, []byte(text))
	must(t, err)
	must(t, s.Submit(context.Background(), by, id, 1))
	return draft(t, s, by, id).Scene
}

// TestImportTwee: a story becomes a draft, and what it could not bring along stands in its way until it is written.
func TestImportTwee(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, _ *testkit.Clock) {
		ctx := context.Background()
		story := ":: StoryTitle\n夜市一角\n:: 到场 [卢大姐]\n<<set $a to 1>>我就卖一会儿。\n[[先问候->走了]]\n:: 走了 [成功]\n她笑了。\n"
		if _, err := s.Import(ctx, by, []byte(":: 到场\n[[先问候->\n")); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "第 2 行") {
			t.Errorf("没有写完的链接：%v", err)
		}
		id, err := s.Import(ctx, by, []byte(story))
		must(t, err)
		d := draft(t, s, by, id)
		faults, err := s.DraftFaults(d)
		must(t, err)
		said := fmt.Sprint(faults)
		for _, want := range []string{"第 3 行：“到场”里的<<set>>没有带过来", "没有写为什么", "设定日期"} {
			if !strings.Contains(said, want) {
				t.Errorf("没有说“%s”：%s", want, said)
			}
		}
		if err := s.Submit(ctx, by, id, 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("没有写完的草稿可以送审：%v", err)
		}
		x, err := d.Scenario()
		must(t, err)
		for _, f := range faults {
			if at := x.Locate(f); at.Part == scene.PartCheck {
				t.Errorf("“%s”不知道在哪里改", f)
			}
		}
	})
}

// TestImport: what cannot be read is refused; what cannot be played is a draft that says so; what passes is submitted,
// approved and played, and replaced by the next version.
func TestImport(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		ctx := context.Background()
		text := fileOf(t, "street_vendor")
		for name, bad := range map[string]string{"空的": "", "不认识的一项": "id: x\nfoo: 1\n", "没有编号": "title: x\n"} {
			if _, err := s.Import(ctx, by, []byte(bad)); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s：%v", name, err)
			}
		}
		for name, bad := range map[string]string{
			"去处不存在": strings.Replace(text, "goto: 接近", "goto: 没有这一节", 1), "条件写错": strings.ReplaceAll(text, "emotion >= 85", "emotoin >= 85"),
			"没有画好的人物": strings.Replace(text, "figure: 摊主", "figure: 外星人", 1), "没有理由": strings.Replace(text, "why: 执法全过程记录从接触当事人之前开始, ", "", 1),
		} {
			id, err := s.Import(ctx, by, []byte(bad))
			must(t, err)
			if err := s.Submit(ctx, by, id, 1); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s可以送审：%v", name, err)
			}
		}
		id := submitted(t, s, by, strings.Replace(text, "title: 放学铃前", "title: 放学铃前新编", 1))
		running := begin(t, s, by, clock, Practice)
		must(t, s.Publish(ctx, by, id, 1))
		if x := begin(t, s, by, clock, Practice).see(); x.Scene.Number != 2 || x.Scene.Title != "放学铃前新编" {
			t.Errorf("新的一版没有用上：%+v", x.Scene)
		}
		if x := running.see(); x.Scene.Number != 1 {
			t.Errorf("正在练的换了版本：%d", x.Scene.Number)
		}
		must(t, s.End(ctx, by, id, 2, "条文要改"))
		if x := begin(t, s, by, clock, Practice).see(); x.Scene.Number != 1 {
			t.Errorf("停用以后应当回到上一版，是第 %d 版", x.Scene.Number)
		}
		if err := s.End(ctx, by, id, 2, "再停"); !fault.IsStale(err) {
			t.Errorf("旧页面：%v", err)
		}
	})
}

// TestImportJSON: a scene in JSON is kept as it was read, with signs that JSON writes as pairs.
func TestImportJSON(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, _ *testkit.Clock) {
		id, err := s.Import(context.Background(), by, []byte(`{"id":"j","version":9,"title":"\u5c0f\ud83d\ude00","set_on":"2026-09-01","beats":{"b":{"say":"x","choices":[{"id":"c","text":"t","stay":true}]}}}`))
		must(t, err)
		d := draft(t, s, by, id)
		if x, err := d.Scenario(); err != nil || d.Title != "小😀" || x.Beats[0].Choices[0].Text != "t" {
			t.Errorf("%+v %v", d, err)
		}
	})
}

// TestCopiesOfTheProgram: each scene of the program, copied as the bureau's own, says the same and passes the linter.
func TestCopiesOfTheProgram(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, _ *testkit.Clock) {
		ctx := context.Background()
		all, err := s.Scenes(ctx, by)
		must(t, err)
		x := all[0]
		if _, err := s.Copy(ctx, by, x.ID, false); !fault.Is(err, fault.Conflict) {
			t.Errorf("随程序的情景改出了新的一版：%v", err)
		}
		id, err := s.Copy(ctx, by, x.ID, true)
		must(t, err)
		d := draft(t, s, by, id)
		if d.Code == x.Code || !strings.HasPrefix(d.Title, x.Title) {
			t.Errorf("%+v", d)
		}
		if faults, err := s.DraftFaults(d); err != nil || len(faults) > 0 {
			t.Errorf("%v %v", faults, err)
		}
	})
}

// TestDraftIsSaved: a stale save does nothing, saves of the page by itself count as one, every save can be gone back to.
func TestDraftIsSaved(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, clock *testkit.Clock) {
		ctx := context.Background()
		id, err := s.Make(ctx, by, NewDraft{Title: "夜市", SetOn: draftDay, Party: "老张", Figure: "青年", Place: "街边"})
		must(t, err)
		name := func(version int64, title string, auto bool) error {
			clock.Advance(1e9)
			return s.Edit(ctx, by, id, Change{Version: version, What: "基本情况", Auto: auto, Body: title}, func(x *scene.Scenario) error { x.Title = title; return nil })
		}
		must(t, name(1, "夜市一", false))
		if err := name(1, "夜市二", false); !fault.IsStale(err) {
			t.Errorf("旧页面：%v", err)
		}
		must(t, name(2, "夜", true))
		must(t, name(3, "夜市", true))
		must(t, name(4, "夜市三", true))
		d, saves, err := s.Draft(ctx, by, id)
		must(t, err)
		if d.Title != "夜市三" || d.Revision != 3 || len(saves) != 3 {
			t.Fatalf("自动保存的三次应当算一次：%+v", saves)
		}
		must(t, s.Restore(ctx, by, id, d.Version, undoTo(saves)))
		d, saves, _ = s.Draft(ctx, by, id)
		if d.Title != "夜市一" {
			t.Errorf("撤销一次：%s", d.Title)
		}
		must(t, s.Restore(ctx, by, id, d.Version, undoTo(saves)))
		d, saves, _ = s.Draft(ctx, by, id)
		if d.Title != "夜市" || undoTo(saves) != 0 {
			t.Errorf("再撤销一次：%s，还能撤销到 %d", d.Title, undoTo(saves))
		}
		must(t, s.Restore(ctx, by, id, d.Version, 3))
		d = draft(t, s, by, id)
		if d.Title != "夜市三" {
			t.Errorf("回到第三次：%s", d.Title)
		}
		must(t, s.Drop(ctx, by, id, d.Version, "不写了"))
		if err := name(d.Version+1, "还改", false); !fault.Is(err, fault.Conflict) {
			t.Errorf("作废以后还能改：%v", err)
		}
	})
}

// TestReturned: a version that is returned opens its draft again, one that is withdrawn is not approved any more.
func TestReturned(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, by access.Session, _ *testkit.Clock) {
		ctx := context.Background()
		id, err := s.Import(ctx, by, []byte(fileOf(t, "shop_sign")))
		must(t, err)
		must(t, s.Submit(ctx, by, id, 1))
		first := draft(t, s, by, id)
		if err := s.Edit(ctx, by, id, Change{Version: first.Version, What: "改"}, func(*scene.Scenario) error { return nil }); !fault.Is(err, fault.Conflict) {
			t.Errorf("送审以后还能改：%v", err)
		}
		if err := s.Return(ctx, by, first.Scene, 1, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("退回没有理由：%v", err)
		}
		must(t, s.Return(ctx, by, first.Scene, 1, "第三节说得太硬"))
		d := draft(t, s, by, id)
		if d.State != Writing || d.Returned != "第三节说得太硬" {
			t.Errorf("%+v", d)
		}
		must(t, s.Submit(ctx, by, id, d.Version))
		second := draft(t, s, by, id)
		must(t, s.Withdraw(ctx, by, id, second.Version))
		if err := s.Publish(ctx, by, second.Scene, 2); !fault.Is(err, fault.Conflict) {
			t.Errorf("撤回的批准了：%v", err)
		}
		d = draft(t, s, by, id)
		must(t, s.Submit(ctx, by, id, d.Version))
		third := draft(t, s, by, id)
		must(t, s.Publish(ctx, by, third.Scene, 1))
		if d = draft(t, s, by, id); d.State != Finished {
			t.Errorf("%+v", d)
		}
		must(t, ledger.Sequence(ctx, s.DB))
		testkit.View(t, s.DB, func(tx *store.Tx) error {
			own, err := wrote(tx, id, by.Account())
			if !own {
				t.Error("不知道谁写过")
			}
			return err
		})
	})
}

var draftDay = law.MustDate("2026-06-09")

// TestSecondPerson: who wrote any of a scene does not approve it.
func TestSecondPerson(t *testing.T) {
	ground(t, func(t *testing.T, s *Service, system access.Session, _ *testkit.Clock) {
		ctx := context.Background()
		units, err := access.New(s.DB, access.Options{})
		must(t, err)
		root, err := units.AddUnit(ctx, system, access.UnitInput{Name: "演示局", Code: "B", From: law.MustDate("2020-01-01")})
		must(t, err)
		account := func(login string, person int64, roles ...access.Role) access.Session {
			_, err := units.CreateAccount(ctx, system, access.AccountInput{Login: login, Name: "演示·" + login, Person: person, Unit: root, Roles: roles, Password: "Yanshi-Scene-77-draft", Settled: true})
			must(t, err)
			out, err := units.SessionFor(ctx, login)
			must(t, err)
			return out
		}
		writer, signer, both := account("writer", 1, access.Trainer), account("signer", 2, access.LegalAffairs), account("both", 3, access.Trainer, access.LegalAffairs)
		id, err := s.Import(ctx, writer, []byte(fileOf(t, "street_vendor")))
		must(t, err)
		must(t, s.Edit(ctx, both, id, Change{Version: 1, What: "基本情况"}, func(x *scene.Scenario) error { x.Title += "二"; return nil }))
		must(t, s.Submit(ctx, writer, id, 2))
		waits := draft(t, s, writer, id).Scene
		for name, err := range map[string]error{"写的人": s.Publish(ctx, writer, waits, 1), "改过的人": s.Publish(ctx, both, waits, 1), "改过的人退回": s.Return(ctx, both, waits, 1, "改")} {
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s：%v", name, err)
			}
		}
		if _, err := s.Make(ctx, signer, NewDraft{Title: "x", SetOn: draftDay, Party: "x", Figure: "青年", Place: "街边"}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("只能批准的人写了情景：%v", err)
		}
		must(t, s.Publish(ctx, signer, waits, 1))
	})
}
