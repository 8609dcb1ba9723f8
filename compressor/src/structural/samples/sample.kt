/*
 * Copyright (c) 2024 The Authors
 * SPDX-License-Identifier: MIT
 */
@file:Suppress("X")

package com.example.app

import java.util.*
import kotlin.math.max as biggest

/**
 * A [User].
 *
 * @property name the name
 */
@Serializable
data class User(
  val name: String, // trailing
  @SerialName("age") var age: Int = -1,
) : Base(name), Comparable<User> {
  companion object {
    const val LIMIT = 20
    private val MAP = mapOf("a" to 1, "b" to 2)
  }

  val upper: String
    get() = name.uppercase()

  var x: Int = 0
    private set(value) {
      field = value
    }

  init {
    require(age >= 0) { "no  $age" }
  }

  override fun compareTo(other: User): Int =
    name.compareTo(other.name)

  /* block /* nested */ */
  suspend fun <T : Any> load(block: (T) -> Unit): T? where T : Foo {
    val list = items
      .filter { it.size > 1 }
      ?.map { (a, b) -> a + b }
      ?: return null
    if (a) b() else c()
    if (a) {
      b
    } else if (c !in d) {
      e
    }
    when (val y = x) {
      1, 2 -> println("x")
      is String -> {
        foo()
      }
      in 1..10 -> bar
      else -> throw IllegalStateException("""
        multi ${x}
          line
      """.trimIndent())
    }
    for (i in 0 until 10) println(i)
    while (true) {
      break
    }
    do { x++ } while (x < 10)
    val f = fun(x: Int): Int { return x }
    val z = a as? Foo ?: b!!.c
    label@ for (i in 1..2) continue@label
    return try { x } catch (e: Exception) { y } finally { z }
  }
}

sealed interface Shape
enum class Color(val rgb: Int) { RED(0xFF0000), GREEN(1);
  fun f() = 1
}
object Single : Foo by bar
typealias Handler = (Int) -> Unit
fun String.ext() = this + "a"
val a by lazy { 1 }
