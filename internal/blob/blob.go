// Package blob keeps bytes by content: evidence photos, signatures, rendered papers. A blob is named by
// its SHA-256 in hex, so that storing the same bytes twice is one blob, and a changed one is noticed.
//
// Bytes are durable before their name is returned. The caller then writes the row that refers to them:
// a crash in between leaves a blob without a row, never a row without a blob.
package blob

import (
	"context"
	"errors"
	"io"
)

// Store keeps blobs. It is safe for concurrent use.
type Store interface {
	// Put stores what r holds and returns its digest and size once both are durable. Too many bytes are
	// an Invalid fault, a full disk a Full one; then nothing is kept.
	Put(ctx context.Context, r io.Reader) (digest string, size int64, err error)
	// Open returns the bytes, checked against their digest. An unknown digest is a NotFound fault,
	// changed bytes are ErrDamaged.
	Open(digest string) (io.ReadSeekCloser, error)
}

// ErrDamaged says that the bytes are no longer those of the digest.
var ErrDamaged = errors.New("文件内容与存入时的摘要不符，可能已被改动或损坏")

// valid reports whether s is a digest: it then cannot lead out of the folder.
func valid(s string) bool {
	if len(s) != 64 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
