"""What came in, judged from its bytes: a bounce, an auto-reply, a complaint, or a person who answers.

A reminder to xã Bình An comes back: ``classify`` finds the address that refused it, the status, and whether it is for
good. Or the commune answers with its report attached, perhaps quoting an auto-reply, perhaps forwarding a bounce:
that is a submission, and never a bounce. IMAP feeds these bytes; nothing here opens a connection.
"""

from plan_lifecycle.mail.incoming._classify import Classified, Kind, classify
from plan_lifecycle.mail.incoming._evidence import names_a_share
from plan_lifecycle.mail.incoming._failure import Failure
from plan_lifecycle.mail.incoming._own_words import own_words

__all__ = ["Classified", "Failure", "Kind", "classify", "names_a_share", "own_words"]
