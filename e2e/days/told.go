package days

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// checkTold compares what a full run tells about rooms instead of doing it.
func (p *play) checkTold(ctx context.Context, run *stage.Run) error {
	if p.isShrunk {
		return nil
	}
	var list struct {
		Changes []line `json:"changes"`
	}
	if err := p.stage.Mattermost.Admin.CallPlugin(ctx, http.MethodGet, "/runs/"+run.ID+"/changes?per_page=1000", nil, &list); err != nil {
		return err
	}
	var got []string
	for _, each := range list.Changes {
		isTold := each.Action == "skip" || each.Action == "conflict"
		if each.Params.Kind == "" || !isTold {
			continue
		}
		label := each.Params.ID
		if label == "" {
			label = urlName(each.Params.Name)
		}
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", each.Action, each.Reason, label, each.ObjectID)))
	}
	slices.Sort(got)
	if want := p.oracle.toldNow; !slices.Equal(want, got) {
		return fmt.Errorf("the run should tell\n%s\nnot\n%s", strings.Join(without(want, got), "\n"), strings.Join(without(got, want), "\n"))
	}
	return nil
}

func without(list, others []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(each string) bool { return slices.Contains(others, each) })
}
