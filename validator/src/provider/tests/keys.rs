//! Keys are sent and shown nowhere; what is missing is told before the first call.

use super::*;

#[tokio::test]
async fn no_key_is_in_the_cache_an_error_or_an_address() {
    for (model, header) in [
        ("anthropic:claude-haiku-4-5", "x-api-key"),
        ("openai:gpt-4o", "authorization"),
        ("gemini:gemini-2.5-pro", "x-goog-api-key"),
    ] {
        let echo = json!({"error": {"message": format!("wrong key {KEY}, see {}…", &KEY[..12]), "type": "authentication_error"}});
        let server = server(vec![ResponseTemplate::new(401).set_body_json(echo)]).await;
        let setup = Setup::at(&server.uri());
        let gateway = setup.gateway(&[model]).unwrap();
        let error = gateway.ask(&request(model, "Hello")).await.unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(told.contains("wrong key [key]") && !told.contains("sk-test"), "{told}");
        let sent = server.received_requests().await.unwrap().remove(0);
        assert!(sent.headers[header].to_str().unwrap().ends_with(KEY));
        assert!(!sent.url.as_str().contains("sk-test") && !String::from_utf8_lossy(&sent.body).contains("sk-test"));
    }
    let server = server(vec![good(completion("four", 8, 1))]).await;
    let setup = Setup::at(&server.uri()).with("[limits]\nusd_per_day = 1.0\n");
    setup.gateway(&["openai:gpt-4o"]).unwrap().ask(&request("openai:gpt-4o", "Hello")).await.unwrap();
    let written = setup.written();
    assert!(written.contains("four") && !written.contains("sk-test"), "{written}");
}

#[tokio::test]
async fn a_key_that_is_missing_is_told_before_the_first_call() {
    let server = server(vec![good(completion("four", 8, 1))]).await;
    let setup = Setup::at(&server.uri());
    let settings = Settings::parse("", Path::new("validate.toml")).unwrap();
    let keys = Keys::new(|_| None, "").unwrap();
    let models = ["anthropic:claude-haiku-4-5", "local:tiny"].map(|name| name.parse::<ModelName>().unwrap());
    let gateway = Gateway::new(&settings, &keys, models, setup.machine()).unwrap();
    let told = gateway.ready().unwrap_err().to_string();
    assert_eq!(
        told,
        "anthropic/claude-haiku-4-5 needs a key: set ANTHROPIC_API_KEY in the environment or in a .env file"
    );
    assert_eq!(calls(&server).await, 0);
}

#[tokio::test]
async fn a_limit_needs_prices() {
    let router = "[providers.router]\napi = \"openai-compatible\"\nbase_url = \"https://router.example/v1\"\n";
    let model = "router:meta/llama";
    let free = Setup::at("http://127.0.0.1:9").with(router);
    let gateway = free.gateway(&[model]).unwrap();
    assert_eq!(gateway.unpriced().map(ToString::to_string).collect::<Vec<_>>(), ["router/meta/llama"]);
    let limited = Setup::at("http://127.0.0.1:9").with(router).with("[limits]\nusd_per_run = 1.0\n");
    let told = limited.gateway(&[model]).err().unwrap().to_string();
    assert!(told.contains("add [models.\"router/meta/llama\"] with `input` and `output` in USD"), "{told}");
    let priced = limited.with("[models.\"router/meta/llama\"]\ninput = 0.1\noutput = 0.2\n");
    assert!(priced.gateway(&[model]).is_ok());
}
