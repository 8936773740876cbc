//! The only place that prints.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::cli::Color;
use crate::error::Error;
use crate::report::rule_error;

/// Where output goes. Tests give their own; [`Streams::standard`] is the real thing.
pub struct Streams<'a> {
    /// For reports.
    pub out: &'a mut dyn Write,
    /// For errors, progress and statistics.
    pub err: &'a mut dyn Write,
    /// Whether `out` is a terminal.
    pub out_is_terminal: bool,
    /// Whether `err` is a terminal.
    pub err_is_terminal: bool,
}

impl Streams<'static> {
    /// Standard output and standard error of this process, which are never given back.
    pub fn standard() -> Self {
        Self {
            out: Box::leak(Box::new(io::stdout())),
            err: Box::leak(Box::new(io::stderr())),
            out_is_terminal: io::stdout().is_terminal(),
            err_is_terminal: io::stderr().is_terminal(),
        }
    }
}

/// Makes a panic say where it happened and no more. Its message could hold text of a scanned file, and a file that makes
/// ropcop fail is reported as skipped anyway.
pub fn hush_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
        let _ = writeln!(io::stderr(), "ropcop: internal error{place}");
    }));
}

/// How text may look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) colour: bool,
    /// Columns.
    pub(crate) width: usize,
    /// Whether somebody is looking.
    pub(crate) terminal: bool,
}

/// Prints.
pub(crate) struct Terminal<'a, 'b> {
    streams: &'b mut Streams<'a>,
    color: Color,
}

impl<'a, 'b> Terminal<'a, 'b> {
    pub(crate) fn new(streams: &'b mut Streams<'a>, color: Color) -> Self {
        Self { streams, color }
    }

    /// How text on standard output may look.
    pub(crate) fn look(&self) -> Look {
        self.look_of(self.streams.out_is_terminal, anstream::AutoStream::choice(&io::stdout()))
    }

    /// How text on standard error may look.
    pub(crate) fn err_look(&self) -> Look {
        self.look_of(self.streams.err_is_terminal, anstream::AutoStream::choice(&io::stderr()))
    }

    fn look_of(&self, terminal: bool, wished: anstream::ColorChoice) -> Look {
        let colour = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && wished != anstream::ColorChoice::Never,
        };
        // Without a terminal the width must not depend on where the program runs.
        let width = if terminal { textwrap::termwidth().clamp(40, 120) } else { 80 };
        Look { colour, width, terminal }
    }

    /// Writes to standard output. A reader that went away is no error: `ropcop … | head` is meant that way.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Error> {
        let written = self.streams.out.write_all(text.as_bytes()).and_then(|()| self.streams.out.flush());
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::Write { what: "standard output".to_owned(), source: error })
            }
            _ => Ok(()),
        }
    }

    /// Writes a report to a file, or to standard output.
    pub(crate) fn report(&mut self, text: &str, file: Option<&Path>) -> Result<(), Error> {
        match file {
            Some(path) => std::fs::write(path, text)
                .map_err(|source| Error::Write { what: path.to_string_lossy().into_owned(), source }),
            None => self.print(text),
        }
    }

    /// Writes to standard error. If nobody takes it, nobody can be told.
    pub(crate) fn tell(&mut self, text: &str) {
        let _ = self.streams.err.write_all(text.as_bytes()).and_then(|()| self.streams.err.flush());
    }

    /// Says why the program ends.
    pub(crate) fn error(&mut self, error: &Error) {
        let look = self.err_look();
        if let Error::Rules(errors) = error {
            self.tell(&rule_error::render(errors, &look));
        }
        let red = anstyle::AnsiColor::Red.on_default().bold();
        let head = if look.colour { format!("{red}error:{red:#}") } else { "error:".to_owned() };
        let help = error.help().map_or_else(String::new, |help| format!("  help: {help}\n"));
        self.tell(&format!("{head} {error}\n{help}"));
    }

    /// Whether progress may be drawn on standard error.
    pub(crate) fn can_draw(&self) -> bool {
        self.streams.err_is_terminal
    }
}
