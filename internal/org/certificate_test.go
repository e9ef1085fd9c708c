package org

import (
	"slices"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/law"
)

func day(s string) law.Date { return law.MustDate(s) }

// card is valid 2024-03-01 – 2027-02-28 in 990107, with the checks of 2024 and 2025 passed.
func card(change func(*Card)) Card {
	c := Card{
		Certificate: Certificate{ID: 1, Number: "99010700001", Kind: EnforcementCertificate, Areas: []Area{{"990107", "演示市演示区"}}, ValidTo: day("2027-02-28")},
		Validities:  []Validity{{From: day("2024-03-01"), To: day("2027-02-28")}},
		Checks:      []AnnualCheck{{Year: 2025, Result: CheckPassed, CheckedOn: day("2026-01-20")}},
	}
	if change != nil {
		change(&c)
	}
	return c
}

func TestCardOnADay(t *testing.T) {
	for _, c := range []struct {
		name   string
		on     string
		area   string
		change func(*Card)
		valid  bool
		covers bool
		reason string
	}{
		{"有效期第一天", "2024-03-01", "990107", nil, true, true, ""},
		{"有效期前一天", "2024-02-29", "990107", nil, false, true, "不在有效期内"},
		{"有效期最后一天", "2027-02-28", "990107", func(c *Card) {
			c.Checks = append(c.Checks, AnnualCheck{Year: 2026, Result: CheckPassed, CheckedOn: day("2027-01-10")})
		}, true, true, ""},
		{"有效期过后一天", "2027-03-01", "990107", nil, false, true, "已于2027年2月28日到期"},
		{"暂扣第一天", "2026-05-10", "990107", suspended, false, true, "自2026年5月10日起暂扣"},
		{"暂扣最后一天", "2026-05-20", "990107", suspended, false, true, "暂扣"},
		{"暂扣前一天", "2026-05-09", "990107", suspended, true, true, ""},
		{"发还当天", "2026-05-21", "990107", suspended, true, true, ""},
		{"撤销了的暂扣不算", "2026-05-15", "990107", func(c *Card) { suspended(c); c.Suspensions[0].Annulled = true }, true, true, ""},
		{"收回前一天", "2026-06-30", "990107", revoked, true, true, ""},
		{"收回当天", "2026-07-01", "990107", revoked, false, true, "已于2026年7月1日收回"},
		{"收回前的行为，后来查看", "2026-03-02", "990107", revoked, true, true, ""},
		{"换证空档", "2026-06-15", "990107", renewedWithGap, false, true, "已于2026年5月31日到期"},
		{"换证后", "2026-07-01", "990107", renewedWithGap, true, true, ""},
		{"下级区划", "2026-03-02", "990107001", nil, true, true, ""},
		{"外区", "2026-03-02", "990108", nil, true, false, "执法区域是990107 演示市演示区，不含990108"},
		{"按名称的地点", "2026-03-02", "演示市演示区和平街道", nil, true, true, ""},
		{"地点未定时不看区域", "2026-03-02", "", nil, true, true, ""},
		{"监督证不能办案", "2026-03-02", "990107", func(c *Card) { c.Kind = SupervisionCertificate }, false, true, "监督证"},
		{"审验不合格", "2026-03-02", "990107", func(c *Card) { c.Checks[0].Result = CheckFailed }, false, true, "2025 年度审验不合格"},
		{"审验结果出来之前", "2026-01-19", "990107", func(c *Card) { c.Checks[0].Result = CheckFailed }, true, true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := card(c.change).On(day(c.on), c.area, DefaultPractice)
			if s.Valid != c.valid || s.AreaCovers != c.covers {
				t.Fatalf("%+v", s)
			}
			if text := strings.Join(s.Reasons, "；"); !strings.Contains(text, c.reason) || c.reason == "" && text != "" {
				t.Fatalf("reasons %q, want %q", text, c.reason)
			}
		})
	}
}

func suspended(c *Card) {
	c.Suspensions = []Suspension{{From: day("2026-05-10"), Until: day("2026-05-20"), Reason: "停职调查"}}
}

func revoked(c *Card) { c.RevokedOn, c.RevokedHow = day("2026-07-01"), "收回" }

func renewedWithGap(c *Card) {
	c.Validities = []Validity{{From: day("2024-03-01"), To: day("2026-05-31")}, {From: day("2026-07-01"), To: day("2031-06-30")}}
}

func TestAnnualCheckMissing(t *testing.T) {
	none := func(c *Card) { c.Checks = nil }
	strict := Practice{CheckRefuses, 3, 31}
	for _, c := range []struct {
		name     string
		on       string
		practice Practice
		change   func(*Card)
		valid    bool
		warned   bool
	}{
		{"默认提示，不拦", "2026-04-01", DefaultPractice, none, true, true},
		{"截止日当天还不算缺", "2026-03-31", DefaultPractice, none, true, false},
		{"本局设为视同无证", "2026-04-01", strict, none, false, false},
		{"本局设为不提示", "2026-04-01", Practice{CheckIgnored, 3, 31}, none, true, false},
		{"审验过的没有提示", "2026-04-01", DefaultPractice, nil, true, false},
		{"当年新发的证不用审验", "2025-04-01", strict, none, true, false},
		{"未参加的要提示", "2026-04-01", DefaultPractice, func(c *Card) { c.Checks[0].Result = CheckMissed }, true, true},
		{"补上以后的年度合格也算", "2026-04-01", strict, func(c *Card) {
			c.Checks = []AnnualCheck{{Year: 2026, Result: CheckPassed, CheckedOn: day("2026-03-01")}}
		}, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := card(c.change).On(day(c.on), "990107", c.practice)
			if s.Valid != c.valid || (len(s.Warnings) > 0) != c.warned {
				t.Fatalf("%+v", s)
			}
		})
	}
}

func TestStatus(t *testing.T) {
	base := func(change func(*dossier)) dossier {
		d := dossier{
			Person:    Person{ID: 7, Name: "演示·甲"},
			Postings:  []Posting{{Kind: OfficerStaff, Post: "队员", From: day("2024-01-01"), Levels: access.Levels{UnitID: 3}}},
			Cards:     []Card{card(nil)},
			UnitNames: map[access.UnitID]string{3: "第一中队"},
		}
		if change != nil {
			change(&d)
		}
		return d
	}
	for _, c := range []struct {
		name      string
		on        string
		change    func(*dossier)
		certified bool
		auxiliary bool
		reason    string
	}{
		{"在岗持证", "2026-03-02", nil, true, false, ""},
		{"没有执法证", "2026-03-02", func(d *dossier) { d.Cards = nil }, false, false, "没有执法证"},
		{"辅助人员即使有证也不行", "2026-03-02", func(d *dossier) { d.Postings[0].Kind = AuxiliaryStaff }, false, true, "辅助人员"},
		{"转为执法人员之前是辅助人员", "2026-02-28", promoted, false, true, "辅助人员"},
		{"转为执法人员当天", "2026-03-01", promoted, true, false, ""},
		{"离职以后", "2026-03-02", func(d *dossier) { d.Person.LeftOn = day("2026-03-01"); d.Postings[0].Until = day("2026-03-01") }, false, false, "已于2026年3月1日离开"},
		{"离职当天还在岗", "2026-03-01", func(d *dossier) { d.Person.LeftOn = day("2026-03-01"); d.Postings[0].Until = day("2026-03-01") }, true, false, ""},
		{"任职之前", "2023-12-31", nil, false, false, "没有任职"},
		{"离岗期间", "2026-03-02", func(d *dossier) { d.Absences = []Absence{{From: day("2026-02-01"), Reason: "借调"}} }, false, false, "离岗：借调"},
		{"两本证取有效的一本", "2026-03-02", func(d *dossier) {
			d.Cards = append(d.Cards, card(func(c *Card) { c.Number = "旧证"; c.RevokedOn, c.RevokedHow = day("2024-06-01"), "注销" }))
		}, true, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := base(c.change).status(day(c.on), "990107", DefaultPractice)
			if s.Certified != c.certified || s.Auxiliary != c.auxiliary {
				t.Fatalf("%+v", s)
			}
			if text := strings.Join(s.Reasons, "；"); !strings.Contains(text, c.reason) || c.reason == "" && text != "" {
				t.Fatalf("reasons %q", text)
			}
		})
	}
	soon := base(nil).status(day("2026-12-10"), "990107", DefaultPractice)
	if !soon.Certified || !slices.ContainsFunc(soon.Warnings, func(w string) bool { return strings.Contains(w, "还有 80 日") }) {
		t.Fatalf("no warning of the coming end: %+v", soon)
	}
}

func promoted(d *dossier) {
	d.Postings = []Posting{{Kind: AuxiliaryStaff, From: day("2024-01-01"), Until: day("2026-02-28")}, {Kind: OfficerStaff, From: day("2026-03-01")}}
}

func TestFacts(t *testing.T) {
	ok := OfficerStatus{Person: 1, Certificate: 1, Certified: true, Valid: true, AreaCovers: true, Area: "990107"}
	away := OfficerStatus{Person: 2, Certificate: 2, Valid: true, Area: "990107"}
	aux := OfficerStatus{Person: 3, Auxiliary: true, Area: "990107"}
	for _, c := range []struct {
		name      string
		statuses  []OfficerStatus
		officers  int64
		certified int64
		aux       int64
		all       law.Tri
		area      law.Tri
	}{
		{"两名持证", []OfficerStatus{ok, ok}, 2, 2, 0, law.True, law.True},
		{"一人区域不符", []OfficerStatus{ok, away}, 2, 1, 0, law.False, law.False},
		{"辅助人员不计数", []OfficerStatus{ok, aux}, 1, 1, 1, law.True, law.True},
		{"没有人", nil, 0, 0, 0, law.False, law.Unknown},
		{"地点未定", []OfficerStatus{{Person: 1, Certificate: 1, Certified: true, AreaCovers: true}}, 1, 1, 0, law.True, law.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			var f law.Facts
			Facts(c.statuses, &f)
			r := law.Read(f, day("2026-03-02"))
			n, _ := r.Number(law.Officers)
			k, _ := r.Number(law.CertifiedCount)
			a, _ := r.Number(law.AuxiliaryCount)
			if n != c.officers || k != c.certified || a != c.aux || r.Is(law.OfficersCertified) != c.all || r.Is(law.OfficerAreaCovers) != c.area || r.Is(law.AuxiliaryHandling) != law.TriOf(c.aux > 0) {
				t.Fatalf("%d %d %d %v %v", n, k, a, r.Is(law.OfficersCertified), r.Is(law.OfficerAreaCovers))
			}
		})
	}
}

func TestAreas(t *testing.T) {
	for _, c := range []struct {
		area, place string
		want        bool
	}{
		{"450200 柳州市", "450202", true},
		{"450200 柳州市", "450302", false},
		{"450000", "450202", true},
		{"450202", "450200", false},
		{"450202 城中区", "450202001", true},
		{"450202001", "450202", false},
		{"450202001", "450202001003", true},
		{"450202000", "450202", true},
		{"柳州市", "柳州市城中区", true},
		{"柳州市城中区", "柳州市", false},
		{"450202", "柳州市城中区", false},
		{"450202 柳州市城中区", "450202 柳州市城中区", true},
		{"柳州市", "", false},
	} {
		a, err := ParseArea(c.area)
		if err != nil {
			t.Fatal(err)
		}
		if a.Covers(c.place) != c.want {
			t.Errorf("%s covers %q: %v", c.area, c.place, !c.want)
		}
	}
	if _, err := ParseArea("45020 城中区"); err == nil {
		t.Error("a code of five digits was taken")
	}
}

func TestInternalOffice(t *testing.T) {
	for name, want := range map[string]bool{
		"第一中队": true, "演示区城管局法制科": true, "直属一分队": true, "演示区城市管理综合执法局": false, "和平街道办事处": false,
		"演示市城市管理委员会办公室": false, "综合行政执法大队": false, "执法监督室": true,
	} {
		if internalOffice(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}
