//! The types of the configuration file, generated from `schema/configuration.json` at build time, and a function that
//! reads it.

use std::collections::HashSet;

include!(concat!(env!("OUT_DIR"), "/types.rs"));

/// Reads a configuration from the text of a JSON file.
///
/// # Errors
/// If the text is not JSON, if the schema does not allow it, or if two routes are equal. The message names the
/// property, and for the first two errors the line.
pub fn read(text: &str) -> Result<Configuration, String> {
    let configuration: Configuration = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut seen = HashSet::new();
    match configuration.routes.iter().find(|route| !seen.insert(*route)) {
        Some(route) => Err(format!("routes: the route for {} is there twice", route.prefix)),
        None => Ok(configuration),
    }
}
