fn main() {
    let data: webex_event::EventData = serde_json::from_str(r#"{"moonPhase": 3}"#).unwrap();
    let phase: Option<i64> = data.moon_phase;
    print!("{phase:?}");
}
