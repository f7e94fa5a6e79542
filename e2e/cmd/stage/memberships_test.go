package main

import (
	"testing"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
	"github.com/entrasync/mattermost-plugin-entrasync/e2e/tenant/company"
)

func TestTheDemoPutsTheCompanyIntoTeamsAndChannels(t *testing.T) {
	ctx := t.Context()
	scene, err := stage.Start(ctx, stage.Options{People: company.People(), Settings: stage.AllowEveryone()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = scene.Close() })
	team, err := scene.Mattermost.CreateTeam(ctx, "company")
	if err != nil {
		t.Fatal(err)
	}
	if err := placeUsers(ctx, scene, team, stage.AllowEveryone()); err != nil {
		t.Fatal(err)
	}
	run, err := scene.Mattermost.Admin.Sync(ctx, stage.ModeApply)
	if err != nil {
		t.Fatal(err)
	}
	if run.State != "succeeded" {
		t.Fatalf("the run ended as %q: %s", run.State, run.Raw)
	}
	client := scene.Mattermost.Admin.Client
	channels, _, err := client.GetPrivateChannelsForTeam(ctx, team.Id, 0, 200, "")
	if err != nil || len(channels) < 5 {
		t.Errorf("%d channels for departments (%v)", len(channels), err)
	}
	for _, name := range []string{"apollo", "gemini"} {
		project, _, err := client.GetTeamByName(ctx, name, "")
		if err != nil {
			t.Fatalf("the team of the project %s: %v", name, err)
		}
		stats, _, err := client.GetTeamStats(ctx, project.Id, "")
		if err != nil || stats.TotalMemberCount < 2 {
			t.Errorf("the team of the project %s has %+v (%v)", name, stats, err)
		}
	}
}
