package access

import (
	"fmt"
	"strings"
	"testing"
)

// TestWeakPasswords: what satisfies the counting rules and is guessed first all the same is refused, in all
// its spellings; what nobody guesses is taken.
func TestWeakPasswords(t *testing.T) {
	p, err := DefaultPolicy()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(weakWords()); n < 400 {
		t.Errorf("词表只有 %d 个词", n)
	}
	check := func(password string) error { return p.Password.CheckPassword(password, "zhao.mou", "赵某") }
	for _, bad := range []string{
		"Admin@123456", "Admin@2026", "Admin@2031!", "Administrator#1", "P@ssw0rd123", "P@$$w0rd2026", "Passw0rd!@#", "Qwer1234!@#$", "1qaz@WSX3edc", "!QAZ2wsx#EDC", "Zaq1@wsxcde3",
		"Qwertyuiop1!", "Abcd1234!@#$", "Asdf@123456", "Woaini@1314", "Welcome@2025", "Chengguan@2026", "ChengguanJu#8", "Zhifa-123456", "CGZF@2026.01", "Liuzhou@2026", "Fadu@123456", "Huawei12#$%",
		"Test@19900101", "Zhangsan@123", "A@123456789", "Aa112233!!aa", "Beijing2008!", "Root-2026-Root", "Qq123456789.", "Mima@888666", "4dm1n@2026!", "ChangeMe_001",
	} {
		if check(bad) == nil {
			t.Errorf("%s 被接受了", bad)
		}
	}
	// Every word with what people add to satisfy a rule.
	refused, all := 0, 0
	for _, w := range weakWords() {
		for _, f := range []string{"%s@123456", "%s#20260101", "%s_2025!!!"} {
			all++
			if check(fmt.Sprintf(f, strings.ToUpper(w[:1])+w[1:])) != nil {
				refused++
			}
		}
	}
	if refused != all {
		t.Errorf("词表里的 %d 个样子，只拒绝 %d 个", all, refused)
	}
	for _, good := range []string{"Qing-Feng-a9", "Ming-Yue-b8", "tR7#kwPz9qLm", "雨天-Bicycle-37-门", "Purple.Kettle.94.Vow", "xK4!vNd8hGt2", "Yz-hnq-37-wVt"} {
		if err := check(good); err != nil {
			t.Errorf("%s：%v", good, err)
		}
	}
}
