package casework

import "fadu/internal/law"

// confiscatedRules are about what a decision confiscates, once it is in the store-room (行政处罚法第七十四条).
var confiscatedRules = []law.Rule{
	{
		ID: "XZCF-74-served", Name: "没收财物以送达的没收决定为依据", Actions: []law.Action{ActTakeConfiscated, ActApproveDisposal, ActDisposeConfiscated},
		Cite: law.Citations{xzcf(57, 1), xzcf(61, 1), xzcf(74, 1)}, From: penaltyLaw2021,
		Check: required(law.ConfiscationServed, "没有已经送达的没收非法财物的处罚决定，不能收缴、处理。请先作出决定并送达；决定被撤销、变更的，财物退还当事人"),
	},
	{
		ID: "XZCF-74-destroy", Name: "销毁限于依法应当销毁的物品", Actions: []law.Action{ActApproveDisposal},
		Cite: law.Citations{xzcf(74, 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			way, ok := r.Text(law.DisposalWay)
			switch {
			case !ok:
				return law.NotStated()
			case way != "销毁":
				return law.Pass()
			}
			return law.Unless(r.Is(law.DisposalProvided), law.RefuseBecause("没有写明法律、法规规定这些物品应当销毁。依法应当销毁的以外，没收的财物公开拍卖或者按照国家有关规定处理"))
		},
	},
	{
		ID: "XZCF-74-pending", Name: "复议、诉讼中的没收财物慎重处理", Actions: []law.Action{ActApproveDisposal},
		Cite: law.Citations{xzcf(73, 1), xzcf(74, 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(r.Is(law.ReviewPending), law.WarnThat("当事人正在申请复议或者提起诉讼。拍卖、销毁以后不能恢复原状，除不宜保管的以外，等结果出来再处理"))
		},
	},
	{
		ID: "XZCF-74-approved", Name: "没收财物按批准的方式处理", Actions: []law.Action{ActDisposeConfiscated, ActFailDisposal},
		Cite: law.Citations{xzcf(74, 1)}, From: penaltyLaw2021,
		Check: required(law.DisposalApproved, "这些财物怎样处理还没有经负责人批准。请先报批，批准以后按批准的方式拍卖、处理、销毁"),
	},
	{
		ID: "XZCF-74-2", Name: "处理没收财物的款项全部上缴国库", Actions: []law.Action{ActDisposeConfiscated},
		Cite: law.Citations{xzcf(74, 2)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			got, ok := r.Money(law.DisposalProceeds)
			paid, stated := r.Money(law.TreasuryPaid)
			switch {
			case !ok || !stated:
				return law.NotStated()
			case paid < got:
				return law.RefuseBecause("所得款项 %s 元，上缴国库 %s 元，还差 %s 元。款项必须全部上缴国库，不得截留、坐支、私分", got.Grouped(), paid.Grouped(), (got - paid).Grouped())
			case paid > got:
				return law.RefuseBecause("上缴国库 %s 元，多于所得款项 %s 元，请核对", paid.Grouped(), got.Grouped())
			}
			return law.Pass()
		},
	},
	{
		ID: "XZCF-74-closing", Name: "没收的财物处理完毕", Actions: []law.Action{ActCloseOrdinary},
		Cite: law.Citations{xzcf(74, 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(r.Is(law.ConfiscatedKept), law.WarnThat("没收的财物还在库或者款项还没有上缴国库。结案以后仍可处理，请及时办理"))
		},
	},
}
