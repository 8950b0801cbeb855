"""Sources on the web: records from the ledger or fetched, and the pictures they name."""
