//! Invented names of people, and how a name is spelled for order and search.

use pinyin::ToPinyin;
use serde::Deserialize;

use super::draw::Draw;
use crate::error::{Error, Result};

/// Surnames by how common they are, and characters of given names.
pub(super) struct Names {
    surnames: Vec<char>,
    given: Vec<char>,
}

impl Names {
    pub(super) fn read() -> Result<Self> {
        #[derive(Deserialize)]
        struct Characters {
            surnames: String,
            given: String,
        }
        let characters: Characters =
            serde_json::from_str(include_str!("data/names.json")).map_err(Error::internal)?;
        Ok(Self {
            surnames: characters.surnames.chars().collect(),
            given: characters.given.chars().collect(),
        })
    }

    /// A surname and one or two characters put together by chance.
    pub(super) fn draw(&self, draw: &mut Draw) -> String {
        let mut name = String::from(draw.pick(&self.surnames));
        name.push(draw.pick(&self.given));
        if draw.below(4) > 0 {
            name.push(draw.pick(&self.given));
        }
        name
    }
}

/// Spells a name: syllables of pinyin apart, for an order in which 胡 comes before 黄; then in one, as people type it; then
/// the name itself. Lower case, without tones.
pub(super) fn name_key(name: &str) -> String {
    let mut syllables: Vec<String> = Vec::new();
    let mut goes_on = false;
    for (character, pinyin) in name.chars().zip(name.to_pinyin()) {
        match (pinyin, syllables.last_mut()) {
            // 吕 and 律 are typed with a v.
            (Some(pinyin), _) => syllables.push(pinyin.plain().replace('ü', "v")),
            (None, Some(last)) if goes_on => last.extend(character.to_lowercase()),
            (None, _) => syllables.push(character.to_lowercase().collect()),
        }
        goes_on = pinyin.is_none();
    }
    format!("{} {} {name}", syllables.join(" "), syllables.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_spelled_in_pinyin_and_kept() {
        assert_eq!(name_key("王建国"), "wang jian guo wangjianguo 王建国");
        assert!(name_key("胡东艳") < name_key("黄鹏洋"));
        assert_eq!(name_key("吕律"), "lv lv lvlv 吕律");
        assert_eq!(name_key("第2中学A"), "di 2 zhong xue a di2zhongxuea 第2中学A");
    }
}
