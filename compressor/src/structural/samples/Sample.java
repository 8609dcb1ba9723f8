/*
 * Copyright (C) 2020 The Authors
 * Licensed under the Apache License, Version 2.0.
 */
package org.example.queue;

import static java.util.Objects.requireNonNull;

import java.util.*; // all of it

/**
 * A queue
 * of jobs.
 *
 * <p>It never blocks; see {@link #push(Job)}.
 *
 * @param <T> what a job gives
 * @since 1.2
 */
@SuppressWarnings({"unchecked", "rawtypes"})
@Deprecated
public final class Queue<T extends Comparable<? super T> & Cloneable> extends Base
    implements Iterable<T>, Runnable {
  private static final int[] TABLE = {
    1, 2, // first
    0x1F >>> 3 >> 1,
  };
  static {
    System.loadLibrary("queue");
  }

  /** The state. */
  enum State implements Supplier<String> {
    IDLE, // nothing to do
    BUSY("b") {
      @Override public String get() { return "busy"; }
    },
    /** Done. */
    DONE;

    State(String... names) {}
    public String get() { return null; }
  }

  record Point(int x, @Nullable Integer y) {
    Point {
      if (x < 0) throw new IllegalArgumentException("x: " + x);
    }
  }

  sealed interface Shape permits Circle, Square { double area(); default int n() { return 1; } }

  @interface Named {
    String value() default "";
    Class<?>[] types() default {};
  }

  public Queue(int limit) throws java.io.IOException {
    super(limit);
    this.limit = limit; // at most
  }

  // Adds a job.
  public synchronized <R> R push(final Map<String, List<R>> jobs, T... rest) {
    int a = 1, b = -1 - -a + +a, c = a++ + ++b;
    outer:
    for (int i = 0; i < 10 && !done; i += 2)
      for (T job : rest)
        if (job == null)
          continue outer;
        else if (job.equals("a  b"))
          break;
        else {
          run(job);
        }
    switch (a) {
      case 1:
      case 2:
        a = 3;
        // fall through
      default:
        b = a > 2 ? 'x' : '\'';
    }
    String name = switch (state) {
      case IDLE, BUSY -> "a";
      case DONE -> {
        yield "b";
      }
    };
    do { a--; } while (a > 0);
    try (var in = open(); var out = in) {
      in.read();
    } catch (IOException | RuntimeException e) {
      throw e;
    } finally {
      close();
    }
    String text = """
        Hello,
          "you"!   \
        """;
    jobs.forEach((key, value) -> {
      synchronized (this) { use(key); }
    });
    Function<T, int[]> f = Queue::new, g = int[]::new;
    List<String>[] lists = (List<String>[]) new List<?>[3];
    assert a >= 0 : "a"; //NOSONAR
    if (o instanceof String s && s.length() > .5f) return (R) s;
    Runnable r = new Runnable() {
      @Override
      public void run() {}
    };
    return this.<R>get() /* the last */;
  }

  native void stop();
}
