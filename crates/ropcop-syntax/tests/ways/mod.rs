//! Samples with the ways and addresses that are expected of them beside their lines.
//!
//! Behind `by:` stand the ways of the call of `sign_in` in a line, with ` | ` between them: the last names of the steps and
//! their arguments, with `…` in front if the beginning is not known. Behind `to:` stand the addresses of the form whose
//! key `grant` is in the line.

use ropcop_syntax::{Arg, Call, LineIndex, Part, Record, RecordKind, Source, Step, Value, Way, extract};

fn parts(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("${name}"),
        Part::Output { .. } | Part::Unknown => "?".to_owned(),
    };
    parts.iter().map(part).collect()
}

fn value(found: &Value) -> String {
    match found {
        Value::Text(text) => parts(text),
        Value::Number(number) => number.clone(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null => "null".to_owned(),
        Value::Choice(values) => values.iter().map(value).collect::<Vec<_>>().join(" or "),
        Value::List(items) => format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entry = |(key, found): &(String, Value)| format!("{key}: {}", value(found));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Symbol(symbols) => symbols[0].path.rsplit('.').next().unwrap_or_default().to_owned(),
        Value::Dynamic { name } => format!("${}", name.as_deref().unwrap_or("?")),
    }
}

fn step(step: &Step) -> String {
    let arg = |arg: &Arg| match &arg.name {
        Some(name) => format!("{name}={}", value(&arg.value)),
        None => value(&arg.value),
    };
    let name = step.symbol.path.trim_end_matches("()").rsplit('.').next().unwrap_or_default();
    format!("{name}({})", step.args.iter().map(arg).collect::<Vec<_>>().join(", "))
}

fn way(way: &Way) -> String {
    let steps: Vec<String> = way.steps.iter().map(step).collect();
    let start = if way.open { vec!["…".to_owned()] } else { Vec::new() };
    start.into_iter().chain(steps).collect::<Vec<_>>().join(" ")
}

fn is_sign_in(call: &Call) -> bool {
    let name = |path: &str| path.rsplit('.').next().unwrap_or_default().replace('_', "").to_lowercase();
    call.symbols.iter().any(|symbol| name(&symbol.path) == "signin")
}

fn form(record: &Record) -> Option<usize> {
    let is_form = matches!(record.kind, RecordKind::Mapping | RecordKind::Text);
    record.fields.iter().find(|field| is_form && field.key == "grant").map(|field| field.key_span.start)
}

/// Checks the ways of calls and the addresses of forms in a sample.
#[track_caller]
pub(crate) fn check(path: &str, text: &str) {
    let facts = extract(&Source::detect(path, text).expect("a program"), &|_| true);
    let lines = LineIndex::new(text);
    let mut found: Vec<(usize, String)> = Vec::new();
    for call in facts.calls.iter().filter(|call| is_sign_in(call)) {
        let ways: Vec<String> = call.ways.iter().map(way).collect();
        found.push((lines.line(call.span.start), format!("by: {}", ways.join(" | ")).trim_end().to_owned()));
    }
    for record in &facts.records {
        if let Some(at) = form(record) {
            let addresses: Vec<String> = record.addresses.iter().map(value).collect();
            found.push((lines.line(at), format!("to: {}", addresses.join(" | ")).trim_end().to_owned()));
        }
    }
    found.sort();
    let expected = text.lines().enumerate().filter_map(|(index, line)| {
        let at = line.find("by:").or_else(|| line.find("to:"))?;
        Some((index + 1, line[at..].trim_end().to_owned()))
    });
    let expected: Vec<(usize, String)> = expected.collect();
    let shown =
        |list: &[(usize, String)]| list.iter().map(|(line, text)| format!("{line}: {text}\n")).collect::<String>();
    assert_eq!(shown(&found), shown(&expected), "{path}");
}
