"""One rule, one code, one docstring: what, why, bad, good. The catalogue is made from them."""
