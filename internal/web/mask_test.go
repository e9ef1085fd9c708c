package web_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"unicode/utf8"

	"fadu/internal/web"
)

// The vectors are the masked forms that the bureau uses; every number is invented.
func TestMask(t *testing.T) {
	for _, c := range []struct {
		name     string
		mask     func(string) string
		in, want string
	}{
		{"两字姓名", web.MaskName, "张三", "张*"},
		{"三字姓名", web.MaskName, "张三丰", "张**"},
		{"复姓", web.MaskName, "欧阳小明", "欧阳**"},
		{"恰好叫欧阳的两字名", web.MaskName, "欧阳", "欧*"},
		{"单字", web.MaskName, "郎", "*"},
		{"生僻字姓名", web.MaskName, "𠮷㙍", "𠮷*"},
		{"少数民族姓名", web.MaskName, "买买提·阿不都", "买******"},
		{"没有姓名", web.MaskName, "", ""},
		{"十八位身份号码", web.MaskIdentity, "450202198001011234", "450***********1234"},
		{"末位是 X", web.MaskIdentity, "45020219800101123X", "450***********123X"},
		{"十五位身份号码", web.MaskIdentity, "450202800101123", "450********1123"},
		{"护照", web.MaskIdentity, "E12345678", "E1*****78"},
		{"太短的号码", web.MaskIdentity, "1234", "****"},
		{"手机", web.MaskPhone, "13812345678", "138****5678"},
		{"带国家号的手机", web.MaskPhone, "+86 13812345678", "138****5678"},
		{"全角手机", web.MaskPhone, "１３８１２３４５６７８", "138****5678"},
		{"四位区号座机", web.MaskPhone, "0772-2831234", "0772-*******"},
		{"三位区号座机", web.MaskPhone, "02087654321", "020********"},
		{"带分机的座机", web.MaskPhone, "0772-2831234转801", "0772-*******转***"},
		{"没有区号的座机", web.MaskPhone, "2831234", "*****34"},
		{"没有电话", web.MaskPhone, "", ""},
		{"到街道的地址", web.MaskAddress, "广西壮族自治区柳州市城中区中山街道文惠路12号3单元501室", "广西壮族自治区柳州市城中区中山街道****"},
		{"到区的地址", web.MaskAddress, "柳州市鱼峰区屏山大道1号", "柳州市鱼峰区****"},
		{"小区不是区", web.MaskAddress, "幸福小区3栋", "****"},
		{"区以后的小区", web.MaskAddress, "柳州市柳北区幸福小区3栋", "柳州市柳北区****"},
		{"县和镇", web.MaskAddress, "鹿寨县寨沙镇老街7号", "鹿寨县寨沙镇****"},
		{"只有路名", web.MaskAddress, "屏山大道1号", "****"},
		{"没有地址", web.MaskAddress, "", ""},
		{"车牌", web.MaskPlate, "桂B·12312", "桂B·***12"},
		{"没有点的车牌", web.MaskPlate, "桂B12312", "桂B·***12"},
		{"新能源车牌", web.MaskPlate, "桂BD12312", "桂B·****12"},
		{"银行卡", web.MaskCard, "6222 0212 3456 7890 123", "***************0123"},
		{"邮箱", web.MaskEmail, "wang.wu@example.cn", "w***@example.cn"},
		{"不是邮箱", web.MaskEmail, "wangwu", "******"},
		{"含身份号码的税号", web.MaskTaxNumber, "45020219800101123401", "450***********123401"},
		{"普通税号", web.MaskTaxNumber, "450205198X", "450205198X"},
		{"信用代码当税号", web.MaskTaxNumber, "91450200MA5KABCD1E", "91450200MA5KABCD1E"},
		{"文字里的各种号码", web.MaskText, "王五（45020219800101123X，电话13812345678、0772-2831234，a.b@example.cn，卡6222021234567890123）", "王五（450***********123X，电话138****5678、0772-*******，a***@example.cn，卡***************0123）"},
		{"文字里的信用代码", web.MaskText, "统一社会信用代码 91450200MA5KABCD1E", "统一社会信用代码 91450200MA5KABCD1E"},
		{"记录编号不是身份号码", web.MaskText, "case/881234567890123456", "case/881234567890123456"},
		{"像身份号码的记录编号", web.MaskText, "case/230000199001011234", "case/230000199001011234"},
		{"如今的记录编号", web.MaskText, "token=912223198011235174", "token=912223198011235174"},
		{"地址里的身份号码", web.MaskText, "/w/cases/11010519491231002X", "/w/cases/110***********002X"},
		{"文号、金额和日期", web.MaskText, "城罚当〔2026〕1号，2026-01-05，200.00 元", "城罚当〔2026〕1号，2026-01-05，200.00 元"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.mask(c.in); got != c.want {
				t.Errorf("%q → %q，应是 %q", c.in, got, c.want)
			}
		})
	}
}

// TestMaskLog: messages, attributes, errors and groups are masked; numbers are not touched.
func TestMaskLog(t *testing.T) {
	var b bytes.Buffer
	log := slog.New(web.MaskLog(slog.NewJSONHandler(&b, nil))).With("who", "13812345678").WithGroup("g")
	log.ErrorContext(context.Background(), "查 450202198001011234 失败", "err", errors.New("no 13900001111"), "n", 13812345678, slog.Group("in", "mail", "a.b@example.cn"))
	for _, bad := range []string{"450202198001011234", "\"13812345678\"", "13900001111", "a.b@"} {
		if strings.Contains(b.String(), bad) {
			t.Errorf("日志里有 %s：%s", bad, b.String())
		}
	}
	if !strings.Contains(b.String(), `"n":13812345678`) || !strings.Contains(b.String(), "450***********1234") {
		t.Errorf("日志：%s", b.String())
	}
}

// FuzzMaskText: no panic, valid text stays valid, masking again changes nothing, no identity number is left.
func FuzzMaskText(f *testing.F) {
	for _, s := range []string{"", "450202198001011234", "x13812345678y", "０７７２", "62220212345678901234567890", "𠮷@a.b", "4502021980010112344502021980010112"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		masks := []func(string) string{web.MaskName, web.MaskIdentity, web.MaskPhone, web.MaskAddress, web.MaskPlate, web.MaskCard, web.MaskEmail, web.MaskTaxNumber}
		for _, m := range masks {
			m(s)
		}
		once := web.MaskText(s)
		if utf8.ValidString(s) && !utf8.ValidString(once) {
			t.Errorf("%q → %q", s, once)
		}
		if twice := web.MaskText(once); twice != once {
			t.Errorf("%q → %q → %q", s, once, twice)
		}
	})
}
