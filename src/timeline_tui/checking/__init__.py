"""All records of a timeline come in; the problems that no single record can know go out."""
