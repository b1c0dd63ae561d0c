//! Defines the comparisons that all benches measure (ratios, allocations, instructions, criterion).

use lab::events::UnlistedShares;

use crate::comparison::TaskComparison;
use crate::pages::{make_byte_reader_variants, make_text_reader_variants, make_writer_variants};
use crate::streams::{make_broken_event_variants, make_single_event_variants};
use crate::views::make_view_variants;

/// The number of events in a page: the most that the API returns.
pub const EVENTS_PER_PAGE: usize = 1_000;

/// A share of five unlisted properties for each event.
const FIVE_UNLISTED_PROPERTIES: UnlistedShares = UnlistedShares { unlisted_properties: 5, unlisted_resources: 0 };

/// A share of 5 % of the events with a resource that the schema does not list.
const FIVE_PERCENT_UNLISTED_RESOURCES: UnlistedShares =
    UnlistedShares { unlisted_properties: 0, unlisted_resources: 5 };

/// Returns all comparisons.
#[must_use]
pub fn list_all_comparisons() -> Vec<TaskComparison> {
    [list_parse_comparisons(), list_serialize_comparisons(), list_reader_comparisons(), list_view_comparisons()]
        .into_iter()
        .flatten()
        .collect()
}

/// Returns the comparisons of reading a page.
#[must_use]
pub fn list_parse_comparisons() -> Vec<TaskComparison> {
    vec![
        TaskComparison {
            name: "parse",
            make: |events| make_text_reader_variants(events, UnlistedShares::default(), 1.00),
        },
        TaskComparison {
            name: "parse, five unlisted properties per event",
            make: |events| make_text_reader_variants(events, FIVE_UNLISTED_PROPERTIES, 1.10),
        },
        TaskComparison {
            name: "parse, 5 % of unlisted resources",
            make: |events| make_text_reader_variants(events, FIVE_PERCENT_UNLISTED_RESOURCES, 1.00),
        },
        TaskComparison {
            name: "parse bytes",
            make: |events| make_byte_reader_variants(events, UnlistedShares::default()),
        },
        TaskComparison {
            name: "parse bytes, five unlisted properties per event",
            make: |events| make_byte_reader_variants(events, FIVE_UNLISTED_PROPERTIES),
        },
    ]
}

/// Returns the comparisons of writing a page.
#[must_use]
pub fn list_serialize_comparisons() -> Vec<TaskComparison> {
    vec![
        TaskComparison {
            name: "serialize",
            make: |events| make_writer_variants(events, UnlistedShares::default(), 1.00),
        },
        TaskComparison {
            name: "serialize, five unlisted properties per event",
            make: |events| make_writer_variants(events, FIVE_UNLISTED_PROPERTIES, 1.15),
        },
    ]
}

/// Returns the comparisons of reading events from a stream.
#[must_use]
pub fn list_reader_comparisons() -> Vec<TaskComparison> {
    vec![
        TaskComparison { name: "events one by one, dropped at once", make: make_single_event_variants },
        TaskComparison { name: "events of a page that are broken, dropped at once", make: make_broken_event_variants },
    ]
}

/// Returns the comparisons of reading properties through views.
#[must_use]
pub fn list_view_comparisons() -> Vec<TaskComparison> {
    vec![TaskComparison { name: "view, events as they come", make: make_view_variants }]
}
