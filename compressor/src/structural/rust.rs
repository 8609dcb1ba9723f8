//! Rust: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, safe};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("rust", text));
}

#[test]
fn layout_and_comments_shrink_and_code_stays() {
    check(
        r#"//! A queue that is bounded.

use std::collections::{
    HashMap,
    VecDeque,
};

/// A queue.
#[derive(Debug, Clone)]
pub struct Queue<T> {
    /// The items.
    items: VecDeque<T>,
    /// At most so many of them, so that a slow reader
    /// cannot fill the memory.
    limit: usize,
}

impl<T> Queue<T> {
    /// Adds an item at the end.
    ///
    /// # Errors
    /// The item itself if the queue is full.
    ///
    /// ```
    /// let mut queue = Queue::new(1);
    /// queue.push(1)?;
    /// ```
    pub fn push(&mut self, item: T) -> Result<(), T> {
        if self.items.len() >= self.limit {
            return Err(item); // never grows
        }
        /* The common case. */
        self.items
            .push_back(item);
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }
}

macro_rules! queue {
    ($($item:expr),* $(,)?) => {{
        let mut queue = Queue::default();
        $(queue.push($item);)*
        queue
    }};
}
"#,
        expect![[r#"
            parsed: 259 tokens
            all words: 213
            //! A queue that is bounded.
            use std::collections::{ HashMap, VecDeque, };
            #[derive(Debug, Clone)]
            pub struct Queue<T>{
             items: VecDeque<T>,
             /// At most so many of them, so that a slow reader cannot fill the memory.
             limit: usize,
            }

            impl<T> Queue<T>{
             /// Adds an item at the end.
             /// # Errors
             /// The item itself if the queue is full.
             /// ```
             /// let mut queue = Queue::new(1);
             /// queue.push(1)?;
             /// ```
             pub fn push(&mut self,item:T)->Result<(), T>{
              if self.items.len() >= self.limit {
               return Err(item); // never grows
              }
              /* The common case. */
              self.items.push_back(item);
              Ok(())
             }

             pub fn len(&self)->usize { self.items.len()}
            }
            macro_rules! queue {
             ($($item:expr),* $(,)?) => {{
              let mut queue = Queue::default();
              $(queue.push($item);)*
              queue
             }};
            }

            ----
            no words: 155
            use std::collections::{ HashMap, VecDeque, };
            #[derive(Debug, Clone)]
            pub struct Queue<T>{
             items: VecDeque<T>,
             limit: usize,
            }

            impl<T> Queue<T>{
             /// ```
             /// let mut queue = Queue::new(1);
             /// queue.push(1)?;
             /// ```
             pub fn push(&mut self,item:T)->Result<(), T>{
              if self.items.len() >= self.limit {
               return Err(item);
              }
              self.items.push_back(item);
              Ok(())
             }

             pub fn len(&self)->usize { self.items.len()}
            }
            macro_rules! queue {
             ($($item:expr),* $(,)?) => {{
              let mut queue = Queue::default();
              $(queue.push($item);)*
              queue
             }};
            }

        "#]],
    );
}

#[test]
fn strings_and_tasks_stay() {
    check(
        "fn f() {\n    // SAFETY: the pointer was\n    // checked above.\n    let a = r#\"x  \"y\n      z\"#;\n    let b = \"a \\\n             b\"; // TODO: drop\n    match a {\n        'x' => 1,\n        _ => -1,\n    }\n}\n",
        expect![[r##"
            parsed: 69 tokens
            all words: 58
            fn f(){
             // SAFETY: the pointer was
             // checked above.
             let a=r#"x  "y
                  z"#;
             let b="a \
                         b"; // TODO: drop
             match a {
              'x'=>1,
              _ => -1,
             }
            }

            ----
            no words: 58
            fn f(){
             // SAFETY: the pointer was
             // checked above.
             let a=r#"x  "y
                  z"#;
             let b="a \
                         b"; // TODO: drop
             match a {
              'x'=>1,
              _ => -1,
             }
            }

        "##]],
    );
}

#[test]
fn a_comment_within_a_comment_stays() {
    check(
        "/* a /* b */ c */\nfn f( /* the first */ a: u8, // second\n b: u8) {}\n",
        expect![[r#"
            parsed: 28 tokens
            all words: 26
            /* a /* b */ c */
            fn f( /* the first */ a:u8, // second
              b:u8){}

            ----
            no words: 17
            /* a /* b */ c */
            fn f(a:u8, b:u8){}

        "#]],
    );
}

#[test]
fn safe_changes_indentation_and_ends_of_lines_only() {
    expect![[r#"
        fn f(
         a: u8, // one
        ) {
         // Kept
         g(a,
          1);

         /* as
               is */
         h()
        }
    "#]].assert_eq(&safe(
        "rust",
        "fn f(\n    a: u8,  // one\n) {\n    // Kept\n    g(a,\n      1);   \n\n\n    /* as\n       is */\n    h()\n}\n",
    ));
}

#[test]
fn half_a_function_is_treated_by_line() {
    check(
        "        let a = 1;\n            .map(|x| {\n        \"a\n   b\"\n    }\n",
        expect![[r#"
            4 lines of 5 do not parse: layout by line there: 23 tokens
            all words: 19
             let a=1;
              .map(|x| {
             "a
               b"
            }

            ----
            no words: 19
             let a=1;
              .map(|x| {
             "a
               b"
            }

        "#]],
    );
}
