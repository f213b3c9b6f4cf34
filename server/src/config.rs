//! Settings: from flags, environment and a file, and what holds where none is given.

use std::{
    fs,
    io::IsTerminal,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{anyhow, bail};
use clap::{Args, ValueEnum};
use serde::Deserialize;

use crate::{address::Network, public_url::PublicUrl};

/// What may be set. The same names count as flags, in the environment and in the file.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[command(next_help_heading = "Settings")]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// TOML file with settings, named like the flags with `_` for `-`
    /// [default: rollcall.toml in the data folder, where there is one]
    #[arg(long, global = true, env = "ROLLCALL_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// IP address and port to listen on [default: 127.0.0.1:3000]
    #[arg(long, global = true, env = "ROLLCALL_LISTEN", value_name = "ADDRESS", value_parser = address)]
    pub listen: Option<SocketAddr>,
    /// Folder for database and images; made where it is missing [default: rollcall-data]
    #[arg(long, global = true, env = "ROLLCALL_DATA_DIR", value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,
    /// Database [default: sqlite://, rollcall.db in the data folder]
    #[arg(
        long,
        global = true,
        env = "ROLLCALL_DATABASE_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub database_url: Option<String>,
    /// Address under which people reach the console, such as `https://rollcall.example.org`
    /// [default: http:// and the address it listens on]
    #[arg(long, global = true, env = "ROLLCALL_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// What to log: error, warn, info, debug or trace, also by module (info,backend=debug)
    /// [default: info]
    #[arg(long, global = true, env = "ROLLCALL_LOG", value_name = "LEVEL")]
    pub log: Option<String>,
    /// How to log [default: text on a terminal, else json]
    #[arg(long, global = true, env = "ROLLCALL_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
    /// Proxies whose X-Forwarded-For counts: IP addresses or networks (10.0.0.0/8), by commas
    /// [default: none]
    #[arg(
        long,
        global = true,
        env = "ROLLCALL_TRUSTED_PROXIES",
        value_name = "NETWORKS",
        value_delimiter = ','
    )]
    pub trusted_proxies: Option<Vec<Network>>,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs: one JSON object a line.
    Json,
}

/// What holds, once all sources are read.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Folder for database and images.
    pub data_dir: PathBuf,
    /// Database, unless it is the one in the data folder.
    pub database_url: Option<String>,
    /// Address under which people reach the console, where it isn't the one it listens on.
    pub public_url: Option<PublicUrl>,
    /// What to log.
    pub log: String,
    /// How to log.
    pub log_format: LogFormat,
    /// Proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<Network>,
}

impl Settings {
    /// Adds what the file says, and the defaults.
    pub fn resolve(self) -> anyhow::Result<Config> {
        let file = self.file()?;
        let log_format = self.log_format.or(file.log_format);
        Ok(Config {
            listen: self.listen.or(file.listen).unwrap_or((Ipv4Addr::LOCALHOST, 3000).into()),
            data_dir: self.data_dir.or(file.data_dir).unwrap_or_else(default_data_dir),
            database_url: self.database_url.or(file.database_url),
            public_url: self.public_url.or(file.public_url),
            log: self.log.or(file.log).unwrap_or_else(|| "info".to_owned()),
            log_format: log_format.unwrap_or_else(default_log_format),
            trusted_proxies: self.trusted_proxies.or(file.trusted_proxies).unwrap_or_default(),
        })
    }

    /// The file's settings. Only the file that was asked for must exist.
    fn file(&self) -> anyhow::Result<Self> {
        if let Some(path) = &self.config {
            return read_file(path);
        }
        let path = self.data_dir.clone().unwrap_or_else(default_data_dir).join("rollcall.toml");
        if path.exists() { read_file(&path) } else { Ok(Self::default()) }
    }
}

impl Config {
    /// What the use cases need.
    #[must_use]
    pub fn backend(&self) -> backend::Config {
        backend::Config { data_dir: self.data_dir.clone(), database_url: self.database_url.clone() }
    }

    /// The address under which people reach a console that listens there.
    #[must_use]
    pub fn public_url(&self, listening_on: SocketAddr) -> PublicUrl {
        self.public_url.clone().unwrap_or_else(|| PublicUrl::of_address(listening_on))
    }
}

fn read_file(path: &Path) -> anyhow::Result<Settings> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|reason| {
        anyhow!(
            "cannot read {shown} ({reason}); name a readable file with --config or ROLLCALL_CONFIG"
        )
    })?;
    toml::from_str(&text).or_else(|error| {
        let line = error.span().map_or(1, |at| 1 + text[..at.start].matches('\n').count());
        let reason = error.message().lines().collect::<Vec<_>>().join(" ");
        bail!("{shown}, line {line}: {reason}; correct it, or take the line out")
    })
}

fn address(raw: &str) -> Result<SocketAddr, &'static str> {
    raw.parse().map_err(|_| "expected an IP address and a port, such as 127.0.0.1:3000")
}

fn default_data_dir() -> PathBuf {
    PathBuf::from("rollcall-data")
}

fn default_log_format() -> LogFormat {
    if std::io::stderr().is_terminal() { LogFormat::Text } else { LogFormat::Json }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_file(text: &str, settings: Settings) -> anyhow::Result<Config> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("rollcall.toml"), text).unwrap();
        Settings { data_dir: Some(folder.path().to_owned()), ..settings }.resolve()
    }

    #[test]
    fn flags_count_before_the_file_and_the_file_before_defaults() {
        let settings = Settings { log: Some("debug".into()), ..Settings::default() };
        let file =
            "listen = '127.0.0.1:8080'\nlog = 'warn'\ntrusted_proxies = ['10.0.0.0/8', '::1']";
        let config = with_file(file, settings).unwrap();
        assert_eq!(config.listen.port(), 8080);
        assert_eq!(config.log, "debug");
        assert_eq!(config.trusted_proxies.len(), 2);
        assert_eq!(config.database_url, None);
    }

    #[test]
    fn a_broken_file_is_said_in_one_line_with_its_place() {
        for (text, expected) in [
            ("log = 'info'\nlissten = 1", "line 2: unknown field `lissten`"),
            ("public_url = 'ftp://x'", "line 1: expected http:// or https://"),
            ("listen = \n", "line 1: "),
        ] {
            let message = with_file(text, Settings::default()).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
            assert_eq!(message.lines().count(), 1, "{message}");
        }
    }

    #[test]
    fn a_file_that_was_asked_for_must_be_there() {
        let settings = Settings { config: Some("nowhere.toml".into()), ..Settings::default() };
        let message = format!("{:#}", settings.resolve().unwrap_err());
        assert!(message.starts_with("cannot read nowhere.toml"), "{message}");
    }
}
