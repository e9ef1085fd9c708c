// Package identity checks what names a party or a paper: 统一社会信用代码 (GB 32100), 公民身份号码 (GB 11643),
// 文号; and reckons age and masks numbers. It is pure: the day against which a birth date or an age is
// judged is an argument. Reasons are Chinese and say what to do.
package identity
