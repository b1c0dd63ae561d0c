//! Names the methods of views that return the time that a text is.

use crate::normalize::notes::Notes;
use crate::normalize::taken_names::TakenNames;
use crate::normalize::views::convert::RESERVED_VIEW_METHODS;
use crate::normalize::views::{ViewType, Views, keywords};
use crate::resolve::Resolved;

/// Gives each method that returns a text with the format of a time a second method, which returns the time. Notes the
/// second methods that get another name than that of [`name_time_method`], which the method of a property has.
pub(super) fn assign_time_methods(views: &mut Views, resolved: &Resolved, notes: &mut Notes) {
    for view in &mut views.all {
        let mut methods = TakenNames::from_names(RESERVED_VIEW_METHODS);
        view.accessors.iter().for_each(|accessor| methods.mark_taken(&accessor.method));
        let texts = view.accessors.iter_mut().filter(|accessor| accessor.ty == ViewType::Text);
        for accessor in texts.filter(|accessor| keywords::has_time_format(resolved, &accessor.location)) {
            accessor.timestamp = Some(methods.take_unique_name(&name_time_method(&accessor.method)));
        }
        notes.note_changed_names(&view.location, "method", methods.drain_changed_names());
    }
}

/// Returns the name of the method that returns the time for the name of the method that returns the text: `created`
/// becomes `created_timestamp`, `type_` becomes `type_timestamp`, `start_time` becomes `start_timestamp`, and `time`
/// becomes `timestamp`.
fn name_time_method(method: &str) -> String {
    let stem = method.trim_end_matches('_');
    match stem.strip_suffix("time") {
        Some(start) if start.is_empty() || start.ends_with('_') => format!("{start}timestamp"),
        _ => format!("{stem}_timestamp"),
    }
}
