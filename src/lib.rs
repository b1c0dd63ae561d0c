//! Types of Webex events.

#[allow(clippy::too_many_lines)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/event.rs"));
}

pub use generated::*;
