package access

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"gopkg.in/yaml.v3"
)

//go:embed data/policy.yaml
var policyYAML []byte

// Policy is how strictly people are signed in; data/policy.yaml explains each value.
type Policy struct {
	Session      SessionPolicy      `yaml:"session"`
	Lockout      LockoutPolicy      `yaml:"lockout"`
	Password     PasswordPolicy     `yaml:"password"`
	SecondFactor SecondFactorPolicy `yaml:"second_factor"`
	Log          LogPolicy          `yaml:"log"`
}

// SessionPolicy bounds sessions.
type SessionPolicy struct {
	Idle     time.Duration `yaml:"idle"`
	Absolute time.Duration `yaml:"absolute"`
	Each     int           `yaml:"each"`
	Kept     time.Duration `yaml:"kept"`
}

// LockoutPolicy bounds guessing.
type LockoutPolicy struct {
	Tries      int64         `yaml:"tries"`
	Lock       time.Duration `yaml:"lock"`
	SlowAfter  int64         `yaml:"slow_after"`
	SlowStep   time.Duration `yaml:"slow_step"`
	SlowMost   time.Duration `yaml:"slow_most"`
	SprayAfter int64         `yaml:"spray_after"`
	Familiar   time.Duration `yaml:"familiar"`
}

// PasswordPolicy says what a password must be and how it is hashed (argon2id).
type PasswordPolicy struct {
	Length    int           `yaml:"length"`
	Classes   int           `yaml:"classes"`
	History   int           `yaml:"history"`
	Lasts     time.Duration `yaml:"lasts"`
	MemoryKiB uint32        `yaml:"memory_kib"`
	Time      uint32        `yaml:"time"`
	Threads   uint8         `yaml:"threads"`
	AtOnce    int           `yaml:"at_once"`

	// demo lets a password be that everybody can read in the manual: demo data can never become real.
	demo bool
}

// SecondFactorPolicy says who must sign in with a one-time code too.
type SecondFactorPolicy struct {
	Roles         []Role `yaml:"roles"`
	Everybody     bool   `yaml:"everybody"`
	RecoveryCodes int    `yaml:"recovery_codes"`
}

// LogPolicy says how long security events stay.
type LogPolicy struct {
	Keep time.Duration `yaml:"keep"`
}

// minKeep is what the database's trigger keeps in any case (网络安全法第二十一条: six months).
const minKeep = 184 * 24 * time.Hour

// DefaultPolicy returns the embedded policy.
func DefaultPolicy() (Policy, error) { return ParsePolicy(policyYAML) }

// ParsePolicy reads and checks a policy.
func ParsePolicy(b []byte) (Policy, error) {
	var p Policy
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(&p); err != nil {
		return p, fmt.Errorf("access: policy: %w", err)
	}
	return p, p.check()
}

func (p Policy) check() error {
	var faults []error
	need := func(ok bool, what string) {
		if !ok {
			faults = append(faults, fmt.Errorf("access: policy: %s", what))
		}
	}
	need(p.Session.Idle >= time.Minute && p.Session.Idle <= p.Session.Absolute, "session.idle must lie between a minute and session.absolute")
	need(p.Session.Absolute <= 24*time.Hour, "session.absolute may be a day at most")
	need(p.Session.Each >= 1, "session.each must be positive")
	need(p.Session.Kept >= time.Minute && p.Session.Kept <= 24*time.Hour, "session.kept must lie between a minute and a day")
	need(p.Lockout.Tries >= 3 && p.Lockout.Tries <= 10, "lockout.tries must lie between 3 and 10")
	need(p.Lockout.Lock >= time.Minute && p.Lockout.Lock <= 24*time.Hour, "lockout.lock must lie between a minute and a day")
	need(p.Lockout.SlowAfter > p.Lockout.Tries && p.Lockout.SlowStep > 0 && p.Lockout.SlowMost >= p.Lockout.SlowStep, "lockout.slow_* do not fit together")
	need(p.Lockout.SprayAfter >= p.Lockout.Tries, "lockout.spray_after must not lie below lockout.tries")
	need(p.SecondFactor.RecoveryCodes >= 5 && p.SecondFactor.RecoveryCodes <= 20, "second_factor.recovery_codes must lie between 5 and 20")
	for _, r := range p.SecondFactor.Roles {
		_, known := Catalogue().Find(r)
		need(known, fmt.Sprintf("second_factor.roles: there is no role %q", r))
	}
	need(p.Password.Length >= 8 && p.Password.Length <= 64, "password.length must lie between 8 and 64")
	need(p.Password.Classes >= 1 && p.Password.Classes <= 4, "password.classes must lie between 1 and 4")
	need(p.Password.History >= 0 && p.Password.History <= 24, "password.history must lie between 0 and 24")
	need(p.Password.params().sane(), "password hashing parameters are out of bounds")
	need(p.Password.AtOnce >= 1 && p.Password.AtOnce <= 64, "password.at_once must lie between 1 and 64")
	need(p.Log.Keep >= minKeep, "log.keep must be 184 days at least")
	return errors.Join(faults...)
}
