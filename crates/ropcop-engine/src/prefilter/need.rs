//! What a file that a match can match must hold, all of it.

use std::cmp::Reverse;
use std::sync::Arc;

use ropcop_syntax::Language;

use crate::Rules;
use crate::condition::Condition;
use crate::matcher::call::CallMatch;
use crate::matcher::command::CommandMatch;
use crate::matcher::record::{RecordConditions, RecordMatch, RecordName};
use crate::matcher::{Matcher, Wanted, speaks};
use crate::rule::{LanguageName, Name};

use super::flag::Flag;
use super::required::{longest_word, required};
use super::sieve::Mark;

/// How much rarer a value, or a text near by, is than a key of the same length.
const BETTER: usize = 4;

/// What must be in a file for one match, or one of the paths of a match.
#[derive(Clone, Debug)]
pub(super) struct Need {
    /// The name of the rule or use, if it is for one, and the line of its file in which the match begins.
    pub(super) owner: Option<Arc<str>>,
    pub(super) line: usize,
    /// Languages in which the match applies; all, if there are none.
    languages: Vec<LanguageName>,
    /// The only language in which it matters.
    only: Option<Language>,
    /// Of each set the file holds one, the rarest first.
    pub(super) sets: Sets,
    /// Options that are looked for once all else is there.
    flags: Vec<Flag>,
}

/// Sets of texts, of each of which one must be there.
pub(super) type Sets = Vec<Vec<Mark>>;

impl Need {
    /// A text that matters by itself.
    pub(super) fn always(text: &str, only: Option<Language>) -> Self {
        let sets = vec![vec![Mark::text(text)]];
        Self { owner: None, line: 0, languages: Vec::new(), only, sets, flags: Vec::new() }
    }

    /// Whether a file that holds all texts may hold what the match looks for.
    pub(super) fn may_hold(&self, bytes: &[u8], language: Language) -> bool {
        self.only.is_none_or(|only| only == language)
            && speaks(&self.languages, language)
            && self.flags.iter().all(|flag| flag.may_stand_in(bytes))
    }
}

/// What the matches of all rules and uses need.
pub(super) fn needs(rules: &Rules) -> Vec<Need> {
    let of_rules = rules.rules.iter().flat_map(|rule| rule.matchers.iter().map(|matcher| (&rule.id, matcher)));
    let of_uses = rules.uses().flat_map(|(_, name, used)| used.matchers.iter().map(move |matcher| (name, matcher)));
    let mut needs = Vec::new();
    for (owner, matcher) in of_rules.chain(of_uses) {
        let (all, flags) = match &matcher.wanted {
            Wanted::Call(wanted) => (of_call(matcher, wanted), Vec::new()),
            Wanted::Command(wanted) => (of_command(rules, wanted), flags(rules, wanted)),
            Wanted::Record(wanted) => (vec![of_record(matcher, wanted)], Vec::new()),
        };
        let (line, languages) = (matcher.line, &matcher.language);
        let need = |sets| {
            let (owner, languages, flags) = (Some(Arc::clone(owner)), languages.clone(), flags.clone());
            Need { owner, line, languages, only: None, sets, flags }
        };
        needs.extend(all.into_iter().map(need));
    }
    needs
}

/// What a part of a file holds, a path or a text, that a match could look at: the name of a call, the words of a command, a
/// key or value of a record.
pub(super) fn of_parts(rules: &Rules, matcher: &Matcher) -> Vec<Sets> {
    match &matcher.wanted {
        Wanted::Call(_) => super::names(matcher).map(|name| vec![vec![Mark::text(name)]]).collect(),
        Wanted::Command(wanted) => of_command(rules, wanted).into_iter().map(in_part).collect(),
        Wanted::Record(wanted) => {
            let rarest = field_marks(wanted).into_iter().max_by_key(|(rarity, _)| *rarity);
            rarest.into_iter().map(|(_, set)| vec![set]).collect()
        }
    }
}

/// What a file with a call holds, for each of the paths and methods of the match.
fn of_call(matcher: &Matcher, wanted: &CallMatch) -> Vec<Sets> {
    let CallMatch { callee, asked } = wanted;
    // A C# file may use a namespace that another file imports for it; elsewhere the file itself names the module.
    let names_modules = !matcher.language.is_empty() && !matcher.language.iter().any(|name| name.0 == "csharp");
    let args = asked
        .all
        .required()
        .flat_map(|(key, condition)| [argument_names(key), exact_values(&condition.is, false), like_values(condition)]);
    let others: Sets = near(matcher).into_iter().chain(args.flatten()).collect();
    let sets = |name: Mark, modules: Vec<Mark>| {
        let modules = (!modules.is_empty()).then_some(modules);
        std::iter::once(vec![name]).chain(modules).chain(others.iter().cloned()).collect()
    };
    let by_path = callee.path.iter().map(|path| {
        let module = path.longest_but_last().filter(|_| names_modules);
        // A Go file of the package itself has no import of it.
        let own = module.and_then(|module| module.rsplit_once('/')).map(|(_, last)| format!("package {last}"));
        let is_whole = !path.last().contains('*') || path.last() == "*";
        let name = if is_whole { Mark::word(path.last_name()) } else { Mark::text(path.last_name()) };
        sets(name, module.into_iter().chain(own.as_deref()).map(Mark::text).collect())
    });
    let modules = callee.from.iter().filter(|_| names_modules && !callee.rare);
    let modules: Vec<Mark> = modules.map(|module| Mark::text(module)).collect();
    by_path.chain(callee.method.iter().map(|method| sets(Mark::word(method), modules.clone()))).collect()
}

/// The names of an argument; none if it may be given by its position alone. Blocks may stand in each other, so that of a
/// name with dots only the parts stand in the file.
fn argument_names(key: &str) -> Option<Vec<Mark>> {
    let names: Vec<&str> = key.split('|').map(str::trim).collect();
    let by_position = names.iter().any(|name| name.parse::<usize>().is_ok());
    let longest = |name: &&str| name.split('.').max_by_key(|part| part.len()).map(text_mark);
    (!by_position).then(|| names.iter().filter_map(longest).collect())
}

/// What a text that calls the command of a match holds: its program, which may hide in a variable, and its command words.
fn of_command(rules: &Rules, wanted: &CommandMatch) -> Vec<Sets> {
    let Some(grammar) = wanted.called.name.as_deref().and_then(|name| rules.grammar(name)) else { return Vec::new() };
    let programs = grammar.programs().iter().map(|name| Mark::program(name, grammar.program_variables())).collect();
    let words = grammar.command_words().map(|names| names.map(Mark::command_word).collect());
    let mut sets: Sets = words.collect();
    sets.sort_by_key(|set| Reverse(set.iter().map(Mark::len).min()));
    sets.insert(sets.len().min(1), programs);
    vec![sets]
}

/// Of a command in a part of a file, such as the code in a document, some words may stand in another part.
fn in_part(mut sets: Sets) -> Sets {
    sets.truncate(2);
    sets
}

/// The options that a match asks for.
fn flags(rules: &Rules, wanted: &CommandMatch) -> Vec<Flag> {
    let Some(grammar) = wanted.called.name.as_deref().and_then(|name| rules.grammar(name)) else { return Vec::new() };
    let names = |option: &Name| grammar.written_names(option);
    let all = |options: Vec<&Name>| options.into_iter().map(names).collect::<Option<Vec<&[String]>>>();
    let sets = wanted.asked.all.required().filter_map(all);
    sets.filter_map(|names| Flag::new(names.into_iter().flatten().map(String::as_str), &grammar.switches())).collect()
}

/// What a file with a record that the match can match holds.
fn of_record(matcher: &Matcher, wanted: &RecordMatch) -> Sets {
    let RecordConditions { with_any, key, .. } = &wanted.asked.all;
    let any: Vec<Mark> = with_any.iter().flat_map(|key| any_name(&key.text, true)).collect();
    let like = key.values().filter(|condition| condition.asks_for_a_value()).filter_map(like_values);
    let last = (!any.is_empty()).then_some(any).into_iter().chain(like).map(|set| (0, set));
    let near = near(matcher).map(|set| (rarity(&set) + BETTER, set));
    let mut sets: Vec<(usize, Vec<Mark>)> = field_marks(wanted).into_iter().chain(near).chain(last).collect();
    sets.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    // Two paths may share a part, which says nothing the second time.
    sets.dedup_by(|a, b| a.1 == b.1);
    let sets = sets.into_iter().map(|(_, set)| set);
    if !wanted.kept.kind.contains(&RecordName::Environment) {
        return sets.collect();
    }
    // A host may write `a.b` for the variable `A_B`.
    let dotted = |mark: Mark| mark.dotted().into_iter().chain([mark]);
    sets.map(|set| set.into_iter().flat_map(dotted).collect()).collect()
}

/// The texts that must be near by.
fn near(matcher: &Matcher) -> Option<Vec<Mark>> {
    let texts = &matcher.near.texts;
    (!texts.is_empty()).then(|| texts.iter().map(|text| Mark::text(text)).collect())
}

/// A key or a value. A short one is a part of many words, and must be one itself.
fn text_mark(text: &str) -> Mark {
    if text.len() < 4 { Mark::word(text) } else { Mark::text(text) }
}

/// Texts of which each record that the matcher matches holds one of every set, the names of a key or its values; and how rare
/// they are.
fn field_marks(wanted: &RecordMatch) -> Vec<(usize, Vec<Mark>)> {
    let RecordConditions { with, present, key, .. } = &wanted.asked.all;
    let required = key.iter().filter(|(_, condition)| condition.asks_for_a_value());
    let keys = with.iter().chain(present).chain(required.clone().map(|(key, _)| key)).chain(&wanted.kept.at);
    let has_paths = wanted.kept.kind.iter().any(|kind| [RecordName::Mapping, RecordName::Text].contains(kind));
    let keys = keys.flat_map(|key| key_marks(&key.text, has_paths));
    let is_form = wanted.kept.kind.contains(&RecordName::Text);
    let values = required.filter_map(|(_, condition)| exact_values(&condition.is, is_form));
    keys.map(|set| (rarity(&set), set)).chain(values.map(|set| (rarity(&set) + BETTER, set))).collect()
}

/// What the names of a key hold. The parts of a path may stand apart: each of them is in the file, but not the whole.
fn key_marks(key: &str, has_paths: bool) -> Vec<Vec<Mark>> {
    match key.contains('|') {
        true => vec![any_name(key, has_paths).collect()],
        false => parts(key, has_paths).into_iter().map(|mark| vec![mark]).collect(),
    }
}

/// Of each name of a key the part that says most.
fn any_name(key: &str, has_paths: bool) -> impl Iterator<Item = Mark> {
    key.split('|').filter_map(move |name| parts(name, has_paths).into_iter().max_by_key(Mark::len))
}

/// The parts of a name. Beside `*` a part is no word of its own.
fn parts(name: &str, has_paths: bool) -> Vec<Mark> {
    let ends: &[char] = if has_paths { &['.', '*'] } else { &['*'] };
    let mark = if name.contains('*') { Mark::text } else { text_mark };
    name.trim().split(ends).filter(|part| !part.is_empty()).map(mark).collect()
}

/// What is written where a value is one of these. In a form its blanks may be written in other ways. None if there are
/// none, or if one may be written in several ways, as what is nothing may.
fn exact_values(values: &[String], is_form: bool) -> Option<Vec<Mark>> {
    let written = |value: &String| {
        let value = if is_form { longest_word(value) } else { value };
        (value.starts_with(char::is_alphabetic) && value != "null").then(|| text_mark(value))
    };
    values.iter().map(written).collect::<Option<Vec<Mark>>>().filter(|marks| !marks.is_empty())
}

/// What is written where a value, or the name of the variable from which it comes, looks like something.
fn like_values(condition: &Condition) -> Option<Vec<Mark>> {
    let texts = required(condition.looks_like.as_ref()?.pattern())?;
    Some(texts.iter().map(|text| Mark::text(text)).collect())
}

/// How rare the commonest of some texts is: the longer the rarer.
fn rarity(set: &[Mark]) -> usize {
    set.iter().map(Mark::len).min().unwrap_or_default()
}
