//! A program that is measured: the CPU time it has used, its memory, and its end.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::sys::signal::{Signal, kill};
use nix::time::{ClockId, clock_getcpuclockid};
use nix::unistd::Pid;

use crate::failure::{Failure, Result};

/// A running program. Killed when it is dropped.
pub struct Process {
    name: String,
    child: Child,
    pid: Pid,
    clock: ClockId,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

/// Keeps this program, and all that it starts from now on, on one core.
///
/// Where threads wait for each other's answers, a core that is woken up costs more than what it is
/// woken up for, mostly in virtual machines, and how often that happens depends on who else is there.
pub fn stay_on_one_core() -> Result {
    let ourselves = Pid::from_raw(0);
    let pin = || {
        let allowed = sched_getaffinity(ourselves)?;
        let last = (0..CpuSet::count()).rev().find(|it| allowed.is_set(*it).unwrap_or(false));
        let mut one = CpuSet::new();
        one.set(last.unwrap_or_default())?;
        sched_setaffinity(ourselves, &one)
    };
    pin().map_err(|error: nix::Error| failed("anything", &error))
}

/// Bytes of memory that a program takes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Now.
    pub resident: u64,
    /// At most, since that was forgotten last.
    pub peak: u64,
}

impl Process {
    /// Starts a program, whose stdout and stdin are ours.
    pub fn start(name: &str, command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| failed(name, &error))?;
        let pid = Pid::from_raw(i32::try_from(child.id()).map_err(|error| failed(name, &error))?);
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (stdin, stdout) = pipes.ok_or_else(|| failed(name, &"it has no pipes"))?;
        Ok(Self {
            name: name.to_owned(),
            clock: clock_getcpuclockid(pid).map_err(|error| failed(name, &error))?,
            child,
            pid,
            stdin,
            stdout: BufReader::new(stdout),
        })
    }

    /// The CPU time of all its threads so far, to the nanosecond, of those that have ended too. What
    /// `schedstat` says thread by thread, which would forget them.
    pub fn cpu(&self) -> Result<Duration> {
        self.clock.now().map(Duration::from).map_err(|error| failed(&self.name, &error))
    }

    pub fn memory(&self) -> Result<Memory> {
        let status = self.proc("status");
        let text = fs::read_to_string(&status).map_err(|error| Failure::file(&status, &error))?;
        let bytes = |name| {
            field(&text, name).ok_or_else(|| failed(&self.name, &format!("no {name} is known")))
        };
        Ok(Memory { resident: bytes("VmRSS:")?, peak: bytes("VmHWM:")? })
    }

    /// Begins to look for the peak anew.
    pub fn forget_peak(&self) -> Result {
        const PEAK: &str = "5";
        let file = self.proc("clear_refs");
        fs::write(&file, PEAK).map_err(|error| Failure::file(&file, &error))
    }

    /// Where it reads from.
    pub const fn stdin(&mut self) -> &mut ChildStdin {
        &mut self.stdin
    }

    /// The next line that it says.
    pub fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        match self.stdout.read_line(&mut line) {
            Ok(0) => Err(failed(&self.name, &"it ended, and said why above or in its log")),
            Ok(_) => Ok(line.trim_end().to_owned()),
            Err(error) => Err(failed(&self.name, &error)),
        }
    }

    /// Tells it to end, and waits until it has.
    pub fn stop(mut self) -> Result {
        kill(self.pid, Signal::SIGTERM).map_err(|error| failed(&self.name, &error))?;
        self.child.wait().map(drop).map_err(|error| failed(&self.name, &error))
    }

    fn proc(&self, file: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/{file}", self.pid))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Fails only for what has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn failed(name: &str, why: &impl ToString) -> Failure {
    Failure::new(
        format!("cannot measure {name}"),
        why.to_string(),
        "run `cargo xtask bench` again, on Linux, and see the logs in target/bench",
    )
}

/// What a line such as `VmRSS:    1234 kB` says, in bytes.
fn field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|it| it.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn memory_is_read_in_bytes() {
        let status = "Name:\tx\nVmHWM:\t    20 kB\nVmRSS:\t      12 kB\n";
        assert_eq!(field(status, "VmRSS:"), Some(12 * 1024));
        assert_eq!(field(status, "VmSwap:"), None);
    }

    #[test]
    fn time_that_a_program_worked_is_seen_and_time_that_it_waited_is_not() {
        let script =
            "read go; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo done; read end";
        let mut shell = Process::start("sh", Command::new("sh").args(["-c", script])).unwrap();
        let before = shell.cpu().unwrap();
        shell.stdin().write_all(b"go\n").unwrap();
        assert_eq!(shell.line().unwrap(), "done");
        assert!(shell.cpu().unwrap() > before);
        assert!(shell.memory().unwrap().peak > 0);
    }
}
