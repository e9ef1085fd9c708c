package decision

import (
	"strings"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/setting"
	"fadu/internal/store"
)

// ChannelSetting is where fines are paid; the organ's own collection code goes with it.
var ChannelSetting = setting.Item{
	Key: "casework.pay_channel", Group: "普通程序", Label: "缴纳罚款的银行和电子支付渠道", Cite: law.Citations{law.Cite("XZCF", 67, 3)}, Source: "财政部门关于非税收入收缴的规定", Example: "演示银行各网点，或者扫描缴款码缴纳",
	Help: "定了以后，处罚决定书都写这一渠道和执法主体的执收编码，拟定时不再填写。不填的，每件拟定时填写。",
	Check: func(v string) string {
		if len([]rune(v)) > 80 {
			return "不超过 80 个字"
		}
		return ""
	},
}

// payChannel is the channel that the bureau decided, with the collection code of the case's organ; empty while none is.
func (s *Service) payChannel(tx *store.Tx, c *casework.Case) (string, error) {
	v, err := setting.Value(tx, ChannelSetting)
	if v = strings.TrimSpace(v); err != nil || v == "" || c.Organ == 0 {
		return v, err
	}
	organ, err := s.cases.OrganOf(tx, c)
	if err != nil || organ.CollectionCode == "" || strings.Contains(v, organ.CollectionCode) {
		return v, err
	}
	return v + "（执收编码" + organ.CollectionCode + "）", nil
}
