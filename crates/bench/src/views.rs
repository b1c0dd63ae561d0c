//! Defines the variants that look at properties of events through views.

use std::hint::black_box;
use std::rc::Rc;

use lab::feed;
use webex_event::{Any, Event, EventPage, EventView};

use crate::comparison::TaskVariant;
use crate::pages::{EVENT_SEED, make_serde_json_reader};

/// Returns the variants for a page of events as they come from the service: parsing the page; looking at eight
/// properties of each parsed event through its view; and looking at eight properties by their names.
pub(crate) fn make_view_variants(events: usize) -> Vec<TaskVariant> {
    let text: Rc<str> = feed::write_feed_page(events, EVENT_SEED).into();
    vec![
        make_serde_json_reader::<EventPage>("parse", &text),
        make_property_reader("view() and eight accessors", &text, read_properties_by_view).with_max_ratio(0.10),
        make_property_reader("get() of eight properties", &text, read_properties_by_name),
    ]
}

/// Returns a variant with the name `name` that calls `look` with each event of the page `text`, which is parsed
/// beforehand.
fn make_property_reader(name: &'static str, text: &str, look: fn(&Event)) -> TaskVariant {
    let page = serde_json::from_str::<EventPage>(text).map_err(|error| error.to_string());
    TaskVariant::new(name, move || {
        page.as_ref().map_err(Clone::clone)?.items.iter().for_each(look);
        Ok(Box::new(()))
    })
}

/// Looks at eight properties that the event's resource has, through the view of the event; at all of them if there are
/// fewer.
fn read_properties_by_view(event: &Event) {
    match event.view() {
        EventView::Message(m) => {
            black_box((m.id(), m.room_id(), m.room_type(), m.text(), m.person_id(), m.person_email(), m.created()));
            black_box(m.attachments().count());
        }
        EventView::Membership(m) => {
            black_box((m.id(), m.room_id(), m.room_type(), m.person_id(), m.person_email(), m.person_display_name()));
            black_box((m.is_moderator(), m.created()));
        }
        EventView::CallRecord(call) => {
            black_box((call.corelation_id(), call.call_type(), call.call_direction(), call.is_call_answered()));
            black_box((
                call.call_duration_seconds(),
                call.call_start_time(),
                call.calling_number(),
                call.called_number(),
            ));
        }
        EventView::File(f) => {
            black_box((f.id(), f.room_id(), f.room_type(), f.person_id(), f.person_email(), f.created(), f.org_id()));
            black_box(f.page_number());
        }
        EventView::MeetingMessage(m) => {
            black_box((m.id(), m.meeting_id(), m.text(), m.person_id(), m.person_email(), m.created(), m.org_id()));
            black_box(m.recipients().count());
        }
        EventView::Meeting(m) => {
            black_box((m.id(), m.title(), m.state(), m.start(), m.end(), m.host_email(), m.recording_enabled()));
            black_box(m.attendees().count());
        }
        EventView::Room(r) => {
            black_box((
                r.id(),
                r.title(),
                r.type_(),
                r.is_locked(),
                r.team_id(),
                r.creator_id(),
                r.is_public(),
                r.created(),
            ));
        }
        view => read_properties(view.as_any()),
    }
}

/// Looks at eight properties of the event's `data` by their names.
fn read_properties_by_name(event: &Event) {
    read_properties(event.data.as_any());
}

/// Looks at eight properties of `data` by their names.
fn read_properties(data: Any<'_>) {
    for name in ["id", "roomId", "roomType", "text", "personId", "personEmail", "created", "attachments"] {
        black_box(data.get(name));
    }
}
