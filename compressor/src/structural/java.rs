//! Java: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, safe, skeleton};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("java", text));
}

#[test]
fn layout_and_comments_shrink_and_code_stays() {
    check(
        r#"/*
 * Copyright (C) 2009 The Authors
 *
 * Licensed under the Apache License, Version 2.0.
 */
package org.example.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cache that forgets
 * what was not asked for.
 *
 * <p>It is safe for concurrent use.
 *
 * @param <K> what is asked by
 * @since 1.3
 */
@Beta
@GwtCompatible(emulated = true)
public abstract class Cache<K, V> implements Iterable<V> {
  private static final int LIMIT = 1 << 10; // entries, never bytes

  private final Map<K, V> entries = new ConcurrentHashMap<>();

  /** Returns the size. */
  public int size() {
    return entries.size();
  }

  /**
   * Gets a value, or computes it if there is none.
   *
   * @param key what is asked for
   * @param loader computes the value; must not return null
   * @return the value
   * @throws IllegalStateException if the cache is closed
   */
  @Override
  @Nullable
  public V get(K key, Function<? super K, ? extends V> loader) {
    if (closed)
      throw new IllegalStateException("closed");
    // The loader may ask for the same key,
    // which would wait for itself.
    return entries.computeIfAbsent(key, k -> {
      misses.increment();
      return loader.apply(k);
    });
  }
}
"#,
        expect![[r#"
            parsed: 322 tokens
            all words: 261
            /*
            * Copyright (C) 2009 The Authors
            *
            * Licensed under the Apache License, Version 2.0.
            */
            package org.example.cache;

            import java.util.Map;
            import java.util.concurrent.ConcurrentHashMap;
            /** A cache that forgets what was not asked for.
            <p>It is safe for concurrent use.
            @param <K> what is asked by
            @since 1.3 */
            @Beta @GwtCompatible(emulated=true) public abstract class Cache<K,V> implements Iterable<V>{
             private static final int LIMIT=1<<10; // entries, never bytes

             private final Map<K,V> entries=new ConcurrentHashMap<>();
             public int size(){return entries.size(); }
             /** Gets a value, or computes it if there is none.
            @param key what is asked for
            @param loader computes the value; must not return null
            @return the value
            @throws IllegalStateException if the cache is closed */
             @Override @Nullable public V get(K key, Function<? super K, ? extends V> loader){
              if (closed) throw new IllegalStateException("closed");
              // The loader may ask for the same key, which would wait for itself.
              return entries.computeIfAbsent(key,k -> {
               misses.increment();
               return loader.apply(k);
              });
             }
            }

            ----
            no words: 155
            /*
            * Copyright (C) 2009 The Authors
            *
            * Licensed under the Apache License, Version 2.0.
            */
            package org.example.cache;

            import java.util.Map;
            import java.util.concurrent.ConcurrentHashMap;
            @Beta @GwtCompatible(emulated=true) public abstract class Cache<K,V> implements Iterable<V>{
             private static final int LIMIT=1<<10;

             private final Map<K,V> entries=new ConcurrentHashMap<>();
             public int size(){return entries.size(); }
             @Override @Nullable public V get(K key, Function<? super K, ? extends V> loader){
              if (closed) throw new IllegalStateException("closed");
              return entries.computeIfAbsent(key,k -> {
               misses.increment();
               return loader.apply(k);
              });
             }
            }

        "#]],
    );
}

#[test]
fn statements_stay_in_order() {
    check(
        r#"class A {
  enum Kind {
    ONE, // first
    TWO {
      int f() { return 2; }
    };
  }

  void run(int a) {
    outer:
    for (int i = 0; i < a; i++)
      if (i == 2)
        continue outer;
      else
        use(i);
    switch (a) {
      case 1:
      case 2:
        use(a);
        break;
      // None of these.
      default:
        return;
    }
  }
}
"#,
        expect![[r#"
            parsed: 114 tokens
            all words: 93
            class A {
             enum Kind {
              ONE, // first
              TWO {
               int f(){return 2;}
              };
             }
             void run(int a){
              outer:
              for(int i=0;i<a;i++) if(i==2) continue outer; else use(i);
              switch(a){
               case 1:
               case 2:
                use(a);
                break;
               // None of these.
               default:
                return;
              }
             }
            }

            ----
            no words: 84
            class A {
             enum Kind {
              ONE,
              TWO {
               int f(){return 2;}
              };
             }
             void run(int a){
              outer:
              for(int i=0;i<a;i++) if(i==2) continue outer; else use(i);
              switch(a){
               case 1:
               case 2:
                use(a);
                break;
               default:
                return;
              }
             }
            }

        "#]],
    );
}

#[test]
fn values_over_several_lines_stay_exact() {
    check(
        r#"class A {
  void run(int a) {
    String text = """
        Hello,
          world
        """;
    int b = switch (text) {
      case "a", "b" -> 1;
      default -> {
        yield 2;
      }
    };
    try (Reader in = open()) {
      in.read();
    } catch (IOException e) {
      // told already
    } finally {
      close();
    }
  }
}
"#,
        expect![[r#"
            parsed: 96 tokens
            all words: 76
            class A {
             void run(int a){
              String text = """
                    Hello,
                      world
                    """;
              int b = switch(text){
               case "a","b"->1;
               default->{yield 2;}
              };
              try (Reader in=open()){in.read(); } catch(IOException e){
               // told already
              } finally { close();}
             }
            }

            ----
            no words: 71
            class A {
             void run(int a){
              String text = """
                    Hello,
                      world
                    """;
              int b = switch(text){
               case "a","b"->1;
               default->{yield 2;}
              };
              try (Reader in=open()){in.read(); } catch(IOException e){
              } finally { close();}
             }
            }

        "#]],
    );
}

#[test]
fn comments_that_tools_read_stay() {
    check(
        r#"class A {
  int a = f(/* first= */ 1); // NOSONAR
  //noinspection unchecked
  // @formatter:off
  int b = -1;
  // CHECKSTYLE:OFF
  String c = "x"; //$NON-NLS-1$
  // TODO: say why
  // A comment of its own.
  void f() {
    switch (a) {
      case 1:
        g();
        // fall through
      case 2:
    }
  }

  /** @deprecated use {@link #f} */
  @Deprecated void g() {}
}
"#,
        expect![[r#"
            parsed: 126 tokens
            all words: 107
            class A {
             int a=f(/* first= */ 1); // NOSONAR
             //noinspection unchecked
             // @formatter:off
             int b=-1;
             // CHECKSTYLE:OFF
             String c="x"; //$NON-NLS-1$
             // TODO: say why
             // A comment of its own.
             void f(){
              switch(a){
               case 1:
                g();
                // fall through
               case 2:
              }
             }
             /** @deprecated use {@link #f} */
             @Deprecated void g(){}
            }

            ----
            no words: 103
            class A {
             int a=f(1); // NOSONAR
             //noinspection unchecked
             // @formatter:off
             int b=-1;
             // CHECKSTYLE:OFF
             String c="x"; //$NON-NLS-1$
             // TODO: say why
             // A comment of its own.
             void f(){
              switch(a){
               case 1:
                g();
                // fall through
               case 2:
              }
             }
             /** @deprecated use {@link #f} */
             @Deprecated void g(){}
            }

        "#]],
    );
}

#[test]
fn safe_changes_indentation_and_ends_of_lines_only() {
    expect![[r#"
        class A {

         @Override public
          void f() { // one
          /*
               * Kept
               */
          g(a,
           """
                  b  """);
         }
        }
    "#]]
    .assert_eq(&safe(
        "java",
        r#"class A {


  @Override   public
      void f() {  // one
      /*
       * Kept
       */
      g(a,
        """
          b  """);
  }
}
"#,
    ));
}

#[test]
fn half_a_function_is_treated_by_line() {
    check(
        r#"        return """
          a""";
    }



    void g(int a {
      f();
"#,
        expect![[r#"
            2 lines of 5 do not parse: layout by line there: 18 tokens
            all words: 15
              return """
                      a""";
            }

            void g(int a {
             f();

            ----
            no words: 15
              return """
                      a""";
            }

            void g(int a {
             f();

        "#]],
    );
}

#[test]
fn a_skeleton_has_signatures_and_counts_the_lines_of_bodies() {
    expect![[r#"
        package org.example.queue;

        import static java.util.Objects.requireNonNull;

        import java.util.*; // all of it
        /** A queue of jobs. */
        @SuppressWarnings({"unchecked","rawtypes"}) @Deprecated public final class Queue<T extends Comparable<? super T>&Cloneable> extends Base implements Iterable<T>, Runnable {
         private static final int[] TABLE={1,2, // first
          0x1F>>>3>>1, };
         static { System.loadLibrary("queue");}
         enum State implements Supplier<String>{
          IDLE, // nothing to do
          BUSY("b"){
           @Override public String get(){ return "busy";}
          },
          DONE;

          State(String... names){}
          public String get(){ return null;}
         }

         record Point(int x,@Nullable Integer y){
          Point { /* 1 line */ }
         }

         sealed interface Shape permits Circle, Square { double area(); default int n(){ return 1;}}
         @interface Named {
          String value() default "";
          Class<?>[] types() default {};
         }

         public Queue(int limit)throws java.io.IOException { /* 2 lines */ }
         // Adds a job.
         public synchronized<R> R push(final Map<String,List<R>> jobs,T... rest){ /* 49 lines */ }

         native void stop();
        }
    "#]].assert_eq(&skeleton("java", include_str!("samples/Sample.java")));
}
