//! The shape of the source: files and functions that fit into a head, and one name for one thing.

mod source;

use std::collections::BTreeMap;
use std::fs;

use proc_macro2::Span;
use source::{files, relative, root};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// Longer files hold more than one thing. Their tests do not count.
const LONGEST_FILE: usize = 400;
/// Longer functions do more than one thing.
const LONGEST_FUNCTION: usize = 70;

/// What is written in one file outside its tests.
struct Shape {
    /// Path of the file from the root of the repository.
    path: String,
    /// Its lines.
    lines: usize,
    /// Each function with its lines, from its name to its closing brace.
    functions: Vec<(String, usize)>,
    /// What it calls its types and traits.
    types: Vec<String>,
}

impl Shape {
    fn of(path: &str, text: &str) -> Self {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let lines = text.lines().count();
        let mut shape = Self { path: path.to_owned(), lines, functions: Vec::new(), types: Vec::new() };
        shape.visit_file(&file);
        shape
    }

    fn function(&mut self, signature: &syn::Signature, body: Option<&syn::Block>) {
        let end = body.map_or(signature.span(), Spanned::span);
        self.functions.push((signature.ident.to_string(), lines(signature.span(), end)));
    }
}

impl<'ast> Visit<'ast> for Shape {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let named = match item {
            // Only tests are what is left out; nothing else is compiled for them alone.
            syn::Item::Mod(module) if is_test(&module.attrs) => {
                self.lines -= lines(item.span(), item.span());
                return;
            }
            syn::Item::Fn(function) if is_test(&function.attrs) => return,
            syn::Item::Fn(function) => {
                self.function(&function.sig, Some(&function.block));
                None
            }
            syn::Item::Enum(item) => Some(&item.ident),
            syn::Item::Struct(item) => Some(&item.ident),
            syn::Item::Trait(item) => Some(&item.ident),
            syn::Item::Type(item) => Some(&item.ident),
            syn::Item::Union(item) => Some(&item.ident),
            _ => None,
        };
        self.types.extend(named.map(ToString::to_string));
        visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.function(&function.sig, Some(&function.block));
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        self.function(&function.sig, function.default.as_ref());
        visit::visit_trait_item_fn(self, function);
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    let says_so = |list: &syn::MetaList| list.path.is_ident("cfg") && list.tokens.to_string() == "test";
    attributes.iter().any(|attribute| attribute.meta.require_list().is_ok_and(says_so))
}

fn lines(from: Span, to: Span) -> usize {
    to.end().line + 1 - from.start().line
}

/// The sources of each crate by its name.
fn crates() -> BTreeMap<String, Vec<Shape>> {
    let folders = ["crates/ropcop", "crates/ropcop-engine", "crates/ropcop-syntax", "rules"];
    let shapes = |folder: &str| {
        let paths = files(&root().join(folder).join("src"));
        let text = |path| fs::read_to_string(path).expect("a source is text");
        paths.iter().map(|path| Shape::of(&relative(path), &text(path))).collect()
    };
    folders.into_iter().map(|folder| (folder.to_owned(), shapes(folder))).collect()
}

#[test]
fn no_file_is_longer_than_can_be_overlooked() {
    let crates = crates();
    let shapes: Vec<&Shape> = crates.values().flatten().collect();
    assert!(shapes.len() > 300, "only {} sources were found", shapes.len());
    let long = shapes.iter().filter(|shape| shape.lines > LONGEST_FILE);
    let long: Vec<String> = long.map(|shape| format!("{}: {} lines", shape.path, shape.lines)).collect();
    assert!(long.is_empty(), "more than {LONGEST_FILE} lines before the tests:\n{}", long.join("\n"));
}

#[test]
fn no_function_is_longer_than_can_be_overlooked() {
    let crates = crates();
    let functions: Vec<_> = crates.values().flatten().flat_map(|s| s.functions.iter().map(|f| (&s.path, f))).collect();
    assert!(functions.len() > 2_000, "only {} functions were found", functions.len());
    let long = functions.iter().filter(|(_, (_, lines))| *lines > LONGEST_FUNCTION);
    let long: Vec<String> = long.map(|(path, (name, lines))| format!("{path}: {name} has {lines} lines")).collect();
    assert!(long.is_empty(), "more than {LONGEST_FUNCTION} lines:\n{}", long.join("\n"));
}

#[test]
fn no_two_types_of_a_crate_have_one_name() {
    for (name, shapes) in crates() {
        let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for shape in &shapes {
            shape.types.iter().for_each(|name| places.entry(name).or_default().push(&shape.path));
        }
        let shared: Vec<_> = places.iter().filter(|(_, paths)| paths.len() > 1).collect();
        assert!(shared.is_empty(), "one name for two things in {name}: {shared:#?}");
    }
}

#[test]
fn tests_count_neither_as_lines_nor_as_functions() {
    let text = "struct A;\n\nimpl A {\n    /// Says so.\n    fn b(\n        self,\n    ) {\n    }\n}\n";
    let tests = "#[cfg(test)]\nmod tests {\n    #[test]\n    fn c() {}\n}\n";
    let shape = Shape::of("a.rs", &format!("{text}\n{tests}"));
    assert_eq!((shape.lines, shape.types), (10, vec!["A".to_owned()]));
    assert_eq!(shape.functions, [("b".to_owned(), 4)]);
}
