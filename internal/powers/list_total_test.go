package powers

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/store"
)

func TestListTotals(t *testing.T) {
	started(t, true, func(t *testing.T, s *Service) {
		ctx := context.Background()
		name, data, err := StarterFile(ImportItems, true)
		must(t, err)
		rows := strings.Count(strings.TrimSpace(string(data)), "\n")
		upload := func(label string, stated string) draft.BatchID {
			t.Helper()
			st, err := draft.ParseStated(stated)
			must(t, err)
			id, err := s.drafts.UploadStated(ctx, console, "power.items", label+name, data, st)
			must(t, err)
			return id
		}
		objections := func(id draft.BatchID) []draft.Objection {
			t.Helper()
			return view(t, s, func(tx *store.Tx) ([]draft.Objection, error) {
				b, _, err := s.drafts.Get(tx, console, id)
				if err != nil {
					return nil, err
				}
				return list{ImportItems, s}.Objections(tx, b)
			})
		}
		same := upload("对得上", "行政处罚 "+itoa(rows)+"、合计 "+itoa(rows))
		if os := objections(same); len(os) != 0 {
			t.Fatalf("对得上的不该有意见：%v", os)
		}
		// 种子一：写明 126 项，各类相加 138 项。
		id := upload("126", "行政许可10、行政处罚118、行政强制4、行政征收2、其他4；合计126")
		os := objections(id)
		text := ""
		for _, o := range os {
			text += o.Text + "\n"
		}
		for _, want := range []string{"清单写明共 126 项，它写的各类相加是 138 项，差 12 项", "“行政处罚” 118 项", "清单写明共 126 项，各行相加是 " + itoa(rows) + " 项"} {
			if !strings.Contains(text, want) {
				t.Errorf("没有“%s”：\n%s", want, text)
			}
		}
		if _, err := s.drafts.Publish(ctx, console, id); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "写明原因") {
			t.Errorf("没有写原因就发布：%v", err)
		}
		if err := s.drafts.Acknowledge(ctx, console, id, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("空的原因：%v", err)
		}
		must(t, s.drafts.Acknowledge(ctx, console, id, "两个版本的数，许可已划转"))
		for _, o := range objections(id) {
			if !strings.Contains(o.Answer, "两个版本的数") {
				t.Errorf("没有记下原因：%+v", o)
			}
		}
		if _, err := s.drafts.Publish(ctx, console, id); err != nil {
			t.Errorf("写明原因以后应能发布：%v", err)
		}
	})
}

func TestParseStated(t *testing.T) {
	for in, want := range map[string]string{
		"行政处罚118项、行政许可 10；合计：126": "行政处罚=118 行政许可=10 =126",
		"共126项": "=126",
		"":      "",
		"其他 ４":  "其他=4",
	} {
		got, err := draft.ParseStated(in)
		text := []string{}
		for _, s := range got {
			text = append(text, s.Label+"="+itoa(s.Count))
		}
		if err != nil || strings.Join(text, " ") != want {
			t.Errorf("%q：%v %v", in, text, err)
		}
	}
	if _, err := draft.ParseStated("很多"); !fault.Is(err, fault.Invalid) {
		t.Errorf("不是数：%v", err)
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
