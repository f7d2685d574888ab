//! A unit's hours as a workbook, safe to open: every text is written as text, so none of it is ever a formula.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::MemberHours;

/// The media type of a workbook.
pub(super) const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const HEADINGS: [&str; 8] =
    ["姓名", "支部", "授权", "服务次数", "服务时长（分钟）", "服务时长（小时）", "积分", "待确认（次）"];

/// Writes the table under its headings, rows in the order given.
pub(super) fn workbook(title: &str, rows: &[MemberHours]) -> Result<Vec<u8>, XlsxError> {
    let (bold, tenth) = (Format::new().set_bold(), Format::new().set_num_format("0.0"));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name(title)?.set_freeze_panes(1, 0)?;
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.write_string_with_format(0, column, heading, &bold)?.set_column_width(column, 16)?;
    }
    for (line, row) in (1..).zip(rows) {
        sheet.write_string(line, 0, &row.name)?;
        sheet.write_string(line, 1, row.branch.as_deref().unwrap_or_default())?;
        sheet.write_string(line, 2, if row.consented { "已授权" } else { "未授权" })?;
        for (column, number) in [(3, row.services), (4, row.minutes), (7, row.waiting)] {
            if let Some(number) = number {
                sheet.write_number(line, column, number as f64)?;
            }
        }
        for (column, number, parts) in [(5, row.minutes, 60.0), (6, row.tenths, 10.0)] {
            if let Some(number) = number {
                sheet.write_number_with_format(line, column, number as f64 / parts, &tenth)?;
            }
        }
    }
    workbook.save_to_buffer()
}
