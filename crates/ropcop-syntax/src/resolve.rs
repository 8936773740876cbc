//! From names to paths.
use crate::Facts;
use crate::module::Module;
pub(crate) fn facts(module: &Module, keep: &dyn Fn(&str) -> bool) -> Facts {
    let _ = (module, keep);
    Facts::default()
}
