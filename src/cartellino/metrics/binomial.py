"""Exact statements about an error rate, from errors counted among works."""

from __future__ import annotations


def upper_bound(errors: int, n: int, confidence: float) -> float:
    """Upper bound of the error rate after `errors` among `n`, held with `confidence`.

    Clopper and Pearson, Biometrika 26 (1934): the rate at which so few errors would have probability
    ``1 - confidence``. One-sided.

    Returns
    -------
    float
        From 0 to 1; 1 where nothing was counted.
    """
    from scipy.special import betaincinv

    _check(errors, n)
    if errors >= n:
        return 1.0
    return float(betaincinv(errors + 1, n - errors, confidence))


def p_value(errors: int, n: int, limit: float) -> float:
    """Probability of at most `errors` among `n` if the error rate were `limit`: small speaks against it."""
    from scipy.special import bdtr

    _check(errors, n)
    if n == 0:
        return 1.0
    return float(bdtr(errors, n, limit))


def _check(errors: int, n: int) -> None:
    if not 0 <= errors <= n:
        raise ValueError(f"{errors} errors among {n} works cannot be")
