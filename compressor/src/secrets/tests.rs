//! No secret stands whole in this file, so that scanners of this repository find none.

use proptest::prelude::*;

use super::*;

const WORD: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEX: &str = "0123456789abcdef";

/// So many characters of an alphabet, always the same.
fn drawn(alphabet: &str, length: usize) -> String {
    let mut state = 0x9e37_79b9_u32 ^ u32::try_from(length).expect("short");
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        alphabet.as_bytes()[(state >> 16) as usize % alphabet.len()] as char
    };
    (0..length).map(|_| next()).collect()
}

fn word(length: usize) -> String {
    drawn(WORD, length)
}

/// Three parts of base64url.
fn web_token() -> String {
    ["eyJhbGciOiJIUzI1NiIsInR5cCI6", "IkpXVCJ9.", &word(60), ".", &word(43)].concat()
}

fn private_key(label: &str) -> String {
    let lines: String = (60..70).map(|length| word(length) + "\n").collect();
    format!("-----BEGIN {label}-----\n{lines}-----END {label}-----")
}

/// Checks that in `before + secret + after` exactly the secret is found.
#[track_caller]
fn check(kind: SecretKind, before: &str, secret: &str, after: &str) {
    let text = [before, secret, after].concat();
    let found: Vec<(SecretKind, &str)> =
        find(&text).into_iter().map(|found| (found.kind, &text[found.range])).collect();
    assert_eq!(found, [(kind, secret)], "{text}");
    assert_eq!(mask(&text), Some(format!("{before}<masked:{}>{after}", kind.name())));
}

#[test]
fn what_has_a_shape_is_found() {
    for (kind, begins, body) in [
        (SecretKind::AwsAccessKeyId, "AKIA", drawn(UPPER, 16)),
        (SecretKind::AwsAccessKeyId, "ASIA", drawn(UPPER, 16)),
        (SecretKind::GithubToken, "ghp_", word(36)),
        (SecretKind::GithubToken, "gho_", word(36)),
        (SecretKind::GithubToken, "ghs_", word(36)),
        (SecretKind::GithubToken, "github_pat_", [&word(22), "_", &word(59)].concat()),
        (SecretKind::GitlabToken, "glpat-", word(20)),
        (SecretKind::SlackToken, "xoxb-", ["123401234012-", "123401234012-", &word(24)].concat()),
        (SecretKind::SlackWebhook, "hooks.slack.com/services/", ["T01AB23CD/", "B01AB23CD/", &word(24)].concat()),
        (SecretKind::OpenaiKey, "sk-", word(48)),
        (SecretKind::OpenaiKey, "sk-proj-", [&word(40), "-", &word(20), "_", &word(30)].concat()),
        (SecretKind::AnthropicKey, "sk-ant-", ["api03-", &word(80), "-", &word(10), "AA"].concat()),
        (SecretKind::GoogleApiKey, "AIza", word(35)),
        (SecretKind::StripeKey, "sk_live_", word(24)),
        (SecretKind::StripeKey, "rk_live_", word(24)),
        (SecretKind::NpmToken, "npm_", word(36)),
        (SecretKind::PypiToken, "pypi-", ["AgEIcHlwaS5vcmc", &word(120)].concat()),
        (SecretKind::HuggingFaceToken, "hf_", word(34)),
    ] {
        let secret = [begins, &body].concat();
        check(kind, "Use ", &secret, " for it.\n");
        check(kind, "key = \"", &secret, "\"\n");
        check(kind, "API_TOKEN=", &secret, "\n");
        check(kind, "", &secret, "");
    }
}

#[test]
fn tokens_keys_and_passwords_are_found_whole() {
    check(SecretKind::Jwt, "token: ", &web_token(), "\n");
    check(SecretKind::Jwt, "Authorization: Bearer ", &web_token(), "'");
    for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"] {
        check(SecretKind::PrivateKey, "the key:\n", &private_key(label), "\nand more\n");
    }
    let cut = private_key("EC PRIVATE KEY").replace("\n-----END EC PRIVATE KEY-----", "");
    check(SecretKind::PrivateKey, "", &cut, "\n\n(cut off here)");
    check(SecretKind::UrlPassword, "postgres://app:", "h7Gq-x2", "@db.internal:5432/orders");
    check(SecretKind::UrlPassword, "DATABASE_URL=mysql://root:", &word(18), "@10.0.0.3/x");
    check(SecretKind::Authorization, "curl -H \"Authorization: Bearer ", &word(40), "\" https://a.b/c");
    check(SecretKind::Authorization, "{\"authorization\": \"Basic ", &(word(30) + "=="), "\"}");
}

#[test]
fn what_a_name_calls_a_secret_is_found() {
    let aws = [&word(20), "/", &word(19)].concat();
    check(SecretKind::AwsSecretAccessKey, "aws_secret_access_key = ", &aws, "\n");
    check(SecretKind::AwsSecretAccessKey, "\"SecretAccessKey\": \"", &aws, "\",");
    for (before, after) in [
        ("API_KEY=", "\n"),
        ("api_key = \"", "\""),
        ("const apiKey: string = '", "';"),
        ("pub const TOKEN: &str = \"", "\";"),
        ("  client_secret: ", "\n"),
        ("\"password\": \"", "\""),
        ("config['db_password'] = '", "'"),
        ("export SERVICE_TOKEN=", " && run"),
        ("credentials => \"", "\""),
        ("SIGNING_KEY := `", "`"),
    ] {
        check(SecretKind::Assigned, before, &word(32), after);
    }
    check(SecretKind::Assigned, "SECRET_KEY = b'", &drawn(HEX, 64), "'");
    check(SecretKind::Assigned, "auth_token: ", &drawn(HEX, 32), "\n");
    check(SecretKind::Assigned, "password = \"", "Gr4nd-pi4no!9Lxq7", "\"");
}

#[test]
fn what_is_no_secret_is_left_alone() {
    let hash = drawn(HEX, 64);
    let commit = drawn(HEX, 40);
    for text in [
        format!("sha256 = \"{hash}\""),
        format!("key: {hash}"),
        format!("token_hash = '{hash}'"),
        format!("cache_key: {commit}"),
        format!("commit {commit}"),
        format!("checksum = \"{hash}\""),
        format!("\"integrity\": \"sha512-{}==\"", word(86)),
        format!("public_key = \"{}\"", word(44)),
        "secret_id: 123e4567-e89b-12d3-a456-426614174000".to_owned(),
        "API_KEY=your-api-key-here".to_owned(),
        "API_KEY=\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"".to_owned(),
        "token: <token>".to_owned(),
        "token = ${TOKEN}".to_owned(),
        "password = \"${DB_PASSWORD_PRODUCTION_1}\"".to_owned(),
        "api_key = os.environ[\"SERVICE_API_KEY_2024\"]".to_owned(),
        "apiKey: process.env.SERVICE_API_KEY_2024,".to_owned(),
        "const token = await getServiceToken2024(client42, session7);".to_owned(),
        "token_url = \"https://auth.internal/v2/oauth2/token1234\"".to_owned(),
        "key_file: /etc/ssl/private/server4key2024v3.pem".to_owned(),
        "api_key = \"service4key2024v3a.json\"".to_owned(),
        "primary_key: user_account_identifier".to_owned(),
        "token_expires: 2024-01-01T00:00:00.000+0000".to_owned(),
        "tokenizer = \"o200k_base_v2_and_cl100k_base\"".to_owned(),
        "mail someone@example.com about https://user:hunter22@example.com/".to_owned(),
        "postgres://user:password@localhost/db and postgres://postgres:postgres@db".to_owned(),
        "redis://:${REDIS_PASSWORD}@cache and ssh://git@host:22/x".to_owned(),
        "let key = \"SslGeneratePreMasterKeyFnOfGaugeTypeId\";".to_owned(),
        format!("token: '0x{commit}'"),
        r#"key = r"SOFTWARE\WOW6432Node\Microsoft\VisualStudio\SxS\VS7""#.to_owned(),
        "Authorization: Bearer <your token>".to_owned(),
        "Authorization: Bearer YOUR_ACCESS_TOKEN_HERE_123".to_owned(),
        "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJB\n-----END PUBLIC KEY-----".to_owned(),
        "a file that begins with -----BEGIN RSA PRIVATE KEY----- is a key".to_owned(),
        ["AKIA", "IOSFODNN7EXAMPLE"].concat(),
        ["ghp_", &"a".repeat(36)].concat(),
        ["sk-", "your-key-goes-here-1234567890"].concat(),
        format!("task-{} and disk-{}", word(30), word(30)),
        "eyJub3QiOiJhIGhlYWRlciJ9.eyJhIjoxfQ.c2lnbmF0dXJl".to_owned(),
        "eyJhbGciOiJub25lIn0.".to_owned(),
        "key == other_key_1 && token != next2token3of4".to_owned(),
        "<masked:github-token>, key=<masked:secret>".to_owned(),
    ] {
        let found: Vec<(SecretKind, &str)> =
            find(&text).into_iter().map(|found| (found.kind, &text[found.range])).collect();
        assert_eq!(found, [], "{text}");
        assert_eq!(mask(&text), None);
    }
}

#[test]
fn each_kind_has_a_name_of_its_own() {
    let text =
        [&private_key("PRIVATE KEY"), "\n", &["ghp_", &word(36)].concat(), "\npassword: ", &word(20), "\n"].concat();
    let masked = mask(&text).expect("three secrets");
    assert_eq!(masked, "<masked:private-key>\n<masked:github-token>\npassword: <masked:secret>\n");
    assert_eq!(SecretKind::Jwt.description(), "a signed JSON Web Token");
}

#[test]
fn hostile_texts_take_linear_time() {
    for piece in [
        "eyJ",
        "eyJ.",
        "=eyJaaaa.bbbb.",
        "-----BEGIN RSA PRIVATE KEY-----\n",
        "://a:",
        "a://b:c",
        "key=",
        "key:",
        "key\"",
        "tokentoken",
        "authorization:",
        "sk-",
        "hooks.slack.com/services/",
        "password = \"",
    ] {
        let text = piece.repeat((2 << 20) / piece.len());
        // Were any of these quadratic, the test would not end.
        drop(find(&text));
    }
}

#[test]
fn what_a_mask_brings_together_is_masked_too() {
    let text = "-----BEGIN sk-Aaa00aa0A0AA0aAbb11C2Bearer ghp_⁴PRIVATE KEY-----Authorization00AaaA000AAAA00aA00";
    let masked = mask(text).expect("it holds a secret");
    assert_eq!(mask(&masked), None, "{masked}");
}

proptest! {
    #[test]
    fn any_text_is_masked_once_and_for_all(
        text in "(\\PC|[ \n\"'=:@/.-]|key|token|password|://|eyJ|sk-|ghp_|-----BEGIN |PRIVATE KEY-----|Authorization|Bearer |[a-zA-Z0-9]{1,40}){0,40}",
    ) {
        let secrets = find(&text);
        let mut end = 0;
        for secret in &secrets {
            prop_assert!(secret.range.start >= end && text.get(secret.range.clone()).is_some_and(|text| !text.is_empty()));
            end = secret.range.end;
        }
        match mask(&text) {
            None => prop_assert!(secrets.is_empty()),
            Some(masked) => prop_assert_eq!(mask(&masked), None, "{}", text),
        }
    }
}
