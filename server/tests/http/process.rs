//! The binary itself: what it says on the command line, and how it starts and stops.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// The binary over that data folder.
pub fn rollcall(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    command.env_clear().arg("--data-dir").arg(folder).args(arguments).current_dir(folder);
    command
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    rollcall(folder.path(), arguments).output().unwrap()
}

/// The one line with which a command failed.
fn failure(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said.trim_end().to_owned()
}

#[test]
fn wrong_settings_are_said_in_one_line_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, expected) in [
        (&["--listen", "nowhere"][..], "expected an IP address and a port, such as 127.0.0.1:3000"),
        (&["--public-url", "ftp://x"], "expected http:// or https:// and a host"),
        (&["--trusted-proxies", "proxy"], "expected an IP address or a network"),
        (&["--config", "nowhere.toml"], "name a readable file with --config"),
        (&["--database-url", "mysql://x", "seed"], "not supported"),
        (&["--log", "info,=,", "seed"], "is not what can be logged; try --log info"),
        (&["dance"], "unrecognized subcommand 'dance'"),
    ] {
        let said = failure(&run(&folder, arguments));
        assert!(said.starts_with("rollcall: ") && said.contains(expected), "{said}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_to_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let said = failure(&rollcall(&file, &["seed"]).current_dir(folder.path()).output().unwrap());
    assert!(said.contains("can't be written to"), "{said}");
}

#[test]
fn the_environment_counts_before_the_file_and_flags_before_both() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rollcall.toml"), "listen = '127.0.0.1:1'\n").unwrap();
    let line = |command: &mut Command| {
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        said.lines().find(|it| it.contains("address")).unwrap().to_owned()
    };
    // Port 1 needs rights that tests may have; what counts is which address is named.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let mut by_environment = rollcall(folder.path(), &["doctor"]);
    let said = line(by_environment.env("ROLLCALL_LISTEN", &taken));
    assert!(said.starts_with("failed") && said.contains(&taken), "{said}");
    let mut by_flag = rollcall(folder.path(), &["doctor", "--listen", "127.0.0.1:0"]);
    assert_eq!(line(by_flag.env("ROLLCALL_LISTEN", &taken)), "ok       address");
}

#[test]
fn help_names_every_setting_with_its_variable_and_default() {
    let folder = tempfile::tempdir().unwrap();
    let help = String::from_utf8(run(&folder, &["--help"]).stdout).unwrap();
    for name in [
        "LISTEN",
        "DATA_DIR",
        "DATABASE_URL",
        "PUBLIC_URL",
        "LOG",
        "LOG_FORMAT",
        "TRUSTED_PROXIES",
        "CONFIG",
    ] {
        assert!(help.contains(&format!("ROLLCALL_{name}")), "{name}: {help}");
    }
    assert!(help.contains("[default: 127.0.0.1:3000]"), "{help}");
}

#[test]
fn an_admin_is_created_at_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("password"), "correct horse\n").unwrap();
    let create = ["admin", "create", "--user-id", "A-hana", "--password-file", "password"];
    let output = run(&folder, &create);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "Created the Admin A-hana.\n");
    assert!(failure(&run(&folder, &create)).contains("the User ID A-hana is taken"));
    let reset = ["admin", "reset-password", "--user-id", "ghost", "--password-file", "password"];
    assert!(failure(&run(&folder, &reset)).contains("there is no user ghost"));
    fs::write(folder.path().join("password"), "short\n").unwrap();
    assert!(failure(&run(&folder, &create)).contains("fewer than 8 characters"));
    fs::write(folder.path().join("password"), "Iloveyou\n").unwrap();
    for refused in [
        &create,
        &["admin", "reset-password", "--user-id", "A-hana", "--password-file", "password"],
    ] {
        assert!(failure(&run(&folder, refused)).contains("one of those that are tried first"));
    }
}

#[test]
fn doctor_says_how_everything_is() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["doctor", "--listen", "127.0.0.1:0", "--public-url", "http://192.0.2.1"];
    let output = run(&folder, &arguments);
    let said = String::from_utf8(output.stdout).unwrap();
    for expected in [
        "ok       configuration",
        "ok       data folder",
        "ok       database",
        "ok       address",
        "warning  TLS",
    ] {
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn backup_and_restore_say_in_one_line_what_they_did_or_why_not() {
    let (folder, empty) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let said = failure(&run(&folder, &["backup", "school.tar"]));
    assert!(said.contains("there is nothing to back up in"), "{said}");
    assert!(!folder.path().join("school.tar").exists());
    run(&folder, &["doctor"]);
    let output = run(&folder, &["backup", "school.tar"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said, "Backed up into school.tar: database and 0 profile images, 1 MB.\n");
    let said = failure(&run(&folder, &["backup", "school.tar"]));
    assert_eq!(said, "rollcall: school.tar exists already; choose another name, or move it away");
    let backup = folder.path().join("school.tar");
    let backup = backup.to_str().unwrap();
    let said = failure(&run(&folder, &["restore", backup]));
    assert!(said.contains("is not empty; choose an empty or new one with --data-dir"), "{said}");
    let said = failure(&run(&empty, &["restore", "nowhere"]));
    assert!(said.contains("nowhere can't be read"), "{said}");
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0);
    let output = run(&empty, &["restore", backup]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with(&format!("Restored {backup} into ")), "{said}");
    let said = String::from_utf8(run(&empty, &["doctor"]).stdout).unwrap();
    assert!(said.contains("ok       database"), "{said}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_backup_that_cannot_be_written_to_its_end_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    run(&folder, &["doctor"]);
    // As on a full disk, the system refuses to write more from some byte on.
    let limited = format!(
        "ulimit -f 100; trap '' XFSZ; exec {} --data-dir . backup school.tar",
        env!("CARGO_BIN_EXE_rollcall")
    );
    let mut command = Command::new("sh");
    command.env_clear().args(["-c", &limited]).current_dir(folder.path());
    let said = failure(&command.output().unwrap());
    assert!(said.contains("school.tar can't be written ("), "{said}");
    let left = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name());
    let left: Vec<_> = left.filter(|it| it.to_string_lossy().contains("school")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn tables_that_were_being_made_when_the_process_was_killed_are_made_afterwards() {
    for step in 0..16 {
        let folder = tempfile::tempdir().unwrap();
        let mut command = rollcall(folder.path(), &["doctor"]);
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let log = folder.path().join("rollcall.db-wal");
        let written = || log.metadata().map_or(0, |it| it.len());
        while written() < step * 32 * 1024 && process.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        process.kill().unwrap();
        process.wait().unwrap();
        let said = String::from_utf8(run(&folder, &["doctor"]).stdout).unwrap();
        assert!(said.contains("ok       database"), "{step}: {said}");
    }
}

#[test]
fn a_port_that_is_taken_is_said_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = failure(&run(&folder, &["--listen", &address]));
    if !said.contains("built without the site") {
        assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
        assert!(said.contains("choose a free address with --listen"), "{said}");
    }
}

#[test]
fn a_server_greets_with_one_line_and_stops_when_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = rollcall(folder.path(), &["--listen", "127.0.0.1:0", "--log-format", "json"]);
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut greeting = String::new();
    BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut greeting).unwrap();
    if greeting.is_empty() {
        let said = failure(&server.wait_with_output().unwrap());
        assert!(said.contains("built without the site"), "{said}");
        return;
    }
    assert!(greeting.starts_with("Rollcall is ready. Create the first Admin: http://127.0.0.1:"));
    assert!(greeting.contains("/setup?secret="));
    let stopped = Command::new("kill").arg(server.id().to_string()).status().unwrap();
    assert!(stopped.success());
    let output = server.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
