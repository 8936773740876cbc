//! Finding the ends of marked stretches in a text, in time linear in its length.

/// One closing mark, and where it was seen last.
pub(crate) struct Closing {
    mark: &'static str,
    next: Option<usize>,
    /// Up to here nothing is to be searched again.
    searched: usize,
}

impl Closing {
    pub(crate) fn new(mark: &'static str) -> Self {
        Self { mark, next: None, searched: 0 }
    }

    /// The place of the first mark at or behind `from`, which must not decrease between calls.
    pub(crate) fn at_or_behind(&mut self, text: &str, from: usize) -> Option<usize> {
        if self.next.is_some_and(|next| next >= from) {
            return self.next;
        }
        if from < self.searched && self.next.is_none() {
            return None;
        }
        self.next = text.get(from..).and_then(|rest| rest.find(self.mark)).map(|length| from + length);
        self.searched = self.next.unwrap_or(text.len());
        self.next
    }
}
