//! Types of [Webex events](https://developer.webex.com/docs/api/v1/events), generated from the
//! published JSON Schema.
//!
//! Read a page, as `GET /v1/events` returns it, as an [`EventPage`]; read a single event as an
//! [`Event`].
//!
//! ```
//! use webex_event::{Event, EventResource};
//!
//! let mut event: Event = serde_json::from_str(
//!     r#"{
//!         "id": "event-1",
//!         "resource": "messages",
//!         "type": "created",
//!         "actorId": "person-1",
//!         "created": "2026-10-05T09:15:00.250Z",
//!         "data": { "roomId": "room-1", "text": "The draft is ready.", "parentId": "message-0" }
//!     }"#,
//! )?;
//! assert_eq!(event.resource, EventResource::Messages);
//! assert_eq!(event.data.text.as_deref(), Some("The draft is ready."));
//!
//! event.data.text = None;
//! let json = serde_json::to_string(&event)?; // all else is there, `parentId` too
//! # assert!(!json.contains("The draft is ready.") && json.contains(r#""parentId":"message-0""#));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # What the types promise
//!
//! - What the schema accepts, they read. A pattern, length, bound or format never fails a parse.
//! - What they read, they write back: properties that the schema does not list (in `extra`), an
//!   explicit `null`, an empty list or object, and the text of a time.
//! - An enum holds a value that the schema does not list, so that a new one stops no reader.
//!
//! All types are `#[non_exhaustive]`: build them with `new` or `default`, then set fields; a
//! property that upstream adds breaks no program.
//!
//! # Features
//!
//! - `codegen`, on by default: the build generates the types from `schema/`. Without it, the build
//!   uses the checked-in copy of the same types, and no proc macro is compiled.
//! - `schemars`: `schemars::JsonSchema` for the types.

#[allow(clippy::too_many_lines)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/event.rs"));

    #[cfg(feature = "schemars")]
    include!(concat!(env!("OUT_DIR"), "/event_schemars.rs"));
}

pub use generated::*;
