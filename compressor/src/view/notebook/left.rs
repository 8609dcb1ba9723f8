//! What of a notebook does not stand in its view, and how that is told.

use std::fmt::Write;

use crate::receipt::grouped;

/// What does not stand in the view.
#[derive(Default)]
pub(super) struct Left {
    /// Images and other data without a text, and their bytes.
    pub(super) images: usize,
    pub(super) image_bytes: usize,
    /// Results that stand in the view in another form.
    pub(super) forms: usize,
    /// Lines that were overwritten.
    pub(super) overwritten: usize,
}

impl Left {
    /// In one sentence.
    pub(super) fn note(&self, cells: usize) -> String {
        let count =
            |count: usize, one: &str, many: &str| format!("{} {}", grouped(count), if count == 1 { one } else { many });
        let mut note = format!("a notebook of {} as Markdown", count(cells, "cell", "cells"));
        note.push_str(", without ids, execution counts and metadata");
        if self.images > 0 {
            let images = count(self.images, "image or attachment", "images or attachments");
            let _ = write!(note, ", {images} of {}", size(self.image_bytes));
        }
        if self.forms > 0 {
            let _ = write!(note, ", {}", count(self.forms, "result in a second form", "results in a second form"));
        }
        if self.overwritten > 0 {
            let _ = write!(note, ", {}", count(self.overwritten, "overwritten line", "overwritten lines"));
        }
        note
    }
}

/// A number of bytes as a person says it.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", (bytes + 512) / 1024),
        _ => format!("{} MB", grouped((bytes + 524_288) / 1_048_576)),
    }
}
