//! Commands whose words stand one by one: `["program", "word", …]`.

use std::rc::Rc;

use crate::document::Node;
use crate::template::Template;
use crate::{Certainty, Facts, Language, Word, shell};

use super::holes::{self, Mark};

/// A longer list is data.
const MOST_WORDS: usize = 500;

/// The words of scalars that stand one by one; other values are left out.
pub(super) fn words(nodes: &[&Rc<Node>], marks: &[Mark]) -> Vec<Word> {
    let word = |node: &&Rc<Node>| {
        let text = holes::punched(node.scalar()?, marks);
        Some(Word { parts: text.parts(), span: node.span_inside(), splits: false })
    };
    nodes.iter().take(MOST_WORDS).filter_map(word).collect()
}

/// Facts of a program with its words, if `keep` wants any of them.
pub(super) fn facts(words: &[Word], certainty: Certainty, keep: &dyn Fn(&str) -> bool) -> Facts {
    let known: Vec<String> = words.iter().filter_map(Word::text).collect();
    if !keep(&known.join(" ")) {
        return Facts::default();
    }
    let mut commands = shell::argv(words);
    for command in &mut commands {
        command.certainty = command.certainty.max(certainty);
    }
    Facts { commands, ..Facts::default() }
}

/// The script in `["sh", "-c", "script"]`, which is read as it stands, not as a word.
pub(super) fn inner_script<'n>(nodes: &[&'n Rc<Node>]) -> Option<(Language, &'n Template)> {
    let text = |node: &&'n Rc<Node>| node.text().map(str::trim);
    let (at, language) =
        nodes.iter().take(MOST_WORDS).enumerate().find_map(|(at, node)| Some((at, interpreter(text(node)?)?)))?;
    let option = nodes[at + 1..].iter().position(|node| text(node).is_some_and(|word| takes_script(language, word)))?;
    // Only options stand between the two.
    let between = &nodes[at + 1..at + 1 + option];
    let all_options = between
        .iter()
        .all(|node| text(node).is_some_and(|word| word.starts_with(['-', '/', '+']) || !word.contains('.')));
    let script = nodes.get(at + option + 2)?.scalar()?;
    all_options.then_some((language, script))
}

/// The language of an interpreter that takes scripts as words.
pub(super) fn interpreter(program: &str) -> Option<Language> {
    let name = program.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    Some(match name.strip_suffix(".exe").unwrap_or(&name) {
        "sh" | "bash" | "ash" | "dash" | "zsh" | "ksh" => Language::Shell,
        "pwsh" | "powershell" => Language::PowerShell,
        "cmd" => Language::Batch,
        "python" | "python3" => Language::Python,
        "node" => Language::JavaScript,
        _ => return None,
    })
}

fn takes_script(language: Language, word: &str) -> bool {
    match language {
        Language::Shell | Language::Python => {
            word.strip_prefix('-').is_some_and(|letters| letters.ends_with('c') && letters.len() < 6)
        }
        Language::PowerShell => ["-c", "-command", "/c"].iter().any(|option| word.eq_ignore_ascii_case(option)),
        Language::Batch => ["/c", "/k", "/s/c"].iter().any(|option| word.eq_ignore_ascii_case(option)),
        _ => word == "-e",
    }
}
