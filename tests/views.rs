//! Checks that the methods of a view find the properties that the events of its resource have. Each file in
//! `views/RESOURCE/` has an event as `event`, and as `view` the values that the methods return, by JSON names.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in functions that tests call too")]

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use webex_event::{
    Any, Attachment, AttachmentAction, BusinessText, CallRecord, Event, EventData, EventResource, EventView, File,
    Meeting, MeetingMessage, MeetingTranscript, Membership, Message, RecipientView, Recording, Room, RoomTab, RoomType,
};

/// Defines a function that returns the results of methods of a view as a JSON object. The methods before the first `;`
/// return an `Option`, those after a `;` an iterator; `as` gives the function that makes JSON of an element that is a
/// view itself.
macro_rules! define_view_collector {
    ($function:ident($view:ident): $($method:ident)* $(; $list:ident $(as $element:path)?)*) => {
        fn $function(view: $view<'_>) -> Value {
            let mut shown = Map::new();
            $(
                if let Some(value) = view.$method() {
                    shown.insert(convert_method_to_json_name(stringify!($method)), serde_json::to_value(value).unwrap());
                }
            )*
            $(
                let values: Vec<Value> = view.$list().map(|element| convert_element_to_json!(element $(=> $element)?)).collect();
                if !values.is_empty() {
                    shown.insert(convert_method_to_json_name(stringify!($list)), values.into());
                }
            )*
            Value::Object(shown)
        }
    };
}

/// Returns an element of a list as JSON: by serde, or by the given function if the element is a view.
macro_rules! convert_element_to_json {
    ($element:ident) => {
        serde_json::to_value($element).unwrap()
    };
    ($element:ident => $function:path) => {
        $function($element)
    };
}

/// Returns the JSON name of the property after which a method is named: `roomId` for `room_id`, `type` for `type_`.
fn convert_method_to_json_name(method: &str) -> String {
    let mut words = method.trim_end_matches('_').split('_');
    let first = words.next().unwrap().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}

define_view_collector!(message(Message): id parent_id room_id room_type org_id to_person_id to_person_email text markdown html person_id
    person_email created updated is_voice_clip; files; mentioned_people; mentioned_groups; attachments as attachment);
define_view_collector!(attachment(Attachment): content_type content);
define_view_collector!(membership(Membership): id room_id room_type org_id person_id person_email person_display_name person_org_id
    is_moderator is_monitor is_room_hidden created);
define_view_collector!(room(Room): id title type_ room_type org_id is_locked team_id last_activity creator_id created owner_id
    classification_id is_announcement_only is_read_only is_public made_public description title_encryption_key_url);
define_view_collector!(room_tab(RoomTab): id room_id room_type org_id display_name content_url creator_id person_id person_email created);
define_view_collector!(attachment_action(AttachmentAction): id type_ message_id room_id room_type org_id person_id inputs created);
define_view_collector!(meeting(Meeting): id meeting_id org_id meeting_series_id scheduled_meeting_id meeting_number title agenda meeting_type state
    timezone start end host_user_id host_display_name host_email site_url web_link room_id scheduled_type has_chat
    has_recording has_transcription host transcription_enabled recording_enabled has_post_meetings_chat; attendees);
define_view_collector!(meeting_message(MeetingMessage): id meeting_id breakout_session_id org_id person_id person_email text created;
    recipients as recipient);
define_view_collector!(recipient(RecipientView): person_id person_email guest_display_name guest_email);
define_view_collector!(meeting_transcript(MeetingTranscript): id site_url start_time meeting_topic meeting_id scheduled_meeting_id
    meeting_series_id host_user_id vtt_download_link txt_download_link status);
define_view_collector!(call_record(CallRecord): id org_id corelation_id correlation_id call_type user_id user_type call_direction
    is_call_answered call_duration_seconds call_start_time call_answer_time call_transfer_time calling_number
    calling_line_id called_number called_line_id dialed_digits call_redirecting_number call_redirected_reason created);
define_view_collector!(file(File): id file_id file_content_url page_number room_id room_type org_id person_id person_email created);
define_view_collector!(recording(Recording): id meeting_id scheduled_meeting_id meeting_series_id topic create_time time_recorded
    site_url download_url playback_url password format service_type duration_seconds size_bytes share_to_me status;
    integration_tags);
define_view_collector!(business_text(BusinessText): id org_id person_id person_email text created);

/// Returns (name of the variant, results of the methods as JSON) for the view of an event.
fn collect_view_values(event: &Event) -> (&'static str, Value) {
    match event.view() {
        EventView::AttachmentAction(view) => ("AttachmentAction", attachment_action(view)),
        EventView::BusinessText(view) => ("BusinessText", business_text(view)),
        EventView::CallRecord(view) => ("CallRecord", call_record(view)),
        EventView::File(view) => ("File", file(view)),
        EventView::Meeting(view) => ("Meeting", meeting(view)),
        EventView::MeetingMessage(view) => ("MeetingMessage", meeting_message(view)),
        EventView::MeetingTranscript(view) => ("MeetingTranscript", meeting_transcript(view)),
        EventView::Membership(view) => ("Membership", membership(view)),
        EventView::Message(view) => ("Message", message(view)),
        EventView::Recording(view) => ("Recording", recording(view)),
        EventView::Room(view) => ("Room", room(view)),
        EventView::RoomTab(view) => ("RoomTab", room_tab(view)),
        EventView::Other(any) => ("Other", any.to_value()),
        _ => panic!("a view without a test"),
    }
}

/// Checks all events in `views/RESOURCE/`, where `RESOURCE` is `resource`: their views are of the variant `variant`,
/// and the methods return the values in the file and nothing else. Checks too that `get` of the view returns each
/// property of `data`, whether or not it fits its type.
#[track_caller]
fn check_views_of_resource(resource: &str, variant: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/views").join(resource);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "there are no events of {resource}");
    for file in files {
        let case: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let event: Event = serde_json::from_value(case["event"].clone()).unwrap();

        let (name, shown) = collect_view_values(&event);

        let file = file.display();
        assert_eq!((name, &shown), (variant, &case["view"]), "{file}");
        for (name, value) in case["event"]["data"].as_object().unwrap() {
            let found = event.view().as_any().get(name).map(Any::to_value);
            assert_eq!(found.as_ref(), Some(value), "{name} in {file}");
        }
    }
}

#[test]
fn attachment_actions_have_inputs_of_any_names_and_types() {
    check_views_of_resource("attachmentActions", "AttachmentAction");
}

#[test]
fn views_of_business_texts_find_all_properties() {
    check_views_of_resource("businessTexts", "BusinessText");
}

#[test]
fn call_records_have_numbers_and_booleans_also_if_they_come_as_texts() {
    check_views_of_resource("call_records", "CallRecord");
}

#[test]
fn views_of_recordings_find_all_properties() {
    check_views_of_resource("convergedRecordings", "Recording");
}

#[test]
fn files_and_file_previews_have_the_same_view() {
    check_views_of_resource("files", "File");
    check_views_of_resource("file_transcodings", "File");
}

#[test]
fn views_of_meeting_messages_have_recipients() {
    check_views_of_resource("meetingMessages", "MeetingMessage");
}

#[test]
fn meetings_have_booleans_also_if_they_come_as_texts() {
    check_views_of_resource("meetings", "Meeting");
}

#[test]
fn views_of_transcripts_may_lack_required_properties() {
    check_views_of_resource("meetingTranscripts", "MeetingTranscript");
}

#[test]
fn views_of_team_memberships_lack_the_room_type() {
    check_views_of_resource("memberships", "Membership");
}

#[test]
fn views_of_messages_have_cards_of_any_form() {
    check_views_of_resource("messages", "Message");
}

#[test]
fn null_in_a_room_is_absent_in_its_view() {
    check_views_of_resource("rooms", "Room");
}

#[test]
fn tab_without_a_name_has_a_view() {
    check_views_of_resource("tabs", "RoomTab");
}

#[test]
fn view_of_an_unlisted_resource_is_its_data() {
    check_views_of_resource("whiteboards", "Other");
}

#[test]
fn each_listed_resource_has_a_view() {
    for resource in EventResource::listed_values() {
        let event = Event::new("1", resource.clone(), "created", "a", "", EventData::default());
        assert!(!matches!(event.view(), EventView::Other(_)), "{resource}");
    }
}

/// All of these methods return one Rust type, so that programs can pass the types of rooms on and compare them.
#[test]
fn views_of_all_resources_share_the_type_of_rooms() {
    fn read_room_type(view: EventView<'_>) -> Option<RoomType> {
        match view {
            EventView::AttachmentAction(view) => view.room_type(),
            EventView::File(view) => view.room_type(),
            EventView::Membership(view) => view.room_type(),
            EventView::Message(view) => view.room_type(),
            EventView::Room(view) => view.room_type().or(view.type_()),
            EventView::RoomTab(view) => view.room_type(),
            _ => None,
        }
    }
    let data = serde_json::from_str(r#"{"type": "direct"}"#).unwrap();
    let event = Event::new("1", "rooms", "created", "a", "", data);
    assert_eq!(read_room_type(event.view()), Some(RoomType::Direct));
}
