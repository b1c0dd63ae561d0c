// Looking at the types that fields consist of.

impl Access for Value {
    #[inline]
    fn shallow_value(&self) -> ShallowValue<'_> {
        match self {
            Value::Null => ShallowValue::Null,
            Value::Bool(value) => ShallowValue::Boolean(*value),
            Value::Number(number) => ShallowValue::Number(number.clone()),
            Value::String(text) => ShallowValue::String(text),
            Value::Array(_) => ShallowValue::Array,
            Value::Object(_) => ShallowValue::Object,
        }
    }

    #[inline]
    fn visit_children<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        match self {
            Value::Array(items) => items.visit_children(visit),
            Value::Object(object) => Access::visit_children(object, visit),
            _ => {}
        }
    }

    #[inline]
    fn find_property<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| Any::of(value))
    }

    #[inline]
    fn replace_texts(&mut self, redactor: &mut Redactor<'_>) -> bool {
        match self {
            Value::String(text) => redact_text(text, redactor),
            Value::Array(items) => items.replace_texts(redactor),
            Value::Object(object) => Access::replace_texts(object, redactor),
            _ => false,
        }
    }

    #[inline]
    fn replace_by_empty(&mut self, _: &mut Redactor<'_>) {
        *self = Value::from("");
    }
}

impl Access for Map<String, Value> {
    #[inline]
    fn shallow_value(&self) -> ShallowValue<'_> {
        ShallowValue::Object
    }

    #[inline]
    fn visit_children<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|(name, value)| visit(Some(name), Any::of(value)));
    }

    #[inline]
    fn find_property<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| Any::of(value))
    }

    #[inline]
    fn replace_texts(&mut self, redactor: &mut Redactor<'_>) -> bool {
        self.retain(|name, value| !redactor.with_step(Some(name), 0, |redactor| value.replace_texts(redactor)));
        false
    }
}

impl<T: Access> Access for BTreeMap<String, T> {
    fn shallow_value(&self) -> ShallowValue<'_> {
        ShallowValue::Object
    }

    fn visit_children<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|(name, value)| visit(Some(name), Any::of(value)));
    }

    fn find_property<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| Any::of(value))
    }

    fn replace_texts(&mut self, redactor: &mut Redactor<'_>) -> bool {
        PropertyKeeper::replace_texts(self, GeneratedType, redactor);
        false
    }
}

impl<T: Access> Access for Vec<T> {
    fn shallow_value(&self) -> ShallowValue<'_> {
        ShallowValue::Array
    }

    fn visit_children<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|item| visit(None, Any::of(item)));
    }

    fn replace_texts(&mut self, redactor: &mut Redactor<'_>) -> bool {
        redactor.replace_list_texts(GeneratedType, 0, self);
        false
    }
}

impl<T: Access> Access for Option<T> {
    fn shallow_value(&self) -> ShallowValue<'_> {
        self.as_ref().map_or(ShallowValue::Null, T::shallow_value)
    }

    fn visit_children<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|value| value.visit_children(visit));
    }

    fn find_property<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.as_ref()?.find_property(name)
    }

    fn replace_texts(&mut self, redactor: &mut Redactor<'_>) -> bool {
        self.as_mut().is_some_and(|value| value.replace_texts(redactor))
    }

    fn replace_by_empty(&mut self, _: &mut Redactor<'_>) {
        *self = None;
    }
}

impl<T: Access> Access for Box<T> {
    fn shallow_value(&self) -> ShallowValue<'_> {
        (**self).shallow_value()
    }

    fn visit_children<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        (**self).visit_children(visit);
    }

    fn find_property<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        (**self).find_property(name)
    }

    fn replace_texts(&mut self, redactor: &mut Redactor<'_>) -> bool {
        (**self).replace_texts(redactor)
    }

    fn replace_by_empty(&mut self, redactor: &mut Redactor<'_>) {
        (**self).replace_by_empty(redactor);
    }
}

impl Access for String {
    #[inline]
    fn shallow_value(&self) -> ShallowValue<'_> {
        ShallowValue::String(self)
    }

    #[inline]
    fn replace_texts(&mut self, redactor: &mut Redactor<'_>) -> bool {
        redact_text(self, redactor)
    }

    #[inline]
    fn replace_by_empty(&mut self, _: &mut Redactor<'_>) {
        self.clear();
    }
}

impl Access for () {
    #[inline]
    fn shallow_value(&self) -> ShallowValue<'_> {
        ShallowValue::Null
    }
}

impl Access for bool {
    #[inline]
    fn shallow_value(&self) -> ShallowValue<'_> {
        ShallowValue::Boolean(*self)
    }
}

impl Access for Number {
    #[inline]
    fn shallow_value(&self) -> ShallowValue<'_> {
        ShallowValue::Number(self.clone())
    }
}

impl Access for i64 {
    #[inline]
    fn shallow_value(&self) -> ShallowValue<'_> {
        ShallowValue::Number((*self).into())
    }
}

impl Access for u64 {
    #[inline]
    fn shallow_value(&self) -> ShallowValue<'_> {
        ShallowValue::Number((*self).into())
    }
}
