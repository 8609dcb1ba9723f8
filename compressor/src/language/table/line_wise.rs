//! Languages that are read line by line: what must be known of each.
//!
//! They are those whose comments have lines of their own and whose other lines may stay as they are, so that no grammar is
//! needed to be sure. Where a format has dialects that do not agree, the strictest of them counts: a line that one of them
//! takes for a value is no comment here.

use crate::language::line_rules::{LineRules, Margins, Stretch};

/// Nothing but lines and comments.
const PLAIN: LineRules = LineRules {
    markers: &["####", "###", "##", "#"],
    indented_comments: false,
    continuation: None,
    continued_comments: false,
    margins: Margins::Kept,
    stretches: &[],
    head_directives: &[],
    continuation_directive: None,
    directives: EDITORS,
    refused: &[],
};

/// What editors and scripts read in the comments of any file.
const EDITORS: &[&str] = &["!", "vim:", "-*-", "ex:", "region", "endregion"];

/// <https://docs.docker.com/reference/dockerfile/>. Its parser takes spaces after the backslash for nothing.
pub(super) static DOCKERFILE: LineRules = LineRules {
    indented_comments: true,
    continuation: Some('\\'),
    margins: Margins::FreeEnds,
    stretches: &[Stretch::Heredoc],
    head_directives: &["syntax", "escape", "check"],
    continuation_directive: Some("escape"),
    directives: &["!", "vim:", "-*-", "hadolint", "checkov:", "trivy:", "kics-scan", "renovate:", "dockerfilelint"],
    ..PLAIN
};

/// <https://www.gnu.org/software/make/manual/make.html>. A space at the end of a line is part of a variable's value.
pub(super) static MAKEFILE: LineRules = LineRules {
    markers: &["#"],
    indented_comments: true,
    continuation: Some('\\'),
    continued_comments: true,
    stretches: &[Stretch::Recipe, Stretch::Define],
    // `## text` and `##@ section` are what `make help` prints.
    directives: &["!", "vim:", "-*-", "ex:", "# ", "#@", "checkmake"],
    refused: &[".RECIPEPREFIX"],
    ..PLAIN
};

/// <https://cmake.org/cmake/help/latest/manual/cmake-language.7.html>.
pub(super) static CMAKE: LineRules = LineRules {
    indented_comments: true,
    margins: Margins::Free,
    stretches: &[Stretch::Brackets],
    directives: &["!", "vim:", "-*-", "cmake-format", "cmake-lint", "gersemi:", ".rst:", "[", "pragma"],
    ..PLAIN
};

/// Python's `configparser`, Git's configuration, `.editorconfig`, units of systemd.
pub(super) static INI: LineRules = LineRules {
    markers: &["####", "###", "##", "#", ";;", ";"],
    continuation: Some('\\'),
    stretches: &[Stretch::IndentedValue],
    ..PLAIN
};

/// <https://docs.oracle.com/javase/8/docs/api/java/util/Properties.html#load-java.io.Reader->.
pub(super) static PROPERTIES: LineRules =
    LineRules { markers: &["####", "###", "##", "#", "!"], indented_comments: true, continuation: Some('\\'), ..PLAIN };

/// Variables of an environment, one a line. What reads them does not agree on spaces at the end of a value.
pub(super) static DOTENV: LineRules =
    LineRules { indented_comments: true, stretches: &[Stretch::QuotedValue], ..PLAIN };

/// <https://git-scm.com/docs/gitignore#_pattern_format>, and files of that form: a space at the end of a line means nothing
/// without a backslash before it.
pub(super) static GITIGNORE: LineRules = LineRules { margins: Margins::FreeEnds, ..PLAIN };

/// <https://pip.pypa.io/en/stable/reference/requirements-file-format/>.
pub(super) static REQUIREMENTS: LineRules = LineRules {
    indented_comments: true,
    continuation: Some('\\'),
    margins: Margins::FreeEnds,
    directives: &["!", "vim:", "-*-", "noqa", "renovate:", "dependabot"],
    ..PLAIN
};
