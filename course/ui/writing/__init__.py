"""A place to write: kept by the browser and by the notebook, shown again where it is compared."""
