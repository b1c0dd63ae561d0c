// The methods of generated types by which programs find properties and texts.

/// Implements the methods of all types for which `Access` is implemented, apart from enums of strings.
macro_rules! access {
    ($name:ident;) => {
        impl $name {
            /// Returns a view of this value as JSON, of the type `Any` for all generated types.
            #[inline]
            pub fn as_any(&self) -> runtime::Any<'_> {
                runtime::Any::of(self)
            }

            /// Calls `visit` with the path and the text of each string in this value, whether the schema lists it
            /// or not: `|path, text| println!("{path}: {text}")` prints `data.recipients[0].personEmail: …`. Paths
            /// are as in `unlisted()`. Names of properties are not texts.
            #[inline]
            pub fn for_each_text(&self, mut visit: impl ::std::ops::FnMut(&str, &str)) {
                runtime::visit_texts(runtime::Any::of(self), &mut String::new(), &mut visit);
            }

            /// Returns (path, text) of each string in this value, as `for_each_text` finds them.
            #[inline]
            pub fn texts(&self) -> Vec<(String, String)> {
                let mut texts = Vec::new();
                self.for_each_text(|path, text| texts.push((path.to_owned(), text.to_owned())));
                texts
            }

            /// Replaces each string in this value, whether the schema lists it or not, by the text that `choose`
            /// returns for its path and text: `|path, text| (path != "data.text").then(|| text.to_owned())`.
            /// `None` removes the property or the list item. A required property becomes `null` if its type
            /// allows that, else an empty text, as does an item of a tuple.
            ///
            /// A value of a type from the settings that cannot hold the new text is removed. The paths of those that
            /// are required, which are unchanged, are returned: empty if all texts are replaced.
            #[inline]
            pub fn redact(&mut self, mut choose: impl ::std::ops::FnMut(&str, &str) -> Option<String>) -> Vec<String> {
                runtime::redact_texts(self, &mut choose)
            }
        }
    };
}
pub(super) use access;

/// Implements `get`, `properties`, `set` and `remove`, and the traits `Access` and `ExchangeProperty`, for a struct,
/// from the rows of `properties!`.
macro_rules! property_access {
    (
        $name:ident, $expecting:literal;
        $($wire:literal => $field:ident: $presence:ident $(via $convert:ident($read:ty))? $(, $mark:ident)?;)*
        $(matching $regex:literal => $map:ident $(via $map_convert:ident($map_read:ty))? $(, $map_mark:ident)? by $pattern:expr;)*
        $(unlisted => $unlisted:ident;)?
        $(additional => $typed:ident $(via $typed_convert:ident($typed_read:ty))? $(, $typed_mark:ident)?;)?
        $(additional: $rejected:ident;)?
        $(explicit nulls => $nulls:ident;)?
        $(viewed $viewed:literal by $view:ident, $inspect_view:ident;)*
    ) => {
        runtime::access! { $name; }

        impl $name {
            /// Returns the value of the property with the JSON name `name`, whether the schema lists it or not,
            /// also an explicit `null`; `None` if this object has no such property.
            #[inline]
            pub fn get(&self, name: &str) -> Option<runtime::Any<'_>> {
                runtime::Any::of(self).get(name)
            }

            /// Returns (JSON name, value) of each property of this object, listed or not, in the order of writing.
            #[inline]
            pub fn properties(&self) -> impl ::std::iter::ExactSizeIterator<Item = (&str, runtime::Any<'_>)> {
                runtime::Any::of(self).properties()
            }

            /// Sets the property with the JSON name `name`, in its field if the schema lists it, and reads the value
            /// as it is read from JSON: `order.set("note", "fragile".into())?`.
            ///
            /// # Errors
            /// If reading an object with this value fails: the value is of another type than the schema's, or the
            /// schema allows no such property. Then this object is unchanged.
            #[inline]
            pub fn set(&mut self, name: &str, value: ::serde_json::Value) -> Result<(), ::serde_json::Error> {
                runtime::set_property(self, name, value)
            }

            /// Removes the property with the JSON name `name`, whether the schema lists it or not, and returns its
            /// value; `None` if this object has no such property, or the schema requires it.
            #[inline]
            pub fn remove(&mut self, name: &str) -> Option<::serde_json::Value> {
                runtime::remove_property(self, name)
            }
        }

        #[allow(deprecated, unused_mut, unused_variables)]
        impl runtime::Access for $name {
            #[inline]
            fn shallow_value(&self) -> runtime::ShallowValue<'_> {
                runtime::ShallowValue::Object
            }

            #[inline]
            fn visit_children<'a>(&'a self, visit: &mut dyn ::std::ops::FnMut(Option<&'a str>, runtime::Any<'a>)) {
                let is_kept = |name: &str| false $(|| self.$unlisted.contains_key(name))?;
                $(runtime::visit_field_value(runtime::$presence, runtime::GeneratedType$(.$mark())?, &self.$field, $wire, &is_kept, visit);)*
                let mut visit = |name: &'a str, value: runtime::Any<'a>| {
                    if !runtime::is_set(self, name) {
                        visit(Some(name), value);
                    }
                };
                $(runtime::PropertyKeeper::visit_children(&self.$map, runtime::GeneratedType$(.$map_mark())?, &mut visit);)*
                $(runtime::PropertyKeeper::visit_children(&self.$unlisted, runtime::GeneratedType, &mut visit);)?
                $(runtime::PropertyKeeper::visit_children(&self.$typed, runtime::GeneratedType$(.$typed_mark())?, &mut visit);)?
                $(runtime::PropertyKeeper::visit_children(&self.$nulls, runtime::GeneratedType, &mut visit);)?
            }

            #[inline]
            fn find_property<'a>(&'a self, name: &str) -> Option<runtime::Any<'a>> {
                let is_kept = |name: &str| false $(|| self.$unlisted.contains_key(name))?;
                let found = match name {
                    $($wire => runtime::find_field_value(runtime::$presence, runtime::GeneratedType$(.$mark())?, &self.$field, $wire, &is_kept),)*
                    _ => None,
                };
                $(let found = found.or_else(|| runtime::PropertyKeeper::find_property(&self.$map, runtime::GeneratedType$(.$map_mark())?, name));)*
                $(let found = found.or_else(|| runtime::PropertyKeeper::find_property(&self.$unlisted, runtime::GeneratedType, name));)?
                $(let found = found.or_else(|| runtime::PropertyKeeper::find_property(&self.$typed, runtime::GeneratedType$(.$typed_mark())?, name));)?
                $(let found = found.or_else(|| runtime::PropertyKeeper::find_property(&self.$nulls, runtime::GeneratedType, name));)?
                found
            }

            #[inline]
            fn replace_texts(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                $(runtime::redact_field(runtime::$presence, runtime::GeneratedType$(.$mark())?, &mut self.$field, $wire, redactor);)*
                $(runtime::PropertyKeeper::replace_texts(&mut self.$map, runtime::GeneratedType$(.$map_mark())?, redactor);)*
                $(runtime::PropertyKeeper::replace_texts(&mut self.$unlisted, runtime::GeneratedType, redactor);)?
                $(runtime::PropertyKeeper::replace_texts(&mut self.$typed, runtime::GeneratedType$(.$typed_mark())?, redactor);)?
                false
            }
        }

        #[allow(deprecated, unused_variables)]
        impl runtime::ExchangeProperty for $name {
            #[inline]
            fn exchange_property(&mut self, other: &mut Self, name: &str) {
                match name {
                    $($wire => ::std::mem::swap(&mut self.$field, &mut other.$field),)*
                    _ => {}
                }
                $(runtime::PropertyKeeper::exchange_property(&mut self.$map, runtime::GeneratedType$(.$map_mark())?, &mut other.$map, name);)*
                $(runtime::PropertyKeeper::exchange_property(&mut self.$unlisted, runtime::GeneratedType, &mut other.$unlisted, name);)?
                $(runtime::PropertyKeeper::exchange_property(&mut self.$typed, runtime::GeneratedType$(.$typed_mark())?, &mut other.$typed, name);)?
                $(runtime::PropertyKeeper::exchange_property(&mut self.$nulls, runtime::GeneratedType, &mut other.$nulls, name);)?
            }
        }
    };
}
pub(super) use property_access;

/// A struct whose properties can be set and removed by JSON name.
pub(super) trait ExchangeProperty: Access + Serialize + ::serde::de::DeserializeOwned {
    /// Gives this struct the property `name` of `other`, or removes it if `other` lacks it. `other` may be changed too.
    fn exchange_property(&mut self, other: &mut Self, name: &str);
}

/// Returns the properties of a struct as they are written to JSON.
///
/// # Errors
/// The struct cannot be written to JSON.
fn serialize_to_object<T: Serialize>(value: &T) -> Result<Map<String, Value>, ::serde_json::Error> {
    ::serde_json::from_value(::serde_json::to_value(value)?)
}

/// Sets the property `name` of `target`: writes `target` to JSON, sets the property there, reads the JSON as a new `T`,
/// and takes only this property from it.
///
/// # Errors
/// Writing or reading fails. `target` is unchanged then.
pub(super) fn set_property<T: ExchangeProperty>(target: &mut T, name: &str, value: Value) -> Result<(), ::serde_json::Error> {
    let mut object = serialize_to_object(target)?;
    object.insert(name.to_owned(), value);
    let mut new = T::deserialize(Value::Object(object))?;
    target.exchange_property(&mut new, name);
    Ok(())
}

/// Removes the property `name` of `target` and returns its value; `None` if `target` has no such property, or cannot be
/// read without it, since the schema requires it.
pub(super) fn remove_property<T: ExchangeProperty>(target: &mut T, name: &str) -> Option<Value> {
    let mut object = serialize_to_object(target).ok()?;
    let removed = object.remove(name)?;
    let mut new = T::deserialize(Value::Object(object)).ok()?;
    target.exchange_property(&mut new, name);
    Some(removed)
}
