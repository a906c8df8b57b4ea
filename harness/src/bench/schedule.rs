//! The order of samples: every round runs every cell on every workload once, each round in a shuffle of its own.
//!
//! Workloads are shuffled, and within a workload the cells: samples that are compared with each other run within seconds, and
//! no cell always runs first. Nothing here knows about processes or time.

use reports::stats::Rng;

/// One sample to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Job {
    /// The index of the cell.
    pub cell: usize,
    /// The index of the workload.
    pub workload: usize,
    /// The round.
    pub round: u32,
    /// The position in the whole schedule.
    pub order: u32,
}

/// The whole schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The samples in the order in which they are taken.
    pub jobs: Vec<Job>,
    pairs: usize,
}

impl Plan {
    /// `rounds` passes over `cells` × `workloads`, shuffled from `seed`; equal arguments give equal plans.
    pub fn new(cells: usize, workloads: usize, rounds: u32, seed: u64) -> Plan {
        let mut rng = Rng::new(seed);
        let mut jobs = Vec::new();
        for round in 0..rounds {
            let mut workload_order: Vec<usize> = (0..workloads).collect();
            rng.shuffle(&mut workload_order);
            for workload in workload_order {
                let mut cell_order: Vec<usize> = (0..cells).collect();
                rng.shuffle(&mut cell_order);
                for cell in cell_order {
                    jobs.push(Job { cell, workload, round, order: jobs.len() as u32 });
                }
            }
        }
        Plan { jobs, pairs: cells * workloads }
    }

    /// How many combinations of a cell and a workload there are.
    pub fn pairs(&self) -> usize {
        self.pairs
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::*;

    proptest! {
        #[test]
        fn every_round_takes_every_pair_once(cells in 1usize..8, workloads in 1usize..8, rounds in 1u32..4, seed in any::<u64>()) {
            let plan = Plan::new(cells, workloads, rounds, seed);
            prop_assert_eq!(&plan, &Plan::new(cells, workloads, rounds, seed));
            prop_assert_eq!(plan.jobs.len(), cells * workloads * rounds as usize);
            for (round, jobs) in plan.jobs.chunks(cells * workloads).enumerate() {
                let mut seen: Vec<(usize, usize)> = jobs.iter().map(|job| (job.cell, job.workload)).collect();
                seen.sort_unstable();
                seen.dedup();
                prop_assert_eq!(seen.len(), cells * workloads);
                prop_assert!(jobs.iter().all(|job| job.round == round as u32));
            }
            prop_assert!(plan.jobs.iter().enumerate().all(|(i, job)| job.order == i as u32));
        }
    }

    #[test]
    fn no_cell_always_runs_first() {
        let plan = Plan::new(4, 1, 40, 1);
        let mut first: Vec<usize> = plan.jobs.chunks(4).map(|round| round[0].cell).collect();
        first.sort_unstable();
        first.dedup();
        assert_eq!(first, [0, 1, 2, 3]);
    }
}
