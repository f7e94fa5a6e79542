package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

// projects are groups of the demo's tenant besides those of the company, each with the departments whose members are in it.
var projects = []struct {
	name   string
	within []string
}{
	{"Project Apollo", []string{"Platform", "플랫폼팀"}},
	{"Project Gemini", []string{"Sales", "영업팀"}},
}

// placeUsers adds projects to the simulated tenant, and rules that put everyone into the team, each department into a channel of it, and
// each project into a team of its own.
func placeUsers(ctx context.Context, scene *stage.Stage, team *model.Team, settings map[string]any) error {
	for _, project := range projects {
		id := company.GroupID(project.name)
		group := fmt.Sprintf(`{"id": %q, "displayName": %q, "securityEnabled": true, "groupTypes": []}`, id, project.name)
		if err := scene.Tenant.PutGroup(json.RawMessage(group)); err != nil {
			return fmt.Errorf("add the group %s: %w", project.name, err)
		}
		var members []string
		for _, name := range project.within {
			members = append(members, company.GroupID(name))
		}
		if err := scene.Tenant.SetMembers(id, members); err != nil {
			return fmt.Errorf("fill the group %s: %w", project.name, err)
		}
	}

	// By default a team of Mattermost takes 50 users.
	roomy := &model.Config{TeamSettings: model.TeamSettings{MaxUsersPerTeam: model.NewPointer(1000)}}
	if _, _, err := scene.Mattermost.Admin.Client.PatchConfig(ctx, roomy); err != nil {
		return fmt.Errorf("make room in teams: %w", err)
	}
	return scene.Mattermost.ConfigurePlugin(ctx, stage.PluginID, withRules(settings, team.Id))
}

// withRules returns the settings with the demo's rules in the policy.
func withRules(settings map[string]any, teamID string) map[string]any {
	type object = map[string]any
	team := object{"id": teamID}
	channel := object{"create": object{"name": "dept-{value}", "display_name": "{value}", "private": true}}
	project := object{"create": object{"name": "{value}", "display_name": "Project {value}", "open": false}}
	policy := object{"memberships": object{"rules": []object{
		{"id": "company", "name": "Company", "who": object{"everyone": true}, "join": []object{{"team": team}}},
		{
			"id": "departments", "name": "Departments", "who": object{"everyone": true}, "for_each": object{"attribute": "department"},
			"join": []object{{"team": team, "channel": channel}},
		},
		{"id": "projects", "name": "Projects", "for_each": object{"groups_starting_with": "Project "}, "join": []object{{"team": project}}},
	}}}
	if given, ok := settings["Policy"].(map[string]any); ok {
		for key, value := range given {
			policy[key] = value
		}
	}
	return object{"Policy": policy}
}
