package mattermost

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/semaphore"

	"github.com/entrasync/mattermost-plugin-entrasync/server/fault"
)

// WriteOptions are the settings that account writes depend on.
type WriteOptions struct {
	// Slots limits how many accounts are written at once, over all batches that share it; nil means one at a time. Batches are
	// served in the order in which they come.
	Slots *semaphore.Weighted

	// Wrote is called after each account; nil is allowed. Calls can overlap.
	Wrote func()

	// InitialPassword is given to new accounts of that sign-in method. It is a secret, and passed only to the server.
	InitialPassword string
}

// writeResult is the result for one account of a batch. Facts is nil if the write succeeded.
type writeResult struct {
	AccountID string `json:"account_id"`

	// UpdatedAt is the account's time of change after the write, in ms.
	UpdatedAt int64 `json:"updated_at"`

	// DeleteAt is when the account was deactivated, 0 for an active one. Only SetActive returns it.
	DeleteAt int64        `json:"delete_at,omitempty"`
	Facts    *fault.Facts `json:"facts"`
}

type writeResults struct {
	Results []writeResult `json:"results"`
}

// writeAll writes the items, some at once, and returns the results in the order of the items. If stop returns true for a
// result, the items that have not started get the same facts instead. Once ctx has ended, no item starts.
func writeAll[T any](ctx context.Context, items []T, options WriteOptions, stop func(fault.Facts) bool, write func(T) writeResult) writeResults {
	slots, wrote := options.Slots, options.Wrote
	if slots == nil {
		slots = semaphore.NewWeighted(1)
	}
	if wrote == nil {
		wrote = func() {}
	}
	results := make([]writeResult, len(items))
	var stopped atomic.Pointer[fault.Facts]
	var group sync.WaitGroup
	for i, item := range items {
		group.Go(func() {
			if slots.Acquire(ctx, 1) != nil || ctx.Err() != nil {
				facts := fault.HostFacts(fault.Interrupted)
				results[i].Facts = &facts
				return
			}
			defer slots.Release(1)
			if facts := stopped.Load(); facts != nil {
				results[i].Facts = facts
				return
			}
			results[i] = protect(item, write)
			wrote()
			if facts := results[i].Facts; facts != nil && stop(*facts) {
				stopped.CompareAndSwap(nil, facts)
			}
		})
	}
	group.Wait()
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
