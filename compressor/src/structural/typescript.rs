//! TypeScript and TSX: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, safe};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(language: &str, text: &str, expected: Expect) {
    expected.assert_eq(&bounds(language, text));
}

#[test]
fn layout_and_comments_shrink_and_code_stays() {
    check(
        "typescript",
        r#"/**
 * @license MIT
 */
import {
  Observable,
  Subject,
} from 'rxjs'; // eslint-disable-line

/**
 * Retries a request
 * with a delay that grows.
 *
 * @param request What to retry; it must not
 *   have side effects.
 * @param times At most so often.
 * @returns The first answer.
 * @example
 * ```ts
 * retry( () => fetch('/') , 3 )
 * ```
 */
export async function retry<T>(
  request: () => Promise<T>,
  times = 3,
): Promise<T> {
  for (let n = 0; n < times; n++) {
    try {
      return await request();
    } catch (error) {
      // @ts-ignore
      lastError = error
    }
  }
  const values = [1, 2, 3]
    .filter(value => value > 1)
    .map(value => `n  ${ value }`)
  throw lastError
}

interface Options {
  /** The options' name. */
  name: string
  size?: number
}
"#,
        expect![[r#"
            parsed: 231 tokens
            all words: 184
            /**
            * @license MIT
            */
            import { Observable, Subject, } from 'rxjs'; // eslint-disable-line
            /** Retries a request with a delay that grows.
            @param request What to retry; it must not have side effects.
            @param times At most so often.
            @returns The first answer.
            @example
            * ```ts
            * retry( () => fetch('/') , 3 )
            * ```
            */
            export async function retry<T>(request:()=>Promise<T>, times=3,): Promise<T>{
             for(let n=0;n < times;n++){
              try{return await request(); } catch(error){
               // @ts-ignore
               lastError = error
              }
             }
             const values=[1,2,3].filter(value => value>1).map(value => `n  ${ value }`)
             throw lastError
            }

            interface Options {
             /** The options' name. */
             name:string
             size?: number
            }

            ----
            no words: 139
            /**
            * @license MIT
            */
            import { Observable, Subject, } from 'rxjs'; // eslint-disable-line
            /**
            * ```ts
            * retry( () => fetch('/') , 3 )
            * ```
            */
            export async function retry<T>(request:()=>Promise<T>, times=3,): Promise<T>{
             for(let n=0;n < times;n++){
              try{return await request(); } catch(error){
               // @ts-ignore
               lastError = error
              }
             }
             const values=[1,2,3].filter(value => value>1).map(value => `n  ${ value }`)
             throw lastError
            }

            interface Options {
             name:string
             size?: number
            }

        "#]],
    );
}

#[test]
fn a_line_break_that_ends_a_statement_stays() {
    check(
        "typescript",
        "let a = b\n;(function () {})()\nif (a)\n  b()\nelse\n  c()\nreturn\na\n++b\nclass A {\n  x = 1\n  ['y'] = 2\n  get\n  z() {}\n}\ntype T =\n  | 'a'\n  | 'b'\n",
        expect![[r#"
            parsed: 67 tokens
            all words: 49
            let a=b;(function () {})()
            if(a)
             b()
            else
             c()
            return
            a
            ++b
            class A {
             x=1 ['y']=2
             get
             z(){}
            }
            type T=|'a'|'b'

            ----
            no words: 49
            let a=b;(function () {})()
            if(a)
             b()
            else
             c()
            return
            a
            ++b
            class A {
             x=1 ['y']=2
             get
             z(){}
            }
            type T=|'a'|'b'

        "#]],
    );
}

#[test]
fn text_in_markup_stays() {
    check(
        "tsx",
        "const page = (\n  <div className = \"a\"\n       id=\"b\">\n    {/* a comment */}\n    Hello,   {name}!\n    <b>bold</b> {' '}\n    <Icon />\n  </div>\n)\n",
        expect![[r#"
            parsed: 50 tokens
            all words: 43
            const page = (<div className="a" id="b">
             {/* a comment */ }
                Hello,   {name}!
                <b>bold</b> {' '}
             <Icon />
             </div>)

            ----
            no words: 40
            const page = (<div className="a" id="b">
             { }
                Hello,   {name}!
                <b>bold</b> {' '}
             <Icon />
             </div>)

        "#]],
    );
}

#[test]
fn safe_changes_indentation_and_ends_of_lines_only() {
    expect![[r#"
        function f(
         a: number, // one
        ) {
         /*
           * Kept
           */
         return `
            a`
        }
    "#]]
    .assert_eq(&safe(
        "typescript",
        "function f(\n  a: number,  // one\n) {\n  /*\n   * Kept\n   */\n  return `\n    a`   \n}\n\n\n\n",
    ));
}

#[test]
fn half_a_function_is_treated_by_line() {
    check(
        "typescript",
        "    return a +\n      `x\n   y`;\n  }\n\n\n\n  method(a: string {\n    b\n",
        expect![[r#"
            2 lines of 6 do not parse: layout by line there: 22 tokens
            all words: 17
             return a + `x
               y`;
            }

            method(a: string {
             b

            ----
            no words: 17
             return a + `x
               y`;
            }

            method(a: string {
             b

        "#]],
    );
}
