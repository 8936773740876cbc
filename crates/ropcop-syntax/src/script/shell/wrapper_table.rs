//! The wrappers that are known. Adding one is a line here.

/// Which options take the next word as their value.
#[derive(Debug)]
pub(super) struct Options {
    /// The lists name those that do; otherwise they name those that do not.
    pub(super) values: bool,
    /// Letters.
    pub(super) short: &'static str,
    /// Names without hyphens.
    pub(super) long: &'static [&'static str],
}

/// What follows the options and operands of the wrapper itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// Program and arguments.
    Words,
    /// The same, behind `--`; without `--` behind the operands.
    Separator,
    /// Words that together are the text of a script.
    Joined,
    /// A script in the value of one of these options.
    OptionText(&'static [&'static str]),
    /// It is a shell.
    Shell,
}

/// A program that runs another.
#[derive(Debug)]
pub(super) struct Wrapper {
    pub(super) names: &'static [&'static str],
    /// Its own command words.
    pub(super) sub: &'static [&'static str],
    /// Options before those.
    pub(super) outer: Options,
    pub(super) options: Options,
    /// How many operands of its own stand before the inner command.
    pub(super) before: usize,
    /// `NAME=value` may stand before the inner command.
    pub(super) assigns: bool,
    pub(super) then: Then,
    /// Without a command it is a shell that reads standard input.
    pub(super) input: bool,
    /// With one of these options it is such a shell too.
    pub(super) shell_options: &'static [&'static str],
    /// With one of these options it runs nothing.
    pub(super) blocks: &'static [&'static str],
    /// The option whose value is the program, in place of the first word of the command.
    pub(super) program_option: Option<&'static str>,
    /// The script goes on with all words that follow.
    pub(super) joins: bool,
    /// Words that end the script.
    pub(super) stops: &'static [&'static str],
}

const NONE: Options = values("", &[]);

const fn values(short: &'static str, long: &'static [&'static str]) -> Options {
    Options { values: true, short, long }
}

const fn switches(short: &'static str, long: &'static [&'static str]) -> Options {
    Options { values: false, short, long }
}

const PLAIN: Wrapper = Wrapper {
    names: &[],
    sub: &[],
    outer: NONE,
    options: NONE,
    before: 0,
    assigns: false,
    then: Then::Words,
    input: false,
    shell_options: &[],
    blocks: &[],
    program_option: None,
    joins: false,
    stops: &[],
};

const fn simple(names: &'static [&'static str], short: &'static str, long: &'static [&'static str]) -> Wrapper {
    Wrapper { names, options: values(short, long), ..PLAIN }
}

const fn behind(names: &'static [&'static str], short: &'static str, before: usize) -> Wrapper {
    Wrapper { names, options: values(short, &[]), before, ..PLAIN }
}

const fn under(names: &'static [&'static str], sub: &'static [&'static str], before: usize) -> Wrapper {
    Wrapper { names, sub, before, ..PLAIN }
}

/// Switches of `docker run`, `exec`, `compose run` and their relatives; every other option has a value.
const CONTAINER: Options = switches(
    "itdPqT",
    &[
        "interactive",
        "tty",
        "detach",
        "rm",
        "init",
        "privileged",
        "read-only",
        "no-healthcheck",
        "oom-kill-disable",
        "publish-all",
        "quiet",
        "no-deps",
        "service-ports",
        "use-aliases",
        "no-TTY",
        "build",
        "remove-orphans",
        "replace",
        "quiet-pull",
        "latest",
        "no-tty",
        "help",
        "sig-proxy",
        "disable-content-trust",
        "tls-verify",
        "userns-remap",
    ],
);
const DOCKER: &[&str] = &["docker", "podman", "nerdctl"];
const DOCKER_OUTER: Options = values(
    "cHlf",
    &[
        "config",
        "context",
        "host",
        "log-level",
        "namespace",
        "file",
        "project-name",
        "profile",
        "env-file",
        "project-directory",
        "tlscacert",
        "tlscert",
        "tlskey",
        "connection",
        "url",
    ],
);

const fn container(names: &'static [&'static str], sub: &'static [&'static str]) -> Wrapper {
    let program_option = Some("--entrypoint");
    Wrapper { names, sub, outer: DOCKER_OUTER, options: CONTAINER, before: 1, program_option, ..PLAIN }
}

const COMPOSE: Options = values("fp", DOCKER_OUTER.long);

const fn compose(names: &'static [&'static str], sub: &'static [&'static str]) -> Wrapper {
    let options = switches("itdPqT", CONTAINER.long);
    Wrapper { names, sub, outer: COMPOSE, options, before: 1, program_option: Some("--entrypoint"), ..PLAIN }
}

const KUBECTL: &[&str] = &["kubectl", "oc", "k", "kubectl.exe", "microk8s.kubectl"];
const KUBECTL_OUTER: Options = values("ns", &["namespace", "context", "kubeconfig", "cluster", "user", "server"]);

const fn kubectl(sub: &'static [&'static str], before: usize) -> Wrapper {
    let options = values(
        "cnfsl",
        &[
            "container",
            "namespace",
            "context",
            "kubeconfig",
            "filename",
            "image",
            "restart",
            "overrides",
            "env",
            "labels",
            "pod-running-timeout",
            "serviceaccount",
            "image-pull-policy",
        ],
    );
    Wrapper { names: KUBECTL, sub, outer: KUBECTL_OUTER, options, before, then: Then::Separator, ..PLAIN }
}

const fn tmux(sub: &'static [&'static str], short: &'static str) -> Wrapper {
    let stops = &["Enter", "enter", "ENTER", "C-m", "C-M", "KPEnter"];
    Wrapper {
        names: &["tmux"],
        sub,
        outer: values("SLfc", &[]),
        options: values(short, &[]),
        then: Then::Joined,
        stops,
        ..PLAIN
    }
}

const fn text(
    names: &'static [&'static str],
    sub: &'static [&'static str],
    option: &'static [&'static str],
    options: Options,
) -> Wrapper {
    Wrapper { names, sub, options, then: Then::OptionText(option), ..PLAIN }
}

/// All wrappers. Where one name stands more than once, the first entry whose command words fit is taken.
pub(super) static WRAPPERS: &[Wrapper] = &[
    Wrapper {
        assigns: true,
        shell_options: &["-i", "-s"],
        blocks: &["-v", "-k", "-K", "-l", "-e"],
        ..simple(
            &["sudo"],
            "ugCDhpRTUrt",
            &["user", "group", "host", "prompt", "chdir", "chroot", "close-from", "role", "type", "other-user"],
        )
    },
    simple(&["doas"], "uC", &[]),
    Wrapper { assigns: true, ..simple(&["env"], "uC", &["unset", "chdir"]) },
    simple(&["exec"], "a", &[]),
    Wrapper { blocks: &["-v", "-V"], ..simple(&["command"], "", &[]) },
    simple(
        &[
            "builtin",
            "nohup",
            "unbuffer",
            "chronic",
            "caffeinate",
            "winpty",
            "busybox",
            "coproc",
            "rlwrap",
            "torsocks",
            "not",
        ],
        "tw",
        &[],
    ),
    simple(&["setsid"], "", &[]),
    simple(&["nice"], "n", &["adjustment"]),
    simple(&["ionice"], "cnpPu", &["class", "classdata"]),
    simple(&["time"], "fo", &["format", "output"]),
    Wrapper { before: 1, ..simple(&["timeout", "gtimeout"], "ks", &["kill-after", "signal"]) },
    simple(&["stdbuf"], "ioe", &["input", "output", "error"]),
    Wrapper { then: Then::Joined, ..simple(&["watch"], "nq", &["interval", "equexit"]) },
    simple(&["strace", "ltrace"], "aeEIopPsSuXbU", &[]),
    behind(&["chroot", "gosu", "su-exec", "flock", "pidproxy", "setarch"], "wEu", 1),
    simple(&["run"], "", &["separate-stderr", "reading-empty-lines"]),
    simple(&["runuser"], "ugGw", &["user", "group"]),
    simple(&["systemd-run"], "pEuMtG", &["unit", "property", "setenv", "uid", "gid", "working-directory"]),
    simple(&["sshpass"], "pfdP", &[]),
    simple(&["wsl", "wsl.exe"], "du", &["distribution", "user", "cd"]),
    simple(&["npx", "dotenv", "xvfb-run", "catchsegv", "unshare", "firejail"], "pecns", &["package"]),
    under(&["poetry", "pipenv", "uv", "rye", "hatch", "pdm"], &["run"], 0),
    under(&["bundle", "asdf", "mise", "rtx"], &["exec"], 0),
    under(&["direnv", "chamber", "aws-vault", "lxc", "multipass"], &["exec"], 1),
    under(&["op", "doppler", "infisical", "teller", "toolbox"], &["run"], 0),
    Wrapper { options: values("np", &["name", "prefix"]), ..under(&["conda", "mamba", "micromamba"], &["run"], 0) },
    container(DOCKER, &["run"]),
    container(DOCKER, &["exec"]),
    container(DOCKER, &["container", "run"]),
    container(DOCKER, &["container", "exec"]),
    compose(DOCKER, &["compose", "run"]),
    compose(DOCKER, &["compose", "exec"]),
    compose(&["docker-compose", "podman-compose"], &["run"]),
    compose(&["docker-compose", "podman-compose"], &["exec"]),
    kubectl(&["exec"], 1),
    kubectl(&["run"], 1),
    kubectl(&["debug"], 1),
    kubectl(&["rsh"], 1),
    tmux(&["send-keys"], "tN"),
    tmux(&["send"], "tN"),
    tmux(&["new-session"], "csntFxyef"),
    tmux(&["new"], "csntFxyef"),
    tmux(&["new-window"], "cntFe"),
    tmux(&["split-window"], "cltFe"),
    simple(&["screen"], "SctTesh", &[]),
    text(&["script"], &[], &["-c", "--command", "-qc", "-qec", "-ec", "-efc"], values("IEmotTB", &[])),
    Wrapper {
        before: 2,
        input: true,
        ..text(&["su"], &[], &["-c", "--command", "-lc"], values("gGsw", &["group", "shell"]))
    },
    text(&["vagrant", "minikube"], &["ssh"], &["-c", "--command"], NONE),
    text(&["nix-shell"], &[], &["--run", "--command"], values("pAIE", &[])),
    Wrapper { joins: true, before: 0, ..text(&["cmd", "cmd.exe"], &[], &["/c", "/C", "/k", "//c"], NONE) },
    Wrapper {
        before: 1,
        then: Then::Joined,
        input: true,
        blocks: &["-N", "-fN", "-fNT", "-G", "-V"],
        ..simple(&["ssh", "autossh"], "BbcDEeFIiJLlmOopQRSWw", &[])
    },
    Wrapper {
        then: Then::Joined,
        stops: &[":::", "::::", ":::+"],
        ..simple(&["parallel"], "jNnIPSadL", &["jobs", "joblog", "sshlogin", "colsep", "delay", "retries", "timeout"])
    },
    Wrapper {
        then: Then::Shell,
        ..simple(
            &["bash", "sh", "zsh", "dash", "ksh", "ash", "mksh", "rbash", "bash.exe"],
            "oO",
            &["rcfile", "init-file"],
        )
    },
];
