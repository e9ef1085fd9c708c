package calc

import (
	"encoding/json"
	"fmt"

	"fadu/internal/training/ranking"
)

type teamAnswer struct {
	Teams   []ranking.TeamPlace `json:"teams"`
	Article string              `json:"article"`
}

// team answers {"teams": [{"name", "enrolled"?, "scores": […]}…]}; a null score is somebody absent.
func team(question json.RawMessage) (any, error) {
	f, err := readFields(question, "teams")
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Name     string     `json:"name"`
		Enrolled *int       `json:"enrolled"`
		Scores   []*float64 `json:"scores"`
	}
	if err := f.into("teams", &rows, false); err != nil {
		return nil, err
	}
	teams := make([]ranking.Team, len(rows))
	for i, r := range rows {
		t := ranking.Team{Name: r.Name, Enrolled: len(r.Scores)}
		for _, s := range r.Scores {
			if s != nil {
				t.Scores = append(t.Scores, *s)
			}
		}
		if r.Enrolled != nil {
			if *r.Enrolled < len(r.Scores) {
				return nil, fmt.Errorf("“%s”应到 %d 人，却列了 %d 人", r.Name, *r.Enrolled, len(r.Scores))
			}
			t.Enrolled = *r.Enrolled
		}
		teams[i] = t
	}
	places, err := ranking.Teams(teams)
	return teamAnswer{places, basisTraining}, err
}

type fourInOneAnswer struct {
	Units   []ranking.UnitPlace      `json:"units"`
	Weights map[ranking.Part]float64 `json:"weights"`
	Article string                   `json:"article"`
}

// fourInOne answers {"weights"?, "units": [{"name", "parts": {…}}…]}; a null part is one without evidence.
func fourInOne(question json.RawMessage) (any, error) {
	f, err := readFields(question, "weights", "units")
	if err != nil {
		return nil, err
	}
	weights := ranking.DefaultWeights
	if f.has("weights") {
		weights = nil
		if err := f.into("weights", &weights, false); err != nil {
			return nil, err
		}
	}
	var rows []struct {
		Name  string                    `json:"name"`
		Parts map[ranking.Part]*float64 `json:"parts"`
	}
	if err := f.into("units", &rows, false); err != nil {
		return nil, err
	}
	units := make([]ranking.Unit, len(rows))
	for i, r := range rows {
		units[i] = ranking.Unit{Name: r.Name, Parts: map[ranking.Part]float64{}}
		for part, s := range r.Parts {
			if s != nil {
				units[i].Parts[part] = *s
			}
		}
	}
	places, err := ranking.FourInOne(weights, units)
	return fourInOneAnswer{places, weights, basisTraining}, err
}
