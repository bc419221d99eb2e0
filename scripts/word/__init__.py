"""Word files laid out as Nghị định 30/2020/NĐ-CP wants them, written from nothing: same call, same bytes.

``layout`` has the elements of a document in the words of the decree, ``table`` the ruled tables, ``package`` turns
them into a file. The text of an element may hold template tags (``{{ … }}``, ``{%p … %}``).
"""
