//! `pairs` with models: a server that speaks Chat Completions, asked by the built program.

use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tokio::runtime::Runtime;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::{pairs, scratch};
use e2e::scratch::Scratch;

const MODEL: &str = "local:tiny";

/// Answers with the text it was given, and judges by whether the answers are the same.
struct Parrot;

impl Respond for Parrot {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let user = body["messages"][1]["content"].as_str().unwrap();
        let between = |open: &str, close: &str| Some(user.split_once(open)?.1.split_once(close)?.0.to_owned());
        let answer = match (between("<first>\n", "\n</first>"), between("<second>\n", "\n</second>")) {
            (Some(first), Some(second)) => {
                let equivalence = if first == second { 100 } else { 40 };
                json!({"only_first": [], "only_second": ["a fact"], "equivalence": equivalence}).to_string()
            }
            _ => between("<text>\n", "\n</text>").unwrap(),
        };
        ResponseTemplate::new(200).set_body_json(json!({
            "choices": [{"index": 0, "message": {"role": "assistant", "content": answer}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": user.len() / 4, "completion_tokens": answer.len() / 4}
        }))
    }
}

/// A server, and the runtime that it lives in.
struct Served {
    runtime: Runtime,
    server: MockServer,
}

impl Served {
    fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let server = runtime.block_on(async {
            let server = MockServer::start().await;
            let endpoint = Mock::given(method("POST")).and(path("/v1/chat/completions"));
            endpoint.respond_with(Parrot).mount(&server).await;
            server
        });
        Self { runtime, server }
    }

    fn calls(&self) -> usize {
        self.runtime.block_on(self.server.received_requests()).unwrap().len()
    }

    fn settings(&self) -> String {
        let address = self.server.uri();
        format!("[providers.local]\nbase_url = \"{address}/v1\"\n[models.\"local/tiny\"]\ninput = 1.0\noutput = 2.0\n")
    }
}

fn examples(scratch: &Scratch) -> Vec<Value> {
    scratch.read("run/examples.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_model_is_asked_about_both_forms_and_a_second_run_pays_nothing() {
    let served = Served::start();
    let scratch = scratch(&[("pairs.jsonl", &pairs(3)), ("validate.toml", &served.settings())]);
    let typed = [
        "pairs",
        "pairs.jsonl",
        "--model",
        MODEL,
        "--judge",
        MODEL,
        "--limit-usd",
        "1",
        "--out",
        "run",
        "--cache",
        "kept",
    ];
    let run = scratch.run(&typed).expect(1);
    assert!(run.out.contains("| local/tiny | question answering | 3 |"), "{}", run.out);
    assert!(run.out.contains("| noise floor |"), "{}", run.out);
    // Two tasks, each about original, shorter form and the original again; judged both ways, and so the noise floor. That
    // has equal answers, so that its two orders are one request, the same for both tasks' samples of one question.
    let first = served.calls();
    assert_eq!(first, 3 * (2 * 3 + 2 * 3));
    let answers = examples(&scratch)[0]["answers"].as_array().unwrap().clone();
    assert_eq!(answers.len(), 2);
    let measures = &answers[0]["measures"];
    assert_eq!((measures["judge"].as_f64(), measures["noise_floor"].as_f64().map(f64::round)), (Some(0.4), Some(1.0)));
    assert_eq!(answers[0]["judgement"]["votes"][0]["agrees_with_itself"], true);
    let header: Value = serde_json::from_str(&scratch.read("run/run.json")).unwrap();
    assert_eq!((&header["models"][0], &header["judges"][0]), (&json!("local/tiny"), &json!("local/tiny")));
    assert_eq!(header["prompt_version"], "tasks-1, judge-1");

    let again = scratch.run(&["pairs", "pairs.jsonl", "--model", MODEL, "--judge", MODEL, "--cache", "kept"]).expect(1);
    assert_eq!(served.calls(), first, "all answers are in the cache");
    again.says("billed 0.00 USD");
}

#[test]
fn a_dry_run_says_what_it_will_cost_and_asks_nobody() {
    let served = Served::start();
    let scratch = scratch(&[("pairs.jsonl", &pairs(3)), ("validate.toml", &served.settings())]);
    let run = scratch
        .run(&["pairs", "pairs.jsonl", "--model", MODEL, "--judge", MODEL, "--cache", "kept", "--dry-run"])
        .expect(0);
    assert!(
        run.out.starts_with("| model | for | calls | in the cache | tokens in | tokens out | USD |"),
        "{}",
        run.out
    );
    assert!(run.out.contains("| local/tiny | judge | 24 | 0 |"), "{}", run.out);
    assert_eq!(served.calls(), 0);
}

#[test]
fn a_limit_stops_the_run_which_goes_on_without_paying_twice() {
    let served = Served::start();
    let scratch = scratch(&[("pairs.jsonl", &pairs(40)), ("validate.toml", &served.settings())]);
    let typed = |more: &[&'static str]| {
        [&["pairs", "pairs.jsonl", "--model", MODEL, "--out", "run", "--cache", "kept"], more].concat()
    };
    let run = scratch.run(&typed(&["--limit-usd", "0.02"])).expect(2);
    run.says("the limit of 0.0200 USD for a run leaves no room").says("--resume");
    let paid = served.calls();
    assert!(paid > 0 && paid < 240, "{paid}");
    scratch.run(&typed(&["--resume", "--limit-usd", "5"])).expect(1);
    assert_eq!(served.calls(), 40 * 2 * 3, "what was answered was not asked again");
    assert_eq!(examples(&scratch).len(), 40);
}

#[test]
fn a_run_that_is_killed_goes_on_without_paying_twice() {
    let served = Served::start();
    let scratch = scratch(&[("pairs.jsonl", &pairs(64)), ("validate.toml", &served.settings())]);
    let typed = ["pairs", "pairs.jsonl", "--model", MODEL, "--out", "run", "--cache", "kept"];
    let mut command: Command = scratch.command();
    let mut child: Child = command.args(typed).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while served.calls() < 100 {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    scratch.run(&[&typed[..], &["--resume"]].concat()).expect(1);
    assert_eq!(examples(&scratch).len(), 64);
    // What was under way when it was killed is lost: at most a call for each lane.
    let calls = served.calls();
    assert!((64 * 6..=64 * 6 + 64).contains(&calls), "{calls}");
}

#[test]
fn what_cannot_be_asked_is_told_before_anything_is_paid() {
    let served = Served::start();
    let broken = served.settings() + "[limit]\n";
    let scratch = scratch(&[("pairs.jsonl", &pairs(1)), ("broken.toml", &broken)]);
    let refused = |more: &[&str]| scratch.run(&[&["pairs", "pairs.jsonl"], more].concat()).expect(2);
    refused(&["--model", MODEL, "--settings", "broken.toml"]).says("unknown field `limit`");
    refused(&["--model", "nobody:x"])
        .says("no provider is called `nobody`; known are anthropic, gemini, local, openai");
    refused(&["--model", "openai:gpt-99", "--limit-usd", "1"]).says("no price is known for openai/gpt-99");
    refused(&["--model", "gpt-4o"]).says("names no model: write provider:model");
    assert_eq!(served.calls(), 0);
}
