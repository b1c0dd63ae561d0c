//! Types that the settings of some fixtures name.

use serde::{Deserialize, Serialize};

/// A moment in time, kept as its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moment(pub String);

/// A price, read from a text such as `9.90 EUR`.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// The amount as it was written.
    pub amount: String,
    /// The currency.
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
