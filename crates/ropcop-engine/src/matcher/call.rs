//! Calls × rules: which function is called, and with what arguments.

use std::collections::BTreeMap;
use std::fmt;

use ropcop_syntax::{Call, CallKind, Origin, Span, Symbol, Value};
use schemars::JsonSchema;
use serde::Deserialize;

use super::failed::{Failed, list};
use super::near::Nearness;
use super::way::{self, Ways};
use super::{Asked, Checks, FileText, Hit, Matcher, none};
use crate::condition::Condition;
use crate::link::folder;
use crate::literal::{is_empty, is_literal, literal_secret};
use crate::pattern::{PathPattern, is_within, last_part, plain};
use crate::{Confidence, FileFacts};

/// Which calls a match looks for.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct Callee {
    /// Full path of a function or class, for which an import (or a fully qualified name) must speak.
    /// `*` stands for one part of the path, `name*` for one that begins so, `**` for any number of parts; a part ends at a
    /// dot, in the path of a Go module too. `()` and `[]` may be left out. A step of a pipeline, a block of Terraform and a
    /// task of Ansible are calls too: see `ropcop facts`.
    pub(crate) path: Vec<PathPattern>,
    /// Name of a function or method that is rare enough to be believed without an import.
    /// It does not match where the receiver is known to come from elsewhere.
    pub(crate) method: Vec<String>,
    /// Where the receiver of `method` may come from: module paths. Without it, every place that is not known to be
    /// another; with it, a receiver that is not known counts only if the file imports one of them.
    pub(crate) from: Vec<String>,
    /// With `from`: a receiver that is not known counts even without an import.
    pub(crate) rare: bool,
    /// The name may also be handed on as a value, without a call (`Wrapper(ctx.method, …)`).
    reference: bool,
    /// Which arguments (as keys of `arg`) hold the name of the user. A call to which an empty literal is handed as one of
    /// these, or as a `secret`, signs nobody in.
    user: Vec<String>,
    /// Which arguments (as keys of `arg`) hold the password: they are masked, and a literal is mentioned.
    secret: Vec<String>,
}

/// Conditions on a call: all of them hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct CallConditions {
    /// Number of arguments, or `[least, most]`.
    arity: Option<Arity>,
    /// Conditions on arguments. The key names the argument: a position from 0, a keyword, or several of them with `|`
    /// between (`"1|password"`). A keyword also names an entry of an object or dictionary that is handed over.
    arg: BTreeMap<String, Condition>,
    /// Conditions on arguments of which none may hold. An argument that is not there fulfils none.
    unless_arg: BTreeMap<String, Condition>,
}

/// How many arguments a call has.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Arity {
    /// Exactly so many.
    Exactly(usize),
    /// From the first to the second, both included.
    Between([usize; 2]),
}

impl CallConditions {
    /// The arguments that must be there.
    pub(crate) fn required(&self) -> impl Iterator<Item = (&str, &Condition)> {
        let all = self.arg.iter().map(|(key, condition)| (key.as_str(), condition));
        all.filter(|(_, condition)| condition.asks_for_a_value())
    }

    fn check(&self, call: &Call) -> Checks<'_> {
        let arity = call.args.len();
        let unfit = self.arity.filter(|wanted| match *wanted {
            Arity::Exactly(count) => arity != count,
            Arity::Between([least, most]) => !(least..=most).contains(&arity),
        });
        none(unfit.map(|wanted| Failed::Arity(arity, wanted)))?;
        let value = |key: &str| argument(call, key).map(|(value, _)| value);
        let wrong = self.arg.iter().find(|(key, condition)| !condition.holds_for(value(key)));
        let unfit = |(key, condition)| match value(key) {
            Some(_) => Failed::Arg(key, condition),
            None => Failed::NoArg(key, condition),
        };
        none(wrong.map(|(key, condition)| unfit((key.as_str(), condition))))?;
        let excluded = self.unless_arg.iter().find(|(key, condition)| condition.surely_holds_for(value(key)));
        none(excluded.map(|(key, condition)| Failed::UnlessArg(key, condition)))
    }
}

/// A match that looks for calls.
#[derive(Clone, Debug)]
pub(crate) struct CallMatch {
    pub(crate) callee: Callee,
    pub(crate) asked: Asked<CallConditions>,
}

impl CallMatch {
    pub(super) fn hits(&self, matcher: &Matcher, text: &FileText<'_>) -> Vec<Hit> {
        text.file.facts.calls.iter().filter_map(|call| self.hit(call, matcher, text).ok()).collect()
    }

    pub(super) fn hit<'m>(&'m self, call: &Call, matcher: &'m Matcher, text: &FileText<'_>) -> Result<Hit, Failed<'m>> {
        if call.kind == CallKind::Reference && !self.callee.reference {
            return Err(Failed::HandedOn);
        }
        let named = self.callee.named(call, text.file);
        let named = named.ok_or(Failed::Callee(&self.callee))?;
        let stretch = |nearness| match nearness {
            Nearness::Statement => text.stretch(call.statement),
            Nearness::Function => text.stretch(call.function),
            Nearness::File => text.all(),
        };
        self.asked.check(|conditions| conditions.check(call))?;
        if self.signs_nobody_in(call, text) {
            return Err(Failed::Nobody);
        }
        let mut judged = matcher.along.judge(&matcher.near, || Ways::of_call(call), stretch)?;
        judged.doubts.extend(named.by_itself.then(|| ITSELF.to_owned()));
        let secrets: Vec<_> = self.callee.secret.iter().filter_map(|key| argument(call, key)).collect();
        let mut literals = secrets.iter().filter(|(value, _)| is_literal(value));
        Ok(Hit {
            span: call.span,
            confidence: named.confidence.min(judged.at_most),
            doubts: judged.doubts,
            literal_secret: literals.any(|(value, _)| literal_secret(value)),
            secrets: secrets.iter().map(|(value, span)| text.secret(value, *span)).collect(),
            related: Vec::new(),
            at_most: None,
            aim: way::aim_of_call(call),
            statement: call.statement,
            scope: call.function,
        })
    }

    /// Whether nothing is written in the place of the user or the password. What a variable begins with says nothing.
    fn signs_nobody_in(&self, call: &Call, text: &FileText<'_>) -> bool {
        let is_written = |span: Span| {
            let written = text.file.text.get(span.start..span.end).unwrap_or_default();
            written.starts_with(['"', '\'', '`']) || NOTHING.iter().any(|word| written.eq_ignore_ascii_case(word))
        };
        let keys = self.callee.user.iter().chain(&self.callee.secret);
        let mut given = keys.filter_map(|key| argument(call, key));
        given.any(|(value, span)| is_empty(value) && is_written(span))
    }
}

/// How languages write that there is nothing.
const NOTHING: [&str; 5] = ["null", "none", "nil", "undefined", "$null"];

/// Said of a call in the package that declares what is called.
const ITSELF: &str = "this is in the library's own package";

/// How a callee was recognised.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    confidence: Confidence,
    /// Whether the file belongs to the package that declares it: a library's own tests and samples sign in too.
    by_itself: bool,
}

impl Named {
    const fn by(confidence: Confidence) -> Self {
        Self { confidence, by_itself: false }
    }

    const ITSELF: Self = Self { confidence: Confidence::High, by_itself: true };
}

impl Callee {
    /// How a call was recognised as one of these; none if it is not.
    pub(super) fn named(&self, call: &Call, file: &FileFacts) -> Option<Named> {
        let (folder, language) = (folder(&file.path), file.language);
        // `f()` is what `f` gives back, not `f`: handing that on, or calling it, is no use of `f`.
        let symbols = || call.symbols.iter().filter(|symbol| !symbol.path.ends_with([')', ']']));
        let by_path = symbols().filter_map(|symbol| match symbol.origin {
            Origin::Own => None,
            Origin::Relative => {
                // A package makes its own types in many tests that sign nobody in.
                let is_inside =
                    |pattern: &PathPattern| call.kind != CallKind::Literal && pattern.is_inside(&symbol.path, folder);
                let is_own = |pattern: &PathPattern| pattern.is_whole(&symbol.path) || is_inside(pattern);
                self.path.iter().any(is_own).then_some(Named::ITSELF)
            }
            _ if !self.path.iter().any(|pattern| pattern.matches(&symbol.path)) => None,
            Origin::Import | Origin::Wildcard => Some(Named::by(Confidence::High)),
            Origin::Unknown if language.has_full_names() => Some(Named::by(Confidence::High)),
            Origin::Unknown => Some(Named::by(Confidence::Medium)),
        });
        let by_name = symbols().filter_map(|symbol| self.by_method(symbol, &file.facts.imports));
        by_path.chain(by_name).max_by_key(|named| (named.confidence, !named.by_itself))
    }

    /// The symbol of a call that has the right name and is not what is looked for.
    pub(super) fn namesake<'c>(&self, call: &'c Call) -> Option<&'c Symbol> {
        let ends = self.path.iter().map(PathPattern::last).chain(self.method.iter().map(String::as_str));
        let ends: Vec<&str> = ends.filter(|end| !end.contains('*')).collect();
        call.symbols.iter().find(|symbol| ends.contains(&last_part(&symbol.path)))
    }

    /// Why a symbol with the right name is not what is looked for.
    pub(super) fn reason(&self, symbol: &Symbol) -> String {
        match symbol.origin {
            Origin::Own => "is defined in this file".to_owned(),
            Origin::Relative if self.method.is_empty() => "comes from this repository".to_owned(),
            _ if self.method.iter().any(|method| method == last_part(&symbol.path)) => {
                format!("does not come from {}", list(self.from.iter().map(String::as_str)))
            }
            _ => format!("is not {self}"),
        }
    }

    fn by_method(&self, symbol: &Symbol, imports: &[String]) -> Option<Named> {
        if symbol.origin == Origin::Own || !self.method.iter().any(|method| method == last_part(&symbol.path)) {
            return None;
        }
        let is_from = |path: &str| self.from.iter().any(|module| is_within(path, module));
        let imported = || imports.iter().any(|import| is_from(import));
        match symbol.origin {
            Origin::Relative if is_from(&plain(&symbol.path)) => Some(Named::ITSELF),
            Origin::Import | Origin::Wildcard if self.from.is_empty() || is_from(&plain(&symbol.path)) => {
                Some(Named::by(Confidence::High))
            }
            Origin::Import | Origin::Wildcard | Origin::Own => None,
            Origin::Unknown | Origin::Relative if self.from.is_empty() || self.rare || imported() => {
                Some(Named::by(if imported() { Confidence::High } else { Confidence::Medium }))
            }
            Origin::Unknown | Origin::Relative => None,
        }
    }
}

impl fmt::Display for Callee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths: Vec<String> = self.path.iter().map(PathPattern::to_string).collect();
        f.write_str(&list(paths.iter().chain(&self.method).map(String::as_str)))
    }
}

impl fmt::Display for Arity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(count) => write!(f, "{count}"),
            Self::Between([least, most]) => write!(f, "{least} to {most}"),
        }
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
