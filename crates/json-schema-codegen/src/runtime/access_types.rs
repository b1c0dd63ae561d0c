// Looking at the types that fields consist of.

impl Access for Value {
    #[inline]
    fn look(&self) -> Look<'_> {
        match self {
            Value::Null => Look::Null,
            Value::Bool(value) => Look::Boolean(*value),
            Value::Number(number) => Look::Number(number.clone()),
            Value::String(text) => Look::String(text),
            Value::Array(_) => Look::Array,
            Value::Object(_) => Look::Object,
        }
    }

    #[inline]
    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        match self {
            Value::Array(items) => items.each(visit),
            Value::Object(object) => Access::each(object, visit),
            _ => {}
        }
    }

    #[inline]
    fn find<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| Any::of(value))
    }

    #[inline]
    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        match self {
            Value::String(text) => redact_text(text, redactor),
            Value::Array(items) => items.redact(redactor),
            Value::Object(object) => Access::redact(object, redactor),
            _ => false,
        }
    }

    #[inline]
    fn empty(&mut self, _: &mut Redactor<'_>) {
        *self = Value::from("");
    }
}

impl Access for Map<String, Value> {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Object
    }

    #[inline]
    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|(name, value)| visit(Some(name), Any::of(value)));
    }

    #[inline]
    fn find<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| Any::of(value))
    }

    #[inline]
    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        self.retain(|name, value| !redactor.at(Some(name), 0, |redactor| value.redact(redactor)));
        false
    }
}

impl<T: Access> Access for BTreeMap<String, T> {
    fn look(&self) -> Look<'_> {
        Look::Object
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|(name, value)| visit(Some(name), Any::of(value)));
    }

    fn find<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.get(name).map(|value| Any::of(value))
    }

    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        Keeps::redact(self, Known, redactor);
        false
    }
}

impl<T: Access> Access for Vec<T> {
    fn look(&self) -> Look<'_> {
        Look::Array
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|item| visit(None, Any::of(item)));
    }

    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        redactor.list(Known, 0, self);
        false
    }
}

impl<T: Access> Access for Option<T> {
    fn look(&self) -> Look<'_> {
        self.as_ref().map_or(Look::Null, T::look)
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        self.iter().for_each(|value| value.each(visit));
    }

    fn find<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        self.as_ref()?.find(name)
    }

    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        self.as_mut().is_some_and(|value| value.redact(redactor))
    }

    fn empty(&mut self, _: &mut Redactor<'_>) {
        *self = None;
    }
}

impl<T: Access> Access for Box<T> {
    fn look(&self) -> Look<'_> {
        (**self).look()
    }

    fn each<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, Any<'a>)) {
        (**self).each(visit);
    }

    fn find<'a>(&'a self, name: &str) -> Option<Any<'a>> {
        (**self).find(name)
    }

    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        (**self).redact(redactor)
    }

    fn empty(&mut self, redactor: &mut Redactor<'_>) {
        (**self).empty(redactor);
    }
}

impl Access for String {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::String(self)
    }

    #[inline]
    fn redact(&mut self, redactor: &mut Redactor<'_>) -> bool {
        redact_text(self, redactor)
    }

    #[inline]
    fn empty(&mut self, _: &mut Redactor<'_>) {
        self.clear();
    }
}

impl Access for () {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Null
    }
}

impl Access for bool {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Boolean(*self)
    }
}

impl Access for Number {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Number(self.clone())
    }
}

impl Access for i64 {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Number((*self).into())
    }
}

impl Access for u64 {
    #[inline]
    fn look(&self) -> Look<'_> {
        Look::Number((*self).into())
    }
}
