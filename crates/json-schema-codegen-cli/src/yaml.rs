//! YAML as a format of schemas: turned into JSON, with the place of each value.

use json_schema_codegen::{Converted, Format, Position, SyntaxError};
use saphyr::{MarkedYaml, Marker, Scalar, ScanError, YamlData, YamlLoader};
use saphyr_parser::{Parser, ScalarStyle};
use serde_json::{Number, Value};

/// Files of YAML 1.2.
pub const FORMAT: Format = Format { endings: &["yaml", "yml"], to_json };

/// How deep values may stand in others; JSON has the same limit when it is read.
const DEPTH: usize = 128;

/// Turns one YAML document into JSON.
///
/// # Errors
/// A text that is not YAML, that has no document or several, or that has what JSON does not: keys
/// that are lists or maps, numbers such as `.inf`, merge keys.
fn to_json(text: &str) -> Result<Converted, SyntaxError> {
    let mut documents = load(text).map_err(|error| not_yaml(error.marker(), error.info()))?;
    let document = match (documents.pop(), documents.pop()) {
        (Some(only), None) => only,
        (Some(second), Some(_)) => return Err(at(&second.span.start, "this file has more than one YAML document")),
        (None, _) => return Err(at(&Marker::default(), "this file has no YAML document")),
    };
    let mut converted = Converted::default();
    value(&document, "", DEPTH, &mut converted)?;
    Ok(converted)
}

/// The documents of a text, with scalars as they are written.
fn load(text: &str) -> Result<Vec<MarkedYaml<'_>>, ScanError> {
    let mut loader = YamlLoader::<MarkedYaml<'_>>::default();
    loader.early_parse(false);
    Parser::new_from_str(text).load(&mut loader, true)?;
    match loader.error() {
        Some(error) => Err(error.clone()),
        None => Ok(loader.into_documents()),
    }
}

/// Writes a value as JSON. Numbers that JSON can write so stay as they are written.
fn value(node: &MarkedYaml<'_>, pointer: &str, depth: usize, out: &mut Converted) -> Result<(), SyntaxError> {
    let start = &node.span.start;
    out.positions.insert(pointer.to_owned(), position(start));
    let depth = depth.checked_sub(1).ok_or_else(|| at(start, "values stand too deep in others here"))?;
    match &node.data {
        YamlData::Representation(text, style, tag) => {
            let is_number = *style == ScalarStyle::Plain && tag.is_none() && text.parse::<Number>().is_ok();
            if is_number {
                out.json += text;
                return Ok(());
            }
            let scalar = Scalar::parse_from_cow_and_metadata(text.clone(), *style, tag.as_ref());
            let scalar = scalar.and_then(json).ok_or_else(|| at(start, &format!("`{text}` is no value that JSON has")));
            out.json += &scalar?.to_string();
        }
        YamlData::Sequence(items) => {
            out.json.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, out);
                value(item, &format!("{pointer}/{index}"), depth, out)?;
            }
            out.json.push(']');
        }
        YamlData::Mapping(entries) => {
            out.json.push('{');
            for (index, (key, entry)) in entries.iter().enumerate() {
                separate(index, out);
                let name = name(key)?;
                out.json += &format!("{}:", Value::from(name.as_str()));
                value(entry, &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), depth, out)?;
            }
            out.json.push('}');
        }
        YamlData::Tagged(tag, inner) if tag.is_yaml_core_schema() => value(inner, pointer, depth + 1, out)?,
        _ => return Err(at(start, "this is no value that JSON has")),
    }
    Ok(())
}

fn separate(index: usize, out: &mut Converted) {
    if index > 0 {
        out.json.push(',');
    }
}

/// A key as it is written: `200` is the name of a property too.
fn name(key: &MarkedYaml<'_>) -> Result<String, SyntaxError> {
    match &key.data {
        YamlData::Representation(text, ScalarStyle::Plain, _) if text == "<<" => {
            Err(at(&key.span.start, "`<<` merges keys in YAML 1.1, and YAML 1.2 has no such key"))
        }
        YamlData::Representation(text, ..) => Ok(text.to_string()),
        _ => Err(at(&key.span.start, "a key that is a list or a map is not in JSON")),
    }
}

fn json(scalar: Scalar<'_>) -> Option<Value> {
    match scalar {
        Scalar::Null => Some(Value::Null),
        Scalar::Boolean(value) => Some(Value::Bool(value)),
        Scalar::Integer(value) => Some(Value::from(value)),
        Scalar::FloatingPoint(value) => Number::from_f64(*value).map(Value::Number),
        Scalar::String(text) => Some(Value::String(text.into_owned())),
    }
}

fn not_yaml(marker: &Marker, info: &str) -> SyntaxError {
    at(marker, &format!("this is not YAML: {info}"))
}

fn at(marker: &Marker, message: &str) -> SyntaxError {
    SyntaxError { message: message.to_owned(), position: position(marker) }
}

/// Lines count from 1, columns from 0 in the parser.
fn position(marker: &Marker) -> Position {
    Position::new(marker.line().max(1), marker.col() + 1)
}
