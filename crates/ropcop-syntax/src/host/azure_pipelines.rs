//! Azure Pipelines, templates included.

use crate::document::{Content, Node};
use crate::text::template;
use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, walk};
use crate::text::placeholder::Mark;

/// Steps that are code.
const STEPS: [(&str, Language); 4] = [
    ("script", Language::Shell),
    ("bash", Language::Shell),
    ("pwsh", Language::PowerShell),
    ("powershell", Language::PowerShell),
];

/// Inputs of tasks that hold code: the task, its input, and the language.
const INPUTS: [(&str, &str, Language); 10] = [
    ("azurecli", "inlinescript", Language::Shell),
    ("azurepowershell", "inline", Language::PowerShell),
    ("powershell", "script", Language::PowerShell),
    ("powershell", "inlinescript", Language::PowerShell),
    ("bash", "script", Language::Shell),
    ("cmdline", "script", Language::Shell),
    ("shellscript", "script", Language::Shell),
    ("pythonscript", "script", Language::Python),
    ("ssh", "inline", Language::Shell),
    ("ssh", "commands", Language::Shell),
];

/// Keys of steps that other hosts with a list of steps do not have.
const STEP_KEYS: [&str; 9] =
    ["task", "script", "bash", "pwsh", "powershell", "checkout", "template", "publish", "download"];

pub(super) fn recognises(document: &Document<'_>) -> bool {
    let root = document.root;
    let is_conditional = |item: &Node| item.entries().iter().any(|entry| entry.key.starts_with("${{"));
    let lists = |key: &str, known: &[&str]| {
        walk::items(root, key).iter().any(|item| walk::has_any(item, known) || is_conditional(item))
    };
    let extends = || root.get("extends").is_some_and(|base| walk::has_any(base, &["template"]));
    let is_other = walk::items(root, "steps").iter().any(|item| walk::has_any(item, &["image", "commands", "label"]));
    (lists("steps", &STEP_KEYS) && !is_other)
        || lists("jobs", &["job", "deployment", "template"])
        || lists("stages", &["stage", "template"])
        || lists("phases", &["phase"])
        || extends()
}

pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    collector.marks = &[Mark::Expression, Mark::Runtime, Mark::Macro];
    for map in walk::maps(document.root) {
        for (key, language) in STEPS {
            if let Some(code) = map.get(key).filter(|code| code.scalar().is_some()) {
                collector.script(code, language, Certainty::Runs);
            }
        }
        if map.get("task").is_some() {
            task(map, collector);
        }
    }
}

fn task(step: &Node, collector: &mut Collector<'_>) {
    let Some(task) = step.get("task") else { return };
    let Some(name) = task.text().and_then(|text| text.split('@').next()) else { return };
    // A task of an extension may have its publisher in front.
    let known = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    let inputs = step.get("inputs");
    for input in inputs.map(|inputs| inputs.entries()).unwrap_or_default() {
        let key = input.key.to_ascii_lowercase();
        match INPUTS.iter().find(|(task, input, _)| *task == known && *input == key) {
            Some((_, _, language)) => {
                let language = if known == "azurecli" { script_type(step) } else { *language };
                collector.script(&input.value, language, Certainty::Runs);
            }
            None if key.contains("script") || key.contains("inline") => {
                collector.text(&input.value, Language::Shell, Certainty::Likely);
            }
            None => {}
        }
    }
    program(step, collector);
    let args = collector.args(inputs.filter(|inputs| matches!(inputs.content, Content::Map(_))));
    collector.call(name.to_owned(), task.span_inside(), step.span, args);
}

/// A task that runs a program: its name is one input, its words are another.
fn program(step: &Node, collector: &mut Collector<'_>) {
    let inputs = step.get("inputs").map(|inputs| inputs.entries()).unwrap_or_default();
    let find = |key: &str| inputs.iter().find(|input| input.key.eq_ignore_ascii_case(key)).map(|input| &input.value);
    let (Some(name), Some(words)) = (find("filename"), find("arguments")) else { return };
    if let (Some(name_text), Some(words_text)) = (name.scalar(), words.scalar()) {
        collector.take(name);
        collector.take(words);
        collector.code(Language::Shell, &template::joined(&[name_text, words_text], " "), Certainty::Runs);
    }
}

fn script_type(step: &Node) -> Language {
    let inputs = step.get("inputs").map(|inputs| inputs.entries()).unwrap_or_default();
    let chosen = inputs.iter().find(|entry| entry.key.eq_ignore_ascii_case("scriptType"));
    match chosen.and_then(|entry| entry.value.text()).map(str::to_ascii_lowercase).as_deref() {
        Some("ps" | "pscore") => Language::PowerShell,
        Some("batch") => Language::Batch,
        _ => Language::Shell,
    }
}
