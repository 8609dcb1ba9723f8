//! Swift: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, safe};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("swift", text));
}

#[test]
fn layout_and_comments_shrink_and_code_stays() {
    check(
        r#"import Foundation

/// A cart, kept until it is paid for.
///
/// - Note: Never shared between threads.
@MainActor
public final class Cart<Item: Codable>: NSObject, ObservableObject {
    // MARK: - Properties

    static let limit = 20
    @Published private(set) var items: [Item] = []

    var isEmpty: Bool {
        return items.isEmpty
    }

    var owner: String? {
        didSet {
            save()
        }
    }

    private lazy var names: [String: Int] = [
        "a": 1,
        "b": 2,
    ]
}
"#,
        expect![[r#"
            parsed: 131 tokens
            all words: 104
            import Foundation
            /// A cart, kept until it is paid for.
            /// - Note: Never shared between threads.
            @MainActor
            public final class Cart<Item: Codable>: NSObject, ObservableObject {
             // MARK: - Properties

             static let limit=20
             @Published private(set) var items:[Item]=[]
             var isEmpty: Bool { return items.isEmpty }

             var owner:String? {
              didSet { save()}
             }
             private lazy var names:[String:Int]=["a":1,"b":2,]
            }

            ----
            no words: 88
            import Foundation
            /// - Note: Never shared between threads.
            @MainActor
            public final class Cart<Item: Codable>: NSObject, ObservableObject {

             static let limit=20
             @Published private(set) var items:[Item]=[]
             var isEmpty: Bool { return items.isEmpty }

             var owner:String? {
              didSet { save()}
             }
             private lazy var names:[String:Int]=["a":1,"b":2,]
            }

        "#]],
    );
}

#[test]
fn statements_that_fill_one_line_join_their_heads() {
    check(
        r#"class Cart {
    /// Adds an item.
    ///
    /// - Parameter item: what to add; it must be on stock
    /// - Returns: the number of items
    @discardableResult
    func add(_ item: Item, times: Int = 1) throws -> Int {
        guard items.count + times <= Self.limit, let owner = owner else {
            throw CartError.full // never more
        }
        let free = items
            .filter { $0.price == 0 }
            // Free items have no name.
            .map { item -> String in
                return item.name
            } ?? []
        if free.isEmpty {
            print("none  free")
        } else if let first = free.first as? String, first.count > 1 {
            log(first)
        } else {
            log(
                "many",
                free.count
            )
            save()
        }
        return items.count
    }
}
"#,
        expect![[r#"
            parsed: 198 tokens
            all words: 168
            class Cart {
             /// Adds an item.
             /// - Parameter item: what to add; it must be on stock
             /// - Returns: the number of items
             @discardableResult
             func add(_ item: Item, times:Int = 1) throws -> Int {
              guard items.count + times <= Self.limit, let owner = owner else {
               throw CartError.full // never more
              }
              let free = items.filter {$0.price==0 } // Free items have no name.
               .map { item -> String in return item.name } ?? []
              if free.isEmpty { print("none  free")} else if let first = free.first as? String, first.count > 1 { log(first)} else {
               log("many", free.count)
               save()
              }
              return items.count
             }
            }

            ----
            no words: 127
            class Cart {
             @discardableResult
             func add(_ item: Item, times:Int = 1) throws -> Int {
              guard items.count + times <= Self.limit, let owner = owner else {
               throw CartError.full
              }
              let free = items.filter {$0.price==0 }.map { item -> String in return item.name } ?? []
              if free.isEmpty { print("none  free")} else if let first = free.first as? String, first.count > 1 { log(first)} else {
               log("many", free.count)
               save()
              }
              return items.count
             }
            }

        "#]],
    );
}

#[test]
fn line_breaks_that_end_a_statement_stay() {
    check(
        r#"func f() -> Int {
    g()
    -1
    let a = b +
        c
    h()
    [0].forEach {
        print($0)
    }
    switch m {
    case .a, .b(let x):
        n(x)
        fallthrough
    case let .c(y) where y > 1:
        return y
    default:
        break
    }
    let t = u
        ? v
        : w
    do {
        try x()
    } catch {
        y()
    }
    #if os(iOS)
        z()
    #else
        zz()
    #endif
    return
    j
}
"#,
        expect![[r#"
            parsed: 144 tokens
            all words: 105
            func f() -> Int {
             g()
             -1
             let a=b+c
             h()
             [0].forEach { print($0)}
             switch m {
             case .a,.b(let x): n(x)
              fallthrough
             case let .c(y) where y > 1:return y
             default: break
             }
             let t=u ? v : w
             do { try x()} catch { y()}
             #if os(iOS)
              z()
             #else
              zz()
             #endif
             return
             j
            }

            ----
            no words: 105
            func f() -> Int {
             g()
             -1
             let a=b+c
             h()
             [0].forEach { print($0)}
             switch m {
             case .a,.b(let x): n(x)
              fallthrough
             case let .c(y) where y > 1:return y
             default: break
             }
             let t=u ? v : w
             do { try x()} catch { y()}
             #if os(iOS)
              z()
             #else
              zz()
             #endif
             return
             j
            }

        "#]],
    );
}

#[test]
fn spaces_that_say_what_belongs_together_stay() {
    check(
        r##"let a = b - c
let d = e * -f
let g = h ? i : j
let k: (Int) -> Void = l
let m = n ?? o! .p
let q = r as? S
if t < u && v != w, x >= 1 { y() }
let z: [String: Int] = ["a": 1]
foo (1)
static func == (a: A, b: A) -> Bool { a.x == b.x }
for i in 0 ..< 10 where i % 2 == 0 { c(i) }
let r = #"raw  "x" "#, s = "a  \( b ) c"
"##,
        expect![[r##"
            parsed: 153 tokens
            all words: 131
            let a=b-c
            let d=e * -f
            let g=h ? i : j
            let k:(Int)->Void=l
            let m=n ?? o! .p
            let q=r as? S
            if t < u && v != w,x>=1 { y()}
            let z:[String:Int]=["a":1]
            foo (1)
            static func == (a:A,b:A) -> Bool { a.x == b.x }
            for i in 0 ..< 10 where i % 2==0 { c(i)}
            let r = #"raw  "x" "#, s="a  \( b ) c"

            ----
            no words: 131
            let a=b-c
            let d=e * -f
            let g=h ? i : j
            let k:(Int)->Void=l
            let m=n ?? o! .p
            let q=r as? S
            if t < u && v != w,x>=1 { y()}
            let z:[String:Int]=["a":1]
            foo (1)
            static func == (a:A,b:A) -> Bool { a.x == b.x }
            for i in 0 ..< 10 where i % 2==0 { c(i)}
            let r = #"raw  "x" "#, s="a  \( b ) c"

        "##]],
    );
}

#[test]
fn what_tools_and_lawyers_read_stays() {
    check(
        r#"// swift-tools-version: 5.9
//
//  Package.swift
//  Copyright © 2024 The Authors. All rights reserved.
//

// Explains the file in words.
import PackageDescription
/* outer /* inner */ words */
// swiftlint:disable:next force_cast
let a = b as! C // swiftlint:disable:this force_cast
// swiftformat:disable all
// FIXME: slow
let d = """
    select  *
      from \(a)
    """
"#,
        expect![[r#"
            parsed: 97 tokens
            all words: 95
            // swift-tools-version: 5.9
            //
            //  Package.swift
            //  Copyright © 2024 The Authors. All rights reserved.
            // Explains the file in words.
            import PackageDescription
            /* outer /* inner */ words */
            // swiftlint:disable:next force_cast
            let a=b as! C // swiftlint:disable:this force_cast
            // swiftformat:disable all
            // FIXME: slow
            let d = """
                select  *
                  from \(a)
                """

            ----
            no words: 88
            // swift-tools-version: 5.9
            //
            //  Package.swift
            //  Copyright © 2024 The Authors. All rights reserved.
            import PackageDescription
            /* outer /* inner */ words */
            // swiftlint:disable:next force_cast
            let a=b as! C // swiftlint:disable:this force_cast
            // swiftformat:disable all
            // FIXME: slow
            let d = """
                select  *
                  from \(a)
                """

        "#]],
    );
}

#[test]
fn safe_changes_indentation_and_ends_of_lines_only() {
    expect![[r#"
        // A  comment
        class A {
         func f(a: Int,
          b: Int) {
          // Kept
          x = g(
           a, // too
          )
         }

        }
    "#]].assert_eq(&safe(
        "swift",
        "\n\n// A  comment\nclass A {\n    func f(a: Int,\n           b: Int) {   \n        // Kept\n        x  =  g(\n            a,   // too\n        )\n    }\n\n\n\n}\n",
    ));
}

#[test]
fn half_a_class_is_treated_by_line() {
    check(
        "        return x   \n    }\n\n\n\n    func g(a: Int {\n        let text = \"\"\"\n   b\n  \"\"\"\n        // why\n",
        expect![[r#"
            3 lines of 7 do not parse: layout by line there: 27 tokens
            all words: 22
             return x
            }

            func g(a: Int {
             let text = """
               b
              """
             // why

            ----
            no words: 19
             return x
            }

            func g(a: Int {
             let text = """
               b
              """

        "#]],
    );
}
