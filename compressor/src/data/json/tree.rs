//! The objects and arrays of a JSON text, without a value of their own: where they lie and what they hold.
//!
//! Invariants
//! - a container stands after all that lie within it, so that what lies within one is a row before it
//!   (`tests::what_lies_within_stands_before`);
//! - time and memory are linear in the text, and nothing recurses.

use crate::layout::json::string_end;

/// Bytes of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    fn new(start: usize, end: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).expect("the text is shorter than 4 GiB");
        Self { start: narrow(start), end: narrow(end) }
    }

    pub(super) fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    pub(super) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub(super) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// What holds values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    /// The values of the text itself.
    Lines,
}

/// A value within a container.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// Empty for an element of an array.
    pub(super) key: Span,
    pub(super) value: Span,
    /// The container that the value is.
    pub(super) container: Option<u32>,
}

/// An object or an array.
#[derive(Clone, Copy, Debug)]
pub(super) struct Container {
    pub(super) kind: Kind,
    pub(super) span: Span,
    first: u32,
    count: u32,
    /// How many containers stand before this one that lie within it.
    pub(super) within: u32,
    /// How many of its members are objects that are not empty.
    pub(super) objects: u32,
}

/// The containers of a text.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The last is that of the values of the text itself.
    pub(super) containers: Vec<Container>,
    members: Vec<Member>,
}

impl Tree {
    /// Reads valid JSON of less than 4 GiB.
    pub(super) fn of(text: &str) -> Self {
        let mut reader = Reader { tree: Self::default(), open: Vec::new(), pending: Vec::new() };
        reader.open(Kind::Lines, 0);
        reader.read(text.as_bytes());
        reader.close(text.len());
        reader.tree
    }

    pub(super) fn container(&self, index: u32) -> &Container {
        &self.containers[index as usize]
    }

    pub(super) fn is_filled_object(&self, index: u32) -> bool {
        let container = self.container(index);
        container.kind == Kind::Object && container.count > 0
    }

    /// The members of an object, and the elements of an array where about half or more are objects.
    pub(super) fn members(&self, index: u32) -> &[Member] {
        let container = self.container(index);
        &self.members[container.first as usize..][..container.count as usize]
    }
}

struct Open {
    kind: Kind,
    start: usize,
    /// Where its members begin among those that are pending.
    pending: usize,
    /// How many containers there were before it.
    before: u32,
    key: Span,
    /// Values that are objects and not empty, and others.
    objects: u32,
    others: u32,
    /// Whether its members are remembered.
    listed: bool,
}

/// Values that are no objects which an array may begin with and still be listed.
const OTHERS: u32 = 4;

struct Reader {
    tree: Tree,
    open: Vec<Open>,
    /// Members of the containers that are open.
    pending: Vec<Member>,
}

impl Reader {
    fn read(&mut self, bytes: &[u8]) {
        let mut at = 0;
        let mut expects_key = false;
        while at < bytes.len() {
            let start = at;
            match bytes[at] {
                b' ' | b'\t' | b'\r' | b'\n' | b':' => at += 1,
                b',' => {
                    at += 1;
                    expects_key = self.open.last().is_some_and(|open| open.kind == Kind::Object);
                }
                b'{' | b'[' => {
                    let kind = if bytes[at] == b'{' { Kind::Object } else { Kind::Array };
                    self.open(kind, at);
                    expects_key = kind == Kind::Object;
                    at += 1;
                }
                b'}' | b']' => {
                    at += 1;
                    self.close(at);
                    expects_key = false;
                }
                b'"' => {
                    at = string_end(bytes, at + 1);
                    match self.open.last_mut() {
                        Some(open) if expects_key => {
                            open.key = Span::new(start, at);
                            expects_key = false;
                        }
                        _ => self.value(Span::new(start, at), None),
                    }
                }
                _ => {
                    at += bytes[at..].iter().take_while(|byte| !b" \t\r\n\",:{}[]".contains(byte)).count();
                    self.value(Span::new(start, at), None);
                }
            }
        }
    }

    fn open(&mut self, kind: Kind, start: usize) {
        let before = self.count();
        self.open.push(Open {
            kind,
            start,
            pending: self.pending.len(),
            before,
            key: Span::default(),
            objects: 0,
            others: 0,
            listed: true,
        });
    }

    fn count(&self) -> u32 {
        u32::try_from(self.tree.containers.len()).expect("fewer containers than bytes")
    }

    fn close(&mut self, end: usize) {
        // The container of the text itself is closed last.
        let Some(open) = self.open.pop() else { return };
        let own = self.pending.len() - open.pending;
        let index = self.count();
        let span = Span::new(open.start, end);
        self.tree.containers.push(Container {
            kind: open.kind,
            span,
            first: u32::try_from(self.tree.members.len()).expect("fewer members than bytes"),
            count: u32::try_from(own).expect("fewer members than bytes"),
            within: index - open.before,
            objects: open.objects,
        });
        self.tree.members.extend(self.pending.drain(open.pending..));
        self.value(span, Some(index));
    }

    fn value(&mut self, value: Span, container: Option<u32>) {
        let Some(open) = self.open.last() else { return };
        let member = Member { key: open.key, value, container };
        let is_object = container.is_some_and(|index| self.tree.is_filled_object(index));
        let Some(open) = self.open.last_mut() else { return };
        open.objects += u32::from(is_object);
        open.others += u32::from(!is_object);
        open.listed &= open.kind == Kind::Object || open.others <= open.objects + OTHERS;
        if open.listed {
            self.pending.push(member);
        } else {
            self.pending.truncate(open.pending);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_within_stands_before() {
        let text = "{\"a\": [{\"b\": 1}, {\"b\": [2]}], \"c\": {\"d\": {\"e\": 1}, \"f\": {\"e\": 2}}}\n7";
        let tree = Tree::of(text);
        let all: Vec<(&str, u32, u32)> =
            tree.containers.iter().map(|it| (it.span.of(text), it.within, it.objects)).collect();
        assert_eq!(all[3], ("[{\"b\": 1}, {\"b\": [2]}]", 3, 2));
        assert_eq!(all[6], ("{\"d\": {\"e\": 1}, \"f\": {\"e\": 2}}", 2, 2));
        assert_eq!((all.len(), all[8].1, all[8].2), (9, 8, 1));
        let keys: Vec<&str> = tree.members(7).iter().map(|member| member.key.of(text)).collect();
        assert_eq!(keys, ["\"a\"", "\"c\""]);
    }
}
