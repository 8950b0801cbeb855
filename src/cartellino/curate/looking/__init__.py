"""Looking at a label set before anything is learnt from it: one page of counts, pictures and warnings."""
