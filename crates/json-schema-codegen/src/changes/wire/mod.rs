//! Decides whether the types of one version (the reader) read every instance that the schema of the other version (the
//! writer) allows. The first of these steps that gives an answer decides:
//!
//! 1. The structure of the types proves that they do ([`reads`]).
//! 2. An instance that is modified at the changed property is refused ([`refused`]).
//! 3. The set algebra of JSON Schema proves that they do, or that they do not ([`written`]).
//! 4. A random instance is refused ([`refused`]).
//!
//! The types read more than their schema allows: values that an enum does not list, additional properties unless the
//! object is closed, and `null` for an optional property. So the reader is described by its types ([`language`]), and
//! the writer by its schema.

mod language;
mod reads;
mod refused;
mod written;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use crate::changes::kinds::OnlyIn;
use crate::changes::report::{Compatibility, WireImpact};
use crate::generate::Generated;
use crate::normalize::{DefinitionId, Definitions, Shape, Type};

use language::Language;
use reads::Reads;
use refused::Reader;
use written::{Schemas, Written};

/// Most random instances that are tried where there is no proof.
const MAX_INSTANCES: usize = 1_000;

/// Asks whether the old and the new definition read each other's instances, in both directions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) old: DefinitionId,
    pub(crate) new: DefinitionId,
    /// The part of the definitions that the question is about.
    pub(crate) focus: Focus,
}

/// The part of a definition that a change is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Focus {
    /// The whole definition.
    All,
    /// The property with this JSON name.
    Property(String),
    /// The additional properties, and those that match a pattern.
    AdditionalProperties,
}

impl Focus {
    /// Checks whether `instance` has the property; always true for a focus other than a property.
    fn is_present_in(&self, instance: &Value) -> bool {
        match self {
            Self::Property(name) => instance.get(name).is_some(),
            Self::All | Self::AdditionalProperties => true,
        }
    }
}

/// Answers questions about two versions, and remembers the answers.
pub(crate) struct Decider<'a> {
    old: Side<'a>,
    new: Side<'a>,
    answers: RefCell<HashMap<Question, WireImpact>>,
}

/// The types and the schema of one version.
struct Side<'a> {
    definitions: &'a Definitions,
    schemas: Schemas<'a>,
    /// The instances that the schema allows for a definition, kept once asked for; see [`Side::written`].
    written_by_id: RefCell<HashMap<DefinitionId, Option<Rc<Written>>>>,
}

impl<'a> Decider<'a> {
    /// Creates a decider that has answered no question yet.
    pub(crate) fn new(old: &'a Generated, new: &'a Generated) -> Self {
        let side = |generated: &'a Generated| Side {
            definitions: generated.definitions(),
            schemas: Schemas::new(generated),
            written_by_id: RefCell::default(),
        };
        Self { old: side(old), new: side(new), answers: RefCell::default() }
    }

    /// Returns, for each direction, the worst verdict of all `questions`. Without questions every instance is read. A
    /// type that `only_in` says only one version has is refused by the other.
    pub(crate) fn decide(&self, questions: &[Question], only_in: Option<OnlyIn>) -> WireImpact {
        let mut worst = WireImpact { old_reads_new: Compatibility::Holds, new_reads_old: Compatibility::Holds };
        match only_in {
            Some(OnlyIn::Old(id)) => worst.new_reads_old = self.old.refuse_unknown_type(id),
            Some(OnlyIn::New(id)) => worst.old_reads_new = self.new.refuse_unknown_type(id),
            None => {}
        }
        for question in questions {
            let answer = self.answer(question);
            worst.old_reads_new = worse_of(worst.old_reads_new, answer.old_reads_new);
            worst.new_reads_old = worse_of(worst.new_reads_old, answer.new_reads_old);
        }
        worst
    }

    /// Checks whether the structure of two definitions proves that each reads all instances of the other.
    pub(crate) fn reads_both_ways(&self, old: DefinitionId, new: DefinitionId) -> bool {
        Reads::new(self.old.definitions, self.new.definitions).reads_definition(old, new, &Focus::All)
            && Reads::new(self.new.definitions, self.old.definitions).reads_definition(new, old, &Focus::All)
    }

    /// Checks whether the structure of the types proves that the new type reads all values of the old one.
    pub(crate) fn is_widened(&self, old: &Type, new: &Type) -> bool {
        Reads::new(self.new.definitions, self.old.definitions).reads_type(new, old)
    }

    /// Checks whether the structure of the types proves that the old type reads all values of the new one.
    pub(crate) fn is_narrowed(&self, old: &Type, new: &Type) -> bool {
        Reads::new(self.old.definitions, self.new.definitions).reads_type(old, new)
    }

    /// Answers a question, from memory if it was asked before.
    fn answer(&self, question: &Question) -> WireImpact {
        if let Some(known) = self.answers.borrow().get(question) {
            return known.clone();
        }
        let Question { old, new, focus } = question;
        let wire = WireImpact {
            old_reads_new: self.old.reads(*old, &self.new, *new, focus),
            new_reads_old: self.new.reads(*new, &self.old, *old, focus),
        };
        self.answers.borrow_mut().insert(question.clone(), wire.clone());
        wire
    }
}

/// Returns the worse of two verdicts: a failure with an instance, then one without, then `Undecided`, then `Holds`.
fn worse_of(a: Compatibility, b: Compatibility) -> Compatibility {
    let weight = |reading: &Compatibility| match reading {
        Compatibility::Fails { document: Some(_), .. } => 3,
        Compatibility::Fails { document: None, .. } => 2,
        Compatibility::Undecided => 1,
        Compatibility::Holds => 0,
    };
    if weight(&b) > weight(&a) { b } else { a }
}

impl Side<'_> {
    /// Checks whether `focus` means properties that the struct with this id does not define by name in this version.
    /// False if the definition is not a struct.
    fn is_about_additional_properties(&self, id: DefinitionId, focus: &Focus) -> bool {
        let Some(Shape::Struct(object)) = self.definitions.get(id).map(|definition| &definition.shape) else {
            return false;
        };
        match focus {
            Focus::All => false,
            Focus::Property(name) => !object.properties.iter().any(|property| property.json_name == *name),
            Focus::AdditionalProperties => true,
        }
    }

    /// Decides whether the definition `id` of this side reads every instance that the schema of `writer` allows for its
    /// definition `written_id`. See the module's documentation for the steps.
    fn reads(&self, id: DefinitionId, writer: &Side<'_>, written_id: DefinitionId, focus: &Focus) -> Compatibility {
        if Reads::new(self.definitions, writer.definitions).reads_definition(id, written_id, focus) {
            return Compatibility::Holds;
        }
        let mut language = Language::new(self.definitions, writer.schemas.dialect());
        let mut definitions = serde_json::Map::new();
        let read_schema = language.focused_schema(id, focus, &mut definitions);
        let read_schema = writer.schemas.standalone(vec![read_schema], definitions);
        let Some(written) = writer.written(written_id) else { return Compatibility::Undecided };
        let is_additional = writer.is_about_additional_properties(written_id, focus);
        let fails = |document: Option<Value>| {
            let unlisted = is_additional && document.as_ref().is_none_or(|document| focus.is_present_in(document));
            Compatibility::Fails { document, unlisted }
        };
        let Some(reader) = Reader::new(&read_schema) else { return Compatibility::Undecided };
        if let Some(document) = reader.find_refused_mutation(&written, focus) {
            return fails(Some(document));
        }
        let covered = if language.has_custom_type { None } else { written.is_covered(&read_schema) };
        if covered == Some(true) {
            return Compatibility::Holds;
        }
        match (reader.find_refused(&written), covered) {
            (None, None | Some(true)) => Compatibility::Undecided,
            (document, _) => fails(document),
        }
    }

    /// Returns the verdict for a definition that the other version does not have, with a smallest instance of it.
    fn refuse_unknown_type(&self, id: DefinitionId) -> Compatibility {
        let smallest = |written: Rc<Written>| {
            let instance = written.sample.instances().next()?;
            Some(written.sample.minimize(instance, |_| true))
        };
        Compatibility::Fails { document: self.written(id).and_then(smallest), unlisted: false }
    }

    /// Returns the instances that the schema allows for a definition; `None` if they cannot be made, see
    /// [`Written::new`].
    fn written(&self, id: DefinitionId) -> Option<Rc<Written>> {
        let mut known = self.written_by_id.borrow_mut();
        known.entry(id).or_insert_with(|| Written::new(self, id).map(Rc::new)).clone()
    }
}
