//! Secrets in a text that is about to leave the editor: found by the shapes that providers give their keys, and by names
//! that say what stands beside them.
//!
//! Invariants
//! - secrets are in order and do not overlap; what is masked has no secret left
//!   (`tests::any_text_is_masked_once_and_for_all`);
//! - hashes, UUIDs, placeholders and names of variables are none (`tests::what_is_no_secret_is_left_alone`);
//! - time grows linearly with the text: whatever is looked at behind a beginning is bounded or is passed over
//!   (`tests::hostile_texts_take_linear_time`).
//!
//! Deliberately absent: asking a provider whether a key is alive, and any promise that a text without finds has no secret.

mod assigned;
mod chance;
mod shapes;

use std::ops::Range;

/// A secret in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// Bytes of the text: the value alone, without its name and quotes; of a private key the whole block.
    pub range: Range<usize>,
    /// What sort of secret.
    pub kind: SecretKind,
}

/// A sort of secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecretKind {
    /// Names an AWS key pair.
    AwsAccessKeyId,
    /// The secret half of an AWS key pair.
    AwsSecretAccessKey,
    /// GitHub, personal or of an app.
    GithubToken,
    /// GitLab.
    GitlabToken,
    /// Slack, of a bot, a user or an app.
    SlackToken,
    /// An address of Slack that takes messages from anyone.
    SlackWebhook,
    /// `OpenAI`.
    OpenaiKey,
    /// Anthropic.
    AnthropicKey,
    /// Google.
    GoogleApiKey,
    /// Stripe, of a live account.
    StripeKey,
    /// npm.
    NpmToken,
    /// `PyPI`.
    PypiToken,
    /// Hugging Face.
    HuggingFaceToken,
    /// A signed JSON Web Token.
    Jwt,
    /// A private key in PEM form.
    PrivateKey,
    /// Within a URL.
    UrlPassword,
    /// In an `Authorization` header.
    Authorization,
    /// A random value beside a name that calls it a secret.
    Assigned,
}

impl SecretKind {
    /// The name in masks: `<masked:github-token>`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.texts().0
    }

    /// What a person is told: completes "this looks like ...".
    #[must_use]
    pub fn description(self) -> &'static str {
        self.texts().1
    }

    /// What stands in its place: `<masked:name>`.
    #[must_use]
    pub fn mask(self) -> String {
        format!("<masked:{}>", self.name())
    }

    fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::AwsAccessKeyId => ("aws-access-key-id", "the id of an AWS access key"),
            Self::AwsSecretAccessKey => ("aws-secret-access-key", "an AWS secret access key"),
            Self::GithubToken => ("github-token", "a GitHub token"),
            Self::GitlabToken => ("gitlab-token", "a GitLab token"),
            Self::SlackToken => ("slack-token", "a Slack token"),
            Self::SlackWebhook => ("slack-webhook", "the address of a Slack webhook"),
            Self::OpenaiKey => ("openai-key", "an OpenAI API key"),
            Self::AnthropicKey => ("anthropic-key", "an Anthropic API key"),
            Self::GoogleApiKey => ("google-api-key", "a Google API key"),
            Self::StripeKey => ("stripe-key", "a Stripe key of a live account"),
            Self::NpmToken => ("npm-token", "an npm token"),
            Self::PypiToken => ("pypi-token", "a PyPI token"),
            Self::HuggingFaceToken => ("hugging-face-token", "a Hugging Face token"),
            Self::Jwt => ("jwt", "a signed JSON Web Token"),
            Self::PrivateKey => ("private-key", "a private key"),
            Self::UrlPassword => ("url-password", "a password within a URL"),
            Self::Authorization => ("authorization", "the credential of an Authorization header"),
            Self::Assigned => ("secret", "a secret: a random value beside a name that calls it one"),
        }
    }
}

/// The secrets of a text, in order.
#[must_use]
pub fn find(text: &str) -> Vec<Secret> {
    let mut found = shapes::find(text);
    // What has a shape says more than what has a name only.
    let named = assigned::find(text);
    found.sort_by_key(|secret| secret.range.start);
    let mut all: Vec<Secret> = Vec::with_capacity(found.len() + named.len());
    for secret in found {
        if all.last().is_none_or(|last| last.range.end <= secret.range.start) {
            all.push(secret);
        }
    }
    let shaped = all.len();
    for secret in named {
        let after = all[..shaped].partition_point(|known| known.range.end <= secret.range.start);
        if after == shaped || all[after].range.start >= secret.range.end {
            all.push(secret);
        }
    }
    all.sort_by_key(|secret| secret.range.start);
    all
}

/// The text with `<masked:name>` in place of each secret; `None` where none is found.
#[must_use]
pub fn mask(text: &str) -> Option<String> {
    let mut masked = masked_once(text, &find(text))?;
    // What was too far apart before a mask came between may be close enough now. Each time less is left that no mask is.
    while let Some(further) = masked_once(&masked, &find(&masked)) {
        masked = further;
    }
    Some(masked)
}

/// The text with these secrets masked; `None` where that changes nothing.
fn masked_once(text: &str, secrets: &[Secret]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for Secret { range, kind } in secrets {
        out.push_str(&text[from..range.start]);
        out.push_str(&kind.mask());
        from = range.end;
    }
    out.push_str(&text[from..]);
    (out != text).then_some(out)
}

#[cfg(test)]
mod tests;
