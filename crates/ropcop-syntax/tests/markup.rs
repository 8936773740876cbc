//! What is read in documents. A command is written as its words with blanks between: `$NAME` is a hole or a variable, `?`
//! something unknown, `(likely)` and `(stored)` how sure it is. The text at the span of each command stands behind `@`,
//! with `⏎` for each line end.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use fixture::{endure, facts, shown};
use ropcop_syntax::Command;

fn line(command: &Command, page: &str) -> String {
    let span = page[command.span.start..command.span.end].replace("\r\n", "⏎").replace('\n', "⏎");
    format!("{}{} @ {span}", shown::fixed_words(command), shown::certainty(command.certainty))
}

#[track_caller]
fn check(path: &str, page: &str, wanted: &[&str]) {
    let found: Vec<String> = facts(path, page).commands.iter().map(|command| line(command, page)).collect();
    assert_eq!(found, wanted, "in:\n{page}");
}

#[track_caller]
fn markdown(page: &str, wanted: &[&str]) {
    check("page.md", page, wanted);
}

#[test]
fn commands_in_a_fence_are_found_first_in_the_middle_and_last() {
    markdown(
        "# Tool\n\n```bash\ntool login -u a \\\n  -p b \\\n  --last\ntool show\n# tool comment\necho tool quiet\ntool end\n```\n\ntool prose\n",
        &[
            "tool login -u a -p b --last @ tool login -u a \\⏎  -p b \\⏎  --last",
            "tool show @ tool show",
            "tool end @ tool end",
        ],
    );
}

#[test]
fn the_kind_of_block_decides_how_sure_a_command_is() {
    for (page, wanted) in [
        ("```sh\ntool a\n```\n", "tool a @ tool a"),
        ("```azurecli-interactive\ntool a\n```\n", "tool a @ tool a"),
        ("~~~ {.bash}\ntool a\n~~~\n", "tool a @ tool a"),
        ("```\ntool a\n```\n", "tool a (likely) @ tool a"),
        ("```text\ntool a\n```\n", "tool a (likely) @ tool a"),
        ("text\n\n    tool a\n\ntext\n", "tool a (likely) @ tool a"),
        ("```bash\ntool a", "tool a @ tool a"),
    ] {
        markdown(page, &[wanted]);
    }
}

#[test]
fn what_is_no_code_of_a_known_language_is_silent() {
    for page in [
        "Run `tool login -u a`.\n",
        "<!--\n```bash\ntool a\n```\n-->\n",
        "```mermaid\ntool a\n```\n",
        "```md\n    tool a\n```\n",
        "---\ntitle: |\n\n    tool a\n---\n",
        "tool a\n",
        "| tool a | tool b |\n| --- | --- |\n| tool c | d |\n",
    ] {
        markdown(page, &[]);
    }
}

#[test]
fn fences_in_lists_and_quotes_lose_their_margin() {
    markdown(
        "1. One\n   - Two\n\n     ```bash\n     tool a \\\n       -p b\n     tool c\n     ```\n> ```sh\n> tool d \\\n>   -e\n> ```\n",
        &["tool a -p b @ tool a \\⏎       -p b", "tool c @ tool c", "tool d -e @ tool d \\⏎>   -e"],
    );
    markdown("-\t```sh\n\ttool a \\\n\t-b\n\t```\n", &["tool a -b @ tool a \\⏎\t-b"]);
}

#[test]
fn line_ends_of_windows_are_line_ends() {
    markdown(
        "# x\r\n\r\n```bash\r\ntool a \\\r\n  -b\r\ntool c\r\n```\r\n",
        &["tool a -b @ tool a \\⏎  -b", "tool c @ tool c"],
    );
}

#[test]
fn prompts_are_no_words_and_output_is_no_command() {
    markdown(
        "```console\n$ tool a \\\n> -b\ntool output\n  $ tool c\n```\n",
        &["tool a -b @ tool a \\⏎> -b", "tool c @ tool c"],
    );
    for (page, wanted) in [
        ("```bash\nme@pc:~/x$ tool a\ntool output\n```\n", "tool a @ tool a"),
        ("```\n(env) $ tool a\ntool output\n```\n", "tool a (likely) @ tool a"),
        ("```\n[me@pc ~]# tool a\ntool output\n```\n", "tool a (likely) @ tool a"),
        ("```console\n# tool a\ntool output\n```\n", "tool a @ tool a"),
        ("```bash\n> tool a\ntool output\n```\n", "tool a @ tool a"),
        ("```sh\n# tool comment\ntool a\n```\n", "tool a @ tool a"),
    ] {
        markdown(page, &[wanted]);
    }
}

#[test]
fn placeholders_are_holes_and_no_redirections() {
    markdown(
        "```bash\ntool -u <user name> -p <pass-word> --tenant <tenant.id>\ntool https://<account>.x.y \"<x>\" last\n```\n",
        &[
            "tool -u $user_name -p $pass_word --tenant $tenant_id @ tool -u <user name> -p <pass-word> --tenant <tenant.id>",
            "tool https://$account.x.y $x last @ tool https://<account>.x.y \"<x>\" last",
        ],
    );
    for (line, wanted) in [
        ("tool -u {{ lab.user }} -p {{pass}}", "tool -u $user -p $pass"),
        ("tool -u {{user-name}} -p {{ pass | quote }}", "tool -u $user-name -p $pass"),
        ("tool -u @lab.Login(User1).Name -p '@lab.Login(User1).Password'", "tool -u $Name -p $Password"),
        ("tool -u <<user>> -p <...>", "tool -u $user -p ?"),
        ("tool -u 'a@b.c'", "tool -u a@b.c"),
    ] {
        markdown(&format!("```sh\n{line}\n```\n"), &[&format!("{wanted} @ {line}")]);
    }
    for (line, wanted) in [
        ("tool a < in.txt > out.txt", "tool a @ tool a"),
        ("tool a <in.txt 2>out.txt", "tool a @ tool a"),
        ("tool a <<EOF>>out\ntext\nEOF", "tool a @ tool a"),
    ] {
        markdown(&format!("```sh\n{line}\n```\n"), &[wanted]);
    }
}

#[test]
fn dashes_before_options_are_hyphens() {
    markdown(
        "```sh\ntool –u a —password b‑c – d\ntool x–y -z\n```\n",
        &["tool -u a --password b‑c – d @ tool –u a —password b‑c – d", "tool x–y -z @ tool x–y -z"],
    );
}

#[test]
fn programs_in_a_page_are_read_as_programs() {
    let page = "# x\n\n1. y\n\n   ```python\n   import demo\n   demo.connect('a')\n   ```\n\n```pycon\n>>> import os\n>>> os.system(\n...   'tool a')\n'tool b'\n```\n";
    let facts = facts("page.md", page);
    let calls: Vec<_> =
        facts.calls.iter().map(|call| (&*call.symbols[0].path, &page[call.span.start..call.span.end])).collect();
    assert_eq!(calls, [("demo.connect", "demo.connect"), ("os.system", "os.system")]);
    let commands: Vec<_> = facts.commands.iter().map(|command| line(command, page)).collect();
    assert_eq!(commands.last().map(String::as_str), Some("tool a @ tool a"), "{commands:?}");
}

#[test]
fn a_fragment_that_cannot_be_parsed_is_no_remark() {
    let facts = facts("page.md", "```python\ndef x(:\n  demo(1\n```\n");
    assert!(facts.syntax_errors.is_empty());
}

#[test]
fn asciidoc_has_source_blocks_listings_and_paragraphs() {
    check(
        "page.adoc",
        "= Title\n\n[source,bash,subs=\"a,b\"]\n.Sign in\n----\ntool a \\ <1>\n  -p b # <2>\ntool c <.>\n----\n<1> tool note\n\n\
         [,sh]\ntool d \\\n-e\n\ntool prose\n\n....\ntool f\n....\n\n```bash\ntool g <x>\n```\n",
        &[
            "tool a -p b @ tool a \\ <1>⏎  -p b",
            "tool c @ tool c",
            "tool d -e @ tool d \\⏎-e",
            "tool f (likely) @ tool f",
            "tool g $x @ tool g <x>",
        ],
    );
    check("page.adoc", ":source-language: sh\n\n[source]\n----\ntool a", &["tool a @ tool a"]);
}

#[test]
fn comments_and_other_languages_of_asciidoc_are_silent() {
    for page in [
        "////\n----\ntool a\n----\n////\n",
        "// tool a\n",
        "[source,ruby]\n----\ntool a\n----\n",
        "[NOTE]\ntool a\n",
        "tool a\n",
    ] {
        check("page.adoc", page, &[]);
    }
}

#[test]
fn restructured_text_has_directives_and_literal_blocks() {
    check(
        "page.rst",
        "Title\n=====\n\n.. code-block:: bash\n   :linenos:\n   :caption: tool caption\n\n   tool a \\\n     -p b\n\n   tool c\n\ntool prose::\n\n    tool d\n\n\
         .. tab:: x\n\n   .. code:: sh\n\n      tool e -f\n\n   tool prose\n",
        &["tool a -p b @ tool a \\⏎     -p b", "tool c @ tool c", "tool d (likely) @ tool d", "tool e -f @ tool e -f"],
    );
    check("page.rst", ".. highlight:: sh\n\nText::\r\n\r\n  tool a \\\r\n    -b", &["tool a -b @ tool a \\⏎    -b"]);
}

#[test]
fn comments_and_other_languages_of_restructured_text_are_silent() {
    for page in [
        ".. a comment::\n   x\n",
        ".. comment\n   text::\n\n     tool a\n",
        ".. code-block:: ruby\n\n   tool a\n",
        "tool a\n",
        ".. _tool: https://tool\n",
        "* tool a\n\n  tool b\n",
    ] {
        check("page.rst", page, &[]);
    }
}

#[test]
fn hostile_pages_take_neither_stack_nor_time() {
    let deep = "> ".repeat(4_000);
    let lists = (0..2_000).map(|depth| "  ".repeat(depth) + "- a\n").collect::<String>();
    for page in [
        format!("{deep}```sh\n{deep}tool a\n"),
        lists,
        "```sh\n".repeat(4_000),
        format!("```sh\n{}\n```\n", "<a> ".repeat(2_000)),
        format!("```sh\n{}\n```\n", "<a ".repeat(4_000)),
        format!("```sh\n{}\n```\n", "{{a ".repeat(4_000)),
        format!("- x\n\n  ```sh\n{}  ```\n", "  –a\n".repeat(4_000)),
        format!("- x\n\n  ```sh\n{}  ```\n", "  $ a\n".repeat(4_000)),
    ] {
        endure("page.md", &page);
        endure("page.adoc", &page);
        endure("page.rst", &page);
    }
    endure("page.rst", &(0..3_000).map(|depth| " ".repeat(depth) + "a::\n\n").collect::<String>());
    endure("page.adoc", &"[source,sh]\n----\n<1> <2>\n".repeat(4_000));
}
