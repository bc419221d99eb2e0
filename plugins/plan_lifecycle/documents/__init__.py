"""Word and Excel, in and out: the gate, readers, renderer and checker. Bytes and paths, no store."""
