//! What the developer reads while a command works. On stderr, so that the output of test runners
//! stays as they wrote it.

use std::time::{Duration, Instant};

/// What takes less is not worth a line about its time.
const SLOW: Duration = Duration::from_secs(2);

/// One line from xtask itself.
pub fn say(line: &str) {
    eprintln!("xtask: {line}");
}

/// Says what is done and, if it took long, how long.
pub fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    say(what);
    let watch = Stopwatch::start();
    let outcome = work();
    if watch.elapsed() >= SLOW {
        say(&format!("{what}: {}", watch.read()));
    }
    outcome
}

/// Measures how long a step takes.
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(
        clippy::disallowed_methods,
        reason = "developer commands measure themselves; nothing of the product depends on it"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time so far, in words.
    pub fn read(&self) -> String {
        in_words(self.elapsed())
    }

    /// The time so far.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

fn in_words(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_naturally() {
        assert_eq!(in_words(Duration::from_millis(1_234)), "1.2 s");
        assert_eq!(in_words(Duration::from_secs(192)), "3 min 12 s");
    }
}
