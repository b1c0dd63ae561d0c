//! Names the methods of views that return the time that a text is.

use crate::normalize::names::Taken;
use crate::normalize::notes::Notes;
use crate::normalize::views::convert::METHODS;
use crate::normalize::views::{ViewType, Views, keywords};
use crate::resolve::Resolved;

/// Gives each method that returns a text with the format of a time a second method, which returns the time: `created` gets
/// `created_timestamp`, and `type_` gets `type_timestamp`. Notes the methods whose names are taken by methods of properties.
pub(super) fn name_methods(views: &mut Views, resolved: &Resolved, notes: &mut Notes) {
    for view in &mut views.all {
        let mut methods = Taken::with(METHODS);
        view.accessors.iter().for_each(|accessor| methods.take(&accessor.method));
        let texts = view.accessors.iter_mut().filter(|accessor| accessor.ty == ViewType::Text);
        for accessor in texts.filter(|accessor| keywords::is_time(resolved, &accessor.location)) {
            accessor.timestamp = Some(methods.unique(&format!("{}_timestamp", accessor.method.trim_end_matches('_'))));
        }
        notes.rename(&view.location, "method", methods.changed());
    }
}
