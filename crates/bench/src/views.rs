//! The variants that look at properties of events through views.

use std::hint::black_box;
use std::rc::Rc;

use lab::feed;
use webex_event::{Any, Event, EventPage, EventView};

use crate::cases::{SEED, Variant, read};

/// Returns the ways to read a page of events as they come: parsing it, and, once it is parsed, looking at eight properties
/// of each event by its view, and at as many by their names.
pub(crate) fn variants(events: usize) -> Vec<Variant> {
    let text: Rc<str> = feed::page_text(events, SEED).into();
    vec![
        read::<EventPage>("parse", &text),
        look("view() and eight accessors", &text, look_by_view).at_most(0.10),
        look("get() of eight properties", &text, look_by_name),
    ]
}

/// Returns a variant that calls `look` with each event of the page `text`, which is parsed beforehand.
fn look(name: &'static str, text: &str, look: fn(&Event)) -> Variant {
    let page = serde_json::from_str::<EventPage>(text).map_err(|error| error.to_string());
    Variant::new(name, move || {
        page.as_ref().map_err(Clone::clone)?.items.iter().for_each(look);
        Ok(Box::new(()))
    })
}

/// Looks at the view of an event: at eight properties that its resource has, or at all if it has fewer.
fn look_by_view(event: &Event) {
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
        view => look_at(view.as_any()),
    }
}

/// Looks at eight properties of an event's `data` by their names.
fn look_by_name(event: &Event) {
    look_at(event.data.as_any());
}

/// Looks at eight properties of the `data` of an event by their names.
fn look_at(data: Any<'_>) {
    for name in ["id", "roomId", "roomType", "text", "personId", "personEmail", "created", "attachments"] {
        black_box(data.get(name));
    }
}
