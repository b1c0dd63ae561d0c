// Maps of a type that the settings name.

/// Implements all that maps of the runtime's own type have for the map type at a path, such as `::indexmap::IndexMap`:
/// access, redaction, `unlisted()`, fits in unions, and reading of whole numbers.
macro_rules! map_type {
    ([$($map:tt)*];) => {
        impl<T: runtime::Access> runtime::Access for $($map)*<String, T> {
            fn shallow_value(&self) -> runtime::ShallowValue<'_> {
                runtime::ShallowValue::Object
            }

            fn visit_children<'a>(&'a self, visit: &mut dyn ::std::ops::FnMut(Option<&'a str>, runtime::Any<'a>)) {
                self.iter().for_each(|(name, value)| visit(Some(name), runtime::Any::of(value)));
            }

            fn find_property<'a>(&'a self, name: &str) -> Option<runtime::Any<'a>> {
                self.get(name).map(|value| runtime::Any::of(value))
            }

            fn replace_texts(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                self.retain(|name, value| !runtime::redact_entry(name, value, redactor));
                false
            }
        }

        impl<T: runtime::Candidate> runtime::Candidate for $($map)*<String, T> {
            fn fit(value: &::serde_json::Value, choices: &mut runtime::Choices) -> Option<runtime::Fit> {
                <::std::collections::BTreeMap<String, T> as runtime::Candidate>::fit(value, choices)
            }
        }

        impl<T: runtime::Inspect> runtime::Inspect for $($map)*<String, T> {
            fn collect_unlisted(&self, collector: &mut runtime::Collector) {
                self.iter().for_each(|(name, value)| collector.inspect(name.as_str(), value));
            }
        }

        impl<T: runtime::UnwrapWhole> runtime::UnwrapWhole for $($map)*<String, T> {
            type Unwrapped = $($map)*<String, T::Unwrapped>;

            fn unwrap_whole(self) -> Self::Unwrapped {
                self.into_iter().map(|(name, value)| (name, value.unwrap_whole())).collect()
            }
        }

        impl<T> runtime::Collection for $($map)*<String, T> {
            fn has_no_entries(&self) -> bool {
                self.is_empty()
            }
        }
    };
}
pub(super) use map_type;

/// Replaces the strings in `value`, the value of the property `name`. Returns true if `value` is itself a string that
/// the caller is to remove.
pub(super) fn redact_entry<T: Access>(name: &str, value: &mut T, redactor: &mut Redactor<'_>) -> bool {
    redactor.with_step(Some(name), 0, |redactor| value.replace_texts(redactor))
}
