//! What the features of this crate are for.

use crate::bundle::Bundle;
use crate::diagnostic::{Errors, Findings, Kind};
use crate::normalize::keywords::Keywords;

/// Without the feature `patterns` a schema would get other types than with it, so it is refused.
pub(super) fn check(bundle: &Bundle) -> Result<(), Errors> {
    let mut findings = Findings::default();
    let schemas = bundle.schemas().filter(|_| !cfg!(feature = "patterns"));
    for (_, place) in schemas.filter_map(|place| Keywords::at(bundle, place)?.patterns().next()) {
        let message = "types for `patternProperties` need the feature `patterns` of json-schema-codegen";
        let help = "switch it on where Cargo.toml names json-schema-codegen";
        findings.push(bundle.diagnostic(Kind::MissingFeature, &place, message).help(help));
    }
    findings.or(())
}
