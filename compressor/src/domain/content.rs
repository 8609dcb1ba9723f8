//! The language of a text by its content: the `#!` line first, else patterns that weigh for a language.
//!
//! Invariants
//! - `None` rather than a guess: the winner needs enough weight and a clear lead
//!   (`domain::tests::prose_is_no_language`);
//! - only the first 16 KB are looked at.

use std::sync::LazyLock;

use regex::Regex;

use super::{Classification, Domain, classify};
use crate::language::Language;

/// Bytes that are looked at.
const LOOKED_AT: usize = 16 << 10;

/// Matches of one pattern beyond this number add nothing.
const ENOUGH_MATCHES: usize = 3;

/// Weight below which no language is named.
const SURE: usize = 5;

/// Confidence in natural language above which no language is named.
const SURELY_PROSE: f32 = 0.6;

/// A language by name, and its patterns with their weights.
type Row = (&'static str, &'static [(usize, &'static str)]);

const ROWS: &[Row] = &[
    (
        "python",
        &[
            (5, r"(?m)^\s*(?:async )?def \w+\(.*\)(?: *->.*)?: *(?:#.*)?$"),
            (3, r"(?m)^\s*class \w+(?:\([\w., =]*\))?:\s*$"),
            (4, r"(?m)^from [\w.]+ import (?:\(|\w+)"),
            (2, r"(?m)^import [\w.]+(?: as \w+)?(?:, *[\w.]+)*$"),
            (2, r"(?m)^\s*(?:if|elif|for|while|with|except|try|else)\b[^{};]*:\s*$"),
            (3, r"(?m)^\s*(?:elif .*|except\b.*):\s*$"),
            (2, r"\bself\.\w+|\b(?:None|True|False)\b|\b__\w+__\b"),
            (2, r#"(?m)^\s*(?:"""|'''|@\w+(?:\.\w+)*$)"#),
            (1, r"(?m)^\s*print\(|^\s*\w+ = [^;{]*[^;{,]$"),
            (4, r"(?m)^>>> "),
        ],
    ),
    (
        "rust",
        &[
            (4, r"(?m)^\s*(?:pub(?:\(\w+\))? )?(?:async |const |unsafe )*fn \w+(?:<[^>]*>)?\("),
            (5, r"(?m)^\s*(?:pub )?use (?:std|crate|super|self|\w+)::[\w:{}, *]+;"),
            (4, r"(?m)^\s*#!?\[(?:derive|cfg|test|allow|expect|must_use|inline)"),
            (4, r"(?m)^\s*impl(?:<[^>]*>)? \w+"),
            (3, r"\blet mut \w+|&mut \w|&'?(?:self|str)\b|-> (?:Self|Result<|Option<)"),
            (3, r"\b(?:println|format|vec|assert_eq|assert|panic|write)!\s*[(\[]"),
            (2, r"\bmatch \w.*\{|\bSome\(|\bOk\(|\.unwrap\(\)|\w::<"),
            (2, r"(?m)^\s*let \w+(?:: [\w<>&]+)? = [^;]*;|^\s*(?:pub )?(?:struct|enum|trait|mod) \w+"),
        ],
    ),
    (
        "typescript",
        &[
            (5, r"(?m)^\s*(?:export )?declare (?:function|class|const|module|namespace) \w"),
            (5, r"(?m)^\s*(?:export )?(?:declare )?interface \w+(?:<[^>]*>)?(?: extends [\w, <>]+)? \{"),
            (5, r"(?m)^\s*(?:export )?type \w+(?:<[^>]*>)? = "),
            (5, r"(?m)^import type |\bas const\b|\bkeyof \w|\bimplements \w+ \{|\bsatisfies \w"),
            (4, r"[\w)?]\s*: (?:string|number|boolean|void|unknown|any|never|Promise<|Record<|readonly |\w+\[\])"),
            (2, r"(?m)^\s*(?:private|public|protected|readonly) \w+[?!]?(?:\(|:)"),
            (2, r#"(?m)^import .* from ['"]|^\s*(?:export )?(?:const|let) \w+"#),
            (1, r"=> [{(]|===|\bfunction \w+\("),
        ],
    ),
    (
        "javascript",
        &[
            (4, r"\brequire\(['\x22]|\bmodule\.exports\b|(?m)^exports\.\w+ ="),
            (4, r#"(?m)^import .* from ['"][^'"]+['"];?$|^export (?:default|const|function|class|\{)"#),
            (3, r"(?m)^\s*(?:async )?function\*? ?\w*\([\w, {}=\[\].]*\) \{"),
            (3, r"(?m)^\s*(?:const|let|var) [\w{}\[\], ]+ = "),
            (2, r"=> [{(\w]|[!=]==|\bconsole\.(?:log|error|warn)\("),
            (2, r"\b(?:document|window)\.\w+|\baddEventListener\(|\bnew Promise\(|\bawait \w"),
        ],
    ),
    (
        "go",
        &[
            (5, r"(?m)^package \w+\s*$"),
            (5, r"(?m)^func (?:\(\w+ \*?\w+(?:\[\w+\])?\) )?\w+(?:\[[^\]]+\])?\("),
            (3, r#"(?m)^import (?:\(|")"#),
            (3, r"\w+ := |\berr != nil\b|\bchan \w|\bgo func\("),
            (3, r"(?m)^type \w+ (?:struct|interface) \{"),
            (2, r"\bfmt\.\w+\(|\bdefer \w|\bmake\(|\bmap\[\w+\]"),
        ],
    ),
    (
        "java",
        &[
            (
                5,
                r"(?m)^\s*(?:public|private|protected) (?:static |final |abstract |synchronized )*[\w<>\[\], ?]+ \w+\(.*\)[\w ,]* ?\{",
            ),
            (5, r"(?m)^(?:package|import(?: static)?) (?:com|org|java|javax|net|io|jakarta)\.[\w.*]+;"),
            (4, r"(?m)^\s*(?:public |final |abstract )+(?:class|interface|enum|record) \w+"),
            (4, r"\bpublic static void main\(|\bSystem\.(?:out|err)\.print"),
            (2, r"(?m)^\s*@(?:Override|Test|Autowired|Nullable|Deprecated)"),
            (
                2,
                r"\bnew \w+(?:<\w*>)?\(.*\);|(?m)^\s*(?:private|protected) (?:static )?(?:final )?[\w<>\[\], ]+ \w+(?: =.*)?;",
            ),
        ],
    ),
    (
        "c",
        &[
            (4, r"(?m)^\s*#\s*include\s*(?:<[\w/]+\.h>|\x22)"),
            (2, r"(?m)^\s*#\s*(?:define|ifdef|ifndef|endif|if defined)"),
            (
                4,
                r"(?m)^(?:static |inline |extern |const |unsigned )*(?:int|void|char|size_t|bool|long|double|float|uint\d+_t|struct \w+) ?\*?\s*\w+\([^;]*\)?\s*\{?\s*$",
            ),
            (3, r"(?m)^\s*(?:typedef )?(?:struct|union|enum)(?: \w+)? \{"),
            (2, r"\b(?:printf|malloc|free|sizeof|memcpy|strlen|NULL)\b|\w+->\w+"),
            (2, r"(?m)^\s*(?:int|char|unsigned|size_t|double|float|long) \*?\w+(?:\[\w*\])?(?: = .*)?;"),
        ],
    ),
    (
        "cpp",
        &[
            (
                5,
                r"(?m)^\s*#\s*include\s*<(?:iostream|vector|string|map|memory|algorithm|unordered_map|functional|utility|cstd\w+|optional)>",
            ),
            (4, r"\bstd::\w+|\btemplate\s*<|\bnamespace \w+ \{|\busing namespace\b"),
            (3, r"\b\w+::~?\w+\(|\bconst auto&|\bconstexpr\b|\bnullptr\b|\bvirtual \w|\bunique_ptr<"),
            (3, r"(?m)^\s*(?:public|private|protected):\s*$"),
            (2, r"\bcout <<|\bclass \w+(?: final)?(?: : public \w+)?\s*\{"),
            (1, r"(?m)^\s*#\s*include\s*[<\x22]"),
        ],
    ),
    (
        "bash",
        &[
            (4, r"(?m)^\s*(?:if|elif|while|until) (?:! )?(?:\[\[? .* \]\]?|[\w.-]+ .*); ?(?:then|do)\s*$"),
            (4, r"(?m)^\s*(?:fi|done|esac)\s*$|^\s*(?:then|do)\s*$"),
            (3, r"(?m)^\s*set -[euxo]+|^\s*(?:function )?\w+ ?\(\) \{"),
            (3, r#""\$\{?[\w@#]+\}?"|\$\(\w+ |\$\{\w+[:#%/-]"#),
            (2, r"(?m)^\s*(?:export|local|readonly|source) \w|^\s*for \w+ in "),
            (
                3,
                r"(?m)^\s*(?:\$ )?(?:sudo|apt-get|apt|npm|npx|yarn|pip|pip3|cargo|git|docker|kubectl|curl|wget|mkdir|chmod|cd|make) [\w./-]",
            ),
            (5, r"(?m)^\s*\$ [a-z./]"),
            (1, r"(?m)^\s*echo .|^[A-Z_]+=[^ ]*$| \| (?:grep|sed|awk|xargs|sort|head) "),
        ],
    ),
    (
        "sql",
        &[
            (
                5,
                r"(?mi)^\s*(?:CREATE (?:OR REPLACE )?(?:TEMP(?:ORARY)? |UNIQUE )?(?:TABLE|INDEX|VIEW|FUNCTION)|INSERT INTO|ALTER TABLE|DELETE FROM|DROP TABLE)\s+\S",
            ),
            (5, r"(?is)(?:^|\n|;|\()\s*SELECT\s[^;]{1,2000}?\sFROM\s+[\w.\x22`(]"),
            (5, r"(?mi)^\s*UPDATE\s+[\w.]+\s+SET\s"),
            (2, r"(?mi)^\s*(?:(?:LEFT |RIGHT |INNER |OUTER )?JOIN|GROUP BY|ORDER BY|WHERE|HAVING|LIMIT \d)\b"),
            (2, r"\b(?:VARCHAR|PRIMARY KEY|NOT NULL|FOREIGN KEY|REFERENCES|INTEGER|TIMESTAMP)\b"),
        ],
    ),
    (
        "html",
        &[
            (8, r"(?i)<!doctype html|<html[\s>]"),
            (
                3,
                r"(?mi)^\s*<(?:head|body|div|p|ul|li|table|form|section|nav|header|footer|main|script|style|link|meta|h[1-6]|a|span|img|button|input)(?:\s[^<>]*)?/?>",
            ),
            (3, r"(?i)</(?:head|body|div|ul|table|form|section|nav|script|style|html|span|button|title)>"),
        ],
    ),
    (
        "css",
        &[
            (4, r"(?m)^\s*(?:[.#]?[a-zA-Z*][\w-]*|:root|::?[\w-]+)(?:[ >+~,.:#]+[\w()\[\]=-]+)*,? ?\{\s*$"),
            (
                4,
                r"(?m)^\s*(?:color|background(?:-\w+)?|margin(?:-\w+)?|padding(?:-\w+)?|display|font(?:-\w+)?|border(?:-\w+)*|width|height|position|top|left|flex|grid(?:-\w+)*|--[\w-]+)\s*:[^;{]+;",
            ),
            (4, r"(?m)^\s*@(?:media|import|keyframes|font-face|supports)\b"),
        ],
    ),
    (
        "yaml",
        &[
            (2, r"(?m)^[a-zA-Z_][\w.-]*:\s*$"),
            (2, r#"(?m)^[a-z_][\w.-]*: (?:["'\w\[{&*!|>./~-][^;]*)$"#),
            (2, r#"(?m)^\s+[a-zA-Z_][\w.-]*: (?:["'\w\[{&*!|>./~-][^;,]*)$"#),
            (2, r#"(?m)^\s+- (?:[\w.-]+:(?:\s|$)|["'\w./-]+\s*$)"#),
            (2, r"(?m)^---\s*$|^\s*- name: "),
        ],
    ),
    (
        "toml",
        &[
            (4, r"(?m)^\s*\[\[?[A-Za-z][\w.\x22-]*\]\]?\s*(?:#.*)?$"),
            (2, r#"(?m)^[\w.-]+ = (?:"[^"]*"|'[^']*'|\d[\d._-]*|true|false|\[.*\]?|\{.*\})\s*(?:#.*)?$"#),
        ],
    ),
];

struct Judge {
    language: &'static str,
    patterns: Vec<(usize, Regex)>,
}

static JUDGES: LazyLock<Vec<Judge>> = LazyLock::new(|| {
    ROWS.iter()
        .map(|&(language, patterns)| Judge {
            language,
            patterns: patterns
                .iter()
                .map(|&(weight, pattern)| (weight, Regex::new(pattern).expect("the patterns are valid")))
                .collect(),
        })
        .collect()
});

/// The language of a text by its content: its `#!` line, else weighted patterns; `None` when unsure.
#[must_use]
pub fn detect_language(text: &str) -> Option<Language> {
    let text = text.trim_start_matches('\u{feff}');
    if let Some(language) = Language::from_shebang(text) {
        return Some(language);
    }
    if is_json(text) {
        return Language::from_name("json");
    }
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let Classification { domain, confidence, .. } = classify(text);
    if domain == Domain::Nl && confidence > SURELY_PROSE {
        return None;
    }
    let mut scores: Vec<(usize, &'static str)> = JUDGES
        .iter()
        .map(|judge| {
            let score = judge
                .patterns
                .iter()
                .map(|(weight, pattern)| weight * pattern.find_iter(text).take(ENOUGH_MATCHES).count())
                .sum();
            (score, judge.language)
        })
        .collect();
    scores.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
    let (first, language) = scores[0];
    // What a superset shares with its base does not count against it.
    let rival = scores.iter().skip(1).find(|(_, other)| !related(language, other)).map_or(0, |&(score, _)| score);
    (first >= SURE && first * 3 >= rival * 4).then(|| Language::from_name(language)).flatten()
}

fn related(one: &str, other: &str) -> bool {
    matches!((one, other), ("typescript" | "javascript", "javascript" | "typescript") | ("c" | "cpp", "c" | "cpp"))
}

/// An object or array that begins and ends as JSON does.
fn is_json(text: &str) -> bool {
    static START: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"^\s*(?:\{\s*(?:\}|"(?:[^"\\]|\\.){0,200}"\s*:)|\[\s*(?:[\]\[{"\d-]|true|false|null))"#)
            .expect("the pattern is valid")
    });
    matches!(text.trim_end().chars().next_back(), Some('}' | ']')) && START.is_match(text)
}
