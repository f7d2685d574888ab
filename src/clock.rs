//! What time it is: one clock that rules read, so that a demonstration or a test can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, TimeZone, Utc,
};
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant with microsecond precision, the finest that both databases keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = crate::db::Instant)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// Builds an instant from microseconds since 1970-01-01T00:00:00Z; `None` when no calendar holds it.
    pub fn from_micros(micros: i64) -> Option<Self> {
        DateTime::from_timestamp_micros(micros).map(Self)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    pub fn seconds(self) -> i64 {
        self.0.timestamp()
    }

    /// The instant as chrono knows it.
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// Reads RFC 3339 text; the offset is required.
    pub fn parse(text: &str) -> Option<Self> {
        let at = DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc);
        Self::from_micros(at.timestamp_micros())
    }

    /// Cuts the seconds off.
    pub fn whole_minute(self) -> Self {
        let micros = self.micros();
        self.plus(TimeDelta::microseconds(-micros.rem_euclid(60_000_000)))
    }

    /// The instant `delta` later, held at the calendar's ends.
    pub fn plus(self, delta: TimeDelta) -> Self {
        Self(self.0.checked_add_signed(delta).unwrap_or(if delta > TimeDelta::zero() {
            DateTime::<Utc>::MAX_UTC
        } else {
            DateTime::<Utc>::MIN_UTC
        }))
    }

    /// The instant `delta` earlier.
    pub fn minus(self, delta: TimeDelta) -> Self {
        self.plus(-delta)
    }

    /// The time from `earlier` to this instant; negative when `earlier` is later.
    pub fn since(self, earlier: Self) -> TimeDelta {
        self.0 - earlier.0
    }

    /// The instant on the wall clocks of China.
    pub fn in_shanghai(self) -> DateTime<FixedOffset> {
        self.0.with_timezone(&shanghai())
    }

    /// The calendar day in China.
    pub fn day(self) -> NaiveDate {
        self.in_shanghai().date_naive()
    }

    /// The calendar year in China.
    pub fn year(self) -> i32 {
        self.in_shanghai().year()
    }

    /// The first instant of a day in China.
    pub fn start_of(day: NaiveDate) -> Self {
        Self::at(day, NaiveTime::MIN)
    }

    /// A day and a time of day on the wall clocks of China.
    pub fn at(day: NaiveDate, time: NaiveTime) -> Self {
        let local = day.and_time(time);
        let shifted = local - TimeDelta::seconds(i64::from(shanghai().local_minus_utc()));
        Self(Utc.from_utc_datetime(&shifted))
    }
}

/// Asia/Shanghai. It has had one offset since 1991, so the tz database would say the same.
pub fn shanghai() -> FixedOffset {
    const OFFSET: Option<FixedOffset> = FixedOffset::east_opt(8 * 3600);
    // Done by the compiler: a wrong number of seconds would not build.
    const { OFFSET.unwrap() }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("time_with_offset"))
    }
}

impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
        let format = SchemaFormat::KnownFormat(KnownFormat::DateTime);
        ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
    }
}
impl utoipa::ToSchema for Timestamp {}

/// The clock of one server. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_micros: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that tells the real time.
    pub fn real_time() -> Self {
        Self::default()
    }

    /// The real time: for codes, tickets, sessions and throttles, which deal with real phones.
    #[allow(clippy::disallowed_methods, reason = "the one place that asks the system")]
    pub fn real(&self) -> Timestamp {
        let now = Utc::now();
        Timestamp::from_micros(now.timestamp_micros()).unwrap_or(Timestamp(now))
    }

    /// The time that rules read: the real time and the offset of a demonstration or a test.
    pub fn now(&self) -> Timestamp {
        self.for_rules(self.real())
    }

    /// Brings an instant of a code, a ticket or a phone onto the rules' clock.
    pub fn for_rules(&self, real: Timestamp) -> Timestamp {
        real.plus(self.offset())
    }

    /// How far the rules' clock is ahead of the real one.
    pub fn offset(&self) -> TimeDelta {
        TimeDelta::microseconds(self.offset_micros.load(Ordering::Relaxed))
    }

    /// Moves the rules' clock; it ticks on from there.
    pub fn set_offset(&self, offset: TimeDelta) {
        self.offset_micros.store(offset.num_microseconds().unwrap_or(0), Ordering::Relaxed);
    }

    /// Moves the rules' clock so that it now reads `to`.
    pub fn move_to(&self, to: Timestamp) {
        self.set_offset(to.since(self.real()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_china_begins_at_16_utc() {
        let at = Timestamp::parse("2026-09-01T16:00:00Z").unwrap();
        assert_eq!(at.day(), NaiveDate::from_ymd_opt(2026, 9, 2).unwrap());
        assert_eq!(Timestamp::start_of(at.day()), at);
    }

    #[test]
    fn a_time_without_offset_is_refused() {
        assert_eq!(Timestamp::parse("2026-09-01T07:30:00"), None);
        assert!(Timestamp::parse("2026-09-01T07:30:00+08:00").is_some());
    }

    #[test]
    fn the_offset_ticks_on() {
        let clock = Clock::real_time();
        let to = Timestamp::parse("2026-09-01T07:00:00+08:00").unwrap();
        clock.move_to(to);
        assert!(clock.now() >= to && clock.now().since(to) < TimeDelta::seconds(5));
    }
}
