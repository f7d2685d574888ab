//! Phone and identity numbers: sealed at rest, found again by a keyed index.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};

use super::keys::{Keys, Purpose};
use super::{mac, random};

/// A sealed text: the key's id, and nonce and ciphertext in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Which key opens it.
    pub key_id: i64,
    /// 12 bytes of nonce, then AES-256-GCM ciphertext and tag.
    pub bytes: Vec<u8>,
}

/// Seals a text for one place (table and column), so that it opens nowhere else. `None` when no key is at hand.
pub fn seal(keys: &Keys, place: &str, text: &str) -> Option<Sealed> {
    let key = keys.current(Purpose::Encryption)?;
    let nonce: [u8; 12] = random();
    let cipher = Aes256Gcm::new_from_slice(&key.secret).ok()?;
    let payload = Payload { msg: text.as_bytes(), aad: place.as_bytes() };
    let sealed = cipher.encrypt(&Nonce::from(nonce), payload).ok()?;
    Some(Sealed { key_id: key.id, bytes: [&nonce[..], &sealed].concat() })
}

/// Opens what was sealed for the place; `None` when key, place or bytes don't fit.
pub fn open(keys: &Keys, place: &str, sealed: &Sealed) -> Option<String> {
    let key = keys.find(Purpose::Encryption, sealed.key_id)?;
    let (nonce, bytes) = sealed.bytes.split_at_checked(12)?;
    let nonce: [u8; 12] = nonce.try_into().ok()?;
    let cipher = Aes256Gcm::new_from_slice(&key.secret).ok()?;
    let plain = cipher.decrypt(&Nonce::from(nonce), Payload { msg: bytes, aad: place.as_bytes() }).ok()?;
    String::from_utf8(plain).ok()
}

/// The keyed index of a phone number: equal numbers, however spaced, give equal bytes, and nothing else is told.
pub fn phone_index(keys: &Keys, phone: &str) -> Option<Vec<u8>> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    Some(mac(&keys.current(Purpose::Index)?.secret, &[b"phone", digits.as_bytes()]).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_number_opens_only_in_its_place() {
        let keys = Keys::generate();
        let sealed = seal(&keys, "members.phone", "13800000000").unwrap();
        assert_eq!(open(&keys, "members.phone", &sealed).as_deref(), Some("13800000000"));
        assert_eq!(open(&keys, "wishes.phone", &sealed), None);
        assert_eq!(open(&Keys::generate(), "members.phone", &sealed), None);
        let mut changed = sealed.clone();
        changed.bytes[13] ^= 1;
        assert_eq!(open(&keys, "members.phone", &changed), None);
    }

    #[test]
    fn a_number_is_found_however_it_is_spaced() {
        let keys = Keys::generate();
        assert_eq!(phone_index(&keys, "138 0000-0000"), phone_index(&keys, "13800000000"));
        assert_ne!(phone_index(&keys, "13800000001"), phone_index(&keys, "13800000000"));
    }
}
