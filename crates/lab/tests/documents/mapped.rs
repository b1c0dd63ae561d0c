//! Defines the Rust types that the `codegen.toml` of some fixtures names in `[formats]`, `[types]` and `[replace]`.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A time that keeps its text. It accepts any text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moment(pub String);

thread_local! {
    /// The number of times that each text has been read as a [`Counted`] on this thread.
    pub static READS_BY_TEXT: RefCell<BTreeMap<String, usize>> = RefCell::default();
}

/// A text. Reading it adds one to its number in [`READS_BY_TEXT`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counted(pub String);

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        READS_BY_TEXT.with_borrow_mut(|counts| *counts.entry(text.clone()).or_default() += 1);
        Ok(Self(text))
    }
}

/// A price, which is written as a text such as `9.90 EUR`.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// The amount as it was written: `9.90`.
    pub amount: String,
    /// The text after the first space: `EUR`.
    pub currency: String,
}

impl Serialize for Price {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{} {}", self.amount, self.currency))
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (amount, currency) =
            text.split_once(' ').ok_or_else(|| serde::de::Error::custom("a price has an amount and a currency"))?;
        Ok(Self { amount: amount.to_owned(), currency: currency.to_owned() })
    }
}

/// An amount of money, which has its unit as its only property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// The unit, such as `EUR`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}
