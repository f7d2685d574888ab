//! A person with a phone: sends requests, and reads the answers.

use daogang::units::MemberId;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

/// Someone who calls the server by its routes. Clones are the same person.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The member; 0 when nobody is signed in.
    pub id: MemberId,
    client: Client,
    base: String,
    token: Option<String>,
    key: Option<String>,
}

impl Caller {
    pub fn new(base: &str, token: Option<String>, id: MemberId) -> Self {
        let client = Client::builder().no_proxy().build().expect("a client");
        Self { id, client, base: base.to_owned(), token, key: None }
    }

    /// Someone else on the same client, since a thousand of them have not a thousand pools of connections.
    pub fn beside(&self, token: String, id: MemberId) -> Self {
        Self { id, token: Some(token), ..self.clone() }
    }

    /// The same person, sending with this Idempotency-Key.
    pub fn keyed(&self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self.clone() }
    }

    /// The same person at another server.
    pub fn at(&self, server: &super::TestApp) -> Self {
        Self { base: server.base().to_owned(), ..self.clone() }
    }

    /// The same person at an address, such as a process's.
    pub fn to(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// A request to a path below `/api/v1`, for what the shorter ways below can't say.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.request_outside(method, &format!("/api/v1{path}"))
    }

    /// A request to a path without prefix, such as `/healthz` or `/c/{code}`.
    pub fn request_outside(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(key) = &self.key {
            request = request.header("Idempotency-Key", key);
        }
        request
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::to(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        Answer::to(self.request(Method::PUT, path).json(&body)).await
    }

    /// Edits a row that has this version.
    pub async fn patch(&self, path: &str, version: i64, body: Value) -> Answer {
        let request = self.request(Method::PATCH, path).header("If-Match", format!("\"{version}\""));
        Answer::to(request.json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::to(self.request(Method::DELETE, path)).await
    }
}

/// What the server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// The body as JSON; `null` when it is empty, a text when it is no JSON.
    pub body: Value,
}

impl Answer {
    /// Sends a request and reads the whole answer.
    pub async fn to(request: RequestBuilder) -> Self {
        Self::try_to(request).await.expect("the server answers")
    }

    /// Sends a request whose answer may be cut off.
    pub async fn try_to(request: RequestBuilder) -> reqwest::Result<Self> {
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await?;
        let body = match text.as_str() {
            "" => Value::Null,
            text => serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned())),
        };
        Ok(Self { status, headers, body })
    }

    /// The body of an answer that is no refusal.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "refused: {} {}", self.status, self.body);
        self.body
    }

    /// The code of a refusal, which is checked to be a whole problem document.
    #[track_caller]
    pub fn code(&self) -> &str {
        assert!(self.status >= 400, "not refused: {} {}", self.status, self.body);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.body["status"], self.status, "{}", self.body);
        let code = self.body["code"].as_str().expect("a code");
        assert_eq!(self.body["type"], format!("/problems/{code}"));
        code
    }

    /// The refused fields with their rules.
    #[track_caller]
    pub fn fields(&self) -> &Value {
        assert_eq!((self.status, self.code()), (422, "field.invalid"), "{}", self.body);
        &self.body["facts"]["fields"]
    }

    /// A header; empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The `id` of the row in the body.
    #[track_caller]
    pub fn id(&self) -> i64 {
        self.body["id"].as_i64().unwrap_or_else(|| panic!("no id: {} {}", self.status, self.body))
    }
}
