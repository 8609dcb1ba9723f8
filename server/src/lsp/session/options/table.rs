//! The table of options: one row each, from which reading, documentation and the editors' settings come.
//!
//! An option is added by one row here and one field of `Settings`.

use std::time::Duration;

use compressor::policy::Level;
use compressor::tokens::Tokenizer;
use serde_json::Value;

use super::reading::{Given, Shape, budget, budgets, choice, flag, folder, is_none, question, whole, written_budget};
use crate::lsp::session::basket::Order;
use crate::lsp::session::settings::Settings;

/// A year.
const MOST_MINUTES: u64 = 365 * 24 * 60;

/// A TiB.
const MOST_MEGABYTES: u64 = 1 << 20;

/// An option.
pub(crate) struct Definition {
    /// Groups and name in camel case, with points.
    pub(crate) key: &'static str,
    pub(crate) shape: Shape,
    pub(crate) scope: Scope,
    /// For users: what it does.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests that write documentation and schema"))]
    pub(crate) about: &'static str,
    /// The value in some settings; null for none.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests that write documentation and schema"))]
    pub(crate) read: fn(&Settings) -> Value,
    /// Whether the value is right; if it is, it stands in the settings after.
    pub(crate) write: fn(&mut Settings, &Given<'_>) -> bool,
}

/// Who may set an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Every source.
    Anywhere,
    /// Not a workspace that is not trusted: it could make this machine read or run what it likes.
    Restricted,
    /// Only the editor itself, when it starts the server.
    Initialization,
}

impl Definition {
    /// Whether a value is right.
    pub(crate) fn accepts(&self, given: &Given<'_>) -> bool {
        (self.write)(&mut Settings::default(), given)
    }

    /// The value if nobody sets it; null for none.
    #[cfg(test)]
    pub(crate) fn default(&self) -> Value {
        (self.read)(&Settings::default())
    }

    /// Whether the value is the path of a folder.
    pub(crate) fn is_folder(&self) -> bool {
        matches!(self.shape, Shape::Folder)
    }
}

fn set<T>(field: &mut T, value: Option<T>) -> bool {
    value.map(|value| *field = value).is_some()
}

fn set_or_unset<T>(field: &mut Option<T>, given: &Given<'_>, read: fn(&Given<'_>) -> Option<T>) -> bool {
    if is_none(given) {
        *field = None;
        return true;
    }
    set(field, read(given).map(Some))
}

pub(crate) static TABLE: [Definition; 14] = [
    Definition {
        key: "level",
        shape: Shape::Choice(|| Level::ALL.map(Level::name).to_vec()),
        scope: Scope::Anywhere,
        about: "How far to go: `safe` changes layout only, `balanced` loses no atom, `tight` goes on to the budget and says what went, `skeleton` keeps signatures, headings and first clauses.",
        read: |settings| settings.level.name().into(),
        write: |settings, given| set(&mut settings.level, choice(given, &Level::ALL, Level::name)),
    },
    Definition {
        key: "tokenizer",
        shape: Shape::Choice(|| Tokenizer::ALL.map(Tokenizer::name).to_vec()),
        scope: Scope::Anywhere,
        about: "What counts the tokens. `claude` and `gemini` are estimates.",
        read: |settings| settings.tokenizer.name().into(),
        write: |settings, given| set(&mut settings.tokenizer, choice(given, &Tokenizer::ALL, Tokenizer::name)),
    },
    Definition {
        key: "budgets",
        shape: Shape::Budgets,
        scope: Scope::Anywhere,
        about: "Sizes that are offered as code actions beside the level: tokens, or a share of the original's.",
        read: |settings| settings.budgets.iter().copied().map(written_budget).collect(),
        write: |settings, given| set(&mut settings.budgets, budgets(given)),
    },
    Definition {
        key: "query",
        shape: Shape::Question,
        scope: Scope::Anywhere,
        about: "A standing question: what bears on it is kept, the rest is shortened first.",
        read: |settings| settings.query.as_deref().map_or(Value::Null, Value::from),
        write: |settings, given| set_or_unset(&mut settings.query, given, question),
    },
    Definition {
        key: "model.path",
        shape: Shape::Folder,
        scope: Scope::Restricted,
        about: "A model folder with a `manifest.toml`, instead of the model within the program. In a project file, a relative path starts from that file's folder; elsewhere it must be absolute.",
        read: |settings| settings.model.path.as_ref().map_or(Value::Null, |path| path.to_string_lossy().into()),
        write: |settings, given| set_or_unset(&mut settings.model.path, given, folder),
    },
    Definition {
        key: "model.loadAtStart",
        shape: Shape::Flag,
        scope: Scope::Anywhere,
        about: "Whether the model is loaded when the editor starts, and not when it is first needed.",
        read: |settings| settings.model.load_at_start.into(),
        write: |settings, given| set(&mut settings.model.load_at_start, flag(given)),
    },
    Definition {
        key: "model.idleMinutes",
        shape: Shape::Whole { most: MOST_MINUTES },
        scope: Scope::Anywhere,
        about: "After so many minutes without work the model is unloaded; it comes back when it is needed. 0 never unloads it.",
        read: |settings| settings.model.idle.map_or(0, |idle| idle.as_secs() / 60).into(),
        write: |settings, given| {
            let minutes = whole(given, MOST_MINUTES);
            set(&mut settings.model.idle, minutes.map(|it| (it > 0).then(|| Duration::from_mins(it))))
        },
    },
    Definition {
        key: "store.megabytes",
        shape: Shape::Whole { most: MOST_MEGABYTES },
        scope: Scope::Anywhere,
        about: "How much of the originals is kept on disk, so that they can be expanded again. 0 keeps them in memory only.",
        read: |settings| settings.store_megabytes.into(),
        write: |settings, given| set(&mut settings.store_megabytes, whole(given, MOST_MEGABYTES)),
    },
    Definition {
        key: "codeLens",
        shape: Shape::Flag,
        scope: Scope::Anywhere,
        about: "Whether token counts are shown above definitions.",
        read: |settings| settings.code_lens.into(),
        write: |settings, given| set(&mut settings.code_lens, flag(given)),
    },
    Definition {
        key: "secrets",
        shape: Shape::Flag,
        scope: Scope::Anywhere,
        about: "Whether you are warned of API keys, private keys and tokens in a text before it is copied.",
        read: |settings| settings.secrets.into(),
        write: |settings, given| set(&mut settings.secrets, flag(given)),
    },
    Definition {
        key: "basket.order",
        shape: Shape::Choice(|| Order::ALL.map(Order::name).to_vec()),
        scope: Scope::Anywhere,
        about: "The order of the basket's snippets: by `file`, or by `relevance` to the question.",
        read: |settings| settings.basket.order.name().into(),
        write: |settings, given| set(&mut settings.basket.order, choice(given, &Order::ALL, Order::name)),
    },
    Definition {
        key: "basket.budget",
        shape: Shape::Budget,
        scope: Scope::Anywhere,
        about: "The size that all snippets of the basket meet together.",
        read: |settings| settings.basket.budget.map_or(Value::Null, written_budget),
        write: |settings, given| set_or_unset(&mut settings.basket.budget, given, budget),
    },
    Definition {
        key: "chat.header",
        shape: Shape::Flag,
        scope: Scope::Anywhere,
        about: "Whether path and line numbers stand above a block that is copied for a chat.",
        read: |settings| settings.chat.header.into(),
        write: |settings, given| set(&mut settings.chat.header, flag(given)),
    },
    Definition {
        key: "trustedWorkspace",
        shape: Shape::Flag,
        scope: Scope::Initialization,
        about: "Whether you trust the workspace. Only with `true` may a project file choose a model; with `false` the settings of the editor, which a workspace can bring along, may not either.",
        read: |settings| settings.trusted_workspace.into(),
        write: |settings, given| set(&mut settings.trusted_workspace, flag(given)),
    },
];
