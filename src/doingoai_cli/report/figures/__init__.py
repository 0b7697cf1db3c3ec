"""The figures of a report (số liệu): what is measured, over which rows, in which window."""
