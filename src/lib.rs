//! Types of Webex events.

#[allow(clippy::too_many_lines)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/event.rs"));

    #[cfg(feature = "schemars")]
    include!(concat!(env!("OUT_DIR"), "/event_schemars.rs"));
}

pub use generated::*;
