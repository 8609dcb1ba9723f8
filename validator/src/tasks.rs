//! What models are asked about a text: the same about the original and about its shorter form.
//!
//! Invariants
//! - the two prompts differ in the text alone (`tests::the_prompts_differ_in_the_text_alone`);
//! - a prompt that changes gets another [`VERSION`], so that no answer of before is taken for one of now
//!   (`tests::prompts_are_those_of_their_version`).
//!
//! Deliberately absent: what an answer is worth (`metric`, `gate`).

use compressor::domain::Domain;
use compressor::language::Language;
use compressor::tokens::Tokenizer;

use crate::provider::{ModelName, Request};

/// The version of these prompts.
pub const VERSION: &str = "tasks-1";

/// What the model is to be. It is told that notes may come, so that both forms are read in the same way.
const SYSTEM: &str = "You work from the text between <text> and </text> alone. It may be written in full or in notes: \
    read both in the same way, and say nothing of its form.";

/// Tokens of an answer in code at most.
const LONGEST_CODE: usize = 8192;

/// A kind of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// A question of the data, or what the text says.
    QuestionAnswering,
    /// What follows from it.
    Reasoning,
    /// The code, in full.
    Code,
}

impl Task {
    /// The tasks for a domain.
    #[must_use]
    pub fn of(domain: Domain) -> &'static [Self] {
        match domain {
            Domain::Nl | Domain::Mixed => &[Self::QuestionAnswering, Self::Reasoning],
            Domain::Code => &[Self::Reasoning, Self::Code],
        }
    }

    /// The name in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::QuestionAnswering => "question answering",
            Self::Reasoning => "reasoning",
            Self::Code => "code",
        }
    }

    /// What its answers are.
    #[must_use]
    pub fn answers(self) -> Domain {
        if self == Self::Code { Domain::Code } else { Domain::Nl }
    }
}

/// What a question is about; the same for original and shorter form.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Prose, code or both.
    pub domain: Domain,
    /// The language of code.
    pub language: Option<Language>,
    /// A question of the data.
    pub question: Option<&'a str>,
    /// The original, by which the room for answers is measured.
    pub verbose: &'a str,
}

impl Subject<'_> {
    /// What is asked.
    #[must_use]
    pub fn instruction(&self, task: Task) -> String {
        let is_code = self.domain == Domain::Code;
        match (task, self.question) {
            (Task::QuestionAnswering, Some(question)) => format!(
                "{question}\nAnswer in at most five sentences, with the names, numbers and units as the text has them."
            ),
            (Task::QuestionAnswering, None) => {
                "What does the text say? Answer in at most six sentences, with every name, \
                number, unit, condition and negation that matters."
                    .to_owned()
            }
            (Task::Reasoning, _) if is_code => {
                "What does this code do? Say for each definition what goes in, what comes \
                out, what it changes and when it fails. At most two sentences each."
                    .to_owned()
            }
            (Task::Reasoning, _) => {
                "What follows from the text for somebody who has to act on it? Give each conclusion \
                with the facts and conditions that it rests on. At most six sentences."
                    .to_owned()
            }
            (Task::Code, _) => {
                let language = self.language.map_or("its language", Language::name);
                format!(
                    "Write this code out in full, as a complete file in {language} that behaves the same. Answer with the \
                     code alone, without a fence and without remarks."
                )
            }
        }
    }

    /// The request about a text: the original, or its shorter form. Samples tell several answers to the same apart.
    #[must_use]
    pub fn request(&self, task: Task, model: &ModelName, text: &str, sample: u32) -> Request {
        let (max_tokens, expected_tokens) = match task {
            Task::QuestionAnswering => (500, 100),
            Task::Reasoning => (800, 180),
            Task::Code => {
                let tokens = Tokenizer::O200kBase.count(self.verbose);
                let room = (tokens + tokens / 2 + 256).min(LONGEST_CODE);
                (u32::try_from(room).unwrap_or(u32::MAX), u32::try_from(tokens.min(LONGEST_CODE)).unwrap_or(u32::MAX))
            }
        };
        Request {
            model: model.clone(),
            system: SYSTEM.to_owned(),
            user: format!("<text>\n{text}\n</text>\n\n{}", self.instruction(task)),
            max_tokens,
            schema: None,
            sample,
            prompt_version: VERSION,
            kind: task.name(),
            expected_tokens,
        }
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    fn subject(domain: Domain, question: Option<&str>) -> Subject<'_> {
        let language = (domain == Domain::Code).then(|| Language::from_name("python").expect("a language"));
        Subject { domain, language, question, verbose: "The limit is 40 MB, not 30." }
    }

    fn prompts(text: &str) -> Vec<Request> {
        let model: ModelName = "openai:gpt-4o".parse().expect("a name");
        let subjects = [
            subject(Domain::Nl, None),
            subject(Domain::Mixed, Some("What is the limit?")),
            subject(Domain::Code, None),
        ];
        let of_subject = |it: &Subject<'_>| {
            Task::of(it.domain).iter().map(|task| it.request(*task, &model, text, 0)).collect::<Vec<_>>()
        };
        subjects.iter().flat_map(of_subject).collect()
    }

    #[test]
    fn the_prompts_differ_in_the_text_alone() {
        for (verbose, compressed) in
            prompts("The limit is 40 MB, not 30.").into_iter().zip(prompts("limit 40 MB, not 30"))
        {
            assert_eq!(verbose.user.replace("The limit is 40 MB, not 30.", "limit 40 MB, not 30"), compressed.user);
            assert_eq!(Request { user: String::new(), ..verbose }, Request { user: String::new(), ..compressed });
        }
    }

    #[test]
    fn prompts_are_those_of_their_version() {
        let all: String = prompts("TEXT").into_iter().map(|it| it.system + &it.user + "\n").collect();
        let hash = Sha256::digest(all.as_bytes());
        let seen = (VERSION, format!("{:02x}{:02x}{:02x}{:02x}", hash[0], hash[1], hash[2], hash[3]));
        assert_eq!(seen, ("tasks-1", "deb60848".to_owned()), "a changed prompt needs another version");
    }
}
