package org

import "fadu/internal/store"

// The functions below find what records of this slice are called, by identifier, for the ledger's pages.

// PersonNames are the names with their staff numbers.
func PersonNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(p Person) (int64, string) { return int64(p.ID), p.Name + " " + p.StaffNumber })
}

// CertificateNames are the numbers.
func CertificateNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(c Certificate) (int64, string) { return int64(c.ID), c.Number })
}

// SubjectNames are the names of 执法主体.
func SubjectNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(s Subject) (int64, string) { return int64(s.ID), s.Name })
}
