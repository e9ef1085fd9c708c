package decision

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Submit brings the case before the heads together (行政处罚法第五十七条第二款).
func (s *Service) Submit(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AskInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{Act: "submit_discussion", Version: version, Note: strings.TrimSpace(in.Opinion), Input: in, Change: drawn})
	return err
}

// Record records a discussion with its minutes. Corrected minutes are recorded anew and signed anew.
func (s *Service) Record(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DiscussionInput) error {
	var opinions []Opinion
	var heads []access.Holder
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "record_discussion", Version: version, On: in.On, Note: in.Result, Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if err = drawn(tx, c); err != nil {
				return err
			}
			d, _, err := last(tx, c.ID)
			if err != nil {
				return err
			}
			if err = in.check(d.On, tx.Today()); err != nil {
				return err
			}
			if heads, err = s.sitting(tx, c); err != nil {
				return err
			}
			opinions, err = in.opinions(heads)
			return err
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			part, err := s.record(tx, c, in, opinions, len(heads))
			return []casework.Draft{{Kind: discussionRecordKind, Part: part}}, err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			d, _, err := last(tx, c.ID)
			if err != nil {
				return err
			}
			least, err := quorum(tx, len(heads))
			if err != nil {
				return err
			}
			b, err := json.Marshal(in)
			if err != nil {
				return err
			}
			row := &Discussion{ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Draft: d.ID, On: in.On, Roster: int64(len(heads)), Quorum: least, Agreed: store.Flag(in.Agreed), Content: string(b), RecordedAt: store.Micros(tx.Now)}
			if err := insert(tx, row); err != nil {
				return err
			}
			for i := range opinions {
				o := &opinions[i]
				o.ID, o.Case, o.Entry, o.Discussion, o.Spoke = store.NewID(), c.ID, row.Entry, row.ID, int64(i+1)
				if err := insert(tx, o); err != nil {
					return err
				}
			}
			return nil
		},
	})
	return err
}

// opinions are what the members said in order, then the guests. Only who heads the bureau is a member.
func (in DiscussionInput) opinions(heads []access.Holder) ([]Opinion, error) {
	var out []Opinion
	for _, m := range in.Members {
		id, err := store.ParseID(m.Account)
		at := slices.IndexFunc(heads, func(h access.Holder) bool { return err == nil && h.Account == access.AccountID(id) })
		if at < 0 {
			return nil, fault.InvalidField("member1", "参加讨论并表决的只能是本局正副职负责人；其他人员请列为列席")
		}
		h := heads[at]
		out = append(out, Opinion{Account: h.Account, Name: h.Name, Post: headPosts[h.Role], Chief: h.Role == access.BureauHead, Says: strings.TrimSpace(m.Says), Vote: m.Vote})
	}
	if n := len(out); n > 0 && !slices.ContainsFunc(heads, func(h access.Holder) bool { return h.Role == access.BureauHead }) {
		out[n-1].Chief = true // the chief keeps away: whoever speaks last presides
	}
	for _, g := range in.Guests {
		out = append(out, Opinion{Name: strings.TrimSpace(g.Name), Post: strings.TrimSpace(g.Post), Says: strings.TrimSpace(g.Says), Vote: g.Vote})
	}
	return out, nil
}

// SignInput confirms one's own opinion in the minutes.
type SignInput struct {
	Note string `json:"note,omitempty" doc:"补充说明"`
}

// Sign puts a member's signature under the minutes, under the member's own account.
func (s *Service) Sign(ctx context.Context, by access.Session, id casework.CaseID, version int64, in SignInput) error {
	if by.ByToken() {
		return fault.New(fault.Forbidden, "签名要本人登录后办，程序不能代签")
	}
	var d *Discussion
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "sign_discussion", Version: version, Note: strings.TrimSpace(in.Note), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if d, err = minutes(tx, c.ID); err != nil {
				return err
			}
			return d.signable(by.Account())
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return insert(tx, &Signature{ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Discussion: d.ID, Account: by.Account(), At: store.Micros(tx.Now)})
		},
	})
	return err
}

// Conclude takes the signed minutes as the outcome of the discussion.
func (s *Service) Conclude(ctx context.Context, by access.Session, id casework.CaseID, version int64) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "discuss", Version: version,
		Change: func(tx *store.Tx, c *casework.Case) error {
			d, err := minutes(tx, c.ID)
			if err != nil {
				return err
			}
			dr, _, err := last(tx, c.ID)
			switch {
			case err != nil || d == nil:
				return err
			case dr == nil:
				return drawn(tx, c)
			case d.Draft != dr.ID:
				return fault.New(fault.Conflict, "讨论以后又重新拟定了处理决定，讨论的不是现在的内容。请重新讨论")
			case !bool(d.Agreed):
				return fault.New(fault.Conflict, "集体讨论没有同意拟作的决定。请按讨论意见重新拟定后再讨论，或者补充调查")
			}
			return nil
		},
	})
	return err
}

// discussed returns the concluded discussion that agreed to what is now drafted; nil when there is none.
func (s *Service) discussed(tx *store.Tx, c *casework.Case) (*Discussion, error) {
	d, err := minutes(tx, c.ID)
	if err != nil || d == nil || !bool(d.Agreed) || len(d.unsigned()) > 0 {
		return nil, err
	}
	dr, _, err := last(tx, c.ID)
	if err != nil || dr == nil || dr.ID != d.Draft { // a draft that counts is later than notice, defence and hearing; so is its discussion
		return nil, err
	}
	acts, err := casework.Acts(tx, c.ID)
	if err != nil || !casework.Followed(acts, d.ID) || !slices.ContainsFunc(acts, func(a casework.CaseAct) bool { return a.Act == "discuss" && a.ID > d.ID }) {
		return nil, err
	}
	return d, nil
}

// stateDiscussion states what collective discussion there was, the negative too.
func (s *Service) stateDiscussion(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	src := c.ID.Subject()
	d, err := minutes(tx, c.ID)
	if err != nil {
		return err
	}
	if d != nil {
		d.state(f)
	}
	done, err := s.discussed(tx, c)
	if err != nil {
		return err
	}
	f.SetBool(law.CollectiveDiscussed, done != nil, src)
	f.SetBool(law.DepartureApproved, done != nil, src)
	on := law.Date{}
	if done != nil {
		on = done.On
	}
	f.SetDate(law.DiscussedOn, on, src)
	return nil
}
