//! Turns views into columns.

use serde_json::Value;

use crate::columns::builder::TypeToColumnConverter;
use crate::columns::column::{ColumnType, Element};
use crate::columns::engine::Columns;
use crate::columns::notes::Outcome;
use crate::generate::Generated;
use crate::normalize::{Accessor, ViewType};

/// The columns for the values of a property if a sibling property has one of certain values: for example for `data` of
/// an `Event` whose `resource` is `messages`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ViewColumns {
    /// The Rust name of the type that has the property with the view, such as `Event`.
    pub owner: String,
    /// The JSON name of the property whose values the columns hold, such as `data`.
    pub property: String,
    /// The JSON name of the sibling property that decides which view the property has, such as `resource`.
    pub by: String,
    /// The values of the sibling property with which the property has these columns, such as `messages`.
    pub values: Vec<Value>,
    /// The columns for the properties of the view.
    pub columns: Columns,
}

/// Returns the columns of all views that the settings of a job ask for, in the order of the settings. Leaves out views
/// that have no columns.
pub fn of_views(generated: &Generated) -> Vec<ViewColumns> {
    let definitions = generated.definitions();
    let of_place = |place: &'_ crate::normalize::ViewPlace| -> Vec<ViewColumns> {
        let views = place.choices.iter().filter_map(|choice| {
            let mut builder = TypeToColumnConverter::new(generated.resolved(), definitions);
            let ColumnType::Struct(columns) = builder.convert_view_to_struct(choice.view.0) else { return None };
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

impl TypeToColumnConverter<'_> {
    /// Returns a struct with a column for each property of the view with the index `index` in `definitions.views.all`;
    /// JSON text if the view contains itself, has no columns, or does not exist.
    pub(super) fn convert_view_to_struct(&mut self, index: usize) -> ColumnType {
        let Some(view) = self.definitions.views.all.get(index) else { return ColumnType::Json };
        if self.open_views.contains(&index) {
            return self.make_json_text_type(&format!("`{}` contains itself", view.name));
        }
        self.open_views.push(index);
        let columns =
            self.convert_properties_to_struct(&view.accessors, |accessor| &accessor.json_name, Self::convert_accessor);
        self.open_views.pop();
        columns
    }

    /// Returns the column type and nullability for the property `accessor` of a view. The type is a text if the values,
    /// such as numbers, may also be written as texts (`x-read-as`).
    fn convert_accessor(&mut self, accessor: &Accessor) -> Element {
        if accessor.parses_text {
            self.add_note(Outcome::Text, "the values may also be texts (`x-read-as`), and a text holds them all");
            return Element { ty: ColumnType::Text, nullable: true };
        }
        self.convert_view_type(&accessor.ty)
    }

    /// Returns the column type for values that a view reads as `ty`. The column may always be null: a view returns
    /// `None` for a value of another type.
    fn convert_view_type(&mut self, ty: &ViewType) -> Element {
        let ty = match ty {
            ViewType::Text | ViewType::Enum(_) => ColumnType::Text,
            ViewType::Boolean => ColumnType::Boolean,
            ViewType::Integer => ColumnType::Integer { unsigned: false },
            ViewType::Number => ColumnType::Number,
            ViewType::Object(view) => self.convert_view_to_struct(view.0),
            ViewType::List(items) => {
                ColumnType::List(Box::new(self.run_with_path_step("[]", |builder| builder.convert_view_type(items))))
            }
            ViewType::Map(values) => {
                ColumnType::Map(Box::new(self.run_with_path_step("{}", |builder| builder.convert_view_type(values))))
            }
            ViewType::AnyObject => ColumnType::Map(Box::new(
                self.run_with_path_step("{}", |builder| builder.convert_view_type(&ViewType::Any)),
            )),
            ViewType::Any => self.make_json_text_type("the schema allows values of several types"),
        };
        Element { ty, nullable: true }
    }
}
