//! JavaScript and JSX: golden results.

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
        "javascript",
        r#"/*!
 * express-session
 * (c) 2010 The Authors
 * MIT Licensed
 */
'use strict'

var utils = require('./utils');
var Store = require("./store") // eslint-disable-line

/**
 * Expose `Session`.
 */

module.exports = Session;

/**
 * Create a session.
 *
 * @param {IncomingRequest} req
 * @param {Object} [options] - What is not given is
 *   taken from the store.
 * @api private
 */
function Session(req, options) {
  // A session that was never stored
  // has no cookie yet.
  if (!(this instanceof Session)) {
    return new Session(req, options);
  }

  Object.defineProperty(this, 'req', {
    value: req,
    enumerable: false
  });
}

/**
 * Touch.
 */
Session.prototype.touch = function touch() {
  return this.resetMaxAge();
};

const reload = async (session, fn) => {
  const store = session.req.sessionStore
  store
    .get(session.id)
    .then(found => {
      if (!found) return fn(new Error(`no  session ${ session.id }`))
      // istanbul ignore next
      fn(null, found)
    })
}
"#,
        expect![[r#"
            parsed: 256 tokens
            all words: 206
            /*!
            * express-session
            * (c) 2010 The Authors
            * MIT Licensed
            */
            'use strict'

            var utils=require('./utils');
            var Store=require("./store") // eslint-disable-line
            /** Expose `Session`. */

            module.exports = Session;
            /** Create a session.
            @param {IncomingRequest} req
            @param {Object} [options] - What is not given is taken from the store.
            @api private */
            function Session(req, options){
             // A session that was never stored has no cookie yet.
             if (!(this instanceof Session)){return new Session(req, options);}
             Object.defineProperty(this,'req',{value:req, enumerable:false });
            }
            /** Touch. */
            Session.prototype.touch=function touch(){return this.resetMaxAge(); };

            const reload = async(session, fn)=>{
             const store=session.req.sessionStore
             store.get(session.id).then(found=>{
              if (!found)return fn(new Error(`no  session ${ session.id }`))
              // istanbul ignore next
              fn(null, found)
              })
            }

            ----
            no words: 149
            /*!
            * express-session
            * (c) 2010 The Authors
            * MIT Licensed
            */
            'use strict'

            var utils=require('./utils');
            var Store=require("./store") // eslint-disable-line

            module.exports = Session;
            function Session(req, options){
             if (!(this instanceof Session)){return new Session(req, options);}
             Object.defineProperty(this,'req',{value:req, enumerable:false });
            }
            Session.prototype.touch=function touch(){return this.resetMaxAge(); };

            const reload = async(session, fn)=>{
             const store=session.req.sessionStore
             store.get(session.id).then(found=>{
              if (!found)return fn(new Error(`no  session ${ session.id }`))
              // istanbul ignore next
              fn(null, found)
              })
            }

        "#]],
    );
}

#[test]
fn a_line_break_that_ends_a_statement_stays() {
    check(
        "javascript",
        "let a = b\n;(function () {})()\nif (a)\n  b()\nelse\n  c()\nreturn\na\n++b\nreturn /* of\nnothing */ x\nclass A {\n  x = 1\n  static\n  y\n  get\n  z() {}\n}\nvar f = function () {\n  return\n}, g = a\n  ? b\n  : c\ndo x()\nwhile (y) z\nlet\nw = a\n",
        expect![[r#"
            parsed: 97 tokens
            all words: 72
            let a=b;(function () {})()
            if(a)
             b()
            else
             c()
            return
            a
            ++b
            return /* of nothing */
            x
            class A {
             x=1
             static
             y
             get
             z(){}
            }
            var f=function(){return }, g=a? b:c
            do x()
            while(y) z
            let
            w=a

            ----
            no words: 69
            let a=b;(function () {})()
            if(a)
             b()
            else
             c()
            return
            a
            ++b
            return
            x
            class A {
             x=1
             static
             y
             get
             z(){}
            }
            var f=function(){return }, g=a? b:c
            do x()
            while(y) z
            let
            w=a

        "#]],
    );
}

#[test]
fn comments_that_tools_read_stay() {
    check(
        "javascript",
        "// @flow\n// @ts-check\n/* global window, document */\n/* eslint no-var: 0 */\n// jshint esversion: 6\n/* istanbul ignore next */\nimport(/* webpackChunkName: \"a\" */ './a')\nvar x = /*#__PURE__*/ f(/* the first */ a, /* the second */ b) // prettier-ignore\n//# sourceMappingURL=a.js.map\n",
        expect![[r#"
            parsed: 82 tokens
            all words: 83
            // @flow
            // @ts-check
            /* global window, document */
            /* eslint no-var: 0 */
            // jshint esversion: 6
            /* istanbul ignore next */
            import(/* webpackChunkName: "a" */  './a')
            var x = /*#__PURE__*/ f(/* the first */ a, /* the second */ b) // prettier-ignore
            //# sourceMappingURL=a.js.map

            ----
            no words: 75
            // @flow
            // @ts-check
            /* global window, document */
            /* eslint no-var: 0 */
            // jshint esversion: 6
            /* istanbul ignore next */
            import(/* webpackChunkName: "a" */  './a')
            var x = /*#__PURE__*/ f(a, b) // prettier-ignore
            //# sourceMappingURL=a.js.map

        "#]],
    );
}

#[test]
fn text_in_markup_stays() {
    check(
        "jsx",
        "const page = (\n  <>\n  <div className = \"a\"\n       id=\"b\">\n    {/* a comment */}\n    Hello,   {name}!\n    <b>bold</b> {' '}\n    {items.map(item => (\n      <Item key={item.id} {...item} />\n    ))}\n  </div>\n  </>\n)\n",
        expect![[r#"
            parsed: 71 tokens
            all words: 61
            const page=(<>
             <div className="a" id="b">
              {/* a comment */ }
                Hello,   {name}!
                <b>bold</b> {' '}
              {items.map(item => (<Item key={item.id} {...item}/>))}
             </div>
             </>)

            ----
            no words: 58
            const page=(<>
             <div className="a" id="b">
              { }
                Hello,   {name}!
                <b>bold</b> {' '}
              {items.map(item => (<Item key={item.id} {...item}/>))}
             </div>
             </>)

        "#]],
    );
}

#[test]
fn safe_changes_indentation_and_ends_of_lines_only() {
    expect![[r#"
        function f(
         a, // one
        ) {
         /*
           * Kept
           */
         return `
            a`
        }
    "#]]
    .assert_eq(&safe(
        "javascript",
        "function f(\n  a,  // one\n) {\n  /*\n   * Kept\n   */\n  return `\n    a`   \n}\n\n\n\n",
    ));
}

#[test]
fn half_a_function_is_treated_by_line() {
    check(
        "javascript",
        "    return a +\n      `x\n   y`;\n  }\n\n\n\n  method(a {\n    b\n",
        expect![[r#"
            3 lines of 6 do not parse: layout by line there: 20 tokens
            all words: 15
             return a + `x
               y`;
            }

            method(a {
             b

            ----
            no words: 15
             return a + `x
               y`;
            }

            method(a {
             b

        "#]],
    );
}
