//! What the ledger writes for a service, a changed tick, a correction and a day that is full.

use daogang::clock::Timestamp;
use daogang::db::Db;
use daogang::ledger::{
    Balance, Cause, Uncounted, balance, credit, credit_all, reverse, rules, verify, waiting_of,
};
use daogang::units::{ClaimId, MemberId, Minutes, Tenths};
use diesel::prelude::*;

use super::engines::{at, entries, morning, on_both, on_postgres, rules, served};

const MEMBER: MemberId = MemberId(1);
const LEAD: MemberId = MemberId(8);
const OFFICER: MemberId = MemberId(9);

fn sums(minutes: i64, tenths: i64, services: i64) -> Balance {
    Balance { minutes, tenths, services }
}

#[test]
fn a_morning_at_the_crossing_is_one_entry_of_an_hour_and_a_point() {
    on_both(|db| {
        let credited = credit(db, &morning(1), rules(), at("08:31")).unwrap();
        assert_eq!(credited.minutes(), Minutes(60));
        assert_eq!((credited.none, credited.waiting.len()), (None, 0));
        let entries = entries(db, MEMBER);
        assert_eq!(entries, credited.entries);
        assert_eq!(
            (entries[0].seq, entries[0].tenths, entries[0].cause.as_str()),
            (1, Tenths(10), "check_out")
        );
        assert_eq!(entries[0].prev_hash, rules::GENESIS);
        assert_eq!(balance(db, MEMBER).unwrap(), sums(60, 10, 1));
        assert_eq!(verify(db, |_| ()).unwrap(), []);
    });
}

#[test]
fn a_night_is_two_entries_on_two_days() {
    on_both(|db| {
        let mut night = served(1, 1, ("22:00", "23:00"));
        night.span.end = Timestamp::parse("2026-09-02T02:00:00+08:00").unwrap();
        night.left.at = night.span.end;
        let entries = credit(db, &night, rules(), night.span.end).unwrap().entries;
        let days: Vec<_> = entries.iter().map(|e| (e.day.to_string(), e.minutes.0, e.seq)).collect();
        assert_eq!(days, [("2026-09-01".to_owned(), 120, 1), ("2026-09-02".to_owned(), 120, 2)]);
        assert_eq!(balance(db, MEMBER).unwrap(), sums(240, 40, 1));
    });
}

#[test]
fn a_tick_that_changes_nothing_writes_nothing() {
    on_both(|db| {
        let first = credit(db, &morning(1), rules(), at("08:31")).unwrap();
        let mut tick = morning(1);
        tick.cause = Cause::LeadTick(LEAD);
        assert_eq!(credit(db, &tick, rules(), at("08:40")).unwrap(), first);
        assert_eq!(entries(db, MEMBER).len(), 1);
    });
}

#[test]
fn a_tick_that_changes_the_minutes_reverses_and_writes_anew() {
    on_both(|db| {
        credit(db, &morning(1), rules(), at("08:31")).unwrap();
        let mut tick = morning(1);
        (tick.cause, tick.left.at) = (Cause::LeadTick(LEAD), at("08:20"));
        tick.reason = Some("八点二十先走".to_owned());
        let credited = credit(db, &tick, rules(), at("08:40")).unwrap();
        assert_eq!(credited.minutes(), Minutes(50));
        let entries = entries(db, MEMBER);
        let minutes: Vec<_> = entries.iter().map(|e| (e.minutes.0, e.reverses_id)).collect();
        assert_eq!(minutes, [(60, None), (-60, Some(entries[0].id)), (50, None)]);
        assert_eq!(entries[1].checked_out_at, entries[0].checked_out_at);
        assert!(entries[1].note_hash.is_some() && entries[1].note_hash != entries[2].note_hash);
        assert_eq!(balance(db, MEMBER).unwrap(), sums(50, 8, 1));
        assert_eq!(rules::totals(&entries), sums(50, 8, 1));
        assert_eq!(verify(db, |_| ()).unwrap(), []);
    });
}

#[test]
fn a_tick_after_which_nothing_counts_only_reverses() {
    on_both(|db| {
        credit(db, &morning(1), rules(), at("08:31")).unwrap();
        let mut tick = morning(1);
        (tick.cause, tick.left.at) = (Cause::LeadTick(LEAD), at("07:50"));
        assert_eq!(credit(db, &tick, rules(), at("08:40")).unwrap().none, Some(Uncounted::UnderReview));
        assert_eq!(balance(db, MEMBER).unwrap(), sums(0, 0, 0));
        tick.cause = Cause::OfficerTick(OFFICER);
        assert_eq!(credit(db, &tick, rules(), at("08:50")).unwrap().minutes(), Minutes(20));
        assert_eq!(balance(db, MEMBER).unwrap(), sums(20, 3, 1));
        tick.left.at = at("07:40");
        assert_eq!(credit(db, &tick, rules(), at("08:55")).unwrap().none, Some(Uncounted::TooShort));
        assert_eq!(balance(db, MEMBER).unwrap(), sums(0, 0, 0));
        assert_eq!(verify(db, |_| ()).unwrap(), []);
    });
}

#[test]
fn minutes_over_the_days_cap_wait_and_a_reversal_makes_room_for_later_ones() {
    on_both(|db| {
        let now = at("23:59");
        credit(db, &served(1, 1, ("06:00", "13:00")), rules(), now).unwrap();
        let second = credit(db, &served(1, 2, ("13:00", "15:00")), rules(), now).unwrap();
        assert_eq!((second.minutes(), second.waiting[0].minutes), (Minutes(60), Minutes(60)));
        let third = credit(db, &served(1, 3, ("15:00", "16:00")), rules(), now).unwrap();
        assert_eq!((third.none, third.waiting[0].minutes), (Some(Uncounted::DayCap), Minutes(60)));
        assert_eq!(balance(db, MEMBER).unwrap(), sums(480, 80, 2));

        // The same judgement again is no change, although it waits in part.
        assert_eq!(credit(db, &served(1, 2, ("13:00", "15:00")), rules(), now).unwrap(), second);
        assert_eq!(credit(db, &served(1, 3, ("15:00", "16:00")), rules(), now).unwrap(), third);

        reverse(db, MEMBER, ClaimId(1), Cause::Correction(OFFICER), Some("记错了人"), now).unwrap();
        assert_eq!(waiting_of(db, ClaimId(2)).unwrap(), second.waiting);
        let fourth = credit(db, &served(1, 4, ("16:00", "22:00")), rules(), now).unwrap();
        assert_eq!((fourth.minutes(), fourth.waiting.len()), (Minutes(360), 0));
        assert_eq!(balance(db, MEMBER).unwrap(), sums(420, 70, 2));
        assert_eq!(reverse(db, MEMBER, ClaimId(1), Cause::Correction(OFFICER), None, now).unwrap(), []);
        reverse(db, MEMBER, ClaimId(2), Cause::Correction(OFFICER), None, now).unwrap();
        assert_eq!(waiting_of(db, ClaimId(2)).unwrap(), []);
        assert_eq!(verify(db, |_| ()).unwrap(), []);
    });
}

#[test]
fn several_services_are_written_by_ascending_member() {
    on_both(|db| {
        let span = ("07:30", "08:30");
        let credits = vec![served(3, 3, span), served(1, 1, span), served(2, 2, span)];
        let written = credit_all(db, credits, rules(), at("08:40")).unwrap();
        assert_eq!(written.iter().map(|(claim, _)| claim.0).collect::<Vec<_>>(), [1, 2, 3]);
        let ids: Vec<_> = written.iter().map(|(_, credited)| credited.entries[0].id).collect();
        assert!(ids.is_sorted());
        let mut walked = Default::default();
        assert_eq!(verify(db, |progress| walked = progress).unwrap(), []);
        assert_eq!((walked.members, walked.entries), (3, 3));
    });
}

/// Two shifts of one member end at once, on two servers: the sum of both is read under the lock of the head.
#[test]
fn two_writers_never_bring_a_day_over_its_cap() {
    on_postgres(|url| {
        let claims = [
            (1, ("06:00", "12:00")),
            (2, ("12:00", "18:00")),
            (3, ("18:00", "23:00")),
            (4, ("05:00", "06:00")),
        ];
        std::thread::scope(|threads| {
            for (claim, span) in claims {
                threads.spawn(move || {
                    let mut db = Db::Pg(PgConnection::establish(url).unwrap());
                    for _ in 0..10 {
                        db.transaction(|db| credit(db, &served(1, claim, span), rules(), at("23:30")))
                            .unwrap();
                        db.transaction(|db| {
                            reverse(db, MEMBER, ClaimId(claim), Cause::Correction(OFFICER), None, at("23:40"))
                        })
                        .unwrap();
                        db.transaction(|db| credit(db, &served(1, claim, span), rules(), at("23:50")))
                            .unwrap();
                    }
                });
            }
        });
        let mut db = Db::Pg(PgConnection::establish(url).unwrap());
        let mut day = 0;
        for entry in entries(&mut db, MEMBER) {
            day += entry.minutes.0;
            assert!((0..=480).contains(&day), "{} minutes after entry {}", day, entry.seq);
        }
        assert_eq!(balance(&mut db, MEMBER).unwrap().minutes, i64::from(day));
        assert_eq!(verify(&mut db, |_| ()).unwrap(), []);
    });
}
