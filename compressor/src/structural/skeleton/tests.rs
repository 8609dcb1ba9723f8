#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use crate::structural::rendering::skeleton;

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(language: &str, text: &str, expected: Expect) {
    expected.assert_eq(&skeleton(language, text));
}

#[test]
fn python() {
    check(
        "python",
        r#"#!/usr/bin/env python3
# Copyright (c) 2024 The Authors
"""Sessions and how they are kept.

They are kept in memory.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

try:
    import fast
except ImportError:
    fast = None
    print("slow", file=sys.stderr)

# The default.
TIMEOUT = 3600  # seconds, never minutes
Name = str

print("starting up now")
os.environ.setdefault("SESSIONS", "memory")


@dataclass(frozen=True)
class Session(dict):
    """A session. Expands a dictionary.

    Args:
        path: where it is
    """

    path: Path
    timeout: int = TIMEOUT

    register(Session, with_name="session", and_some="more")

    def __init__(self, path: "Path", timeout: int = 3600) -> None:  # noqa
        """Initialize self."""
        # Nothing is read.
        self.path = path
        self.timeout = timeout
        self.data = None

    @property
    def expired(self, now):
        if now < self.accessed:
            return True
        else:
            return now - self.accessed > self.timeout  # why

    def name(self): return self.path.name

    async def load(self, *, deep=False):
        """
        Reads the file
        into memory: once, and
        never again.

        >>> load()
        1
        """
        def inner(x):
            return x
        for line in open(self.path):
            await inner(line)


def remove(sessions, *, now):
    for name, session in list(sessions.items()):
        del sessions[name]


if __name__ == "__main__":
    remove({}, now=0)
    print("done")
"#,
        expect![[r#"
            """Sessions and how they are kept."""
            import os
            from typing import TYPE_CHECKING

            if TYPE_CHECKING: from pathlib import Path

            try: import fast
            except ImportError:
             fast=None
             print("slow", file=sys.stderr)
            TIMEOUT=3600 # seconds, never minutes
            Name=str
            # 2 lines
            @dataclass(frozen=True)
            class Session(dict):

             path: Path
             timeout:int = TIMEOUT
             # 1 line
             def __init__(self,path:"Path", timeout:int=3600)->None:
              ... # 4 lines
             @property
             def expired(self, now): ... # 4 lines
             def name(self): return self.path.name

             async def load(self, *, deep=False):
              """Reads the file into memory: once, and never again."""
              ... # 4 lines
            def remove(sessions, *, now): ... # 2 lines
            # 3 lines
        "#]],
    );
}

#[test]
fn rust() {
    check(
        "rust",
        r#"//! Points. And more.
#![warn(missing_docs)]

use std::fmt::{self, Display};

/// The origin. It is zero.
pub const ORIGIN: Point = Point { x: 0, y: 0 };

/// A point.
///
/// # Examples
/// ```
/// let p = Point::new();
/// ```
#[derive(Clone, Debug)]
pub struct Point {
    /// Across.
    pub x: i32, // pixels
    y: i32,
}

// Helpers.

impl Display for Point {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LOCAL: i32 = 1;
        fn helper() {}
        write!(f, "({}, {})", self.x + LOCAL, self.y)
    }
}

trait Shape: Sized {
    type Unit;
    fn area(&self) -> f64;
    fn name(&self) -> String {
        let name = std::any::type_name::<Self>();
        name.rsplit("::").next().unwrap_or(name).to_owned()
    }
}

macro_rules! point {
    ($x:expr, $y:expr) => {
        Point { x: $x, y: $y }.checked().unwrap().clone()
    };
}

thread_local! {
    static COUNT: Cell<usize> = Cell::new(0);
    static OTHER: Cell<usize> = Cell::new(0);
}

static CACHE: LazyLock<HashMap<String, Point>> = LazyLock::new(|| {
    let mut cache = HashMap::new();
    cache.insert("origin".to_owned(), ORIGIN);
    cache
});

mod inner {
    pub enum Way { Up, Down }
    pub fn turn(way: Way) -> Way {
        match way {
            Way::Up => Way::Down,
            Way::Down => Way::Up,
        }
    }
}
"#,
        expect![[r#"
            //! Points.
            #![warn(missing_docs)]

            use std::fmt::{self, Display};
            /// The origin.
            pub const ORIGIN: Point = Point{x:0,y:0 };
            /// A point.
            #[derive(Clone, Debug)]
            pub struct Point {
             /// Across.
             pub x:i32, // pixels
             y:i32,
            }

            impl Display for Point {
             #[inline]
             fn fmt(&self,f:&mut fmt::Formatter<'_>) -> fmt::Result { /* 3 lines */ }
            }

            trait Shape: Sized {
             type Unit;
             fn area(&self)->f64;
             fn name(&self)->String { /* 2 lines */ }
            }

            macro_rules! point {
             ($x:expr,$y:expr)=>{ /* 1 line */ };
            }

            thread_local! { /* 2 lines */ }

            static CACHE: LazyLock<HashMap<String, Point>> = LazyLock::new(|| { /* 3 lines */ });

            mod inner {
             pub enum Way { Up, Down }
             pub fn turn(way: Way)->Way { /* 4 lines */ }
            }
        "#]],
    );
}

#[test]
fn typescript() {
    check(
        "typescript",
        r#"/**
 * @license MIT
 */
import { Observable } from 'rxjs'; // eslint-disable-line
import * as fs from 'fs';

/** How often. */
const TIMES = 3, WAIT = { first: 10, more: 20 };
let counter = 0;

counter += initialize(TIMES);
fs.mkdirSync('/tmp/a/deep/folder', { recursive: true });

/**
 * Retries a request with a
 * delay that grows. Never twice.
 *
 * @param request What to retry
 */
export async function retry<T>(request: () => Promise<T>, times = TIMES): Promise<T> {
  for (let n = 0; n < times; n++) {
    await request();
  }
  throw lastError;
}

@Injectable()
export class Service extends Base<string> implements Disposable {
  static readonly all = new Map<string, Service>();
  /** Its name. */
  @Input() name: string = 'service';
  private handler = (event: Event) => {
    this.log.push(event);
    this.handle(event);
  };

  static {
    Service.all.set('first', new Service());
  }

  constructor(private readonly http: Http, @Inject(LOG) private log: Log) {
    super();
    this.http = http;
  }

  get size(): number { return this.log.length; }

  async *run<T>(input: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const item of input) {
      yield item;
    }
  }
}

interface Options {
  /** The options' name. */
  name: string;
  size?: number;
  on(event: 'a' | 'b', handler: (event: Event) => void): void;
}

type Shape = { kind: 'circle'; radius: number } | { kind: 'square' };
enum Way { Up, Down = 'down' }

"#,
        expect![[r#"
            import { Observable } from 'rxjs';
            import * as fs from 'fs';
            /** How often. */
            const TIMES=3, WAIT={first:10, more:20 };
            let counter=0;
            /* 2 lines */
            /** Retries a request with a delay that grows. */
            export async function retry<T>(request:()=>Promise<T>, times = TIMES): Promise<T>{ /* 4 lines */ }

            @Injectable() export class Service extends Base<string> implements Disposable {
             static readonly all=new Map<string, Service>();
             /** Its name. */
             @Input() name:string='service';
             private handler=(event: Event)=>{ /* 2 lines */ };

             static { Service.all.set('first', new Service());}

             constructor(private readonly http: Http,@Inject(LOG) private log: Log){
              super();
              this.http=http;
             }

             get size(): number { return this.log.length;}

             async *run<T>(input: AsyncIterable<T>): AsyncGenerator<T>{ /* 3 lines */ }
            }

            interface Options {
             /** The options' name. */
             name:string;
             size?: number;
             on(event:'a'|'b', handler:(event: Event)=>void): void;
            }

            type Shape={kind:'circle'; radius:number}|{kind:'square'};
            enum Way { Up, Down='down'}
        "#]],
    );
}

#[test]
fn typescript_modules_and_what_hands_over_bodies() {
    check(
        "typescript",
        r#"declare module 'x' {
  export function f(a: string): void;
}

namespace N {
  export const a = 1;
  export function g() {
    return [a, a, a].map(x => x + 1).filter(x => x > 1);
  }
}

export const useThing = (a: number): number => {
  const double = () => a * 2;
  return double() + counter + counter;
};

export default {
  name: 'component',
  data() {
    return { a: 1, b: 2, c: 3, d: 4, e: 5 };
  },
};

describe('retry', () => {
  const shared = 1;
  it('retries', async () => {
    const result = await retry(() => request(1));
    expect(result).toBe(1);
  });
  it('gives up', async () => {
    await expect(retry(() => fail())).rejects.toThrow();
    expect(counter).toBe(3);
  });
});
"#,
        expect![[r#"
            declare module 'x'{export function f(a:string): void;}
            namespace N {
             export const a=1;
             export function g(){ /* 1 line */ }
            }

            export const useThing=(a:number): number => { /* 2 lines */ };

            export default{name:'component', data(){ /* 1 line */ }, };

            describe('retry',()=>{
             const shared=1;
             it('retries', async()=>{ /* 2 lines */ });
             it('gives up', async()=>{ /* 2 lines */ });
            });
        "#]],
    );
}

#[test]
fn a_file_within_a_function_is_read_like_a_module() {
    check(
        "typescript",
        r#"(function (root, factory) {
  if (typeof define === 'function') define(['a'], factory);
  else root.a = factory();
})(this, function () {
  'use strict';
  const one = 1;
  function add(a, b) {
    const sum = a + b + one;
    return sum + sum + sum;
  }
  class Adder {
    add(b) {
      this.all.push(add(this.a, b));
      return this.all.length;
    }
  }
  register(add, { with: 'more', than: 'one', of: 'them' });
  return { add, Adder };
});
"#,
        expect![[r#"
            (function(root, factory){ /* 2 lines */ })(this,function(){
             'use strict';
             const one=1;
             function add(a,b){ /* 2 lines */ }
             class Adder {
              add(b){ /* 2 lines */ }
             }
             /* 2 lines */
            });
        "#]],
    );
}

#[test]
fn kotlin() {
    check(
        "kotlin",
        include_str!("../samples/sample.kt"),
        expect![[r#"
        @file:Suppress("X")

        package com.example.app

        import java.util.*
        import kotlin.math.max as biggest
        @Serializable
        data class User(val name:String, // trailing
          @SerialName("age") var age:Int = -1,) : Base(name), Comparable<User> {
         companion object {
          const val LIMIT=20
          private val MAP = mapOf("a" to 1,"b" to 2)
         }

         val upper:String
          get() = name.uppercase()

         var x:Int=0
          private set(value){ field=value}

         init { require(age>=0){"no  $age"}}

         override fun compareTo(other: User): Int=name.compareTo(other.name)
         suspend fun <T : Any> load(block:(T)->Unit): T? where T : Foo { /* 30 lines */ }
        }

        sealed interface Shape
        enum class Color(val rgb:Int){RED(0xFF0000), GREEN(1);
         fun f()=1
        }
        object Single : Foo by bar
        typealias Handler=(Int)->Unit
        fun String.ext() = this+"a"
        val a by lazy {1}
    "#]],
    );
}

#[test]
fn swift() {
    check(
        "swift",
        include_str!("../samples/sample.swift"),
        expect![[r#"
        import Foundation
        @testable import struct UIKit.CGRect
        /// A user.
        @objc(User)
        @MainActor
        public final class User<T: Codable>: NSObject, Comparable where T: Foo {
         // MARK: - Properties
         static let limit=20, other:Int=3
         private(set) var name:String="a  b"
         @Published var age:Int?
         var upper:String { return name.uppercased()}
         var x:Int {
          get {_x}
          set(value){_x=value}
         }
         lazy var y:[String:Int]=["a":1,"b":2,]
         var z=0 {
          didSet { print(z)}
         }

         init?(name:String, age:Int = -1) throws { /* 5 lines */ }

         deinit {}
         @discardableResult
         func load<U>(_ block:@escaping (U) async throws -> Void, at index:Int...) async throws -> U? where U: Bar { /* 47 lines */ }
         subscript(i:Int) -> Int {1}
         static func == (a: User,b: User) -> Bool { a.x == b.x}
        }

        extension User: Codable {}
        protocol P: AnyObject {
         associatedtype A
         var x:Int { get set }
         func f()->Int
        }
        enum Color:String, CaseIterable {
         case red="r", green
         indirect case blue(Int,x:Int)
        }
        struct S { let a:Int; let b=1 }
        typealias H=(Int)->Void
        infix operator +++: AdditionPrecedence
        @available(iOS 13, *)
        actor A { nonisolated func f(){}}
        #Preview { Text("x")}
    "#]],
    );
}

#[test]
fn go() {
    check(
        "go",
        r#"// Package shop sells things. It keeps no stock.
package shop

import (
	"errors"
	"fmt"
)

// ErrSold says that nothing is left.
var ErrSold = errors.New("sold out")

const (
	// Limit is how many one may buy. Ask for more.
	Limit = 10
	unit  = iota
)

//go:generate stringer -type=Kind

// Kind is a kind of thing.
type Kind int

// Store sells. It is safe for several buyers.
type Store struct {
	// Name is shown above the door.
	Name  string `json:"name"`
	goods map[string]int // by name
}

type Buyer interface {
	// Pay gives money. Never twice.
	Pay(amount int) error
}

// Sell sells one thing. It may fail.
func (s *Store) Sell(name string, to Buyer) (left int, err error) {
	if s.goods[name] == 0 {
		return 0, fmt.Errorf("%s: %w", name, ErrSold)
	}
	s.goods[name]--
	return s.goods[name], to.Pay(1)
}

func init() {
	register(func(s *Store) {
		s.goods = map[string]int{}
		s.Name = "default"
	})
}
"#,
        expect![[r#"
            package shop

            import (
             "errors"
             "fmt"
            )
            // ErrSold says that nothing is left.
            var ErrSold = errors.New("sold out")

            const (
             // Limit is how many one may buy.
             Limit=10
             unit=iota
            )
            // Kind is a kind of thing.
            type Kind int
            // Store sells.
            type Store struct {
             // Name is shown above the door.
             Name string `json:"name"`
             goods map[string]int // by name
            }

            type Buyer interface {
             // Pay gives money.
             Pay(amount int) error
            }
            // Sell sells one thing.
            func(s *Store) Sell(name string,to Buyer)(left int, err error){ /* 5 lines */ }

            func init(){ /* 4 lines */ }
        "#]],
    );
}

#[test]
fn javascript() {
    check(
        "javascript",
        r#"#!/usr/bin/env node
'use strict';
const fs = require('fs');
const { join } = require('path');

/** How often. Never more. */
const TIMES = 3;

/**
 * Reads a file.
 * @param {string} name Which one
 */
function read(name, { encoding = 'utf8', ...rest } = {}) {
  const path = join(__dirname, name);
  return fs.readFileSync(path, { encoding, ...rest });
}

class Reader extends Base {
  #cache = new Map();
  static of(...names) {
    return names.map((name) => new Reader(name));
  }
  get size() {
    let size = 0;
    for (const [, text] of this.#cache) size += text.length;
    return size;
  }
}

const later = async (name) => {
  await ready();
  return read(name);
};

exports.read = read;
module.exports.later = function (name, done) {
  later(name).then(done, done);
  return undefined;
};

app.get('/read/:name', async (request, response) => {
  const text = await later(request.params.name);
  response.type('text').send(text);
});

process.on('exit', cleanUp);
setInterval(cleanUp, 60 * 1000, { name: 'cleaner', first: true });
"#,
        expect![[r#"
            #!/usr/bin/env node
            'use strict';
            const fs=require('fs');
            const { join}=require('path');
            /** How often. */
            const TIMES=3;
            /** Reads a file. */
            function read(name,{encoding='utf8', ...rest}= {}) { /* 2 lines */ }

            class Reader extends Base {
             #cache=new Map();
             static of(...names){ return names.map((name)=>new Reader(name));}
             get size(){ /* 3 lines */ }
            }

            const later = async(name)=>{
             await ready();
             return read(name);
            };

            exports.read = read;
            module.exports.later=function(name, done){
             later(name).then(done, done);
             return undefined;
            };

            app.get('/read/:name', async(request,response)=>{ /* 2 lines */ });
            /* 2 lines */
        "#]],
    );
}

#[test]
fn tsx() {
    check(
        "tsx",
        r#"import React, { useState } from 'react';

interface Props {
  /** Shown above. Short. */
  title: string;
  onClose?: () => void;
}

/** A box. Closes itself. */
export const Box: React.FC<Props> = ({ title, onClose = () => {} }) => {
  const [open, setOpen] = useState(true);
  if (!open) return null;
  return (
    <div className="box" onClick={() => setOpen(false)}>
      <h1>{title}</h1>
      <button onClick={onClose}>x</button>
    </div>
  );
};

export default function App(): JSX.Element {
  const titles = ['one', 'two', 'three'];
  return <main>{titles.map((title) => <Box key={title} title={title} />)}</main>;
}
"#,
        expect![[r#"
            import React,{useState } from 'react';

            interface Props {
             /** Shown above. */
             title:string;
             onClose?:()=>void;
            }
            export const Box: React.FC<Props> = ({ title,onClose=()=>{} }) => { /* 8 lines */ };

            export default function App(): JSX.Element { /* 2 lines */ }
        "#]],
    );
}

#[test]
fn bash() {
    check(
        "bash",
        r#"#!/usr/bin/env bash
# Builds the thing. Needs a compiler.
set -euo pipefail

readonly TARGET=${1:-release}
FLAGS=(-O2 -g --warn=all)

# Says what it does.
say() {
    local message=$1
    printf '%s: %s\n' "$0" "$message" >&2
}

build() {
    say "building $TARGET"
    for file in src/*.c; do
        cc "${FLAGS[@]}" -c "$file" -o "out/${file##*/}.o"
    done
}

mkdir -p out
build "$@"
say "done with $TARGET and all the files in out"
"#,
        expect![[r#"
            set -euo pipefail

            readonly TARGET=${1:-release}
            FLAGS=(-O2 -g --warn=all)
            # Says what it does.
            say() { : # 2 lines
            }

            build() { : # 4 lines
            }
            # 3 lines
        "#]],
    );
}

#[cfg(feature = "large-grammars")]
#[test]
fn ruby() {
    check(
        "ruby",
        r#"# frozen_string_literal: true

require 'json'

# Sells things. Keeps no stock.
module Shop
  LIMIT = 10

  # One who sells. There may be several.
  class Store < Base
    include Comparable
    attr_reader :name, :goods

    # Opens it. Once.
    def initialize(name, goods: {}, **rest)
      @name = name
      @goods = goods.merge(rest)
      freeze
    end

    def self.open(path)
      data = JSON.parse(File.read(path))
      new(data['name'], goods: data['goods'])
    end

    def <=>(other) = name <=> other.name

    private

    def sell(name, &block)
      raise ArgumentError, 'sold out' if goods[name].zero?

      goods[name] -= 1
      block.call(name)
    end
  end
end
"#,
        expect![[r#"
            require 'json'
            # Sells things.
            module Shop
             LIMIT=10
             # One who sells.
             class Store<Base
              include Comparable
              attr_reader :name,:goods
              # Opens it.
              def initialize(name, goods: {}, **rest)
               # 3 lines
              end

              def self.open(path)
               # 2 lines
              end

              def <=>(other) = name <=> other.name

              private

              def sell(name,&block)
               # 4 lines
              end
             end
            end
        "#]],
    );
}

#[cfg(feature = "large-grammars")]
#[test]
fn nothing_after_the_end_of_the_code_is_no_statement() {
    check(
        "ruby",
        "class Queue\n  def size = @jobs.size\nend\n\nWork::Queue.new.push 1 if __FILE__ == $0\n__END__\n",
        expect![[r#"
            class Queue
             def size = @jobs.size
            end
            # 1 line
            __END__
        "#]],
    );
}

#[test]
fn what_sends_a_command_to_the_background_goes_with_it() {
    check(
        "bash",
        "rsync --archive \"$from\" \"$to\" 2>&1 |\n  tee -a \"$log\" >/dev/null &\n\nsay() {\n  echo 1\n  echo 2\n}\n",
        expect![[r#"
            # 2 lines
            say() {
             echo 1
             echo 2
            }
        "#]],
    );
}
