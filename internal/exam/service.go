package exam

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/document"
	"fadu/internal/draft"
	"fadu/internal/exam/bank"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/search"
	"fadu/internal/store"
	"fadu/internal/training/scene"
	"fadu/internal/web"
)

// Deps are what the slice needs.
type Deps struct {
	DB *store.DB
	// Press prints papers of questions.
	Press *document.Press
}

// Bank is the only way into the question bank, for pages, calls and papers alike.
type Bank struct {
	Deps
	uses   []Uses
	drafts *draft.Service
}

// Uses tells where a question is used, for its page.
type Uses func(tx *store.Tx, q Question) ([]web.Link, error)

// Link lets the bank ask other rooms where a question is used.
func (b *Bank) Link(uses ...Uses) { b.uses = uses }

// New returns the slice.
func New(d Deps) *Bank {
	b := &Bank{Deps: d}
	b.drafts = draft.New(d.DB, questionList{b})
	return b
}

// Imports are the import batches of questions.
func (b *Bank) Imports() *draft.Service { return b.drafts }

// Start brings the questions of the program into the bank: what is there stays as it is. A question that the program asks
// otherwise than before gets a new version; where the bureau has its own version, or has ended the question, that waits
// for approval like any other.
func (b *Bank) Start(ctx context.Context) error {
	all, err := bank.All()
	if err != nil {
		return err
	}
	return b.DB.Update(ctx, func(tx *store.Tx) error {
		known, err := builtin(tx)
		if err != nil {
			return err
		}
		var fresh []bank.Question
		for _, q := range all {
			_, digest, err := content(q)
			if err != nil {
				return err
			}
			if known[q.ID] != digest {
				fresh = append(fresh, q)
			}
		}
		return seed(tx, fresh, known)
	})
}

// builtin are the digests of the newest versions that came with the program, by code.
func builtin(tx *store.Tx) (map[string]string, error) {
	var rows []Version
	err := tx.DB().NewSelect().Model(&rows).Column("code", "digest").Where("source = ?", Builtin).Order("question_id", "number").Scan(tx.Ctx)
	out := map[string]string{}
	for _, v := range rows {
		out[v.Code] = v.Digest
	}
	return out, err
}

func seed(tx *store.Tx, fresh []bank.Question, known map[string]string) error {
	if len(fresh) == 0 {
		return nil
	}
	codes := make([]string, len(fresh))
	for i, q := range fresh {
		codes[i] = q.ID
	}
	entry, err := ledger.Append(tx, access.System("start").Actor(), ledger.Act{Kind: kindSeeded, Subject: "bank/builtin", Data: map[string]any{"count": len(fresh), "codes": codes}})
	if err != nil {
		return err
	}
	var questions []Question
	var versions []Version
	var articles []article
	for _, q := range fresh {
		if known[q.ID] != "" {
			if err := renew(tx, q, int64(entry)); err != nil {
				return err
			}
			continue
		}
		v := Version{ID: VersionID(store.NewID()), Number: 1, State: InUse, Source: Builtin, Author: bureau, Approver: bureau, ApprovedAt: store.Micros(tx.Now)}
		head := Question{ID: QuestionID(store.NewID()), Code: q.ID, Number: 1, Current: v.ID, At: store.Micros(tx.Now), Version: 1, Entry: int64(entry)}
		of, err := v.fill(tx, &head, q, int64(entry))
		if err != nil {
			return err
		}
		head.shows(v, q)
		questions, versions, articles = append(questions, head), append(versions, v), append(articles, of...)
		if err := search.Add(tx, searchKind, int64(head.ID), words(q)); err != nil {
			return err
		}
	}
	return insertAll(tx, questions, versions, articles)
}

// bureau is the author of what comes with the program.
const bureau = "法度"

// renew gives a question of the program that is there already its new version.
func renew(tx *store.Tx, asks bank.Question, entry int64) error {
	q, err := byCode(tx, asks.ID)
	if err != nil {
		return err
	}
	v := &Version{Source: Builtin, Author: bureau, State: Draft}
	if q.State == InUse && q.Source == Builtin && !bool(q.Waiting) {
		v.State, v.Approver, v.ApprovedAt = InUse, bureau, store.Micros(tx.Now)
	}
	return next(tx, &q, v, asks, entry)
}

// next adds a version to a question that is kept already.
func next(tx *store.Tx, q *Question, v *Version, asks bank.Question, entry int64) error {
	v.ID, v.Number = VersionID(store.NewID()), q.Number+1
	articles, err := v.fill(tx, q, asks, entry)
	if err != nil {
		return err
	}
	if v.State == InUse {
		if err := replace(tx, q.Current, entry); err != nil {
			return err
		}
		q.Current = v.ID
	}
	if bool(q.Waiting) {
		if err := overtake(tx, q.ID, entry); err != nil {
			return err
		}
	}
	q.Number, q.Waiting, q.At, q.Entry = v.Number, store.Flag(v.State == Draft), store.Micros(tx.Now), entry
	if q.Current == 0 && q.State != Ended || v.State == InUse {
		q.shows(*v, asks)
		if err := search.Put(tx, searchKind, int64(q.ID), words(asks)); err != nil {
			return err
		}
	}
	if err := insertAll(tx, nil, []Version{*v}, articles); err != nil {
		return err
	}
	return saveQuestion(tx, q)
}

// fill writes what is asked into a version of a question, and returns the articles that it rests on.
func (v *Version) fill(tx *store.Tx, of *Question, asks bank.Question, entry int64) (out []article, err error) {
	v.Question, v.Code, v.MadeAt, v.Version, v.Entry = of.ID, of.Code, store.Micros(tx.Now), 1, entry
	v.Type, v.Stem, v.Points = asks.Type, asks.Stem, hundredths(asks.Full())
	if v.Content, v.Digest, err = content(asks); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, ref := range asks.Refs {
		c, err := scene.Ref(ref)
		if err != nil || seen[ref] {
			continue
		}
		seen[ref] = true
		out = append(out, article{Of: v.ID, Ref: ref, Statute: c.Statute, Article: c.Article, Entry: entry})
	}
	return out, nil
}

// Version finds a version with what it asks, whatever has become of it since.
func (b *Bank) Version(tx *store.Tx, id VersionID) (Version, error) { return versionOf(tx, id) }

// Versions finds many versions in one query.
func (b *Bank) Versions(tx *store.Tx, ids []VersionID) (map[VersionID]Version, error) {
	return versionsByID(tx, ids)
}

// Question finds a question.
func (b *Bank) Question(tx *store.Tx, id QuestionID) (Question, error) { return questionOf(tx, id) }

// InForce are the questions in use that hold on the day, in the order of their codes: whoever puts a paper together pins
// the version Current of each. Empty fields of the filter choose all; only Topic, Chapter, Type, Level and Source count.
func (b *Bank) InForce(tx *store.Tx, on law.Date, f Filter) ([]Question, error) {
	return inForce(tx, on, f)
}

// Asked are the questions in use that hold on the day, with what they ask.
func (b *Bank) Asked(tx *store.Tx, on law.Date) ([]bank.Question, error) {
	rows, err := inForce(tx, on, Filter{})
	if err != nil {
		return nil, err
	}
	of, err := heads(tx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]bank.Question, len(rows))
	for i, q := range rows {
		if out[i], err = of[q.Head].Asks(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// AskedAs is what the question of the code asks now or asked last; a question that was never in use is none.
func (b *Bank) AskedAs(tx *store.Tx, code string) (bank.Question, error) {
	q, err := byCode(tx, code)
	if err != nil {
		return bank.Question{}, err
	}
	if q.State != InUse && q.State != Ended {
		return bank.Question{}, fault.Missing(nounQuestion)
	}
	v, err := versionOf(tx, q.Head)
	if err != nil {
		return bank.Question{}, err
	}
	return v.Asks()
}

// Articles are the articles that versions rest on, as references.
func (b *Bank) Articles(tx *store.Tx, ids []VersionID) (map[VersionID][]string, error) {
	return articlesOf(tx, ids)
}
