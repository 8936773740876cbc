//! `ropcop scan`.

mod explain_read;

use std::path::Path;
use std::time::{Duration, Instant};

use crate::cli::{Format, ScanArgs};
use crate::error::Error;
use crate::input::Input;
use crate::notice::{Notice, NoticeKind};
use crate::progress::Progress;
use crate::report::stats::{self, Times};
use crate::report::{Report, compact, json, pretty, sarif, summary};
use crate::ruleset::{self, RuleSet};
use crate::scan::Scan;
use crate::terminal::{Look, Terminal};
use crate::walk::{self, Walked};
use crate::{CLEAN, FAILED, FOUND};

/// Reads, reports, and says whether something was found.
pub(crate) fn run(args: &ScanArgs, terminal: &mut Terminal<'_, '_>) -> Result<u8, Error> {
    if let Some(file) = &args.explain_read {
        return explain_read::run(file, args, terminal);
    }
    let mut times = Times::default();
    let start = Instant::now();
    // Neither needs the other, and on a small repository they are most of the work.
    let load = || ruleset::load(&args.sources).and_then(|rules| RuleSet::selected(rules, &args.selection));
    let ((rules, rules_time), (walked, walk_time)) = rayon::join(|| timed(load), || timed(|| inputs(args)));
    let (rules, walked) = (rules?, walked?);
    (times.rules, times.walk) = (rules_time, walk_time);
    let before = start.elapsed();
    let progress = Progress::new(walked.inputs.len(), terminal.can_draw() && !args.quiet);
    let scan = Scan {
        rules: &rules,
        min_severity: args.min_severity.into(),
        min_confidence: args.min_confidence.into(),
        threads: args.threads.into(),
        tick: &|| progress.tick(),
    };
    let mut report = scan.run(&walked.inputs)?;
    progress.finish();
    times.scan = start.elapsed() - before;
    complete(&mut report, walked);
    let status = match report.counts.unread {
        1.. => FAILED,
        0 if report.findings.is_empty() || args.exit_zero => CLEAN,
        0 => FOUND,
    };
    write(args, &report, &rules, status, start, terminal)?;
    if args.stats {
        terminal.tell(&stats::render(&report, times));
    }
    Ok(status)
}

/// A result, and how long it took to get.
fn timed<T>(get: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (get(), start.elapsed())
}

/// The files below the paths, and standard input if a path is `-`.
fn inputs(args: &ScanArgs) -> Result<Walked, Error> {
    let is_stdin = |path: &Path| path == Path::new("-");
    let paths: Vec<_> = args.paths.iter().filter(|path| !is_stdin(path)).cloned().collect();
    let mut walked = walk::walk(&paths, &walk_options(args))?;
    if args.paths.iter().any(|path| is_stdin(path)) {
        walked.inputs.push(Input::stdin(args.stdin_filename.as_deref())?);
    }
    Ok(walked)
}

fn walk_options(args: &ScanArgs) -> walk::Options {
    walk::Options {
        exclude: args.exclude.clone(),
        no_ignore: args.no_ignore,
        include_vendored: args.include_vendored,
        include_docs: args.include_docs,
        threads: args.threads.into(),
    }
}

/// Adds to a report what was seen before the scan.
fn complete(report: &mut Report, walked: Walked) {
    report.counts.other = walked.other;
    report.counts.documents = walked.documents;
    report.notices.extend(walked.notices);
    if walked.inputs.is_empty() {
        let text = match walked.documents {
            0 => "there were no files to read in any language that ropcop knows",
            _ => "there were no files to read but documents, which --include-docs reads",
        };
        report.notices.push(Notice { path: None, line: None, kind: NoticeKind::NoFiles, text: text.to_owned() });
    }
    report.notices.sort();
}

fn write(
    args: &ScanArgs,
    report: &Report,
    rules: &RuleSet,
    status: u8,
    start: Instant,
    terminal: &mut Terminal<'_, '_>,
) -> Result<(), Error> {
    let output = args.output.as_deref();
    let look = match output {
        // A file is read later and elsewhere.
        Some(_) => Look { colour: false, width: 80, terminal: false },
        None => terminal.look(),
    };
    let time = look.terminal.then(|| start.elapsed());
    let text = match args.format {
        Format::Json => json::render(report, &rules.active)?,
        Format::Sarif => sarif::render(report, &rules.active, status)?,
        Format::Compact if args.quiet => compact::render(report),
        Format::Compact => compact::render(report) + &compact::notices(&report.notices),
        Format::Pretty if args.quiet => pretty::render(report, &rules.active, &look)?,
        Format::Pretty => {
            let notices = compact::notices(&report.notices);
            let gap = if notices.is_empty() { "" } else { "\n" };
            pretty::render(report, &rules.active, &look)? + &notices + gap + &summary::render(report, time)
        }
    };
    terminal.report(&text, output)?;
    // Where the summary is not part of the report, it is for whoever started the run.
    let for_people = args.format == Format::Compact || output.is_some();
    if for_people && !args.quiet {
        let notices = if output.is_some() { compact::notices(&report.notices) } else { String::new() };
        terminal.tell(&(notices + &summary::render(report, None)));
    }
    Ok(())
}
