// Package access decides who may do what to which records: the tree of units, accounts with their roles
// and passwords, sessions, and the one door through which every request comes.
//
// A Session says who acts. What it may do are Permissions, granted by Roles that are data; which records
// it may do it to is a Scope, which nobody can make up because its fields are unexported and it is had
// only from a Session. Roles, unit, password and state of an account are compared with each request by
// a counter (the epoch), so that a change ends its sessions at once.
//
// The three administrators of 等级保护 are separated by data and code: the system administrator keeps
// accounts and units but grants nothing, the security administrator grants roles but opens no case, the
// auditor reads the ledger and nothing else.
package access
