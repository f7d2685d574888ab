//! The pages inside the binary: what is served under which path, in which form, and how long it is kept.

use std::io::Write;

use daogang::db::migrate;
use daogang::pages::Pages;
use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::Method;
use serde_json::Value;

use crate::checkins::{code_of, cookie, open_shift};
use crate::support::{Answer, Setup, TestApp, both_engines};

const INDEX: &str = "<!doctype html>\n<html lang=\"zh-CN\">\n<body>first page</body>\n</html>\n";

fn pages() -> Pages {
    let files = [
        ("index.html", INDEX),
        ("index.html.br", "index in brotli"),
        ("sw.js", "worker"),
        ("manifest.webmanifest", "{}"),
        ("assets/index-4f2a.js", "script"),
        ("assets/index-4f2a.js.br", "script in brotli"),
        ("assets/index-4f2a.js.gz", "script in gzip"),
        ("assets/reader-91bc.wasm", "wasm"),
        ("assets/only-77aa.css", "style"),
        ("assets/only-77aa.css.gz", "style in gzip"),
    ];
    Pages::of(files.map(|(path, text)| (path.to_owned(), text.into())))
}

async fn app() -> TestApp {
    TestApp::start(Setup::sqlite().pages(pages())).await
}

async fn ask(app: &TestApp, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = app.nobody().request_outside(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::to(request).await
}

async fn get(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    ask(app, Method::GET, path, headers).await
}

/// What a browser sends when a person follows a link.
const FOLLOWED: (&str, &str) = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

#[tokio::test(flavor = "multi_thread")]
async fn each_file_has_its_kind_and_is_kept_as_long_as_its_name_says() {
    let app = app().await;
    let forever = "public, max-age=31536000, immutable";
    for (path, kind, keep) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/assets/index-4f2a.js", "text/javascript; charset=utf-8", forever),
        ("/assets/reader-91bc.wasm", "application/wasm", forever),
    ] {
        let answer = get(&app, path, &[]).await;
        let found = (answer.status, answer.header("content-type"), answer.header("cache-control"));
        assert_eq!(found, (200, kind, keep), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let head = ask(&app, Method::HEAD, path, &[]).await;
        assert_eq!(
            (head.status, &head.body, head.header("etag")),
            (200, &Value::Null, answer.header("etag"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_gets_the_smallest_form_that_it_takes() {
    let app = app().await;
    for (path, accepts, body, encoding) in [
        ("/assets/index-4f2a.js", "gzip, deflate, br, zstd", "script in brotli", "br"),
        ("/assets/index-4f2a.js", "gzip, deflate", "script in gzip", "gzip"),
        ("/assets/index-4f2a.js", "gzip, br;q=0", "script in gzip", "gzip"),
        ("/assets/index-4f2a.js", "identity", "script", ""),
        ("/assets/only-77aa.css", "gzip, br", "style in gzip", "gzip"),
        ("/assets/only-77aa.css", "br", "style", ""),
        ("/", "gzip, deflate, br", "index in brotli", "br"),
        ("/", "", INDEX, ""),
    ] {
        let answer = get(&app, path, &[("Accept-Encoding", accepts)]).await;
        let found = answer.header("content-encoding").trim_start_matches("identity");
        assert_eq!((&answer.body, found), (&Value::from(body), encoding), "{path} {accepts}");
        assert!(answer.header("vary").to_lowercase().contains("accept-encoding"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_carried_compressed_is_unpacked_for_a_caller_that_takes_neither_form() {
    let script = "let words = 1;".repeat(200);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(script.as_bytes()).unwrap();
    let files = [
        ("index.html".to_owned(), INDEX.into()),
        ("assets/a-1.js.gz".to_owned(), gzip.finish().unwrap().into()),
        ("assets/a-1.js.br".to_owned(), "in brotli".into()),
    ];
    let app = TestApp::start(Setup::sqlite().pages(Pages::of(files))).await;
    let plain = get(&app, "/assets/a-1.js", &[("Accept-Encoding", "identity")]).await;
    assert_eq!((plain.status, &plain.body), (200, &Value::from(script)));
    let small = get(&app, "/assets/a-1.js", &[("Accept-Encoding", "br")]).await;
    assert_eq!((&small.body, small.header("etag")), (&Value::from("in brotli"), plain.header("etag")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_phone_has_is_not_sent_again() {
    let app = app().await;
    let tag = get(&app, "/sw.js", &[]).await.header("etag").to_owned();
    let again = get(&app, "/sw.js", &[("If-None-Match", &tag)]).await;
    assert_eq!((again.status, again.body), (304, Value::Null));
    assert_eq!(get(&app, "/sw.js", &[("If-None-Match", "W/\"other\"")]).await.status, 200);
    assert_ne!(get(&app, "/", &[]).await.header("etag"), tag);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_into_the_pages_opens_the_first_one() {
    let app = app().await;
    for path in ["/record", "/posts/12?shift=4", "/desk/today", "/lead/7/arrivals"] {
        let answer = get(&app, path, &[FOLLOWED, ("Accept-Encoding", "identity")]).await;
        assert_eq!((answer.status, &answer.body), (200, &Value::from(INDEX)), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    for path in
        ["/api/v1/nothing", "/api", "/problems/x", "/assets/gone-0000.js", "/index.html.br", "/favicon.ico"]
    {
        assert_eq!(get(&app, path, &[FOLLOWED]).await.code(), "row.not_found", "{path}");
    }
    assert_eq!(get(&app, "/record", &[("Accept", "application/json")]).await.code(), "row.not_found");
    assert_eq!(get(&app, "/metrics", &[FOLLOWED]).await.code(), "row.not_found");
    assert_eq!(ask(&app, Method::POST, "/record", &[FOLLOWED]).await.code(), "row.not_found");
    assert_eq!(get(&app, "/../Cargo.toml", &[]).await.code(), "row.not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_pages_the_server_says_how_to_build_them() {
    let app = TestApp::start(Setup::sqlite()).await;
    let answer = get(&app, "/", &[FOLLOWED]).await;
    let text = answer.body.as_str().unwrap();
    assert_eq!((answer.status, answer.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(
        text.contains("scripts/build") && text.contains("页面还没有编译进来") && text.contains("lang=\"en\"")
    );
    assert_eq!(get(&app, "/record", &[FOLLOWED]).await.code(), "row.not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_behind_a_code_is_told_what_the_code_was() {
    let app = app().await;
    let shift = open_shift(&app).await;
    let forged = format!("{}A", code_of(&app, shift, 0));
    for (code, status, state, with_ticket) in [
        (code_of(&app, shift, 0), 200, "seen", true),
        (code_of(&app, shift, 60), 410, "stale", false),
        (forged, 404, "unknown", false),
    ] {
        let answer = get(&app, &format!("/c/{code}"), &[FOLLOWED]).await;
        let page = INDEX.replacen("<html", &format!("<html data-code-state=\"{state}\""), 1);
        assert_eq!((answer.status, &answer.body), (status, &Value::from(page)));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(cookie(&answer, "daogang_ticket").is_some(), with_ticket);
    }
}

both_engines! {
    async fn pages_are_told_the_servers_time_and_where_the_map_is(app: TestApp) {
        let config = app.nobody().get("/config").await.ok();
        let now = daogang::clock::Timestamp::parse(config["now"].as_str().unwrap()).unwrap();
        assert!(app.now().since(now).num_seconds() < 5);
        assert_eq!((&config["demo"], &config["tiles"]), (&Value::Null, &Value::Null));
        assert_eq!(config["version"], env!("CARGO_PKG_VERSION"));
        let offset = app.clock().offset().num_microseconds().unwrap().to_string();
        app.look(|db| {
            migrate::put(db, "clock_offset_us", &offset).unwrap();
            migrate::put(db, "demonstration", "1").unwrap();
        });
        let demo = app.nobody().get("/config").await.ok()["demo"]["offset_ms"].as_i64().unwrap();
        assert_eq!(demo, app.clock().offset().num_milliseconds());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_may_fetch_tiles_from_where_they_are_and_nothing_else_from_elsewhere() {
    let plain = get(&app().await, "/", &[]).await;
    let policy = plain.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'self';") && policy.contains("img-src 'self' data: blob:;"),
        "{policy}"
    );
    assert!(!policy.contains("http"), "{policy}");
    let setup = Setup::sqlite().set("DAOGANG_TILES", "tianditu").set("DAOGANG_TILES_KEY", "k1");
    let app = TestApp::start(setup).await;
    let answer = app.nobody().get("/config").await;
    let with_tiles = policy.replace("data: blob:; media", "data: blob: https://*.tianditu.gov.cn; media");
    assert_eq!(answer.header("content-security-policy"), with_tiles);
    let tiles = &answer.body["tiles"];
    assert_eq!(
        (&tiles["name"], &tiles["datum"], tiles["layers"].as_array().unwrap().len()),
        (&"tianditu".into(), &"wgs84".into(), 2)
    );
    assert!(tiles.get("source").is_none());
}
