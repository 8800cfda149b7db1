"""Workbooks: .xlsx, .xlsb, .xls and .ods are read, .xlsx is written."""
