"""Writes statistics.json: what scipy and statsmodels say, for the tests of validator/src/stats.

    python -m venv venv && venv/bin/pip install scipy==1.17.1 statsmodels==0.15.0
    venv/bin/python validator/reference/statistics.py > validator/reference/statistics.json
"""

import json

import numpy as np
import scipy.stats as st
import statsmodels.api as sm
from scipy.stats._resampling import BootstrapResult
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import ttost_paired

random = np.random.default_rng(20261125)


def numbers(values):
    return [float(value) for value in values]


def cluster_error(values, documents):
    """The standard error of a mean with documents as units."""
    fit = sm.OLS(values, np.ones(len(values))).fit(
        cov_type="cluster", cov_kwds={"groups": documents, "use_correction": True}
    )
    return float(fit.bse[0])


def bca():
    """scipy's interval of given draws: only the drawing differs between libraries."""
    cases = []
    for values in (random.exponential(size=25), random.beta(8, 2, size=60), random.normal(size=12)):
        drawn = np.sort([random.choice(values, len(values)).mean() for _ in range(250)])
        earlier = BootstrapResult(None, drawn, None)
        intervals = []
        for method in ("BCa", "percentile"):
            for level in (0.9, 0.95):
                result = st.bootstrap(
                    (values,), np.mean, n_resamples=0, bootstrap_result=earlier, method=method, confidence_level=level
                )
                intervals.append({"method": method, "level": level, "ends": numbers(result.confidence_interval)})
        cases.append({"values": numbers(values), "drawn": numbers(drawn), "intervals": intervals})
    return cases


def wilson():
    return [
        {"passed": passed, "n": n, "level": level,
         "interval": numbers(proportion_confint(passed, n, alpha=1 - level, method="wilson"))}
        for passed, n in ((0, 10), (1, 12), (45, 50), (290, 300), (300, 300), (7201, 10000))
        for level in (0.9, 0.95, 0.99)
    ]


def wilson_of_documents():
    """Wilson's interval on the effective number of examples, by other libraries' variance and quantiles."""
    cases = []
    for documents in (8, 30, 60):
        of = np.sort(random.integers(0, documents, size=documents * 5))
        passed = (random.random(len(of)) < 0.6 + 0.35 * np.sin(of)).astype(float)
        n, groups, share = len(of), len(set(of)), passed.mean()
        effect = cluster_error(passed, of) ** 2 / (passed.var(ddof=1) / n)
        few = st.t.ppf(0.975, n - 1) / st.t.ppf(0.975, groups - 1)
        effective = min(n / max(effect, 1) * few**2, n)
        interval = proportion_confint(share * effective, effective, alpha=0.05, method="wilson")
        cases.append({"documents": [int(it) for it in of], "passed": [bool(it) for it in passed],
                      "interval": numbers(interval)})
    return cases


def mcnemar_cases():
    return [
        {"only_first": first, "only_second": second,
         "exact": float(mcnemar([[5, first], [second, 7]], exact=True).pvalue),
         "mid": float(min(1, 2 * st.binom.cdf(min(first, second), first + second, 0.5)
                          - st.binom.pmf(min(first, second), first + second, 0.5)))}
        for first, second in ((0, 1), (3, 3), (2, 9), (15, 40), (510, 640), (0, 30))
    ]


def permutation():
    cases = []
    for n in (6, 10, 13):
        first, second = random.normal(0.4, 1, n), random.normal(0, 1, n)
        result = st.permutation_test((first, second), lambda x, y, axis: np.mean(x - y, axis=axis),
                                     permutation_type="samples", vectorized=True, n_resamples=np.inf)
        cases.append({"differences": numbers(first - second), "p": float(result.pvalue)})
    return cases


def tost():
    cases = []
    for n, delta in ((8, 0.5), (40, 0.2), (100, 0.08)):
        first, second = random.normal(0.02, 0.3, n), random.normal(0, 0.3, n)
        p, lower, _ = ttost_paired(first, second, -delta, delta)
        differences = first - second
        interval = st.t.interval(0.9, n - 1, differences.mean(), st.sem(differences))
        cases.append({"differences": numbers(differences), "documents": list(range(n)), "delta": delta,
                      "p": float(p), "not_worse": float(lower[1]), "interval": numbers(interval)})
    for documents in (6, 40):
        of = np.sort(random.integers(0, documents, size=documents * 4))
        differences = random.normal(0.01, 0.1, len(of)) + 0.1 * np.sin(of)
        error, freedom, mean, delta = cluster_error(differences, of), len(set(of)) - 1, differences.mean(), 0.08
        lower, upper = st.t.sf((mean + delta) / error, freedom), st.t.cdf((mean - delta) / error, freedom)
        cases.append({"differences": numbers(differences), "documents": [int(it) for it in of], "delta": delta,
                      "p": float(max(lower, upper)), "not_worse": float(lower),
                      "interval": numbers(st.t.interval(0.9, freedom, mean, error))})
    return cases


def holm():
    p = [0.04, 0.001, 0.03, 0.2, 0.011]
    return {"p": p, "adjusted": numbers(multipletests(p, method="holm")[1])}


print(json.dumps({
    "bca": bca(), "wilson": wilson(), "wilson_of_documents": wilson_of_documents(), "mcnemar": mcnemar_cases(),
    "permutation": permutation(), "tost": tost(), "holm": holm(),
}))
