"""The texts of the shipped Word templates, one module a kind; ``make_templates`` writes them."""
