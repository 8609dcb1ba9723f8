/* SPDX-License-Identifier: MIT */
#include "sample.h"
#include <stdlib.h>

/* Words and their
 * values. */
static const struct { const char *name; int value; } words[] = {
    { "one", 1 },   /* first */
    { .name = "two", .value = +2 },
    [5] = { "five", 0x5 },
};

#define FOR(i, n) \
    for (int i = 0; i < (n); i++)

int
old_style(argc, argv)
    int argc;       /* how many */
    char **argv;
{
    return argc - - 1;
}

/**
 * Adds a job.
 *
 * @param q the queue, which must not be NULL
 * @return 0, or -1 if it is full
 */
int queue_push(struct queue *q, job_t *job, ...)
{
    register int i, *p = &q->count, n = sizeof(int) + 1 + sizeof *p;
    char c = '\'', *s = "a\tb \
        c" "d";   // one string

    if (!q || q->count >= LIMIT)
        return -1;
    else if (*p == -1)
        goto full;
    else
        (*p)++;
#ifdef DEBUG
    printf("%d\n", *p);
#else
    (void) p; /* unused */
#endif
    for (;;)
        if (n-- > 0)
            break;
    for (i = 0; i < n; ++i, p += 2) {
        /* nothing */
    }
    while (i --> 0) { n = a / *p; m = n&&b; k = n & &c; }
    do
        n >>= 1;
    while (n);
    switch (n) {
    case 1: case 'x':
        n = q->jobs[n].run ? n : (int) .5e-3;
        /* fall through */
    case 2: {
        break;
    }
    default:
        ;
    }
    q->tail = (job_t) { .name = NULL };
    return (n + 1) * -(-n) + ~n ^ !n, 0;
full:
    errno = ENOSPC; \
    return -1;
}
