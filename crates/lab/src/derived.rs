//! Types of an event as a programmer would derive them with serde, to compare the generated types with. They lose
//! additional properties, explicit `null`s, and the text of unknown enum values.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A page of events, as the service returns it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventPage {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<Event>>,
}

/// An event: that something was created, changed or deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    pub id: String,
    pub resource: EventResource,
    #[serde(rename = "type")]
    pub type_: EventType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<String>,
    pub actor_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    pub created: String,
    pub data: EventData,
}

/// The kind of thing that an event is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EventResource {
    #[serde(rename = "attachmentActions")]
    AttachmentActions,
    #[serde(rename = "businessTexts")]
    BusinessTexts,
    #[serde(rename = "call_records")]
    CallRecords,
    #[serde(rename = "convergedRecordings")]
    ConvergedRecordings,
    #[serde(rename = "file_transcodings")]
    FileTranscodings,
    #[serde(rename = "files")]
    Files,
    #[serde(rename = "meetingMessages")]
    MeetingMessages,
    #[serde(rename = "meetings")]
    Meetings,
    #[serde(rename = "meetingTranscripts")]
    MeetingTranscripts,
    #[serde(rename = "memberships")]
    Memberships,
    #[serde(rename = "messages")]
    Messages,
    #[serde(rename = "rooms")]
    Rooms,
    #[serde(rename = "tabs")]
    Tabs,
    #[serde(other)]
    Unknown,
}

/// What happened to the thing that an event is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EventType {
    Created,
    Updated,
    Deleted,
    Ended,
    Read,
    #[serde(other)]
    Unknown,
}

/// The properties of the thing that an event is about; which of them are present depends on the resource.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventData {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<Map<String, Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendees: Option<Vec<Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcription_enabled: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording_enabled: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_post_meetings_chat: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corelation_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_direction: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_call_answered: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_duration_seconds: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_start_time: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_answer_time: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_transfer_time: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling_line_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_line_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialed_digits: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_redirecting_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_redirected_reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breakout_session_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Vec<Recipient>>,
}

/// A person to whom a business text is sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_display_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_email: Option<String>,
}
