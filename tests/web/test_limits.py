"""Under which address guesses are counted."""

from __future__ import annotations

import pytest

from plan_lifecycle.web.portal._limits import neighbourhood


@pytest.mark.parametrize(
    ("address", "counted_under"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("::ffff:10.0.0.8", "10.0.0.8"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::4", "2001:db8:1:2::/64"),
        ("unix", "unknown"),
        (None, "unknown"),
    ],
)
def test_an_address_is_counted_as_the_subscriber_it_is(address: str | None, counted_under: str) -> None:
    """IPv4 in IPv6's clothes is IPv4: all of it lies in one /64, and one guesser would lock out everybody."""
    assert neighbourhood(address) == counted_under
