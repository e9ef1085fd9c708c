package demo

import (
	"context"

	"fadu/internal/law"
	"fadu/internal/register"
	"fadu/internal/register/definition"
)

// registers enters some records by the commands, in each state that a record can be in.
func (f *filler) registers(ctx context.Context) error {
	if f.p.Cases == 0 { // a bureau without cases is empty for tests
		return nil
	}
	today := law.DateOf(f.clock.Now())
	day := func(ago int) string { return today.AddDays(-ago).String() }
	photo := func(fields ...string) (out []register.RegisterUpload) {
		for _, x := range fields {
			out = append(out, register.RegisterUpload{Field: x, Name: x + ".jpg", Body: f.picture()})
		}
		return out
	}
	for _, x := range []struct {
		login, code string
		values      map[string]string
		files       []register.RegisterUpload
		lat, lng    string
	}{
		{"clerk", "duty_list", map[string]string{"planned": today.AddDays(40).String(), "law": "中华人民共和国行政处罚法", "audience": "行政相对人", "duty": f.units["YS-Z1"].Name, "holder": "演示卫远信", "channel": "执法现场、以案释法", "times": "12"}, nil, "", ""},
		{"officer102", "activity", map[string]string{"held_on": day(9), "name": "城管开放日", "themes": "3·19城市管理日、民法典宣传月", "targets": "社区、广场", "place": "演示广场", "audience": "260", "volunteers": "14", "handed_out": "180", "consulted": "23"}, photo("photos"), "", ""},
		{"officer103", "activity", map[string]string{"held_on": day(3), "name": "小手拉大手", "themes": "日常宣传", "targets": "学校", "place": "演示第一小学", "audience": "120", "handed_out": "120"}, photo("photos"), "", ""},
		{"officer102", "material_stock", map[string]string{"moved_on": day(20), "direction": "入库", "kind": "条例手册", "item": "市容条例手册", "quantity": "500"}, nil, "", ""},
		{"officer102", "material_stock", map[string]string{"moved_on": day(9), "direction": "领用发放", "kind": "条例手册", "item": "市容条例手册", "quantity": "180"}, nil, "", ""},
		{"officer102", "patrol", map[string]string{"patrolled_on": day(2), "kind": "街面市容", "place": "演示东路", "people": "4", "checked": "31", "corrected": "5"}, nil, "30.512300", "114.312300"},
		{"officer102", "counter", map[string]string{"counted_on": day(2), "kind": "占道经营", "count": "5", "way": "管理规范", "place": "演示东路"}, nil, "", ""},
		{"officer103", "counter", map[string]string{"counted_on": day(1), "kind": "共享单车", "count": "37", "way": "管理规范", "place": "演示广场"}, nil, "", ""},
		{"officer102", "campaign_item", map[string]string{"found_on": day(1), "kind": "招牌", "source": "自查", "problem": "招牌松动", "place": "演示东路 12 号"}, photo("before"), "30.512300", "114.312300"},
		{"officer102", "campaign_item", map[string]string{"found_on": day(15), "kind": "乱堆乱放", "source": "群众反映", "problem": "楼道口堆物", "place": "演示里 3 栋"}, photo("before"), "", ""},
		{"officer103", "hazard", map[string]string{"found_on": day(4), "kind": "市政设施", "level": "一般", "hazard": "井盖松动", "place": "演示西路"}, photo("before", "after"), "", ""},
		{"clerk", "study", map[string]string{"held_on": day(6), "kind": "会前学法", "topic": "行政处罚法第五十一条", "attended": "9", "themes": "行政处罚法"}, []register.RegisterUpload{{Field: "minutes", Name: "会议记录.txt", Body: []byte("会前学法记录")}}, "", ""},
	} {
		in := register.Entry{Values: x.values, Files: x.files, Lat: x.lat, Lng: x.lng}
		id, err := f.app.Registers.Record(ctx, f.sessions[x.login], x.code, in)
		if err != nil {
			return err
		}
		if x.code == "hazard" {
			if err := f.app.Registers.Pass(ctx, f.sessions["leader1"], id, 1, register.Entry{}); err != nil {
				return err
			}
		}
	}
	return f.ownRegister(ctx)
}

// ownRegister leaves a register of the bureau's own as a draft, to be taken into use by hand.
func (f *filler) ownRegister(ctx context.Context) error {
	_, err := f.app.Registers.Draft(ctx, f.sessions["clerk"], register.Design{
		Name: "犬只文明劝导", Group: "社区", Help: "街面劝导不牵绳遛犬，劝导一次记一条；伤人的报公安机关，不记在这里", Measure: "次", Flow: definition.Plain,
		Fields: []definition.Field{
			{Label: "日期", Kind: definition.Date, Need: true, Quick: true},
			{Label: "地点", Kind: definition.Place, Need: true, Quick: true},
			{Label: "劝导人数", Kind: definition.Number, Measure: "人次", Need: true, Quick: true, List: true},
			{Label: "照片", Kind: definition.Photos, Quick: true},
		},
	})
	return err
}
