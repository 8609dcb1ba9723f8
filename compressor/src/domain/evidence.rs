//! What a single line looks like: code, prose or neither. The patterns that `domain` and `segment` share.
//!
//! Invariants
//! - a line costs at most its first 400 bytes, however long it is.

use std::sync::LazyLock;

use regex::bytes::Regex;

/// What a line is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    Code,
    Prose,
    Neither,
}

/// What a line says about its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Evidence {
    pub(crate) tongue: Tongue,
    /// A bit for each pattern that matched.
    matched: u32,
    /// Code votes minus prose votes.
    balance: i8,
}

/// A pattern with its name in `indicators` and its vote: positive for code, negative for prose.
type Pattern = (&'static str, i8, &'static str);

/// Votes needed to decide a line.
const DECIDES: i8 = 2;

/// Bytes of a line that are looked at.
const LOOKED_AT: usize = 400;

const PATTERNS: &[Pattern] = &[
    (
        "definition",
        4,
        r"^\s*(?:export\s+)?(?:default\s+|declare\s+)?(?:pub(?:\([a-z]+\))?\s+)?(?:async\s+)?(?:const\s+)?(?:unsafe\s+)?(?:fn|def|func|function\*?)\s+(?:\([^)]*\)\s*)?[A-Za-z_$][\w$]*\s*[(<\[]",
    ),
    (
        "import",
        4,
        r#"^\s*(?:from\s+[\w.]+\s+import\s|import\s+(?:[\w.*]+(?:\s+as\s+\w+)?;?\s*(?:$|#|//|,)|[\w{*"' ,}$]+\sfrom\s+['"]|["'(])|(?:pub\s+)?use\s+\w+(?:::|;)|#\s*include\s*[<"]|#\s*(?:define|ifdef|ifndef|endif|pragma)\b|using\s+[\w.]+;|package\s+[\w.]+;?\s*$|extern\s+crate\s|mod\s+\w+;)"#,
    ),
    (
        "type definition",
        4,
        r"^\s*(?:export\s+|public\s+|private\s+|protected\s+|abstract\s+|final\s+|static\s+|sealed\s+|data\s+|pub(?:\([a-z]+\))?\s+|declare\s+|typedef\s+)*(?:class|struct|enum|interface|trait|impl|namespace|union|record|type)\b\s*[<\w].*[{:(;=]\s*(?://.*|#.*)?$",
    ),
    ("statement end", 3, r#"[\w)\]"'}>+-]\s*;\s*(?://.*|/\*.*\*/)?\s*$"#),
    ("block open", 3, r"(?:[\w)\]>'?]|=|=>|->|\|)\s*\{\s*(?://.*)?$"),
    ("block close", 3, r"^\s*[})\]]+[;,)}\]]*\s*(?:else\b.*|catch\b.*|finally\b.*|while\b.*)?[{;]?\s*$"),
    (
        "assignment",
        3,
        r"^\s*(?:(?:export|pub|public|private|protected|static|final|const|constexpr|let|mut|var|val|auto|local|readonly|int|long|double|float|char|bool|string|String|size_t|unsigned)\s+)*[A-Za-z_$@*&][\w.$\[\]'\x22>-]*(?:\s*,\s*[\w.$\[\]]+)*(?:\s*:\s*[\w<>\[\]&', |.:()]+?)?\s*(?:[-+*/|&^%:]|<<|>>|\*\*|\|\||\?\?)?=(?:[^=]|$)",
    ),
    (
        "call",
        3,
        r"^\s*(?:(?:await|return|yield|new|go|defer|let|throw)\s+)*[A-Za-z_$][\w.$]*(?:::<?\w+>?)*!?\(.*[)({\[,]\s*[;,:?{]*\s*$",
    ),
    (
        "control",
        3,
        r"^\s*(?:\}\s*)?(?:(?:if|for|while|switch|elif|else\s+if|match|except|catch|with|async\s+for|async\s+with|case|when|foreach)\b.*|(?:else|try|finally|default|do|loop|unsafe|then)\s*)[:{]\s*(?:#.*|//.*)?$",
    ),
    ("operator", 1, r"=>|->|::|&&|\|\||!==?|===?|\+=|-=|:=|</\w|\?\.\w|\w\[\w+\]|\$\{|<<|\*\*\w"),
    ("member call", 2, r"[\w)\]]\.[a-z_]\w*\(|\b\w+\(\)|\b[a-z]+_\w+\("),
    (
        "comment",
        8,
        r"^\s*(?://[/!]{0,2}(?:\s|$)|(?:\t| {4,})#+\s|/\*|\*/|\*\s+@\w|#!\s*/|#:\s|--\s\w|#\s*(?:TODO|FIXME|type:|noqa|pylint|pragma))",
    ),
    ("decorator", 4, r"^\s*(?:@[A-Za-z_][\w.]*(?:\(.*)?\s*$|#!?\[[\w:]+)"),
    (
        "jump",
        3,
        r"^\s*(?:return(?:\s+[\w.'\x22\[({!-][^.]*)?|break|continue|pass|(?:raise|throw)\s+(?:new\s+)?\w[\w.:]*(?:\(.*)?|yield\s+[\w(].*|assert\s+\w.*)\s*;?\s*(?:#.*|//.*)?$",
    ),
    (
        "query",
        4,
        r"^\s*(?:SELECT\s+(?:\*|DISTINCT|[\w.,( ]+)|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(?:OR\s+REPLACE\s+)?(?:UNIQUE\s+)?(?:TABLE|INDEX|VIEW|FUNCTION|TRIGGER)\s|ALTER\s+TABLE\s|DROP\s+(?:TABLE|INDEX)\s|(?:LEFT|RIGHT|INNER|OUTER)\s+JOIN\s|(?:GROUP|ORDER)\s+BY\s|FROM\s+\w+(?:\s+\w+)?\s*$|WHERE\s+[\w.]+\s*[=<>])",
    ),
    (
        "markup",
        3,
        r#"^\s*(?:</[a-zA-Z][\w-]*>|<[a-zA-Z][\w-]*(?:\s+[\w:@-]+(?:=(?:"[^"]*"|'[^']*'|\{))?)*\s*/?>|<[a-zA-Z][\w-]*$|<!DOCTYPE\b|<\?(?:xml|php))"#,
    ),
    (
        "shell",
        3,
        r"^\s*(?:\$\s+[a-z./]|(?:sudo|apt-get|apt|npm|npx|yarn|pip|pip3|cargo|git|docker|kubectl|curl|wget|mkdir|chmod|chown|export|source|brew|cd|ls|rm|cp|mv|echo|grep|sed)\s+(?:-|[\w./$\x22'~]+(?:\s+-|[/=$.]|\s*$|\s+[\w./@-]+\s*$))|(?:fi|done|esac)\s*;?$|if\s+\[\[?\s|[A-Z_]{3,}=[^ ]*$)",
    ),
    (
        "key and value",
        2,
        r#"^\s*(?:"[^"]+"\s*:\s*(?:["\[{\d-]|true|false|null)|-?\s*[a-z_][\w.-]*:\s*(?:$|["'\[{\d&*!|>-]|true\b|false\b|null\b|[\w./:@-]+$)|\[\[?[\w."-]+\]\]?$)"#,
    ),
    ("style rule", 3, r"^\s*(?:[.#@]?[a-zA-Z][\w\-.#:> ,()\[\]=*]*\{\s*$|[a-z-]+:\s*[^;]+;\s*$)"),
    (
        "signature",
        3,
        r"^\s*(?:(?:public|private|protected|static|final|virtual|inline|extern|constexpr|override|async|abstract|get|set)\s+)+[\w<>\[\],:*& ]*\w+\s*[(=;{]|^\s*(?:void|int|char|bool|double|float|long|unsigned|size_t|auto|std::\w+)\b[\w<>*&:, ]*\s[*&]?\w+\s*[(\[;=]",
    ),
    ("sentence end", -2, r#"(?:[a-z]{2,}|\d|[)"”'’`*_])[.!?…:](?:["”'’)*_`\]]|\[\d+\])*\s*$"#),
    (
        "function words",
        -2,
        r"(?i)\b(?:the|of|and|to|in|is|that|for|with|as|was|are|by|this|it|from|be|have|or|an|which|we|you|not|on|at|his|her|their|der|die|das|und|ist|nicht|le|la|les|des|est|que|el|los|una|para|het|een|di|che|nao|och|att)\b[^=;{}()]*\b(?:the|of|and|to|in|is|that|for|with|as|was|are|by|this|it|from|be|have|or|an|a|which|we|you|not|on|at|his|her|their|der|die|das|und|ist|nicht|le|la|les|des|est|que|el|los|una|para|het|een|di|che|nao|och|att)\b",
    ),
    ("running words", -2, r"(?:(?:^|[ (“\x22])[A-Za-z]?[a-zé’'-]+[,;:]?){5}"),
    ("sentence start", -1, r"^\s*(?:[-*+>•]\s+|\d+[.)]\s+)?(?:\*\*|_)?[A-Z][a-z]+,? [a-z]+,? [a-z]+"),
    ("heading or list", -1, r"^\s{0,3}#{1,6} +\S|^\s*(?:[-*+•]|\d{1,3}[.)]) +[A-Za-z*`\[“]"),
    ("markdown mark", -2, r"\*\*[^*\s][^*]*\*\*|\[[^\]]+\]\(https?://|!\[[^\]]*\]\(|^\s*>\s"),
    (
        "other script",
        -3,
        r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]{5}|[\p{Arabic}\p{Hebrew}\p{Cyrillic}\p{Devanagari}\p{Greek}]{2,}[ ،,]+[\p{Arabic}\p{Hebrew}\p{Cyrillic}\p{Devanagari}\p{Greek}]{2,}",
    ),
];

/// The patterns' names, in the order of [`Evidence::patterns`].
pub(crate) const NAMES: [&str; PATTERNS.len()] = {
    let mut names = [""; PATTERNS.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = PATTERNS[index].0;
        index += 1;
    }
    names
};

const _: () = assert!(PATTERNS.len() <= u32::BITS as usize, "a bit for each pattern");

/// One automaton each: together they would have too many states to be built once and kept.
static REGEXES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    PATTERNS
        .iter()
        .map(|&(_, _, pattern)| {
            let by_bytes = pattern.is_ascii() && !pattern.contains("\\p{");
            let pattern = if by_bytes { format!("(?-u){pattern}") } else { pattern.to_owned() };
            Regex::new(&pattern).expect("the patterns are valid")
        })
        .collect()
});

impl Evidence {
    /// A line within a block comment or docstring.
    pub(crate) fn comment() -> Self {
        let index = NAMES.iter().position(|&name| name == "comment").expect("the pattern exists");
        Self { tongue: Tongue::Code, matched: 1 << index, balance: DECIDES }
    }

    /// The patterns that matched, with the weight of each.
    pub(crate) fn patterns(self) -> impl Iterator<Item = (usize, f32)> {
        (0..PATTERNS.len())
            .filter(move |index| self.matched & (1 << index) != 0)
            .map(|index| (index, f32::from(PATTERNS[index].1.abs())))
    }

    /// How much the line says, from 0 to 1.
    pub(crate) fn strength(self) -> f32 {
        f32::from(self.balance.abs().min(4)) / 4.0
    }

    /// Whether the line can hardly be anything but code.
    pub(crate) fn surely_code(self) -> bool {
        self.tongue == Tongue::Code && self.balance > DECIDES
    }
}

/// What a line looks like.
pub(crate) fn of(line: &str) -> Evidence {
    let line = &line[..line.floor_char_boundary(LOOKED_AT)];
    let mut matched = 0;
    let mut balance = 0;
    for (index, regex) in REGEXES.iter().enumerate() {
        if regex.is_match(line.as_bytes()) {
            matched |= 1 << index;
            balance += PATTERNS[index].1;
        }
    }
    let tongue = match balance {
        DECIDES.. => Tongue::Code,
        _ if balance <= -DECIDES => Tongue::Prose,
        _ => Tongue::Neither,
    };
    Evidence { tongue, matched, balance }
}
