//! C#: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, skeleton};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("c-sharp", text));
}

#[test]
fn layout_and_comments_shrink_and_code_stays() {
    check(
        r#"#region License
// Copyright (c) 2007 The Authors. All rights reserved.
#endregion

using System;
using System.Collections.Generic;

namespace Example.Caching
{
    /// <summary>
    /// A cache that forgets what was not asked for.
    /// </summary>
    /// <typeparam name="TKey">What is asked by.</typeparam>
    [Serializable]
    [DebuggerDisplay("{Count}")]
    public class Cache<TKey, TValue> : IEnumerable<TValue>
        where TKey : notnull
    {
        #region Fields
        private readonly Dictionary<TKey, TValue> _entries = new();
        private const int Limit = 1 << 10;   // entries, never bytes
        #endregion

        /// <summary>
        /// Gets the count.
        /// </summary>
        public int Count
        {
            get { return _entries.Count; }
        }

        public string Name { get; set; } = "cache";

        /// <summary>
        /// Gets a value, or computes it if there is none.
        /// </summary>
        /// <param name="key">What is asked for.</param>
        /// <param name="load">Computes the value; must not return null.</param>
        /// <exception cref="InvalidOperationException">The cache is closed.</exception>
        public async Task<TValue> GetAsync(TKey key, Func<TKey, Task<TValue>> load)
        {
            if (_closed)
                throw new InvalidOperationException($"{Name,-8}  is closed");

            // The loader may ask for the same key.
            if (!_entries.TryGetValue(key, out var value))
            {
                value = await load(key).ConfigureAwait(false);
                _entries[key] = value;
            }
            return value;
        }
    }
}
"#,
        expect![[r#"
            parsed: 372 tokens
            all words: 324
            #region License
            // Copyright (c) 2007 The Authors. All rights reserved.
            #endregion

            using System;
            using System.Collections.Generic;

            namespace Example.Caching {
             /// <summary> A cache that forgets what was not asked for. </summary> <typeparam name="TKey">What is asked by.</typeparam>
             [Serializable][DebuggerDisplay("{Count}")] public class Cache<TKey, TValue>: IEnumerable<TValue> where TKey:notnull {
              #region Fields
              private readonly Dictionary<TKey, TValue> _entries=new();
              private const int Limit=1<<10; // entries, never bytes
              #endregion
              /// <summary> Gets the count. </summary>
              public int Count {
               get{return _entries.Count;}
              }
              public string Name { get; set;}="cache";
              /// <summary> Gets a value, or computes it if there is none. </summary> <param name="key">What is asked for.</param> <param name="load">Computes the value; must not return null.</param> <exception cref="InvalidOperationException">The cache is closed.</exception>
              public async Task<TValue> GetAsync(TKey key, Func<TKey, Task<TValue>> load){
               if (_closed) throw new InvalidOperationException($"{Name,-8}  is closed");
               // The loader may ask for the same key.
               if (!_entries.TryGetValue(key,out var value)){
                value = await load(key).ConfigureAwait(false);
                _entries[key]=value;
               }
               return value;
              }
             }
            }

            ----
            no words: 197
            #region License
            // Copyright (c) 2007 The Authors. All rights reserved.
            #endregion

            using System;
            using System.Collections.Generic;

            namespace Example.Caching {
             [Serializable][DebuggerDisplay("{Count}")] public class Cache<TKey, TValue>: IEnumerable<TValue> where TKey:notnull {
              #region Fields
              private readonly Dictionary<TKey, TValue> _entries=new();
              private const int Limit=1<<10;
              #endregion
              public int Count {
               get{return _entries.Count;}
              }
              public string Name { get; set;}="cache";
              public async Task<TValue> GetAsync(TKey key, Func<TKey, Task<TValue>> load){
               if (_closed) throw new InvalidOperationException($"{Name,-8}  is closed");
               if (!_entries.TryGetValue(key,out var value)){
                value = await load(key).ConfigureAwait(false);
                _entries[key]=value;
               }
               return value;
              }
             }
            }

        "#]],
    );
}

#[test]
fn directives_keep_their_lines() {
    check(
        r#"#nullable enable
#if NET6_0_OR_GREATER && !MONO   // new
using System.Threading;
#else
using System.Compat;
#endif
namespace A
{
    class B
    {
#if !(NETFX_CORE || PORTABLE)
        [Serializable]
#endif
        void F()
        {
            lock (this)
            {
                #region   The  work
#if DEBUG
                Console.WriteLine(1);
#endif
                #pragma warning disable 1591   // no documentation
                Work();
                #endregion
            }
        }
    }
}
"#,
        expect![[r#"
            parsed: 118 tokens
            all words: 103
            #nullable enable
            #if NET6_0_OR_GREATER&&!MONO // new
            using System.Threading;
            #else
            using System.Compat;
            #endif
            namespace A {
             class B {
            #if !(NETFX_CORE || PORTABLE)
              [Serializable]
            #endif
              void F(){
               lock(this){
                #region The work
            #if DEBUG
                Console.WriteLine(1);
            #endif
                #pragma warning disable 1591 // no documentation
                Work();
                #endregion
               }
              }
             }
            }

            ----
            no words: 98
            #nullable enable
            #if NET6_0_OR_GREATER&&!MONO
            using System.Threading;
            #else
            using System.Compat;
            #endif
            namespace A {
             class B {
            #if !(NETFX_CORE || PORTABLE)
              [Serializable]
            #endif
              void F(){
               lock(this){
                #region The work
            #if DEBUG
                Console.WriteLine(1);
            #endif
                #pragma warning disable 1591
                Work();
                #endregion
               }
              }
             }
            }

        "#]],
    );
}

#[test]
fn statements_need_no_lines_of_their_own() {
    check(
        r##"class A {
    public static A operator +(A a, A b) => a;
    void F(object o) {
        foreach (var (k, v) in map)
            if (k is > 1 and < 3)
                continue;
            else
                G(v);
        switch (o) {
            case string { Length: > 0 } s when s[^1] == 'x':
                break;
            default:
                goto end;
        }
        var t = o switch {
            null => @"a
  ""b""",   // nothing
            _ => """
                raw  text
                """,
        };
        var q = from x in xs
                where x > 1
                select new { x, Y = x?.Length ?? 0 };
        try {
            G();
        }
        catch (IOException e) when (e.HResult < 0) {
            throw;
        }
        finally {
            n -= -1;
        }
    end:
        return;
    }
}
"##,
        expect![[r#"
            parsed: 214 tokens
            all words: 163
            class A {
             public static A operator +(A a,A b)=>a;
             void F(object o){
              foreach(var(k,v) in map) if(k is>1 and<3) continue; else G(v);
              switch(o){
               case string { Length:>0}s when s[^1]=='x':
                break;
               default:
                goto end;
              }
              var t=o switch { null => @"a
              ""b""", // nothing
                _ => """
                            raw  text
                            """, };
              var q = from x in xs where x>1 select new{x,Y=x?.Length??0 };
              try { G(); } catch(IOException e) when(e.HResult<0){throw;}finally { n -= -1;}
             end:
              return;
             }
            }

            ----
            no words: 159
            class A {
             public static A operator +(A a,A b)=>a;
             void F(object o){
              foreach(var(k,v) in map) if(k is>1 and<3) continue; else G(v);
              switch(o){
               case string { Length:>0}s when s[^1]=='x':
                break;
               default:
                goto end;
              }
              var t=o switch { null => @"a
              ""b""", _ => """
                            raw  text
                            """, };
              var q = from x in xs where x>1 select new{x,Y=x?.Length??0 };
              try { G(); } catch(IOException e) when(e.HResult<0){throw;}finally { n -= -1;}
             end:
              return;
             }
            }

        "#]],
    );
}

#[test]
fn comments_that_tools_read_stay() {
    check(
        r#"// <auto-generated>
//   Made by a tool.
// </auto-generated>
class A {
    // ReSharper disable once UnusedMember.Global
    int a;   // NOSONAR
    // Says nothing to tools.
    void F() {} // TODO: write it
}
"#,
        expect![[r#"
            parsed: 58 tokens
            all words: 52
            // <auto-generated>
            // Made by a tool.
            // </auto-generated>
            class A {
             // ReSharper disable once UnusedMember.Global
             int a; // NOSONAR
             // Says nothing to tools.
             void F() {} // TODO: write it
            }

            ----
            no words: 41
            // <auto-generated>
            // </auto-generated>
            class A {
             // ReSharper disable once UnusedMember.Global
             int a; // NOSONAR
             void F() {} // TODO: write it
            }

        "#]],
    );
}

#[test]
fn half_a_function_is_treated_by_line() {
    check(
        r#"            return @"a
  b";
        }



        void G(int a {
            F();
"#,
        expect![[r#"
            2 lines of 5 do not parse: layout by line there: 19 tokens
            all words: 15
             return @"a
              b";
            }

            void G(int a {
             F();

            ----
            no words: 15
             return @"a
              b";
            }

            void G(int a {
             F();

        "#]],
    );
}

#[test]
fn a_skeleton_has_signatures_and_counts_the_lines_of_bodies() {
    expect![[r##"
        #region License
        #endregion
        #nullable enable
        using System;
        using static System.Math; // all of it
        using Names = System.Collections.Generic.Dictionary<string,string>;
        #if NET6_0_OR_GREATER
        using System.Threading;
        #endif

        [assembly: AssemblyTitle("Queue")]
        #pragma warning disable 1591 // no documentation
        namespace Queue.Jobs {
         /// A queue of jobs.
         [Serializable][DebuggerDisplay("{Count}", Name="q")] public sealed partial class Queue<T>:Base, IEnumerable<T> where T : class,new(){
          #region Fields
          private readonly int _limit=1<<3,_count; // at most
          private static readonly string[] Names={"a","b", };
          public event EventHandler<JobArgs>? Changed;
          #endregion Fields

          public Queue(int limit):base(limit){_limit = limit;}

          ~Queue(){ Dispose(false);}
          /// <summary>Gets or sets the count.</summary>
          public int Count {
           get { return _count;}
           private set {_count=value;}
          }
          public string Name { get; init;}="q";
          public int Length => _count+1;
          public T this[int index] => _items[index];

          public static implicit operator bool(Queue<T> q)=>q != null;
          public static Queue<T> operator +(Queue<T>a,T b){ a.Push(b); return a;}
          // Adds a job.
          public async Task<T?> PushAsync<R>(R job, params object[] rest) where R:T { /* 44 lines */ }
         }

         internal enum State : byte { Idle, Busy=1, }
         public record struct Point(int X,int Y);
         public delegate void Handler(object sender,in int e);
        }
    "##]].assert_eq(&skeleton("c-sharp", include_str!("samples/sample.cs")));
}
