package document

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"strconv"
	"testing"
	"time"

	"fadu/internal/law"
)

// created is the creation time of all test papers.
var created = time.Date(2026, 5, 2, 17, 56, 30, 0, law.Zone)

// signed draws a signature as a phone sends it: strokes on a transparent ground.
func signed(t *testing.T) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 420, 160))
	for i := range 4000 {
		p := float64(i) / 4000
		x, y := 20+380*p, 80+50*math.Sin(p*19)*math.Cos(p*7)
		for dx := range 5 {
			for dy := range 5 {
				img.Set(int(x)+dx, int(y)+dy, color.NRGBA{A: 255})
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// photographed makes a photo of a grey street under a blue sky, so that up and down can be told.
func photographed(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{120, 170, 220, 255}
			if y > h/2 {
				c = color.RGBA{uint8(90 + x*60/w), 90, 90, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// onSpotForm is a 当场行政处罚决定书 as a bordered form.
func onSpotForm(t *testing.T) Paper {
	day := law.MustDate("2026-05-02")
	return Paper{
		Layout: Form, Header: BlackHeader, Demo: true, Mark: "第二联　交当事人",
		Organ:  "演示市演示区城市管理综合执法局",
		Title:  "当场行政处罚决定书",
		Number: "演城管当罚字〔2026〕第186号",
		Blocks: []Block{
			Fields{Label: "当事人", Rows: [][]Field{
				{{"姓名", "郑某某（演示）", 1}, {"性别", "男", 1}},
				{{"证件种类", "居民身份证", 1}, {"证件号码", "990101198801010019", 1}},
				{{"住址", "演示市演示区青石路1号演示小区3栋2单元501室", 1}},
				{{"联系电话", "19900000000", 1}, {"字号", "", 1}},
			}},
			Fields{Rows: [][]Field{
				{{"违法时间", "2026年5月2日17时40分", 1}, {"违法地点", "演示区青石路小学门前人行道", 1}},
			}},
			Paragraph{Label: "违法事实及证据", Text: "当事人驾驶电动三轮车在青石路小学门前人行道摆卖水果，占地约3平方米，影响行人通行。执法人员指出后当场收摊改正。以上事实有现场照片3张（远、中、近）、卷尺测量记录1份、当事人陈述为证，全过程由执法记录仪DSJ-0217记录。"},
			Paragraph{Label: "陈述申辩", Text: "作出决定前，执法人员已当面告知拟作出处罚的内容及事实、理由、依据，并告知当事人依法享有陈述、申辩的权利。当事人陈述：“小孩学费还差一点，下次不摆了。”经复核，对其当场改正的情节予以采纳。"},
			Paragraph{Label: "处罚依据及内容", Text: "上述行为违反了《演示市市容条例》第二十一条第一款的规定。依据该条例第四十二条第一款第二项，适用《演示市城市管理行政处罚裁量基准（2026年版）》C-0213-01，裁量阶次为从轻，决定给予以下行政处罚：\n☐警告　☑罚款人民币壹佰伍拾元整（￥150.00）。\n同时责令当事人立即改正违法行为（已当场改正）。"},
			Paragraph{Label: "缴款方式", Text: "☐当场收缴　☑自收到本决定书之日起十五日内，凭缴款码到代收银行或者通过电子支付系统缴纳。逾期不缴纳的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额。"},
			Paragraph{Label: "救济途径", Text: "如不服本决定，应当先自收到本决定书之日起六十日内向演示区人民政府申请行政复议；对行政复议决定不服的，可以自收到复议决定书之日起十五日内依法向演示区人民法院提起行政诉讼。"},
			Signatures{Signers: []Signer{
				{Role: "执法人员（签名）", Certificate: "99010700123", Image: signed(t)},
				{Role: "执法人员（签名）", Certificate: "99010700131", Image: signed(t)},
				{Role: "当事人（签名或盖章）", Image: signed(t), Date: day},
			}},
			Issue{Organ: "演示市演示区城市管理综合执法局", Date: day, Seal: true},
		},
		Copies: "本决定书一式三份：一份交当事人，一份由执法机关存档，一份报所属机关备案。",
		Verify: Verify{URL: "http://localhost:8080/v/7KD492QMF3XA8H2VK", Code: "7KD492QMF3XA8H2VK"},
	}
}

// decisionLetter is the 行政处罚决定书 of the mock-ups in the letter layout.
func decisionLetter() Paper {
	return Paper{
		Layout: Letter, Header: RedHeader, Demo: true,
		Organ:  "演示市演示区城市管理综合执法局",
		Title:  "行政处罚决定书",
		Number: "演城管罚字〔2026〕第37号",
		Blocks: []Block{
			Fields{Rows: [][]Field{
				{{"当事人", "演示市甲乙建筑工程有限公司", 0}},
				{{"统一社会信用代码", "91990100MADEM00K4L", 0}},
				{{"住所", "演示市演示区青石路1号", 0}, {"法定代表人", "郑某某", 0}},
			}},
			Paragraph{Text: "2026年3月18日，本机关接扬尘在线监测告警，指派两名执法人员到演示区青石路88号工地检查。经查，当事人作为施工单位，有1,260平方米裸露地面未采取覆盖等防尘措施。\n以上事实有检查笔录、照片、监测数据、询问笔录为证。"},
			Paragraph{Text: "当事人的行为违反了《中华人民共和国大气污染防治法》第六十九条第三款的规定。2026年4月20日，本机关向当事人送达《行政处罚事先告知书》（演城管罚告字〔2026〕第37号），告知拟作出处罚的内容及事实、理由、依据和陈述、申辩、要求听证的权利。当事人于4月24日提出书面申辩，未要求听证。经复核，对其配合改正的意见予以采纳，其余不予采纳。5月6日，本机关更正告知书笔误并重新送达，当事人无新意见。"},
			Paragraph{Text: "依据《中华人民共和国大气污染防治法》第一百一十五条第一款第一项，适用《演示市城市管理行政处罚裁量基准（2026年版）》C-115-01，裸露地面面积在一千平方米以上不足二千平方米、按期改正、两年内第二次违法，裁量阶次为一般。本机关决定给予以下行政处罚："},
			Paragraph{Text: "罚款人民币伍万贰仟元整（￥52,000.00）。", Style: Strong},
			Paragraph{Text: "当事人应当自收到本决定书之日起十五日内，持本决定书到指定银行或者通过电子支付系统缴纳罚款。逾期不缴纳的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额。"},
			Paragraph{Text: "如不服本决定，可以自收到本决定书之日起六十日内向演示区人民政府申请行政复议，也可以在六个月内依法向演示区人民法院提起行政诉讼。"},
			Paragraph{Text: "本决定将依法向社会公开。"},
			Issue{Organ: "演示市演示区城市管理综合执法局", Date: law.MustDate("2026-05-13"), Seal: true},
		},
		Copies: "本决定书一式两份，一份送达当事人，一份存档。",
		Verify: Verify{URL: "http://localhost:8080/v/7KD492QMF3XA", Code: "7KD492QMF3XA"},
	}
}

// evidenceLetter is a letter with a table over three pages, a receipt and photos.
func evidenceLetter(t *testing.T) Paper {
	items := [][]string{}
	for i := 1; i <= 42; i++ {
		proves := "证明当事人占用人行道的事实"
		if i%7 == 0 {
			proves = "证明执法人员已当面告知事实、理由、依据和权利，当事人陈述申辩已被听取并复核，程序合法"
		}
		items = append(items, []string{strconv.Itoa(i), "现场照片（演示）第" + strconv.Itoa(i) + "号", "1", proves})
	}
	return Paper{
		Layout: Letter, Header: BlackHeader,
		Organ: "演示市演示区城市管理综合执法局", Title: "证据清单", Number: "演城管证字〔2026〕第12号",
		Blocks: []Block{
			Paragraph{Text: "案由：占用城市人行道摆摊设点（演示）", Style: Flush},
			Table{Columns: []Column{{"序号", 2, Center}, {"证据名称", 7, Left}, {"份数", 2, Center}, {"证明目的", 10, Left}}, Rows: items},
			Signatures{Signers: []Signer{{Role: "整理人（签名）", Certificate: "99010700123", Dated: true}}},
			Receipt{Label: "签收", Text: "本清单所列材料已于下列日期收到。", Signer: Signer{Role: "当事人（签名或盖章）", Written: "拒绝签名", Dated: true, Note: "当事人拒绝签名，两名执法人员当场注明，执法记录仪DSJ-0217已录像。"}},
			Photos{Items: []Photo{
				{Image: photographed(t, 1200, 900), Shows: "占道摊位远景", Place: "演示区青石路小学门前人行道", Time: "2026年5月2日17时41分", By: "赵某某（演示）"},
				{Image: photographed(t, 600, 900), Shows: "占道摊位近景", Place: "演示区青石路小学门前人行道", Time: "2026年5月2日17时42分", By: "赵某某（演示）"},
				{Image: photographed(t, 1200, 900), Shows: "改正后", Place: "演示区青石路小学门前人行道", Time: "2026年5月2日17时58分", By: "赵某某（演示）"},
			}},
		},
		Verify: Verify{URL: "http://localhost:8080/v/7KD492QMF3XA", Code: "7KD492QMF3XA"},
	}
}

// voidedNotice is a voided 责令改正通知书 with nothing but text.
func voidedNotice() Paper {
	return Paper{
		Layout: Letter, Header: BlackHeader, Void: "当事人姓名录错，未送达，另行出具演城管责改字〔2026〕第10号（演示）", Mark: "存根",
		Organ: "演示市演示区城市管理综合执法局", Title: "责令改正通知书", Number: "演城管责改字〔2026〕第9号",
		Blocks: []Block{
			Fields{Rows: [][]Field{{{"当事人", "郑某某（演示）", 0}, {"电话", "", 0}}}},
			Paragraph{Text: "经查，你在演示区青石路88号门前擅自占用人行道堆放物料，违反了《演示市市容条例》第二十一条第一款的规定。现责令你于2026年5月5日前改正；逾期不改正的，将依法处理。"},
			Paragraph{Text: "联系人：赵某某（演示）；联系电话：0990-0000000。", Style: Small},
			Issue{Organ: "演示市演示区城市管理综合执法局"},
			Receipt{Text: "本通知书已收到。", Signer: Signer{Role: "被责令改正的单位（盖章）或者个人、现场负责人（签名或者盖章）及身份证件号码", Dated: true}},
		},
	}
}

// blankForm has only blanks and long labels, as a booklet for the street has.
func blankForm() Paper {
	return Paper{
		Layout: Form, Header: RedHeader, Organ: "演示市演示区人民政府青石街道办事处综合行政执法队（演示）", Title: "现场检查笔录",
		Blocks: []Block{
			Fields{Label: "被检查人", Rows: [][]Field{{{"名称", "", 2}, {"统一社会信用代码", "", 3}}}},
			Table{Caption: "检查项目", Columns: []Column{{"项目", 3, Left}, {"结果", 1, Center}, {"数值", 1, Right}}, Rows: [][]string{{"占道面积", "☑", "3.20"}, {"噪声", "☒", "58"}, {"其他", "☐", ""}}},
			Paragraph{Label: "现场情况", Text: "\n\n"},
			Signatures{Label: "签名", Signers: []Signer{{Role: "检查人", Dated: true}, {Role: "见证人", Name: "吴某（演示）", Note: "见证人系演示社区工作人员。"}}},
			Issue{Organ: "演示市演示区人民政府青石街道办事处"},
		},
	}
}
