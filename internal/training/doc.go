// Package training lets officers practise in scenes (情景演练): the party is met in first person, every act is judged by the
// rules that guard real cases, and the server alone knows what is hidden. A run is a seed and the acts that were sent:
// everything that is shown of it, score and debrief too, is worked out from these anew.
package training
