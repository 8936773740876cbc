//! What is seen in batch files; `fixture/shown.rs` says how commands are written here.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

fn check(text: &str, wanted: &[&str]) {
    fixture::check_tools("run.cmd", text, wanted);
}

fn check_places(text: &str, wanted: &[&str]) {
    fixture::check_places("run.cmd", text, wanted);
}

#[test]
fn commands_are_found_at_every_place_of_a_script() {
    let script = "@echo off\r\ntool a\r\n@tool b & tool c && tool d || tool e | tool f\r\n(tool g)\r\n\
                  if exist x tool h\r\nfor %%i in (1 2) do tool i\r\ncall tool j\r\ntool k";
    let wanted: Vec<String> = ('a'..='k').map(|letter| format!("tool {letter}")).collect();
    check(script, &wanted.iter().map(String::as_str).collect::<Vec<_>>());
    check_places("tool a & tool b\n  tool   c  \n", &["tool a", "tool b", "tool   c"]);
}

#[test]
fn a_command_goes_on_behind_a_caret() {
    let script = "tool a ^\r\n  -u %U% ^\n  --exempt\r\nother";
    check(script, &["tool a -u $U… --exempt"]);
    check_places(script, &["tool a ^\r\n  -u %U% ^\n  --exempt"]);
    check("tool a ^  \n -b\n", &["tool a -b"]);
}

#[test]
fn variables_are_holes() {
    check("tool %U% \"%U%\" x%U%y !U! %1 %~1 \"%~dp0\" %*", &["tool $U… $U x$Uy $U… $1… $1… $0 $*…"]);
    check("tool %U:~0,3% %U:a b=c% %ProgramFiles(x86)%", &["tool $U… $U… $ProgramFiles(x86)…"]);
    check("for %%i in (a) do tool %%i %%~ni %%j", &["tool $i… $i… $j…"]);
    check("tool 50%% 100% %a b% !", &["tool 50% 100% %a b% !"]);
}

#[test]
fn quotes_and_escapes() {
    check(r#"tool "a b" c"d e"f "" "x & y" p^&q ^"r s^" \"t"#, &[r#"tool 'a b' 'cd ef' '' 'x & y' p&q 'r s' "t"#]);
    check(r#"tool "C:\x y\" -b"#, &[r"tool 'C:\x y\' -b"]);
    check(r#"tool "a \"b c\" d""#, &[r#"tool 'a "b c" d'"#]);
}

#[test]
fn redirections_are_no_words() {
    check("tool a > out.txt -b 2>nul 2>&1 1>>\"x y.log\" < in -c>nul", &["tool a -b -c"]);
    check("tool a 3 -c4>x", &["tool a 3 -c4"]);
    check_places("tool a >nul\n", &["tool a"]);
}

#[test]
fn comments_labels_and_prints_are_silent() {
    check("rem tool a\nREM tool b\n@rem tool c\n:: tool d\n:tool\nx & rem tool e & tool f\n", &[]);
    check("echo tool a\n@ECHO tool b\necho.tool c\necho(tool d\ntitle tool e\ngoto tool\nfindstr tool x\n", &[]);
    check("echo tool a > out.log\necho remark\nremark tool x\n", &["remark tool x"]);
}

#[test]
fn a_script_that_is_written_is_read() {
    let script = "echo tool a -p %%P%% -x >> x.cmd\n>x.bat echo tool b\necho tool c ^& tool d > \"%D%\\y.bat\"\n";
    check(script, &["tool a -p $P… -x (likely)", "tool b (likely)", "tool c (likely)", "tool d (likely)"]);
    check_places(script, &["tool a -p %%P%% -x", "tool b", "tool c", "tool d"]);
    check("echo tool a -p '$P' > x.sh", &["tool a -p $P (likely)"]);
}

#[test]
fn branches_are_told() {
    let script = "if \"%A%\"==\"1\" (\n  tool a\n) else if not defined B (\n  tool b\n) else (\n  tool c\n)\ntool d\n";
    check(script, &["tool a (branch)", "tool b (branch)", "tool c (branch)", "tool d"]);
    check("if a == b (tool a) else tool b\ntool c", &["tool a (branch)", "tool b (branch)", "tool c"]);
    check(
        "if errorlevel 1 (tool a)\nif /i not %x% equ 1 tool b\nif \"%1\"==\"\"(tool c)",
        &["tool a", "tool b", "tool c"],
    );
}

#[test]
fn loops_over_the_output_of_a_command() {
    let script = "for /f \"tokens=*\" %%a in ('tool a -u x ^| find \"y\"') do (\n  tool b %%a\n)\n";
    check(script, &["tool a -u x", "tool b $a…"]);
    check_places(script, &["tool a -u x", "tool b %%a"]);
    check("for /f %%a in (file.txt) do set X=%%a\nfor /l %%n in (1,1,3) do (tool %%n)", &["tool $n…"]);
}

#[test]
fn wrappers_are_looked_through() {
    for line in [
        "call tool x",
        "cmd /c tool x",
        "cmd.exe /c \"tool x\"",
        "%COMSPEC% /d /c \"tool x && exit\"",
        "start \"\" tool x",
        "start \"title\" /wait /d C:\\x tool x",
        "start /b cmd /c \"call tool x\"",
        "bash -c \"tool x\"",
        "wsl tool x",
        "docker run --rm image tool x",
        "ssh host tool x",
    ] {
        check(line, &["tool x"]);
        check_places(line, &["tool x"]);
    }
    check("\"C:\\Program Files\\x\\tool.cmd\" x", &["'C:\\Program Files\\x\\tool.cmd' x"]);
    check("call :tool x", &[]);
}

#[test]
fn powershell_is_read_as_powershell() {
    let text = "powershell -NoProfile -ExecutionPolicy Bypass -Command \"tool -u $U -p '%P%'\"\npwsh.exe -c tool b\npwsh -File tool.ps1";
    check(text, &["tool -u $U -p $P", "tool b"]);
    check_places(text, &["tool -u $U -p '%P%'", "tool b"]);
}

#[test]
fn a_variable_with_one_value_is_followed() {
    check("set T=tool\n%T% a\n\"%t%\" b\n!T! c", &["tool a", "tool b", "tool c"]);
    check_places("set T=tool\n%T% a\n", &["%T% a"]);
    check("set \"T=tool\" & rem\n%T% a", &["tool a"]);
    check("set /p T=tool\n%T% tool", &["$T… tool"]);
    check("set T=tool\nif defined X set T=other\n%T% tool", &["$T… tool"]);
    check("set T=tool\n:again\n%T% a\nset T=%1\ngoto again", &["tool a"]);
}

#[test]
fn a_command_in_a_variable_runs_where_the_variable_is_used() {
    let script = "set \"CMD=tool a -u %U% -p \"%P%\"\"\ncall %CMD% --exempt\n";
    check(script, &["tool a -u $U… -p $P --exempt"]);
    check_places(script, &["tool a -u %U% -p \"%P%\""]);
    check("set CMD=tool a\nset CMD=%CMD% -b\n%CMD%", &["tool a -b"]);
    check("set CMD=tool a\ncmd /c \"%CMD%\"", &["tool a"]);
    check("set CMD=tool a -p x\necho %CMD%", &[]);
    check("set CMD=tool a -p x", &["tool a -p x (stored)"]);
}

#[test]
fn one_of_several_commands_in_a_variable_is_likely() {
    let script = "if \"%1\"==\"x\" (set CMD=tool a) else (set CMD=tool b)\n%CMD%\n";
    check(script, &["tool a (likely) (branch)", "tool b (likely) (branch)"]);
}

#[test]
fn hostile_text_is_read_in_time() {
    for script in [
        "(".repeat(200_000),
        "if a==b (".repeat(50_000) + &") else (".repeat(50_000),
        "%".repeat(1_000_001),
        "tool \"".to_owned() + &"x ^".repeat(300_000),
        "set A=".to_owned() + &"%A%%A%".repeat(50_000),
        "set A=x y\nset A=%A% %A%\n".repeat(2_000) + "%A%",
        "cmd /c \"".repeat(5_000),
        "for /f %%a in ('".repeat(5_000),
        "for x in (\n".repeat(100_000),
        "call ".repeat(100_000),
        "tool >".repeat(100_000),
        "%a:".repeat(100_000),
    ] {
        fixture::tools("run.cmd", &script);
    }
}
