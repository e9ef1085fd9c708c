package register

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/register/definition"
	"fadu/internal/store"
	"fadu/internal/web"
)

// RegisterUpload is a photo or file as it is sent.
type RegisterUpload struct {
	Field string `json:"field" doc:"照片、附件字段的编号"`
	Name  string `json:"name" doc:"文件名"`
	Body  []byte `json:"body" doc:"文件，Base64；照片是 JPEG 或 PNG"`
}

// added is a photo or file whose bytes are kept already.
type added struct {
	Field, Name, Type, Digest string
	Size, Look                int64
}

const (
	maxFile  = 12 << 20
	maxFiles = 20
)

// fileTypes are what may be added besides pictures, by how their bytes begin.
var fileTypes = []string{"image/jpeg", "image/png", "application/pdf", "application/zip", "text/plain; charset=utf-8"}

// keep stores the bytes, durably, before anything refers to them.
func (s *Service) keep(ctx context.Context, files []RegisterUpload) ([]added, error) {
	if len(files) > maxFiles {
		return nil, fault.InvalidField(files[0].Field, "一次最多 %d 个照片和附件", maxFiles)
	}
	var out []added
	for _, f := range files {
		a := added{Field: f.Field, Name: strings.TrimSpace(f.Name), Type: http.DetectContentType(f.Body)}
		switch {
		case len(f.Body) == 0:
			return nil, fault.InvalidField(f.Field, "“%s”是空文件", f.Name)
		case len(f.Body) > maxFile:
			return nil, fault.InvalidField(f.Field, "“%s”有 %s，每个最多 %s", f.Name, web.Bytes(int64(len(f.Body))), web.Bytes(maxFile))
		case !slices.Contains(fileTypes, a.Type):
			return nil, fault.InvalidField(f.Field, "“%s”的类型不能用，可以是 JPEG、PNG、PDF、Word、Excel", f.Name)
		case len([]rune(a.Name)) > 120:
			return nil, fault.InvalidField(f.Field, "文件名最多 120 个字")
		}
		if strings.HasPrefix(a.Type, "image/") {
			if why := web.PictureFault(bytes.NewReader(f.Body)); why != "" {
				return nil, fault.InvalidField(f.Field, "“%s”%s，请换一张 JPEG 或 PNG 格式的照片", f.Name, why)
			}
			a.Look = lookOf(f.Body)
		}
		var err error
		if a.Digest, a.Size, err = s.Blobs.Put(ctx, bytes.NewReader(f.Body)); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// attach writes the rows of kept files.
func (s *Service) attach(tx *store.Tx, by access.Session, r *Record, files []added) error {
	for _, a := range files {
		row := &File{ID: FileID(store.NewID()), Record: r.ID, Code: r.Code, Field: a.Field, Digest: a.Digest, Name: a.Name, Type: a.Type, Size: a.Size, Look: a.Look, Account: by.Account(), By: by.Name(), AddedAt: store.Micros(tx.Now), Entry: r.Entry}
		if err := insert(tx, row); err != nil {
			return err
		}
	}
	return nil
}

// fits says which files do not belong to the fields of the stage.
func fits(d *definition.Definition, stage definition.Stage, files []added) (bad fault.Fields) {
	for _, a := range files {
		f, ok := d.Field(a.Field)
		switch {
		case !ok || f.Kind.Stored() || stage != definition.AtEntry && f.Stage != stage:
			bad.Add(a.Field, "这里不能放照片或附件")
		case f.Kind == definition.Photos && !strings.HasPrefix(a.Type, "image/"):
			bad.Add(a.Field, "%s应是 JPEG 或 PNG 照片", f.Label)
		}
	}
	return bad
}

// RemoveFile takes a photo or file out; its bytes and its trace stay.
func (s *Service) RemoveFile(ctx context.Context, by access.Session, id RecordID, file FileID, version int64, reason string) error {
	return s.act(ctx, by, id, change{act: definition.Correct, version: version, kind: kindFileGone, body: []any{file, reason}, do: func(tx *store.Tx, d *definition.Definition, r *Record, _ definition.Values) (map[string]any, error) {
		f, err := fileOf(tx, id, file)
		if err != nil {
			return nil, err
		}
		switch {
		case strings.TrimSpace(reason) == "":
			return nil, fault.InvalidField("reason", "请写明为什么取下")
		case bool(f.Removed):
			return nil, fault.New(fault.Conflict, "“%s”已经取下了", f.Name)
		}
		there, err := filesOf(tx, id)
		if err != nil {
			return nil, err
		}
		there = slices.DeleteFunc(there, func(x File) bool { return x.ID == file })
		field, _ := d.Field(f.Field)
		if d.Flow == definition.Plain || field.Stage == definition.AtEntry && r.State != definition.Recorded {
			if lacks := lacking(d, definition.AtEntry, nil, there); len(lacks) > 0 {
				return nil, fault.InvalidField("reason", "取下以后证明就不够了：%s。请先补充新的", lacks[0].Message)
			}
		}
		f.Removed = true
		return map[string]any{"file": f.Name, "digest": f.Digest, "reason": reason, "file_id": int64(f.ID)}, nil
	}, after: func(tx *store.Tx, r *Record) error {
		f, err := fileOf(tx, id, file)
		if err != nil {
			return err
		}
		f.Removed, f.Entry = true, r.Entry
		return saveFile(tx, &f)
	}})
}

// OpenFile returns a file of a record in scope with its bytes; the caller closes them.
func (s *Service) OpenFile(ctx context.Context, by access.Session, id RecordID, file FileID) (f File, body io.ReadSeekCloser, err error) {
	if _, err = s.Look(ctx, by, id); err != nil {
		return f, nil, err
	}
	if err = s.DB.View(ctx, func(tx *store.Tx) error { f, err = fileOf(tx, id, file); return err }); err != nil {
		return f, nil, err
	}
	body, err = s.Blobs.Open(f.Digest)
	return f, body, err
}

// FileCheck is the part of verification for photos and files: each still has the bytes that it had.
func (s *Service) FileCheck() ledger.Check {
	return ledger.Check{Name: "台账照片和附件", Run: func(ctx context.Context, db *store.DB) ([]string, error) {
		var faults []string
		files := store.Walk(ctx, db, func(tx *store.Tx, after int64) (rows []File, end int64, more bool, err error) {
			err = tx.DB().NewSelect().Model(&rows).Where("id > ?", after).Order("id").Limit(store.WalkPiece).Scan(tx.Ctx)
			if n := len(rows); n > 0 {
				after = int64(rows[n-1].ID)
			}
			return rows, after, len(rows) == store.WalkPiece, err
		})
		err := store.Each(files, func(f File) error {
			body, err := s.Blobs.Open(f.Digest)
			if err != nil {
				faults = append(faults, fmt.Sprintf("台账记录 %s 的“%s”读不出或与录入时不符", f.Record, f.Name))
				return nil
			}
			return body.Close()
		})
		return faults, err
	}}
}

// point reads degrees as text into millionths; both or none.
func point(lat, lng string) (int64, int64, error) {
	lat, lng = strings.TrimSpace(lat), strings.TrimSpace(lng)
	if lat == "" && lng == "" {
		return 0, 0, nil
	}
	y, errY := strconv.ParseFloat(lat, 64)
	x, errX := strconv.ParseFloat(lng, 64)
	if errY != nil || errX != nil || !(y >= -90 && y <= 90) || !(x >= -180 && x <= 180) {
		return 0, 0, fmt.Errorf("经纬度应是度数，例如 30.512345、114.312345")
	}
	return int64(y * 1e6), int64(x * 1e6), nil
}
