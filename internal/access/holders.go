package access

import (
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Holder is somebody whose account holds a role and is not disabled.
type Holder struct {
	Account AccountID `bun:"id"`
	Person  int64     `bun:"person"`
	Name    string    `bun:"name"`
	Role    Role      `bun:"role"`
}

// Holders returns who holds one of the roles today, in the order of the roles and then of names. It crosses scopes:
// who heads a bureau is no secret inside it.
func Holders(tx *store.Tx, roles ...Role) ([]Holder, error) {
	var out []Holder
	for _, r := range roles {
		var found []Holder
		err := tx.DB().NewSelect().TableExpr("account AS a").Join("JOIN account_role AS ar ON ar.account = a.id").ColumnExpr("a.id, a.person, a.name, ar.role").
			Where("ar.role IN (?)", bun.List([]Role{r})).Where("a.disabled = 0").Order("a.name", "a.id").Scan(tx.Ctx, &found)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}
