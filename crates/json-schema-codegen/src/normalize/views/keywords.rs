//! Reads the keywords of a property's schema that say how the methods of a view read its values: `x-read-as` and
//! `format`.

use serde_json::Value;

use crate::location::Location;
use crate::normalize::notes::Notes;
use crate::normalize::views::ViewType;
use crate::resolve::Resolved;

/// The keyword with the type that values of a property are read as, also if they are texts: `x-read-as: integer`.
const READ_AS_KEYWORD: &str = "x-read-as";

/// The `format` of texts that are times, as in RFC 3339.
const TIME_FORMAT: &str = "date-time";

/// Most references that are followed from a property to find a keyword.
const MAX_FOLLOWED_REFERENCES: usize = 64;

/// Returns the type that `x-read-as` names in the schema at `location`, or in the schemas that it refers to; `None` if
/// there is no such keyword. Notes a value of it that is not a type.
pub(super) fn find_read_as_type(resolved: &Resolved, location: &Location, notes: &mut Notes) -> Option<ViewType> {
    let (at, value) = find_keyword(resolved, location, READ_AS_KEYWORD)?;
    let ty = match value.as_str() {
        Some("integer") => Some(ViewType::Integer),
        Some("number") => Some(ViewType::Number),
        Some("boolean") => Some(ViewType::Boolean),
        _ => None,
    };
    if ty.is_none() {
        let text = format!("`{READ_AS_KEYWORD}` has no effect: it is neither `integer`, `number` nor `boolean`");
        notes.unknown_keywords.insert(at.clone(), text);
    }
    ty
}

/// Checks whether the schema at `location` has `format: date-time`. If it has no `format`, that of the schema that it
/// refers to counts.
pub(super) fn has_time_format(resolved: &Resolved, location: &Location) -> bool {
    find_keyword(resolved, location, "format").is_some_and(|(_, format)| format == TIME_FORMAT)
}

/// Finds `keyword` in the schema at `location`, else in the schemas that it refers to one after another. Returns
/// (location of the schema that has the keyword, value of the keyword).
fn find_keyword<'a>(
    resolved: &'a Resolved,
    location: &'a Location,
    keyword: &str,
) -> Option<(&'a Location, &'a Value)> {
    let mut at = location;
    for _ in 0..MAX_FOLLOWED_REFERENCES {
        if let Some(value) = resolved.find_value(at).and_then(|schema| schema.get(keyword)) {
            return Some((at, value));
        }
        at = resolved.find_target(at)?;
    }
    None
}
