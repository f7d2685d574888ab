//! A member's place in a shift, from taking it to what became of it.

mod changes;
mod leads;
mod reading;
mod refusals;
mod release;
mod resolve;
mod rush;
mod sweep;
mod two_shifts;

use std::time::Duration;

use daogang::units::ShiftId;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::databases::until;
use crate::support::{Answer, Caller, TestApp};

/// Presses once.
async fn claim(member: &Caller, shift: i64) -> Answer {
    member.post(&format!("/shifts/{shift}/claims"), json!({"wait": false})).await
}

/// Presses as a client does: what is not known to be done, or was cut off, is sent again with the same key.
async fn press(member: &Caller, shift: i64) -> Answer {
    let member = member.keyed(&format!("press-{}-{shift}", member.id));
    for _ in 0..60 {
        let request = member.request(Method::POST, &format!("/shifts/{shift}/claims"));
        match Answer::try_to(request.json(&json!({"wait": false}))).await {
            // 408: a busy machine took five seconds to send the head of the request.
            Ok(answer) if !matches!(answer.status, 408 | 503) => return answer,
            Ok(answer) if answer.status == 503 => assert_eq!(answer.header("retry-after"), "1"),
            Ok(_) | Err(_) => {}
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    panic!("no answer to {} in a minute", member.id);
}

async fn release(member: &Caller, claim: i64) -> Answer {
    member.post(&format!("/claims/{claim}/release"), json!({})).await
}

/// Names a shift's lead, as Gao does.
async fn name_lead(app: &TestApp, shift: i64, lead: &Caller) {
    app.member("gao").put(&format!("/shifts/{shift}/lead"), json!({"member_id": lead.id})).await.ok();
}

/// A shift as a member reads it.
async fn read(member: &Caller, shift: i64) -> Value {
    member.get(&format!("/shifts/{shift}")).await.ok()
}

/// Waits until a server remembers that the shift is full for this member.
async fn full_mark(app: &TestApp, shift: i64, member: &Caller) {
    until("the shift is marked as full", async || app.app.marks.refuse(ShiftId(shift), member.id)).await;
}

/// How often a kind of notice was promised.
fn promised(app: &TestApp, kind: &str) -> i64 {
    app.count(&format!("SELECT count(*) AS n FROM outbox WHERE kind = '{kind}'"))
}
