//! What the generated impls share. The generator writes out the items that are used; they are
//! compiled here too, so that equality and patterns are the same while a schema is read.
//!
//! The files are taken in as text, since they are one module in the output.
#![allow(dead_code, unused_imports, unused_macros)]

include!("runtime/properties.rs");
include!("runtime/objects.rs");
include!("runtime/presence.rs");
include!("runtime/kept_properties.rs");
include!("runtime/enums.rs");
include!("runtime/json_enums.rs");
include!("runtime/closed_enums.rs");
include!("runtime/closed_json_enums.rs");
include!("runtime/values.rs");
include!("runtime/numbers.rs");
include!("runtime/builders.rs");
include!("runtime/unions.rs");
include!("runtime/value_reader.rs");
include!("runtime/candidates.rs");
include!("runtime/others.rs");
include!("runtime/plain_objects.rs");
include!("runtime/map_types.rs");
include!("runtime/patterns.rs");
include!("runtime/assertion.rs");
include!("runtime/assertion_bounds.rs");
include!("runtime/assertion_checker.rs");
include!("runtime/assertions.rs");
include!("runtime/checked_values.rs");
include!("runtime/checked_texts.rs");
include!("runtime/narrow_integers.rs");
include!("runtime/inspect.rs");
include!("runtime/lenient.rs");
include!("runtime/lenient_reading.rs");
include!("runtime/lenient_objects.rs");
include!("runtime/lenient_presence.rs");
include!("runtime/lenient_types.rs");
include!("runtime/lenient_tables.rs");
include!("runtime/any.rs");
include!("runtime/access.rs");
include!("runtime/access_methods.rs");
include!("runtime/access_fields.rs");
include!("runtime/access_kept.rs");
include!("runtime/access_wrappers.rs");
include!("runtime/access_types.rs");
include!("runtime/views.rs");
include!("runtime/view_values.rs");
include!("runtime/found_values.rs");
include!("runtime/view_unlisted.rs");
