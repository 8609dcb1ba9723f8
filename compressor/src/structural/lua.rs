//! Lua: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::check;
use super::rendering::{bounds, safe, skeleton};
use crate::language::Language;

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn golden(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("lua", text));
}

fn same(original: &str, result: &str) -> bool {
    check(original, result, Language::from_name("lua").expect("a known language")).is_ok()
}

#[test]
fn annotations_stay_and_code_is_tight() {
    golden(
        include_str!("samples/sample.lua"),
        expect![[r#"
        parsed: 253 tokens
        all words: 210
        #!/usr/bin/env lua
        -- Copyright (c) 2024 The Authors
        --[[ A module for sessions and how they are kept. ]]
        local M={}
        local json=require("json")
        local LIMIT=20 -- at most
        ---Adds an item to the session.
        ---@param item table the item
        ---@return number
        function M.add(item,count )
         if count == nil then
          count=1
         end
         -- TODO: check
         local t={a=1,["b"]=2,c=3 }
         for i=1, #t do print(t[i])end
         return item.."x"..[[
         long  string ]] .. 1 .. - -count
        end

        function M:method(x)return x end
        local function helper(a,b)
         return a+b
        end
        M.handler=function(e)
         local y=e
         return y
        end
        local data={1,2,3, }
        print(M.add({},3)); goto done
        ::done::
        --[==[ long
         comment ]==]
        return M

        ----
        no words: 186
        #!/usr/bin/env lua
        -- Copyright (c) 2024 The Authors
        local M={}
        local json=require("json")
        local LIMIT=20
        ---@param item table the item
        ---@return number
        function M.add(item,count )
         if count == nil then
          count=1
         end
         -- TODO: check
         local t={a=1,["b"]=2,c=3 }
         for i=1, #t do print(t[i])end
         return item.."x"..[[
         long  string ]] .. 1 .. - -count
        end

        function M:method(x)return x end
        local function helper(a,b)
         return a+b
        end
        M.handler=function(e)
         local y=e
         return y
        end
        local data={1,2,3, }
        print(M.add({},3)); goto done
        ::done::
        --[==[ long
         comment ]==]
        return M

    "#]],
    );
}

#[test]
fn at_safe_comments_and_lines_stay() {
    expect![[r##"
        #!/usr/bin/env lua
        -- Copyright (c) 2024 The Authors
        --[[ A module for sessions
             and how they are kept. ]]
        local M = {}
        local json = require("json")
        local LIMIT = 20 -- at most

        ---Adds an item to the session.
        ---@param item table the item
        ---@return number
        function M.add( item, count )
         if count == nil then
          count = 1
         end
         -- TODO: check
         local t = { a = 1, [ "b" ] = 2,
          c = 3 }
         for i = 1, #t do print( t[ i ] ) end
         return item .. "x" .. [[
         long  string ]] .. 1 .. - -count
        end

        function M:method(x) return x end
        local function helper(a, b)
         return a+b
        end
        M.handler = function(e)
         local y = e
         return y
        end
        local data = {
         1, 2, 3,
        }
        print(M.add({}, 3)); goto done
        ::done::
        --[==[ long
         comment ]==]
        return M
    "##]]
    .assert_eq(&safe("lua", include_str!("samples/sample.lua")));
}

#[test]
fn a_skeleton_says_what_went() {
    expect![[r##"
        #!/usr/bin/env lua
        local M={}
        local json=require("json")
        local LIMIT=20 -- at most
        --- Adds an item to the session.
        function M.add(item,count ) --[[ 9 lines ]] end

        function M:method(x) return x end
        local function helper(a,b)
         return a+b
        end
        M.handler=function(e)
         local y=e
         return y
        end
        local data={1,2,3, }
        print(M.add({},3)); goto done
        ::done::
        return M
    "##]]
    .assert_eq(&skeleton("lua", include_str!("samples/sample.lua")));
}

#[test]
fn what_means_something_is_compared() {
    assert!(same("local a = { 1, 2 } -- b\n", "local a={1,2}"));
    assert!(!same("a = - -b", "a = --b"));
    assert!(!same("a = [[b  c]]", "a = [[b c]]"));
    assert!(!same("a = 1 .. 2", "a = 1..2"));
}
