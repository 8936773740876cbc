//! Notebooks of Databricks in the form of a source file: what is not in the language of the file stands in comments.

use crate::guest::Guest;
use crate::guest::Reading;
use crate::text::template::{MappedText, Template};
use crate::{Certainty, Facts, Language};

/// The first line, without the sign of a comment.
const MARK: &str = "Databricks notebook source";

/// Facts of the shell cells of such a file; none of any other file. What is not in comments is left to the language of the
/// file.
pub(crate) fn facts(text: &str, reading: &Reading<'_>) -> Facts {
    let mut facts = Facts::default();
    let Some(sign) = ["#", "//"]
        .into_iter()
        .find(|sign| text.strip_prefix(sign).is_some_and(|rest| rest.trim_start().starts_with(MARK)))
    else {
        return facts;
    };
    let magic = format!("{sign} MAGIC");
    let mut cell: Option<MappedText> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some(rest) = line.strip_prefix(&magic) else {
            absorb(&mut facts, cell.take(), reading);
            continue;
        };
        let code = rest.strip_prefix(' ').unwrap_or(rest);
        let place = start + line.len() - code.len();
        if let Some(command) = code.strip_prefix("%sh").filter(|rest| rest.starts_with(char::is_whitespace)) {
            absorb(&mut facts, cell.take(), reading);
            let mut shell = MappedText::default();
            shell.push(command, place + code.len() - command.len());
            cell = Some(shell);
        } else if let Some(cell) = &mut cell {
            cell.push(code, place);
        }
    }
    absorb(&mut facts, cell, reading);
    facts
}

fn absorb(facts: &mut Facts, cell: Option<MappedText>, reading: &Reading<'_>) {
    if let Some(text) = cell {
        let code = Template { text, holes: Vec::new() };
        let guest = Guest { language: Language::Shell, code, certainty: Certainty::Runs };
        facts.absorb(reading.guest(&guest));
    }
}
