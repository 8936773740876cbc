//! The chapter of CONTRIBUTING.md that leads through a first rule: a reader who does what it says sees what it says.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A block of code of the chapter: what stands behind its opening fence, and its lines.
struct Block {
    info: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../CONTRIBUTING.md");
    let page = fs::read_to_string(path).expect("the page").replace("\r\n", "\n");
    let chapter = page.split("\n## ").find(|chapter| chapter.starts_with("Write a rule for your own"));
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for line in chapter.expect("the chapter").lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some(Block { info: info.to_owned(), text: String::new() }),
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(block)) => block.text.extend([line, "\n"]),
            (None, None) => {}
        }
    }
    found
}

/// Whether what was printed is what is written down, in which `...` stands for any lines.
fn is_as_written(printed: &[&str], written: &[&str]) -> bool {
    match written.split_first() {
        None => printed.is_empty(),
        Some((&"...", rest)) => (0..=printed.len()).any(|skipped| is_as_written(&printed[skipped..], rest)),
        Some((line, rest)) => printed.first() == Some(line) && is_as_written(&printed[1..], rest),
    }
}

#[test]
fn a_reader_who_does_what_the_tutorial_says_sees_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut runs = 0;
    for Block { info, text } in blocks() {
        match &info.split(' ').collect::<Vec<_>>()[..] {
            ["console", "tutorial"] => {
                let (command, written) = text.split_once('\n').expect("a command and what it prints");
                let args = command.strip_prefix("$ ropcop ").expect("a command of ropcop").split(' ');
                let mut run = Command::new(env!("CARGO_BIN_EXE_ropcop"));
                run.args(args).current_dir(folder.path()).env("NO_COLOR", "1").env_remove("CI");
                let output = run.output().expect("ropcop starts");
                let printed = String::from_utf8_lossy(&output.stdout);
                let (printed, written): (Vec<&str>, Vec<&str>) = (printed.lines().collect(), written.lines().collect());
                assert!(is_as_written(&printed, &written), "{command}\n{printed:#?}\nis not\n{written:#?}");
                runs += 1;
            }
            [_, path] => write(folder.path(), path, &text),
            [_, path, "+"] => {
                let before = fs::read_to_string(folder.path().join(path)).expect("a file to which lines are added");
                write(folder.path(), path, &format!("{before}\n{text}"));
            }
            _ => panic!("what is a block of `{info}` for?"),
        }
    }
    assert_eq!(runs, 7, "commands that were run");
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}
