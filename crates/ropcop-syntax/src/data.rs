//! YAML and JSON files: what they mean depends on who reads them.
//!
//! Each reader knows one host: by what it recognises its files, and which text in them is code of which language.

mod ansible;
mod argv;
mod arm;
mod cloud_init;
mod cloudformation;
mod collect;
mod compose;
mod devcontainer;
mod generic;
mod holes;
pub(crate) mod infrastructure;
mod kubernetes;
mod program;
mod pulumi;
mod salt;
mod startup;

use std::rc::Rc;

use crate::document::{Node, json, yaml};
use crate::{Facts, Host, Language, Source};

use collect::Collector;

/// One document of a file.
struct Document<'d> {
    /// The path of the file, which may be shortened.
    path: &'d str,
    root: &'d Rc<Node>,
}

/// Who reads a document.
struct Reader {
    host: Host,
    /// Whether the document is for this host.
    recognises: fn(&Document<'_>) -> bool,
    /// Collects the facts of a document that is.
    read: fn(&Document<'_>, &mut Collector<'_>),
}

/// The first that recognises a document reads it: those whose files have unmistakable keys come first.
const READERS: &[Reader] = &[];

/// Those who run containers and set up machines. They come last: pipelines have manifests of Kubernetes, too.
const MACHINES: &[Reader] = &[
    Reader { host: Host::Container, recognises: kubernetes::recognises, read: kubernetes::read },
    Reader { host: Host::Container, recognises: compose::recognises, read: compose::read },
    Reader { host: Host::DevContainer, recognises: devcontainer::recognises, read: devcontainer::read },
    Reader { host: Host::Infrastructure, recognises: cloud_init::recognises, read: cloud_init::read },
    Reader { host: Host::Infrastructure, recognises: arm::recognises, read: arm::read },
    Reader { host: Host::Infrastructure, recognises: cloudformation::recognises, read: cloudformation::read },
    Reader { host: Host::Infrastructure, recognises: pulumi::recognises, read: pulumi::read },
    Reader { host: Host::Configuration, recognises: ansible::recognises, read: ansible::read },
    Reader { host: Host::Configuration, recognises: salt::recognises, read: salt::read },
];

/// Reads a file.
pub(crate) fn facts(source: &Source, keep: &dyn Fn(&str) -> bool) -> Facts {
    let parse = if source.language == Language::Json { json::parse } else { yaml::parse };
    let (documents, errors) = parse(&source.text);
    let mut collector = Collector::new(keep, source.text.len());
    let mut host = None;
    for root in &documents {
        let document = Document { path: &source.path, root };
        if let Some(reader) = READERS.iter().chain(MACHINES).find(|reader| (reader.recognises)(&document)) {
            host = host.or(Some(reader.host));
            (reader.read)(&document, &mut collector);
        }
        generic::read(root, &mut collector);
    }
    let mut facts = collector.finish();
    facts.syntax_errors.extend(errors);
    facts.host = host;
    facts.settle();
    facts
}
