package app

import (
	"context"
	"net/http"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/powers"
	"fadu/internal/web"
)

// linkPowers lets powers ask what other rooms know: open and closed cases, what cites laws, the procedure.
func (a *App) linkPowers() {
	citing := append(ruleCitations(a.Judge), casework.CitedInTexts()...)
	a.Powers.Link(powers.Links{
		OpenCases: a.Cases.OpenUnder, SimilarCases: a.Cases.SimilarCases,
		Citing:    func() []powers.Citing { return citing },
		Procedure: func() powers.FlowChart { return powers.ChartOf(casework.OnSpot) },
	})
}

// ruleCitations are the provisions that the rules and the terms rest on.
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
