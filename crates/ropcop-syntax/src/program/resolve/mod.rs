//! From names to paths: what a name in one file stands for.
//!
//! The resolver follows names to imports, to the values they were given and to their declared types, inside one file
//! and without regard to the language: a [`Module`] has already said what is an import, a field or a block. It is an
//! approximation on purpose. Where several values can reach a name it returns all of them, and where it knows
//! nothing it says so ([`Origin::Unknown`]); rules decide what is enough.

mod change;
mod function;
mod member;
mod result;
mod scope;
mod symbol;
mod types;
mod uses;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use crate::program::module::{Bind, Expr, ExprId, Module, ScopeId, ScopeKind, Target};
use crate::{Omission, Span, Symbol};

pub(crate) use uses::Uses;

/// Where more is added to a variable than this, what is added between its first value and the last ones does not count:
/// nobody follows so many, and to collect them for each use would take a time that grows with the square of the file.
const MOST_REACHING: usize = 512;

/// Names of one module, indexed.
pub(crate) struct Resolver<'m> {
    pub(crate) module: &'m Module,
    /// Parent of each expression.
    parents: Vec<Option<ExprId>>,
    /// Variables by frame and name: indices into [`Module::binds`], in source order.
    variables: HashMap<(ScopeId, &'m str), Vec<usize>>,
    /// Fields by class name and field name.
    fields: HashMap<(&'m str, &'m str), Vec<usize>>,
    /// `object.key = value` by frame, object and key.
    keys: HashMap<(ScopeId, &'m str, &'m str), Vec<usize>>,
    /// The same by frame and object.
    filled: HashMap<(ScopeId, &'m str), Vec<usize>>,
    /// All that happens to a variable by frame and name, if the order counts: indices into [`Module::binds`].
    changes: HashMap<(ScopeId, &'m str), Vec<usize>>,
    /// Imports by frame and name: indices into [`Module::imports`].
    imports: HashMap<(ScopeId, &'m str), Vec<usize>>,
    /// Classes and functions of the file by frame and name: indices into [`Module::definitions`].
    own: HashMap<(ScopeId, &'m str), Vec<usize>>,
    /// Names that stand for types and nothing else, where the language tells types from values.
    types: HashSet<ExprId>,
    /// Where a name stands as a variable or as a member.
    mentions: HashMap<&'m str, Vec<ExprId>>,
    /// Bindings by the value they give: indices into [`Module::binds`].
    bound: HashMap<ExprId, Vec<usize>>,
    /// For each binding the one before it that gives its variable a new value: an index into [`Module::binds`].
    renewed: Vec<Option<usize>>,
    /// Of the bindings from each on, the earliest start: bindings are in source order, but for those within others.
    earliest: Vec<usize>,
    /// Where the values of a name are used, by name.
    uses: RefCell<HashMap<&'m str, Rc<Uses>>>,
    /// Values that were followed in part only.
    given_up: RefCell<BTreeSet<Omission>>,
    functions: RefCell<Option<Rc<function::Functions<'m>>>>,
    memo: RefCell<HashMap<ExprId, Rc<[Symbol]>>>,
    /// The questions that are being answered, outermost first.
    active: RefCell<Vec<ExprId>>,
}

impl<'m> Resolver<'m> {
    pub(crate) fn new(module: &'m Module) -> Self {
        let mut parents = vec![None; module.exprs.len()];
        for index in 0..module.exprs.len() {
            for child in module.children(ExprId(index)) {
                parents[child.0] = Some(ExprId(index));
            }
        }
        let mut resolver = Self {
            module,
            parents,
            variables: HashMap::new(),
            fields: HashMap::new(),
            keys: HashMap::new(),
            filled: HashMap::new(),
            changes: HashMap::new(),
            imports: HashMap::new(),
            own: HashMap::new(),
            types: types::names(module),
            mentions: HashMap::new(),
            bound: HashMap::new(),
            renewed: vec![None; module.binds.len()],
            earliest: earliest(module),
            uses: RefCell::default(),
            given_up: RefCell::default(),
            functions: RefCell::default(),
            memo: RefCell::default(),
            active: RefCell::default(),
        };
        for (index, node) in module.exprs.iter().enumerate() {
            if let Expr::Name(name) | Expr::Member { name, .. } = &node.expr {
                resolver.mentions.entry(name).or_default().push(ExprId(index));
            }
        }
        for (index, bind) in module.binds.iter().enumerate() {
            resolver.index(index, bind);
        }
        for (index, import) in module.imports.iter().enumerate() {
            if let Some(name) = &import.name {
                let frame = resolver.frame(import.scope);
                resolver.imports.entry((frame, name)).or_default().push(index);
            }
        }
        for (index, definition) in module.definitions.iter().enumerate() {
            let frame = resolver.frame(definition.scope);
            resolver.own.entry((frame, &definition.name)).or_default().push(index);
        }
        resolver
    }

    fn index(&mut self, index: usize, bind: &'m Bind) {
        let frame = self.frame(bind.scope);
        if let Some(value) = bind.value {
            self.bound.entry(value).or_default().push(index);
        }
        if self.module.traits.in_order {
            self.change(frame, index, bind);
        }
        match &bind.target {
            Target::Name(name) => {
                let known = self.variables.entry((frame, name)).or_default();
                if let Some(last) = known.last() {
                    self.renewed[index] =
                        if self.module.binds[*last].append { self.renewed[*last] } else { Some(*last) };
                }
                known.push(index);
                // A name bound in the body of a class is a field of it.
                if let ScopeKind::Class(class) = &self.module.scopes[frame.0].kind {
                    self.fields.entry((class, name)).or_default().push(index);
                }
            }
            Target::Field(name) => {
                if let Some(class) = self.class_of(bind.scope) {
                    self.fields.entry((class, name)).or_default().push(index);
                }
            }
            Target::Global(name) => self.variables.entry((Module::FILE, name)).or_default().push(index),
            Target::Item(_) => {}
            Target::Key(object, key) => {
                self.keys.entry((frame, object, key)).or_default().push(index);
                self.filled.entry((frame, object)).or_default().push(index);
            }
        }
    }

    /// Where a name stands, as a variable or as a member.
    pub(crate) fn mentions(&self, name: &str) -> &[ExprId] {
        self.mentions.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Where what is given to a name is used.
    pub(crate) fn uses(&self, name: &'m str) -> Rc<Uses> {
        if let Some(known) = self.uses.borrow().get(name) {
            return Rc::clone(known);
        }
        let uses = Rc::new(Uses::of(self, name));
        self.uses.borrow_mut().insert(name, Rc::clone(&uses));
        uses
    }

    /// The same for who has to say what is not followed.
    pub(crate) fn followed_uses(&self, name: &'m str) -> Rc<Uses> {
        let uses = self.uses(name);
        uses.crowded.take().into_iter().for_each(|id| self.give_up(id, uses::crowded()));
        uses
    }

    /// Says that an expression was followed in part only, and why.
    pub(crate) fn give_up(&self, id: ExprId, why: impl Into<String>) {
        self.given_up.borrow_mut().insert(Omission::new(self.module.node(id).span, why));
    }

    /// What was followed in part only.
    pub(crate) fn given_up(&self) -> Vec<Omission> {
        self.given_up.borrow().iter().cloned().collect()
    }

    /// The bindings that give `value` a name.
    pub(crate) fn bound(&self, value: ExprId) -> impl Iterator<Item = &'m Bind> + '_ {
        let module = self.module;
        self.bound.get(&value).into_iter().flatten().map(|index| &module.binds[*index])
    }

    /// The expression that holds `id`.
    pub(crate) fn parent(&self, id: ExprId) -> Option<ExprId> {
        self.parents[id.0]
    }

    /// The innermost frame that knows a name, with the bindings there that can reach a use of it.
    fn lookup(&self, name: &str, scope: ScopeId, at: Span) -> Option<(ScopeId, Vec<&'m Bind>)> {
        self.frames(scope).into_iter().enumerate().find_map(|(distance, frame)| {
            let found = match &self.module.scopes[frame.0].kind {
                // Code inside a method does not see the names of its class without `self.`, except in C# and Java.
                ScopeKind::Class(_) if distance > 0 && !self.module.traits.implicit_this => return None,
                ScopeKind::Class(class) => self.fields.get(&(class.as_str(), name)),
                _ => self.variables.get(&(frame, name)),
            };
            if found.is_none() && !self.imports.contains_key(&(frame, name)) && !self.own.contains_key(&(frame, name)) {
                return None;
            }
            let found = found.map(Vec::as_slice).unwrap_or_default();
            Some((frame, if distance == 0 { self.reaching(found, scope, at) } else { self.binds(found).collect() }))
        })
    }

    /// The bindings of a variable of one frame.
    pub(crate) fn named<'a>(&'a self, frame: ScopeId, name: &'a str) -> impl Iterator<Item = &'m Bind> + use<'a, 'm> {
        self.binds(self.variables.get(&(frame, name)).map(Vec::as_slice).unwrap_or_default())
    }

    /// `object.key = value` in one frame and within a stretch of the file, in source order.
    pub(crate) fn filled<'a>(
        &'a self,
        frame: ScopeId,
        object: &'a str,
        within: Span,
    ) -> impl Iterator<Item = &'m Bind> + use<'a, 'm> {
        let all = self.filled.get(&(frame, object)).map(Vec::as_slice).unwrap_or_default();
        let binds = &self.module.binds;
        let from = all.partition_point(|index| binds[*index].span.start < within.start);
        let to = all.partition_point(|index| binds[*index].span.end <= within.end).max(from);
        self.binds(&all[from..to])
    }

    fn binds<'a>(&self, indices: &'a [usize]) -> impl DoubleEndedIterator<Item = &'m Bind> + use<'a, 'm> {
        let binds = &self.module.binds;
        indices.iter().map(|index| &binds[*index])
    }

    /// The bindings of a variable that can reach a use of it.
    pub(crate) fn bindings(&self, name: &str, scope: ScopeId, at: Span) -> Vec<&'m Bind> {
        self.lookup(name, scope, at).map(|(_, binds)| binds).unwrap_or_default()
    }

    /// The bindings of a field of a class of this file.
    pub(crate) fn field(&self, class: &str, name: &str) -> Vec<&'m Bind> {
        let found = self.fields.get(&(class, name)).map(Vec::as_slice).unwrap_or_default();
        found.iter().map(|index| &self.module.binds[*index]).collect()
    }

    /// Of the bindings in one frame, those that can reach a use at `at`: the ones before it, back to the last that
    /// surely ran, but for those in another arm of a choice. If none is before it (a loop, a hoisted name), all.
    fn reaching(&self, found: &[usize], scope: ScopeId, at: Span) -> Vec<&'m Bind> {
        let around: Vec<ScopeId> = self.outwards(scope).collect();
        // Names can have thousands of bindings, so only those that count are looked at.
        let begun = found.partition_point(|index| self.earliest[*index] <= at.start);
        let mut before = Vec::new();
        let mut next = begun.checked_sub(1);
        while let Some(place) = next {
            next = place.checked_sub(1);
            let bind = &self.module.binds[found[place]];
            if bind.span.end > at.start || !self.fit(bind.scope, scope) {
                continue;
            }
            before.push(bind);
            if !bind.append && around.contains(&bind.scope) {
                break;
            }
            if before.len() >= MOST_REACHING {
                next = self.renewed[found[place]].and_then(|index| found[..place].binary_search(&index).ok());
            }
        }
        if before.is_empty() {
            // A use inside the binding's own value (`x = x or y`) is not reached by that binding.
            return self.binds(found).filter(|bind| !bind.span.contains(at)).collect();
        }
        before.reverse();
        before
    }
}

fn earliest(module: &Module) -> Vec<usize> {
    let mut earliest: Vec<usize> = module.binds.iter().map(|bind| bind.span.start).collect();
    for index in (1..earliest.len()).rev() {
        earliest[index - 1] = earliest[index - 1].min(earliest[index]);
    }
    earliest
}
