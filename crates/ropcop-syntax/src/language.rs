//! Which language a file is written in.

/// A language that ropcop reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Python.
    Python,
    /// JavaScript with JSX: one grammar reads all of it.
    JavaScript,
    /// TypeScript.
    TypeScript,
    /// TypeScript with JSX.
    Tsx,
    /// C#.
    CSharp,
    /// Go.
    Go,
    /// Java.
    Java,
    /// POSIX shell, Bash, zsh.
    Shell,
    /// An MSBuild project or props file: only what it imports on behalf of C# files.
    MsBuild,
}

/// How to recognise a language. The only table of languages; detection and `--help` are derived from it.
struct Row {
    language: Language,
    name: &'static str,
    extensions: &'static [&'static str],
    files: &'static [&'static str],
    interpreters: &'static [&'static str],
}

const ROWS: &[Row] = &[
    Row {
        language: Language::Python,
        name: "python",
        extensions: &["py", "pyi", "pyw"],
        files: &["SConstruct", "wscript"],
        interpreters: &["python", "python2", "python3", "pypy", "pypy3"],
    },
    Row {
        language: Language::JavaScript,
        name: "javascript",
        extensions: &["js", "jsx", "mjs", "cjs"],
        files: &[],
        interpreters: &["node", "nodejs", "bun"],
    },
    Row {
        language: Language::TypeScript,
        name: "typescript",
        extensions: &["ts", "mts", "cts"],
        files: &[],
        interpreters: &["ts-node", "tsx", "deno"],
    },
    Row { language: Language::Tsx, name: "typescript", extensions: &["tsx"], files: &[], interpreters: &[] },
    Row {
        language: Language::CSharp,
        name: "csharp",
        extensions: &["cs", "csx"],
        files: &[],
        interpreters: &["dotnet-script"],
    },
    Row { language: Language::Go, name: "go", extensions: &["go"], files: &[], interpreters: &[] },
    Row { language: Language::Java, name: "java", extensions: &["java"], files: &[], interpreters: &[] },
    Row {
        language: Language::Shell,
        name: "shell",
        // `azcli` is the extension of the Azure CLI Tools for Visual Studio Code; its files are shell.
        extensions: &["sh", "bash", "zsh", "ksh", "dash", "ash", "azcli", "bats", "command", "envrc"],
        files: &[
            ".bashrc",
            ".bash_profile",
            ".bash_aliases",
            ".bash_login",
            ".bash_logout",
            ".profile",
            ".zshrc",
            ".zprofile",
            ".zshenv",
            ".zlogin",
            ".envrc",
            "PKGBUILD",
            "APKBUILD",
        ],
        interpreters: &["sh", "bash", "zsh", "ksh", "dash", "ash", "bats", "busybox"],
    },
    Row {
        language: Language::MsBuild,
        name: "msbuild",
        extensions: &["csproj", "props", "targets", "projitems", "shproj"],
        files: &[],
        interpreters: &[],
    },
];

impl Language {
    /// The language of a file, by its name, else by its extension, else by the interpreter on its first line.
    ///
    /// `path` may have `/` or `\` between its parts; `text` is only looked at for `#!`.
    pub fn detect(path: &str, text: &str) -> Option<Self> {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let by_name = ROWS.iter().find(|row| row.files.contains(&file));
        let by_extension = || {
            let (_, extension) = file.rsplit_once('.')?;
            ROWS.iter().find(|row| row.extensions.iter().any(|e| e.eq_ignore_ascii_case(extension)))
        };
        let by_interpreter = || {
            let interpreter = interpreter(text)?;
            ROWS.iter().find(|row| row.interpreters.contains(&interpreter))
        };
        by_name.or_else(by_extension).or_else(by_interpreter).map(|row| row.language)
    }

    /// The name that rules use. TypeScript and its JSX form share one.
    pub fn name(self) -> &'static str {
        ROWS.iter().find(|row| row.language == self).map_or("", |row| row.name)
    }
}

/// The program that a `#!` line names: `bash` for `#!/usr/bin/env -S bash -e`. A version at its end is dropped.
fn interpreter(text: &str) -> Option<&str> {
    let line = text.strip_prefix("#!")?.lines().next()?;
    let mut words = line.split_whitespace();
    let mut program = words.next()?.rsplit('/').next()?;
    if program == "env" {
        program = words.find(|word| !word.starts_with('-') && !word.contains('='))?;
        program = program.rsplit('/').next()?;
    }
    let bare = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    Some(if ROWS.iter().any(|row| row.interpreters.contains(&program)) { program } else { bare })
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("bin/tool", "#!/usr/bin/perl", None),
            ("README", "#", None),
        ] {
            assert_eq!(Language::detect(path, text), expected, "{path} {text}");
        }
    }
}
