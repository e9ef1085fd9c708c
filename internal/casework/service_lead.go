package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/identity"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"
)

// LeadInput registers what was found on the street.
type LeadInput struct {
	Source    string        `json:"source"` // patrol, complaint, transfer, assigned, device, random
	FoundAt   time.Time     `json:"found_at"`
	Place     string        `json:"place"`
	Area      string        `json:"area"` // code of the area, compared with certificates
	Latitude  float64       `json:"latitude,omitempty"`
	Longitude float64       `json:"longitude,omitempty"`
	Summary   string        `json:"summary"`
	Unit      access.UnitID `json:"unit,omitempty"` // zero: the actor's own
}

func (in LeadInput) check(now time.Time) error {
	var fs fault.Fields
	if _, ok := sourceLabels[in.Source]; !ok {
		fs.Add("source", "请选择线索来源")
	}
	if in.FoundAt.IsZero() {
		fs.Add("found_at", "请填写发现时间")
	} else if in.FoundAt.After(now.Add(2 * time.Minute)) {
		fs.Add("found_at", "发现时间不能晚于现在")
	}
	if strings.TrimSpace(in.Place) == "" {
		fs.Add("place", "请填写地点，要具体到路段和门牌或参照物")
	}
	if strings.TrimSpace(in.Area) == "" {
		fs.Add("area", "请选择所在行政区域")
	}
	if strings.TrimSpace(in.Summary) == "" {
		fs.Add("summary", "请简要写明发现了什么")
	}
	if in.Latitude < -90 || in.Latitude > 90 || in.Longitude < -180 || in.Longitude > 180 {
		fs.Add("latitude", "坐标不对")
	}
	return fs.Err()
}

// knownArea refuses an area in which the subject of the unit may not act (行政处罚法第二十二条): no officer's
// certificate would cover it either. A unit without a subject is told so where officers are named.
func knownArea(tx *store.Tx, unit access.UnitID, area string) error {
	acting, err := org.SubjectFor(tx, unit, tx.Today())
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil || slices.ContainsFunc(acting.Areas, func(a org.Area) bool { return a.Covers(area) }) {
		return err
	}
	return fault.InvalidField("area", "“%s”不在“%s”的管辖区域（%s）里，请重新选择", strings.TrimSpace(area), acting.Name, org.AreaNames(acting.Areas))
}

// RegisterLead records a lead and opens its file. Needs lead.register in the unit.
func (s *Service) RegisterLead(ctx context.Context, by access.Session, in LeadInput) (CaseID, error) {
	scope, err := by.Require(access.LeadRegister)
	if err != nil {
		return 0, err
	}
	if in.Unit == 0 {
		in.Unit = by.Unit().ID
	}
	id := CaseID(store.NewID())
	location, _, err := s.DB.Once(ctx, by.Once("casework.lead", in), func(tx *store.Tx) (string, error) {
		if err := in.check(tx.Now); err != nil {
			return "", err
		}
		u, err := s.Units.UnitByID(tx, in.Unit)
		if err != nil {
			return "", err
		}
		if !scope.Covers(u) || !u.OpenOn(tx.Today()) {
			return "", &fault.Error{Kind: fault.Invalid, Message: "有 1 处要改", Fields: fault.Fields{{Name: "unit", Message: "这个单位不在您的数据范围内，或者已经撤并"}}}
		}
		if err := knownArea(tx, in.Unit, in.Area); err != nil {
			return "", err
		}
		c := &Case{
			ID: id, Version: 1, Levels: u.Levels(), State: Lead, Source: in.Source, FoundAt: store.Micros(in.FoundAt), RecordedAt: store.Micros(tx.Now),
			Place: strings.TrimSpace(in.Place), Area: in.Area, Latitude: in.Latitude, Longitude: in.Longitude, Summary: strings.TrimSpace(in.Summary),
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.lead_registered", Subject: id.Subject(), Unit: int64(u.ID), Data: in})
		if err != nil {
			return "", err
		}
		c.Entry = int64(entry)
		if err := add(tx, c); err != nil {
			return "", err
		}
		if err := indexNew(tx, c); err != nil {
			return "", err
		}
		return c.URL(), s.keepNewClocks(tx, c)
	})
	if err != nil {
		return 0, err
	}
	n, err := store.ParseID(strings.TrimPrefix(location, "/w/cases/"))
	return CaseID(n), err
}

// LeadAmendment corrects a lead before a decision rests on it.
type LeadAmendment struct {
	Place   string    `json:"place"`
	Area    string    `json:"area"`
	Summary string    `json:"summary"`
	FoundAt time.Time `json:"found_at"`
	Source  string    `json:"source"`
}

// AmendLead corrects a lead; the entry keeps what it said before.
func (s *Service) AmendLead(ctx context.Context, by access.Session, id CaseID, version int64, in LeadAmendment) error {
	var before LeadAmendment
	return s.update(ctx, by, "casework.amend_lead", in, id, command{
		act: "amend_lead", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			before = LeadAmendment{c.Place, c.Area, c.Summary, c.Found(), c.Source}
			check := LeadInput{Source: in.Source, FoundAt: in.FoundAt, Place: in.Place, Area: in.Area, Summary: in.Summary}
			if err := check.check(tx.Now); err != nil {
				return err
			}
			if err := knownArea(tx, c.UnitID, in.Area); err != nil {
				return err
			}
			c.Place, c.Area, c.Summary, c.Source = strings.TrimSpace(in.Place), in.Area, strings.TrimSpace(in.Summary), in.Source
			c.FoundAt = store.Micros(in.FoundAt)
			return nil
		},
		data: func(*Case) any { return map[string]any{"before": before, "after": in} },
	})
}

// OfficersInput names the two handling officers.
type OfficersInput struct {
	Lead   int64  `json:"lead,string"`
	Assist int64  `json:"assist,string"`
	Why    string `json:"why,omitempty"` // needed when officers are replaced
}

// NameOfficers names two officers, or replaces them while the case is on site. Both must hold a
// certificate valid today for the place (处罚法四十二); the executing subject is bound from the unit.
func (s *Service) NameOfficers(ctx context.Context, by access.Session, id CaseID, version int64, in OfficersInput) error {
	cmd := command{act: "start", version: version, data: func(*Case) any { return in }}
	cmd.prepare = func(tx *store.Tx, c *Case, _ *law.Facts) error {
		var fs fault.Fields
		if in.Lead == 0 {
			fs.Add("lead", "请选择主办执法人员")
		}
		if in.Assist == 0 {
			fs.Add("assist", "请选择协办执法人员")
		}
		if in.Lead != 0 && in.Lead == in.Assist {
			fs.Add("assist", "主办和协办不能是同一个人")
		}
		if c.State == OnSite && strings.TrimSpace(in.Why) == "" {
			fs.Add("why", "请写明更换的原因")
		}
		if err := fs.Err(); err != nil {
			return err
		}
		c.Lead, c.Assist = in.Lead, in.Assist
		organ, err := org.SubjectFor(tx, c.UnitID, tx.Today())
		if err != nil {
			return err
		}
		c.Organ = int64(organ.ID)
		facts, err := s.officerFacts(tx, c, tx.Today())
		if err != nil {
			return err
		}
		if err := s.sceneFacts(tx, c, &facts); err != nil {
			return err
		}
		_, err = s.enforce([]law.Action{org.ActHandleCase}, tx.Today(), facts)
		return err
	}
	_, _, err := s.DB.Once(ctx, by.Once("casework.officers/"+id.String(), []any{version, in}), func(tx *store.Tx) (string, error) {
		scope, err := by.Require(access.CaseHandle)
		if err != nil {
			return "", err
		}
		c, err := load(tx, scope, id)
		if err != nil {
			return "", err
		}
		if c.State == OnSite {
			cmd.act = "reassign"
		}
		c, err = s.run(tx, by, id, cmd)
		if err != nil {
			return "", err
		}
		return c.URL(), nil
	})
	return err
}

// PartyInput says whom the matter concerns and how the identity was established.
type PartyInput struct {
	Kind          PartyKind `json:"kind"`
	Name          string    `json:"name"`
	IDKind        string    `json:"id_kind"`
	IDNumber      string    `json:"id_number"`
	Address       string    `json:"address"`
	Phone         string    `json:"phone"`
	Born          law.Date  `json:"born"`
	LegalRep      string    `json:"legal_rep"`
	Guardian      string    `json:"guardian"`
	IdentityBasis string    `json:"identity_basis"`
}

// normalise checks the party against today and returns it as stored.
func (in PartyInput) normalise(today law.Date, demo bool) (Party, error) {
	var fs fault.Fields
	p := Party{
		PartyKind: in.Kind, PartyName: strings.TrimSpace(in.Name), IDKind: in.IDKind, PartyAddress: strings.TrimSpace(in.Address),
		PartyPhone: strings.TrimSpace(in.Phone), Born: in.Born, LegalRep: strings.TrimSpace(in.LegalRep), Guardian: strings.TrimSpace(in.Guardian), IdentityBasis: in.IdentityBasis,
	}
	if _, ok := partyLabels[in.Kind]; !ok {
		fs.Add("kind", "请选择当事人类型")
	}
	if p.PartyName == "" {
		fs.Add("name", "请填写姓名或名称；查不到身份的填自报姓名")
	}
	if _, ok := identityBasisLabels[in.IdentityBasis]; !ok {
		fs.Add("identity_basis", "请选择怎样核实身份")
	}
	number := strings.TrimSpace(in.IDNumber)
	switch {
	case number == "" && p.established():
		fs.Add("id_number", "身份已核实的，要填写证件号码或者统一社会信用代码")
	case number == "":
	case in.IDKind == "resident_id":
		check := identity.ResidentID
		if demo {
			check = identity.DemoResidentID // region 99 belongs to nobody
		}
		r := check(number, today)
		if !r.Valid {
			fs.Add("id_number", "%s", r.Reason)
		}
		p.IDNumber, p.PartyKey = r.Normalised, r.Normalised
		if born, ok := identity.Born(r.Normalised); ok {
			p.Born = born
		}
	case in.IDKind == "uscc":
		r := identity.USCC(number)
		if !r.Valid {
			fs.Add("id_number", "%s", r.Reason)
		}
		p.IDNumber, p.PartyKey = r.Normalised, r.Normalised
	case in.IDKind == "passport", in.IDKind == "other":
		p.IDNumber = identity.Normalise(number)
		p.PartyKey = in.IDKind + ":" + p.IDNumber
	default:
		fs.Add("id_kind", "请选择证件种类")
	}
	if in.Kind == Citizen && in.IDKind == "uscc" {
		fs.Add("id_kind", "公民用居民身份证或其他个人证件登记，不用统一社会信用代码")
	}
	if (in.Kind == LegalPerson || in.Kind == OtherBody) && in.IDKind == "resident_id" {
		fs.Add("id_kind", "单位用统一社会信用代码登记")
	}
	if !p.Born.IsZero() && p.Born.After(today) {
		fs.Add("born", "出生日期不能在将来")
	}
	return p, fs.Err()
}

func (p Party) established() bool {
	return p.IdentityBasis == "card_seen" || p.IdentityBasis == "card_photo" || p.IdentityBasis == "police_check"
}

// RecordParty records the party; a later call corrects it and the entry keeps what was there before.
func (s *Service) RecordParty(ctx context.Context, by access.Session, id CaseID, version int64, in PartyInput) error {
	var before Party
	return s.update(ctx, by, "casework.party", in, id, command{
		act: "party", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			p, err := in.unmasked(c.Party, by).normalise(tx.Today(), s.Demo)
			if err != nil {
				return err
			}
			before, c.Party = c.Party, p
			if c.PartyKey != before.PartyKey || c.PartyKind != before.PartyKind {
				// Earlier offences, exemptions and the tier were those of another party.
				c.Prior, c.Exemption, c.Tier, c.TierWhy = 0, "", "", ""
			}
			return nil
		},
		data: func(c *Case) any { return map[string]any{"before": before, "after": c.Party} },
	})
}
