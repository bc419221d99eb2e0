"""Letters as bytes, the transport that sends them, and the reading of what comes back."""
