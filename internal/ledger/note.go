package ledger

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fadu/internal/law"
)

// Signer signs checkpoints. Today's is Ed25519; one for SM2 needs its own algorithm byte and a Verifier.
type Signer interface {
	Verifier
	Sign(text []byte) ([]byte, error)
}

// Verifier checks signatures of one key.
type Verifier interface {
	// Algorithm names the algorithm; Public is the public key's bytes.
	Algorithm() string
	Public() []byte
	Verify(text, signature []byte) bool
}

// Ed25519 is the name of the algorithm.
const Ed25519 = "ed25519"

// algorithms are the bytes that stand for an algorithm in a key's id, as in signed notes.
var algorithms = map[string]byte{Ed25519: 1}

type ed25519Key struct {
	public  ed25519.PublicKey
	private ed25519.PrivateKey
}

// Algorithm is Ed25519.
func (ed25519Key) Algorithm() string { return Ed25519 }

// Public returns the 32 bytes of the public key.
func (k ed25519Key) Public() []byte { return k.public }

// Verify checks a signature over the text.
func (k ed25519Key) Verify(text, signature []byte) bool {
	return ed25519.Verify(k.public, text, signature)
}

// Sign signs the text.
func (k ed25519Key) Sign(text []byte) ([]byte, error) { return ed25519.Sign(k.private, text), nil }

// NewVerifier returns the verifier of a public key.
func NewVerifier(algorithm string, public []byte) (Verifier, error) {
	if algorithm != Ed25519 || len(public) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("不认识的公钥（%s，%d 字节）", algorithm, len(public))
	}
	return ed25519Key{public: public}, nil
}

// origin is the first line of every checkpoint and the name of every key; whose ledger it is stands in
// the extension line.
const origin = "fadu-ledger"

// KeyID returns the eight hex digits by which a checkpoint names its key.
func KeyID(v Verifier) string {
	sum := sha256.Sum256(append([]byte(origin+"\n"+string(algorithms[v.Algorithm()])), v.Public()...))
	return hex.EncodeToString(sum[:4])
}

// Checkpoint is a statement about the whole ledger: at an instant it had so many entries, with this
// root. Signed, its text is a transparency-log checkpoint.
type Checkpoint struct {
	Size   int64
	Root   Hash
	At     time.Time
	Bureau string
	// KeyID and Signature are empty before signing.
	KeyID     string
	Signature []byte
}

// body is the signed text.
func (c Checkpoint) body() []byte {
	return fmt.Appendf(nil, "%s\n%d\n%s\ntime %s\nbureau %s\n", origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]), c.At.In(law.Zone).Format(time.RFC3339), c.Bureau)
}

// Text is the signed note: the body, an empty line, and the signature line with the key's id.
func (c Checkpoint) Text() string {
	id, _ := hex.DecodeString(c.KeyID)
	return string(c.body()) + "\n— " + origin + " " + base64.StdEncoding.EncodeToString(append(id, c.Signature...)) + "\n"
}

// sign fills in the signature.
func (c Checkpoint) sign(s Signer) (Checkpoint, error) {
	var err error
	c.KeyID = KeyID(s)
	c.Signature, err = s.Sign(c.body())
	return c, err
}

// Check reports whether v signed the checkpoint.
func (c Checkpoint) Check(v Verifier) bool {
	return KeyID(v) == c.KeyID && v.Verify(c.body(), c.Signature)
}

var errNote = errors.New("检查点的文字不完整或者被改过")

// ParseCheckpoint reads a checkpoint's text. That it is signed is for Check to say.
func ParseCheckpoint(text string) (c Checkpoint, err error) {
	text = strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n") + "\n"
	body, tail, ok := strings.Cut(text, "\n\n")
	lines := strings.Split(body, "\n")
	if !ok || len(lines) != 5 || lines[0] != origin {
		return c, errNote
	}
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 {
		return c, errNote
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || copy(c.Root[:], root) != len(c.Root) || len(root) != len(c.Root) {
		return c, errNote
	}
	at, ok1 := strings.CutPrefix(lines[3], "time ")
	bureau, ok2 := strings.CutPrefix(lines[4], "bureau ")
	if !ok1 || !ok2 {
		return c, errNote
	}
	if c.At, err = time.Parse(time.RFC3339, at); err != nil {
		return c, errNote
	}
	c.Bureau = bureau
	signed, ok := strings.CutPrefix(strings.TrimSuffix(tail, "\n"), "— "+origin+" ")
	sig, err := base64.StdEncoding.DecodeString(signed)
	if !ok || err != nil || len(sig) < 5 {
		return c, errNote
	}
	c.KeyID, c.Signature = fmt.Sprintf("%08x", binary.BigEndian.Uint32(sig)), sig[4:]
	if !bytes.Equal([]byte(c.Text()), []byte(text)) {
		return c, errNote
	}
	return c, nil
}
