#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::*;
use crate::language::Language;
use crate::policy::Level;
use crate::structural::rendering::reduced;
use crate::structural::{named, symbols};

fn around_places(language: &str, text: &str, places: &[Range<usize>]) -> String {
    reduced(language, Level::Tight, Some(places), text)
}

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(language: &str, text: &str, name: &str, expected: Expect) {
    let symbols = symbols(text, Language::from_name(language).expect("a known language"));
    expected.assert_eq(&around_places(language, text, &named(text, &symbols, name)));
}

const PYTHON: &str = r#""""Sessions. They are kept in memory."""
import os
import json
import logging
from collections import OrderedDict, defaultdict
from .clock import now

log = logging.getLogger(__name__)
LIMIT = 3600


class Store:
    """Keeps sessions. Reads them first."""

    def __init__(self, path):
        # Where they are.
        self.path = path
        self.all = {}

    def put(self, session):
        if session.expired():
            log.warning("session %s has expired", session.name)
            return
        self.all[session.name] = session

    def load(self):
        with open(self.path) as file:
            for line in file:
                self.put(parse(line))


def parse(line):
    """Parses a line."""
    # One field after the other.
    fields = line.split(",")
    return Session(fields[0], to_number(fields[1]))


def to_number(text):
    text = text.strip().lower()
    return int(text, 16) if text.startswith("0x") else int(text)


class Session:
    def __init__(self, name, age):
        self.name = name
        self.age = check_age(age)

    def expired(self):
        return now() - self.age > LIMIT


def check_age(age):
    if age < 0 or age > LIMIT * 24 * 365:
        raise ValueError(f"age {age} is out of range")
    return age


def main():
    store = Store(os.environ["SESSIONS"])
    store.load()
    print(json.dumps(list(store.all)))


if __name__ == "__main__":
    main()
    print("done", flush=True, end="\n")
"#;

#[test]
fn what_a_function_uses_stays_with_it() {
    check(
        "python",
        PYTHON,
        "parse",
        expect![[r#"
        """Sessions."""
        import os
        import json
        import logging
        # 2 imports
        log=logging.getLogger(__name__)
        LIMIT=3600

        class Store:
         """Keeps sessions."""

         def __init__(self,path):
          # Where they are.
          self.path = path
          self.all={}
         def put(self, session): ... # 4 lines
         def load(self): ... # 3 lines
        def parse(line):
         # One field after the other.
         fields=line.split(",")
         return Session(fields[0], to_number(fields[1]))

        def to_number(text):
         text=text.strip().lower()
         return int(text,16) if text.startswith("0x") else int(text)

        class Session:
         def __init__(self,name, age):
          self.name=name
          self.age = check_age(age)

         def expired(self): return now()-self.age > LIMIT

        def check_age(age):
         if age<0 or age > LIMIT*24*365: raise ValueError(f"age {age} is out of range")
         return age

        def main(): ... # 3 lines
        # 3 lines
    "#]],
    );
}

#[test]
fn a_method_is_one_place_of_its_class() {
    check(
        "python",
        PYTHON,
        "Session.expired",
        expect![[r#"
        """Sessions."""
        import os
        import json
        import logging
        from collections import OrderedDict, defaultdict
        from.clock import now

        log=logging.getLogger(__name__)
        LIMIT=3600

        class Store:
         """Keeps sessions."""

         def __init__(self,path):
          self.path = path
          self.all={}
         def put(self, session): ... # 4 lines
         def load(self): ... # 3 lines
        def parse(line):
         ... # 3 lines
        def to_number(text): ... # 2 lines
        class Session:
         def __init__(self,name, age): ... # 2 lines
         def expired(self): return now()-self.age > LIMIT

        def check_age(age): ... # 3 lines
        def main(): ... # 3 lines
        # 3 lines
    "#]],
    );
}

#[test]
fn a_class_stays_with_all_it_has() {
    check(
        "python",
        PYTHON,
        "Store",
        expect![[r#"
        """Sessions."""
        import os
        import json
        import logging
        from collections import OrderedDict, defaultdict
        from.clock import now

        log=logging.getLogger(__name__)
        LIMIT=3600

        class Store:
         """Keeps sessions. Reads them first."""

         def __init__(self,path):
          # Where they are.
          self.path = path
          self.all={}
         def put(self, session):
          if session.expired():
           log.warning("session %s has expired", session.name)
           return
          self.all[session.name]=session

         def load(self):
          with open(self.path) as file:
           for line in file:self.put(parse(line))

        def parse(line):
         # One field after the other.
         fields=line.split(",")
         return Session(fields[0], to_number(fields[1]))

        def to_number(text):
         text=text.strip().lower()
         return int(text,16) if text.startswith("0x") else int(text)

        class Session:
         def __init__(self,name, age):
          self.name=name
          self.age = check_age(age)

         def expired(self): return now()-self.age > LIMIT

        def check_age(age):
         if age<0 or age > LIMIT*24*365: raise ValueError(f"age {age} is out of range")
         return age

        def main(): ... # 3 lines
        # 3 lines
    "#]],
    );
}

#[test]
fn what_is_not_there_leaves_the_skeleton() {
    check(
        "python",
        PYTHON,
        "missing",
        expect![[r#"
        """Sessions."""
        import os
        import json
        import logging
        # 2 imports
        log=logging.getLogger(__name__)
        LIMIT=3600

        class Store:
         """Keeps sessions."""

         def __init__(self,path):
          self.path = path
          self.all={}
         def put(self, session): ... # 4 lines
         def load(self): ... # 3 lines
        def parse(line):
         ... # 3 lines
        def to_number(text): ... # 2 lines
        class Session:
         def __init__(self,name, age): ... # 2 lines
         def expired(self): return now()-self.age > LIMIT

        def check_age(age): ... # 3 lines
        def main(): ... # 3 lines
        # 3 lines
    "#]],
    );
}

#[test]
fn rust() {
    check(
        "rust",
        r#"//! Shapes.
use std::collections::HashMap;
use std::fmt::{self, Display};
use std::io::Write;
#[cfg(test)]
use std::process::Command;

/// A shape.
pub struct Shape { sides: Vec<f64> }

impl Shape {
    /// Makes one. Checks it, too.
    pub fn new(sides: Vec<f64>) -> Self {
        assert!(sides.len() > 2, "a shape has three sides or more");
        Self { sides }
    }

    /// The length around it.
    pub fn around(&self) -> f64 {
        // Added up from the left.
        sum(&self.sides)
    }
}

impl Display for Shape {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sides: Vec<String> = self.sides.iter().map(f64::to_string).collect();
        write!(out, "{}", sides.join(" "))
    }
}

/// Adds numbers up. Loses little.
fn sum(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.iter().sum()
}

fn count(shapes: &[Shape]) -> HashMap<usize, usize> {
    let mut counts = HashMap::new();
    for shape in shapes {
        *counts.entry(shape.sides.len()).or_insert(0) += 1;
    }
    counts
}
"#,
        "Shape::around",
        expect![[r#"
            //! Shapes.
            use std::collections::HashMap;
            use std::fmt::{self, Display};
            /* 2 imports */
            /// A shape.
            pub struct Shape { sides: Vec<f64>}
            impl Shape {
             /// Makes one.
             pub fn new(sides: Vec<f64>) -> Self { /* 2 lines */ }
             /// The length around it.
             pub fn around(&self)->f64 {
              // Added up from the left.
              sum(&self.sides)
             }
            }

            impl Display for Shape {
             fn fmt(&self,out:&mut fmt::Formatter<'_>) -> fmt::Result { /* 2 lines */ }
            }
            /// Adds numbers up. Loses little.
            fn sum(numbers: &[f64])->f64 {
             let mut sorted = numbers.to_vec();
             sorted.sort_by(f64::total_cmp);
             sorted.iter().sum()
            }

            fn count(shapes: &[Shape])->HashMap<usize, usize>{ /* 5 lines */ }
        "#]],
    );
}

#[test]
fn the_place_itself_stays() {
    let text = "function a() {\n  one(1, 2, 3);\n  two(4, 5, 6);\n}\nfunction b() {\n  three(1, 2, 3);\n  four(4, 5, 6);\n}\n\
                boot(a, b, { first: 1, second: 2, third: 3 });\n";
    let at = |needle: &str| {
        let start = text.find(needle).expect("a piece of it");
        start..start + needle.len()
    };
    let around = |places: &[Range<usize>]| around_places("javascript", text, places);
    let (two, four, boot) = ("two(4,5,6)", "four(4,5,6)", "boot(a,b,");
    let has = |result: &str| [two, four, boot].map(|piece| result.replace(' ', "").contains(piece));
    assert_eq!(has(&around(&[at("one")])), [true, false, false]);
    assert_eq!(has(&around(&[at("four")])), [false, true, false]);
    // Statements of the file that name both.
    assert_eq!(has(&around(&[at("boot")])), [true, true, true]);
    assert_eq!(has(&around(&[at(text)])), [true, true, true]);
    assert_eq!(has(&around(&[])), [false, false, false]);
}

#[test]
fn names_are_bare() {
    assert_eq!(plain("&auth::Session<T>"), "Session");
    assert_eq!(plain("@name"), "name");
    assert_eq!(plain("=="), "");
}
