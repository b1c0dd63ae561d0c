//! Turns views into columns.

use serde_json::Value;

use crate::columns::builder::Builder;
use crate::columns::column::{ColumnType, Element};
use crate::columns::engine::Columns;
use crate::columns::notes::Outcome;
use crate::generate::Generated;
use crate::normalize::{Accessor, ViewType};

/// The columns of the values of a property, where a sibling property has certain values.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ViewColumns {
    /// The Rust name of the type that has the property, such as `Event`.
    pub owner: String,
    /// The JSON name of the property, such as `data`.
    pub property: String,
    /// The JSON name of the sibling property, such as `resource`.
    pub by: String,
    /// The values of the sibling property, such as `messages`.
    pub values: Vec<Value>,
    /// The columns of the view.
    pub columns: Columns,
}

/// Returns the columns of the views of a job, in the order of its settings. Leaves out views without columns.
pub fn of_views(generated: &Generated) -> Vec<ViewColumns> {
    let definitions = generated.definitions();
    let of_place = |place: &'_ crate::normalize::Place| -> Vec<ViewColumns> {
        let views = place.choices.iter().filter_map(|choice| {
            let mut builder = Builder::new(generated.resolved(), definitions);
            let ColumnType::Struct(columns) = builder.view(choice.view.0) else { return None };
            let type_name = definitions.views.all.get(choice.view.0)?.name.clone();
            Some(ViewColumns {
                owner: definitions.name(place.owner).to_owned(),
                property: place.property.clone(),
                by: place.by.clone(),
                values: choice.values.clone(),
                columns: Columns { type_name, columns, notes: builder.into_notes() },
            })
        });
        views.collect()
    };
    definitions.views.places.iter().flat_map(of_place).collect()
}

impl Builder<'_> {
    /// Returns a struct with a column for each property of the view with the index `index`; JSON text if the current column
    /// is inside the view already.
    pub(super) fn view(&mut self, index: usize) -> ColumnType {
        let Some(view) = self.definitions.views.all.get(index) else { return ColumnType::Json };
        if self.open_views.contains(&index) {
            return self.json(&format!("`{}` contains itself", view.name));
        }
        self.open_views.push(index);
        let columns = self.structure(&view.accessors, |accessor| &accessor.json_name, Self::accessor);
        self.open_views.pop();
        columns
    }

    /// Returns the column of a property of a view. It is a text if numbers or booleans may also be texts.
    fn accessor(&mut self, accessor: &Accessor) -> Element {
        if accessor.parses_text {
            self.note(Outcome::Text, "the values may also be texts (`x-read-as`), and a text holds them all");
            return Element { ty: ColumnType::Text, nullable: true };
        }
        self.view_element(&accessor.ty)
    }

    /// Returns the type of values that a view reads as `ty`. They may be null, since a view takes a value of another type
    /// for none.
    fn view_element(&mut self, ty: &ViewType) -> Element {
        let ty = match ty {
            ViewType::Text | ViewType::Enum(_) => ColumnType::Text,
            ViewType::Boolean => ColumnType::Boolean,
            ViewType::Integer => ColumnType::Integer { unsigned: false },
            ViewType::Number => ColumnType::Number,
            ViewType::Object(view) => self.view(view.0),
            ViewType::List(items) => {
                ColumnType::List(Box::new(self.inside("[]", |builder| builder.view_element(items))))
            }
            ViewType::Map(values) => {
                ColumnType::Map(Box::new(self.inside("{}", |builder| builder.view_element(values))))
            }
            ViewType::AnyObject => {
                ColumnType::Map(Box::new(self.inside("{}", |builder| builder.view_element(&ViewType::Any))))
            }
            ViewType::Any => self.json("the schema allows values of several types"),
        };
        Element { ty, nullable: true }
    }
}
