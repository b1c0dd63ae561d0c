//! Types of the schemas in `schema/`, generated at build time.

include!(concat!(env!("OUT_DIR"), "/types.rs"));
