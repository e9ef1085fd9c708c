package enforcement

import (
	"context"
	"net/http"
	"slices"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
	"fadu/internal/casework/enforcement/pages"
	casepages "fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Routes are the pages of this desk beside the case's.
func (s *Service) Routes() []access.Route {
	return []access.Route{
		{Pattern: "GET /w/cases/{id}/packet", Allow: access.CaseRead, Handle: s.showPacket},
		{Pattern: "POST /w/cases/{id}/packet", Allow: access.PaperPrint, Handle: s.takePacketForm},
	}
}

func caseOf(text string) (casework.CaseID, error) {
	n, err := store.ParseID(text)
	if err != nil {
		return 0, fault.Missing("这个案件")
	}
	return casework.CaseID(n), nil
}

func (s *Service) showPacket(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := caseOf(r.PathValue("id"))
	if err != nil {
		return err
	}
	p, err := s.Precheck(r.Context(), by, id)
	if err != nil {
		return err
	}
	v := pages.PacketView{Case: p.Case.CaseNo, CaseHref: p.Case.URL(), Party: p.Case.ShownTo(by).PartyName, Action: p.Case.URL() + "/packet"}
	for _, b := range p.Bound {
		row := pages.PacketRow{Label: b.Label, Bounced: b.Bounced, Cite: law.Citations{b.Cite}, Verdict: web.TagView{Label: "齐", Kind: "ok"}}
		for _, x := range b.Papers {
			row.Papers = append(row.Papers, web.FileView{Label: x.Kind.Label(), Href: x.ID.URL(), Small: x.DocNo})
		}
		switch {
		case !b.Full():
			row.Verdict, row.Lacks = web.TagView{Label: "缺", Kind: "late"}, b.Lacks
		case len(b.Papers) == 0:
			row.Verdict = web.TagView{Label: "另附", Kind: "soon"}
		}
		v.Rows = append(v.Rows, row)
	}
	for _, o := range p.Objections {
		v.Objections = append(v.Objections, pages.Objection{Text: o.Message, Cite: o.Cite})
	}
	switch {
	case p.Application == nil:
		v.Wait = "还没有申请。材料备齐，在案件页“申请法院强制执行”批准以后，在这里打包。"
	case by.ScopeFor(access.PaperPrint).CoversLevels(p.Case.Levels):
		v.May, v.Court = true, p.Application.Court
	}
	return web.Render(w, r, http.StatusOK, pages.Packet(v))
}

func (s *Service) takePacketForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := caseOf(r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := web.ParseForm(w, r, 0); err != nil {
		return err
	}
	name, archive, err := s.TakePacket(r.Context(), by, id)
	if err != nil {
		return err
	}
	return web.Download(w, r, name, "application/zip", archive)
}

// packetNotice leads from the case's page to the packet, from the demand on.
func packetNotice(_ *store.Tx, c *casework.Case) ([]casepages.NoteView, error) {
	if !slices.Contains([]casework.State{casework.Demanded, casework.Enforcing}, c.State) {
		return nil, nil
	}
	return []casepages.NoteView{{Kind: "info", Title: "申请法院强制执行的材料：", Text: "交法院以前逐项预检，缺什么、法院为什么会退回，都列明。", Exit: web.Link{Label: "材料预检、打包", Href: c.URL() + "/packet"}}}, nil
}

// CourtMaterial is a material of the packet for programs.
type CourtMaterial struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Part    int      `json:"part" doc:"行政强制法第五十五条第一款的项次"`
	Papers  []string `json:"papers" doc:"案卷里的文书"`
	Lacks   []string `json:"lacks" doc:"缺什么"`
	Bounced string   `json:"bounced" doc:"法院退回的常见原因"`
}

// CourtCheck is the pre-check of the packet for programs.
type CourtCheck struct {
	Case       string          `json:"case"`
	Materials  []CourtMaterial `json:"materials"`
	Objections []string        `json:"objections" doc:"依法还不能申请的理由"`
}

func (s *Service) packetAPI(a *api.API) {
	const group = "案件"
	api.Get(a, api.Operation{ID: "checkCourtPacket", Path: "/cases/{id}/packet", Group: group, Allow: access.CaseRead, Summary: "申请法院强制执行的材料预检", Detail: "行政强制法第五十五条的材料逐项核对案卷，缺的写明"},
		func(ctx context.Context, by access.Session, in PacketIn) (out CourtCheck, err error) {
			id, err := caseOf(in.ID)
			if err != nil {
				return out, err
			}
			p, err := s.Precheck(ctx, by, id)
			if err != nil {
				return out, err
			}
			out = CourtCheck{Case: id.String(), Materials: []CourtMaterial{}, Objections: []string{}}
			for _, b := range p.Bound {
				m := CourtMaterial{Name: b.Name, Label: b.Label, Part: b.Part, Papers: []string{}, Lacks: append([]string{}, b.Lacks...), Bounced: b.Bounced}
				for _, x := range b.Papers {
					m.Papers = append(m.Papers, x.Named())
				}
				out.Materials = append(out.Materials, m)
			}
			for _, o := range p.Objections {
				out.Objections = append(out.Objections, o.Message)
			}
			return out, nil
		})
	api.Post(a, api.Operation{ID: "takeCourtPacket", Path: "/cases/{id}/packet", Group: group, Allow: access.PaperPrint, Summary: "取申请法院强制执行的材料包（ZIP）", Detail: "清单（每份文件的 SHA-256）、预检表和各份文书的 PDF；入办案留痕"},
		func(ctx context.Context, by access.Session, text string, _ struct{}) (out api.Made[casework.OutputFile], err error) {
			id, err := caseOf(text)
			if err != nil {
				return out, err
			}
			name, archive, err := s.TakePacket(ctx, by, id)
			return api.Made[casework.OutputFile]{Body: casework.OutputFile{Name: name, Content: archive}}, err
		})
}

// PacketIn names the case.
type PacketIn struct {
	ID string `path:"id"`
}
