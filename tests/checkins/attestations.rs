//! Someone in charge vouches for a member, with a reason.

use serde_json::json;

use super::morning::{Morning, by_position, clock, entry};
use crate::support::both_engines;

both_engines! {
    async fn an_attested_arrival_counts_by_itself(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, morning.hold("chen").await);
        let answer = morning.at("07:35").attest(&lead.caller, member.claim, None, None).await;
        assert_eq!((answer.status, &answer.body["claim_id"], &answer.body["state"]), (201, &json!(member.claim), &json!("checked_in")));
        let line = morning.line("arrivals", member.claim).await;
        assert_eq!((&line["check_in"]["method"], &line["check_in"]["evidence_level"]), (&json!("attestation"), &json!("attested")));
        assert_eq!((clock(&line["check_in"]["at"]), &line["counts"]), ("07:35".into(), &json!("counted")));
        let left = member.check_out(morning.at("08:30").proof().await).await.ok();
        assert_eq!((&left["counts"], member.entries().await), (&json!("counted"), vec![entry("service", "check_out", 55)]));
        assert_eq!(member.tries(&app), 1);
        let notes = "SELECT count(*) AS n FROM claim_notes WHERE kind = 'attestation' AND text = '手机没电' AND author_id = 1";
        assert_eq!(app.count(notes), 1);
    }

    async fn an_attestation_never_lowers_the_other_end(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, morning.hold("chen").await);
        member.check_in(morning.at("07:22").proof().await).await.ok();
        morning.at("08:25").attest(&lead.caller, member.claim, None, Some("08:20")).await.ok();
        let line = morning.line("departures", member.claim).await;
        assert_eq!((&line["check_in"]["evidence_level"], clock(&line["check_in"]["at"])), (&json!("strong"), "07:22".into()));
        assert_eq!(member.entries().await, [entry("service", "lead_tick", 50)]);
    }

    async fn after_the_end_both_times_are_said(app: TestApp) {
        let morning = Morning::new(&app).await;
        let lead = morning.led_by("amina").await;
        let (absent, stayed) = (morning.hold("chen").await, morning.hold("bolat").await);
        stayed.check_in(by_position(morning.at("07:22").here())).await.ok();
        morning.due_at("2026-09-02 09:01").await;
        assert_eq!((absent.state().await, stayed.state().await), (json!("unverified"), json!("open")));
        let (missing, both) = (json!("required_after_the_end"), json!({"arrived_at": "required_after_the_end", "left_at": "required_after_the_end"}));
        let refused = morning.attest(&lead.caller, absent.claim, None, None).await;
        assert_eq!(refused.fields(), &both);
        let refused = morning.attest(&lead.caller, absent.claim, Some("07:30"), None).await;
        assert_eq!(refused.fields(), &json!({"left_at": missing}));
        for member in [&absent, &stayed] {
            let answer = morning.attest(&lead.caller, member.claim, Some("07:30"), Some("08:30")).await.ok();
            assert_eq!((&answer["state"], &answer["counts"], &answer["minutes"]), (&json!("completed"), &json!("counted"), &json!(60)));
            assert_eq!(member.entries().await, [entry("service", "lead_tick", 60)]);
        }
        app.check_invariants();
    }

    async fn nobody_vouches_for_themself(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, officer) = (morning.led_by("amina").await, morning.hold("gao").await);
        for member in [&lead, &officer] {
            let refused = morning.at("07:35").attest(&member.caller, member.claim, None, None).await;
            assert_eq!((refused.status, refused.code()), (409, "lead.own_claim"));
            assert_eq!(member.state().await, "held");
        }
        morning.attest(&lead.caller, officer.claim, None, None).await.ok();
        morning.attest(&officer.caller, lead.claim, None, None).await.ok();
    }

    async fn a_claim_that_is_settled_or_elsewhere_is_not_attested(app: TestApp) {
        let (morning, other) = (Morning::new(&app).await, Morning::new(&app).await);
        let lead = morning.led_by("amina").await;
        let (elsewhere, gone, done, forgotten) = (other.hold("chen").await, morning.hold("bolat").await, morning.hold("dilnur").await, morning.hold("fang").await);
        gone.caller.post(&format!("/claims/{}/release", gone.claim), json!({})).await.ok();
        done.check_in(morning.at("07:22").proof().await).await.ok();
        done.check_out(morning.at("08:20").proof().await).await.ok();
        for (claim, status, code, facts) in [
            (elsewhere.claim, 404, "row.not_found", json!({})),
            (999_999, 404, "row.not_found", json!({})),
            (gone.claim, 409, "claim.wrong_state", json!({"state": "released"})),
            (done.claim, 409, "claim.wrong_state", json!({"state": "completed"})),
        ] {
            let refused = morning.attest(&lead.caller, claim, None, None).await;
            assert_eq!((refused.status, refused.code(), &refused.body["facts"]), (status, code, &facts));
        }
        for who in ["chen", "hu", "jin"] {
            assert_eq!(morning.attest(&app.member(who), forgotten.claim, None, None).await.status, 404, "{who}");
        }
        // A week later nobody has said anything, and nobody can any more.
        morning.due_at("2026-09-02 08:31").await;
        morning.due_at("2026-09-09 08:30").await;
        let refused = morning.attest(&app.member("gao"), forgotten.claim, Some("07:30"), Some("08:30")).await;
        assert_eq!((refused.code(), &refused.body["facts"]), ("claim.wrong_state", &json!({"state": "void"})));
        assert_eq!(app.count("SELECT count(*) AS n FROM claim_notes WHERE kind = 'attestation'"), 0);
    }

    async fn times_outside_the_shift_are_refused(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, morning.hold("chen").await);
        for (now, arrived, left) in [
            ("07:40", "06:59", None),
            ("07:40", "07:41", None),
            ("08:40", "07:30", Some("08:31")),
            ("08:40", "07:50", Some("07:40")),
            ("08:40", "06:59", Some("08:30")),
        ] {
            let refused = morning.at(now).attest(&lead.caller, member.claim, Some(arrived), left).await;
            assert_eq!((refused.status, refused.code()), (409, "lead.time_out_of_range"), "{arrived} {left:?} at {now}");
        }
        assert_eq!(app.count("SELECT count(*) AS n FROM checkins"), 0);
    }

    async fn a_short_attested_presence_waits_for_an_officer(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, member) = (morning.led_by("amina").await, morning.hold("chen").await);
        let answer = morning.at("08:40").attest(&lead.caller, member.claim, Some("07:30"), Some("08:00")).await.ok();
        assert_eq!((&answer["counts"], &answer["minutes"], member.minutes().await), (&json!("under_review"), &json!(30), 0));
        morning.tick(&app.member("gao"), "departures", &[member.claim], None).await.ok();
        assert_eq!(member.entries().await, [entry("service", "officer_tick", 30)]);
    }

    async fn a_lead_attests_over_no_officers_word(app: TestApp) {
        let morning = Morning::new(&app).await;
        let (lead, gao) = (morning.led_by("amina").await, app.member("gao"));
        let (ticked, attested) = (morning.hold("chen").await, morning.hold("bolat").await);
        ticked.check_in(by_position(morning.at("07:22").here())).await.ok();
        morning.at("07:50").tick(&gao, "arrivals", &[ticked.claim], Some("07:40")).await.ok();
        morning.attest(&gao, attested.claim, Some("07:40"), None).await.ok();
        for member in [&ticked, &attested] {
            let refused = morning.attest(&lead.caller, member.claim, Some("07:20"), None).await;
            assert_eq!((refused.status, refused.code()), (409, "claim.wrong_state"));
            // What the officer left open the lead may still say.
            morning.at("08:29").attest(&lead.caller, member.claim, None, Some("08:28")).await.ok();
            let line = morning.line("arrivals", member.claim).await;
            assert_eq!(clock(&line["check_in"]["at"]), "07:40");
            morning.at("07:50");
        }
    }
}
