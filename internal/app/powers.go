package app

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/enforcement"
	"fadu/internal/course"
	"fadu/internal/exam"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/training"
	"fadu/internal/web"
)

// linkPowers lets powers ask what other rooms know: open and closed cases, what cites laws, the procedure.
func (a *App) linkPowers() {
	citing := Citing(a.Judge)
	a.Powers.Link(powers.Links{
		OpenCases: a.Cases.OpenUnder, SimilarCases: a.Cases.SimilarCases,
		Citing:    func() []powers.Citing { return citing },
		Changed:   a.studiesTouched,
		Procedure: func() powers.FlowChart { return powers.ChartOf(casework.OnSpot) },
	})
}

// studiesTouched flags the questions that cite what changed, and names the scenes that do.
func (a *App) studiesTouched(tx *store.Tx, by access.Session, c powers.LawChange, as powers.Articles) (out []powers.Citing, err error) {
	change := exam.LawChanged{Title: c.Law, Kind: "修改", Document: c.Document, On: c.EffectiveOn}
	if c.Kind == powers.LawRepealed {
		change.Kind = "废止"
	}
	for _, st := range law.Statutes() {
		if st.Title == c.Law {
			change.Code = st.Code
		}
	}
	if change.Code == "" { // nothing of the program's references names it
		return nil, nil
	}
	for _, x := range as {
		change.Articles = append(change.Articles, x.No)
	}
	n, err := a.Bank.Flag(tx, by, change)
	if err != nil {
		return nil, err
	}
	if n > 0 {
		out = append(out, powers.Citing{Kind: powers.AffectedQuestion, Ref: "bank " + change.Code, Label: fmt.Sprintf("题库里 %d 道题", n), Href: exam.Path + "?state=changed&law=" + change.Code})
	}
	courses, err := course.Citing(tx, change.Code, change.Articles)
	if err != nil {
		return nil, err
	}
	for _, c := range courses {
		out = append(out, powers.Citing{Kind: powers.AffectedCourse, Ref: "course " + c.ID.String(), Label: "课程《" + c.Title + "》", Href: c.BookURL()})
	}
	scenes, err := training.ScenesCiting(tx, change.Code, change.Articles)
	for _, s := range scenes {
		out = append(out, powers.Citing{Kind: powers.AffectedScene, Ref: "scene " + s.Code, Label: "情景《" + s.Title + "》", Href: s.URL()})
	}
	return out, err
}

// Citing is everything of the program that cites a law: rules, terms, numbers, directories, and the texts of papers and
// guides. A change of a law flags what of it cites the changed articles.
func Citing(judge *law.Judge) []powers.Citing {
	return slices.Concat(ruleCitations(judge), casework.CitedInTexts(), powers.CitedInSteps())
}

// ruleCitations are the provisions that rules, terms, numbers and directories rest on.
func ruleCitations(judge *law.Judge) []powers.Citing {
	titles := map[string]string{}
	for _, st := range law.Statutes() {
		titles[st.Code] = st.Title
	}
	var out []powers.Citing
	add := func(kind powers.AffectedKind, ref, label string, cites law.Citations) {
		for _, c := range cites {
			x := powers.Citing{Kind: kind, Ref: ref + " " + c.String(), Label: label, Law: titles[c.Statute]}
			if c.Article > 0 {
				x.Articles = powers.Articles{{No: c.Article, Para: c.Para, Item: c.Item}}
			}
			out = append(out, x)
		}
	}
	for _, r := range judge.Rules() {
		add(powers.AffectedRule, r.ID, r.ID+" "+r.Name, r.Cite)
	}
	for _, t := range calendar.StatutoryTerms().List() {
		add(powers.AffectedTerm, t.Code, t.Names[0], t.Cite)
	}
	for _, n := range law.Limits() {
		add(powers.AffectedNumber, n.Name, n.Label, n.Cite)
	}
	for _, r := range law.Reckonings() {
		add(powers.AffectedNumber, r.Label, r.Label, r.Cite)
	}
	for _, m := range casework.MajorRows() {
		add(powers.AffectedDirectory, m.Code, "重大执法决定目录："+m.Label, m.Cite)
	}
	for _, m := range enforcement.Packet() {
		add(powers.AffectedDirectory, m.Name, "申请法院强制执行的材料："+m.Label, law.Citations{m.Cite})
	}
	for _, t := range casework.Thresholds() {
		out = append(out, powers.Citing{Kind: powers.AffectedDirectory, Ref: t.Region + " " + t.Party + " " + t.From.String(), Label: "听证数额标准：" + t.Source, Law: t.Source})
	}
	return out
}

// withCites lets every page lead its citations to the library's articles.
func (a *App) withCites(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		find := func(ctx context.Context, c law.Citation) string {
			return a.Powers.CiteHref(ctx, c, law.DateOf(a.cfg.Clock()))
		}
		next.ServeHTTP(w, r.WithContext(web.WithCites(r.Context(), find)))
	})
}
