package casework

import (
	"fadu/internal/org"
	"fadu/internal/store"
)

// OrganName is the authority in whose name a case is handled; empty before officers are named.
func OrganName(tx *store.Tx, c *Case) (string, error) {
	if c.Organ == 0 {
		return "", nil
	}
	organ, err := org.SubjectByID(tx, org.SubjectID(c.Organ))
	return organ.Name, err
}

// FileCopy returns a paper's bytes as the file keeps it: the copy with the signatures once there is one, else the paper as
// issued; nil for one that was never made. The scope is the caller's, and whoever gives the bytes out enters it in the
// ledger.
func (s *Service) FileCopy(p *Paper) ([]byte, error) {
	switch {
	case p.SignedDigest != "":
		return s.bytes(p.SignedDigest)
	case p.Digest != "" && p.Booklet == 0:
		return s.bytes(p.Digest)
	}
	return nil, nil
}
