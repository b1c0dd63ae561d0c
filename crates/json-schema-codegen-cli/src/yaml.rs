//! Reads schemas in YAML: converts them to JSON, and records the position of each value in the YAML.

use json_schema_codegen::format::{Converted, Format, SyntaxError};
use json_schema_codegen::{Loader, Position};
use saphyr::{MarkedYaml, Marker, Scalar, ScanError, YamlData, YamlLoader};
use saphyr_parser::{Parser, ScalarStyle};
use serde_json::{Number, Value};

/// The format of the files `*.yaml` and `*.yml`, which contain YAML 1.2.
pub const YAML_FORMAT: Format = Format::new(&["yaml", "yml"], convert_yaml_to_json);

/// Most levels of nesting in a YAML document; `serde_json` has the same limit.
const MAX_YAML_DEPTH: usize = 128;

/// Creates a loader that reads schemas in JSON and in YAML.
pub fn new_schema_loader() -> Loader {
    Loader::default().format(YAML_FORMAT)
}

/// Converts a YAML text to JSON, and records the position of each value in the YAML.
///
/// # Errors
/// If the text is not YAML, if it does not have exactly one YAML document, or if it has something that JSON does not
/// have: a key that is a list or map, a number such as `.inf`, a merge key.
fn convert_yaml_to_json(text: &str) -> Result<Converted, SyntaxError> {
    let mut documents = parse_yaml_documents(text).map_err(|error| not_yaml_error(error.marker(), error.info()))?;
    let document = match (documents.pop(), documents.pop()) {
        (Some(only), None) => only,
        (Some(second), Some(_)) => {
            return Err(syntax_error_at(&second.span.start, "this file has more than one YAML document"));
        }
        (None, _) => return Err(syntax_error_at(&Marker::default(), "this file has no YAML document")),
    };
    let mut converted = Converted::default();
    write_node_as_json(&document, "", MAX_YAML_DEPTH, &mut converted)?;
    Ok(converted)
}

/// Parses the YAML documents in `text`. Scalars keep their spelling, such as `1.50`.
fn parse_yaml_documents(text: &str) -> Result<Vec<MarkedYaml<'_>>, ScanError> {
    let mut loader = YamlLoader::<MarkedYaml<'_>>::default();
    loader.early_parse(false);
    Parser::new_from_str(text).load(&mut loader, true)?;
    match loader.error() {
        Some(error) => Err(error.clone()),
        None => Ok(loader.into_documents()),
    }
}

/// Appends the JSON of `node` and its position to `out`. `pointer` is the JSON pointer of `node`. A number keeps its
/// spelling if that is valid JSON. `levels_left` is the number of levels of nesting that are still allowed; at 0, this
/// is an error.
fn write_node_as_json(
    node: &MarkedYaml<'_>,
    pointer: &str,
    levels_left: usize,
    out: &mut Converted,
) -> Result<(), SyntaxError> {
    let start = &node.span.start;
    out.positions.insert(pointer.to_owned(), convert_position(start));
    let levels_left = levels_left.checked_sub(1).ok_or_else(|| syntax_error_at(start, "this is nested too deeply"))?;
    match &node.data {
        YamlData::Representation(text, style, tag) => {
            let is_number = *style == ScalarStyle::Plain && tag.is_none() && text.parse::<Number>().is_ok();
            if is_number {
                out.json += text;
                return Ok(());
            }
            let scalar = Scalar::parse_from_cow_and_metadata(text.clone(), *style, tag.as_ref());
            let scalar = scalar
                .and_then(convert_scalar_to_json)
                .ok_or_else(|| syntax_error_at(start, &format!("JSON has no value like `{text}`")));
            out.json += &scalar?.to_string();
        }
        YamlData::Sequence(items) => {
            out.json.push('[');
            for (index, item) in items.iter().enumerate() {
                write_separating_comma(index, out);
                write_node_as_json(item, &format!("{pointer}/{index}"), levels_left, out)?;
            }
            out.json.push(']');
        }
        YamlData::Mapping(entries) => {
            out.json.push('{');
            for (index, (key, entry)) in entries.iter().enumerate() {
                write_separating_comma(index, out);
                let name = key_to_property_name(key)?;
                out.json += &format!("{}:", Value::from(name.as_str()));
                let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                write_node_as_json(entry, &pointer, levels_left, out)?;
            }
            out.json.push('}');
        }
        YamlData::Tagged(tag, inner) if tag.is_yaml_core_schema() => {
            write_node_as_json(inner, pointer, levels_left + 1, out)?
        }
        _ => return Err(syntax_error_at(start, "JSON has no value like this")),
    }
    Ok(())
}

/// Appends a comma to `out`, unless `index`, the index of the next child, is 0.
fn write_separating_comma(index: usize, out: &mut Converted) {
    if index > 0 {
        out.json.push(',');
    }
}

/// Returns the property name in JSON for a YAML key: the key as it is written, for example `200`. A merge key (`<<`), a
/// list and a map are errors.
fn key_to_property_name(key: &MarkedYaml<'_>) -> Result<String, SyntaxError> {
    match &key.data {
        YamlData::Representation(text, ScalarStyle::Plain, _) if text == "<<" => {
            Err(syntax_error_at(&key.span.start, "`<<` is a merge key of YAML 1.1, which YAML 1.2 does not have"))
        }
        YamlData::Representation(text, ..) => Ok(text.to_string()),
        _ => Err(syntax_error_at(&key.span.start, "JSON has no key that is a list or a map")),
    }
}

/// Converts a YAML scalar to a JSON value; `None` for `.inf` and `.nan`.
fn convert_scalar_to_json(scalar: Scalar<'_>) -> Option<Value> {
    match scalar {
        Scalar::Null => Some(Value::Null),
        Scalar::Boolean(value) => Some(Value::Bool(value)),
        Scalar::Integer(value) => Some(Value::from(value)),
        Scalar::FloatingPoint(value) => Number::from_f64(*value).map(Value::Number),
        Scalar::String(text) => Some(Value::String(text.into_owned())),
    }
}

/// Creates the error for a text that is not YAML. `info` is the reason that the parser gives.
fn not_yaml_error(marker: &Marker, info: &str) -> SyntaxError {
    syntax_error_at(marker, &format!("this is not YAML: {info}"))
}

/// Creates an error at the position of `marker`.
fn syntax_error_at(marker: &Marker, message: &str) -> SyntaxError {
    SyntaxError::new(message, convert_position(marker))
}

/// Converts the position of `marker` to one whose line and column count from 1; the parser counts columns from 0.
fn convert_position(marker: &Marker) -> Position {
    Position::new(marker.line().max(1), marker.col() + 1)
}
