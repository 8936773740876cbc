//! Variables of processes: what holds them, and what sets one.

use super::{List, Name};

/// Functions that set a variable of this very process: their whole names.
static SETTERS: List = List::new("setenvironmentvariable setenv putenv stubenv unsafesetenv");

/// Methods that give a variable to another process: their whole names.
static GIVERS: List = List::new(
    "withenv withenvironment withenvironmentvariable withenvironmentvariables addenv addenvironment \
     addenvironmentvariable env envs withenvvar withenvs putenvironment",
);

/// Variables, arguments and members that hold the variables of a process: their whole names.
static ENVIRONMENTS: List =
    List::new("env environ environment envs envvars envvar environmentvariables extraenv environmentvars envvariables");

/// The words with which other such names end. `targetEnvironment` and `dev_environment` are places.
static ENVIRONMENT_ENDS: List = List::new("env environ envvars");

/// The words with which keys of data end that hold the variables of a process.
static KEY_ENDS: List = List::new(
    "env envs envvar envvars envvariables environment environmentvars environmentvariables appsettings extraenv \
     extraenvs podenv containerenv dockerenv appenv buildenv testenv commonenv globalenv runtimeenv secretenv \
     configenv additionalenv sharedenv baseenv defaultenv customenv serverenv workerenv webenv jobenv taskenv \
     processenv osenv setenv passenv",
);

/// Keys of data that hold the variables of a process if the names in them look like variables: their whole names.
static MAYBE: List = List::new(
    "buildargs config configdata configmap configs configmaps data extravars literals params secret secretdata \
     secretenv secrets settings stringdata values variables vars extrasecrets",
);

/// Ways to write the variables of this very process.
const OWN: [&str; 6] = ["os.environ", "environ", "process.env", "Deno.env", "Bun.env", "globalThis.process.env"];

/// Whether a function sets a variable of this very process.
pub(crate) fn sets_variable(function: &str) -> bool {
    SETTERS.is(function)
}

/// Whether a method gives a variable to another process.
pub(crate) fn gives_variable(method: &str) -> bool {
    GIVERS.is(method)
}

/// Whether a name, the last of a path, is that of the variables of a process.
pub(crate) fn is_environment(name: &str) -> bool {
    ENVIRONMENTS.is(name) || ENVIRONMENT_ENDS.ends(&Name::new(name))
}

/// Whether an object as written is the environment of this very process.
pub(crate) fn is_own(object: &str) -> bool {
    OWN.contains(&object)
}

/// Whether the name of a key of data says that variables of a process stand under it.
pub(crate) fn is_key(key: &str) -> bool {
    KEY_ENDS.ends(&Name::new(key))
}

/// Whether variables of a process may stand under a key of this name.
pub(crate) fn may_be_key(key: &str) -> bool {
    MAYBE.is(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_is_known_by_its_words() {
        for name in
            ["env", "environ", "child_env", "childEnv", "EnvironmentVariables", "env_vars", "extraEnv", "_environ"]
        {
            assert!(is_environment(name), "{name}");
        }
        for name in
            ["venv", "pyenv", "direnv", "environments", "targetEnvironment", "envelope", "environmental", "getenv"]
        {
            assert!(!is_environment(name), "{name}");
        }
    }

    #[test]
    fn a_key_of_data_ends_with_the_word() {
        for key in ["env", "extraEnv", "container-env", "app_settings", "job.environment", "dockerenv", "envVars"] {
            assert!(is_key(key), "{key}");
        }
        for key in ["venv", "nodenv", "dotenv", "environs", "envoy", "appsettings.json", "environment_id"] {
            assert!(!is_key(key), "{key}");
        }
    }

    #[test]
    fn setters_have_the_whole_name() {
        for name in ["setenv", "SetEnvironmentVariable", "set_env", "Setenv"] {
            assert!(sets_variable(name), "{name}");
        }
        assert!(
            gives_variable("withEnv")
                && gives_variable("add_env")
                && !gives_variable("getenv")
                && !sets_variable("unset_env")
        );
    }
}
