//! Signing in, staying signed in, and one's own particulars.

mod particulars;
mod sessions;
mod sign_in;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::city::PASSWORD;
use crate::support::{Answer, Caller, TestApp};

/// What one signs in with.
fn credentials(account: &str) -> Value {
    json!({"account": account, "password": PASSWORD})
}

/// Signs in as a client that is no browser does, and returns the caller with their token.
async fn sign_in(app: &TestApp, account: &str) -> Caller {
    let signed_in = app.nobody().post("/session", credentials(account)).await.ok();
    app.with_token(signed_in["token"].as_str().expect("a token"))
}

/// Signs in as a browser on a page of this site does.
async fn sign_in_by_browser(app: &TestApp, account: &str) -> Answer {
    let request = app.nobody().request(Method::POST, "/session").header("Origin", app.base());
    Answer::to(request.json(&credentials(account))).await
}

/// The `Set-Cookie` line with this name; empty when there is none.
fn set_cookie(answer: &Answer, name: &str) -> String {
    let lines = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().expect("plain text"));
    lines.filter(|line| line.starts_with(&format!("{name}="))).collect()
}

/// The session cookie as a browser sends it back.
fn session_cookie(answer: &Answer) -> String {
    let line = set_cookie(answer, "daogang_session");
    line.split(';').next().expect("a cookie").to_owned()
}
