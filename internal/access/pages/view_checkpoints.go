package pages

import "fadu/internal/web"

// CheckpointsView is the list of checkpoints with the keys that signed them.
type CheckpointsView struct {
	Rows    []CheckpointRow
	Keys    []web.FactView
	Next    string
	CanMake bool
}

// CheckpointRow is one of them; Before is the address of the proof that the one before is its beginning.
type CheckpointRow struct{ Time, Size, Root, Key, Href, Before string }

// CheckpointView is a checkpoint to print.
type CheckpointView struct {
	Size, Bureau, Text string
	Facts              []web.FactView
	QR                 web.QRView
}

// ProofView is a proof; Why says that there is none.
type ProofView struct {
	Title, Meta, Says, Why string
	Facts                  []web.FactView
	Path                   []string
}
