package apptest

// Filing is how a matter of the ordinary procedure comes to its filed case.
var Filing = []Stage{
	Usual[0],
	{"take_up", "officer102", "?step=take_up", "acts/take-up", nil},
	{"assign", "leader1", "?step=assign", "acts/assign", []string{"lead=$officer102", "assist=$officer103"}},
	{"party", "officer102", "?step=party", "party", []string{"kind=公民", "name=演示·赵六", "id_kind=居民身份证", "id_number=990107198506150010", "address=演示市演示区白云路3号", "identity_basis=card_seen"}},
	{"check", "officer102", "?step=check", "acts/check", []string{"found=人行道堆放砂石两堆", "cause=涉嫌占道堆放", "act_from=2026-01-05", "prima_facie=1", "evidence=现场照片4张", "violated=《演示市市容条例》第二十一条第一款", "in_jurisdiction=1", "informant=没有举报人"}},
	{"ask_filing", "officer102", "?step=ask_filing", "acts/ask-filing", []string{"opinion=建议立案查处"}},
	{"approve_filing", "head", "?step=approve_filing", "acts/approve-filing", []string{"note=同意"}},
}
