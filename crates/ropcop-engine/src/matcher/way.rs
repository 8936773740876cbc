//! Ways × rules: how the object was made on which a call is made, and to which address a form is sent.
//!
//! What stands on the way decides. Only where the way leads out of sight may what stands around speak, and then it makes
//! the finding less sure: it never silences one.

use std::borrow::Cow;

use ropcop_syntax::{Arg, Call, Part, Record, Step, Value};
use schemars::JsonSchema;
use serde::Deserialize;

use super::failed::Failed;
use super::near::{Near, Nearness};
use super::{Checks, address};
use crate::Confidence;
use crate::condition::Condition;
use crate::pattern::last_part;
use crate::rule::Name;
use crate::surroundings::Aim;

/// What a match says of the way of a call's object, or of the address to which a record is sent.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct WayKeys {
    /// Texts of which one must stand on the way of the object on which the call is made, or in the address to which the
    /// record is sent. Where no such way is seen, they are looked for as those of `near` are, which it replaces. Where the
    /// address is nothing but a variable, they count in the same function, and hardly in the same file.
    pub(crate) to: Vec<Name>,
    /// Texts of which none may stand on the way, or in the address; a step is written as `Name(arguments)`. Where they do not
    /// stand there but around it, in the function or the file, and the way tells no address, the finding is less sure, and
    /// its message says so. `@name` stands for the texts in `rules/texts/name.toml`, whose `called` the message uses.
    pub(crate) unless_way: Vec<Name>,
    /// A condition on the address to which the record is sent. Where none is known, those count that stand in the same
    /// statement, or else in the same function.
    pub(crate) address: Option<Condition>,
}

/// The same, ready to use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Along {
    /// The texts of [`Near`] are those of `to`.
    pub(crate) to: bool,
    pub(crate) unless: Vec<Exempt>,
    pub(crate) address: Option<Condition>,
}

/// Texts that speak against a finding where they stand on its way.
#[derive(Clone, Debug)]
pub(crate) struct Exempt {
    /// In lower case.
    pub(crate) texts: Vec<String>,
    /// What they are about.
    pub(crate) called: String,
}

/// How sure a match is, once its way was looked at.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) at_most: Confidence,
    /// What makes it less sure, for the message.
    pub(crate) doubts: Vec<String>,
}

impl Judged {
    fn at_most(at_most: Confidence) -> Self {
        Self { at_most, doubts: Vec::new() }
    }

    fn doubted(&mut self, doubt: String) {
        self.at_most = self.at_most.min(Confidence::Medium);
        self.doubts.push(doubt);
    }
}

impl Along {
    /// Whether anybody asks about ways.
    pub(crate) fn asks(&self) -> bool {
        self.to || !self.unless.is_empty() || self.address.is_some()
    }

    /// Whether all of it holds for a fact with these ways, and how sure that is.
    pub(super) fn judge<'m, 't>(
        &'m self,
        near: &'m Near,
        ways: impl FnOnce() -> Ways,
        stretch: impl Fn(Nearness) -> Cow<'t, str>,
    ) -> Result<Judged, Failed<'m>> {
        let by_near = || near.check(&stretch).map(|()| Judged::at_most(Confidence::High));
        if !self.asks() {
            return by_near();
        }
        let ways = ways();
        let mut judged = if self.to { ways.lead(near, &stretch)? } else { by_near()? };
        if let Some(condition) = &self.address
            && !ways.addresses(&stretch).iter().any(|address| condition.holds_for(Some(address)))
        {
            return Err(Failed::Address(condition));
        }
        for exempt in &self.unless {
            exempt.judge(&ways, &stretch, &mut judged)?;
        }
        Ok(judged)
    }
}

/// All ways of one fact.
pub(super) struct Ways {
    all: Vec<Told>,
    /// They are addresses: what is known of one of them decides.
    sent: bool,
}

/// One way.
struct Told {
    /// All that is known of it, in lower case.
    text: String,
    /// It names an address.
    told: bool,
    /// It is nothing but the name of a variable.
    bare: bool,
    address: Option<Value>,
}

impl Ways {
    pub(super) fn of_call(call: &Call) -> Self {
        let own = call.symbols.first().map_or("", |symbol| symbol.path.as_str());
        let args: Vec<String> = call.args.iter().map(arg).collect();
        let way = |way: &ropcop_syntax::Way| {
            let steps: Vec<String> = way.steps.iter().map(step).collect();
            let steps = steps.join(".").to_lowercase();
            let told = steps.contains("://");
            Told {
                text: format!("{steps}.{own}({})", args.join(", ")).to_lowercase(),
                told,
                bare: false,
                address: None,
            }
        };
        Self { all: call.ways.iter().map(way).collect(), sent: false }
    }

    pub(super) fn of_record(record: &Record) -> Self {
        let way = |address: &Value| {
            let bare = match address {
                Value::Text(parts) => parts.iter().all(|part| part.text().is_none()),
                _ => true,
            };
            let text = shown(address).to_lowercase();
            Told { told: text.contains("://"), bare, text, address: Some(address.clone()) }
        };
        Self { all: record.addresses.iter().map(way).collect(), sent: true }
    }

    /// Whether they lead to one of the texts of `to`.
    fn lead<'m, 't>(&self, near: &'m Near, stretch: &impl Fn(Nearness) -> Cow<'t, str>) -> Result<Judged, Failed<'m>> {
        if self.all.iter().any(|way| near.has(&way.text)) {
            return Ok(Judged::at_most(Confidence::High));
        }
        let by_near = |at_most| near.check(stretch).map(|()| Judged::at_most(at_most));
        let elsewhere = |way: &Told| near.elsewhere.as_ref().is_some_and(|address| address.is_match(&way.text));
        match (self.sent, self.all.is_empty()) {
            (_, true) => by_near(Confidence::High),
            (true, false) if self.all.iter().any(|way| !way.bare) => Err(Failed::To(&near.texts)),
            (true, false) if near.has(&stretch(Nearness::Function)) => Ok(Judged::at_most(Confidence::Medium)),
            (true, false) => by_near(Confidence::Low),
            (false, false) if self.all.iter().all(elsewhere) => Err(Failed::To(&near.texts)),
            (false, false) => by_near(Confidence::High),
        }
    }

    /// The addresses, or those that stand near by where none is known.
    fn addresses<'t>(&self, stretch: &impl Fn(Nearness) -> Cow<'t, str>) -> Vec<Value> {
        let own: Vec<Value> = self.all.iter().filter_map(|way| way.address.clone()).collect();
        if !own.is_empty() {
            return own;
        }
        let near =
            [Nearness::Statement, Nearness::Function].into_iter().map(|nearness| address::all(&stretch(nearness)));
        let near = near.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        near.into_iter().map(|address| Value::Text(vec![Part::Text(address)])).collect()
    }
}

impl Exempt {
    /// Fails if the ways speak against the finding; else what makes it less sure is noted.
    fn judge<'t>(&self, ways: &Ways, stretch: &impl Fn(Nearness) -> Cow<'t, str>, judged: &mut Judged) -> Checks<'_> {
        let speaks = |text: &str| self.texts.iter().any(|mark| text.contains(mark));
        let statement = || stretch(Nearness::Statement);
        let (of_ways, all_told) = match &ways.all[..] {
            // In a language whose ways are not followed, the statement is what is seen of them.
            [] => (vec![speaks(&statement())], false),
            all => (all.iter().map(|way| speaks(&way.text)).collect(), all.iter().all(|way| way.told)),
        };
        match (of_ways.iter().all(|speaks| *speaks), of_ways.iter().any(|speaks| *speaks)) {
            (true, _) => return Err(Failed::UnlessWay(&self.called)),
            (false, true) => judged.doubted(format!("{} is named on one of its ways", self.called)),
            (false, false) if all_told => {}
            (false, false) if speaks(&stretch(Nearness::Function)) => {
                judged.doubted(format!("{} is named in this function", self.called));
            }
            (false, false) if speaks(&stretch(Nearness::File)) => {
                judged.doubted(format!("{} is named in this file", self.called));
            }
            (false, false) => {}
        }
        Ok(())
    }
}

/// What a call and the way of its object tell of the service that it is for.
pub(super) fn aim_of_call(call: &Call) -> Aim {
    let steps = || call.ways.iter().flat_map(|way| &way.steps);
    let given: Vec<String> = call.args.iter().chain(steps().flat_map(|step| &step.args)).map(arg).collect();
    let names: Vec<&str> = steps().map(|step| step.symbol.path.as_str()).collect();
    Aim { values: given.join(" ").to_lowercase(), names: names.join(" ").to_lowercase() }
}

/// What a record tells of the service that it is for.
pub(super) fn aim_of_record(record: &Record) -> Aim {
    let fields: Vec<String> = record.fields.iter().map(|field| shown(&field.value)).collect();
    Aim { values: fields.join(" ").to_lowercase(), names: String::new() }
}

/// A step as a rule writes it: its name with its arguments.
fn step(step: &Step) -> String {
    let args: Vec<String> = step.args.iter().map(arg).collect();
    format!("{}({})", last_part(&step.symbol.path), args.join(", "))
}

fn arg(arg: &Arg) -> String {
    match &arg.name {
        Some(name) => format!("{name}={}", shown(&arg.value)),
        None => shown(&arg.value),
    }
}

/// A value in one line; what is not known shows as `${name}`.
fn shown(value: &Value) -> String {
    let named = |name: Option<&str>| name.map_or("…".to_owned(), |name| format!("${{{name}}}"));
    match value {
        Value::Text(parts) => {
            let part = |part: &Part| match part {
                Part::Text(text) => text.clone(),
                Part::Variable(name) => named(Some(name)),
                Part::Output { variable, .. } => named(variable.as_deref()),
                Part::Unknown => named(None),
            };
            parts.iter().map(part).collect()
        }
        Value::Number(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Null => "null".to_owned(),
        Value::List(items) => items.iter().map(shown).collect::<Vec<_>>().join(" "),
        Value::Map(entries) => {
            let entry = |(key, value): &(String, Value)| format!("{key}={}", shown(value));
            entries.iter().map(entry).collect::<Vec<_>>().join(" ")
        }
        Value::Symbol(symbols) => named(symbols.first().map(|symbol| last_part(&symbol.path))),
        Value::Dynamic { name } => named(name.as_deref()),
        // What may be one thing or another exempts nothing.
        Value::Choice(_) => named(None),
    }
}
