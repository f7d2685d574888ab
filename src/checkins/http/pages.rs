//! The plain page behind a scanned code, in both languages and without scripts.

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;

use crate::error::Code;

/// What a page says: a headline and a sentence in Chinese, and both in English.
type Words = [&'static str; 4];

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
pub(super) fn seen(cookies: impl IntoIterator<Item = Cookie<'static>>) -> HttpResponse {
    page(StatusCode::OK, SEEN, cookies)
}

/// The page for a code that was refused.
pub(super) fn refused(code: Code) -> HttpResponse {
    match code {
        Code::CodeStale => page(StatusCode::GONE, STALE, None),
        _ => page(StatusCode::NOT_FOUND, UNKNOWN, None),
    }
}

fn page(
    status: StatusCode,
    words: Words,
    cookies: impl IntoIterator<Item = Cookie<'static>>,
) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    for cookie in cookies {
        response.cookie(cookie);
    }
    response.content_type("text/html; charset=utf-8").body(html(words))
}

fn html([title, text, title_en, text_en]: Words) -> String {
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} · 到岗</title>\n\
         </head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n\
         <section lang=\"en\">\n<h2>{title_en}</h2>\n<p>{text_en}</p>\n</section>\n</main>\n</body>\n</html>\n"
    )
}
