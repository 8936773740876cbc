//! Semaphore: pipelines of blocks, whose jobs share what runs before and after them.
//!
//! After <https://docs.semaphore.io/reference/pipeline-yaml>. A `commands_file` is a script of its own.

use std::rc::Rc;

use crate::document::Node;
use crate::{Certainty, Language};

use super::collect::Collector;
use super::{Document, walk};
use crate::text::placeholder::Mark;

/// So many bytes of prologues and epilogues are read together with the commands of jobs: each job reads them again.
/// The jobs after that are read alone.
const MOST_SHARED: usize = 2_000_000;

pub(super) fn recognises(document: &Document<'_>) -> bool {
    tasks(document.root).any(|task| task.get("jobs").is_some())
}

pub(super) fn read(document: &Document<'_>, collector: &mut Collector<'_>) {
    // A parameter of a promotion.
    collector.marks = &[Mark::Expression];
    let mut left = MOST_SHARED;
    for task in tasks(document.root) {
        // The first to come is the last to go.
        let (global, own) = (shared(task, document.root).into_iter(), std::iter::once(task));
        let prologues = global.clone().chain(own.clone()).filter_map(|owner| owner.get("prologue"));
        let before: Vec<&Rc<Node>> = prologues.flat_map(lines).collect();
        let after: Vec<&Rc<Node>> = own.chain(global).flat_map(epilogue).collect();
        let length: usize = before.iter().chain(&after).map(|line| 1 + line.span.end - line.span.start).sum();
        let mut was_read = false;
        for job in walk::items(task, "jobs") {
            let Some(rest) = left.checked_sub(length) else {
                collector.lines(&lines(job).collect::<Vec<_>>(), Language::Shell, Certainty::Runs);
                continue;
            };
            left = rest;
            was_read = true;
            // One shell runs all of it, so that variables carry over.
            let whole: Vec<&Rc<Node>> = before.iter().copied().chain(lines(job)).chain(after.iter().copied()).collect();
            collector.lines(&whole, Language::Shell, Certainty::Runs);
        }
        if !was_read {
            collector.lines(&[before, after].concat(), Language::Shell, Certainty::Runs);
        }
    }
}

/// What the tasks of all blocks have in common.
pub(super) fn global(root: &Rc<Node>) -> Option<&Rc<Node>> {
    root.get("global_job_config")
}

/// What a mapping has in common with others, if it is the task of a block. What runs after the pipeline has nothing.
pub(super) fn shared<'n>(map: &Node, root: &'n Rc<Node>) -> Option<&'n Rc<Node>> {
    let is_last = last(root).is_some_and(|last| std::ptr::eq(last.as_ref(), map));
    global(root).filter(|_| map.get("jobs").is_some() && !is_last)
}

fn last(root: &Rc<Node>) -> Option<&Rc<Node>> {
    root.get("after_pipeline")?.get("task")
}

/// The tasks of a pipeline.
fn tasks(root: &Rc<Node>) -> impl Iterator<Item = &Rc<Node>> {
    let of_blocks = walk::items(root, "blocks").iter().filter_map(|block| block.get("task"));
    of_blocks.chain(last(root))
}

/// The commands of a job, a prologue or a part of an epilogue.
fn lines(owner: &Rc<Node>) -> impl Iterator<Item = &Rc<Node>> {
    walk::items(owner, "commands").iter().filter(|line| line.scalar().is_some())
}

/// What runs when the commands of a job have ended, in this order.
fn epilogue(owner: &Rc<Node>) -> impl Iterator<Item = &Rc<Node>> {
    let epilogue = owner.get("epilogue");
    let parts = ["always", "on_pass", "on_fail"].into_iter().filter_map(move |key| epilogue?.get(key));
    parts.flat_map(lines)
}
