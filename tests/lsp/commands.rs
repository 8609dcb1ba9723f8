//! Commands: each does what the request of its name does.

use serde_json::{Value, json};
use server::lsp::{Direction, METHODS};

use crate::capabilities::{bare, plain};
use crate::client::{Answer, Client};
use crate::samples::{PROSE, SHOP};

/// Asks for each of our methods once, in an order in which each has something to do.
async fn session(client: &Client, by_command: bool) -> Vec<(&'static str, Answer)> {
    let uri = client.open("file:///project/notes.md", "markdown", PROSE);
    let place = json!({ "uri": uri });
    let mut answers: Vec<(&'static str, Answer)> = Vec::new();
    for (name, params) in [
        ("compress", json!({ "document": place, "budget": { "tokens": 100 } })),
        ("count", json!({ "text": PROSE, "tokenizer": "claude" })),
        ("expand", json!({ "handle": null })),
        ("estimate", json!({ "document": place, "level": "tight" })),
        ("blockAt", json!({ "uri": place["uri"], "position": { "line": 0, "character": 0 } })),
        ("basket/add", json!({ "document": place })),
        ("basket/list", json!({})),
        ("basket/compress", json!({ "level": "tight", "query": "What must not be done?" })),
        ("basket/remove", json!({ "id": 1 })),
        ("basket/clear", json!({})),
        ("models/list", json!({})),
        ("models/select", json!({})),
        ("models/reload", json!({})),
        ("status", json!({})),
        ("viewText", place.clone()),
        ("run", json!({ "act": "basketAdd", "what": "file", "document": place })),
        // What is refused is refused alike.
        ("basket/remove", json!({ "id": 77 })),
        ("compress", json!({})),
        ("compress", json!({ "text": PROSE, "level": "extreme" })),
        ("compress", json!({ "text": PROSE, "budget": { "ratio": 7.0 } })),
        ("count", json!({ "text": "x", "tokenizer": "abacus" })),
        ("expand", json!({ "handle": "none of ours" })),
        ("viewText", json!({ "uri": "file:///not/open.md" })),
    ] {
        let mut params = params;
        if params["handle"] == Value::Null && name == "expand" {
            params["handle"] = answers[0].1.as_ref().unwrap()["handle"].clone();
        }
        let answer = if by_command {
            let command = format!("compressionLayer.{}", name.replace('/', "."));
            client.request("workspace/executeCommand", json!({ "command": command, "arguments": [params] })).await
        } else {
            client.request(&format!("compressionLayer/{name}"), params).await
        };
        answers.push((name, answer));
    }
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn each_command_does_what_its_request_does() {
    let (asking, commanding) = (Client::start(bare(), Value::Null).await, Client::start(bare(), Value::Null).await);
    let answers = session(&asking, false).await;
    for ((name, expected), (_, answer)) in answers.iter().zip(session(&commanding, true).await) {
        // serde says where in the text of a message it found a fault, and a value has no places.
        assert_eq!(&answer, expected, "{name}");
    }
    for method in METHODS.iter().filter(|method| method.direction == Direction::ToServer) {
        let (_, answer) = answers.iter().find(|(name, _)| method.name == format!("compressionLayer/{name}")).unwrap();
        assert!(answer.is_ok(), "{}: {answer:?}", method.name);
    }
    assert_eq!(answers[2].1, Ok(json!({ "text": PROSE })), "the original, byte for byte");
    asking.finish().await;
    commanding.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_commands_are_told_of() {
    let client = Client::start(plain(), Value::Null).await;
    let told = &client.agreed["capabilities"]["executeCommandProvider"]["commands"];
    let known: Vec<_> = METHODS.iter().filter_map(|method| method.command).collect();
    assert_eq!(told, &json!(known));
    let message =
        client.refused("workspace/executeCommand", json!({ "command": "compressionLayer.explode" }), -32602).await;
    assert!(message.contains("use one of compressionLayer.compress, "), "{message}");
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_may_come_without_arguments() {
    let client = Client::start(bare(), Value::Null).await;
    for arguments in
        [json!({}), json!({ "arguments": [] }), json!({ "arguments": [null] }), json!({ "arguments": [{}] })]
    {
        let mut params = arguments;
        params["command"] = json!("compressionLayer.status");
        assert_eq!(client.ok("workspace/executeCommand", params).await["modelState"], "loaded");
    }
    client
        .refused("workspace/executeCommand", json!({ "command": "compressionLayer.run", "arguments": [7] }), -32602)
        .await;
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn steering_counts_for_a_request_and_form_for_its_text() {
    let client = Client::start(bare(), Value::Null).await;
    let compress = |params: Value| client.ok("compressionLayer/compress", params);
    let safe = compress(json!({ "text": PROSE, "level": "safe", "tokenizer": "cl100k_base" })).await;
    assert_eq!(
        (&safe["receipt"]["level"], &safe["receipt"]["tokens"]["tokenizer"]),
        (&json!("safe"), &json!("cl100k_base"))
    );
    let half = compress(json!({ "text": PROSE, "level": "tight", "budget": { "ratio": 0.5 } })).await;
    let tokens = |name: &str| half["receipt"]["tokens"][name].as_f64().unwrap();
    assert!(tokens("after") <= 0.5 * tokens("before"), "{half}");
    let chat = compress(json!({ "text": "x = 1   \n\n\n", "language": "py", "form": "chat" })).await;
    assert!(chat["text"].as_str().unwrap().starts_with("```python\nx"), "{chat}");
    let message =
        client.refused("compressionLayer/compress", json!({ "text": "x", "language": "klingon" }), -32602).await;
    assert!(message.contains("unknown language `klingon`: use one of "), "{message}");
    for method in ["compressionLayer/compress", "compressionLayer/estimate"] {
        let params = json!({ "text": "x", "document": { "uri": "file:///a.md" }, "level": "extreme" });
        let message = client.refused(method, params, -32602).await;
        assert!(message.ends_with("unknown level `extreme`: use one of safe, balanced, tight, skeleton"), "{message}");
    }
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn around_a_focus_stays_the_skeleton() {
    let client = Client::start(bare(), Value::Null).await;
    let uri = client.open("shop.py", "python", SHOP);
    let document = json!({ "uri": uri });
    let place = client.range(&uri, "sum(numbers)");
    for params in [
        json!({ "document": document, "focus": { "name": "login" } }),
        json!({ "document": document, "focus": { "range": place } }),
        json!({ "text": SHOP, "language": "python", "level": "tight", "focus": { "range": place } }),
    ] {
        let text = client.ok("compressionLayer/compress", params).await["text"].clone();
        let text = text.as_str().unwrap();
        for kept in ["def used(text):\n parts", "return sum(numbers)", "def other(name): ... # 3 lines"] {
            assert!(text.contains(kept), "{kept}: {text}");
        }
    }
    let mild = json!({ "text": SHOP, "level": "balanced", "focus": { "name": "login" } });
    let message = client.refused("compressionLayer/compress", mild, -32602).await;
    assert!(message.contains("a focus needs level tight or skeleton"), "{message}");
    client.finish().await;
}
