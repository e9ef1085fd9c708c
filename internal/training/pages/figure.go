package pages

// look is how a persona is drawn.
type look struct {
	skin, shade, hair, top, trim string
	hat                          string // straw, helmet, cap, none
	cut                          string // long, short, bun, bald
	apron, vest, glasses, lined  bool
}

var looks = map[string]look{
	"摊主":   {skin: "#dfae8a", shade: "#bf8a66", hair: "#463a35", top: "#5b4364", trim: "#2f6258", hat: "straw", cut: "short", apron: true, lined: true},
	"店主":   {skin: "#e2b48f", shade: "#c08d68", hair: "#2c2623", top: "#f0ece4", trim: "#c9d0d9", cut: "short", apron: true},
	"工地经理": {skin: "#cf9c78", shade: "#ab7c5b", hair: "#2b2725", top: "#38516e", trim: "#e8802f", hat: "helmet", cut: "short", vest: true},
	"货车司机": {skin: "#c9946e", shade: "#a57552", hair: "#26211f", top: "#3f5a45", trim: "#2d4433", hat: "cap", cut: "short"},
	"老人":   {skin: "#e0b593", shade: "#c0916d", hair: "#cfcac4", top: "#6a6f7a", trim: "#565b66", cut: "bald", glasses: true, lined: true},
	"青年":   {skin: "#e8bd9b", shade: "#c79873", hair: "#1f1b1d", top: "#2e6f8e", trim: "#235870", cut: "short"},
	"业主":   {skin: "#e6b997", shade: "#c5946f", hair: "#39302c", top: "#7b3b3b", trim: "#5f2c2c", cut: "short", glasses: true},
	"女店主":  {skin: "#ecc3a3", shade: "#cc9c78", hair: "#4a332b", top: "#b0566b", trim: "#8c4254", cut: "long"},
}

// lookOf draws whoever is not known as the first of the personas.
func lookOf(figure string) look {
	if l, ok := looks[figure]; ok {
		return l
	}
	return looks["摊主"]
}

// face is what a mood does to a face and to the arms: paths in the coordinates of the figure.
type face struct {
	brows, lids, mouth, right, left string
	open, red                       bool
	rx, ry, lx, ly                  float64 // hands
}

var faces = map[string]face{
	"平静": {
		brows: "M665 196q12-7 25-2M739 196q-12-7-25-2", lids: "M668 211q11-5 22 0M736 211q-11-5-22 0", mouth: "M684 255q18 13 36 0",
		right: "M788 346Q822 412 786 462", left: "M616 346Q582 412 618 462", rx: 784, ry: 468, lx: 620, ly: 468,
	},
	"紧张": {
		brows: "M665 200q10-9 24-10M739 200q-10-9-24-10", lids: "M668 210q11-7 22 1M736 210q-11-7-22 1", mouth: "M686 260q16-8 32 0",
		right: "M788 346Q858 362 866 296", left: "M616 346Q582 412 618 462", rx: 868, ry: 286, lx: 620, ly: 468,
	},
	"愤怒": {
		brows: "M664 194l26 11M740 194l-26 11", lids: "M668 212q11-9 22-1M736 212q-11-9-22-1", mouth: "M684 254q18-12 36 0q-4 16-18 16t-18-16z", open: true, red: true,
		right: "M788 346Q856 350 912 304", left: "M616 346Q546 396 604 442", rx: 920, ry: 298, lx: 610, ly: 446,
	},
	"失控": {
		brows: "M662 190l28 15M742 190l-28 15", lids: "M667 207q12-8 24 0M737 207q-12-8-24 0", mouth: "M682 248q20-12 40 0 4 30-20 31t-20-31z", open: true, red: true,
		right: "M788 346Q872 320 852 222", left: "M616 346Q532 320 552 222", rx: 850, ry: 212, lx: 554, ly: 212,
	},
}

func faceOf(band string) face {
	if f, ok := faces[band]; ok {
		return f
	}
	return faces["平静"]
}

// toolIcons are drawn for tools whose name has the word.
var toolIcons = []struct{ word, path string }{
	{"证", "M4 5h16v14H4zM8 10.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M6.5 16q3.5-4 7 0M15.5 10h3M15.5 13h3"},
	{"记录仪", "M7 4h10v16H7zM9.5 8h5v4h-5zM11 16h2"},
	{"录像", "M7 4h10v16H7zM9.5 8h5v4h-5zM11 16h2"},
	{"拍", "M4 8h4l1.5-2.500h5L16 8h4v11H4zM8.8 13a3.2 3.2 0 1 0 6.4 0 3.2 3.2 0 1 0-6.4 0"},
	{"量", "M3 9h18v6H3zM7 9v3M11 9v3M15 9v3M19 9v3"},
	{"文书", "M6 3h9l3 3v15H6zM9 10h6M9 14h6M9 18h3"},
	{"呼叫", "M5 4h4l2 5-2.5 1.500q2 4 5 5L15 13l5 2v4q-7 2-12-4T5 4z"},
	{"搭档", "M5.8 8a3.2 3.2 0 1 0 6.4 0 3.2 3.2 0 1 0-6.4 0M3 19q1-6 6-6t6 6M17 7v6M14 10h6"},
	{"后撤", "M12 5v10M7.5 11l4.5 4.5 4.5-4.500M5 19h14"},
}

// icon is the path of a tool's picture.
func icon(name string) string {
	for _, i := range toolIcons {
		if contains(name, i.word) {
			return i.path
		}
	}
	return "M12 4a8 8 0 1 0 0 16 8 8 0 1 0 0-16M12 9v6M9 12h6"
}

// moodFaces are the small faces of the bands.
var moodFaces = map[string]string{
	"平静": "M8 10h.01M16 10h.01M8 15q4 2.5 8 0",
	"紧张": "M8 10.500h.01M16 10.500h.01M7 8l2.5-1M17 8l-2.5-1M8.5 16h7",
	"愤怒": "M8 11h.01M16 11h.01M7 7l3 1.500M17 7l-3 1.500M8 16.500q4-3 8 0",
	"失控": "M7 9l2.5 2M9.5 9L7 11M17 9l-2.5 2M14.5 9l2.5 2M8.5 17q3.5-5 7 0z",
}
