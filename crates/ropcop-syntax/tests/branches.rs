//! Commands whose words are put together in branches: what never runs together is no command.

mod fixture;

use fixture::check;

#[test]
fn each_arm_of_a_choice_makes_a_command_of_its_own() {
    check(
        "sample.py",
        r#"
=== if and else
cmd = ['tool', 'login']  # command tool login -u $u; command tool login --identity
if u:
    cmd += ['-u', u]
else:
    cmd.append('--identity')
run(cmd)
=== elif
cmd = ['tool', 'login']  # command tool login -a; command tool login -b; command tool login -c
if a:
    cmd.append('-a')
elif b:
    cmd.append('-b')
else:
    cmd.append('-c')
run(cmd)
=== match
cmd = ['tool', 'login']  # command tool login -a; command tool login -b
match kind:
    case 'a':
        cmd.append('-a')
    case _:
        cmd.append('-b')
run(cmd)
=== a condition in the list
run(['tool', 'login', *(['-u', u] if u else ['--identity'])])  # command tool login -u $u; command tool login --identity
=== lists in branches that are spread in another
more = []
if u:
    more += ['-u', u]
else:
    more = ['--identity']
run(['tool', 'login', *more])  # command tool login -u $u; command tool login --identity
=== a word of a list
mode = 'login' if u else 'logout'
run(['tool', mode, '-u', u])  # command tool login -u $u; command tool logout -u $u
=== a parameter that may be its default
def f(u, mode='login'):
    run(['tool', mode, '-u', u])  # command tool $mode -u $u; command tool login -u $u
=== a text
line = 'tool login'  # command tool login -u $u…; command tool login --identity
if u:
    line += f' -u {u}'
else:
    line += ' --identity'
run(line)
"#,
    );
    check(
        "sample.ts",
        r#"
=== without braces
const args = ['login'];
if (u) args.push('-u', u);
else args.push('--identity');
spawn('tool', args);  // command tool login -u $u; command tool login --identity
=== else if
const cmd = ['tool', 'login'];  // command tool login -a; command tool login -b; command tool login -c
if (a) { cmd.push('-a'); } else if (b) { cmd.push('-b'); } else { cmd.push('-c'); }
run(cmd);
=== switch
let line = 'tool login';  // command tool login -a; command tool login -b
switch (kind) {
  case 'a': line += ' -a'; break;
  default: line += ' -b';
}
run(line);
=== a condition in the list
spawn('tool', ['login', ...(u ? ['-u', u] : ['--identity'])]);
// command tool login -u $u; command tool login --identity
"#,
    );
    check(
        "sample.go",
        r#"
=== a list
package p
func f(u string) {
	args := []string{"login"}
	if u != "" {
		args = append(args, "-u", u)
	} else {
		args = append(args, "--identity")
	}
	exec.Command("tool", args...)  // command tool login -u $u; command tool login --identity
}
=== switch
package p
func f(kind string) {
	args := []string{"login"}
	switch kind {
	case "a":
		args = append(args, "-a")
	default:
		args = append(args, "-b")
	}
	exec.Command("tool", args...)  // command tool login -a; command tool login -b
}
"#,
    );
    check(
        "sample.cs",
        r#"
=== a line in pieces
class C { void M(string u) {
    var line = "login";
    if (u != null) line += " -a"; else line += " -b";
    Process.Start("tool", line);
// command tool login -a; command tool login -b; more command
} }
=== lines of one process
class C { void M(string u) {
    var info = new ProcessStartInfo("tool");  // command tool login -a; command tool login -b; more command
    if (u != null) info.Arguments = "login -a"; else info.Arguments = "login -b";
} }
=== words of one process
class C { void M(string u) {
    var info = new ProcessStartInfo("tool");  // command tool login -a; command tool login -b; more command
    info.ArgumentList.Add("login");
    if (u != null) { info.ArgumentList.Add("-a"); } else { info.ArgumentList.Add("-b"); }
} }
"#,
    );
    check(
        "sample.java",
        r#"
=== a list
class C { void m(String u) {
    List<String> cmd = new ArrayList<>(List.of("tool", "login"));  // command tool login -a; command tool login -b
    if (u != null) { cmd.add("-a"); } else { cmd.add("-b"); }
    new ProcessBuilder(cmd).start();
} }
=== switch
class C { void m(String kind) {
    List<String> cmd = new ArrayList<>(List.of("tool", "login"));  // command tool login -a; command tool login -b
    switch (kind) {
        case "a": cmd.add("-a"); break;
        default: cmd.add("-b");
    }
    new ProcessBuilder(cmd).start();
} }
"#,
    );
    check(
        "sample.kt",
        r#"
=== when
fun f(kind: String) {
    val cmd = mutableListOf("tool", "login")  // command tool login -a; command tool login -b
    when (kind) {
        "a" -> cmd.add("-a")
        else -> cmd.add("-b")
    }
    ProcessBuilder(cmd).start()
}
"#,
    );
    check(
        "sample.lua",
        r#"
local line = 'tool login'
-- command tool login -a; command tool login -b; command tool login -c; more command
if a then line = line .. ' -a' elseif b then line = line .. ' -b' else line = line .. ' -c' end
os.execute(line)
"#,
    );
    check(
        "sample.groovy",
        r#"
=== if and else
def line = 'tool login'  // command tool login -a; command tool login -b
if (a) { line += ' -a' } else { line += ' -b' }
sh line
=== switch
def cmd = ['tool', 'login']  // command tool login -a; command tool login -b
switch (kind) {
  case 'a':
    cmd += ['-a']
    break
  default:
    cmd += ['-b']
}
cmd.execute()
"#,
    );
}

#[test]
fn what_may_run_together_is_one_command() {
    check(
        "sample.py",
        r#"
=== one branch
cmd = ['tool', 'login', '-u', u]  # command tool login -u $u --app
if app:
    cmd.append('--app')
run(cmd)
=== two conditions
cmd = ['tool', 'login', '-u', u]  # command tool login -u $u --app -t $t
if app:
    cmd.append('--app')
if t:
    cmd += ['-t', t]
run(cmd)
"#,
    );
    check(
        "sample.ts",
        r#"
const cmd = ['tool', 'login'];  // command tool login -a -b
if (a) cmd.push('-a');
if (b) cmd.push('-b');
run(cmd);
"#,
    );
    check(
        "sample.go",
        r#"
package p
func f(u string) {
	args := []string{"login", "-u", u}
	if app { args = append(args, "--app") }
	exec.Command("tool", args...)  // command tool login -u $u --app
}
"#,
    );
}

#[test]
fn what_is_added_to_another_list_of_the_same_name_is_no_part_of_this_one() {
    check(
        "sample.py",
        r#"
=== a new list
cmd = ['tool', 'login']  # command tool login
run(cmd)
cmd = ['tool', 'show']  # command tool show -a
cmd += ['-a']
run(cmd)
=== a list in another arm
if a:
    cmd = ['tool', 'login']  # command tool login -a
    cmd.append('-a')
else:
    cmd = ['tool', 'show']  # command tool show -b
    cmd.append('-b')
run(cmd)
"#,
    );
}
