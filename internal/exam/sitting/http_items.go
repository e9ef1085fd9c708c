package sitting

import (
	"fmt"
	"net/http"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/exam/sitting/pages"
	"fadu/internal/exam/stats"
	"fadu/internal/web"
)

var flagLabels = map[stats.Flag]string{stats.TooHard: "太难", stats.TooEasy: "太容易", stats.KeySuspect: "答案可疑", stats.Weak: "区分不出水平"}

// number prints a statistic; a dash where it is undefined.
func number(x *float64) string {
	if x == nil {
		return "—"
	}
	return strconv.FormatFloat(*x, 'f', 3, 64)
}

// enough are the answer sheets below which the figures of an analysis say little.
const enough = 30

func (s *Service) showItems(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf[SittingID](r, nounSitting)
	if err != nil {
		return err
	}
	p, err := s.Analyse(r.Context(), by, id)
	if err != nil {
		return err
	}
	a := p.Analysis
	v := pages.ItemsView{Title: p.Sitting.Title, Back: p.Sitting.URL(), Facts: []web.FactView{
		{Label: "答卷", Text: fmt.Sprintf("%d 份（每人第一次）", a.N)}, {Label: "平均分", Text: number(a.Mean)}, {Label: "信度 α", Text: number(a.Alpha)}, {Label: "测量标准误", Text: number(a.SEM)}, {Label: "奇偶分半（斯皮尔曼-布朗）", Text: number(a.SpearmanBrown)},
	}}
	if a.N < enough {
		v.Facts = append(v.Facts, web.FactView{Label: "注意", Text: fmt.Sprintf("答卷不足 %d 份，这些数值不稳定，不宜据此改题", enough)})
	}
	for i, it := range a.Items {
		row := pages.ItemRow{Number: fmt.Sprint(i + 1), Stem: p.Form[i].Question.Stem, Kind: p.Form[i].Question.Type.Label(), P: number(it.P), D: number(it.D27), R: number(it.RItemRest)}
		if by.Can(access.ExamManage) {
			row.Correct, row.CorrectHref = "更正", fmt.Sprintf("%s/correct?item=%d", p.Sitting.URL(), i+1)
		}
		for _, f := range it.Flags {
			row.Flags = append(row.Flags, flagLabels[f])
		}
		v.Rows = append(v.Rows, row)
	}
	for _, x := range p.Alike {
		v.Alike = append(v.Alike, pages.AlikeRow{
			One: x.One.Name, Two: x.Two.Name, OneHref: candidateRow(x.One, p.Sitting, "").Href, TwoHref: candidateRow(x.Two, p.Sitting, "").Href,
			Says: fmt.Sprintf("相同的错答 %d 道，都答错的 %d 道，作答不同的 %d 道", x.Found.ExactWrong, x.Found.BothWrong, x.Found.Differences),
		})
	}
	return web.Render(w, r, http.StatusOK, pages.Items(v))
}
