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
  private var items   = Map( "a" -> 1, "b" -> 2 )

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
