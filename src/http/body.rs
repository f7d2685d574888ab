//! Reads what comes from outside, once, at the edge.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::crypto::sha256;
use crate::error::{Code, Error, Result};

/// A body is this many bytes at the most.
pub const MOST: usize = 256 * 1024;

type Reading<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

/// A JSON body: its value, and a digest that tells whether a resending has the same content.
#[derive(Debug)]
pub struct Body<T> {
    /// The parsed body.
    pub value: T,
    /// SHA-256 of the body without `sent_at`, which each resending renews.
    pub digest: [u8; 32],
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let mut payload = web::Payload::from_request(request, payload).into_inner();
        Box::pin(async move {
            let mut bytes = web::BytesMut::new();
            if let Ok(payload) = &mut payload {
                while let Some(chunk) = payload.next().await {
                    let chunk = chunk.map_err(|_| Code::Malformed.reject())?;
                    if bytes.len() + chunk.len() > MOST {
                        return Err(Code::BodyTooLarge.reject());
                    }
                    bytes.extend_from_slice(&chunk);
                }
            }
            parse(if bytes.is_empty() { b"{}" } else { &bytes })
        })
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<Body<T>> {
    // A NUL can't be stored as text by PostgreSQL, and no field has a use for it.
    if bytes.windows(6).any(|six| six == b"\\u0000") || bytes.contains(&0) {
        return Err(Code::Malformed.reject());
    }
    let mut whole: Value = serde_json::from_slice(bytes).map_err(|_| Code::Malformed.reject())?;
    let value = parse_value(&whole)?;
    forget_sent_at(&mut whole);
    let digest = sha256(&[whole.to_string().as_bytes()]);
    Ok(Body { value, digest })
}

/// Reads a value that is JSON already.
///
/// # Errors
/// `field.invalid` with the field's path.
pub fn parse_value<T: DeserializeOwned>(whole: &Value) -> Result<T> {
    serde_path_to_error::deserialize(whole).map_err(|error| wrong_field(&error))
}

fn forget_sent_at(whole: &mut Value) {
    for object in [Some("position"), None] {
        let inner = match object {
            Some(name) => whole.get_mut(name),
            None => Some(&mut *whole),
        };
        if let Some(Value::Object(map)) = inner {
            map.remove("sent_at");
        }
    }
}

fn wrong_field(error: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    let text = error.inner().to_string();
    let quoted = text.split('`').nth(1).unwrap_or_default();
    let path = error.path().to_string();
    let join = |name: &str| match path.as_str() {
        "." => name.to_owned(),
        path if path.ends_with(name) => path.to_owned(),
        path => format!("{path}.{name}"),
    };
    if text.starts_with("missing field") {
        Error::field(&join(quoted), "required")
    } else if text.starts_with("unknown field") {
        Error::field(&join(quoted), "unknown")
    } else if text.starts_with("invalid") || text.starts_with("unknown variant") {
        Error::field(&path, "wrong_type")
    } else {
        Error::field(&path, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only its reading is looked at")]
    struct Form {
        title: String,
        position: Option<Inner>,
        sent_at: Option<String>,
    }
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only its reading is looked at")]
    struct Inner {
        lat: f64,
        sent_at: Option<String>,
    }

    fn refused(body: &str) -> (Code, Value) {
        match parse::<Form>(body.as_bytes()).unwrap_err() {
            Error::Rejected(rejection) => (rejection.code, Value::Object(rejection.facts)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_wrong_field_is_named() {
        let field = |name: &str, rule: &str| (Code::FieldInvalid, json!({"fields": {name: rule}}));
        assert_eq!(refused(r#"{}"#), field("title", "required"));
        assert_eq!(refused(r#"{"title": "a", "tilte": 1}"#), field("tilte", "unknown"));
        assert_eq!(
            refused(r#"{"title": "a", "position": {"lat": "x"}}"#),
            field("position.lat", "wrong_type")
        );
        assert_eq!(refused(r#"{"title": "a", "position": {}}"#), field("position.lat", "required"));
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        for body in ["{", r#"{"title": NaN}"#, r#"{"title": "\u0000"}"#, deep.as_str()] {
            assert_eq!(refused(body).0, Code::Malformed, "{body:.40}");
        }
    }

    #[test]
    fn a_resending_with_a_new_sent_at_has_the_same_digest() {
        let digest = |body: &str| parse::<Form>(body.as_bytes()).unwrap().digest;
        let first = digest(r#"{"title": "a", "sent_at": "1", "position": {"lat": 1, "sent_at": "1"}}"#);
        assert_eq!(first, digest(r#"{"position": {"sent_at": "2", "lat": 1}, "title": "a"}"#));
        assert_ne!(first, digest(r#"{"position": {"sent_at": "2", "lat": 2}, "title": "a"}"#));
    }
}
