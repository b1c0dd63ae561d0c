//! The types of the configuration file, generated from `schema/configuration.json` at build time, and a function that reads
//! it.

use std::collections::HashSet;

include!(concat!(env!("OUT_DIR"), "/types.rs"));

/// Reads a configuration from the text of a JSON file.
///
/// # Errors
/// The text is not JSON, or the schema does not allow it: the error says the property and the line. Two routes are equal.
pub fn read(text: &str) -> Result<Configuration, String> {
    let configuration: Configuration = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut seen = HashSet::new();
    match configuration.routes.iter().find(|route| !seen.insert(*route)) {
        Some(route) => Err(format!("routes: the route for {} is there twice", route.prefix)),
        None => Ok(configuration),
    }
}
