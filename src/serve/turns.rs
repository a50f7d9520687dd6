//! Who may work when: as many at a time as `--jobs` allows, what somebody waits for before what nobody does.
//!
//! A judgment of a large site takes as long as ten pages. On a machine of two cores it would take the one that the
//! browser needs, and with `--jobs 1` a second one where one was granted; so it steps back between two records as
//! soon as a page is wanted.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How much is at work.
#[derive(Debug, Default)]
struct AtWork {
    wanted: usize,
    waiting: usize,
    behind: usize,
}

/// The turns of one preview.
#[derive(Debug)]
pub struct Turns {
    jobs: usize,
    at_work: Mutex<AtWork>,
    changed: Condvar,
}

impl Turns {
    /// For so many at a time; at least one.
    pub fn new(jobs: usize) -> Self {
        Self { jobs: jobs.max(1), at_work: Mutex::default(), changed: Condvar::new() }
    }

    /// Does what somebody waits for. Work inside must not ask for another turn.
    pub fn wanted<T>(&self, work: impl FnOnce() -> T) -> T {
        let mut at_work = self.lock();
        at_work.waiting += 1;
        let mut at_work = self.wait(at_work, |now| now.wanted + now.behind >= self.jobs);
        at_work.waiting -= 1;
        at_work.wanted += 1;
        drop(at_work);
        let _end = End(|| self.change(|now| now.wanted -= 1));
        work()
    }

    /// Does what nobody waits for, while nothing is wanted. The work gets what it has to call often: there it steps
    /// back.
    pub fn behind<T>(&self, work: impl FnOnce(&dyn Fn()) -> T) -> T {
        self.step_in();
        let _end = End(|| self.change(|now| now.behind -= 1));
        work(&|| {
            let now = self.lock();
            if now.waiting > 0 || now.wanted > 0 {
                drop(now);
                self.change(|now| now.behind -= 1);
                self.step_in();
            }
        })
    }

    fn step_in(&self) {
        let busy = |now: &AtWork| now.waiting > 0 || now.wanted > 0 || now.behind >= self.jobs;
        self.wait(self.lock(), busy).behind += 1;
    }

    fn change(&self, change: impl FnOnce(&mut AtWork)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, AtWork> {
        self.at_work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(
        &self,
        at_work: MutexGuard<'a, AtWork>,
        busy: impl Fn(&AtWork) -> bool,
    ) -> MutexGuard<'a, AtWork> {
        self.changed.wait_while(at_work, |now| busy(now)).unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends a turn also where the work panics: else everybody would wait for ever.
struct End<F: FnMut()>(F);

impl<F: FnMut()> Drop for End<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn never_more_are_at_work_than_jobs_and_what_is_wanted_comes_first() {
        for jobs in 1..4 {
            let turns = Turns::new(jobs);
            let (now, most, steps) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
            let enter = || {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            };
            let leave = || {
                now.fetch_sub(1, Ordering::SeqCst);
            };
            std::thread::scope(|scope| {
                for _ in 0..3 {
                    scope.spawn(|| {
                        turns.behind(|step_back| {
                            for _ in 0..200 {
                                enter();
                                std::thread::sleep(Duration::from_micros(50));
                                leave();
                                step_back();
                                steps.fetch_add(1, Ordering::SeqCst);
                            }
                        });
                    });
                }
                for _ in 0..3 {
                    scope.spawn(|| {
                        for _ in 0..20 {
                            turns.wanted(|| {
                                enter();
                                std::thread::sleep(Duration::from_micros(300));
                                leave();
                            });
                        }
                    });
                }
            });
            assert!(most.load(Ordering::SeqCst) <= jobs, "{most:?} at a time of {jobs}");
            assert_eq!(steps.load(Ordering::SeqCst), 600, "all of it is done in the end");
        }
    }

    #[test]
    fn what_is_behind_waits_as_long_as_something_is_wanted() {
        let turns = Turns::new(2);
        let wanted_ended = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let (started, start) = std::sync::mpsc::channel();
            scope.spawn({
                let (turns, wanted_ended) = (&turns, &wanted_ended);
                move || {
                    turns.wanted(|| {
                        started.send(()).expect("somebody hears it");
                        std::thread::sleep(Duration::from_millis(40));
                        wanted_ended.store(1, Ordering::SeqCst);
                    });
                }
            });
            start.recv().expect("it started");
            turns.behind(|_| assert_eq!(wanted_ended.load(Ordering::SeqCst), 1));
        });
    }

    #[test]
    fn work_that_fails_gives_its_turn_back() {
        let turns = Turns::new(1);
        let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            turns.wanted(|| panic!("as a test"));
        }));
        assert!(failed.is_err());
        assert_eq!(turns.wanted(|| 1), 1);
    }
}
