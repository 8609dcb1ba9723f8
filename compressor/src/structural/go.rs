//! Go: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, safe};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("go", text));
}

#[test]
fn layout_and_comments_shrink_and_code_stays() {
    check(
        r#"// Copyright 2021 The Authors. All rights reserved.

// Package store keeps sessions
// in memory.
package store

import (
	"context"
	"fmt"

	"example.org/clock"
)

// ErrMissing is returned where there is no session.
var ErrMissing = errors.New("store: missing")

// Store keeps sessions. It is safe for
// concurrent use.
type Store struct {
	mu       sync.Mutex
	sessions map[string]*Session // by name
	timeout  time.Duration
}

// New creates a new store.
func New(timeout time.Duration) *Store {
	return &Store{
		sessions: make(map[string]*Session),
		timeout:  timeout,
	}
}

// Len returns the len.
func (s *Store) Len() int {
	return len(s.sessions)
}
"#,
        expect![[r#"
            parsed: 161 tokens
            all words: 131
            // Copyright 2021 The Authors. All rights reserved.
            // Package store keeps sessions in memory.
            package store

            import (
             "context"
             "fmt"

             "example.org/clock"
            )
            // ErrMissing is returned where there is no session.
            var ErrMissing = errors.New("store: missing")
            // Store keeps sessions. It is safe for concurrent use.
            type Store struct {
             mu sync.Mutex
             sessions map[string]*Session // by name
             timeout time.Duration
            }
            func New(timeout time.Duration)*Store {
             return &Store{ sessions: make(map[string]*Session), timeout: timeout, }
            }
            func(s *Store) Len() int{return len(s.sessions)}

            ----
            no words: 100
            // Copyright 2021 The Authors. All rights reserved.
            package store

            import (
             "context"
             "fmt"

             "example.org/clock"
            )
            var ErrMissing = errors.New("store: missing")
            type Store struct {
             mu sync.Mutex
             sessions map[string]*Session
             timeout time.Duration
            }
            func New(timeout time.Duration)*Store {
             return &Store{ sessions: make(map[string]*Session), timeout: timeout, }
            }
            func(s *Store) Len() int{return len(s.sessions)}

        "#]],
    );
}

#[test]
fn statements_and_their_comments_stay_in_order() {
    check(
        r#"package store

// Get returns the session of a name, or ErrMissing
// if it has expired.
func (s *Store) Get(ctx context.Context, name string) (*Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()

	session, ok := s.sessions[name]
	if !ok {
		return nil, fmt.Errorf("get %q: %w", name, ErrMissing)
	}
	switch {
	case session.expired(s.timeout):
		// The clock may have been set back.
		delete(s.sessions, name)
		return nil, ErrMissing
	case session.locked:
		return nil, nil
	default:
	}
	for _, hook := range s.hooks {
		hook(session)
	}
	return session, nil
}
"#,
        expect![[r#"
            parsed: 155 tokens
            all words: 135
            package store
            // Get returns the session of a name, or ErrMissing if it has expired.
            func(s *Store)Get(ctx context.Context,name string) (*Session,error){
             s.mu.Lock()
             defer s.mu.Unlock()

             session, ok := s.sessions[name]
             if !ok{return nil, fmt.Errorf("get %q: %w", name, ErrMissing)}
             switch {
             case session.expired(s.timeout):
              // The clock may have been set back.
              delete(s.sessions,name)
              return nil, ErrMissing
             case session.locked:
              return nil,nil
             default:
             }
             for _, hook := range s.hooks { hook(session)}
             return session,nil
            }

            ----
            no words: 108
            package store
            func(s *Store)Get(ctx context.Context,name string) (*Session,error){
             s.mu.Lock()
             defer s.mu.Unlock()

             session, ok := s.sessions[name]
             if !ok{return nil, fmt.Errorf("get %q: %w", name, ErrMissing)}
             switch {
             case session.expired(s.timeout):
              delete(s.sessions,name)
              return nil, ErrMissing
             case session.locked:
              return nil,nil
             default:
             }
             for _, hook := range s.hooks { hook(session)}
             return session,nil
            }

        "#]],
    );
}

#[test]
fn a_line_break_that_ends_a_statement_stays() {
    check(
        "package p\n\ntype T struct {\n\tA\n\tB, C int `a:\"b\"`\n}\n\nconst (\n\tX = iota\n\tY\n)\n\nvar x = a.\n\tb(1,\n\t\t2,\n\t)\n\nfunc f() {\nL:\n\tfor {\n\t\tbreak L\n\t}\n\ta++\n\tb--\n\t*p = 1\n\t(f)()\n\tx := []int{\n\t\t1,\n\t\t2,\n\t}\n\treturn\n}\n",
        expect![[r#"
            parsed: 90 tokens
            all words: 72
            package p

            type T struct {
             A
             B,C int `a:"b"`
            }

            const (
             X=iota
             Y
            )

            var x=a.b(1,2,)
            func f(){
            L:
             for { break L }
             a++
             b--
             *p=1
             (f)()
             x := []int{1,2, }
             return
            }

            ----
            no words: 72
            package p

            type T struct {
             A
             B,C int `a:"b"`
            }

            const (
             X=iota
             Y
            )

            var x=a.b(1,2,)
            func f(){
            L:
             for { break L }
             a++
             b--
             *p=1
             (f)()
             x := []int{1,2, }
             return
            }

        "#]],
    );
}

#[test]
fn comments_that_tools_read_stay() {
    check(
        r#"//go:build linux && !arm

// Code generated by stringer. DO NOT EDIT.

package p

// int twice(int x) {
//   return 2 * x;
// }
import "C"

/*
#include <stdio.h>
*/
import "C"

//go:generate stringer -type=State
//go:embed a.txt
var text string

//export Twice
func Twice(x int) int { return x } //nolint:mnd

// export what is asked for
func f() {
	// #nosec G104
	g()
}

// Old is old.
//
// Deprecated: use f.
func Old() {}

func ExampleF() {
	fmt.Println("a\n  b")
	// Output:
	// a
	//   b
}
"#,
        expect![[r#"
            parsed: 156 tokens
            all words: 144
            //go:build linux && !arm
            // Code generated by stringer. DO NOT EDIT.
            package p
            // int twice(int x) {
            //   return 2 * x;
            // }
            import "C"
            /*
            #include <stdio.h>
            */
            import "C"
            //go:generate stringer -type=State
            //go:embed a.txt
            var text string
            //export Twice
            func Twice(x int) int{return x } //nolint:mnd
            // export what is asked for
            func f(){
             // #nosec G104
             g()
            }
            // Deprecated: use f.
            func Old(){}
            func ExampleF(){
             fmt.Println("a\n  b")
             // Output:
             // a
             //   b
            }

            ----
            no words: 137
            //go:build linux && !arm
            // Code generated by stringer. DO NOT EDIT.
            package p
            // int twice(int x) {
            //   return 2 * x;
            // }
            import "C"
            /*
            #include <stdio.h>
            */
            import "C"
            //go:generate stringer -type=State
            //go:embed a.txt
            var text string
            //export Twice
            func Twice(x int) int{return x } //nolint:mnd
            func f(){
             // #nosec G104
             g()
            }
            // Deprecated: use f.
            func Old(){}
            func ExampleF(){
             fmt.Println("a\n  b")
             // Output:
             // a
             //   b
            }

        "#]],
    );
}

#[test]
fn safe_changes_indentation_and_ends_of_lines_only() {
    expect![[r#"
        package p

        func f(
         a int, // one
        ) {
         // Kept
         g(a,
          `x
           y`)
        }
    "#]]
    .assert_eq(&safe(
        "go",
        "package p\n\n\n\nfunc f(\n\ta int,  // one\n) {\n\t// Kept\n\tg(a,\n\t\t`x\n   y`)   \n}\n",
    ));
}

#[test]
fn half_a_function_is_treated_by_line() {
    check(
        "\t\treturn `x\n   y`\n\t}\n\n\n\n\tfor i := range x {\n\t\tf(i\n",
        expect![[r#"
            3 lines of 5 do not parse: layout by line there: 20 tokens
            all words: 17
             return `x
               y`
            }

            for i := range x {
             f(i

            ----
            no words: 17
             return `x
               y`
            }

            for i := range x {
             f(i

        "#]],
    );
}
