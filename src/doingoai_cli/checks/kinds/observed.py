"""What reading and settling saw (CT…, TK02 … TK06): facts that wait for a rule's words."""

from typing import Literal

from doingoai_cli.checks.kind import Kind


class Observed(Kind):
    """What reading or settling saw; the rule has only its severity and words. Not for new codes."""

    kind: Literal["observed"]
