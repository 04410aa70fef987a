"""Long work: a row for each job, resumed after a killed worker."""
