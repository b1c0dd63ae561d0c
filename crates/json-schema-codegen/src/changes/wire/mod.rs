//! Decides whether the types of one version (the reader) read every instance that the schema of the other version (the
//! writer) allows. The first of these steps that gives an answer decides:
//!
//! 1. The structure of the types proves that they do ([`reads`]), or the schema of the writer forbids the property and
//!    the reader reads an object without it.
//! 2. The types refuse an instance that is modified at the changed property, or a random instance ([`refused`]). The
//!    instances of a type are made once ([`written`]), and the types are asked without a validator ([`accepts`]).
//! 3. The set algebra of JSON Schema proves that the types read every instance, or that they do not ([`written`]).
//! 4. The structure of the types proves that they do, on the assumption that the types inside read each other: those
//!    have changes of their own in the report, with verdicts of their own.
//! 5. If no instance was found at all, the types refuse a value that the structure of the written types allows
//!    ([`typical`]).
//!
//! Each step is limited by a number of steps, not by a time, so that a report is the same in every run.
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
use failing::FailingDefinitions;
use reads::ReadProof;
use written::{SchemaComparison, SchemaDocument, TypeInstances};

/// Answers questions about reading between two versions, and remembers the answers.
pub(crate) struct Decider<'a> {
    old: Version<'a>,
    new: Version<'a>,
    /// The (old, new) definitions that correspond.
    matched: &'a [(DefinitionId, DefinitionId)],
    answers: RefCell<HashMap<Question, WireImpact>>,
}

/// The types and the schema of one version.
struct Version<'a> {
    schemas: SchemaDocument<'a>,
    /// The instances of the definition that was asked for last, with its id; see [`Version::make_instances`].
    last_instances: RefCell<Option<(DefinitionId, Option<Rc<TypeInstances<'a>>>)>>,
}

impl<'a> Decider<'a> {
    /// The definitions that correspond to each other, as (old, new).
    pub(crate) fn new(old: &'a Generated, new: &'a Generated, matched: &'a [(DefinitionId, DefinitionId)]) -> Self {
        let side = |generated: &'a Generated| Version {
            schemas: SchemaDocument::new(generated),
            last_instances: RefCell::default(),
        };
        Self { old: side(old), new: side(new), matched, answers: RefCell::default() }
    }

    /// Answers `questions` and remembers the answers. Questions about the same definitions are answered one after
    /// another, since the instances of a definition are kept only until those of another one are needed: all together
    /// would take hundreds of megabytes.
    pub(crate) fn answer_questions<'q>(&self, questions: impl Iterator<Item = &'q Question>) {
        let mut questions: Vec<&Question> = questions.collect();
        questions.sort_by_key(|question| (question.old, question.new));
        for question in questions {
            self.answer_question(question);
        }
    }

    /// Returns, for each direction, the worst answer to any of `questions`. Without questions, each version reads all
    /// instances of the other. If `only_in` is a definition, the other version, which does not have it, refuses its
    /// instances.
    pub(crate) fn decide_impact(&self, questions: &[Question], only_in: Option<OnlyIn>) -> WireImpact {
        let mut worst = WireImpact { old_reads_new: Compatibility::Holds, new_reads_old: Compatibility::Holds };
        match only_in {
            Some(OnlyIn::Old(id)) => worst.new_reads_old = self.old.build_unknown_type_failure(id),
            Some(OnlyIn::New(id)) => worst.old_reads_new = self.new.build_unknown_type_failure(id),
            None => {}
        }
        for question in questions {
            let answer = self.answer_question(question);
            worst.old_reads_new = choose_worse(worst.old_reads_new, answer.old_reads_new);
            worst.new_reads_old = choose_worse(worst.new_reads_old, answer.new_reads_old);
        }
        worst
    }

    /// Answers `question`, or returns the remembered answer.
    fn answer_question(&self, question: &Question) -> WireImpact {
        if let Some(known) = self.answers.borrow().get(question) {
            return known.clone();
        }
        let Question { old, new, focus } = question;
        let turned: Vec<(DefinitionId, DefinitionId)> = self.matched.iter().map(|(old, new)| (*new, *old)).collect();
        let wire = WireImpact {
            old_reads_new: self.old.decide_reading(*old, &self.new, *new, focus, self.matched),
            new_reads_old: self.new.decide_reading(*new, &self.old, *old, focus, &turned),
        };
        self.answers.borrow_mut().insert(question.clone(), wire.clone());
        wire
    }
}

/// Checks whether the structure of an old and a new definition proves that each reads all instances of the other.
pub(crate) fn prove_reading_each_other(
    (old, old_id): (&Definitions, DefinitionId),
    (new, new_id): (&Definitions, DefinitionId),
) -> bool {
    ReadProof::new(old, new).reads_definition(old_id, new_id, &Focus::All)
        && ReadProof::new(new, old).reads_definition(new_id, old_id, &Focus::All)
}

/// Checks whether the structure of the types proves that the type `read` of one version reads all values of the type
/// `written` of the other version.
pub(crate) fn proves_reading((reader, read): (&Definitions, &Type), (writer, written): (&Definitions, &Type)) -> bool {
    ReadProof::new(reader, writer).reads_all_of_type(read, written)
}

/// Returns the worse of two verdicts; from the worst to the best: `Fails` with an instance, `Fails` without,
/// `Undecided`, `Keeps`, `Holds`.
fn choose_worse(a: Compatibility, b: Compatibility) -> Compatibility {
    let weight = |reading: &Compatibility| match reading {
        Compatibility::Fails { document: Some(_), .. } => 4,
        Compatibility::Fails { document: None, .. } => 3,
        Compatibility::Undecided { .. } => 2,
        Compatibility::Keeps { .. } => 1,
        Compatibility::Holds => 0,
    };
    if weight(&b) > weight(&a) { b } else { a }
}

impl<'a> Version<'a> {
    /// Returns the types of the version.
    fn definitions(&self) -> &'a Definitions {
        self.schemas.definitions()
    }

    /// Checks whether `focus` names properties that the struct with the id `id` does not define by name in this
    /// version. False for the focus on a whole definition, and if the definition is not a struct.
    fn is_about_additional_properties(&self, id: DefinitionId, focus: &Focus) -> bool {
        let Some(Shape::Struct(object)) = self.definitions().get(id).map(|definition| &definition.shape) else {
            return false;
        };
        match focus {
            Focus::All => false,
            Focus::Property(name) => object.find_property(name).is_none(),
            Focus::AdditionalProperties => true,
        }
    }

    /// Decides whether the definition `id` of this version reads every instance that the schema of `writer` allows for
    /// its definition `written_id`, and whether it keeps a value of another type from one of them. `matched` has the
    /// definitions that correspond, as (of this version, of `writer`).
    fn decide_reading(
        &self,
        id: DefinitionId,
        writer: &Version<'_>,
        written_id: DefinitionId,
        focus: &Focus,
        matched: &[(DefinitionId, DefinitionId)],
    ) -> Compatibility {
        match self.decide_reading_all(id, writer, written_id, focus, matched) {
            Compatibility::Holds => self.find_kept_value(id, writer, written_id, focus).unwrap_or(Compatibility::Holds),
            other => other,
        }
    }

    /// Decides whether the definition `id` of this version reads every instance that the schema of `writer` allows for
    /// its definition `written_id`. Follows the steps in the documentation of this module.
    fn decide_reading_all(
        &self,
        id: DefinitionId,
        writer: &Version<'_>,
        written_id: DefinitionId,
        focus: &Focus,
        matched: &[(DefinitionId, DefinitionId)],
    ) -> Compatibility {
        if ReadProof::new(self.definitions(), writer.definitions())
            .with_kept_values()
            .reads_definition(id, written_id, focus)
        {
            return Compatibility::Holds;
        }
        let reader = TypeReader::new(self.definitions());
        let is_read = |instance: &Value| reader.accepts_focus(id, focus, instance);
        if let Focus::Property(name) = focus {
            if writer.schemas.forbids_property(written_id, name) && is_read(&json!({})) {
                return Compatibility::Holds;
            }
        }
        let Some(written) = writer.make_instances(written_id) else {
            return Compatibility::Undecided { reason: Reason::NoSchema };
        };
        let is_additional = writer.is_about_additional_properties(written_id, focus);
        let fails = |document: Option<Value>| {
            let unlisted = is_additional && document.as_ref().is_none_or(|document| focus.is_present_in(document));
            self.decide_refusal((id, focus), &written, document, unlisted)
        };
        if let Some(document) = refused::find_refused(&written, focus, is_read) {
            return fails(Some(document));
        }
        let comparison = SchemaComparison::new((&self.schemas, id), (&writer.schemas, written_id), focus);
        match comparison.as_ref().and_then(SchemaComparison::is_all_read) {
            Some(true) => Compatibility::Holds,
            Some(false) => {
                let beyond = comparison.map(|comparison| comparison.make_refused_instances()).unwrap_or_default();
                fails(refused::find_refused_among(beyond, &written, is_read))
            }
            None if self.proves_reading_apart_from_inside(id, writer, written_id, focus, matched) => {
                Compatibility::Holds
            }
            None if written.instances().is_empty() && self.refuses_typical_value(id, writer, written_id, focus) => {
                fails(None)
            }
            None if written.instances().is_empty() => Compatibility::Undecided { reason: Reason::NoInstance },
            None => Compatibility::Undecided { reason: Reason::NoProof },
        }
    }

    /// Returns the verdict for a definition that refuses `document`, or an unknown instance if `document` is `None`:
    /// `Keeps` if properties keep such a value wherever the types of this version use the definition, and no instance
    /// of `written` was found that makes reading fail nevertheless; else `Fails`. `unlisted` is copied to `Fails`.
    fn decide_refusal(
        &self,
        (id, focus): (DefinitionId, &Focus),
        written: &TypeInstances<'_>,
        document: Option<Value>,
        unlisted: bool,
    ) -> Compatibility {
        let Some(by) = keepers::find_keepers(self.definitions(), id) else {
            return Compatibility::Fails { document, unlisted };
        };
        let reader = TypeReader::new(self.definitions());
        let is_no_failure = |instance: &Value| reader.read_focus(id, focus, instance) != Outcome::Failure;
        let has_failing = !FailingDefinitions::new(self.definitions()).is_empty();
        match has_failing.then(|| refused::find_refused(written, focus, is_no_failure)).flatten() {
            Some(document) => Compatibility::Fails { document: Some(document), unlisted },
            None => Compatibility::Keeps { document, by },
        }
    }

    /// Returns the verdict `Keeps` if the definition `id` keeps a value of another type, in the property that `focus`
    /// names, from an instance of `writer`, whose schema defines the property. `None` if no such instance was found, or
    /// if `focus` is not a property.
    fn find_kept_value(
        &self,
        id: DefinitionId,
        writer: &Version<'_>,
        written_id: DefinitionId,
        focus: &Focus,
    ) -> Option<Compatibility> {
        let (Focus::Property(name), Some(definition)) = (focus, self.definitions().get(id)) else { return None };
        let Shape::Struct(object) = &definition.shape else { return None };
        let property = object.find_property(name)?;
        let keeper = keepers::find_keeper(&definition.name, object, property)?;
        let is_fitting =
            ReadProof::new(self.definitions(), writer.definitions()).reads_definition(id, written_id, focus);
        if is_fitting {
            return None;
        }
        let own = match &writer.definitions().get(written_id)?.shape {
            Shape::Struct(object) => object.find_property(name)?,
            _ => return None,
        };
        let (reader, own_reader) = (TypeReader::new(self.definitions()), TypeReader::new(writer.definitions()));
        let is_fitting =
            |instance: &Value| !reader.has_mismatch(property, instance) || own_reader.has_mismatch(own, instance);
        let document = refused::find_refused(&*writer.make_instances(written_id)?, focus, is_fitting)?;
        Some(Compatibility::Keeps { document: Some(document), by: vec![keeper] })
    }

    /// Checks whether the structure of the types proves that they read all instances, on the assumption that the
    /// definitions in `matched` read each other. The asked definitions themselves are not assumed to, if the question
    /// is about the whole of them.
    fn proves_reading_apart_from_inside(
        &self,
        id: DefinitionId,
        writer: &Version<'_>,
        written_id: DefinitionId,
        focus: &Focus,
        matched: &[(DefinitionId, DefinitionId)],
    ) -> bool {
        let is_other = |pair: &&(DefinitionId, DefinitionId)| *focus != Focus::All || **pair != (id, written_id);
        ReadProof::new(self.definitions(), writer.definitions())
            .with_kept_values()
            .with_assumed_definitions(matched.iter().filter(is_other).copied())
            .reads_definition(id, written_id, focus)
    }

    /// Checks whether the definition `id` refuses a value that the structure of the definition `written_id` of `writer`
    /// allows.
    fn refuses_typical_value(
        &self,
        id: DefinitionId,
        writer: &Version<'_>,
        written_id: DefinitionId,
        focus: &Focus,
    ) -> bool {
        let reader = TypeReader::new(self.definitions());
        let values = typical::make_typical_values(writer.definitions(), written_id, focus);
        values.iter().any(|value| !reader.accepts_focus(id, focus, value))
    }

    /// Returns the verdict `Fails` for the definition `id`, which the other version does not have, with a smallest
    /// instance of it.
    fn build_unknown_type_failure(&self, id: DefinitionId) -> Compatibility {
        let document = self.make_instances(id).and_then(|written| written.smallest());
        Compatibility::Fails { document, unlisted: false }
    }

    /// Returns the instances that the schema allows for the definition `id`; `None` if [`TypeInstances::new`] returns
    /// `None`. The instances of one definition are kept until those of another one are asked for.
    fn make_instances(&self, id: DefinitionId) -> Option<Rc<TypeInstances<'a>>> {
        let mut last = self.last_instances.borrow_mut();
        match &*last {
            Some((known, written)) if *known == id => written.clone(),
            _ => {
                // Before the next is made, so that there are never two.
                *last = None;
                let written = TypeInstances::new(&self.schemas, id).map(Rc::new);
                *last = Some((id, written.clone()));
                written
            }
        }
    }
}
