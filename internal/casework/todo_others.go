package casework

import "fadu/internal/store"

// addOthers adds what mechanisms wait for; what has a day is put into its group.
func (t *todoList) addOthers(tx *store.Tx) error {
	if t.s.Others == nil {
		return nil
	}
	items, err := t.s.Others(tx, t.by)
	for _, it := range items {
		if !it.Due.IsZero() {
			it.Group = groupOf(it.Due, t.today, t.s.Calendar)
		}
		t.items = append(t.items, it)
	}
	return err
}
