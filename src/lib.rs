//! Reads [Webex events](https://developer.webex.com/docs/api/v1/events): the messages, memberships, meetings and calls
//! that the events API reports. The types are generated from the JSON Schema that Webex publishes.
//!
//! ```no_run
//! use webex_event::{EventReader, EventView};
//!
//! // Pages of the API, single events, or one event per line.
//! for event in EventReader::new(std::io::stdin().lock()) {
//!     match event {
//!         Ok(event) => match event.view() {
//!             EventView::Message(message) => {
//!                 println!("{:?} wrote {:?}", message.person_email(), message.text())
//!             }
//!             EventView::Membership(member) => {
//!                 println!("{:?} is in {:?}", member.person_email(), member.room_id())
//!             }
//!             _ => println!("{} {}", event.resource, event.type_),
//!         },
//!         // items[3].actorId: expected a string, found 7 (line 1, column 2041)
//!         Err(error) => eprintln!("event {}: {error}", error.number()),
//!     }
//! }
//! ```
//!
//! For a broken event, an [`EventReader`] returns an error that says what is wrong and where, and continues with the
//! next event. [`choosing`] says when to use an [`EventPage`], an [`EventReader`], an [`EventDecoder`] or
//! [`next_raw`](EventReader::next_raw). The [`recipes`] are short programs to copy: times, filters, syslog, two cores,
//! async.
//!
//! # Views
//!
//! The properties of `data` depend on the resource that the event is about. [`Event::view`] returns an [`EventView`],
//! an enum with a variant for each resource, which holds a view of `data`: a [`Message`], a [`Membership`], a
//! [`CallRecord`]. A view has a method for each property that events of this resource have. It looks into the event and
//! copies nothing, so there is nothing to write back, and a change is made in the event itself.
//!
//! - A text is an `Option<&str>`, an object is a view again, and a list is an iterator: `message.attachments()`.
//! - A value of another type than the schema's is `None`, or is left out of a list. The method `get` of the view returns
//!   each property by its JSON name, whether the schema lists it or not, and whether it fits or not.
//! - [`CallRecord::call_duration_seconds`] and other numbers and booleans that services also send as texts are read from
//!   both: `192` and `"192"`, `true` and `"yes"`.
//! - A resource that the schema does not list is the variant `Other`, with the whole `data`.
//!
//! # Changing an event
//!
//! Set the fields of the event and of [`Event::data`](EventData). All other properties are written back as they came:
//!
//! ```
//! use webex_event::Event;
//!
//! let text = r#"{
//!     "id": "event-1", "resource": "messages", "type": "created",
//!     "actorId": "person-1", "created": "2026-10-05T09:15:00.250Z",
//!     "data": {"roomId": "room-1", "text": "Hello", "mood": "good"}
//! }"#;
//! let mut event: Event = webex_event::from_str(text)?;
//! event.data.room_id = Some("room-2".to_owned());
//! // `mood` is written too, although the schema does not list it.
//! let json = serde_json::to_string(&event)?;
//! # assert!(json.contains("room-2") && json.contains(r#""mood":"good""#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Event::unlisted`] returns the properties and values of an event that the schema does not list. [`Event::get`]
//! finds a property by its JSON name whether the schema lists it or not, so that an update of the schema hides nothing
//! from a program; [`Event::for_each_text`] and [`Event::redact`] reach all texts.
//!
//! # What the types promise
//!
//! - They read everything that the schema accepts. The violation of a pattern, length, bound or format never
//!   makes reading fail.
//! - They write back everything that they have read: properties that the schema does not list (in `extra`), an
//!   explicit `null`, an empty list or object, and the text of a time. [`lossless`] lists the exceptions.
//! - An enum also holds a value that the schema does not list, so that new values do not make reading fail.
//!
//! All types are `#[non_exhaustive]`: build them with `new` or `default`, then set fields. So programs still
//! compile when Webex adds a property to the schema.
//!
//! # Features
//!
//! - `codegen`, on by default: the build generates the types from `schema/`. Without it, the build
//!   uses the checked-in copy of the same types, and no proc macro is compiled.
//! - `jiff`: adds methods to the views that return texts as times: `message.created()` is an `Option<&str>`, and
//!   `message.created_timestamp()` an `Option<jiff::Timestamp>`, which is `None` if the text is not a time.
//! - `schemars`: implements `schemars::JsonSchema` for the types and the views. The schema of `EventView` is that of events
//!   whose `data` fits its view.
//! - `validate`: adds `validate` and `Event::validate`, which check against the schema itself, strictly, and
//!   return all violations; `validate_with_views` and `Event::validate_with_views` check `data` against the schema of its
//!   view too.
//!
//! The crate always turns on serde_json's feature `float_roundtrip`, so that floating-point numbers are written
//! back without any change. Cargo unites features, so it is on in the whole program that uses this crate.

#[allow(clippy::too_many_lines)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/event.rs"));

    #[cfg(feature = "jiff")]
    include!(concat!(env!("OUT_DIR"), "/event_jiff.rs"));

    #[cfg(feature = "schemars")]
    include!(concat!(env!("OUT_DIR"), "/event_schemars.rs"));

    // Errors write paths and values in the same form as `Unlisted`.
    pub(crate) use self::runtime::{escape_hidden, push_property_name};
}

mod checkpoint;
#[doc = include_str!("choosing.md")]
pub mod choosing {}
mod decoder;
mod error;
mod framing;
mod locate;
#[doc = include_str!("lossless.md")]
pub mod lossless {}
mod parse;
mod raw;
mod reader;
// `crates/lab` runs the recipes as doctests, because they use libraries that this crate does not depend on.
#[cfg_attr(not(doctest), doc = include_str!("recipes.md"))]
pub mod recipes {}
#[cfg(feature = "validate")]
mod validate;
mod window;

pub use checkpoint::Checkpoint;
pub use decoder::EventDecoder;
pub use error::{EventError, EventErrorKind};
pub use generated::*;
pub use parse::{from_slice, from_str};
pub use raw::RawEvent;
pub use reader::EventReader;
#[cfg(feature = "validate")]
pub use validate::{EVENT_SCHEMA, Violation, Violations, validate, validate_with_views};
