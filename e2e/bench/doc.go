// Package bench measures what docs/performance.md promises: on a real Mattermost server, each number beside the one
// that it is compared with, taken in the same minutes on the same machine. It measures; it judges nothing.
package bench
