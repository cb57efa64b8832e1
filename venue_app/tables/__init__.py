"""What an event holds as plain tables, and the files they are written to (docs/formats/tables.md).

`catalogue.tables_of(state, records)` gives every table; `xlsx`, `csvfile` and `parquet` write them. One module each
says what is in the tables of one concern: `people`, `floor`, `draws`, `outcome`, `ballots`, `record`.
"""
