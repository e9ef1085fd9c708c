package access

import (
	"context"

	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Disclosure is the giving out of personal data in full: on a page after 查看完整信息, or in an export.
type Disclosure struct {
	// Kind is the ledger kind of the slice; Subject the record, or the list of an export.
	Kind, Subject string
	Unit          UnitID
	// Reason is why, in the asker's words; What tells the auditor what was given out, without the data.
	Reason string
	What   any
}

// maxReason bounds a reason in characters.
const maxReason = 200

// Disclose enters a disclosure with its reason. Only when it returns nil, the entry being durable, may the
// data be sent. The caller has checked the permission and loaded the record in its scope.
func (s *Service) Disclose(ctx context.Context, by Session, d Disclosure) error {
	reason, err := cleanName(d.Reason, "查看的理由", maxReason)
	if err != nil {
		var fs fault.Fields
		fs.Add("reason", "%v", err)
		return fs.Err()
	}
	return s.db.Update(ctx, func(tx *store.Tx) error {
		_, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: d.Kind, Subject: d.Subject, Unit: int64(d.Unit), Data: map[string]any{"reason": reason, "what": d.What}})
		return err
	})
}
