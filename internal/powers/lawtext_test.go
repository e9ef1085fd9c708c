package powers

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// statuteFile is a fictional law of a title with articles, in force from a day.
func statuteFile(title, number, since string, articles ...string) []byte {
	var b strings.Builder
	b.WriteString(title + "\n（2020年1月1日全国人民代表大会常务委员会通过　" + number + "　自" + since + "起施行）\n第一章　总则\n")
	for i, a := range articles {
		b.WriteString(Article{No: i + 1}.Han() + "　" + a + "\n")
	}
	return []byte(b.String())
}

func importText(t *testing.T, s *Service, content []byte) draft.BatchID {
	t.Helper()
	id, err := s.drafts.Upload(context.Background(), console, "power.texts", "法规.txt", content)
	must(t, err)
	return id
}

func TestImportStatute(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		ctx := context.Background()
		id := importText(t, s, statuteFile("演示市公园条例", "演示令第3号", "2024年3月1日", "为了管理公园，制定本条例。", "禁止下列行为：\n（一）擅自摆卖；\n（二）攀折花木。"))
		_, err := s.drafts.Publish(ctx, console, id)
		must(t, err)
		hits := view(t, s, func(tx *store.Tx) ([]ArticleHit, error) { return s.SearchArticles(tx, "摆卖", law.Date{}, 10) })
		if len(hits) != 1 || hits[0].Number != "第二条" || hits[0].From != day("2024-03-01") {
			t.Fatalf("两个字的词查到 %+v", hits)
		}
		if early := view(t, s, func(tx *store.Tx) ([]ArticleHit, error) { return s.SearchArticles(tx, "摆卖", day("2024-02-29"), 10) }); len(early) != 0 {
			t.Errorf("施行以前的日子不该查到：%+v", early)
		}
		// 修改后的一版：旧版到前一日为止，按日期各看各的。
		id = importText(t, s, statuteFile("演示市公园条例", "演示令第9号", "2026年1月1日", "为了管理公园，制定本条例。", "禁止擅自露营。"))
		_, err = s.drafts.Publish(ctx, console, id)
		must(t, err)
		for on, want := range map[string]string{"2025-12-31": "擅自摆卖", "2026-01-01": "擅自露营"} {
			got := view(t, s, func(tx *store.Tx) (string, error) {
				_, x, _, err := versionOn(tx, "演示市公园条例", day(on))
				if err != nil {
					return "", err
				}
				l, _, err := articleLine(tx, x.ID, Article{No: 2})
				return l.Text, err
			})
			if !strings.Contains(got, want) {
				t.Errorf("%s 的第二条：%q", on, got)
			}
		}
	})
}

func TestStatuteDoubts(t *testing.T) {
	both(t, true, func(t *testing.T, s *Service) {
		ctx := context.Background()
		text := "演示市公园条例\n第一章　\n第二条　甲。\n第二条　乙。\n第六条　丙。\n"
		id := importText(t, s, []byte(text))
		if _, err := s.drafts.Publish(ctx, console, id); !fault.Is(err, fault.Invalid) {
			t.Fatalf("有疑点的批次不能发布：%v", err)
		}
		faults, err := s.faultsOf(ctx, console, id)
		must(t, err)
		all := ""
		for _, f := range faults {
			all += f.String() + "\n"
		}
		for _, want := range []string{"请填写文号", "请填写施行日期", "请填写制定机关", "缺标题", "重复", "这一条没有内容"} {
			if !strings.Contains(all, want) {
				t.Errorf("没有点名“%s”：\n%s", want, all)
			}
		}
	})
}

func TestLawChangeFlagsCiting(t *testing.T) {
	desks(t, func(d *desk) {
		d.s.Link(Links{Citing: func() []Citing {
			return []Citing{
				{Kind: AffectedRule, Ref: "R-1", Label: "规则一", Law: "演示市市容条例", Articles: Articles{{No: 59, Para: 1}}},
				{Kind: AffectedRule, Ref: "R-2", Label: "规则二", Law: "演示市市容条例", Articles: Articles{{No: 3}}},
				{Kind: AffectedText, Ref: "T-1", Label: "决定书", Law: "别的条例"},
			}
		}})
		ctx := context.Background()
		p := d.item("YS-001", "2026-11-21")
		article := p.Penalty.Articles[0]
		var id LawID
		for _, l := range view(t, d.s, func(tx *store.Tx) ([]LawText, error) { return d.s.Laws(tx, "演示市市容条例", law.Date{}) }) {
			id = l.ID
		}
		in := LawChangeInput{Kind: LawAmended, EffectiveOn: "2026-12-01", Document: "修正案", Articles: Article{No: article.No}.Han() + "、第五十九条"}
		if err := d.s.ChangeLaw(ctx, d.who["he.fa"], id, in); !fault.Is(err, fault.Forbidden) {
			t.Errorf("由法制科登记：%v", err)
		}
		must(t, d.s.ChangeLaw(ctx, d.who["fa.zhi"], id, in))
		list := view(t, d.s, func(tx *store.Tx) ([]Affected, error) {
			return d.s.AffectedList(tx, AffectedFilter{State: AffectedPending, Source: SourceLaw}, 0, 500)
		})
		got := map[string]bool{}
		for _, a := range list {
			got[string(a.Kind)+" "+a.Ref] = true
		}
		for want, there := range map[string]bool{"item YS-001@" + p.ValidFrom.String(): true, "rule R-1": true, "rule R-2": false, "text T-1": false} {
			if got[want] != there {
				t.Errorf("%s 在列：%v；共 %d 条", want, got[want], len(list))
			}
		}
		tasks := view(t, d.s, func(tx *store.Tx) ([]Task, error) { return d.s.Tasks(tx, d.who["fa.zhi"]) })
		if len(tasks) != 1 || tasks[0].Href != affectedPath {
			t.Errorf("待办：%+v", tasks)
		}
		d.verified()
	})
}

func TestLawPages(t *testing.T) {
	s := newSite(t)
	legal, officer := s.visitor("fa.zhi"), s.visitor("zhi.fa")
	adoptCodes(t, s.s, "2025-01-01", "YS-001")
	articles := make([]string, 86)
	for i := range articles {
		articles[i] = "这是演示用的条文，第" + itoa(i+1) + "条。\n第二款。\n（一）一项；\n（二）二项。"
	}
	_, err := s.s.drafts.Publish(context.Background(), console, importText(t, s.s, statuteFile("中华人民共和国行政处罚法", "演示令第1号", "2021年7月15日", articles...)))
	must(t, err)
	status, _, location := legal.head("/w/laws?cite=XZCF-58-2-1")
	if status != http.StatusSeeOther || !strings.HasSuffix(location, "/58#k2-x1") {
		t.Fatalf("引用应到条文：%d %s", status, location)
	}
	if href := s.s.CiteHref(context.Background(), law.Cite("XZCF", 58, 2, 1), day("2026-11-21")); href != location {
		t.Errorf("页面上的引用 %q，应为 %q", href, location)
	}
	if href := s.s.CiteHref(context.Background(), law.Cite("XZCF", 58), day("2021-07-14")); href != "" {
		t.Errorf("那天没有条文，不该有链接：%q", href)
	}
	path, _, _ := strings.Cut(location, "#")
	for name, c := range map[string]struct {
		path string
		has  []string
	}{
		"条文":   {path, []string{"第五十八条", `id="k2-x1"`, "上一条", "下一条", "第一章 总则"}},
		"全文":   {path[:strings.LastIndex(path, "/")], []string{`id="a58"`, "第八十六条", "登记修改、废止"}},
		"查条文":  {"/w/laws/search?q=" + url.QueryEscape("演示用"), []string{"第五十八条", "行政处罚法"}},
		"没有条文": {"/w/laws?cite=STHJ-1132-3", []string{"第一千一百三十二条第三款"}},
		"受影响":  {"/w/powers/affected", []string{"受影响"}},
		"指南":   {"/powers/YS-001", []string{"外部流程图", "普通程序", "文字说明"}},
	} {
		status, body := legal.get(c.path)
		if status != http.StatusOK {
			t.Errorf("%s：%d", name, status)
		}
		for _, text := range c.has {
			if !strings.Contains(body, text) {
				t.Errorf("%s没有“%s”", name, text)
			}
		}
	}
	if status, _ := officer.get("/powers/CG-020"); status != http.StatusNotFound {
		t.Errorf("没有采用的事项不公开：%d", status)
	}
	guide := guideURL("YS-001")
	if status, body := legal.submit(guide, guide, "seen", "0", "contact", "", "remedy", ""); status != http.StatusUnprocessableEntity || !strings.Contains(body, "咨询电话") {
		t.Errorf("没有电话的指南：%d", status)
	}
	if status, _ := legal.submit(guide, guide, "seen", "0", "contact", "12319", "remedy", "六十日内复议", "steps", "受理｜窗口｜当日\n答复"); status != http.StatusSeeOther {
		t.Errorf("公布指南：%d", status)
	}
	if _, body := officer.get("/powers/YS-001"); !strings.Contains(body, "12319") || !strings.Contains(body, ">受理<") || strings.Contains(body, "普通程序") {
		t.Error("门户上应是自己的指南和步骤")
	}
	if status, _ := legal.submit(guide, guide, "seen", "0", "contact", "1", "remedy", "2"); status != http.StatusConflict {
		t.Errorf("看的是旧版本的指南：%d", status)
	}
}

// head asks without following a redirect and returns where it leads.
func (v *visitor) head(path string) (int, string, string) {
	v.t.Helper()
	res, err := v.c.Get(v.url + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode, res.Status, res.Header.Get("Location")
}

func TestDistribution(t *testing.T) {
	var cases []SimilarCase
	for _, m := range []string{"100", "120", "180", "200", "200"} {
		amount, err := law.ParseMoney(m)
		must(t, err)
		cases = append(cases, SimilarCase{Amount: amount})
	}
	d := DistributionOf(cases)
	n := 0
	for _, b := range d.Buckets {
		n += b.Count
	}
	if d.Count != 5 || n != 5 || d.Median.Grouped() != "180" || d.Min.Grouped() != "100" || d.Max.Grouped() != "200" {
		t.Errorf("%+v", d)
	}
	if DistributionOf(nil).Count != 0 || len(DistributionOf(cases[:1]).Buckets) != 1 {
		t.Error("没有案件或者只有一件")
	}
}

func TestChartOf(t *testing.T) {
	c := ChartOf(Adjusting)
	main := []string{}
	for _, n := range c.Nodes {
		if !n.Side {
			main = append(main, n.Label)
		}
	}
	if got := strings.Join(main, "→"); got != "待法制核→待备案→已备案，待生效→已生效" {
		t.Errorf("主线 %s", got)
	}
	phone := narrow(c, "n")
	if len(phone.Boxes) != len(c.Nodes) || len(phone.Paths) != len(phone.Heads) {
		t.Errorf("手机上的图少了步骤：%+v", phone)
	}
	// 360 像素宽的手机上图有 290 像素左右：比它窄的图，字不会比写的小。
	if phone.Width > 290 {
		t.Errorf("手机上的图宽 %d", phone.Width)
	}
	for i, b := range phone.Boxes {
		if b.X+b.W > phone.Width || i > 0 && b.Y < phone.Boxes[i-1].Y+phone.Boxes[i-1].H {
			t.Errorf("“%s”出界或者压住上一格：%+v", b.Label, b)
		}
	}
	v := drawing(c, "c")
	if len(v.Boxes) != len(c.Nodes) || len(v.Words) != len(c.Nodes) || len(v.Paths) != len(v.Heads) {
		t.Errorf("%+v", v)
	}
}
