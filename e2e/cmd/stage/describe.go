package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/entrasync/mattermost-plugin-entrasync/e2e/stage"
)

// describe prints what the run did and where to look.
func describe(w io.Writer, scene *stage.Stage, run *stage.Run) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "\n%s\t%s\n", run.Mode, run.State)
	for _, count := range []string{
		"directory", "in_scope", "created", "updated", "reactivated", "deactivated", "joined", "left", "promoted", "demoted",
		"unchanged", "skipped", "conflicts", "failed", "held",
	} {
		fmt.Fprintf(table, "  %s\t%d\n", strings.ReplaceAll(count, "_", " "), run.Counts[count])
	}
	if run.Error != nil {
		fmt.Fprintf(table, "  %s\t%s\n\t%s\n", run.Error.Code, run.Error.Message, run.Error.Hint)
	}
	m := scene.Mattermost
	fmt.Fprintf(table, "\nserver\t%s\n", m.URL)
	fmt.Fprintf(table, "page\t%s/admin_console/plugins/plugin_%s\n", m.URL, stage.PluginID)
	fmt.Fprintf(table, "sign in as\t%s\n", m.Admin.Username)
	fmt.Fprintf(table, "password\t%s\n", m.Admin.Password)
	fmt.Fprintf(table, "others\ttheir passwords are random; the system admin can set new passwords\n")
	// If writing to standard error fails, there is nowhere to report it.
	_ = table.Flush()
}
