//! The code on a lead's screen, which changes every 15 seconds, and the ticket that keeps the moment in which a phone
//! saw it.
//!
//! Code and ticket are read by no one but this installation: they are signed numbers, and their keys never leave it.
//! Steps count from 1970 by the real clock, since they deal with real phones.

use chrono::TimeDelta;

use crate::clock::Timestamp;
use crate::crypto::{self, Key, Keys, Purpose, from_url_text, to_url_text};
use crate::error::{Code, Error, Result};
use crate::rules::{CheckInRules, Rules};
use crate::units::{SessionId, ShiftId};

/// The first byte of a code and of a ticket: how the rest is laid out.
const VERSION: u8 = 1;
/// Version, key id, shift, step: what a code says before its tag.
const CODE_BODY: usize = 1 + 2 + 6 + 4;
const CODE_TAG: usize = 16;
/// The same, then the moment, the sign-in and the random number of a ticket.
const TICKET_BODY: usize = CODE_BODY + 8 + 8 + 16;
const TICKET_TAG: usize = 32;

/// That someone saw a shift's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The shift that the code names.
    pub shift: ShiftId,
    /// The code's time step, counted from 1970.
    pub step: u32,
    /// When it was seen, by the server's real clock.
    pub seen_at: Timestamp,
    /// The ticket's random number; none when the code itself was shown.
    pub nonce: Option<[u8; 16]>,
}

/// A code and the step in which a screen shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The code.
    pub code: String,
    /// When its step begins, by the real clock.
    pub from: Timestamp,
    /// When its step ends; it is still accepted for one step more.
    pub until: Timestamp,
}

fn rules(now: Timestamp) -> &'static CheckInRules {
    &Rules::of_day(now.day()).checkins
}

fn step_at(now: Timestamp) -> i64 {
    now.seconds().div_euclid(rules(now).code_step.num_seconds())
}

/// The code of a shift that a screen shows now, and the one after it.
///
/// # Errors
/// When the installation has no key for codes.
pub fn show(keys: &Keys, shift: ShiftId, now: Timestamp) -> Result<(Shown, Shown)> {
    let key = keys.current(Purpose::Codes).ok_or_else(|| Error::internal("there is no key for codes"))?;
    let length = rules(now).code_step;
    let began = now.seconds() - now.seconds().rem_euclid(length.num_seconds());
    let from = now.plus(TimeDelta::microseconds(began * 1_000_000 - now.micros()));
    let at = |step: i64, from: Timestamp| {
        let step = u32::try_from(step).ok();
        let body = step.and_then(|step| code_body(key.id, shift, step));
        let body = body.ok_or_else(|| Error::internal("a code can't hold this shift or time"))?;
        let code = to_url_text(&[&body[..], &code_tag(key, shift, &body)].concat());
        Ok::<_, Error>(Shown { code, from, until: from.plus(length) })
    };
    let step = step_at(now);
    Ok((at(step, from)?, at(step + 1, from.plus(length))?))
}

/// Reads a code, bare or as its whole URL, that is seen now. It is good in its step and the one before this.
///
/// # Errors
/// `checkin.code_stale` for one that is older, or that a fast screen shows a step too early; `checkin.code_invalid` for
/// what this installation didn't sign.
pub fn accept(keys: &Keys, text: &str, now: Timestamp) -> Result<Sight, Code> {
    let bytes = from_url_text(bare(text)).ok_or(Code::CodeInvalid)?;
    let (body, tag) = bytes.split_at_checked(CODE_BODY).ok_or(Code::CodeInvalid)?;
    let mut fields = Fields(body);
    let (version, key, shift, step) = (fields.u8(), fields.u16(), fields.shift(), fields.u32());
    let key = keys.find(Purpose::Codes, i64::from(key)).ok_or(Code::CodeInvalid)?;
    if version != VERSION || !crypto::same(&code_tag(key, shift, body), tag) {
        return Err(Code::CodeInvalid);
    }
    match step_at(now) - i64::from(step) {
        age if (0..=rules(now).code_grace_steps).contains(&age) => {
            Ok(Sight { shift, step, seen_at: now, nonce: None })
        }
        ..-1 => Err(Code::CodeInvalid),
        _ => Err(Code::CodeStale),
    }
}

/// The code in a text: what follows `/c/` in a URL, without query and fragment, or the whole text.
fn bare(text: &str) -> &str {
    let text = text.split(['?', '#']).next().unwrap_or_default().trim();
    text.rsplit_once("/c/").map_or(text, |(_, code)| code)
}

fn code_body(key: i64, shift: ShiftId, step: u32) -> Option<[u8; CODE_BODY]> {
    let key = u16::try_from(key).ok()?;
    let shift = u64::try_from(shift.0).ok().filter(|shift| *shift < 1 << 48)?;
    let mut body = [VERSION; CODE_BODY];
    body[1..3].copy_from_slice(&key.to_be_bytes());
    body[3..9].copy_from_slice(&shift.to_be_bytes()[2..]);
    body[9..].copy_from_slice(&step.to_be_bytes());
    Some(body)
}

fn code_tag(key: &Key, shift: ShiftId, body: &[u8]) -> [u8; CODE_TAG] {
    let of_shift = crypto::mac(&key.secret, &[b"daogang shift", &shift.0.to_be_bytes()]);
    let mut tag = [0; CODE_TAG];
    tag.copy_from_slice(&crypto::mac(&of_shift, &[b"daogang code", body])[..CODE_TAG]);
    tag
}

/// Writes a ticket for a code that was seen, for one sign-in or, without, for whoever holds it. `nonce` is random.
///
/// # Errors
/// When the installation has no key for tickets.
pub fn issue(keys: &Keys, seen: &Sight, session: Option<SessionId>, nonce: [u8; 16]) -> Result<String> {
    let key = keys.current(Purpose::Cookies).ok_or_else(|| Error::internal("there is no key for tickets"))?;
    let body = code_body(key.id, seen.shift, seen.step);
    let mut body = body.ok_or_else(|| Error::internal("a ticket can't hold this shift"))?.to_vec();
    body.extend(seen.seen_at.micros().to_be_bytes());
    body.extend(session.map_or(0, |session| session.0).to_be_bytes());
    body.extend(nonce);
    let tag = ticket_tag(key, &body);
    body.extend(tag);
    Ok(to_url_text(&body))
}

/// When a ticket ends.
pub fn ticket_ends(seen: &Sight) -> Timestamp {
    seen.seen_at.plus(rules(seen.seen_at).ticket_life)
}

/// Reads a ticket that this sign-in shows now.
///
/// # Errors
/// `checkin.code_stale` when it has ended; `checkin.code_invalid` when it is another sign-in's, or this installation
/// didn't write it.
pub fn redeem(keys: &Keys, text: &str, session: SessionId, now: Timestamp) -> Result<Sight, Code> {
    let bytes = from_url_text(text).ok_or(Code::CodeInvalid)?;
    let (body, tag) = bytes.split_at_checked(TICKET_BODY).ok_or(Code::CodeInvalid)?;
    let mut fields = Fields(body);
    let (version, key, shift, step) = (fields.u8(), fields.u16(), fields.shift(), fields.u32());
    let (micros, owner, nonce) = (fields.i64(), fields.i64(), fields.take());
    let key = keys.find(Purpose::Cookies, i64::from(key)).ok_or(Code::CodeInvalid)?;
    if version != VERSION || !crypto::same(&ticket_tag(key, body), tag) || ![0, session.0].contains(&owner) {
        return Err(Code::CodeInvalid);
    }
    let seen_at = Timestamp::from_micros(micros).ok_or(Code::CodeInvalid)?;
    let seen = Sight { shift, step, seen_at, nonce: Some(nonce) };
    if now < ticket_ends(&seen) { Ok(seen) } else { Err(Code::CodeStale) }
}

fn ticket_tag(key: &Key, body: &[u8]) -> [u8; TICKET_TAG] {
    crypto::mac(&key.secret, &[b"daogang ticket", body])
}

/// Takes numbers off the front of bytes; what is missing reads as zero.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (taken, rest) =
            self.0.split_first_chunk().map_or(([0; N], &[][..]), |(taken, rest)| (*taken, rest));
        self.0 = rest;
        taken
    }

    fn u8(&mut self) -> u8 {
        u8::from_be_bytes(self.take())
    }

    fn u16(&mut self) -> u16 {
        u16::from_be_bytes(self.take())
    }

    fn u32(&mut self) -> u32 {
        u32::from_be_bytes(self.take())
    }

    fn i64(&mut self) -> i64 {
        i64::from_be_bytes(self.take())
    }

    fn shift(&mut self) -> ShiftId {
        let high = i64::from(self.u16());
        ShiftId(high << 32 | i64::from(self.u32()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static KEYS: LazyLock<Keys> = LazyLock::new(Keys::generate);
    static OTHERS: LazyLock<Keys> = LazyLock::new(Keys::generate);
    const URL_LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000).unwrap()
    }

    fn code(shift: i64, seconds: i64) -> String {
        show(&KEYS, ShiftId(shift), at(seconds)).unwrap().0.code
    }

    /// Every text that differs from `text` in one character or is one shorter or longer.
    fn neighbours(text: &str) -> Vec<String> {
        let mut found = vec![text[1..].to_owned(), text[..text.len() - 1].to_owned(), format!("{text}A")];
        for place in 0..text.len() {
            for letter in
                URL_LETTERS.iter().chain(b"=+/ ").filter(|letter| **letter != text.as_bytes()[place])
            {
                let mut bytes = text.as_bytes().to_vec();
                bytes[place] = *letter;
                found.push(String::from_utf8(bytes).unwrap());
            }
        }
        found
    }

    #[test]
    fn a_code_is_good_in_its_step_and_the_next() {
        let now = 1_800_000_000;
        let text = code(7, now);
        for (seconds, judged) in [
            (-16, Err(Code::CodeInvalid)),
            (-15, Err(Code::CodeStale)),
            (-1, Err(Code::CodeStale)),
            (0, Ok(())),
            (14, Ok(())),
            (29, Ok(())),
            (30, Err(Code::CodeStale)),
            (86_400, Err(Code::CodeStale)),
        ] {
            assert_eq!(accept(&KEYS, &text, at(now + seconds)).map(|_| ()), judged, "{seconds}");
        }
    }

    #[test]
    fn the_next_code_is_the_one_that_shows_in_the_next_step() {
        let (shown, next) = show(&KEYS, ShiftId(7), at(1_800_000_007)).unwrap();
        assert_eq!((shown.from, shown.until), (at(1_800_000_000), at(1_800_000_015)));
        assert_eq!((next.from, next.until), (at(1_800_000_015), at(1_800_000_030)));
        assert_eq!(show(&KEYS, ShiftId(7), next.from).unwrap().0, next);
    }

    #[test]
    fn a_changed_code_is_refused() {
        let text = code(7, 1_800_000_000);
        for wrong in neighbours(&text) {
            assert_eq!(accept(&KEYS, &wrong, at(1_800_000_000)), Err(Code::CodeInvalid), "{wrong}");
        }
    }

    #[test]
    fn a_code_is_read_from_its_url() {
        let text = code(7, 1_800_000_000);
        for url in [
            format!("https://daogang.example/c/{text}"),
            format!("  http://127.0.0.1:8080/c/{text}?from=groupmessage#top\n"),
            format!("{text}?x=/c/"),
        ] {
            assert!(accept(&KEYS, &url, at(1_800_000_000)).is_ok(), "{url}");
        }
        for wrong in ["", "/c/", "https://daogang.example/", "签到", &format!("/c/{text}/x")] {
            assert_eq!(accept(&KEYS, wrong, at(1_800_000_000)), Err(Code::CodeInvalid), "{wrong}");
        }
    }

    #[test]
    fn a_changed_ticket_is_refused() {
        let seen = Sight { shift: ShiftId(7), step: 9, seen_at: at(1_800_000_000), nonce: None };
        let ticket = issue(&KEYS, &seen, Some(SessionId(3)), [5; 16]).unwrap();
        for wrong in neighbours(&ticket) {
            assert_eq!(redeem(&KEYS, &wrong, SessionId(3), seen.seen_at), Err(Code::CodeInvalid), "{wrong}");
        }
        let code = code(7, 1_800_000_000);
        assert_eq!(redeem(&KEYS, &code, SessionId(3), seen.seen_at), Err(Code::CodeInvalid));
        assert_eq!(accept(&KEYS, &ticket, seen.seen_at), Err(Code::CodeInvalid));
    }

    #[test]
    fn a_ticket_is_good_for_ten_minutes_and_its_own_sign_in() {
        let seen = Sight { shift: ShiftId(7), step: 9, seen_at: at(1_800_000_000), nonce: None };
        let (own, open) = (
            issue(&KEYS, &seen, Some(SessionId(3)), [5; 16]).unwrap(),
            issue(&KEYS, &seen, None, [5; 16]).unwrap(),
        );
        let kept = Sight { nonce: Some([5; 16]), ..seen };
        assert_eq!(redeem(&KEYS, &own, SessionId(3), at(1_800_000_599)), Ok(kept));
        assert_eq!(redeem(&KEYS, &own, SessionId(3), at(1_800_000_600)), Err(Code::CodeStale));
        assert_eq!(redeem(&KEYS, &own, SessionId(4), seen.seen_at), Err(Code::CodeInvalid));
        assert_eq!(redeem(&KEYS, &open, SessionId(4), seen.seen_at), Ok(kept));
    }

    proptest! {
        #[test]
        fn a_code_reads_back(shift in 1..1_i64 << 48, seconds in 0..i64::from(u32::MAX), later in 0..15_i64) {
            let text = code(shift, seconds);
            let seen = accept(&KEYS, &text, at(seconds + later)).unwrap();
            prop_assert_eq!((seen.shift, i64::from(seen.step)), (ShiftId(shift), seconds / 15));
            prop_assert_eq!((seen.seen_at, seen.nonce), (at(seconds + later), None));
        }

        #[test]
        fn one_changed_bit_or_another_installation_is_refused(shift in 1..1_i64 << 48, seconds in 0..i64::from(u32::MAX), bit in 0..29 * 8_usize) {
            let text = code(shift, seconds);
            let mut bytes = from_url_text(&text).unwrap();
            bytes[bit / 8] ^= 1 << (bit % 8);
            prop_assert_eq!(accept(&KEYS, &to_url_text(&bytes), at(seconds)), Err(Code::CodeInvalid));
            prop_assert_eq!(accept(&OTHERS, &text, at(seconds)), Err(Code::CodeInvalid));
        }

        #[test]
        fn a_tag_of_one_shift_is_none_of_another(shift in 1..1_i64 << 48, other in 1..1_i64 << 48) {
            prop_assume!(shift != other);
            let (mut bytes, tag) = (from_url_text(&code(shift, 900)).unwrap(), from_url_text(&code(other, 900)).unwrap());
            bytes[CODE_BODY..].copy_from_slice(&tag[CODE_BODY..]);
            prop_assert_eq!(accept(&KEYS, &to_url_text(&bytes), at(900)), Err(Code::CodeInvalid));
        }

        #[test]
        fn a_ticket_reads_back(shift in 1..1_i64 << 48, step: u32, micros in 0..4_000_000_000_000_000_i64, session in 1..i64::MAX, nonce: [u8; 16]) {
            let seen_at = Timestamp::from_micros(micros).unwrap();
            let seen = Sight { shift: ShiftId(shift), step, seen_at, nonce: Some(nonce) };
            let ticket = issue(&KEYS, &seen, Some(SessionId(session)), nonce).unwrap();
            prop_assert_eq!(redeem(&KEYS, &ticket, SessionId(session), seen_at), Ok(seen));
            prop_assert_eq!(redeem(&OTHERS, &ticket, SessionId(session), seen_at), Err(Code::CodeInvalid));
        }

        #[test]
        fn no_text_makes_reading_fail_otherwise(text: String) {
            prop_assert_eq!(accept(&KEYS, &text, at(900)), Err(Code::CodeInvalid));
            prop_assert_eq!(redeem(&KEYS, &text, SessionId(1), at(900)), Err(Code::CodeInvalid));
        }
    }
}
