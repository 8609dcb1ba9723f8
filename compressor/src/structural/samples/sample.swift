// swift-tools-version:5.5
// Copyright (c) 2024 The Authors
// SPDX-License-Identifier: MIT

import Foundation
@testable import struct UIKit.CGRect

/// A user.
///
/// - Parameter name: the name
@objc(User)
@MainActor
public final class User<T: Codable>: NSObject, Comparable where T: Foo {
  // MARK: - Properties
  static let limit = 20, other: Int = 3
  private(set) var name: String = "a  b"
  @Published var age: Int?
  var upper: String {
    return name.uppercased()
  }
  var x: Int {
    get { _x }
    set(value) {
      _x = value
    }
  }
  lazy var y: [String: Int] = [
    "a": 1,
    "b": 2,
  ]
  var z = 0 {
    didSet { print(z) }
  }

  init?(name: String, age: Int = -1) throws {
    self.name = name
    guard age >= 0, let a = foo() else {
      return nil
    }
    super.init()
  }

  deinit { }

  /* block /* nested */ */
  @discardableResult
  func load<U>(_ block: @escaping (U) async throws -> Void, at index: Int...) async throws -> U? where U: Bar {
    let list = items
      .filter { $0.size > 1 }
      .map { (a, b) -> Int in
        return a + b
      } ?? []
    if let a = b as? Foo, a.x == 1 {
      c()
    } else if !d {
      e()
    } else {
      f! .g()
    }
    switch x {
    case .a, .b(let y):
      print(y)
      fallthrough
    case let .c(z) where z > 1: break
    default:
      throw Error.bad
    }
    for i in 0..<10 where i % 2 == 0 { print(i) }
    while true { break }
    repeat { x += 1 } while x < 10
    do {
      try foo()
    } catch let error as NSError {
      x
    } catch { y }
    let t = a ? b : c
    let u = a?.b![0]
    let s = """
      multi \(x)
        line
      """
    let r = #"raw "x" "#
    #if os(iOS)
    let p = 1
    #elseif DEBUG
    let p = 2
    #endif
    defer { z() }
    foo(a: 1, b: { x in x }) { y in
      y
    } other: { z }
    let n = -x + y * -z
    let k = \User.name
    return try await x
  }
  subscript(i: Int) -> Int { 1 }
  static func == (a: User, b: User) -> Bool { a.x == b.x }
}

extension User: Codable {}
protocol P: AnyObject {
  associatedtype A
  var x: Int { get set }
  func f() -> Int
}
enum Color: String, CaseIterable {
  case red = "r", green
  indirect case blue(Int, x: Int)
}
struct S { let a: Int; let b = 1 }
typealias H = (Int) -> Void
infix operator +++: AdditionPrecedence
@available(iOS 13, *)
actor A { nonisolated func f() {} }
#Preview {
  Text("x")
}
