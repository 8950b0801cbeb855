"""The linear heads: preconditioned L-BFGS, every strength tried out of sample."""
