//! Asks models about original and shorter form, and judges about the answers.
//!
//! Invariants
//! - each model is asked the same about both forms, and once more about the original: two answers to one prompt differ too,
//!   and that difference is the noise floor (`tests/validator/models`);
//! - a refusal, and a judge without a verdict, fail the pair with a reason, never in silence
//!   (`tests::what_is_no_answer_fails_the_pair`);
//! - an example that could not be asked about is not finished, and asked about again by a run that goes on
//!   (`tests/validator/models`).
//!
//! Deliberately absent: prompts (`tasks`, `metric::judge`), and how a call is made (`provider`).

use std::sync::Arc;

use compressor::domain::Domain;
use compressor::engine::Cancel;
use compressor::error::CompressError;
use compressor::language::Language;
use futures::future::{join_all, join3};
use tokio::runtime::Runtime;

use crate::case::Case;
use crate::gate;
use crate::metric::{Compared, Meter, judge};
use crate::provider::estimate::Estimator;
use crate::provider::gateway::Gateway;
use crate::provider::{self, ModelName, ProviderError, Stop};
use crate::record::{Answer, Example, Measure, Measures, Reply, Thresholds, Verdict, Vote};
use crate::tasks::{self, Subject, Task};

/// Models that answer, and models that judge.
pub struct Interview {
    /// Asks.
    pub gateway: Gateway,
    /// Where calls wait.
    pub runtime: Runtime,
    /// Who answers.
    pub models: Vec<ModelName>,
    /// Who judges.
    pub judges: Vec<ModelName>,
    /// What passes.
    pub thresholds: Thresholds,
}

/// What came of a batch.
#[derive(Debug, Default)]
pub struct Held {
    /// Examples with all their answers.
    pub examples: Vec<Example>,
    /// Ids of those that lack one, with the reason.
    pub unanswered: Vec<(String, Arc<ProviderError>)>,
}

/// One model and task of one example.
struct Talk {
    example: usize,
    model: ModelName,
    task: Task,
    question: String,
    verbose: provider::Answer,
    compressed: provider::Answer,
    again: provider::Answer,
}

/// What is measured of a talk, and what judges say.
struct Heard {
    measures: Measures,
    floor: Measures,
    votes: Option<Votes>,
}

/// What the judges say of the two forms, and of the two answers to the original.
struct Votes {
    forms: Vec<Vote>,
    floor: Vec<Vote>,
    /// Judges without a verdict.
    silent: Vec<String>,
}

impl Interview {
    /// The versions of all prompts in use.
    #[must_use]
    pub fn prompt_version(&self) -> String {
        let judge = if self.judges.is_empty() { None } else { Some(judge::VERSION) };
        std::iter::once(tasks::VERSION).chain(judge).collect::<Vec<_>>().join(", ")
    }

    /// Asks about a batch.
    ///
    /// # Errors
    /// The encoder, or a wish to stop.
    pub fn hold(&self, examples: Vec<Example>, meter: &Meter, cancel: &Cancel) -> Result<Held, CompressError> {
        let mut errors: Vec<Option<Arc<ProviderError>>> = vec![None; examples.len()];
        let questions = examples.iter().enumerate().flat_map(|(index, example)| self.questions(index, example.domain));
        let talks = self.runtime.block_on(join_all(questions.map(|question| self.talk(&examples, question))));
        let mut held = Vec::new();
        for talk in talks {
            match talk {
                Ok(talk) => held.push(talk),
                Err((example, error)) => errors[example] = errors[example].take().or(Some(error)),
            }
        }
        let compared = |to: fn(&Talk) -> &provider::Answer| -> Result<Vec<Measures>, CompressError> {
            let pairs: Vec<_> = held.iter().map(|talk| compared(talk, to(talk), &examples[talk.example])).collect();
            meter.compare(&pairs, cancel)
        };
        let (measures, floors) = (compared(|talk| &talk.compressed)?, compared(|talk| &talk.again)?);
        let votes = self.runtime.block_on(join_all(held.iter().map(|talk| self.judge(talk))));

        let mut examples: Vec<_> = examples.into_iter().map(Some).collect();
        for (talk, ((measures, floor), votes)) in held.into_iter().zip(measures.into_iter().zip(floors).zip(votes)) {
            let index = talk.example;
            match votes {
                Ok(votes) => {
                    if let Some(example) = &mut examples[index] {
                        example.answers.push(self.answer(talk, Heard { measures, floor, votes }));
                    }
                }
                Err(error) => errors[index] = errors[index].take().or(Some(error)),
            }
        }
        let mut result = Held::default();
        for (example, error) in examples.into_iter().flatten().zip(errors) {
            match error {
                Some(error) => result.unanswered.push((example.id, error)),
                None => result.examples.push(self.judged(example)),
            }
        }
        Ok(result)
    }

    /// Adds all that will be asked about an example to an estimate. Answers that are not known yet are taken for as long as
    /// expected where judges are to read them.
    ///
    /// # Errors
    /// A model that the gateway was not made for.
    pub fn estimate(&self, case: &Case, compressed: &str, estimator: &mut Estimator<'_>) -> Result<(), ProviderError> {
        let question = case.question.as_deref();
        let subject = Subject { domain: case.domain, language: case.language, question, verbose: &case.verbose };
        for (_, model, task) in self.questions(0, case.domain) {
            let mut texts = Vec::new();
            for (text, sample) in asked(&case.verbose, compressed) {
                let request = subject.request(task, &model, text, sample);
                let known = estimator.add(&request)?;
                let unknown =
                    || format!("{model} {sample} {text:.40} {}", "word ".repeat(request.expected_tokens as usize));
                texts.push(known.map_or_else(unknown, |answer| answer.text));
            }
            let question = subject.instruction(task);
            for (judge, (first, second)) in
                self.judges.iter().flat_map(|judge| orders(&texts).map(|order| (judge, order)))
            {
                estimator.add(&judge::request(judge, &question, first, second))?;
            }
        }
        Ok(())
    }

    fn questions(&self, index: usize, domain: Domain) -> Vec<(usize, ModelName, Task)> {
        let tasks = Task::of(domain);
        self.models.iter().flat_map(|model| tasks.iter().map(move |task| (index, model.clone(), *task))).collect()
    }

    async fn talk(
        &self,
        examples: &[Example],
        (index, model, task): (usize, ModelName, Task),
    ) -> Result<Talk, (usize, Arc<ProviderError>)> {
        let example = &examples[index];
        let subject = subject(example);
        let [verbose, compressed, again] = asked(&example.verbose, &example.compressed)
            .map(|(text, sample)| subject.request(task, &model, text, sample));
        // All are waited for, whatever becomes of one: what is under way is paid for.
        let asked = join3(self.gateway.ask(&verbose), self.gateway.ask(&compressed), self.gateway.ask(&again)).await;
        let failed = |error| (index, error);
        let (verbose, compressed, again) =
            (asked.0.map_err(failed)?, asked.1.map_err(failed)?, asked.2.map_err(failed)?);
        Ok(Talk { example: index, model, task, question: subject.instruction(task), verbose, compressed, again })
    }

    /// What the judges say; `None` without judges.
    async fn judge(&self, talk: &Talk) -> Result<Option<Votes>, Arc<ProviderError>> {
        if self.judges.is_empty() {
            return Ok(None);
        }
        let texts = [&talk.verbose, &talk.compressed, &talk.again].map(|answer| answer.text.clone());
        let opinions = join_all(self.judges.iter().map(|judge| {
            let requests = orders(&texts).map(|(first, second)| judge::request(judge, &talk.question, first, second));
            async move { join_all(requests.iter().map(|request| self.gateway.ask(request))).await }
        }));
        let mut votes = Votes { forms: Vec::new(), floor: Vec::new(), silent: Vec::new() };
        for (judge, answers) in self.judges.iter().zip(opinions.await) {
            let answers = answers.into_iter().collect::<Result<Vec<_>, _>>()?;
            let heard: Vec<_> = answers.iter().map(|answer| judge::read(&answer.text)).collect();
            let vote = |at: usize| {
                let (forward, backward) = (heard.get(at)?.clone()?, heard.get(at + 1)?.clone()?);
                let cost = answers.iter().skip(at).take(2).map(provider::Answer::paid).sum::<provider::cost::Usd>();
                Some(judge::vote(judge.to_string(), forward, backward, self.thresholds.judge, cost.dollars()))
            };
            match vote(0) {
                Some(vote) => votes.forms.push(vote),
                None => votes.silent.push(judge.to_string()),
            }
            votes.floor.extend(vote(2));
        }
        Ok(Some(votes))
    }

    fn answer(&self, talk: Talk, heard: Heard) -> Answer {
        let Heard { mut measures, mut floor, votes } = heard;
        let mut reasons = Vec::new();
        let mut judgement = None;
        if let Some(votes) = votes {
            if let Some(said) = judge::majority(votes.floor) {
                floor.insert(Measure::Judge, said.equivalence);
            }
            judgement = judge::majority(votes.forms);
            match &judgement {
                Some(said) => _ = measures.insert(Measure::Judge, said.equivalence),
                None => reasons.push(format!("no verdict of {}", votes.silent.join(", "))),
            }
        }
        let domain = talk.task.answers();
        if let Some(equivalence) = gate::equivalence(domain, &measures) {
            measures.insert(Measure::Equivalence, equivalence);
        }
        if let Some(equivalence) = gate::equivalence(domain, &floor) {
            measures.insert(Measure::NoiseFloor, equivalence);
        }
        reasons.extend(gate::verdict(&measures, &self.thresholds).reasons);
        for (what, answer) in [("original", &talk.verbose), ("shorter form", &talk.compressed)] {
            if answer.stop == Stop::Refusal {
                reasons.push(format!("it refused to answer about the {what}"));
            }
        }
        Answer {
            model: talk.model.to_string(),
            task: talk.task.name().to_owned(),
            verbose: reply(talk.verbose),
            compressed: reply(talk.compressed),
            again: Some(reply(talk.again)),
            measures,
            judgement,
            verdict: Verdict::of(reasons),
        }
    }

    fn judged(&self, mut example: Example) -> Example {
        example.verdict = gate::over_all(&example.measures, &example.answers, &self.thresholds);
        example
    }
}

fn subject(example: &Example) -> Subject<'_> {
    Subject {
        domain: example.domain,
        language: example.language.as_deref().and_then(Language::from_name),
        question: example.question.as_deref(),
        verbose: &example.verbose,
    }
}

/// What a model is asked about: the original, the shorter form, and the original once more.
fn asked<'a>(verbose: &'a str, compressed: &'a str) -> [(&'a str, u32); 3] {
    [(verbose, 0), (compressed, 0), (verbose, 1)]
}

/// What judges compare: the answers to both forms in either order, then both answers to the original in either order.
fn orders(texts: &[String]) -> [(&str, &str); 4] {
    let at = |index: usize| texts.get(index).map_or("", String::as_str);
    [(at(0), at(1)), (at(1), at(0)), (at(0), at(2)), (at(2), at(0))]
}

fn compared<'a>(talk: &'a Talk, other: &'a provider::Answer, example: &Example) -> Compared<'a> {
    let language = example.language.as_deref().and_then(Language::from_name);
    Compared { domain: talk.task.answers(), language, first: &talk.verbose.text, second: &other.text }
}

fn reply(answer: provider::Answer) -> Reply {
    Reply {
        cost_usd: answer.paid().dollars(),
        input_tokens: answer.usage.input,
        output_tokens: answer.usage.output,
        milliseconds: answer.latency.as_secs_f64() * 1e3,
        cached: answer.from_cache,
        text: answer.text,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::provider::cost::Usd;
    use crate::provider::gateway::Machine;
    use crate::provider::keys::Keys;
    use crate::provider::settings::Settings;
    use crate::provider::{Answer as Given, Usage};

    fn interview() -> Interview {
        let place = std::path::PathBuf::from("nothing is written here");
        let machine = Machine {
            clock: || Duration::ZERO,
            now: || SystemTime::UNIX_EPOCH,
            wait: Arc::new(|_| Box::pin(std::future::ready(()))),
            cancel: Arc::default(),
            seed: 1,
            answers: place.clone(),
            spending: place,
        };
        let models: Vec<ModelName> = vec!["local:tiny".parse().unwrap()];
        let keys = Keys::new(|_| None, "").unwrap();
        let gateway = Gateway::new(&Settings::default(), &keys, models.clone(), machine).unwrap();
        let runtime = Runtime::new().unwrap();
        Interview { gateway, runtime, models: models.clone(), judges: models, thresholds: Thresholds::PUBLISHED }
    }

    fn talk(stop: Stop) -> Talk {
        let given = |stop| Given {
            text: "504".to_owned(),
            usage: Usage::default(),
            stop,
            cost: Usd::ZERO,
            latency: Duration::ZERO,
            from_cache: false,
        };
        let model = "local:tiny".parse().unwrap();
        let question = "Which status?".to_owned();
        let task = Task::QuestionAnswering;
        let (verbose, compressed, again) = (given(Stop::End), given(stop), given(Stop::End));
        Talk { example: 0, model, task, question, verbose, compressed, again }
    }

    #[test]
    fn what_is_no_answer_fails_the_pair() {
        let interview = interview();
        let heard = |forms, silent| Heard {
            measures: Measures::from([(Measure::Cosine, 1.0), (Measure::Facts, 1.0)]),
            floor: Measures::from([(Measure::Cosine, 1.0)]),
            votes: Some(Votes { forms, floor: Vec::new(), silent }),
        };
        let vote = |equivalence| {
            let said = format!(r#"{{"only_first": [], "only_second": [], "equivalence": {equivalence}}}"#);
            let opinion = judge::read(&said).unwrap();
            judge::vote("a/b".to_owned(), opinion.clone(), opinion, 0.75, 0.0)
        };
        let reasons = |stop, heard| interview.answer(talk(stop), heard).verdict.reasons;
        assert_eq!(reasons(Stop::End, heard(vec![vote(100)], Vec::new())), [] as [&str; 0]);
        assert_eq!(reasons(Stop::End, heard(vec![vote(70)], Vec::new())), ["judge 0.700 < 0.75"]);
        assert_eq!(reasons(Stop::End, heard(Vec::new(), vec!["a/b".to_owned()])), ["no verdict of a/b"]);
        let refused = reasons(Stop::Refusal, heard(vec![vote(100)], Vec::new()));
        assert_eq!(refused, ["it refused to answer about the shorter form"]);
    }
}
