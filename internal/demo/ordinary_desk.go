package demo

import (
	"context"

	"fadu/internal/casework"
)

// ordinaryDesk settles what counts as a large amount for a hearing, and what the heads review and discuss as major.
func (f *filler) ordinaryDesk(ctx context.Context) error {
	const major = "公民10000 单位50000 种类吊销许可证件、责令停产停业、责令关闭"
	for _, x := range [][3]string{
		{casework.HearingThreshold.Key, "99", "《演示市行政处罚听证数额规定》（演示），2021年7月15日起施行"},
		{casework.ReviewDirectory.Key, major, "《演示市城管局重大执法决定法制审核目录》（演示），2021年7月15日起施行"},
		{casework.DiscussionDirectory.Key, major, "《演示市城管局重大行政处罚集体讨论办法》（演示），2021年7月15日起施行"},
	} {
		if err := f.app.Settings.Decide(ctx, f.sessions["legal"], x[0], x[1], x[2], 0); err != nil {
			return err
		}
	}
	return nil
}
