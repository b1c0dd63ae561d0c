//! Decides whether the types of one version (the reader) read every instance that the schema of the other version (the
//! writer) allows. The first of these steps that gives an answer decides:
//!
//! 1. The structure of the types proves that they do ([`reads`]), or the schema says that there is no such property.
//! 2. An instance that is modified at the changed property, or a random one, is refused ([`refused`]). The instances of a
//!    type are made once ([`written`]), and the types are asked without a validator ([`accepts`]).
//! 3. The set algebra of JSON Schema proves that they do, or that they do not ([`written`]).
//!
//! 4. The structure of the types proves that they do, if the types inside are taken to read what corresponds to them: those
//!    have changes of their own in the report, with verdicts of their own.
//!
//! 5. If no instance was found at all, a value that the structure of the written types allows is refused ([`typical`]).
//!
//! Each step is bounded by a number of steps, not by a time, so that a report is the same in every run.
//!
//! The types read more than their schema allows: values that an enum does not list, additional properties unless the
//! object is closed, and `null` for an optional property. So the reader is described by its types ([`language`]), and
//! the writer by its schema.

mod accepts;
mod failing;
mod keepers;
mod language;
mod reads;
mod refused;
mod typical;
mod written;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Value, json};

use crate::changes::question::{Focus, OnlyIn, Question};
use crate::changes::report::{Compatibility, Reason, WireImpact};
use crate::generate::Generated;
use crate::normalize::{DefinitionId, Definitions, Shape, Type};

use accepts::{Outcome, TypeReader};
use failing::Failing;
use reads::Reads;
use written::{Algebra, Schemas, Written};

/// Answers questions about two versions, and remembers the answers.
pub(crate) struct Decider<'a> {
    old: Side<'a>,
    new: Side<'a>,
    /// The (old, new) definitions that correspond.
    matched: &'a [(DefinitionId, DefinitionId)],
    answers: RefCell<HashMap<Question, WireImpact>>,
}

/// The types and the schema of one version.
struct Side<'a> {
    schemas: Schemas<'a>,
    /// The instances of the definition that was asked for last; see [`Side::written`].
    last_written: RefCell<Option<(DefinitionId, Option<Rc<Written<'a>>>)>>,
}

impl<'a> Decider<'a> {
    /// Creates a decider that has answered no question yet. `matched` has the (old, new) definitions that correspond.
    pub(crate) fn new(old: &'a Generated, new: &'a Generated, matched: &'a [(DefinitionId, DefinitionId)]) -> Self {
        let side =
            |generated: &'a Generated| Side { schemas: Schemas::new(generated), last_written: RefCell::default() };
        Self { old: side(old), new: side(new), matched, answers: RefCell::default() }
    }

    /// Answers `questions`, those about the same definitions one after another, since the instances of a type are kept
    /// only until those of another are asked for: all together would take hundreds of megabytes.
    pub(crate) fn answer_all<'q>(&self, questions: impl Iterator<Item = &'q Question>) {
        let mut questions: Vec<&Question> = questions.collect();
        questions.sort_by_key(|question| (question.old, question.new));
        for question in questions {
            self.answer(question);
        }
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

    /// Answers a question, from memory if it was asked before.
    fn answer(&self, question: &Question) -> WireImpact {
        if let Some(known) = self.answers.borrow().get(question) {
            return known.clone();
        }
        let Question { old, new, focus } = question;
        let turned: Vec<(DefinitionId, DefinitionId)> = self.matched.iter().map(|(old, new)| (*new, *old)).collect();
        let wire = WireImpact {
            old_reads_new: self.old.reads(*old, &self.new, *new, focus, self.matched),
            new_reads_old: self.new.reads(*new, &self.old, *old, focus, &turned),
        };
        self.answers.borrow_mut().insert(question.clone(), wire.clone());
        wire
    }
}

/// Checks whether the structure of an old and a new definition proves that each reads all instances of the other.
pub(crate) fn read_each_other(
    (old, old_id): (&Definitions, DefinitionId),
    (new, new_id): (&Definitions, DefinitionId),
) -> bool {
    Reads::new(old, new).reads_definition(old_id, new_id, &Focus::All)
        && Reads::new(new, old).reads_definition(new_id, old_id, &Focus::All)
}

/// Checks whether the structure of the types proves that the type `read` of one version reads all values of the type
/// `written` of the other.
pub(crate) fn reads_type((reader, read): (&Definitions, &Type), (writer, written): (&Definitions, &Type)) -> bool {
    Reads::new(reader, writer).reads_type(read, written)
}

/// Returns the worse of two verdicts: a failure with an instance, then one without, then `Undecided`, then `Keeps`, then
/// `Holds`.
fn worse_of(a: Compatibility, b: Compatibility) -> Compatibility {
    let weight = |reading: &Compatibility| match reading {
        Compatibility::Fails { document: Some(_), .. } => 4,
        Compatibility::Fails { document: None, .. } => 3,
        Compatibility::Undecided { .. } => 2,
        Compatibility::Keeps { .. } => 1,
        Compatibility::Holds => 0,
    };
    if weight(&b) > weight(&a) { b } else { a }
}

impl<'a> Side<'a> {
    /// Returns the types of the version.
    fn definitions(&self) -> &'a Definitions {
        self.schemas.definitions()
    }

    /// Checks whether `focus` means properties that the struct with this id does not define by name in this version.
    /// False if the definition is not a struct.
    fn is_about_additional_properties(&self, id: DefinitionId, focus: &Focus) -> bool {
        let Some(Shape::Struct(object)) = self.definitions().get(id).map(|definition| &definition.shape) else {
            return false;
        };
        match focus {
            Focus::All => false,
            Focus::Property(name) => object.property(name).is_none(),
            Focus::AdditionalProperties => true,
        }
    }

    /// Decides whether the definition `id` of this side reads every instance that the schema of `writer` allows for its
    /// definition `written_id`, and if so, whether it keeps a value of another type. `matched` has the definitions that
    /// correspond, as (of this side, of `writer`).
    fn reads(
        &self,
        id: DefinitionId,
        writer: &Side<'_>,
        written_id: DefinitionId,
        focus: &Focus,
        matched: &[(DefinitionId, DefinitionId)],
    ) -> Compatibility {
        match self.reads_all(id, writer, written_id, focus, matched) {
            Compatibility::Holds => self.find_kept(id, writer, written_id, focus).unwrap_or(Compatibility::Holds),
            other => other,
        }
    }

    /// Decides whether the definition `id` reads every instance, as [`Self::reads`] does. See the module's documentation for
    /// the steps.
    fn reads_all(
        &self,
        id: DefinitionId,
        writer: &Side<'_>,
        written_id: DefinitionId,
        focus: &Focus,
        matched: &[(DefinitionId, DefinitionId)],
    ) -> Compatibility {
        if Reads::new(self.definitions(), writer.definitions()).with_kept().reads_definition(id, written_id, focus) {
            return Compatibility::Holds;
        }
        let reader = TypeReader::new(self.definitions());
        let is_read = |instance: &Value| reader.accepts(id, focus, instance);
        if let Focus::Property(name) = focus {
            if writer.schemas.forbids_property(written_id, name) && is_read(&json!({})) {
                return Compatibility::Holds;
            }
        }
        let Some(written) = writer.written(written_id) else {
            return Compatibility::Undecided { reason: Reason::NoSchema };
        };
        let is_additional = writer.is_about_additional_properties(written_id, focus);
        let fails = |document: Option<Value>| {
            let unlisted = is_additional && document.as_ref().is_none_or(|document| focus.is_present_in(document));
            self.fails((id, focus), &written, document, unlisted)
        };
        if let Some(document) = refused::find_refused(&written, focus, is_read) {
            return fails(Some(document));
        }
        let algebra = Algebra::new((&self.schemas, id), (&writer.schemas, written_id), focus);
        match algebra.as_ref().and_then(Algebra::is_covered) {
            Some(true) => Compatibility::Holds,
            Some(false) => {
                let beyond = algebra.map(|algebra| algebra.instances_beyond()).unwrap_or_default();
                fails(refused::find_among(beyond, &written, is_read))
            }
            None if self.reads_apart_from_changes_inside(id, writer, written_id, focus, matched) => {
                Compatibility::Holds
            }
            None if written.instances().is_empty() && self.refuses_typical(id, writer, written_id, focus) => {
                fails(None)
            }
            None if written.instances().is_empty() => Compatibility::Undecided { reason: Reason::NoInstance },
            None => Compatibility::Undecided { reason: Reason::NoProof },
        }
    }

    /// Returns the verdict for a definition that refuses `document`, or an unknown instance if that is `None`: `Keeps` if
    /// properties keep such a value wherever the types of this side use the definition, and no instance of `written` was
    /// found that makes reading fail nevertheless; else `Fails`.
    fn fails(
        &self,
        (id, focus): (DefinitionId, &Focus),
        written: &Written<'_>,
        document: Option<Value>,
        unlisted: bool,
    ) -> Compatibility {
        let Some(by) = keepers::keepers_of(self.definitions(), id) else {
            return Compatibility::Fails { document, unlisted };
        };
        let reader = TypeReader::new(self.definitions());
        let is_no_failure = |instance: &Value| reader.read(id, focus, instance) != Outcome::Failure;
        let has_failing = !Failing::new(self.definitions()).is_empty();
        match has_failing.then(|| refused::find_refused(written, focus, is_no_failure)).flatten() {
            Some(document) => Compatibility::Fails { document: Some(document), unlisted },
            None => Compatibility::Keeps { document, by },
        }
    }

    /// Returns the verdict `Keeps` if the property that `focus` means keeps a value of another type from an instance of
    /// `writer`, whose schema defines the property. `None` if no such instance was found, as always for another focus.
    fn find_kept(
        &self,
        id: DefinitionId,
        writer: &Side<'_>,
        written_id: DefinitionId,
        focus: &Focus,
    ) -> Option<Compatibility> {
        let (Focus::Property(name), Some(definition)) = (focus, self.definitions().get(id)) else { return None };
        let Shape::Struct(object) = &definition.shape else { return None };
        let property = object.property(name)?;
        let keeper = keepers::keeper(&definition.name, object, property)?;
        let is_fitting = Reads::new(self.definitions(), writer.definitions()).reads_definition(id, written_id, focus);
        if is_fitting {
            return None;
        }
        let own = match &writer.definitions().get(written_id)?.shape {
            Shape::Struct(object) => object.property(name)?,
            _ => return None,
        };
        let (reader, own_reader) = (TypeReader::new(self.definitions()), TypeReader::new(writer.definitions()));
        let is_fitting =
            |instance: &Value| !reader.is_mismatch(property, instance) || own_reader.is_mismatch(own, instance);
        let document = refused::find_refused(&*writer.written(written_id)?, focus, is_fitting)?;
        Some(Compatibility::Keeps { document: Some(document), by: vec![keeper] })
    }

    /// Checks whether the structure of the types proves that they read all instances, if all definitions that correspond
    /// are taken to; except for the definitions themselves when the whole of them is asked for.
    fn reads_apart_from_changes_inside(
        &self,
        id: DefinitionId,
        writer: &Side<'_>,
        written_id: DefinitionId,
        focus: &Focus,
        matched: &[(DefinitionId, DefinitionId)],
    ) -> bool {
        let is_other = |pair: &&(DefinitionId, DefinitionId)| *focus != Focus::All || **pair != (id, written_id);
        Reads::new(self.definitions(), writer.definitions())
            .with_kept()
            .with_assumed(matched.iter().filter(is_other).copied())
            .reads_definition(id, written_id, focus)
    }

    /// Checks whether the types refuse a value that the structure of the written types allows.
    fn refuses_typical(&self, id: DefinitionId, writer: &Side<'_>, written_id: DefinitionId, focus: &Focus) -> bool {
        let reader = TypeReader::new(self.definitions());
        let values = typical::typical_values(writer.definitions(), written_id, focus);
        values.iter().any(|value| !reader.accepts(id, focus, value))
    }

    /// Returns the verdict for a definition that the other version does not have, with a smallest instance of it.
    fn refuse_unknown_type(&self, id: DefinitionId) -> Compatibility {
        let document = self.written(id).and_then(|written| written.smallest());
        Compatibility::Fails { document, unlisted: false }
    }

    /// Returns the instances that the schema allows for a definition; `None` if they cannot be made, see
    /// [`Written::new`]. Those of one definition are kept until those of another are asked for.
    fn written(&self, id: DefinitionId) -> Option<Rc<Written<'a>>> {
        let mut last = self.last_written.borrow_mut();
        match &*last {
            Some((known, written)) if *known == id => written.clone(),
            _ => {
                // Before the next is made, so that there are never two.
                *last = None;
                let written = Written::new(&self.schemas, id).map(Rc::new);
                *last = Some((id, written.clone()));
                written
            }
        }
    }
}
