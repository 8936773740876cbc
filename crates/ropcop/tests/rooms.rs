//! The rooms of the syntax crate know only those that the table in `ARCHITECTURE.md` allows them.

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use source::{files, relative, root};

/// The rooms in the order of the table, each with those that it may use.
fn table() -> Vec<(String, BTreeSet<String>)> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the map exists");
    let (_, section) = page.split_once("## Rooms of the syntax crate").expect("the map has a table of rooms");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        (names(cells[1]).concat(), names(cells[3]).into_iter().collect())
    };
    rows.map(row).collect()
}

/// The modules at the top of the crate that a text names: `crate::a`, `use crate::{a::b, c}`.
fn named(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
    let first = |path: &str| path.chars().take_while(|c| is_name(*c)).collect::<String>();
    for (at, mark) in text.match_indices("crate::") {
        let rest = &text[at + mark.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(first(rest));
            continue;
        };
        let mut depth = 0;
        let mut starts = vec![0];
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => starts.push(at + 1),
                _ => {}
            }
        }
        found.extend(starts.into_iter().map(|start| first(group[start..].trim_start())));
    }
    found.remove("");
    found
}

/// The rooms that the files of each room name, without their own.
fn arrows(rooms: &BTreeSet<String>) -> BTreeMap<String, BTreeMap<String, String>> {
    let source = root().join("crates/ropcop-syntax/src");
    let mut arrows: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for room in rooms {
        let folder = source.join(room);
        let file = source.join(format!("{room}.rs"));
        for path in files(if folder.is_dir() { &folder } else { &file }) {
            let text = fs::read_to_string(&path).unwrap_or_default();
            // What tests need may stand anywhere.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            let used = named(&lines.collect::<Vec<_>>().join("\n"));
            let others = used.into_iter().filter(|used| used != room && rooms.contains(used));
            arrows.entry(room.clone()).or_default().extend(others.map(|used| (used, relative(&path))));
        }
    }
    arrows
}

#[test]
fn every_folder_of_the_syntax_crate_is_a_room_of_the_table() {
    let rooms: BTreeSet<String> = table().into_iter().map(|(room, _)| room).collect();
    let entries = fs::read_dir(root().join("crates/ropcop-syntax/src")).expect("the crate has sources");
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().trim_end_matches(".rs").to_owned());
    let there: BTreeSet<String> = names.filter(|name| name != "lib").collect();
    assert_eq!(rooms, there);
}

#[test]
fn a_room_knows_only_rooms_that_the_table_allows_it() {
    let table = table();
    let arrows = arrows(&table.iter().map(|(room, _)| room.clone()).collect());
    let mut wrong = Vec::new();
    for (room, allowed) in &table {
        for (used, path) in arrows.get(room).into_iter().flatten() {
            if !allowed.contains(used) {
                wrong.push(format!("{path} uses {used}, which the table does not allow"));
            }
        }
    }
    assert!(arrows.values().map(BTreeMap::len).sum::<usize>() > 20, "the arrows were not found: {arrows:?}");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn no_arrow_of_the_table_turns_back() {
    let mut before = BTreeSet::new();
    for (room, allowed) in table() {
        let back: Vec<&String> = allowed.difference(&before).collect();
        assert!(back.is_empty(), "{room} may use {back:?}, which do not stand above it");
        before.insert(room);
    }
}

#[test]
fn uses_are_found_in_all_their_forms() {
    let text = "use crate::{a::{b, c}, D, e_f::g};\nuse crate::h::I;\nfn x() { crate::j::k() }";
    assert_eq!(named(text).into_iter().collect::<Vec<_>>(), ["a", "e_f", "h", "j"]);
}
