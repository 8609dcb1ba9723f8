#![expect(clippy::unwrap_used, reason = "tests")]

use expect_test::expect_file;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::reading::budget_name;
use super::*;
use crate::lsp::session::settings::Settings;

fn folder() -> &'static Path {
    Path::new(if cfg!(windows) { "C:\\project" } else { "/project" })
}

fn messages(options: &Options) -> Vec<String> {
    options.faults.iter().map(|fault| format!("`{}` {}", fault.key, fault.message)).collect()
}

#[test]
fn the_documentation_is_up_to_date() {
    expect_file!["../../../../../docs/CONFIG.md"].assert_eq(&reference::document());
}

#[test]
fn the_examples_of_the_documentation_are_right() {
    let json = Options::from_json(&serde_json::from_str(reference::JSON).unwrap());
    assert_eq!((json.faults, json.values.len()), (vec![], 8));
    let toml = Options::from_toml(reference::TOML, folder()).unwrap();
    assert_eq!((toml.faults, toml.values.len()), (vec![], 7));
}

#[test]
fn the_schema_for_editors_has_every_key() {
    let schema = reference::editor_schema();
    let properties = schema.as_object().unwrap();
    assert_eq!(properties.len(), TABLE.len() - 1, "trustedWorkspace is no setting");
    for (key, property) in properties {
        for member in ["type", "default", "markdownDescription", "scope"] {
            assert!(property.get(member).is_some(), "{key} has no {member}");
        }
        let default = &property["default"];
        let options = Options::from_json(&json!({ key.strip_prefix("compressionLayer.").unwrap(): default }));
        assert_eq!(options.faults, [], "the default of {key}");
    }
    let mut text = serde_json::to_string_pretty(&schema).unwrap();
    text.push('\n');
    expect_file!["../../../../../editors/vscode/settings.server.json"].assert_eq(&text);
    assert_eq!(schema["compressionLayer.level"]["enum"], json!(["safe", "balanced", "tight", "skeleton"]));
    assert_eq!(schema["compressionLayer.model.path"]["scope"], "machine-overridable");
}

#[test]
fn every_default_can_be_written_and_read_back() {
    for definition in &TABLE {
        let value = definition.default();
        let mut settings = Settings::default();
        if !value.is_null() {
            assert!((definition.write)(&mut settings, &Given { value: &value, folder: None }), "{}", definition.key);
        }
        assert_eq!(settings, Settings::default(), "{}", definition.key);
    }
}

#[test]
fn no_key_is_a_group_of_another() {
    for definition in &TABLE {
        let inside = format!("{}.", definition.key);
        assert!(!TABLE.iter().any(|other| other.key.starts_with(&inside)), "{}", definition.key);
    }
}

#[test]
fn a_fault_spoils_its_own_key_only() {
    let options = Options::from_json(&json!({
        "level": "tigt",
        "codelens": true,
        "tokenizer": "claude",
        "model": { "idleMinutes": -1, "path": "models/mine", "speed": 3 },
        "basket": "file",
        "budgets": ["50%", "150%"],
        "store.megabytes": 10.0,
        "secrets": null,
    }));
    assert_eq!(options.values.keys().copied().collect::<Vec<_>>(), ["store.megabytes", "tokenizer"]);
    assert_eq!(
        options.spoiled,
        ["level", "model.idleMinutes", "model.path", "basket.order", "basket.budget", "budgets"]
    );
    expect_test::expect![[r#"
        `level` is `"tigt"`, but must be one of `safe`, `balanced`, `tight`, `skeleton`
        `codelens` is not known: did you mean `codeLens`?
        `model.idleMinutes` is `-1`, but must be a whole number from 0 to 525,600
        `model.path` is `"models/mine"`, but must be the path of a folder, or an empty text for the model within the program, written from the root
        `model.speed` is not known
        `basket` is `"file"`, but must hold `order`, `budget`
        `budgets` is a list, but must be a list of at most 10 budgets: tokens such as `2000`, or a share such as `"50%"`"#]]
    .assert_eq(&messages(&options).join("\n"));
}

#[test]
fn toml_spells_keys_with_dashes() {
    let text = "code-lens = true\ncode_lens = true\nmodel.load-at-start = true\n[model]\nidleMinutes = 3\n";
    assert!(Options::from_toml(text, folder()).is_err(), "TOML lets nobody extend `model` so");
    let text = "code-lens = true\ncodeLens = true\n[model]\nload-at-start = true\nidleMinutes = 3\npath = 'mine'\n";
    let options = Options::from_toml(text, folder()).unwrap();
    assert_eq!(options.values.keys().copied().collect::<Vec<_>>(), ["codeLens", "model.loadAtStart", "model.path"]);
    assert_eq!(
        messages(&options),
        [
            "`codeLens` is not known: did you mean `code-lens`?",
            "`model.idleMinutes` is not known: did you mean `model.idle-minutes`?"
        ]
    );
}

#[test]
fn what_is_no_toml_is_one_fault_with_its_place() {
    let fault = Options::from_toml("level = \"safe\"\ncode-lens = = true\n", folder()).unwrap_err();
    assert!(fault.message.starts_with("is no TOML: line 2, column "), "{}", fault.message);
    let fault = Options::from_toml(&"#".repeat(LARGEST_FILE + 1), folder()).unwrap_err();
    assert_eq!(fault.message, "has 65,537 bytes, but at most 65536 are read");
}

#[test]
fn toml_has_values_that_json_has_not() {
    for (text, fault) in [
        ("query = 2024-01-01", "`query` is an object"),
        ("store.megabytes = nan", "`store.megabytes` is an object"),
        ("store.megabytes = inf", "`store.megabytes` is an object"),
        ("budgets = [[1]]", "`budgets` is a list"),
        ("level = { a = { b = 1 } }", "`level` is an object"),
        ("model = 3", "`model` is `3`"),
    ] {
        let options = Options::from_toml(text, folder()).unwrap();
        assert!(messages(&options).concat().starts_with(fault), "{text}: {:?}", messages(&options));
    }
}

#[test]
fn deep_toml_harms_nobody() {
    for text in [
        format!("a{} = 1", ".a".repeat(32_000)),
        format!("[a{}]\nb = 1", ".a".repeat(32_000)),
        format!("[a{0}]\na{0} = {1}1{2}", ".a".repeat(70), "[".repeat(70), "]".repeat(70)),
        format!("a = {}", "[".repeat(60_000)),
        format!("a = {}", "{a=".repeat(20_000)),
        (0..60).fold(String::new(), |text, depth| text + &format!("[{}x]\n", "x.".repeat(depth))),
    ] {
        let _ = Options::from_toml(&text, folder());
    }
}

#[test]
fn many_faults_become_one() {
    let many: serde_json::Map<_, _> = (0..10_000).map(|index| (format!("key{index}"), json!(1))).collect();
    let options = Options::from_json(&many.into());
    assert_eq!(options.faults.len(), MOST_FAULTS + 1);
    assert_eq!(options.faults[MOST_FAULTS].message, "has more than 20 faults; the others are not listed");
}

#[test]
fn budgets_are_tokens_or_shares() {
    use compressor::policy::Budget::{Ratio, Tokens};
    for (value, budget) in [
        (json!(2000), Some(Tokens(2000))),
        (json!(2000.0), Some(Tokens(2000))),
        (json!("2000"), Some(Tokens(2000))),
        (json!("50%"), Some(Ratio(0.5))),
        (json!(" 12.5 % "), Some(Ratio(0.125))),
        (json!("100%"), Some(Ratio(1.0))),
        (json!("7%"), Some(Ratio(0.07))),
        (json!("0%"), None),
        (json!("101%"), None),
        (json!("-5%"), None),
        (json!("inf%"), None),
        (json!("1e1%"), None),
        (json!("%"), None),
        (json!("."), None),
        (json!("1.5"), None),
        (json!("99999999999999999999999"), None),
        (json!(0), None),
        (json!(0.5), None),
        (json!(-1), None),
        (json!(1e300), None),
        (json!(true), None),
    ] {
        let mut settings = Settings::default();
        let definition = TABLE.iter().find(|definition| definition.key == "basket.budget").unwrap();
        let accepted = (definition.write)(&mut settings, &Given { value: &value, folder: None });
        assert_eq!((accepted, settings.basket.budget), (budget.is_some(), budget), "{value}");
    }
    assert_eq!(budget_name(Ratio(7.0 / 100.0)), "7%");
    assert_eq!(budget_name(Tokens(2000)), "2,000 tokens");
}

/// JSON as wild as a client may send, near to the keys and values that are known.
pub(crate) fn json_values() -> impl Strategy<Value = Value> {
    let keys = TABLE
        .iter()
        .flat_map(|definition| definition.key.split('.').map(str::to_owned).chain([definition.key.to_owned()]));
    let key = prop_oneof![4 => proptest::sample::select(keys.collect::<Vec<_>>()), 1 => ".*"];
    let words =
        ["safe", "tight", "claude", "50%", "100 %", "0%", "", " ", "?", "why?", "/m", "m", "relevance", "\0", "2000"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0_u32..5_000).prop_map(Value::from),
        proptest::sample::select(words.to_vec()).prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 8, move |inner| {
        prop_oneof![
            1 => proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            3 => proptest::collection::vec((key.clone(), inner), 0..8)
                .prop_map(|members| Value::from(members.into_iter().collect::<serde_json::Map<_, _>>())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_json_makes_it_panic(value in json_values()) {
        let options = Options::from_json(&value);
        prop_assert!(options.faults.len() <= MOST_FAULTS + 1);
        for (key, value) in &options.values {
            let definition = TABLE.iter().find(|definition| definition.key == *key).unwrap();
            let accepted = definition.accepts(&Given { value, folder: None });
            prop_assert!(accepted);
        }
    }

    #[test]
    fn no_toml_makes_it_panic(text in "([a-z.\\[\\]{}=\"'%0-9 \n-]|level|model|path|=|\n){0,60}") {
        let _ = Options::from_toml(&text, folder());
    }

    #[test]
    fn what_is_written_comes_back(percents in proptest::collection::vec(1_u32..=10_000, 0..10)) {
        let written: Vec<_> = percents.iter().map(|it| format!("{}%", f64::from(*it) / 100.0)).collect();
        let definition = TABLE.iter().find(|definition| definition.key == "budgets").unwrap();
        let mut settings = Settings::default();
        assert!((definition.write)(&mut settings, &Given { value: &json!(written), folder: None }));
        let read = (definition.read)(&settings);
        let mut again = Settings::default();
        assert!((definition.write)(&mut again, &Given { value: &read, folder: None }));
        prop_assert_eq!(settings, again);
    }
}
