"""One family of rules a module, plain functions `(Asking) -> Reply | None`; `answering.respond` orders them.

Beside them stand what they share: `asking` (the question with its catalogue), `stating` (what a fact states),
`hits` (what fits the subject), `narrowing` (which of those are meant), `telling` (one fact, told as asked).
"""
