//! Sets the settings that are chosen together by a style, and reads settings, where those that are given override the
//! style.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};

use crate::settings::{OptionalCollections, Settings, Style, UnknownFields, UnknownVariants};

/// A setting of a style: (its name in `codegen.toml`, the function that sets it to its value in the style).
type StyleSetting = (&'static str, fn(&mut Settings));

/// The settings that [`Style::Typify`] sets.
const TYPIFY_SETTINGS: &[StyleSetting] = &[
    ("unknown_variants", |settings| settings.unknown_variants = UnknownVariants::Error),
    ("unknown_fields", |settings| settings.unknown_fields = UnknownFields::Ignore),
    ("optional_collections", |settings| settings.optional_collections = OptionalCollections::Empty),
    ("struct_builder", |settings| settings.struct_builder = true),
    ("strict", |settings| settings.strict = true),
    ("default_accessors", |settings| settings.default_accessors = true),
    ("number_type", |settings| settings.number_type = Some("f64".to_owned())),
    ("map_type", |settings| settings.map_type = Some("::std::collections::HashMap".to_owned())),
];

/// (format, Rust path of its type) for the entries of `[formats]` that [`Style::Typify`] adds.
const TYPIFY_FORMATS: &[(&str, &str)] = &[
    ("date-time", "::chrono::DateTime<::chrono::offset::Utc>"),
    ("date", "::chrono::naive::NaiveDate"),
    ("uuid", "::uuid::Uuid"),
    ("ip", "::std::net::IpAddr"),
    ("ipv4", "::std::net::Ipv4Addr"),
    ("ipv6", "::std::net::Ipv6Addr"),
];

impl Style {
    /// Returns the settings that the style sets, other than its entries of `[formats]`.
    fn settings(self) -> &'static [StyleSetting] {
        match self {
            Self::Lossless => &[],
            Self::Typify => TYPIFY_SETTINGS,
        }
    }

    /// Returns (format, Rust path of its type) for the entries of `[formats]` that the style adds.
    fn formats(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Lossless => &[],
            Self::Typify => TYPIFY_FORMATS,
        }
    }

    /// Sets the settings of the style in `settings`, except those whose names are in `given`. Formats that `settings`
    /// has already keep their types.
    fn apply_style_to(self, settings: &mut Settings, given: &BTreeSet<String>) {
        settings.style = self;
        self.settings().iter().filter(|(name, _)| !given.contains(*name)).for_each(|(_, set)| set(settings));
        for (format, path) in self.formats() {
            settings.formats.entry((*format).to_owned()).or_insert_with(|| (*path).to_owned());
        }
    }

    /// Checks whether the style adds the entry `format = "path"` to `[formats]`.
    pub(crate) fn sets_format(self, format: &str, path: &str) -> bool {
        self.formats().contains(&(format, path))
    }
}

impl Settings {
    /// Sets all settings of a style. Formats that have an entry in `[formats]` already keep it.
    pub fn set_style(&mut self, style: Style) {
        style.apply_style_to(self, &BTreeSet::new());
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(SettingsReader)
    }
}

/// A serde visitor that reads settings, and sets the settings of their style that are not given.
struct SettingsReader;

impl<'de> Visitor<'de> for SettingsReader {
    type Value = Settings;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("settings")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Settings, A::Error> {
        let mut given = BTreeSet::new();
        // The derived function, which reads each setting by itself.
        let mut settings = Settings::deserialize(MapAccessDeserializer::new(KeyRecorder { map, names: &mut given }))?;
        settings.style.apply_style_to(&mut settings, &given);
        Ok(settings)
    }
}

/// A serde map of settings that adds the name of each setting that is read to `names`.
struct KeyRecorder<'a, A> {
    map: A,
    names: &'a mut BTreeSet<String>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for KeyRecorder<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some(name) = self.map.next_key::<String>()? else { return Ok(None) };
        self.names.insert(name.clone());
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use crate::{OptionalCollections, Settings, UnknownFields, UnknownVariants};

    #[test]
    fn settings_that_are_given_override_those_of_the_style() {
        let text = "unknown_fields = \"keep\"\nstyle = \"typify\"\nstrict = false\n[formats]\nuuid = \"my::Id\"\n";
        let settings: Settings = basic_toml::from_str(text).unwrap();
        assert_eq!((settings.unknown_fields, settings.strict), (UnknownFields::Keep, false));
        assert!(settings.default_accessors);
        assert_eq!(settings.unknown_variants, UnknownVariants::Error);
        assert_eq!(settings.optional_collections, OptionalCollections::Empty);
        assert_eq!(settings.formats["uuid"], "my::Id");
        assert_eq!(settings.formats["ipv4"], "::std::net::Ipv4Addr");
    }
}
