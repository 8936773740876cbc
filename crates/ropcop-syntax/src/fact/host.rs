//! What runs the code in a file, where the format of the file alone does not tell.

/// The system that runs what a file says. It decides about the migration to offer, and about where variables stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// GitHub Actions: a workflow or a composite action.
    GitHubActions,
    /// Azure Pipelines.
    AzurePipelines,
    /// GitLab CI/CD.
    GitLab,
    /// CircleCI.
    CircleCi,
    /// Another system for continuous integration.
    Pipeline,
    /// Containers at run time: Kubernetes, Helm, Compose.
    Container,
    /// A development container.
    DevContainer,
    /// Templates of infrastructure: Azure Resource Manager, CloudFormation, cloud-init, Pulumi.
    Infrastructure,
    /// Ansible, Salt.
    Configuration,
    /// A runner of tasks on the machine of whoever develops: package scripts, Taskfile.
    Tasks,
}

impl Host {
    /// The name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::GitHubActions => "GitHub Actions",
            Self::AzurePipelines => "Azure Pipelines",
            Self::GitLab => "GitLab CI/CD",
            Self::CircleCi => "CircleCI",
            Self::Pipeline => "a build system",
            Self::Container => "containers",
            Self::DevContainer => "a development container",
            Self::Infrastructure => "infrastructure as code",
            Self::Configuration => "configuration management",
            Self::Tasks => "a runner of tasks",
        }
    }
}
