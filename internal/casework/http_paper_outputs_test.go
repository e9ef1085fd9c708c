package casework_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

func TestPaperOutputs(t *testing.T) {
	d := newDesk(t)
	_, paper := d.street.decided(law.Yuan(100), casework.PayCode)
	at := paper.URL()
	p := d.open("zhao", at)
	d.is("文书页", p, http.StatusOK, "下载编辑稿（DOCX）", "小票预览", "打印正本")

	// 编辑稿不算打印，正本还在
	docx := d.send("zhao", at+"/docx", d.form(p, at+"/docx"))
	if docx.status != http.StatusOK || !strings.HasPrefix(docx.body, "PK") {
		t.Fatalf("编辑稿：%d", docx.status)
	}
	d.is("取编辑稿后", d.open("zhao", at), http.StatusOK, "打印正本", "已打印 0 次")

	// 预览与打印出来的相同；第一次是正本，以后是副本，A4 和小票一起数
	preview := d.open("zhao", at+"/slip?paper=80&qr=bitmap")
	d.is("小票预览", preview, http.StatusOK, "当场行政处罚决定书", "演城管当罚字〔2026〕第1号", "viewBox=\"0 0 576 ", "下一次打印是正本")
	first := d.send("zhao", at+"/slip", d.form(preview, at+"/slip"))
	if first.status != http.StatusOK || !strings.HasPrefix(first.body, "\x1b@\x1c&") || strings.Contains(first.body, "\x1d(k") {
		t.Fatalf("小票：%d", first.status)
	}
	preview = d.open("zhao", at+"/slip")
	d.is("打印后预览", preview, http.StatusOK, "viewBox=\"0 0 384 ", "副本（第2次打印）", "下一次打印是副本")
	if pdf := d.send("zhao", at+"/print", d.form(d.open("zhao", at), at+"/print")); pdf.status != http.StatusOK || pdf.body == d.open("zhao", at+"/pdf").body {
		t.Errorf("小票已是正本，A4 又打了一份正本（%d）", pdf.status)
	}

	d.is("别的中队看预览", d.open("sun", at+"/slip"), http.StatusNotFound)
	d.is("没有登录", d.open("", at+"/slip"), http.StatusSeeOther)
	if reader := d.open("cashier", at+"/slip"); strings.Contains(reader.body, "取打印数据") {
		t.Error("收费员看到了取打印数据")
	}
	kinds := map[string]int64{}
	d.must(d.db.View(d.street.ctx, func(tx *store.Tx) error {
		for _, kind := range []string{"casework.paper_printed", "casework.paper_copied"} {
			n, err := tx.DB().NewSelect().Model((*ledger.Entry)(nil)).Where("kind = ?", kind).Count(tx.Ctx)
			if err != nil {
				return err
			}
			kinds[kind] = n
		}
		return nil
	}))
	if kinds["casework.paper_printed"] != 2 || kinds["casework.paper_copied"] != 1 {
		t.Errorf("留痕 %v", kinds)
	}
}

// What a party says cannot become a command of the printer.
func TestPaperSlipNeutral(t *testing.T) {
	d := newDesk(t)
	_, paper := d.street.decided(law.Yuan(100), casework.PayCode)
	p := d.open("zhao", paper.URL()+"/slip")
	slip := d.send("zhao", paper.URL()+"/slip", d.form(p, paper.URL()+"/slip"))
	if n := bytes.Count([]byte(slip.body), []byte("\x1dVB")); n != 1 {
		t.Errorf("%d cuts", n)
	}
}
