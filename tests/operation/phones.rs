//! Phones come in by https: the own certificate, and the commands that make one for a try-out.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use reqwest::{Client, Version};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;

use crate::support::process::{Process, binary, daogang};
use crate::support::{Setup, TestApp};

/// A certificate for this machine and its key, made by the command.
struct Made {
    _folder: TempDir,
    cert: PathBuf,
    key: PathBuf,
    output: Output,
}

fn make() -> Made {
    let folder = tempfile::tempdir().unwrap();
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    let output = command(&cert, &key);
    Made { _folder: folder, cert, key, output }
}

fn command(cert: &Path, key: &Path) -> Output {
    let mut command = daogang(binary(), "sqlite:///nowhere/none.db", Path::new("/nowhere/keys"));
    command.args(["certificate", "--host", "127.0.0.1", "--host", "localhost", "--cert"]).arg(cert);
    command.arg("--key").arg(key).output().unwrap()
}

/// A phone that trusts this certificate and no other.
fn phone(cert: &Path, protocols: &[&str]) -> Client {
    let mut roots = RootCertStore::empty();
    for cert in CertificateDer::pem_file_iter(cert).unwrap() {
        roots.add(cert.unwrap()).unwrap();
    }
    let provider = rustls::crypto::ring::default_provider().into();
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    Client::builder().no_proxy().tls_backend_preconfigured(config).build().unwrap()
}

fn with(cert: &Path, key: &Path) -> Setup {
    let text = |path: &Path| path.display().to_string();
    Setup::sqlite().set("DAOGANG_TLS_CERT", text(cert)).set("DAOGANG_TLS_KEY", text(key))
}

async fn refusal(cert: &Path, key: &Path) -> String {
    match TestApp::try_start(with(cert, key)).await {
        Ok(_) => panic!("it starts"),
        Err(error) => error.to_string(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_a_certificate_answers_by_https_alone() {
    let made = make();
    let app = TestApp::start(with(&made.cert, &made.key)).await;
    let address = app.base().trim_start_matches("http://");
    assert_eq!(app.app.config.public_url.text(), format!("https://{address}"));
    for (protocols, version) in
        [(&["h2", "http/1.1"][..], Version::HTTP_2), (&["http/1.1"], Version::HTTP_11)]
    {
        let answer =
            phone(&made.cert, protocols).get(format!("https://{address}/readyz")).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.version()), (200, version));
        assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
    }
    let plain =
        Client::builder().no_proxy().build().unwrap().get(format!("{}/readyz", app.base())).send().await;
    assert!(plain.is_err());
    let other = make();
    let stranger = phone(&other.cert, &["http/1.1"]).get(format!("https://{address}/readyz")).send().await;
    assert!(stranger.is_err(), "a phone that trusts another certificate");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_can_not_be_used_is_named() {
    let (made, other, folder) = (make(), make(), tempfile::tempdir().unwrap());
    let said = refusal(&made.cert, &other.key).await;
    assert!(said.contains("is not the key of") && said.contains("key.pem"), "{said}");
    let text = folder.path().join("note.txt");
    fs::write(&text, "no PEM at all").unwrap();
    let said = refusal(&text, &made.key).await;
    assert!(said.contains("note.txt can't be used (it holds no certificate)"), "{said}");
    let said = refusal(&made.cert, &text).await;
    assert!(said.contains("note.txt can't be used") && said.contains("PEM"), "{said}");
    let said = refusal(&folder.path().join("gone.pem"), &made.key).await;
    assert!(said.contains("gone.pem can't be used"), "{said}");
}

#[test]
fn a_server_that_can_not_use_its_key_does_not_start() {
    let (made, other, folder) = (make(), make(), tempfile::tempdir().unwrap());
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    let mut serve = daogang(binary(), &url, &folder.path().join("keys"));
    serve.arg("serve").env("DAOGANG_TLS_CERT", &made.cert).env("DAOGANG_TLS_KEY", &other.key);
    let said = Process::start(serve).err().expect("it does not serve");
    assert!(said.contains("is not the key of"), "{said}");
    assert!(!folder.path().join("test.db").exists(), "nothing is made by a server that can't start");
}

#[test]
fn a_certificate_is_made_once_and_its_key_is_read_by_its_owner_alone() {
    let made = make();
    let said = String::from_utf8(made.output.stdout).unwrap();
    assert!(made.output.status.success() && said.contains("127.0.0.1, localhost"), "{said}");
    assert_eq!(fs::metadata(&made.key).unwrap().permissions().mode() & 0o777, 0o600);
    let before = fs::read(&made.key).unwrap();
    let again = command(&made.cert, &made.key);
    assert!(!again.status.success());
    assert!(String::from_utf8(again.stderr).unwrap().contains("cert.pem is there already"));
    assert_eq!(fs::read(&made.key).unwrap(), before);
}

#[test]
fn an_address_is_printed_as_a_code() {
    let mut command = daogang(binary(), "sqlite:///nowhere/none.db", Path::new("/nowhere/keys"));
    let output = command.args(["qr", "https://192.168.1.20:8443"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.last(), Some(&"https://192.168.1.20:8443"));
    let picture = &lines[..lines.len() - 1];
    let width = picture[0].chars().count();
    assert!(width >= 29 && picture.iter().all(|line| line.chars().count() == width), "{said}");
    assert!(picture.iter().flat_map(|line| line.chars()).all(|c| " █▀▄".contains(c)), "{said}");
}
