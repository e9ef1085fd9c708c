package access

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"fadu/internal/access/pages"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) listEvents(w http.ResponseWriter, r *http.Request, who Session) error {
	f := web.QueryForm(r)
	filter := EventFilter{Kind: EventKind(f.Text("kind", 40)), Name: f.Text("name", 40), From: f.Date("from", "起始日期"), Until: f.Date("until", "截止日期")}
	v := pages.EventsView{Filter: f, Filtered: filtered(r.URL.Query(), "kind", "name", "from", "until")}
	for _, k := range EventLabels() {
		v.Kinds = append(v.Kinds, web.Option{Value: string(k.Kind), Label: k.Label})
	}
	if f.Err() != nil {
		return web.Render(w, r, http.StatusUnprocessableEntity, pages.Events(v))
	}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		es, prev, next, err := s.Events(tx, who, filter, r.URL.Query().Get("after"))
		v.Rows = nil
		for _, e := range es {
			v.Rows = append(v.Rows, eventView(e))
		}
		v.Prev, v.Next = pathWith(r, prev), pathWith(r, next)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Events(v))
}

func eventView(e Event) pages.EventRow {
	kind := ""
	switch e.Kind {
	case EventLocked, EventForbidden, EventBadToken, EventBadBearer, EventDisabled:
		kind = "late"
	case EventWrong, EventRefused:
		kind = "soon"
	case EventSignedIn, EventSignedOut:
		kind = "line"
	}
	return pages.EventRow{
		Time: e.At.Format("2006-01-02 15:04:05"), Who: orElse(e.Name, "没有登录"), IP: e.IP, Action: e.Action, Detail: e.Detail, Rules: e.Rules,
		Kind: web.TagView{Label: eventLabel(e.Kind), Kind: kind},
	}
}

func (s *Service) listEntries(w http.ResponseWriter, r *http.Request, who Session) error {
	f := web.QueryForm(r)
	filter := EntryFilter{Kind: f.Text("kind", 80), Who: f.Text("who", 40), Subject: f.Text("subject", 80), From: f.Date("from", "起始日期"), Until: f.Date("until", "截止日期")}
	v := pages.EntriesView{Filter: f, Kinds: s.kindOptions(), Filtered: filtered(r.URL.Query(), "kind", "who", "subject", "from", "until")}
	if f.Err() != nil {
		return web.Render(w, r, http.StatusUnprocessableEntity, pages.Entries(v))
	}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		es, prev, next, err := s.Entries(tx, who, filter, r.URL.Query().Get("after"))
		if err != nil {
			return err
		}
		subjects := []string{filter.Subject}
		for _, e := range es {
			subjects = append(subjects, e.Subject)
		}
		names, err := s.subjectNames(tx, subjects)
		v.Rows = nil
		for _, e := range es {
			v.Rows = append(v.Rows, s.entryView(e, names[e.Subject]))
		}
		if filter.Subject != "" {
			v.About = names[filter.Subject]
		}
		v.Prev, v.Next = pathWith(r, prev), pathWith(r, next)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Entries(v))
}

// kindOptions are the ledger kinds of all slices, by label.
func (s *Service) kindOptions() []web.Option {
	all := map[string]string{ledger.KindBorn: "建库"}
	maps.Copy(all, Kinds)
	maps.Copy(all, s.o.Kinds)
	var out []web.Option
	for _, k := range slices.Sorted(maps.Keys(all)) {
		out = append(out, web.Option{Value: k, Label: all[k]})
	}
	return out
}

func (s *Service) entryView(e ledger.Entry, about string) pages.EntryRow {
	v := pages.EntryRow{
		ID: e.ID.String(), Time: e.Time().Format("2006-01-02 15:04:05"), Who: e.Actor, Via: viaLabel(e.Via), Kind: s.kindLabel(e.Kind), Subject: plainSubject(e.Subject), About: about, Data: dataFacts(e.Data),
	}
	// A broken list is the verifier's to report; here the entry is still shown.
	_ = json.Unmarshal([]byte(e.Rules), &v.Rules)
	return v
}

func viaLabel(via string) string {
	if name, ok := strings.CutPrefix(via, viaToken); ok {
		return "接口，令牌“" + name + "”"
	}
	labels := map[string]string{"web": "网页", "api": "接口", "import": "导入", "job": "后台任务", "demo": "演示数据", "console": "控制台"}
	return orElse(labels[via], via)
}

// dataFacts shows an entry's data: its keys in order, values as JSON prints them, personal data masked.
func dataFacts(data string) []web.FactView {
	var m map[string]json.RawMessage
	if err := json.Unmarshal([]byte(data), &m); err != nil {
		return []web.FactView{{Label: "原文", Text: web.MaskText(data)}}
	}
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	out := make([]web.FactView, len(keys))
	for i, k := range keys {
		value := maskData(m[k], k)
		text := string(value)
		var s string
		if json.Unmarshal(value, &s) == nil {
			text = s
		}
		out[i] = web.FactView{Label: k, Text: text}
	}
	if len(out) == 0 {
		out = append(out, web.FactView{Label: "内容", Text: "没有更多内容"})
	}
	return out
}
