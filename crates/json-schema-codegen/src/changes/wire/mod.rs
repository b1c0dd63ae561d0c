//! What a change does to documents: decided by the structure of the types, else by documents that are
//! changed where the types differ, else by the set algebra of schemas, else by documents that are made
//! and tried.
//!
//! What is read is a matter of the types, which are open: they read unlisted values of an enum,
//! unlisted properties where an object is not closed, and `null` for what is optional. What is
//! written is a matter of the schema.

mod language;
mod reads;
mod refused;
mod written;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use crate::changes::kinds::Alone;
use crate::changes::report::{Reading, Wire};
use crate::generate::Generated;
use crate::normalize::{DefinitionId, Definitions, Shape, Type};

use language::Language;
use reads::Reads;
use refused::Reader;
use written::{Schemas, Written};

/// How many documents are tried where there is no proof.
const DOCUMENTS: usize = 1_000;

/// What a change asks: whether one definition reads the other, each way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) old: DefinitionId,
    pub(crate) new: DefinitionId,
    pub(crate) focus: Focus,
}

/// The part of a definition that a change is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Focus {
    All,
    /// The property of this name in a document.
    Property(String),
    /// The properties that are not listed.
    Others,
}

impl Focus {
    /// Whether a document has anything that the change may be about.
    fn is_in(&self, document: &Value) -> bool {
        match self {
            Self::Property(name) => document.get(name).is_some(),
            Self::All | Self::Others => true,
        }
    }
}

/// The old and the new types, and what has been answered of them.
pub(crate) struct Decider<'a> {
    old: Side<'a>,
    new: Side<'a>,
    answers: RefCell<HashMap<Question, Wire>>,
}

/// The types and the schema of one version.
struct Side<'a> {
    definitions: &'a Definitions,
    schemas: Schemas<'a>,
    /// What the schema allows for the types that have been asked for.
    written: RefCell<HashMap<DefinitionId, Option<Rc<Written>>>>,
}

impl<'a> Decider<'a> {
    pub(crate) fn new(old: &'a Generated, new: &'a Generated) -> Self {
        let side = |one: &'a Generated| Side {
            definitions: one.definitions(),
            schemas: Schemas::new(one),
            written: RefCell::default(),
        };
        Self { old: side(old), new: side(new), answers: RefCell::default() }
    }

    /// Both verdicts for a change that asks these questions; one that asks none changes nothing. What
    /// one version alone has a type for, the other does not read.
    pub(crate) fn wire(&self, questions: &[Question], alone: Option<Alone>) -> Wire {
        let mut whole = Wire { old_reads_new: Reading::Holds, new_reads_old: Reading::Holds };
        match alone {
            Some(Alone::Old(id)) => whole.new_reads_old = self.old.unread(id),
            Some(Alone::New(id)) => whole.old_reads_new = self.new.unread(id),
            None => {}
        }
        for question in questions {
            let one = self.answer(question);
            whole.old_reads_new = graver(whole.old_reads_new, one.old_reads_new);
            whole.new_reads_old = graver(whole.new_reads_old, one.new_reads_old);
        }
        whole
    }

    /// Whether two types are read alike both ways, as far as their structure tells.
    pub(crate) fn is_same(&self, old: DefinitionId, new: DefinitionId) -> bool {
        Reads::new(self.old.definitions, self.new.definitions).focused(old, new, &Focus::All)
            && Reads::new(self.new.definitions, self.old.definitions).focused(new, old, &Focus::All)
    }

    /// Whether the old type reads all values of the new one, as far as their structure tells.
    pub(crate) fn is_widened(&self, old: &Type, new: &Type) -> bool {
        Reads::new(self.new.definitions, self.old.definitions).whole(new, old)
    }

    /// Whether the new type has fewer values than the old one, as far as their structure tells.
    pub(crate) fn is_narrowed(&self, old: &Type, new: &Type) -> bool {
        Reads::new(self.old.definitions, self.new.definitions).whole(old, new)
    }

    fn answer(&self, question: &Question) -> Wire {
        if let Some(known) = self.answers.borrow().get(question) {
            return known.clone();
        }
        let Question { old, new, focus } = question;
        let wire = Wire {
            old_reads_new: self.old.reads(*old, &self.new, *new, focus),
            new_reads_old: self.new.reads(*new, &self.old, *old, focus),
        };
        self.answers.borrow_mut().insert(question.clone(), wire.clone());
        wire
    }
}

/// The one of two verdicts that weighs more.
fn graver(one: Reading, other: Reading) -> Reading {
    let weight = |reading: &Reading| match reading {
        Reading::Fails { document: Some(_), .. } => 3,
        Reading::Fails { document: None, .. } => 2,
        Reading::Undecided => 1,
        Reading::Holds => 0,
    };
    if weight(&other) > weight(&one) { other } else { one }
}

impl Side<'_> {
    /// Whether a change is about properties that a type of this side does not list.
    fn is_unlisted(&self, id: DefinitionId, focus: &Focus) -> bool {
        let Some(Shape::Struct(object)) = self.definitions.get(id).map(|definition| &definition.shape) else {
            return false;
        };
        match focus {
            Focus::All => false,
            Focus::Property(name) => !object.properties.iter().any(|property| property.wire == *name),
            Focus::Others => true,
        }
    }

    /// Whether a definition of this side reads what the schema of the other side allows.
    fn reads(&self, id: DefinitionId, writer: &Side<'_>, written: DefinitionId, focus: &Focus) -> Reading {
        if Reads::new(self.definitions, writer.definitions).focused(id, written, focus) {
            return Reading::Holds;
        }
        let mut language = Language::new(self.definitions, writer.schemas.dialect());
        let mut schemas = serde_json::Map::new();
        let read = language.focused(id, focus, &mut schemas);
        let read = writer.schemas.standalone(vec![read], schemas);
        let Some(document) = writer.written(written) else { return Reading::Undecided };
        let is_unlisted = writer.is_unlisted(written, focus);
        let fails = |document: Option<Value>| {
            let unlisted = is_unlisted && document.as_ref().is_none_or(|document| focus.is_in(document));
            Reading::Fails { document, unlisted }
        };
        let Some(reader) = Reader::new(&read) else { return Reading::Undecided };
        if let Some(document) = reader.refused_changed(&document, focus) {
            return fails(Some(document));
        }
        let covered = if language.is_open { None } else { document.is_covered(&read) };
        if covered == Some(true) {
            return Reading::Holds;
        }
        match (reader.refused(&document), covered) {
            (None, None | Some(true)) => Reading::Undecided,
            (document, _) => fails(document),
        }
    }

    /// The verdict on a type that the other version has none for, with its smallest document.
    fn unread(&self, id: DefinitionId) -> Reading {
        let smallest = |written: Rc<Written>| {
            let document = written.sample.instances().next()?;
            Some(written.sample.minimize(document, |_| true))
        };
        Reading::Fails { document: self.written(id).and_then(smallest), unlisted: false }
    }

    /// What the schema allows for a type.
    fn written(&self, id: DefinitionId) -> Option<Rc<Written>> {
        let mut known = self.written.borrow_mut();
        known.entry(id).or_insert_with(|| Written::new(self, id).map(Rc::new)).clone()
    }
}
