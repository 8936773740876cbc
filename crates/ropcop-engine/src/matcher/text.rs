//! The text of a file, for conditions on what stands near a fact.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use ropcop_syntax::{Literals, Part, Span, Value, Word};

use crate::literal::literal_secret;
use crate::surroundings::Around;
use crate::{FileFacts, Rules, Secret};

/// What is written about one service, job or function is not longer than this, in bytes: a longer
/// stretch says nothing about folders.
const LONGEST_SCOPE: usize = 5_000;

/// The text of a file, and what is made of it once somebody asks.
pub(crate) struct FileText<'f> {
    pub(crate) file: &'f FileFacts,
    /// The text with blanks in place of comments: what people read says nothing about what a program does.
    code: OnceLock<Cow<'f, str>>,
    /// The same in lower case.
    lower: OnceLock<String>,
    /// What was asked before: many matches ask about one place.
    around: RefCell<BTreeMap<(Span, Span), Around>>,
    names: RefCell<BTreeMap<Span, Arc<[String]>>>,
}

impl<'f> FileText<'f> {
    pub(super) fn new(file: &'f FileFacts) -> Self {
        let (code, lower) = (OnceLock::new(), OnceLock::new());
        Self { file, code, lower, around: RefCell::default(), names: RefCell::default() }
    }

    /// Where a value is written that is a secret.
    pub(super) fn secret(&self, value: &Value, span: Span) -> Secret {
        let Self { file, .. } = self;
        let literals = Literals::new(&file.text, file.language, &file.facts).places(value, span);
        Secret { value: span, literals }
    }

    /// Whether what is written in a place is a secret, and no sample of one.
    pub(super) fn is_secret(&self, place: Span) -> bool {
        let text = self.written(self.unquoted(place));
        !text.is_empty() && literal_secret(&Value::Text(vec![Part::Text(text.to_owned())]))
    }

    fn written(&self, place: Span) -> &str {
        self.file.text.get(place.start..place.end).unwrap_or_default()
    }

    /// What stands between the quotes, if there are some.
    fn unquoted(&self, place: Span) -> Span {
        let written = self.written(place);
        let quote = written.chars().next().filter(|c| "\"'".contains(*c) && written.len() > 1 && written.ends_with(*c));
        if quote.is_some() { Span::new(place.start + 1, place.end - 1) } else { place }
    }

    /// A word of a command that is not to be shown, with what stands behind it.
    pub(super) fn secret_word(&self, word: &Word) -> Secret {
        let mut secret = self.secret(&Value::Text(word.parts.clone()), word.span);
        secret.literals.extend(word.literals.iter().map(|place| self.unquoted(*place)));
        secret.literals.sort();
        secret.literals.dedup();
        secret
    }

    fn code(&self) -> &str {
        self.code.get_or_init(|| {
            let text = &*self.file.text;
            if self.file.facts.comments.is_empty() {
                return Cow::Borrowed(text);
            }
            let (mut code, mut at) = (String::with_capacity(text.len()), 0);
            for comment in &self.file.facts.comments {
                let (start, end) = (comment.start.max(at), comment.end.max(at));
                code.push_str(text.get(at..start).unwrap_or_default());
                code.extend(std::iter::repeat_n(' ', end - start));
                at = end;
            }
            code.push_str(text.get(at..).unwrap_or_default());
            Cow::Owned(code)
        })
    }

    /// A stretch in lower case.
    pub(crate) fn stretch(&self, span: Span) -> Cow<'_, str> {
        self.code().get(span.start..span.end).unwrap_or_default().to_lowercase().into()
    }

    /// The words of a stretch that may be names of folders. A stretch that is longer than what is written about one
    /// service says nothing.
    pub(super) fn names(&self, span: Span) -> Arc<[String]> {
        if let Some(known) = self.names.borrow().get(&span) {
            return Arc::clone(known);
        }
        let text = self.file.text.get(span.start..span.end).filter(|text| text.len() <= LONGEST_SCOPE);
        let is_part = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        let words = text.unwrap_or_default().split(|c: char| !is_part(c)).filter(|word| word.len() > 2);
        let words: BTreeSet<&str> = words.map(|word| word.trim_matches('.')).collect();
        let names: Arc<[String]> = words.into_iter().map(str::to_owned).collect();
        self.names.borrow_mut().insert(span, Arc::clone(&names));
        names
    }

    /// What stands around a place.
    pub(super) fn around(&self, rules: &Rules, statement: Span, scope: Span) -> Around {
        if let Some(known) = self.around.borrow().get(&(statement, scope)) {
            return *known;
        }
        let around = rules.surroundings.of(self, statement, scope);
        self.around.borrow_mut().insert((statement, scope), around);
        around
    }

    /// All of it in lower case.
    pub(super) fn all(&self) -> Cow<'_, str> {
        self.lower.get_or_init(|| self.code().to_lowercase()).into()
    }
}
