//! Which of the values that a variable is given can reach a use of it.

use super::names::{Change, Given, Names, What};

/// Of more changes of a variable, only the last are looked at.
const MOST_CHANGES: usize = 64;

/// Index of a [`Place`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct PlaceId(pub(super) usize);

/// A stretch of the script whose statements run together.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) parent: Option<PlaceId>,
    /// It is the body of a function, or the whole file.
    pub(super) is_frame: bool,
    /// The choice that it is an arm of: index into [`Names::choices`].
    pub(super) arm: Option<usize>,
    /// It runs whenever what is around it runs.
    pub(super) sure: bool,
    /// It is one of several arms.
    pub(super) in_branch: bool,
}

impl<'s> Names<'s> {
    /// The places from one outwards.
    pub(super) fn outwards(&self, place: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        std::iter::successors(Some(place), |at| self.places[at.0].parent)
    }

    pub(super) fn frame_of(&self, place: PlaceId) -> PlaceId {
        self.outwards(place).find(|at| self.places[at.0].is_frame).unwrap_or(PlaceId(0))
    }

    pub(super) fn in_branch(&self, place: PlaceId) -> bool {
        self.places[place.0].in_branch
    }

    /// Whether what stands in `earlier` has run if something in `later` does.
    pub(super) fn is_sure(&self, earlier: PlaceId, later: PlaceId) -> bool {
        if earlier == later {
            return true;
        }
        let around: Vec<PlaceId> = self.outwards(later).collect();
        self.outwards(earlier).take_while(|at| !around.contains(at)).all(|at| self.places[at.0].sure)
    }

    /// Whether both can run: they do not stand in two arms of one choice.
    pub(super) fn fit(&self, one: PlaceId, other: PlaceId) -> bool {
        if one == other {
            return true;
        }
        let around: Vec<PlaceId> = self.outwards(other).collect();
        let arms = |places: &[PlaceId]| -> Vec<(usize, PlaceId)> {
            places.iter().filter_map(|at| Some((self.places[at.0].arm?, *at))).collect()
        };
        let theirs = arms(&around);
        let own: Vec<PlaceId> = self.outwards(one).collect();
        arms(&own).iter().all(|(choice, at)| theirs.iter().all(|(other, place)| other != choice || place == at))
    }

    /// Whether one of `places` surely runs: they are all arms of a choice that has an `else`.
    pub(super) fn cover(&self, places: &[PlaceId]) -> bool {
        self.choices.iter().any(|(arms, exhaustive)| *exhaustive && arms.iter().all(|arm| places.contains(arm)))
    }

    /// The changes of a variable that can reach a use of it, in order, from the last that surely happened.
    pub(super) fn reaching(&self, key: &str, place: PlaceId, at: usize) -> Vec<&Change<'s>> {
        let own = self.frame_of(place);
        let frames = self.outwards(place).filter(|at| self.places[at.0].is_frame);
        for frame in frames {
            let Some(changes) = self.changes.get(&(frame, key.to_owned())) else { continue };
            let end = if frame == own { changes.partition_point(|change| change.at <= at) } else { changes.len() };
            let before: Vec<&Change<'s>> = changes[end.saturating_sub(MOST_CHANGES)..end].iter().collect();
            let sets = |change: &&Change<'s>| matches!(change.what, What::Set(_) | What::Unknown);
            let last = before.iter().rposition(|change| {
                sets(change) && (frame != own && changes.len() == 1 || self.is_sure(change.place, place))
            });
            let reaching = before[last.unwrap_or(0)..].to_vec();
            return reaching.into_iter().filter(|change| self.fit(change.place, place)).collect();
        }
        Vec::new()
    }

    /// The only value that a variable is ever given.
    pub(super) fn only(&self, key: &str, place: PlaceId, at: usize) -> Option<Given<'s>> {
        let frames = self.outwards(place).filter(|at| self.places[at.0].is_frame);
        let found = frames.filter_map(|frame| self.changes.get(&(frame, key.to_owned()))).next()?;
        match (&found[..], &self.reaching(key, place, at)[..]) {
            ([_], [Change { what: What::Set(given), place: set, .. }]) if self.is_sure(*set, place) => Some(*given),
            _ => None,
        }
    }
}
