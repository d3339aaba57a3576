"""The editorial record of an edition: one data file, shown as pages."""
