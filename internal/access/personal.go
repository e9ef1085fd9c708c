package access

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"fadu/internal/web"
)

// Personal is a kind of personal data.
type Personal string

// The kinds. Which of them who sees in full is data (data/roles.yaml).
const (
	PersonalName     Personal = "name"
	PersonalIdentity Personal = "identity"
	PersonalPhone    Personal = "phone"
	PersonalAddress  Personal = "address"
)

// masks are the masked forms by kind.
var masks = map[Personal]func(string) string{
	PersonalName: web.MaskName, PersonalIdentity: web.MaskIdentity, PersonalPhone: web.MaskPhone, PersonalAddress: web.MaskAddress,
}

// PersonalRule says for a kind which permissions show it in full.
type PersonalRule struct {
	Kind  Personal     `yaml:"kind"`
	Label string       `yaml:"label"`
	Note  string       `yaml:"note"`
	Plain []Permission `yaml:"plain"`
}

// checkPersonal refuses rules for unknown kinds or permissions, and a kind that has two. A kind without a
// rule is shown to nobody in full.
func checkPersonal(rules []PersonalRule) []error {
	var faults []error
	seen := map[Personal]bool{}
	for _, r := range rules {
		if masks[r.Kind] == nil || seen[r.Kind] || r.Label == "" {
			faults = append(faults, fmt.Errorf("access: roles: personal data %q", r.Kind))
		}
		seen[r.Kind] = true
		for _, p := range r.Plain {
			if !knownPermission(p) {
				faults = append(faults, fmt.Errorf("access: roles: personal data %q shown by unknown permission %q", r.Kind, p))
			}
		}
	}
	return faults
}

// Personal returns the value as the session's holder may see it: in full or masked.
func (s Session) Personal(k Personal, value string) string {
	if s.Sees(k) {
		return value
	}
	return masks[k](value)
}

// Sees reports whether the session's holder sees the kind in full without asking.
func (s Session) Sees(k Personal) bool {
	return slices.ContainsFunc(Catalogue().Personal, func(r PersonalRule) bool {
		return r.Kind == k && slices.ContainsFunc(r.Plain, s.Can)
	})
}

// personalKeys are the members of ledger data that hold personal data, in any slice.
var personalKeys = map[string]Personal{
	"PartyName": PersonalName, "party": PersonalName, "party_name": PersonalName, "LegalRep": PersonalName, "legal_rep": PersonalName, "Guardian": PersonalName, "guardian": PersonalName, "payer": PersonalName,
	"IDNumber": PersonalIdentity, "id_number": PersonalIdentity, "PartyKey": PersonalIdentity, "party_key": PersonalIdentity, "identity": PersonalIdentity,
	"PartyPhone": PersonalPhone, "phone": PersonalPhone,
	"PartyAddress": PersonalAddress, "address": PersonalAddress,
}

// maskData masks the personal data in a ledger entry's data for the auditor, who reads acts and not cases.
func maskData(raw json.RawMessage, key string) json.RawMessage {
	switch first := bytes.TrimSpace(raw); {
	case bytes.HasPrefix(first, []byte("{")):
		var m map[string]json.RawMessage
		if json.Unmarshal(raw, &m) != nil {
			return raw
		}
		for k, v := range m {
			m[k] = maskData(v, k)
		}
		return remade(m, raw)
	case bytes.HasPrefix(first, []byte("[")):
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil {
			return raw
		}
		for i, v := range list {
			list[i] = maskData(v, key)
		}
		return remade(list, raw)
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return raw
	}
	if k, ok := personalKeys[key]; ok {
		return remade(masks[k](s), raw)
	}
	return remade(web.MaskText(s), raw)
}

func remade(v any, raw json.RawMessage) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		return raw
	}
	return b
}
