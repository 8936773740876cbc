//! Batch files of the Windows command processor.
//!
//! They are read as the command processor reads them, line by line and letter by letter: what a letter means depends on
//! variables and quotes before it, so that no grammar fits. [`lexer`] takes one command from the text, [`word`] splits
//! it as programs do, [`command`] decides what it is.

mod command;
mod control;
mod lexer;
mod record;
mod variable;
mod word;

use crate::guest::Reading;
use crate::text::template::Template;
use crate::{Certainty, Facts, Source, Span};

use lexer::BatchLexer;
use record::Set;
use variable::BatchVariables;

/// Scripts that are written or handed on by scripts are followed so far.
const DEEPEST: usize = 6;
/// Blocks nested deeper than this are read, but not told apart.
const MOST_BLOCKS: usize = 64;

/// Reads a file.
pub(crate) fn facts(source: &Source, reading: &Reading<'_>) -> Facts {
    let code = Template::verbatim(&source.text, 0);
    let mut facts = read(&code, reading, Certainty::Runs, DEEPEST);
    facts.settle();
    facts
}

/// Reads a script, or a text that the command processor is given.
fn read(code: &Template, reading: &Reading<'_>, certainty: Certainty, depth: usize) -> Facts {
    let mut reader = BatchReader {
        lexer: BatchLexer::new(code),
        reading,
        certainty,
        depth,
        variables: BatchVariables::new(code.text.text.len()),
        facts: Facts::default(),
        set: Set::default(),
        blocks: Vec::new(),
        sometimes: false,
        alternative: false,
    };
    reader.run();
    reader.unused();
    reader.end_records();
    for command in &mut reader.facts.commands {
        command.certainty = command.certainty.max(certainty);
    }
    reader.facts
}

/// An open parenthesis.
struct OpenBlock {
    /// How many commands were found before it.
    start: usize,
    /// It is what an `if` runs.
    condition: bool,
    /// It stands behind `else`.
    alternative: bool,
}

struct BatchReader<'c, 'k> {
    lexer: BatchLexer<'c>,
    reading: &'k Reading<'k>,
    certainty: Certainty,
    /// How many scripts in scripts may still follow.
    depth: usize,
    variables: BatchVariables,
    facts: Facts,
    set: Set,
    blocks: Vec<OpenBlock>,
    /// The next command stands behind a condition.
    sometimes: bool,
    /// The next command stands behind `else`.
    alternative: bool,
}

impl BatchReader<'_, '_> {
    fn run(&mut self) {
        while let Some(next) = self.lexer.statement() {
            match next {
                '(' => self.open(),
                ')' => self.close(),
                ':' => self.label(),
                _ => self.statement(),
            }
        }
    }

    /// Jumps lead to labels: what a variable was given before may be another thing there.
    fn label(&mut self) {
        self.lexer.skip_line();
        self.variables.join();
    }

    fn open(&mut self) {
        self.lexer.skip(1);
        self.blocks.push(OpenBlock {
            start: self.facts.commands.len(),
            condition: self.sometimes,
            alternative: self.alternative,
        });
        (self.sometimes, self.alternative) = (false, false);
    }

    fn close(&mut self) {
        self.lexer.skip(1);
        let Some(block) = self.blocks.pop() else { return };
        let has_else = block.condition && self.lexer.word().eq_ignore_ascii_case("else");
        if has_else {
            self.lexer.skip("else".len());
            (self.sometimes, self.alternative) = (true, true);
        }
        if (has_else || block.alternative) && self.blocks.len() < MOST_BLOCKS {
            self.facts.commands[block.start..].iter_mut().for_each(|command| command.in_branch = true);
        }
    }

    fn statement(&mut self) {
        match self.lexer.word().to_ascii_lowercase().as_str() {
            "rem" => self.lexer.skip_line(),
            "if" => {
                self.lexer.condition();
                self.sometimes = true;
            }
            "for" => self.each(),
            _ => self.simple(),
        }
    }

    fn simple(&mut self) {
        let before = self.facts.commands.len();
        let simple = self.lexer.simple(!self.blocks.is_empty(), &mut self.variables);
        let sometimes = self.sometimes || !self.blocks.is_empty();
        self.command(&simple, sometimes);
        if self.alternative {
            self.facts.commands[before..].iter_mut().for_each(|command| command.in_branch = true);
        }
        if simple.ends_line {
            (self.sometimes, self.alternative) = (false, false);
        }
    }

    /// Texts that variables were given and that were not put in where they are used.
    fn unused(&mut self) {
        let left = self.variables.left();
        for value in left.stored {
            let code = self.lexer.template(&value);
            self.nested(&code, Certainty::Stored);
        }
        for value in left.alternatives {
            let before = self.facts.commands.len();
            let code = self.lexer.template(&value);
            self.nested(&code, Certainty::Likely);
            self.facts.commands[before..].iter_mut().for_each(|command| command.in_branch = true);
        }
    }

    /// Reads a script in the script.
    fn nested(&mut self, code: &Template, certainty: Certainty) {
        if self.depth == 0 || !self.reading.wants(&code.text.text) {
            return;
        }
        let facts = read(code, self.reading, certainty.max(self.certainty), self.depth - 1);
        self.facts.absorb(facts);
    }

    /// Says that the commands found since `before` are written elsewhere than they are run.
    fn relate(&mut self, before: usize, site: Span) {
        for command in &mut self.facts.commands[before..] {
            if !site.contains(command.span) {
                command.related.push((site, "this runs it".to_owned()));
            }
        }
    }
}
