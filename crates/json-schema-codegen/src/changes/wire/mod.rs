//! Decides whether the types of one version (the reader) read every instance that the schema of the other version (the
//! writer) allows. The first of these steps that gives an answer decides:
//!
//! 1. The structure of the types proves that they do ([`reads`]), or the schema of the writer forbids the property and
//!    the reader reads an object without it.
//! 2. The types refuse an instance that is modified at the changed property, or a random instance ([`refused`]). The
//!    instances of a type are made once ([`written`]), and the types are asked without a validator ([`accepts`]).
//! 3. The set algebra of JSON Schema proves that the types read every instance, or that they do not ([`comparison`]).
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
mod comparison;
mod failing;
mod keepers;
mod language;
mod reads;
mod refused;
mod typical;
mod version;
mod written;

use std::cell::RefCell;
use std::collections::HashMap;

use crate::changes::question::{OneSidedDefinition, QuestionFocus, ReadingQuestion};
use crate::changes::report::{Compatibility, WireImpact};
use crate::generate::Generated;
use crate::normalize::{DefinitionId, Definitions, Type};

use reads::ReadProof;
use version::ComparedVersion;

/// Answers questions about reading between two versions, and remembers the answers.
pub(crate) struct ReadingDecider<'a> {
    old: ComparedVersion<'a>,
    new: ComparedVersion<'a>,
    /// The (old, new) definitions that correspond.
    matched: &'a [(DefinitionId, DefinitionId)],
    answers: RefCell<HashMap<ReadingQuestion, WireImpact>>,
}

impl<'a> ReadingDecider<'a> {
    /// Creates a decider between the versions `old` and `new` that has answered no question yet. `matched` has the
    /// definitions that correspond to each other, as (old, new).
    pub(crate) fn new(old: &'a Generated, new: &'a Generated, matched: &'a [(DefinitionId, DefinitionId)]) -> Self {
        Self { old: ComparedVersion::new(old), new: ComparedVersion::new(new), matched, answers: RefCell::default() }
    }

    /// Answers `questions` and remembers the answers. Questions about the same definitions are answered one after
    /// another, since the instances of a definition are kept only until those of another one are needed: all together
    /// would take hundreds of megabytes.
    pub(crate) fn answer_questions<'q>(&self, questions: impl Iterator<Item = &'q ReadingQuestion>) {
        let mut questions: Vec<&ReadingQuestion> = questions.collect();
        questions.sort_by_key(|question| (question.old, question.new));
        for question in questions {
            self.answer_question(question);
        }
    }

    /// Returns, for each direction, the worst answer to any of `questions`. Without questions, each version reads all
    /// instances of the other. If `only_in` is a definition, the other version, which does not have it, refuses its
    /// instances.
    pub(crate) fn decide_wire_impact(
        &self,
        questions: &[ReadingQuestion],
        only_in: Option<OneSidedDefinition>,
    ) -> WireImpact {
        let mut worst = WireImpact { old_reads_new: Compatibility::Holds, new_reads_old: Compatibility::Holds };
        match only_in {
            Some(OneSidedDefinition::Old(id)) => worst.new_reads_old = self.old.build_unknown_type_failure(id),
            Some(OneSidedDefinition::New(id)) => worst.old_reads_new = self.new.build_unknown_type_failure(id),
            None => {}
        }
        for question in questions {
            let answer = self.answer_question(question);
            worst.old_reads_new = choose_worse_verdict(worst.old_reads_new, answer.old_reads_new);
            worst.new_reads_old = choose_worse_verdict(worst.new_reads_old, answer.new_reads_old);
        }
        worst
    }

    /// Answers `question`, or returns the remembered answer.
    fn answer_question(&self, question: &ReadingQuestion) -> WireImpact {
        if let Some(known) = self.answers.borrow().get(question) {
            return known.clone();
        }
        let ReadingQuestion { old, new, focus } = question;
        let turned: Vec<(DefinitionId, DefinitionId)> = self.matched.iter().map(|(old, new)| (*new, *old)).collect();
        let wire = WireImpact {
            old_reads_new: self.old.decide_compatibility(*old, &self.new, *new, focus, self.matched),
            new_reads_old: self.new.decide_compatibility(*new, &self.old, *old, focus, &turned),
        };
        self.answers.borrow_mut().insert(question.clone(), wire.clone());
        wire
    }
}

/// Checks whether the structure of an old and a new definition proves that each reads all instances of the other.
pub(crate) fn proves_mutual_reading(
    (old, old_id): (&Definitions, DefinitionId),
    (new, new_id): (&Definitions, DefinitionId),
) -> bool {
    ReadProof::new(old, new).reads_definition(old_id, new_id, &QuestionFocus::All)
        && ReadProof::new(new, old).reads_definition(new_id, old_id, &QuestionFocus::All)
}

/// Checks whether the structure of the types proves that the type `read` of one version reads all values of the type
/// `written` of the other version.
pub(crate) fn proves_reading((reader, read): (&Definitions, &Type), (writer, written): (&Definitions, &Type)) -> bool {
    ReadProof::new(reader, writer).reads_all_of_type(read, written)
}

/// Returns the worse of two verdicts; from the worst to the best: `Fails` with an instance, `Fails` without,
/// `Undecided`, `Keeps`, `Holds`.
fn choose_worse_verdict(a: Compatibility, b: Compatibility) -> Compatibility {
    let weight = |reading: &Compatibility| match reading {
        Compatibility::Fails { document: Some(_), .. } => 4,
        Compatibility::Fails { document: None, .. } => 3,
        Compatibility::Undecided { .. } => 2,
        Compatibility::Keeps { .. } => 1,
        Compatibility::Holds => 0,
    };
    if weight(&b) > weight(&a) { b } else { a }
}
