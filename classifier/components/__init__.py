"""The small spaCy components of the pipeline, one file each."""
