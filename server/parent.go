package main

import "time"

// lookForParentEvery is how often the plugin checks whether its server is alive.
const lookForParentEvery = time.Second

// endWith calls end when this process has another parent than the given one: the server that started the plugin was killed. The
// connection to it does not tell, and without it the plugin can do nothing, not even reach the database. What a run has left
// unfinished is marked as interrupted at the next start.
func endWith(parent int, parentNow func() int, end func()) {
	for parentNow() == parent {
		time.Sleep(lookForParentEvery)
	}
	end()
}
