//! Variables of stages and steps in Jenkins pipelines: `environment { A = b }`, `withEnv(['A=b']) { … }`,
//! `withCredentials([…]) { … }`, `env.A = b`.
//!
//! What is set holds in a block and in those inside it. Apart from the variables of other languages, it is the block that
//! decides, and not the function.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::program::module::{Argument, Bind, Expr, ExprId, Module, ScopeId, ScopeKind, Target};
use crate::program::record::{EntryReader, EntryValue, KeyEntry};
use crate::program::usage;
use crate::record::assignment::{self, MOST_FIELDS};
use crate::record::{self, Around, is_wanted};
use crate::{Field, Record, RecordKind, Span, Value};

use super::step;

/// So many variables are handed down to blocks.
const MOST_INHERITED: usize = 50_000;

/// One record for each block that sets variables and starts something, or in which no block does.
pub(super) fn records(reader: &EntryReader<'_, '_>) -> Vec<Record> {
    let mut blocks = Blocks::of(reader);
    blocks.assigned();
    blocks.records()
}

/// Blocks with the variables that each sets.
struct Blocks<'a, 'r, 'm> {
    reader: &'a EntryReader<'r, 'm>,
    /// Closures by their place.
    closures: HashMap<Span, ScopeId>,
    /// The closures of `environment`, with the block whose variables they set.
    declaring: HashMap<ScopeId, ScopeId>,
    /// Where something is started that gets the variables.
    starts: Vec<ScopeId>,
    fields: BTreeMap<ScopeId, Vec<Field>>,
}

impl<'a, 'r, 'm> Blocks<'a, 'r, 'm> {
    /// What calls say.
    fn of(reader: &'a EntryReader<'r, 'm>) -> Self {
        let scopes = reader.resolver.module.scopes.iter().enumerate();
        let closures = scopes.filter(|(_, scope)| scope.kind == ScopeKind::Function);
        let closures = closures.map(|(index, scope)| (scope.span, ScopeId(index))).collect();
        let (declaring, starts, fields) = (HashMap::new(), Vec::new(), BTreeMap::new());
        let mut blocks = Self { reader, closures, declaring, starts, fields };
        for id in reader.all() {
            if let Expr::Call { callee, args, .. } = reader.expr(id) {
                blocks.call(id, *callee, args);
            }
        }
        blocks
    }

    fn call(&mut self, id: ExprId, callee: ExprId, args: &[Argument]) {
        let name = usage::last_name(self.reader.resolver, callee);
        let scope = self.reader.node(id).scope;
        if step::is_one(&name) {
            return self.starts.push(scope);
        }
        let Some((last, before)) = args.split_last() else { return };
        let Some(closure) = self.closures.get(&self.reader.span(last.value)).copied() else { return };
        match (name.as_str(), before) {
            ("environment", []) => drop(self.declaring.insert(closure, scope)),
            ("withEnv", [list, ..]) => {
                let mut texts = Vec::new();
                self.texts(list.value, &mut texts);
                let fields: Vec<Field> = texts.into_iter().filter_map(|text| self.pair(text)).collect();
                self.fields.entry(closure).or_default().extend(fields);
            }
            ("withCredentials", _) => {
                let mut fields = Vec::new();
                before.iter().for_each(|arg| self.credentials(arg.value, &mut fields));
                self.fields.entry(closure).or_default().extend(fields);
            }
            _ => {}
        }
    }

    /// The texts of a list, and of lists that are added to it.
    fn texts(&self, id: ExprId, found: &mut Vec<ExprId>) {
        let is_list = |id: &ExprId| matches!(self.reader.expr(*id), Expr::List(_));
        match self.reader.expr(id) {
            Expr::List(items) => items.iter().for_each(|item| self.texts(*item, found)),
            Expr::Concat(items) if items.iter().any(is_list) => items.iter().for_each(|item| self.texts(*item, found)),
            Expr::Text(_) | Expr::Concat(_) if found.len() < MOST_FIELDS => found.push(id),
            _ => {}
        }
    }

    /// `"NAME=value"`.
    fn pair(&self, id: ExprId) -> Option<Field> {
        let text = self.reader.evaluator.template(id)?;
        let field = assignment::assignment(&text, 0..text.text.text.len(), assignment::is_name)?;
        let is_empty = text.text.text.len() == field.key.len() + 1;
        let behind = self.reader.field_span(id).end;
        Some(match is_empty {
            true => Field { value: Value::Text(Vec::new()), span: Span::new(behind, behind), ..field },
            false => field,
        })
    }

    /// The variables of `[usernamePassword(usernameVariable: 'A', passwordVariable: 'B', …)]`: each argument whose name
    /// says so names one.
    fn credentials(&self, id: ExprId, found: &mut Vec<Field>) {
        let names: Vec<(Option<&str>, ExprId)> = match self.reader.expr(id) {
            Expr::Call { args, .. } => args.iter().map(|arg| (arg.name.as_deref(), arg.value)).collect(),
            Expr::Map(entries) => entries.iter().map(|(key, value)| (key.as_deref(), *value)).collect(),
            _ => self.reader.resolver.module.children(id).into_iter().map(|child| (None, child)).collect(),
        };
        for (name, value) in names {
            let names_one = name.is_some_and(|name| name == "variable" || name.ends_with("Variable"));
            match self.reader.literal(value).filter(|_| names_one && found.len() < MOST_FIELDS) {
                Some(variable) => {
                    let place = self.reader.field_span(value);
                    let value = Value::Dynamic { name: Some(variable.to_owned()) };
                    let span = Span::new(place.end, place.end);
                    found.push(Field { key: variable.to_owned(), value, key_span: place, span });
                }
                None => self.credentials(value, found),
            }
        }
    }

    /// What is assigned in `environment` and to members of `env`.
    fn assigned(&mut self) {
        let module = self.reader.resolver.module;
        let is_env = |object: ExprId| matches!(self.reader.expr(object), Expr::Name(name) if name == "env");
        let of_env: HashSet<usize> = (self.reader.all())
            .filter(|id| matches!(self.reader.expr(*id), Expr::Member { object, .. } if is_env(*object)))
            .map(|id| self.reader.span(id).start)
            .collect();
        for bind in &module.binds {
            let Some(value) = bind.value else { continue };
            let block = match self.declaring.get(&self.reader.node(value).scope) {
                // It holds from there on, wherever that is.
                _ if of_env.contains(&bind.span.start) => Module::FILE,
                Some(block) => *block,
                None => continue,
            };
            if let Some(field) = self.field(bind, value) {
                let fields = self.fields.entry(block).or_default();
                if fields.len() < MOST_FIELDS {
                    fields.push(field);
                }
            }
        }
    }

    fn field(&self, bind: &Bind, value: ExprId) -> Option<Field> {
        let Target::Name(name) = &bind.target else { return None };
        let KeyEntry { key, key_span, .. } = self.reader.entry(Some(name), bind.span.start, value)?;
        Some(self.reader.field(&KeyEntry { key, key_span, value: EntryValue::Expr(value), scope: bind.scope }))
    }

    /// The blocks with variables from a scope outwards.
    fn outwards(&self, scope: ScopeId) -> impl Iterator<Item = ScopeId> + '_ {
        let scopes = &self.reader.resolver.module.scopes;
        let around = std::iter::successors(Some(scope), |at| scopes[at.0].parent);
        around.filter(|at| self.fields.get(at).is_some_and(|fields| !fields.is_empty()))
    }

    fn records(&self) -> Vec<Record> {
        let starting: HashSet<ScopeId> = self.starts.iter().filter_map(|scope| self.outwards(*scope).next()).collect();
        let outer: HashSet<ScopeId> = self.fields.keys().flat_map(|block| self.outwards(*block).skip(1)).collect();
        let mut left = MOST_INHERITED;
        let mut found = Vec::new();
        for (block, own) in &self.fields {
            if own.is_empty() || (outer.contains(block) && !starting.contains(block)) {
                continue;
            }
            let end = self.reader.resolver.module.scopes[block.0].span.end;
            let mut around: Vec<ScopeId> = self.outwards(*block).skip(1).collect();
            around.reverse();
            let inherited: usize = around.iter().map(|outer| self.fields[outer].len() + 1).sum();
            let mut fields = Vec::new();
            if let Some(rest) = left.checked_sub(inherited) {
                left = rest;
                let before = around.iter().flat_map(|outer| &self.fields[outer]);
                fields.extend(before.filter(|field| field.key_span.start < end).cloned());
            }
            fields.extend(own.iter().cloned());
            let place = own.iter().map(|field| field.key_span.to(field.span)).reduce(Span::to).unwrap_or_default();
            let around = Around { statement: place, function: self.reader.resolver.function_of(*block) };
            let record = record::command::record(fields, around, RecordKind::Environment);
            found.extend(record.filter(|record| is_wanted(record, self.reader.reading)));
        }
        found
    }
}
