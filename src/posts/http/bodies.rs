//! Posts as publishers send them, read and checked at the edge.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::clock::Timestamp;
use crate::error::{Code, Fields, Result};
use crate::geo::{Fence, Outline, Position};
use crate::posts::store::{CheckIn, Draft, NewShift};
use crate::posts::{Audience, Category, rules};
use crate::units::OrganizationId;

/// A post to be written.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPost {
    /// The publisher: the caller's organisation or one below it.
    pub organization_id: OrganizationId,
    pub category: Category,
    /// At most 60 characters.
    pub title: String,
    /// At most 2,000 characters.
    #[serde(default)]
    pub description: String,
    /// At most 200 characters.
    #[serde(default)]
    pub place: String,
    /// At most 200 characters.
    #[serde(default)]
    pub meeting_point: String,
    /// At most 200 characters.
    #[serde(default)]
    pub bring: String,
    /// At most 5 lines of 100 characters.
    #[serde(default)]
    pub duties: Vec<String>,
    pub position: Position,
    pub fence: Outline,
    pub check_in: CheckIn,
    /// At most 10 of 30 characters.
    #[serde(default)]
    pub skills: Vec<String>,
    /// By category unless given.
    pub hazardous: Option<bool>,
    /// At most 2,000 characters.
    #[serde(default)]
    pub risk_notice: String,
    /// At most 200 characters.
    pub insurance_ref: Option<String>,
    /// At most 200 characters.
    pub insurance_waived_by: Option<String>,
    /// Everyone unless given.
    #[serde(default = "everyone")]
    pub audience: Audience,
    /// 0 normal, 1 high, 2 urgent.
    #[serde(default)]
    pub priority: i32,
    /// 1 to 100.
    pub shifts: Vec<ShiftBody>,
}

/// A shift to be made: 15 minutes to 24 hours, 1 to 1,000 places.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftBody {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Its places.
    pub capacity: i32,
}

impl From<ShiftBody> for NewShift {
    fn from(body: ShiftBody) -> Self {
        Self { starts_at: body.starts_at, ends_at: body.ends_at, capacity: body.capacity }
    }
}

fn everyone() -> Audience {
    Audience::Everyone
}

/// Notes every text that is too long.
pub fn check_texts<'a>(
    fields: &mut Fields,
    texts: impl IntoIterator<Item = (&'static str, Option<&'a str>, usize)>,
) {
    for (name, text, most) in texts {
        let length = text.map_or(0, |text| text.chars().count());
        fields.require(length <= most, name, &format!("at_most_{most}_characters"));
    }
}

/// Notes what is wrong with duties and skills.
pub fn check_lists(fields: &mut Fields, duties: Option<&[String]>, skills: Option<&[String]>) {
    let fits = |lines: Option<&[String]>, most: usize, length: usize| {
        lines.is_none_or(|lines| {
            lines.len() <= most && lines.iter().all(|line| line.chars().count() <= length)
        })
    };
    fields.require(fits(duties, 5, 100), "duties", "at_most_5_lines_of_100_characters");
    fields.require(fits(skills, 10, 30), "skills", "at_most_10_of_30_characters");
}

impl NewPost {
    /// Checks every field and makes the draft of it.
    ///
    /// # Errors
    /// `field.invalid` with every field that needs another value.
    pub fn check(self, community_id: Option<OrganizationId>, now: Timestamp) -> Result<Draft> {
        let mut fields = Fields::default();
        fields.require(!self.title.trim().is_empty(), "title", "required");
        check_texts(
            &mut fields,
            [
                ("title", Some(self.title.as_str()), 60),
                ("description", Some(&self.description), 2_000),
                ("place", Some(&self.place), 200),
                ("meeting_point", Some(&self.meeting_point), 200),
                ("bring", Some(&self.bring), 200),
                ("risk_notice", Some(&self.risk_notice), 2_000),
                ("insurance_ref", self.insurance_ref.as_deref(), 200),
                ("insurance_waived_by", self.insurance_waived_by.as_deref(), 200),
            ],
        );
        check_lists(&mut fields, Some(&self.duties), Some(&self.skills));
        if let Err(defect) = Fence::new(self.position, &self.fence) {
            fields.refuse("fence", defect.into());
        }
        let CheckIn { methods, opens_before_min, .. } = &self.check_in;
        fields.require(!methods.is_empty(), "check_in.methods", "required");
        let twice = methods.iter().enumerate().any(|(index, method)| methods[..index].contains(method));
        fields.require(!twice, "check_in.methods", "given_twice");
        fields.require((0..=120).contains(opens_before_min), "check_in.opens_before_min", "0_to_120");
        fields.require((0..=2).contains(&self.priority), "priority", "0_to_2");
        fields.require((1..=100).contains(&self.shifts.len()), "shifts", "1_to_100");
        if let Audience::Units { organization_ids } = &self.audience {
            fields.require((1..=200).contains(&organization_ids.len()), "audience", "1_to_200_units");
        }
        for (index, shift) in self.shifts.iter().enumerate() {
            let at = format!("shifts[{index}].");
            rules::check_shift(&mut fields, &at, shift.starts_at, shift.ends_at, shift.capacity);
            fields.require(shift.ends_at > now, &format!("{at}ends_at"), "in_the_future");
        }
        fields.into_result()?;
        Ok(self.into_draft(community_id))
    }

    fn into_draft(self, community_id: Option<OrganizationId>) -> Draft {
        Draft {
            hazardous: self.hazardous.unwrap_or_else(|| rules::is_hazardous_by_default(self.category)),
            organization_id: self.organization_id,
            category: self.category,
            title: self.title.trim().to_owned(),
            description: self.description,
            place: self.place,
            meeting_point: self.meeting_point,
            bring: self.bring,
            duties: self.duties,
            position: self.position,
            fence: self.fence,
            check_in: self.check_in,
            skills: self.skills,
            risk_notice: self.risk_notice,
            insurance_ref: filled(self.insurance_ref),
            insurance_waived_by: filled(self.insurance_waived_by),
            audience: self.audience,
            priority: self.priority,
            community_id,
            shifts: self.shifts.into_iter().map(NewShift::from).collect(),
        }
    }
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// Reads the refused fields of one row of many.
pub(super) fn refused_fields(
    error: crate::error::Error,
) -> Result<serde_json::Map<String, serde_json::Value>> {
    match error {
        crate::error::Error::Rejected(rejection) if rejection.code == Code::FieldInvalid => {
            match rejection.facts.get("fields") {
                Some(serde_json::Value::Object(fields)) => Ok(fields.clone()),
                _ => Ok(serde_json::Map::new()),
            }
        }
        other => Err(other),
    }
}
