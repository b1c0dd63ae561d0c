// Written for typify's macro:
//
// typify::import_types!(
//     schema = "veggies.json",
//     struct_builder = true,
//     derives = [PartialEq],
//     patch = { Stand = { rename = "Booth", derives = [Eq, Hash] } },
//     replace = { Ipv6Cidr = crate::network::Ipv6Cidr },
// );
use types::{Booth, Card, Market, Payment, Season, Veggie};

pub mod network {
    /// The type that takes the place of the generated one.
    #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    pub struct Ipv6Cidr(pub String);
}

fn make_radish() -> Veggie {
    Veggie::builder().veggie_name("radish").veggie_like(true).try_into().unwrap()
}

fn describe_season(season: Season) -> &'static str {
    match season {
        Season::Spring => "early",
        Season::Autumn | Season::LateWinter => "late",
    }
}

fn sum_prices(market: &Market) -> f64 {
    market.veggies.iter().filter_map(|veggie| Some(market.prices.get(&veggie.veggie_name)? * veggie.weight?)).sum()
}

fn main() {
    let leek = Veggie {
        veggie_name: "leek".to_string(),
        veggie_like: false,
        weight: Some(2.0),
        season: Some("late-winter".parse().unwrap()),
    };
    assert_eq!(leek.season.map(describe_season), Some("late"));
    assert_eq!(Season::LateWinter.to_string(), "late-winter");
    assert!(Season::try_from("summer").is_err());

    let booth = Booth { row: 3, type_: None };
    let booths = std::collections::HashSet::from([booth.clone()]);
    assert!(booths.contains(&booth));

    let market: Market = Market::builder()
        .veggies(vec![make_radish(), leek.clone()])
        .fruits(vec!["apple".to_string()])
        .prices(std::collections::HashMap::from([("leek".to_string(), 1.5)]))
        .stand(booth)
        .network(network::Ipv6Cidr("fd00::/8".to_string()))
        .payment(Payment::from(true))
        .try_into()
        .unwrap();
    assert_eq!(sum_prices(&market), 3.0);
    let text = serde_json::to_string(&market).unwrap();
    assert_eq!(serde_json::from_str::<Market>(&text).unwrap(), market);

    let incomplete: Result<Veggie, types::error::ConversionError> = Veggie::builder().veggie_like(true).try_into();
    assert!(incomplete.unwrap_err().to_string().contains("veggie"));
    let changed: Veggie = types::builder::Veggie::from(leek).weight(None).try_into().unwrap();
    assert_eq!(changed.weight, None);

    match market.payment {
        Some(Payment::Boolean(paid)) => assert!(paid),
        Some(Payment::Card(Card { number })) => panic!("{number}"),
        None => panic!("no payment"),
    }
    assert!(serde_json::from_str::<Booth>(r#"{"row": 1, "column": 2}"#).is_err());
}
