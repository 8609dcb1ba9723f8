//! Identifiers of signatures: what a reader must find of a file's definitions, also where their bodies are left out.
//!
//! Counted by patterns written for the benches, which know neither the compressor's grammars nor its peer's. A signature is
//! the head of what is called or of a type, up to its body; those within the body of another are left out, since they go with
//! it. Each identifier is wanted as often as signatures have it, and found wherever the result has it.
//!
//! Deliberately absent: declarations without a body, and languages without definitions (markup, data).

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::statistics::Share;

/// Identifiers of the signatures of a text that its shorter form still has; of none where the language has no signatures.
#[must_use]
pub fn kept(language: &str, original: &str, result: &str) -> Share {
    let mut found = words(result);
    let mut share = Share::default();
    for identifier in identifiers(language, original) {
        let left = found.get_mut(identifier).filter(|left| **left > 0);
        share.add(left.is_some());
        if let Some(left) = left {
            *left -= 1;
        }
    }
    share
}

/// The identifiers of all signatures, in their order; words of the languages are none.
#[must_use]
pub fn identifiers<'a>(language: &str, text: &'a str) -> Vec<&'a str> {
    let parts = heads(language, text).into_iter().flat_map(|head| COMMENT.split(head));
    let words = parts.flat_map(|part| WORD.find_iter(part)).map(|word| word.as_str());
    words.filter(|word| !is_word_of_language(word)).collect()
}

/// The heads of definitions.
fn heads<'a>(language: &str, text: &'a str) -> Vec<&'a str> {
    let Some(patterns) = patterns(language) else { return Vec::new() };
    let mut heads = Vec::new();
    let mut at = 0;
    // How far lines must not be indented to be outside of the last body, and where its head ends.
    let mut inside: Option<usize> = None;
    let mut head_end = 0;
    for line in text.split_inclusive('\n') {
        let (start, bare) = (at, line.trim_start());
        at += line.len();
        let indentation = line.len() - bare.len();
        if bare.is_empty() || start < head_end || inside.is_some_and(|outer| indentation > outer) || is_comment(bare) {
            continue;
        }
        // A head is no longer than this.
        let end = text.floor_char_boundary(text.len().min(start + indentation + 2_000));
        let rest = &text[start + indentation..end];
        let called = patterns.callables.iter().find_map(|pattern| callable(pattern, rest));
        inside = called.map(|_| indentation);
        if let Some(head) = called.or_else(|| patterns.types.find(rest).map(|head| head.as_str())) {
            heads.push(head);
            head_end = start + indentation + head.len();
        }
    }
    heads
}

/// The head, where its name is no word like `if`, after which a block follows too.
fn callable<'a>(pattern: &Regex, rest: &'a str) -> Option<&'a str> {
    let found = pattern.captures(rest)?;
    let name = found.name("name").map_or("", |name| name.as_str());
    (!is_statement(name) && !is_statement(first_word(rest))).then(|| found.get_match().as_str())
}

fn first_word(text: &str) -> &str {
    WORD.find_at(text, 0).filter(|word| word.start() == 0).map_or("", |word| word.as_str())
}

/// What a line of a comment begins with, in one language or another.
fn is_comment(line: &str) -> bool {
    ["//", "/*", "*", "--", "\"\"\""].iter().any(|mark| line.starts_with(mark))
        || line.starts_with('#') && !line.starts_with("#[")
}

fn words(text: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for word in WORD.find_iter(text) {
        *counts.entry(word.as_str()).or_default() += 1;
    }
    counts
}

/// How the heads of a language look, from the first character of a line.
struct Patterns {
    /// Of what is called and has a body; the group `name` is its name.
    callables: Vec<Regex>,
    /// Of what holds definitions.
    types: Regex,
}

fn patterns(language: &str) -> Option<&'static Patterns> {
    let family = match language {
        "python" => &PYTHON,
        "ruby" => &RUBY,
        "lua" => &LUA,
        "bash" => &BASH,
        "sql" => &SQL,
        "kotlin" | "scala" | "swift" => &WORDS,
        "javascript" | "typescript" | "tsx" | "jsx" => &SCRIPT,
        "rust" | "go" | "java" | "c" | "cpp" | "c-sharp" | "php" => &BRACES,
        _ => return None,
    };
    Some(family)
}

/// Between parentheses, two deep, without a statement.
const PARAMETERS: &str = r"(?:[^(){};]|\((?:[^(){};]|\([^(){};]*\))*\)|\{[^{}();]*\})*";

static PYTHON: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    callables: vec![pattern(
        r"(?:async\s+)?def\s+(?<name>\w+)\s*(?:\[[^\]]*\])?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\s*(?:->[^:\n]+)?:",
    )],
    types: pattern(r"class\s+\w+[^:\n]*:"),
});

static RUBY: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    callables: vec![pattern(r"def\s+(?<name>[\w.?!=\[\]<>+*/%-]+)[^\n;]*")],
    types: pattern(r"(?:class|module)\s+[^\n;]+"),
});

static LUA: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    callables: vec![
        pattern(r"(?:local\s+)?function\s+(?<name>[\w.:]+)\s*\([^()]*\)"),
        pattern(r"(?:local\s+)?(?<name>[\w.]+)\s*=\s*function\s*\([^()]*\)"),
    ],
    types: NOTHING.clone(),
});

static BASH: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    callables: vec![pattern(r"function\s+(?<name>[\w:.-]+)\s*(?:\(\))?"), pattern(r"(?<name>[\w:.-]+)\s*\(\)")],
    types: NOTHING.clone(),
});

static SQL: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    callables: vec![pattern(
        r"(?i)create\s+(?:or\s+replace\s+)?(?<name>function|procedure|aggregate|trigger)\s[^()\n]*(?:\((?:[^();]|\([^()]*\))*\))?",
    )],
    types: pattern(
        r"(?i)create\s+(?:or\s+replace\s+|temp(?:orary)?\s+|unique\s+)*(?:table|view|index|type|domain|schema)\s+[^\n(;]+",
    ),
});

/// Kotlin, Scala and Swift: a word says what is called.
static WORDS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    callables: vec![pattern(&format!(
        r"(?:[\w@]+(?:\([^()\n]*\))?\s+)*?(?:fun|func|def|init\b[?!]?|constructor\b)\s*(?:<[^<>]*>\s*)?(?<name>[\w.`?<>=+*/!:-]*)\s*(?:<[^(){{}}]*>|\[[^\]()]*\])?\s*\({PARAMETERS}\)[^\n{{=;]*"
    ))],
    types: pattern(TYPES),
});

/// JavaScript and TypeScript: functions, methods and arrows with a name.
static SCRIPT: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    callables: vec![
        pattern(&format!(
            r"(?:export\s+|default\s+|async\s+)*function\s*\*?\s*(?<name>[\w$]*)\s*(?:<[^(){{}}]*>)?\s*\({PARAMETERS}\)[^;{{}}]*\{{"
        )),
        pattern(&format!(
            r"(?:export\s+)?(?:(?:const|let|var)\s+)?(?<name>[\w$.]+)\s*(?::[^=\n]+)?[=:]\s*(?:async\s+)?function\s*\*?\s*[\w$]*\s*\({PARAMETERS}\)[^;{{}}]*\{{"
        )),
        pattern(&format!(
            r"(?:export\s+)?(?:const|let|var)\s+(?<name>[\w$]+)\s*(?::[^=\n]+)?=\s*(?:async\s*)?(?:<[^(){{}}]*>\s*)?(?:\({PARAMETERS}\)|[\w$]+)\s*(?::[^=\n{{]+)?=>"
        )),
        pattern(&format!(
            r"(?:[\w$]+\s+)*[*#]?(?<name>[\w$]+)\s*(?:<[^(){{}}]*>)?\s*\({PARAMETERS}\)\s*(?::[^;{{}}()]*)?\{{"
        )),
    ],
    types: pattern(TYPES),
});

/// Languages whose functions are a name, parameters and a block.
static BRACES: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    callables: vec![
        pattern(&format!(r"func\s+(?:\([^()]*\)\s*)?(?<name>\w+)\s*(?:\[[^\]]*\])?\({PARAMETERS}\)[^;{{}}=]*\{{")),
        pattern(&format!(
            r"[^\n;={{}}()]*?(?<name>[A-Za-z_~]\w*)\s*(?:<[^(){{}};]*>)?\s*\({PARAMETERS}\)[^;{{}}=]*\{{"
        )),
    ],
    types: pattern(TYPES),
});

/// Words before the name of a type, and what stands behind it up to its body.
const TYPES: &str = r"(?:(?:export|default|public|private|protected|internal|fileprivate|abstract|final|sealed|static|open|data|case|partial|unsafe|declare|implicit|inline|value|inner|template\s*<[^\n]*>|pub(?:\([^)]*\))?|@\w+(?:\([^()\n]*\))?)\s+)*(?:class|struct|interface|@interface|enum|trait|impl|object|protocol|extension|union|namespace|record|typealias|type)\b[^\n{;=]*";

/// A comment within a head, in one language or another.
static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"//[^\n]*|/\*[\s\S]*?\*/|(?m:(?:^|\s)(?:#\s|--)[^\n]*)").expect("a constant"));

static NOTHING: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\s\S]"));

static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}_$][\p{L}\p{N}_$]*").expect("a constant"));

/// A pattern that begins where the text does.
fn pattern(pattern: &str) -> Regex {
    Regex::new(&format!(r"\A(?:{pattern})")).expect("a constant")
}

/// Words before a parenthesis and a block that name no function, or begin a line that defines none.
fn is_statement(word: &str) -> bool {
    const WORDS: &str = " if for while switch catch return else do with using lock foreach synchronized match when unless \
        elseif elif until guard await yield throw new case select defer go try finally loop fixed checked assert ";
    !word.is_empty() && WORDS.split(' ').any(|statement| statement == word)
}

fn is_word_of_language(word: &str) -> bool {
    const WORDS: &str = "abstract as async case class const constexpr constructor data declare def default enum explicit \
        export extends extension extern final fn for fun func function impl implements implicit in inline interface internal \
        let local module mut namespace native noexcept object open operator out override partial priv private protected \
        protocol pub public record ref return sealed self static struct suspend super synchronized template this throws trait \
        type typealias typename union unsafe val var virtual where create or replace table view index trigger procedure \
        CREATE OR REPLACE TABLE VIEW INDEX FUNCTION TRIGGER PROCEDURE";
    WORDS.split_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str, expected: &str) {
        assert_eq!(identifiers(language, text).join(" "), expected, "{language}");
    }

    #[test]
    fn the_heads_of_definitions_are_read_in_each_family_of_languages() {
        check(
            "python",
            "class A(Base):\n    # def not(this):\n    @wrap\n    async def f(self, limit: int = LIMIT,  # not this\n            *rest) -> Set[str]:\n        def inner(x): pass\n        if g(x):\n            y()\n    def h(self): return 1\n",
            "A Base f limit int LIMIT rest Set str h",
        );
        check(
            "typescript",
            "export default class A<T> extends B {\n  private limit = 3;\n  async find({ id }: Query, next?: () => void): Promise<T> {\n    if (id) {\n      go(id);\n    }\n  }\n}\nexport const sum = (a: number, b = 2): number => a + b;\nexports.run = function run(x) {\n};\nfunction first(x) {\n}\ndescribe('x', () => {\n});\n",
            "A T B find id Query next void Promise T sum a number b number exports run run x first x",
        );
        check(
            "go",
            "// func not(this int) {\nfunc (s *Server) Find(ctx context.Context, limit int) (int, error) {\n\tfor i := range f(x) {\n\t}\n}\ntype Server struct {\n\tname string\n}\n",
            "s Server Find ctx context Context limit int int error Server",
        );
        check(
            "rust",
            "impl<T: Clone> Row<T> {\n    pub(crate) fn at<F>(&self, /* nor this */ place: F) -> Option<&T>\n    where\n        F: Fn(usize),\n    {\n        while go(1) {\n        }\n    }\n}\n",
            "T Clone Row T crate at F place F Option T F Fn usize",
        );
        check(
            "c",
            "static int\nadd(const struct row *row, int (*less)(int))\n{\n  if (row) {\n    less(1);\n  }\n}\nint declared(int a);\nstruct row {\n};\n",
            "add row row int less int row",
        );
        check(
            "cpp",
            "Row::Row(int n) : Base(n), n_(n) {\n}\ntemplate <class T> class Box : public Row {\n};\n",
            "Row Row int n Base n n_ n T Box Row",
        );
        check(
            "java",
            "  @Override\n  public static <T> List<T> of(T... items) throws IOException {\n    return x(items);\n  }\n",
            "T List T of T items IOException",
        );
        check(
            "php",
            "public function find(array $ids = [], ?Row $row = null): array {\n}\n",
            "find array $ids Row $row null array",
        );
        check(
            "kotlin",
            "private suspend fun <T> find(id: Int, next: (Int) -> Unit): T? {\n}\ndata class Row(val a: Int)\n",
            "T find id Int next Int Unit T Row a Int",
        );
        check(
            "scala",
            "  override def find[T](id: Int)(implicit next: Next): T =\n    x\nobject Row extends Base {\n",
            "find T id Int next Next T Row Base",
        );
        check(
            "swift",
            "public init?(row: Row) {\n}\nfunc find<T>(_ id: Int) throws -> T {\n}\n",
            "init row Row find T _ id Int T",
        );
        check("ruby", "class Row < Base\n  def find(id, limit: 3)\n    x\n  end\nend\n", "Row Base find id limit");
        check("lua", "local function find(id)\nend\nM.run = function(x)\nend\n", "find id M run x");
        check("bash", "find_row() {\n  x\n}\nfunction run {\n}\n", "find_row run");
        check(
            "sql",
            "CREATE OR REPLACE FUNCTION add(a integer, b numeric(1)) RETURNS integer AS $$\nCREATE TABLE rows (\n",
            "add a integer b numeric rows",
        );
        check("yaml", "a: b\n", "");
    }

    #[test]
    fn an_identifier_is_wanted_as_often_as_signatures_have_it() {
        let original = "def f(row, limit):\n    g(row)\n\ndef g(row):\n    pass\n";
        assert_eq!(kept("python", original, original), Share { having: 5, of: 5 });
        assert_eq!(kept("python", original, "def f(row, ...)\ndef g(...)"), Share { having: 3, of: 5 });
        assert_eq!(kept("json", "{}", "{}"), Share::default());
    }
}
