//! Names that libraries give to what makes, fills and hands over records.

/// Functions that set a variable of this very process, lower case.
const VARIABLE_SETTERS: &str =
    "setenvironmentvariable setenv putenv stubenv set_env set_environment_variable unsafe_set_env";

/// Methods that give a variable to another process, lower case.
const VARIABLE_GIVERS: &str = "withenv withenvironment withenvironmentvariable withenvironmentvariables with_env addenv add_env addenvironment \
     addenvironmentvariable env envs withenvvar withenvs with_envs putenvironment";

/// Names of variables, arguments and members that hold the environment of a process, lower case.
const ENVIRONMENTS: &str = "\
    env environ environment envs envvars envvar env_vars environmentvariables environment_variables extraenv extra_env \
    environmentvars envvariables";

/// Methods that add one item, lower case.
const ADDERS: &str = "add append push put insert addlast pushback push_back tryadd addelement addbodyparameter";

/// Methods that add what another literal holds, lower case.
const MERGERS: &str = "update putall addrange addall merge extend assign putallfields setall fromentries";

/// How names of functions begin that only look something up or change a text, lower case.
const LOOKERS: &str =
    "get replace has contains remove delete split start end equal compare find index match test del pop join";

/// Names of a key in an object that is one key and one value, lower case.
const KEY_NAMES: &str = "key name k";

/// Names of a value in such an object, lower case.
const VALUE_NAMES: &str = "value val v";

fn is_in(table: &str, name: &str) -> bool {
    table.split_whitespace().any(|word| word.eq_ignore_ascii_case(name))
}

pub(super) fn sets_variable(name: &str) -> bool {
    is_in(VARIABLE_SETTERS, name)
}

pub(super) fn gives_variable(name: &str) -> bool {
    is_in(VARIABLE_GIVERS, name)
}

pub(super) fn adds(name: &str) -> bool {
    is_in(ADDERS, name)
}

pub(super) fn merges(name: &str) -> bool {
    is_in(MERGERS, name)
}

pub(super) fn is_key_name(name: &str) -> bool {
    is_in(KEY_NAMES, name)
}

pub(super) fn is_value_name(name: &str) -> bool {
    is_in(VALUE_NAMES, name)
}

/// Whether a function surely sets nothing.
pub(super) fn looks_up(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    is_in("of entry pair to", &lower)
        || LOOKERS.split_whitespace().any(|start| lower.starts_with(start))
        || crate::program::usage::reads(name)
}

/// Whether a name, the last of a path, is that of the environment of a process.
pub(super) fn is_environment(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    is_in(ENVIRONMENTS, &lower) || ["_env", "_environ", "env_vars"].iter().any(|end| lower.ends_with(end))
}

/// Whether an object as written is the environment of this very process.
pub(super) fn is_own_environment(object: &str) -> bool {
    ["os.environ", "environ", "process.env", "Deno.env", "Bun.env", "globalThis.process.env"].contains(&object)
}
