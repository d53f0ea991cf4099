"""The signs of boxes, empty and ticked, as text."""

from __future__ import annotations

import re

VIDES = "☐□▢◻❏❑❒⬜🔲⃞○◯⚪"
COCHEES = "☒☑✓✔✗✘⊠⊡■▣◼⬛🗹🗵🗷⌧✅❌√●◉🗸⬤"
CASE = re.compile(rf"[{VIDES}{COCHEES}]\ufe0f?")
# A box, or a cross, that stands alone.
MARK = re.compile(rf"[xX{VIDES}{COCHEES}]\ufe0f?|\[[ xX]?\]|\([ xX]?\)")
EMPTY_MARK = re.compile(rf"[{VIDES}]\ufe0f?|\[ ?\]|\( ?\)")
