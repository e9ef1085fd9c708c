package sitting

import (
	"encoding/json"
	"fmt"

	"fadu/internal/exam/assembly"
	"fadu/internal/fault"
)

// formOf is the frozen paper of a sitting.
func (s *Service) formOf(x Sitting) (assembly.Form, error) {
	if f, ok := s.forms.Load(x.Digest); ok {
		return f.(assembly.Form), nil
	}
	var f assembly.Form
	if err := json.Unmarshal([]byte(x.Form), &f); err != nil {
		return nil, fmt.Errorf("sitting: paper of %s: %w", x.ID, err)
	}
	sum, err := f.Digest()
	if err != nil {
		return nil, err
	}
	if sum != x.Digest {
		return nil, fault.New(fault.Damaged, "试卷与定卷时的摘要不符，不能使用。请联系系统管理员核验数据库")
	}
	s.forms.Store(x.Digest, f)
	return f, nil
}
