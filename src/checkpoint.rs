//! Defines the place between two events of an input at which another program can go on reading.

use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::framing::{ElementPlace, InputLayout, PageForm};
use crate::window::InputPosition;

/// The place after an event of an input: plain data, which a program can write with serde, and from which
/// [`EventReader::resume`](crate::EventReader::resume) and [`EventDecoder::resume`](crate::EventDecoder::resume) go on
/// later.
///
/// It holds the byte offset, line and column of the next byte, the number of events so far, which values are pages, and
/// in a page the index of the next element. It does not hold the type of events, nor the size limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    pub(crate) position: InputPosition,
    pub(crate) number: u64,
    pub(crate) layout: InputLayout,
    pub(crate) place: Option<ElementPlace>,
    /// The position at which the last value outside pages began, which may be the page that is being read.
    pub(crate) value_start: InputPosition,
}

impl Checkpoint {
    /// Returns the offset of the next byte, from 0, in the bytes that the reader was given: of a compressed input, in
    /// the decompressed bytes.
    pub fn offset(&self) -> u64 {
        self.position.offset
    }

    /// Returns the line of the next byte, from 1.
    pub fn line(&self) -> usize {
        self.position.line
    }

    /// Returns the number of events so far, broken ones included.
    pub fn number(&self) -> u64 {
        self.number
    }
}

/// The names of the layouts in a written checkpoint.
const LAYOUT_NAMES: [(&str, InputLayout); 3] =
    [("events", InputLayout::Events), ("pages", InputLayout::Pages), ("lines", InputLayout::Lines)];

/// Writes the checkpoint as a map with ten fields, which are numbers, texts or null.
impl Serialize for Checkpoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let layout = LAYOUT_NAMES.iter().find(|(_, layout)| *layout == self.layout).map(|(name, _)| name);
        let page = self.place.map(|place| if place.page == PageForm::Object { "object" } else { "array" });
        let InputPosition { offset, line, column } = self.position;
        let mut fields = serializer.serialize_struct("Checkpoint", 10)?;
        fields.serialize_field("offset", &offset)?;
        fields.serialize_field("line", &line)?;
        fields.serialize_field("column", &column)?;
        fields.serialize_field("number", &self.number)?;
        fields.serialize_field("layout", &layout)?;
        fields.serialize_field("page", &page)?;
        fields.serialize_field("index", &self.place.map(|place| place.index))?;
        fields.serialize_field("value_offset", &self.value_start.offset)?;
        fields.serialize_field("value_line", &self.value_start.line)?;
        fields.serialize_field("value_column", &self.value_start.column)?;
        fields.end()
    }
}

/// Reads a checkpoint that `Serialize` has written, from formats that name the fields, such as JSON.
impl<'de> Deserialize<'de> for Checkpoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Map::<String, Value>::deserialize(deserializer)?;
        let wrong = |name: &str| D::Error::custom(format!("`{name}` of the checkpoint is missing or wrong"));
        let number = |name: &str| fields.get(name).and_then(Value::as_u64).ok_or_else(|| wrong(name));
        let size = |name: &str| number(name).and_then(|number| usize::try_from(number).map_err(|_| wrong(name)));
        let from_one =
            |name: &str| size(name).and_then(|number| (number > 0).then_some(number).ok_or_else(|| wrong(name)));
        let text = |name: &str| fields.get(name).and_then(Value::as_str);
        let page = match text("page") {
            Some("object") => Some(PageForm::Object),
            Some("array") => Some(PageForm::Array),
            _ if fields.get("page").is_none_or(Value::is_null) => None,
            _ => return Err(wrong("page")),
        };
        let layout = LAYOUT_NAMES.iter().find(|(name, _)| text("layout") == Some(name)).map(|(_, layout)| *layout);
        let position = |offset, line, column| {
            Ok(InputPosition { offset: number(offset)?, line: from_one(line)?, column: from_one(column)? })
        };
        Ok(Self {
            position: position("offset", "line", "column")?,
            number: number("number")?,
            layout: layout.ok_or_else(|| wrong("layout"))?,
            place: page.map(|page| Ok(ElementPlace { page, index: size("index")? })).transpose()?,
            value_start: position("value_offset", "value_line", "value_column")?,
        })
    }
}
