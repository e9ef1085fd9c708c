package app

import (
	"context"
	"fmt"
	"strings"

	"fadu/internal/draft"
	"fadu/internal/exam"
	"fadu/internal/powers"
	"fadu/internal/search"
	"fadu/internal/store"
)

// maxNamed is how many damaged rows a finding names.
const maxNamed = 5

// checkDrafts looks at rows that are being imported, which no ledger entry proves: each has its own digest.
func (a *App) checkDrafts(ctx context.Context) Finding {
	f := Finding{Name: "导入草稿", Text: "各行与保存时一样"}
	err := a.DB.View(ctx, func(tx *store.Tx) error {
		bad, err := draft.Damaged(tx, maxNamed)
		if len(bad) > 0 {
			f.Level, f.Text = Fail, "与保存时不符的行："+strings.Join(bad, "，")
			f.How = "这些行发布不了。作废这一批，重新上传文件；数据库文件可能坏了，先做一份备份，查磁盘"
		}
		return err
	})
	if err != nil {
		return wrong(f.Name, err)
	}
	return f
}

// checkSearch compares what is searched with its digest and the index with it, and makes anew what is damaged or missing:
// all of it comes from the records, which the ledger proves. In a database that is damaged elsewhere it writes nothing.
func (a *App) checkSearch(ctx context.Context) Finding {
	f := Finding{Name: "检索文字"}
	var found search.Found
	err := a.DB.View(ctx, func(tx *store.Tx) (err error) { found, err = search.Check(tx); return err })
	if err != nil {
		return wrong(f.Name, err)
	}
	if len(found.Damaged) == 0 && !found.Index {
		if f.Text = fmt.Sprintf("%d 条与写入时一样，索引与它们相符", found.Texts); found.Undigested > 0 {
			f.Text += fmt.Sprintf("（%d 条是旧版写的，没有摘要可比）", found.Undigested)
		}
		return f
	}
	if others, err := a.damage(ctx); err != nil || len(others) > 0 {
		f.Level, f.Text, f.How = Warn, "数据库有别的损坏，没有重做", "先恢复备份"
		return f
	}
	made, err := a.remake(ctx, found)
	if err != nil {
		return wrong(f.Name, err)
	}
	f.Level, f.Text = Warn, fmt.Sprintf("%d 条与写入时不符，%d 条照记录重写，检索索引重做了", len(found.Damaged), made)
	f.How = "检索已经恢复；数据库文件坏过，先做一份备份，查磁盘和内存"
	return f
}

// remake writes damaged texts anew from their records and the index from the texts; it returns how many texts they were.
func (a *App) remake(ctx context.Context, found search.Found) (made int, err error) {
	err = a.DB.Update(ctx, func(tx *store.Tx) error {
		if err := search.Forget(tx, found.Damaged); err != nil {
			return err
		}
		for _, again := range []func(*store.Tx) (int, error){a.Cases.Reindex, powers.Reindex, exam.Reindex} {
			n, err := again(tx)
			if made += n; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return made, a.DB.Update(ctx, search.Rebuild)
}

// damage is what Integrity finds beside the index of words, which can be made anew.
func (a *App) damage(ctx context.Context) ([]string, error) {
	bad, err := a.DB.Integrity(ctx, Migrations())
	var out []string
	for _, line := range bad {
		if !strings.Contains(line, "search_index") {
			out = append(out, line)
		}
	}
	return out, err
}

// checkPages says whether the database itself would notice a flipped bit in what it keeps.
func (a *App) checkPages(ctx context.Context) Finding {
	if a.DB.Engine() == store.SQLite {
		return Finding{Name: "数据页校验和", Text: "内置数据库没有；由下面各项逐页、逐行核对"}
	}
	on, err := a.DB.PageChecksums(ctx)
	if err != nil {
		return wrong("数据页校验和", err)
	}
	return pagesFinding(on)
}

func pagesFinding(on bool) Finding {
	if on {
		return Finding{Name: "数据页校验和", Text: "PostgreSQL 已打开（data_checksums）"}
	}
	return Finding{
		Name: "数据页校验和", Level: Warn, Text: "PostgreSQL 没有打开（data_checksums 是 off），磁盘上翻转的一位读出来时不会报错",
		How: "停下 PostgreSQL，以它的用户运行 pg_checksums --enable -D 它的数据目录，再启动；办法见手册 12“用 PostgreSQL”",
	}
}
