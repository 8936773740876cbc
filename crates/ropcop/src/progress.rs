//! A bar on standard error for scans that take long enough to wonder.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter scans show nothing: a bar that flashes up is a nuisance.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar that appears when it is worth it.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    start: Instant,
    shown: AtomicBool,
}

impl Progress {
    /// A bar over `total` files; none if nobody could see it.
    pub(crate) fn new(total: usize, visible: bool) -> Self {
        let bar = visible.then(|| {
            let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
            let style = ProgressStyle::with_template("reading {wide_bar} {pos}/{len} files");
            if let Ok(style) = style { bar.with_style(style) } else { bar }
        });
        Self { bar, start: Instant::now(), shown: AtomicBool::new(false) }
    }

    /// One file more. Called from all threads.
    pub(crate) fn tick(&self) {
        let Some(bar) = &self.bar else { return };
        bar.inc(1);
        if self.start.elapsed() > PATIENCE && !self.shown.swap(true, Ordering::Relaxed) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
