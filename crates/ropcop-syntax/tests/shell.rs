//! What the shell layer sees in scripts. A command is written as its words with blanks between: `$NAME` is a variable,
//! `?` something unknown, `…` behind a word means that it may be several, `(likely)` and `(stored)` how sure it is,
//! `(branch)` that it stands in a branch.

// A test may fail where it stands.
#![allow(clippy::unwrap_used)]

mod fixture;

use fixture::{facts, shown};
use ropcop_syntax::Command;

fn commands(script: &str) -> Vec<Command> {
    facts("script.sh", script).commands
}

/// The commands of a script in which `tool` stands.
fn tools(script: &str) -> Vec<String> {
    commands(script).iter().map(shown::command).filter(|line| line.contains("tool")).collect()
}

#[track_caller]
fn check(script: &str, wanted: &[&str]) {
    assert_eq!(tools(script), wanted, "in:\n{script}");
}

/// The text of the file at the spans of the commands with `tool`.
fn spans(script: &str) -> Vec<&str> {
    let found = commands(script);
    let found = found.iter().filter(|command| shown::command(command).contains("tool"));
    found.map(|command| &script[command.span.start..command.span.end]).collect()
}

#[test]
fn quotes_and_escapes() {
    check(r#"tool 'a b' "c $X d" e\ f g"h"i '$X' "\$X \" \z""#, &[r#"tool 'a b' 'c $X d' 'e f' ghi $X '$X " \z'"#]);
    check(r"tool $'a\n\x41\'' $'\101'", &["tool 'a\nA'' A"]);
    check("tool $\"x y\"", &["tool 'x y'"]);
    check("tool \"\" '' x\"\"", &["tool '' '' x"]);
    check("tool a \\\n  -b \\\r\n  c\nother", &["tool a -b c"]);
    check("tool a#b #c", &["tool a#b"]);
    check("tool *.txt ~/x {a} {a,b}", &["tool *.txt ~/x {a} a b"]);
    check("tool –u x —v", &["tool –u x —v"]);
}

#[test]
fn expansions() {
    check("tool $U \"$U\" ${U} \"${U:-x}\" -p$U", &["tool $U… $U $U… $U -p$U"]);
    check("tool $(other) \"$(other)\" `other` $((1+2)) \"$1\" \"$@\" $*", &["tool ?… ? ?… ?… $1 $@… $*…"]);
    check("tool \"${U##*/}\" \"${#U}\" \"${A[0]}\"", &["tool $U ? $A"]);
    check("tool ${X:+--flag \"$X\"} -u a", &["tool --flag $X -u a", "tool -u a"]);
    check("${TOOL:-tool} login", &["tool login"]);
}

#[test]
fn redirections_and_assignments_are_not_words() {
    check("A=1 B=2 tool > out a 2>&1 -p 2>/dev/null \"$P\" < in &>all", &["tool a -p $P"]);
    check("2>&1 tool x >&2", &["tool x"]);
    check("tool a >| x b <<< y c", &["tool a b c"]);
    check("true && tool a > x b -c d", &["tool a b -c d"]);
}

#[test]
fn statements_of_every_kind() {
    let script = "! tool 1 | tool 2 && { tool 3; } || (tool 4) &\nfor i in a; do tool 5; done\nwhile tool 6; do tool 7; done\n\
                  until tool 8; do :; done\nif tool 9; then :; fi\ncase x in y) ;; esac\n[[ $(tool 10) ]] && tool 11\n\
                  x=$(tool 12)\ny=`tool 13`\nread z < <(tool 14)\nf() { tool 15; }\nlocal q=$(tool 16)\n[ -n \"$(tool 17)\" ]\n\
                  for ((i=0;i<3;i++)); do tool 18; done\nselect s in a; do tool 19; done\ncase \"$(tool 20)\" in a) ;; esac\n";
    let mut found: Vec<u32> = tools(script).iter().map(|line| line[5..].trim().parse().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, (1..=20).collect::<Vec<_>>());
}

#[test]
fn comments_are_silent() {
    check("# tool a\n  # tool b\nx # tool c\n: '\ntool d\n'\n", &[]);
}

#[test]
fn wrappers_are_looked_through() {
    for line in [
        "sudo tool x",
        "sudo -u \"$U\" -E A=b tool x",
        "sudo -- tool x",
        "doas -u root tool x",
        "env -u LANG A=1 tool x",
        "env -i PATH=/bin tool x",
        "exec tool x",
        "exec -a name tool x",
        "command tool x",
        "nohup tool x",
        "nice -n 5 tool x",
        "ionice -c2 -n 7 tool x",
        "time -p tool x",
        "timeout -k 5 60s tool x",
        "timeout --signal=KILL 60 tool x",
        "stdbuf -oL tool x",
        "xargs -n1 tool x",
        "watch -n 5 tool x",
        "setsid tool x",
        "chroot /mnt tool x",
        "bash -c 'tool x'",
        "bash -lc \"tool x\"",
        "sh -exc 'tool x'",
        "/bin/bash -o pipefail -c 'tool x'",
        "sudo -i bash -c 'tool x'",
        "su - deploy -c 'tool x'",
        "su -c 'tool x' deploy",
        "ssh host tool x",
        "ssh -i key -p 22 user@host \"cd y; tool x\"",
        "ssh -o StrictHostKeyChecking=no $IP -- 'tool x'",
        "docker run --rm -it image tool x",
        "docker run --rm -e A=b -v \"$PWD:/w\" --name n image:1 tool x",
        "docker run --rm image sh -c 'tool x'",
        "docker run --entrypoint tool image x",
        "docker --context c exec -i name tool x",
        "podman run image bash -ec \"tool x\"",
        "docker compose -f f.yml run --rm service tool x",
        "docker-compose exec -T service tool x",
        "kubectl exec -it pod -n ns -- tool x",
        "kubectl -n ns exec pod -- sh -c 'tool x'",
        "kubectl run p --image=i --rm -it -- tool x",
        "tmux send-keys -t s 'tool x' Enter",
        "tmux send-keys -t s 'tool x' C-m",
        "tmux new-session -d -s s 'tool x'",
        "screen -dm -S s tool x",
        "script -q -c 'tool x' /dev/null",
        "parallel tool x ::: a b",
        "find . -name a -exec tool x \\;",
        "trap 'tool x' EXIT",
        "eval tool x",
        "eval \"tool x\"",
        "run tool x",
        "cmd /c tool x",
        "pwsh -Command 'tool x'",
        "$SUDO docker run i tool x",
        "timeout 5 sudo bash -c \"sudo tool x\"",
    ] {
        check(line, &["tool x"]);
    }
}

#[test]
fn what_only_looks_like_a_wrapper() {
    check("command -v tool", &[]);
    check("sudo -l tool", &[]);
    check("bash tool.sh -c x", &["bash tool.sh -c x"]);
    check("docker build -t tool .", &["docker build -t tool ."]);
    check("run_it label -- tool x", &["run_it label -- tool x"]);
    assert!(commands("run_it label -- tool x")[0].may_wrap);
    assert!(!commands("grep tool x")[0].may_wrap);
}

#[test]
fn inner_words_of_bash_c() {
    check("bash -c 'tool -u \"$1\"' _ \"$U\"", &["tool -u $U"]);
    check("bash -c \"tool -u $U -p '$P'\"", &["tool -u $U… -p $P"]);
    check("bash -c 'tool -u $U'", &["tool -u $U…"]);
}

#[test]
fn variables_hold_programs_options_and_whole_commands() {
    check("T=tool\n$T x", &["tool x"]);
    check("T=\"$HOME/bin/tool\"\n\"$T\" x", &["$HOME/bin/tool x"]);
    check("ARGS=\"-u $U -p $P\"\ntool $ARGS", &["tool -u $U… -p $P…"]);
    check("U=bob\ntool -u $U -p \"$U\"", &["tool -u $U -p $U"]);
    check("A=login\ntool $A", &["tool login"]);
    check("F=--flag\ntool \"$F\" -u x", &["tool --flag -u x"]);
    check("cmd='tool -u \"$U\"'\neval \"$cmd\"", &["tool -u $U"]);
    check("cmd=\"tool -u $U\"\n$cmd", &["tool -u $U…"]);
    check("cmd=\"tool x\"\nbash -c \"$cmd\"", &["tool x"]);
    check("cmd=\"tool x\"\nssh host \"$cmd; y\"", &["tool x"]);
    check("cmd=\"tool x\"\ncmd=\"$cmd -f\"\n$cmd", &["tool x -f"]);
    check("cmd=\"tool x\"\ncmd+=' -f'\n$cmd", &["tool x -f"]);
    check("cmd='tool x'\nfull=$(printf '%s --flag %s' \"$cmd\" \"$T\")\neval \"$full\"", &["tool x --flag $T…"]);
    check("printf -v cmd '%s -u %q' tool \"$U\"\neval $cmd", &["tool -u $U…"]);
    check("U=\nread -r U\ntool -u $U", &["tool -u $U…"]);
    check("U=''\n. ./settings\ntool -u $U -p x", &["tool -u $U -p x"]);
}

#[test]
fn both_arms_of_a_branch_are_alternatives() {
    let script = "if x; then F=--flag; else F='-u a'; fi\ntool $F";
    check(script, &["tool --flag", "tool -u a"]);
    check("F=''\nif x; then F=--flag; fi\ntool $F -u a", &["tool --flag -u a", "tool -u a"]);
    check("[ -n \"$S\" ] && F=--flag\ntool $F", &["tool --flag", "tool $F…"]);
    // What was set in one arm does not meet what was set in the other.
    let script = "if x; then A=--one; B=--two; else A=--three; B=--four; fi\ntool $A $B";
    check(script, &["tool --one --two", "tool --three --four"]);
    check("case $m in a) F=-a;; b) F=-b;; *) F=-c;; esac\ntool $F", &["tool -a", "tool -b", "tool -c"]);
    check("for f in -a -b; do tool $f; done", &["tool -a", "tool -b"]);
}

#[test]
fn branches_are_marked() {
    check("if x; then tool 1; else tool 2; fi; tool 3", &["tool 1 (branch)", "tool 2 (branch)", "tool 3"]);
    check("if x; then tool 1; fi", &["tool 1"]);
    check("case $x in a) tool 1;; *) tool 2;; esac", &["tool 1 (branch)", "tool 2 (branch)"]);
}

#[test]
fn arrays() {
    check("a=(-u \"$U\" -p \"$P\")\ntool login \"${a[@]}\"", &["tool login -u $U -p $P"]);
    check("a=(tool\n  -u \"$U\" # note\n  'x y')\n\"${a[@]}\" z", &["tool -u $U 'x y' z"]);
    check("a=(x)\na+=(--flag)\ntool ${a[*]}", &["tool x --flag"]);
    check("a=()\nif x; then a+=(--flag); fi\ntool \"${a[@]}\" y", &["tool --flag y", "tool y"]);
    check("tool \"${unset[@]}\"", &["tool $unset…"]);
    check("declare -a a=(1 2)\ntool \"${a[@]}\"", &["tool 1 2"]);
    check("b=(x)\na=(tool \"${b[@]}\")\nsudo \"${a[@]}\"", &["tool x"]);
}

#[test]
fn functions_are_read_where_they_are_called() {
    check("f() { tool -u \"$1\" -p \"$2\"; }\nf \"$U\" secret", &["tool -u $U -p secret"]);
    check("f() { tool \"$@\"; }\nf -u a\nf -i", &["tool -u a", "tool -i"]);
    check("run_it() { \"$@\"; }\nrun_it tool x", &["tool x"]);
    check("go() { eval \"$1\"; }\ngo \"tool x\"", &["tool x"]);
    check("f() { shift; tool \"$@\"; }\nf a b c", &["tool b c"]);
    check("function f { tool -u \"$1\"; }", &["tool -u $1"]);
    check("f() { f; tool x; }\nf", &["tool x"]);
    check("g() { tool \"$1\"; }\nf() { g \"$2\"; }\nf a b", &["tool b"]);
    check("f() { U=$1; }\nf -x\ntool $U", &["tool -x"]);
    check("set -- -a b\ntool \"$@\"", &["tool -a b"]);
    // The loop that reads options runs more than once, and sees other arguments each time.
    let options = "while [ $# -gt 0 ]; do case $1 in -u) U=\"$2\"; shift;; esac; shift; done";
    check(&format!("f() {{ {options}; tool -u \"$U\"; }}\nf -x -u a"), &["tool -u $U"]);
}

#[test]
fn aliases() {
    check("alias t2='tool --x'\nt2 y", &["tool --x y"]);
    check("alias tool='tool'\ntool y", &["tool y"]);
}

#[test]
fn printed_text_is_no_command() {
    for line in [
        "echo \"tool login -u x\"",
        "echo tool login",
        "printf 'tool login\\n'",
        "echo 'tool x' >&2",
        "echo 'tool x' > /dev/null",
        "echo 'tool x' >> \"$LOGFILE\"",
        "echo 'tool x' > out.log",
        "echo 'tool x' | grep y",
        "log_info 'tool x'",
        "die \"run: tool x\"",
        "logger -t a tool x",
        "usage() { cat <<EOF\ntool x\nEOF\n}\nusage",
        "cat <<EOF\ntool x\nEOF",
        "cat <<EOF | sort\ntool x\nEOF",
        "MSG=\"tool x failed\"\necho \"$MSG\"",
        "HELP='\ntool x\n'",
    ] {
        check(line, &[]);
    }
    // Substitutions in printed text do run.
    check("echo \"it says $(tool x)\"", &["tool x"]);
    // `login` is not a `log`.
    check("login_now tool x", &["login_now tool x"]);
}

#[test]
fn written_and_piped_text_is_a_script() {
    check("echo \"tool -u $U\" >> create.sh", &["tool -u $U… (likely)"]);
    check("echo 'tool x' > \"$SCRIPT\"", &["tool x (likely)"]);
    check("echo 'tool x' > run", &["tool x (likely)"]);
    check("echo 'tool x' | tee -a x.sh", &["tool x (likely)"]);
    check("echo 'tool x' | sudo tee /x.sh > /dev/null", &["tool x (likely)"]);
    check("printf '%s\\n' '#!/bin/sh' \"tool $X\" > x.sh", &["tool $X… (likely)"]);
    check("echo -e '#!/bin/sh\\ntool x' > x.sh", &["tool x (likely)"]);
    check("{ echo a; echo 'tool x'; } > x.sh", &["tool x (likely)"]);
    check("echo 'tool x \\' > x.sh\necho ' -y' >> x.sh", &["tool x -y (likely)"]);
    check("cat <<EOF > x.sh\n#!/bin/sh\ntool -u $U -p \\$P\nEOF\n", &["tool -u $U… -p $P… (likely)"]);
    check("cat > x.sh <<'EOF'\ntool -u $U\nEOF\n", &["tool -u $U… (likely)"]);
    check("echo 'tool x' | bash", &["tool x"]);
    check("echo 'tool x' | sudo bash -s -- y", &["tool x"]);
    check("echo 'tool x' | ssh host", &["tool x"]);
    check("cat <<EOF | bash\ntool x\nEOF\n", &["tool x"]);
}

#[test]
fn here_documents_that_a_shell_reads() {
    check("bash <<EOF\ntool -u $U\nEOF\n", &["tool -u $U…"]);
    check("bash <<-'EOF'\n\ttool x\n\tEOF\n", &["tool x"]);
    check("ssh -T host <<EOF\ntool x\nEOF\ntool y\n", &["tool x", "tool y"]);
    check("ssh host bash -s <<EOF\ntool x\nEOF\n", &["tool x"]);
    check("sudo -u a -i <<EOF\ntool x\nEOF\n", &["tool x"]);
    check("su - a <<EOF\ntool x\nEOF\n", &["tool x"]);
    check("docker exec -i c sh <<EOF\ntool x\nEOF\n", &["tool x"]);
    check("bash <<< \"tool x\"", &["tool x"]);
    check("cat <<EOF && tool y\ntool x\nEOF\n", &["tool y"]);
    check("cat <<EOF\n$(tool x)\nEOF\n", &["tool x"]);
}

#[test]
fn texts_that_nobody_is_seen_to_run() {
    check("cmd='tool x'\n", &["tool x (stored)"]);
    check("cmd='tool x'\ncmd=\"$cmd -f\"\n", &["tool x -f (stored)"]);
    check("cmd='tool x'\nsubmit \"$cmd\"\n", &["tool x (likely)"]);
    check("run_remote \"tool x\"\n", &["run_remote 'tool x'", "tool x (likely)"]);
    check("submit \"tool x\"\n", &["submit 'tool x'"]);
}

#[test]
fn spans_are_exact() {
    assert_eq!(spans("sudo tool -u \"$U\" > x; y"), ["tool -u \"$U\""]);
    assert_eq!(spans("  bash -c \"cd x && tool \\\"$U\\\" y\""), ["tool \\\"$U\\\" y"]);
    assert_eq!(spans("x=$(tool a b)"), ["tool a b"]);
    assert_eq!(spans("tool a \\\n  b\nc"), ["tool a \\\n  b"]);
    assert_eq!(spans("ssh h <<-EOF\n\ttool a $U\n\tEOF\n"), ["tool a $U"]);
    assert_eq!(spans("é='ü'; tool é"), ["tool é"]);
    let script = "tool -u x -p 'a b' -pz";
    let words: Vec<_> = commands(script)[0].words.iter().map(|word| &script[word.span.start..word.span.end]).collect();
    assert_eq!(words, ["tool", "-u", "x", "-p", "'a b'", "-pz"]);
}

#[test]
fn a_command_from_a_variable_is_reported_where_it_is_written() {
    let script = "cmd=\"tool -u $U\"\nx\neval \"$cmd\"\n";
    let command = &commands(script).into_iter().find(|command| shown::command(command).contains("tool")).unwrap();
    assert_eq!(&script[command.span.start..command.span.end], "tool -u $U");
    let related: Vec<_> = command.related.iter().map(|(span, _)| &script[span.start..span.end]).collect();
    assert_eq!(related, ["eval \"$cmd\""]);

    let script = "args=(-u \"$U\")\ntool login \"${args[@]}\"\n";
    let command = &commands(script)[0];
    assert_eq!(&script[command.span.start..command.span.end], "tool login \"${args[@]}\"");
    let related: Vec<_> = command.related.iter().map(|(span, _)| &script[span.start..span.end]).collect();
    assert_eq!(related, ["args=(-u \"$U\")"]);
    let user = command.words[3].span;
    assert_eq!(&script[user.start..user.end], "\"$U\"");

    let script = "T=tool\n$T x\n";
    assert_eq!(spans(script), ["$T x"]);
}

#[test]
fn broken_scripts_still_give_their_commands() {
    check("if x; then\ntool a\n", &["tool a"]);
    check("tool a\n}\n) fi\ntool b\n", &["tool a", "tool b"]);
    check("case x in\ntool a -u $U\n", &["tool a -u $U…"]);
    check("foo ( bar\ntool -u \"$U\" -p 'x'\n", &["tool -u $U -p x"]);
    check("{{ template }}\ntool a\n<% if %>\ntool b -c\n", &["tool a", "tool b -c"]);
}

#[test]
fn hostile_scripts_end() {
    let openings = [
        "$(",
        "${",
        "\"$(",
        "`",
        "((",
        "{ ",
        "if x; then ",
        "a && ",
        "a | ",
        "<<A ",
        "'",
        "f() { f; ",
        "[[ ",
        "$((",
        "a=(",
        "case x in y) ",
    ];
    for opening in openings {
        commands(&opening.repeat(1000));
    }
    let mut doubling = String::from("a=\"x y\"\n");
    for _ in 0..24 {
        doubling.push_str("a=\"$a $a\"\n");
    }
    commands(&format!("{doubling}$a\n"));
    let calls: String = (0..30).map(|n| format!("f{n}() {{ f{0}; f{0}; f{0}; }}\n", n + 1)).collect();
    commands(&format!("{calls}f0\n"));
}

#[test]
fn long_lines_and_deep_nesting_are_read_in_time() {
    let facts = |script: &str| facts("x.sh", script);
    for (script, count) in [
        (format!("tool {}", "b ".repeat(20_000)), 1),
        ("tool b; ".repeat(10_000), 10_000),
        ("tool b && ".repeat(3_000) + "tool c", 3_001),
        ("tool b | ".repeat(3_000) + "tool c", 3_001),
        (format!("tool{}", " >b 2>&1".repeat(10_000)), 1),
        ("tool <<E\nx y\nE\n".repeat(3_000), 3_000),
    ] {
        let facts = facts(&script);
        let found = facts.commands.iter().filter(|c| c.words[0].text().as_deref() == Some("tool")).count();
        assert_eq!((found, facts.syntax_errors.len(), facts.omissions.len()), (count, 0, 0), "{}", &script[..20]);
    }
    // Of these only a part can be read, and that is said.
    for script in [
        format!("tool a -p x {}\ntool b\n", "<b> ".repeat(16_000)),
        format!("tool a -p x\ntool {}\n", "$(".repeat(5_000)),
        format!("tool a -p x\ntool {}{}\n", "$(b ".repeat(5_000), ")".repeat(5_000)),
        format!("tool a -p x\ntool {}\n{}", "<<E ".repeat(3_000), "y\nE\n".repeat(3_000)),
    ] {
        let facts = facts(&script);
        assert!(facts.commands.iter().any(|command| shown::command(command) == "tool a -p x"), "{:?}", &script[..40]);
        assert!(!facts.syntax_errors.is_empty() || !facts.omissions.is_empty(), "{:?}", &script[..40]);
    }
}

#[test]
fn a_word_of_very_many_pieces_is_read_to_its_end() {
    let word = |written: String| {
        let facts = facts("x.sh", &format!("tool {written} -p x\n"));
        assert!(facts.syntax_errors.is_empty());
        let words = &facts.commands.iter().find(|command| command.words.len() == 4).expect("all words").words;
        assert_eq!(words[3].text().as_deref(), Some("x"));
        words[1].clone()
    };
    let many = 20_000;
    assert_eq!(word("\\".repeat(2 * many)).text(), Some("\\".repeat(many)));
    assert_eq!(word("'a'\"b\"c".repeat(many)).text(), Some("abc".repeat(many)));
    assert_eq!(word(format!("\"{}\"", "\\\"".repeat(many))).text(), Some("\"".repeat(many)));
    assert_eq!(word("$X".repeat(many)).parts.len(), many);
    assert_eq!(word(format!("\"{}\"", "$X ".repeat(many))).parts.len(), 2 * many);
}

#[test]
fn a_function_is_read_however_it_is_called_and_redefined() {
    let depth: String = (0..30).map(|n| format!("f{n}() {{ f{}; }}\n", n + 1)).collect();
    for script in [
        format!("{depth}f30() {{ tool login; }}\nf0"),
        "f() { f; g; }\ng() { f; tool login; }\nf".to_owned(),
        "f() { tool login; }\nf() { other; }\nf".to_owned(),
        "if [ \"$A\" ]; then f() { tool login; }; else f() { other; }; fi\nf".to_owned(),
        "f() { g() { tool login; }; }".to_owned(),
    ] {
        assert!(tools(&script).iter().any(|line| line.contains("login")), "{script}: {:?}", tools(&script));
    }
}

#[test]
fn a_function_may_have_the_name_of_the_program_that_it_runs() {
    for script in [
        "tool() { command tool \"$@\"; }\ntool login -u \"$U\"",
        "tool() { docker run --rm --quiet -v /x:/x -i img tool \"$@\"; }\nf() { tool login -u \"$U\"; }",
    ] {
        assert!(tools(script).iter().any(|line| line.contains("login")), "{script}: {:?}", tools(script));
    }
}

#[test]
fn a_command_whose_words_all_come_from_a_call_stands_at_the_call() {
    let script =
        "tool() { docker run img tool \"$@\"; }\nf() { tool login -u \"$U\"; }\ng() { tool login -u \"$V\"; }\n";
    let facts = facts("x.sh", script);
    let found: Vec<&str> = facts.commands.iter().map(|c| &script[c.span.start..c.span.end]).collect();
    assert!(found.contains(&"tool login -u \"$U\"") && found.contains(&"tool login -u \"$V\""), "{found:?}");
}

#[test]
fn the_hundredth_call_of_a_function_is_seen() {
    let script = format!("tool() {{ command tool \"$@\"; }}\n{}tool login -u \"$U\"\n", "tool list\n".repeat(99));
    assert!(tools(&script).iter().any(|line| line.contains("login")), "{:?}", tools(&script));
}

#[test]
fn what_a_host_fills_in_is_a_variable() {
    let script = "tool -u ${{ secrets.NAME }} -p '${{ secrets.WORD }}' \\\n  --last ${{ x.y || 'z' }}\ntool ${{ open\n";
    check(script, &["tool -u $NAME… -p $WORD --last $y…", "tool ?…"]);
    assert_eq!(spans(script)[0], "tool -u ${{ secrets.NAME }} -p '${{ secrets.WORD }}' \\\n  --last ${{ x.y || 'z' }}");
}

#[test]
fn code_of_powershell_is_read_as_such() {
    for (script, wanted) in [
        ("pwsh -Command \"tool -a (Get-It) -b\"", "tool -a ? -b"),
        ("pwsh -NoProfile -ExecutionPolicy Bypass -c 'tool a `\n  -b \"$x\"'", "tool a -b $x"),
        ("pwsh -c \"tool a $x\" # no", "tool a $x"),
        ("powershell.exe \"tool a \\$x\"", "tool a $x"),
        ("sudo pwsh -Command tool a", "tool a"),
        ("docker run i pwsh -c '# tool no\n\"tool no\" | Write-Host\ntool a'", "tool a"),
        ("pwsh <<'END'\n$c = 'x y'\ntool a $c `\n  -b\nEND", "tool a 'x y' -b"),
        ("echo 'tool a -b:$x' | pwsh -Command -", "tool a -b:$x"),
        ("cat > file.ps1 <<'END'\ntool a `\n  -b\nEND", "tool a -b (likely)"),
        ("C='tool a'\npwsh -Command \"$C\"", "tool a"),
        ("pwsh -c \"bash -c 'pwsh -c tool'\"", "tool"),
        ("if x; then pwsh -c 'tool a'; else y; fi", "tool a (branch)"),
    ] {
        assert_eq!(tools(script), [wanted], "in:\n{script}");
    }
    for script in
        ["pwsh -File tool.ps1 -x y", "pwsh ./tool.ps1", "pwsh -EncodedCommand tool", "pwsh -c \"Write-Host 'tool a'\""]
    {
        assert_eq!(tools(script), Vec::<String>::new(), "in:\n{script}");
    }
}

#[test]
fn code_of_powershell_stands_where_it_is_written() {
    let script = "x\npwsh -c '\n  tool a `\n    -b $x\n'\n";
    let found = commands(script);
    let command = found.iter().find(|command| shown::command(command).starts_with("tool")).unwrap();
    assert_eq!(&script[command.span.start..command.span.end], "tool a `\n    -b $x");
}

#[test]
fn shells_within_each_other_end_somewhere() {
    let documents = (0..2_000).map(|n| format!("pwsh <<E{n}\n@'\n"));
    let ends = (0..2_000).rev().map(|n| format!("\n'@ | bash\nE{n}\n"));
    for script in ["pwsh -c bash -c ".repeat(50_000), documents.chain(ends).collect()] {
        let found = commands(&script);
        assert!(found.iter().all(|command| script.get(command.span.start..command.span.end).is_some()));
    }
}
