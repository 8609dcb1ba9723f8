//! Half code: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use crate::language::Language;
use crate::policy::Level;
use crate::structural::rendering::{bounds, render};
use crate::structural::{Aim, reduce};
use crate::tokens::Tokenizer;

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(language: &str, text: &str, expected: Expect) {
    expected.assert_eq(&bounds(language, text));
}

#[test]
fn an_error_in_one_method_leaves_the_others_alone() {
    check(
        "python",
        r#"import os

class Store:
    """Keeps things."""

    def get(self, key):
        # What is not there is no error.
        return self.items.get(
            key
        )

    def put(self, key, value):
        # Never replaces anything.
        self.items.setdefault(key, value
        return value

    def size(self):
        # Counted anew each time.
        return len(
            self.items
        )
"#,
        expect![[r#"
            4 lines of 17 do not parse: layout by line there: 90 tokens
            all words: 77
            import os

            class Store:
             """Keeps things."""

             def get(self,key):
              # What is not there is no error.
              return self.items.get(key)

             def put(self, key, value):
              # Never replaces anything.
              self.items.setdefault(key, value
              return value

             def size(self):
              # Counted anew each time.
              return len(self.items)

            ----
            no words: 59
            import os

            class Store:
             """Keeps things."""

             def get(self,key):
              return self.items.get(key)

             def put(self, key, value):
              # Never replaces anything.
              self.items.setdefault(key, value
              return value

             def size(self):
              return len(self.items)

        "#]],
    );
}

#[test]
fn a_selection_out_of_a_class_is_read_as_its_members() {
    check(
        "typescript",
        r#"    return this.name;
  }

  /** Renames it; names are never empty. */
  async rename(name: string): Promise<void> {
    // Asks the server first.
    await this.server.rename(
      this.id,
      name,
    );
  }

  private id = 3;
}

// Says who is there.
export function greet(
  user: User,
): string {
  return user.name;
}
"#,
        expect![[r#"
            2 lines of 18 do not parse: layout by line there: 86 tokens
            all words: 68
              return this.name;
             }

             /** Renames it; names are never empty. */
             async rename(name:string): Promise<void>{
              // Asks the server first.
              await this.server.rename(this.id,name,);
             }

             private id=3;
            }

            // Says who is there.
            export function greet(user: User,): string{return user.name;}

            ----
            no words: 44
              return this.name;
             }

             async rename(name:string): Promise<void>{
              await this.server.rename(this.id,name,);
             }

             private id=3;
            }

            export function greet(user: User,): string{return user.name;}

        "#]],
    );
    check(
        "rust",
        r#"        Kind::Comment => {
            // Goes at once.
            self.drop(
                node,
            )
        }
        // All else stays.
        _ => self.keep(node),
    }
}

/// Says how many there are.
fn count(&self) -> usize {
    self.nodes.len()
}
"#,
        expect![[r#"
            2 lines of 14 do not parse: layout by line there: 59 tokens
            all words: 51
              Kind::Comment => {
               // Goes at once.
               self.drop(node,)
              }
              // All else stays.
              _ => self.keep(node),
             }
            }

            /// Says how many there are.
            fn count(&self)->usize { self.nodes.len()}

            ----
            no words: 33
              Kind::Comment => {
               self.drop(node,)
              }
              _ => self.keep(node),
             }
            }

            fn count(&self)->usize { self.nodes.len()}

        "#]],
    );
}

#[test]
fn a_text_that_begins_within_a_docstring_or_a_comment_is_told_from_its_code() {
    check(
        "python",
        r#"    is asked for again; # is no comment here.
    """
    x = 1
    # Is one here.
    return x


def next(self):
    """Goes on."""
    return self
"#,
        expect![[r#"
            2 lines of 8 do not parse: layout by line there: 44 tokens
            all words: 37
             is asked for again; # is no comment here.
                """
             x=1
             # Is one here.
             return x

            def next(self):
             """Goes on."""
             return self

            ----
            no words: 27
             is asked for again; # is no comment here.
                """
             x=1
             return x

            def next(self):
             return self

        "#]],
    );
    check(
        "rust",
        r#" * see http://example.org/
 */
fn main() {
    // Is one here.
    run();
}
"#,
        expect![[r#"
            2 lines of 6 do not parse: layout by line there: 22 tokens
            all words: 19
             * see http://example.org/
             */
            fn main(){
             // Is one here.
             run();
            }

            ----
            no words: 14
             * see http://example.org/
             */
            fn main(){
             run();
            }

        "#]],
    );
}

#[test]
fn a_text_that_ends_within_a_function_keeps_what_came_before() {
    check(
        "rust",
        r#"impl Queue {
    /// Adds an item at the end, if there is room.
    pub fn push(&mut self, item: Item) {
        // Counted first.
        self.count += 1;
        self.items.push(
            item,
        );
    }

    /// Takes the first item.
    pub fn pop(&mut self) -> Option<Item> {
        // The lock is held by the caller.
        let first = self.items.first()?;
        if first.
"#,
        expect![[r#"
            3 lines of 14 do not parse: layout by line there: 98 tokens
            all words: 86
            impl Queue {
             /// Adds an item at the end, if there is room.
             pub fn push(&mut self,item: Item){
              // Counted first.
              self.count+=1;
              self.items.push(item,);
             }
             /// Takes the first item.
             pub fn pop(&mut self) -> Option<Item> {
              // The lock is held by the caller.
              let first=self.items.first()?;
              if first.

            ----
            no words: 51
            impl Queue {
             pub fn push(&mut self,item: Item){
              self.count+=1;
              self.items.push(item,);
             }
             pub fn pop(&mut self) -> Option<Item> {
              let first=self.items.first()?;
              if first.

        "#]],
    );
}

#[test]
fn placeholders_and_conflicting_lines_are_kept_where_they_stand() {
    check(
        "typescript",
        r#"class Page {
  // The title as it is shown.
  title = "";

  ...

  show() {
    // Later than the first frame.
    this.frame(() => { ... });
  }
}
"#,
        expect![[r#"
            7 lines of 9 do not parse: layout by line there: 41 tokens
            all words: 36
            class Page {
             // The title as it is shown.
             title="";

             ...

             show() {
              // Later than the first frame.
              this.frame(() => { ... });
             }
            }

            ----
            no words: 28
            class Page {
             title="";

             ...

             show() {
              // Later than the first frame.
              this.frame(() => { ... });
             }
            }

        "#]],
    );
}

#[test]
fn a_string_in_the_middle_of_half_a_text_is_no_docstring() {
    check(
        "python",
        "        \"a name\"\n    )\n    return 1\n",
        expect![[r#"
        1 line of 3 does not parse: layout by line there: 12 tokens
        all words: 9
         "a name"
        )
        return 1

        ----
        no words: 9
         "a name"
        )
        return 1

    "#]],
    );
    check(
        "python",
        "f(\n    'a',\n    'b'\n\ndef g():\n    'doc'\n    return 1\n",
        expect![[r#"
        3 lines of 6 do not parse: layout by line there: 22 tokens
        all words: 18
        f(
         'a',
         'b'

        def g():
         'doc'
         return 1

        ----
        no words: 18
        f(
         'a',
         'b'

        def g():
         'doc'
         return 1

    "#]],
    );
}

#[test]
fn a_skeleton_goes_up_to_what_does_not_parse() {
    let text = "import os\n\ndef f(a):\n    b = a + 1\n    c = b + 1\n    return c * 3 - b\n\ndef g(:\n    x = 1\n    return x\n\n\
        class A:\n    def h(self, value):\n        \"\"\"Says it. And more.\"\"\"\n        total = value + 1\n        total = total * total + self.offset(value)\n        total -= self.first\n        return total * value\n";
    let language = Language::from_name("python").expect("a known language");
    let aim = Aim { level: Level::Skeleton, focus: None, tokenizer: Tokenizer::O200kBase };
    let reduced = reduce(text, 0..text.len(), language, &aim);
    expect![[r#"
        import os

        def f(a): ... # 3 lines

        def g(:
         x=1
         return x

        class A:
         def h(self,value):
          """Says it."""
          ... # 4 lines
    "#]]
    .assert_eq(&render(text, &reduced.draft, &mut || true));
}
