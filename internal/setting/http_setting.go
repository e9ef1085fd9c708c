package setting

import (
	"encoding/json"
	"net/http"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/setting/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) listSettings(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	var v pages.SettingsView
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		all, err := s.All(tx)
		v = settingsView(all)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Settings(v))
}

// settingsView keeps the order in which the groups first appear.
func settingsView(all []Standing) pages.SettingsView {
	var v pages.SettingsView
	at := map[string]int{}
	for _, x := range all {
		i, ok := at[x.Group]
		if !ok {
			i = len(v.Groups)
			at[x.Group] = i
			v.Groups = append(v.Groups, pages.SettingGroup{Label: x.Group})
		}
		v.Groups[i].Rows = append(v.Groups[i].Rows, pages.SettingRow{Label: x.Label, Href: PathOf(x.Item), Value: x.Say(x.Value), Since: x.since(), Decided: x.Decided})
	}
	return v
}

// since says when and by whom a setting was decided.
func (x Standing) since() string {
	if !x.Decided {
		return "默认"
	}
	return x.Since.Format("2006-01-02 15:04") + "，" + x.By
}

func (s *Service) showSetting(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	return s.renderSetting(w, r, http.StatusOK, nil)
}

func (s *Service) renderSetting(w http.ResponseWriter, r *http.Request, status int, f *web.Form) error {
	x, err := s.Find(r.PathValue("key"))
	if err != nil {
		return err
	}
	v := pages.SettingView{Label: x.Label, Help: x.Help, Source: x.Source, Cite: x.Cite, Action: PathOf(x), Form: f}
	if x.Example != "" {
		v.Example = "例如 " + x.Example
	}
	for _, c := range x.Choices {
		v.Options = append(v.Options, web.Option{Value: c.Value, Label: c.Label, Small: c.Small})
	}
	err = s.db.View(r.Context(), func(tx *store.Tx) error {
		now, err := s.standing(tx, x)
		if err != nil {
			return err
		}
		v.Facts = []web.FactView{{Label: "现在", Text: x.Say(now.Value)}, {Label: "默认", Text: x.Say(x.Default)}, {Label: "何时、由谁定", Text: now.since()}}
		if now.Reason != "" {
			v.Facts = append(v.Facts, web.FactView{Label: "理由", Text: now.Reason})
		}
		v.Version = strconv.FormatInt(now.Version, 10)
		if f == nil {
			v.Form = web.NewForm(map[string]string{"value": now.Value})
		} else {
			v.Version = f.Value("version")
		}
		v.History, err = history(tx, x)
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Setting(v))
}

// history are the last decisions about a setting, newest first.
func history(tx *store.Tx, x Item) ([]web.LedgerView, error) {
	es, err := ledger.History(tx, subject(x.Key), 0, 20)
	var out []web.LedgerView
	for _, e := range es {
		var d struct{ Before, After, Reason, Document string }
		if json.Unmarshal([]byte(e.Data), &d) != nil { // decisions from before settings had one place have another form
			d.After = "（见办案留痕总账）"
		}
		text := x.Say(d.Before) + " → " + x.Say(d.After)
		if why := d.Reason + d.Document; why != "" {
			text += "。" + why
		}
		out = append(out, web.LedgerView{Time: e.Time().Format("2006-01-02 15:04"), Who: e.Actor, Text: text})
	}
	return out, err
}

func (s *Service) changeSetting(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	value, reason := f.Text("value", maxValue), f.RequiredLong("reason", "依据的文件和理由", maxReason)
	version := f.Int("version", "版本", 0, 1<<62)
	if err = f.Err(); err == nil {
		err = s.Decide(r.Context(), by, r.PathValue("key"), value, reason, version)
	}
	switch status, ok := f.Take(err); {
	case ok:
		return s.renderSetting(w, r, status, f)
	case err != nil:
		return fault.Moved(err, r.URL.Path)
	}
	web.Notify(w, r, web.Flash{Text: "已保存，当时生效"})
	web.SeeOther(w, r, Path)
	return nil
}
