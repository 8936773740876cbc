//! What shows, compares or hides the text that it is given, and so does not run it.

use super::{List, Name};

/// A function or program that says something to people, in programs and in scripts.
static SAYS: List = List::new(
    "log logger logging logged syslog nlog slog klog glog zlog vlog clog wlog dlog logr logrus auditlog eventlog \
     applog mylog nlogger addlog changelog logit logto logline loglines logtext logfile print printing printout \
     fprint eprint cprint pprint prettyprint tprint printred printgreen echo pecho cecho vecho secho errcho echoerr \
     echored echogreen debug debugging dbg info warn warning err error errored raiserror raiseerror fatal panic \
     exception msg message msgbox messagebox msgs usage help helptext say note notice banner announce alert notify \
     die abort fail failing failure",
);

/// A function that writes what it is given.
static WRITES: List = List::new(
    "write writing writer writeln writeline writelines writestr writestring writerow writerows writetext writefile \
     writeheader fwrite filewrite puts fputs sysout syserr",
);

/// A function that keeps a text about something, or follows what happens.
static DESCRIBES: List = List::new(
    "describe doc docstring documentation documented javadoc comment commenting title subtitle label hint todo \
     addargument trace tracer tracing stacktrace backtrace traceback skip skipped skipping",
);

/// A function that compares.
static COMPARES: List = List::new(
    "assert assertthat assertin diff differences expect expectation unexpected equal unequal compare comparison comparsion comparing \
     should shouldnt verify verified verifies calledwith tomatch tobe",
);

/// What a test expects.
static EXPECTS: List = List::new("expect expecting expectation unexpected");

/// A function that looks for something in a text, or takes something out of it.
static SEARCHES: List = List::new(
    "contains containing notcontains match matcher submatch mismatch unmatched indexof startswith endswith redact \
     mask masking unmask sanitize sanitise sanitizer scrub scrubbed censor hide obfuscate",
);

/// A function whose name says so runs what it is given, whatever else it does: `run_and_log`, `print_system_output`.
static RUNS_TOO: List = List::new(
    "exec execute executing executor run running runner spawn login logon shell powershell command system startinfo",
);

/// A function that sends what it is given, to a server or into a file.
static SENDS: List = List::new("request argument body content put post");

/// A function that puts another in the place of the one it is given, or takes it away again.
static REPLACES: List = List::new(
    "mock mocked mocker mockery mockito mockk gomock magicmock patch patched stub stubbed stubbing spy spyk spied fake faker faking \
     restore restoring",
);

/// A function that asks what something is, or says it.
static ASKS: List = List::new("isinstance issubclass instanceof instance type typeof cast raises subclass");

/// Things with methods that all write: `logger.at(…)`, `log.Fatal`.
static LOGS: List =
    List::new("log logs logger logging loggers syslog nlog slog klog glog zlog mylogger applogger nlogger");

/// The same, where that is their whole name.
static TEXT_OWNERS: List = List::new("t chalk colors errors");

/// Streams that people see.
static STREAMS: List = List::new("console stdout stderr");

/// Names of files that no program runs.
static PAGES: List = List::new(
    "log logs logfile logfiles logdir logpath logname mylog buildlog runlog outlog errlog errorlog debuglog \
     installlog deploylog testlog syslog auditlog eventlog changelog readme usage help motd stderr stdout \
     githubstepsummary githubenv githuboutput",
);

/// What such a function of a script begins with if it runs what it is given all the same: `run_or_die`.
static RUNS_FIRST: List = List::new("run exec execute invoke retry try attempt");

/// Whether a function shows, compares or hides what it is given.
pub(crate) fn shows(function: &str) -> bool {
    let name = Name::new(function);
    [&SAYS, &WRITES, &DESCRIBES, &COMPARES, &SEARCHES].iter().any(|list| list.is_in(&name)) && !RUNS_TOO.is_in(&name)
}

/// Whether a function shows or compares what it is given, and sends it nowhere.
pub(crate) fn only_shows(function: &str) -> bool {
    let name = Name::new(function);
    shows(function) && !WRITES.is_in(&name) && !SENDS.is_in(&name)
}

/// Whether a name speaks of saying something to people.
pub(crate) fn says(name: &str) -> bool {
    SAYS.is_in(&Name::new(name))
}

/// Whether a program or function of a script says its words to people.
pub(crate) fn prints(program: &str) -> bool {
    says(program) && !RUNS_FIRST.begins(&Name::new(program))
}

/// Whether a function compares what it is given.
pub(crate) fn compares(function: &str) -> bool {
    COMPARES.is_in(&Name::new(function))
}

/// Whether a value of this name is what a test expects.
pub(crate) fn is_expected(name: &str) -> bool {
    EXPECTS.is_in(&Name::new(name))
}

/// Whether a function puts something else in the place of the function that it is given, or takes it away again.
pub(crate) fn replaces(function: &str) -> bool {
    REPLACES.is_in(&Name::new(function)) || shows(function)
}

/// Whether a function only asks what a value is, or of what type it is to be.
pub(crate) fn asks(function: &str) -> bool {
    ASKS.is_in(&Name::new(function))
}

/// Whether a name ends with a word for a log.
pub(crate) fn is_log(name: &str) -> bool {
    LOGS.ends(&Name::new(name))
}

/// Whether all methods of what has this name write for people.
pub(crate) fn is_for_text(owner: &str) -> bool {
    is_log(owner) || TEXT_OWNERS.is(owner) || is_stream(owner)
}

/// Whether this is a stream that people see.
pub(crate) fn is_stream(owner: &str) -> bool {
    STREAMS.is(owner)
}

/// Whether a file of this name is a log or a page, and no script.
pub(crate) fn is_page(file: &str) -> bool {
    PAGES.is_in(&Name::new(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How a function was judged when words were looked for anywhere in its name.
    fn holds_letters(name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        [
            "print", "log", "error", "info", "assert", "puts", "doc", "help", "title", "match", "equal", "fail",
            "label", "mask",
        ]
        .iter()
        .any(|part| name.contains(part))
    }

    #[test]
    fn a_word_is_not_found_in_another() {
        for name in [
            "catalog",
            "getCatalog",
            "app_catalog",
            "catalogue",
            "blog",
            "Blogger",
            "backlog",
            "dialog",
            "openDialog",
            "analog",
            "prologue",
            "logon",
            "LogOn",
            "logOnUser",
            "logout",
            "logOff",
            "logic",
            "logical",
            "logo",
            "topology",
            "technology",
            "blueprint",
            "bluePrint",
            "fingerprint",
            "thumbprint",
            "printer",
            "add_printer",
            "assertion",
            "information",
            "getInformation",
            "tzinfo",
            "terror",
            "inputs",
            "outputs",
            "docker",
            "Docker",
            "document",
            "documents",
            "helper",
            "helpers",
            "entitle",
            "entitlement",
            "topologyMatcherless",
            "equality",
            "failover",
            "logan",
            "netmask",
            "unmasker",
        ] {
            assert!(!shows(name), "{name}");
            assert!(!says(name), "{name}");
            assert!(holds_letters(name), "{name} shows nothing that the letters alone did not");
        }
    }

    #[test]
    fn words_that_only_look_alike_run_and_set_nothing() {
        for name in ["restart", "environment", "environ", "startup", "catchall", "rerun", "spawner_pool"] {
            assert!(!shows(name) && !says(name) && !super::super::run::runs(name), "{name}");
        }
    }

    #[test]
    fn what_shows_is_known_in_all_ways_to_write_it() {
        for name in [
            "print",
            "println",
            "printf",
            "eprintln",
            "Fprintf",
            "fprintln",
            "pprint",
            "log",
            "logs",
            "logf",
            "Logf",
            "logger",
            "logging",
            "audit_log",
            "AuditLog",
            "syslog",
            "loginfo",
            "logError",
            "logerror",
            "log_warning",
            "LogInformation",
            "warn",
            "warnings",
            "Errorf",
            "fatalln",
            "debugf",
            "panicf",
            "echo",
            "write",
            "WriteLine",
            "writeline",
            "write_line",
            "writeln",
            "writerow",
            "fwrite",
            "puts",
            "fputs",
            "sysout",
            "message",
            "messages",
            "errormessage",
            "showMessage",
            "msgbox",
            "usage",
            "print_usage",
            "help",
            "helps",
            "assert",
            "assertEquals",
            "assertequals",
            "asserted",
            "expect",
            "expected",
            "toBe",
            "toBeTruthy",
            "tomatch",
            "equals",
            "should",
            "verifying",
            "contains",
            "matches",
            "startsWith",
            "startswith",
            "starts_with",
            "lastIndexOf",
            "redacted",
            "masking",
            "sanitize",
            "describe",
            "described",
            "docs",
            "titles",
            "addArgument",
            "add_argument",
            "skipf",
            "skipped",
            "fail",
            "failed",
            "failures",
            "RuntimeException",
            "console.log",
        ] {
            assert!(shows(name), "{name}");
        }
    }

    #[test]
    fn what_also_runs_does_not_only_show() {
        for name in [
            "run_and_log",
            "logged_run",
            "printAvailableCommands",
            "write_command",
            "execute_and_print",
            "loginMessage",
            "shell_error",
            "logexec",
            "SystemMessage",
            "error_runner",
            "startInfoMessage",
        ] {
            assert!(!shows(name), "{name}");
        }
        assert!(
            !only_shows("writeLine") && !only_shows("fputs") && !only_shows("expectRequest") && only_shows("print")
        );
    }

    #[test]
    fn a_function_of_a_script_prints_unless_it_begins_with_running() {
        for name in [
            "log",
            "log_error",
            "logError",
            "errcho",
            "pecho",
            "die",
            "say",
            "print_usage",
            "loginfo",
            "warn",
            "echo2",
            "err",
        ] {
            assert!(prints(name), "{name}");
        }
        for name in [
            "run_or_die",
            "try_or_fail",
            "retry_log",
            "catalog",
            "blog",
            "logon",
            "docker",
            "verify",
            "interrupt",
            "noted",
        ] {
            assert_eq!(prints(name), name == "noted", "{name}");
        }
    }

    #[test]
    fn owners_of_texts_are_known_by_their_last_word() {
        for name in ["log", "_log", "auditLog", "logger", "MyLogger", "mylogger", "console", "stderr", "t"] {
            assert!(is_for_text(name), "{name}");
        }
        for name in ["blog", "catalog", "log_client", "logic", "login", "consoles", "tt", "Dialog"] {
            assert!(!is_for_text(name), "{name}");
        }
    }

    #[test]
    fn what_a_test_puts_in_place_of_something_is_known() {
        for name in ["mock", "mockImplementation", "stubFor", "spyOn", "MagicMock", "fakes", "restore_all", "mocked"] {
            assert!(replaces(name), "{name}");
        }
        assert!(!replaces("hammock") && !replaces("stubborn") && !replaces("restorer"));
        assert!(is_expected("expectedBody") && is_expected("EXPECTED") && !is_expected("inspector"));
    }

    #[test]
    fn pages_are_no_scripts() {
        for name in ["deploy.log", "LOG_FILE", "$LOGFILE", "readme.sh", "usage", "$GITHUB_ENV", "stdout"] {
            assert!(is_page(name), "{name}");
        }
        for name in ["login.sh", "catalog.sh", "blog-deploy", "logon.sh", "helper.sh", "env.sh"] {
            assert!(!is_page(name), "{name}");
        }
    }
}
