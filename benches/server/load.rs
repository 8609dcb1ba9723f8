//! A queue that is never empty: texts to compress, sent again and again.

use std::time::Duration;

use benches::session::Session;
use serde_json::json;

use crate::peers::COMPRESS;
use crate::texts;

/// Requests that are under way.
const DEEP: usize = 4;

/// As a person who moves the cursor does, one list of actions is not asked for right after the other.
const A_MOMENT: Duration = Duration::from_millis(25);

/// Keeps the model of a server at work.
pub struct Load {
    texts: Vec<String>,
    sent: usize,
    waiting: Vec<i64>,
    gaps: usize,
}

impl Load {
    /// Texts of about 700 tokens: some windows each.
    pub fn new() -> Self {
        Self { texts: texts::prose(700, 40), sent: 0, waiting: Vec::new(), gaps: 0 }
    }

    /// Sends as many texts as were answered, and gives the model a moment to work.
    pub fn top_up(&mut self, session: &mut Session) {
        session.listen(A_MOMENT);
        self.waiting.retain(|&id| match session.taken(id) {
            Some(answer) => {
                let _ = answer.result();
                false
            }
            None => true,
        });
        self.gaps += usize::from(self.waiting.is_empty() && self.sent > 0);
        while self.waiting.len() < DEEP {
            let text = &self.texts[self.sent % self.texts.len()];
            self.waiting.push(session.send(COMPRESS, &json!({ "text": text })));
            self.sent += 1;
        }
    }

    /// How many texts were compressed, and how often there was none left.
    pub fn done(&self) -> (usize, usize) {
        (self.sent - self.waiting.len(), self.gaps)
    }
}
