//! How each style reads options, on grammars made up for the purpose.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

use ropcop_engine::{Grammar, Parsed};
use ropcop_syntax::{Part, Span, Word};

/// `$NAME` is a variable, `@NAME` is one that splits, everything else is text.
fn word(text: &str) -> Word {
    let (parts, splits) = match (text.split_once('$'), text.strip_prefix('@')) {
        (_, Some(name)) => (vec![Part::Variable(name.to_owned())], true),
        (Some((before, name)), _) if !["true", "false", "null"].contains(&name.to_lowercase().as_str()) => {
            let start = (!before.is_empty()).then(|| Part::Text(before.to_owned()));
            (start.into_iter().chain([Part::Variable(name.to_owned())]).collect(), false)
        }
        _ => (vec![Part::Text(text.to_owned())], false),
    };
    Word { parts, span: Span::new(0, text.len()), splits, literals: Vec::new() }
}

/// Words are separated by blanks; `_` stands for a blank in a word.
fn words(line: &str) -> Vec<Word> {
    line.split(' ').map(|text| word(&text.replace('_', " "))).collect()
}

/// `name=value` of every option, `!` for refused, `?` for uncertain, `h` for help.
fn shown(parsed: &Parsed) -> String {
    let value = |word: &Word| {
        let part = |part: &Part| part.text().map_or("$".to_owned(), str::to_owned);
        word.parts.iter().map(part).collect::<String>()
    };
    let mut out: Vec<String> = parsed
        .options
        .iter()
        .map(|(name, given)| match given.values.last() {
            Some(word) => format!("{name}={}", value(word)),
            None => name.clone(),
        })
        .collect();
    out.extend(parsed.uncertain.then(|| "?".to_owned()));
    out.extend(parsed.help.then(|| "h".to_owned()));
    if parsed.refused.is_some() {
        return "!".to_owned();
    }
    out.join(" ")
}

fn check(grammar: &str, table: &[(&str, &str)]) {
    let grammar = Grammar::from_toml(grammar).unwrap();
    let mut wrong = Vec::new();
    for (line, wanted) in table {
        let words = words(line);
        let got = match grammar.find(&words) {
            Some(at) => shown(&grammar.parse(&words[at..])),
            None => "no program".to_owned(),
        };
        if got != *wanted {
            wrong.push(format!("{line}: {got}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

const CMDLET: &str = "
name = 'Open-Demo'
programs = ['Open-Demo', 'Enter-Demo']
style = 'powershell'
[[option]]
names = ['-Credential']
value = 'one'
[[option]]
names = ['-ServicePrincipal']
[[option]]
names = ['-SendCertificateChain']
[[option]]
names = ['-Tenant', '-Domain', '-TenantId']
value = 'one'
[[option]]
names = ['-CertificateThumbprint']
value = 'one'
[[option]]
names = ['<key>']
value = 'one'
position = 0
[[option]]
names = ['-Place']
value = 'one'
position = 1
";

#[test]
fn powershell_reads_names_in_any_case_and_shortened() {
    check(
        CMDLET,
        &[
            ("Open-Demo", ""),
            ("open-demo -credential $c", "-Credential=$"),
            ("ENTER-DEMO -Credential $c -Tenant t", "-Credential=$ -Tenant=t"),
            ("Demo.Module\\Open-Demo -Credential $c", "-Credential=$"),
            ("Open-Demos -Credential $c", "no program"),
            ("Open-Demo -Cred $c", "-Credential=$"),
            ("Open-Demo -Cr $c -Ser", "-Credential=$ -ServicePrincipal"),
            ("Open-Demo -Ce x", "-CertificateThumbprint=x"),
            ("Open-Demo -C $c", "!"),
            ("Open-Demo -Se -Credential $c", "!"),
            ("Open-Demo -TenantI t", "-Tenant=t"),
            ("Open-Demo -T t", "-Tenant=t"),
            ("Open-Demo -Do t", "-Tenant=t"),
            ("Open-Demo \u{2013}Credential $c \u{2014}ServicePrincipal", "-Credential=$ -ServicePrincipal"),
            ("Open-Demo \u{2015}Cred:$c", "-Credential=$"),
        ],
    );
}

#[test]
fn powershell_reads_values_and_switches() {
    check(
        CMDLET,
        &[
            ("Open-Demo -Credential:$c", "-Credential=$"),
            ("Open-Demo -Credential: $c", "-Credential=$"),
            ("Open-Demo -Credential", "!"),
            ("Open-Demo -Credential -ServicePrincipal", "!"),
            ("Open-Demo -Credential $null", ""),
            ("Open-Demo -Tenant -1", "-Tenant=-1"),
            ("Open-Demo -Tenant a_b", "-Tenant=a b"),
            ("Open-Demo -ServicePrincipal -Credential $c", "-Credential=$ -ServicePrincipal"),
            ("Open-Demo -ServicePrincipal:$true", "-ServicePrincipal"),
            ("Open-Demo -ServicePrincipal:$false -Credential $c", "-Credential=$"),
            ("Open-Demo -ServicePrincipal:$FALSE", ""),
            ("Open-Demo -ServicePrincipal:$isApp -Credential $c", "-Credential=$ -ServicePrincipal ?"),
            ("Open-Demo @p", "?"),
            ("Open-Demo -Credential $c @p", "-Credential=$ ?"),
            ("Open-Demo -Unknown @p -Credential $c", "-Credential=$ ?"),
            ("Open-Demo -$name -Credential $c", "-Credential=$ <key>=-$"),
        ],
    );
}

#[test]
fn powershell_binds_values_without_a_name_by_position() {
    check(
        CMDLET,
        &[
            ("Open-Demo $c", "<key>=$"),
            ("Open-Demo $c here", "-Place=here <key>=$"),
            ("Open-Demo $c -Place here there", "-Place=here <key>=$"),
            ("Open-Demo -Tenant t $c", "-Tenant=t <key>=$"),
            ("Open-Demo -- -Credential here", "-Place=here <key>=-Credential"),
            ("Open-Demo a b c d", "-Place=b <key>=a"),
        ],
    );
}

#[test]
fn powershell_knows_what_all_cmdlets_share_and_passes_over_the_rest() {
    check(
        CMDLET,
        &[
            ("Open-Demo -ErrorAction Stop $c", "<key>=$"),
            ("Open-Demo -ea Stop -wa 0 -Verbose $c", "<key>=$"),
            ("Open-Demo -Confirm:$false $c", "<key>=$"),
            ("Open-Demo -ErrorA Stop $c", "<key>=$"),
            ("Open-Demo -WhatIf $c", "<key>=$"),
            ("Open-Demo -Force -Credential $c", "-Credential=$"),
            ("Open-Demo -Scope Process -Credential $c", "-Credential=$"),
            ("Open-Demo -Scope Process", ""),
        ],
    );
}

const TOOL: &str = "
name = 'tool auth'
programs = ['tool', 'tool.exe']
sub-commands = ['auth', 'new|create']
style = 'posix'
[[option]]
names = ['--user', '-u']
value = 'one'
[[option]]
names = ['--password', '-p']
value = 'one'
[[option]]
names = ['--global', '-G']
[[option]]
names = ['--app', '-a']
[[option]]
names = ['--help', '-h']
help = true
";

#[test]
fn posix_reads_values_behind_or_joined() {
    check(
        TOOL,
        &[
            ("tool auth create -u $u -p $p", "--password=$ --user=$"),
            ("/opt/Tool.exe AUTH new --user=a --password=$p", "--password=$ --user=a"),
            ("tool auth list -u $u", "no program"),
            ("tool create auth -u $u", "no program"),
            ("tool auth create -ua -pb", "--password=b --user=a"),
            ("tool auth create -u=a", "--user=a"),
            ("tool auth create -p$p", "--password=$"),
            ("tool auth create -Gu a", "--global --user=a"),
            ("tool auth create -Ga", "--app --global"),
            ("tool auth create -GX", ""),
            ("tool auth create --use a", ""),
            ("tool auth create -U a -P b", ""),
        ],
    );
}

#[test]
fn posix_passes_over_what_it_does_not_know() {
    check(
        TOOL,
        &[
            ("tool auth create stray --other x -u a --flag", "--user=a"),
            ("tool auth create --other=x -u a", "--user=a"),
            ("tool auth create -u -p b", "--password=b"),
            ("tool auth create -u -x -p b", "--password=b --user=-x"),
            ("tool auth create -u a -p", "--user=a"),
            ("tool auth create -u a -- -p b", "--user=a"),
            ("tool auth create @more -u a", "--user=a ?"),
            ("tool auth create -u @u -p @p", "--password=$ --user=$"),
            ("tool auth create --$name -u a", "--user=a ?"),
            ("tool auth create -h", "--help h"),
        ],
    );
}

#[test]
fn several_letters_behind_one_hyphen_are_one_name() {
    let grammar = "name = 'tool'\nprograms = ['tool']\nstyle = 'posix'\n\
        [[option]]\nnames = ['--url', '-u']\nvalue = 'one'\n[[option]]\nnames = ['--username', '-un']\nvalue = 'one'\n";
    check(
        grammar,
        &[
            ("tool -un a -u b", "--url=b --username=a"),
            ("tool -u b", "--url=b"),
            ("tool -un=a", "--username=a"),
            ("tool -unknown a", ""),
        ],
    );
}

#[test]
fn slash_reads_names_in_any_case_with_a_colon() {
    let grammar = "name = 'tool'\nprograms = ['Tool.exe', 'Tool']\nstyle = 'slash'\n\
        [[option]]\nnames = ['/username', '/u']\nvalue = 'one'\n[[option]]\nnames = ['/password', '/p']\nvalue = 'one'\n\
        [[option]]\nnames = ['/interactive', '/il']\n";
    check(
        grammar,
        &[
            ("tool.EXE /UserName:$u /p:$p", "/password=$ /username=$"),
            ("C:\\bin\\Tool.exe -username:a --password:b", "/password=b /username=a"),
            ("Tool //u:a", "/username=a"),
            ("Tool /username:a_b", "/username=a b"),
            ("Tool /username=a", "/username=a"),
            ("Tool /username a", ""),
            ("Tool /user:a", ""),
            ("Tool /il /u:a:b", "/interactive /username=a:b"),
            ("Tool @more /u:a", "/username=a ?"),
            ("Tool /home/x /u:a", "/username=a"),
        ],
    );
}

const OPTIONAL: &str = "
name = 'tool make'
programs = ['tool']
sub-commands = ['make']
style = 'argparse'
[[option]]
names = ['--safe']
value = 'optional'
refuse-unless = ['(?i)^(true|false)$']
[[option]]
names = ['--name', '-n']
value = 'one'
";

#[test]
fn argparse_gives_an_option_the_next_word_as_its_optional_value() {
    check(
        OPTIONAL,
        &[
            ("tool make --safe", "--safe"),
            ("tool make --safe --name x", "--name=x --safe"),
            ("tool make --safe false --name x", "--name=x --safe=false"),
            ("tool make --name x --sa=True", "--name=x --safe=True"),
            ("tool make --safe maybe", "!"),
            ("tool make --safe true false", "!"),
        ],
    );
}
