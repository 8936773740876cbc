//! Where what is given to a name is used.

use std::cell::RefCell;
use std::collections::HashMap;

use super::Resolver;
use crate::program::module::{Expr, ExprId};

/// Of more values than this that can reach one use of a name, only the first, to which the others are added perhaps, and
/// the last are followed there. The report says so.
const MOST_VALUES: usize = 256;

/// What is said of a use that more values can reach.
pub(super) fn crowded() -> String {
    format!("uses a name that may have more than {MOST_VALUES} values")
}

/// Uses of everything that has one name.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    /// Where the name stands as a member of something, in source order.
    members: Vec<ExprId>,
    /// Where it stands as a variable, by the value that it may have there, in source order.
    variables: HashMap<ExprId, Vec<ExprId>>,
    /// The uses that more values can reach than are followed, until somebody has said so.
    pub(super) crowded: RefCell<Vec<ExprId>>,
}

impl Uses {
    pub(super) fn of(resolver: &Resolver<'_>, name: &str) -> Self {
        let mut uses = Self::default();
        for id in resolver.mentions(name) {
            let node = resolver.module.node(*id);
            match &node.expr {
                Expr::Member { .. } => uses.members.push(*id),
                Expr::Name(_) => {
                    let reaching = resolver.bindings(name, node.scope, node.span);
                    if reaching.len() > MOST_VALUES + 1 {
                        uses.crowded.get_mut().push(*id);
                    }
                    let first = reaching.iter().take(1);
                    let last = reaching.iter().skip(1).rev().take(MOST_VALUES);
                    for value in first.chain(last).filter_map(|bind| bind.value) {
                        let at = uses.variables.entry(value).or_default();
                        if at.last() != Some(id) {
                            at.push(*id);
                        }
                    }
                }
                _ => {}
            }
        }
        uses
    }

    /// The first `most` places where `value` may be used under the name; `variable` if the name can stand alone.
    pub(crate) fn places(&self, value: ExprId, variable: bool, most: usize) -> Vec<ExprId> {
        let none = Vec::new();
        let variables = if variable { self.variables.get(&value).unwrap_or(&none) } else { &none };
        let mut places: Vec<ExprId> =
            self.members.iter().take(most).chain(variables.iter().take(most)).copied().collect();
        places.sort();
        places.truncate(most);
        places
    }
}
