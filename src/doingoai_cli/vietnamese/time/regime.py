"""The year of the reporting regime (chế độ báo cáo; Decree 09/2019/NĐ-CP): 15 December to 14 December."""

from datetime import date, timedelta


def reporting_year(year: int, closing_day: int = 14) -> tuple[date, date]:
    """The first and the last day of `year` where months close on `closing_day`."""
    return date(year - 1, 12, closing_day) + timedelta(days=1), date(year, 12, closing_day)
