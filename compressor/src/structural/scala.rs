//! Scala: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::check;
use super::rendering::{bounds, safe, skeleton};
use crate::language::Language;

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn golden(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("scala", text));
}

fn same(original: &str, result: &str) -> bool {
    check(original, result, Language::from_name("scala").expect("a known language")).is_ok()
}

#[test]
fn line_breaks_stay_and_comments_go() {
    golden(
        include_str!("samples/sample.scala"),
        expect![[r#"
        parsed: 369 tokens
        all words: 329
        //> using scala 3.3
        package com.example.shop

        import scala.collection.mutable
        import java.util.{List => JList,_}
        /** A cart of items.
        @param id the id */
        case class Cart(id: Int, owner: String = "a  b") extends Base with Ordered[Cart] {
         self =>
         // The limit of items
         val limit: Int = 20
         private var items = Map("a" -> 1,"b" -> 2 )
         @inline
         def add(x: Item)(implicit ec: Ctx): Cart = {
          val y = x.price * 2
          // scalastyle:off
          items.map { case (k,v) =>
           k -> v
          }.filter(_ > 1)
          copy(id = y)
         }

         def total = items.values.sum
         def abstractOne: Int
        }

        object Cart {
         // scalafmt: off
         def apply(): Cart = new Cart(0)
         val text = s"""a  $limit
            |b ${ x + 1 }""".stripMargin
        }

        trait T[A] { def f(a: A): Unit }

        enum Color:
         case Red, Green
         case Blue(x: Int)

        def top(x: Int): Int =
         val y = x
         if y > 1 then
          y
         else
          2
        end top

        extension (s: String)
         def shout: String = s.toUpperCase

        given Ordering[Cart] with
         def compare(a: Cart,b: Cart) = 0
        val f = g

        { println("x") }

        ----
        no words: 312
        //> using scala 3.3
        package com.example.shop

        import scala.collection.mutable
        import java.util.{List => JList,_}
        case class Cart(id: Int, owner: String = "a  b") extends Base with Ordered[Cart] {
         self =>
         val limit: Int = 20
         private var items = Map("a" -> 1,"b" -> 2 )
         @inline
         def add(x: Item)(implicit ec: Ctx): Cart = {
          val y = x.price * 2
          // scalastyle:off
          items.map { case (k,v) =>
           k -> v
          }.filter(_ > 1)
          copy(id = y)
         }

         def total = items.values.sum
         def abstractOne: Int
        }

        object Cart {
         // scalafmt: off
         def apply(): Cart = new Cart(0)
         val text = s"""a  $limit
            |b ${ x + 1 }""".stripMargin
        }

        trait T[A] { def f(a: A): Unit }

        enum Color:
         case Red, Green
         case Blue(x: Int)

        def top(x: Int): Int =
         val y = x
         if y > 1 then
          y
         else
          2
        end top

        extension (s: String)
         def shout: String = s.toUpperCase

        given Ordering[Cart] with
         def compare(a: Cart,b: Cart) = 0
        val f = g

        { println("x") }

    "#]],
    );
}

#[test]
fn at_safe_comments_and_lines_stay() {
    expect![[r#"
        //> using scala 3.3
        package com.example.shop

        import scala.collection.mutable
        import java.util.{List => JList, _}

        /** A cart of items.
          *
          * @param id the id
          */
        case class Cart(id: Int, owner: String = "a  b") extends Base with Ordered[Cart] {
         self =>
         // The limit of items
         val limit: Int = 20
         private var items = Map( "a" -> 1, "b" -> 2 )

         /** Adds an item. */
         @inline
         def add(x: Item)(implicit ec: Ctx): Cart = {
          val y = x.price * 2
          // scalastyle:off
          items.map { case (k, v) =>
           k -> v
          }.filter(_ > 1)
          copy(id = y)
         }

         def total = items.values.sum
         def abstractOne: Int
        }

        object Cart {
         // scalafmt: off
         def apply(): Cart = new Cart(0)
         val text = s"""a  $limit
            |b ${ x + 1 }""".stripMargin
        }

        trait T[A] { def f(a: A): Unit }

        enum Color:
         case Red, Green
         case Blue(x: Int)

        def top(x: Int): Int =
         val y = x
         if y > 1 then
          y
         else
          2
        end top

        extension (s: String)
         def shout: String = s.toUpperCase

        given Ordering[Cart] with
         def compare(a: Cart, b: Cart) = 0
        val f = g

        { println("x") }
    "#]]
    .assert_eq(&safe("scala", include_str!("samples/sample.scala")));
}

#[test]
fn a_skeleton_says_what_went() {
    expect![[r#"
        package com.example.shop

        import scala.collection.mutable
        import java.util.{List => JList,_}
        /** A cart of items. */
        case class Cart(id: Int, owner: String = "a  b") extends Base with Ordered[Cart] {
         self =>
         val limit: Int = 20
         private var items = Map("a" -> 1,"b" -> 2 )
         @inline
         def add(x: Item)(implicit ec: Ctx): Cart = { ??? // 6 lines
         }

         def total = items.values.sum
         def abstractOne: Int
        }

        object Cart {
         def apply(): Cart = new Cart(0)
         val text = s"""a  $limit
            |b ${ x + 1 }""".stripMargin
        }

        trait T[A] { def f(a: A): Unit }

        enum Color:
         case Red, Green
         case Blue(x: Int)

        def top(x: Int): Int = ??? // 5 lines
        end top

        extension (s: String)
         def shout: String = s.toUpperCase

        given Ordering[Cart] with
         def compare(a: Cart,b: Cart) = 0
        val f = g

        { println("x") }
    "#]]
    .assert_eq(&skeleton("scala", include_str!("samples/sample.scala")));
}

#[test]
fn a_blank_line_before_a_bracket_stays() {
    golden(
        "object A {\n  val f = g\n\n\n  { b }\n\n  // c\n  (d)\n  val e = 1\n\n\n  val h = 2\n}\n",
        expect![[r#"
            parsed: 36 tokens
            all words: 30
            object A {
             val f = g

             { b }
             // c

             (d)
             val e = 1

             val h = 2
            }

            ----
            no words: 27
            object A {
             val f = g

             { b }

             (d)
             val e = 1

             val h = 2
            }

        "#]],
    );
}

#[test]
fn what_means_something_is_compared() {
    assert!(same("def f(a: Int , b: Int) = a // c\n", "def f(a: Int,b: Int) = a\n"));
    assert!(!same("val a = b\n\n{ c }\n", "val a = b\n{ c }\n"));
    assert!(!same("val a = b\nc\n", "val a = b c\n"));
    assert!(!same("val a = \"\"\"b\n  c\"\"\"\n", "val a = \"\"\"b\n c\"\"\"\n"));
    assert!(!same("def f =\n  a\n  b\n", "def f =\n  a\nb\n"));
}
