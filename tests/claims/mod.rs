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
use serde_json::{Value, json};

use crate::support::databases::until;
use crate::support::{Answer, Caller, TestApp};

/// Presses once.
async fn claim(member: &Caller, shift: i64) -> Answer {
    member.post(&format!("/shifts/{shift}/claims"), json!({"wait": false})).await
}

/// Presses as a client does: what is not known to be done is sent again with the same key.
async fn press(member: &Caller, shift: i64) -> Answer {
    let member = member.keyed(&format!("press-{}-{shift}", member.id));
    loop {
        let answer = claim(&member, shift).await;
        if answer.status != 503 {
            return answer;
        }
        let seconds = answer.header("retry-after").parse().expect("when to send again");
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }
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
