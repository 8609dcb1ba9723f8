//! What is known of a model: its price, and what its API takes.
//!
//! Invariants
//! - the table that is built in has no key that the settings lack (`tests::the_table_reads`);
//! - a dated name has the row of the name without its date (`tests::a_dated_name_has_the_row_of_its_model`).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::cost::{Long, Price};
use super::{ModelName, Request};

/// What a model's API takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits {
    /// Whether a temperature may be sent; models that refuse one answer with their own.
    pub temperature: bool,
    /// Tokens that it may think before it answers, on top of those of the answer.
    pub thinking_tokens: u32,
    /// Fields to be set in each body, as the settings have them.
    pub body: Map<String, Value>,
}

impl Traits {
    /// Tokens that may come out, thinking included.
    #[must_use]
    pub fn max_tokens(&self, request: &Request) -> u32 {
        request.max_tokens.saturating_add(self.thinking_tokens)
    }
}

/// A row of `[models]` in the settings and in the built-in table.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSettings {
    /// USD per million tokens going in.
    pub input: Option<f64>,
    /// USD per million tokens coming out.
    pub output: Option<f64>,
    /// USD per million tokens going in that were cached by the provider; that of `input` if not given.
    pub cached: Option<f64>,
    /// Above so many tokens going in, prices are multiplied by `long_factor`.
    pub long_from: Option<u64>,
    /// What prices are multiplied by above `long_from`.
    pub long_factor: Option<f64>,
    /// Whether a temperature may be sent.
    pub temperature: Option<bool>,
    /// Tokens that the model may think on top of those of its answer.
    pub thinking_tokens: Option<u32>,
    /// Fields to be set in each body.
    pub body: Option<toml::Table>,
}

impl ModelSettings {
    /// This row, with what it lacks taken from another.
    fn or(self, other: Self) -> Self {
        let own_price = self.input.is_some() || self.output.is_some();
        // A price is taken whole or not at all: half of one model's and half of another's is nobody's.
        let price = if own_price { &self } else { &other };
        Self {
            input: price.input,
            output: price.output,
            cached: price.cached,
            long_from: price.long_from,
            long_factor: price.long_factor,
            temperature: self.temperature.or(other.temperature),
            thinking_tokens: self.thinking_tokens.or(other.thinking_tokens),
            body: self.body.or(other.body),
        }
    }

    /// The price, where both ways have one.
    #[must_use]
    pub fn price(&self) -> Option<Price> {
        let (input, output) = (self.input?, self.output?);
        let long = self.long_from.map(|from| Long { from, factor: self.long_factor.unwrap_or(1.0) });
        Some(Price { input, output, cached: self.cached.unwrap_or(input), long })
    }

    /// A number that no price is.
    pub(super) fn wrong_number(&self) -> Option<&'static str> {
        let numbers = [
            ("input", self.input),
            ("output", self.output),
            ("cached", self.cached),
            ("long_factor", self.long_factor),
        ];
        let wrong = |number: f64| !(number.is_finite() && (0.0..1e6).contains(&number));
        numbers.into_iter().find(|(_, number)| number.is_some_and(wrong)).map(|(name, _)| name)
    }

    /// What the API takes.
    ///
    /// # Errors
    /// A value of `body` that JSON has no form for.
    pub fn traits(&self) -> Result<Traits, serde_json::Error> {
        let body = self.body.clone().unwrap_or_default();
        Ok(Traits {
            temperature: self.temperature.unwrap_or(true),
            thinking_tokens: self.thinking_tokens.unwrap_or(0),
            body: body
                .into_iter()
                .map(|(key, value)| Ok((key, serde_json::to_value(value)?)))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// The row of a model: what the settings say, and for the rest what is built in.
pub(super) fn row(settings: &BTreeMap<ModelName, ModelSettings>, model: &ModelName) -> ModelSettings {
    let built_in = built_in();
    let known = built_in.get(model).or_else(|| built_in.get(&undated(model))).cloned();
    settings.get(model).cloned().unwrap_or_default().or(known.unwrap_or_default())
}

/// The table that is built in.
fn built_in() -> BTreeMap<ModelName, ModelSettings> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Table {
        models: BTreeMap<String, ModelSettings>,
    }
    let table: Table = toml::from_str(include_str!("models.toml")).expect("the built-in table is tested");
    let named = |(name, row): (String, _)| Some((name.parse().ok()?, row));
    table.models.into_iter().filter_map(named).collect()
}

/// The model without the date or `latest` at the end of its name: `-20251001`, `-2025-04-14`.
fn undated(model: &ModelName) -> ModelName {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let name = model.model.as_str();
    let parts: Vec<_> = name.rsplitn(4, '-').collect();
    let rest = match parts[..] {
        [day, month, year, rest] if digits(day, 2) && digits(month, 2) && digits(year, 4) => rest,
        _ => match name.rsplit_once('-') {
            Some((rest, last)) if digits(last, 8) || last == "latest" => rest,
            _ => name,
        },
    };
    ModelName { provider: model.provider.clone(), model: rest.to_owned() }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn known(name: &str) -> ModelSettings {
        row(&BTreeMap::new(), &name.parse().unwrap())
    }

    #[test]
    fn the_table_reads() {
        let table = built_in();
        assert!(table.len() > 20);
        for (name, row) in &table {
            let price = row.price().unwrap_or_else(|| panic!("{name} has no price"));
            assert!(price.output > price.input && price.input >= price.cached, "{name}: {price:?}");
            assert_eq!(row.wrong_number(), None, "{name}");
            assert_eq!(row.long_from.is_some(), row.long_factor.is_some(), "{name}");
        }
    }

    #[test]
    fn a_dated_name_has_the_row_of_its_model() {
        assert_eq!(known("anthropic:claude-haiku-4-5-20251001"), known("anthropic:claude-haiku-4-5"));
        assert_eq!(known("openai:gpt-4.1-2025-04-14"), known("openai:gpt-4.1"));
        assert_eq!(known("openai:gpt-4.1-2025-04-14").input, Some(2.0));
        assert_eq!(known("anthropic:claude-haiku-4-5-latest").input, Some(1.0));
        assert_eq!(known("openai:gpt-7").price(), None);
        assert_eq!(known("openai:gpt-4o-mini").price().map(|it| it.input), Some(0.15), "not that of gpt-4o");
        assert_eq!(known("openai:20251001"), ModelSettings::default());
    }

    #[test]
    fn what_the_settings_say_wins_and_a_price_is_taken_whole() {
        let name: ModelName = "openai:gpt-5.4".parse().unwrap();
        let own = |text: &str| BTreeMap::from([(name.clone(), toml::from_str(text).unwrap())]);
        let cheaper = row(&own("input = 1.0\noutput = 2.0"), &name);
        assert_eq!(cheaper.price(), Some(Price { input: 1.0, output: 2.0, cached: 1.0, long: None }));
        assert_eq!(cheaper.temperature, Some(false));
        let half = row(&own("input = 1.0"), &name);
        assert_eq!(half.price(), None);
        let other = row(&own("temperature = true"), &name);
        assert_eq!((other.temperature, other.input), (Some(true), Some(2.5)));
    }
}
