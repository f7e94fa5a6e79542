package mattermost

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// WriteOptions are the settings that account writes depend on.
type WriteOptions struct {
	// Concurrency is how many accounts are written at once; less than 1 is 1.
	Concurrency int

	// InitialPassword is given to new accounts of that sign-in method. A secret: it goes into the server and nowhere else.
	InitialPassword string
}

// writeResult says how one account of a batch went; Facts is nil when it went well.
type writeResult struct {
	AccountID string `json:"account_id"`

	// UpdatedAt is the account's time of change after the write, in ms.
	UpdatedAt int64 `json:"updated_at"`

	// DeleteAt is when the account was deactivated, 0 for an active one; only SetActive says so.
	DeleteAt int64        `json:"delete_at,omitempty"`
	Facts    *fault.Facts `json:"facts"`
}

type writeResults struct {
	Results []writeResult `json:"results"`
}

// writeAll writes the items, some at once, and returns the results in the order of the items. When stop says so of a
// result, the items that have not begun are given the same facts instead. Once ctx has ended nothing new begins.
func writeAll[T any](ctx context.Context, items []T, concurrency int, stop func(fault.Facts) bool, write func(T) writeResult) writeResults {
	results := make([]writeResult, len(items))
	stopped := make(chan *fault.Facts, 1)
	var group errgroup.Group
	group.SetLimit(max(1, concurrency))
	for i, item := range items {
		group.Go(func() error {
			if ctx.Err() != nil {
				facts := fault.HostFacts(fault.Interrupted)
				results[i].Facts = &facts
				return nil
			}
			select {
			case facts := <-stopped:
				stopped <- facts
				results[i].Facts = facts
				return nil
			default:
			}
			results[i] = protect(item, write)
			if facts := results[i].Facts; facts != nil && stop(*facts) {
				select {
				case stopped <- facts:
				default: // another one has said so before
				}
			}
			return nil
		})
	}
	_ = group.Wait() // every failure is in its item's result
	return writeResults{Results: results}
}

// protect turns a panic of one write into that item's failure.
func protect[T any](item T, write func(T) writeResult) (result writeResult) {
	defer func() {
		if cause := recover(); cause != nil {
			facts := fault.HostFacts(fault.Internal)
			facts.Message = fmt.Sprintf("panic: %v", cause)
			result = writeResult{Facts: &facts}
		}
	}()
	return write(item)
}
