//! Reports the differences between two versions of a schema, and what each means for Rust code that uses the generated
//! types and for reading the instances of the other version.
//!
//! The stages: `pairs` matches the types of the two versions; `kinds` finds the changes in the schema; `api` and
//! `differences` compare the public Rust items; `wire` decides whether each version reads the instances of the
//! other; `change_builder` joins these into the changes of the `report`, which `causes` groups.

mod api;
mod behavior;
mod causes;
mod change_builder;
mod change_kind;
mod difference;
mod differences;
mod kinds;
mod pairs;
mod question;
mod report;
mod shown;
mod similarity;
mod tables;
mod type_part;
mod validation;
mod view_pairs;
mod wire;

use std::cmp::Ordering;

pub use change_kind::ChangeKind;
pub use report::{
    ApiImpact, Bump, Cause, Change, Changes, Compatibility, Keeper, Reason, RequiredBump, Summary, Verdict, WireImpact,
};
pub use shown::format_json;
pub use validation::Validation;

use crate::diagnostic::Errors;
use crate::generate::Generated;

use api::PublicApi;
use change_builder::ChangeBuilder;
use pairs::DefinitionPairs;
use wire::ReadingDecider;

/// Returns the changes from `old` to `new`, the most serious first. The same input always gives the same report.
///
/// The verdict on Rust says whether a change can break a crate that uses the generated types. Settings and corrections
/// therefore matter where they change the types. The verdicts on reading say whether the types of one version read
/// every instance that the schema of the other version allows.
///
/// # Errors
/// Only if the generated types are not valid Rust, which is a fault of the generator.
///
/// # Examples
/// ```
/// use json_schema_codegen::{Documents, Settings, generate};
/// use json_schema_codegen::changes::{self, Bump};
///
/// let types = |schema: &str| generate(Documents::from_texts("", [("point.json", schema)])?, &Settings::default());
/// let old = types(r#"{"type": "object", "properties": {"x": {"type": "number"}}}"#)?;
/// let new = types(r#"{"type": "object", "properties": {"x": {"type": "string"}}}"#)?;
/// let changes = changes::compare(&old, &new)?;
/// assert_eq!(changes.changes[0].id, "property_type_changed:Point.x");
/// assert_eq!(changes.summary.step.from_1_0, Bump::Major);
/// # Ok::<(), json_schema_codegen::Errors>(())
/// ```
pub fn compare(old: &Generated, new: &Generated) -> Result<Changes, Errors> {
    let pairs = DefinitionPairs::match_definitions(old, new);
    let decider = ReadingDecider::new(old, new, &pairs.matched);
    let renamed = pairs.collect_renamed_types();
    let (old_api, new_api) = (
        PublicApi::parse_generated_code(old.types(), &renamed)?,
        PublicApi::parse_generated_code(new.types(), &Default::default())?,
    );
    let differences = differences::find_differences(&old_api, &new_api, &renamed);
    let mut changes =
        ChangeBuilder::new(&pairs, &decider, differences).build_changes(kinds::find_schema_changes(&pairs));
    changes.sort_by(compare_by_verdict);
    let causes = causes::group_changes_by_cause(&changes, &renamed);
    Ok(Changes { summary: Summary::from_changes(&changes), causes, changes })
}

/// Orders two changes by their verdict on Rust (breaking, additive, none), then by the Rust name of their type. Other
/// changes are equal, so that a stable sort keeps their order.
fn compare_by_verdict(a: &Change, b: &Change) -> Ordering {
    (a.rust.verdict, &a.owner).cmp(&(b.rust.verdict, &b.owner))
}
