//! Records in scripts: exported variables, those of one command, what is written to files, forms that are sent.

mod finish;

use std::collections::{HashMap, HashSet};

use crate::guest::Guest;
use crate::guest::Reading;
use crate::record::assignment::{self, MOST_FIELDS};
use crate::record::image::tagged;
use crate::record::{Around, command, is_wanted, lines, logging, text};
use crate::text::template::Template;
use crate::{Certainty, Field, Language, Part, Record, RecordKind, Span};

use super::script::{Assign, Assigned, Piece, Simple, WordOrAssign};
use super::value::{self, Atom};
use super::whole::{append, atom, atoms, field, known, template};

/// More records of one file are left out.
const MOST: usize = 4_000;
/// Longer texts are not put together, in bytes.
const LONGEST: usize = 20_000;
/// Texts of more pieces are not put together.
const MOST_PIECES: usize = 60;
/// Texts of variables are put into other texts until so many bytes of a file are copies. Beyond that they stay variables.
const MOST_COPIED: usize = 100_000;

/// What a script holds of records, while it is read.
pub(super) struct Records<'k> {
    reading: Option<&'k Reading<'k>>,
    found: Vec<Record>,
    seen: HashSet<(RecordKind, Span)>,
    /// The file first, then functions and files that are written.
    scopes: Vec<ScriptScope>,
    by_span: HashMap<Span, usize>,
    /// Those that are being read.
    active: Vec<usize>,
    /// Variables that a command gets: its scope, its own variables, its place.
    own: Vec<(usize, Vec<Field>, Span)>,
    closed: bool,
    /// Variables that the host is told to set.
    told: Vec<Field>,
    /// Texts in variables.
    texts: HashMap<String, GrowingText>,
    /// Bytes of them that were put into other texts.
    copied: usize,
}

/// A text that is put together piece by piece.
struct GrowingText {
    text: Template,
    /// The place of its record in `found`.
    record: Option<usize>,
    count: usize,
}

/// A file or a function.
#[derive(Default)]
struct ScriptScope {
    span: Span,
    assigned: HashMap<String, Field>,
    exported: Vec<Field>,
    /// Exported by name, wherever they get their value.
    named: Vec<Field>,
    seen: HashSet<Span>,
    /// Everything that is assigned is exported.
    all: bool,
}

impl ScriptScope {
    fn export(&mut self, field: Field) {
        if self.exported.len() < MOST_FIELDS && self.seen.insert(field.key_span) {
            self.exported.push(field);
        }
    }

    fn export_name(&mut self, field: Field) {
        if self.named.len() < MOST_FIELDS && self.seen.insert(field.key_span) {
            self.named.push(field);
        }
    }
}

impl Default for Records<'_> {
    fn default() -> Self {
        Self {
            reading: None,
            found: Vec::new(),
            seen: HashSet::new(),
            scopes: vec![ScriptScope::default()],
            by_span: HashMap::new(),
            active: vec![0],
            own: Vec::new(),
            closed: false,
            told: Vec::new(),
            texts: HashMap::new(),
            copied: 0,
        }
    }
}

impl<'k> Records<'k> {
    /// For a script that stands in this stretch of the file.
    pub(super) fn new(span: Span, reading: &'k Reading<'k>) -> Self {
        let scopes = vec![ScriptScope { span, ..ScriptScope::default() }];
        Self { reading: Some(reading), scopes, ..Self::default() }
    }

    pub(super) fn wanted(&self) -> bool {
        !self.closed && self.reading.is_some() && self.found.len() < MOST
    }

    /// Leaves out everything that follows: texts that nobody is seen to run are no scripts.
    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    /// Goes into a function or a file that is written; [`Self::leave`] comes back.
    pub(super) fn enter(&mut self, span: Span) {
        let next = self.scopes.len();
        let scope = *self.by_span.entry(span).or_insert(next);
        if scope == next {
            self.scopes.push(ScriptScope { span, ..ScriptScope::default() });
        }
        self.active.push(scope);
    }

    pub(super) fn leave(&mut self) {
        self.active.pop();
    }

    /// Everything that is assigned in the file from here on is for others.
    pub(super) fn export_all(&mut self, all: bool) {
        self.scope().all = all;
    }

    fn current(&self) -> usize {
        self.active.last().copied().unwrap_or_default()
    }

    fn scope(&mut self) -> &mut ScriptScope {
        let current = self.current();
        &mut self.scopes[current]
    }

    pub(super) fn around(&self, statement: Span) -> Around {
        Around { statement, function: self.scopes[self.current()].span }
    }

    fn add(&mut self, record: Record) -> Option<usize> {
        if self.found.len() >= MOST || !self.seen.insert((record.kind, record.span)) {
            return None;
        }
        self.found.push(record);
        Some(self.found.len() - 1)
    }

    /// `A=b` and `export A=b`, `A=b program`.
    pub(super) fn simple(&mut self, simple: &Simple) {
        if !self.wanted() {
            return;
        }
        if simple.words.is_empty() {
            let all = self.scope().all;
            simple.assigns.iter().for_each(|assign| self.assign(assign, all));
            return;
        }
        let own: Vec<Field> = simple.assigns.iter().filter_map(field).take(MOST_FIELDS).collect();
        simple.assigns.iter().for_each(|assign| self.text(assign));
        self.own(own, simple.span);
        let mut words = simple.words.iter();
        let Some(WordOrAssign::Word(program)) = words.next() else { return };
        let exports = match known(program) {
            "export" => !words.clone().any(|word| matches!(word, WordOrAssign::Word(word) if known(word) == "-n")),
            "declare" | "typeset" | "local" | "readonly" => words.clone().any(
                |word| matches!(word, WordOrAssign::Word(word) if known(word).starts_with('-') && known(word).contains('x')),
            ),
            _ => return,
        };
        for word in words {
            match word {
                WordOrAssign::Assign(assign) => self.assign(assign, exports),
                WordOrAssign::Word(word) if exports && assignment::is_name(known(word)) => {
                    let name = template(&atoms(word));
                    let length = name.text.text.len();
                    self.scope().export_name(assignment::inherited(&name, 0..length));
                }
                WordOrAssign::Word(_) => {}
            }
        }
    }

    /// Variables that one command gets.
    pub(super) fn own(&mut self, mut fields: Vec<Field>, statement: Span) {
        fields.retain(|field| assignment::is_variable(&field.key));
        if !fields.is_empty() && self.own.len() < MOST {
            let scope = self.current();
            self.own.push((scope, fields, statement));
        }
    }

    fn assign(&mut self, assign: &Assign, exports: bool) {
        self.text(assign);
        let Some(field) = field(assign) else { return };
        let scope = self.scope();
        if exports {
            scope.export(field.clone());
        }
        scope.assigned.insert(assign.name.clone(), field);
    }

    /// A text in a variable, perhaps put together piece by piece.
    fn text(&mut self, assign: &Assign) {
        let (Assigned::Text(word), false) = (&assign.value, assign.index.is_some()) else { return };
        let mut whole = Template::default();
        let mut before = None;
        let mut count = 1;
        let known = self.texts.remove(&assign.name);
        let mut put_before = |whole: &mut Template| {
            if let Some(pieces) = &known {
                whole.append(&pieces.text);
                (before, count) = (pieces.record, pieces.count + 1);
            }
        };
        if assign.append {
            put_before(&mut whole);
        }
        for piece in &word.pieces {
            match piece {
                Piece::Variable(variable) if variable.name == assign.name && whole.text.text.is_empty() => {
                    put_before(&mut whole);
                }
                piece => self.put(&mut whole, &atom(piece)),
            }
        }
        if whole.text.text.len() > LONGEST || count > MOST_PIECES || !whole.text.text.contains('=') {
            return;
        }
        let found = self.reading.and_then(|reading| text::wanted(&whole, self.around(assign.span), reading));
        let index = match (found, before) {
            (Some(record), Some(before)) => {
                // The text has become longer.
                self.found[before] = record;
                Some(before)
            }
            (Some(record), None) => self.add(record),
            (None, _) => None,
        };
        self.texts.insert(assign.name.clone(), GrowingText { text: whole, record: index, count });
    }

    /// Appends a piece of a text; of a variable that holds keys and values, these.
    fn put(&mut self, whole: &mut Template, atom: &Atom) {
        let known = match &atom.part {
            Part::Variable(name) => self.texts.get(name),
            _ => None,
        };
        match known {
            Some(known) if self.copied + known.text.text.text.len() <= MOST_COPIED => {
                self.copied += known.text.text.text.len();
                whole.append(&known.text);
            }
            _ => append(whole, atom),
        }
    }

    fn filled(&mut self, atoms: &[Atom]) -> Template {
        let mut whole = Template::default();
        atoms.iter().for_each(|atom| self.put(&mut whole, atom));
        whole
    }

    /// What the words of a command and its input send and set.
    pub(super) fn command(&mut self, fields: &[value::ExpandedWord], input: Option<&[Atom]>, statement: Span) {
        if !self.wanted() {
            return;
        }
        let has_pair = |atom: &Atom| atom.part.text().is_some_and(|text| text.contains('='));
        let input = input.filter(|atoms| atoms.iter().any(has_pair));
        if input.is_none() && !fields.iter().any(|field| field.atoms.iter().any(has_pair)) {
            return;
        }
        let Some(reading) = self.reading else { return };
        let words = fields.iter().map(|field| match field.atoms.iter().any(has_pair) {
            true => self.filled(&field.atoms),
            false => template(&field.atoms),
        });
        let words = words.collect();
        self.texts(command::records(words, input.map(template), self.around(statement), reading));
    }

    fn texts(&mut self, records: Vec<Record>) {
        for mut record in records {
            if record.kind == RecordKind::Text {
                record.statement = record.statement.to(record.span);
            }
            self.add(record);
        }
    }

    /// What a program that runs another sets for it.
    pub(super) fn wrapper(&mut self, program: &str, fields: &[value::ExpandedWord], statement: Span) {
        if !self.wanted() {
            return;
        }
        let starts_with = |field: &value::ExpandedWord, option: &str| {
            field.atoms.first().and_then(|atom| atom.part.text()).is_some_and(|text| text.starts_with(option))
        };
        let is_env = matches!(program, "env" | "sudo");
        if !is_env && !fields.iter().any(|field| starts_with(field, "-e") || starts_with(field, "--env")) {
            return;
        }
        let words: Vec<Template> = fields.iter().map(|field| template(&field.atoms)).collect();
        if is_env {
            return self.own(command::leading(&words), statement);
        }
        let holds_pairs = |word: &Template| word.text.text.contains(';').then(|| word.clone());
        let texts: Vec<Template> = words.iter().filter_map(holds_pairs).collect();
        let Some(reading) = self.reading else { return };
        self.texts(command::texts(&texts, self.around(statement), reading));
        let variables = command::variables(&words).into_iter().map(|(_, field)| field).collect();
        self.fields(variables, statement, RecordKind::Environment);
    }

    /// The image in `docker run image:tag`: the word before what runs in it.
    pub(super) fn image(&mut self, program: &str, fields: &[value::ExpandedWord], inner: usize, statement: Span) {
        let is_container = matches!(program, "docker" | "podman" | "nerdctl");
        let at = fields.len().checked_sub(inner + 1);
        let Some(image) = at.and_then(|at| fields.get(at)).filter(|_| is_container && self.wanted()) else { return };
        let image = template(&image.atoms);
        let Some((name, tag)) = image.known().and_then(tagged) else { return };
        let (key, value) = (0..name.len(), name.len() + 1..name.len() + 1 + tag.len());
        let field = assignment::field(&image, key, value);
        let field = Field { key: field.key.to_ascii_lowercase(), ..field };
        self.fields(vec![field], statement, RecordKind::Versions);
    }

    /// What is printed where people and hosts read it: lines that tell the host to set variables.
    pub(super) fn printed(&mut self, atoms: &[Atom]) {
        let is_command = |atom: &Atom| atom.part.text().is_some_and(|text| text.contains("##vso["));
        if self.wanted() && self.told.len() < MOST_FIELDS && atoms.iter().any(is_command) {
            self.told.extend(logging::variables(&template(atoms)));
        }
    }

    fn fields(&mut self, fields: Vec<Field>, statement: Span, kind: RecordKind) {
        let Some(reading) = self.reading else { return };
        if let Some(record) = command::wanted(fields, self.around(statement), kind, reading) {
            self.add(record);
        }
    }

    /// What is written to a file: settings if its name says so, else the variables that its lines set, or another text.
    pub(super) fn written(&mut self, file: &str, atoms: &[Atom]) {
        let Some(reading) = self.reading.filter(|_| self.wanted()) else { return };
        let text = template(atoms);
        let around = self.around(text.span(0..text.text.text.trim_end().len()));
        let settings =
            Language::detect(file, "").filter(|language| *language == Language::Ini || language.holds_records_only());
        if let Some(language) = settings {
            let guest = Guest { language, code: text, certainty: Certainty::Likely };
            for record in reading.guest(&guest).records {
                self.add(Record { function: around.function, ..record });
            }
            return;
        }
        if !text.text.text.contains('=') {
            return;
        }
        let fields = lines::only(&text).unwrap_or_default();
        if let Some(record) = command::record(fields, around, RecordKind::Environment) {
            if is_wanted(&record, reading) {
                self.add(record);
            }
        } else if let Some(record) = text::wanted(&text, around, reading) {
            self.add(record);
        }
    }
}
