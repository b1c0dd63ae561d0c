//! Looks for a document that one schema allows and other types refuse.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::changes::wire::written::Written;
use crate::changes::wire::{DOCUMENTS, Focus};

/// How many documents are changed at the place that a change is about.
const CHANGED: usize = 10;

/// Types that read.
pub(super) struct Reader<'a> {
    read: &'a Value,
    validator: Validator,
}

impl<'a> Reader<'a> {
    pub(super) fn new(read: &'a Value) -> Option<Self> {
        let validator = jsonschema::options().offline().build(read).ok()?;
        Some(Self { read, validator })
    }

    /// A document that is written and not read, as small as it can be: one with another value at the
    /// place that a change is about.
    pub(super) fn refused_changed(&self, written: &Written, focus: &Focus) -> Option<Value> {
        let documents = written.sample.instances().take(CHANGED);
        self.find(written, documents.flat_map(|document| changed(&document, focus)))
    }

    /// A document that is written and not read, as small as it can be: of those that the algebra of
    /// schemas gives, and of any.
    pub(super) fn refused(&self, written: &Written) -> Option<Value> {
        let beyond = self.find(written, written.beyond(self.read).into_iter());
        beyond.or_else(|| self.find(written, written.sample.instances().take(DOCUMENTS)))
    }

    fn find(&self, written: &Written, mut documents: impl Iterator<Item = Value>) -> Option<Value> {
        let is_refused = |document: &Value| !self.validator.is_valid(document);
        let found = documents.find(|document| is_refused(document) && written.sample.accepts(document))?;
        Some(written.sample.minimize(found, is_refused))
    }
}

/// The document with each sort of value, and none, at the place that a change is about.
fn changed(document: &Value, focus: &Focus) -> Vec<Value> {
    let plain = [json!(null), json!(false), json!(0), json!(0.5), json!(""), json!([]), json!({})];
    let nested = plain.iter().flat_map(|value| [json!([value]), json!({ "name": value })]);
    let values: Vec<Value> = plain.iter().cloned().chain(nested).collect();
    let name = match focus {
        Focus::All => return values.into_iter().chain([document.clone()]).collect(),
        Focus::Property(name) => name.as_str(),
        Focus::Others => "other",
    };
    let Value::Object(object) = document else { return Vec::new() };
    let mut without = object.clone();
    without.shift_remove(name);
    let with = values.into_iter().map(|value| {
        let mut with = object.clone();
        with.insert(name.to_owned(), value);
        with
    });
    let all: Vec<_> = with.collect();
    all.into_iter().chain([without, object.clone()]).map(Value::Object).collect()
}
