//! What one schema changes over another: for those who depend on the types, and for documents.
//!
//! The line: both outputs → which type is which ([`pairs`]) → what has changed ([`kinds`]) → what
//! differs in the public items ([`api`], [`differences`]) and on the wire ([`wire`]) → the report.

mod api;
mod differences;
mod judge;
mod kinds;
mod pairs;
mod report;
mod shown;
mod tables;
mod wire;

use std::cmp::Ordering;

pub use report::{Change, Changes, Level, Reading, Rust, Step, Summary, Verdict, Wire};

use crate::diagnostic::Errors;
use crate::generate::Generated;

use api::Api;
use judge::Judge;
use pairs::Pairs;
use wire::Decider;

/// What `new` changes over `old`. Pure: the same input gives the same report.
///
/// The Rust verdicts are those of a crate that depends on the types, so that settings and
/// corrections count as far as they change the output. The verdicts on the wire say whether the types
/// of one version read what the schema of the other allows.
///
/// # Errors
/// None but faults of the generator itself.
///
/// # Examples
/// ```
/// use json_schema_codegen::{Documents, Level, Settings, changes, generate};
///
/// let types = |schema: &str| generate(Documents::from_texts("", [("point.json", schema)])?, &Settings::default());
/// let old = types(r#"{"type": "object", "properties": {"x": {"type": "number"}}}"#)?;
/// let new = types(r#"{"type": "object", "properties": {"x": {"type": "string"}}}"#)?;
/// let changes = changes(&old, &new)?;
/// assert_eq!(changes.changes[0].id, "property_type_changed:Point.x");
/// assert_eq!(changes.summary.step.from_1_0, Level::Major);
/// # Ok::<(), json_schema_codegen::Errors>(())
/// ```
pub fn changes(old: &Generated, new: &Generated) -> Result<Changes, Errors> {
    let decider = Decider::new(old, new);
    let pairs = Pairs::new(old, new, &decider);
    let renamed = pairs.renamed();
    let (was, is) = (Api::read(old.types(), &renamed)?, Api::read(new.types(), &Default::default())?);
    let differences = differences::differences(&was, &is, &renamed);
    let mut changes = Judge::new(&pairs, differences).changes(kinds::findings(&pairs));
    changes.sort_by(by_gravity);
    Ok(Changes { summary: Summary::of(&changes), changes })
}

/// What breaks first, then by type; what is found of one type stays in its order.
fn by_gravity(one: &Change, other: &Change) -> Ordering {
    (one.rust.verdict, &one.owner).cmp(&(other.rust.verdict, &other.owner))
}
