//! One audience of a meeting: what it has been told, and how somebody joins it.

use std::sync::Arc;

use domain::classroom::{Audience, Meeting, Place, Told};

use super::{feed::Feed, outbox::Outbox};

/// An audience.
#[derive(Debug)]
pub struct Stage {
    told: Told,
    feed: Arc<Feed>,
}

impl Stage {
    /// An audience that has been told what there is to tell of a meeting to begin with.
    pub fn new(audience: Audience, meeting: &Meeting) -> Self {
        let mut told = Told::nothing(audience);
        // A snapshot holds what has been told, so that it and the frames never disagree.
        told.news(meeting);
        Self { told, feed: Arc::new(Feed::new(meeting.number(), meeting.run(), audience)) }
    }

    /// Whether nothing was told in it since it began.
    pub fn is_untold(&self) -> bool {
        self.feed.place().seq == 0
    }

    /// Tells everybody in it what is new, and answers whether anything is: then they are to be woken.
    #[must_use]
    pub fn tell(&mut self, meeting: &Meeting) -> bool {
        self.feed.publish(&self.told.news(meeting))
    }

    /// Has somebody told what all in it are, from where they had been told everything, or from the
    /// beginning.
    pub fn admit(&self, outbox: &Outbox, resume: Option<Place>, meeting: &Meeting) {
        if let Some(place) = resume.filter(|it| self.feed.resumes(*it)) {
            outbox.follow(Arc::clone(&self.feed), place.seq, []);
        } else {
            let (seq, parts) = self.feed.snapshot(|| self.told.snapshot(meeting));
            outbox.follow(Arc::clone(&self.feed), seq, parts);
        }
    }
}
