//! Which language something is in: a file, what a program reads, what a page calls by a name.

use strum::VariantArray;

use super::Language;
use super::row::Row;

/// Endings of files from which a tool makes the real file: `deploy.sh.j2`.
const TEMPLATES: [&str; 12] =
    ["j2", "jinja", "jinja2", "tmpl", "tpl", "template", "gotmpl", "erb", "in", "dist", "example", "sample"];

/// The language whose row fulfils a condition. `every_mark_belongs_to_one_language` sees to it that there is one at most.
fn find(holds: impl Fn(&Row) -> bool) -> Option<Language> {
    Language::VARIANTS.iter().copied().find(|language| holds(language.row()))
}

impl Language {
    /// The language of a file, by its name, else by its extension, else by a pattern of names, else by the interpreter on
    /// its first line or the declaration of XML.
    ///
    /// `path` may have `/` or `\` between its parts; `text` is only looked at for `#!` and `<?xml`.
    pub fn detect(path: &str, text: &str) -> Option<Self> {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        find(|row| row.has_file(file))
            .or_else(|| by_extension(file))
            .or_else(|| find(|row| row.has_pattern(path, file)))
            .or_else(|| by_first_line(text))
    }

    /// The language that a program reads: `bash`, `C:\…\pwsh.exe`, `/usr/bin/env python3`.
    pub(crate) fn of_program(program: &str) -> Option<Self> {
        let name = program.trim().rsplit(['/', '\\']).next().unwrap_or(program).to_ascii_lowercase();
        by_interpreter(name.strip_suffix(".exe").unwrap_or(&name))
    }

    /// The language that people call so: by its name, or by an ending of its files, or by a program that reads it.
    /// `name` is in lower case.
    pub(crate) fn called(name: &str) -> Option<Self> {
        find(|row| row.name == name || row.aliases.contains(&name))
            .or_else(|| find(|row| row.has_extension(name)))
            .or_else(|| find(|row| row.interpreters.contains(&name)))
    }
}

fn by_extension(file: &str) -> Option<Language> {
    let (name, extension) = file.rsplit_once('.')?;
    let of = |extension: &str| find(|row| row.has_extension(extension));
    let inner = || {
        let is_template = TEMPLATES.iter().any(|template| template.eq_ignore_ascii_case(extension));
        is_template.then(|| find(|row| row.files.contains(&name)).or(of(name.rsplit_once('.')?.1)))?
    };
    of(extension).or_else(inner)
}

fn by_first_line(text: &str) -> Option<Language> {
    let by_line = || by_interpreter(text.strip_prefix("#!")?.lines().next()?);
    let text_start = text.trim_start_matches('\u{feff}');
    by_line().or_else(|| find(|row| row.start.is_some_and(|start| text_start.starts_with(start))))
}

/// `bash` for `/usr/bin/env -S bash -e`. A version at the end of a program's name may be missing in the table.
fn by_interpreter(command: &str) -> Option<Language> {
    let mut words = command.split_whitespace();
    let mut program = words.next()?.rsplit('/').next()?;
    if program == "env" {
        program = words.find(|word| !word.starts_with('-') && !word.contains('='))?;
        program = program.rsplit('/').next()?;
    }
    let of = |program: &str| find(|row| row.interpreters.contains(&program));
    of(program).or_else(|| of(program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn every_mark_belongs_to_one_language() {
        let mut owners: HashMap<(&str, String), Language> = HashMap::new();
        for language in Language::VARIANTS {
            let row = language.row();
            let endings = row.extensions.iter().chain(row.families.iter().flat_map(|family| family.extensions));
            let marks = endings.map(|ending| ("ending", *ending));
            let marks = marks.chain(row.files.iter().map(|file| ("file", *file)));
            let marks = marks.chain(row.interpreters.iter().map(|program| ("program", *program)));
            // The names of one language may be the same as its endings; those of another may not.
            for (kind, mark) in marks.chain(row.aliases.iter().map(|alias| ("name", *alias))) {
                let before = owners.insert((kind, mark.to_owned()), *language);
                assert_eq!(before, None, "{kind} {mark} of {language:?}");
            }
            for alias in row.aliases {
                assert!(Language::VARIANTS.iter().all(|other| !other.row().has_extension(alias)), "{alias}");
                assert_eq!(*alias, alias.to_lowercase());
            }
        }
    }

    #[test]
    fn a_language_is_known_by_what_people_call_it() {
        for (name, expected) in [
            ("python", Some(Language::Python)),
            ("golang", Some(Language::Go)),
            ("c#", Some(Language::CSharp)),
            ("tsx", Some(Language::Tsx)),
            ("typescript", Some(Language::TypeScript)),
            ("pwsh", Some(Language::PowerShell)),
            ("yml", Some(Language::Yaml)),
            ("cmd", Some(Language::Batch)),
            ("ruby", None),
            ("", None),
        ] {
            assert_eq!(Language::called(name), expected, "{name}");
        }
    }

    #[test]
    fn a_program_says_which_language_it_reads() {
        for (program, expected) in [
            ("bash", Some(Language::Shell)),
            ("/usr/bin/env python3", Some(Language::Python)),
            (r"C:\Windows\System32\cmd.EXE", Some(Language::Batch)),
            ("python3.11", Some(Language::Python)),
            (" pwsh ", Some(Language::PowerShell)),
            ("env", None),
            ("tool", None),
            ("", None),
        ] {
            assert_eq!(Language::of_program(program), expected, "{program}");
        }
    }

    #[test]
    fn a_language_is_found_by_name_extension_or_interpreter() {
        for (path, text, expected) in [
            ("a/b.PY", "", Some(Language::Python)),
            ("x.d.ts", "", Some(Language::TypeScript)),
            ("x.mjs", "", Some(Language::JavaScript)),
            (".bashrc", "", Some(Language::Shell)),
            ("bin/deploy", "#!/usr/bin/env -S bash -eu\n", Some(Language::Shell)),
            ("bin/tool", "#!/usr/bin/python3.11", Some(Language::Python)),
            ("bin/tool", "#!/usr/bin/env FOO=1 python3", Some(Language::Python)),
            ("Dockerfile.build", "", Some(Language::Containerfile)),
            ("web.Dockerfile", "", Some(Language::Containerfile)),
            ("Jenkinsfile-nightly", "", Some(Language::Groovy)),
            ("Makefile.am", "", Some(Language::Make)),
            ("deploy.sh.j2", "", Some(Language::Shell)),
            ("main.tf.tmpl", "", Some(Language::Hcl)),
            ("notes.example", "", None),
            (".env", "", Some(Language::Dotenv)),
            ("a/.env.production", "", Some(Language::Dotenv)),
            (".env.local.example", "", Some(Language::Dotenv)),
            (".env.example", "", Some(Language::Dotenv)),
            ("prod.env", "", Some(Language::Dotenv)),
            (".env.ts", "", Some(Language::TypeScript)),
            (".envrc", "", Some(Language::Shell)),
            ("application.properties.tmpl", "", Some(Language::Properties)),
            ("home/.azure/credentials", "", Some(Language::Ini)),
            ("templates/azure_credentials.j2", "", Some(Language::Ini)),
            ("requirements-dev.txt", "", Some(Language::Requirements)),
            ("dev-requirements.txt", "", Some(Language::Requirements)),
            ("requirements/base.txt", "", Some(Language::Requirements)),
            ("notes/base.txt", "", None),
            ("terraform.tfvars", "", Some(Language::Hcl)),
            ("web.config", "", Some(Language::Xml)),
            ("app/login.php", "", Some(Language::Plain)),
            ("run.PS1", "", Some(Language::PowerShell)),
            ("bin/tool", "#!/usr/bin/perl", None),
            ("etl/Load.dtsx", "<?xml version=\"1.0\"?><a/>", Some(Language::Xml)),
            ("page.html", "<html>", None),
            ("README", "#", None),
        ] {
            assert_eq!(Language::detect(path, text), expected, "{path} {text}");
        }
    }
}
