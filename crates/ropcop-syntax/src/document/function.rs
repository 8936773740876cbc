//! Functions of configuration languages that put texts together. Their languages differ little in what they call them.

use std::rc::Rc;

use super::{Content, Entry, Node};
use crate::Span;
use crate::text::template::{self, Template};

/// More places than this in a format are not filled.
const MOST_PLACES: usize = 100;

/// A text that has become longer than this is not filled any further.
const LONGEST: usize = 1_000_000;

/// Functions that give their first argument in another form, in lower case.
const SAME: &[&str] = &[
    "any",
    "base64",
    "base64encode",
    "base64gzip",
    "chomp",
    "compact",
    "jsonencode",
    "json",
    "nonsensitive",
    "replace",
    "sensitive",
    "split",
    "string",
    "textencodebase64",
    "tolist",
    "toset",
    "tostring",
    "trim",
    "trimprefix",
    "trimspace",
    "trimsuffix",
    "try",
    "uristring",
    "yamlencode",
];

/// The value of a function at a place; none if it is not known.
pub(crate) fn value(name: &str, args: &[Rc<Node>], span: Span) -> Option<Rc<Node>> {
    let name = name.to_ascii_lowercase();
    let content = match name.as_str() {
        "indent" => return args.get(1).cloned(),
        "coalesce" => return args.iter().find(|value| value.scalar().is_none_or(|text| !is_hole(text))).cloned(),
        "createarray" => Content::List(args.to_vec()),
        name if SAME.contains(&name) => return args.first().cloned(),
        "concat" if args.iter().any(|value| value.scalar().is_some_and(|text| !is_hole(text))) => text_of(args),
        "concat" | "flatten" => Content::List(items(args)),
        "merge" | "union" => Content::Map(entries(args)),
        "join" => joined(args)?,
        "format" => Content::Scalar(formatted(args.first()?.scalar()?, args.get(1..)?)),
        // The function of Terragrunt runs its arguments.
        "run_cmd" => {
            let value = Rc::new(Node { content: Content::List(args.to_vec()), span });
            Content::Map(vec![Entry { key: "execute".to_owned(), key_span: span, value }])
        }
        _ => return None,
    };
    Some(Rc::new(Node { content, span }))
}

fn is_hole(text: &Template) -> bool {
    text.holes.len() == 1 && text.text.text.chars().count() == 1
}

/// The texts of scalars; a hole for anything else.
fn texts(values: &[Rc<Node>]) -> Vec<Template> {
    let text = |value: &Rc<Node>| {
        value.scalar().cloned().unwrap_or_else(|| {
            let mut unknown = Template::default();
            unknown.push_hole(None, value.span.start);
            unknown.text.seek(value.span.end);
            unknown
        })
    };
    values.iter().map(text).collect()
}

fn text_of(values: &[Rc<Node>]) -> Content {
    Content::Scalar(template::joined(&texts(values).iter().collect::<Vec<_>>(), ""))
}

/// The items of several lists.
fn items(values: &[Rc<Node>]) -> Vec<Rc<Node>> {
    let items = values.iter().flat_map(|value| match &value.content {
        Content::List(items) => items.clone(),
        _ => vec![Rc::clone(value)],
    });
    items.collect()
}

/// The entries of several maps.
fn entries(values: &[Rc<Node>]) -> Vec<Entry> {
    let entries = values.iter().flat_map(|value| value.entries()).map(|entry| Entry {
        key: entry.key.clone(),
        key_span: entry.key_span,
        value: Rc::clone(&entry.value),
    });
    entries.collect()
}

/// `join(" ", […])` or `join([…], ' ')`.
fn joined(args: &[Rc<Node>]) -> Option<Content> {
    let [first, second] = args else { return None };
    let (list, between) = if first.items().is_empty() { (second, first) } else { (first, second) };
    let texts = texts(list.items());
    let between = between.text().unwrap_or(" ");
    (!texts.is_empty()).then(|| Content::Scalar(template::joined(&texts.iter().collect::<Vec<_>>(), between)))
}

/// A text with arguments in its places: `%s` and its kin in their order, or `{0}` by their number.
fn formatted(template: &Template, args: &[Rc<Node>]) -> Template {
    let text = &template.text.text;
    let piece = |from: usize, to: usize| template.part(from..to);
    let args = texts(args);
    let mut whole = Template::default();
    let mut from = 0;
    for (number, (at, length, index)) in places(text).into_iter().take(MOST_PLACES).enumerate() {
        let Some(arg) = args.get(index.unwrap_or(number)) else { continue };
        if whole.text.text.len() > LONGEST {
            break;
        }
        whole.append(&piece(from, at));
        whole.append(arg);
        from = at + length;
        whole.text.seek(template.text.host(from));
    }
    whole.append(&piece(from, text.len()));
    whole
}

/// The places of a format: where they are, how long they are, and the number they name.
fn places(text: &str) -> Vec<(usize, usize, Option<usize>)> {
    let numbered = text.match_indices('{').filter_map(|(at, _)| {
        let inner = &text[at + 1..];
        let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let is_place = digits > 0 && inner[digits..].starts_with('}');
        is_place.then_some((at, digits + 2, inner[..digits].parse().ok()))
    });
    let numbered: Vec<_> = numbered.filter(|(_, _, number)| number.is_some()).collect();
    if !numbered.is_empty() {
        return numbered;
    }
    let letters = text.match_indices('%').filter(|(at, _)| text[at + 1..].starts_with(['s', 'q', 'd', 'v']));
    letters.map(|(at, _)| (at, 2, None)).collect()
}
