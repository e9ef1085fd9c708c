// Package scene plays first-person scenes: an officer meets a party, chooses what to say and do, and the law is
// asked about every act that has a legal name. A Scenario is immutable content; a State is all that a session
// knows; Play.Do takes a state and an act to the next state, so that the same acts after the same seed give
// the same state, whenever they are replayed.
//
// Whether an act is lawful is decided by law.Judge with the scene's facts, the rules that guard real cases: a scene
// says which rules count and how much, never what they require. What is unlawful can be chosen, for people must
// be able to err; guards hide only what is physically impossible. Truth stays on the server: View is what an
// officer can see.
//
// Lint decides whether a scene may be published. The package is pure.
package scene
