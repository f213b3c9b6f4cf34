//! Inventing users and rooms, to try Rollcall out.

use std::process::ExitCode;

use backend::{Backend, seed};

use crate::{cli::Seed, config::Config, telemetry};

/// Fills an empty database.
pub fn run(config: &Config, plan: Seed) -> anyhow::Result<ExitCode> {
    telemetry::start(config)?;
    super::wait_for(fill(config, plan))?;
    Ok(ExitCode::SUCCESS)
}

async fn fill(config: &Config, plan: Seed) -> anyhow::Result<()> {
    let backend = Backend::open(config.backend()).await?;
    let plan = seed::Plan { users: plan.users, rooms: plan.rooms };
    let filled = seed::seed(&backend, plan, |step| println!("{step}")).await;
    backend.close().await;
    Ok(filled?)
}
