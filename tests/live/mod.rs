//! What changes while someone looks.

use std::time::Duration;

use daogang::ephemeral::Topic;
use daogang::units::MemberId;
use reqwest::{Method, Response};

use crate::support::city::PANXUAN;
use crate::support::databases::{execute, until};
use crate::support::posts::{Post, Shift};
use crate::support::{Caller, Setup, TestApp, both_engines};

/// A page that listens.
struct Page {
    answer: Response,
    heard: String,
}

impl Page {
    /// Opens the line and waits until it is open.
    async fn listens(by: &Caller, topic: &str) -> Self {
        let answer =
            by.request(Method::GET, &format!("/live?topic={topic}")).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        let mut page = Self { answer, heard: String::new() };
        assert_eq!(page.next().await.as_deref(), Some(": listening"));
        page
    }

    /// The next piece; nothing when the server has ended the line.
    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some((piece, rest)) = self.heard.split_once("\n\n") {
                let (piece, rest) = (piece.to_owned(), rest.to_owned());
                self.heard = rest;
                return Some(piece);
            }
            let chunk = tokio::time::timeout(Duration::from_secs(10), self.answer.chunk()).await;
            let chunk = chunk.expect("something within ten seconds").ok().flatten()?;
            self.heard.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }
}

both_engines! {
    async fn a_page_hears_of_its_own_topic_and_of_no_other(app: TestApp) {
        let amina = app.member("amina");
        let mut page = Page::listens(&amina, "me").await;
        assert_eq!(page.answer.headers()["content-type"], "text/event-stream");
        assert_eq!(page.answer.headers()["cache-control"], "no-store");
        for event in [Topic::Me(MemberId(2)).at(5), Topic::Queue.changed(), Topic::Me(MemberId(1)).at(3)] {
            app.app.ephemeral.publish(event);
        }
        // Joining Redis may tell every page to reload before.
        let resync = r#"data: {"topic":"resync","version":0}"#;
        let mut first = page.next().await.unwrap();
        while first == resync {
            first = page.next().await.unwrap();
        }
        assert_eq!(first, r#"data: {"topic":"me","id":1,"version":3}"#);
    }

    async fn a_topic_is_open_to_whom_it_concerns(app: TestApp) {
        let community = format!("organization:{PANXUAN}");
        for (who, topic, status) in [
            ("amina", "queue", 200),
            ("gao", community.as_str(), 200),
            ("kang", community.as_str(), 200),
            ("hu", community.as_str(), 404),
            ("amina", community.as_str(), 404),
            ("ma", "organization:999999", 404),
            ("amina", "shift:999999", 404),
            ("amina", "member:2", 422),
            ("amina", "", 422),
        ] {
            let answer = app.member(who).request(Method::GET, &format!("/live?topic={topic}")).send().await.unwrap();
            assert_eq!(answer.status(), status, "{who} {topic}");
        }
        assert_eq!(app.nobody().get("/live?topic=me").await.code(), "session.required");
    }

    async fn a_shift_is_watched_by_its_lead_and_the_publishers_officers(app: TestApp) {
        let shift = Post::with(Shift::new()).publish(&app, &app.member("gao")).await.shift();
        app.look(|db| execute(db, "UPDATE shifts SET lead_id = 1").unwrap());
        for (who, status) in [("amina", 200), ("gao", 200), ("ma", 200), ("chen", 404), ("hu", 404), ("nie", 404)] {
            let request = app.member(who).request(Method::GET, &format!("/live?topic=shift:{shift}"));
            assert_eq!(request.send().await.unwrap().status(), status, "{who}");
        }
    }

    async fn a_sign_in_has_four_lines_at_once_and_gets_them_back(app: TestApp) {
        let amina = app.member("amina");
        let mut pages = Vec::new();
        for _ in 0..4 {
            pages.push(Page::listens(&amina, "me").await);
        }
        let fifth = amina.get("/live?topic=queue").await;
        assert_eq!((fifth.status, fifth.code()), (429, "rate.limited"));
        assert!(!fifth.header("retry-after").is_empty());
        Page::listens(&app.member("bolat"), "me").await;
        pages.clear();
        // The server sees that a line is closed when it next writes to it.
        until("a line is given back", async || {
            app.app.ephemeral.publish(Topic::Me(MemberId(1)).changed());
            amina.request(Method::GET, "/live?topic=me").send().await.unwrap().status() == 200
        }).await;
    }

    async fn an_ended_sign_in_ends_its_lines(app: TestApp) {
        let amina = app.member("amina");
        let mut page = Page::listens(&amina, "me").await;
        amina.delete("/session").await;
        while let Some(piece) = page.next().await {
            assert!(piece.contains("resync"), "{piece}");
        }
    }

    async fn a_server_that_stops_ends_every_line(app: TestApp) {
        let mut page = Page::listens(&app.member("amina"), "queue").await;
        let mut app = app;
        app.stop().await;
        while let Some(piece) = page.next().await {
            assert!(piece.contains("resync"), "{piece}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_hears_of_what_happens_on_another_server() {
    let app = TestApp::start(Setup::postgres()).await;
    let other = app.another_server().await;
    until("both have joined Redis", async || {
        app.app.ephemeral.reached() == Some(true) && other.app.ephemeral.reached() == Some(true)
    })
    .await;
    let mut page = Page::listens(&app.member("amina"), "queue").await;
    other.app.ephemeral.publish(Topic::Queue.at(9));
    while page.next().await.expect("the line is open") != r#"data: {"topic":"queue","version":9}"# {}
}
