use compressor::policy::{Budget, Level, Policy};
use compressor::tokens::Tokenizer;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::lsp::session::options::tests::json_values;

const ONE: &str = "file:///one";
const TWO: &str = "file:///two";

fn root() -> &'static Path {
    Path::new(if cfg!(windows) { "C:\\one" } else { "/one" })
}

fn absolute() -> &'static str {
    if cfg!(windows) { "C:\\models" } else { "/models" }
}

fn texts(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_set_gives_the_defaults() {
    let layers = Layers::default();
    assert_eq!(*layers.settings_for(None), Settings::default());
    assert_eq!(*layers.settings_for(Some(ONE)), Settings::default());
}

#[test]
fn the_stronger_source_wins_and_folders_are_apart() {
    let mut layers = Layers::default();
    assert!(layers.update_project(ONE, root(), Some("level = 'tight'")).is_empty());
    assert!(layers.update_client_folder(ONE, &json!({ "level": "balanced", "tokenizer": "gemini" })).is_empty());
    assert!(layers.update_client_folder(TWO, &json!({ "codeLens": true })).is_empty());
    assert!(layers.update_client(&json!({ "tokenizer": "claude", "query": "why?" })).is_empty());
    assert!(layers.update_initialization(&json!({ "level": "safe", "query": "how?", "secrets": false })).is_empty());

    let one = layers.settings_for(Some(ONE));
    assert_eq!((one.level, one.tokenizer, one.code_lens), (Level::Tight, Tokenizer::Gemini, false));
    assert_eq!((one.query.as_deref(), one.secrets), (Some("why?"), false));
    let two = layers.settings_for(Some(TWO));
    assert_eq!((two.level, two.tokenizer, two.code_lens), (Level::Safe, Tokenizer::Claude, true));
    let none = layers.settings_for(None);
    assert_eq!((none.level, none.tokenizer, none.code_lens), (Level::Safe, Tokenizer::Claude, false));
    assert_eq!(layers.settings_for(Some("file:///three")), none);
}

#[test]
fn an_update_counts_at_once() {
    let mut layers = Layers::default();
    layers.update_client(&json!({ "level": "tight", "query": "why?" }));
    let before = layers.settings_for(None);
    layers.update_client(&json!({ "query": "" }));
    let after = layers.settings_for(None);
    assert_eq!((before.level, before.query.as_deref()), (Level::Tight, Some("why?")));
    assert_eq!(*after, Settings::default());
}

#[test]
fn a_file_or_a_folder_that_is_gone_counts_no_more() {
    let mut layers = Layers::default();
    layers.update_project(ONE, root(), Some("level = 'tight'"));
    layers.update_client_folder(ONE, &json!({ "codeLens": true }));
    layers.update_project(ONE, root(), None);
    let settings = layers.settings_for(Some(ONE));
    assert_eq!((settings.level, settings.code_lens), (Level::Balanced, true));
    layers.forget_folder(ONE);
    assert_eq!(*layers.settings_for(Some(ONE)), Settings::default());
}

#[test]
fn an_empty_text_unsets_what_a_weaker_source_has_set() {
    let mut layers = Layers::default();
    let options = json!({ "query": "why?", "model": { "path": absolute() }, "basket": { "budget": 500 } });
    layers.update_initialization(&options);
    layers.update_client(&json!({ "query": null }));
    assert_eq!(layers.settings_for(None).query.as_deref(), Some("why?"));
    layers.update_client(&json!({ "query": "", "model": { "path": "" }, "basket": { "budget": "" } }));
    assert_eq!(*layers.settings_for(None), Settings::default());
}

#[test]
fn a_bad_value_keeps_the_last_good_one() {
    let mut layers = Layers::default();
    layers.update_client(&json!({ "level": "tight", "codeLens": true }));
    let problems = layers.update_client(&json!({ "level": "extreme", "codeLens": false }));
    assert_eq!(
        texts(&problems),
        [
            "`level` in the editor's settings is `\"extreme\"`, but must be one of `safe`, `balanced`, `tight`, `skeleton`"
        ]
    );
    assert_eq!((layers.settings_for(None).level, layers.settings_for(None).code_lens), (Level::Tight, false));
    layers.update_client(&json!({ "level": 7 }));
    assert_eq!(layers.settings_for(None).level, Level::Tight);
    layers.update_client(&json!([1]));
    assert_eq!(layers.settings_for(None).level, Level::Tight);
    layers.update_client(&json!({}));
    assert_eq!(layers.settings_for(None).level, Level::Balanced);
}

#[test]
fn a_broken_project_file_keeps_its_last_good_content() {
    let mut layers = Layers::default();
    layers.update_project(ONE, root(), Some("level = 'tight'"));
    let problems = layers.update_project(ONE, root(), Some("level = 'safe'\n[model\n"));
    assert_eq!(problems.len(), 1);
    let text = problems[0].to_string();
    assert!(text.starts_with(".compression-layer.toml of file:///one is no TOML: line 2, column "), "{text}");
    assert_eq!(layers.settings_for(Some(ONE)).level, Level::Tight);
    assert_eq!(layers.update_project(ONE, root(), Some("level = 'safe'")), []);
    assert_eq!(layers.settings_for(Some(ONE)).level, Level::Safe);
}

#[test]
fn a_problem_is_told_once_until_it_is_mended() {
    let mut layers = Layers::default();
    let bad = json!({ "level": 1 });
    assert_eq!(layers.update_client(&bad).len(), 1);
    assert_eq!(layers.update_client(&bad), []);
    assert_eq!(layers.update_project(ONE, root(), Some("")), [], "another source says nothing of it");
    assert_eq!(layers.update_client_folder(ONE, &bad).len(), 1, "another source has its own problems");
    assert_eq!(layers.update_client(&json!({ "level": 2 })).len(), 1, "another value is another problem");
    assert_eq!(layers.update_client(&json!({ "level": "safe" })), []);
    assert_eq!(layers.update_client(&bad).len(), 1, "it was mended in between");
}

#[test]
fn a_project_file_chooses_a_model_only_if_trusted() {
    let mut layers = Layers::default();
    let file = Some("level = 'tight'\nmodel.path = 'models/ours'");
    let problems = layers.update_project(ONE, root(), file);
    assert_eq!(
        texts(&problems),
        [
            "`model.path` in .compression-layer.toml of file:///one is ignored: the workspace is not trusted (`trustedWorkspace` in `initializationOptions`)"
        ]
    );
    assert_eq!(layers.update_project(ONE, root(), file), []);
    let settings = layers.settings_for(Some(ONE));
    assert_eq!((settings.level, &settings.model.path), (Level::Tight, &None));

    layers.update_initialization(&json!({ "trustedWorkspace": true }));
    let path = layers.settings_for(Some(ONE)).model.path.clone();
    assert_eq!(path, Some(root().join("models/ours")));
    assert_eq!(layers.settings_for(None).model.path, None);
}

#[test]
fn no_workspace_trusts_itself() {
    let mut layers = Layers::default();
    let problems = layers.update_project(ONE, root(), Some("trusted-workspace = true\nmodel.path = 'ours'"));
    assert_eq!(problems.len(), 2);
    assert_eq!(problems[1].key, "trusted-workspace");
    assert_eq!(layers.update_client(&json!({ "trustedWorkspace": true })).len(), 1);
    assert_eq!(layers.update_client_folder(ONE, &json!({ "trustedWorkspace": true })).len(), 1);
    let settings = layers.settings_for(Some(ONE));
    assert_eq!((settings.trusted_workspace, &settings.model.path), (false, &None));
}

#[test]
fn distrust_holds_for_the_client_s_configuration_too() {
    let mut layers = Layers::default();
    let options = json!({ "model": { "path": absolute() } });
    layers.update_client(&options);
    layers.update_client_folder(ONE, &options);
    assert_eq!(layers.settings_for(None).model.path.as_deref(), Some(Path::new(absolute())));

    let problems = layers.update_initialization(&json!({ "trustedWorkspace": false }));
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert_eq!(layers.update_client(&options), []);
    assert_eq!(layers.settings_for(None).model.path, None);
    assert_eq!(layers.settings_for(Some(ONE)).model.path, None);

    layers.update_initialization(&json!({ "trustedWorkspace": false, "model": { "path": absolute() } }));
    assert_eq!(layers.settings_for(Some(ONE)).model.path.as_deref(), Some(Path::new(absolute())));
}

fn assert_valid(settings: &Settings) {
    let allowed = |budget: Budget| Policy::new(settings.level).with_budget(budget).is_ok();
    assert!(settings.budgets.iter().copied().all(allowed) && settings.basket.budget.is_none_or(allowed));
    assert!(settings.budgets.len() <= 10);
    let query = settings.query.as_deref();
    assert!(query.is_none_or(|query| Policy::new(settings.level).with_query(query).is_ok()));
    assert!(settings.model.path.as_ref().is_none_or(|path| path.is_absolute()));
    assert!(settings.model.idle.is_none_or(|idle| !idle.is_zero()));
    assert!(settings.store_megabytes.checked_mul(1 << 20).is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_json_makes_settings_invalid(updates in proptest::collection::vec((0..4_usize, json_values()), 1..6)) {
        let mut layers = Layers::default();
        for (source, value) in updates {
            let update = |layers: &mut Layers| match source {
                0 => layers.update_initialization(&value),
                1 => layers.update_client(&value),
                2 => layers.update_client_folder(ONE, &value),
                _ => layers.update_project(ONE, root(), toml::to_string(&value).ok().as_deref()),
            };
            update(&mut layers);
            prop_assert_eq!(update(&mut layers), vec![], "told twice");
            assert_valid(&layers.settings_for(None));
            assert_valid(&layers.settings_for(Some(ONE)));
        }
    }
}
