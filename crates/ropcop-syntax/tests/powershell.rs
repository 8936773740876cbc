//! PowerShell: commands with their words, splatting, texts that run, and calls of .NET. A command is written as its words
//! with blanks between: `$NAME` is a variable, `NAME<-Get-X` one that holds what a command put out, `?` something unknown,
//! `…` behind a word means that it may be several, `(likely)` and `(stored)` how sure it is, `(branch)` that it stands in
//! a branch.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

use ropcop_syntax::{Call, CallKind, Certainty, Command, Facts, Origin, Part, Source, Value, Word, extract};

fn facts(script: &str) -> Facts {
    extract(&Source::detect("script.ps1", script).unwrap(), &|_| true)
}

fn shown_word(word: &Word) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Variable(name) => format!("${name}"),
        Part::Output { command, variable: Some(variable) } => format!("{variable}<-{command}"),
        Part::Output { command, variable: None } => format!("<-{command}"),
        Part::Unknown => "?".to_owned(),
    };
    let text: String = word.parts.iter().map(part).collect();
    let text = if text.is_empty() || text.contains(' ') { format!("'{text}'") } else { text };
    format!("{text}{}", if word.splits { "…" } else { "" })
}

fn shown(command: &Command) -> String {
    let mut line = command.words.iter().map(shown_word).collect::<Vec<_>>().join(" ");
    line.push_str(match command.certainty {
        Certainty::Runs => "",
        Certainty::Likely => " (likely)",
        Certainty::Stored => " (stored)",
    });
    if command.in_branch {
        line.push_str(" (branch)");
    }
    line
}

/// The commands of a script in whose words `tool` stands, as they are shown and as they are written.
fn tools(script: &str) -> Vec<(String, &str)> {
    let found = facts(script).commands;
    let found = found.iter().map(|command| (shown(command), &script[command.span.start..command.span.end]));
    found.filter(|(line, _)| line.to_ascii_lowercase().contains("tool")).collect()
}

#[track_caller]
fn check(script: &str, wanted: &[&str]) {
    let found: Vec<String> = tools(script).into_iter().map(|(line, _)| line).collect();
    assert_eq!(found, wanted, "in:\n{script}");
}

/// One command, which stands in the script as `written`.
#[track_caller]
fn check_at(script: &str, wanted: &str, written: &str) {
    assert_eq!(tools(script), [(wanted.to_owned(), written)], "in:\n{script}");
}

#[test]
fn words_of_every_kind() {
    for (words, wanted) in [
        ("a 'b c' \"d $x e\"", "a 'b c' 'd $x e'"),
        ("'it''s' \"say \"\"hi\"\" `\"x`\" `$y\"", "it's 'say \"hi\" \"x\" $y'"),
        ("-u $x -p $env:SECRET ${some name} $script:y $using:z $global:g", "-u $x -p $SECRET '$some name' $y $z $g"),
        ("\"$($x.Name)@$env:DOMAIN\" \"${x}y\" \"$x.y\"", "$Name@$DOMAIN $xy $x.y"),
        ("$c.GetNetworkCredential().Password $c.UserName end", "$Password $UserName end"),
        ("$x['key'] $x[0] $x.ToString() $x.a.b", "$key $x $x $b"),
        ("--user=$x --password=$y.z", "--user=$x --password=$y.z"),
        ("--password=\"$x y\" -p'q r'", "'--password=$x y' '-pq r'"),
        (
            "(Get-Secret x) (Get-Secret y).Value $(Get-Secret z) \"a$(Get-Secret z)\"",
            "<-Get-Secret Value<-Get-Secret <-Get-Secret a<-Get-Secret",
        ),
        ("$(if ($a) { 1 }) (1, 2) ($x) ($x + 'y')", "? 1 2 $x $xy"),
        ("[Environment]::GetEnvironmentVariable x", "[Environment]::GetEnvironmentVariable x"),
        ("([Environment]::GetEnvironmentVariable('NAME')) ([x]::Y)", "$NAME $Y"),
        ("$x\\bin ./$x/y $x-y", "$x\\bin ./$x/y $x-y"),
        ("a`\"b `$x a` b", "a\"b $x 'a b'"),
        ("<user> -p <the pass>", "<user> -p '<the pass>'"),
        ("‘a b’ “c $x d” „e”", "'a b' 'c $x d' e"),
        ("a#b # c", "a#b"),
        ("a <# b #> c", "a c"),
        ("a --% -x $y \"z 1\"", "a -x $y 'z 1'"),
        ("–u x —v", "–u x —v"),
        ("-p:$x /u:y", "-p:$x /u:y"),
    ] {
        check_at(&format!("tool {words}\n"), &format!("tool {wanted}"), &format!("tool {}", written(words)));
    }
}

/// A command line without what stands behind its last word.
fn written(words: &str) -> &str {
    words.split(" # ").next().unwrap()
}

#[test]
fn words_of_cmdlets() {
    for (line, wanted) in [
        ("Get-Tool –Name $c —Tenant ―X", "Get-Tool -Name $c -Tenant -X"),
        ("Get-Tool -Name:$c -Switch:$false -Other:$TRUE", "Get-Tool -Name:$c -Switch:$false -Other:$true"),
        ("Get-Tool -Name: $c x", "Get-Tool -Name:$c x"),
        ("A.Module\\Get-Tool -a b", "A.Module\\Get-Tool -a b"),
        ("get-TOOL -A 1,2, 3 -b @('x','y')", "get-TOOL -A 1,2,3 -b ?"),
        ("Get-Tool -a (New-Thing -b 'c').d -e { x }", "Get-Tool -a d<-New-Thing -e ?"),
        ("Get-Tool -a \"–x\"", "Get-Tool -a –x"),
        ("Get-Tool -a @'\nx $y\n'@ -b @\"\nz $w\n\"@", "Get-Tool -a 'x $y' -b 'z $w'"),
    ] {
        check_at(line, wanted, line);
    }
}

#[test]
fn commands_end_where_they_end() {
    for (script, wanted, written) in [
        ("tool a `\n  -b `\r\n  c\nother", "tool a -b c", "tool a `\n  -b `\r\n  c"),
        ("tool a | Out-Null", "tool a", "tool a"),
        ("tool a |\n  Out-Null", "tool a", "tool a"),
        ("tool a; other", "tool a", "tool a"),
        ("x && tool a || y", "tool a", "tool a"),
        ("tool a > out.log 2>&1 -b", "tool a -b", "tool a > out.log 2>&1 -b"),
        ("tool a 2> $null", "tool a", "tool a"),
        ("$x = tool a\n", "tool a", "tool a"),
        ("$x = (tool a | ConvertFrom-Json).b", "tool a", "tool a"),
        ("[void](tool a)", "tool a", "tool a"),
        ("\"text $(tool a) text\"", "tool a", "tool a"),
        ("Write-Host \"text $(tool a) text\"", "tool a", "tool a"),
        ("$null = & { tool a }", "tool a", "tool a"),
        ("return tool a", "tool a", "tool a"),
        ("@{ a = tool b; c = 'd' }", "tool b", "tool b"),
        ("$x = @(\n  tool a\n)", "tool a", "tool a"),
        ("tool a `\n  -b c # why\n", "tool a -b c", "tool a `\n  -b c"),
        ("x\r\ntool a\r\ny", "tool a", "tool a"),
        ("tool a & other", "tool a", "tool a"),
        ("$app.Run($(tool a))", "tool a", "tool a"),
    ] {
        check_at(script, wanted, written);
    }
}

#[test]
fn statements_of_every_kind() {
    for script in [
        "function F { tool a }",
        "function F($x, [string]$y = 'z') { tool a }",
        "function F { [CmdletBinding()] param([Parameter(Mandatory = $true)][string] $x = (1 + 2)) process { tool a } }",
        "workflow W { InlineScript { tool a } }",
        "workflow W {\n  parallel { sequence { tool a } } }",
        "begin { } process { tool a } end { }",
        "try { tool a } catch [System.Exception] { x } finally { y }",
        "try { x } catch { tool a }",
        "try { x }\ncatch [A.B], [C] { x }\nfinally\n{\n tool a }",
        "foreach ($x in Get-Things) { tool a }",
        "for ($i = 0; $i -lt 3; $i++) { tool a }",
        "while ($true) { tool a }",
        "do { tool a } while ($x)",
        "do { x } until (tool a)",
        "if ($x) { tool a }",
        "if (tool a) { x }",
        ":label foreach ($x in $y) { tool a }",
        "trap { tool a }",
        "1..3 | ForEach-Object { tool a }",
        "$x | % { tool a }",
        "Invoke-Command -ComputerName y -ScriptBlock { tool a }",
        "Start-Job { tool a } -Name x",
        "$block = { tool a }",
        "class C : D { [string] $x = 'y'; C() : base() { tool a } }",
        "class C { static [void] M([int]$x) { tool a } }",
        "Describe 'x' { It 'y' { tool a | Should -Be 'z' } }",
        "configuration C { Node n { Script s { SetScript = { tool a } } } }",
        "filter F { tool a }",
        "enum E { A; B }\ntool a",
        "using module x\ntool a",
        "data { }\ntool a",
        "$x = if ($y) { 'z' } else { 'w' }; tool a",
        "& {\n param($x)\n tool a\n}",
        "[CmdletBinding(SupportsShouldProcess)]\nparam()\ntool a",
        "#requires -version 5\n\u{FEFF}tool a",
    ] {
        let found = tools(script);
        assert_eq!(found.len(), 1, "{found:?} in {script}");
        assert_eq!((found[0].0.trim_end_matches(" (branch)"), found[0].1), ("tool a", "tool a"), "{script}");
    }
}

#[test]
fn a_branch_is_noted() {
    check("if ($x) { tool a } else { tool b }", &["tool a (branch)", "tool b (branch)"]);
    check("if ($x) { tool a } elseif ($y) { tool b }", &["tool a (branch)", "tool b (branch)"]);
    check("if ($x) { tool a }\ntool b", &["tool a", "tool b"]);
    check(
        "switch -Regex ($x) { 'a' { tool a } { $_ } { tool b } default { tool c } }",
        &["tool a (branch)", "tool b (branch)", "tool c (branch)"],
    );
}

#[test]
fn what_is_printed_or_a_comment_is_silent() {
    for script in [
        "# tool a",
        "<#\n.EXAMPLE\n  tool a\n#>",
        "Write-Host 'tool a'",
        "Write-Host tool a",
        "echo \"tool a\"",
        "Write-Output 'tool a'",
        "Write-Verbose \"tool a $x\" -Verbose",
        "Write-Warning ('tool a {0}' -f $x)",
        "throw \"tool a failed\"",
        "throw 'tool a'",
        "$usage = 'tool a b'\nWrite-Host $usage",
        "function Show-It { $Help = 'tool a b'\n return $Help }",
        "$usage = @\"\ntool a b\n\"@\nWrite-Host $usage -ForegroundColor Red",
        "if ($line -match 'tool a') { x }",
        "Write-Log -Message 'tool a'",
        "Read-Host -Prompt 'tool a'",
        "Get-Command tool",
        "'tool a' | Write-Host",
        "param([string] $x = 'tool a b')",
        "x | Should -Be 'tool a'",
        "$x | Where-Object { $_ -like 'tool a*' }",
        "'tool a' > notes.txt",
        "Set-Content -Path notes.md -Value 'tool a'",
    ] {
        check(script, &[]);
    }
}

#[test]
fn variables_that_are_surely_something() {
    for (script, wanted) in [
        ("$t = 'tool'\n& $t a", "tool a"),
        ("$t = 'C:\\x\\tool.exe'; & $t a", "C:\\x\\tool.exe a"),
        ("$x = $true\nGet-Tool -a:$x", "Get-Tool -a:$true"),
        ("$x = 'a'\n$x = 'b'\ntool $x", "tool b"),
        ("param($x)\ntool $x", "tool $x"),
        ("foreach ($x in $y) { tool $x }", "tool $x"),
        ("$c = Get-Credential\ntool $c $c.UserName", "tool c<-Get-Credential UserName<-Get-Credential"),
        ("$C = Get-Credential\ntool $c", "tool c<-Get-Credential"),
        ("[x] $c = if ($y) { Get-Credential } else { Get-Credential -User x }\ntool $c", "tool c<-Get-Credential"),
        ("$c = try { Get-Credential } catch { }\ntool $c", "tool c<-Get-Credential"),
        ("if ($y) { $c = Get-A } else { $c = Get-B }\ntool $c", "tool $c"),
        ("$c = Get-A\n$d = $c\ntool $d", "tool d<-Get-A"),
        ("$c = [pscredential](Get-A)\ntool $c", "tool c<-Get-A"),
        ("function F($c) { Get-Tool -Credential $c }\n$c = Get-A", "Get-Tool -Credential $c"),
        ("$c = Get-A\nfunction F { tool $c }", "tool c<-Get-A"),
        ("$c = Get-A\n$c = $null\ntool $c", "tool $c"),
        ("tool $x\n$x = Get-A", "tool $x"),
        ("$x = $x + $x\ntool $x", "tool $x"),
    ] {
        check(script, &[wanted]);
    }
}

#[test]
fn programs_are_found_behind_wrappers() {
    for (script, wanted, written) in [
        ("& tool a", "tool a", "tool a"),
        (". ./tool.ps1 a", "./tool.ps1 a", "./tool.ps1 a"),
        ("& \"C:\\Program Files\\tool.cmd\" a", "'C:\\Program Files\\tool.cmd' a", "\"C:\\Program Files\\tool.cmd\" a"),
        (".\\tool.ps1 a", ".\\tool.ps1 a", ".\\tool.ps1 a"),
        ("sudo tool a $x", "tool a $x", "tool a $x"),
        ("wsl tool a 'b c'", "tool a 'b c'", "tool a 'b c'"),
        ("docker run -it image tool a", "tool a", "tool a"),
        ("ssh host \"tool a $x\"", "tool a $x…", "tool a $x"),
        ("cmd /c \"tool a $x b\"", "tool a $x… b", "tool a $x b"),
        ("cmd.exe /c tool a $x", "tool a $x", "tool a $x"),
        ("bash -c 'tool a b'", "tool a b", "tool a b"),
        ("powershell -Command \"tool a '$x' b\"", "tool a $x b", "tool a '$x' b"),
        ("pwsh -NoProfile -c tool a $x", "tool a $x", "tool a $x"),
        ("powershell.exe -NoProfile -Command { tool a }", "tool a", "tool a"),
        ("Invoke-Expression \"tool a $x\"", "tool a $x", "tool a $x"),
        ("Invoke-Expression -Command (\"tool a {0} b\" -f $x)", "tool a $x b", "tool a {0} b"),
        ("iex ('tool a ' + $x + ' b')", "tool a $x b", "tool a ' + $x + ' b"),
        ("iex \"& tool a `\"$x y`\" b\"", "tool a '$x y' b", "tool a `\"$x y`\" b"),
        ("\"tool a $x\" | Invoke-Expression", "tool a $x", "tool a $x"),
        ("$c = \"tool a $x\"\nInvoke-Expression $c", "tool a $x", "tool a $x"),
        ("$c = \"tool a $x b\"\ncmd /c $c", "tool a $x… b", "tool a $x b"),
        ("$c = \"tool a\"\nInvoke-Expression \"$c b\"", "tool a b", "$c b"),
        ("[scriptblock]::Create('tool a b').Invoke()", "tool a b (likely)", "tool a b"),
        ("[Diagnostics.Process]::Start('tool', \"a $x b\")", "tool a $x… b", "'tool', \"a $x b"),
        ("Invoke-Step \"tool a $x\"", "tool a $x (likely)", "tool a $x"),
        ("Set-AzThing -ScriptString 'tool a b'", "tool a b (likely)", "tool a b"),
        ("Set-Alias t tool\nt a", "tool a", "t a"),
        ("New-Alias -Value Get-Tool -Name t\nt -a", "Get-Tool -a", "t -a"),
        ("tool 'a' \"b'c\" ''", "tool a b'c ''", "tool 'a' \"b'c\" ''"),
    ] {
        let found: Vec<(String, &str)> = tools(script)
            .into_iter()
            .filter(|(line, _)| !line.contains("-Alias") && !line.starts_with("Invoke-") && !line.starts_with("Set-Az"))
            .collect();
        assert_eq!(found, [(wanted.to_owned(), written)], "in:\n{script}");
    }
}

#[test]
fn start_process_runs_the_program() {
    for (script, wanted) in [
        ("Start-Process tool -ArgumentList 'a','-u',$x -Wait", "tool a -u $x"),
        ("Start-Process tool -ArgumentList \"a -u $x -z\" -NoNewWindow", "tool a -u $x… -z"),
        ("Start-Process -NoNewWindow -FilePath tool -Args @('a', $x)", "tool a $x"),
        ("Start-Process tool 'a b'", "tool a b"),
        ("$list = @('a', '-u', $x)\nStart-Process tool -ArgumentList $list", "tool a -u $x"),
        ("Start-Process powershell -ArgumentList '-Command', 'tool a'", "tool a"),
        ("Start-Process cmd -ArgumentList '/c tool a'", "tool a"),
    ] {
        let found: Vec<String> = tools(script).into_iter().map(|(line, _)| line).collect();
        let found: Vec<&String> = found.iter().filter(|line| !line.starts_with("Start-Process")).collect();
        assert_eq!(found, [wanted], "in:\n{script}");
    }
}

#[test]
fn a_text_is_a_command_only_if_it_may_run() {
    for (script, wanted) in [
        ("$c = 'tool a b'", "tool a b (stored)"),
        ("$c = 'tool a b'\nAdd-Thing $c", "tool a b (likely)"),
        ("'tool a b' | Out-File x.ps1", "tool a b (likely)"),
        ("\"tool a $x\" > x.ps1", "tool a $x (likely)"),
        ("echo 'tool a b' >> x.sh", "tool a b (likely)"),
        ("Set-Content -Path \"$dir\\x.ps1\" -Value 'tool a b'", "tool a b (likely)"),
        ("Set-Content $file @'\ncd x\ntool a b\n'@", "tool a b (likely)"),
        ("$text = @'\ntool a b\n'@\n$text | Set-Content run.sh", "tool a b (likely)"),
        ("[IO.File]::WriteAllText('x.ps1', 'tool a b')", "tool a b (likely)"),
        ("$p = @{ ScriptString = 'tool a b'; Message = 'tool c d' }", "tool a b (likely)"),
    ] {
        let found: Vec<String> = tools(script).into_iter().map(|(line, _)| line).collect();
        let found: Vec<&String> = found.iter().filter(|line| line.starts_with("tool")).collect();
        assert_eq!(found, [wanted], "in:\n{script}");
    }
}

#[test]
fn splatted_tables_are_words() {
    for (script, wanted) in [
        ("$p = @{ A = $x; B = 'c' }\nGet-Tool @p -D", &["Get-Tool -A $x -B c -D"][..]),
        (
            "$p = [ordered]@{\n  A = $x\n  'B' = $true\n  C = $false }\nGet-Tool @p",
            &["Get-Tool -A $x -B:$true -C:$false"],
        ),
        (
            "$p = @{ A = 1 }\n$p.B = 2\n$p['C'] = 3\n$p.Add('D', 4)\n$p += @{ E = 5 }\nGet-Tool @P",
            &["Get-Tool -A 1 -B 2 -C 3 -D 4 -E 5"],
        ),
        ("$p = @{ A = 1 }\n$p.a = 2\nGet-Tool @p\n$p.B = 3", &["Get-Tool -a 2"]),
        ("$p = @{ A = 1; B = 2 }\n$p.Remove('A')\nGet-Tool @p", &["Get-Tool -B 2"]),
        ("$p = @{ A = Get-X -y }\nGet-Tool @p", &["Get-Tool -A <-Get-X"]),
        ("$p = @{ A = 1 }\nif ($x) { $p.B = $true }\nGet-Tool @p", &["Get-Tool -A 1", "Get-Tool -A 1 -B:$true"]),
        (
            "$p = @{ A = 1 }\nif ($x) { $p.B = 1 } else { $p.C = 1 }\nGet-Tool @p",
            &["Get-Tool -A 1 -B 1", "Get-Tool -A 1 -C 1"],
        ),
        ("if ($x) { $p = @{ A = 1 } } else { $p = @{ B = 1 } }\nGet-Tool @p", &["Get-Tool -A 1", "Get-Tool -B 1"]),
        ("$b = @{ A = 1 }\n$p = $b + @{ B = 2 }\nGet-Tool @p", &["Get-Tool -A 1 -B 2"]),
        ("function F($p) { Get-Tool @p }", &["Get-Tool $p…"]),
        ("Get-Tool @PSBoundParameters -x", &["Get-Tool $PSBoundParameters… -x"]),
        ("$a = 'x', '-u', $u\ntool @a y", &["tool x -u $u y"]),
        ("$a = @('x')\n$a += '-u', $u\n$a += 'z'\ntool $a", &["tool x -u $u z"]),
        ("$a = @(\n  'x'\n  $u\n)\n& tool @a", &["tool x $u"]),
        ("tool @args", &["tool $args…"]),
    ] {
        check(script, wanted);
    }
}

#[test]
fn lists_are_joined_to_texts() {
    for (script, wanted) in [
        ("$a = 'tool', '-u', $u\niex ($a -join ' ')", "tool -u $u"),
        ("iex (@('tool', \"-p $p\") -join ' ')", "tool -p $p"),
        ("$a = @('tool a')\n$a += '-z'\n$b = $a -join ' '\niex $b", "tool a -z"),
        ("iex ([string]::Join(' ', @('tool', 'a')))", "tool a"),
    ] {
        let found: Vec<String> = tools(script).into_iter().map(|(line, _)| line).collect();
        assert_eq!(found.last().map(String::as_str), Some(wanted), "in:\n{script}");
    }
}

#[test]
fn what_a_command_gives_is_an_item_of_a_list() {
    check("& tool @(\n  (Get-A)\n  'x'\n)", &["tool <-Get-A x"]);
    check("& tool @(Get-A)", &["tool ?"]);
}

#[test]
fn what_other_words_of_a_command_set_comes_too_late() {
    check("$c = Get-A\nUse-Tool { param($c) x } -ArgumentList $c", &["Use-Tool ? -ArgumentList c<-Get-A"]);
}

#[test]
fn each_branch_of_a_list_is_a_command() {
    for (script, wanted) in [
        ("$a = @('a')\nif ($x) { $a += '-u', $u } else { $a += '-i' }\ntool @a", &["tool a -u $u", "tool a -i"][..]),
        (
            "$a = @('a')\nif ($x) { $a += '-u', $u } else { $a += '-i' }\n& tool $a z",
            &["tool a -u $u z", "tool a -i z"],
        ),
        (
            "$a = @('a')\nif ($x) { $a += '-x' } elseif ($y) { $a += '-y' } else { $a += '-z' }\ntool @a",
            &["tool a -x", "tool a -y", "tool a -z"],
        ),
        ("$a = @('a')\nif ($x) { $a += '-x' }\nif ($y) { $a += '-y' }\ntool @a", &["tool a -x -y"]),
        ("$l = 'tool'\nif ($x) { $l += \" -u $u\" } else { $l += ' -i' }\niex $l", &["tool -u $u", "tool -i"]),
        ("if ($x) { $a = 'a', 'b' } else { $a = 'c', 'd' }\ntool $a", &["tool $a"]),
    ] {
        check(script, wanted);
    }
}

#[test]
fn many_branches_do_not_hide_the_last() {
    let ifs: String = (0..12).map(|n| format!("if ($x{n}) {{ $p.X{n} = $x{n} }}\n")).collect();
    let script = format!("$p = @{{ A = 1 }}\n{ifs}if ($r) {{ $p.Last = $r }}\nGet-Tool @p");
    let found = tools(&script);
    assert!(found.iter().any(|(line, _)| line == "Get-Tool -A 1 -Last $r"), "{found:?}");
    let choices: String = (0..12).map(|n| format!("if ($x{n}) {{ $p.X{n} = 1 }} else {{ $p.X{n} = 2 }}\n")).collect();
    let script = format!("$p = @{{}}\n{choices}$p.Last = $r\nGet-Tool @p");
    let found = tools(&script);
    assert!(!found.is_empty() && found.iter().all(|(line, _)| line.ends_with("-Last $r")), "{found:?}");
}

#[test]
fn what_a_parameter_gets_is_known() {
    check(
        "function F($p) {\n if ($x) { $p.A = 1 } elseif ($y) { $p.B = 2 }\n Get-Tool @p\n}",
        &["Get-Tool $p…", "Get-Tool -A 1 $p…", "Get-Tool -B 2 $p…"],
    );
}

#[test]
fn splatted_words_stand_where_they_are_written() {
    let script = "$p = @{ Name = $x; Flag = $true }\n$p['Last'] = 'y'\nGet-Tool @p";
    let found = facts(script).commands;
    let tool = found.iter().find(|command| shown(command).starts_with("Get-Tool")).unwrap();
    assert_eq!(&script[tool.span.start..tool.span.end], "Get-Tool @p");
    let words: Vec<&str> = tool.words.iter().map(|word| &script[word.span.start..word.span.end]).collect();
    assert_eq!(words, ["Get-Tool", "Name", "$x", "Flag = $true", "'y'", "'y'"]);
}

#[test]
fn every_word_stands_where_it_is_written() {
    let script = "é; tool –a \"b $x\" $c.D('e').F `\n  -g:(h) 'i''j'";
    let found = facts(script).commands;
    let tool = found.iter().find(|command| shown(command).starts_with("tool")).unwrap();
    let words: Vec<&str> = tool.words.iter().map(|word| &script[word.span.start..word.span.end]).collect();
    assert_eq!(words, ["tool", "–a", "\"b $x\"", "$c.D('e').F", "-g:(h)", "'i''j'"]);
}

fn call<'f>(facts: &'f Facts, end: &str) -> &'f Call {
    let found = facts.calls.iter().find(|call| call.symbols.iter().any(|symbol| symbol.path.ends_with(end)));
    found.unwrap_or_else(|| panic!("{end}: {:#?}", facts.calls))
}

#[test]
fn objects_of_net_are_made_in_many_ways() {
    for script in [
        "[A.B.Cred]::new($u, 'p')",
        "$c = [A.B.Cred]::new(\n  $u,\n  'p'\n)",
        "New-Object A.B.Cred($u, 'p')",
        "New-Object A.B.Cred $u, 'p'",
        "New-Object 'A.B.Cred' ($u, 'p')",
        "$c = New-Object -TypeName \"A.B.Cred\" -ArgumentList $u, 'p'",
        "New-Object A.B.Cred -ArgumentList @($u, 'p')",
        "Get-X -c (New-Object -ArgumentList $u,'p' -TypeName A.B.Cred)",
    ] {
        let facts = facts(script);
        let found = call(&facts, "A.B.Cred");
        assert_eq!((found.kind, found.symbols[0].origin), (CallKind::New, Origin::Import), "{script}");
        assert_eq!(found.args.len(), 2, "{script}");
        assert_eq!(found.args[0].value, Value::Dynamic { name: Some("u".into()) }, "{script}");
        assert_eq!(found.args[1].value.text().as_deref(), Some("p"), "{script}");
    }
}

#[test]
fn receivers_are_resolved() {
    for (script, path) in [
        ("[A.B.Tool]::Make($x)", "A.B.Tool.Make"),
        ("$a = [A.B.Builder]::Create($i).Build()\n$A.SignIn($u)", "A.B.Builder.Create().Build().SignIn"),
        (
            "$a = [A.B.Builder]::Create($i).\n  With('x').\n  Build()\n$a.SignIn($u)",
            "A.B.Builder.Create().With().Build().SignIn",
        ),
        ("$a = [A.B.Tool]::new(1)\nif ($x) { $r = $a.SignIn($u).Result }", "A.B.Tool().SignIn"),
        ("$a = New-Object A.B.Tool\nfunction F { $script:a.SignIn($u) }", "A.B.Tool().SignIn"),
        ("function F { $script:a = [A.B.Tool]::new() }\nfunction G { $a.SignIn($u) }", "A.B.Tool().SignIn"),
        ("function F([A.B.Tool] $a) { $a.SignIn($u) }", "A.B.Tool().SignIn"),
        ("[A.B.Tool] $a = $x\n$a.SignIn($u)", "A.B.Tool().SignIn"),
        ("using namespace A.B\n$a = [Tool]::new()\n$a.SignIn($u)", "A.B.Tool().SignIn"),
    ] {
        let facts = facts(script);
        let found = call(&facts, path);
        let symbol = found.symbols.iter().find(|symbol| symbol.path == path).unwrap();
        assert!(matches!(symbol.origin, Origin::Import | Origin::Wildcard), "{script}: {symbol:?}");
    }
}

#[test]
fn a_class_of_the_file_is_its_own() {
    let facts = facts("class Tool { [void] SignIn($x) { } }\n$a = [Tool]::new()\n$a.SignIn(1)");
    assert!(facts.calls.iter().all(|call| call.symbols[0].origin == Origin::Own), "{:#?}", facts.calls);
}

#[test]
fn namespaces_and_types_are_imports() {
    let facts = facts("using namespace A.B.C\n[D.E.F]::G()");
    assert_eq!(facts.imports, ["A.B.C", "D.E.F"]);
}

#[test]
fn what_is_broken_does_not_hide_the_rest() {
    for script in [
        "$x = \"never closed\ntool a\n",
        "x 'never closed\ntool a\ny\n",
        ")}]\ntool a",
        "if ($x {\n tool a\n}\n",
        "foreach ($x in (1,2) {\n tool a\n}",
        "$x = @{ a = ; b }\ntool a",
        "[broken[type\ntool a",
        "$( ; ${ ; @ ; ` ; \ntool a",
        "x | | y\ntool a",
        "function\ntool a",
        "-Name x\ntool a",
    ] {
        let found = tools(script);
        assert!(
            found.iter().any(|(line, written)| line.starts_with("tool a") && *written == "tool a"),
            "{found:?} in {script}"
        );
    }
    assert!(!facts("$x = \"never closed\ntool a\n").syntax_errors.is_empty());
}

#[test]
fn hostile_input_is_read_to_its_end() {
    let nested = |open: &str, close: &str| format!("{}tool a{}", open.repeat(20_000), close.repeat(20_000));
    let bomb: String = (0..60).map(|n| format!("$v{} = \"$v{n}$v{n} $v{n}\"\n", n + 1)).collect();
    for script in [
        nested("(", ")"),
        nested("{", "}"),
        nested("@{a=", "}"),
        nested("\"$(", ")\""),
        nested("$x[", "]"),
        nested("[a]", ""),
        nested("if (x) {", "}"),
        nested("$x = ", ""),
        nested("return ", ""),
        nested("powershell -c ", ""),
        nested("iex \"", "\""),
        nested("a.b(", ")"),
        nested("$x.y(", ")"),
        nested("$x.y", ""),
        nested("!", ""),
        nested(",", ""),
        nested("x | ", ""),
        nested("\"", ""),
        nested("'\n", ""),
        nested("@\"\n", ""),
        nested("`", ""),
        nested("<#", ""),
        nested("if(x){}else", ""),
        nested("$p.a=1;", ""),
        nested("$a += 'x';", "; tool $a"),
        format!("{bomb}iex $v60; tool $v60"),
        "\u{E000}\u{0}\u{FFFF}$\"'`(".repeat(40_000),
        "az login \u{201C}$(".repeat(60_000),
    ] {
        let found = facts(&script).commands;
        let shown: String = script.chars().take(40).collect();
        assert!(found.iter().all(|command| script.get(command.span.start..command.span.end).is_some()), "{shown}");
    }
}

#[test]
fn a_text_in_pieces_is_one() {
    for (script, wanted) in [
        ("$a = 'tool'\n$a += \" -u $x\"\n$a += ' -z'\niex $a", "tool -u $x -z"),
        ("$a = \"tool -u $x\"\nif ($y) { $a += ' -z' }\ncmd /c $a", "tool -u $x… -z"),
        ("$a = 'tool'\n$a += ' -z'\nSend-It $a", "tool -z (likely); Send-It 'tool -z'"),
        ("$a = 'x y'\n$a = 'tool'\n$a += ' -z'\n$b = 1\nSend-It $a", "tool -z (likely); Send-It 'tool -z'"),
    ] {
        let found: Vec<String> = tools(script).into_iter().map(|(line, _)| line).collect();
        assert_eq!(found.join("; "), wanted, "in:\n{script}");
    }
}

#[test]
fn a_word_is_each_of_the_values_that_it_may_have() {
    let both = "tool a; tool b";
    for (script, wanted) in [
        ("$t = 'tool'\nif ($x) { $t = 'other' }\n& $t tool", "tool tool; other tool"),
        ("param($x = 'a')\ntool $x", "tool $x; tool a"),
        ("function F($x = 'a') { tool $x }", "tool $x; tool a"),
        ("function F { param([string]$x = 'a', $y) tool $x $y }", "tool $x $y; tool a $y"),
        ("param($x = 'a', $y = 'b')\ntool $x $y", "tool $x $y; tool a b"),
        ("param($x)\nif (-not $x) { $x = 'a' }\ntool $x", "tool $x; tool a"),
        ("if ($y) { $x = 'a' }\ntool $x", "tool $x; tool a"),
        ("if ($y) { $x = 'a' } else { $x = 'b' }\ntool $x", both),
        ("if ($y) { $x = 'a' } elseif ($z) { $x = 'b' }\ntool $x", "tool $x; tool a; tool b"),
        ("switch ($y) { 1 { $x = 'a' } default { $x = 'b' } }\ntool $x", both),
        ("$x = if ($y) { 'a' } else { 'b' }\ntool $x", both),
        ("$x = $env:X ?? 'a'\ntool $x", "tool $x; tool a"),
        ("$x = 'a'\nif ($y) { $x = 'b' }\n$z = $x\ntool $z", both),
        ("$x = 'a'\nif ($y) { $x = $x + 'b' }\ntool $x", "tool a; tool ab"),
        ("$x = 'a'\nif ($y) { $x += 'b' } else { $x += 'c' }\ntool $x", "tool ab; tool ac"),
        ("$x = 'a'\n$x += $y\ntool $x", "tool a$y"),
        ("if ($y) { $x = 'a' } else { $x = 'b' }\nGet-Tool -A \"c$x\"", "Get-Tool -A ca; Get-Tool -A cb"),
        ("if ($y) { $x = 'a' } else { $x = 'b' }\n$t = @{ A = $x }\nGet-Tool @t", "Get-Tool -A a; Get-Tool -A b"),
        // What stands in two arms of one choice never meets.
        ("if ($y) { $a = '-a'; $b = 'a' } else { $a = '-b'; $b = 'b' }\ntool $a $b", "tool -a a; tool -b b"),
        ("if ($y) { $x = 'a'; $x = 'c' } else { $x = 'b' }\ntool $x", "tool c; tool b"),
        // What a command gives is not known, nor what a loop takes.
        ("if ($y) { $x = Get-A } else { $x = 'b' }\ntool $x", "tool $x; tool b"),
        ("foreach ($x in $y) { tool $x }", "tool $x"),
        ("param($x = '')\ntool $x", "tool $x"),
        ("param($x = $null)\ntool $x", "tool $x"),
    ] {
        let found: Vec<String> = tools(script).into_iter().map(|(line, _)| line).collect();
        assert_eq!(found.join("; "), wanted, "in:\n{script}");
    }
}

#[test]
fn arguments_of_powershell_in_one_text() {
    let script = "Start-Process powershell -Verb RunAs -ArgumentList \"-NoProfile -Command tool -u `$x\"";
    let found = tools(script);
    assert_eq!(found.last(), Some(&("tool -u $x".to_owned(), "tool -u `$x")));
}
