package backup

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Blobs are the files that rows point to; *blob.Folder is one.
type Blobs interface {
	Digests() iter.Seq2[string, error]
	Open(digest string) (io.ReadSeekCloser, error)
}

// Source is what is backed up.
type Source struct {
	DB         *store.DB
	Blobs      Blobs
	Migrations []fs.FS
}

// WriteFile makes a backup in the file, which must not exist; what is not complete never has its name.
func WriteFile(ctx context.Context, src Source, file string) (m Manifest, err error) {
	if _, err := os.Stat(file); err == nil {
		return m, fmt.Errorf("%s 已经存在，没有覆盖", file)
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".fadu-backup-*")
	if err != nil {
		return m, fmt.Errorf("写不了备份目录：%w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tmp.Close(), os.Remove(tmp.Name()))
		}
	}()
	if m, err = Write(ctx, src, tmp); err != nil {
		return m, err
	}
	if err = errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return m, err
	}
	if err = os.Rename(tmp.Name(), file); err != nil {
		return m, err
	}
	dir, err := os.Open(filepath.Dir(file))
	if err != nil {
		return m, err
	}
	return m, errors.Join(dir.Sync(), dir.Close())
}

// Write writes a backup to w. Readers and writers of the database go on meanwhile.
func Write(ctx context.Context, src Source, w io.Writer) (Manifest, error) {
	if err := numberWaiting(ctx, src.DB); err != nil {
		return Manifest{}, err
	}
	out := &writer{tar: tar.NewWriter(w)}
	err := src.DB.Snapshot(ctx, func(s *store.Snapshot) error { return out.rows(s, src.Migrations) })
	if err != nil {
		return Manifest{}, fmt.Errorf("backup: %w", err)
	}
	for digest, err := range src.Blobs.Digests() {
		if err == nil {
			err = errors.Join(ctx.Err(), out.blob(src.Blobs, digest))
		}
		if err != nil {
			return Manifest{}, fmt.Errorf("backup: %w", err)
		}
	}
	text, err := json.MarshalIndent(out.m, "", " ")
	if err != nil {
		return Manifest{}, err
	}
	if err := out.entry(manifestName, text); err != nil {
		return Manifest{}, err
	}
	return out.m, out.tar.Close()
}

// numberWaiting numbers the entries that wait for it. When none does it writes nothing: a database of an
// older release may lack what numbering needs.
func numberWaiting(ctx context.Context, db *store.DB) error {
	var waiting int64
	err := db.View(ctx, func(tx *store.Tx) (err error) { waiting, _, _, err = ledger.Waiting(tx); return err })
	if err != nil || waiting == 0 {
		return err
	}
	return ledger.Sequence(ctx, db)
}

type writer struct {
	tar *tar.Writer
	m   Manifest
}

func (w *writer) entry(name string, content []byte) error {
	if err := w.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content)), Format: tar.FormatPAX}); err != nil {
		return err
	}
	_, err := w.tar.Write(content)
	return err
}

func (w *writer) rows(s *store.Snapshot, folders []fs.FS) error {
	var err error
	w.m = Manifest{Format: format, Made: s.Tx.Now, Engine: s.Tx.Engine()}
	if w.m.Bureau, w.m.Demo, _, err = ledger.Birth(s.Tx); err != nil {
		return err
	}
	if w.m.Migrations, err = s.Migrations(); err != nil {
		return err
	}
	if w.m.Leaves, w.m.Root, err = ledger.Standing(s.Tx); err != nil {
		return err
	}
	tables, err := s.Tables(folders)
	if err != nil {
		return err
	}
	for _, t := range tables {
		p := &parts{w: w, at: TablePart{Name: t.Name, Columns: t.Columns}}
		if p.at.Rows, err = s.Copy(t, p); err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
		if err := p.flush(); err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
		w.m.Tables = append(w.m.Tables, p.at)
	}
	return nil
}

// parts cuts the rows of a table into parts that fit in memory.
type parts struct {
	w   *writer
	at  TablePart
	buf bytes.Buffer
}

// Write takes rows; a row may come in pieces.
func (p *parts) Write(b []byte) (int, error) {
	p.buf.Write(b)
	if p.buf.Len() < partSize {
		return len(b), nil
	}
	return len(b), p.flush()
}

// flush writes the whole rows that have come; a row begun stays for the next part.
func (p *parts) flush() error {
	end := bytes.LastIndexByte(p.buf.Bytes(), '\n') + 1
	if end == 0 {
		return nil
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := z.Write(p.buf.Next(end)); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	name := partName(p.at.Name, p.at.Parts)
	p.at.Parts++
	sum := sha256.Sum256(packed.Bytes())
	p.w.m.Parts = append(p.w.m.Parts, Part{name, int64(packed.Len()), hex.EncodeToString(sum[:])})
	return p.w.entry(name, packed.Bytes())
}

// blob writes a file; Open has checked it against its digest, which is its checksum here too.
func (w *writer) blob(from Blobs, digest string) error {
	r, err := from.Open(digest)
	if err != nil {
		return fmt.Errorf("文件 %s：%w。先运行 fadu verify 查明，再备份", digest, err)
	}
	defer func() { _ = r.Close() }()
	size, err := r.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = r.Seek(0, io.SeekStart)
	}
	if err != nil {
		return err
	}
	if err := w.tar.WriteHeader(&tar.Header{Name: blobName(digest), Mode: 0o400, Size: size, Format: tar.FormatPAX}); err != nil {
		return err
	}
	w.m.Parts = append(w.m.Parts, Part{blobName(digest), size, digest})
	w.m.Blobs++
	w.m.Bytes += size
	_, err = io.Copy(w.tar, r)
	return err
}
