//! Steps of pipelines that read a script, each in its language.

use crate::guest::Guest;
use crate::guest::Reading;
use crate::program::module::{Argument, Expr, ExprId, TextPart};
use crate::program::resolve::Resolver;
use crate::program::usage;
use crate::program::value::Evaluator;
use crate::text::template::Template;
use crate::{Certainty, Command, Facts, Language};

/// Steps: their name, the language of the script, and the argument that holds it.
const STEPS: &[(&str, Language, &str)] = &[
    ("sh", Language::Shell, "script"),
    ("bat", Language::Batch, "script"),
    ("powershell", Language::PowerShell, "script"),
    ("pwsh", Language::PowerShell, "script"),
    ("sshCommand", Language::Shell, "command"),
];

/// A step with the script that it reads.
pub(super) struct PipelineStep<'m> {
    args: &'m [Argument],
    language: Language,
    pub(super) script: ExprId,
}

/// Whether a function of this name is a step that reads a script.
pub(super) fn is_one(name: &str) -> bool {
    STEPS.iter().any(|(step, ..)| *step == name)
}

/// All steps of a file.
pub(super) fn steps<'m>(resolver: &Resolver<'m>) -> Vec<PipelineStep<'m>> {
    let calls = resolver.module.exprs.iter().filter_map(|node| match &node.expr {
        Expr::Call { callee, args, .. } => Some((*callee, &args[..])),
        _ => None,
    });
    let step = |(callee, args): (ExprId, &'m [Argument])| {
        let (language, script) = script(resolver, callee, args)?;
        Some(PipelineStep { args, language, script })
    };
    calls.filter_map(step).collect()
}

/// Adds the facts of all steps. What the general reading of texts has made of the same scripts is dropped: it takes
/// everything for shell.
pub(super) fn read(resolver: &Resolver<'_>, steps: &[PipelineStep<'_>], reading: &Reading<'_>, facts: &mut Facts) {
    let evaluator = Evaluator::new(resolver);
    let mut found = Facts::default();
    let mut covered = Vec::new();
    for PipelineStep { args, language, script } in steps {
        let codes = evaluator.templates(*script, &[]);
        if codes.is_empty() {
            continue;
        }
        covered.extend(args.iter().map(|arg| place(resolver, arg.value)));
        covered.extend(parts(resolver, *script).into_iter().map(|part| place(resolver, part)));
        for code in codes {
            stretches(&code, &mut covered);
            found.absorb(reading.guest(&Guest { language: *language, code, certainty: Certainty::Runs }));
        }
    }
    let covered = merged(covered);
    facts.commands.retain(|command| !is_covered(command, &covered));
    facts.absorb(found);
}

/// The script that a call runs.
fn script(resolver: &Resolver<'_>, callee: ExprId, args: &[Argument]) -> Option<(Language, ExprId)> {
    let name = usage::last_name(resolver, callee);
    // `"program word".execute()`.
    if let (Expr::Member { object, .. }, "execute") = (&resolver.module.node(callee).expr, name.as_str()) {
        return Some((Language::Shell, *object));
    }
    let (_, language, parameter) = STEPS.iter().find(|(step, ..)| *step == name)?;
    let named = args.iter().find(|arg| arg.name.as_deref() == Some(parameter));
    if let Some(arg) = named.or_else(|| args.iter().find(|arg| arg.name.is_none())) {
        if let Expr::Map(entries) = &resolver.module.node(arg.value).expr {
            let entry = entries.iter().find(|(key, _)| key.as_deref() == Some(parameter));
            return entry.map(|(_, value)| (*language, *value));
        }
        return Some((*language, arg.value));
    }
    None
}

/// The stretches of the file that a text is made of.
fn stretches(code: &Template, found: &mut Vec<(usize, usize)>) {
    let ends = code.text.map.iter().skip(1).map(|(offset, _)| *offset).chain([code.text.text.len()]);
    for ((offset, host), end) in code.text.map.iter().zip(ends) {
        if end > *offset {
            found.push((*host, host + (end - offset)));
        }
    }
}

fn place(resolver: &Resolver<'_>, id: ExprId) -> (usize, usize) {
    let span = resolver.module.node(id).span;
    (span.start, span.end)
}

/// The texts that a string takes from variables: alone they are not what runs.
fn parts(resolver: &Resolver<'_>, script: ExprId) -> Vec<ExprId> {
    let Expr::Text(parts) = &resolver.module.node(script).expr else { return Vec::new() };
    let value = |part: &TextPart| {
        let TextPart::Hole { value, .. } = part else { return None };
        let node = resolver.module.node(*value);
        let Expr::Name(name) = &node.expr else { return None };
        match resolver.bindings(name, node.scope, node.span)[..] {
            [bind] => bind.value.filter(|value| matches!(resolver.module.node(*value).expr, Expr::Text(_))),
            _ => None,
        }
    };
    parts.iter().filter_map(value).collect()
}

fn merged(mut stretches: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    stretches.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::with_capacity(stretches.len());
    for (start, end) in stretches {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

fn is_covered(command: &Command, covered: &[(usize, usize)]) -> bool {
    let at = command.words.first().map_or(command.span, |word| word.span).start;
    let behind = covered.partition_point(|(start, _)| *start <= at);
    covered[..behind].last().is_some_and(|(_, end)| at < *end)
}
