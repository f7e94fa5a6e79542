// Package bench measures the goals of docs/performance.md on a real Mattermost server. It compares each number with a
// reference that it measures in the same minutes on the same machine.
package bench
