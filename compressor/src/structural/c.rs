//! C: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, safe, skeleton};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("c", text));
}

#[test]
fn layout_and_comments_shrink_and_code_stays() {
    check(
        r#"/*
 * list.h -- a list that knows both its ends
 *
 * Copyright (c) 2006 The Authors. All rights reserved.
 */
#ifndef LIST_H
#define LIST_H

#include <stddef.h>   /* for size_t */

typedef struct list {
    struct node *head;
    struct node *tail;
    size_t length;      /* at most LIMIT */
} list;

/*
 * Adds a node at the end of the list.
 *
 * Returns 0, or -1 if there is no memory,
 * and then the list is as it was.
 */
static int
list_append(list *l, void *value)
{
    struct node *node;

    if ((node = malloc(sizeof(*node))) == NULL)
        return -1;
    node->value = value;
    if (l->length == 0) {
        l->head = l->tail = node;   // the first
    } else {
        l->tail->next = node;
        l->tail = node;
    }
    l->length++;
    return 0;
}

/* List length. */
size_t list_length(const list *l);

#endif /* LIST_H */
"#,
        expect![[r#"
            parsed: 241 tokens
            all words: 202
            /* list.h -- a list that knows both its ends
            * Copyright (c) 2006 The Authors. All rights reserved.
            */
            #ifndef LIST_H
            #define LIST_H

            #include <stddef.h> /* for size_t */

            typedef struct list {
             struct node *head;
             struct node *tail;
             size_t length; /* at most LIMIT */
            } list;
            /* Adds a node at the end of the list.
            Returns 0, or -1 if there is no memory, and then the list is as it was. */
            static int list_append(list*l, void *value){
             struct node *node;

             if ((node = malloc(sizeof(*node))) == NULL)return -1;
             node->value=value;
             if(l->length==0){
              l->head=l->tail=node; // the first
             } else {
              l->tail->next=node;
              l->tail=node;
             }
             l->length++;
             return 0;
            }
            size_t list_length(const list*l);

            #endif /* LIST_H */

            ----
            no words: 140
            /*
            * Copyright (c) 2006 The Authors. All rights reserved.
            */
            #ifndef LIST_H
            #define LIST_H

            #include <stddef.h>

            typedef struct list {
             struct node *head;
             struct node *tail;
             size_t length;
            } list;
            static int list_append(list*l, void *value){
             struct node *node;

             if ((node = malloc(sizeof(*node))) == NULL)return -1;
             node->value=value;
             if(l->length==0){
              l->head=l->tail=node;
             } else {
              l->tail->next=node;
              l->tail=node;
             }
             l->length++;
             return 0;
            }
            size_t list_length(const list*l);

            #endif

        "#]],
    );
}

#[test]
fn directives_keep_their_lines() {
    check(
        r#"#if defined(_WIN32) && \
    !defined(__MINGW32__)   /* the
    compiler */
# define EXPORT __declspec(dllexport)
#elif VERSION + 1 >= 2
#define EXPORT
#else
#error "not  supported"
#endif // _WIN32

void f(void)
{
    if (a) {
        while (b) {
#ifdef DEBUG
            puts("b");
#else
            (void) b;
#endif
            b--;
        }
    }
}
enum way {
    UP,
#if SIDES
    LEFT, RIGHT,   /* may be missing */
#endif
    DOWN
};
"#,
        expect![[r#"
            parsed: 129 tokens
            all words: 109
            #if defined(_WIN32)&& !defined(__MINGW32__) /* the compiler */
            # define EXPORT __declspec(dllexport)
            #elif VERSION+1>=2
            #define EXPORT
            #else
            #error "not  supported"
            #endif // _WIN32

            void f(void){
             if(a){
              while(b){
            #ifdef DEBUG
               puts("b");
            #else
               (void)b;
            #endif
               b--;
              }
             }
            }
            enum way {
             UP,
            #if SIDES
             LEFT, RIGHT, /* may be missing */
            #endif
             DOWN
            };

            ----
            no words: 96
            #if defined(_WIN32)&& !defined(__MINGW32__)
            # define EXPORT __declspec(dllexport)
            #elif VERSION+1>=2
            #define EXPORT
            #else
            #error "not  supported"
            #endif

            void f(void){
             if(a){
              while(b){
            #ifdef DEBUG
               puts("b");
            #else
               (void)b;
            #endif
               b--;
              }
             }
            }
            enum way {
             UP,
            #if SIDES
             LEFT, RIGHT,
            #endif
             DOWN
            };

        "#]],
    );
}

#[test]
fn macros_are_cut_at_their_white_space() {
    check(
        r#"#define MAX(a, b)    ((a) > (b) \
                      ? (a) : (b))   /* twice */
#define CALL (f)(1)
#define LOG(x)  do {          \
    if (x)                    \
        puts("a  b \
  c");                        \
  } while (0)
#define JOIN(a) a ## \
_t
#pragma pack(push,   1)
"#,
        expect![[r#"
            parsed: 86 tokens
            all words: 70
            #define MAX(a,b) ((a) > (b) ? (a) : (b)) /* twice */
            #define CALL (f)(1)
            #define LOG(x) do { if (x) puts("a  b \
              c"); } while (0)
            #define JOIN(a) a ## _t
            #pragma pack(push, 1)

            ----
            no words: 67
            #define MAX(a,b) ((a) > (b) ? (a) : (b))
            #define CALL (f)(1)
            #define LOG(x) do { if (x) puts("a  b \
              c"); } while (0)
            #define JOIN(a) a ## _t
            #pragma pack(push, 1)

        "#]],
    );
}

#[test]
fn statements_need_no_lines_of_their_own() {
    check(
        r#"int old(a, b)
    int a;  /* how many */
    char *b;
{
    int x = sizeof(int) + 1, y = a - - 1, z = a + 1, *p = &x;
    if (a)
        return 1;
    else if (b)
        goto out;
    else {
        x = y / *p;
    }
    for (;;)
        if (x --> 0)
            break;
    do
        x >>= 1;
    while (x);
    switch (x) {
    case 1: case 2:
        y = (a) - 1;
        /* fall through */
    default:
        ;
    }
    s = "a" \
        "b";
out:
    return x;
}
static const struct word words[] = {
    { "one", 1 },   /* first */
    { .name = "two" },
};
"#,
        expect![[r#"
            parsed: 200 tokens
            all words: 138
            int old(a,b) int a; /* how many */ char*b; {
             int x = sizeof(int)+ 1,y=a - - 1,z=a+1,*p=&x;
             if(a)return 1; else if(b) goto out; else{x=y / *p;}
             for (;;) if(x-->0) break;
             do x >>=1; while(x);
             switch(x){
             case 1: case 2:
              y=(a)- 1;
              /* fall through */
             default:
              ;
             }
             s="a" "b";
            out:
             return x;
            }
            static const struct word words[]={ {"one",1 }, /* first */ {.name="two"},};

            ----
            no words: 131
            int old(a,b) int a; char*b; {
             int x = sizeof(int)+ 1,y=a - - 1,z=a+1,*p=&x;
             if(a)return 1; else if(b) goto out; else{x=y / *p;}
             for (;;) if(x-->0) break;
             do x >>=1; while(x);
             switch(x){
             case 1: case 2:
              y=(a)- 1;
              /* fall through */
             default:
              ;
             }
             s="a" "b";
            out:
             return x;
            }
            static const struct word words[]={ {"one",1 }, {.name="two"},};

        "#]],
    );
}

#[test]
fn comments_that_tools_read_stay() {
    check(
        r#"// clang-format off
/* -*- mode: c -*- */
int a[] = { 1,2 }; // NOLINT(modernize)
/* clang-format on */
/*LINTLIBRARY*/
// Ends in a path: C:\ or so
int b;   /**< the width in mm */
// FIXME: too slow
// cppcheck-suppress unusedFunction
int f(void) { return 1; } /* of no use */
"#,
        expect![[r#"
            parsed: 89 tokens
            all words: 83
            // clang-format off
            /* -*- mode: c -*- */
            int a[]={1,2 }; // NOLINT(modernize)
            /* clang-format on */
            /*LINTLIBRARY*/
            // Ends in a path: C:\ or so
            int b; /**< the width in mm */
            // FIXME: too slow
            // cppcheck-suppress unusedFunction
            int f(void){return 1;} /* of no use */

            ----
            no words: 72
            // clang-format off
            /* -*- mode: c -*- */
            int a[]={1,2 }; // NOLINT(modernize)
            /* clang-format on */
            /*LINTLIBRARY*/
            // Ends in a path: C:\ or so
            int b;
            // FIXME: too slow
            // cppcheck-suppress unusedFunction
            int f(void){return 1;}

        "#]],
    );
}

#[test]
fn safe_changes_indentation_and_ends_of_lines_only() {
    expect![[r##"
        #define A(x) do { \
                f(x);   \
            } while (0) /* a */
        #ifdef B
        int f(int a, // one
         char *b) {
         /* Kept
               * as is */
         return g(a,
          "b \
          c");
        }

        #endif
    "##]]
    .assert_eq(&safe(
        "c",
        r#"#define A(x)   do { \
        f(x);   \
    } while (0)   /* a */
#ifdef B
int   f(int a,  // one
        char *b) {
      /* Kept
       * as is */
      return g(a,
        "b \
  c");  
}


#endif
"#,
    ));
}

#[test]
fn half_a_function_is_treated_by_line() {
    check(
        r#"        return a;
    }



#ifdef B
    if (x) {
        f(x
"#,
        expect![[r#"
            4 lines of 5 do not parse: layout by line there: 19 tokens
            all words: 17
              return a;
             }

            #ifdef B
             if (x) {
              f(x

            ----
            no words: 17
              return a;
             }

            #ifdef B
             if (x) {
              f(x

        "#]],
    );
}

#[test]
fn a_skeleton_has_signatures_and_counts_the_lines_of_bodies() {
    expect![[r##"
        #include "sample.h"
        #include <stdlib.h>
        /* Words and their values. */
        static const struct { const char *name; int value;}words[]={ {"one",1 }, /* first */ {.name="two", .value = +2 }, [5]={"five",0x5 }, };

        #define FOR(i,n) for (int i = 0; i < (n); i++)
        int old_style(argc, argv) int argc; /* how many */ char **argv; { return argc - - 1;}
        /** Adds a job. */
        int queue_push(struct queue*q, job_t *job,...){ /* 40 lines */ }
    "##]].assert_eq(&skeleton("c", include_str!("samples/sample.c")));
}

#[test]
fn a_skeleton_of_a_header_has_its_macros_and_types() {
    expect![[r##"
        #ifndef QUEUE_H /* only once */
        #define QUEUE_H 1

        #include<stdio.h> // for FILE
        #include "list.h"

        #ifdef __cplusplus
        #  define EXTERN extern "C"
        #else
        #  define EXTERN
        #endif // __cplusplus

        #pragma pack(push, 1)
        #define MAX(a,b) /* 2 lines */
        #define EMPTY
        #define CALL (f)(1)
        #define TEXT "a  b" "c" // two strings
        #define LOOP(x) /* 5 lines */
        #define JOIN(a,b) a ## b
        #if defined(_WIN32)&& (_MSC_VER+1>1900L) /* old compilers */ || !defined QUEUE
        #error "not  supported"
        #elif VERSION>=2
        # undef MAX
        #endif

        typedef unsigned long long count_t;
        typedef struct job {
         const char *name; /**< its name */
         int (*run)(struct job *, void *);
         unsigned state:3, rest:5; //!< what it does
         union {
          int number;
          double ratio;
         };
        #ifdef DEBUG
         char buffer[MAX(16,2)];
        #endif
        } job_t,*job_p;

        enum state {
         IDLE=1<<0, // nothing to do
        #if BUSY_TOO
         BUSY,
        #endif
         DONE };

        extern int table[][2], *first;
        struct queue;
        static inline count_t __attribute__((noinline)) queue_length(const struct queue*q);

        #endif /* QUEUE_H */
    "##]]
    .assert_eq(&skeleton("c", include_str!("samples/sample.h")));
}
