// A single assertion, and how it is checked.

/// A condition on values that a keyword of a schema sets. It holds for all values of other JSON types than the keyword
/// is about: `MinLength` for all numbers. A `usize` called "list" below is the index of a list of assertions in a
/// table.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Assertion {
    /// No value satisfies it: the schema `false`.
    Nothing,
    /// The value is of one of these JSON types, with spaces between them: `string null`.
    Types(::std::borrow::Cow<'static, str>),
    /// The value equals one in this JSON array.
    Values(::std::borrow::Cow<'static, str>),
    /// The number is at least the bound.
    Minimum(Bound),
    /// The number is at most the bound.
    Maximum(Bound),
    /// The number is greater than the bound.
    ExclusiveMinimum(Bound),
    /// The number is less than the bound.
    ExclusiveMaximum(Bound),
    /// The number is a multiple of the bound.
    MultipleOf(Bound),
    /// The string has at least so many Unicode characters.
    MinLength(usize),
    /// The string has at most so many Unicode characters.
    MaxLength(usize),
    /// (pattern, steps): the string matches the pattern, which is compiled to the steps.
    Matches(::std::borrow::Cow<'static, str>, ::std::borrow::Cow<'static, [Step]>),
    /// The array has at least so many items.
    MinItems(usize),
    /// The array has at most so many items.
    MaxItems(usize),
    /// No two items of the array are equal.
    UniqueItems,
    /// (list, minimum, maximum): the number of items that satisfy the list is in these limits.
    Contains(usize, usize, Option<usize>),
    /// (index, list): the item at the index, if there is one, satisfies the list.
    Item(usize, usize),
    /// (index, list): all items from the index on satisfy the list.
    ItemsFrom(usize, usize),
    /// (evaluated, rest): all items that the first list does not evaluate satisfy the second.
    UnevaluatedItems(usize, usize),
    /// The object has at least so many properties.
    MinProperties(usize),
    /// The object has at most so many properties.
    MaxProperties(usize),
    /// The object has the property of this name.
    Requires(::std::borrow::Cow<'static, str>),
    /// The property of this name satisfies the list, if it is present.
    Property(::std::borrow::Cow<'static, str>, usize),
    /// The properties whose names match satisfy the list.
    PropertiesMatching(::std::borrow::Cow<'static, [Step]>, usize),
    /// The properties that no `Property` or `PropertiesMatching` of the same list is about satisfy this list.
    OtherProperties(usize),
    /// (evaluated, rest): all properties that the first list does not evaluate satisfy the second.
    UnevaluatedProperties(usize, usize),
    /// The names of all properties satisfy the list.
    PropertyNames(usize),
    /// The object satisfies the list if it has a property of this name.
    IfPresent(::std::borrow::Cow<'static, str>, usize),
    /// The value does not satisfy the list.
    Not(usize),
    /// At least one assertion of the list holds.
    AnyOf(usize),
    /// Exactly one assertion of the list holds.
    OneOf(usize),
    /// (condition, then, else): a value that satisfies the first list satisfies the second, any other value the third.
    If(usize, usize, usize),
    /// The value satisfies this other list too.
    Same(usize),
}

impl Assertion {
    /// Checks whether the assertion is about numbers: it holds for any other value.
    fn is_about_numbers(&self) -> bool {
        matches!(
            self,
            Self::Minimum(_)
                | Self::Maximum(_)
                | Self::ExclusiveMinimum(_)
                | Self::ExclusiveMaximum(_)
                | Self::MultipleOf(_)
        )
    }

    /// Checks whether the assertion is about arrays: it holds for any other value.
    fn is_about_arrays(&self) -> bool {
        matches!(
            self,
            Self::MinItems(_)
                | Self::MaxItems(_)
                | Self::UniqueItems
                | Self::Contains(..)
                | Self::Item(..)
                | Self::ItemsFrom(..)
                | Self::UnevaluatedItems(..)
        )
    }

    /// Checks whether the assertion is about objects: it holds for any other value.
    fn is_about_objects(&self) -> bool {
        matches!(
            self,
            Self::MinProperties(_)
                | Self::MaxProperties(_)
                | Self::Requires(_)
                | Self::Property(..)
                | Self::PropertiesMatching(..)
                | Self::OtherProperties(_)
                | Self::UnevaluatedProperties(..)
                | Self::PropertyNames(_)
                | Self::IfPresent(..)
        )
    }

    /// Checks whether this is a `Property` of the name `name`, or a `PropertiesMatching` whose pattern matches `name`.
    fn is_about_property(&self, name: &str) -> bool {
        match self {
            Self::Property(own, _) => own == name,
            Self::PropertiesMatching(steps, _) => Pattern(steps).matches(name),
            _ => false,
        }
    }

    /// Checks whether this assertion holds for `number`; true if it is not about numbers.
    fn allows_number(&self, number: &Number) -> bool {
        match self {
            Self::Minimum(bound) => bound.compare(number) != Some(::std::cmp::Ordering::Less),
            Self::Maximum(bound) => bound.compare(number) != Some(::std::cmp::Ordering::Greater),
            Self::ExclusiveMinimum(bound) => !matches!(bound.compare(number), Some(::std::cmp::Ordering::Less | ::std::cmp::Ordering::Equal)),
            Self::ExclusiveMaximum(bound) => {
                !matches!(bound.compare(number), Some(::std::cmp::Ordering::Greater | ::std::cmp::Ordering::Equal))
            }
            Self::MultipleOf(bound) => bound.divides(number),
            _ => true,
        }
    }

    /// Returns the words for this assertion that follow "expected" in an error, such as `a number of at least 1`.
    fn describe_demand(&self) -> String {
        match self {
            Self::Nothing => "no value here".to_owned(),
            Self::Types(names) => format!("a value of the type {}", names.replace(' ', " or ")),
            Self::Values(values) => format!("one of {}", truncate_for_error(values)),
            Self::Minimum(bound) => format!("a number of at least {bound}"),
            Self::Maximum(bound) => format!("a number of at most {bound}"),
            Self::ExclusiveMinimum(bound) => format!("a number above {bound}"),
            Self::ExclusiveMaximum(bound) => format!("a number below {bound}"),
            Self::MultipleOf(bound) => format!("a multiple of {bound}"),
            Self::MinLength(least) => format!("a string of at least {least} characters"),
            Self::MaxLength(most) => format!("a string of at most {most} characters"),
            Self::Matches(pattern, _) => format!("a string that matches the pattern `{}`", truncate_for_error(pattern)),
            Self::MinItems(least) => format!("at least {least} items"),
            Self::MaxItems(most) => format!("at most {most} items"),
            Self::UniqueItems => "items of which no two are equal".to_owned(),
            Self::Contains(_, least, None) => format!("at least {least} items that fit `contains` in the schema"),
            Self::Contains(_, least, Some(most)) => format!("{least} to {most} items that fit `contains` in the schema"),
            Self::Item(..) | Self::ItemsFrom(..) | Self::UnevaluatedItems(..) => "items that the schema allows".to_owned(),
            Self::MinProperties(least) => format!("at least {least} properties"),
            Self::MaxProperties(most) => format!("at most {most} properties"),
            Self::Requires(name) => format!("the property `{}`", truncate_for_error(name)),
            Self::Property(name, _) => format!("no property `{}` with such a value", truncate_for_error(name)),
            Self::PropertiesMatching(..) | Self::OtherProperties(_) | Self::UnevaluatedProperties(..) => "properties that the schema allows".to_owned(),
            Self::PropertyNames(_) => "names of properties that the schema allows".to_owned(),
            Self::IfPresent(name, _) => format!("what the schema demands beside the property `{}`", truncate_for_error(name)),
            Self::Not(_) => "a value that `not` in the schema does not exclude".to_owned(),
            Self::AnyOf(_) => "a value that fits a member of `anyOf` in the schema".to_owned(),
            Self::OneOf(_) => "a value that fits exactly one member of `oneOf` in the schema".to_owned(),
            Self::If(..) => "what the schema demands under the condition `if`".to_owned(),
            Self::Same(_) => "a value that the schema allows".to_owned(),
        }
    }
}
