package course

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// MaxFile bounds a file of a course.
const MaxFile = 60 << 20

// fileTypes are what may be added, by how the bytes begin.
var fileTypes = []string{"application/pdf", "video/mp4", "video/webm"}

// maxFiles bounds the files of a course.
const maxFiles = 40

// AddFile gives a course a PDF or a video under a name that its text uses. A file never changes: another one has another
// name, so that versions keep what they showed.
func (s *Service) AddFile(ctx context.Context, by access.Session, id CourseID, name string, body []byte) (FileID, error) {
	if _, err := by.Require(access.CourseManage); err != nil {
		return 0, err
	}
	name = strings.TrimSpace(name)
	kind := http.DetectContentType(body)
	switch {
	case len(body) == 0:
		return 0, fault.InvalidField("file", "文件是空的")
	case len(body) > MaxFile:
		return 0, fault.InvalidField("file", "“%s”有 %s，最多 %s", name, web.Bytes(int64(len(body))), web.Bytes(MaxFile))
	case !slices.Contains(fileTypes, kind):
		return 0, fault.InvalidField("file", "“%s”的类型不能用，可以是 PDF、MP4、WebM", name)
	case name == "" || len([]rune(name)) > 100 || strings.ContainsAny(name, "/\\\n"):
		return 0, fault.InvalidField("file", "文件名应有 1 至 100 个字，不能有斜线")
	}
	digest, size, err := s.Blobs.Put(ctx, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	at, _, err := s.DB.Once(ctx, by.Once(kindFile, []any{id, name, digest}), func(tx *store.Tx) (string, error) {
		c, err := courseOf(tx, id)
		if err != nil {
			return "", err
		}
		there, err := filesOf(tx, id)
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(there, func(f File) bool { return f.Name == name }) {
			return "", fault.InvalidField("file", "已有“%s”。内容改了的，换一个文件名上传，正文里改用新的名字", name)
		}
		if len(there) >= maxFiles {
			return "", fault.New(fault.Conflict, "一门课程最多 %d 个文件", maxFiles)
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindFile, Subject: c.Subject(), Data: map[string]any{"title": c.Title, "file": name, "digest": digest, "size": size}})
		if err != nil {
			return "", err
		}
		f := File{ID: FileID(store.NewID()), Course: id, Name: name, Type: kind, Size: size, Digest: digest, By: by.Name(), At: store.Micros(tx.Now), Entry: int64(e)}
		return f.ID.String(), insert(tx, &f)
	})
	if err != nil {
		return 0, err
	}
	n, err := store.ParseID(at)
	return FileID(n), err
}

// OpenFile returns a file of a course with its bytes; the caller closes them. A learner sees those of courses in use.
func (s *Service) OpenFile(ctx context.Context, by access.Session, id CourseID, file FileID) (f File, body io.ReadSeekCloser, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		c, err := courseOf(tx, id)
		if err == nil && c.State != InUse && !by.Can(access.CourseRead) {
			err = fault.Missing(nounFile)
		}
		if err != nil {
			return err
		}
		f, err = fileOf(tx, id, file)
		return err
	})
	if err != nil {
		return f, nil, err
	}
	body, err = s.Blobs.Open(f.Digest)
	return f, body, err
}

// FileCheck is the part of verification for files of courses: each still has the bytes that it had.
func (s *Service) FileCheck() ledger.Check {
	return ledger.Check{Name: "课程的文件", Run: func(ctx context.Context, db *store.DB) (faults []string, err error) {
		files := store.Walk(ctx, db, func(tx *store.Tx, after int64) (rows []File, end int64, more bool, err error) {
			err = tx.DB().NewSelect().Model(&rows).Where("id > ?", after).Order("id").Limit(store.WalkPiece).Scan(tx.Ctx)
			if n := len(rows); n > 0 {
				after = int64(rows[n-1].ID)
			}
			return rows, after, len(rows) == store.WalkPiece, err
		})
		err = store.Each(files, func(f File) error {
			body, err := s.Blobs.Open(f.Digest)
			if err != nil {
				faults = append(faults, fmt.Sprintf("课程文件“%s”读不出或与上传时不符", f.Name))
				return nil
			}
			return body.Close()
		})
		return faults, err
	}}
}
