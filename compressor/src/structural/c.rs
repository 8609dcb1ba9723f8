//! C: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, safe};

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
            does not parse: layout by line: 19 tokens
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
