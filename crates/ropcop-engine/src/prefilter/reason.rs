//! Why a file passed.

use std::ops::Range;
use std::sync::Arc;

use ropcop_syntax::Language;

use super::Prefilter;

/// A match that a file could hold, and the texts that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The name of the rule or use; none for what matters by itself.
    pub owner: Option<Arc<str>>,
    /// The line of its file in which the match begins.
    pub line: usize,
    /// Where the first of the texts stand, one of each kind that the match needs. What is put together is left out.
    pub texts: Vec<Range<usize>>,
}

impl Prefilter {
    /// All reasons for which a file with this text is read, in the order of the rules.
    pub fn reasons(&self, bytes: &[u8], language: Language) -> Vec<Reason> {
        let mut found = Vec::new();
        self.files.finds(bytes, |number| {
            found.extend(self.needs.get(number).filter(|need| need.may_hold(bytes, language)).map(|_| number));
            false
        });
        found.sort_unstable();
        let reason = |number: usize| {
            let (need, mut texts) = (&self.needs[number], self.files.places(number, bytes));
            texts.sort_by_key(|place| place.start);
            Reason { owner: need.owner.clone(), line: need.line, texts }
        };
        found.into_iter().map(reason).collect()
    }
}
