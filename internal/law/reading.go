package law

// Stated reports whether one of the facts is stated. Unlike Has it does not count the others as missed:
// a rule uses it to choose between facts that can each answer it.
func (r *Reading) Stated(keys ...Key) bool {
	for _, k := range keys {
		if _, ok := r.facts.values[k.Name()]; ok {
			return true
		}
	}
	return false
}

// Claimed reads a true/false fact that opens an exception (情况紧急, 当事人提出, 明确放弃). An exception
// that nobody claims does not apply, so an unstated fact is False here and is not counted as missed.
func (r *Reading) Claimed(k BoolKey) Tri {
	if !r.Stated(k) {
		return False
	}
	return r.Is(k)
}

// NoteThat passes and says something that goes with the act, such as a duty that follows from it.
func NoteThat(format string, args ...any) Outcome {
	o := WarnThat(format, args...)
	o.warn = false
	return o
}

// InForce reports whether any rule that guards the action is in force on the date. Where none is, the
// recheck door must answer with an error: silence of the rules is no permission.
func (j *Judge) InForce(a Action, on Date) bool {
	for _, i := range j.actions[a] {
		if on.Within(j.rules[i].From, j.rules[i].Until) {
			return true
		}
	}
	return false
}
