package identity

import (
	"fmt"
	"strings"

	"fadu/internal/law"
)

var residentWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// residentRegions are the first two digits of a 公民身份号码: provinces (GB/T 2260), 71 台湾, 81–83 residence
// permits of people from 港澳台.
const residentRegions = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

// fictionalRegion begins the numbers of the demo bureau's invented people; no real number has it.
const fictionalRegion = "99"

// earliestBirthYear keeps typing errors out; nobody alive was born before.
const earliestBirthYear = 1900

// ResidentID checks a 公民身份号码 on a day: 18 characters, a known region, a real birth date not after the day,
// the check character. A 15-digit number is no longer valid; Normalised is what it became. Numbers of the
// fictional region 99 are refused: a real bureau must never take demo people for real ones.
func ResidentID(value string, on law.Date) Result {
	r := residentID(value, on)
	if r.Valid && r.Fictional {
		return r.refuse("区划码99是演示数据专用的，不是真实的身份号码")
	}
	return r
}

// DemoResidentID is ResidentID for a demo bureau, where numbers of the fictional region 99 are valid too.
func DemoResidentID(value string, on law.Date) Result { return residentID(value, on) }

func residentID(value string, on law.Date) Result {
	r := Result{Normalised: Normalise(value)}
	old := len(r.Normalised) == 15 && allDigits(r.Normalised)
	if old {
		r.Normalised = r.Normalised[:6] + "19" + r.Normalised[6:]
		r.Normalised += ResidentCheckChar(r.Normalised)
	}
	id := r.Normalised
	n := len([]rune(id))
	switch {
	case n == 0:
		return r.refuse("没有填写公民身份号码")
	case n != 17 && n != 18:
		return r.refuse(fmt.Sprintf("应为18位，实有%d位", n))
	case !allDigits(id[:17]):
		return r.refuse("前17位应为数字")
	}
	if r.CheckChar = ResidentCheckChar(id[:17]); n == 17 {
		return r.refuse(fmt.Sprintf("只有17位，缺最后一位校验码，按前17位推算应为%s", r.CheckChar))
	}
	if strings.Trim(id[17:], "0123456789X") != "" {
		return r.refuse("第18位应为数字或者X")
	}
	r.Fictional = strings.HasPrefix(id, fictionalRegion)
	birth, isDate := Born(id)
	r.Birth = birth
	switch {
	case !r.Fictional && !strings.Contains(residentRegions, " "+id[:2]+" "):
		return r.refuse(fmt.Sprintf("前两位%s不是省级行政区划码", id[:2]))
	case !isDate:
		return r.refuse(fmt.Sprintf("第7至14位%s不是真实的出生日期", id[6:14]))
	case birth.After(on):
		return r.refuse(fmt.Sprintf("出生日期%s晚于%s", birth.Han(), on.Han()))
	case birth.Year() < earliestBirthYear:
		return r.refuse(fmt.Sprintf("出生年份%d早于%d年，请核对", birth.Year(), earliestBirthYear))
	case id[17:] != r.CheckChar:
		return r.refuse(fmt.Sprintf("第18位校验码应为%s，实为%s，请核对有没有抄错", r.CheckChar, id[17:]))
	case old:
		return r.refuse(fmt.Sprintf("15位旧号已经停用，升位后为%s，请按现行证件核对", id))
	}
	r.Valid = true
	return r
}

// ResidentCheckChar returns the check character for the first 17 digits of a 公民身份号码, or "" when they are
// not 17 digits.
func ResidentCheckChar(first17 string) string {
	if len(first17) != 17 || !allDigits(first17) {
		return ""
	}
	sum := 0
	for i := range 17 {
		sum += int(first17[i]-'0') * residentWeights[i]
	}
	return string("10X98765432"[sum%11])
}

// Born returns the birth date in an 18-character 公民身份号码, real or of the demo bureau, without judging the
// rest of it; false where there is no real date.
func Born(id string) (law.Date, bool) {
	if len(id) != 18 || !allDigits(id[:17]) {
		return law.Date{}, false
	}
	d, err := law.ParseDate(id[6:10] + "-" + id[10:12] + "-" + id[12:14])
	return d, err == nil
}
