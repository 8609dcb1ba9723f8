//! Kotlin: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, safe};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("kotlin", text));
}

#[test]
fn layout_and_comments_shrink_and_code_stays() {
    check(
        r#"package com.example.shop

import java.util.UUID
import kotlin.math.max

/**
 * A cart, kept until it is paid for.
 *
 * @property owner whoever pays; never null once the cart is closed
 */
@Serializable
data class Cart(
    val id: UUID, // made by the server
    @SerialName("owner_name")
    val owner: String? = null,
) : Base(id), Closeable {
    companion object {
        const val LIMIT = 20
    }

    private val items = mutableListOf<Item>()

    val total: Int
        get() = items.sumOf { it.price }

    /** The size. */
    val size: Int get() = items.size
}
"#,
        expect![[r#"
            parsed: 147 tokens
            all words: 123
            package com.example.shop

            import java.util.UUID
            import kotlin.math.max
            /** A cart, kept until it is paid for.
            @property owner whoever pays; never null once the cart is closed */
            @Serializable
            data class Cart(val id: UUID, // made by the server
              @SerialName("owner_name") val owner:String? = null,) : Base(id), Closeable {
             companion object {
              const val LIMIT=20
             }

             private val items = mutableListOf<Item>()

             val total:Int
              get() = items.sumOf { it.price }
             val size:Int get() = items.size
            }

            ----
            no words: 92
            package com.example.shop

            import java.util.UUID
            import kotlin.math.max
            @Serializable
            data class Cart(val id: UUID, @SerialName("owner_name") val owner:String? = null,) : Base(id), Closeable {
             companion object {
              const val LIMIT=20
             }

             private val items = mutableListOf<Item>()

             val total:Int
              get() = items.sumOf { it.price }
             val size:Int get() = items.size
            }

        "#]],
    );
}

#[test]
fn statements_that_fill_one_line_join_their_heads() {
    check(
        r#"class Cart {
    /**
     * Adds an item, unless there are too many.
     *
     * @return the number of items
     */
    fun add(item: Item, times: Int = 1): Int {
        require(items.size + times <= LIMIT) { "too many  items" } // never more
        repeat(times) {
            items.add(item)
        }
        val names = items
            .filter { it.price > 0 }
            // Free items have no name.
            .map { item -> item.name }
            ?: return -1
        if (names.isEmpty()) {
            return 0
        } else {
            log.info(
                "added {}",
                names.joinToString(),
            )
        }
        return items.size
    }
}
"#,
        expect![[r#"
            parsed: 162 tokens
            all words: 128
            class Cart {
             /** Adds an item, unless there are too many.
            @return the number of items */
             fun add(item: Item, times:Int=1): Int {
              require(items.size + times <= LIMIT){"too many  items"} // never more
              repeat(times){items.add(item)}
              val names = items.filter { it.price > 0 } // Free items have no name.
               .map { item -> item.name } ?: return -1
              if (names.isEmpty()){return 0 } else {
               log.info("added {}", names.joinToString(),)
              }
              return items.size
             }
            }

            ----
            no words: 98
            class Cart {
             fun add(item: Item, times:Int=1): Int {
              require(items.size + times <= LIMIT){"too many  items"}
              repeat(times){items.add(item)}
              val names = items.filter { it.price > 0 }.map { item -> item.name } ?: return -1
              if (names.isEmpty()){return 0 } else {
               log.info("added {}", names.joinToString(),)
              }
              return items.size
             }
            }

        "#]],
    );
}

#[test]
fn line_breaks_that_end_a_statement_stay() {
    check(
        r#"fun f(): Int {
    g()
    -1
    val a = b +
        c
    h()
    [0].forEach {
        print(it)
    }
    val d =
        e
            ?: i
    return
    j
}

val k: String
    get() = "a"
var l = 0
    private set

when (m) {
    1, 2 -> n
    is O -> {
        p()
    }
    else -> q
}
if (r)
    s()
else
    t()
"#,
        expect![[r#"
            parsed: 119 tokens
            all words: 84
            fun f(): Int {
             g()
             -1
             val a=b+c
             h()
             [0].forEach { print(it)}
             val d=e ?: i
             return
             j
            }

            val k:String
             get()="a"
            var l=0
             private set

            when (m){
             1,2 -> n
             is O->{p()}
             else -> q
            }
            if (r) s() else t()

            ----
            no words: 84
            fun f(): Int {
             g()
             -1
             val a=b+c
             h()
             [0].forEach { print(it)}
             val d=e ?: i
             return
             j
            }

            val k:String
             get()="a"
            var l=0
             private set

            when (m){
             1,2 -> n
             is O->{p()}
             else -> q
            }
            if (r) s() else t()

        "#]],
    );
}

#[test]
fn spaces_that_say_what_belongs_together_stay() {
    check(
        r#"val a = b - c
val d = e -f
val g: Map<String, (Int) -> Unit> = h
val i = j as? K ?: l!!.m
val n = if (o < p && q > r) s else t
class U<T : Any> : V<T>(), W where T : X
val y = z..<10
foo (1)
@A fun b() = c { d, e -> d to e }
loop@ for (i in 0 until 10) break@loop
"#,
        expect![[r#"
            parsed: 117 tokens
            all words: 108
            val a=b-c
            val d=e -f
            val g: Map<String,(Int)->Unit> = h
            val i=j as? K ?: l!!.m
            val n = if (o < p && q > r) s else t
            class U<T : Any> : V<T>(), W where T:X
            val y=z..<10
            foo (1)
            @A fun b() = c { d,e -> d to e }
            loop@ for (i in 0 until 10) break@loop

            ----
            no words: 108
            val a=b-c
            val d=e -f
            val g: Map<String,(Int)->Unit> = h
            val i=j as? K ?: l!!.m
            val n = if (o < p && q > r) s else t
            class U<T : Any> : V<T>(), W where T:X
            val y=z..<10
            foo (1)
            @A fun b() = c { d,e -> d to e }
            loop@ for (i in 0 until 10) break@loop

        "#]],
    );
}

#[test]
fn what_tools_and_lawyers_read_stays() {
    check(
        r#"/*
 * Copyright 2024 The Authors
 */
@file:Suppress("unused")

// Explains the file in words.
//noinspection UnusedImport
import a.b
/* outer /* inner */ words */
// @formatter:off
val a = 1 // ktlint-disable no-multi-spaces
// language=SQL
val b = """
    select  *
      from $a
""".trimIndent()
// TODO: remove
val c = "x  ${ a + 1 }"
"#,
        expect![[r#"
            parsed: 101 tokens
            all words: 98
            /*
            * Copyright 2024 The Authors
            */
            @file:Suppress("unused")
            // Explains the file in words.
            //noinspection UnusedImport
            import a.b
            /* outer /* inner */ words */
            // @formatter:off
            val a=1 // ktlint-disable no-multi-spaces
            // language=SQL
            val b = """
                select  *
                  from $a
            """.trimIndent()
            // TODO: remove
            val c="x  ${ a + 1 }"

            ----
            no words: 91
            /*
            * Copyright 2024 The Authors
            */
            @file:Suppress("unused")
            //noinspection UnusedImport
            import a.b
            /* outer /* inner */ words */
            // @formatter:off
            val a=1 // ktlint-disable no-multi-spaces
            // language=SQL
            val b = """
                select  *
                  from $a
            """.trimIndent()
            // TODO: remove
            val c="x  ${ a + 1 }"

        "#]],
    );
}

#[test]
fn safe_changes_indentation_and_ends_of_lines_only() {
    expect![[r#"
        // A  comment
        class A {
         fun f(a: Int,
          b: Int) {
          // Kept
          x = g(
           a, // too
          )
         }

        }
    "#]].assert_eq(&safe(
        "kotlin",
        "\n\n// A  comment\nclass A {\n    fun f(a: Int,\n          b: Int) {   \n        // Kept\n        x  =  g(\n            a,   // too\n        )\n    }\n\n\n\n}\n",
    ));
}

#[test]
fn half_a_class_is_treated_by_line() {
    check(
        "        return x   \n    }\n\n\n\n    fun g(a: Int {\n        val text = \"\"\"a\n   b\"\"\"\n        // why\n",
        expect![[r#"
            4 lines of 6 do not parse: layout by line there: 27 tokens
            all words: 24
             return x
            }



                fun g(a: Int {
                    val text = """a
               b"""
            // why

            ----
            no words: 21
             return x
            }



                fun g(a: Int {
                    val text = """a
               b"""


        "#]],
    );
}
