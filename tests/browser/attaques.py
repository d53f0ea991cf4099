"""What is put into addresses and into the carnet of a browser to make a page act."""

from __future__ import annotations

LONG = "é" * 5_000
REQUETES = [
    "?q=<img src=x onerror=window.__xss=1>", "?q=\"><script>window.__xss=1</script>", "?q=__proto__ constructor toString", "?q=-\"", "?q=%00%ff%ed%a0%80",
    "?__proto__=x&constructor=y&prototype=z&hasOwnProperty=&toString=w", "?theme=__proto__&age=constructor&q=valueOf", "?theme=piege&q=script&vue=tableau",
    "?q=xss&vue=carte&tri=ville&page=-1", "?page=1e309&vue=__proto__&tri=constructor", "?page=999999999999999999999&n=1e9&schema=\"><svg onload=window.__xss=1>",
    f"?q={LONG}", "?" + "&".join(f"theme=t{i}" for i in range(2_000)), "?q=constructor", "?&&&===&=&%&q", "?q=\u202e\u200b\ufeff\ue000", "?ville=../../etc/passwd&dep=%2e%2e%2f",
]  # fmt: skip
FRAGMENTS = [
    "#carnet=1&t=<img src=x onerror=window.__xss=1>&i=<script>window.__xss=1</script>&a=constructor&n=\"><svg onload=window.__xss=1>&a=piege-balises",
    "#carnet=1&a=__proto__&a=constructor&a=prototype&a=hasownproperty&n=__proto__", "#carnet=1&a=../../x&a=%2e%2e&a=javascript:x", f"#carnet=1&t={LONG[:3000]}&a=piege-svg",
    "#carnet=1" + "".join(f"&a=a{i}" for i in range(5_000)), f"#carnet=1&a=constructor&n={'x' * 99_000}", "#carnet=1&t=%ed%a0%80&n=%00&a=constructor", "#__proto__", "#\"><script>",
]  # fmt: skip
XSS = "<img src=x onerror=window.__xss=1>"
CARNETS = [
    {"titre": XSS, "introduction": XSS, "actions": [{"id": "constructor", "titre": XSS, "lieux": XSS, "note": XSS}, {"id": "inconnue", "titre": "javascript:x", "lieux": XSS, "note": "=1+1"}]},
    '{"__proto__": {"actions": [{"id": "constructor"}]}, "constructor": {"prototype": {"x": 1}}, "actions": [{"id": "constructor", "titre": "\\ud800", "lieux": {}, "note": ["x"], "__proto__": {"y": 1}}]}',
    {"titre": ["x"], "introduction": {"toString": 1}, "actions": {"length": 1e9}},
]  # fmt: skip
# What a query may be made of.
SIGNES = ['"', "-", " ", "'", "’", "(", "*", "\\", "<script>", "__proto__", "constructor", "toString", "santé", "l’eau", "œuvre", "qu'", "script", "\x00", "\u202e", "\ud83d", "é", "ﬁ", "Ⅷ", "１２", "한", "-\"", "\" "]  # fmt: skip
