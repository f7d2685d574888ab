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

/// Spells a name for order and search: pinyin in lower case without tones, then the name itself.
pub(super) fn name_key(name: &str) -> String {
    let mut key = String::new();
    for (character, pinyin) in name.chars().zip(name.to_pinyin()) {
        match pinyin {
            Some(pinyin) => key.push_str(pinyin.plain()),
            None => key.extend(character.to_lowercase()),
        }
    }
    // 吕 and 律 are typed with a v.
    format!("{} {name}", key.replace('ü', "v"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_spelled_in_pinyin_and_kept() {
        assert_eq!(name_key("王建国"), "wangjianguo 王建国");
        assert_eq!(name_key("吕律"), "lvlv 吕律");
        assert_eq!(name_key("第2中学A"), "di2zhongxuea 第2中学A");
    }
}
