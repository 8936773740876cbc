//! Facts × rules → findings.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use ropcop_syntax::{Call, CallKind, Certainty, Command, Language, Origin, Span, Symbol, Value, Word};

use crate::command::Grammar;
use crate::compile::{Matcher, has_text, is_placeholder};
use crate::correlate::{Candidate, Checked, Use};
use crate::pattern::{is_within, last_part, plain};
use crate::surroundings::Around;
use crate::value::Check;
use crate::{Arity, Confidence, FileFacts, Finding, Nearness, Related, Rule, Rules, Severity, place, record};

/// What matched, before it is a finding.
pub(crate) struct Hit {
    pub(crate) span: Span,
    pub(crate) confidence: Confidence,
    pub(crate) secrets: Vec<Span>,
    pub(crate) related: Vec<(Span, String)>,
    pub(crate) literal_secret: bool,
    /// It is never worse than this.
    pub(crate) at_most: Option<Severity>,
    /// The statement, command or mapping that it is part of.
    pub(crate) statement: Span,
    /// The function, service or job around it; of a command the whole script.
    pub(crate) scope: Span,
}

/// Matches the facts of one file.
pub(crate) fn check_file(rules: &Rules, file: &FileFacts) -> Checked {
    let text = FileText::new(file);
    let mut checked = Checked::default();
    for rule in &rules.rules {
        for matcher in &rule.matchers {
            let found = hits(rules, matcher, &text).into_iter().map(|hit| Candidate {
                names: if matcher.uses.used_by.is_empty() { Arc::default() } else { text.names(hit.scope) },
                finding: finding(rules, rule, matcher, &text, hit),
                uses: matcher.uses.clone(),
            });
            checked.candidates.extend(found);
        }
    }
    for (index, used) in rules.uses() {
        let sure = |hit: &Hit| hit.confidence >= Confidence::Medium;
        let found = used.matchers.iter().flat_map(|matcher| hits(rules, matcher, &text)).filter(sure);
        checked.uses.extend(found.map(|hit| Use { index, path: file.path.clone(), span: hit.span }));
    }
    checked
}

fn hits(rules: &Rules, matcher: &Matcher, text: &FileText<'_>) -> Vec<Hit> {
    if !speaks(matcher, text.file.language) {
        return Vec::new();
    }
    match matcher.table.command.as_ref().and_then(|name| rules.grammar(name)) {
        Some(grammar) => commands(matcher, grammar, text),
        None if !matcher.table.record.is_empty() => record::hits(matcher, text),
        None => calls(matcher, text),
    }
}

fn speaks(matcher: &Matcher, language: Language) -> bool {
    let languages = &matcher.table.language;
    // A page or a notebook may hold code of every language.
    languages.is_empty()
        || language.is_mixed()
        || languages.iter().any(|name| language.names().contains(&name.as_str()))
}

/// What is written about one service, job or function is not longer than this, in bytes.
const LONGEST_SCOPE: usize = 5_000;

/// The text of a file, and what is made of it once somebody asks.
pub(crate) struct FileText<'f> {
    pub(crate) file: &'f FileFacts,
    /// The text with blanks in place of comments: what people read says nothing about what the program does.
    code: OnceLock<Cow<'f, str>>,
    /// The same in lower case.
    lower: OnceLock<String>,
    /// What was asked before: many matches ask about one place.
    around: RefCell<BTreeMap<(Span, Span), Around>>,
    names: RefCell<BTreeMap<Span, Arc<[String]>>>,
}

impl<'f> FileText<'f> {
    pub(crate) fn new(file: &'f FileFacts) -> Self {
        let (code, lower) = (OnceLock::new(), OnceLock::new());
        Self { file, code, lower, around: RefCell::default(), names: RefCell::default() }
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

    pub(crate) fn stretch(&self, span: Span) -> Cow<'_, str> {
        self.code().get(span.start..span.end).unwrap_or_default().to_lowercase().into()
    }

    /// The words of a stretch that may be names of folders. A stretch that is longer than what is written about one
    /// service says nothing.
    fn names(&self, span: Span) -> Arc<[String]> {
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
    fn around(&self, rules: &Rules, statement: Span, scope: Span) -> Around {
        if let Some(known) = self.around.borrow().get(&(statement, scope)) {
            return *known;
        }
        let around = rules.surroundings.of(self, statement, scope);
        self.around.borrow_mut().insert((statement, scope), around);
        around
    }

    pub(crate) fn all(&self) -> Cow<'_, str> {
        self.lower.get_or_init(|| self.code().to_lowercase()).into()
    }
}

fn calls(matcher: &Matcher, text: &FileText<'_>) -> Vec<Hit> {
    let facts = &text.file.facts;
    facts.calls.iter().filter_map(|call| matched_call(matcher, call, text)).collect()
}

fn matched_call(matcher: &Matcher, call: &Call, text: &FileText<'_>) -> Option<Hit> {
    let table = &matcher.table;
    if call.kind == CallKind::Reference && !table.reference {
        return None;
    }
    let confidence = named(matcher, call, &text.file.facts.imports, text.file.language)?;
    let arity = call.args.len();
    let fits = match table.arity {
        Some(Arity::Exactly(count)) => arity == count,
        Some(Arity::Between([least, most])) => (least..=most).contains(&arity),
        None => true,
    };
    let holds = |(key, check): &(String, Check)| check.holds_for(argument(call, key).map(|(value, _)| value));
    let args_hold = matcher.args.iter().all(holds) && !matcher.unless_args.iter().any(holds);
    let near = |nearness| match nearness {
        Nearness::Statement => text.stretch(call.statement),
        Nearness::Function => text.stretch(call.function),
        Nearness::File => text.all(),
    };
    if !(fits && args_hold && matcher.is_near(near)) {
        return None;
    }
    let secrets = table.secret.iter().filter_map(|key| argument(call, key));
    let secrets: Vec<_> = secrets.filter(|(value, _)| is_literal(value)).collect();
    let literal_secret = secrets.iter().any(|(value, _)| literal_secret(value));
    let secrets = secrets.iter().map(|(_, span)| *span).collect();
    Some(Hit {
        span: call.span,
        confidence,
        secrets,
        related: Vec::new(),
        literal_secret,
        at_most: None,
        statement: call.statement,
        scope: call.function,
    })
}

/// Whether a literal is a secret, and not a mark of a template.
pub(crate) fn literal_secret(value: &Value) -> bool {
    !value.text().is_some_and(|text| is_placeholder(&text))
}

/// Whether a value holds text that was written down: not empty, and not only a placeholder between holes.
pub(crate) fn is_literal(value: &Value) -> bool {
    match value {
        Value::Text(parts) => parts.iter().all(|part| part.text().is_some()) && has_text(parts),
        _ => false,
    }
}

/// How sure it is that the callee is one that the matcher names; none if it is not.
fn named(matcher: &Matcher, call: &Call, imports: &[String], language: Language) -> Option<Confidence> {
    // `f()` is what `f` gives back, not `f`: handing that on, or calling it, is no use of `f`.
    let symbols = || call.symbols.iter().filter(|symbol| !symbol.path.ends_with([')', ']']));
    let by_path = symbols().filter_map(|symbol| match symbol.origin {
        Origin::Own | Origin::Relative => None,
        _ if !matcher.calls.iter().any(|pattern| pattern.matches(&symbol.path)) => None,
        Origin::Import | Origin::Wildcard => Some(Confidence::High),
        Origin::Unknown => Some(if language.has_full_names() { Confidence::High } else { Confidence::Medium }),
    });
    let by_name = symbols().filter_map(|symbol| by_method(matcher, symbol, imports));
    by_path.chain(by_name).max()
}

fn by_method(matcher: &Matcher, symbol: &Symbol, imports: &[String]) -> Option<Confidence> {
    let table = &matcher.table;
    if symbol.origin == Origin::Own || !table.method.iter().any(|method| method == last_part(&symbol.path)) {
        return None;
    }
    let is_from = |path: &str| table.from.iter().any(|module| is_within(path, module));
    let imported = || imports.iter().any(|import| is_from(import));
    match symbol.origin {
        Origin::Import | Origin::Wildcard if table.from.is_empty() || is_from(&plain(&symbol.path)) => {
            Some(Confidence::High)
        }
        Origin::Import | Origin::Wildcard | Origin::Own => None,
        Origin::Unknown | Origin::Relative if table.from.is_empty() || table.rare || imported() => {
            Some(if imported() { Confidence::High } else { Confidence::Medium })
        }
        Origin::Unknown | Origin::Relative => None,
    }
}

/// The argument that a key names: `"1|password"` is the one at position 1 or the one called `password`, also as an
/// entry of an object that is handed over.
fn argument<'c>(call: &'c Call, key: &str) -> Option<(&'c Value, Span)> {
    let keys: Vec<&str> = key.split('|').map(str::trim).collect();
    let direct = call.args.iter().find(|arg| {
        let named = arg.name.as_deref().is_some_and(|name| keys.contains(&name));
        named || arg.position.is_some_and(|position| keys.contains(&position.to_string().as_str()))
    });
    let entry = || {
        call.args.iter().find_map(|arg| match &arg.value {
            Value::Map(entries) => {
                entries.iter().find(|(key, _)| keys.contains(&key.as_str())).map(|(_, v)| (v, arg.span))
            }
            _ => None,
        })
    };
    let names_only = keys.iter().all(|key| key.parse::<usize>().is_err());
    match direct {
        Some(arg) => Some((&arg.value, arg.span)),
        None if names_only || keys.len() > 1 => entry(),
        None => None,
    }
}

fn commands(matcher: &Matcher, grammar: &Grammar, text: &FileText<'_>) -> Vec<Hit> {
    let facts = &text.file.facts;
    facts.commands.iter().filter_map(|command| matched_command(matcher, grammar, command, text)).collect()
}

fn matched_command(matcher: &Matcher, grammar: &Grammar, command: &Command, text: &FileText<'_>) -> Option<Hit> {
    let table = &matcher.table;
    let at = grammar.find(&command.words).filter(|at| *at == 0 || command.may_wrap)?;
    let words = &command.words[at..];
    let parsed = grammar.parse(words);
    let holds = (parsed.refused.is_none() || table.refused)
        && !parsed.help
        && table.with.iter().all(|option| parsed.filled(option))
        && (table.with_any.is_empty() || table.with_any.iter().any(|option| parsed.filled(option)))
        && !table.without.iter().any(|option| parsed.filled(option))
        && matcher.options.iter().all(|(option, check)| check.holds_for_word(parsed.value(option)))
        && !matcher.unless_options.iter().any(|(option, check)| check.holds_for_word(parsed.value(option)));
    let near = |nearness| match nearness {
        Nearness::Statement | Nearness::Function => text.stretch(command.span),
        Nearness::File => text.all(),
    };
    if !(holds && matcher.is_near(near)) {
        return None;
    }
    let program_known = words.first().and_then(Word::text).is_some();
    let confidence = match command.certainty {
        Certainty::Stored => Confidence::Low,
        Certainty::Runs if at == 0 && program_known && !parsed.uncertain => Confidence::High,
        _ => Confidence::Medium,
    };
    // A program that stands in the command is its start; one that a function adds stands elsewhere.
    let own = words.first().filter(|program| command.span.contains(program.span));
    let span = own.map_or(command.span, |program| Span::new(program.span.start, command.span.end));
    let values = table.secret.iter().filter_map(|option| parsed.value(option));
    let secrets: Vec<&Word> = values.filter(|word| has_text(&word.parts)).collect();
    // What a template fills in later is no password.
    let literal_secret = secrets.iter().any(|word| !word.text().is_some_and(|text| is_placeholder(&text)));
    let secrets = secrets.iter().map(|word| word.span).collect();
    Some(Hit {
        span,
        confidence,
        secrets,
        related: command.related.clone(),
        literal_secret,
        at_most: None,
        statement: command.span,
        scope: Span::new(0, text.file.text.len()),
    })
}

fn finding(rules: &Rules, rule: &Rule, matcher: &Matcher, text: &FileText<'_>, hit: Hit) -> Finding {
    let file = text.file;
    let mut message = rule.file.summary.clone();
    if let Some(note) = &matcher.table.note {
        message = format!("{message}: {note}");
    }
    if hit.literal_secret {
        message.push_str("; the password is written in the source");
    }
    let (statement, scope) = (hit.statement, hit.scope);
    let mut finding = Finding {
        rule: rule.id.clone(),
        path: file.path.clone(),
        span: hit.span,
        message,
        severity: severity(rule, matcher, file.language).min(hit.at_most.unwrap_or(Severity::Error)),
        impact: matcher.table.impact.unwrap_or(rule.file.impact),
        confidence: hit.confidence.min(matcher.table.confidence.unwrap_or(Confidence::High)),
        target: matcher.table.target.or(rule.file.target),
        place: place::of(file.language, file.facts.host),
        related: hit
            .related
            .into_iter()
            .map(|(span, label)| Related { path: file.path.clone(), span, label })
            .collect(),
        flow: Vec::new(),
        cloud: None,
        secrets: hit.secrets,
    };
    rules.surroundings.complete(&mut finding, text.around(rules, statement, scope));
    finding
}

/// A document shows how something was done; nothing there runs.
fn severity(rule: &Rule, matcher: &Matcher, language: Language) -> Severity {
    let severity = matcher.table.severity.unwrap_or(rule.file.severity);
    if language.is_document() { Severity::Note } else { severity }
}
