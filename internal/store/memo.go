package store

// Memo returns what f gave for the key earlier in the same View; a snapshot does not change, so asking
// again would cost a statement and tell nothing new. In an Update it always asks f. The key is a value
// of a type of the asking package, so that no two packages meet; what is returned is shared and must
// not be changed.
func Memo[T any](tx *Tx, key any, f func() (T, error)) (T, error) {
	if tx.write {
		return f()
	}
	if known, ok := tx.memo[key]; ok {
		return known.(T), nil
	}
	v, err := f()
	if err == nil {
		if tx.memo == nil {
			tx.memo = map[any]any{}
		}
		tx.memo[key] = v
	}
	return v, err
}
