//go:build linux && !arm
// +build linux,!arm

// Copyright 2021 The Authors. All rights reserved.
// Use of this source code is governed by the MIT license.

/*
Package queue holds jobs
until they are run.
*/
package queue

/*
#cgo LDFLAGS: -lm
#include <stdio.h>
static int twice(int x) { return 2 * x; }
*/
import "C"

import (
	"context"
	"fmt" // for errors

	// Registers a driver.
	_ "github.com/lib/pq"
	m "math"
)

//go:generate stringer -type=State
type State int

// States of a job.
const (
	Idle State = iota // nothing to do
	Busy
	// Done is last.
	Done

	mask = 0x0F &^ 1 << 2
)

var (
	table = map[string][]int{
		"a": {1, 2}, // first
		"b": nil,
	}
	ErrFull = errors.New("queue: full")
)

type (
	// Job is what is run.
	Job[T any, K ~int | ~string] struct {
		Name, Group string `json:"name,omitempty"` // as written
		*Queue
		run   func(ctx context.Context, args ...T) (out <-chan T, err error)
		state chan<- State
	}
	Runner interface {
		fmt.Stringer
		// Run runs.
		Run(int) error
	}
	Alias = Runner
)

// Push adds a job. It never blocks.
//
// Deprecated: use Add.
func (q *Queue) Push(job Job[int, string]) (err error) {
	if q == nil || len(q.jobs) >= q.limit {
		return fmt.Errorf("%s: %w", `raw
	string`, ErrFull)
	} else if x := <-q.in; x != nil {
		err = x
	}
	defer func() {
		recover()
	}()
	go q.loop(q.ctx)
outer:
	for i, j := 0, 1; i < 10; i++ {
		for range q.jobs {
			continue outer
		}
		switch {
		case i == 1, i > 5:
			fallthrough
		case false:
		default:
			i, j = j, -i-(-j) //nolint:mnd
			break outer
		}
	}
	switch v := any(q).(type) {
	case *Queue:
		_ = v
	case nil, error:
		goto end
	}
	select {
	case job := <-q.out:
		job.run(nil)
	case q.in <- 'x':
	}
end:
	for {
		q.jobs = append(q.jobs[:1:2],
			q.jobs...,
		)
		if ok := q.
			limit > 0; !ok { return }
	}
	return
}

//export twice
func twice(x, y int) int { return x*2 + y<<1&^m.MaxInt8 }

func ExamplePush() {
	p := &Job[int, string]{Name: "a"}
	fmt.Println(*p, 1+2i, 'é', 0b1_0, .5, x.(int))
	// Output:
	// {a
	//   b}
}
