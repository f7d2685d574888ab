//! The page behind a scanned code, which checks in by itself; without pages a plain one in both languages.

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;

use crate::error::Code;
use crate::pages::plain::{self, Words};
use crate::pages::{CodeState, Pages};

const SEEN: Words = [
    "码已识别",
    "看到码的时间已记下，10 分钟内有效。请登录后签到或签退，不用再扫。",
    "Code read",
    "The moment you saw it is kept for 10 minutes. Sign in and check in or out; there is no need to scan again.",
];
const STALE: Words = [
    "这个码过时了",
    "请对着现场屏幕上现在的码再扫一次。扫不了，请找现场负责人确认。",
    "This code has expired",
    "Scan the one that shows on the screen now. If that doesn't work, ask the site lead to confirm.",
];
const UNKNOWN: Words = [
    "这个码认不出来",
    "请对着现场屏幕上的码再扫一次。扫不了，请找现场负责人确认。",
    "This code can't be read",
    "Scan the one on the screen at your post. If that doesn't work, ask the site lead to confirm.",
];

/// The page for a code that is good now, with its cookies.
pub(super) fn seen(pages: &Pages, cookies: impl IntoIterator<Item = Cookie<'static>>) -> HttpResponse {
    page(pages, StatusCode::OK, CodeState::Seen, SEEN, cookies)
}

/// The page for a code that was refused.
pub(super) fn refused(pages: &Pages, code: Code) -> HttpResponse {
    match code {
        Code::CodeStale => page(pages, StatusCode::GONE, CodeState::Stale, STALE, None),
        _ => page(pages, StatusCode::NOT_FOUND, CodeState::Unknown, UNKNOWN, None),
    }
}

fn page(
    pages: &Pages,
    status: StatusCode,
    state: CodeState,
    words: Words,
    cookies: impl IntoIterator<Item = Cookie<'static>>,
) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    for cookie in cookies {
        response.cookie(cookie);
    }
    let body = pages.behind_code(state).unwrap_or_else(|| plain::html(words));
    response.content_type("text/html; charset=utf-8").body(body)
}
