#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use crate::language::Language;
use crate::policy::Level;
use crate::structural::rendering::reduced;
use crate::structural::{named, symbols};

/// The code around `main`.
#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(name: &str, text: &str, expected: Expect) {
    let language = Language::from_name(name).expect("a known language");
    let places = named(text, &symbols(text, language), "main");
    expected.assert_eq(&reduced(name, Level::Tight, Some(&places), text));
}

#[test]
fn python() {
    check(
        "python",
        "import os, sys\nimport one.two.three\nfrom a import (b,\n  c as d)\n# Others.\nfrom e import f\nfrom g import *\nimport used\n\
         from .h import i, j\n\ndef main(x: 'd'):\n    return f'{used.y(x)}'\n",
        expect![[r#"
            # 2 imports
            from a import(b,c as d)
            from e import f
            from g import *
            import used
            from.h import i,j

            def main(x:'d'): return f'{used.y(x)}'
        "#]],
    );
}

#[test]
fn go() {
    check(
        "go",
        "package main\n\nimport (\n\t\"fmt\"\n\t\"net/http\"\n\t\"encoding/json\"\n\tlog \"github.com/a/zap\"\n\t\"gopkg.in/yaml.v3\"\n\t_ \"embed\"\n\
         )\n\nimport \"os/signal/other/long/path\"\n\nfunc main() {\n\tfmt.Println(json.Valid(nil))\n}\n",
        expect![[r#"
            package main

            import (
             "fmt"
             "net/http"
             "encoding/json"
             /* 2 imports */
             _ "embed"
            )

            import "os/signal/other/long/path"

            func main(){fmt.Println(json.Valid(nil))}
        "#]],
    );
}

#[test]
fn rust() {
    check(
        "rust",
        "use std::fmt;\nuse std::collections::{BTreeMap, HashMap};\n#[cfg(unix)]\nuse std::os::unix::fs::PermissionsExt;\nuse crate::a::*;\n\
         use std::io as i;\nuse crate::trait_only as _;\nuse crate::other::{one, two, three, four};\n\nfn main() -> fmt::Result { i::stdin(); std::mem::take(&mut 1) }\n",
        expect![[r#"
            use std::fmt;
            /* 2 imports */
            use crate::a::*;
            use std::io as i;
            use crate::trait_only as _;
            /* 1 import */
            fn main()->fmt::Result{i::stdin(); std::mem::take(&mut 1)}
        "#]],
    );
}

#[test]
fn typescript() {
    check(
        "typescript",
        "import './polyfill';\nimport 'reflect-metadata';\nimport fs from 'fs';\nimport * as path from 'path';\nimport { a, b as c, type D } from './things';\n\
         import type { E } from './types';\nimport { one, two, three } from 'numbers';\n\nexport function main(e: E) { return path.join(e); }\n",
        expect![[r#"
            import './polyfill';
            /* 2 imports */
            import * as path from 'path';
            /* 1 import */
            import type { E } from './types';
            /* 1 import */
            export function main(e:E){return path.join(e);}
        "#]],
    );
}

#[cfg(feature = "large-grammars")]
#[test]
fn kotlin() {
    check(
        "kotlin",
        "package org.example.shop.orders.service.implementation\n\nimport kotlin.math.max\nimport org.example.other.One\nimport org.example.other.Two as Second\n\
         import org.example.all.*\n\nfun main() {\n    println(max(1, 2))\n}\n",
        expect![[r#"
            package org.example.shop.orders.service.implementation

            import kotlin.math.max
            /* 2 imports */
            import org.example.all.*

            fun main(){println(max(1,2))}
        "#]],
    );
}
