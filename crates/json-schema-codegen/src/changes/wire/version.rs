//! Decides whether the types of one version read the instances of the other, by the steps that [`wire`](super) lists.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Value, json};

use crate::changes::question::QuestionFocus;
use crate::changes::report::{Compatibility, Reason};
use crate::changes::wire::accepts::{ReadOutcome, ReadSimulator};
use crate::changes::wire::comparison::SchemaComparison;
use crate::changes::wire::failing::FailingDefinitions;
use crate::changes::wire::reads::ReadProof;
use crate::changes::wire::written::{SchemaDocument, TypeInstances};
use crate::changes::wire::{keepers, refused, typical};
use crate::generate::Generated;
use crate::normalize::{DefinitionId, Definitions, Shape};

/// The types and the schema of one version.
pub(super) struct ComparedVersion<'a> {
    schemas: SchemaDocument<'a>,
    /// The instances of the definition that was asked for last, with its id; see [`ComparedVersion::make_instances`].
    last_instances: RefCell<Option<(DefinitionId, Option<Rc<TypeInstances<'a>>>)>>,
}

impl<'a> ComparedVersion<'a> {
    /// Creates the version with the types and the corrected schemas in `generated`.
    pub(super) fn new(generated: &'a Generated) -> Self {
        Self { schemas: SchemaDocument::new(generated), last_instances: RefCell::default() }
    }

    /// Returns the types of the version.
    fn definitions(&self) -> &'a Definitions {
        self.schemas.definitions()
    }

    /// Checks whether `focus` names properties that the struct with the id `id` does not define by name in this
    /// version. False for the focus on a whole definition, and if the definition is not a struct.
    fn is_about_additional_properties(&self, id: DefinitionId, focus: &QuestionFocus) -> bool {
        let Some(Shape::Struct(object)) = self.definitions().get(id).map(|definition| &definition.shape) else {
            return false;
        };
        match focus {
            QuestionFocus::All => false,
            QuestionFocus::Property(name) => object.find_property(name).is_none(),
            QuestionFocus::AdditionalProperties => true,
        }
    }

    /// Decides whether the definition `id` of this version reads every instance that the schema of `writer` allows for
    /// its definition `written_id`, and whether it keeps a value of another type from one of them. `matched` has the
    /// definitions that correspond, as (of this version, of `writer`).
    pub(super) fn decide_compatibility(
        &self,
        id: DefinitionId,
        writer: &ComparedVersion<'_>,
        written_id: DefinitionId,
        focus: &QuestionFocus,
        matched: &[(DefinitionId, DefinitionId)],
    ) -> Compatibility {
        match self.decide_reads_all_instances(id, writer, written_id, focus, matched) {
            Compatibility::Holds => {
                self.find_keeping_verdict(id, writer, written_id, focus).unwrap_or(Compatibility::Holds)
            }
            other => other,
        }
    }

    /// Decides whether the definition `id` of this version reads every instance that the schema of `writer` allows for
    /// its definition `written_id`. Follows the steps in the documentation of [`wire`](super).
    fn decide_reads_all_instances(
        &self,
        id: DefinitionId,
        writer: &ComparedVersion<'_>,
        written_id: DefinitionId,
        focus: &QuestionFocus,
        matched: &[(DefinitionId, DefinitionId)],
    ) -> Compatibility {
        if ReadProof::new(self.definitions(), writer.definitions())
            .count_kept_as_read()
            .reads_definition(id, written_id, focus)
        {
            return Compatibility::Holds;
        }
        let reader = ReadSimulator::new(self.definitions());
        let is_read = |instance: &Value| reader.accepts_at_focus(id, focus, instance);
        if let QuestionFocus::Property(name) = focus {
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
            self.decide_fails_or_keeps((id, focus), &written, document, unlisted)
        };
        if let Some(document) = refused::find_refused_instance(&written, focus, is_read) {
            return fails(Some(document));
        }
        let comparison = SchemaComparison::new((&self.schemas, id), (&writer.schemas, written_id), focus);
        match comparison.as_ref().and_then(SchemaComparison::is_every_instance_read) {
            Some(true) => Compatibility::Holds,
            Some(false) => {
                let beyond = comparison.map(|comparison| comparison.make_refused_instances()).unwrap_or_default();
                fails(refused::find_refused_among(beyond, &written, is_read))
            }
            None if self.proves_reading_assuming_matched(id, writer, written_id, focus, matched) => {
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
    fn decide_fails_or_keeps(
        &self,
        (id, focus): (DefinitionId, &QuestionFocus),
        written: &TypeInstances<'_>,
        document: Option<Value>,
        unlisted: bool,
    ) -> Compatibility {
        let Some(by) = keepers::find_keeping_properties(self.definitions(), id) else {
            return Compatibility::Fails { document, unlisted };
        };
        let reader = ReadSimulator::new(self.definitions());
        let is_no_failure = |instance: &Value| reader.read_at_focus(id, focus, instance) != ReadOutcome::Failure;
        let has_failing = !FailingDefinitions::new(self.definitions()).is_empty();
        match has_failing.then(|| refused::find_refused_instance(written, focus, is_no_failure)).flatten() {
            Some(document) => Compatibility::Fails { document: Some(document), unlisted },
            None => Compatibility::Keeps { document, by },
        }
    }

    /// Returns the verdict `Keeps` if the definition `id` keeps a value of another type, in the property that `focus`
    /// names, from an instance of `writer`, whose schema defines the property. `None` if no such instance was found, or
    /// if `focus` is not a property.
    fn find_keeping_verdict(
        &self,
        id: DefinitionId,
        writer: &ComparedVersion<'_>,
        written_id: DefinitionId,
        focus: &QuestionFocus,
    ) -> Option<Compatibility> {
        let (QuestionFocus::Property(name), Some(definition)) = (focus, self.definitions().get(id)) else {
            return None;
        };
        let Shape::Struct(object) = &definition.shape else { return None };
        let property = object.find_property(name)?;
        let keeper = keepers::build_keeper(&definition.name, object, property)?;
        let is_fitting =
            ReadProof::new(self.definitions(), writer.definitions()).reads_definition(id, written_id, focus);
        if is_fitting {
            return None;
        }
        let own = match &writer.definitions().get(written_id)?.shape {
            Shape::Struct(object) => object.find_property(name)?,
            _ => return None,
        };
        let (reader, own_reader) = (ReadSimulator::new(self.definitions()), ReadSimulator::new(writer.definitions()));
        let is_fitting =
            |instance: &Value| !reader.has_mismatch(property, instance) || own_reader.has_mismatch(own, instance);
        let document = refused::find_refused_instance(&*writer.make_instances(written_id)?, focus, is_fitting)?;
        Some(Compatibility::Keeps { document: Some(document), by: vec![keeper] })
    }

    /// Checks whether the structure of the types proves that they read all instances, on the assumption that the
    /// definitions in `matched` read each other. The asked definitions themselves are not assumed to, if the question
    /// is about the whole of them.
    fn proves_reading_assuming_matched(
        &self,
        id: DefinitionId,
        writer: &ComparedVersion<'_>,
        written_id: DefinitionId,
        focus: &QuestionFocus,
        matched: &[(DefinitionId, DefinitionId)],
    ) -> bool {
        let is_other =
            |pair: &&(DefinitionId, DefinitionId)| *focus != QuestionFocus::All || **pair != (id, written_id);
        ReadProof::new(self.definitions(), writer.definitions())
            .count_kept_as_read()
            .with_assumed_definitions(matched.iter().filter(is_other).copied())
            .reads_definition(id, written_id, focus)
    }

    /// Checks whether the definition `id` refuses a value that the structure of the definition `written_id` of `writer`
    /// allows.
    fn refuses_typical_value(
        &self,
        id: DefinitionId,
        writer: &ComparedVersion<'_>,
        written_id: DefinitionId,
        focus: &QuestionFocus,
    ) -> bool {
        let reader = ReadSimulator::new(self.definitions());
        let values = typical::make_typical_values(writer.definitions(), written_id, focus);
        values.iter().any(|value| !reader.accepts_at_focus(id, focus, value))
    }

    /// Returns the verdict `Fails` for the definition `id`, which the other version does not have, with a smallest
    /// instance of it.
    pub(super) fn build_unknown_type_failure(&self, id: DefinitionId) -> Compatibility {
        let document = self.make_instances(id).and_then(|written| written.find_smallest());
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
