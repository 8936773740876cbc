//! One line per finding, `path:line:column: severity[rule]: message`: for editors, grep and screen readers.

use ropcop_engine::Severity;

use super::Report;
use crate::notice::Notice;
use crate::sanitize::sanitize;

/// Writes all findings.
pub(crate) fn render(report: &Report) -> String {
    let mut out = String::new();
    for reported in &report.findings {
        let finding = &reported.finding;
        let (start, _) = report.positions(&finding.path, finding.span);
        let (path, message) = (sanitize(&finding.path), sanitize(&finding.message));
        let (severity, rule) = (finding.severity.name(), &finding.rule);
        out.push_str(&format!("{path}:{}:{}: {severity}[{rule}]: {message}\n", start.line, start.column));
    }
    out
}

/// The notices that matter, one line each, in the same form.
pub(crate) fn notices(notices: &[Notice]) -> String {
    notices.iter().filter(|notice| notice.kind.level() > Severity::Note).map(|notice| line(notice) + "\n").collect()
}

/// One notice.
pub(crate) fn line(notice: &Notice) -> String {
    let place = match (&notice.path, notice.line) {
        (Some(path), Some(line)) => format!("{}:{line}:1: ", sanitize(path)),
        (Some(path), None) => format!("{}: ", sanitize(path)),
        (None, _) => String::new(),
    };
    format!("{place}{}[{}]: {}", notice.kind.level().name(), notice.kind.name(), sanitize(&notice.text))
}
