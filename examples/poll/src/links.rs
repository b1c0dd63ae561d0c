//! Finds the address of the next page in the header `Link` (RFC 8288).

use anyhow::{Context, Result, bail};
use reqwest::Url;
use reqwest::header::{HeaderMap, LINK};

/// Returns the address of the page after `page`, from a header `Link: <ADDRESS>; rel="next"`. A relative address is
/// resolved against `page`. `None` if there is no such link, since `page` is then the last one.
///
/// # Errors
/// If the header is not a text, if its address is not valid, or if it is the address of `page`.
pub fn find_next_page_url(headers: &HeaderMap, page: &Url) -> Result<Option<Url>> {
    for value in headers.get_all(LINK) {
        let value = value.to_str().context("the header Link of the service is not a text")?;
        if let Some(address) = find_next_address(value) {
            let next = page.join(address).with_context(|| format!("the header Link: {value}"))?;
            if next == *page {
                bail!("the header Link names the page itself as its next page: {value}");
            }
            return Ok(Some(next));
        }
    }
    Ok(None)
}

/// Returns the address of the first link with `rel="next"` in the value of a header `Link`, such as `<a>; rel="prev",
/// <b>; rel="next"`, which gives `b`. `None` if there is no such link.
fn find_next_address(value: &str) -> Option<&str> {
    let mut rest = value;
    while let Some((_, link)) = rest.split_once('<') {
        let (address, after) = link.split_once('>')?;
        let (parameters, others) = after.split_at(measure_link_parameters(after));
        if parameters.split(';').any(is_next_relation) {
            return Some(address);
        }
        rest = others;
    }
    None
}

/// Returns the length in bytes of the link parameters at the beginning of `text`: up to the first comma outside quotes,
/// or to the end of `text`.
fn measure_link_parameters(text: &str) -> usize {
    let mut is_quoted = false;
    let end = text.find(|char| {
        is_quoted ^= char == '"';
        char == ',' && !is_quoted
    });
    end.unwrap_or(text.len())
}

/// Checks whether a link parameter is `rel="next"`, or has `next` among several relations, as in `rel="next last"`.
fn is_next_relation(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let mut relations = value.trim().trim_matches('"').split_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_link_is_found_in_every_form() {
        for value in [
            "<b>; rel=\"next\"",
            "<b>;rel=next",
            "<b>; title=\"a, <c>; d\"; REL=\"Next\"",
            "<a,a>; rel=\"prev\", <b>; rel=\"next\", <c>; rel=\"last\"",
            "<a>; title=\"rel=next, <x>\", <b>; rel=\"last next\"",
        ] {
            assert_eq!(find_next_address(value), Some("b"), "{value}");
        }
    }

    #[test]
    fn links_of_other_relations_are_ignored() {
        for value in ["", "<b>", "<b>; rel=\"prev\"", "<b>; rel=\"nextpage\"", "<b>; rev=\"next\"", "<b; rel=next"] {
            assert_eq!(find_next_address(value), None, "{value}");
        }
    }

    #[test]
    fn next_link_is_resolved_against_the_page_and_differs_from_it() {
        let page: Url = "https://example.com/v1/events?max=1".parse().unwrap();
        let find = |link: &'static str| {
            let headers = HeaderMap::from_iter([(LINK, link.parse().unwrap())]);
            find_next_page_url(&headers, &page).map_err(|error| error.to_string())
        };
        let next = "https://example.com/v1/events?cursor=2".parse().unwrap();
        assert_eq!(find("<?cursor=2>; rel=next"), Ok(Some(next)));
        assert_eq!(find("<?cursor=2>; rel=prev"), Ok(None));
        let error = "the header Link names the page itself as its next page: <?max=1>; rel=next";
        assert_eq!(find("<?max=1>; rel=next"), Err(error.to_owned()));
    }
}
