//! What runs the text that it is given, and what hands it on.

use super::{List, Name};

/// Functions that run a command: their whole names.
static RUNNERS: List = List::new(
    "system popen run call checkcall checkoutput getoutput getstatusoutput spawn spawnl spawnv exec execv execvp \
     execsync execfile execfilesync spawnsync execa execacommand command commandcontext start processbuilder \
     processstartinfo shell sh bash cmd createsubprocessshell createsubprocessexec startprocess output combinedoutput \
     local sudo runcommand runcmd execute executecommand lazylines linestream",
);

/// The same, with names that have no letters.
const SIGNS: [&str; 5] = ["$", "!", "!!", "!<", "!!<"];

/// Words of names of functions of scripts that run the text they get.
static RUN_TEXTS: List = List::new("run exec invoke retry try execute cmd command shell sh attempt");

/// Functions that give back the text they are given, changed a little: their whole names.
static PASSING: List = List::new(
    "split dedent strip trim cleandoc str string quote format formatted sprint sprintf sprintln replace encode \
     getbytes lstrip rstrip fields tostring shlexsplit invariant pformat f fspath slice filter map toarray tolist",
);

/// Functions that make a list of all that they are given: their whole names.
static GATHERING: List = List::new("list tuple aslist of asarray from concat arraylist join");

/// Keys of data that hold a command line or a script: their whole names.
static CODE_KEYS: List = List::new(
    "run exec scripts commands cmds entrypoint hook hooks poststart prestop shell bash sh inline execstart runcmd \
     bootcmd",
);

/// The words with which such keys end.
static CODE_ENDS: List = List::new(
    "script command cmd prescript postscript startscript runscript buildscript initscript setupscript startupscript \
     installscript deployscript testscript shellscript bashscript userscript inlinescript customscript loadscript \
     precommand postcommand startcommand runcommand buildcommand testcommand execcommand shellcommand subcommand \
     precmd postcmd startcmd buildcmd testcmd execcmd",
);

/// Whether a function is known to run what it is given.
pub(crate) fn runs(function: &str) -> bool {
    SIGNS.contains(&function) || RUNNERS.is(function)
}

/// Whether a function of a script, by its name, runs the text that it is given.
pub(crate) fn runs_text(function: &str) -> bool {
    RUN_TEXTS.is_word_of(&Name::new(function))
}

/// Whether a function gives back its text, as it was or changed a little.
pub(crate) fn passes(function: &str) -> bool {
    PASSING.is(function) || gathers(function)
}

/// Whether a function makes a list of all that it is given.
pub(crate) fn gathers(function: &str) -> bool {
    GATHERING.is(function)
}

/// Whether what stands under a key of data is a script or a command line.
pub(crate) fn is_code_key(key: &str) -> bool {
    CODE_KEYS.is(key) || CODE_ENDS.ends(&Name::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_has_the_whole_name() {
        for name in
            ["run", "Run", "run_command", "runCommand", "execFileSync", "!!", "check_call", "createSubprocessShell"]
        {
            assert!(runs(name), "{name}");
        }
        for name in ["restart", "rerun", "prune", "truncate", "startup", "callback", "recall", "starts", "output2", ""]
        {
            assert!(!runs(name), "{name}");
        }
    }

    #[test]
    fn a_function_of_a_script_runs_text_by_a_word_of_its_name() {
        for name in ["retry", "run_or_die", "my_exec", "runCmd", "try2"] {
            assert!(runs_text(name), "{name}");
        }
        for name in ["retrying", "prune", "entry", "trace", "shed", "truncate", "crunch", "commander"] {
            assert!(!runs_text(name), "{name}");
        }
    }

    #[test]
    fn a_key_of_code_ends_with_its_word() {
        for key in [
            "script",
            "before_script",
            "startCommand",
            "start-cmd",
            "runCmd",
            "postscript",
            "preStop",
            "run",
            "buildscript",
        ] {
            assert!(is_code_key(key), "{key}");
        }
        for key in
            ["typescript", "javascript", "description", "transcript", "manuscript", "scripted", "rerun", "hooked"]
        {
            assert!(!is_code_key(key), "{key}");
        }
    }
}
