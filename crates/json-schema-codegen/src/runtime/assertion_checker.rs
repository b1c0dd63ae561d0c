// Checking values against lists of assertions.

/// Checks JSON values against lists of assertions. Remembers the result for each pair of (value, list), so that a pair is
/// checked only once although lists refer to each other.
pub(super) struct AssertionChecker<'a> {
    /// The table of lists, to which assertions refer by index.
    lists: &'a [&'a [Assertion]],
    /// Whether a value satisfies a list, by (address of the value, index of the list). All values are parts of one value,
    /// which lives as long as the checker.
    known: BTreeMap<(usize, usize), bool>,
}

impl<'a> AssertionChecker<'a> {
    /// Creates a checker for the table `lists`.
    pub(super) fn new(lists: &'a [&'a [Assertion]]) -> Self {
        Self { lists, known: BTreeMap::new() }
    }

    /// Returns the first assertion of the list with the index `row` that does not hold for `value`; `None` if all hold.
    pub(super) fn find_violated(&mut self, row: usize, value: &Value) -> Option<&'a Assertion> {
        let list = self.lists[row];
        list.iter().find(|assertion| !self.satisfies_assertion(assertion, list, value))
    }

    /// Checks whether all assertions of the list with the index `row` hold for `value`. If this check is already going
    /// on for the same value and list, since a list refers to itself, the inner check returns true.
    pub(super) fn satisfies_list(&mut self, row: usize, value: &Value) -> bool {
        let key = (::std::ptr::from_ref(value).addr(), row);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        self.known.insert(key, true);
        let accepts = self.find_violated(row, value).is_none();
        self.known.insert(key, accepts);
        accepts
    }

    /// Checks whether `assertion`, which is in `list`, holds for `value`.
    fn satisfies_assertion(&mut self, assertion: &Assertion, list: &[Assertion], value: &Value) -> bool {
        match (assertion, value) {
            (Assertion::Nothing, _) => false,
            (Assertion::Types(names), _) => names.split(' ').any(|name| has_json_type(value, name)),
            (Assertion::Values(values), _) => {
                parse_or_null(values).as_array().is_some_and(|values| values.iter().any(|listed| is_equal_json(listed, value)))
            }
            (_, Value::Number(number)) if assertion.is_about_numbers() => assertion.allows_number(number),
            (Assertion::MinLength(least), Value::String(text)) => text.chars().take(*least).count() == *least,
            (Assertion::MaxLength(most), Value::String(text)) => text.chars().nth(*most).is_none(),
            (Assertion::Matches(_, steps), Value::String(text)) => Pattern(steps).matches(text),
            (_, Value::Array(items)) if assertion.is_about_arrays() => self.allows_items(assertion, value, items),
            (_, Value::Object(object)) if assertion.is_about_objects() => {
                self.allows_properties(assertion, list, value, object)
            }
            (Assertion::Not(row), _) => !self.satisfies_list(*row, value),
            (Assertion::AnyOf(row), _) => {
                let members = self.lists[*row];
                members.iter().any(|member| self.satisfies_assertion(member, members, value))
            }
            (Assertion::OneOf(row), _) => {
                let members = self.lists[*row];
                members.iter().filter(|member| self.satisfies_assertion(member, members, value)).take(2).count() == 1
            }
            (Assertion::If(condition, then, otherwise), _) => {
                let row = if self.satisfies_list(*condition, value) { then } else { otherwise };
                self.satisfies_list(*row, value)
            }
            (Assertion::Same(row), _) => self.satisfies_list(*row, value),
            _ => true,
        }
    }

    /// Checks whether `assertion` holds for the array `value`, whose items are `items`; true if it is not about arrays.
    fn allows_items(&mut self, assertion: &Assertion, value: &Value, items: &[Value]) -> bool {
        match assertion {
            Assertion::MinItems(least) => items.len() >= *least,
            Assertion::MaxItems(most) => items.len() <= *most,
            Assertion::UniqueItems => {
                let mut seen = ::std::collections::HashSet::new();
                items.iter().all(|item| seen.insert(canonical_text(item)))
            }
            Assertion::Contains(row, least, most) => {
                let count = items.iter().filter(|item| self.satisfies_list(*row, item)).count();
                count >= *least && most.is_none_or(|most| count <= most)
            }
            Assertion::Item(index, row) => items.get(*index).is_none_or(|item| self.satisfies_list(*row, item)),
            Assertion::ItemsFrom(index, row) => items.iter().skip(*index).all(|item| self.satisfies_list(*row, item)),
            Assertion::UnevaluatedItems(evaluated, rest) => {
                let applied = self.collect_applied(*evaluated, value);
                items.iter().enumerate().all(|(index, item)| {
                    applied.iter().any(|assertion| self.evaluates_item(assertion, index, item))
                        || self.satisfies_list(*rest, item)
                })
            }
            _ => true,
        }
    }

    /// Checks whether `assertion`, which is in `list`, holds for the object `value`, whose properties are `object`.
    /// Returns true if the assertion is not about objects.
    fn allows_properties(
        &mut self,
        assertion: &Assertion,
        list: &[Assertion],
        value: &Value,
        object: &Map<String, Value>,
    ) -> bool {
        match assertion {
            Assertion::MinProperties(least) => object.len() >= *least,
            Assertion::MaxProperties(most) => object.len() <= *most,
            Assertion::Requires(name) => object.contains_key(name.as_ref()),
            Assertion::Property(name, row) => {
                object.get(name.as_ref()).is_none_or(|property| self.satisfies_list(*row, property))
            }
            Assertion::PropertiesMatching(steps, row) => object
                .iter()
                .filter(|(name, _)| Pattern(steps).matches(name))
                .all(|(_, property)| self.satisfies_list(*row, property)),
            Assertion::OtherProperties(row) => {
                let is_other = |name: &str| !list.iter().any(|assertion| assertion.is_about_property(name));
                object.iter().all(|(name, property)| !is_other(name) || self.satisfies_list(*row, property))
            }
            Assertion::UnevaluatedProperties(evaluated, rest) => {
                let applied = self.collect_applied(*evaluated, value);
                let evaluates = |assertion: &Assertion, name: &str| {
                    matches!(assertion, Assertion::OtherProperties(_)) || assertion.is_about_property(name)
                };
                object.iter().all(|(name, property)| {
                    applied.iter().any(|assertion| evaluates(assertion, name)) || self.satisfies_list(*rest, property)
                })
            }
            Assertion::PropertyNames(row) => {
                let accepts = |name: &String| AssertionChecker::new(self.lists).satisfies_list(*row, &Value::from(name.as_str()));
                object.keys().all(accepts)
            }
            Assertion::IfPresent(name, row) => !object.contains_key(name.as_ref()) || self.satisfies_list(*row, value),
            _ => true,
        }
    }

    /// Returns the assertions of the list with the index `row`, and of all lists that apply to the same value with it,
    /// which is `value`: of two branches, those of the one that applies.
    fn collect_applied(&mut self, row: usize, value: &Value) -> Vec<&'a Assertion> {
        let (mut found, mut seen, mut waiting) = (Vec::new(), ::std::collections::BTreeSet::new(), vec![row]);
        while let Some(row) = waiting.pop() {
            let list = if seen.insert(row) { self.lists[row] } else { &[] };
            for assertion in list {
                match assertion {
                    Assertion::Same(row) => waiting.push(*row),
                    Assertion::IfPresent(name, row) => waiting.extend(value.get(name.as_ref()).map(|_| *row)),
                    Assertion::If(condition, then, otherwise) => {
                        waiting.push(if self.satisfies_list(*condition, value) { *then } else { *otherwise });
                    }
                    other => found.push(other),
                }
            }
        }
        found
    }

    /// Checks whether `assertion` is about the item `item` of an array, which has the index `index`.
    fn evaluates_item(&mut self, assertion: &Assertion, index: usize, item: &Value) -> bool {
        match assertion {
            Assertion::Item(own, _) => *own == index,
            Assertion::ItemsFrom(first, _) => *first <= index,
            Assertion::Contains(row, ..) => self.satisfies_list(*row, item),
            _ => false,
        }
    }
}

/// Checks whether a value is of the JSON type `name`, such as `integer`.
fn has_json_type(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => {
            name == "number" || name == "integer" && number.as_f64().is_some_and(|float| float.fract() == 0.0)
        }
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

/// Returns a text that is equal for two values exactly if JSON Schema calls the values equal: numbers by
/// value (`1` and `1.0`), objects in any order of names. It is the key of values in sets and maps.
pub(super) fn canonical_text(value: &Value) -> String {
    match value {
        Value::Number(number) => canonical_number_text(number),
        Value::Array(list) => format!("[{}]", list.iter().map(canonical_text).collect::<Vec<_>>().join(",")),
        Value::Object(map) => {
            let mut members: Vec<String> =
                map.iter().map(|(name, value)| format!("{name:?}:{}", canonical_text(value))).collect();
            members.sort();
            format!("{{{}}}", members.join(","))
        }
        other => other.to_string(),
    }
}

/// Returns the text of a number for [`canonical`]: whole numbers in full, others as `f64`, just as
/// [`is_equal_json`] compares them. `1.0` becomes `1`.
fn canonical_number_text(number: &Number) -> String {
    match (to_whole_number(number), number.as_f64()) {
        (Some(whole), _) => whole.to_string(),
        (None, Some(float)) => format!("{float:?}"),
        (None, None) => number.to_string(),
    }
}
