//! Tells every open page that there is something new: server-sent events.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// The site or the list of faults is another.
    Changed,
}

/// Where pages subscribe.
#[derive(Debug, Clone, Default)]
pub struct Hub(Arc<Mutex<Vec<Sender<News>>>>);

impl Hub {
    /// What happens from now on.
    pub fn subscribe(&self) -> Receiver<News> {
        let (sender, receiver) = channel();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        receiver
    }

    /// Tells all subscribers, and forgets those that went away.
    pub fn tell(&self, news: News) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|page| page.send(news).is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subscriber_hears_and_those_that_left_are_forgotten() {
        let hub = Hub::default();
        let (stays, leaves) = (hub.subscribe(), hub.subscribe());
        drop(leaves);
        hub.tell(News::Changed);
        assert_eq!(stays.try_recv(), Ok(News::Changed));
        assert!(stays.try_recv().is_err());
        assert_eq!(hub.0.lock().map(|pages| pages.len()).ok(), Some(1));
    }
}
