//! Hover: over a compressed block stands its receipt, until the block is edited.

use serde_json::{Value, json};

use crate::actions::{choose, offered, titled};
use crate::capabilities::{plain, with};
use crate::client::Client;
use crate::samples::PROSE;

async fn hover(client: &Client, uri: &str, part: &str) -> Value {
    let position = client.range(uri, part)["start"].clone();
    client.ok("textDocument/hover", json!({ "textDocument": { "uri": uri }, "position": position })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_compressed_block_shows_its_receipt_until_it_is_edited() {
    let client = Client::start(plain(), Value::Null).await;
    let uri = client.open("notes.md", "markdown", &format!("# Before\n\n{PROSE}\nBehind it.\n"));
    assert_eq!(hover(&client, &uri, "Tuesday").await, Value::Null);
    let actions = offered(&client, &uri, PROSE.trim()).await;
    let resolved = client.ok("codeAction/resolve", titled(&actions, "Compress selection (balanced)").clone()).await;
    assert_eq!(hover(&client, &uri, "Tuesday").await, Value::Null, "it is not applied yet");
    choose(&client, &resolved).await;
    let shown = hover(&client, &uri, "Tuesday").await;
    let text = shown["contents"]["value"].as_str().unwrap();
    assert_eq!(shown["contents"]["kind"], "markdown");
    assert!(text.starts_with("**compressed**: 10") && text.contains("0 atoms lost"), "{text}");
    let handle = text.split('`').nth(1).expect("the handle stands in it");
    let original = client.ok("compressionLayer/expand", json!({ "handle": handle })).await;
    assert_eq!(original["text"], PROSE.trim());
    assert_eq!(shown["range"]["start"], json!({ "line": 2, "character": 0 }));
    for outside in ["Before", "Behind"] {
        assert_eq!(hover(&client, &uri, outside).await, Value::Null, "{outside}");
    }
    client.edit(&uri, "# Before", "# Long\n# before");
    assert_eq!(hover(&client, &uri, "Tuesday").await["range"]["start"]["line"], 3, "it follows the text");
    client.edit(&uri, "Tuesday", "Monday");
    assert_eq!(hover(&client, &uri, "Monday").await, Value::Null);
    client.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_without_markdown_gets_plain_text() {
    let client = Client::start(with(plain(), "/textDocument/hover", json!({})), Value::Null).await;
    let uri = client.open("notes.md", "markdown", PROSE);
    client.ok("compressionLayer/run", json!({ "act": "replace", "what": "file", "document": { "uri": uri } })).await;
    client.said("workspace/applyEdit").await;
    let shown = hover(&client, &uri, "Tuesday").await;
    assert_eq!(shown["contents"]["kind"], "plaintext");
    assert!(shown["contents"]["value"].as_str().unwrap().starts_with("compressed: "), "{shown}");
    client.finish().await;
}
