/* queue.h -- a queue of jobs
 * Copyright (c) 2015 The Authors. All rights reserved.
 */
#ifndef QUEUE_H   /* only once */
#define QUEUE_H 1

#include <stdio.h>  // for FILE
#include "list.h"

#ifdef __cplusplus
#  define EXTERN extern "C"
#else
#  define EXTERN
#endif // __cplusplus

#pragma pack(push, 1)
#define MAX(a, b)   ((a) > (b) \
                     ? (a) : (b))    /* evaluates twice */
#define EMPTY
#define CALL (f)(1)
#define TEXT "a  b"   "c"   // two strings
#define LOOP(x) do {        \
    if (x)                  \
        f("a \
  b", x);                   \
  } while (0)
#define JOIN(a, b) a ## \
b
#if defined(_WIN32) && \
    (_MSC_VER + 1 > 1900L) /* old
    compilers */ || !defined QUEUE
#error "not  supported"
#elif VERSION >= 2
# undef MAX
#endif

typedef unsigned long long count_t;

/** A job. */
typedef struct job {
    const char *name;     /**< its name */
    int (*run)(struct job *, void *);
    unsigned state : 3, rest : 5; //!< what it does
    union {
        int number;
        double ratio;
    };
#ifdef DEBUG
    char buffer[MAX(16, 2)];
#endif
} job_t, *job_p;

enum state {
    IDLE = 1 << 0,   // nothing to do
#if BUSY_TOO
    BUSY,
#endif
    DONE };

extern int table[][2], *first;
struct queue;
static inline count_t __attribute__((noinline)) queue_length(const struct queue *q);

#endif /* QUEUE_H */
