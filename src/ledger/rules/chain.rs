//! How entries are chained by hashes, and what an auditor checks.
//!
//! The hash of an entry is SHA-256, in lower-case hex, over these bytes:
//!
//! 1. the version of this form, the one character `1`;
//! 2. every column of `ledger_entries` in the table's order, from `id` to `prev_hash` (all but `hash` itself), each as
//!    its length in bytes in decimal, `:`, its text in UTF-8 (NFC), `,`; a NULL is `-,`.
//!
//! Numbers are written in decimal with `-` where negative, days as `2026-09-01`, instants as microseconds since
//! 1970-01-01T00:00:00Z in decimal. So a first entry may begin `1` `2:17,` `1:5,` `1:1,` (entry 17, member 5, number 1).
//! `prev_hash` is the hash of the entry before it in the same member's ledger; the first one carries 64 zeros.
//!
//! A note's hash is SHA-256 over its salt (the text as stored), `:` and the note in UTF-8 (NFC).

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::ledger::{CreditEntry, Fault, Finding, LedgerHead};
use crate::units::{EntryId, MemberId};

/// What the first entry of a ledger carries in place of a hash before it.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The bytes over which an entry's hash is made.
pub fn canonical(entry: &CreditEntry) -> Vec<u8> {
    let mut form = Form(vec![b'1']);
    form.text(entry.id);
    form.text(entry.member_id);
    form.text(entry.seq);
    form.text(entry.claim_id);
    form.text(entry.shift_id);
    form.text(entry.day);
    form.text(&entry.kind);
    form.optional(entry.reverses_id);
    form.text(entry.minutes.0);
    form.text(entry.tenths.0);
    form.text(&entry.category);
    form.text(entry.rate_tenths.0);
    form.text(&entry.served_as);
    form.text(entry.starts_at.micros());
    form.text(entry.ends_at.micros());
    form.text(entry.checked_in_at.micros());
    form.text(entry.checked_out_at.micros());
    form.optional(entry.in_method.as_ref());
    form.text(&entry.in_level);
    form.optional(entry.in_verdict.as_ref());
    form.optional(entry.out_method.as_ref());
    form.text(&entry.out_level);
    form.optional(entry.out_verdict.as_ref());
    form.optional(entry.ticked_by);
    form.text(entry.rules_version);
    form.text(&entry.cause);
    form.optional(entry.note_hash.as_ref());
    form.text(entry.recorded_at.micros());
    form.text(&entry.prev_hash);
    form.0
}

/// The hash that an entry must carry.
pub fn hash(entry: &CreditEntry) -> String {
    hex(&Sha256::digest(canonical(entry)))
}

/// The hash of a note under its salt.
pub fn note_hash(salt: &str, text: &str) -> String {
    let text: String = text.nfc().collect();
    hex(&Sha256::digest(format!("{salt}:{text}")))
}

/// Checks one member's ledger: its entries in the order of their numbers, and its head.
pub fn audit(member: MemberId, head: Option<&LedgerHead>, entries: &[CreditEntry]) -> Vec<Finding> {
    let mut audit = Audit { member, findings: Vec::new() };
    let mut earlier: HashMap<EntryId, &CreditEntry> = HashMap::new();
    let (mut seq, mut last_hash) = (0, GENESIS);
    for entry in entries {
        let expected = i64::saturating_add(seq, 1);
        let whole = entry.seq == expected;
        if entry.seq > expected {
            audit.missing(expected, entry.seq - 1);
        }
        if hash(entry) != entry.hash {
            audit.entry(entry, Fault::Changed);
        }
        // After a gap the hash that should be here is unknown, and the gap is named already.
        if whole && entry.prev_hash != last_hash {
            audit.entry(entry, Fault::Unchained);
        }
        if !originates(entry, &earlier) {
            audit.entry(entry, Fault::WithoutOriginal);
        }
        earlier.insert(entry.id, entry);
        (seq, last_hash) = (entry.seq, &entry.hash);
    }
    audit.head(head, seq, last_hash, entries);
    audit.findings
}

/// Whether an entry is a service, or takes back exactly an earlier one.
fn originates(entry: &CreditEntry, earlier: &HashMap<EntryId, &CreditEntry>) -> bool {
    if entry.is_service() {
        return entry.reverses_id.is_none();
    }
    entry.reverses_id.and_then(|id| earlier.get(&id)).is_some_and(|original| {
        original.is_service()
            && original.claim_id == entry.claim_id
            && original.day == entry.day
            && original.minutes.0.checked_neg() == Some(entry.minutes.0)
            && original.tenths.0.checked_neg() == Some(entry.tenths.0)
    })
}

struct Audit {
    member: MemberId,
    findings: Vec<Finding>,
}

impl Audit {
    fn entry(&mut self, entry: &CreditEntry, fault: Fault) {
        let finding = Finding { member: self.member, seq: Some(entry.seq), entry: Some(entry.id), fault };
        self.findings.push(finding);
    }

    fn missing(&mut self, first: i64, last: i64) {
        let fault = Fault::Missing(last);
        self.findings.push(Finding { member: self.member, seq: Some(first), entry: None, fault });
    }

    fn whole(&mut self, fault: Fault) {
        self.findings.push(Finding { member: self.member, seq: None, entry: None, fault });
    }

    fn head(&mut self, head: Option<&LedgerHead>, seq: i64, hash: &str, entries: &[CreditEntry]) {
        let Some(head) = head else { return self.whole(Fault::HeadMissing) };
        if head.seq > seq {
            self.missing(seq + 1, head.seq);
        } else if head.seq < seq || head.hash != hash {
            self.whole(Fault::HeadElsewhere);
        }
        let sums = super::totals(entries);
        if (head.minutes, head.tenths) != (sums.minutes, sums.tenths) {
            self.whole(Fault::Sums {
                head_minutes: head.minutes,
                head_tenths: head.tenths,
                minutes: sums.minutes,
                tenths: sums.tenths,
            });
        }
    }
}

struct Form(Vec<u8>);

impl Form {
    fn text(&mut self, value: impl ToString) {
        let text: String = value.to_string().nfc().collect();
        self.0.extend_from_slice(format!("{}:{text},", text.len()).as_bytes());
    }

    fn optional(&mut self, value: Option<impl ToString>) {
        match value {
            Some(value) => self.text(value),
            None => self.0.extend_from_slice(b"-,"),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing into a String can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::ledger::rules::{Counted, Link, reversal, service};
    use crate::ledger::{Cause, Credit, End, Span};
    use crate::units::{ClaimId, Minutes, ShiftId, Tenths};

    fn at(time: &str) -> Timestamp {
        Timestamp::parse(&format!("2026-09-01T{time}:00+08:00")).unwrap()
    }

    fn link(id: i64, seq: i64, prev_hash: &str) -> Link {
        Link { id: EntryId(id), seq, prev_hash: prev_hash.to_owned() }
    }

    fn entry(link: Link) -> CreditEntry {
        let code =
            End { at: at("07:25"), method: Some("rotating_code"), level: "strong", verdict: Some("inside") };
        let credit = Credit {
            member: MemberId(5),
            claim: ClaimId(3),
            shift: ShiftId(2),
            span: Span { start: at("07:30"), end: at("08:30") },
            category: "traffic",
            served_as: "individual",
            arrived: code,
            left: End { at: at("08:31"), method: None, level: "fair", verdict: None },
            cause: Cause::LeadTick(MemberId(8)),
            reason: None,
        };
        let day = at("07:30").day();
        let counted = Counted { day, minutes: Minutes(60), rate: Tenths(10), rules_version: 1 };
        service(link, &credit, counted, Some("a".repeat(64)), at("08:40"))
    }

    fn head(entries: &[CreditEntry]) -> LedgerHead {
        let sums = crate::ledger::rules::totals(entries);
        let last = entries.last().unwrap();
        LedgerHead {
            member_id: MemberId(5),
            seq: last.seq,
            hash: last.hash.clone(),
            minutes: sums.minutes,
            tenths: sums.tenths,
        }
    }

    /// Hash and bytes were made by a few lines of Python from the description above.
    #[test]
    fn the_form_is_the_one_described() {
        let entry = entry(link(17, 1, GENESIS));
        let expected = "12:17,1:5,1:1,1:3,1:2,10:2026-09-01,7:service,-,2:60,2:10,7:traffic,2:10,10:individual,16:1788219000000000,16:1788222600000000,16:1788218700000000,16:1788222660000000,13:rotating_code,6:strong,6:inside,-,4:fair,-,1:8,1:1,9:lead_tick,64:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,16:1788223200000000,64:0000000000000000000000000000000000000000000000000000000000000000,";
        assert_eq!(String::from_utf8(canonical(&entry)).unwrap(), expected);
        assert_eq!(entry.hash, "0315445cf4af3d638effdc5d11ac50ed86d70afcff8375b1836f72eb5b511437");
        let note = "6e1bf0c832cdea3b0a4f6d04c21d4664c33812f91828fef2cb69c2c7712438ec";
        assert_eq!(note_hash("salt", "先走"), note);
    }

    #[test]
    fn an_honest_chain_has_no_findings() {
        let first = entry(link(17, 1, GENESIS));
        let back =
            reversal(link(18, 2, &first.hash), &first, Cause::Correction(MemberId(9)), None, at("09:00"));
        let again = entry(link(19, 3, &back.hash));
        let chain = [first, back, again];
        assert_eq!(audit(MemberId(5), Some(&head(&chain)), &chain), []);
    }

    #[test]
    fn a_recomputed_chain_is_still_held_to_what_a_reversal_means() {
        let first = entry(link(17, 1, GENESIS));
        let mut other = first.clone();
        other.id = EntryId(4);
        let back =
            reversal(link(18, 2, &first.hash), &other, Cause::Correction(MemberId(9)), None, at("09:00"));
        let chain = [first, back];
        let findings = audit(MemberId(5), Some(&head(&chain)), &chain);
        assert_eq!(findings.iter().map(|f| &f.fault).collect::<Vec<_>>(), [&Fault::WithoutOriginal]);
    }

    #[test]
    fn a_gap_names_the_numbers_that_are_gone() {
        let chain = [entry(link(17, 1, GENESIS)), entry(link(25, 5, &"b".repeat(64)))];
        let findings = audit(MemberId(5), Some(&head(&chain)), &chain);
        let missing = Finding { member: MemberId(5), seq: Some(2), entry: None, fault: Fault::Missing(4) };
        assert_eq!(findings.first(), Some(&missing));
        assert_eq!(findings.len(), 1);
        assert_eq!(missing.to_string(), "member 5, number 2: missing up to number 4");
    }
}
